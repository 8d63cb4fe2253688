"""Lift of an index: each gain is that of the index computed anew."""

from __future__ import annotations

import pandas as pd
import pytest

from data.effectiveness.index import EQUAL_WEIGHTS, Pillar, Weights
from data.indicators import PILLARS
from queries.statistics.composite import index_table
from queries.statistics.lift import lifts
from tests.queries.statistics.index_worlds import frame

CODES = [code for codes in PILLARS.values() for code in codes]
MARK = "evaluation_score"
TRAINED, REQUESTS = "trained", "requests_on_time"


def even(score: float) -> dict[str, float]:
    return dict.fromkeys(CODES, score) | {MARK: 1 + score / 25}


PEERS = {str(position): even(score) for position, score in enumerate((40.0, 60.0, 70.0, 80.0))}


def index_of(values: pd.DataFrame, area: str) -> float:
    return float(index_table(values, EQUAL_WEIGHTS).set_index("area_code")["index_score"][area])


def test_gains_are_those_of_the_index_computed_anew() -> None:
    own = even(50) | {REQUESTS: 20.0, TRAINED: 30.0, "ngos_supported": 40.0}
    values = frame(PEERS | {"own": own})
    found = lifts(values, EQUAL_WEIGHTS, area_code="own")
    assert len(found) == 3
    assert found["gain"].is_monotonic_decreasing
    assert found[["indicator_code", "pillar_code", "value", "aim"]].to_numpy()[0].tolist() == [
        "requests_on_time",
        "exchange",
        20,
        70,
    ]
    for row in found.to_dict("records"):
        assert row["comes_with"] == ""
        raised = frame(PEERS | {"own": own | {row["indicator_code"]: row["aim"]}})
        assert row["index_after"] == pytest.approx(index_of(raised, "own"))
        assert row["gain"] == pytest.approx(index_of(raised, "own") - index_of(values, "own"))


def test_aims_are_the_upper_quartile_in_the_unit_of_the_indicator() -> None:
    found = lifts(frame(PEERS), EQUAL_WEIGHTS, area_code="0", count=20).set_index("indicator_code")
    assert found["aim"]["trained"] == 70
    assert found["aim"]["evaluation_score"] == pytest.approx(1 + 70 / 25)
    assert not found["is_target"].any()


def test_a_target_stands_for_the_quartile() -> None:
    found = lifts(frame(PEERS), EQUAL_WEIGHTS, area_code="3", targets={TRAINED: 95.0, REQUESTS: 10.0})
    assert found[["indicator_code", "aim", "is_target"]].to_numpy().tolist() == [["trained", 95, True]]


def test_what_is_not_known_lifts_nothing() -> None:
    own = {code: value for code, value in even(40).items() if code is not REQUESTS}
    found = lifts(frame(PEERS | {"own": own}), EQUAL_WEIGHTS, area_code="own", count=20)
    assert "requests_on_time" not in set(found["indicator_code"])
    assert len(found) == len(CODES) - 1


def test_few_peers_set_no_aim() -> None:
    assert lifts(frame({"1": even(90), "2": even(40)}), EQUAL_WEIGHTS, area_code="2").empty


def test_an_area_without_an_index_cannot_be_lifted() -> None:
    poor = dict.fromkeys(PILLARS[Pillar.FOUNDATION], 40.0)
    assert lifts(frame(PEERS | {"own": poor}), EQUAL_WEIGHTS, area_code="own").empty
    with pytest.raises(ValueError, match="no area"):
        lifts(frame(PEERS), EQUAL_WEIGHTS, area_code="own")


def test_a_pillar_without_weight_lifts_nothing() -> None:
    found = lifts(frame(PEERS), Weights((5, 5, 0, 5, 5, 5)), area_code="0", count=20)
    assert "exchange" not in set(found["pillar_code"])


def test_a_memorandum_comes_with_the_events_that_it_promises() -> None:
    """Signed without any event held under it, a memorandum is half of the foundation; so both rise together."""
    alive, coverage = "memorandum_alive", "memorandum_coverage"
    unsigned = {code: value for code, value in even(50).items() if code != alive} | {coverage: 0.0}
    found = lifts(frame(PEERS | {"own": unsigned}), EQUAL_WEIGHTS, area_code="own", count=20)
    row = found.set_index("indicator_code").loc[coverage]
    aim = float(found.loc[found["indicator_code"] == coverage, "aim"].iloc[0])
    assert row["comes_with"] == alive
    raised = frame(PEERS | {"own": unsigned | {coverage: aim, alive: 70.0}})
    assert row["index_after"] == pytest.approx(index_of(raised, "own"))
    assert set(found.loc[found["indicator_code"] != coverage, "comes_with"]) == {""}

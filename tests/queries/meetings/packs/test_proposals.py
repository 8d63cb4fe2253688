"""Proposals of a pack: the most pressing things of each kind, and the indicators that fall short furthest."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Engine, delete

from data.codes import AttentionKind
from data.database.engine import writing
from data.schema import Target
from tests.queries.meetings.packs.packing import ITS_REGION, TODAY, Frozen, pack, settle
from tests.registers import make_target
from tests.worlds import (
    DISTRICT,
    OTHER_DISTRICT,
    make_event,
    make_mahalla,
    make_memorandum,
    make_obligation,
    make_plan_item,
)

MANY = 30


def _overdue_obligations(engine: Engine, number: int) -> None:
    with writing(engine) as connection:
        memorandum = make_memorandum(connection)
        for days in range(number):
            make_obligation(connection, memorandum_id=memorandum, due_date=TODAY - timedelta(days=400 + days))


def test_there_is_something_of_each_kind_even_where_one_is_many_and_the_longest_overdue_comes_first(
    engine: Engine,
) -> None:
    settle(engine)
    _overdue_obligations(engine, MANY)
    proposed = pack(engine).frames["proposals"]
    assert len(proposed) == 12
    kinds = proposed["kind_code"].drop_duplicates().tolist()
    assert kinds == [
        "decision_overdue",
        "recommendation_overdue",
        "obligation_overdue",
        "indicator",
        "expiring",
        "on_paper",
    ]
    late = proposed[proposed["kind_code"] == AttentionKind.OBLIGATION_OVERDUE]
    assert late["days"].is_monotonic_decreasing
    assert late["days"].iloc[0] == 400 + MANY - 1
    longest = pd.Timestamp(TODAY - timedelta(days=400 + MANY - 1))
    assert (late["due_date"].iloc[0], late["basis"].iloc[0]) == (longest, "overdue")


def test_things_are_named_by_what_a_decision_can_come_of(frozen: Frozen) -> None:
    proposed = frozen.pack().frames["proposals"].set_index("kind_code")
    expiring = proposed.loc[AttentionKind.EXPIRING]
    assert (expiring["reference"], expiring["days"], expiring["district_soato"]) == (
        str(frozen.memorandum_id),
        20,
        DISTRICT,
    )
    assert expiring["number"].startswith("M-")
    assert len(str(proposed.loc[AttentionKind.RECOMMENDATION_OVERDUE, "reference"])) == 32


def _indicators(proposed: pd.DataFrame) -> pd.DataFrame:
    return proposed[proposed["kind_code"] == "indicator"].set_index("reference")


def test_an_indicator_is_held_against_its_target_before_anything_else(frozen: Frozen) -> None:
    plan = _indicators(frozen.pack().frames["proposals"]).loc["plan_execution"]
    assert (plan["value"], plan["compared"], plan["basis"]) == (50.0, 90.0, "target")


def test_an_indicator_that_reaches_its_target_is_not_proposed(engine: Engine) -> None:
    settle(engine)
    with writing(engine) as connection:
        make_target(connection, indicator_code="would_repeat", year=2026, value=99.0)
        # Of this one a lower value is better.
        make_target(connection, indicator_code="answer_days", year=2026, value=1.0)
    weak = _indicators(pack(engine).frames["proposals"])
    # The only mahalla was reached, all named answers are yes, and no district of the nation does better.
    assert not {"mahalla_reach", "would_repeat", "answer_days"} & set(weak.index)


def _plan_elsewhere(engine: Engine, *, items: int, held: int) -> None:
    with writing(engine) as connection:
        place: Any = {
            "mahalla_id": make_mahalla(connection, district_soato=OTHER_DISTRICT),
            "district_soato": OTHER_DISTRICT,
        }
        for number in range(items):
            item = make_plan_item(connection, year=2026, month=3, **place)
            if number < held:
                make_event(connection, event_date=date(2026, 3, 9), plan_item_id=item, **place)


def test_an_indicator_that_differs_from_all_others_by_chance_alone_is_not_proposed(engine: Engine) -> None:
    settle(engine)
    with writing(engine) as connection:
        connection.execute(delete(Target))
    _plan_elsewhere(engine, items=8, held=6)
    assert "plan_execution" not in _indicators(pack(engine).frames["proposals"]).index
    _plan_elsewhere(engine, items=60, held=60)
    plan = _indicators(pack(engine).frames["proposals"]).loc["plan_execution"]
    assert (plan["basis"], plan["compared"]) == ("others", pytest.approx(100 * 66 / 68))


def test_a_wider_area_names_the_district_of_each_thing_and_none_for_its_own_indicators(frozen: Frozen) -> None:
    proposed = frozen.pack(ITS_REGION).frames["proposals"]
    things = proposed[proposed["kind_code"] != "indicator"]
    assert DISTRICT in set(things["district_soato"])
    assert proposed.loc[proposed["kind_code"] == "indicator", "district_soato"].isna().all()

"""Packs of a whole country: the same on both databases, with tiers, movers and districts that need help."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack

import pandas as pd
import pytest

from data.codes import HelpReason, When
from data.dates.period import Period
from data.effectiveness.index import Tier
from queries.meetings.packs.frames import FRAMES
from queries.meetings.packs.packs import PackContent
from tests.databases import DATABASES, DEMO_UNTIL, Databases, demo
from tests.queries.meetings.packs.packing import NATION, NATIONAL, pack

PERIOD = Period.last_complete_months(DEMO_UNTIL)


@pytest.fixture(scope="module")
def nations(databases: Databases) -> Iterator[Mapping[str, PackContent]]:
    """Pack of the nation by kind of database."""
    with ExitStack() as engines:
        yield {
            kind: pack(
                engines.enter_context(databases.copy(kind, demo)),
                NATIONAL,
                scope=NATION,
                period=PERIOD,
                today=DEMO_UNTIL,
            )
            for kind in DATABASES
        }


@pytest.mark.parametrize("name", list(FRAMES))
def test_both_databases_freeze_the_same(nations: Mapping[str, PackContent], name: str) -> None:
    first, second = (nations[kind].frames[name] for kind in DATABASES)
    pd.testing.assert_frame_equal(first, second)
    assert name == "voices" or not first.empty


def test_movers_rose_by_more_than_chance_and_come_in_order(nations: Mapping[str, PackContent]) -> None:
    frames = nations["sqlite"].frames
    index, movers = frames["index"], frames["movers"]
    assert movers["change"].is_monotonic_decreasing
    assert movers["change"].gt(0).all()
    assert movers["p"].le(0.05).all()
    assert set(movers["risen"]) == {len(movers)}, "all are named where they are few"
    assert movers["index_now"].tolist() == pytest.approx((movers["index_before"] + movers["change"]).tolist())
    known = index[(index["area_code"] != "") & index["index_value"].notna()].groupby("area_code")["when"].nunique()
    assert set(movers["compared"]) == {(known == len({When.NOW, When.YEAR_BEFORE})).sum()}


def test_districts_in_need_of_most_come_first(nations: Mapping[str, PackContent]) -> None:
    frames = nations["sqlite"].frames
    index, needed = frames["index"], frames["help"]
    lower = set(index.loc[index["tier_code"] == Tier.LOWER, "area_code"])
    assert set(needed.loc[needed["reason_code"] == HelpReason.LOWER_TIER, "district_soato"]) <= lower
    reasons = needed.groupby("district_soato", sort=False).size()
    assert reasons.is_monotonic_decreasing
    assert reasons.iloc[0] >= 3
    without = needed.loc[needed["reason_code"] == HelpReason.NO_MEMORANDUM, "district_soato"]
    assert len(without) > 0
    assert set(frames["statuses"].set_index("district_soato").loc[without, "status_code"]) <= {
        "none",
        "expired",
        "draft",
        "terminated",
        "upcoming",
    }

"""Packs of an area compared: listed, compared, and the previous one stored in the next."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
from sqlalchemy import Engine, update

from data.codes import When
from data.database.engine import reading, writing
from data.dates.period import Period
from data.indicators import INDICATORS
from data.schema import JointEvent
from queries.meetings.packs.packs import compare_packs, list_packs
from tests.queries.meetings.packs.packing import AREA, ITS_REGION, LEADER, NOW, PERIOD, TODAY, Frozen, pack, settle
from tests.worlds import DISTRICT


def test_packs_of_an_area_are_listed_newest_first(frozen: Frozen) -> None:
    older, later = frozen.ids[AREA], timedelta(days=30)
    newer = pack(frozen.engine, today=TODAY + later, now=NOW + later, meeting_id=frozen.meeting_id).pack_id
    with reading(frozen.engine) as connection:
        listed = list_packs(connection, LEADER, scope=AREA)
    assert listed["pack_id"].tolist() == [newer, older]
    assert listed["area_code"].tolist() == [DISTRICT, DISTRICT]
    assert listed["previous_pack_id"].tolist() == [older, None]
    assert listed["meeting_id"].isna().tolist() == [False, True]
    assert listed["last_day"].tolist() == [pd.Timestamp(PERIOD.last_day)] * 2
    assert listed["created_at"].tolist() == [NOW + later, NOW]


def test_packs_are_compared_indicator_by_indicator(frozen: Frozen) -> None:
    with writing(frozen.engine) as connection:
        connection.execute(update(JointEvent).values(participants_total=1000))
        connection.execute(update(JointEvent).values(plan_item_id=None))
    compared = compare_packs(pack(frozen.engine), frozen.pack()).set_index("indicator_code")
    assert list(compared.index) == list(INDICATORS)
    plan = compared.loc["plan_execution"]
    assert (plan["value_before"], plan["value_now"]) == (50.0, 0.0)
    assert list(compared.columns) == ["value_before", "value_now"], "no difference is judged"


def test_a_later_period_is_compared_with_the_frozen_one(engine: Engine) -> None:
    world = settle(engine)
    before = pack(
        engine,
        meeting_id=world.meeting_id,
        today=TODAY - timedelta(days=60),
        period=Period.of_months(date(2026, 1, 1), 3),
    )
    now = pack(engine)
    values = now.frames["values"]
    last = values[values["when"] == When.LAST_PACK]
    assert now.previous_pack_id == before.pack_id
    assert set(last["area_code"]) == {DISTRICT, ITS_REGION.code, ""}
    own = last[last["area_code"] == DISTRICT].set_index("indicator_code")["value"]
    finalised = before.frames["values"]
    then = finalised[(finalised["when"] == When.NOW) & (finalised["area_code"] == DISTRICT)].set_index(
        "indicator_code"
    )["value"]
    pd.testing.assert_series_equal(own, then)
    newer = values[(values["when"] == When.NOW) & (values["area_code"] == DISTRICT)].set_index("indicator_code")[
        "value"
    ]
    assert newer["participants"] > own["participants"]

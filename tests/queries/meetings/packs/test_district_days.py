"""Packs around a merger: districts of the months, and no comparison with months in which one did not exist."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd
import pytest
from sqlalchemy import Engine

from data.aggregates import data_version
from data.database.engine import reading, writing
from data.dates.period import Period
from data.policy import Scope
from queries.meetings.packs.indicators import figure_frames
from queries.meetings.packs.request import PackQuestion
from tests.queries.meetings.packs.packing import AREA, COORDINATOR, ITS_REGION, REGIONAL, TODAY, settle
from tests.worlds import DISTRICT, OTHER_DISTRICT, REGION, begin_district, end_district, make_event


def frames_of(engine: Engine, scope: Scope, period: Period) -> Mapping[str, pd.DataFrame]:
    actor = COORDINATOR if scope == AREA else REGIONAL
    with reading(engine) as connection:
        return figure_frames(connection, PackQuestion(actor, scope, REGION, period, TODAY))


@pytest.fixture
def world(engine: Engine) -> Engine:
    settle(engine)
    return engine


def test_a_pack_of_a_region_has_the_districts_of_its_months(world: Engine) -> None:
    with writing(world) as connection:
        make_event(connection, event_date=date(2025, 3, 1), district_soato=OTHER_DISTRICT)
        end_district(connection, OTHER_DISTRICT, last_day=date(2025, 12, 31), successors=(DISTRICT,))
    data_version(world)
    for year, is_there in ((2025, True), (2026, False)):
        frames = frames_of(world, ITS_REGION, Period.of_months(date(year, 1, 1), 5))
        for name, column in (("values", "area_code"), ("map_values", "district_soato"), ("index", "area_code")):
            now = frames[name][frames[name]["when"] == "now"] if "when" in frames[name] else frames[name]
            assert (OTHER_DISTRICT in set(now[column])) == is_there, (name, year)


def test_a_pack_of_a_district_that_has_just_begun_compares_nothing_with_a_year_ago(world: Engine) -> None:
    period = Period.of_months(date(2026, 1, 1), 5)
    with writing(world) as connection:
        for day in (date(2025, 2, 1), date(2026, 2, 1)):
            make_event(connection, event_date=day)
    data_version(world)
    assert frames_of(world, AREA, period)["comparisons"]["change"].notna().any()
    with writing(world) as connection:
        begin_district(connection, DISTRICT, first_day=date(2025, 6, 1))
    begun = frames_of(world, AREA, period)
    assert begun["comparisons"]["change"].isna().all()
    assert begun["comparisons"]["value"].notna().any()
    assert begun["index"]["change"].isna().all()

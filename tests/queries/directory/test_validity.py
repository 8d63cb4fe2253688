"""Lists of districts hold those that existed on their day or in their months."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from sqlalchemy import Engine

from data.aggregates import refresh
from data.codes import AttentionKind
from data.database.engine import reading, writing
from data.dates.period import Period
from data.dates.validity import Validity
from data.directory import load_demo_districts, load_directory
from data.policy import Actor, Role, Scope
from queries.attention import attention_list
from queries.directory.areas import districts, successions
from queries.directory.validity import existing
from queries.effectiveness.formality import formality_reasons
from queries.memoranda.register import district_status
from tests.worlds import DISTRICT, OTHER_DISTRICT, REGION, end_district, make_memorandum

NATIONAL, ADMIN = Actor(Role.NATIONAL), Actor(Role.ADMIN)
LAST_DAY, AFTER = date(2025, 4, 15), date(2025, 4, 16)
OWN, OF_REGION = Scope.district(DISTRICT), Scope.region(REGION)


@pytest.fixture
def ended(engine: Engine) -> Engine:
    with writing(engine) as connection:
        make_memorandum(connection, expiry_date=date(2025, 6, 1))
        end_district(connection, DISTRICT, last_day=LAST_DAY, successors=(OTHER_DISTRICT,))
        refresh(connection)
    return engine


def test_days_overlap_and_cover_with_both_ends_included() -> None:
    days = Validity(date(2025, 3, 1), date(2025, 4, 15))
    is_one = {day: days.includes(date(2025, *day)) for day in ((2, 28), (3, 1), (4, 15), (4, 16))}
    assert is_one == {(2, 28): False, (3, 1): True, (4, 15): True, (4, 16): False}
    assert days.overlaps(date(2025, 1, 1), date(2025, 3, 1))
    assert days.overlaps(date(2025, 4, 15), date(2025, 9, 1))
    assert not days.covers(date(2025, 3, 1), date(2025, 4, 16))
    assert Validity().covers(date.min, date.max)


@pytest.mark.both_databases
def test_the_status_of_a_region_counts_those_of_the_day_and_a_district_itself_always(ended: Engine) -> None:
    with reading(ended) as connection:
        on_last, after = (
            set(district_status(connection, NATIONAL, scope=OF_REGION, today=day)["district_soato"])
            for day in (LAST_DAY, AFTER)
        )
        own = district_status(connection, NATIONAL, scope=OWN, today=AFTER)
    assert on_last - after == {DISTRICT}
    assert list(own["district_soato"]) == [DISTRICT]


@pytest.mark.both_databases
def test_the_formality_check_lists_those_of_its_months(ended: Engine) -> None:
    with reading(ended) as connection:
        april, may = (
            set(
                formality_reasons(
                    connection, NATIONAL, scope=OF_REGION, period=Period.of_months(month, 1), today=date(2026, 1, 1)
                )["district_soato"]
            )
            for month in (date(2025, 4, 1), date(2025, 5, 1))
        )
    assert april - may == {DISTRICT}


def test_a_memorandum_of_a_district_that_has_ended_asks_for_nothing(ended: Engine) -> None:
    with reading(ended) as connection:
        on_last, after = (
            attention_list(connection, ADMIN, scope=OWN, today=day, kind=AttentionKind.EXPIRING, limit=5)
            for day in (LAST_DAY, AFTER)
        )
    assert (len(on_last), len(after)) == (1, 0)


def test_the_directory_tells_days_and_successors_and_is_loaded_again_without_a_change(engine: Engine) -> None:
    with writing(engine) as connection:
        [invented] = load_demo_districts(connection, valid_to=LAST_DAY)
        load_directory(connection)
        assert load_demo_districts(connection, valid_to=LAST_DAY) == [invented]
        frame = districts(connection, NATIONAL, scope=Scope.nation())
        pairs = successions(connection, NATIONAL)
    assert len(frame) == 208 + 1
    assert frame.set_index("soato").loc[invented, "valid_to"] == pd.Timestamp(LAST_DAY)
    assert pairs["predecessor_soato"].tolist() == [invented]
    assert set(pairs["successor_soato"]) < set(frame["soato"])
    assert set(frame["soato"]) - set(existing(frame, Period.of_year(2026))["soato"]) == {invented}
    assert len(existing(frame, Period.of_year(2025))) == 209

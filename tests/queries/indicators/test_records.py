"""The records behind an indicator: the newest first, for those who see them in full, and nothing of what NGOs said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Connection, Engine

from data.aggregates import data_version
from data.codes import Direction, Visibility
from data.database.engine import reading, writing
from data.indicators import INDICATORS
from data.indicators.counted import CountedRows, Part
from data.indicators.declaration import RecordKind
from data.policy import Actor, ForbiddenError, Role, Scope, ScopeKind
from queries.events.entries import EntryFilter, entries
from queries.indicators.records import COLUMNS, counted_numbers, indicator_rows
from queries.indicators.values import indicator_values
from queries.meetings.decisions import decisions
from queries.memoranda.register import memorandum_register, obligations
from queries.registers.records import list_records
from queries.requests import counted_requests
from tests.queries.indicators.reading import TODAY, YEAR, rated_event
from tests.registers import (
    make_decision,
    make_meeting,
    make_offences,
    make_request,
    make_support,
    make_training,
)
from tests.worlds import (
    DISTRICT,
    FAR_DISTRICT,
    FAR_REGION,
    OTHER_DISTRICT,
    REGION,
    make_evaluation,
    make_event,
    make_mahalla,
    make_memorandum,
    make_ngo,
    make_obligation,
    make_plan_item,
)

HEAD = Actor(Role.DISTRICT, region_soato=REGION, district_soato=DISTRICT)
HOME = Scope.district(DISTRICT)
MAY = date(2025, 5, 20)
DAYS = "answer_days"
SHARES_OF_RECORDS = {
    "memorandum_alive",
    "obligations_on_time",
    "plan_execution",
    "mahalla_reach",
    "requests_on_time",
    "decisions_done",
    "ngos_supported",
}
WHAT_NGOS_SAID = {
    "evaluation_score",
    "would_repeat",
    "recommendations_closed",
}


def rows_of(engine: Engine, code: str, *, actor: Actor = HEAD, scope: Scope = HOME, limit: int = 5) -> pd.DataFrame:
    """The records of the year."""
    data_version(engine)
    with reading(engine) as connection:
        return indicator_rows(connection, actor, code=code, scope=scope, period=YEAR, today=TODAY, limit=limit)


def _fill(engine: Engine, *districts: str) -> int:
    """One record of each kind in each district; the id of an NGO that is part of none of them."""
    with writing(engine) as connection:
        for place in districts:
            ngo, mahalla = (make(connection, district_soato=place) for make in (make_ngo, make_mahalla))
            memorandum = make_memorandum(connection, district_soato=place, ngo_ids=(ngo,))
            make_obligation(connection, memorandum_id=memorandum, due_date=MAY, fulfilled_date=MAY)
            item = make_plan_item(connection, year=2025, month=5, district_soato=place, responsible_ngo_id=ngo)
            event = make_event(
                connection, event_date=MAY, district_soato=place, mahalla_id=mahalla, ngo_ids=(ngo,),
                plan_item_id=item, memorandum_id=memorandum,
            )  # fmt: skip
            make_evaluation(connection, event_id=event, ngo_id=ngo, submitted_date=MAY)
            make_request(connection, ngo_id=ngo, sent_date=MAY, answered_date=MAY, district_soato=place)
            meeting = make_meeting(connection, meeting_date=MAY, area_code=place)
            make_decision(connection, meeting_id=meeting, due_date=MAY, done_date=MAY)
            make_support(connection, ngo_id=ngo, support_date=MAY, amount_uzs=9, district_soato=place)
            make_training(connection, training_date=MAY, ngo_ids=(ngo,), district_soato=place)
            make_offences(connection, year_month=202505, offences=9, mahallas_crime_free=1, district_soato=place)
        return make_ngo(connection)


def test_every_indicator_but_those_of_what_ngos_said_has_its_records(engine: Engine) -> None:
    _fill(engine, DISTRICT, FAR_DISTRICT)
    assert {code for code, indicator in INDICATORS.items() if indicator.records is None} == WHAT_NGOS_SAID
    for code in INDICATORS:
        found = rows_of(engine, code)
        assert tuple(found.columns) == COLUMNS
        assert len(found) == (code not in WHAT_NGOS_SAID), code
        assert set(found["area_code"]) <= {DISTRICT}
    assert set(rows_of(engine, "trained", actor=Actor(Role.ADMIN), scope=Scope.nation())["area_code"]) == {
        DISTRICT,
        FAR_DISTRICT,
    }


def test_records_say_when_and_whether_they_count(engine: Engine) -> None:
    with writing(engine) as connection:
        memorandum = make_memorandum(connection)
        for days, done in ((0, MAY), (1, None), (2, MAY + timedelta(days=9))):
            due = MAY + timedelta(days=days)
            make_obligation(connection, memorandum_id=memorandum, due_date=due, fulfilled_date=done)
        item = make_plan_item(connection, year=2025, month=3)
        make_plan_item(connection, year=2025, month=11)
        make_event(connection, event_date=MAY, plan_item_id=item)
    owed = rows_of(engine, "obligations_on_time")
    assert list(owed["day_date"].dt.day) == [22, 21, 20]
    assert list(owed["is_counted"]) == [False, False, True]
    plan = rows_of(engine, "plan_execution")
    assert list(plan["day_date"]) == [pd.Timestamp(2025, 11, 1), pd.Timestamp(2025, 3, 1)]
    assert list(plan["is_counted"]) == [False, True]
    assert len(rows_of(engine, "obligations_on_time", limit=2)) == 2


def test_an_event_counts_as_evaluated_by_fourteen_days_and_does_not_say_when(engine: Engine) -> None:
    with writing(engine) as connection:
        for days in (14, 15):
            rated_event(connection, event_date=MAY, days=days, visibility=Visibility.CONFIDENTIAL)
        make_event(connection, event_date=MAY, ngo_ids=(make_ngo(connection),))
    found = rows_of(engine, "evaluation_coverage")
    assert sorted(found["is_counted"]) == [False, False, True]
    assert found["done_date"].isna().all()


def test_of_requests_the_answered_make_the_days_and_those_in_time_the_share(engine: Engine) -> None:
    with writing(engine) as connection:
        ngo = make_ngo(connection)
        for due, answered in ((MAY, None), (MAY, MAY), (MAY - timedelta(days=1), MAY)):
            sent = MAY - timedelta(days=2)
            make_request(connection, ngo_id=ngo, sent_date=sent, due_date=due, answered_date=answered)
    counted = {code: sum(rows_of(engine, code)["is_counted"]) for code in ("requests_on_time", DAYS)}
    assert counted == {"requests_on_time": 1, DAYS: 2}


def test_support_counts_to_partner_ngos_and_its_unevenness_with_an_amount(engine: Engine) -> None:
    with writing(engine) as connection:
        partner = make_ngo(connection)
        make_memorandum(connection, ngo_ids=(partner,))
        for ngo, amount in ((partner, 5), (partner, None), (make_ngo(connection), 7)):
            make_support(connection, ngo_id=ngo, support_date=MAY, amount_uzs=amount)
    supported = rows_of(engine, "ngos_supported")
    assert list(supported["is_counted"]) == [False, True, True]
    assert list(rows_of(engine, "support_gini")["is_counted"]) == [False, False, True]


def test_an_ngo_is_shown_its_own_records_and_published_counts_only(engine: Engine) -> None:
    stranger = Actor(Role.NGO, ngo_id=_fill(engine, DISTRICT))
    published = {"offences_per_10k", "crime_free_mahallas"}
    found = {code for code in INDICATORS if not rows_of(engine, code, actor=stranger, scope=Scope.nation()).empty}
    assert found == published


@pytest.mark.parametrize(
    ("actor", "scope"),
    [
        (Actor(Role.PUBLIC), HOME),
        (HEAD, Scope.nation()),
        (HEAD, Scope.region(REGION)),
        (HEAD, Scope.district(OTHER_DISTRICT)),
        (Actor(Role.REGIONAL, region_soato=FAR_REGION), HOME),
    ],
)
def test_who_does_not_see_the_area_in_full_gets_no_records(engine: Engine, actor: Actor, scope: Scope) -> None:
    for code in INDICATORS:
        with pytest.raises(ForbiddenError):
            rows_of(engine, code, actor=actor, scope=scope)


def _registered(register: str) -> Callable[[Connection, CountedRows], pd.DataFrame]:
    return lambda connection, rows: list_records(connection, HEAD, register=register, scope=HOME, counted=rows).frame


def _entries(connection: Connection, rows: CountedRows) -> pd.DataFrame:
    wanted = EntryFilter(year=2025, counted=rows)
    return entries(connection, HEAD, scope=HOME, wanted=wanted, today=TODAY, limit=9).frame


def _memoranda(connection: Connection, rows: CountedRows) -> pd.DataFrame:
    return memorandum_register(connection, HEAD, scope=HOME, today=TODAY, counted=rows)


LISTS: dict[RecordKind, Callable[[Connection, CountedRows], pd.DataFrame]] = {
    RecordKind.MEMORANDA_IN_FORCE: _memoranda,
    RecordKind.MEMORANDA_JUDGED: _memoranda,
    RecordKind.OBLIGATIONS: lambda connection, rows: obligations(
        connection, HEAD, scope=HOME, today=TODAY, counted=rows
    ),
    RecordKind.PLAN_ITEMS: _entries,
    RecordKind.EVENTS: _entries,
    RecordKind.REQUESTS: lambda connection, rows: (
        counted_requests(connection, HEAD, scope=HOME, counted=rows, limit=9).frame
    ),
    RecordKind.DECISIONS: lambda connection, rows: decisions(connection, HEAD, scope=HOME, today=TODAY, counted=rows),
    RecordKind.MAHALLAS: _registered("mahallas"),
    RecordKind.MAHALLAS_REACHED: _registered("mahallas"),
    RecordKind.SUPPORT: _registered("ngos"),
    RecordKind.TRAININGS: _registered("trainings"),
    RecordKind.OFFENCES: _registered("offences"),
    RecordKind.CRIME_FREE_MAHALLAS: _registered("offences"),
}


@pytest.mark.both_databases
@pytest.mark.parametrize("direction", [None, Direction.LEGAL_OUTREACH])
def test_a_list_has_as_many_records_of_each_part_as_is_counted(engine: Engine, direction: Direction | None) -> None:
    _fill(engine, DISTRICT, FAR_DISTRICT)
    with writing(engine) as connection:
        memorandum = make_memorandum(connection)
        make_obligation(connection, memorandum_id=memorandum, due_date=MAY)
        make_plan_item(connection, year=2025, month=6)
        make_mahalla(connection)
        make_request(connection, ngo_id=make_ngo(connection), sent_date=MAY - timedelta(days=3), due_date=MAY)
    data_version(engine)
    asked: dict[str, Any] = {"period": YEAR, "today": TODAY, "direction": direction}
    with reading(engine) as connection:
        values = indicator_values(connection, HEAD, scope=HOME, **asked, by=ScopeKind.DISTRICT)
        by_code = values.set_index("indicator_code")
        for code, indicator in INDICATORS.items():
            if indicator.records is None or indicator.records.kind is RecordKind.EVENTS_WAITED:
                continue
            numbers = counted_numbers(connection, HEAD, scope=HOME, rows=CountedRows(code=code, **asked))
            for part in Part:
                found = LISTS[indicator.records.kind](connection, CountedRows(code=code, part=part, **asked))
                assert len(found) == numbers.of(part), (code, part)
            if code in SHARES_OF_RECORDS:
                row = by_code.loc[code]
                assert (numbers.counted, numbers.all) == (row["numerator"], row["denominator"]), code

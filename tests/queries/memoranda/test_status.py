"""Status of a memorandum on boundary dates; SQL and Python agree on both databases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, select

from data.codes import EventState, MemorandumStatus
from data.database.engine import writing
from data.schema import Memorandum
from queries.memoranda.status import (
    STATUS_ORDER,
    Amendment,
    MemorandumDates,
    best_status,
    effective_expiry,
    is_in_force,
    is_on_paper,
    last_event_date,
    status_case,
)
from tests.worlds import make_amendment, make_event, make_memorandum

pytestmark = pytest.mark.both_databases

DAY = date(2026, 6, 15)
START = date(2025, 1, 1)


def _in(days: int) -> date:
    return DAY + timedelta(days=days)


@pytest.mark.parametrize(
    ("dates", "status"),
    [
        (MemorandumDates(), MemorandumStatus.DRAFT),
        (MemorandumDates(signed_date=_in(1), start_date=_in(1)), MemorandumStatus.DRAFT),
        (MemorandumDates(signed_date=_in(-30), start_date=_in(1)), MemorandumStatus.UPCOMING),
        (MemorandumDates(signed_date=DAY, start_date=DAY), MemorandumStatus.IN_FORCE),
        (MemorandumDates(signed_date=START, start_date=START), MemorandumStatus.IN_FORCE),
        (MemorandumDates(START, START, expiry_date=_in(91)), MemorandumStatus.IN_FORCE),
        (MemorandumDates(START, START, expiry_date=_in(90)), MemorandumStatus.EXPIRING),
        (MemorandumDates(START, START, expiry_date=DAY), MemorandumStatus.EXPIRING),
        (MemorandumDates(START, START, expiry_date=_in(-1)), MemorandumStatus.EXPIRED),
        (MemorandumDates(START, START, terminated_date=_in(1)), MemorandumStatus.IN_FORCE),
        (MemorandumDates(START, START, terminated_date=DAY), MemorandumStatus.TERMINATED),
        (MemorandumDates(START, START, expiry_date=_in(-9), terminated_date=_in(-5)), MemorandumStatus.TERMINATED),
    ],
)
def test_status_on_boundary_days(dates: MemorandumDates, status: MemorandumStatus) -> None:
    assert dates.status_on(DAY) is status


def test_it_never_expires_without_an_expiry() -> None:
    assert MemorandumDates(START, START).status_on(date(2999, 1, 1)) is MemorandumStatus.IN_FORCE


def test_the_highest_numbered_amendment_that_sets_an_expiry_counts() -> None:
    amendments = (Amendment(3, START, None), Amendment(2, START, _in(-1)), Amendment(1, START, _in(400)))
    dates = MemorandumDates(START, START, expiry_date=_in(200), amendments=amendments)
    assert dates.expiry_on(DAY) == _in(-1)
    assert dates.status_on(DAY) is MemorandumStatus.EXPIRED


def test_an_amendment_counts_from_the_day_it_is_signed() -> None:
    dates = MemorandumDates(START, START, expiry_date=_in(-5), amendments=(Amendment(1, DAY, _in(365)),))
    assert dates.status_on(_in(-1)) is MemorandumStatus.EXPIRED
    assert dates.status_on(DAY) is MemorandumStatus.IN_FORCE


@pytest.mark.parametrize(
    ("start", "last_event", "on_paper"),
    [
        (_in(-90), None, True),
        (_in(-89), None, False),
        (START, _in(-91), True),
        (START, _in(-90), False),
        (START, DAY, False),
    ],
)
def test_on_paper_after_ninety_days_without_an_event(start: date, last_event: date | None, on_paper: bool) -> None:
    assert MemorandumDates(start, start).is_on_paper_on(DAY, last_event_date=last_event) is on_paper


def test_ninety_days_run_from_the_signing_where_that_is_later() -> None:
    assert not MemorandumDates(_in(-89), START).is_on_paper_on(DAY, last_event_date=None)


def test_an_expired_memorandum_is_not_on_paper() -> None:
    assert not MemorandumDates(START, START, expiry_date=_in(-1)).is_on_paper_on(DAY, last_event_date=None)


def test_a_district_has_the_best_status_of_its_memoranda() -> None:
    assert [status.value for status in STATUS_ORDER] == [
        "in_force", "expiring", "upcoming", "draft", "expired", "terminated", "none",
    ]  # fmt: skip
    assert best_status({"expired", "draft", "expiring"}) is MemorandumStatus.EXPIRING
    assert best_status(set()) is MemorandumStatus.NONE


@dataclass(frozen=True)
class MemorandumCase:
    """Memorandum and its events, each a date and whether it was held."""

    dates: MemorandumDates
    events: tuple[tuple[date, bool], ...]

    def last_held(self) -> date | None:
        """Return the last held event until the day."""
        return max((day for day, is_held in self.events if is_held and day <= DAY), default=None)


# Days around the boundaries, so that a few hundred cases meet every one of them.
_OFFSETS = [-500, -200, -92, -91, -90, -89, -10, -1, 0, 1, 10, 89, 90, 91, 92, 200]
_days = st.sampled_from(_OFFSETS).map(_in)
_perhaps = st.one_of(st.none(), _days)
_events = st.lists(st.tuples(_days, st.booleans()), max_size=3).map(tuple)


@st.composite
def _cases(draw: st.DrawFn) -> MemorandumCase:
    signed, expiry = draw(_perhaps), draw(_perhaps)
    start = draw(_days) if signed is not None else None
    if start is not None and expiry is not None and expiry < start:
        expiry = start
    signings = draw(st.lists(st.tuples(_days, _perhaps), max_size=3))
    amendments = tuple(Amendment(number, *dates) for number, dates in enumerate(signings, start=1))
    dates = MemorandumDates(signed, start, expiry, draw(_perhaps), amendments)
    return MemorandumCase(dates, draw(_events))


def _insert(connection: Connection, case: MemorandumCase) -> int:
    dates = case.dates
    memorandum_id = make_memorandum(
        connection,
        signed_date=dates.signed_date,
        start_date=dates.start_date,
        expiry_date=dates.expiry_date,
        terminated_date=dates.terminated_date,
    )
    for item in dates.amendments:
        make_amendment(
            connection,
            memorandum_id=memorandum_id,
            number=item.number,
            signed_date=item.signed_date,
            expiry_date=item.expiry_date,
        )
    for day, is_held in case.events:
        state = EventState.HELD if is_held else EventState.CANCELLED
        make_event(connection, event_date=day, state=state, memorandum_id=memorandum_id)
    return memorandum_id


def _answers(connection: Connection, ids: list[int]) -> Mapping[int, tuple[object, ...]]:
    columns = (effective_expiry(DAY), status_case(DAY), is_in_force(DAY), is_on_paper(DAY), last_event_date(DAY))
    rows = connection.execute(select(Memorandum.id, *columns).where(Memorandum.id.in_(ids)))
    return {row[0]: (row[1], row[2], bool(row[3]), bool(row[4]), row[5]) for row in rows}


@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases=st.lists(_cases(), min_size=100, max_size=150))
def test_sql_and_python_agree_on_hundreds_of_memoranda(engine: Engine, cases: list[MemorandumCase]) -> None:
    with writing(engine) as connection:
        by_id = {_insert(connection, case): case for case in cases}
        answers = _answers(connection, list(by_id))
    for memorandum_id, case in by_id.items():
        dates, last = case.dates, case.last_held()
        expected = (
            dates.expiry_on(DAY),
            dates.status_on(DAY).value,
            dates.is_in_force_on(DAY),
            dates.is_on_paper_on(DAY, last_event_date=last),
            last,
        )
        assert answers[memorandum_id] == expected, case

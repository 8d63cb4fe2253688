"""Status of a memorandum on a day, and whether it exists on paper only: one rule, as SQL and as Python.

On a day a memorandum is, in this order,

* ``terminated`` from its termination date on;
* ``draft`` while it has no signing date, or one after the day;
* ``upcoming`` until it comes into force;
* ``expired`` after its expiry date (on that date it is still in force);
* ``expiring`` with at most 90 days left, the expiry date being day 0;
* ``in_force`` otherwise; without an expiry date it never expires.

The expiry that counts is set by the highest-numbered amendment that was signed by the day and sets one.
It is *on paper* when in force for 90 days or more with no held joint event under it in the last 90 days.

The SQL expressions refer to the row of ``Memorandum`` in the enclosing statement.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Date, and_, case, exists, func, select, type_coerce

from data.codes import EventState, MemorandumStatus
from data.indicators import METHOD
from data.schema import JointEvent, Memorandum, MemorandumAmendment

EXPIRING_DAYS = METHOD.expiring_days
ON_PAPER_DAYS = METHOD.alive_days
STATUS_ORDER = tuple(MemorandumStatus)


@dataclass(frozen=True)
class Amendment:
    """Dates of an amendment."""

    number: int
    signed_date: date
    expiry_date: date | None


@dataclass(frozen=True)
class MemorandumDates:
    """Dates that decide a memorandum's status."""

    signed_date: date | None = None
    start_date: date | None = None
    expiry_date: date | None = None
    terminated_date: date | None = None
    amendments: tuple[Amendment, ...] = ()

    def expiry_on(self, day: date) -> date | None:
        """Return the expiry date that counts on ``day``; None: open-ended."""
        known = [(item.number, item.expiry_date) for item in self.amendments if item.signed_date <= day]
        set_dates = [(number, expiry) for number, expiry in known if expiry is not None]
        return max(set_dates)[1] if set_dates else self.expiry_date

    def status_on(self, day: date) -> MemorandumStatus:
        """Return the status on ``day``; never ``NONE``."""
        if self.terminated_date is not None and self.terminated_date <= day:
            return MemorandumStatus.TERMINATED
        if self.signed_date is None or self.start_date is None or self.signed_date > day:
            return MemorandumStatus.DRAFT
        if self.start_date > day:
            return MemorandumStatus.UPCOMING
        return self._status_of_started(day)

    def _status_of_started(self, day: date) -> MemorandumStatus:
        expiry = self.expiry_on(day)
        if expiry is None or expiry > day + timedelta(days=EXPIRING_DAYS):
            return MemorandumStatus.IN_FORCE
        return MemorandumStatus.EXPIRED if expiry < day else MemorandumStatus.EXPIRING

    def is_in_force_on(self, day: date) -> bool:
        """Return whether it is in force, expiring or not."""
        return self.status_on(day) in {MemorandumStatus.IN_FORCE, MemorandumStatus.EXPIRING}

    def is_on_paper_on(self, day: date, *, last_event_date: date | None) -> bool:
        """Return whether it exists on paper only, with ``last_event_date`` as its last held event until ``day``."""
        limit = day - timedelta(days=ON_PAPER_DAYS)
        has_long_run = all(start is not None and start <= limit for start in (self.signed_date, self.start_date))
        is_idle = last_event_date is None or last_event_date < limit
        return self.is_in_force_on(day) and has_long_run and is_idle


def best_status(statuses: set[str]) -> MemorandumStatus:
    """Return a district's status: the best of its memoranda's, ``NONE`` without any."""
    return next((status for status in STATUS_ORDER if status in statuses), MemorandumStatus.NONE)


def effective_expiry(day: date | ColumnElement[date]) -> ColumnElement[date | None]:
    """Return an expression for the expiry date that counts on ``day``; null: open-ended."""
    amended = (
        select(MemorandumAmendment.expiry_date)
        .where(
            MemorandumAmendment.memorandum_id == Memorandum.id,
            MemorandumAmendment.signed_date <= day,
            MemorandumAmendment.expiry_date.is_not(None),
        )
        .order_by(MemorandumAmendment.number.desc())
        .limit(1)
        .correlate_except(MemorandumAmendment)
        .scalar_subquery()
    )
    return type_coerce(func.coalesce(amended, Memorandum.expiry_date), Date())


def status_case(day: date) -> ColumnElement[str]:
    """Return an expression for the status code on ``day``."""
    expiry = effective_expiry(day)
    return case(
        (Memorandum.terminated_date <= day, MemorandumStatus.TERMINATED.value),
        (Memorandum.signed_date.is_(None), MemorandumStatus.DRAFT.value),
        (Memorandum.signed_date > day, MemorandumStatus.DRAFT.value),
        (Memorandum.start_date > day, MemorandumStatus.UPCOMING.value),
        (expiry < day, MemorandumStatus.EXPIRED.value),
        (expiry <= day + timedelta(days=EXPIRING_DAYS), MemorandumStatus.EXPIRING.value),
        else_=MemorandumStatus.IN_FORCE.value,
    )


def is_in_force(day: date | ColumnElement[date]) -> ColumnElement[bool]:
    """Return a condition: it is in force on ``day``, expiring or not."""
    return and_(
        func.coalesce(Memorandum.terminated_date > day, True),
        Memorandum.signed_date <= day,
        Memorandum.start_date <= day,
        func.coalesce(effective_expiry(day) >= day, True),
    )


def has_run_since(limit: date | ColumnElement[date]) -> ColumnElement[bool]:
    """Return a condition: it was signed and came into force on ``limit`` or before."""
    return and_(Memorandum.signed_date <= limit, Memorandum.start_date <= limit)


def has_event_between(first: date | ColumnElement[date], last: date | ColumnElement[date]) -> ColumnElement[bool]:
    """Return a condition: an event under it was held from ``first`` to ``last``."""
    held = exists().where(
        JointEvent.memorandum_id == Memorandum.id,
        JointEvent.event_date.between(first, last),
        JointEvent.state_code == EventState.HELD.value,
    )
    return held.correlate_except(JointEvent)


def is_long_in_force(day: date) -> ColumnElement[bool]:
    """Return a condition: in force on ``day`` and for 90 days or more (denominator of memoranda alive)."""
    return and_(is_in_force(day), has_run_since(day - timedelta(days=ON_PAPER_DAYS)))


def is_on_paper(day: date) -> ColumnElement[bool]:
    """Return a condition: in force for 90 days or more with no held event under it in the last 90 days."""
    return and_(is_long_in_force(day), ~has_event_between(day - timedelta(days=ON_PAPER_DAYS), day))


def last_event_date(day: date) -> ColumnElement[date | None]:
    """Return an expression for the date of the last held event under it until ``day``; null: none."""
    last = (
        select(JointEvent.event_date)
        .where(
            JointEvent.memorandum_id == Memorandum.id,
            JointEvent.event_date <= day,
            JointEvent.state_code == EventState.HELD.value,
        )
        .order_by(JointEvent.event_date.desc())
        .limit(1)
        .correlate(Memorandum)
        .scalar_subquery()
    )
    return type_coerce(last, Date())

"""Evaluation window: days on which an event may be evaluated, and how a coordinator opens it again.

A held event stays open for ``evaluation_window_days`` after its day, both days counted as a person counts them: an
event of the 1st with 30 days is open up to the 31st. Later it needs a coordinator's permission, up to a date; what is
sent under it is marked late. The same is true of corrections. Days are those of Tashkent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Engine, ScalarSelect, func, insert, select

from data.codes import EventState
from data.database import audit
from data.database.engine import writing
from data.dates.clock import day_of
from data.language import N_, DomainError
from data.policy import Action, Actor, ForbiddenError, Scope, require
from data.schema import EventReopening, JointEvent
from data.settings import get_settings
from data.texts.limits import LONGEST_REASON
from data.texts.personal_data import refuse_personal_data
from data.texts.search_keys import clean_text
from queries.accounts.actors import require_account
from queries.evaluations.answers import TooLongError

LONGEST_REOPENING_DAYS = 90


class WindowClosedError(DomainError):
    """Raised where the event is not open for evaluation any more; ``last_day`` was the last day it was."""

    def __init__(self, *, last_day: date) -> None:
        super().__init__(
            N_("The evaluation of this event closed after {last_day}. A district coordinator can open it again."),
            last_day=last_day.strftime("%d.%m.%Y"),
        )
        self.last_day = last_day


class NotHeldError(DomainError):
    """Raised where the event is not recorded as held, or its day is still to come."""

    def __init__(self) -> None:
        super().__init__(N_("Only a held event can be evaluated, and this one is not recorded as held."))


class ReopeningDateError(DomainError):
    """Raised where the last day of a permission is in the past or too far ahead."""

    def __init__(self) -> None:
        super().__init__(N_("Choose a last day from today on, at most {days} days ahead."), days=LONGEST_REOPENING_DAYS)


class NoReasonError(DomainError):
    """Raised for a permission without a reason."""

    def __init__(self) -> None:
        super().__init__(N_("Give the reason for opening the event again."))


@dataclass(frozen=True, kw_only=True)
class EventWindow:
    """Days on which an event may be evaluated; ``reopened_until`` is the latest permission, None: there is none."""

    event_date: date
    reopened_until: date | None = None

    @property
    def regular_last_day(self) -> date:
        """Last day that needs no permission."""
        return self.event_date + timedelta(days=get_settings().evaluation_window_days)

    @property
    def last_day(self) -> date:
        """Last day, permission included."""
        return max(self.regular_last_day, self.reopened_until or self.regular_last_day)

    def is_late(self, today: date) -> bool:
        """Return whether an evaluation sent today is late."""
        return today > self.regular_last_day

    def is_open(self, today: date) -> bool:
        """Return whether the event may be evaluated today."""
        return self.event_date <= today <= self.last_day

    def require_open(self, today: date) -> None:
        """Raise NotHeldError before the day of the event, WindowClosedError after the last day."""
        if today < self.event_date:
            raise NotHeldError
        if today > self.last_day:
            raise WindowClosedError(last_day=self.last_day)


def reopened_until() -> ScalarSelect[date]:
    """Return the latest permission for ``JointEvent``, null where there is none."""
    latest = select(func.max(EventReopening.until_date)).where(EventReopening.event_id == JointEvent.id)
    return latest.correlate(JointEvent).scalar_subquery()


def _clean_reason(reason: str) -> str:
    text = clean_text(reason)
    if not text:
        raise NoReasonError
    if len(text) > LONGEST_REASON:
        raise TooLongError(limit=LONGEST_REASON, length=len(text))
    refuse_personal_data(text)
    return text


def reopen_event(
    engine: Engine, actor: Actor, *, event_id: int, until_date: date, reason: str, now: datetime
) -> EventWindow:
    """Open a held event for evaluation up to a day, with an audit entry; repeating the same permission adds nothing.

    Raises ForbiddenError (not the coordinator of the event's district, nor an administrator), NotHeldError,
    ReopeningDateError, NoReasonError, TooLongError, PersonalDataError.
    """
    text, today = _clean_reason(reason), day_of(now)
    if not today <= until_date <= today + timedelta(days=LONGEST_REOPENING_DAYS):
        raise ReopeningDateError
    with writing(engine) as connection:
        event = select(JointEvent.district_soato, JointEvent.event_date, JointEvent.state_code)
        row = connection.execute(event.where(JointEvent.id == event_id).with_for_update()).one_or_none()
        if row is None:
            raise ForbiddenError
        require(actor, Action.REOPEN_EVENT, Scope.district(row.district_soato))
        require_account(connection, actor)
        if row.state_code != EventState.HELD.value or row.event_date > today:
            raise NotHeldError
        permission = {"event_id": event_id, "until_date": until_date, "reason": text}
        same = select(EventReopening.id).filter_by(**permission)
        if connection.execute(same).first() is None:
            added = insert(EventReopening).values(reopened_at=now, account_id=actor.account_id, **permission)
            connection.execute(added)
            audit.record(
                connection, actor=actor, action="reopened", entity="joint_event", entity_id=event_id, after=permission
            )
        until = connection.execute(select(reopened_until()).where(JointEvent.id == event_id)).scalar_one()
    return EventWindow(event_date=row.event_date, reopened_until=until)

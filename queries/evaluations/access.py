"""Access of one NGO to one event: whether it may evaluate it, until when, and what it has sent.

The account is read again in the same transaction as the write, so an account that was deactivated or given to another
NGO while the form was open writes nothing more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, exists, func, select

from data.codes import EventState
from data.policy import Action, Actor, ForbiddenError, require
from data.schema import ConfidentialBatchMember, Evaluation, JointEvent, JointEventNgo, Mahalla
from queries.accounts.actors import is_account_of
from queries.evaluations.window import EventWindow, NotHeldError, reopened_until


@dataclass(frozen=True, kw_only=True)
class EvaluatedEvent:
    """Event of an evaluation; ``mahalla`` is empty where it was for the whole district."""

    event_id: int
    number: str
    title: str
    event_date: date
    district_soato: str
    mahalla: str

    @classmethod
    def of(cls, row: Row[Any]) -> EvaluatedEvent:
        """Return the event of a row with :data:`EVENT_COLUMNS`."""
        return cls(
            event_id=row.event_id,
            number=row.number,
            title=row.title,
            event_date=row.event_date,
            district_soato=row.district_soato,
            mahalla=row.mahalla,
        )


# With ``Mahalla`` joined from the outside.
EVENT_COLUMNS: tuple[ColumnElement[Any], ...] = (
    JointEvent.id.label("event_id"),
    JointEvent.number.label("number"),
    JointEvent.title.label("title"),
    JointEvent.event_date.label("event_date"),
    JointEvent.district_soato.label("district_soato"),
    func.coalesce(Mahalla.name, "").label("mahalla"),
    func.coalesce(Mahalla.id, 0).label("mahalla_id"),
)


@dataclass(frozen=True, kw_only=True)
class CurrentVersion:
    """Current version of an evaluation."""

    evaluation_id: int
    version: int


@dataclass(frozen=True, kw_only=True)
class EventAccess:
    """Access of an NGO to an event: whether it may evaluate, until when, and what it has sent.

    ``is_released``: a version of it was released in a confidential batch, whose sums never change.
    """

    ngo_id: int
    event: EvaluatedEvent
    window: EventWindow
    is_held: bool
    is_party: bool
    has_account: bool
    is_released: bool
    current: CurrentVersion | None

    def require_open(self, actor: Actor, today: date) -> None:
        """Raise ForbiddenError, NotHeldError or WindowClosedError unless the actor may evaluate the event today."""
        if not self.is_party or (actor.account_id is not None and not self.has_account):
            raise ForbiddenError
        if not self.is_held:
            raise NotHeldError
        self.window.require_open(today)


def evaluating_ngo(actor: Actor) -> int:
    """Return the id of the NGO that the actor evaluates for. Raises ForbiddenError."""
    require(actor, Action.EVALUATE_EVENT)
    if actor.ngo_id is None:
        raise ForbiddenError
    return actor.ngo_id


def event_access(connection: Connection, actor: Actor, *, event_id: int) -> EventAccess:
    """Return the access of the actor's NGO to an event. Raises ForbiddenError for an unknown event."""
    ngo_id = evaluating_ngo(actor)
    is_party = exists().where(JointEventNgo.event_id == JointEvent.id, JointEventNgo.ngo_id == ngo_id)
    has_account = exists().where(is_account_of(actor))
    is_released = exists().where(
        ConfidentialBatchMember.event_id == JointEvent.id, ConfidentialBatchMember.ngo_id == ngo_id
    )
    current = and_(Evaluation.event_id == JointEvent.id, Evaluation.ngo_id == ngo_id, Evaluation.is_current)
    statement: Select[*tuple[Any, ...]] = (
        select(
            *EVENT_COLUMNS,
            JointEvent.state_code,
            is_party.correlate(JointEvent).label("is_party"),
            has_account.label("has_account"),
            is_released.correlate(JointEvent).label("is_released"),
            reopened_until().label("reopened_until"),
            Evaluation.id.label("evaluation_id"),
            Evaluation.version,
        )
        .outerjoin(Mahalla, Mahalla.id == JointEvent.mahalla_id)
        .outerjoin(Evaluation, current)
        .where(JointEvent.id == event_id)
    )
    row = connection.execute(statement).one_or_none()
    if row is None:
        raise ForbiddenError
    current_version = None
    if row.evaluation_id is not None:
        current_version = CurrentVersion(evaluation_id=row.evaluation_id, version=row.version)
    return EventAccess(
        ngo_id=ngo_id,
        event=EvaluatedEvent.of(row),
        window=EventWindow(event_date=row.event_date, reopened_until=row.reopened_until),
        is_held=row.state_code == EventState.HELD.value,
        is_party=bool(row.is_party),
        has_account=bool(row.has_account),
        is_released=bool(row.is_released),
        current=current_version,
    )

"""What stands between one NGO and one event: read once in each write, and all that the write must check.

The account is read again in the same transaction as the write, so an account that was switched off or given to
another NGO while the form was open writes nothing more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Integer,
    Row,
    Select,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
)

from data.codes import EventState, Visibility
from data.policy import Action, Actor, ForbiddenError, require, roles_that_may
from data.schema import (
    Account,
    ConfidentialBatchMember,
    Evaluation,
    JointEvent,
    JointEventNgo,
    Mahalla,
)
from queries.evaluations.window import EventWindow, NotHeldError, reopened_until

_MAY_EVALUATE = or_(*(Account.role_code == role.value for role in roles_that_may(Action.EVALUATE_EVENT)))


@dataclass(frozen=True, kw_only=True)
class EvaluatedEvent:
    """The event that an evaluation is about; ``mahalla`` is empty where it was for the whole district."""

    event_id: int
    number: str
    title: str
    event_date: date
    district_soato: str
    mahalla: str

    @classmethod
    def of(cls, row: Row[Any]) -> EvaluatedEvent:
        """The event of a row with :data:`EVENT_COLUMNS`."""
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
)


@dataclass(frozen=True, kw_only=True)
class CurrentVersion:
    """The version that counts now."""

    evaluation_id: int
    version: int
    is_confidential: bool


@dataclass(frozen=True, kw_only=True)
class Standing:
    """One NGO and one event: whether it may evaluate, until when, and what it has sent.

    ``is_released``: a version of it was released in a confidential batch, whose sums never change.
    """

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
    """The NGO that the actor evaluates for. Raises ForbiddenError."""
    require(actor, Action.EVALUATE_EVENT)
    if actor.ngo_id is None:
        raise ForbiddenError
    return actor.ngo_id


def standing_columns(
    ngo_id: ColumnElement[int], account_id: ColumnElement[int | None]
) -> tuple[ColumnElement[Any], ...]:
    """What is asked of an NGO and a ``JointEvent``; with the joins of :func:`joined_standing`."""
    is_party = exists().where(JointEventNgo.event_id == JointEvent.id, JointEventNgo.ngo_id == ngo_id)
    has_account = exists().where(Account.id == account_id, Account.is_active, _MAY_EVALUATE, Account.ngo_id == ngo_id)
    is_released = exists().where(
        ConfidentialBatchMember.event_id == JointEvent.id, ConfidentialBatchMember.ngo_id == ngo_id
    )
    return (
        *EVENT_COLUMNS,
        JointEvent.state_code.label("state_code"),
        is_party.correlate_except(JointEventNgo).label("is_party"),
        has_account.correlate_except(Account).label("has_account"),
        is_released.correlate_except(ConfidentialBatchMember).label("is_released"),
        reopened_until().label("reopened_until"),
        Evaluation.id.label("evaluation_id"),
        Evaluation.version.label("version"),
        Evaluation.visibility_code.label("visibility_code"),
    )


def joined_standing(statement: Select[*tuple[Any, ...]], ngo_id: ColumnElement[int]) -> Select[*tuple[Any, ...]]:
    """A statement on ``JointEvent`` with its mahalla and the current evaluation of an NGO."""
    current = and_(Evaluation.event_id == JointEvent.id, Evaluation.ngo_id == ngo_id, Evaluation.is_current)
    return statement.outerjoin(Mahalla, Mahalla.id == JointEvent.mahalla_id).outerjoin(Evaluation, current)


_NGO_ID: BindParameter[int] = bindparam("ngo_id", type_=Integer)
_BY_EVENT = joined_standing(select(*standing_columns(_NGO_ID, bindparam("account_id", type_=Integer))), _NGO_ID).where(
    JointEvent.id == bindparam("event_id")
)


def standing_in(row: Row[Any]) -> Standing:
    """The standing of a row with :func:`standing_columns`."""
    current = None
    if row.evaluation_id is not None:
        is_confidential = row.visibility_code == Visibility.CONFIDENTIAL.value
        current = CurrentVersion(evaluation_id=row.evaluation_id, version=row.version, is_confidential=is_confidential)
    return Standing(
        event=EvaluatedEvent.of(row),
        window=EventWindow(event_date=row.event_date, reopened_until=row.reopened_until),
        is_held=row.state_code == EventState.HELD.value,
        is_party=bool(row.is_party),
        has_account=bool(row.has_account),
        is_released=bool(row.is_released),
        current=current,
    )


def standing_of(connection: Connection, actor: Actor, *, event_id: int) -> Standing:
    """What stands between the actor's NGO and an event. Raises ForbiddenError for an unknown event."""
    values = {"event_id": event_id, "ngo_id": evaluating_ngo(actor), "account_id": actor.account_id}
    row = connection.execute(_BY_EVENT, values).one_or_none()
    if row is None:
        raise ForbiddenError
    return standing_in(row)

"""What stands between one NGO and one event: read once in each write, and all that the write must check.

The account is read again in the same transaction as the write, so an account that was switched off or given to
another NGO while the form was open writes nothing more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BindParameter,
    ColumnElement,
    Connection,
    Engine,
    Function,
    Row,
    Select,
    and_,
    bindparam,
    exists,
    func,
    literal_column,
    null,
    select,
    true,
)
from sqlalchemy.exc import OperationalError

from data.codes import EventState, Visibility
from data.engine import writing
from data.language import N_, DomainError
from data.rights import Actor, ForbiddenError, Right, Role, require
from data.schema import (
    Account,
    ConfidentialBatchMember,
    Evaluation,
    EvaluationDraft,
    EvaluationDraftAnswer,
    JointEvent,
    JointEventNgo,
    Mahalla,
)
from queries.evaluation_window import EventWindow, NotHeldError, reopened_until


class BusyError(DomainError):
    """The database did not let a writer in for as long as a person waits; nothing was changed."""

    def __init__(self) -> None:
        super().__init__(N_("The database is busy just now. Nothing was changed and nothing is lost. Try again soon."))


@contextmanager
def writing_or_busy(engine: Engine) -> Iterator[Connection]:
    """A write transaction that raises BusyError, with nothing changed, when another writer does not make way."""
    try:
        with writing(engine) as connection:
            yield connection
    except OperationalError as error:
        if not _is_busy(error):
            raise
        raise BusyError from error


def _is_busy(error: OperationalError) -> bool:
    """SQLite's busy timeout; PostgreSQL's lock timeout (55P03) and a deadlock's victim (40P01)."""
    state = getattr(error.orig, "sqlstate", None)
    return state in {"55P03", "40P01"} or "database is locked" in str(error.orig)


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


@dataclass(frozen=True, kw_only=True)
class StandingDraft:
    """A draft as it is stored, and what stands around it; ``next_id`` is the evaluation's, where it is known."""

    submission_id: str
    base_version: int
    started_at: datetime
    standing: Standing
    answers: Mapping[str, str]
    next_id: int | None


def evaluating_ngo(actor: Actor) -> int:
    """The NGO that the actor evaluates for. Raises ForbiddenError."""
    require(actor, Right.WRITE_EVALUATION)
    if actor.ngo_id is None:
        raise ForbiddenError
    return actor.ngo_id


_NGO_ID: BindParameter[int] = bindparam("ngo_id")
_IS_PARTY = exists().where(JointEventNgo.event_id == JointEvent.id, JointEventNgo.ngo_id == _NGO_ID)
_HAS_ACCOUNT = exists().where(
    Account.id == bindparam("account_id"), Account.is_active, Account.role_code == Role.NGO.value,
    Account.ngo_id == _NGO_ID,
)  # fmt: skip
_IS_RELEASED = exists().where(
    ConfidentialBatchMember.event_id == JointEvent.id, ConfidentialBatchMember.ngo_id == _NGO_ID
)
_STANDING: Select[*tuple[Any, ...]] = (
    select(
        *EVENT_COLUMNS,
        JointEvent.state_code,
        _IS_PARTY.correlate(JointEvent).label("is_party"),
        _HAS_ACCOUNT.label("has_account"),
        _IS_RELEASED.correlate(JointEvent).label("is_released"),
        reopened_until().label("reopened_until"),
        Evaluation.id.label("evaluation_id"),
        Evaluation.version,
        Evaluation.visibility_code,
    )
    .outerjoin(Mahalla, Mahalla.id == JointEvent.mahalla_id)
    .outerjoin(
        Evaluation,
        and_(Evaluation.event_id == JointEvent.id, Evaluation.ngo_id == _NGO_ID, Evaluation.is_current),
    )
)
_BY_EVENT = _STANDING.where(JointEvent.id == bindparam("event_id"))


def _by_draft(gathered: Function[Any], is_fresh: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """A draft that is held, what stands around it and its answers, ``gathered`` into one object."""
    answers = select(gathered).where(EvaluationDraftAnswer.submission_id == EvaluationDraft.submission_id)
    return (
        _STANDING.join(EvaluationDraft, EvaluationDraft.event_id == JointEvent.id)
        .where(EvaluationDraft.submission_id == bindparam("submission_id"), EvaluationDraft.ngo_id == _NGO_ID)
        .add_columns(
            EvaluationDraft.base_version,
            EvaluationDraft.started_at,
            answers.correlate(EvaluationDraft).scalar_subquery().label("answers"),
            is_fresh.label("is_fresh"),
        )
        .with_for_update(of=EvaluationDraft)
    )


_ANSWER = (EvaluationDraftAnswer.item_code, EvaluationDraftAnswer.value)
# PostgreSQL reads a row that it had to wait for anew, but not what hangs on it: the row is then of another version than
# the one that the statement saw at its start, and so may its answers be.
_SAME_ROW: ColumnElement[bool] = literal_column(
    "evaluation_draft.xmin = (SELECT seen.xmin FROM evaluation_draft seen"
    " WHERE seen.submission_id = evaluation_draft.submission_id)"
)
_BY_DRAFT = {
    "sqlite": _by_draft(func.json_group_object(*_ANSWER, type_=JSON), true()),
    "postgresql": _by_draft(func.json_object_agg(*_ANSWER, type_=JSON), _SAME_ROW),
}
# PostgreSQL numbers the evaluation beforehand, so that all its rows can be written in one statement.
_BY_DRAFT_TO_SEND = {
    "sqlite": _BY_DRAFT["sqlite"].add_columns(null().label("next_id")),
    "postgresql": _BY_DRAFT["postgresql"].add_columns(func.nextval("evaluation_id_seq").label("next_id")),
}


def _standing(row: Row[Any]) -> Standing:
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
    return _standing(row)


def hold_draft(
    connection: Connection, actor: Actor, *, submission_id: str, is_to_send: bool = False
) -> StandingDraft | None:
    """A draft of the actor's NGO, held until the end of the transaction; None where it is not there (any more).

    Whoever else saves into it or sends it waits.
    """
    values = {"submission_id": submission_id, "ngo_id": evaluating_ngo(actor), "account_id": actor.account_id}
    statement = (_BY_DRAFT_TO_SEND if is_to_send else _BY_DRAFT)[connection.dialect.name]
    row = connection.execute(statement, values).one_or_none()
    if row is not None and not row.is_fresh:
        row = connection.execute(statement, values).one_or_none()
    if row is None:
        return None
    return StandingDraft(
        submission_id=submission_id,
        base_version=row.base_version,
        started_at=row.started_at,
        standing=_standing(row),
        answers=row.answers or {},
        next_id=row.next_id if is_to_send else None,
    )

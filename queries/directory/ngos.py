"""An NGO: who it is, and what it said of events, as far as the reader may know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select

from data.codes import EvaluationState, MemorandumStatus
from data.language import N_, DomainError
from data.policy import Action, Actor, Scope
from data.schema import District, Evaluation, JointEvent, Memorandum, Ngo, NgoDirection
from queries.directory.validity import existed_on
from queries.evaluations.visibility import is_readable_by
from queries.frames import FramePage, read_frame
from queries.memoranda.status import status_case
from queries.row_filter import permitted_rows

WORKING = (MemorandumStatus.IN_FORCE.value, MemorandumStatus.EXPIRING.value, MemorandumStatus.UPCOMING.value)


class NoNgoError(DomainError):
    """Raised where there is no such NGO."""

    def __init__(self) -> None:
        super().__init__(N_("There is no such NGO."))


@dataclass(frozen=True, kw_only=True)
class NgoProfile:
    """Who an NGO is; ``directions`` are codes, ``contact`` that of the organisation."""

    ngo_id: int
    name: str
    stir: str
    district_soato: str
    contact: str
    is_active: bool
    directions: tuple[str, ...]


def ngo_profile(connection: Connection, actor: Actor, *, ngo_id: int) -> NgoProfile:
    """Return who an NGO is. Raises ForbiddenError, NoNgoError."""
    permitted_rows(connection, actor, Action.SEE_RECORDS, Scope.ngo(ngo_id))
    row = connection.execute(select(Ngo.__table__).where(Ngo.id == ngo_id)).one_or_none()
    if row is None:
        raise NoNgoError
    directions = select(NgoDirection.direction_code).where(NgoDirection.ngo_id == ngo_id)
    return NgoProfile(
        ngo_id=ngo_id,
        name=row.name,
        stir=row.stir,
        district_soato=row.district_soato,
        contact=row.contact,
        is_active=row.is_active,
        directions=tuple(sorted(connection.scalars(directions))),
    )


def partner_districts(connection: Connection, actor: Actor, *, today: date) -> tuple[str, ...]:
    """Return the districts (SOATO) that the actor's NGO works with: its home, then those of its memoranda.

    A memorandum counts while it is in force or about to be, and its district exists. Raises ForbiddenError.
    """
    row_filter = permitted_rows(connection, actor, Action.SEE_RECORDS, actor.home_scope)
    home = connection.scalar(select(Ngo.district_soato).where(Ngo.id == actor.ngo_id))
    existing = select(District.soato).where(existed_on(today))
    signed = select(Memorandum.district_soato).where(
        row_filter.memoranda(), status_case(today).in_(WORKING), Memorandum.district_soato.in_(existing)
    )
    others = connection.scalars(signed.distinct().order_by(Memorandum.district_soato)).all()
    return tuple(dict.fromkeys([*([home] if home else []), *others]))


def ngo_evaluations(connection: Connection, actor: Actor, *, ngo_id: int, limit: int, offset: int = 0) -> FramePage:
    """Return the evaluations by an NGO that the actor may read, of the newest events first.

    Columns: event_id, number, title, event_date, mark_mean (1-5, NaN: no rating), comment. Of other areas none.
    Raises ForbiddenError.
    """
    row_filter = permitted_rows(connection, actor, Action.SEE_RECORDS, Scope.ngo(ngo_id))
    columns = (
        JointEvent.id.label("event_id"),
        JointEvent.number,
        JointEvent.title,
        JointEvent.event_date,
        Evaluation.mark_mean,
        Evaluation.comment,
    )
    readable = (
        select(*columns)
        .join(JointEvent, JointEvent.id == Evaluation.event_id)
        .where(
            Evaluation.is_current,
            Evaluation.state_code == EvaluationState.SUBMITTED.value,
            Evaluation.ngo_id == ngo_id,
            row_filter.evaluations(),
            is_readable_by(actor),
        )
    )
    total = connection.scalar(select(func.count()).select_from(readable.with_only_columns(Evaluation.id).subquery()))
    newest = readable.order_by(JointEvent.event_date.desc(), JointEvent.id.desc()).limit(limit).offset(offset)
    return FramePage(frame=read_frame(connection, newest).astype({"mark_mean": "float64"}), total=total or 0)

"""Register of memoranda, status of each district, and obligations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Select, and_, case, exists, func, select, true

from data.codes import Direction, InForce, MemorandumStatus, ObligationState, RegisterState
from data.indicators.counted import CountedRows
from data.policy import Action, Actor, Scope, ScopeKind
from data.schema import (
    District,
    Memorandum,
    MemorandumAmendment,
    MemorandumDirection,
    MemorandumNgo,
    MemorandumSupport,
    Ngo,
    Obligation,
)
from queries.directory.validity import existed_on
from queries.frames import add_ngos, joined_texts, read_frame
from queries.indicators.records import counted_conditions
from queries.memoranda.status import (
    best_status,
    effective_expiry,
    is_in_force,
    is_on_paper,
    last_event_date,
    status_case,
)
from queries.row_filter import area_filter, permitted_rows, require_published

# What soon asks for a decision comes first, what is over comes last.
_URGENCY = {
    MemorandumStatus.EXPIRING.value: 0,
    MemorandumStatus.IN_FORCE.value: 1,
    MemorandumStatus.UPCOMING.value: 2,
    MemorandumStatus.DRAFT.value: 3,
    MemorandumStatus.EXPIRED.value: 4,
    MemorandumStatus.TERMINATED.value: 5,
}


def _number_of(model: type[MemorandumAmendment | Obligation], *conditions: ColumnElement[bool]) -> ColumnElement[int]:
    counted = select(func.count()).select_from(model).where(model.memorandum_id == Memorandum.id, *conditions)
    return counted.correlate(Memorandum).scalar_subquery()


def _register(condition: ColumnElement[bool], today: date) -> Select[*tuple[Any, ...]]:
    is_overdue = (Obligation.due_date < today) & Obligation.fulfilled_date.is_(None)
    return (
        select(
            Memorandum.id.label("memorandum_id"),
            Memorandum.district_soato,
            Memorandum.number,
            Memorandum.title,
            Memorandum.signed_date,
            Memorandum.start_date,
            effective_expiry(today).label("expiry_date"),
            Memorandum.terminated_date,
            status_case(today).label("status_code"),
            is_on_paper(today).label("is_on_paper"),
            last_event_date(today).label("last_event_date"),
            _number_of(MemorandumAmendment, MemorandumAmendment.signed_date <= today).label("amendments"),
            _number_of(Obligation).label("obligations"),
            _number_of(Obligation, is_overdue).label("obligations_overdue"),
        )
        .where(condition)
        .order_by(case(_URGENCY, value=status_case(today)), effective_expiry(today).nulls_last(), Memorandum.id.desc())
    )


def _add_texts(connection: Connection, frame: pd.DataFrame, condition: ColumnElement[bool]) -> pd.DataFrame:
    """Return the frame with ``ngos``, ``ngo_links``, ``directions`` and ``supports``, each read in one statement."""
    parties = (
        select(MemorandumNgo.memorandum_id, Ngo.name, Ngo.id)
        .join(Ngo, Ngo.id == MemorandumNgo.ngo_id)
        .join(Memorandum, Memorandum.id == MemorandumNgo.memorandum_id)
        .where(condition)
        .order_by(Ngo.name)
    )
    directions = select(MemorandumDirection.memorandum_id, MemorandumDirection.direction_code).join(
        Memorandum, Memorandum.id == MemorandumDirection.memorandum_id
    )
    supports = select(MemorandumSupport.memorandum_id, MemorandumSupport.support_code).join(
        Memorandum, Memorandum.id == MemorandumSupport.memorandum_id
    )
    ids = frame["memorandum_id"]
    return add_ngos(connection, frame, parties, "memorandum_id").assign(
        directions=joined_texts(connection, directions.where(condition).order_by("direction_code"), ids),
        supports=joined_texts(connection, supports.where(condition).order_by("support_code"), ids),
    )


_CONDITIONS: Mapping[RegisterState, Callable[[date], ColumnElement[bool]]] = {
    InForce.RUNNING: is_in_force,
    InForce.ON_PAPER: is_on_paper,
}


def _asked(
    connection: Connection,
    actor: Actor,
    scope: Scope,
    today: date,
    state: RegisterState | None,
    counted: CountedRows | None,
) -> ColumnElement[bool]:
    """Return the condition on ``Memorandum`` of being in a register. Raises ForbiddenError."""
    row_filter = permitted_rows(connection, actor, Action.SEE_RECORDS, scope)
    if counted is not None:
        return and_(*counted_conditions(connection, row_filter, counted))
    if state is None:
        return row_filter.memoranda()
    is_in_state = _CONDITIONS[state](today) if state in _CONDITIONS else status_case(today) == state.value
    return and_(row_filter.memoranda(), is_in_state)


def memorandum_count(
    connection: Connection, actor: Actor, *, scope: Scope, today: date, state: RegisterState | None = None
) -> int:
    """Return the number of memoranda of the scope, or of those in a state today. Raises ForbiddenError."""
    condition = _asked(connection, actor, scope, today, state, None)
    return connection.execute(select(func.count()).select_from(Memorandum).where(condition)).scalar_one()


def memorandum_register(
    connection: Connection,
    actor: Actor,
    *,
    scope: Scope,
    today: date,
    state: RegisterState | None = None,
    counted: CountedRows | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> pd.DataFrame:
    """One row a memorandum of the scope: expiring ones first, then in force, and those that are over last.

    ``limit`` and ``offset`` are those of a page of the list; ``state`` narrows it to those in it today, ``counted`` to
    those that an indicator counts.

    Columns: memorandum_id, district_soato, number, title, ngos (names joined by "; "), signed_date, start_date,
    expiry_date (as last amended by today; NaT: open-ended), terminated_date, status_code, is_on_paper, days_left
    (Int64: days to the expiry, 0 on its day; NA unless in force with an expiry), directions, supports (codes joined
    by ";"), last_event_date (of the last held event under it; NaT: none), amendments (signed by today), obligations,
    obligations_overdue (numbers). Raises ForbiddenError.
    """
    condition = _asked(connection, actor, scope, today, state, counted)
    frame = read_frame(connection, _register(condition, today).limit(limit).offset(offset))
    if limit is not None:
        condition = Memorandum.id.in_([int(key) for key in frame["memorandum_id"]])
    frame = _add_texts(connection, frame, condition)
    runs = frame["status_code"].isin([MemorandumStatus.IN_FORCE, MemorandumStatus.EXPIRING])
    days = (frame["expiry_date"] - pd.Timestamp(today)).dt.days.where(runs)
    return frame.assign(days_left=days.astype("Int64"))


def district_status(
    connection: Connection, actor: Actor, *, scope: Scope, today: date, direction: Direction | None = None
) -> pd.DataFrame:
    """One row a district of the scope, with or without memoranda, by SOATO; published, so every role may read it.

    Of a nation or region: the districts that exist on the day.

    Columns: district_soato, status_code (the best of its memoranda's; ``none`` without any), memoranda, in_force
    (expiring ones too), on_paper (numbers); with a direction, those of the memoranda that name it. Of an NGO: the
    districts in which it has a memorandum, and its own memoranda only. Raises ForbiddenError.
    """
    require_published(actor, scope)
    row_filter = (
        area_filter(scope)
        if scope.kind is not ScopeKind.NGO
        else permitted_rows(connection, actor, Action.SEE_RECORDS, scope)
    )
    statement = select(
        Memorandum.district_soato,
        status_case(today).label("status_code"),
        is_in_force(today).label("is_in_force"),
        is_on_paper(today).label("is_on_paper"),
    ).where(row_filter.memoranda())
    if direction is not None:
        named = MemorandumDirection.memorandum_id == Memorandum.id
        statement = statement.where(exists().where(named, MemorandumDirection.direction_code == direction.value))
    grouped = read_frame(connection, statement).groupby("district_soato")
    summed = grouped.agg(
        status_code=("status_code", lambda codes: best_status(set(codes)).value),
        memoranda=("status_code", "size"),
        in_force=("is_in_force", "sum"),
        on_paper=("is_on_paper", "sum"),
    )
    if scope.kind is ScopeKind.NGO:
        return summed.reset_index()
    soatos = connection.scalars(
        select(District.soato)
        .where(row_filter.districts(District.soato), true() if scope.kind is ScopeKind.DISTRICT else existed_on(today))
        .order_by(District.soato)
    )
    return _with_every_district(summed, list(soatos))


def _with_every_district(summed: pd.DataFrame, soatos: list[str]) -> pd.DataFrame:
    frame = summed.reindex(pd.Index(soatos, name="district_soato")).reset_index()
    counts = ["memoranda", "in_force", "on_paper"]
    frame[counts] = frame[counts].fillna(0).astype(int)
    return frame.assign(status_code=frame["status_code"].fillna(MemorandumStatus.NONE.value))


def obligation_state(today: date) -> ColumnElement[str]:
    """Return an expression for the state code of an obligation on a day: on its due date it is not yet overdue."""
    return case(
        (Obligation.fulfilled_date <= Obligation.due_date, ObligationState.FULFILLED.value),
        (Obligation.fulfilled_date.is_not(None), ObligationState.FULFILLED_LATE.value),
        (Obligation.due_date < today, ObligationState.OVERDUE.value),
        else_=ObligationState.OPEN.value,
    )


def _obligations_asked(
    connection: Connection, actor: Actor, scope: Scope, counted: CountedRows | None
) -> tuple[ColumnElement[bool], ...]:
    row_filter = permitted_rows(connection, actor, Action.SEE_RECORDS, scope)
    return (row_filter.memoranda(),) if counted is None else counted_conditions(connection, row_filter, counted)


def obligation_count(connection: Connection, actor: Actor, *, scope: Scope) -> int:
    """Return the number of obligations under the memoranda of the scope. Raises ForbiddenError."""
    found = select(func.count()).select_from(Obligation).join(Memorandum, Memorandum.id == Obligation.memorandum_id)
    return connection.execute(found.where(*_obligations_asked(connection, actor, scope, None))).scalar_one()


def obligations(
    connection: Connection,
    actor: Actor,
    *,
    scope: Scope,
    today: date,
    counted: CountedRows | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> pd.DataFrame:
    """One row an obligation under the memoranda of the scope: open ones by due date, then fulfilled ones.

    ``limit`` and ``offset`` are those of a page of the list; ``counted``: only those that an indicator counts.

    Columns: obligation_id, memorandum_id, number (of the memorandum), district_soato, party_code, text, due_date,
    fulfilled_date (NaT: not yet), state_code (an ``ObligationState``: on its due date an open one is not yet overdue),
    evidence. Raises ForbiddenError.
    """
    statement = (
        select(
            Obligation.id.label("obligation_id"),
            Obligation.memorandum_id,
            Memorandum.number,
            Memorandum.district_soato,
            Obligation.party_code,
            Obligation.text,
            Obligation.due_date,
            Obligation.fulfilled_date,
            obligation_state(today).label("state_code"),
            Obligation.evidence,
        )
        .join(Memorandum, Memorandum.id == Obligation.memorandum_id)
        .where(*_obligations_asked(connection, actor, scope, counted))
        .order_by(Obligation.fulfilled_date.is_not(None), Obligation.due_date, Obligation.id)
        .limit(limit)
        .offset(offset)
    )
    return read_frame(connection, statement)


def amendments(connection: Connection, actor: Actor, *, scope: Scope) -> pd.DataFrame:
    """One row an amendment to the memoranda of the scope, in the order of their numbers.

    Columns: memorandum_id, number (of the amendment), signed_date, expiry_date (NaT: it sets none), text. Raises
    ForbiddenError.
    """
    row_filter = permitted_rows(connection, actor, Action.SEE_RECORDS, scope)
    statement = (
        select(
            MemorandumAmendment.memorandum_id,
            MemorandumAmendment.number,
            MemorandumAmendment.signed_date,
            MemorandumAmendment.expiry_date,
            MemorandumAmendment.text,
        )
        .join(Memorandum, Memorandum.id == MemorandumAmendment.memorandum_id)
        .where(row_filter.memoranda())
        .order_by(MemorandumAmendment.memorandum_id, MemorandumAmendment.number)
    )
    return read_frame(connection, statement)

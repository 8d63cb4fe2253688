"""Outlook of an area: what falls due until the end of the third month from now, with the day and who has to act.

* ``plan_item``: a plan item that no event names yet; it has a month and no day, and stands at the end of its month;
* ``event``: a joint event that is planned for a day;
* ``memorandum``: a memorandum whose term ends;
* ``obligation``: an obligation that is not fulfilled;
* ``request``: an information request without an answer;
* ``answer``: a recommendation that the district has not answered, 60 days after it could first see it;
* ``recommendation``: a recommendation whose deadline the district has set; a confidential one without its event;
* ``decision``: a decision of a meeting that is not done;
* ``evaluation``: the last day on which a held event that no NGO has evaluated may be evaluated.

What is late already stands in :mod:`queries.attention`: each thing moves there on the day after it was due.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Select, case, exists, func, literal_column, null, select
from sqlalchemy.orm import InstrumentedAttribute

from data.codes import AttentionOwner, EvaluationState, EventState, MemorandumStatus, OutlookKind, Party
from data.dates.period import Period, year_month
from data.policy import Action, Actor, Scope
from data.schema import (
    Decision,
    Evaluation,
    EventReopening,
    InformationRequest,
    JointEvent,
    JointEventNgo,
    Mahalla,
    Meeting,
    Memorandum,
    MemorandumNgo,
    Ngo,
    Obligation,
    PlanItem,
    Recommendation,
)
from data.settings import get_settings
from queries.directory.validity import is_of_existing_district
from queries.evaluations.window import reopened_until
from queries.events.entries import is_unnamed
from queries.memoranda.status import effective_expiry, status_case
from queries.recommendations.conditions import ANSWER_DAYS, is_named, is_shown_to_leaders, waits_for_district
from queries.row_filter import RowFilter, permitted_rows

MONTHS_AHEAD = 3
KEPT_AREAS = 256
COLUMNS = (
    *("kind_code", "district_soato", "entity_id", "record_id", "number", "title", "direction_code", "form_code"),
    *("mahalla", "owner_code", "owner", "owner_ngos", "due_date", "days"),
)
_RUNNING = (MemorandumStatus.IN_FORCE, MemorandumStatus.EXPIRING, MemorandumStatus.UPCOMING)


def outlook_period(today: date) -> Period:
    """Return the months of an outlook: the running one and the three after it."""
    return Period.of_months(today, MONTHS_AHEAD + 1)


@dataclass(frozen=True)
class _Source:
    """Statement of one kind: :data:`COLUMNS` from district_soato up to the owner, and basis; due ``grace_days`` later.

    ``basis`` is a day or, of ``is_month``, a month (YYYYMM). ``ngos`` are record_id, name and id of an NGO, in their
    order, where NGOs of the record have to act.
    """

    kind: OutlookKind
    statement: Select[*tuple[Any, ...]]
    grace_days: int = 0
    is_month: bool = False
    ngos: Select[int, str, int] | None = None

    def due(self, basis: Any) -> date:  # noqa: ANN401 - a day or a month
        """Return the day on which something is due."""
        if self.is_month:
            return Period.of_months(date(int(basis) // 100, int(basis) % 100, 1), 1).last_day
        day: date = basis
        return day + timedelta(days=self.grace_days)

    def within(self, period: Period, today: date) -> ColumnElement[bool]:
        """Return a condition: it falls due in the period, today or later."""
        basis = self.statement.selected_columns["basis"]
        if self.is_month:
            return basis.between(max(period.first_year_month, year_month(today)), period.last_year_month)
        back = timedelta(days=self.grace_days)
        return basis.between(max(period.first_day, today) - back, period.last_day - back)


def _statement(
    basis: ColumnElement[Any] | InstrumentedAttribute[Any],
    *,
    of: type[Any],
    owner_code: ColumnElement[str],
    title: ColumnElement[Any] | InstrumentedAttribute[Any],
    **others: Any,  # noqa: ANN401 - columns of any table
) -> Select[*tuple[Any, ...]]:
    """Return a statement of a source; by default ``of`` is the record that has a page, and nothing else is known."""
    columns: dict[str, Any] = {
        "district_soato": getattr(of, "district_soato", None),
        "entity_id": of.id,
        "record_id": of.id,
        "number": getattr(of, "number", None),
        "title": title,
        "direction_code": null(),
        "form_code": null(),
        "mahalla": null(),
        "owner_code": owner_code,
        "owner": literal_column("''"),
        **others,
        "basis": basis,
    }
    return select(*(column.label(name) for name, column in columns.items()))


def _of(owner: AttentionOwner) -> ColumnElement[str]:
    return literal_column(f"'{owner.value}'")


def _names(record: InstrumentedAttribute[int], ngo: InstrumentedAttribute[Any]) -> Select[int, str, int]:
    return select(record, Ngo.name, Ngo.id).join(Ngo, Ngo.id == ngo).order_by(record, Ngo.name, Ngo.id)


def _plan_items(row_filter: RowFilter) -> _Source:
    has_ngo = PlanItem.responsible_ngo_id.is_not(None)
    statement = _statement(
        PlanItem.year * 100 + PlanItem.month,
        of=PlanItem,
        owner_code=case((has_ngo, AttentionOwner.NGO.value), else_=AttentionOwner.COORDINATOR.value),
        title=literal_column("''"),
        direction_code=PlanItem.direction_code,
        form_code=PlanItem.form_code,
        mahalla=Mahalla.name,
    ).outerjoin(Mahalla, Mahalla.id == PlanItem.mahalla_id)
    ngos = _names(PlanItem.id, PlanItem.responsible_ngo_id)
    return _Source(
        OutlookKind.PLAN_ITEM, statement.where(is_unnamed(), row_filter.plan_items()), is_month=True, ngos=ngos
    )


def _events(row_filter: RowFilter) -> _Source:
    # The state as a literal: SQLite takes the index of planned events for no parameter.
    is_planned = JointEvent.state_code == literal_column(f"'{EventState.PLANNED.value}'")
    statement = _statement(
        JointEvent.event_date, of=JointEvent, owner_code=_of(AttentionOwner.COORDINATOR), title=JointEvent.title
    )
    return _Source(OutlookKind.EVENT, statement.where(is_planned, row_filter.events()))


def _memoranda(row_filter: RowFilter, today: date) -> _Source:
    statement = _statement(
        effective_expiry(today), of=Memorandum, owner_code=_of(AttentionOwner.COORDINATOR), title=Memorandum.title
    )
    is_running = status_case(today).in_([status.value for status in _RUNNING])
    return _Source(
        OutlookKind.MEMORANDUM, statement.where(is_running, is_of_existing_district(today), row_filter.memoranda())
    )


def _obligations(row_filter: RowFilter) -> _Source:
    statement = _statement(
        Obligation.due_date,
        of=Obligation,
        owner_code=Obligation.party_code.expression,
        title=Obligation.text,
        district_soato=Memorandum.district_soato,
        record_id=Memorandum.id,
        number=Memorandum.number,
    ).join(Memorandum, Memorandum.id == Obligation.memorandum_id)
    is_open = Obligation.fulfilled_date.is_(None)
    ngos = _names(MemorandumNgo.memorandum_id, MemorandumNgo.ngo_id)
    return _Source(OutlookKind.OBLIGATION, statement.where(is_open, row_filter.memoranda()), ngos=ngos)


def _requests(row_filter: RowFilter) -> _Source:
    is_of_ngo = InformationRequest.asked_by_code == Party.POLICE.value
    statement = _statement(
        InformationRequest.due_date,
        of=InformationRequest,
        owner_code=case((is_of_ngo, AttentionOwner.NGO.value), else_=AttentionOwner.POLICE.value),
        title=InformationRequest.topic,
    )
    is_open = InformationRequest.answered_date.is_(None)
    ngos = _names(InformationRequest.id, InformationRequest.ngo_id)
    return _Source(OutlookKind.REQUEST, statement.where(is_open, row_filter.requests()), ngos=ngos)


def _recommendations(
    kind: OutlookKind,
    basis: InstrumentedAttribute[Any],
    row_filter: RowFilter,
    today: date,
    *conditions: ColumnElement[bool],
    grace_days: int = 0,
) -> _Source:
    statement = (
        _statement(
            basis,
            of=Recommendation,
            owner_code=_of(AttentionOwner.POLICE),
            title=Recommendation.text,
            entity_id=Recommendation.public_id,
            record_id=null(),
            number=case((is_named(), JointEvent.number)),
        )
        .join(Evaluation, Evaluation.id == Recommendation.evaluation_id)
        .join(JointEvent, JointEvent.id == Evaluation.event_id)
        .where(waits_for_district(), is_shown_to_leaders(row_filter, today), *conditions)
    )
    return _Source(kind, statement, grace_days)


def _decisions(row_filter: RowFilter) -> _Source:
    statement = _statement(
        Decision.due_date,
        of=Decision,
        owner_code=_of(AttentionOwner.NAMED),
        title=Decision.text,
        district_soato=Meeting.area_code,
        entity_id=Decision.public_id,
        record_id=null(),
        number=Meeting.number,
        owner=Decision.owner,
    ).join(Meeting, Meeting.id == Decision.meeting_id)
    return _Source(OutlookKind.DECISION, statement.where(Decision.done_date.is_(None), row_filter.meetings()))


def _evaluations(row_filter: RowFilter, today: date) -> Iterator[_Source]:
    """Return the sources of events that close by themselves, and of those that a coordinator opened again."""
    evaluated = exists().where(
        Evaluation.event_id == JointEvent.id,
        Evaluation.is_current,
        Evaluation.state_code == EvaluationState.SUBMITTED.value,
    )
    conditions = (
        JointEvent.state_code == EventState.HELD.value,
        JointEvent.event_date <= today,
        ~evaluated.correlate(JointEvent),
        row_filter.events(),
    )
    ngos = _names(JointEventNgo.event_id, JointEventNgo.ngo_id)
    days = get_settings().evaluation_window_days
    parts: dict[str, Any] = {"of": JointEvent, "owner_code": _of(AttentionOwner.NGO), "title": JointEvent.title}
    by_itself = _statement(JointEvent.event_date, **parts)
    yield _Source(OutlookKind.EVALUATION, by_itself.where(*conditions), days, ngos=ngos)
    is_closed = JointEvent.event_date < today - timedelta(days=days)
    again = _statement(reopened_until(), **parts)
    yield _Source(
        OutlookKind.EVALUATION,
        again.where(is_closed, JointEvent.id.in_(select(EventReopening.event_id)), *conditions),
        ngos=ngos,
    )


@lru_cache(maxsize=KEPT_AREAS)
def _sources(row_filter: RowFilter, today: date) -> tuple[_Source, ...]:
    """Return the statements of an area, made once: that takes as long as asking them."""
    return (
        _plan_items(row_filter),
        _events(row_filter),
        _memoranda(row_filter, today),
        _obligations(row_filter),
        _requests(row_filter),
        _recommendations(
            OutlookKind.ANSWER,
            Recommendation.released_date,
            row_filter,
            today,
            Recommendation.answered_date.is_(None),
            grace_days=ANSWER_DAYS,
        ),
        _recommendations(OutlookKind.RECOMMENDATION, Recommendation.deadline_date, row_filter, today),
        _decisions(row_filter),
        *_evaluations(row_filter, today),
    )


def outlook_counts(connection: Connection, actor: Actor, *, scope: Scope, today: date) -> pd.DataFrame:
    """Return how many things fall due, one row a kind and month of :func:`outlook_period` that has any.

    Columns: kind_code (an ``OutlookKind``), month (its first day), count. Raises ForbiddenError.
    """
    row_filter = permitted_rows(connection, actor, Action.SEE_ATTENTION, scope)
    return _counts(connection, _sources(row_filter, today), outlook_period(today), today)


def planned_counts(connection: Connection, actor: Actor, *, scope: Scope, period: Period, today: date) -> pd.DataFrame:
    """Return how many plan items without an event and planned events are to come in each month of a period.

    Columns as of :func:`outlook_counts`. Raises ForbiddenError.
    """
    row_filter = permitted_rows(connection, actor, Action.SEE_SUMS, scope)
    return _counts(connection, (_plan_items(row_filter), _events(row_filter)), period, today)


def _counts(connection: Connection, sources: Iterable[_Source], period: Period, today: date) -> pd.DataFrame:
    rows = []
    for source in sources:
        inside = source.statement.where(source.within(period, today)).subquery()
        counted = select(inside.c.basis, func.count()).group_by(inside.c.basis)
        found = connection.execute(counted).all()
        rows += [(source.kind.value, source.due(basis).replace(day=1), count) for basis, count in found]
    frame = pd.DataFrame(rows, columns=["kind_code", "month", "count"])
    return frame.groupby(["kind_code", "month"])["count"].sum().reset_index()


def outlook_list(
    connection: Connection,
    actor: Actor,
    *,
    scope: Scope,
    today: date,
    kind: OutlookKind | None = None,
    month: date | None = None,
    limit: int,
    offset: int = 0,
) -> pd.DataFrame:
    """Return a page of what falls due, soonest first, of one kind or month alone where given.

    Columns: kind_code (an ``OutlookKind``), district_soato (of a decision the area of its meeting), entity_id (of the
    plan item, event, memorandum, obligation or request; of a recommendation or decision its public_id), record_id (of
    the record that has a page; None: of the others), number (of the record, memorandum, event or meeting; None where
    the recommendation is confidential), title (or the text; of a plan item ""), direction_code, form_code and mahalla
    (of a plan item), owner_code (an ``AttentionOwner``), owner (that of the decision; else ""), owner_ngos (pairs of
    name and id of the NGOs that have to act), due_date (of a plan item the last day of its month), days (left).
    Raises ForbiddenError.
    """
    row_filter = permitted_rows(connection, actor, Action.SEE_ATTENTION, scope)
    period = outlook_period(today) if month is None else Period.of_months(month, 1)
    rows = [
        row
        for source in _sources(row_filter, today)
        if kind is None or source.kind is kind
        for row in _read(connection, source, period, today, limit=offset + limit)
    ]
    due = COLUMNS.index("due_date")
    # Within a day the order of the database stands: by id, and by a random key where an id would tell the time.
    rows.sort(key=lambda row: row[due])
    # As objects, or an id beside a None would become a fraction.
    frame = pd.DataFrame(rows[offset : offset + limit], columns=list(COLUMNS), dtype=object)
    return frame.assign(due_date=pd.to_datetime(frame["due_date"]), days=frame["days"].astype(int))


def _read(
    connection: Connection, source: _Source, period: Period, today: date, *, limit: int
) -> Iterator[tuple[Any, ...]]:
    """Return rows of :data:`COLUMNS`, the first ones by their day."""
    statement = source.statement.where(source.within(period, today)).order_by("basis", "entity_id").limit(limit)
    rows = connection.execute(statement).all()
    ngos: dict[int, list[tuple[str, int]]] = {}
    if source.ngos is not None:
        record = source.ngos.selected_columns[0]
        ids = [row.record_id for row in rows if row.owner_code == AttentionOwner.NGO.value]
        for record_id, name, ngo_id in connection.execute(source.ngos.where(record.in_(ids))) if ids else ():
            ngos.setdefault(record_id, []).append((name, ngo_id))
    for row in rows:
        *named, basis = row
        due = source.due(basis)
        owners = ngos.get(row.record_id, []) if row.owner_code == AttentionOwner.NGO.value else []
        yield source.kind.value, *named, tuple(owners), due, (due - today).days

"""Things that need attention today: what someone should act on, with the date that each is measured from.

* ``expiring``: a memorandum in force with at most 90 days left, of a district that exists;
* ``on_paper``: a memorandum long in force without a held event in the last 90 days, of a district that exists;
* ``obligation_overdue``: an obligation past its due date and not fulfilled;
* ``recommendation_overdue``: a recommendation that waits for the district, past its deadline or without an answer for
  60 days since the district could see it (:mod:`queries.recommendations.conditions`); a confidential one without
  its event;
* ``decision_overdue``: a decision of a meeting past its deadline and not done;
* ``event_passed``: an event still planned after its day: it is to be recorded as held, moved or cancelled;
* ``not_evaluated``: an event held in the last 60 days, more than 14 days ago, that no NGO has evaluated;
* ``request_overdue``: an information request of either side that the other has not answered in time;
* ``request_due``: one whose answer is due within the working days of a reminder;
* ``proposal_waiting``: a joint event or plan item that an NGO has proposed and nobody has answered.

The work is bounded: lists and counts stop at their limits, and events are looked for in a window of 60 days.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Select, and_, case, exists, func, literal_column, null, select
from sqlalchemy.orm import InstrumentedAttribute

from data.codes import (
    AttentionKind,
    AttentionOwner,
    EvaluationState,
    EventState,
    MemorandumStatus,
    Party,
    ProposalState,
)
from data.dates.working_days import reminder_until
from data.indicators import METHOD
from data.policy import Action, Actor, Scope
from data.schema import (
    Decision,
    Evaluation,
    InformationRequest,
    JointEvent,
    JointEventNgo,
    Meeting,
    Memorandum,
    MemorandumNgo,
    Ngo,
    Obligation,
    Proposal,
    Recommendation,
)
from queries.directory.validity import is_of_existing_district
from queries.meetings import decision_state
from queries.memoranda.status import ON_PAPER_DAYS, effective_expiry, is_on_paper, last_event_date, status_case
from queries.recommendations.conditions import (
    ANSWER_DAYS,
    is_named,
    is_overdue,
    is_past_deadline,
    is_shown_to_leaders,
    is_unanswered,
    waits_for_district,
)
from queries.requests import RequestClock, is_on_clock
from queries.row_filter import RowFilter, permitted_rows

EVALUATION_DAYS = METHOD.evaluation_days
EVENT_WINDOW_DAYS = 60
COUNT_LIMIT = 1_000
KEPT_AREAS = 256
COLUMNS = (
    *("kind_code", "district_soato", "entity_id", "record_id", "number", "title"),
    *("owner_code", "owner", "owner_ngos", "due_date", "days", "term_days"),
)
_KIND, _ENTITY, _DUE = (COLUMNS.index(name) for name in ("kind_code", "entity_id", "due_date"))


@dataclass(frozen=True)
class _Source:
    """Statement of one kind: :data:`COLUMNS` up to the owner, and basis_date; due ``grace_days`` later.

    ``ngos`` are record_id, name and id of an NGO, in their order, where NGOs of the record may be the owners.
    """

    kind: AttentionKind
    statement: Select[*tuple[Any, ...]]
    grace_days: int = 0
    ngos: Select[int, str, int] | None = None


def _of(owner: AttentionOwner) -> ColumnElement[str]:
    return literal_column(f"'{owner.value}'").label("owner_code")


_NO_NAME: ColumnElement[str] = literal_column("''").label("owner")


def _memoranda(basis: ColumnElement[Any], *conditions: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return select(
        Memorandum.district_soato,
        Memorandum.id.label("entity_id"),
        Memorandum.id.label("record_id"),
        Memorandum.number,
        Memorandum.title,
        _of(AttentionOwner.COORDINATOR),
        _NO_NAME,
        basis.label("basis_date"),
    ).where(*conditions)


def _idle_since(today: date) -> ColumnElement[Any]:
    last = last_event_date(today)
    return case(
        (and_(last > Memorandum.start_date, last > Memorandum.signed_date), last),
        (Memorandum.signed_date > Memorandum.start_date, Memorandum.signed_date),
        else_=Memorandum.start_date,
    )


def _obligations(row_filter: RowFilter, today: date) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Memorandum.district_soato,
            Obligation.id.label("entity_id"),
            Memorandum.id.label("record_id"),
            Memorandum.number,
            Obligation.text.label("title"),
            Obligation.party_code.label("owner_code"),
            _NO_NAME,
            Obligation.due_date.label("basis_date"),
        )
        .join(Memorandum, Memorandum.id == Obligation.memorandum_id)
        .where(Obligation.due_date < today, Obligation.fulfilled_date.is_(None), row_filter.memoranda())
    )


def _recommendations(
    row_filter: RowFilter, today: date, basis: InstrumentedAttribute[Any], condition: ColumnElement[bool]
) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Recommendation.district_soato,
            Recommendation.public_id.label("entity_id"),
            null().label("record_id"),
            case((is_named(), JointEvent.number)).label("number"),
            Recommendation.text.label("title"),
            _of(AttentionOwner.POLICE),
            _NO_NAME,
            basis.label("basis_date"),
        )
        .join(Evaluation, Evaluation.id == Recommendation.evaluation_id)
        .join(JointEvent, JointEvent.id == Evaluation.event_id)
        .where(waits_for_district(), condition, is_shown_to_leaders(row_filter, today))
    )


def _decisions(row_filter: RowFilter, today: date) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Meeting.area_code.label("district_soato"),
            Decision.public_id.label("entity_id"),
            null().label("record_id"),
            Meeting.number,
            Decision.text.label("title"),
            _of(AttentionOwner.NAMED),
            Decision.owner,
            Decision.due_date.label("basis_date"),
        )
        .join(Meeting, Meeting.id == Decision.meeting_id)
        .where(decision_state.is_overdue(today), row_filter.meetings())
    )


def _events(owner: AttentionOwner, *conditions: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return select(
        JointEvent.district_soato,
        JointEvent.id.label("entity_id"),
        JointEvent.id.label("record_id"),
        JointEvent.number,
        JointEvent.title,
        _of(owner),
        _NO_NAME,
        JointEvent.event_date.label("basis_date"),
    ).where(*conditions)


def _not_evaluated(row_filter: RowFilter, today: date) -> Select[*tuple[Any, ...]]:
    evaluated = exists().where(
        Evaluation.event_id == JointEvent.id,
        Evaluation.is_current,
        Evaluation.state_code == EvaluationState.SUBMITTED.value,
    )
    first, last = today - timedelta(days=EVENT_WINDOW_DAYS), today - timedelta(days=EVALUATION_DAYS + 1)
    return _events(
        AttentionOwner.NGO,
        JointEvent.event_date.between(first, last),
        JointEvent.state_code == EventState.HELD.value,
        ~evaluated.correlate(JointEvent),
        row_filter.events(),
    )


def _proposals(row_filter: RowFilter) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Proposal.district_soato,
            Proposal.id.label("entity_id"),
            null().label("record_id"),
            Ngo.name.label("number"),
            Proposal.title,
            _of(AttentionOwner.COORDINATOR),
            _NO_NAME,
            Proposal.proposed_date.label("basis_date"),
        )
        .join(Ngo, Ngo.id == Proposal.ngo_id)
        .where(Proposal.state_code == ProposalState.PROPOSED.value, row_filter.proposals())
    )


def _requests(row_filter: RowFilter, is_due: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    is_of_ngo = InformationRequest.asked_by_code == Party.POLICE.value
    owner = case((is_of_ngo, AttentionOwner.NGO.value), else_=AttentionOwner.POLICE.value)
    return select(
        InformationRequest.district_soato,
        InformationRequest.id.label("entity_id"),
        InformationRequest.id.label("record_id"),
        InformationRequest.number,
        InformationRequest.topic.label("title"),
        owner.label("owner_code"),
        _NO_NAME,
        InformationRequest.due_date.label("basis_date"),
    ).where(is_due, InformationRequest.answered_date.is_(None), row_filter.requests())


def _passed(row_filter: RowFilter, today: date) -> Select[*tuple[Any, ...]]:
    # The state as a literal: SQLite takes the index of planned events for no parameter.
    is_planned = JointEvent.state_code == literal_column(f"'{EventState.PLANNED.value}'")
    return _events(AttentionOwner.COORDINATOR, is_planned, JointEvent.event_date < today, row_filter.events())


def _names(record: InstrumentedAttribute[int], ngo: InstrumentedAttribute[int]) -> Select[int, str, int]:
    return select(record, Ngo.name, Ngo.id).join(Ngo, Ngo.id == ngo).order_by(record, Ngo.name, Ngo.id)


@lru_cache(maxsize=KEPT_AREAS)
def _sources(row_filter: RowFilter, today: date, until: date) -> tuple[_Source, ...]:
    """Return the statements of an area, made once: that takes as long as asking them.

    ``until``: the last deadline of an answer that is told beforehand.
    """
    return tuple(_made(row_filter, today, until))


def _made(row_filter: RowFilter, today: date, until: date) -> Iterator[_Source]:
    is_expiring = and_(status_case(today) == MemorandumStatus.EXPIRING.value, is_of_existing_district(today))
    yield _Source(AttentionKind.EXPIRING, _memoranda(effective_expiry(today), is_expiring, row_filter.memoranda()))
    is_idle = and_(is_on_paper(today), is_of_existing_district(today))
    on_paper = _memoranda(_idle_since(today), is_idle, row_filter.memoranda())
    yield _Source(AttentionKind.ON_PAPER, on_paper, ON_PAPER_DAYS)
    parties = _names(MemorandumNgo.memorandum_id, MemorandumNgo.ngo_id)
    yield _Source(AttentionKind.OBLIGATION_OVERDUE, _obligations(row_filter, today), ngos=parties)
    past = _recommendations(row_filter, today, Recommendation.deadline_date, is_past_deadline(today))
    yield _Source(AttentionKind.RECOMMENDATION_OVERDUE, past)
    unanswered = _recommendations(row_filter, today, Recommendation.released_date, is_unanswered(today))
    yield _Source(AttentionKind.RECOMMENDATION_OVERDUE, unanswered, ANSWER_DAYS)
    yield _Source(AttentionKind.DECISION_OVERDUE, _decisions(row_filter, today))
    yield _Source(AttentionKind.EVENT_PASSED, _passed(row_filter, today))
    holders = _names(JointEventNgo.event_id, JointEventNgo.ngo_id)
    yield _Source(AttentionKind.NOT_EVALUATED, _not_evaluated(row_filter, today), EVALUATION_DAYS, ngos=holders)
    askers = _names(InformationRequest.id, InformationRequest.ngo_id)
    for kind, clock in (
        (AttentionKind.REQUEST_OVERDUE, RequestClock.OVERDUE),
        (AttentionKind.REQUEST_DUE, RequestClock.DUE_SOON),
    ):
        yield _Source(kind, _requests(row_filter, is_on_clock(clock, today, until=until)), ngos=askers)
    yield _Source(AttentionKind.PROPOSAL_WAITING, _proposals(row_filter))


def _read(connection: Connection, source: _Source, *, today: date, limit: int) -> Iterator[tuple[Any, ...]]:
    """Return rows of :data:`COLUMNS`, the first ones by their date."""
    statement = source.statement.order_by("basis_date", "entity_id").limit(limit)
    rows = connection.execute(statement).all()
    ngos: dict[int, list[tuple[str, int]]] = {}
    if source.ngos is not None:
        record = source.ngos.selected_columns[0]
        ids = [row.record_id for row in rows if row.owner_code == AttentionOwner.NGO.value]
        for record_id, name, ngo_id in connection.execute(source.ngos.where(record.in_(ids))) if ids else ():
            ngos.setdefault(record_id, []).append((name, ngo_id))
    term = source.grace_days if source.kind is not AttentionKind.ON_PAPER else 0
    for row in rows:
        *named, basis = row
        due = basis + timedelta(days=source.grace_days)
        owners = ngos.get(row.record_id, []) if row.owner_code == AttentionOwner.NGO.value else []
        yield source.kind.value, *named, tuple(owners), due, abs((due - today).days), term


def attention_list(
    connection: Connection,
    actor: Actor,
    *,
    scope: Scope,
    today: date,
    kind: AttentionKind | None = None,
    limit: int,
) -> pd.DataFrame:
    """Return the things that need attention in the scope, at most ``limit`` rows a kind, ordered by kind and due date.

    With ``kind`` those of one kind alone.
    Columns: kind_code (an ``AttentionKind``), district_soato (of a decision the area of its meeting, which may be a
    region or, "", the nation), entity_id (of the memorandum, obligation or event; of a recommendation or decision its
    public_id), record_id (of the memorandum or event that has a page; None: of the others), number (of the memorandum,
    event or meeting; of a proposal the name of the NGO; None where the recommendation is confidential), title (or the
    text of the obligation, recommendation or decision), owner_code (an ``AttentionOwner``: who has to act), owner
    (that of the decision; else ""), owner_ngos (pairs of name and id of the NGOs that have to act; else empty),
    due_date (expiry; since when on paper; deadline; the last day to evaluate in time; the day of the proposal), days
    (left to the expiry or the answer; since the proposal; late for the rest), term_days (given for it; 0: a date was
    set). Raises ForbiddenError.
    """
    row_filter = permitted_rows(connection, actor, Action.SEE_ATTENTION, scope)
    until = reminder_until(connection, today)
    sources = [source for source in _sources(row_filter, today, until) if kind is None or source.kind is kind]
    rows = [row for source in sources for row in _read(connection, source, today=today, limit=limit)]
    order = {kind.value: place for place, kind in enumerate(AttentionKind)}
    firsts: dict[tuple[Any, Any], tuple[Any, ...]] = {}
    shown: Counter[str] = Counter()
    # Within a day the order of the database stands: by id, and by a random key where an id would tell the time.
    for row in sorted(rows, key=lambda row: (order[row[_KIND]], row[_DUE])):
        thing = row[_KIND], row[_ENTITY]
        if thing not in firsts and shown[row[_KIND]] < limit:
            firsts[thing] = row
            shown[row[_KIND]] += 1
    # As objects, or an id beside a None would become a fraction.
    frame = pd.DataFrame(list(firsts.values()), columns=list(COLUMNS), dtype=object)
    return frame.assign(due_date=pd.to_datetime(frame["due_date"]), days=frame["days"].astype(int))


def attention_counts(connection: Connection, actor: Actor, *, scope: Scope, today: date) -> pd.DataFrame:
    """One row a kind, zeros too, in the order of ``AttentionKind``.

    Columns: kind_code, count, is_more (the count stopped at 1,000 and there are more). Raises ForbiddenError.
    """
    row_filter = permitted_rows(connection, actor, Action.SEE_ATTENTION, scope)
    until = reminder_until(connection, today)
    statements = {source.kind: source.statement for source in _sources(row_filter, today, until)}
    overdue = _recommendations(row_filter, today, Recommendation.released_date, is_overdue(today))
    statements[AttentionKind.RECOMMENDATION_OVERDUE] = overdue
    counts = [_count(connection, statement) for statement in statements.values()]
    return pd.DataFrame(
        {
            "kind_code": [kind.value for kind in statements],
            "count": [min(count, COUNT_LIMIT) for count in counts],
            "is_more": [count > COUNT_LIMIT for count in counts],
        }
    )


def _count(connection: Connection, statement: Select[*tuple[Any, ...]]) -> int:
    """Return the number of rows, counted no further than one past the limit.

    The order leads PostgreSQL to the index of the days: it believes that the rows lie scattered over the years, where
    any order would soon find enough of them, but events without an evaluation are all among the newest.
    """
    rows = statement.order_by("basis_date").limit(COUNT_LIMIT + 1).subquery()
    return connection.execute(select(func.count()).select_from(rows)).scalar_one()

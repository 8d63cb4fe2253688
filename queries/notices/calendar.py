"""Calendar of a person's deadlines, read with a secret link and without a session.

It holds what the person may see now: of a district or an NGO requests that its side owes, obligations, expiries of
memoranda, planned events, last days of evaluation and deadlines of named recommendations; of an area the decisions of
its meetings. Nothing confidential and no text that people typed. A text of this kind travels to calendars elsewhere.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Select, and_, select

from data.codes import CalendarKind, EventState, Party
from data.language import Language
from data.policy import Action, Actor, Scope, ScopeKind, may
from data.schema import (
    Account,
    Decision,
    Evaluation,
    InformationRequest,
    JointEvent,
    Meeting,
    Memorandum,
    NoticeChoice,
    Obligation,
    Recommendation,
)
from queries.accounts.actors import actor_columns, actor_of
from queries.directory.validity import is_of_existing_district
from queries.evaluations.events import waiting_events
from queries.evaluations.visibility import is_open_to_leaders
from queries.memoranda.status import effective_expiry, is_in_force
from queries.notices.choices import secret_hash
from queries.notices.news import EVALUATION_PATH, MEMORANDUM_PATH, REQUEST_PATH
from queries.recommendations.conditions import waits_for_district
from queries.row_filter import RowFilter, permitted_rows

PAST_DAYS, COMING_DAYS = 60, 400
MOST_OF_A_KIND = 500
EVENT_PATH, MEETING_PATH, RECOMMENDATIONS_PATH = "/event?record={}", "/meeting", "/evaluations?part=recommendations"


@dataclass(frozen=True, kw_only=True)
class CalendarEntry:
    """A day of a calendar; ``key`` stays the same for the thing."""

    kind: CalendarKind
    key: str
    day: date
    number: str
    path: str


@dataclass(frozen=True)
class CalendarOwner:
    """Whose calendar a link opens, and in which language."""

    actor: Actor
    language: Language


def calendar_owner(connection: Connection, token: str) -> CalendarOwner | None:
    """Return whose calendar a secret opens; None for one that opens nothing, or whose account is switched off.

    The secret is looked up by its hash, so what the lookup takes in time says nothing of the secret.
    """
    wanted = secret_hash(token)
    statement = (
        actor_columns()
        .add_columns(Account.language_code, NoticeChoice.calendar_hash)
        .join(NoticeChoice, NoticeChoice.account_id == Account.id)
        .where(NoticeChoice.calendar_hash == wanted)
    )
    row = connection.execute(statement).one_or_none()
    if row is None or not hmac.compare_digest(row.calendar_hash, wanted):
        return None
    actor = actor_of(row)
    if not may(actor, Action.CHOOSE_NOTICES):
        return None
    return CalendarOwner(actor, Language.parse(row.language_code))


def calendar_entries(connection: Connection, actor: Actor, *, today: date) -> list[CalendarEntry]:
    """Return what is in the actor's calendar, the first 500 of each kind from 60 days ago on. Raises ForbiddenError."""
    home = actor.home_scope
    entries: list[CalendarEntry] = []
    if home.kind in {ScopeKind.DISTRICT, ScopeKind.NGO}:
        rows = permitted_rows(connection, actor, Action.SEE_RECORDS, home)
        side = Party.NGO if home.kind is ScopeKind.NGO else Party.POLICE
        entries += _requests(connection, rows, side, today)
        entries += _obligations(connection, rows, side, today)
        entries += _memoranda(connection, rows, today)
        entries += _events(connection, rows, today)
        if side is Party.POLICE:
            entries += _recommendations(connection, rows, today)
    if may(actor, Action.EVALUATE_EVENT, home):
        entries += _evaluations(connection, actor, today)
    if may(actor, Action.SEE_MEETINGS, home):
        entries += _decisions(connection, home, today)
    return sorted(entries, key=lambda entry: (entry.day, entry.kind, entry.key))


def _found(
    connection: Connection, kind: CalendarKind, statement: Select[*tuple[Any, ...]], path: str, today: date
) -> Iterator[CalendarEntry]:
    """Yield the rows of key, day, number and what the path names, in the days of a calendar."""
    day = statement.selected_columns[1]
    near = day.between(today - timedelta(days=PAST_DAYS), today + timedelta(days=COMING_DAYS))
    first = statement.where(near).order_by(day, statement.selected_columns[0]).limit(MOST_OF_A_KIND)
    for key, found, number, named in connection.execute(first):
        yield CalendarEntry(kind=kind, key=str(key), day=found, number=number, path=path.format(named))


def _requests(connection: Connection, rows: RowFilter, side: Party, today: date) -> Iterator[CalendarEntry]:
    statement = select(
        InformationRequest.id, InformationRequest.due_date, InformationRequest.number, InformationRequest.id
    ).where(rows.requests(), InformationRequest.answered_date.is_(None), InformationRequest.asked_by_code != side.value)
    return _found(connection, CalendarKind.REQUEST, statement, REQUEST_PATH, today)


def _obligations(connection: Connection, rows: RowFilter, side: Party, today: date) -> Iterator[CalendarEntry]:
    statement = (
        select(Obligation.id, Obligation.due_date, Memorandum.number, Memorandum.id)
        .join(Memorandum, Memorandum.id == Obligation.memorandum_id)
        .where(rows.memoranda(), Obligation.fulfilled_date.is_(None), Obligation.party_code == side.value)
    )
    return _found(connection, CalendarKind.OBLIGATION, statement, MEMORANDUM_PATH, today)


def _memoranda(connection: Connection, rows: RowFilter, today: date) -> Iterator[CalendarEntry]:
    statement = select(Memorandum.id, effective_expiry(today), Memorandum.number, Memorandum.id)
    statement = statement.where(rows.memoranda(), is_in_force(today), is_of_existing_district(today))
    return _found(connection, CalendarKind.MEMORANDUM, statement, MEMORANDUM_PATH, today)


def _events(connection: Connection, rows: RowFilter, today: date) -> Iterator[CalendarEntry]:
    statement = select(JointEvent.id, JointEvent.event_date, JointEvent.number, JointEvent.id)
    statement = statement.where(rows.events(), JointEvent.state_code == EventState.PLANNED.value)
    return _found(connection, CalendarKind.EVENT, statement, EVENT_PATH, today)


def _recommendations(connection: Connection, rows: RowFilter, today: date) -> Iterator[CalendarEntry]:
    """Yield the deadlines that the district promised; of confidential ones none, as any day could tell of theirs."""
    statement = (
        select(Recommendation.public_id, Recommendation.deadline_date, JointEvent.number, Recommendation.public_id)
        .join(Evaluation, Evaluation.id == Recommendation.evaluation_id)
        .join(JointEvent, JointEvent.id == Evaluation.event_id)
        .where(
            and_(rows.recommendations(), waits_for_district(), is_open_to_leaders()),
            Recommendation.released_date <= today,
        )
    )
    return _found(connection, CalendarKind.RECOMMENDATION, statement, RECOMMENDATIONS_PATH, today)


def _evaluations(connection: Connection, actor: Actor, today: date) -> Iterator[CalendarEntry]:
    """Yield the last days of events that the NGO has not evaluated and may."""
    found = waiting_events(connection, actor, today=today)
    waiting = found[found["is_open"] & (found["evaluation_version"] == 0)].head(MOST_OF_A_KIND)
    for row in waiting.to_dict("records"):
        yield CalendarEntry(
            kind=CalendarKind.EVALUATION,
            key=str(row["event_id"]),
            day=row["until_date"].date(),
            number=str(row["number"]),
            path=f"{EVALUATION_PATH}?event={row['event_id']}",
        )


def _decisions(connection: Connection, home: Scope, today: date) -> Iterator[CalendarEntry]:
    """Yield the deadlines of decisions that the meetings of the actor's own area took."""
    statement = (
        select(Decision.public_id, Decision.due_date, Meeting.number, Meeting.id)
        .join(Meeting, Meeting.id == Decision.meeting_id)
        .where(Meeting.area_code == home.code, Decision.done_date.is_(None))
    )
    return _found(connection, CalendarKind.DECISION, statement, MEETING_PATH, today)

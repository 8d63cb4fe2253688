"""Decisions of coordination meetings: stored once however often they are sent, and changed by one person at a time.

Adding a decision locks the meeting, so that two decisions taken at once get different numbers. A change names the
version that it starts from: of two changes at once the second one is refused, and the first one stays. Each write adds
its audit entry in the same transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Engine, Row, and_, func, insert, select, update

from data.database import audit
from data.database.engine import writing_or_busy
from data.dates.clock import day_of
from data.indicators.counted import CountedRows
from data.language import N_, DomainError
from data.meetings import Cause
from data.policy import Action, Actor, ForbiddenError, Scope
from data.schema import Decision, Meeting
from queries.frames import read_frame
from queries.indicators.records import counted_conditions
from queries.meetings.decision_causes import add_causes, causes_of, require_known, titles
from queries.meetings.decision_state import state_case
from queries.meetings.decision_texts import clean_decision, clean_done_date, clean_due_date, clean_evidence
from queries.meetings.meetings import require_decider, scope_of
from queries.recommendations.texts import clean_owner
from queries.row_filter import permitted_rows

_AUDITED = ("number", "text", "owner", "due_date", "done_date", "evidence", "version")


class ChangedMeanwhileError(DomainError):
    """Raised where somebody else changed the decision since it was read."""

    def __init__(self) -> None:
        text = N_(
            "Somebody else changed this decision meanwhile. Nothing of theirs was lost, and your "
            "change is not saved yet: look at what it says now and save again."
        )
        super().__init__(text)


class StoredOtherwiseError(DomainError):
    """Raised where the decision was stored before with another text, days or causes; ``number`` is its number."""

    def __init__(self, *, number: int) -> None:
        text = N_(
            "This decision is already saved as number {number}, with other words or another deadline."
            " Nothing was changed: correct it in the list of decisions."
        )
        super().__init__(text, number=number)
        self.number = number


def decisions(
    connection: Connection, actor: Actor, *, scope: Scope, today: date, counted: CountedRows | None = None
) -> pd.DataFrame:
    """One row a decision of the area's own meetings: of the newest meeting first, and within it by number.

    ``counted``: those that an indicator counts instead, of the meetings of areas inside it too.

    Columns: public_id, meeting_id, meeting_number, meeting_date, number (within the meeting), text, owner, due_date,
    done_date (NaT: not yet), state_code (a ``DecisionState``), evidence, version, causes (list of "kind:reference", see
    :class:`data.meetings.Cause`), cause_titles (list as long: what the thing is called by number and title; "" for an
    indicator and for what is gone). Raises ForbiddenError.
    """
    row_filter = permitted_rows(connection, actor, Action.SEE_MEETINGS, scope)
    is_own = (
        Meeting.area_code == scope.code
        if counted is None
        else and_(*counted_conditions(connection, row_filter, counted))
    )
    statement = (
        select(
            Decision.id,
            Decision.public_id,
            Decision.meeting_id,
            Meeting.number.label("meeting_number"),
            Meeting.meeting_date,
            Decision.number,
            Decision.text,
            Decision.owner,
            Decision.due_date,
            Decision.done_date,
            state_case(today).label("state_code"),
            Decision.evidence,
            Decision.version,
        )
        .join(Meeting, Meeting.id == Decision.meeting_id)
        .where(is_own)
        .order_by(Meeting.meeting_date.desc(), Meeting.id.desc(), Decision.number)
    )
    frame, causes = read_frame(connection, statement), causes_of(connection, is_own)
    named = titles(connection, [cause for row in causes.values() for cause in row], row_filter=row_filter, today=today)
    by_row = [causes.get(decision_id, []) for decision_id in frame["id"]]
    return frame.drop(columns="id").assign(
        causes=pd.Series([[str(cause) for cause in row] for row in by_row], index=frame.index, dtype=object),
        cause_titles=pd.Series(
            [[named.get(cause, "") for cause in row] for row in by_row], index=frame.index, dtype=object
        ),
    )


def add_decision(
    engine: Engine,
    actor: Actor,
    *,
    public_id: str,
    meeting_id: int,
    text: str,
    owner: str,
    due_date: date,
    causes: Sequence[Cause],
    now: datetime,
) -> int:
    """Store a decision with its causes and audit entry, and return its number within the meeting.

    ``public_id`` is made with the form: sending the same decision again returns the stored one. Raises ForbiddenError,
    BusyError, NoDecisionError, NoOwnerError, TextTooLongError, PersonalDataError, DecisionDeadlineError,
    UnknownCauseError, TooManyCausesError, StoredOtherwiseError.
    """
    texts = {"text": clean_decision(text), "owner": clean_owner(owner)}
    with writing_or_busy(engine) as connection:
        meeting = _held_meeting(connection, meeting_id)
        row_filter = require_decider(connection, actor, scope_of(meeting))
        values = {**texts, "due_date": clean_due_date(due_date, meeting_date=meeting.meeting_date)}
        stored = _find(connection, public_id)
        if stored is not None:
            return _repeated(connection, stored, meeting_id=meeting_id, values=values, causes=causes)
        known = require_known(connection, causes, row_filter=row_filter, today=day_of(now))
        return _add(connection, actor, {"public_id": public_id, "meeting_id": meeting_id, **values}, known)


def _held_meeting(connection: Connection, meeting_id: int) -> Row[Any]:
    """Return the meeting, locked for this transaction. Raises ForbiddenError for one that does not exist."""
    columns = select(Meeting.__table__).where(Meeting.id == meeting_id)
    meeting = connection.execute(columns.with_for_update()).one_or_none()
    if meeting is None:
        raise ForbiddenError
    return meeting


def _find(connection: Connection, public_id: str) -> Row[Any] | None:
    return connection.execute(select(Decision.__table__).where(Decision.public_id == public_id)).one_or_none()


def _repeated(
    connection: Connection, row: Row[Any], *, meeting_id: int, values: dict[str, Any], causes: Sequence[Cause]
) -> int:
    if row.meeting_id != meeting_id:
        raise ForbiddenError
    standing = causes_of(connection, Decision.id == row.id).get(row.id, [])
    if _differs(row, values) or standing != sorted(set(causes)):
        raise StoredOtherwiseError(number=row.number)
    return int(row.number)


def _differs(row: Row[Any], values: dict[str, Any]) -> bool:
    return any(getattr(row, name) != value for name, value in values.items())


def _add(connection: Connection, actor: Actor, values: dict[str, Any], causes: Sequence[Cause]) -> int:
    last = select(func.coalesce(func.max(Decision.number), 0)).where(Decision.meeting_id == values["meeting_id"])
    number = connection.execute(last).scalar_one() + 1
    key = connection.execute(insert(Decision).values(number=number, **values)).inserted_primary_key
    decision_id = int(key[0]) if key is not None else 0
    add_causes(connection, causes, decision_id=decision_id)
    after = {"number": number, **values, "causes": [str(cause) for cause in causes]}
    audit.record(connection, actor=actor, action="added", entity="decision", entity_id=decision_id, after=after)
    return int(number)


def change_decision(
    engine: Engine,
    actor: Actor,
    *,
    public_id: str,
    version: int,
    done_date: date | None,
    evidence: str,
    text: str,
    owner: str,
    due_date: date,
    now: datetime,
) -> int:
    """Change a decision that was read in ``version``, with an audit entry, and return the current version.

    A change without a difference, and the same change sent again, add nothing. Raises ForbiddenError, BusyError,
    ChangedMeanwhileError, NoDecisionError, NoOwnerError, TextTooLongError, PersonalDataError, DecisionDeadlineError,
    DoneDateError, NoEvidenceError.
    """
    texts = {
        "text": clean_decision(text),
        "owner": clean_owner(owner),
        "evidence": clean_evidence(evidence, is_done=done_date is not None),
    }
    with writing_or_busy(engine) as connection:
        row = _held_decision(connection, public_id)
        require_decider(connection, actor, scope_of(row), action=Action.REPORT_DECISION)
        days = {
            "due_date": clean_due_date(due_date, meeting_date=row.meeting_date),
            "done_date": clean_done_date(done_date, meeting_date=row.meeting_date, now=now),
        }
        values = {**texts, **days}
        if not _differs(row, values):
            return int(row.version)
        if row.version != version:
            raise ChangedMeanwhileError
        return _change(connection, actor, row, values)


def _held_decision(connection: Connection, public_id: str) -> Row[Any]:
    """Return the decision with its meeting's area and day, locked for this transaction. Raises ForbiddenError."""
    known = (
        select(Decision.__table__, Meeting.scope_code, Meeting.area_code, Meeting.meeting_date)
        .join(Meeting, Meeting.id == Decision.meeting_id)
        .where(Decision.public_id == public_id)
        .with_for_update(of=Decision)
    )
    row = connection.execute(known).one_or_none()
    if row is None:
        raise ForbiddenError
    return row


def _change(connection: Connection, actor: Actor, row: Row[Any], values: dict[str, Any]) -> int:
    after = {**values, "version": row.version + 1}
    connection.execute(update(Decision).where(Decision.id == row.id).values(**after))
    before = {name: getattr(row, name) for name in _AUDITED}
    entry: dict[str, Any] = {"before": before, "after": {**before, **after}}
    audit.record(connection, actor=actor, action="changed", entity="decision", entity_id=row.id, **entry)
    return int(after["version"])

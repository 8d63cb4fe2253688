"""Coordination meetings: their area, number and day, and who may take decisions there.

A meeting belongs to the nation, a region or a district. :mod:`data.policy` says who reads and takes its decisions, in
their own area or one inside it.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Engine, Row, func, insert, select
from sqlalchemy.exc import IntegrityError

from data.codes import AreaLevel
from data.database import audit
from data.database.engine import writing_or_busy
from data.language import N_, DomainError
from data.policy import Action, Actor, ForbiddenError, Scope, ScopeKind
from data.schema import Decision, District, Meeting, Region
from data.texts.limits import LONGEST_NUMBER, LONGEST_TITLE
from queries.accounts.actors import require_account
from queries.directory.validity import require_existing
from queries.frames import read_frame
from queries.meetings.decision_texts import clean_meeting_date, clean_name
from queries.row_filter import RowFilter, permitted_rows


class MeetingNumberTakenError(DomainError):
    """Raised where the area has a meeting of this number with another title or day."""

    def __init__(self, *, number: str, meeting_date: date) -> None:
        super().__init__(
            N_(
                "Meeting {number} of {day} is recorded already, with another title or day. Choose another number. "
                "Nothing was changed."
            ),
            number=number,
            day=meeting_date.strftime("%d.%m.%Y"),
        )


def require_decider(
    connection: Connection, actor: Actor, scope: Scope, *, action: Action = Action.TAKE_DECISION
) -> RowFilter:
    """Rows that the actor reads where it may take decisions (or do another ``action``). Raises ForbiddenError.

    The account is read again in the transaction of the write, so that one which was deactivated, or given another role
    or place since the page was drawn, decides nothing more.
    """
    row_filter = permitted_rows(connection, actor, action, scope)
    require_account(connection, actor)
    return row_filter


def scope_of(meeting: Row[Any]) -> Scope:
    """Return the area of a row with scope_code and area_code."""
    return Scope(ScopeKind(meeting.scope_code), meeting.area_code)


def list_meetings(connection: Connection, actor: Actor, *, scope: Scope) -> pd.DataFrame:
    """One row a meeting of the area itself, the newest first.

    Columns: meeting_id, area_code (SOATO, "" for the nation), number, title, meeting_date, decisions, done (how many
    decisions it took, and how many of them are done, in time or not). Raises ForbiddenError.
    """
    permitted_rows(connection, actor, Action.SEE_MEETINGS, scope)
    statement = (
        select(
            Meeting.id.label("meeting_id"),
            Meeting.area_code,
            Meeting.number,
            Meeting.title,
            Meeting.meeting_date,
            func.count(Decision.id).label("decisions"),
            func.count(Decision.done_date).label("done"),
        )
        .outerjoin(Decision, Decision.meeting_id == Meeting.id)
        .where(Meeting.area_code == scope.code)
        .group_by(Meeting.id)
        .order_by(Meeting.meeting_date.desc(), Meeting.id.desc())
    )
    return read_frame(connection, statement)


def add_meeting(
    engine: Engine, actor: Actor, *, scope: Scope, number: str, title: str, meeting_date: date, now: datetime
) -> int:
    """Insert a meeting with its audit entry and return its id; adding the same meeting again returns the stored one.

    Raises ForbiddenError, BusyError, NoMeetingNameError, TextTooLongError, PersonalDataError, MeetingDateError,
    MeetingNumberTakenError, CellError where the district did not exist on the day.
    """
    values = {
        "number": clean_name(number, limit=LONGEST_NUMBER),
        "title": clean_name(title, limit=LONGEST_TITLE),
        "meeting_date": clean_meeting_date(meeting_date, now=now),
    }
    with writing_or_busy(engine) as connection:
        require_decider(connection, actor, scope)
        _require_area(connection, scope)
        stored = _stored(connection, scope, values)
        if stored is None and scope.kind is ScopeKind.DISTRICT:
            require_existing(connection, scope.code, meeting_date)
        return stored or _add(connection, actor, scope, values)


def _require_area(connection: Connection, scope: Scope) -> None:
    if scope.kind is ScopeKind.NATION:
        return
    table = Region if scope.kind is ScopeKind.REGION else District
    if connection.execute(select(table.soato).where(table.soato == scope.code)).first() is None:
        raise ForbiddenError


def _stored(connection: Connection, scope: Scope, values: dict[str, Any]) -> int | None:
    """Return the id of the area's meeting of this number, None without one. Raises MeetingNumberTakenError."""
    known = select(Meeting.id, Meeting.title, Meeting.meeting_date)
    row = connection.execute(known.filter_by(area_code=scope.code, number=values["number"])).one_or_none()
    if row is None:
        return None
    if (row.title, row.meeting_date) != (values["title"], values["meeting_date"]):
        raise MeetingNumberTakenError(number=values["number"], meeting_date=row.meeting_date)
    return int(row.id)


def _add(connection: Connection, actor: Actor, scope: Scope, values: dict[str, Any]) -> int:
    added = {"scope_code": AreaLevel(scope.kind.value).value, "area_code": scope.code, **values}
    try:
        with connection.begin_nested():
            key = connection.execute(insert(Meeting).values(**added)).inserted_primary_key
    except IntegrityError:  # somebody else recorded it between the look and the write
        stored = _stored(connection, scope, values)
        if stored is None:
            raise
        return stored
    meeting_id = int(key[0]) if key is not None else 0
    audit.record(connection, actor=actor, action="added", entity="meeting", entity_id=meeting_id, after=added)
    return meeting_id

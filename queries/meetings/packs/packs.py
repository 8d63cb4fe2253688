"""Packs of a coordination meeting: all its figures, finalised with day, author, method and data version.

A pack is read in one snapshot of the data and stored once; the database refuses to change or delete it. Whoever may see
its area may read it, with what its author was shown when it was finalised; a reader who is shown no evaluation of a
single NGO on the live pages is shown none here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pandas as pd
from sqlalchemy import Connection, Engine, exists, insert, select
from sqlalchemy.exc import IntegrityError

from data.agenda import chosen_agenda
from data.aggregates import data_version
from data.codes import AgendaItem, When
from data.database import audit
from data.database.engine import reading, snapshot, writing_or_busy
from data.dates.period import Period
from data.effectiveness.method_version import METHOD_VERSION
from data.indicators import INDICATORS
from data.policy import Action, Actor, ForbiddenError, Scope, ScopeKind, may
from data.schema import DataVersion, Meeting, Pack, StaleMonth
from queries.directory.demo_flag import demo_date
from queries.frames import read_frame
from queries.meetings.meetings import require_decider
from queries.meetings.packs.areas import region_of
from queries.meetings.packs.building import make_frames
from queries.meetings.packs.columns import ColumnKind, converted
from queries.meetings.packs.content import PackContent
from queries.meetings.packs.request import PackQuestion
from queries.meetings.packs.store import DamagedPackError, digest, earlier_pack, pack_before, stored_pack
from queries.row_filter import permitted_rows

__all__ = ["DamagedPackError", "PackContent", "compare_packs", "finalise_pack", "find_pack", "list_packs"]

MOST_VIEWS = 3
_AUDITED = ("scope_code", "area_code", "meeting_id", "first_day", "last_day", "data_version", "content_sha256")


def finalise_pack(
    engine: Engine,
    actor: Actor,
    *,
    pack_id: str,
    scope: Scope,
    period: Period,
    agenda: Sequence[AgendaItem],
    today: date,
    now: datetime,
    meeting_id: int | None = None,
) -> PackContent:
    """Store all frames of the agenda with an audit entry, and return the pack as it will be read.

    Its period are the months of ``period`` that are over; all of it where none is.

    ``pack_id`` is a UUID made with the form: the same one again returns what was stored the first time, whatever else
    is asked for then. Raises ForbiddenError, EmptyAgendaError, BusyError; ValueError for an id that is no UUID, an item
    that such an area's meeting does not have, or a period of more than five calendar years.
    """
    UUID(pack_id)
    period = period.whole_months(today)
    chosen = chosen_agenda(scope.kind, agenda)
    with reading(engine) as connection:
        permitted_rows(connection, actor, Action.PREPARE_PACK, scope)
        stored = find_pack(connection, actor, pack_id=pack_id)
    if stored is not None:
        return stored
    with _fresh_snapshot(engine) as connection:
        asked, previous_id = _question(connection, actor, scope, period, today, meeting_id)
        content = PackContent(
            pack_id=pack_id,
            scope=scope,
            period=period,
            today=today,
            created_at=now,
            author_name=actor.login,
            is_demo=bool(demo_date(connection)),
            method_version=METHOD_VERSION,
            data_version=str(connection.execute(select(DataVersion.version)).scalar_one()),
            agenda=chosen,
            previous_pack_id=previous_id,
            frames=make_frames(connection, asked, chosen, meeting_id=meeting_id),
        )
    return _store(engine, actor, content, meeting_id=meeting_id)


@contextmanager
def _fresh_snapshot(engine: Engine) -> Iterator[Connection]:
    """Yield a snapshot of the data with up-to-date aggregates; after three tries with the last complete ones."""
    for attempt in range(1, MOST_VIEWS + 1):
        data_version(engine)
        with snapshot(engine) as connection:
            is_stale = connection.execute(select(exists(select(StaleMonth.id)))).scalar_one()
            if not is_stale or attempt == MOST_VIEWS:
                yield connection
                return


def _question(
    connection: Connection, actor: Actor, scope: Scope, period: Period, today: date, meeting_id: int | None
) -> tuple[PackQuestion, str | None]:
    """Return the pack's question and the previous pack's id. Raises ForbiddenError for an unknown area or meeting."""
    region_soato = region_of(connection, actor, scope)
    if region_soato is None or not _is_of_area(connection, scope, meeting_id):
        raise ForbiddenError
    previous_id = pack_before(connection, scope=scope, today=today, meeting_id=meeting_id)
    previous = earlier_pack(connection, previous_id) if previous_id is not None else None
    asked = PackQuestion(actor, scope, region_soato, period, today, previous)
    return asked, previous.pack_id if previous is not None else None


def _is_of_area(connection: Connection, scope: Scope, meeting_id: int | None) -> bool:
    if meeting_id is None:
        return True
    known = select(Meeting.scope_code, Meeting.area_code).where(Meeting.id == meeting_id)
    row = connection.execute(known).one_or_none()
    return row is not None and Scope(ScopeKind(row.scope_code), row.area_code) == scope


def _store(engine: Engine, actor: Actor, content: PackContent, *, meeting_id: int | None) -> PackContent:
    """Insert the pack and its audit entry in one transaction; what was stored first under this id stays."""
    row = _row(actor, content, meeting_id)
    with writing_or_busy(engine) as connection:
        require_decider(connection, actor, content.scope, action=Action.PREPARE_PACK)
        stored = find_pack(connection, actor, pack_id=content.pack_id)
        if stored is not None:
            return stored
        try:
            with connection.begin_nested():
                connection.execute(insert(Pack).values(**row))
        except IntegrityError:  # somebody else stored it between the look and the write
            stored = find_pack(connection, actor, pack_id=content.pack_id)
            if stored is None:
                raise
            return stored
        after = {name: row[name] for name in _AUDITED} | {"agenda": [item.value for item in content.agenda]}
        audit.record(connection, actor=actor, action="frozen", entity="pack", entity_id=content.pack_id, after=after)
    return content


def _row(actor: Actor, content: PackContent, meeting_id: int | None) -> dict[str, Any]:
    text = content.to_json()
    return {
        "id": content.pack_id,
        "scope_code": content.scope.kind.value,
        "area_code": content.scope.code,
        "meeting_id": meeting_id,
        "first_day": content.period.first_day,
        "last_day": content.period.last_day,
        "today": content.today,
        "created_at": content.created_at,
        "account_id": actor.account_id,
        "author_name": content.author_name,
        "method_version": content.method_version,
        "data_version": content.data_version,
        "is_demo": content.is_demo,
        "previous_pack_id": content.previous_pack_id,
        "content": text,
        "content_sha256": digest(text),
    }


def find_pack(connection: Connection, actor: Actor, *, pack_id: str) -> PackContent | None:
    """Return a pack as it was finalised, None where there is none of this id.

    National leadership reads it without comments of single NGOs and without their names beside recommendations, as on
    the live pages. Raises ForbiddenError unless the actor may see its area; DamagedPackError.
    """
    known = select(Pack.scope_code, Pack.area_code).where(Pack.id == pack_id)
    area = connection.execute(known).one_or_none()
    if area is None:
        return None
    permitted_rows(connection, actor, Action.OPEN_PACK, Scope(ScopeKind(area.scope_code), area.area_code))
    content = stored_pack(connection, pack_id)
    return content if may(actor, Action.READ_SINGLE_EVALUATIONS) else content.without_single_evaluations()


def list_packs(connection: Connection, actor: Actor, *, scope: Scope) -> pd.DataFrame:
    """One row a pack of the area itself, the newest first.

    Columns: pack_id, area_code (SOATO, "" for the nation), first_day, last_day (of the period), today (on which states
    were judged), created_at (moment in UTC), author_name, meeting_id (NA: of no meeting), meeting_number, meeting_date,
    previous_pack_id (None: the first). Raises ForbiddenError.
    """
    permitted_rows(connection, actor, Action.OPEN_PACK, scope)
    statement = (
        select(
            Pack.id.label("pack_id"),
            *(Pack.area_code, Pack.first_day, Pack.last_day, Pack.today, Pack.created_at, Pack.author_name),
            *(Pack.meeting_id, Meeting.number.label("meeting_number"), Meeting.meeting_date, Pack.previous_pack_id),
        )
        .outerjoin(Meeting, Meeting.id == Pack.meeting_id)
        .where(Pack.area_code == scope.code)
        .order_by(Pack.today.desc(), Pack.created_at.desc(), Pack.id)
    )
    frame = read_frame(connection, statement)
    for column in ("first_day", "last_day", "today"):
        frame[column] = pd.to_datetime(frame[column])
    for column in ("meeting_number", "previous_pack_id"):
        frame[column] = converted(frame[column], ColumnKind.TEXT, length=len(frame))
    return frame.astype({"meeting_id": "Int64"})


def compare_packs(now: PackContent, before: PackContent) -> pd.DataFrame:
    """Compare the indicators of the packs' own area: one row an indicator, in the declared order.

    Columns: indicator_code, value_before, value_now (NaN: not enough data). Periods of packs may have other months or
    share some, so that no difference between them is tested or judged.
    """
    known = [
        frame[(frame["when"] == When.NOW) & (frame["area_code"] == pack.scope.code)].set_index("indicator_code")[
            "value"
        ]
        for pack, frame in ((pack, pack.frames["values"]) for pack in (before, now))
    ]
    codes = pd.Index(list(INDICATORS), name="indicator_code")
    frame = pd.DataFrame({"value_before": known[0].reindex(codes), "value_now": known[1].reindex(codes)})
    return frame.reset_index()

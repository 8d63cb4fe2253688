"""Information requests between the sides: asked and answered by either, each exactly once.

Each write is one transaction with its rights, the rules of the register and its audit entry. The server sets who asks,
the number and the days; an NGO chooses among the districts that it works with.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, and_, case, func, select, true
from sqlalchemy.exc import IntegrityError

from data.codes import Party
from data.database.engine import writing_or_busy
from data.dates.clock import day_of
from data.dates.working_days import reminder_until
from data.indicators.counted import CountedRows
from data.language import N_, DomainError, Message
from data.policy import Action, Actor, ForbiddenError, Scope, Where, may, where_may
from data.registers.entry import Entry, EntryError, NoRecordError, cell_text, texts_of
from data.schema import InformationRequest, Ngo
from data.workbook.errors import REQUIRED
from queries.directory.ngos import partner_districts
from queries.frames import FramePage, read_frame
from queries.indicators.records import counted_conditions
from queries.notices.news import tell_request
from queries.registers.entries import SavedEntry, sent_record, store_permitted
from queries.registers.options import next_number
from queries.registers.records import StoredRecord, load_records
from queries.row_filter import permitted_rows

REGISTER = "requests"
ASKED = ("district", "stir", "kind", "topic", "purpose")
"""Codes of what is typed or chosen to ask; the rest is set here."""
OTHER_SIDE: Mapping[Party, Party] = {Party.NGO: Party.POLICE, Party.POLICE: Party.NGO}
NO_ANSWER = N_("Write the answer, or attach it as a PDF document.")


class RequestClock(StrEnum):
    """How near the deadline of a request is that waits for an answer."""

    OVERDUE = "overdue"
    DUE_SOON = "soon"


class RequestAnsweredError(DomainError):
    """Raised where the request has an answer already."""

    def __init__(self) -> None:
        super().__init__(N_("This request has been answered meanwhile. Nothing was changed: see the answer below."))


def side_of(actor: Actor) -> Party:
    """Return the side for which the actor asks and answers."""
    return Party.NGO if where_may(actor, Action.ASK_INFORMATION) is Where.OWN_NGO else Party.POLICE


def may_answer(actor: Actor, record: StoredRecord, *, region_soato: str | None) -> bool:
    """Return whether a request that the actor sees waits for an answer that the actor may give."""
    is_waiting = record.withdrawn_at is None and not record.texts["answered_date"]
    is_asked = record.texts["asked_by"] != side_of(actor).value
    place = Scope.district(record.district_soato)
    return is_waiting and is_asked and may(actor, Action.ANSWER_REQUEST, place, region_soato=region_soato)


def is_on_clock(clock: RequestClock, today: date, *, until: date) -> ColumnElement[bool]:
    """Return a condition on ``InformationRequest``: its answer is late, or due ``until`` the last day of a reminder."""
    if clock is RequestClock.OVERDUE:
        return InformationRequest.due_date < today
    return InformationRequest.due_date.between(today, until)


def waiting_requests(
    connection: Connection,
    actor: Actor,
    *,
    scope: Scope,
    asked_by: Party,
    today: date,
    clock: RequestClock | None = None,
    limit: int,
    offset: int = 0,
) -> FramePage:
    """Return the requests of one side that wait for the other's answer, those due first at the top; of one clock.

    Columns: request_id, number, district_soato, ngo_id, ngo_name, asked_by_code, kind_code, topic, sent_date, due_date,
    answered_date. Raises ForbiddenError.
    """
    until = reminder_until(connection, today)
    waits = and_(
        InformationRequest.answered_date.is_(None),
        InformationRequest.asked_by_code == asked_by.value,
        true() if clock is None else is_on_clock(clock, today, until=until),
    )
    order = (InformationRequest.due_date, InformationRequest.id)
    return _page(connection, actor, scope, waits, order, limit=limit, offset=offset)


@dataclass(frozen=True, kw_only=True)
class Owed:
    """How many answers a side owes, and of how many requests the deadline has passed or is near."""

    waiting: int = 0
    overdue: int = 0
    due_soon: int = 0


def owed_answers(connection: Connection, actor: Actor, *, scope: Scope, today: date) -> Mapping[Party, Owed]:
    """Return what each side owes of the requests that the actor sees in a scope. Raises ForbiddenError."""
    row_filter = permitted_rows(connection, actor, Action.SEE_RECORDS, scope)
    until = reminder_until(connection, today)

    def count(clock: RequestClock) -> ColumnElement[int]:
        return func.sum(case((is_on_clock(clock, today, until=until), 1), else_=0))

    statement = (
        select(
            InformationRequest.asked_by_code, func.count(), count(RequestClock.OVERDUE), count(RequestClock.DUE_SOON)
        )
        .where(row_filter.requests(), InformationRequest.answered_date.is_(None))
        .group_by(InformationRequest.asked_by_code)
    )
    found = {
        OTHER_SIDE[Party(asked_by)]: Owed(waiting=waiting, overdue=overdue, due_soon=soon)
        for asked_by, waiting, overdue, soon in connection.execute(statement)
    }
    return {party: found.get(party, Owed()) for party in Party}


def answered_requests(connection: Connection, actor: Actor, *, scope: Scope, limit: int, offset: int = 0) -> FramePage:
    """Return the answered requests, the last answer first, with the columns of :func:`waiting_requests`."""
    is_answered = InformationRequest.answered_date.is_not(None)
    order = (InformationRequest.answered_date.desc(), InformationRequest.id.desc())
    return _page(connection, actor, scope, is_answered, order, limit=limit, offset=offset)


def counted_requests(
    connection: Connection, actor: Actor, *, scope: Scope, counted: CountedRows, limit: int, offset: int = 0
) -> FramePage:
    """Return the requests that an indicator counts, the last due first, with the columns of :func:`waiting_requests`.

    Raises ForbiddenError.
    """
    row_filter = permitted_rows(connection, actor, Action.SEE_RECORDS, scope)
    condition = and_(*counted_conditions(connection, row_filter, counted))
    order = (InformationRequest.due_date.desc(), InformationRequest.id.desc())
    return _page(connection, actor, scope, condition, order, limit=limit, offset=offset)


def _page(
    connection: Connection,
    actor: Actor,
    scope: Scope,
    condition: ColumnElement[bool],
    order: tuple[Any, ...],
    *,
    limit: int,
    offset: int,
) -> FramePage:
    shown = and_(permitted_rows(connection, actor, Action.SEE_RECORDS, scope).requests(), condition)
    columns = (
        InformationRequest.id.label("request_id"),
        InformationRequest.number,
        InformationRequest.district_soato,
        InformationRequest.ngo_id,
        Ngo.name.label("ngo_name"),
        InformationRequest.asked_by_code,
        InformationRequest.kind_code,
        InformationRequest.topic,
        InformationRequest.sent_date,
        InformationRequest.due_date,
        InformationRequest.answered_date,
    )
    statement = select(*columns).join(Ngo, Ngo.id == InformationRequest.ngo_id).where(shown)
    total = connection.scalar(select(func.count()).select_from(InformationRequest).where(shown)) or 0
    frame = read_frame(connection, statement.order_by(*order).limit(limit).offset(offset))
    return FramePage(frame=frame, total=total)


def ask(engine: Engine, actor: Actor, cells: Mapping[str, str], *, form_id: str, now: datetime) -> SavedEntry:
    """Store a request of the actor's side, asked today; the same form sent again gives the same one.

    ``cells`` are the texts of :data:`ASKED` by field code; of an NGO its own STIR is taken. Raises ForbiddenError,
    EntryError, BusyError.
    """
    try:
        return _ask(engine, actor, cells, form_id=form_id, now=now)
    except IntegrityError:
        # Someone sent the same form or took the number at the same moment; now it is there to be seen.
        return _ask(engine, actor, cells, form_id=form_id, now=now)


def _ask(engine: Engine, actor: Actor, cells: Mapping[str, str], *, form_id: str, now: datetime) -> SavedEntry:
    with writing_or_busy(engine) as connection:
        permitted_rows(connection, actor, Action.ASK_INFORMATION, actor.home_scope)
        sent = sent_record(connection, form_id=form_id)
        if sent is not None:
            return SavedEntry(record_id=sent, is_repeat=True)
        today = day_of(now)
        asked = {code: cells.get(code, "").strip() for code in ASKED}
        if actor.ngo_id is not None:
            asked["stir"] = str(connection.scalar(select(Ngo.stir).where(Ngo.id == actor.ngo_id)))
        missing = [code for code, text in asked.items() if not text]
        if missing:
            raise EntryError({code: Message(REQUIRED) for code in missing})

        def permit(districts: Collection[str]) -> None:
            for soato in districts:
                permitted_rows(connection, actor, Action.ASK_INFORMATION, Scope.district(soato))
            if actor.ngo_id is not None and not {*districts} <= {*partner_districts(connection, actor, today=today)}:
                raise ForbiddenError

        set_here = {
            "number": next_number(connection, register=REGISTER, district_soato=asked["district"], year=today.year),
            "asked_by": side_of(actor).value,
            "sent_date": cell_text(today),
        }
        entry = Entry(register=REGISTER, cells={**asked, **set_here})
        saved = store_permitted(connection, actor, entry, permit, form_id=form_id, now=now)
        tell_request(connection, saved.record_id, is_answer=False, now=now)
        return saved


def answer(
    engine: Engine,
    actor: Actor,
    *,
    request_id: int,
    text: str,
    document_ids: tuple[int, ...] = (),
    form_id: str,
    now: datetime,
) -> SavedEntry:
    """Answer a request of the other side today, in words, by documents or both; the same form sent again is one answer.

    Raises ForbiddenError, NoRecordError, RequestAnsweredError, EntryError, NoDocumentError, BusyError.
    """
    try:
        return _answer(engine, actor, request_id, text, document_ids, form_id=form_id, now=now)
    except IntegrityError:
        # The same form was sent at the same moment; now its answer is there to be seen.
        return _answer(engine, actor, request_id, text, document_ids, form_id=form_id, now=now)


def _answer(
    engine: Engine,
    actor: Actor,
    request_id: int,
    text: str,
    document_ids: tuple[int, ...],
    *,
    form_id: str,
    now: datetime,
) -> SavedEntry:
    with writing_or_busy(engine) as connection:
        permitted_rows(connection, actor, Action.ANSWER_REQUEST, actor.home_scope)
        sent = sent_record(connection, form_id=form_id)
        if sent is not None:
            return SavedEntry(record_id=sent, is_repeat=True)
        # Locked until the end of the transaction: of two answers at once the first one stands.
        statement = select(
            InformationRequest.district_soato, InformationRequest.ngo_id, InformationRequest.asked_by_code
        )
        locked = statement.where(InformationRequest.id == request_id).with_for_update()
        row = connection.execute(locked).one_or_none()
        if row is None:
            raise NoRecordError
        place = Scope.district(row.district_soato)
        row_filter = permitted_rows(connection, actor, Action.ANSWER_REQUEST, place)
        if row_filter.ngo_id not in {None, row.ngo_id} or row.asked_by_code == side_of(actor).value:
            raise ForbiddenError
        loaded = load_records(connection, REGISTER, [request_id])
        texts = texts_of(loaded, request_id)
        if texts["answered_date"]:
            raise RequestAnsweredError
        if not text.strip() and not document_ids:
            raise EntryError({"answer": Message(NO_ANSWER)})
        entry = Entry(
            register=REGISTER,
            cells={**texts, "answer": text, "answered_date": cell_text(day_of(now))},
            record_id=request_id,
            version=loaded.stored[request_id].row.version,
            document_ids=document_ids,
        )
        saved = store_permitted(connection, actor, entry, lambda _: None, form_id=form_id, now=now)
        tell_request(connection, request_id, is_answer=True, now=now)
        return saved

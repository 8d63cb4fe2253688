"""Drafts of forms: stored on the server as they are filled in, one a person, register and record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import Connection, Engine, delete, select, update
from sqlalchemy.sql.elements import ColumnElement

from data.database.engine import reading, writing_or_busy
from data.database.upsert import insert_missing
from data.policy import Actor
from data.registers.entry import form_sheet
from data.schema import RecordDraft, SentForm
from queries.registers.access import require_form
from queries.registers.entries import sent_record

_IS_SENT = RecordDraft.form_id.in_(select(SentForm.form_id))


@dataclass(frozen=True, kw_only=True)
class FormDraft:
    """Unsent form: ``cells`` are the texts by field code, ``base_version`` is the version of the record seen."""

    form_id: str
    cells: Mapping[str, str]
    base_version: int
    saved_at: datetime | None = None

    @property
    def is_kept(self) -> bool:
        """Whether it comes from an earlier visit."""
        return self.saved_at is not None


def find_draft(engine: Engine, actor: Actor, *, register: str, record_id: int = 0, topic: str = "") -> FormDraft | None:
    """Return the actor's own draft of a form that was not saved, if there is one. Raises ForbiddenError."""
    mine = _own(actor, register=register, record_id=record_id, topic=topic)
    with reading(engine) as connection:
        row = connection.execute(select(RecordDraft.__table__).where(mine, ~_IS_SENT)).one_or_none()
    if row is None:
        return None
    return FormDraft(form_id=row.form_id, cells=row.cells, base_version=row.base_version, saved_at=row.saved_at)


def new_draft(cells: Mapping[str, str], *, base_version: int = 0) -> FormDraft:
    """Return a form that is stored once something is typed."""
    return FormDraft(form_id=str(uuid4()), cells=cells, base_version=base_version)


def store_draft(
    engine: Engine, actor: Actor, draft: FormDraft, *, register: str, record_id: int = 0, topic: str = "", now: datetime
) -> FormDraft:
    """Store a form as it stands, and return the stored one. Raises ForbiddenError, BusyError.

    A second form of the same thing that was begun elsewhere gives way: its texts go into the draft that is there.
    A form that was saved meanwhile, as by the first press of a double click, is stored no more: what is typed next
    would be sent under its id, and be taken for the record that is there.
    """
    mine = _own(actor, register=register, record_id=record_id, topic=topic)
    cells = dict(draft.cells)
    with writing_or_busy(engine) as connection:
        key = {"account_id": actor.account_id, "register_code": register, "record_id": record_id, "topic": topic}
        if sent_record(connection, form_id=draft.form_id) is not None:
            return draft
        connection.execute(delete(RecordDraft).where(mine, _IS_SENT))
        row = {**key, "form_id": draft.form_id, "base_version": draft.base_version, "cells": cells, "saved_at": now}
        insert_missing(connection, RecordDraft, [row])
        connection.execute(update(RecordDraft).where(mine).values(cells=cells, saved_at=now))
        form_id = connection.scalar(select(RecordDraft.form_id).where(mine))
    return FormDraft(form_id=str(form_id), cells=cells, base_version=draft.base_version, saved_at=now)


def drop_draft(engine: Engine, actor: Actor, *, form_id: str) -> None:
    """Drop one's own draft. Raises BusyError."""
    with writing_or_busy(engine) as connection:
        connection.execute(
            delete(RecordDraft).where(RecordDraft.form_id == form_id, RecordDraft.account_id == actor.account_id)
        )


def unsent_forms(connection: Connection, actor: Actor) -> list[tuple[str, int, str, datetime]]:
    """Return the actor's drafts, the last saved first: register, record (0: new), topic, time."""
    if actor.account_id is None:
        return []
    statement = select(RecordDraft.register_code, RecordDraft.record_id, RecordDraft.topic, RecordDraft.saved_at).where(
        RecordDraft.account_id == actor.account_id, ~_IS_SENT
    )
    rows = connection.execute(statement.order_by(RecordDraft.saved_at.desc()))
    return [(row.register_code, row.record_id, row.topic, row.saved_at) for row in rows]


def _own(actor: Actor, *, register: str, record_id: int, topic: str) -> ColumnElement[bool]:
    require_form(actor, form_sheet(register))
    return (
        (RecordDraft.account_id == actor.account_id)
        & (RecordDraft.register_code == register)
        & (RecordDraft.record_id == record_id)
        & (RecordDraft.topic == topic)
    )

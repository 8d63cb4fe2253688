"""Merges of a mahalla that was entered twice into the one that stays, and undoing them while nothing else touched them.

What refers to the merged mahalla moves to the other one, its name becomes a former name of that, and its row is gone:
so it counts nowhere. All of that and the audit entry are one transaction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Engine, Integer, Row, cast, delete, extract, func, insert, select, update

from data.database import audit
from data.database.engine import WITH_WITHDRAWN, writing_or_busy
from data.language import N_, DomainError
from data.policy import Action, Actor, require
from data.registers.mahallas import keep_former_name
from data.schema import (
    AuditEntry,
    JointEvent,
    Mahalla,
    MahallaFormerName,
    MahallaMerge,
    PlanItem,
    Training,
    TrainingMahalla,
)
from data.workbook.database import RecordAction, WriteSource, audit_code, rows_where
from queries.accounts.actors import require_account
from queries.directory.mahallas import NoMahallaError
from queries.events.entries import is_unnamed
from queries.frames import read_frame

ENTITY = Mahalla.__tablename__
_BOTH = "in_both_trainings"
_MOVED = (JointEvent, PlanItem, MahallaFormerName)
_OF_MERGES = tuple(audit_code(WriteSource.FORM, action) for action in (RecordAction.MERGED, RecordAction.RESTORED))


class MergeTargetError(DomainError):
    """Raised where a mahalla is to be merged into itself or into one of another district."""

    def __init__(self) -> None:
        super().__init__(N_("Choose another mahalla of the same district."))


class TouchedMergeError(DomainError):
    """Raised where something that a merge moved was changed since, so that it cannot be undone."""

    def __init__(self) -> None:
        super().__init__(N_("Something that was moved has been changed since, so the merge can no longer be undone."))


@dataclass(frozen=True, kw_only=True)
class MergePreview:
    """How many records would move, withdrawn ones too; ``entries``: by year, as the list of plan and events counts."""

    events: int
    plan_items: int
    trainings: int
    entries: Mapping[int, int]


def merge_targets(connection: Connection, actor: Actor, *, mahalla_id: int) -> Mapping[int, str]:
    """Return the names of the other mahallas of the district by their ids. Raises ForbiddenError, NoMahallaError."""
    require(actor, Action.EDIT_REFERENCE)
    row = _find(connection, mahalla_id)
    others = select(Mahalla.id, Mahalla.name).where(
        Mahalla.district_soato == row.district_soato, Mahalla.id != mahalla_id
    )
    return {other.id: other.name for other in connection.execute(others.order_by(Mahalla.name, Mahalla.id))}


def merge_preview(connection: Connection, actor: Actor, *, mahalla_id: int) -> MergePreview:
    """Return what refers to a mahalla and would move. Raises ForbiddenError, NoMahallaError."""
    require(actor, Action.EDIT_REFERENCE)
    _find(connection, mahalla_id)
    return MergePreview(
        events=len(_ids(connection, JointEvent, mahalla_id)),
        plan_items=len(_ids(connection, PlanItem, mahalla_id)),
        trainings=len(_trainings(connection, mahalla_id)),
        entries=_entries(connection, mahalla_id),
    )


def merge_mahallas(engine: Engine, actor: Actor, *, mahalla_id: int, into_id: int, form_id: str, now: datetime) -> int:
    """Merge a mahalla into another one of its district and return the id of the merge; the same form merges once.

    Raises ForbiddenError, NoMahallaError, MergeTargetError, BusyError.
    """
    with writing_or_busy(engine) as connection:
        require(actor, Action.EDIT_REFERENCE)
        require_account(connection, actor)
        done = connection.scalar(select(MahallaMerge.id).where(MahallaMerge.form_id == form_id))
        if done is not None:
            return done
        merged, into = _find(connection, mahalla_id, is_locked=True), _find(connection, into_id, is_locked=True)
        if merged.id == into.id or merged.district_soato != into.district_soato:
            raise MergeTargetError
        moved = _move(connection, merged.id, into.id)
        values = {name: getattr(merged, name) for name in ("district_soato", "name", "name_key", "post", "version")}
        connection.execute(delete(Mahalla).where(Mahalla.id == merged.id))
        keep_former_name(connection, into.id, district_soato=merged.district_soato, old=merged.name, new=into.name)
        audit_id = _audit(connection, actor, RecordAction.MERGED, merged, into.id, moved)
        values |= {"form_id": form_id, "merged_id": merged.id, "into_id": into.id, "audit_id": audit_id}
        statement = insert(MahallaMerge).values(moved=moved, merged_at=now, **values).returning(MahallaMerge.id)
        return connection.execute(statement).scalar_one()


def past_merges(connection: Connection, actor: Actor, *, mahalla_id: int) -> pd.DataFrame:
    """Return the mahallas that were merged into one, the newest first: merge_id, name, merged_at.

    Raises ForbiddenError.
    """
    require(actor, Action.EDIT_REFERENCE)
    merges = select(MahallaMerge.id.label("merge_id"), MahallaMerge.name, MahallaMerge.merged_at).where(
        MahallaMerge.into_id == mahalla_id, MahallaMerge.undone_at.is_(None)
    )
    return read_frame(connection, merges.order_by(MahallaMerge.id.desc()))


def undo_merge(engine: Engine, actor: Actor, *, merge_id: int, now: datetime) -> int:
    """Undo a merge and return the id of the mahalla that is there again. Doing it again changes nothing.

    Raises ForbiddenError, NoMahallaError, TouchedMergeError, BusyError.
    """
    with writing_or_busy(engine) as connection:
        require(actor, Action.EDIT_REFERENCE)
        require_account(connection, actor)
        row = connection.execute(
            select(MahallaMerge.__table__).where(MahallaMerge.id == merge_id).with_for_update()
        ).one_or_none()
        if row is None:
            raise NoMahallaError
        if row.undone_at is not None:
            return int(row.merged_id)
        if _is_touched(connection, row):
            raise TouchedMergeError
        mahalla_id = _put_back(connection, row)
        undone = {"undone_at": now, "merged_id": mahalla_id}
        connection.execute(update(MahallaMerge).where(MahallaMerge.id == merge_id).values(**undone))
        _audit(connection, actor, RecordAction.RESTORED, row, row.into_id, row.moved)
    return mahalla_id


def _find(connection: Connection, mahalla_id: int, *, is_locked: bool = False) -> Row[Any]:
    statement = select(Mahalla.__table__).where(Mahalla.id == mahalla_id)
    row = connection.execute(statement.with_for_update() if is_locked else statement).one_or_none()
    if row is None:
        raise NoMahallaError
    return row


def _ids(connection: Connection, model: type[Any], mahalla_id: int) -> list[int]:
    """Return the records of a mahalla, withdrawn ones too."""
    statement = select(model.id).where(model.mahalla_id == mahalla_id).order_by(model.id)
    return list(connection.execute(statement, execution_options=WITH_WITHDRAWN).scalars())


def _entries(connection: Connection, mahalla_id: int) -> Mapping[int, int]:
    """Return the numbers of events, and of plan items that no event names, by year, the newest first."""
    year = cast(extract("year", JointEvent.event_date), Integer)
    events = select(year, func.count()).where(JointEvent.mahalla_id == mahalla_id).group_by(year)
    items = select(PlanItem.year, func.count()).where(PlanItem.mahalla_id == mahalla_id, is_unnamed())
    found: Counter[int] = Counter()
    for statement in (events, items.group_by(PlanItem.year)):
        for of_year, number in connection.execute(statement):
            found[of_year] += number
    return dict(sorted(found.items(), reverse=True))


def _trainings(connection: Connection, mahalla_id: int) -> list[int]:
    statement = select(TrainingMahalla.training_id).where(TrainingMahalla.mahalla_id == mahalla_id)
    return list(connection.scalars(statement.order_by(TrainingMahalla.training_id)))


def _set(connection: Connection, model: type[Any], ids: list[int], *, from_id: int, to_id: int) -> None:
    """Let records refer to another mahalla, as far as they still refer to the one that they did."""
    for record_id in ids:
        still = (model.id == record_id, model.mahalla_id == from_id)
        connection.execute(update(model).where(*still).values(mahalla_id=to_id))


def _move(connection: Connection, from_id: int, into_id: int) -> dict[str, list[int]]:
    """Let everything refer to the other mahalla and return the ids by table."""
    moved = {model.__tablename__: _ids(connection, model, from_id) for model in (JointEvent, PlanItem)}
    former = select(MahallaFormerName.id).where(MahallaFormerName.mahalla_id == from_id)
    moved[MahallaFormerName.__tablename__] = list(connection.scalars(former.order_by(MahallaFormerName.id)))
    for model in _MOVED:
        _set(connection, model, moved[model.__tablename__], from_id=from_id, to_id=into_id)
    trainings, there = _trainings(connection, from_id), set(_trainings(connection, into_id))
    moved[TrainingMahalla.__tablename__] = [training for training in trainings if training not in there]
    moved[_BOTH] = [training for training in trainings if training in there]
    connection.execute(delete(TrainingMahalla).where(TrainingMahalla.mahalla_id == from_id))
    _insert_trainings(connection, moved[TrainingMahalla.__tablename__], into_id)
    earlier = select(MahallaMerge.id).where(MahallaMerge.into_id == from_id)
    moved[MahallaMerge.__tablename__] = list(connection.scalars(earlier.order_by(MahallaMerge.id)))
    # A mahalla that was merged into this one before goes on with it.
    connection.execute(update(MahallaMerge).where(MahallaMerge.into_id == from_id).values(into_id=into_id))
    return moved


def _insert_trainings(connection: Connection, ids: list[int], mahalla_id: int) -> None:
    if ids:
        rows = [{"training_id": training, "mahalla_id": mahalla_id} for training in ids]
        connection.execute(insert(TrainingMahalla), rows)


def _is_touched(connection: Connection, row: Row[Any]) -> bool:
    """Return whether anything that a merge moved, or a mahalla of it, was changed after it, or the name is taken."""
    moved = row.moved
    ids = {
        ENTITY: [row.into_id],
        JointEvent.__tablename__: moved[JointEvent.__tablename__],
        PlanItem.__tablename__: moved[PlanItem.__tablename__],
        Training.__tablename__: [*moved[TrainingMahalla.__tablename__], *moved[_BOTH]],
    }
    for entity, keys in ids.items():
        # Other merges, and their undoing, have records of their own.
        later = select(AuditEntry.entity_id).where(
            AuditEntry.entity == entity, AuditEntry.id > row.audit_id, AuditEntry.action_code.not_in(_OF_MERGES)
        )
        if next(iter(rows_where(connection, later, AuditEntry.entity_id, [str(key) for key in keys])), None):
            return True
    taken = select(Mahalla.id).where(Mahalla.district_soato == row.district_soato, Mahalla.name_key == row.name_key)
    return connection.execute(taken).first() is not None


def _put_back(connection: Connection, row: Row[Any]) -> int:
    """Make the merged mahalla again with what moved, and return its id: SQLite may have given its own to another."""
    of_district = MahallaFormerName.district_soato == row.district_soato
    connection.execute(delete(MahallaFormerName).where(of_district, MahallaFormerName.name_key == row.name_key))
    names = ("district_soato", "name", "name_key", "post")
    values = {name: getattr(row, name) for name in names}
    is_taken = connection.scalar(select(Mahalla.id).where(Mahalla.id == row.merged_id)) is not None
    again = insert(Mahalla).values(version=row.version + 1, **({} if is_taken else {"id": row.merged_id}), **values)
    mahalla_id = connection.execute(again.returning(Mahalla.id)).scalar_one()
    for model in _MOVED:
        _set(connection, model, row.moved[model.__tablename__], from_id=row.into_id, to_id=mahalla_id)
    there = set(_trainings(connection, row.into_id))
    trainings = [training for training in row.moved[TrainingMahalla.__tablename__] if training in there]
    of_other = TrainingMahalla.mahalla_id == row.into_id
    connection.execute(delete(TrainingMahalla).where(of_other, TrainingMahalla.training_id.in_(trainings)))
    _insert_trainings(connection, [*trainings, *row.moved[_BOTH]], mahalla_id)
    earlier = (MahallaMerge.id.in_(row.moved[MahallaMerge.__tablename__]), MahallaMerge.into_id == row.into_id)
    connection.execute(update(MahallaMerge).where(*earlier).values(into_id=mahalla_id))
    return mahalla_id


def _audit(
    connection: Connection,
    actor: Actor,
    action: RecordAction,
    merged: Row[Any],
    into_id: int,
    moved: Mapping[str, list[int]],
) -> int:
    """Append an entry on the mahalla that stays, which tells what the other was and what moved; return its id."""
    told = {"mahalla": merged.name, "post": merged.post, "moved": dict(moved)}
    before, after = (None, told) if action is RecordAction.MERGED else (told, None)
    audit.record(
        connection,
        actor=actor,
        action=audit_code(WriteSource.FORM, action),
        entity=ENTITY,
        entity_id=into_id,
        before=before,
        after=after,
    )
    return connection.execute(select(func.max(AuditEntry.id))).scalar_one()

"""Drafts held by a writer until the end of its transaction, with all that stands around them, in one statement."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    JSON,
    ColumnElement,
    Connection,
    FromClause,
    Function,
    Integer,
    Row,
    Select,
    String,
    bindparam,
    cast,
    column,
    func,
    literal,
    literal_column,
    select,
    true,
)

from data.policy import Actor
from data.ready import ReadyRead
from data.schema import Evaluation, EvaluationDraft, EvaluationDraftAnswer, JointEvent
from queries.evaluations.access import Standing, evaluating_ngo, joined_standing, standing_columns, standing_in

# A group of drafts does not wait longer for anything that is in its way: each is then sent for itself.
GROUP_PATIENCE = "250ms"


@dataclass(frozen=True, kw_only=True)
class StandingDraft:
    """A draft as it is stored, and what stands around it; ``next_id`` is its evaluation's (0: not to be sent)."""

    submission_id: str
    base_version: int
    started_at: datetime
    standing: Standing
    answers: Mapping[str, str]
    next_id: int


class Asked(NamedTuple):
    """A draft that someone asks for."""

    actor: Actor
    submission_id: str


_ASKED = bindparam("asked", type_=String)
_ASKED_COLUMNS = (
    column("submission_id", String),
    column("ngo_id", Integer),
    column("account_id", Integer),
)
_ANSWER = (EvaluationDraftAnswer.item_code, EvaluationDraftAnswer.value)
# PostgreSQL reads a row that it had to wait for anew, but not what hangs on it: the row is then of another version than
# the one that the statement saw at its start, and so may its answers be.
_SAME_ROW: ColumnElement[bool] = literal_column(
    "evaluation_draft.xmin = (SELECT seen.xmin FROM evaluation_draft seen"
    " WHERE seen.submission_id = evaluation_draft.submission_id)"
)


def _holding(asked: FromClause, gathered: Function[Any], *more: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    """Drafts that are asked for, what stands around them and their answers, ``gathered`` into one object."""
    ngo_id = EvaluationDraft.ngo_id.expression
    answers = select(gathered).where(EvaluationDraftAnswer.submission_id == EvaluationDraft.submission_id)
    statement = (
        select(*standing_columns(ngo_id, asked.c.account_id))
        .select_from(asked)
        .join(EvaluationDraft, EvaluationDraft.submission_id == asked.c.submission_id)
        .join(JointEvent, JointEvent.id == EvaluationDraft.event_id)
        .where(EvaluationDraft.ngo_id == asked.c.ngo_id)
    )
    return joined_standing(statement, ngo_id).add_columns(
        EvaluationDraft.submission_id,
        EvaluationDraft.base_version,
        EvaluationDraft.started_at,
        answers.correlate(EvaluationDraft).scalar_subquery().label("answers"),
        *more,
    )


def _holding_on_sqlite(*more: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    entry = func.json_each(_ASKED).table_valued("value", name="entry")
    fields = [func.json_extract(entry.c.value, f"$.{field.name}").label(field.name) for field in _ASKED_COLUMNS]
    gathered = func.json_group_object(*_ANSWER, type_=JSON)
    return _holding(select(*fields).subquery("asked"), gathered, true().label("is_fresh"), *more)


def _holding_on_postgresql(*more: ColumnElement[Any], is_waiting: bool = True) -> Select[*tuple[Any, ...]]:
    asked = func.json_to_recordset(cast(_ASKED, JSON)).table_valued(*_ASKED_COLUMNS, name="asked")
    gathered = func.json_object_agg(*_ANSWER, type_=JSON)
    statement = _holding(asked.render_derived(with_types=True), gathered, _SAME_ROW.label("is_fresh"), *more)
    return statement.with_for_update(of=EvaluationDraft, skip_locked=not is_waiting)


# On SQLite the writer has the database to itself, so the numbers after the last one are free.
_LAST_ID = select(func.coalesce(func.max(Evaluation.id), 0)).scalar_subquery()
_NEXT_ON_SQLITE = (_LAST_ID + func.row_number().over()).label("next_id")
_NEXT_ON_POSTGRESQL = func.nextval("evaluation_id_seq").label("next_id")
_NO_ID = literal(0).label("next_id")
_TO_SAVE = {
    "sqlite": ReadyRead(_holding_on_sqlite(_NO_ID)),
    "postgresql": ReadyRead(_holding_on_postgresql(_NO_ID)),
}
_TO_SEND = {
    "sqlite": ReadyRead(_holding_on_sqlite(_NEXT_ON_SQLITE)),
    "postgresql": ReadyRead(_holding_on_postgresql(_NEXT_ON_POSTGRESQL)),
}
_FREE_TO_SEND = {
    "sqlite": _TO_SEND["sqlite"],
    "postgresql": ReadyRead(
        _holding_on_postgresql(
            _NEXT_ON_POSTGRESQL,
            func.set_config("lock_timeout", GROUP_PATIENCE, true()).label("patience"),
            is_waiting=False,
        )
    ),
}


def _values(asked: Sequence[Asked]) -> dict[str, str]:
    rows = [
        {"submission_id": each.submission_id, "ngo_id": evaluating_ngo(each.actor), "account_id": each.actor.account_id}
        for each in asked
    ]
    return {"asked": json.dumps(rows)}


def _held(row: Row[Any]) -> StandingDraft:
    return StandingDraft(
        submission_id=row.submission_id,
        base_version=row.base_version,
        started_at=row.started_at,
        standing=standing_in(row),
        answers=row.answers or {},
        next_id=row.next_id,
    )


def hold_draft(
    connection: Connection, actor: Actor, *, submission_id: str, is_to_send: bool = False
) -> StandingDraft | None:
    """A draft of the actor's NGO, held until the end of the transaction; None where it is not there (any more).

    Whoever else saves into it or sends it waits. ``next_id`` is given where it ``is_to_send``.
    """
    values = _values([Asked(actor, submission_id)])
    statement = (_TO_SEND if is_to_send else _TO_SAVE)[connection.dialect.name]
    rows = statement.rows(connection, values)
    if rows and not rows[0].is_fresh:
        rows = statement.rows(connection, values)
    return _held(rows[0]) if rows else None


def hold_free_drafts(connection: Connection, asked: Sequence[Asked]) -> list[StandingDraft]:
    """Those of the drafts that nobody else holds, as :func:`hold_draft` does, each with a ``next_id``.

    On PostgreSQL the transaction does not wait for other locks either, or for a moment only.
    """
    rows = _FREE_TO_SEND[connection.dialect.name].rows(connection, _values(asked))
    return [_held(row) for row in rows if row.is_fresh]

"""Summary of a week for leaders and coordinators, in numbers that their rights allow.

Evaluations and recommendations are left out: how their numbers changed in a week could tell when a confidential one
was written.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Select, func, select

from data.codes import AttentionKind, EventState
from data.language import N_, Language, Translator
from data.policy import Action, Actor
from data.schema import Account, InformationRequest, JointEvent, Memorandum, Obligation
from queries.accounts.actors import actor_columns, actor_of
from queries.attention import attention_counts
from queries.row_filter import RowFilter, permitted_rows

LEFT_OUT = frozenset({AttentionKind.RECOMMENDATION_OVERDUE, AttentionKind.NOT_EVALUATED})
CHANGED, NEEDS_ATTENTION, NOTHING = N_("What changed"), N_("What needs attention"), N_("None.")


def summary_lines(
    connection: Connection, account_id: int, *, language: Language, monday: date, today: date
) -> list[str]:
    """Return the lines of the week before a Monday and of today, for the area in which an account acts."""
    actor = actor_of(connection.execute(actor_columns().where(Account.id == account_id)).one())
    translate = Translator(language)
    changed = [(translate(text), number) for text, number in _changes(connection, actor, monday)]
    counts = attention_counts(connection, actor, scope=actor.home_scope, today=today).to_dict("records")
    waiting = [
        (translate(kind.label), f"{row['count']}+" if row["is_more"] else str(row["count"]))
        for row in counts
        if (kind := AttentionKind(row["kind_code"])) not in LEFT_OUT
    ]
    return [*_part(translate(CHANGED), changed, translate), *_part(translate(NEEDS_ATTENTION), waiting, translate)]


def _part(title: str, rows: list[tuple[str, str]], translate: Translator) -> list[str]:
    shown = [f"- {label}: {number}" for label, number in rows if number != "0"]
    return ["", f"{title}:", *(shown or [translate(NOTHING)])]


def _changes(connection: Connection, actor: Actor, monday: date) -> list[tuple[str, str]]:
    """Return what happened in the week before a Monday."""
    rows = permitted_rows(connection, actor, Action.SEE_ATTENTION, actor.home_scope)
    first, last = monday - timedelta(days=7), monday - timedelta(days=1)
    return [(text, str(connection.scalar(statement))) for text, statement in _counts(rows, first, last).items()]


def _counts(rows: RowFilter, first: date, last: date) -> dict[str, Select[*tuple[Any, ...]]]:
    def count(model: type) -> Select[*tuple[Any, ...]]:
        return select(func.count(model.id))  # type: ignore[attr-defined]

    of_memorandum = count(Obligation).join(Memorandum, Memorandum.id == Obligation.memorandum_id)
    return {
        N_("Joint events held"): count(JointEvent).where(
            rows.events(),
            JointEvent.state_code == EventState.HELD.value,
            JointEvent.event_date.between(first, last),
        ),
        N_("Memoranda signed"): count(Memorandum).where(rows.memoranda(), Memorandum.signed_date.between(first, last)),
        N_("Obligations fulfilled"): of_memorandum.where(
            rows.memoranda(), Obligation.fulfilled_date.between(first, last)
        ),
        N_("Answered requests"): count(InformationRequest).where(
            rows.requests(), InformationRequest.answered_date.between(first, last)
        ),
    }

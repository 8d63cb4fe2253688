"""Decisions that a meeting opens with: open or overdue ones, those of the last meeting, and what they changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from sqlalchemy import Connection, select

from data.codes import DecisionCauseKind, DecisionState, When
from data.meetings import Cause
from data.schema import Pack
from queries.meetings.decisions import decisions
from queries.meetings.packs.request import PackQuestion
from queries.meetings.packs.store import earlier_pack

_ORDER = {state.value: place for place, state in enumerate((DecisionState.OVERDUE, DecisionState.OPEN))}


def last_decisions(
    connection: Connection, asked: PackQuestion, values: pd.DataFrame, *, meeting_id: int | None
) -> pd.DataFrame:
    """Return the frame ``decisions``, overdue ones first; ``values`` is the pack's own frame of values.

    Where a decision came of several things, its indicator is named before others, since an indicator has a value to
    compare. ``meeting_id`` is the meeting that the pack is made for: the last meeting is the one before it.
    """
    every = decisions(connection, asked.actor, scope=asked.scope, today=asked.today)
    held = every[(every["meeting_date"] <= pd.Timestamp(asked.today)) & (every["meeting_id"] != meeting_id)]
    if held.empty:
        return held.head(0)
    # The newest meeting comes first in that frame.
    is_last = held["meeting_id"] == held["meeting_id"].iloc[0]
    is_pending = held["state_code"].isin(list(_ORDER))
    chosen = held[is_last | is_pending]
    order = chosen["state_code"].map(_ORDER).fillna(len(_ORDER))
    chosen = chosen.assign(order=order).sort_values(["order", "due_date"], kind="stable")
    return _with_causes(connection, chosen, asked, values)


def _with_causes(
    connection: Connection, chosen: pd.DataFrame, asked: PackQuestion, values: pd.DataFrame
) -> pd.DataFrame:
    causes = [_first_cause(row) for row in chosen["causes"]]
    now = _own_values(values, asked, When.NOW)
    asking = chosen["meeting_id"][[_is_of_indicator(cause) for cause in causes]]
    of_meetings = _values_at_meetings(connection, asked, list(asking.unique()))
    rows = [
        {
            "cause_kind_code": cause.kind.value,
            "cause_reference": cause.reference,
            "cause_title": titles[texts.index(str(cause))],
            "cause_then": _value_of(cause, of_meetings.get(meeting_id, {})),
            "cause_now": _value_of(cause, now),
        }
        if cause
        else {}
        for cause, meeting_id, texts, titles in zip(
            causes, chosen["meeting_id"], chosen["causes"], chosen["cause_titles"], strict=True
        )
    ]
    return chosen.join(pd.DataFrame(rows, index=chosen.index))


def _first_cause(texts: Sequence[str]) -> Cause | None:
    causes = [Cause.parse(text) for text in texts]
    return min(causes, key=lambda cause: cause.kind is not DecisionCauseKind.INDICATOR, default=None)


def _value_of(cause: Cause, values: Mapping[str, float]) -> float | None:
    return values.get(cause.reference) if _is_of_indicator(cause) else None


def _is_of_indicator(cause: Cause | None) -> bool:
    return cause is not None and cause.kind is DecisionCauseKind.INDICATOR


def _own_values(values: pd.DataFrame, asked: PackQuestion, when: When) -> dict[str, float]:
    rows = values[(values["when"] == when) & (values["area_code"] == asked.scope.code)]
    return dict(zip(rows["indicator_code"], rows["value"], strict=True))


def _values_at_meetings(
    connection: Connection, asked: PackQuestion, meeting_ids: Sequence[Any]
) -> dict[int, dict[str, float]]:
    """Return the values of the newest pack of this area of each meeting, by meeting."""
    wanted = Pack.meeting_id.in_([int(key) for key in meeting_ids])
    known = select(Pack.meeting_id, Pack.id).where(Pack.area_code == asked.scope.code, wanted)
    newest = dict(connection.execute(known.order_by(Pack.created_at, Pack.id)).all())
    found = {}
    for meeting_id, pack_id in newest.items():
        content = earlier_pack(connection, pack_id)
        if meeting_id is not None and content is not None:
            found[meeting_id] = _own_values(content.frames["values"], asked, When.NOW)
    return found

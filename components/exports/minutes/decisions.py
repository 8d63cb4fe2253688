"""Tables of decisions for the minutes: who does what by when, and the cause of each decision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from components.deck.model import FigureColumn, ValueKind
from components.exports.minutes.tables import TextTable
from components.meetings.decision_texts import cause_text
from components.shell.formatter import Formatter
from data.codes import DecisionState
from data.meetings import Cause

PENDING = (DecisionState.OVERDUE, DecisionState.OPEN)


def decided_sheet(decisions: pd.DataFrame, *, fmt: Formatter) -> TextTable:
    """Table of the decisions of one meeting, by number; rows of :func:`queries.meetings.decisions.decisions`."""
    translate = fmt.translate
    columns = (
        FigureColumn(translate("Row"), ValueKind.COUNT),
        FigureColumn(translate("Decision")),
        FigureColumn(translate("Responsible")),
        FigureColumn(translate("Deadline"), ValueKind.DATE),
        FigureColumn(translate("Grounds")),
    )
    rows = (
        (fmt.number(row["number"]), row["text"], row["owner"], fmt.date(row["due_date"]), _causes(row, fmt))
        for row in decisions.sort_values("number").to_dict("records")
    )
    return TextTable(columns, tuple(rows))


def pending_sheet(decisions: pd.DataFrame, *, fmt: Formatter) -> TextTable:
    """Table of the decisions that are not done yet, the most overdue first; overdue ones are emphasised."""
    translate = fmt.translate
    columns = (
        FigureColumn(translate("Meeting")),
        FigureColumn(translate("Decision")),
        FigureColumn(translate("Responsible")),
        FigureColumn(translate("Deadline"), ValueKind.DATE),
        FigureColumn(translate("State")),
    )
    pending = decisions[decisions["state_code"].isin([state.value for state in PENDING])]
    records = pending.sort_values(["due_date", "number"], kind="stable").to_dict("records")
    overdue = (place for place, row in enumerate(records) if row["state_code"] == DecisionState.OVERDUE.value)
    return TextTable(columns, tuple(_pending_row(row, fmt) for row in records), frozenset(overdue))


def _pending_row(row: Mapping[Any, Any], fmt: Formatter) -> tuple[str, ...]:
    meeting = fmt.translate("{meeting}, No. {number}", meeting=row["meeting_number"], number=row["number"])
    state = fmt.translate(DecisionState(row["state_code"]).label)
    return meeting, row["text"], row["owner"], fmt.date(row["due_date"]), state


def _causes(row: Mapping[Any, Any], fmt: Formatter) -> str:
    named = zip(row["causes"], row["cause_titles"], strict=True)
    return "\n".join(cause_text(Cause.parse(code), title, fmt) for code, title in named) or "–"

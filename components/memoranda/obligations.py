"""Obligations of the sides of a memorandum: what, by when, how late, what shows that it is fulfilled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from typing import TYPE_CHECKING, Any

from components.charts.palette import ATTENTION, MUTED_TEXT
from components.registers.documents import documents_html
from components.shell.formatter import Formatter
from data.codes import ObligationState

if TYPE_CHECKING:
    from queries.registers.documents import RecordDocument

_STYLE = f"""<style>
.hamkor-obligation {{ margin: 0; overflow-wrap: anywhere; }}
.hamkor-obligation p {{ margin: 0; }}
.hamkor-obligation small {{ color: {MUTED_TEXT}; font-size: .9rem; }}
.hamkor-obligation .late {{ color: {ATTENTION}; font-weight: 600; }}
.hamkor-obligation i {{ font: 1.15rem "Material Symbols Rounded"; vertical-align: text-bottom; margin-right: .25rem; }}
</style>"""
OPEN_STATES = frozenset({ObligationState.OPEN, ObligationState.OVERDUE})
_ICONS: Mapping[ObligationState, str] = {
    ObligationState.OPEN: "radio_button_unchecked",
    ObligationState.OVERDUE: "assignment_late",
    ObligationState.FULFILLED: "task_alt",
    ObligationState.FULFILLED_LATE: "task_alt",
}


def obligation_html(row: Mapping[Any, Any], documents: Sequence[RecordDocument], today: date, fmt: Formatter) -> str:
    """Return one obligation of :class:`queries.memoranda.record.MemorandumPage`; what people typed is escaped."""
    state = ObligationState(row["state_code"])
    icon = f'<i aria-hidden="true" translate="no">{_ICONS[state]}</i>'
    lines = [f"<p>{escape(str(row['text']))}</p>", f"<p>{icon}{_state_html(state, row, today, fmt)}</p>"]
    if row["evidence"]:
        evidence = fmt.translate("Evidence: {evidence}", evidence=row["evidence"])
        lines.append(f"<p><small>{escape(evidence)}</small></p>")
    files = documents_html(documents, fmt) if documents else ""
    return f'{_STYLE}<div class="hamkor-obligation">{"".join(lines)}{files}</div>'


def _state_html(state: ObligationState, row: Mapping[Any, Any], today: date, fmt: Formatter) -> str:
    translate, due = fmt.translate, row["due_date"].date()
    label = translate(state.label)
    by = translate("due {date}", date=fmt.date(due))
    if state in OPEN_STATES:
        when = fmt.deadline((due - today).days)
        kind = ' class="late"' if state is ObligationState.OVERDUE else ""
        return f"<span{kind}>{escape(label)}: {escape(when)}</span> <small>· {escape(by)}</small>"
    on = translate("fulfilled on {date}", date=fmt.date(row["fulfilled_date"]))
    return f"<small>{escape(label)} · {escape(by)} · {escape(on)}</small>"

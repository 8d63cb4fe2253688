"""Past uploads, each with a way to undo it, which is asked once more; the result stands beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast
from uuid import uuid4

import pandas as pd
import streamlit as st

from components.shell.chrome import escape_markdown
from components.shell.confirmation import Kind, render_confirmation
from components.shell.formatter import Formatter
from data.dates.clock import local

STATE = "past_uploads"


@dataclass(frozen=True)
class UndoResult:
    """Result of undoing an upload, in the reader's language."""

    text: str
    kind: Kind = "success"
    details: Sequence[str] = ()
    occasion: str = field(default_factory=lambda: uuid4().hex)


@dataclass(frozen=True)
class _Asked:
    """Upload that the person is asked about, or whose result is shown."""

    run_id: int = 0
    result: UndoResult | None = None


def render_past_uploads(found: pd.DataFrame, fmt: Formatter, *, on_undo: Callable[[int], UndoResult]) -> None:
    """Draw the rows of :func:`queries.registers.uploads.uploads`."""
    st.subheader(fmt.translate("Past uploads"), anchor=False)
    for row in found.to_dict("records"):
        _render_upload(row, fmt, on_undo=on_undo)


def _asked() -> _Asked:
    return cast("_Asked", st.session_state.get(STATE, _Asked()))


def _ask(run_id: int) -> None:
    st.session_state[STATE] = _Asked(run_id)


def _undo(run_id: int, on_undo: Callable[[int], UndoResult]) -> None:
    st.session_state[STATE] = _Asked(run_id, on_undo(run_id))


def _render_upload(row: Mapping[Any, Any], fmt: Formatter, *, on_undo: Callable[[int], UndoResult]) -> None:
    translate, run_id, asked = fmt.translate, int(row["run_id"]), _asked()
    is_asked = asked.run_id == run_id and asked.result is None
    at = local(pd.Timestamp(row["at"]).to_pydatetime())
    counts = translate(
        "new: {added} · changed: {changed} · refused: {refused}",
        added=fmt.number(row["added"]),
        changed=fmt.number(row["changed"]),
        refused=fmt.number(row["refused"]),
    )
    about = f"{fmt.date(at.date())}, {at:%H:%M} · {row['actor']} · {counts}"
    with st.container(key=f"past_{run_id}", gap="xsmall", border=True):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            name = escape_markdown(str(row["file_name"]))
            st.markdown(f"**{name}**  \n:small[{escape_markdown(about)}]", width="content")
            if not pd.isna(row["undone_at"]):
                st.badge(translate("Undone"), color="gray")
            elif not is_asked:
                st.button(translate("Undo"), key=f"undo_{run_id}", on_click=_ask, args=(run_id,), type="tertiary")
        if is_asked:
            _render_question(run_id, fmt, on_undo=on_undo)
        if asked.run_id == run_id and asked.result is not None:
            result = asked.result
            render_confirmation(
                result.text, key="undo_result", kind=result.kind, details=result.details, occasion=result.occasion
            )


def _render_question(run_id: int, fmt: Formatter, *, on_undo: Callable[[int], UndoResult]) -> None:
    translate = fmt.translate
    st.markdown(
        translate("Undo this upload? New records are withdrawn, corrected ones get their earlier values again.")
    )
    with st.container(horizontal=True):
        args = (run_id, on_undo)
        st.button(translate("Undo the upload"), key="undo_now", on_click=_undo, args=args, type="primary")
        st.button(translate("Leave it as it is"), key="undo_not", on_click=_ask, args=(0,))

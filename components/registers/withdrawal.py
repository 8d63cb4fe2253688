"""Withdrawal of a record: what refers to it, the reason, and the way back of one that is withdrawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from components.registers.form import FORM_WIDTH, REASON, render_form_style
from components.registers.form_state import OnForm, RecordForm
from components.shell.confirmation import focus_field, render_confirmation
from components.shell.formatter import Formatter
from components.shell.widgets import default_of
from data.registers.entry import register_sheet

if TYPE_CHECKING:
    from queries.registers.withdrawal import ReferringRecords


def render_withdrawal(
    form: RecordForm,
    referring: Sequence[ReferringRecords],
    fmt: Formatter,
    *,
    on_change: OnForm,
    on_withdraw: OnForm,
    on_leave: OnForm,
) -> None:
    """Draw what a withdrawal means, what refers to the record, the reason and the buttons."""
    translate = fmt.translate
    key = form.key(REASON, translate.language)

    def write() -> None:
        form.reason = str(st.session_state[key] or "")
        form.faults.pop(REASON, None)
        on_change(form)

    render_form_style(fmt)
    with st.container(key=form.name, width=FORM_WIDTH):
        st.markdown(translate("A withdrawn record leaves all figures. It stays in its history and can be restored."))
        if referring:
            st.markdown(translate("These refer to it and stay:"))
            st.markdown("\n".join(f"- {line}" for line in referring_lines(referring, fmt)))
        value = default_of(key, form.reason, empty="")
        st.text_input(f"{translate('Reason of the withdrawal')} *", value, key=key, on_change=write)
        with st.container(key=f"{form.name}:faults"):
            message = form.faults.get(REASON, form.error)
            if message is not None:
                occasion = f"{form.form_id}:{form.attempts}"
                render_confirmation(
                    translate.render(message), key=f"{form.name}-fault", kind="error", occasion=occasion
                )
                if REASON in form.faults:
                    focus_field(key, occasion=occasion)
        with st.container(horizontal=True):
            st.button(
                translate("Withdraw"),
                key=f"withdraw:{form.name}",
                type="primary",
                icon=":material/archive:",
                on_click=on_withdraw,
                args=(form,),
            )
            st.button(
                translate("Leave the form"),
                key=f"leave:{form.name}",
                type="tertiary",
                on_click=on_leave,
                args=(form,),
            )


def referring_lines(referring: Sequence[ReferringRecords], fmt: Formatter) -> list[str]:
    """Return how many records of each register refer to a record."""
    language = fmt.translate.language
    return [f"{register_sheet(item.register).name.in_language(language)}: {item.records}" for item in referring]


def render_withdrawn(reason: str, fmt: Formatter, *, key: str, on_restore: Callable[[], None] | None) -> None:
    """Draw that a record is withdrawn and why; ``on_restore`` is for those who may restore it."""
    translate = fmt.translate
    with st.container(horizontal=True, vertical_alignment="center", key=key):
        st.warning(
            translate("This record is withdrawn and counts nowhere. Reason: {reason}", reason=reason),
            icon=":material/archive:",
        )
        if on_restore is not None:
            st.button(translate("Restore"), key=f"{key}-restore", icon=":material/undo:", on_click=on_restore)

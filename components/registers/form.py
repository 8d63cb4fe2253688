"""Form of a record: its fields, what is wrong beside each and beside the button, and the choice after a conflict."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from components.registers.fields import is_asked, render_field
from components.registers.form_state import OnForm, RecordForm
from components.registers.options import FormOptions
from components.registers.values import value_text
from components.shell.formatter import Formatter
from data.language import N_
from data.registers.declaration import FieldKind, RegisterSheet, SheetField

MINE, THEIRS = "mine", "theirs"
FORM_WIDTH = 720
# No "Press Enter to apply" below a field, which Streamlit writes in English only.
_STYLE = """<style>
[class*=st-key-form-] [data-testid=InputInstructions] { display: none; }
</style>"""


def render_record_form(
    form: RecordForm,
    sheet: RegisterSheet,
    options: FormOptions,
    fmt: Formatter,
    *,
    on_change: OnForm,
    on_save: OnForm,
    on_drop: OnForm | None = None,
    fields: Sequence[str] = (),
    submit: str = "",
) -> None:
    """Draw the form.

    ``fields`` are the codes asked for, all where empty; the others keep their texts. ``on_change`` is called whenever
    a text has changed, ``on_save`` by the button, ``on_drop`` by the button that drops the draft. A correction of a
    record asks for the reason, unless only some fields of it are asked for.
    """
    translate = fmt.translate
    wanted = [entry for entry in sheet.fields if not fields or entry.code in fields]
    shown = [entry for entry in wanted if is_asked(entry, form) and not _is_settled(entry, options, form)]
    st.html(_STYLE)
    with st.container(key=form.name, width=FORM_WIDTH):
        if form.is_draft:
            st.caption(translate("Your draft of an earlier visit."))
        if form.stored:
            _render_conflict(form, sheet, options, fmt, on_change=on_change)
        for entry in shown:
            render_field(entry, form, options, fmt, on_change=on_change)
        if form.record_id and not fields:
            _render_reason(form, fmt, on_change=on_change)
        _render_summary(form, sheet, {entry.code for entry in shown}, fmt)
        with st.container(horizontal=True):
            st.button(
                submit or translate("Save"),
                key=f"save:{form.name}:{form.form_id}",
                type="primary",
                icon=":material/check:",
                on_click=on_save,
                args=(form,),
                disabled=bool(form.stored and form.conflicts(sheet)),
            )
            if on_drop is not None and (form.is_draft or form.is_changed):
                st.button(
                    translate("Drop the draft"),
                    key=f"drop:{form.name}:{form.form_id}",
                    type="tertiary",
                    on_click=on_drop,
                    args=(form,),
                )


def _is_settled(entry: SheetField, options: FormOptions, form: RecordForm) -> bool:
    """Return whether there is nothing to choose: the district of a person who has one."""
    is_only = entry.kind is FieldKind.DISTRICT and len(options.districts) == 1
    return is_only and form.texts.get(entry.code, "") in options.districts


REASON = "reason"
WHY = N_("Why is it corrected?")


def _render_reason(form: RecordForm, fmt: Formatter, *, on_change: OnForm) -> None:
    translate, key = fmt.translate, form.key(REASON, fmt.translate.language)
    st.session_state[key] = form.reason

    def write() -> None:
        form.reason = str(st.session_state[key] or "")
        form.faults.pop(REASON, None)
        on_change(form)

    st.text_input(f"{translate(WHY)} *", key=key, on_change=write)
    if REASON in form.faults:
        st.error(translate.render(form.faults[REASON]), icon=":material/block:")


def _render_summary(form: RecordForm, sheet: RegisterSheet, shown: set[str], fmt: Formatter) -> None:
    """Draw beside the button what keeps the record from being saved; the place is there before, so nothing moves."""
    translate, place = fmt.translate, st.empty()
    if not form.faults and form.error is None:
        return
    lines = [translate.render(form.error)] if form.error is not None else []
    for code, fault in form.faults.items():
        heading = translate(WHY) if code == REASON else sheet.field(code).heading.in_language(translate.language)
        # A fault of a field that is not on the screen is told here whole.
        is_here = code in shown or code == REASON
        lines.append(f"- {heading}" if is_here else f"- {heading}: {translate.render(fault)}")
    place.error("\n".join(lines), icon=":material/block:")


def _render_conflict(
    form: RecordForm, sheet: RegisterSheet, options: FormOptions, fmt: Formatter, *, on_change: OnForm
) -> None:
    """Draw both values of each field that differs, for the person to choose; then the form can be saved."""
    translate = fmt.translate
    names = {MINE: translate("Mine"), THEIRS: translate("Saved meanwhile")}
    with st.container(border=True, key=f"conflict-{form.name}"):
        st.warning(
            translate("Someone else has corrected this record meanwhile. Choose which values stay."),
            icon=":material/sync_problem:",
        )
        for entry in form.conflicts(sheet):
            sides = {MINE: form.texts.get(entry.code, ""), THEIRS: form.stored[entry.code]}
            values = {side: f"{names[side]}: {value_text(entry, text, options, fmt)}" for side, text in sides.items()}
            key = f"{form.key(entry.code, translate.language)}:choice"
            st.radio(
                entry.heading.in_language(translate.language),
                list(values),
                index=None,
                format_func=values.__getitem__,
                key=key,
                on_change=_settle,
                args=(form, entry.code, key, on_change),
            )


def _settle(form: RecordForm, code: str, key: str, on_change: OnForm) -> None:
    """Take the chosen value, and no longer ask about the field."""
    if st.session_state[key] == THEIRS:
        form.texts[code] = form.stored[code]
    form.stored = {other: text for other, text in form.stored.items() if other != code}
    on_change(form)

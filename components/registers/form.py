"""Form of a record: its fields, what is wrong beside each and beside the button, and the choice after a conflict."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

import streamlit as st

from components.registers.documents import ChosenFile, document_html, pick_document
from components.registers.fields import field_label, is_asked, render_field
from components.registers.form_state import DOCUMENTS, OnForm, RecordForm
from components.registers.options import FormOptions
from components.registers.values import value_text
from components.shell.chrome import escape_markdown
from components.shell.confirmation import focus_field, render_confirmation
from components.shell.formatter import Formatter
from components.shell.widgets import default_of
from data.language import N_
from data.registers.declaration import FieldKind, RegisterSheet, SheetField

if TYPE_CHECKING:
    from queries.registers.documents import RecordDocument

MINE, THEIRS = "mine", "theirs"
REASON = "reason"
WHY = N_("Why is it corrected?")
FORM_WIDTH = 720
# Counts stand side by side, two of them on a phone.
COUNT_WIDTH = 156
# Streamlit offers what was typed as "Add: ...", without a setting for that text.
_TAKE_STYLE = """<style>
[data-key="__creatable__"] [data-item-hl] {{ font-size: 0; }}
[data-key="__creatable__"] [data-item-hl]::before {{ content: "{text}"; font-size: 0.875rem; }}
</style>"""
# No "Press Enter to apply" below a field: it is the button that saves.
_STYLE = """<style>
[class*=st-key-form-] [data-testid=InputInstructions] { display: none; }
</style>"""


@dataclass(frozen=True, kw_only=True)
class FormDocuments:
    """Documents chosen in a form, and what adds and drops one."""

    chosen: Sequence[RecordDocument]
    on_add: Callable[[RecordForm, ChosenFile], None]
    on_drop: Callable[[RecordForm, int], None]


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
    more: Sequence[str] = (),
    required: Sequence[str] = (),
    asks_reason: bool | None = None,
    documents: FormDocuments | None = None,
    below: Mapping[str, Callable[[], None]] | None = None,
    title: str = "",
    submit: str = "",
    drop: str = "",
) -> None:
    """Draw the form.

    ``fields`` are the codes asked for, all where empty, and ``more`` those that can be opened below them; the others
    keep their texts. ``required`` are those marked as
    such though the register does not need them. ``on_change`` is called whenever a text has changed, ``on_save`` by
    the button, ``on_drop`` by the button that leaves the form and drops its draft. A correction of a record asks for
    the reason, unless only some fields of it are asked for or ``asks_reason`` says otherwise. ``below`` draws more
    below the fields with these codes. A form with a ``title`` stands in a box, where the focus goes to the
    first empty field when it is opened.
    """
    translate = fmt.translate
    asked = [entry for entry in sheet.fields if is_asked(entry, form) and not is_settled(entry, options, form)]
    shown = [entry for entry in asked if not fields or entry.code in fields]
    below_them = [entry for entry in asked if entry.code in more]
    asks = bool(form.record_id and not fields) if asks_reason is None else asks_reason
    render_form_style(fmt)
    with st.container(key=form.name, width=FORM_WIDTH, border=bool(title)):
        if title:
            st.markdown(f"**{escape_markdown(title)}**")
            first = next((entry for entry in shown if not form.texts.get(entry.code)), shown[0])
            # Chosen once: the focus would leave what is being typed for the next empty field.
            form.first_field = form.first_field or first.code
            focus_field(form.key(form.first_field, translate.language), occasion=f"{form.form_id}:open")
        if form.is_draft:
            st.caption(translate("Your draft of an earlier visit."))
        if form.stored:
            _render_conflict(form, sheet, options, fmt, on_change=on_change)
        _render_fields(form, shown, options, fmt, on_change=on_change, required=required, below=below or {})
        if below_them:
            _render_more(form, below_them, options, fmt, on_change=on_change)
        if documents is not None:
            render_form_documents(form, documents, fmt)
        if asks:
            _render_reason(form, fmt, on_change=on_change)
        render_faults(form, sheet, {entry.code for entry in (*shown, *below_them)}, fmt)
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
            if on_drop is not None and (drop or form.is_draft or form.is_changed):
                st.button(
                    drop or translate("Drop the draft"),
                    key=f"drop:{form.name}:{form.form_id}",
                    type="tertiary",
                    on_click=on_drop,
                    args=(form,),
                )


def _render_fields(
    form: RecordForm,
    shown: Sequence[SheetField],
    options: FormOptions,
    fmt: Formatter,
    *,
    on_change: OnForm,
    required: Sequence[str],
    below: Mapping[str, Callable[[], None]],
) -> None:
    """Draw the fields, counts side by side."""
    for is_counts, entries in groupby(shown, key=lambda entry: entry.kind is FieldKind.COUNT):
        with st.container(horizontal=is_counts):
            for entry in entries:
                with st.container(width=COUNT_WIDTH if is_counts else "stretch"):
                    is_marked = entry.code in required
                    render_field(entry, form, options, fmt, on_change=on_change, is_required=is_marked)
                if entry.code in below:
                    below[entry.code]()


def _render_more(
    form: RecordForm, entries: Sequence[SheetField], options: FormOptions, fmt: Formatter, *, on_change: OnForm
) -> None:
    """Draw fields that are seldom needed, folded unless one of them is at fault."""
    is_at_fault = any(entry.code in form.faults for entry in entries)
    # Another key opens it anew.
    key = f"{form.name}:more:{form.attempts if is_at_fault else ''}"
    with st.expander(fmt.translate("More"), key=key, expanded=is_at_fault, on_change="rerun") as opened:
        if opened.open or is_at_fault:
            for entry in entries:
                render_field(entry, form, options, fmt, on_change=on_change)


def render_form_style(fmt: Formatter) -> None:
    """Draw what puts Streamlit's own words in fields into the reader's language, or takes them away."""
    st.html(_STYLE + _TAKE_STYLE.format(text=fmt.translate("Take what is typed")))


def is_settled(entry: SheetField, options: FormOptions, form: RecordForm) -> bool:
    """Return whether there is nothing to choose: the district of a person who has one."""
    is_only = entry.kind is FieldKind.DISTRICT and len(options.districts) == 1
    return is_only and form.texts.get(entry.code, "") in options.districts


def render_form_documents(form: RecordForm, documents: FormDocuments, fmt: Formatter) -> None:
    """Draw the documents that were chosen in a form, each with a button that drops it, and the field for another."""
    for document in documents.chosen:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(document_html(document, fmt), width="content")
            st.button(
                fmt.translate("Remove"),
                key=f"{form.name}:{form.form_id}:remove:{document.document_id}",
                type="tertiary",
                icon=":material/close:",
                on_click=documents.on_drop,
                args=(form, document.document_id),
            )

    def take(chosen: ChosenFile | None) -> None:
        form.faults.pop(DOCUMENTS, None)
        if chosen is not None:
            documents.on_add(form, chosen)

    # The field is another one once its document is in the list above: it begins empty.
    key = f"{form.name}:{form.form_id}:file:{'-'.join(map(str, form.document_ids))}"
    pick_document(fmt, key=key, on_choose=take)
    if DOCUMENTS in form.faults:
        st.error(fmt.translate.render(form.faults[DOCUMENTS]), icon=":material/block:")


def _render_reason(form: RecordForm, fmt: Formatter, *, on_change: OnForm) -> None:
    translate, key = fmt.translate, form.key(REASON, fmt.translate.language)

    def write() -> None:
        form.reason = str(st.session_state[key] or "")
        form.faults.pop(REASON, None)
        on_change(form)

    value = default_of(key, form.reason, empty="")
    st.text_input(f"{translate(WHY)} *", value, key=key, on_change=write)
    if REASON in form.faults:
        st.error(translate.render(form.faults[REASON]), icon=":material/block:")


def render_faults(
    form: RecordForm,
    sheet: RegisterSheet,
    shown: set[str],
    fmt: Formatter,
    *,
    more: Sequence[str] = (),
    more_key: str = "",
) -> None:
    """Draw beside the button what keeps the record from being saved, and move the focus to the first field at fault.

    ``more`` are lines on parts of the form that are other records, ``more_key`` the key of their first field at fault.
    """
    translate = fmt.translate
    # The place is there before, so that nothing moves.
    with st.container(key=f"{form.name}:faults"):
        lines = [_fault_text(form, sheet, code, shown, fmt) for code in form.faults if code != DOCUMENTS]
        lines += more
        if not lines and form.error is None:
            return
        text = translate.render(form.error) if form.error is not None else translate("Not saved yet.")
        occasion = f"{form.form_id}:{form.attempts}"
        render_confirmation(text, key=f"{form.name}-fault", kind="error", details=lines, occasion=occasion)
        first = next((code for code in form.faults if code in shown or code == REASON), None)
        key = form.key(first, translate.language) if first is not None else more_key
        if key:
            focus_field(key, occasion=occasion)


def _fault_text(form: RecordForm, sheet: RegisterSheet, code: str, shown: set[str], fmt: Formatter) -> str:
    """Return the heading of a field at fault, and the fault itself where the field is not on the screen."""
    translate = fmt.translate
    heading = translate(WHY) if code == REASON else field_label(sheet.field(code), fmt)
    is_here = code in shown or code == REASON
    return heading if is_here else f"{heading}: {translate.render(form.faults[code])}"


def _render_conflict(
    form: RecordForm, sheet: RegisterSheet, options: FormOptions, fmt: Formatter, *, on_change: OnForm
) -> None:
    """Draw both values of each field that differs, for the person to choose; then the form can be saved."""
    translate = fmt.translate
    names = {MINE: translate("Mine"), THEIRS: translate("Saved meanwhile")}
    with st.container(border=True, key=f"conflict-{form.name}"):
        differing = form.conflicts(sheet)
        if differing:
            text = translate("Someone else has corrected this record meanwhile. Choose which values stay.")
        else:
            text = translate("Someone else has corrected this record meanwhile. Look at it below, then save.")
        render_confirmation(
            text, key=f"{form.name}-conflict", kind="error", occasion=f"{form.form_id}:{form.stored_version}"
        )
        for entry in differing:
            sides = {MINE: form.texts.get(entry.code, ""), THEIRS: form.stored[entry.code]}
            values = {side: f"{names[side]}: {value_text(entry, text, options, fmt)}" for side, text in sides.items()}
            key = f"{form.key(entry.code, translate.language)}:choice"
            st.radio(
                field_label(entry, fmt),
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

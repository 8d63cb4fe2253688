"""Form of a memorandum: its terms and parties, and for a new one the obligations of both sides and the documents."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from uuid import uuid4

import streamlit as st

from components.registers.fields import render_field
from components.registers.form import (
    FORM_WIDTH,
    FormDocuments,
    is_settled,
    render_faults,
    render_form_documents,
    render_form_style,
)
from components.registers.form_state import OnForm, RecordForm
from components.registers.options import FormOptions
from components.shell.formatter import Formatter
from components.shell.widgets import default_of
from data.codes import Party
from data.language import N_
from data.registers.entry import LIST_SEPARATOR, register_sheet

TERMS = (
    "number",
    "district",
    "title",
    "stirs",
    "signed_date",
    "start_date",
    "expiry_date",
    "directions",
    "supports",
)
"""Fields of a memorandum that its form asks for; the names of new organisations are asked for beside their STIR."""
DATES = ("signed_date", "start_date", "expiry_date")
OBLIGATION_FIELDS = ("text", "due_date")
# Codes of texts of a form that are no fields of the register: JSON.
NAMES, OBLIGATIONS = "names", "obligations"
NAME_OF_NEW = N_("Name of the organisation {stir}")
SIDES: Mapping[Party, str] = {
    Party.POLICE: N_("Obligations of the internal affairs bodies"),
    Party.NGO: N_("Obligations of the NGOs"),
}


def new_names(form: RecordForm) -> dict[str, str]:
    """Return the names that were typed for organisations that are not known, by STIR."""
    return dict(json.loads(form.texts.get(NAMES) or "{}"))


def obligation_rows(form: RecordForm) -> list[dict[str, str]]:
    """Return the obligations of a new memorandum as they were typed: ``row`` tells them apart."""
    return list(json.loads(form.texts.get(OBLIGATIONS) or "[]"))


def set_obligation_rows(form: RecordForm, rows: Sequence[Mapping[str, str]]) -> None:
    """Set the obligations of a new memorandum."""
    form.texts[OBLIGATIONS] = json.dumps(list(rows), ensure_ascii=False)


def chosen_stirs(form: RecordForm) -> list[str]:
    """Return the STIRs of the organisations that were chosen or typed."""
    return [stir for stir in form.texts.get("stirs", "").split(LIST_SEPARATOR) if stir]


def render_new_names(form: RecordForm, options: FormOptions, fmt: Formatter, *, on_change: OnForm) -> None:
    """Draw a field for the name of each organisation whose STIR is not known."""
    for stir in chosen_stirs(form):
        if stir in options.ngos:
            continue
        key = form.key(f"name-{stir}", fmt.translate.language)
        value = default_of(key, new_names(form).get(stir, ""), empty="")

        def write(stir: str = stir, key: str = key) -> None:
            form.texts[NAMES] = json.dumps(
                {**new_names(form), stir: str(st.session_state[key] or "")}, ensure_ascii=False
            )
            form.faults.pop("ngo_name", None)
            on_change(form)

        st.text_input(f"{fmt.translate(NAME_OF_NEW, stir=stir)} *", value, key=key, on_change=write)
    if "ngo_name" in form.faults:
        st.error(fmt.translate.render(form.faults["ngo_name"]), icon=":material/block:")


def render_new_memorandum(
    form: RecordForm,
    options: FormOptions,
    documents: FormDocuments,
    fmt: Formatter,
    *,
    on_change: OnForm,
    on_save: OnForm,
    on_drop: OnForm,
) -> None:
    """Draw the form of a new memorandum on one page: terms, parties, obligations of both sides, scanned document."""
    translate, sheet = fmt.translate, register_sheet("memoranda")

    def draw(*codes: str) -> None:
        for code in codes:
            entry = sheet.field(code)
            if not is_settled(entry, options, form):
                render_field(entry, form, options, fmt, on_change=on_change)

    render_form_style(fmt)
    with st.container(key=form.name, width=FORM_WIDTH):
        if form.is_draft:
            st.caption(translate("Your draft of an earlier visit."))
        draw("district", "number", "title")
        st.subheader(translate("Parties"), anchor=False)
        draw("stirs")
        st.caption(translate("An organisation that is not in the list: type its STIR, then its name."))
        render_new_names(form, options, fmt, on_change=on_change)
        st.subheader(translate("Term"), anchor=False)
        for column, code in zip(st.columns(len(DATES)), DATES, strict=True):
            with column:
                draw(code)
        st.subheader(translate("Kinds of activity and support"), anchor=False)
        draw("directions", "supports")
        for party in SIDES:
            _render_side(form, party, options, fmt, on_change=on_change)
        st.subheader(translate("Scanned document"), anchor=False)
        render_form_documents(form, documents, fmt)
        render_faults(
            form, sheet, {*TERMS, "ngo_name"}, fmt, more=_faults_of_rows(form, fmt), more_key=_first_at_fault(form, fmt)
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                translate("Save the memorandum"),
                key=f"save:{form.name}:{form.form_id}",
                type="primary",
                icon=":material/check:",
                on_click=on_save,
                args=(form,),
            )
            if form.is_draft or form.is_changed:
                st.button(
                    translate("Drop the draft"),
                    key=f"drop:{form.name}:{form.form_id}",
                    type="tertiary",
                    on_click=on_drop,
                    args=(form,),
                )
            st.caption(translate("What you type is kept as a draft."), width="content")


def _render_side(form: RecordForm, party: Party, options: FormOptions, fmt: Formatter, *, on_change: OnForm) -> None:
    """Draw the obligations of one side, each with its day, and the button that adds one."""
    translate = fmt.translate
    st.subheader(translate(SIDES[party]), anchor=False)
    for row in obligation_rows(form):
        if row["party"] == party:
            _render_row(form, row, options, fmt, on_change=on_change)
    st.button(
        translate("Add an obligation"),
        key=f"add:{form.name}:{party}",
        icon=":material/add:",
        on_click=_add_row,
        args=(form, party, on_change),
    )


def _render_row(
    form: RecordForm, row: Mapping[str, str], options: FormOptions, fmt: Formatter, *, on_change: OnForm
) -> None:
    sheet, row_id, typed = register_sheet("obligations"), row["row"], _form_of_row(form, row)

    def take(changed: RecordForm) -> None:
        rows = [changed.texts if other["row"] == row_id else other for other in obligation_rows(form)]
        set_obligation_rows(form, rows)
        on_change(form)

    with st.container(border=True, key=typed.name):
        render_field(sheet.field("text"), typed, options, fmt, on_change=take)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            with st.container(width=240):
                render_field(sheet.field("due_date"), typed, options, fmt, on_change=take)
            st.button(
                fmt.translate("Remove"),
                key=f"remove:{typed.name}",
                type="tertiary",
                icon=":material/close:",
                on_click=_remove_row,
                args=(form, row_id, on_change),
            )


def _form_of_row(form: RecordForm, row: Mapping[str, str]) -> RecordForm:
    """Return one obligation as a form of its own, which shares the id of the whole form."""
    return RecordForm(
        register="obligations",
        form_id=form.form_id,
        texts=dict(row),
        start={},
        topic=row["row"],
        faults=form.part_faults.setdefault(row["row"], {}),
    )


def _first_at_fault(form: RecordForm, fmt: Formatter) -> str:
    """Return the key of the first field of an obligation that is at fault, "" where none is."""
    for row in obligation_rows(form):
        for code in form.part_faults.get(row["row"], {}):
            return _form_of_row(form, row).key(code, fmt.translate.language)
    return ""


def _add_row(form: RecordForm, party: Party, on_change: OnForm) -> None:
    row = {"row": uuid4().hex[:8], "party": party.value, **dict.fromkeys(OBLIGATION_FIELDS, "")}
    set_obligation_rows(form, [*obligation_rows(form), row])
    on_change(form)


def _remove_row(form: RecordForm, row_id: str, on_change: OnForm) -> None:
    form.part_faults.pop(row_id, None)
    set_obligation_rows(form, [row for row in obligation_rows(form) if row["row"] != row_id])
    on_change(form)


def _faults_of_rows(form: RecordForm, fmt: Formatter) -> list[str]:
    """Return a line for each obligation with faults: its side, its text and the headings of the fields at fault."""
    sheet, language = register_sheet("obligations"), fmt.translate.language
    lines = []
    for row in obligation_rows(form):
        faults = form.part_faults.get(row["row"], {})
        if not faults:
            continue
        headings = [sheet.field(code).heading.in_language(language) for code in faults]
        named = fmt.translate(SIDES[Party(row["party"])])
        lines.append(f"{named}: {', '.join(headings)}")
    return lines

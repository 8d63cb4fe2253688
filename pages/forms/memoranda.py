"""Forms of what may be done with a memorandum: correct, amend, terminate it; enter, correct and fulfil obligations."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from components.memoranda.form import TERMS, render_new_names
from components.registers.action import FULFIL
from components.registers.form import render_record_form
from components.registers.form_state import RecordForm
from components.registers.options import FormOptions
from components.shell.filters import current_filters
from components.shell.formatter import Formatter
from components.shell.request_context import current_context
from data.database.engine import reading
from data.language import N_
from data.registers.entry import cell_text, register_sheet
from pages.forms.record import finish, form_documents_of, leave, render_withdraw_button
from pages.loaders.records import load_form_options
from pages.writes.memoranda import names_of, save_correction
from pages.writes.records import begin_form, save_form, store_form
from queries.memoranda.entry import next_amendment_number, next_obligation_number
from queries.memoranda.record import MemorandumPage
from queries.registers.records import StoredRecord

# What may be done, as the address says it; to a part of the memorandum with its id.
CORRECT, TERMINATE, WITHDRAW = "correct", "terminate", "withdraw"
ADD_OBLIGATION, CORRECT_OBLIGATION = "add-obligation", "correct-obligation"
WITHDRAW_OBLIGATION, CORRECT_AMENDMENT, WITHDRAW_AMENDMENT = (
    "withdraw-obligation",
    "correct-amendment",
    "withdraw-amendment",
)
# Places of the page where a result is said.
TOP, TERM, OBLIGATIONS = "top", "term", "obligations"

CORRECTED = N_("Corrected. The change counts everywhere at once.")
AMENDED = N_("The amendment is saved. The term that counts now is shown everywhere.")
TERMINATED = N_("The memorandum is terminated. Its status has changed everywhere.")
FULFILLED = N_("Marked fulfilled. It has left the list of what needs attention.")
OBLIGATION_SAVED = N_("The obligation is saved.")


def render_correction(page: MemorandumPage, fmt: Formatter) -> None:
    """Draw the form that corrects the terms and parties of the memorandum."""
    form = begin_form("memoranda", record=page.record)
    options = options_of(page, form, fmt)
    render_record_form(
        form,
        register_sheet("memoranda"),
        options,
        fmt,
        on_change=store_form,
        on_save=partial(finish, page.record.record_id, TOP, CORRECTED, save_correction),
        on_drop=leave,
        fields=TERMS,
        asks_reason=True,
        below={"stirs": partial(render_new_names, form, options, fmt, on_change=store_form)},
        title=fmt.translate("Correct the memorandum"),
        drop=fmt.translate("Leave the form"),
    )


def render_termination(page: MemorandumPage, fmt: Formatter) -> None:
    """Draw the form that terminates the memorandum: the day and the reason."""
    fields = ("terminated_date", "termination_reason")
    today = cell_text(current_context().today)
    form = begin_form("memoranda", record=page.record, start={"terminated_date": today}, topic=TERMINATE)
    render_record_form(
        form,
        register_sheet("memoranda"),
        options_of(page, form, fmt),
        fmt,
        on_change=store_form,
        on_save=partial(
            finish, page.record.record_id, TOP, TERMINATED, partial(save_form, is_part=True, required=fields)
        ),
        on_drop=leave,
        fields=fields,
        required=fields,
        submit=fmt.translate("Terminate"),
        title=fmt.translate("Terminate the memorandum"),
        drop=fmt.translate("Leave the form"),
    )


def render_amendment_form(page: MemorandumPage, amendment: StoredRecord | None, fmt: Formatter) -> None:
    """Draw the form of a new amendment, or of the correction of one."""
    record, place = page.record, TERM if amendment else TOP
    if amendment is None:
        with reading() as connection:
            number = next_amendment_number(connection, record_id=record.record_id)
        start = {**of_memorandum(record), "number": str(number), "signed_date": cell_text(current_context().today)}
        form = begin_form("amendments", start=start, topic=str(record.record_id))
    else:
        form = begin_form("amendments", record=amendment)
    documents = form_documents_of(form) if amendment is None else None
    render_record_form(
        form,
        register_sheet("amendments"),
        options_of(page, form, fmt),
        fmt,
        on_change=store_form,
        on_save=partial(
            finish,
            record.record_id,
            place,
            AMENDED if amendment is None else CORRECTED,
            save_form,
        ),
        on_drop=leave,
        fields=("signed_date", "expiry_date", "text"),
        asks_reason=amendment is not None,
        documents=documents,
        title=fmt.translate("Amendment of the memorandum"),
        submit=fmt.translate("Save the amendment"),
        drop=fmt.translate("Leave the form"),
    )
    if amendment is not None:
        render_withdraw_button(WITHDRAW_AMENDMENT, amendment.record_id, fmt)


def render_fulfilment(page: MemorandumPage, record: StoredRecord, fmt: Formatter) -> None:
    """Draw the form that marks an obligation fulfilled today, with what shows it."""
    start = {"fulfilled_date": cell_text(current_context().today), **numbered(page, record)}
    form = begin_form("obligations", record=record, start=start, topic=FULFIL)
    render_record_form(
        form,
        register_sheet("obligations"),
        options_of(page, form, fmt),
        fmt,
        on_change=store_form,
        on_save=partial(
            finish,
            page.record.record_id,
            f"obligation-{record.record_id}",
            FULFILLED,
            partial(save_form, is_part=True, required=("fulfilled_date",)),
        ),
        on_drop=leave,
        fields=("fulfilled_date", "evidence"),
        required=("fulfilled_date",),
        documents=form_documents_of(form),
        submit=fmt.translate("Mark fulfilled"),
        title=fmt.translate("Mark the obligation fulfilled"),
        drop=fmt.translate("Leave the form"),
    )


def render_obligation_form(page: MemorandumPage, record: StoredRecord | None, fmt: Formatter) -> None:
    """Draw the form of a new obligation, or of the correction of one."""
    if record is None:
        start = {**of_memorandum(page.record), **numbered(page, None)}
        form = begin_form("obligations", start=start, topic=str(page.record.record_id))
        place = OBLIGATIONS
    else:
        form = begin_form("obligations", record=record, start=numbered(page, record))
        place = f"obligation-{record.record_id}"
    render_record_form(
        form,
        register_sheet("obligations"),
        options_of(page, form, fmt),
        fmt,
        on_change=store_form,
        on_save=partial(finish, page.record.record_id, place, CORRECTED if record else OBLIGATION_SAVED, save_form),
        on_drop=leave,
        fields=("party", "text", "due_date", *(("fulfilled_date", "evidence") if record else ())),
        asks_reason=record is not None,
        title=fmt.translate("Obligation of a party"),
        submit=fmt.translate("Save"),
        drop=fmt.translate("Leave the form"),
    )
    if record is not None:
        render_withdraw_button(WITHDRAW_OBLIGATION, record.record_id, fmt)


def options_of(page: MemorandumPage, form: RecordForm, fmt: Formatter) -> FormOptions:
    """Return the options of a form about a memorandum, with the names of all its parties."""
    district = page.record.district_soato
    year = current_context().today.year
    options = load_form_options(current_filters(), fmt, districts=(district,), district_soato=district, year=year)
    named = {row["stir"]: f"{row['name']} · {row['stir']}" for row in page.parties.to_dict("records")}
    if form.register == "memoranda":
        named |= {stir: f"{name} · {stir}" for stir, name in names_of(form).items()}
    return replace(options, ngos={**options.ngos, **named})


def of_memorandum(record: StoredRecord) -> dict[str, str]:
    """Return the texts by which an amendment or an obligation names its memorandum."""
    return {"district": record.district_soato, "memorandum": record.texts["number"]}


def numbered(page: MemorandumPage, record: StoredRecord | None) -> dict[str, str]:
    """Return a number for an obligation that has none."""
    if record is not None and record.texts["number"]:
        return {}
    with reading() as connection:
        return {"number": next_obligation_number(connection, record_id=page.record.record_id)}

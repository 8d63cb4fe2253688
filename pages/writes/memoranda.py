"""Writes of memoranda: a new one with its parts, and a correction with new parties."""

from __future__ import annotations

from collections.abc import Mapping

from components.memoranda.form import OBLIGATION_FIELDS, chosen_stirs, new_names, obligation_rows
from components.registers.form_state import RecordForm, close_form
from data.database.engine import get_engine, reading
from data.dates import clock
from data.language import N_, DomainError, Message
from data.registers.entry import LIST_SEPARATOR
from pages.loaders.identity import require_actor
from pages.writes.records import save_form, store_form
from queries.memoranda.entry import NewMemorandum, NewMemorandumError, save_memorandum
from queries.registers.entries import SavedEntry
from queries.registers.options import next_number, ngo_names

NO_NAME = N_("Type the name of each organisation that is not known yet.")


def names_of(form: RecordForm) -> Mapping[str, str]:
    """Return the names of the chosen organisations that are known, by STIR."""
    with reading() as connection:
        return ngo_names(connection, stirs=chosen_stirs(form))


def suggest_number(form: RecordForm) -> None:
    """Fill in a number of the chosen district while there is none."""
    district = form.texts.get("district", "")
    if form.texts.get("number") or not district:
        return
    with reading() as connection:
        number = next_number(connection, register="memoranda", district_soato=district, year=clock.today().year)
    form.texts["number"] = number


def store_new(form: RecordForm) -> None:
    """Store the form of a new memorandum as a draft, with a number once its district is chosen."""
    suggest_number(form)
    store_form(form)


def save_new(form: RecordForm) -> SavedEntry | None:
    """Save a new memorandum with its obligations and documents and close its form, or note the faults in it."""
    form.clear_faults()
    form.attempts += 1
    if not _take_names(form):
        return None
    rows = obligation_rows(form)
    fields = ("party", *OBLIGATION_FIELDS)
    new = NewMemorandum(
        cells={code: text for code, text in form.texts.items() if code in form.start},
        obligations=[{code: row.get(code, "") for code in fields} for row in rows],
        document_ids=form.document_ids,
    )
    try:
        saved = save_memorandum(get_engine(), require_actor(), new, form_id=form.form_id, now=clock.now())
    except NewMemorandumError as error:
        form.faults, form.error = dict(error.faults), error.message
        form.part_faults = {rows[place]["row"]: dict(faults) for place, faults in error.obligation_faults.items()}
    except DomainError as error:
        form.error = error.message
    else:
        close_form(form)
        return saved
    return None


def save_correction(form: RecordForm) -> SavedEntry | None:
    """Save the correction of a memorandum with the names of new parties, or note the faults in its form."""
    return save_form(form) if _take_names(form) else None


def _take_names(form: RecordForm) -> bool:
    """Fill in the names of the parties where one is new, in the order of their STIRs; False where a name is missing."""
    stirs, known, typed = chosen_stirs(form), names_of(form), new_names(form)
    names = [known.get(stir, "") or typed.get(stir, "").strip() for stir in stirs]
    if not all(names):
        form.faults["ngo_name"] = Message(NO_NAME)
        return False
    # A semicolon parts the names of several organisations.
    is_new = any(stir not in known for stir in stirs)
    form.texts["ngo_name"] = LIST_SEPARATOR.join(name.replace(LIST_SEPARATOR, ",") for name in names) if is_new else ""
    return True

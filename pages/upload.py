"""Upload: a workbook is checked, shown cell by cell and accepted; rows to correct, empty templates, past uploads.

The checked workbook belongs to the session, with the file that the browser sent. A reload of the page ends it; the
address then says that a check was under way.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TypeVar, cast
from uuid import uuid4

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from components.registers.options import FormOptions
from components.registers.past_uploads import UndoResult, render_past_uploads
from components.registers.upload_preview import accept_label, render_preview
from components.shell.address import Param, choose, valid_choice, write_address
from components.shell.cache import cached_query
from components.shell.chrome import render_title
from components.shell.confirmation import render_confirmation
from components.shell.filters import Filters, current_filters
from components.shell.formatter import Formatter
from components.shell.localized_select import pick_many, pick_one
from components.shell.request_context import RequestContext, current_context
from data.database.engine import get_engine, reading
from data.dates import clock
from data.dates.period import Period
from data.language import N_, DomainError, Language, Message, Translator
from data.policy import Action, Actor, require
from data.registers.declaration import RegisterSheet
from data.workbook.downloaded_rows import records_workbook
from data.workbook.reading.package import FILE_LIMIT
from data.workbook.refused_rows import refused_rows_workbook
from data.workbook.template import TemplateWriter
from data.workbook.undo import TouchedRow
from pages.loaders.identity import require_actor
from queries.accounts.actors import require_account
from queries.registers.downloads import (
    MOST_ROWS,
    TooManyRowsError,
    count_to_correct,
    downloadable_sheets,
    rows_to_correct,
)
from queries.registers.uploads import (
    AcceptedUpload,
    ChangedSinceCheckError,
    CheckedUpload,
    TouchedRowsError,
    accept_upload,
    check_upload,
    undo_upload,
    uploads,
)

T = TypeVar("T")
FILE_MEGABYTES = FILE_LIMIT // 1024 // 1024
STATE, CHECKING = "upload:state", "checking"
PAST_UPLOADS = 50
# Beside the year where both have room, else above it.
REGISTERS_WIDTH = 560
YEARS = 5
TOLD_ROWS = 10
PROGRESS_STEP = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass
class UploadState:
    """What this session does with a file: its check, or why it cannot be read, or that it was accepted."""

    file_id: str
    checked: CheckedUpload | None = None
    error: Message | None = None
    accepted: AcceptedUpload | None = None
    changed_since: tuple[tuple[str, int], ...] = ()
    occasion: str = field(default_factory=lambda: uuid4().hex)


def render_page() -> None:
    """Draw the file with its check, and without one the rows to correct, the templates and the past uploads."""
    context, filters = current_context(), current_filters()
    require(context.actor, Action.IMPORT_WORKBOOK)
    translate, fmt = context.translate, Formatter(context.translate)
    render_title(translate("Upload"), context, has_area=False)
    file = pick_file(translate)
    state = state_of(file, context)
    if state is not None and file is not None:
        render_check(state, file, filters, fmt=fmt)
    if state is None or state.checked is None or state.accepted is not None:
        render_downloads(filters, context, fmt=fmt)
        render_past(fmt=fmt)


def pick_file(translate: Translator) -> UploadedFile | None:
    """Draw the choice of a file; its own words are Streamlit's."""
    text = N_(
        "Choose an Excel workbook, at most {limit} MB. It is checked first; nothing is written before you accept."
    )
    st.markdown(translate(text, limit=FILE_MEGABYTES))
    number = st.session_state.setdefault("upload:number", 0)
    return st.file_uploader(
        translate("Workbook with the sheets of a report"),
        type=["xlsx"],
        key=f"upload:file:{number}",
        max_upload_size=FILE_MEGABYTES,
        label_visibility="collapsed",
    )


def state_of(file: UploadedFile | None, context: RequestContext) -> UploadState | None:
    """Return what is known of the chosen file, checking it first; None without a file."""
    state = cast("UploadState | None", st.session_state.get(STATE))
    if file is None:
        is_lost = valid_choice(Param.DO, CHECKING.__eq__, default="") == CHECKING
        if is_lost and state is None:
            text = N_("The page was loaded anew. Nothing was changed: choose the file again.")
            st.info(context.translate(text), icon=":material/info:")
        if state is not None:
            st.session_state.pop(STATE)
            _mark(is_checking=False)
        return None
    if state is None or state.file_id != file.file_id:
        state = UploadState(file.file_id)
        check(state, file, context)
        st.session_state[STATE] = state
        _mark(is_checking=state.checked is not None)
    return state


def _mark(*, is_checking: bool) -> None:
    choose(Param.DO, CHECKING if is_checking else "")
    write_address()


def check(state: UploadState, file: UploadedFile, context: RequestContext) -> None:
    """Check the file and note the outcome, or why it cannot be read."""
    with stored(file) as path:
        progress = Progress(context.translate)
        try:
            state.checked = check_upload(
                get_engine(), require_actor(), path, file_name=file.name, today=clock.today(), progress=progress
            )
        except DomainError as error:
            state.error = error.message
        progress.end()


@contextmanager
def stored(file: UploadedFile) -> Iterator[Path]:
    """Store the file of the browser on the disk as long as the block lasts."""
    with tempfile.TemporaryDirectory(prefix="hamkor-upload-") as folder:
        path = Path(folder) / "book.xlsx"
        path.write_bytes(file.getvalue())
        yield path


class Progress:
    """Shows how many rows of a sheet are done."""

    def __init__(self, translate: Translator) -> None:
        self._translate = translate
        self._bar = st.progress(0.0, text=translate("The file is being read …"))

    def __call__(self, rows: Iterable[T], label: str) -> Iterable[T]:
        """Yield the same rows and draw the progress."""
        found = list(rows)
        for at, row in enumerate(found):
            if at % PROGRESS_STEP == 0:
                text = self._translate("{sheet}: row {row} of {number}", sheet=label, row=at + 1, number=len(found))
                self._bar.progress(at / len(found), text=text)
            yield row

    def end(self) -> None:
        """Remove the bar."""
        self._bar.empty()


def render_check(state: UploadState, file: UploadedFile, filters: Filters, *, fmt: Formatter) -> None:
    """Draw why the file cannot be read, what would come of it, or that it was accepted."""
    translate = fmt.translate
    if state.error is not None:
        text = translate.render(state.error)
        what = translate("Nothing was changed. Mend the file and choose it again.")
        render_confirmation(text, key="upload_error", kind="error", details=(what,), occasion=state.occasion)
        if state.checked is None:
            return
    if state.checked is None:
        return
    if state.accepted is not None:
        render_accepted(state.accepted, state.checked, fmt=fmt)
        return
    st.subheader(translate("What would come of it"), anchor=False)
    checked = state.checked
    if checked.accepted_at is not None:
        day = fmt.date(clock.day_of(checked.accepted_at))
        st.info(translate("This file was accepted on {day}.", day=day), icon=":material/history:")
    options = FormOptions(districts={code: area.name for code, area in filters.directory.areas.items()})
    taken = render_preview(
        checked.outcome, fmt, options=options, key=f"preview:{state.file_id}", changed_since=state.changed_since
    )
    render_refused_download(checked, fmt=fmt)
    number = checked.outcome.accepted + len(taken)
    if number == 0:
        st.info(translate("There is nothing to accept: no row would add or change anything."), icon=":material/info:")
    with st.container(horizontal=True):
        is_asked = st.button(
            accept_label(number, fmt),
            key="upload_accept",
            type="primary",
            icon=":material/check:",
            disabled=number == 0,
        )
        st.button(translate("Choose another file"), key="upload_other", on_click=forget_file)
    if is_asked:
        accept(state, checked, file, taken, fmt=fmt)


def forget_file() -> None:
    """Go back to the choice of a file; nothing is changed."""
    st.session_state.pop(STATE, None)
    st.session_state["upload:number"] = st.session_state.get("upload:number", 0) + 1
    _mark(is_checking=False)


def accept(
    state: UploadState,
    checked: CheckedUpload,
    file: UploadedFile,
    taken: frozenset[tuple[str, int]],
    *,
    fmt: Formatter,
) -> None:
    """Write the rows and draw the page again with the result."""
    progress = Progress(fmt.translate)
    state.error, state.occasion = None, uuid4().hex
    with stored(file) as path:
        try:
            state.accepted = accept_upload(
                get_engine(),
                require_actor(),
                path,
                checked,
                now=clock.now(),
                accept_doubted=taken,
                progress=progress,
            )
            _mark(is_checking=False)
        except ChangedSinceCheckError as error:
            state.checked, state.changed_since, state.error = error.checked, tuple(error.rows), error.message
        except DomainError as error:
            state.error = error.message
    st.rerun()


def render_accepted(accepted: AcceptedUpload, checked: CheckedUpload, *, fmt: Formatter) -> None:
    """Draw what was written and what comes next."""
    translate, outcome = fmt.translate, accepted.outcome
    added = translate("New records: {number}", number=fmt.number(outcome.accepted - outcome.changed))
    changed = translate("Corrected records: {number}", number=fmt.number(outcome.changed))
    details = [added, changed]
    if outcome.refused or outcome.doubted:
        number = fmt.number(outcome.refused + outcome.doubted)
        details.append(translate("Rows that stayed out: {number}. Mend them and upload them again.", number=number))
    text = translate("The file {name} was accepted.", name=checked.file_name)
    render_confirmation(text, key="upload_accepted", details=details, occasion=accepted.run_id)
    render_refused_download(checked, fmt=fmt)
    st.button(translate("Upload another file"), key="upload_next", on_click=forget_file, icon=":material/upload:")


def render_refused_download(checked: CheckedUpload, *, fmt: Formatter) -> None:
    """Draw the download of the refused rows with the reason beside each."""
    if not checked.outcome.refused:
        return
    st.download_button(
        fmt.translate("Refused rows as a workbook, with reasons"),
        data=partial(_refused_rows, checked, fmt.translate),
        file_name="rad-etilgan.xlsx",
        mime=XLSX,
        key="upload_refused",
        on_click="ignore",
        icon=":material/download:",
        type="tertiary",
    )


def _refused_rows(checked: CheckedUpload, translate: Translator) -> bytes:
    return refused_rows_workbook(checked.outcome, translate) or b""


def render_downloads(filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """Draw the downloads: the rows of a scope to correct, and an empty template."""
    translate = context.translate
    st.subheader(translate("Download my rows"), anchor=False)
    st.caption(
        translate(
            "Correct the cells in Excel and upload the file again: changed cells become corrections, new rows new "
            "records. A row that you leave out stays as it is."
        )
    )
    sheets = downloadable_sheets(context.actor)
    names = {sheet.code: sheet.title.in_language(context.language) for sheet in sheets}
    this_year = context.today.year
    years = {"": translate("All years")} | {str(year): str(year) for year in range(this_year, this_year - YEARS, -1)}
    all_registers = translate("All registers")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        with st.container(width=REGISTERS_WIDTH):
            codes = pick_many(translate("Registers"), names, name="upload:registers", placeholder=all_registers)
        year = pick_one(translate("Year"), years, name="upload:year", default=str(this_year), width=160)
    chosen = [sheet for sheet in sheets if sheet.code in codes or not codes]
    scope, period = context.actor.home_scope, Period.of_year(int(year)) if year else None
    number = cached_query(count_to_correct, sheets=chosen, scope=scope, period=period)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            translate("Download my rows"),
            data=partial(rows_workbook, context.actor, chosen, period, translate),
            file_name="hamkor.xlsx",
            mime=XLSX,
            key="download_rows",
            icon=":material/download:",
            on_click="ignore",
            disabled=number > MOST_ROWS,
        )
        area = filters.directory.of_scope(scope).name
        st.caption(translate("{area}: {number} rows", area=area, number=fmt.number(number)), width="content")
    if number > MOST_ROWS:
        told = {"rows": fmt.number(number), "limit": fmt.number(MOST_ROWS)}
        st.warning(translate(TooManyRowsError(number).message.text, **told), icon=":material/info:")
    st.subheader(translate("Empty template"), anchor=False)
    with st.container(horizontal=True):
        for language in Language:
            st.download_button(
                language.own_name,
                data=partial(_template, language),
                file_name=f"shablon-{language}.xlsx",
                mime=XLSX,
                key=f"template:{language}",
                on_click="ignore",
                icon=":material/download:",
                type="tertiary",
            )


def rows_workbook(actor: Actor, sheets: Sequence[RegisterSheet], period: Period | None, translate: Translator) -> bytes:
    """Return the workbook of the actor's rows, asked for as the person downloads it, outside of a run."""
    scope = actor.home_scope
    with reading() as connection:
        require_account(connection, actor)
        rows = {
            sheet.code: rows_to_correct(connection, actor, sheet=sheet, scope=scope, period=period) for sheet in sheets
        }
    return records_workbook(sheets, rows, translate)


def _template(language: Language) -> bytes:
    target = BytesIO()
    TemplateWriter(Translator(language)).write(target)
    return target.getvalue()


def render_past(*, fmt: Formatter) -> None:
    """Draw the past uploads with a way to undo each."""
    with reading() as connection:
        found = uploads(connection, require_actor(), limit=PAST_UPLOADS)
    if not found.empty:
        render_past_uploads(found, fmt, on_undo=partial(undo, translate=fmt.translate))


def undo(run_id: int, *, translate: Translator) -> UndoResult:
    """Undo an upload and return what to say about it."""
    try:
        undone = undo_upload(get_engine(), require_actor(), run_id=run_id, now=clock.now())
    except TouchedRowsError as error:
        rows = [_touched_text(row, translate) for row in error.rows[:TOLD_ROWS]]
        if len(error.rows) > TOLD_ROWS:
            rows.append(translate("and {number} more", number=len(error.rows) - TOLD_ROWS))
        return UndoResult(translate.render(error.message), "error", rows)
    except DomainError as error:
        return UndoResult(translate.render(error.message), "error")
    details = (
        translate("Withdrawn records: {number}", number=undone.withdrawn),
        translate("Records with their earlier values: {number}", number=undone.restored),
        translate("New organisations and mahallas stay in the directory."),
    )
    return UndoResult(translate("The upload was undone."), details=details)


def _touched_text(row: TouchedRow, translate: Translator) -> str:
    sheet = row.sheet.title.in_language(translate.language) if row.sheet else ""
    text = N_("{sheet}, {name}: others refer to it") if row.is_referred else N_("{sheet}, {name}: changed since")
    return translate(text, sheet=sheet, name=row.name)


render_page()

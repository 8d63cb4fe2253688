"""Audit log: who changed what and when, narrowed to a person, an action, a kind of record, a record and days."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import cast

import pandas as pd
import streamlit as st

from components.audit.entries import audit_columns, audit_rows, audit_table, named_ngos
from components.audit.texts import AuditNames, action_text, entity_text
from components.registers.options import FormOptions
from components.shell.address import Param, choices, choose
from components.shell.chrome import render_title
from components.shell.empty_state import render_empty
from components.shell.filters import Filters, current_filters
from components.shell.formatter import Formatter
from components.shell.request_context import RequestContext, current_context, screen_state
from components.shell.widgets import pick_filter, set_widget
from components.tables.downloads import XLSX, DownloadSheet, csv_file, xlsx_file
from components.tables.paging import PAGE_ROWS, first_row, render_paging
from data.database.engine import get_engine, reading
from data.language import Message
from data.policy import Action, ScopeKind, require
from data.workbook.cells.dates import parse_date
from data.workbook.errors import CellError
from pages.loaders.records import load_named_ngos
from queries.audit_log import (
    MOST_COUNTED,
    MOST_DOWNLOADED,
    AuditFilter,
    AuditOptions,
    AuditPage,
    audit_entries,
    audit_options,
    download_audit,
    logins_by_id,
    ngo_names_by_id,
)
from queries.registers.records import MODELS

ANY = ""
PAGE_KEY = "audit"
PERSON_WIDTH, ACTION_WIDTH, KIND_WIDTH, DAY_WIDTH = 200, 260, 220, 145
REGISTERS = {model.__tablename__: code for code, model in MODELS.items()}


@dataclass(frozen=True)
class FileKind:
    """Kind of file that the log is downloaded as."""

    name: str
    mime: str
    make: Callable[..., bytes]


FILES = (FileKind("csv", "text/csv", csv_file), FileKind("xlsx", XLSX, xlsx_file))


def render_page() -> None:
    """Draw the filters and a page of the entries, with their files."""
    context, filters = current_context(), current_filters()
    fmt = Formatter(context.translate)
    require(context.actor, Action.SEE_AUDIT)
    translate = fmt.translate
    render_title(translate("Audit log"), context, has_area=False)
    with reading() as connection:
        options = audit_options(connection, context.actor)
    wanted = pick_wanted(options, AuditNames(registers=REGISTERS), fmt)
    with reading() as connection:
        found = audit_entries(connection, context.actor, wanted, limit=PAGE_ROWS)
        if first := first_row(found.total, key=PAGE_KEY):
            found = audit_entries(connection, context.actor, wanted, limit=PAGE_ROWS, offset=first)
    render_record(wanted, fmt)
    st.subheader(heading(found, fmt), anchor=False)
    if found.frame.empty:
        render_empty(translate("No entry is here"), translate("Choose another person, action, kind of record or days."))
    else:
        st.html(audit_table(found.frame, names_of(found.frame, filters, context), fmt))
        render_paging(found.total, key=PAGE_KEY, fmt=fmt)
        render_files(wanted, filters, context, fmt)
    st.caption(
        translate("Entries that would tell who sent a confidential evaluation are neither shown here nor in the files.")
    )


def pick_wanted(options: AuditOptions, names: AuditNames, fmt: Formatter) -> AuditFilter:
    """Draw the filters and return what is asked for."""
    translate, everything = fmt.translate, {ANY: fmt.translate("All")}
    people = everything | {name: name for name in options.actors}
    actions = everything | dict(sorted_texts({code: action_text(code, translate) for code in options.actions}))
    kinds = everything | dict(sorted_texts({code: entity_text(code, names, translate) for code in options.entities}))
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        person = pick_filter(Param.ACTOR, translate("Person"), people, default=ANY, width=PERSON_WIDTH, is_long=True)
        action = pick_filter(Param.ACTION, translate("Action"), actions, default=ANY, width=ACTION_WIDTH, is_long=True)
        kind = pick_filter(Param.KIND, translate("Kind"), kinds, default=ANY, width=KIND_WIDTH, is_long=True)
        since = pick_day(Param.SINCE, translate("From day"), fmt)
        until = pick_day(Param.UNTIL, translate("To day"), fmt)
    return AuditFilter(
        actor=person,
        action=action,
        entity=kind,
        entity_id=choices().get(Param.SEARCH, "") if kind else "",
        since=since,
        until=until,
    )


def sorted_texts(texts: dict[str, str]) -> list[tuple[str, str]]:
    """Return codes with their texts by text."""
    return sorted(texts.items(), key=lambda item: item[1])


def pick_day(param: Param, label: str, fmt: Formatter) -> date | None:
    """Draw the choice of a day, which stands in the address; None where none is chosen."""
    key, fault, state = f"{param}:{fmt.translate.language}", f"{param}:fault", screen_state()
    chosen = day_of_address(param)
    if fault not in state:
        set_widget(key, fmt.date(chosen) if chosen else "")

    def take() -> None:
        typed = str(st.session_state[key] or "").strip()
        state.pop(fault, None)
        try:
            choose(param, parse_date(typed).isoformat() if typed else "")
        except CellError as error:
            choose(param, "")
            state[fault] = error.message
        choose(Param.PAGE, "")

    with st.container(width=DAY_WIDTH):
        st.text_input(label, key=key, placeholder=fmt.translate("dd.mm.yyyy"), on_change=take)
        if fault in state:
            st.error(fmt.translate.render(cast("Message", state[fault])))
    return chosen


def day_of_address(param: Param) -> date | None:
    """Return the day that the address names."""
    try:
        return parse_date(date.fromisoformat(choices().get(param, "")))
    except (ValueError, CellError):
        choose(param, "")
        return None


def render_record(wanted: AuditFilter, fmt: Formatter) -> None:
    """Draw that only one record is shown, and the way back to all."""
    if not wanted.entity_id:
        return
    names = AuditNames(registers=REGISTERS)
    kind = entity_text(wanted.entity, names, fmt.translate)
    with st.container(horizontal=True, vertical_alignment="center"):
        text = fmt.translate("Only {kind}, number in the database {number}", kind=kind, number=wanted.entity_id)
        st.caption(text, width="content")
        st.button(
            fmt.translate("Show all"),
            key="all-records",
            type="tertiary",
            icon=":material/close:",
            on_click=choose,
            args=(Param.SEARCH, ""),
        )


def heading(found: AuditPage, fmt: Formatter) -> str:
    """Return how many entries there are."""
    if found.is_more:
        return fmt.translate("Entries: the newest {number} of more", number=fmt.number(MOST_COUNTED))
    return fmt.translate("Entries: {number}", number=fmt.number(found.total))


def names_of(frame: pd.DataFrame, filters: Filters, context: RequestContext) -> AuditNames:
    """Return names for what entries hold as codes."""
    stirs, ngo_ids = named_ngos(frame, REGISTERS)
    areas = filters.directory.names()
    districts = {code: name for code, name in areas.items() if filters.directory[code].scope.kind is ScopeKind.DISTRICT}
    with reading() as connection:
        ngos = ngo_names_by_id(connection, context.actor, ngo_ids)
        logins = logins_by_id(connection, context.actor, set(frame.loc[frame["entity"] == "account", "entity_id"]))
    options = load_named_ngos(FormOptions(districts=districts), stirs)
    return AuditNames(registers=REGISTERS, options=options, areas=areas, ngos=ngos, logins=logins)


def render_files(wanted: AuditFilter, filters: Filters, context: RequestContext, fmt: Formatter) -> None:
    """Draw the downloads; each is an entry of the log itself."""
    translate = fmt.translate

    def make(kind: FileKind) -> bytes:
        """Return a file, asked for as the person downloads it, outside of a run."""
        frame = download_audit(get_engine(), context.actor, wanted, file_kind=kind.name)
        rows = audit_rows(frame, names_of(frame, filters, context), fmt)
        title = f"{translate('Audit log')}, {fmt.date(context.today)}"
        sheet = DownloadSheet(title, rows, audit_columns(fmt), is_demo=bool(context.demo_date))
        return kind.make(sheet, translate=translate)

    with st.container(horizontal=True, vertical_alignment="center"):
        for kind in FILES:
            st.download_button(
                kind.name.upper(),
                data=partial(make, kind),
                file_name=f"hamkor-audit.{kind.name}",
                mime=kind.mime,
                key=f"audit_{kind.name}",
                on_click="ignore",
                icon=":material/download:",
                type="tertiary",
            )
        most = translate("The newest {number} at most; a download is an entry too.", number=fmt.number(MOST_DOWNLOADED))
        st.caption(most, width="content")


render_page()

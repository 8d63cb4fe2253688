"""List of the entries of plan and events: as a table of links, as columns of a file, and the words of each."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from components.registers.values import month_names
from components.shell.address import record_address
from components.shell.areas import AreaDirectory
from components.shell.chrome import EVENT_ADDRESS, MAHALLA_ADDRESS, NGO_ADDRESS, PLAN_ITEM_ADDRESS
from components.shell.formatter import Formatter
from components.tables.columns import ColumnSpec, ColumnType
from components.tables.links import Link, LinkedCell, linked_table
from data.codes import Direction, EntryState, EventForm
from data.policy import Action, Actor, Scope, may

EVENT, ITEM = "event", "item"
Entry = Mapping[Hashable, Any]


def entry_address(kind_code: str, record_id: int, *, do: str = "") -> str:
    """Return the address of the page of an event or a plan item, with the action to begin there."""
    return record_address(EVENT_ADDRESS if kind_code == EVENT else PLAN_ITEM_ADDRESS, record_id, do=do)


def ngo_cell(ngos: Sequence[tuple[int, str]], actor: Actor) -> LinkedCell:
    """Return the names of NGOs; each is a link for those who may open its page."""
    return tuple(
        Link(name, record_address(NGO_ADDRESS, ngo_id)) if may(actor, Action.SEE_RECORDS, Scope.ngo(ngo_id)) else name
        for ngo_id, name in ngos
    )


def mahalla_cell(mahalla_id: int, name: str, fmt: Formatter) -> LinkedCell:
    """Return a mahalla as a link, or that an entry is for the whole district."""
    return Link(name, record_address(MAHALLA_ADDRESS, mahalla_id)) if mahalla_id else fmt.translate("Whole district")


def entry_name(entry: Entry, fmt: Formatter) -> str:
    """Return the title of an entry, or form and direction where it has none."""
    translate = fmt.translate
    form, direction = (
        translate(EventForm(entry["form_code"]).label),
        translate(Direction(entry["direction_code"]).label),
    )
    return str(entry["title"]) or translate("{form}: {direction}", form=form, direction=direction.lower())


def entry_day(entry: Entry, fmt: Formatter) -> str:
    """Return the day of an event, or the month of a plan item."""
    day: date = entry["entry_date"]
    return fmt.date(day) if entry["kind_code"] == EVENT else fmt.month(day)


def entry_state(entry: Entry, fmt: Formatter) -> str:
    """Return the state of an entry in words."""
    return fmt.translate(EntryState(entry["state_code"]).label)


def entries_html(
    frame: pd.DataFrame, *, directory: AreaDirectory, has_district: bool, actor: Actor, fmt: Formatter, title: str
) -> str:
    """Return entries of :func:`queries.events.entries.entries` as a table with links to all that it names."""
    translate = fmt.translate
    headings = [
        translate("Title"),
        translate("Date"),
        translate("State"),
        *([translate("District")] if has_district else []),
        translate("Mahalla"),
        translate("Direction"),
        translate("NGOs"),
        translate("Participants"),
    ]
    rows = [_cells(entry, directory, has_district, actor, fmt) for entry in frame.to_dict("records")]
    return linked_table(headings, rows, title=title, numbers=frozenset({len(headings) - 1}))


def _cells(
    entry: Entry, directory: AreaDirectory, has_district: bool, actor: Actor, fmt: Formatter
) -> list[LinkedCell]:
    people = entry["participants_total"]
    return [
        Link(entry_name(entry, fmt), entry_address(entry["kind_code"], entry["record_id"])),
        entry_day(entry, fmt),
        entry_state(entry, fmt),
        *([directory.name(entry["district_soato"])] if has_district else []),
        mahalla_cell(entry["mahalla_id"], entry["mahalla"], fmt),
        fmt.translate(Direction(entry["direction_code"]).label),
        ngo_cell(entry["ngo_links"], actor),
        fmt.number(people) if people else "–",
    ]


def entry_columns(fmt: Formatter) -> list[ColumnSpec]:
    """Columns of the entries in a file."""
    translate = fmt.translate
    return [
        ColumnSpec("number", translate("Number")),
        ColumnSpec("day", translate("Date")),
        ColumnSpec("state", translate("State")),
        ColumnSpec("district", translate("District")),
        ColumnSpec("mahalla", translate("Mahalla")),
        ColumnSpec("direction", translate("Direction")),
        ColumnSpec("form", translate("Form of event")),
        ColumnSpec("title", translate("Title")),
        ColumnSpec("ngos", translate("NGOs")),
        ColumnSpec("participants_total", translate("Participants"), ColumnType.NUMBER),
    ]


def entry_rows(frame: pd.DataFrame, *, directory: AreaDirectory, fmt: Formatter) -> pd.DataFrame:
    """Rows of :func:`queries.events.entries.entries` in words, for a file."""
    translate, rows = fmt.translate, frame.to_dict("records")
    return frame.assign(
        day=[entry_day(entry, fmt) for entry in rows],
        state=[entry_state(entry, fmt) for entry in rows],
        district=frame["district_soato"].map(directory.name),
        direction=[translate(Direction(code).label) for code in frame["direction_code"]],
        form=[translate(EventForm(code).label) for code in frame["form_code"]],
    )


def month_name(month: int, fmt: Formatter) -> str:
    """Return the name of a month by its number."""
    return month_names(fmt)[month]

"""Entries of the audit log as a table and as a file: when, who, what, which record, and each field before and after."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

import pandas as pd

from components.audit.texts import AuditNames, action_text, entity_text, field_text, plain_value
from components.registers.history import FieldChange, audited_text, changed_fields, moment_text
from components.registers.records import record_page
from components.shell.address import is_id, link_to
from components.shell.chrome import (
    ACCOUNTS_ADDRESS,
    AUDIT_ADDRESS,
    EVENT_ADDRESS,
    MAHALLA_ADDRESS,
    MEETING_ADDRESS,
    MEMORANDUM_ADDRESS,
    NGO_ADDRESS,
    PLAN_ITEM_ADDRESS,
)
from components.shell.formatter import Formatter
from components.tables.columns import ColumnSpec
from components.tables.links import Lines, Link, LinkedCell, linked_table
from data.registers.declaration import FieldKind
from data.registers.entry import LIST_SEPARATOR, register_sheet

# More lines than these are folded.
MOST_LINES = 4
LONGEST_NAME = 60
_ADDRESSES = {
    "memoranda": MEMORANDUM_ADDRESS,
    "events": EVENT_ADDRESS,
    "plans": PLAN_ITEM_ADDRESS,
    "ngos": NGO_ADDRESS,
    "mahallas": MAHALLA_ADDRESS,
}
# Parts of a memorandum have no page of their own.
_WITHOUT_PAGE = frozenset({"amendments", "obligations"})
_NGOS = frozenset({FieldKind.STIR, FieldKind.STIRS})
Entry = Mapping[Hashable, Any]


def audit_table(frame: pd.DataFrame, names: AuditNames, fmt: Formatter) -> str:
    """Return the rows of :func:`queries.audit_log.audit_entries` as a table with links to the records."""
    translate = fmt.translate
    headings = [translate("Time"), translate("Person"), translate("Action"), translate("Record")]
    headings += [translate("What changed"), translate("Reason")]

    def cells(row: Entry) -> list[LinkedCell]:
        lines = [_line(change) for change in changes_of(row, names, fmt)]
        is_long = len(lines) > MOST_LINES
        summary = translate.plural("{n} field", "{n} fields", len(lines)) if is_long else ""
        return [
            moment_text(row["at"], fmt),
            _person(row, fmt),
            action_text(row["action_code"], translate),
            _record_cell(row, names, fmt),
            Lines(lines, summary),
            row["reason"],
        ]

    return linked_table(headings, [cells(row) for row in frame.to_dict("records")], title=translate("Audit log"))


def audit_columns(fmt: Formatter) -> list[ColumnSpec]:
    """Return the columns of a file with entries."""
    translate = fmt.translate
    return [
        ColumnSpec("at", translate("Time")),
        ColumnSpec("actor", translate("Person")),
        ColumnSpec("action", translate("Action")),
        ColumnSpec("kind", translate("Kind")),
        ColumnSpec("record", translate("Record")),
        ColumnSpec("record_id", translate("Number in the database")),
        ColumnSpec("changes", translate("What changed")),
        ColumnSpec("reason", translate("Reason")),
    ]


def audit_rows(frame: pd.DataFrame, names: AuditNames, fmt: Formatter) -> pd.DataFrame:
    """Return entries in words, a row each with the columns of :func:`audit_columns`."""
    rows = [
        (
            moment_text(row["at"], fmt),
            _person(row, fmt),
            action_text(row["action_code"], fmt.translate),
            entity_text(row["entity"], names, fmt.translate),
            _name_of(row, names),
            row["entity_id"],
            "; ".join(_line(change) for change in changes_of(row, names, fmt)),
            row["reason"],
        )
        for row in frame.to_dict("records")
    ]
    return pd.DataFrame(rows, columns=[column.key for column in audit_columns(fmt)])


def changes_of(row: Entry, names: AuditNames, fmt: Formatter) -> list[FieldChange]:
    """Return the fields of an entry that differ before and after, in the words of the register's headings."""
    before, after = row["before"] or {}, row["after"] or {}
    found: list[FieldChange] = []
    declared: set[str] = set()
    if row["entity"] in names.registers:
        sheet = register_sheet(names.registers[row["entity"]])
        declared = {entry.code for entry in sheet.fields}
        found += changed_fields(sheet, before, after, names.options, fmt)
    for name in dict.fromkeys([*before, *after]):
        if name not in declared and before.get(name) != after.get(name):
            old, new = (plain_value(name, values.get(name), names, fmt) for values in (before, after))
            found.append(FieldChange(heading=field_text(name, fmt.translate), before=old, after=new))
    return [change for change in found if change.before != change.after]


def named_ngos(frame: pd.DataFrame, registers: Mapping[str, str]) -> tuple[set[str], set[int]]:
    """Return the NGOs that entries name: texts with their STIRs, and their ids."""
    stirs, ids = set[str](), set[int]()
    for row in frame.to_dict("records"):
        for values in filter(None, (row["before"], row["after"])):
            if isinstance(values.get("ngo_id"), int):
                ids.add(values["ngo_id"])
            if row["entity"] in registers:
                stirs.update(_stirs(registers[row["entity"]], values))
    return stirs, ids


def _stirs(register: str, values: Mapping[str, Any]) -> Iterator[str]:
    for entry in register_sheet(register).fields:
        if entry.kind in _NGOS and values.get(entry.code):
            yield from audited_text(entry, values[entry.code]).split(LIST_SEPARATOR)


def _line(change: FieldChange) -> str:
    if change.before == "–":
        return f"{change.heading}: {change.after}"
    return f"{change.heading}: {change.before} → {change.after}"


def _person(row: Entry, fmt: Formatter) -> str:
    return row["actor"] or fmt.translate("Unknown login")


def _record_cell(row: Entry, names: AuditNames, fmt: Formatter) -> LinkedCell:
    """Return the record as a link to its page, and a link to all entries about it; without a page to these alone."""
    kind, name, entity_id = entity_text(row["entity"], names, fmt.translate), _name_of(row, names), row["entity_id"]
    text = f"{kind}: {name}" if name else kind
    if not entity_id:
        return text
    address = _address_of(row, names)
    every = link_to(AUDIT_ADDRESS, kind=row["entity"], find=entity_id)
    return (Link(text, address), Link(fmt.translate("All its changes"), every)) if address else Link(text, every)


def _name_of(row: Entry, names: AuditNames) -> str:
    """Return what an entry calls its record, at most :data:`LONGEST_NAME` characters of it."""
    if row["entity"] == "account":
        return names.logins.get(row["entity_id"], "")
    values = {**(row["before"] or {}), **(row["after"] or {})}
    keys = ["number", "title", "login", "file_name", "text"]
    if row["entity"] in names.registers:
        sheet = register_sheet(names.registers[row["entity"]])
        keys = [sheet.key, sheet.name_field, *keys]
    name = next((str(values[key]) for key in keys if isinstance(values.get(key), str | int) and values[key]), "")
    name = name or (f"№ {row['entity_id']}" if row["entity_id"] else "")
    return name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…"


def _address_of(row: Entry, names: AuditNames) -> str:
    """Return the address of the record's page, "" where it has none."""
    entity, entity_id = row["entity"], row["entity_id"]
    if entity == "pack":
        return link_to(MEETING_ADDRESS, pack=entity_id)
    if not is_id(entity_id):
        return ""
    if entity == "account":
        return link_to(ACCOUNTS_ADDRESS, record=entity_id)
    if entity == "evaluation":
        event_id = (row["after"] or {}).get("event_id")
        return link_to(EVENT_ADDRESS, record=event_id) if isinstance(event_id, int) else ""
    register = names.registers.get(entity, "")
    if not register or register in _WITHOUT_PAGE:
        return ""
    if register in _ADDRESSES:
        return link_to(_ADDRESSES[register], record=entity_id)
    return record_page(register, int(entity_id))

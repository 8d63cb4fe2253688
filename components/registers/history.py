"""History of a record from the audit log: who changed what, when and why."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from typing import TYPE_CHECKING, Any

from components.charts.palette import GRID, MUTED_TEXT
from components.registers.options import FormOptions
from components.registers.values import value_text
from components.shell.formatter import Formatter
from data.dates.clock import TASHKENT
from data.language import N_
from data.registers.declaration import FieldKind, RegisterSheet, SheetField
from data.registers.entry import LIST_SEPARATOR, register_sheet
from data.workbook.database import RecordAction, WriteSource

if TYPE_CHECKING:
    import pandas as pd

ACTION_TEXTS: Mapping[str, str] = {
    RecordAction.ADDED: N_("Entered"),
    RecordAction.CORRECTED: N_("Corrected"),
    RecordAction.WITHDRAWN: N_("Withdrawn"),
    RecordAction.RESTORED: N_("Restored"),
    RecordAction.MERGED: N_("Merged into this one"),
}
SOURCE_TEXTS: Mapping[str, str] = {
    WriteSource.IMPORT: N_("by upload of a workbook"),
    WriteSource.COMMAND: N_("by a command on the server"),
}
DOCUMENT_ENTITY = "document"
_STYLE = f"""<style>
ol.hamkor-history {{ list-style: none; margin: 0; padding: 0; font-size: .9rem; }}
ol.hamkor-history > li {{ margin: 0; padding: .4rem 0; border-bottom: 1px solid {GRID}; overflow-wrap: anywhere; }}
.hamkor-history small {{ color: {MUTED_TEXT}; font-size: inherit; display: block; }}
.hamkor-history ul {{ margin: .1rem 0 0; padding-left: 1.2rem; }}
.hamkor-history del {{ color: {MUTED_TEXT}; }}
</style>"""


def history_html(
    history: pd.DataFrame, registers: Mapping[str, str], options: FormOptions, fmt: Formatter, *, has_names: bool
) -> str:
    """Return the changes as an HTML list, the newest first; what people typed is escaped.

    ``registers`` are the codes of registers by table. ``has_names``: the reader may know who made each change.
    """
    items = (_item(row, registers, options, fmt, has_names=has_names) for row in history.to_dict("records"))
    return f'{_STYLE}<ol class="hamkor-history">{"".join(items)}</ol>'


def _item(
    row: Mapping[Hashable, Any],
    registers: Mapping[str, str],
    options: FormOptions,
    fmt: Formatter,
    *,
    has_names: bool,
) -> str:
    translate, source, _, action = fmt.translate, *str(row["action_code"]).partition("_")
    before, after = row["before"] or {}, row["after"] or {}
    about = [moment_text(row["at"], fmt)]
    about += [str(row["actor"])] if has_names else []
    about += [translate(SOURCE_TEXTS[source])] if source in SOURCE_TEXTS else []
    what = translate(ACTION_TEXTS[action]) if action in ACTION_TEXTS else action
    if row["entity"] == DOCUMENT_ENTITY:
        name = str((after or before).get("file_name", ""))
        title, changes = f"{what} · {translate('Document')}: {name}", ""
    else:
        sheet = register_sheet(registers[row["entity"]])
        shown = (after or before).get(sheet.name_field) or (after or before).get("text") or ""
        named = sheet.name.in_language(translate.language)
        title = f"{what} · {named}: {shown}" if shown else f"{what} · {named}"
        is_change = action == RecordAction.CORRECTED
        changes = _changes(sheet, before, after, options, fmt) if is_change else ""
    reason = f"<div>{escape(translate('Reason: {reason}', reason=row['reason']))}</div>" if row["reason"] else ""
    return f"<li>{escape(title)}<small>{escape(' · '.join(about))}</small>{changes}{reason}</li>"


def _changes(
    sheet: RegisterSheet, before: Mapping[str, Any], after: Mapping[str, Any], options: FormOptions, fmt: Formatter
) -> str:
    """Return the fields that differ, old and new value, as an HTML list."""
    lines = [
        f"<li>{escape(change.heading)}: <del>{escape(change.before)}</del> → {escape(change.after)}</li>"
        for change in changed_fields(sheet, before, after, options, fmt)
    ]
    return f"<ul>{''.join(lines)}</ul>" if lines else ""


@dataclass(frozen=True, kw_only=True)
class FieldChange:
    """A field with its old and its new value in words."""

    heading: str
    before: str
    after: str


def changed_fields(
    sheet: RegisterSheet, before: Mapping[str, Any], after: Mapping[str, Any], options: FormOptions, fmt: Formatter
) -> list[FieldChange]:
    """Return the fields that differ between what the audit log has of a record before and after, in their order."""
    found = []
    for entry in sheet.fields:
        old, new = before.get(entry.code), after.get(entry.code)
        if (entry.code not in before and entry.code not in after) or (old or "") == (new or ""):
            continue
        texts = [value_text(entry, audited_text(entry, value), options, fmt) for value in (old, new)]
        heading = entry.heading.in_language(fmt.translate.language)
        found.append(FieldChange(heading=heading, before=texts[0], after=texts[1]))
    return found


def audited_text(entry: SheetField, value: object) -> str:
    """Return a value of the audit log as a form holds it."""
    if value is None:
        return ""
    if isinstance(value, list):
        return LIST_SEPARATOR.join(map(str, value))
    if entry.kind in {FieldKind.DATE, FieldKind.TERM}:
        try:
            return date.fromisoformat(str(value)).strftime("%d.%m.%Y")
        except ValueError:
            return str(value)
    return str(value)


def moment_text(moment: datetime, fmt: Formatter) -> str:
    """Return a moment as day and time in Tashkent."""
    here = moment.astimezone(TASHKENT)
    return f"{fmt.date(here.date())} {here:%H:%M}"

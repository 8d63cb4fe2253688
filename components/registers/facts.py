"""Fields of a record as a list of headings and values, with links to what it names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from components.charts.palette import GRID, MUTED_TEXT
from components.registers.options import FormOptions
from components.registers.values import value_text
from components.shell.address import record_address
from components.shell.chrome import MAHALLA_ADDRESS, MEMORANDUM_ADDRESS, NGO_ADDRESS, PLAN_ITEM_ADDRESS
from components.shell.formatter import Formatter
from components.tables.links import Link, LinkedCell, cell_html
from data.registers.declaration import FieldKind, RegisterSheet, SheetField
from data.registers.entry import LIST_SEPARATOR

_STYLE = f"""<style>
dl.hamkor-facts {{ display: grid; grid-template-columns: minmax(8rem, 14rem) 1fr; margin: 0; padding: 0;
  font-size: .9rem; }}
.hamkor-facts :is(dt, dd) {{ margin: 0; padding: .375rem .75rem .375rem 0; border-bottom: 1px solid {GRID};
  overflow-wrap: anywhere; }}
.hamkor-facts dt {{ color: {MUTED_TEXT}; font-weight: 400; }}
@media (max-width: 700px) {{
  dl.hamkor-facts {{ grid-template-columns: 1fr; }}
  .hamkor-facts dt {{ border: 0; padding-bottom: 0; }}
}}
</style>"""


def facts_html(facts: Sequence[tuple[str, LinkedCell]]) -> str:
    """Return headings with their values as an HTML list; texts are escaped."""
    items = "".join(f"<dt>{escape(heading)}</dt><dd>{cell_html(cell)}</dd>" for heading, cell in facts)
    return f'{_STYLE}<dl class="hamkor-facts">{items}</dl>'


def field_facts(
    sheet: RegisterSheet,
    texts: Mapping[str, str],
    options: FormOptions,
    fmt: Formatter,
    *,
    cells: Mapping[str, LinkedCell],
    left_out: frozenset[str] = frozenset(),
) -> list[tuple[str, LinkedCell]]:
    """Return the fields of a record that are filled in, in words; what has a page is a link.

    ``cells`` are those in words of their own, by field code.
    """
    return [
        (
            _heading(field, fmt),
            cells.get(field.code) or value_cell(field, text, options, fmt),
        )
        for field in sheet.fields
        if field.code not in left_out and ((text := texts.get(field.code, "")) or cells.get(field.code))
    ]


def value_cell(field: SheetField, text: str, options: FormOptions, fmt: Formatter) -> LinkedCell:
    """Return the text of a field in words, with links to the NGOs, mahallas and records that it names."""
    register, address = _page_of(field)
    if not text or not address:
        return value_text(field, text, options, fmt)
    ids, cells = options.links.get(register, {}), list[str | Link]()
    for part in text.split(LIST_SEPARATOR):
        name = options.ngos.get(part, part).split(" · ")[0] if register == "ngos" else part
        cells.append(Link(name, record_address(address, int(ids[part]))) if part in ids else name)
    return cells


def _page_of(field: SheetField) -> tuple[str, str]:
    """Return the register that a field names records of, and the address of their pages; "" and "" for none."""
    if field.kind in {FieldKind.STIR, FieldKind.STIRS}:
        return "ngos", NGO_ADDRESS
    if field.kind in {FieldKind.MAHALLA, FieldKind.NAMES}:
        return "mahallas", MAHALLA_ADDRESS
    return field.refers_to, {"memoranda": MEMORANDUM_ADDRESS, "plans": PLAN_ITEM_ADDRESS}.get(field.refers_to, "")


def _heading(field: SheetField, fmt: Formatter) -> str:
    """Return the heading of a field; NGOs are shown by name, where a workbook has their STIR."""
    names = {FieldKind.STIR: fmt.translate("NGO"), FieldKind.STIRS: fmt.translate("NGOs")}
    return names.get(field.kind) or field.heading.in_language(fmt.translate.language)

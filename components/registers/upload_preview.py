"""Preview of a checked workbook: what it would add and change, cell by cell, what is refused, asked and warned of."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from components.charts.palette import GRID, MUTED_TEXT
from components.registers.options import FormOptions
from components.registers.values import value_text
from components.shell.formatter import Formatter
from data.language import Translator
from data.registers.declaration import SheetField
from data.registers.entry import cell_text
from data.workbook.outcome import Outcome, SheetOutcome

SHOWN_ROWS = 200
ASKED_ROWS = 25
"""Doubted rows with a box of their own; more are taken or left together."""
_STYLE = f"""<style>
.hamkor-rows {{ width: 100%; border-collapse: collapse; font-size: .875rem; margin: 0 0 .5rem; }}
.hamkor-rows caption {{ text-align: left; font-weight: 600; padding: .25rem 0; }}
.hamkor-rows :is(th, td) {{ padding: .25rem .75rem .25rem 0; border: 0; border-bottom: 1px solid {GRID};
  text-align: left; vertical-align: top; font-weight: 400; overflow-wrap: anywhere; }}
.hamkor-rows thead th {{ color: {MUTED_TEXT}; }}
.hamkor-rows tbody th {{ white-space: nowrap; }}
.hamkor-rows del {{ color: {MUTED_TEXT}; }}
.hamkor-rows ins {{ text-decoration: none; font-weight: 600; }}
@media (max-width: 700px) {{
  .hamkor-rows thead {{ position: absolute; clip-path: inset(50%); }}
  .hamkor-rows tr {{ display: block; padding: .25rem 0; border-bottom: 1px solid {GRID}; }}
  .hamkor-rows :is(tbody th, td) {{ display: block; padding: 0; border: 0; }}
  .hamkor-rows tbody th::before {{ content: attr(data-heading) " "; color: {MUTED_TEXT}; }}
}}
</style>"""


def rows_table(title: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table under a title as HTML; on a phone the cells of a row stand under each other.

    Cells are HTML: their texts are escaped by the caller.
    """
    head = "".join(f'<th scope="col">{escape(heading)}</th>' for heading in headings)
    first = f'<th scope="row" data-heading="{escape(headings[0])}">'
    body = "".join(f"<tr>{first}{row[0]}</th>{''.join(f'<td>{cell}</td>' for cell in row[1:])}</tr>" for row in rows)
    return (
        f'{_STYLE}<table class="hamkor-rows"><caption>{escape(title)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def render_preview(
    outcome: Outcome, fmt: Formatter, *, options: FormOptions, key: str, changed_since: Sequence[tuple[str, int]] = ()
) -> frozenset[tuple[str, int]]:
    """Draw what would come of a workbook; returns the doubted rows that the person takes as they are said to be.

    ``changed_since``: rows that come out otherwise than at an earlier check.
    """
    translate = fmt.translate
    taken: set[tuple[str, int]] = set()
    for sheet in outcome.sheets:
        if _has_nothing_to_say(sheet):
            continue
        with st.container(border=True, gap="xsmall"):
            st.markdown(f"**{sheet.sheet.title.in_language(translate.language)}**")
            st.caption(counts_text(sheet, fmt))
            others = [row for code, row in changed_since if code == sheet.sheet.code]
            if others:
                rows = ", ".join(map(str, others[:SHOWN_ROWS]))
                st.warning(translate("Someone else changed these rows meanwhile: {rows}", rows=rows))
            taken |= {(sheet.sheet.code, row) for row in _render_doubted(sheet, fmt, key=key)}
            _render_refused(sheet, translate)
            _render_changed(sheet, fmt, options)
            _render_warnings(sheet, translate, key=key)
    _render_unchanged(outcome, fmt)
    _render_left_out(outcome, fmt)
    return frozenset(taken)


def _has_nothing_to_say(sheet: SheetOutcome) -> bool:
    return not (sheet.accepted or sheet.refused or sheet.doubted or sheet.warnings)


def _render_unchanged(outcome: Outcome, fmt: Formatter) -> None:
    """Draw the sheets whose rows all say what is known."""
    translate = fmt.translate
    rows = [
        (escape(sheet.sheet.title.in_language(translate.language)), fmt.number(sheet.duplicates))
        for sheet in outcome.sheets
        if sheet.duplicates and _has_nothing_to_say(sheet)
    ]
    _render_rows(translate("Unchanged"), (translate("Sheet"), translate("Rows")), rows, translate)


def counts_text(sheet: SheetOutcome, fmt: Formatter) -> str:
    """Return the number of rows of a sheet by what would come of them."""
    translate = fmt.translate
    counts = (
        (sheet.added, translate("new: {number}", number=fmt.number(sheet.added))),
        (len(sheet.changed), translate("changed: {number}", number=fmt.number(len(sheet.changed)))),
        (len(sheet.doubted_rows), translate("to be settled: {number}", number=fmt.number(len(sheet.doubted_rows)))),
        (len(sheet.refused), translate("refused: {number}", number=fmt.number(len(sheet.refused)))),
        (sheet.duplicates, translate("unchanged: {number}", number=fmt.number(sheet.duplicates))),
    )
    return " · ".join(text for number, text in counts if number) or translate("no rows")


def _render_doubted(sheet: SheetOutcome, fmt: Formatter, *, key: str) -> frozenset[int]:
    """Draw each doubt with a box to take the row as said; returns the rows that are taken."""
    if not sheet.doubted:
        return frozenset()
    translate, rows = fmt.translate, sorted(sheet.doubted_rows)
    st.markdown(f"{translate('Is it meant so?')} :small[{translate('Rows that are not ticked stay out.')}]")
    name = f"{key}:{sheet.sheet.code}:doubted"
    taken: set[int] = set()
    if len(rows) > 1:
        text = translate("Take all {number} rows as said", number=fmt.number(len(rows)))
        if st.checkbox(text, key=f"{name}:all"):
            taken = set(rows)
    for row in rows[:ASKED_ROWS]:
        said = [
            f"{entry.field.heading.in_language(translate.language)}: {translate.render(entry.message)}"
            for entry in sheet.doubted
            if entry.row == row
        ]
        label = translate("Row {row}", row=row)
        is_taken = st.checkbox(f"{label} – {_plain(' '.join(said))}", key=f"{name}:{row}", disabled=bool(taken))
        taken |= {row} if is_taken else set()
    if len(rows) > ASKED_ROWS:
        listed = [
            (str(entry.row), escape(_heading(entry.field, translate)), escape(translate.render(entry.message)))
            for entry in sheet.doubted
            if entry.row in rows[ASKED_ROWS:]
        ]
        _render_rows(translate("More rows to be settled"), _reason_headings(translate), listed, translate)
    return frozenset(taken)


def _plain(text: str) -> str:
    """Text of a label, whose Markdown signs are escaped."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>#~:$" else sign for sign in text)


def _heading(entry: SheetField, translate: Translator) -> str:
    return entry.heading.in_language(translate.language)


def _reason_headings(translate: Translator) -> tuple[str, str, str]:
    return translate("Row"), translate("Column"), translate("What is wrong, and how to mend it")


def _render_refused(sheet: SheetOutcome, translate: Translator) -> None:
    rows = [
        (str(entry.row), escape(_heading(entry.field, translate)), escape(translate.render(entry.message)))
        for entry in sheet.refused
    ]
    _render_rows(translate("Refused"), _reason_headings(translate), rows, translate)


def _render_changed(sheet: SheetOutcome, fmt: Formatter, options: FormOptions) -> None:
    translate = fmt.translate
    secret = escape(translate("A confidential evaluation: what changes is not shown."))
    rows: list[tuple[str, str, str]] = []
    for entry in sheet.changed:
        for cell in entry.cells:
            old, new = (escape(shown_value(cell.field, value, options, fmt)) for value in (cell.old, cell.new))
            change = f"<del>{old}</del> → <ins>{new}</ins>"
            rows.append((str(entry.row), escape(_heading(cell.field, translate)), change))
        if not entry.cells:
            rows.append((str(entry.row), "", secret))
    headings = (translate("Row"), translate("Column"), translate("Before and after"))
    _render_rows(translate("Changed"), headings, rows, translate)


def shown_value(entry: SheetField, value: object, options: FormOptions, fmt: Formatter) -> str:
    """Return a value of a changed cell in the reader's words; a dash where it is empty."""
    return value_text(entry, cell_text(tuple(value) if isinstance(value, list) else value), options, fmt)


def _render_warnings(sheet: SheetOutcome, translate: Translator, *, key: str) -> None:
    if not sheet.warnings:
        return
    label = translate("Warnings: {number}", number=len(sheet.warnings))
    with st.expander(label, key=f"{key}:{sheet.sheet.code}:warnings", type="compact"):
        rows = [(str(row) if row else "–", escape(translate.render(message))) for row, message in sheet.warnings]
        _render_rows(translate("Taken all the same"), (translate("Row"), translate("Warning")), rows, translate)


def _render_rows(title: str, headings: Sequence[str], rows: Sequence[Sequence[str]], translate: Translator) -> None:
    if not rows:
        return
    st.html(rows_table(title, headings, rows[:SHOWN_ROWS]))
    if len(rows) > SHOWN_ROWS:
        st.caption(translate("The first {shown} of {number} are shown.", shown=SHOWN_ROWS, number=len(rows)))


def _render_left_out(outcome: Outcome, fmt: Formatter) -> None:
    """Draw which sheets were not read, and which mahallas would be new."""
    translate = fmt.translate
    rows = [
        (escape(sheet.title.in_language(translate.language)), escape(_closed_text(number, fmt)))
        for sheet, number in outcome.closed_sheets
    ]
    rows += [(escape(name), escape(translate.render(message))) for name, message in outcome.skipped_sheets]
    _render_rows(translate("Sheets that stay out"), (translate("Sheet"), translate("Why")), rows, translate)
    names = [(escape(district), escape(name)) for district, name in outcome.new_mahallas]
    headings = (translate("District (city)"), translate("Mahalla"))
    _render_rows(translate("Mahallas that are not in the directory yet and would be added"), headings, names, translate)


def _closed_text(rows: int, fmt: Formatter) -> str:
    translate = fmt.translate
    return translate("{number} rows: these records are entered by the administrator.", number=fmt.number(rows))


def accept_label(number: int, fmt: Formatter) -> str:
    """Return the text of the button that accepts a number of rows."""
    return fmt.translate.plural("Accept {number} row", "Accept {number} rows", number, number=fmt.number(number))

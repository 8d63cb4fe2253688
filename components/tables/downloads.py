"""Downloads: the rows of a table as a CSV file for spreadsheets in the reader's language, and as a workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st
from openpyxl import Workbook

from components.exports.cells import escaped_formula, without_control_characters
from components.shell.formatter import Formatter, is_missing
from components.tables.columns import NUMERIC, ColumnSpec, cell_text
from data.directory import CREDIT_LINE
from data.effectiveness.method_version import METHOD_EDITION
from data.language import Translator

# More is refused in a cell of a workbook.
LONGEST_CELL = 32_767
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class DownloadSheet:
    """Content of a download: a title, a frame, or what reads it once the file is asked for, and its declared columns.

    ``is_demo`` marks demo data.
    """

    title: str
    frame: pd.DataFrame | Callable[[], pd.DataFrame]
    columns: list[ColumnSpec]
    is_demo: bool


def render_download(
    sheet: DownloadSheet | Callable[[], DownloadSheet], *, translate: Translator, key: str, file_name: str
) -> None:
    """Draw a button that downloads a sheet as CSV; file, and sheet where it is a function, are made when requested."""

    def make() -> bytes:
        return csv_file(sheet if isinstance(sheet, DownloadSheet) else sheet(), translate=translate)

    st.download_button(
        translate("Download the table"),
        data=make,
        file_name=f"{file_name}.csv",
        mime="text/csv",
        key=key,
        on_click="ignore",
        icon=":material/download:",
        type="tertiary",
    )


def xlsx_file(sheet: DownloadSheet, *, translate: Translator) -> bytes:
    """Return the sheet as a workbook with the rows and notes of :func:`csv_file`; no text of it is run as a formula."""
    fmt = Formatter(translate)
    book = Workbook(write_only=True)
    page = book.create_sheet(translate("Table"))
    page.freeze_panes = "A2"
    page.append([_plain_text(column.label) for column in sheet.columns])
    frame = sheet.frame() if callable(sheet.frame) else sheet.frame
    for record in frame.to_dict("records"):
        page.append([_value(record[column.key], column, fmt) for column in sheet.columns])
    for line in ("", *export_notes(sheet, translate=translate)):
        page.append([_plain_text(line)])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _value(value: object, column: ColumnSpec, fmt: Formatter) -> str | float:
    if column.kind in NUMERIC and not is_missing(value):
        return float(str(value))
    return _plain_text(cell_text(value, column, fmt))


def _plain_text(text: str) -> str:
    """Return a text as a cell of a workbook takes it, cut where it allows no more."""
    return escaped_formula(without_control_characters(text))[:LONGEST_CELL]


def csv_file(sheet: DownloadSheet, *, translate: Translator) -> bytes:
    """Return the sheet as UTF-8 with a byte order mark, and lines on source, method and demo data at its end.

    Separator and decimal sign are those that spreadsheets expect in the language. Text that a spreadsheet would run
    as a formula is preceded by an apostrophe.
    """
    fmt = Formatter(translate)
    text = io.StringIO()
    rows = csv.writer(text, delimiter=";" if translate.language.has_decimal_comma else ",", lineterminator="\r\n")
    rows.writerow([escaped_formula(column.label) for column in sheet.columns])
    frame = sheet.frame() if callable(sheet.frame) else sheet.frame
    for record in frame.to_dict("records"):
        rows.writerow([_cell(record[column.key], column, fmt) for column in sheet.columns])
    rows.writerows([[], *([escaped_formula(line)] for line in export_notes(sheet, translate=translate))])
    return text.getvalue().encode("utf-8-sig")


def export_notes(sheet: DownloadSheet, *, translate: Translator) -> Sequence[str]:
    """Return the lines that every export has: title, demo note, version of the method, credit of the outlines."""
    demo = [translate("Demo data: invented figures, not for use")] if sheet.is_demo else []
    return [sheet.title, *demo, translate("Method version {version}", version=METHOD_EDITION), translate(CREDIT_LINE)]


def _cell(value: object, column: ColumnSpec, fmt: Formatter) -> str:
    if column.kind in NUMERIC and not is_missing(value):
        exact = f"{round(float(str(value)), 4):.15g}"
        return exact.replace(".", ",") if fmt.translate.language.has_decimal_comma else exact
    return escaped_formula(cell_text(value, column, fmt))

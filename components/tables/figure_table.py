"""Table and file of a chart's figures, sent only when opened."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from components.shell.filters import Filters
from components.shell.formatter import Formatter
from components.shell.request_context import RequestContext
from components.tables.columns import ColumnSpec
from components.tables.downloads import DownloadSheet, render_download
from components.tables.paging import PAGE_ROWS
from components.tables.record_table import render_record_table


def render_figure_table(
    rows: pd.DataFrame | Callable[[], pd.DataFrame],
    columns: list[ColumnSpec],
    *,
    title: str,
    key: str,
    filters: Filters,
    context: RequestContext,
    fmt: Formatter,
) -> None:
    """Draw a folded table with its download; ``key`` names its widgets and its file.

    ``rows`` may be a function, which is called once the table is opened.
    """
    translate = fmt.translate
    label = translate("{title}: table", title=title)
    opened = st.expander(label, icon=":material/table:", key=f"{key}_rows", on_change="rerun")
    if not opened.open:
        return
    shown = rows() if callable(rows) else rows
    with opened:
        render_table_and_file(shown, columns, title=title, key=key, filters=filters, context=context, fmt=fmt)


def render_table_and_file(
    rows: pd.DataFrame,
    columns: list[ColumnSpec],
    *,
    title: str,
    key: str,
    filters: Filters,
    context: RequestContext,
    fmt: Formatter,
    size: int = PAGE_ROWS,
) -> None:
    """Draw a table, ``size`` rows a page, and its download, whose title names the area and the period."""
    translate = fmt.translate
    render_record_table(rows, columns, fmt=fmt, title=title, key=f"{key}_page", size=size)
    full = translate(
        "{title}: {area}, {period}", title=title, area=filters.area.name, period=fmt.period(filters.period)
    )
    sheet = DownloadSheet(full, rows, columns, is_demo=bool(context.demo_date))
    render_download(sheet, translate=translate, key=f"{key}_file", file_name=f"hamkor-{key.replace('_', '-')}")

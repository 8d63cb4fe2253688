"""The figures of a chart as a table and a file, sent only when opened."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from components.columns import Column
from components.downloads import Sheet, render_download
from components.filters import View
from components.format import Formatter
from components.session import Visit
from components.tables import render_table


def render_figure_table(
    rows: pd.DataFrame, columns: list[Column], *, title: str, key: str, view: View, visit: Visit, write: Formatter
) -> None:
    """A folded table with its download; ``key`` names its widgets and its file."""
    translate = write.translate
    label = translate("{title}: table", title=title)
    opened = st.expander(label, icon=":material/table:", key=f"{key}_rows", on_change="rerun")
    if not opened.open:
        return
    with opened:
        render_table_and_file(rows, columns, title=title, key=key, view=view, visit=visit, write=write)


def render_table_and_file(
    rows: pd.DataFrame, columns: list[Column], *, title: str, key: str, view: View, visit: Visit, write: Formatter
) -> None:
    """A table and its download, whose title names the area and the period."""
    translate = write.translate
    render_table(rows, columns, translate=translate, key=f"{key}_table", alt=title)
    full = translate("{title}: {area}, {period}", title=title, area=view.area.name, period=write.period(view.period))
    sheet = Sheet(full, rows, columns, is_demo=bool(visit.demo_date))
    render_download(sheet, translate=translate, key=f"{key}_file", file_name=f"hamkor-{key.replace('_', '-')}")

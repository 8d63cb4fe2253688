"""Sortable tables with headings and values in the reader's language."""

from __future__ import annotations

from typing import Any, cast

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler
from streamlit.elements.lib.column_types import ColumnConfig

from components.shell.formatter import Formatter
from components.tables.columns import NUMERIC, ColumnSpec, ColumnType, cell_text, shown_frame
from data.language import Translator

ROWS_SHOWN = 12
ROW_HEIGHT = 35


def render_table(frame: pd.DataFrame, columns: list[ColumnSpec], *, translate: Translator, key: str, alt: str) -> None:
    """Draw the declared columns of a frame. ``alt`` describes the table to those who cannot see it."""
    st.dataframe(_styled(frame, columns, translate), key=key, **_look(frame, columns, translate, alt))


def _styled(frame: pd.DataFrame, columns: list[ColumnSpec], translate: Translator) -> Styler:
    """Return a styler that formats numbers in the language while they are still sorted as numbers."""
    fmt = Formatter(translate)
    shown = shown_frame(frame, columns, translate=translate).reset_index(drop=True)
    formats = {
        column.key: (lambda value, column=column: cell_text(value, column, fmt))
        for column in columns
        if column.kind in NUMERIC
    }
    return shown.style.format(cast("Any", formats))


def _look(frame: pd.DataFrame, columns: list[ColumnSpec], translate: Translator, alt: str) -> dict[str, Any]:
    rows = min(len(frame), ROWS_SHOWN) + 1
    kinds = {column.kind for column in columns}
    return {
        "column_config": {column.key: _config(column) for column in columns},
        "hide_index": True,
        "height": rows * ROW_HEIGHT + 2,
        "placeholder": Formatter(translate).missing
        if ColumnType.INDICATOR in kinds and ColumnType.DATE not in kinds
        else "–",
        "alt": alt,
    }


def _config(column: ColumnSpec) -> ColumnConfig:
    described = column.help or None
    if column.kind is ColumnType.DATE:
        return st.column_config.DateColumn(column.label, help=described, format="DD.MM.YYYY")
    if column.kind in NUMERIC:
        return st.column_config.NumberColumn(column.label, help=described)
    return st.column_config.TextColumn(column.label, help=described, width=column.width)

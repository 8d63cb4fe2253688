"""Table of records: links to their pages, second lines, and everything that people typed as text."""

from __future__ import annotations

import pandas as pd

from components.shell.formatter import Formatter
from components.tables.columns import ColumnSpec, ColumnType
from components.tables.record_table import record_table
from data.language import Language, Translator

FMT = Formatter(Translator(Language.EN))


def test_cells_are_links_notes_and_words() -> None:
    frame = pd.DataFrame(
        {
            "number": ["M-1", "<b>M-2</b>"],
            "title": ["Bir", "<i>Ikki</i>"],
            "address": ["/memorandum?record=1&lang=en", ""],
            "status": ["in_force", "expired"],
            "day": [pd.Timestamp(2026, 11, 20), pd.NaT],
        }
    )
    columns = [
        ColumnSpec("number", "Number", link="address", note="title"),
        ColumnSpec("status", "Status", ColumnType.STATUS),
        ColumnSpec("day", "Day", ColumnType.DATE),
    ]
    html = record_table(frame, columns, fmt=FMT, title='The "list"')
    assert '<a href="/memorandum?record=1&amp;lang=en" target="_self">M-1</a><small>Bir</small>' in html
    assert "&lt;b&gt;M-2&lt;/b&gt;<small>&lt;i&gt;Ikki&lt;/i&gt;</small></th>" in html
    assert '<table aria-label="The &quot;list&quot;">' in html
    assert "In force" in html
    assert 'class="date" data-label="Day">20.11.2026</td>' in html
    assert 'class="date is-missing" data-label="Day">–</td>' in html

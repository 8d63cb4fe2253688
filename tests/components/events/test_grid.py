"""The year's grid: what the script that draws it is told."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

import pandas as pd

from components.events.grid import GridRow, grid_html
from components.shell.formatter import Formatter
from components.tables.links import Link
from data.language import Language, Translator

HOSTILE = '</script><style>"]]>--> &quot; ʻ'
COUNTS = pd.DataFrame(
    [
        {"row_code": "7", "month": 1, "overdue": 1, "held": 2, "planned": 0, "cancelled": 0},
        {"row_code": "7", "month": 12, "overdue": 0, "held": 0, "planned": 1300, "cancelled": 0},
        {"row_code": "8", "month": 1, "overdue": 0, "held": 3, "planned": 0, "cancelled": 4},
    ]
)
ROWS = (GridRow("7", Link("Bogʻ", "/mahalla?record=7")), GridRow("8", HOSTILE), GridRow("9", "Empty"))


def told(language: Language = Language.EN) -> dict[str, Any]:
    """Return what the script is told of three rows."""
    html = grid_html(
        COUNTS,
        ROWS,
        address=lambda code: f"?view=list&mahalla={code}",
        corner="Mahalla",
        this_month=3,
        fmt=Formatter(Translator(language)),
        title=HOSTILE,
    )
    [attribute] = re.findall(r'data-grid="([^"]*)"', html)
    assert not {"<", ">"} & set(unescape(attribute))
    given: dict[str, Any] = json.loads(unescape(attribute))
    return given


def test_each_month_has_its_numbers_by_state_and_the_sums_are_those_of_row_and_column() -> None:
    bog, hostile, empty, every = [cells for _, _, _, cells in told()["rows"]]
    nothing = [None] * 10
    assert bog == [[1, 2, 0, 0], *nothing, [0, 0, 1300, 0], [1, 2, 1300, 0]]
    assert hostile == [[0, 3, 0, 4], *nothing, None, [0, 3, 0, 4]]
    assert empty == [None] * 13
    assert every == [[1, 5, 0, 4], *nothing, [0, 0, 1300, 0], [1, 5, 1300, 4]]


def test_headings_and_cells_have_their_addresses_whatever_the_names() -> None:
    assert [row[:3] for row in told()["rows"]] == [
        ["Bogʻ", "/mahalla?record=7", "?view=list&mahalla=7"],
        [HOSTILE, "", "?view=list&mahalla=8"],
        ["Empty", "", "?view=list&mahalla=9"],
        ["In all", "", "?view=list&mahalla="],
    ]
    assert told()["title"] == HOSTILE


def test_states_months_and_numbers_are_told_in_the_language() -> None:
    for language, first, group in ((Language.EN, "Overdue", ","), (Language.RU, "Просрочено", "\N{NO-BREAK SPACE}")):
        given = told(language)
        assert given["states"][0] == ["o", "!", f"{first}: {{number}}"]
        assert given["months"][0] == [language.short_months[0], language.months[0]]
        assert given["group"] == group

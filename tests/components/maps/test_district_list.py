"""The list beside the map: the same figures and classes, the worst first, each name a link."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pandas as pd
import pytest

from components.charts.palette import CLASSES
from components.maps.district_list import district_list, worst_first
from components.shell.formatter import Formatter
from data.indicators import INDICATORS, Better, Indicator
from tests.components.samples import ENGLISH, PLAN, RUSSIAN, area_frame

HOSTILE = "<img src=x onerror=alert(1)>"


class Cells(HTMLParser):
    """Texts of the cells of a table, row by row, and the addresses of its links."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.links: list[str] = []
        self._is_cell = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a row or a cell, or note a link."""
        if tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"}:
            self.rows[-1].append("")
            self._is_cell = True
        elif tag == "a":
            self.links.append(str(dict(attrs)["href"]))

    def handle_endtag(self, tag: str) -> None:
        """End a cell."""
        self._is_cell = self._is_cell and tag not in {"td", "th"}

    def handle_data(self, data: str) -> None:
        """Take the text of a cell."""
        if self._is_cell:
            self.rows[-1][-1] += data


def shown(frame: pd.DataFrame, indicator: Indicator = PLAN, limit: int | None = None) -> str:
    return district_list(frame, indicator, months=12, fmt=Formatter(ENGLISH), limit=limit)


def test_the_worst_stands_first_and_what_is_not_known_last() -> None:
    assert Cells(shown(area_frame())).rows[1:] == [
        ["Alpha", "20%", "▼ Worse", "5"],
        ["Beta", "80%", "▲ Much better", "9"],
        ["Gamma", "Not enough data", "Not compared", "1"],
    ]


def test_each_name_leads_to_the_page_of_its_district() -> None:
    assert [link.partition("?")[0] for link in Cells(shown(area_frame())).links] == ["/district"] * 3
    assert all(f"area={soato}" in shown(area_frame()) for soato in area_frame()["soato"])


def test_a_row_has_the_class_and_the_colour_that_the_map_has() -> None:
    html = shown(area_frame())
    places = [int(place) for place in re.findall(r'i class="class-(\d)"', html)]
    assert places == [1, 4, 5]
    assert all(f".class-{place} {{ border-color: {colour}" in html for place, colour in enumerate(CLASSES))


@pytest.mark.parametrize("better", Better)
def test_the_worst_is_the_lowest_only_where_more_is_better(better: Better) -> None:
    indicator = next(each for each in INDICATORS.values() if each.better is better)
    order = worst_first(area_frame(), indicator)["soato"].tolist()
    assert order == (["1703202", "1703203"] if better is Better.UP else ["1703203", "1703202"]) + ["1703401"]


def test_a_long_list_is_cut_and_says_so() -> None:
    html = shown(area_frame(), limit=2)
    assert len(Cells(html).rows) == 3
    assert "1 to 2 of 3 · Based on (plan items)" in html


def test_names_are_in_the_language_of_the_reader() -> None:
    frame = area_frame().assign(name_ru=["Андижан", "Асака", "Бухара"])
    html = district_list(frame, PLAN, months=12, fmt=Formatter(RUSSIAN))
    assert [row[0] for row in Cells(html).rows[1:]] == ["Андижан", "Асака", "Бухара"]


def test_a_hostile_name_stays_a_text() -> None:
    assert "<img" not in shown(area_frame(names=(HOSTILE,)))

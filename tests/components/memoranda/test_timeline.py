"""Memoranda in time: each is a link with its dates in words, and a bar from its start to its end."""

from __future__ import annotations

import re
from datetime import date

from components.memoranda.timeline import timeline_html
from components.shell.formatter import Formatter
from tests.components.samples import ENGLISH, memorandum_frame

TODAY = date(2026, 11, 20)


def drawn() -> list[str]:
    """Items of the list, in its order."""
    frame = memorandum_frame().assign(address=[f"/memorandum?record={place}" for place in range(3)])
    html = timeline_html(frame, today=TODAY, fmt=Formatter(ENGLISH), title="Timeline")
    return re.findall(r"<li>.*?</li>", html)


def test_each_names_its_memorandum_whole_as_a_link_the_soonest_to_expire_first() -> None:
    items = drawn()
    assert [re.search(r'href="/memorandum\?record=(\d)"', item)[1] for item in items] == ["1", "2", "0"]  # type: ignore[index]
    assert "prevention of offences among the young</a>" in items[0]


def test_a_bar_ends_where_the_memorandum_ended_and_an_open_one_after_today() -> None:
    ends = {}
    for item in drawn():
        number = re.search(r"No\. ([\w-]+)\.", item)
        left, width, today = (float(found) for found in re.findall(r"(?:left|width): ([\d.]+)%", item))
        assert number is not None
        ends[number[1]] = (left + width) - today
    assert "10.01.2026" in next(item for item in drawn() if "No. 9." in item)
    assert ends["9"] < ends["13-A"] < 0 < ends["7"]
    assert "open-ended" in drawn()[-1]


def test_what_people_typed_stays_text() -> None:
    frame = memorandum_frame().assign(title="<script>", address="/memorandum")
    assert "<script>" not in timeline_html(frame, today=TODAY, fmt=Formatter(ENGLISH), title="Timeline")

"""Scorecard: order of the districts, marks of their cells, and what leads where."""

from __future__ import annotations

import pandas as pd

from components.indicators.scorecard import WORST, Mark, ScoredDistrict, scorecard_html, scored_districts
from components.shell.areas import Area, AreaDirectory
from components.shell.formatter import Formatter
from data.indicators.verdicts import TargetVerdict
from data.policy import Scope
from tests.components.samples import ENGLISH, NO_VALUE

PLAN, SCORE = "plan_execution", "evaluation_score"
CODES = ["1703202", "1703203", "1703206"]
BOOK = AreaDirectory({code: Area(code, Scope.district(code), f"<{code}>", "1703") for code in CODES})


def scored(sort: str = WORST) -> list[ScoredDistrict]:
    """Three districts: without a difference, much worse in one indicator, worse in two and better in one."""
    rows = [
        (CODES[0], PLAN, 60.0, "similar"),
        (CODES[0], SCORE, NO_VALUE, "not_compared"),
        (CODES[1], PLAN, 20.0, "much_worse"),
        (CODES[1], SCORE, 4.5, "better"),
        (CODES[2], PLAN, 30.0, "worse"),
        (CODES[2], SCORE, 3.1, "much_worse"),
        ("1706", PLAN, 1.0, "much_worse"),
        (CODES[0], "participants", 5.0, "worse"),
    ]
    frame = pd.DataFrame(rows, columns=["area_code", "indicator_code", "value", "verdict_code"])
    return scored_districts(CODES, frame, frame, sort=sort)


def test_the_worst_come_first_and_a_strong_difference_counts_twice() -> None:
    assert [(row.soato, row.points) for row in scored()] == [(CODES[2], 3), (CODES[1], 1), (CODES[0], 0)]


def test_an_indicator_can_order_them_and_what_is_not_known_comes_last() -> None:
    assert [row.soato for row in scored(PLAN)] == [CODES[1], CODES[2], CODES[0]]
    assert [row.soato for row in scored(SCORE)] == [CODES[2], CODES[1], CODES[0]]


def test_a_name_and_a_mark_lead_to_the_district_and_its_indicator() -> None:
    targets = {(CODES[0], PLAN): TargetVerdict.MET, (CODES[1], PLAN): TargetVerdict.MISSED}
    table = scorecard_html(scored(), targets, directory=BOOK, title="Scorecard", sort=WORST, fmt=Formatter(ENGLISH))
    worst, middle, usual = table.split("<tr>")[3:]
    assert "&lt;1703206&gt;</a></th>" in worst
    assert "area=1703206&amp;indicator=evaluation_score" in worst
    assert worst.count(f'class="{Mark.WORSE}"') == 2
    assert all(link.count("indicator=") <= 1 for link in worst.split("href=")[1:])
    assert f'class="{Mark.BETTER}"' in middle
    assert f'class="{Mark.MET}"' in usual
    assert ">60%</a>" in usual
    assert '<td class="is-missing">–</td>' in usual


def test_what_a_sign_means_is_said_in_words_once() -> None:
    table = scorecard_html(scored(), {}, directory=BOOK, title="", sort=PLAN, fmt=Formatter(ENGLISH))
    for mark in Mark:
        assert table.count(f"({ENGLISH(mark.label)})") == 1
    assert table.count('aria-sort="ascending"') == 1

"""Bars are a list in words of the language: in order, escaped, without a bar where there is no value."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from components.charts.bars import BarRow, bars
from components.charts.composition import direction_bars, problem_bars, rating_bars
from components.charts.index_bars import ChangeRow, change_bars, pillar_bars
from components.charts.ranking import ranked, ranking_bars
from components.shell.static_files import ASSETS_FOLDER
from data.codes import Direction, EvaluationItem, Problem
from data.effectiveness.index import Pillar
from data.language import Language, Translator
from tests.components.samples import ENGLISH, NO_VALUE, PLAN, area_frame

DIRECTIONS = pd.DataFrame({"direction_code": ["youth_work", "legal_outreach"], "events": [3, 1200]})
PROBLEMS = pd.DataFrame({"problem_code": ["distrust", "informal"], "evaluations": [2, 9]})
PILLARS = dict(zip(Pillar, (40.0, NO_VALUE, 60.0, 70.0, 80.0, 0.0), strict=True))
CHANGES = [ChangeRow("Foundation", 4.0, "+4.0"), ChangeRow("Exchange", -2.0, "−2.0")]
MARKS = pd.DataFrame(
    {
        "item_code": ["result", "preparation"],
        "mean": [4.25, NO_VALUE],
        "n": [12, 1],
        "events": [9, 9],
        "verdict_code": ["worse", "not_compared"],
    }
)


def all_lists(translate: Translator) -> list[str]:
    """Each list, in a language."""
    return [
        ranking_bars(area_frame(), PLAN, translate=translate, highlighted="1703202"),
        direction_bars(DIRECTIONS, translate=translate),
        problem_bars(PROBLEMS, translate=translate),
        rating_bars(MARKS, title="Ratings", translate=translate),
        pillar_bars(PILLARS, [("Alpha", PILLARS)], title="Pillars", translate=translate),
    ]


def words(html: str) -> list[tuple[str, str]]:
    """Label and value of each row."""
    texts = re.findall(r"<span>(.*?)</span>", html.split("<ul")[1])
    return list(zip(texts[::2], texts[1::2], strict=True))


def widths(html: str) -> list[float]:
    """Lengths of the bars in percent of the scale."""
    return [width for _, width in _stretches("i", html)]


def intervals(html: str) -> list[tuple[float, float]]:
    """Start and length of the intervals in percent of the scale."""
    return _stretches("b", html)


def _stretches(tag: str, html: str) -> list[tuple[float, float]]:
    found = re.findall(rf'<{tag} style="left: ([\d.]+)%; width: ([\d.]+)%', html)
    return [(float(left), float(width)) for left, width in found]


def marks_at(html: str, kind: str) -> list[float]:
    """Places of the marks of a kind in percent of the scale."""
    return [float(left) for left in re.findall(rf'<u class="{kind}" style="left: ([\d.]+)%', html)]


def test_the_best_come_first_and_the_missing_last() -> None:
    assert list(ranked(area_frame(), PLAN)["name_en"]) == ["Beta", "Alpha", "Gamma"]


def test_a_ranking_says_value_n_and_interval() -> None:
    ranking = ranking_bars(area_frame(), PLAN, translate=ENGLISH, highlighted="1703202")
    assert words(ranking) == [
        ("Beta", "80% (n = 9), much better"),
        ("Alpha", "20% (n = 5), worse"),
        ("Gamma", "Not enough data"),
    ]
    assert 'aria-label="Ranking: Plan execution"' in ranking
    assert re.findall(r'class="(is-own|is-missing|)"', ranking).count("is-own") == 1
    assert re.findall(r'title="(.*?)"', ranking)[0].startswith("90% interval: ")


def test_a_ranking_judges_nobody_who_does_not_stand_out() -> None:
    alike = area_frame().assign(verdict_code="similar")
    ranking = ranking_bars(alike, PLAN, translate=ENGLISH)
    assert [text for _, text in words(ranking)] == ["80% (n = 9)", "20% (n = 5)", "Not enough data"]


def test_the_missing_has_neither_bar_nor_interval() -> None:
    ranking = ranking_bars(area_frame(), PLAN, translate=ENGLISH)
    assert widths(ranking) == [80.0, 20.0]
    assert len(intervals(ranking)) <= 2
    assert ranking.count('class="is-missing"') == 1


def test_counts_are_ordered_from_the_largest() -> None:
    assert words(direction_bars(DIRECTIONS, translate=ENGLISH)) == [("Legal outreach", "1,200"), ("Youth work", "3")]
    problems = words(problem_bars(PROBLEMS, translate=ENGLISH))
    assert [label for label, _ in problems] == ["Informal cooperation", "Distrust of NGOs"]


def test_marks_keep_the_order_of_the_form_and_are_drawn_from_1_to_5() -> None:
    marks = rating_bars(MARKS, title="Ratings", translate=ENGLISH)
    assert words(marks) == [("Preparation", "Not enough data"), ("Result", "4.25 (ratings: 12, joint events: 9)")]
    assert widths(marks) == [81.2]


def test_a_verdict_has_a_sign_and_words_and_a_bar_leads_to_its_rows() -> None:
    marks = rating_bars(
        MARKS, title="Ratings", translate=ENGLISH, addresses={"result": "/evaluations?rows=item:result"}
    )
    verdicts = re.findall(r'<small class="is-(\w+)"><em [^>]*>(.)</em> (.*?)</small>', marks)
    assert verdicts == [("bad", "▼", "Worse than all other items")]
    assert re.findall(r'<a href="(.*?)" target="_self">(.*?)</a>', marks) == [
        ("/evaluations?rows=item:result", "Result")
    ]


def test_the_largest_end_fills_the_scale_and_nothing_goes_beyond_it() -> None:
    assert widths(bars([BarRow("Alpha", 2.0, "2"), BarRow("Beta", 1.0, "1")], title="")) == [100.0, 50.0]
    assert widths(bars([BarRow("Alpha", 0.0, "0")], title="")) == [0.0]
    beyond = bars([BarRow("Alpha", 120.0, "120", low=-10.0, high=130.0)], title="", domain=(0, 100))
    assert (widths(beyond), intervals(beyond)) == ([100.0], [(0.0, 100.0)])


def test_a_list_without_rows_is_empty() -> None:
    assert words(bars([], title="Nothing")) == []


def test_what_people_typed_stays_text() -> None:
    html = bars([BarRow("<img src=x>", None, '"&<b>', (("<i>", '">'),))], title='"><script>')
    assert re.findall(r"<(?!/?(?:style|ul|li|span|div)\b)[^>]*>", html) == []


def test_a_pillar_without_data_has_no_bar_and_zero_has_one_of_no_length() -> None:
    html = pillar_bars(PILLARS, [], title="Pillars", translate=ENGLISH)
    shown = dict(words(html))
    assert (shown["Systematic work"], shown["Means and skills"]) == ("Not enough data", "0")
    assert widths(html) == [40.0, 60.0, 70.0, 80.0, 0.0]
    assert "hamkor-bars-legend" not in html


def test_what_pillars_are_held_against_is_named_and_differs_not_by_colour_alone() -> None:
    html = pillar_bars(PILLARS, [("Alpha", PILLARS), ("All", PILLARS)], title="Pillars", translate=ENGLISH)
    legend = re.findall(r'<p class="hamkor-bars-legend">(.*?)</p>', html)[0]
    assert re.findall(r"<span>(.*?)</span>", legend) == ["Alpha", "All"]
    assert marks_at(html, "is-first") == marks_at(html, "is-second") == [40.0, 60.0, 70.0, 80.0, 0.0]
    assert "#root .hamkor-bars .is-second { border-left: 2.4px dashed" in (ASSETS_FOLDER / "app.css").read_text("utf-8")


def test_changes_go_to_either_side_of_zero_in_units_of_the_largest_one() -> None:
    html = change_bars(CHANGES, title="Why")
    assert _stretches("i", html) == [(50.0, 50.0), (25.0, 25.0)]
    assert re.findall(r'<li class="(.*?)"', html) == ["is-more", "is-less"]
    assert marks_at(html, "is-zero") == [50.0, 50.0]


def test_small_changes_look_small() -> None:
    assert widths(change_bars([ChangeRow("Foundation", 0.1, "+0.1")], title="Why")) == [5.0]
    assert widths(change_bars([], title="Why")) == []


@pytest.mark.parametrize("language", Language)
def test_no_list_shows_a_code(language: Language) -> None:
    for html in all_lists(Translator(language)):
        shown = {text for pair in words(html) for text in pair}
        assert shown.isdisjoint({code.value for code in [*Direction, *Problem, *EvaluationItem, *Pillar]})

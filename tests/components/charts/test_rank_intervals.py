"""Places are drawn in their order with their intervals, in words of the language, and leave out who has none."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pandas as pd
import pytest

from components.charts.rank_intervals import TIER_SYMBOLS, rank_bands, rank_interval_bars
from data.effectiveness.index import Tier
from data.language import Language, Translator
from tests.components.samples import ENGLISH, rank_frame


def named(frame: pd.DataFrame, *, translate: Translator = ENGLISH, highlighted: str = "") -> str:
    """The list without its styles."""
    html = rank_interval_bars(frame, last_rank=3, title="Places", translate=translate, highlighted=highlighted)
    return html.split("</style>")[1]


def drawn(frame: pd.DataFrame) -> str:
    """The picture of the bands."""
    html = rank_bands(frame, last_rank=3, title="Places", translate=ENGLISH)
    return unquote(re.findall(r'src="data:image/svg\+xml,(.*?)"', html)[0])


def test_areas_come_by_their_median_place_and_those_without_one_are_left_out() -> None:
    rows = re.findall(r"<li.*?<span>(.*?)</span>.*?<span>(.*?)</span></li>", named(rank_frame()), flags=re.DOTALL)
    assert rows == [("Beta", "1 (1–2)"), ("Alpha", "2 (1–2)")]


def test_a_line_runs_from_the_first_to_the_last_place_with_its_tier_at_the_median() -> None:
    html = named(rank_frame())
    assert re.findall(r'<i style="left: ([\d.]+)%; width: ([\d.]+)%', html) == [("0.0", "50.0")] * 2
    marks = re.findall(r'<b style="left: ([\d.]+)%" aria-hidden="true">(.)</b>', html)
    assert marks == [("0.0", TIER_SYMBOLS[Tier.UPPER]), ("50.0", TIER_SYMBOLS[Tier.LOWER])]


def test_the_chosen_area_alone_is_pointed_out() -> None:
    assert re.findall(r'<li class="(.*?)"', named(rank_frame(), highlighted="1703202")) == ["", "is-own"]


@pytest.mark.parametrize("language", Language)
def test_tiers_are_named_in_words_and_told_apart_without_colour(language: Language) -> None:
    translate = Translator(language)
    html = named(rank_frame(), translate=translate)
    legend = re.findall(r'aria-hidden="true">(.)</b> (.*?)</span>', html)
    assert legend == [(TIER_SYMBOLS[tier], translate(tier.label)) for tier in Tier]
    assert len(set(TIER_SYMBOLS.values())) == len(Tier)


def test_a_band_a_tier_holds_the_intervals_of_its_areas_in_steps() -> None:
    frame = pd.concat([rank_frame(), rank_frame().assign(area_code=["1", "2", "3"], rank_high=3.0)])
    svg = drawn(frame)
    assert re.findall(r'<polygon points="(.*?)"', svg) == [
        "0,0 0,1 0,1 0,2 1000,2 1000,1 500,1 500,0",
        "0,2 0,3 0,3 0,4 500,4 500,3 1000,3 1000,2",
    ]
    assert re.findall(r'<polyline points="(.*?)"', svg) == ["0,0.5 0,1.5", "500,2.5 500,3.5"]


def test_without_places_nothing_is_drawn_and_nothing_breaks() -> None:
    nobody = rank_frame().assign(rank_median=float("nan"), rank_low=float("nan"), rank_high=float("nan"), tier=None)
    assert "<li" not in named(nobody)
    assert "<polygon" not in drawn(nobody)
    assert "<polygon" not in drawn(rank_frame().iloc[:0])


def test_hostile_names_stay_text() -> None:
    html = named(rank_frame().assign(name_en='<script>"&'))
    assert "<script>" not in html
    assert "&lt;script&gt;&quot;&amp;" in html

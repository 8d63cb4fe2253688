"""Slides of a deck: they open again, are native and described, and hold the words of the deck."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import product
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from pptx import Presentation
from pptx.chart.chart import Chart as NativeChart
from pptx.presentation import Presentation as Slides

from components.deck.model import (
    BarChart,
    Bullets,
    Chart,
    Deck,
    DistrictMap,
    FigureColumn,
    LineChart,
    ProcessLines,
    Series,
    Table,
    Tiles,
    ValueKind,
)
from components.exports.slides import presentation
from components.exports.slides.presentation import deck_pptx
from data.language import Language
from data.policy import ScopeKind
from tests.components.deck.hostile import HOSTILE
from tests.components.deck.samples import sample_deck
from tests.components.exports.decks import (
    CREDITS,
    DIRECTIONS,
    MAP,
    MEMORANDA,
    TREND,
    VOICES,
    deck_of,
    hostile_slides,
    sample_slides,
    small_deck,
)
from tests.components.exports.decks import HOSTILE as FORMULA

KINDS = (ScopeKind.DISTRICT, ScopeKind.REGION, ScopeKind.NATION)
SEEN = Chart | DistrictMap
NOTHING = (Table((FigureColumn("A"),), ()), Bullets(()), Tiles(()), BarChart((), (), ValueKind.COUNT, "Nothing"))


def opened(deck: Deck) -> Slides:
    """The written slides, opened again."""
    return Presentation(io.BytesIO(deck_pptx(deck)))


@cache
def sample(kind: ScopeKind, language: Language) -> tuple[Deck, Slides]:
    """A sample deck and its slides."""
    return sample_deck(kind, language), Presentation(io.BytesIO(sample_slides(kind, language)))


def graphics(file: Slides) -> Iterator[Any]:
    """Charts, tables and pictures of all slides."""
    for slide in file.slides:
        for shape in slide.shapes:
            if shape.has_chart or getattr(shape, "has_table", False) or hasattr(shape, "image"):
                yield shape


def charts(file: Slides) -> list[NativeChart]:
    """The native charts in order."""
    return [shape.chart for shape in graphics(file) if shape.has_chart]


def workbook_of(chart: NativeChart) -> Worksheet:
    """The sheet with the figures of a native chart."""
    part: Any = chart.part
    return load_workbook(io.BytesIO(part.chart_workbook.xlsx_part.blob)).worksheets[0]


def outside(file: Slides) -> list[str]:
    """The shapes that reach over the edges of the slide or, but on the cover, into its foot."""
    rule = next(shape for shape in file.slide_master.shapes if shape.name == "Rule")
    width, height = file.slide_width or 0, file.slide_height or 0
    return [
        f"slide {number}: {shape.name}"
        for number, slide in enumerate(file.slides, 1)
        for shape in slide.shapes
        if min(shape.left, shape.top) < 0
        or shape.left + shape.width > width
        or shape.top + shape.height > (height if number == 1 else rule.top)
    ]


def test_nothing_reaches_out_of_its_place_whatever_is_in_the_pack() -> None:
    for name, kind in [*product(HOSTILE, [ScopeKind.NATION]), ("long", ScopeKind.DISTRICT), ("long", ScopeKind.REGION)]:
        file = Presentation(io.BytesIO(hostile_slides(name, kind)))
        assert outside(file) == [], f"{name}, {kind}"


@pytest.mark.each_value
@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", KINDS)
def test_every_slide_has_the_title_of_its_message_after_a_cover(kind: ScopeKind, language: Language) -> None:
    deck, file = sample(kind, language)
    titles = [slide.shapes.title.text_frame.text for slide in file.slides]
    assert titles[0] == deck.title
    assert list(dict.fromkeys(titles[1:])) == list(dict.fromkeys(slide.title for slide in deck.slides))


def test_a_table_goes_on_to_a_further_slide_with_all_its_rows() -> None:
    rows = tuple((f"{number}", "A long text about the work with youth " * 5) for number in range(9))
    table = Table((FigureColumn("Number"), FigureColumn("Text", share=2)), rows)
    file = opened(deck_of(replace(MEMORANDA, body=table)))
    tables = [shape.table for shape in graphics(file)]
    assert len(tables) > 1
    assert [row.cells[0].text for found in tables for row in list(found.rows)[1:]] == [row[0] for row in rows]
    headings = [slide.placeholders[presentation.HEADING].text_frame.text for slide in list(file.slides)[1:]]
    assert headings == [f"Memoranda & more ({number} of {len(tables)})" for number in range(1, len(tables) + 1)]


def test_sentences_go_on_to_a_further_slide_with_whose_they_are() -> None:
    said = tuple(f"{number} " + "We were told the date too late and had no room. " * 4 for number in range(5))
    file = opened(deck_of(replace(VOICES, body=Bullets(said, ("Umid",) * 5))))
    written = [slide.placeholders[presentation.CONTENT].text_frame.text for slide in list(file.slides)[1:]]
    assert len(written) > 1
    assert "\n".join(written) == "\n".join(f"{text}\nUmid" for text in said)


@pytest.mark.parametrize("body", NOTHING)
def test_an_empty_body_is_a_slide_too(body: Table | Bullets | Tiles | BarChart) -> None:
    assert len(opened(deck_of(replace(DIRECTIONS, body=body))).slides) == 2


def test_every_graphic_says_in_words_what_is_to_be_seen() -> None:
    described = [shape._element.xpath(".//p:cNvPr/@descr") for shape in graphics(opened(small_deck()))]
    bodies = [body.alternative for body in (TREND.body, DIRECTIONS.body, MAP.body) if isinstance(body, SEEN)]
    assert described == [[MEMORANDA.title], *([words] for words in bodies)]


def test_a_chart_is_native_and_keeps_its_figures_in_a_workbook() -> None:
    (chart,) = charts(opened(deck_of(DIRECTIONS)))
    sheet = workbook_of(chart)
    assert list(sheet.values) == [
        (None, "Now", "Before"),
        ("Legal outreach", 21, 18),
        ("Youth work", 14, 3),
        ("Social help (Before: not enough data)", 7, None),
    ]


def test_the_target_of_bars_is_a_series_of_its_own() -> None:
    body = BarChart(
        ("A", "B"),
        (Series("Now", (3.5, 4.25)),),
        ValueKind.POINTS,
        "Bars",
        decimals=2,
        target=4.0,
        target_name="Target",
    )
    (chart,) = charts(opened(deck_of(replace(DIRECTIONS, body=body))))
    assert [(series.name, tuple(series.values)) for series in chart.plots[0].series] == [
        ("Now", (3.5, 4.25)),
        ("Target: 4.00", (4.0, 4.0)),
    ]
    assert chart.has_legend
    assert chart.value_axis.minimum_scale == 1
    assert (chart.value_axis.maximum_scale or 0) > 5


def test_charts_hold_nothing_that_the_format_does_not_know() -> None:
    for chart in charts(opened(small_deck())):
        numbers = chart.element.xpath(".//c:axId/@val | .//c:crossAx/@val")
        assert numbers
        assert [number for number in numbers if not number.isdigit()] == []
        twice = [parent.tag for parent in chart.element.iter() if len(parent.findall("{*}spPr")) > 1]
        assert twice == []


def test_the_target_of_lines_is_a_dashed_line() -> None:
    (chart,) = charts(opened(deck_of(TREND)))
    assert [(series.name, tuple(series.values)) for series in chart.plots[0].series] == [
        ("Fulfilled", (40.0, 55.0, None, 62.5)),
        ("Target: 70%", (70.0,) * 4),
    ]


def test_values_that_no_line_reaches_are_points() -> None:
    (chart,) = charts(opened(deck_of(TREND)))
    assert chart._chartSpace.xpath(".//c:dPt[c:marker/c:symbol/@val='circle']/c:idx/@val") == ["3"]
    lone = LineChart(("a", "b", "c"), (Series("Now", (3.5, None, 4.0)),), ValueKind.NUMBER, "Lines")
    (chart,) = charts(opened(deck_of(replace(TREND, body=lone))))
    assert chart._chartSpace.xpath(".//c:dPt[c:marker/c:symbol/@val='circle']/c:idx/@val") == ["0", "2"]


def test_a_process_chart_has_its_limits_as_lines_a_hollow_point_and_a_diamond() -> None:
    low, centre, high = (Series(name, (end,) * 3 + (None,)) for name, end in (("L", 20.0), ("C", 50.0), ("H", 80.0)))
    process = ProcessLines(centre, low, high, outstanding=frozenset({1}), worse=frozenset({1}))
    assert isinstance(TREND.body, LineChart)
    body = replace(TREND.body, process=process, unfinished=frozenset({3}))
    (chart,) = charts(opened(deck_of(replace(TREND, body=body))))
    assert [series.name for series in chart.plots[0].series] == ["Fulfilled", "C", "L", "H", "Target: 70%"]
    point = ".//c:dPt[c:idx/@val='{}']/c:marker"
    diamond, hollow = (chart._chartSpace.xpath(point.format(place))[0] for place in (1, 3))
    assert diamond.xpath("c:symbol/@val") == ["diamond"]
    assert diamond.xpath("c:spPr/a:solidFill/a:schemeClr/@val") == ["accent2"]
    assert hollow.xpath("c:spPr/a:solidFill/a:schemeClr/@val") == ["bg1"]


@pytest.mark.parametrize(
    ("kind", "language", "expected"),
    [
        (ValueKind.PERCENT, Language.RU, '[$-419]0"\N{NO-BREAK SPACE}%"'),
        (ValueKind.PERCENT, Language.UZ_LATN, '[$-443]0"%"'),
        (ValueKind.NUMBER, Language.EN, "[$-809]#,##0.0"),
    ],
)
def test_values_of_charts_are_formatted_as_the_language_writes_them(
    kind: ValueKind, language: Language, expected: str
) -> None:
    body = BarChart(("A",), (Series("Now", (3.5,)),), kind, "Bars", decimals=1)
    deck = replace(deck_of(replace(DIRECTIONS, body=body)), language=language)
    (chart,) = charts(opened(deck))
    assert chart._chartSpace.xpath(".//c:val//c:formatCode/text()") == [expected]


def test_words_that_a_spreadsheet_would_run_are_harmless_in_the_workbook() -> None:
    body = BarChart((FORMULA,), (Series("=1+1", (1.0,)),), ValueKind.COUNT, "Bars")
    (chart,) = charts(opened(deck_of(replace(DIRECTIONS, body=body))))
    sheet = workbook_of(chart)
    assert [sheet["A2"].value, sheet["B1"].value] == [f"'{FORMULA}", "'=1+1"]
    assert {cell.data_type for row in sheet for cell in row if cell.value} == {"s", "n"}


def test_notes_are_speaker_notes_and_take_the_remarks_for_which_there_is_no_room() -> None:
    remarks = ("Half of all events have one direction.", "A remark. " * 300)
    file = opened(deck_of(MEMORANDA, replace(DIRECTIONS, notes="Ask the hokim.", remarks=remarks)))
    first, second = list(file.slides)[1:]
    assert first.notes_slide.notes_text_frame.text == MEMORANDA.notes
    assert second.placeholders[presentation.REMARKS].text_frame.text == remarks[0]
    assert second.notes_slide.notes_text_frame.text == f"Ask the hokim.\n{remarks[1]}"


def test_a_slide_without_notes_has_none() -> None:
    assert not list(opened(deck_of(TREND)).slides)[1].has_notes_slide


def test_master_and_cover_carry_credits_and_where_the_data_are_invented_a_mark() -> None:
    deck = small_deck()
    real = replace(deck, credits=replace(deck.credits, demo_mark=""))
    for made, marks in ((deck, ["Demo data"]), (real, [])):
        file = opened(made)
        for holder in (file.slide_master, file.slide_layouts[0]):
            shapes: list[Any] = list(holder.shapes)
            texts = {shape.name: shape.text_frame.text for shape in shapes if shape.has_text_frame}
            assert texts[presentation.CREDITS] == " · ".join(made.credits)
            assert [texts[name] for name in texts if name == presentation.DEMO_MARK] == marks


def test_slides_use_the_colours_of_the_theme_and_none_of_their_own() -> None:
    with ZipFile(io.BytesIO(deck_pptx(small_deck()))) as parts:
        drawn = [name for name in parts.namelist() if name.startswith(("ppt/slides/slide", "ppt/charts/chart"))]
        assert drawn
        assert [name for name in drawn if b"srgbClr" in parts.read(name)] == []


def test_no_empty_placeholder_is_left_on_a_slide() -> None:
    bare = replace(TREND, heading="")
    places = [place for slide in opened(deck_of(bare, MEMORANDA)).slides for place in slide.placeholders]
    assert [place.name for place in places if place.has_text_frame and not place.text_frame.text] == []


@pytest.mark.parametrize("language", Language)
def test_every_text_says_in_which_language_it_is(language: Language) -> None:
    _, file = sample(ScopeKind.DISTRICT, language)
    runs = [run for slide in file.slides for run in slide.element.iter("{*}r")]
    codes = {run.find("{*}rPr").get("lang") for run in runs}
    assert len(runs) > len(file.slides)
    assert codes == {language.office_tag}
    assert file.core_properties.language == language.office_tag


def test_the_file_says_what_it_is() -> None:
    deck = small_deck()
    about = opened(deck).core_properties
    assert (about.title, about.identifier, about.author) == (deck.title, deck.pack_id, "Hamkor")
    assert CREDITS.method in about.comments

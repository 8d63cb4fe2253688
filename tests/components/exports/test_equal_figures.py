"""One deck, one set of figures: slides, print, workbook, files of single slides and screen say the same."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell

from components.deck.model import (
    BarChart,
    Bullets,
    Chart,
    Deck,
    DistrictMap,
    FigureColumn,
    LineChart,
    Slide,
    Table,
    Tiles,
    Value,
    ValueKind,
)
from components.exports.cells import NUMERIC_KINDS
from components.exports.chart_files import slide_csv
from components.exports.figures import grouped_by_table, merged_slides
from components.exports.print.pack import TEMPLATE, print_data
from components.exports.print.slide_data import Data, shown_texts
from components.exports.print.typesetting import render_pdf
from components.exports.workbook.tables import FIRST_ROW
from components.exports.workbook.workbook import deck_xlsx
from components.shell.formatter import Formatter, is_missing
from data.language import Language, Translator
from data.policy import ScopeKind
from tests.components.deck.samples import sample_deck
from tests.components.exports.decks import sample_slides
from tests.components.exports.shown import (
    found_in_slides,
    left_out,
    numbers_of,
    numbers_of_figures,
    squeezed,
    text_of_html,
    written_rows,
    written_values,
)
from tests.office import page_texts
from web.presenting.document import document

# Each language and each kind of area at least once.
CASES = [
    (ScopeKind.DISTRICT, Language.UZ_LATN),
    (ScopeKind.DISTRICT, Language.EN),
    (ScopeKind.REGION, Language.UZ_CYRL),
    (ScopeKind.NATION, Language.RU),
]


@dataclass(frozen=True)
class Case:
    """A deck with what print makes of it."""

    kind: ScopeKind
    language: Language

    @property
    def deck(self) -> Deck:
        """The deck itself."""
        return sample_deck(self.kind, self.language)

    @cached_property
    def printed(self) -> Data:
        """What is set in type."""
        return print_data(self.deck)

    @property
    def behind(self) -> list[list[str]]:
        """The rows of the tables behind the printed slides."""
        tables = (*self.printed["wide_tables"], *self.printed["narrow_tables"])
        return [row["texts"] for table in tables for row in table["rows"]]


@pytest.fixture(scope="module", params=CASES, ids=lambda case: f"{case[0]}-{case[1]}")
def case(request: pytest.FixtureRequest) -> Case:
    """Each of the decks."""
    return Case(*request.param)


@pytest.fixture
def deck(case: Case) -> Deck:
    """The deck of a case."""
    return case.deck


def bodies(deck: Deck) -> dict[str, list[Slide]]:
    """The slides of a deck by the kind of their body."""
    found: dict[str, list[Slide]] = {}
    for slide in deck.slides:
        found.setdefault(type(slide.body).__name__, []).append(slide)
    return found


def test_a_body_shows_only_what_is_among_its_figures(deck: Deck) -> None:
    assert {slide.key: numbers_of(slide) - numbers_of_figures(slide) for slide in deck.slides} == {
        slide.key: set() for slide in deck.slides
    }


def test_slides_hold_the_rows_values_and_texts_of_the_deck(case: Case) -> None:
    deck, found = case.deck, found_in_slides(sample_slides(case.kind, case.language))
    for slide in deck.slides:
        if isinstance(slide.body, Table):
            assert set(written_rows(slide.body, deck)) <= found.rows
        elif isinstance(slide.body, BarChart | LineChart):
            assert {series.values for series in slide.body.series} <= found.series
        elif isinstance(slide.body, Tiles):
            assert {text for tile in slide.body.tiles for text in (tile.label, tile.text)} <= found.texts
        elif isinstance(slide.body, Bullets):
            assert set(slide.body.texts) <= found.texts
    assert {slide.title for slide in deck.slides} <= found.texts


def test_the_screen_says_what_the_deck_says(deck: Deck) -> None:
    text = text_of_html(document(deck))
    assert left_out(deck.slides, deck, text=text) == []
    charts = [slide.figures.for_pages for slide in deck.slides if isinstance(slide.body, Chart | DistrictMap)]
    held = squeezed(text)
    assert [row for table in charts for row in written_rows(table, deck) if squeezed(*row) not in held] == []


def test_print_has_every_value_of_a_chart_at_its_bar_or_in_a_table(case: Case) -> None:
    behind = {text for row in case.behind for text in row}
    for slide, shown in zip(merged_slides(case.deck.slides), case.printed["slides"], strict=True):
        if isinstance(slide.body, BarChart | LineChart):
            assert set(written_values(slide.body, case.deck)) <= shown_texts(shown) | behind


@pytest.mark.office
def test_print_says_what_the_deck_says(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "pack.pdf"
    path.write_bytes(render_pdf(TEMPLATE, case.printed, made_at=case.deck.finalised_at))  # as deck_pdf does
    text = " ".join(page_texts(path))
    assert left_out(case.deck.slides, case.deck, text=text) == []
    assert [row for row in case.behind if squeezed(*row) not in squeezed(text)] == []


def test_the_workbook_holds_the_same_figures_as_numbers_and_dates(deck: Deck) -> None:
    sheets = load_workbook(io.BytesIO(deck_xlsx(deck))).worksheets[1:]
    groups = grouped_by_table(deck.slides)
    missing = Formatter(Translator(deck.language)).missing
    assert len(sheets) == len(groups)
    for sheet, group in zip(sheets, groups, strict=True):
        figures = group[0].figures
        last = FIRST_ROW + len(figures.rows) - 1
        rows = sheet.iter_rows(min_row=FIRST_ROW, max_row=last, max_col=len(figures.columns))
        cells = [
            [held(cell, column, missing) for cell, column in zip(row, figures.columns, strict=True)] for row in rows
        ]
        assert cells == [
            [expected(value, column) for value, column in zip(row, figures.columns, strict=True)]
            for row in figures.rows
        ]


def held(cell: Cell, column: FigureColumn, missing: str) -> object:
    """What a cell says, percentages from 0 to 100; None for what is missing."""
    if cell.value is None or cell.value in {missing, column.missing}:
        return None
    if cell.is_date:
        return cell.value.date()
    if isinstance(cell.value, int | float):
        return round(float(cell.value) * (100 if column.kind is ValueKind.PERCENT else 1), 9)
    return str(cell.value).removeprefix("'")


def expected(value: Value, column: FigureColumn) -> object:
    """What a cell should say."""
    if value is None or is_missing(value):
        return None
    if isinstance(value, str):
        return None if value in {"", column.missing} else value.removeprefix("'")
    return value if isinstance(value, date) else round(float(value), 9)


def test_the_file_of_a_slide_holds_its_figures(deck: Deck) -> None:
    for slide in deck.slides:
        text = io.StringIO(slide_csv(slide, deck).decode("utf-8-sig"), newline="")
        rows = list(csv.reader(text, delimiter="," if deck.language is Language.EN else ";"))[1:]
        for values, words, cells in zip(slide.figures.rows, written_rows(slide.figures, deck), rows, strict=False):
            columns = zip(values, slide.figures.columns, words, cells, strict=True)
            assert [cell for value, column, word, cell in columns if not is_same(value, column, word, cell)] == []


def is_same(value: Value, column: FigureColumn, word: str, cell: str) -> bool:
    """Whether a cell of a file says a value: the number itself, or else its words."""
    if column.kind in NUMERIC_KINDS and isinstance(value, int | float) and not is_missing(value):
        return float(cell.replace(",", ".")) == pytest.approx(float(value), abs=1e-4)
    return cell.removeprefix("'") == word.removeprefix("'")


def test_every_kind_of_body_is_tried() -> None:
    assert set(bodies(sample_deck(ScopeKind.NATION, Language.EN))) == {
        "BarChart",
        "Bullets",
        "DistrictMap",
        "LineChart",
        "Table",
        "Tiles",
    }

"""Minutes of a meeting: they open again, hold the figures of the deck, and read well in all four languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pandas as pd
import pytest
from docx import Document
from docx.document import Document as Minutes
from docx.oxml.ns import qn
from docx.table import Table

from components.deck import fonts
from components.deck.model import Credits, Deck, FigureColumn, Tiles, ValueKind
from components.deck.model import Table as Figures
from components.deck.texts import value_text
from components.exports.minutes.document import MOST_ANNEX_ROWS, minutes_docx
from components.exports.minutes.tables import text_width
from components.shell.formatter import Formatter
from data.language import Language, Translator
from data.policy import ScopeKind
from tests.components.deck.samples import sample_deck
from tests.components.exports.decks import LETTERS, MARKUP, small_deck

MEETING_DATE = date(2026, 11, 21)
SIDES = 8
COLUMNS = ["meeting_number", "number", "text", "owner", "due_date", "done_date", "state_code", "causes", "cause_titles"]


def _decisions(*rows: tuple[Any, ...]) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=COLUMNS)
    return frame.assign(due_date=pd.to_datetime(frame["due_date"]), done_date=pd.to_datetime(frame["done_date"]))


NO_CAUSE: tuple[list[str], list[str]] = ([], [])
MEMORANDUM = (["memorandum:7", "indicator:plan_execution"], ["M-12 – Youth work", ""])
DUE, LATE = date(2026, 12, 20), date(2026, 9, 1)
DECISIONS = _decisions(
    ("2026/3", 2, f"Answer in writing {LETTERS}", "Hokimiyat", DUE, None, "open", *NO_CAUSE),
    ("2026/3", 1, "Renew the memorandum", "Coordinator", DUE, None, "open", *MEMORANDUM),
    ("2026/2", 1, "Open the room", "School", DUE, None, "open", *NO_CAUSE),
    ("2026/2", 2, "Train inspectors", "Academy", LATE, None, "overdue", *NO_CAUSE),
    ("2026/2", 3, "Print leaflets", "NGO", LATE, LATE, "done", *NO_CAUSE),
)


def minutes_of(deck: Deck, decisions: pd.DataFrame = DECISIONS) -> bytes:
    return minutes_docx(
        deck,
        decisions,
        meeting_number="2026/3",
        meeting_title="Results of the third quarter",
        meeting_date=MEETING_DATE,
        translate=Translator(deck.language),
    )


def _opened(deck: Deck, decisions: pd.DataFrame = DECISIONS) -> Minutes:
    return Document(BytesIO(minutes_of(deck, decisions)))


def _texts(document: Minutes) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def _cells(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def _table(document: Minutes, *, headed: str) -> Table:
    """The first table with this heading in any column."""
    return next(table for table in document.tables if headed in _cells(table)[0])


@pytest.mark.each_value
@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("kind", [ScopeKind.DISTRICT, ScopeKind.REGION, ScopeKind.NATION])
def test_it_opens_again_and_says_what_was_looked_at_and_decided(kind: ScopeKind, language: Language) -> None:
    deck, translate = sample_deck(kind, language), Translator(language)
    document = _opened(deck)
    texts = _texts(document)
    assert texts[0] == deck.credits.demo_mark
    assert translate("Minutes No. {number}", number="2026/3") in texts
    assert {deck.title, "Results of the third quarter", translate("Held on {date}", date="21.11.2026")} <= set(texts)
    assert {slide.title for slide in deck.slides if not isinstance(slide.body, Tiles)} <= set(texts)
    decided = _cells(_table(document, headed=translate("Grounds")))
    memorandum, indicator = translate("Memorandum"), translate("Indicator")
    grounds = f"{memorandum}: M-12 – Youth work\n{indicator}: {translate('Plan execution')}"
    assert decided[1:] == [
        ["1", "Renew the memorandum", "Coordinator", "20.12.2026", grounds],
        ["2", f"Answer in writing {LETTERS}", "Hokimiyat", "20.12.2026", "–"],
    ]
    assert document.core_properties.language == language.office_tag
    assert document.styles.element.find(f".//{qn('w:lang')}").get(qn("w:val")) == language.office_tag


def test_what_earlier_meetings_left_undone_comes_with_the_overdue_first() -> None:
    document = _opened(small_deck())
    pending = _table(document, headed="State")
    assert _cells(pending)[1:] == [
        ["2026/2, No. 2", "Train inspectors", "Academy", "01.09.2026", "Overdue"],
        ["2026/2, No. 1", "Open the room", "School", "20.12.2026", "Open"],
    ]
    strong = [run.style.name for row in pending.rows for run in row.cells[0].paragraphs[0].runs][1:]
    assert strong == ["Strong", "Default Paragraph Font"]


def test_a_meeting_that_decided_nothing_says_so() -> None:
    texts = _texts(_opened(small_deck(), DECISIONS[:0]))
    assert "The meeting took no decisions." in texts
    assert "Earlier decisions that are not done yet" not in texts


@pytest.mark.parametrize("language", list(Language))
def test_its_figures_are_those_of_the_deck(language: Language) -> None:
    deck = sample_deck(ScopeKind.DISTRICT, language)
    document, fmt = _opened(deck), Formatter(Translator(language))
    tables = [_cells(table) for table in document.tables]
    tiles = next(slide.body for slide in deck.slides if isinstance(slide.body, Tiles))
    assert any([row[:2] for row in cells[1:]] == [[tile.label, tile.text] for tile in tiles.tiles] for cells in tables)
    for slide in deck.slides:
        figures = slide.figures.for_pages
        wanted = [
            [value_text(value, column, fmt=fmt) for value, column in zip(row, figures.columns, strict=True)]
            for row in figures.rows
        ]
        if wanted:
            assert [[column.title for column in figures.columns], *wanted[:MOST_ANNEX_ROWS]] in tables


def test_slides_that_share_a_table_have_it_once_and_a_long_one_says_how_long_it_is() -> None:
    rows = tuple((f"Row {number}", number) for number in range(MOST_ANNEX_ROWS + 1))
    long = Figures((FigureColumn("Name of the row"), FigureColumn("Figure", ValueKind.COUNT)), rows)
    deck = small_deck()
    first, second = (replace(deck.slides[1], title=f"Part {number}", figures=long) for number in (1, 2))
    document = _opened(replace(deck, slides=(first, second)))
    found = [cells for cells in map(_cells, document.tables) if cells[0] == ["Name of the row", "Figure"]]
    assert len(found) == 1
    assert len(found[0]) == MOST_ANNEX_ROWS + 1
    assert "Here are the first 40 of 41 rows; the workbook of the pack holds them all." in _texts(document)


def test_each_page_carries_the_credits_and_real_data_no_demo_mark() -> None:
    deck = small_deck()
    footer = _opened(deck).sections[-1].footer
    assert footer.paragraphs[0].text == " · ".join(deck.credits)
    real = replace(deck, credits=Credits("", "Method version abc", "Data version 12", "Outlines"))
    document = _opened(real)
    assert _texts(document)[0] == "Minutes No. 2026/3"
    assert document.sections[0].footer.paragraphs[0].text == "Method version abc · Data version 12 · Outlines"


def test_tables_repeat_their_header_and_say_what_they_hold() -> None:
    of_figures = [table for table in _opened(small_deck()).tables if table.style and table.style.name == "Figures"]
    assert of_figures
    for table in of_figures:
        assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
        described = table._tbl.find(f".//{qn('w:tblDescription')}")
        assert described is not None
        assert described.get(qn("w:val"))


@pytest.mark.each_value
@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("kind", [ScopeKind.DISTRICT, ScopeKind.NATION])
def test_every_word_fits_its_column_and_every_table_its_page(kind: ScopeKind, language: Language) -> None:
    document = _opened(sample_deck(kind, language))
    portrait, landscape = (text_width(section) for section in document.sections)
    for table in document.tables:
        widths = [column.width.pt for column in table.columns if column.width is not None]
        assert any(abs(sum(widths) - page) < 1 for page in (portrait, landscape))
        for width, column in zip(widths, zip(*_cells(table), strict=True), strict=True):
            words = [word for text in column for word in text.split()]
            assert max((fonts.text_width(word, size=9) for word in words), default=0) <= width - SIDES


def test_parts_of_a_slide_are_concluded_once_under_their_item_of_the_agenda() -> None:
    deck = small_deck()
    first, second = (
        replace(deck.slides[1], heading=f"What the NGOs said ({part} of 2)", title="Two NGOs ask for rooms")
        for part in (1, 2)
    )
    texts = _texts(_opened(replace(deck, slides=(first, second))))
    assert texts.count("What the NGOs said") == 1
    assert texts.count("Two NGOs ask for rooms") == 2


@pytest.mark.parametrize(("decisions", "headed"), [(DECISIONS, "State"), (DECISIONS[:2], "Grounds")])
def test_signatures_stand_on_a_page_with_a_decision(decisions: pd.DataFrame, headed: str) -> None:
    last = _table(_opened(small_deck(), decisions), headed=headed).rows[-1]
    assert all(cell.paragraphs[0].paragraph_format.keep_with_next for cell in last.cells)


def test_whatever_was_typed_stays_text() -> None:
    typed = f"{MARKUP} \x0b\x00 <w:p/> & more"
    document = _opened(small_deck(), DECISIONS.assign(text=typed, owner=typed))
    assert _cells(_table(document, headed="Grounds"))[1][1] == f"{MARKUP}  <w:p/> & more"


def test_a_title_too_long_for_the_properties_is_cut_there_only() -> None:
    title = "Coordination " * 40
    document = _opened(replace(small_deck(), title=title, subtitle=title))
    assert title in _texts(document)
    assert document.core_properties.title.startswith("Minutes No. 2026/3")
    assert document.core_properties.subject in title

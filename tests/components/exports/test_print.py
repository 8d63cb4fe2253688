"""The printed pack: every word of the deck as it is, legible without colour, with its typeface inside."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from components.deck.model import Bullets, Deck, FigureColumn, Table, Tiles, ValueKind
from components.exports.print.pack import deck_pdf, print_data
from components.exports.print.slide_data import LONGEST_PIECE, MAY_BREAK, breakable_text
from components.exports.workbook.workbook import deck_xlsx
from data.language import Language
from data.policy import ScopeKind
from tests.components.deck.hostile import HOSTILE as HOSTILE_PACKS
from tests.components.exports.decks import (
    CREDITS,
    DIRECTIONS,
    HOSTILE,
    LETTERS,
    MARKUP,
    MEMORANDA,
    TREND,
    VOICES,
    deck_of,
    hostile_deck,
    small_deck,
)
from tests.office import Word, embedded_fonts, page_pictures, page_texts, page_words

A4_WIDTH = 595.3


def printed(deck: Deck, folder: Path) -> Path:
    """The file of a deck."""
    path = folder / "pack.pdf"
    path.write_bytes(deck_pdf(deck))
    return path


def further_titles(deck: Deck) -> list[str]:
    """The titles of the tables behind the slides."""
    data = print_data(deck)
    return [table["title"] for table in (*data["wide_tables"], *data["narrow_tables"])]


def test_equal_decks_give_equal_bytes() -> None:
    assert deck_pdf(small_deck()) == deck_pdf(small_deck()) != deck_pdf(deck_of(MEMORANDA))


def test_several_may_print_at_once() -> None:
    decks = [deck_of(replace(MEMORANDA, title=f"Pack {number}")) for number in range(4)]
    alone = [deck_pdf(deck) for deck in decks]
    with ThreadPoolExecutor(len(decks)) as pool:
        assert list(pool.map(deck_pdf, decks)) == alone


def test_a_heading_and_a_title_stand_once_above_what_shares_them() -> None:
    data = print_data(deck_of(TREND, replace(TREND, key="2", title="Other"), replace(DIRECTIONS, title="Other")))
    assert [(slide["heading"], slide["title"]) for slide in data["slides"]] == [
        ("Indicators", TREND.title),
        ("", "Other"),
        ("Events", ""),
    ]


def test_figures_that_a_chart_does_not_write_follow_in_tables() -> None:
    assert further_titles(deck_of(TREND, DIRECTIONS)) == [TREND.title]


def test_a_column_that_a_chart_leaves_out_follows_too() -> None:
    figures = Table((FigureColumn("Direction"), FigureColumn("People", ValueKind.COUNT)), (("Youth work", 1_903),))
    assert further_titles(deck_of(replace(DIRECTIONS, figures=figures))) == [DIRECTIONS.title]


def test_texts_that_are_cut_follow_whole() -> None:
    whole = replace(VOICES, body=Bullets(("We need a room.",), ("Umid",)))
    assert further_titles(deck_of(VOICES)) == [VOICES.title]
    assert further_titles(deck_of(whole)) == []


def test_a_table_is_not_printed_twice() -> None:
    assert further_titles(deck_of(MEMORANDA)) == []


@pytest.mark.parametrize("body", [Table((FigureColumn("A"),), ()), Bullets(()), Tiles(())])
def test_an_empty_body_is_printed_too(body: Table | Bullets | Tiles) -> None:
    assert deck_pdf(deck_of(replace(DIRECTIONS, body=body, remarks=()))).startswith(b"%PDF")


@pytest.mark.parametrize("name", HOSTILE_PACKS)
def test_a_pack_that_nobody_would_believe_is_printed_too(name: str) -> None:
    deck = hostile_deck(name, ScopeKind.DISTRICT)
    assert deck_pdf(deck).startswith(b"%PDF")
    assert deck_xlsx(deck).startswith(b"PK")


@pytest.mark.office
@pytest.mark.parametrize("language", Language)
def test_words_are_printed_as_they_are_and_never_read_as_markup(language: Language, tmp_path: Path) -> None:
    text = " ".join(page_texts(printed(small_deck(language), tmp_path)))
    missing = [words for words in (*(s.title for s in small_deck().slides), MARKUP, LETTERS) if words not in text]
    assert missing == []
    assert HOSTILE in text.replace(" ", "")


@pytest.mark.office
def test_every_page_says_that_the_data_are_invented_and_where_they_come_from(tmp_path: Path) -> None:
    pages = page_texts(printed(small_deck(), tmp_path))
    assert len(pages) > 1
    for number, page in enumerate(pages, 1):
        assert [line for line in (*CREDITS, f"{number} / {len(pages)}") if line not in page] == []


@pytest.mark.office
def test_real_data_carry_no_mark(tmp_path: Path) -> None:
    deck = replace(small_deck(), credits=replace(CREDITS, demo_mark=""))
    assert "invented" not in " ".join(page_texts(printed(deck, tmp_path)))


@pytest.mark.office
def test_only_the_shipped_typeface_is_used_and_it_is_embedded(tmp_path: Path) -> None:
    fonts = {name.split("+")[-1] for name in embedded_fonts(printed(small_deck(), tmp_path))}
    assert fonts == {"Inter-Regular", "Inter-SemiBold"}


@pytest.mark.office
def test_nothing_is_printed_in_colour(tmp_path: Path) -> None:
    for path in page_pictures(printed(small_deck(), tmp_path), folder=tmp_path):
        with Image.open(path) as page:
            red, green, blue = page.convert("RGB").split()
            assert red.tobytes() == green.tobytes() == blue.tobytes()


@pytest.mark.office
@pytest.mark.parametrize("columns", [3, 8])
def test_words_of_a_table_stay_whole_and_in_their_columns(columns: int, tmp_path: Path) -> None:
    titles = ("Huquqbuzarliklarning", "Profilaktikasining", "Совещание")
    head = tuple(FigureColumn(titles[number % 3], share=20.0 if number == 1 else 1.0) for number in range(columns))
    table = Table(head, (tuple(f"{title} 31.12.2026" for title in titles * 3)[:columns],))
    (page,) = page_words(printed(deck_of(replace(MEMORANDA, body=table, figures=table)), tmp_path))
    shown = [word for word in page if word.text in titles]
    assert [word.text for word in shown].count(titles[0]) == 2 * len(range(0, columns, 3))
    assert max(word.right for word in shown) < A4_WIDTH
    assert [pair for pair in pairs(shown) if pair[0].right > pair[1].left] == []


def pairs(words: list[Word]) -> list[tuple[Word, Word]]:
    """Each word with the next one in its line."""
    lined = sorted(words, key=lambda word: (round(word.top), word.left))
    return [(one, two) for one, two in zip(lined, lined[1:], strict=False) if round(one.top) == round(two.top)]


def test_a_word_too_long_for_any_line_may_be_broken_and_no_other() -> None:
    text = f"one {'x' * (2 * LONGEST_PIECE + 1)} two"
    assert breakable_text(text).replace(MAY_BREAK, "") == text
    assert max(len(piece) for piece in breakable_text(text).replace(MAY_BREAK, " ").split(" ")) == LONGEST_PIECE
    assert breakable_text("Huquqbuzarliklar profilaktikasi") == "Huquqbuzarliklar profilaktikasi"

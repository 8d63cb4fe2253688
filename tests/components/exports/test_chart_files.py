"""A single slide as a picture and as a file for spreadsheets."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from PIL import Image

from components.deck.model import Slide
from components.exports.chart_files import slide_csv, slide_png
from components.shell.formatter import Formatter
from data.language import Language, Translator
from tests.components.exports.decks import CREDITS, HOSTILE, LETTERS, MEMORANDA, small_deck


def table(slide: Slide, language: Language = Language.EN) -> list[list[str]]:
    """The rows of a slide's file."""
    content = slide_csv(slide, small_deck(language))
    assert content.startswith(b"\xef\xbb\xbf")
    text = io.StringIO(content.decode("utf-8-sig"), newline="")
    return list(csv.reader(text, delimiter="," if language is Language.EN else ";"))


@pytest.mark.parametrize(
    ("language", "number", "share"), [(Language.EN, "4.256", "62.5"), (Language.RU, "4,256", "62,5")]
)
def test_figures_are_exact_and_written_as_the_language_does(language: Language, number: str, share: str) -> None:
    rows = table(MEMORANDA, language)
    assert rows[0] == [column.title for column in MEMORANDA.figures.columns]
    assert rows[1][2:6] == ["03.12.2026", "12", number, share]


@pytest.mark.parametrize("language", Language)
def test_a_missing_figure_is_said_in_words(language: Language) -> None:
    assert table(MEMORANDA, language)[2][4] == Formatter(Translator(language)).missing


def test_text_that_would_run_is_held_back_and_negative_numbers_are_not() -> None:
    rows = table(replace(MEMORANDA, title=HOSTILE))
    assert (rows[2][0], rows[3][1], rows[3][6]) == (f"'{HOSTILE}", "'+998 in a title", "-1.25")
    assert rows[5][0] == f"'{HOSTILE}"


def test_title_pack_and_credits_stand_at_the_end() -> None:
    lines = [row[0] if row else "" for row in table(MEMORANDA)[4:]]
    assert lines == ["", MEMORANDA.title, "Coordination meeting · Asaka district, July – September 2026", *CREDITS]
    assert LETTERS in lines[1]


@pytest.mark.parametrize("slide", small_deck().slides, ids=lambda slide: slide.key)
def test_a_slide_is_a_sharp_picture(slide: Slide) -> None:
    with Image.open(io.BytesIO(slide_png(slide, small_deck()))) as picture:
        assert picture.format == "PNG"
        assert picture.width > 1600
        assert len(picture.convert("L").resize((200, 100)).getcolors() or ()) > 20


def test_the_picture_carries_title_demo_mark_and_credits() -> None:
    deck = small_deck()
    with_all = picture_height(MEMORANDA, deck.credits.demo_mark)
    assert with_all > picture_height(MEMORANDA, "")


def picture_height(slide: Slide, demo_mark: str) -> int:
    """How high the picture of a slide is with this demo mark."""
    deck = replace(small_deck(), credits=replace(CREDITS, demo_mark=demo_mark))
    with Image.open(io.BytesIO(slide_png(slide, deck))) as picture:
        return picture.height

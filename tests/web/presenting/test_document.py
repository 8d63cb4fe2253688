"""Presentation document: self-contained, in the language of the deck, with every figure, and with all texts escaped."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser

import pytest

from components.deck.model import Deck, DistrictMap, Table, Tiles
from components.deck.texts import value_text
from components.shell.formatter import Formatter
from data.language import Language, Translator
from tests.components.test_fonts import LETTERS
from tests.web.presenting.full_decks import DEMO, HOSTILE, full_deck, hostile_deck
from web.presenting.document import document
from web.presenting.sources import script, style

OUTSIDE = re.compile(r"(?:url\(|@import|https?:)[^)\s]*")


class Reader(HTMLParser):
    """Parser that records the tags with their attributes, and the visible text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = []
        self.silent = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        self.silent = tag if tag in {"style", "script"} else ""

    def handle_endtag(self, tag: str) -> None:
        self.silent = "" if tag == self.silent else self.silent

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.texts.append(data)

    def named(self, tag: str) -> list[dict[str, str]]:
        """Return the attributes of all elements of a kind."""
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(scope="module", params=Language, ids=str)
def deck(request: pytest.FixtureRequest) -> Deck:
    """A deck filled to its limits in each language."""
    return full_deck(request.param)


@pytest.fixture(scope="module")
def reader(deck: Deck) -> Reader:
    return Reader(document(deck))


def test_it_is_in_the_language_of_the_deck(reader: Reader, deck: Deck) -> None:
    assert reader.named("html") == [{"lang": deck.language.html_code}]
    said = Translator(deck.language)("Speaker notes in a second window")
    assert said in reader.texts
    assert Translator(deck.language)("Keys") in reader.texts
    assert not [text for text in reader.texts if "built-in" in text]
    assert (said == "Speaker notes in a second window") == (deck.language is Language.EN)


def test_each_slide_has_its_title_its_place_and_its_notes(reader: Reader, deck: Deck) -> None:
    places = [attributes["data-place"] for attributes in reader.named("section") if "data-place" in attributes]
    translate, count = Translator(deck.language), len(deck.slides)
    assert places == [translate("Slide {number} of {count}", number=n + 1, count=count) for n in range(count)]
    for number, slide in enumerate(deck.slides, start=1):
        assert slide.title in reader.texts
        assert f"{number} / {count}" in reader.texts
        assert all(line in reader.texts for line in slide.notes.splitlines())


def test_every_figure_stands_there_as_it_is_written(reader: Reader, deck: Deck) -> None:
    fmt = Formatter(Translator(deck.language))
    for slide in deck.slides:
        tables = [body for body in (slide.body, slide.figures) if isinstance(body, Table)]
        drawn = tables if isinstance(slide.body, Table) else tables[:1] if slide.key in {"bars", "map"} else []
        for table in drawn[:1]:
            for row in table.rows:
                for value, column in zip(row, table.columns, strict=True):
                    assert value_text(value, column, fmt=fmt) in reader.texts
        if isinstance(slide.body, Tiles):
            assert all({tile.label, tile.text, tile.note} <= set(reader.texts) for tile in slide.body.tiles)


def test_pictures_are_drawn_for_both_shapes_of_screen_and_say_what_is_to_be_seen(reader: Reader, deck: Deck) -> None:
    alternatives = Counter(attributes.get("aria-label") for attributes in reader.named("svg"))
    for slide in deck.slides:
        if alternative := getattr(slide.body, "alternative", ""):
            assert alternatives[alternative] >= (1 if isinstance(slide.body, DistrictMap) else 2)


def test_the_credits_and_the_mark_of_the_demo_stand_on_every_slide(reader: Reader, deck: Deck) -> None:
    lines = Counter(reader.texts)
    assert lines[DEMO] == lines[" · ".join(deck.credits)] == len(deck.slides)


def test_it_asks_for_nothing(reader: Reader) -> None:
    assert [
        tag for tag, attributes in reader.tags if tag in {"iframe", "object", "base"} or "srcset" in attributes
    ] == []
    for _, attributes in reader.tags:
        for name in ("src", "href", "xlink:href"):
            assert attributes.get(name, "data:").startswith(("data:", "#"))
    assert all(found.startswith(('url("data:', "url(#")) for found in OUTSIDE.findall(style()))
    assert "fetch(" not in script()


def test_no_name_inside_it_is_given_twice(reader: Reader) -> None:
    names = Counter(attributes["id"] for _, attributes in reader.tags if "id" in attributes)
    assert [name for name, count in names.items() if count > 1] == []


def test_its_typeface_has_all_letters() -> None:
    ranges = [part.strip() for text in re.findall(r"unicode-range: ([^;]+);", style()) for part in text.split(",")]
    ends = [[int(end, 16) for end in part.removeprefix("U+").split("-")] for part in ranges]
    assert [letter for letter in LETTERS if not any(end[0] <= ord(letter) <= end[-1] for end in ends)] == []
    assert style().count("data:font/woff2;base64,") == 3


def test_no_text_is_taken_for_markup() -> None:
    reader = Reader(document(hostile_deck()))
    assert len(reader.named("script")) == 1
    assert "49" not in reader.texts
    assert reader.texts.count(HOSTILE) >= 12

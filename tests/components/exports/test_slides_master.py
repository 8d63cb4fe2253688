"""The house theme is the slide master: colours, layouts in the language, credits, and the typeface itself."""

from __future__ import annotations

import io
import struct
import zipfile
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from pptx import Presentation
from pptx.oxml import parse_xml
from pptx.presentation import Presentation as Slides
from pptx.slide import SlideLayout, SlideMaster

from components.charts import palette
from components.deck.fonts import FAMILY, Weight, font_file
from components.deck.model import Deck
from components.exports.slides import deck_pptx
from components.exports.slides_fonts import embedded_font
from components.exports.slides_layouts import LayoutKind
from data.language import Language, Translator
from tests.components.exports.decks import small_deck


@cache
def content(language: Language = Language.EN) -> bytes:
    """The small deck as slides."""
    return deck_pptx(small_deck(language))


def opened(deck: Deck) -> Slides:
    """The written slides, opened again."""
    return Presentation(io.BytesIO(deck_pptx(deck)))


def texts_of(shown: SlideMaster | SlideLayout) -> list[str]:
    """The texts of a master or a layout."""
    shapes: list[Any] = list(shown.shapes)
    return [shape.text_frame.text for shape in shapes if shape.has_text_frame]


def files(pattern: str) -> list[bytes]:
    """The parts of the file whose names contain a text."""
    with zipfile.ZipFile(io.BytesIO(content())) as parts:
        return [parts.read(name) for name in parts.namelist() if pattern in name and "_rels" not in name]


def test_every_theme_has_the_colours_of_the_house_and_its_typeface() -> None:
    themes = files("theme/theme")
    assert len(themes) == 2
    for theme in map(parse_xml, themes):
        assert theme.xpath("//a:accent1/a:srgbClr/@val") == [palette.ACCENT[1:].upper()]
        assert theme.xpath("//a:accent2/a:srgbClr/@val") == [palette.ATTENTION[1:].upper()]
        fonts = theme.xpath("//a:fontScheme//a:latin/@typeface")
        assert fonts == [f"{FAMILY} SemiBold", FAMILY]


def test_slides_use_the_theme_and_no_colours_of_their_own() -> None:
    own = [part for part in files("slides/slide") + files("charts/chart") if b"srgbClr" in part]
    assert own == []


def test_nothing_of_the_template_of_the_library_is_left() -> None:
    assert files("thumbnail") + files("printerSettings") + files("app.xml") == []


def test_slides_are_wide() -> None:
    file = opened(small_deck())
    assert (file.slide_width or 0) * 9 == (file.slide_height or 1) * 16


@pytest.mark.parametrize("language", Language)
def test_layouts_are_named_in_the_language(language: Language) -> None:
    names = [layout.name for layout in Presentation(io.BytesIO(content(language))).slide_layouts]
    assert names == [Translator(language)(kind.value) for kind in LayoutKind]


def test_master_and_cover_carry_credits_and_demo_mark() -> None:
    deck = small_deck()
    file = opened(deck)
    for shown in (file.slide_master, file.slide_layouts[0]):
        texts = texts_of(shown)
        assert " · ".join(deck.credits) in texts
        assert "Demo data" in texts


def test_real_data_carry_no_demo_mark() -> None:
    deck = small_deck()
    file = opened(replace(deck, credits=replace(deck.credits, demo_mark="")))
    assert [text for text in texts_of(file.slide_master) if "emo" in text] == []


def test_the_typeface_travels_inside_the_file() -> None:
    fonts = files("fonts/font")
    assert fonts == [embedded_font(weight) for weight in Weight]
    (presentation,) = files("ppt/presentation.xml")
    assert b'typeface="Inter"' in presentation
    assert b'typeface="Inter SemiBold"' in presentation


@pytest.mark.parametrize("weight", Weight)
def test_an_embedded_font_is_the_shipped_one_behind_a_true_header(weight: Weight) -> None:
    embedded, font = embedded_font(weight), font_file(weight).read_bytes()
    size, font_size, version, flags = struct.unpack_from("<4I", embedded)
    (weight_class,), (magic,) = struct.unpack_from("<I", embedded, 28), struct.unpack_from("<H", embedded, 34)
    assert (size, font_size, version, flags) == (len(embedded), len(font), 0x00020001, 0)
    assert (weight_class, magic) == (weight, 0x504C)
    assert embedded.endswith(font)
    (length,) = struct.unpack_from("<H", embedded, 82)
    assert embedded[84 : 84 + length].decode("utf-16-le").startswith(FAMILY)

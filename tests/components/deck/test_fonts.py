"""The static files of the typeface draw the same letters, alike, as the files that the app shows in the browser."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from PIL import ImageFont

from components.deck.fonts import FAMILY, FONTS_FOLDER, Weight, font_file, supported_characters
from tests.components.test_fonts import FONTS, LETTERS

DIGITS_AND_LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789%+()"
SOURCES = [path for path in FONTS if path.suffix == ".woff2"]


@cache
def static(weight: Weight) -> TTFont:
    return TTFont(font_file(weight))


@pytest.mark.parametrize("weight", Weight)
@pytest.mark.parametrize("letter", [*LETTERS, *DIGITS_AND_LATIN])
def test_a_letter_is_drawn_by_the_static_file(weight: Weight, letter: str) -> None:
    assert ord(letter) in static(weight).getBestCmap()


@pytest.mark.parametrize("weight", Weight)
def test_the_signs_that_can_be_drawn_are_those_of_both_files(weight: Weight) -> None:
    assert supported_characters() == {chr(code) for code in static(weight).getBestCmap()}


@pytest.mark.parametrize("weight", Weight)
@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_a_static_file_holds_all_that_its_source_draws(weight: Weight, source: Path) -> None:
    with TTFont(source) as font:
        assert set(font.getBestCmap()) <= set(static(weight).getBestCmap())


@pytest.mark.parametrize("weight", Weight)
@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_a_letter_has_the_outline_that_its_source_has_at_that_weight(weight: Weight, source: Path) -> None:
    with TTFont(source) as font:
        for code in {ord(letter) for letter in LETTERS + DIGITS_AND_LATIN} & set(font.getBestCmap()):
            assert width(static(weight), code) == pytest.approx(width(font, code, weight), abs=1), chr(code)
            assert outline(static(weight), code) == outline(font, code, weight), chr(code)


def width(font: TTFont, code: int, weight: int | None = None) -> float:
    """How far the letter moves the pen, in units of the font."""
    advance: float = font.getGlyphSet(location={"wght": weight} if weight else None)[font.getBestCmap()[code]].width
    return advance


def outline(font: TTFont, code: int, weight: int | None = None) -> list[str]:
    """The commands that draw a letter, without the coordinates, which rounding moves by a unit."""
    glyphs = font.getGlyphSet(location={"wght": weight} if weight else None)
    pen = DecomposingRecordingPen(glyphs)
    glyphs[font.getBestCmap()[code]].draw(pen)
    return [command for command, _ in pen.value]


@pytest.mark.parametrize("weight", Weight)
def test_a_static_file_names_its_family_and_weight_so_that_programs_find_it(weight: Weight) -> None:
    font = static(weight)
    assert (font["name"].getDebugName(16) or font["name"].getDebugName(1)) == FAMILY
    assert font["OS/2"].usWeightClass == weight
    assert "fvar" not in font
    assert font["OS/2"].fsType == 0  # may be embedded in a document


def test_text_is_measured_with_the_static_file() -> None:
    light, heavy = (
        ImageFont.truetype(str(font_file(weight)), 40).getlength("Ўзбекистон Oʻzbekiston") for weight in Weight
    )
    assert 0 < light < heavy


def test_the_licence_travels_with_the_static_files() -> None:
    assert "SIL Open Font License" in (FONTS_FOLDER / "LICENSE").read_text(encoding="utf-8")

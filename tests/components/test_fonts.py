"""The typeface that the app ships holds every letter of its four languages."""

from __future__ import annotations

import tomllib
from pathlib import Path
from string import ascii_letters, digits

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from data.settings import ROOT

ASSETS = ROOT / "components" / "assets"
FONTS = sorted((ASSETS / "fonts").rglob("*.woff2"))
LETTERS = "ʻʼ" + "ЎўҚқҒғҲҳЁё" + "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя" + "№–—«»“”©·−"


def characters(path: Path) -> set[int]:
    """Code points that a font file draws."""
    with TTFont(path) as font:
        return set(font.getBestCmap())


def declared_ranges(text: str) -> set[int]:
    """Code points of a CSS ``unicode-range``."""
    pieces = [piece.strip().removeprefix("U+").split("-") for piece in text.split(",")]
    return {code for ends in pieces for code in range(int(ends[0], 16), int(ends[-1], 16) + 1)}


def test_a_letter_is_drawn_by_the_file_that_the_theme_names_for_it() -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    faces = {face["url"]: declared_ranges(face["unicodeRange"]) for face in config["theme"]["fontFaces"]}
    drawn = {url: characters(ASSETS / url.removeprefix("/assets/")) for url in faces}
    for letter in (*LETTERS, *ascii_letters, *digits):
        named = [url for url, ranges in faces.items() if ord(letter) in ranges]
        assert len(named) == 1, letter
        assert ord(letter) in drawn[named[0]], letter


def test_the_licence_travels_with_the_files() -> None:
    assert FONTS
    for font in FONTS:
        assert "SIL Open Font License" in (font.parent / "LICENSE").read_text(encoding="utf-8")

"""Shared parts of the pages: typed markup is shown as text."""

from __future__ import annotations

from pathlib import Path

import pytest

from components.shell.chrome import LOGO, LOGO_ICON, escape_markdown


@pytest.mark.parametrize("text", ["**bold**", "[link](http://example.org)", "<b>", ":material/person:", "a_b", "$x$"])
def test_signs_of_markdown_are_taken_as_text(text: str) -> None:
    shown = escape_markdown(text)
    assert shown.replace("\\", "") == text
    assert shown != text


def test_words_stay_as_they_are() -> None:
    assert escape_markdown("Gʻijduvon tumani") == "Gʻijduvon tumani"


@pytest.mark.parametrize("logo", [LOGO, LOGO_ICON])
def test_the_wordmark_asks_nothing_of_another_server(logo: Path) -> None:
    drawing = logo.read_text(encoding="utf-8")
    assert "http" not in drawing.replace("http://www.w3.org/2000/svg", "")

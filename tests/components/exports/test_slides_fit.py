"""Texts are measured before they are placed: whole words, sizes that fit, and an ellipsis where nothing does."""

from __future__ import annotations

import pytest

from components.exports.slides_fit import Passage, fits, fitted, shrunk, text_height, text_width, wrapped
from components.exports.slides_markup import Font, Style
from components.exports.slides_places import Box

BODY = Style(20)
BOX = Box(0, 0, 300, 60)
LONG = "Profilaktika inspektorlari va nodavlat notijorat tashkilotlari hamkorligi"


def test_lines_end_between_words_and_hold_all_of_them() -> None:
    lines = wrapped(LONG, width=300, style=BODY)
    assert len(lines) > 1
    assert " ".join(lines) == LONG
    assert all(text_width(line, BODY) <= 300 for line in lines)


def test_a_figure_stays_with_its_sign() -> None:
    text = "выполнено 58\N{NO-BREAK SPACE}%"
    assert wrapped(text, width=text_width("выполнено 58", BODY), style=BODY) == ["выполнено", "58\N{NO-BREAK SPACE}%"]


def test_a_word_that_is_wider_than_the_box_is_broken() -> None:
    lines = wrapped("Ҳ" * 60, width=300, style=BODY)
    assert "".join(lines) == "Ҳ" * 60
    assert all(text_width(line, BODY) <= 300 for line in lines)


def test_heavy_type_is_wider() -> None:
    assert text_width(LONG, Style(20, font=Font.HEADING)) > text_width(LONG, BODY)


def test_spaces_count_between_paragraphs_only() -> None:
    one = [Passage("a", Style(20, space=10))]
    assert text_height(one * 2, width=100) == pytest.approx(2 * text_height(one, width=100) + 10)


def test_text_keeps_its_size_where_there_is_room() -> None:
    assert shrunk([Passage("Reja", BODY)], BOX, smallest=10) == [Passage("Reja", BODY)]


def test_text_shrinks_until_it_fits_and_not_further_than_allowed() -> None:
    found = shrunk([Passage(LONG, BODY)], BOX, smallest=10)
    assert found is not None
    assert fits(found, BOX)
    assert 10 <= found[0].style.size < 20
    assert shrunk([Passage(LONG * 9, BODY)], BOX, smallest=10) is None


def test_a_smaller_size_comes_before_a_broken_word() -> None:
    word = "Кургантепинскийрайон"
    found = shrunk([Passage(word, BODY)], Box(0, 0, text_width(word, Style(15)), 200), smallest=10)
    assert found is not None
    assert found[0].style.size <= 15


def test_what_does_not_fit_in_the_smallest_size_is_cut_at_a_word() -> None:
    found = fitted(Passage(LONG * 9, BODY), BOX, smallest=18)
    assert fits([found], BOX)
    assert found.text.endswith("…")
    assert LONG.startswith(found.text.removesuffix("…"))

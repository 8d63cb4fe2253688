"""Columns of printed tables hold their words."""

from __future__ import annotations

import pytest

from components.deck.fonts import Weight, text_width
from components.exports.typeset_columns import LONGEST_PIECE, breakable, fitting_widths


def needed(word: str) -> float:
    """What a word takes in heights of the type."""
    return text_width(word, size=1.0, weight=Weight.SEMIBOLD)


def test_columns_share_the_width_as_declared_where_their_words_fit() -> None:
    widths = fitting_widths([1, 3], [["a", "12"], ["Work with youth"]], width=40)
    assert (widths.columns, widths.scale) == ((10.0, 30.0), 1.0)


def test_a_column_whose_word_would_be_cut_takes_from_the_others() -> None:
    words = [["Совещание"], ["Решение", "принято"], ["31.12.2026"]]
    widths = fitting_widths([1, 20, 1], words, width=40)
    assert all(each > needed(column[0]) for each, column in zip(widths.columns, words, strict=True))
    assert sum(widths.columns) == pytest.approx(40.0)
    assert widths.scale == 1.0


def test_the_type_becomes_smaller_where_no_column_can_give() -> None:
    words = [["Profilaktikasining"]] * 6
    widths = fitting_widths([1] * 6, words, width=30)
    assert widths.scale < 1
    assert sum(widths.columns) * widths.scale == pytest.approx(30.0)


def test_a_word_too_long_for_any_line_may_be_broken_and_no_other() -> None:
    text = f"one {'x' * (2 * LONGEST_PIECE + 1)} two"
    assert breakable(text).replace("\u200b", "") == text
    assert max(len(piece) for piece in breakable(text).replace("\u200b", " ").split(" ")) == LONGEST_PIECE
    assert breakable("Huquqbuzarliklar profilaktikasi") == "Huquqbuzarliklar profilaktikasi"

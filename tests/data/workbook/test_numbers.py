"""Counts, marks and taxpayer numbers as districts write them."""

from __future__ import annotations

import pytest

from data.workbook import errors
from data.workbook.cells.numbers import parse_count, parse_rating, parse_stirs
from data.workbook.errors import CellError

COUNTS: tuple[tuple[object, int], ...] = (
    (50, 50),
    (50.0, 50),
    ("50 nafar", 50),
    ("50ta", 50),
    ("50 (эллик) нафар", 50),
    ("жами 50", 50),
    ("чел. 50", 50),
    ("50,0", 50),
    ("50.", 50),
    ("１２", 12),
    ("1 200", 1200),
    ("1'200", 1200),
    ("1 200,00", 1200),
    ("1,000,000", 1_000_000),
    ("0", 0),
)
NO_COUNTS: tuple[tuple[object, str], ...] = (
    (-5, errors.NEGATIVE),
    ("−5", errors.NEGATIVE),
    ("–5 nafar", errors.NEGATIVE),
    (9_999_999, errors.TOO_LARGE),
    (50.4, errors.NOT_A_NUMBER),
    ("1,5", errors.NOT_A_NUMBER),
    ("50-60", errors.NOT_A_NUMBER),
    ("~50", errors.NOT_A_NUMBER),
    ("50+", errors.NOT_A_NUMBER),
    ("около 50", errors.NOT_A_NUMBER),
    ("5O", errors.NOT_A_NUMBER),
    ("1e3", errors.NOT_A_NUMBER),
    ("12 34", errors.NOT_A_NUMBER),
    (True, errors.NOT_A_NUMBER),
    (float("nan"), errors.NOT_A_NUMBER),
    (float("inf"), errors.NOT_A_NUMBER),
)
NINE = "300011000"


@pytest.mark.parametrize(("value", "expected"), COUNTS)
def test_a_count_is_read_however_it_is_written(value: object, expected: int) -> None:
    assert parse_count(value) == expected


@pytest.mark.parametrize(("value", "reason"), NO_COUNTS)
def test_what_is_no_count_is_refused_with_its_reason(value: object, reason: str) -> None:
    with pytest.raises(CellError) as refusal:
        parse_count(value)
    assert refusal.value.message.text == reason


@pytest.mark.parametrize(
    "value",
    [5, 5.0, "5", " 5 ", "5 ball", "5-ball", "5 балл", "5 (besh)", "besh", "Беш", "пять", "5/5", "5 из 5", "«5»"],
)
def test_a_mark_is_read_however_it_is_written(value: object) -> None:
    assert parse_rating(value) == 5


@pytest.mark.parametrize("value", [None, "", "-", "—", "n/a", "н/д", "taalluqli emas", "Неприменимо", "x", "х"])
def test_a_mark_that_does_not_apply(value: object) -> None:
    assert parse_rating(value) is None


@pytest.mark.parametrize(
    "value", [0, 6, -1, 4.5, "4,5", "4-5", "5+", "a'lo", "отлично", "+", "✓", "*****", "V", True, "100", "besh yulduz"]
)
def test_what_is_no_mark_is_refused(value: object) -> None:
    with pytest.raises(CellError) as refusal:
        parse_rating(value)
    assert refusal.value.message.text == errors.NOT_A_RATING


@pytest.mark.parametrize(
    "value",
    [
        300011000, 300011000.0, NINE, "'300011000", "300011000.0", "300 011 000", "300,011,000", "300-011-000",
        "STIR: 300011000", "INN№300011000", "300011000 (Yangi Ufq)", "300011000;",
    ],
)  # fmt: skip
def test_a_taxpayer_number_is_read_however_it_is_written(value: object) -> None:
    assert parse_stirs(value) == (NINE,)


@pytest.mark.parametrize("between", ["; ", ", ", ",", "/", "\n", " va ", " и ", " "])
def test_several_taxpayer_numbers_share_a_cell(between: str) -> None:
    assert parse_stirs(f"{NINE}{between}300011001{between}{NINE}") == (NINE, "300011001")


@pytest.mark.parametrize(
    "value", ["3000110001", 30001100, "30001100о", "3,00011E+08", "000000000", "Yangi Ufq", True, float("nan"), ";"]
)
def test_what_is_no_taxpayer_number_is_refused(value: object) -> None:
    with pytest.raises(CellError) as refusal:
        parse_stirs(value)
    assert refusal.value.message.text == errors.NOT_A_STIR

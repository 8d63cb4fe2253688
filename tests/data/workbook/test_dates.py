"""Dates and terms as districts write them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from data.workbook import errors
from data.workbook.cells.dates import Term, parse_date, parse_term
from data.workbook.errors import CellError

FIFTH_OF_JANUARY: tuple[object, ...] = (
    date(2026, 1, 5),
    datetime(2026, 1, 5, 23, 59),  # noqa: DTZ001 - cells hold naive dates
    46027,
    46027.5,
    "46027",
    "5.01.2026y.",
    "05.01.26",
    "05.01.26 г.",
    "05.01.2026 йил",
    "05/01/2026",
    "05 01 2026",
    "05․01․2026",
    "05.01.2026\u00a0",
    "05.01.2026 14:30",
    "2026-01-05T10:00:00",
    "2026.01.05",
    "2026 yil 5 yanvar",
    "2026-yil 5-yanvar",
    "2026 йил 5 январда",
    "2026 yilning 5 yanvari",
    "5-yanvar, 2026-yil",
    "5 января 2026 года",
    "«5» января 2026 г.",
    "5 янв. 2026",
    "05-Jan-2026",
    "Jan 5, 2026",
)
REFUSED: tuple[tuple[object, str], ...] = (
    ("31.02.2026", errors.NO_SUCH_DATE),
    ("29.02.2025", errors.NO_SUCH_DATE),
    ("00.01.2026", errors.NO_SUCH_DATE),
    ("01/13/2026", errors.NO_SUCH_DATE),
    ("31 апреля 2026 г.", errors.NO_SUCH_DATE),
    ("12-01-26", errors.UNCLEAR_YEAR),
    ("5-Jan-26", errors.UNCLEAR_YEAR),
    ("01.01.1970", errors.DATE_OUT_OF_RANGE),
    ("01.01.2222", errors.DATE_OUT_OF_RANGE),
    ("1-chorak", errors.NOT_A_DATE),
    ("I chorak 2026", errors.NOT_A_DATE),
    ("yanvar 2026", errors.NOT_A_DATE),
    ("5-7 yanvar 2026", errors.NOT_A_DATE),
    ("05.01.2026 - 07.01.2026", errors.NOT_A_DATE),
    ("2026", errors.NOT_A_DATE),
    (-5, errors.NOT_A_DATE),
    (True, errors.NOT_A_DATE),
    (float("nan"), errors.NOT_A_DATE),
    (time(10, 0), errors.NOT_A_DATE),
    (timedelta(days=3), errors.NOT_A_DATE),
)


@pytest.mark.parametrize("value", FIFTH_OF_JANUARY)
def test_a_day_is_read_however_it_is_written(value: object) -> None:
    assert parse_date(value) == date(2026, 1, 5)


@pytest.mark.parametrize(("value", "reason"), REFUSED)
def test_what_is_no_day_is_refused_with_its_reason(value: object, reason: str) -> None:
    with pytest.raises(CellError) as refusal:
        parse_date(value)
    assert refusal.value.message.text == reason


@pytest.mark.parametrize(
    "value", ["muddatsiz", "Муддатсиз", "бессрочный", "Бессрочно.", "без срока", "doimiy", "open-ended", "-"]
)
def test_words_for_an_open_end(value: str) -> None:
    assert parse_term(value) is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("3 yil", Term(36)),
        ("3 (uch) yil", Term(36)),
        ("5 лет", Term(60)),
        ("24 oy", Term(24)),
        ("12 мес.", Term(12)),
        ("до 31.12.2027", date(2027, 12, 31)),
        ("31.12.2027 йилгача", date(2027, 12, 31)),
        ("2027 yil 31 dekabrgacha", date(2027, 12, 31)),
        (date(2027, 12, 31), date(2027, 12, 31)),
    ],
)
def test_an_expiry_is_a_day_or_a_length_of_time(value: object, expected: object) -> None:
    assert parse_term(value) == expected


@pytest.mark.parametrize("value", ["0 yil", "2027 yil", "до конца 2027", "3 года с даты подписания", "tez orada"])
def test_an_unclear_expiry_is_refused(value: str) -> None:
    with pytest.raises(CellError):
        parse_term(value)


def test_a_term_ends_on_the_last_day_of_a_short_month() -> None:
    assert Term(1).after(date(2026, 1, 31)) == date(2026, 2, 28)
    assert Term(48).after(date(2024, 2, 29)) == date(2028, 2, 29)

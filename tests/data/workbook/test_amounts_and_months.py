"""Sums, values, years, months and areas as districts write them."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from sqlalchemy import Engine

from data.codes import AreaLevel
from data.database.engine import reading
from data.workbook import errors
from data.workbook.cells.amounts import ParsedValue, parse_amount, parse_value
from data.workbook.cells.areas import FoundArea, find_area
from data.workbook.cells.months import ParsedMonth, parse_month, parse_year
from data.workbook.cells.numbers import parse_whole
from data.workbook.cells.places import PlaceIndex, load_place_index
from data.workbook.errors import CellError

AMOUNTS: dict[int, tuple[object, ...]] = {
    5_000_000: (
        5_000_000, 5_000_000.0, "5000000", "5 000 000", "5\u00a0000\u00a0000 soʻm", "5.000.000,00", "5,000,000.00 so'm",
        "5 mln", "5,0 млн. сум", "5 млн сўм", "5 миллионов сумов", "5000 ming soʻm", "5 000 тыс. сум", "soʻm 5000000",
    ),
    5_500_000: ("5,5 mln soʻm", "5.500 mln", "5 500 000,00 UZS", "0,0055 mlrd"),
    1250: ("1.250", "1,250", "1 250", "1250,0"),
    0: (0, "0", "0 soʻm"),
}  # fmt: skip
MONTHS: dict[ParsedMonth, tuple[object, ...]] = {
    ParsedMonth(3): (
        3, 3.0, "3", "03", "mart", "Mart oyi", "МАРТ", "марта", "III", "ІІІ", "March", "3-oy", "mart oyida",
    ),
    ParsedMonth(3, 2026): (
        "mart 2026", "2026 yil mart", "2026-yil mart oyi", "03.2026", "3/2026", "2026-03", "202603", 202603,
        "март 2026 г.", datetime(2026, 3, 1), date(2026, 3, 31), "15.03.2026", "за март 2026 года", "2026 йил март ойи",  # noqa: DTZ001
    ),
    ParsedMonth(9): ("sentabr", "sentyabr", "сентябрь", "IX", "ix"),
}  # fmt: skip
YEARS: tuple[object, ...] = (2026, 2026.0, "2026", " 2026 yil", "2026-yil", "2026 г.", "2026 йил", date(2026, 5, 1))
AREAS: dict[FoundArea, tuple[object, ...]] = {
    FoundArea(AreaLevel.NATION, ""): ("Respublika", "Oʻzbekiston Respublikasi", "республика", "Узбекистан", "Nation"),
    FoundArea(AreaLevel.REGION, "1718"): (
        "Samarqand viloyati", "САМАРҚАНД ВИЛОЯТИ", "Самаркандская обл.", "Samarqand vil.", "1718", 1718,
        "Samarkand Region",
    ),
    FoundArea(AreaLevel.REGION, "1726"): ("Toshkent shahri", "г. Ташкент", "Toshkent sh.", 1726.0),
    FoundArea(AreaLevel.REGION, "1727"): ("Toshkent viloyati", "Ташкентская область"),
    FoundArea(AreaLevel.REGION, "1733"): ("Xorazm", "Хоразм вилояти", "Xorazm vil"),
    FoundArea(AreaLevel.REGION, "1735"): (
        "Qoraqalpog'iston Respublikasi", "Республика Каракалпакстан", "Qoraqalpog`iston",
    ),
    FoundArea(AreaLevel.DISTRICT, "1718401"): ("Samarqand shahri", "г. Самарканд", 1718401),
    FoundArea(AreaLevel.DISTRICT, "1718233"): ("Samarqand tumani", "Самаркандский район"),
    FoundArea(AreaLevel.DISTRICT, "1726294"): ("Chilonzor", "Чиланзарский р-н"),
}  # fmt: skip


@pytest.fixture(scope="module")
def directory(sqlite_engine: Engine) -> PlaceIndex:
    with reading(sqlite_engine) as connection:
        return load_place_index(connection)


@pytest.mark.parametrize("amount", AMOUNTS)
def test_a_sum_is_read_however_it_is_written(amount: int) -> None:
    assert {value: parse_amount(value) for value in AMOUNTS[amount]} == dict.fromkeys(AMOUNTS[amount], amount)


@pytest.mark.parametrize("value", ["koʻp", "5 USD", "5,5", 5.5, "5-6 mln", "~5 mln", True, "5 mln 300", "1 2 3", "1e6"])
def test_what_is_no_sum_is_refused(value: object) -> None:
    with pytest.raises(CellError):
        parse_amount(value)


@pytest.mark.parametrize("value", [-5, "-5 000", 10**16])
def test_a_sum_beyond_reason_is_refused(value: object) -> None:
    with pytest.raises(CellError) as refusal:
        parse_amount(value)
    assert refusal.value.message.text in {errors.BELOW_ZERO, errors.TOO_LARGE_NUMBER}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (85, ParsedValue(85.0)),
        ("85 %", ParsedValue(85.0, is_percent=True)),
        ("85,5 foiz", ParsedValue(85.5, is_percent=True)),
        ("4.2 ball", ParsedValue(4.2)),
        ("kamida 90%", ParsedValue(90.0, is_percent=True)),
        ("7 ish kuni", ParsedValue(7.0)),
        (-1.5, ParsedValue(-1.5)),
    ],
)
def test_a_value_is_read_with_its_unit(value: object, expected: ParsedValue) -> None:
    assert parse_value(value) == expected


@pytest.mark.parametrize("said", MONTHS)
def test_a_month_is_read_however_it_is_written(said: ParsedMonth) -> None:
    assert {value: parse_month(value) for value in MONTHS[said]} == dict.fromkeys(MONTHS[said], said)


@pytest.mark.parametrize("value", [0, 13, "13", "bahor", "1-chorak", "yanvar-mart", True, "2026", 2.5, "mart aprel"])
def test_what_is_no_month_is_refused(value: object) -> None:
    with pytest.raises(CellError):
        parse_month(value)


def test_a_year_is_read_however_it_is_written() -> None:
    assert [parse_year(value) for value in YEARS] == [2026] * len(YEARS)


@pytest.mark.parametrize("value", [26, "26", "2026-2027", 1800, "20265", "joriy yil", True, 2026.5])
def test_what_is_no_year_is_refused(value: object) -> None:
    with pytest.raises(CellError):
        parse_year(value)


@pytest.mark.parametrize(
    ("value", "units", "number"),
    [("6 soat", "hours", 6), ("30 ta mahalla", "mahallas", 30), (40.0, "things", 40), ("12 ч.", "hours", 12)],
)
def test_a_number_of_things_is_read_with_its_word(value: object, units: str, number: int) -> None:
    assert parse_whole(value, units) == number


@pytest.mark.parametrize(("value", "units"), [("6 soat", "mahallas"), ("30 mahalla", "hours"), ("3 kun", "hours")])
def test_a_number_of_other_things_is_refused(value: object, units: str) -> None:
    with pytest.raises(CellError):
        parse_whole(value, units)


@pytest.mark.parametrize("area", AREAS)
def test_an_area_is_found_whatever_it_is_called(directory: PlaceIndex, area: FoundArea) -> None:
    assert {value: find_area(directory, value) for value in AREAS[area]} == dict.fromkeys(AREAS[area], area)


@pytest.mark.parametrize("value", ["Toshkent", "Samarqand", "Sirdaryo", "Navoiy", "Atlantida", "viloyat", "1799"])
def test_an_unclear_area_is_refused(directory: PlaceIndex, value: str) -> None:
    with pytest.raises(CellError):
        find_area(directory, value)

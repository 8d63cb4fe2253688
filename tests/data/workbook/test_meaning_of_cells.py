"""Cells as people write them in four languages: plain ones are taken, unclear ones asked about, others refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from data.codes import EventState, Problem, Visibility, WouldRepeat
from data.database.engine import reading
from data.language import DomainError
from data.registers.declaration import SheetField
from data.registers.events import GROUPS
from data.registers.registry import SHEETS
from data.workbook.cells.parsing import CellContext, parse_cell
from data.workbook.cells.places import PlaceIndex, load_place_index
from data.workbook.cells.text_matching import number_key
from tests.data.workbook.books import (
    EVENT,
    MEMORANDUM,
    SUPPORT,
    TODAY,
    TRAINING,
    Row,
    by_code,
    import_book,
    save_book,
)


class Fate(StrEnum):
    """What becomes of a cell that is not taken in silence."""

    REFUSED = "refused"
    ASKED = "asked"
    SAID = "said"


REFUSED, ASKED, SAID = Fate.REFUSED, Fate.ASKED, Fate.SAID
MARCH = date(2026, 3, 12)
HELD, CANCELLED, PLANNED = EventState.HELD, EventState.CANCELLED, EventState.PLANNED

# Sheet and field -> what comes of each cell: a value, "refused", "asked" (a doubt) or a value "said" with a warning.
CELLS: Mapping[tuple[str, str], Mapping[object, Sequence[object]]] = {
    ("events", "participants_total"): {
        35: (
            "35 kishi", "35 nafar", "35 та", "35 чел.", "35 people", "35 (ўттиз беш) киши", "jami: 35",
            "«35»", "35 (тридцать пять) чел.", "35-ta", "３５",
        ),
        1200: (
            "1 200", "1'200", "1’200", "1 200 kishi (jami)", "1\u00a0200 нафар", "1.200",
            "1,200 participants",
        ),
        REFUSED: (
            "100%", "100 %", "100 foiz", "100 фоиз", "100 процентов", "100 percent", "100 (foiz)", "100‰",
            "40³", "40²",
            "40₂", "40*", "40 **", "40†", "40¹⁾", "½", "1/2", "②", "±35", "~50", "≈50", "около 50",
            "taxminan 50", "50 (taxminan)",
            "тахминан 50", "about 50", "50 ga yaqin", ">100", "<100", "≥100", "100+", "+100", "10-20",
            "10–20", "10 dan 20 gacha",
            "от 10 до 20", "10…20", "€500", "500 €", "$500", "500 soʻm", "500 сум", "1,5 ming", "2 минг",
            "1 млн", "40+10", "5*10",
            "40 та (20 аёл)", "(35)", "35 (qirq)", "1 200 (бир минг уч юз)",
            "35-", "35?", "№35", "#35", "35 soat", "35 ball", "35 kun", "0,050",
            "12.03", "1.20",
            "IV", "ўттиз", "5 ta MFY, 40 kishi", "35 ч", True, MARCH,
        ),
    },
    ("trainings", "hours"): {
        6: ("6 soat", "6 соат", "6 ч.", "6 часов", "6 hours", "6 akademik soat", 6.0),
        REFUSED: (
            "6 kun", "6 дней", "6 mahalla", "6 kishi", "6%", "~6", "6-8", "6,5", "6½", "6 soat 30 daqiqa",
            "6:00",
        ),
    },
    ("offences", "crime_free"): {
        30: ("30 ta", "30 mahalla", "30 маҳалла", "30 махаллей", "30 MFY"),
        REFUSED: ("30 soat", "30 jinoyat", "30%", "30 фоиз", "30 из 45", "30/45"),
    },
    ("evaluations", "mark_result"): {
        4: (
            "4 ball", "4 балла", "4/5", "4 из 5", "4 out of 5", "4 / 5 ball", "4,0", "«4»", "toʻrt",
            "тўрт", "четыре", "four", "4 (хорошо)",
        ),
        5: ("5 (аъло)", "5 (a'lo)", "besh ball", "пять баллов"),
        None: ("-", "n/a", "taalluqli emas", "неприменимо", "не применимо", "baholanmagan", "н/д"),
        REFUSED: (
            "4-", "4+", "4!", "4?", "4,5", "4-5", "4 dan 5", "80%", "100%", "8/10", "4/10", "4 из 10",
            "10 ballik 8", "4 (10 ballik)",
            "4 (besh)", "4 (пять)", "n/a?", "нет?", "5 (qoniqarsiz)",
            "★★★★", "5️⃣", "⑤", "4²", "V", "a'lo", "отлично", "4 4", 0, 6, "8",
            "taalluqli", "применимо",
            "aloqador", "baholangan", "оценено",
        ),
    },
    ("supports", "amount_uzs"): {
        5_000_000: (
            "5 000 000 (besh million) soʻm", "5 mln (беш миллион) сўм",
            "5 000 000", "5 mln", "5 млн сўм", "5,0 mln so'm", "5 000 000 UZS", "5 000 ming soʻm",
            "5 миллионов сумов",
        ),
        REFUSED: (
            "€500", "500 €", "$100", "100 $", "100 USD", "100 доллар", "100 AQSH dollari", "100 euro",
            "500 ₽", "500 руб.", "£5", "¥5",
            "₸500", "5 тенге", "5%", "5 foiz", "~5 mln", "5-6 mln", "5 mln+", "5 mln 300 ming",
            "5 trln kub", "5 m", "5 ga", "5 ta",
            "5 mln (olti million)", "5 (million)", "5 mln²", "5 mln*", "12.5", "ming",
        ),
    },
    ("targets", "value"): {
        REFUSED: (
            "85 dan kam", "менее 85", "85 emas", "не 85", "less than 85", "<85", "≥85", "85-90", "85‰",
            "$85", "85²", "~85",
        ),
    },
    ("events", "event_date"): {
        MARCH: (
            "12.03.2026", "12/03/2026", "12.III.2026", "12-III-2026", "12/ІІІ/2026", "2026-03-12",
            "12 mart 2026 y.", "12-март 2026 йил",
            "12 марта 2026 г.", "March 12, 2026", "payshanba, 12 mart 2026", "12.03.2026 (payshanba)",
            "четверг, 12.03.2026",
            "12.03.2026 14:00", "12.03.2026 soat 14:00", "12 марта 2026 года в 10:00",
            "2026-03-12T23:30:00+05:00",
            "2026-03-11T20:00:00Z", "12.\u00ad03.2026", "\u200b12.03.2026\u200f", "2026-yil 12-martda",
        ),
        REFUSED: (
            "12 mart", "12.03", "mart 2026", "12-14 mart 2026", "12.03.2026-14.03.2026", "12.03.2026¹",
            "12.03.2026?", "~12.03.2026",
            "12 martdan keyin 2026", "12 mart 2026 emas", "не 12 марта 2026", "до 12 марта 2026",
            "about 12 March 2026", "12.13.2026",
            "31.06.2026", "12.O3.2026", "I chorak 2026", "12.03.20026", True,
        ),
        ASKED: ("12.03.2026 (juma)", "пятница, 12.03.2026", "3/12/26",
            "12.03.2062", "12.03.62", date(2062, 3, 12), "12.03.2006", "12 марта 2062 года"),
    },
    ("memoranda", "expiry_date"): {
        None: (
            "muddatsiz", "бессрочно", "срок не ограничен", "cheklanmagan", "unlimited",
            "muddati belgilanmagan",
        ),
        REFUSED: (
            "cheklangan", "срок ограничен", "muddati belgilangan", "limited", "определённый срок",
            "установлен", "muddatli",
            "3 yil (taxminan)", "не более 3 лет", "3-5 yil", "3 yil?", "Бессрочно?", "3 yil (ikki yarim)",
        ),
        ASKED: ("31.12.2062", date(2090, 1, 1)),
    },
    ("events", "state"): {
        HELD: ("Oʻtkazildi", "O`TKAZILDI", "ўтказилди.", "Проведено", "held ", "Oʻtkazil\u00addi", "bajarildi"),
        CANCELLED: (
            "Bekor qilindi", "Oʻtkazilmadi", "Ўтказилмади", "не проведено", "Не проведен", "Не состоялся",
            "Отмена", "bajarilmadi",
        ),
        PLANNED: ("Rejalashtirilgan", "запланировано", "Oʻtkaziladi"),
        REFUSED: (
            "Bekor qilinmadi", "Bekor qilinmagan", "бекор қилинмади", "не отменено", "неотменено",
            "not cancelled", "Not canceled",
            "bajarilmagan", "Бажарилмаган", "Amalga oshirilmadi", "амалга оширилмади", "не реализовано",
            "нереализовано", "Boʻlib oʻtmadi",
            "Rejalashtirilmagan", "режалаштирилмаган", "не запланировано", "незапланировано",
            "not planned", "unplanned", "не завершено",
            "Yakunlanmadi", "O'tkazilgan emas", "Oʻtkazilmoqda", "o'tkazilishi kerak", "Проведено не было",
            "+", "✓", "1",
            "✗", True, "100%",
        ),
        ASKED: (
            "Oʻtkazildi?", "Otkazldi", "Провдено", "✗ Oʻtkazildi", "Bekor qlindi", "¬ Проведено",
            "Cancelld",
        ),
    },
    ("evaluations", "visibility"): {
        Visibility.NAMED: ("ochiq", "Очиқ", "Открыто", "named", "OChIQ", "Очик"),
        Visibility.CONFIDENTIAL: ("maxfiy", "Махфий", "yopiq", "закрыто", "anonim", "maхfiy", "Confidential"),
        REFUSED: (
            "Ochiq emas", "очиқ эмас", "не открыто", "неоткрыто", "Не открытый", "not open", "not named",
            "unnamed", "noochiq", "ochiqmas",
            "oshkora emas", "ism bilan emas", "без имени", "maxfiy emas", "sir emas", "не секретно",
            "неконфиденциально", "not confidential",
            "ochiq (maxfiy emas)", "Ochilmasin", "Hammaga", "Ha", "Публиковать нельзя", True, "?",
        ),
        SAID: ("ochiq?", "открыто ?", "oshkor", "конфиденцально", "✗ ochiq", "konfidensial"),
    },
    ("evaluations", "would_repeat"): {
        WouldRepeat.YES: ("ha", "Ҳа", "Да", "albatta", "yes"),
        WouldRepeat.NO: ("yoʻq", "йўқ", "нет", "no", "Oʻtkazmayman"),
        REFUSED: (
            "Ha emas", "albatta yoʻq", "конечно нет", "Да нет", "не да", "ha, lekin", "hech qachon",
            "Не хотели бы", "bilaman", "знаю", "o'tkazmas edim",
            "+", "1", True, "не",
        ),
        ASKED: ("ha?", "да ?", "Oʻtkazaman?", "oʻtkazmayman?", "albattta", "✗ ha"),
    },
    ("evaluations", "problems"): {
        (): ("yoʻq", "нет", "Muammo yoʻq", "муаммо бўлмади", "Проблем нет", "проблем не было", "No problems", "-"),
        ASKED: (
            "Axborot kech kelmadi", "ахборот кеч келмади", "инспектор не перегружен",
            "Инспектор неперегружен", "Grantlar teng taqsimlangan",
            "Inspector is not overloaded", "Информация поступила не поздно", "Masʼuliyat aniq",
        ),
        SAID: ("Yomgʻir yogʻdi", "Axborot kech kedli"),
    },
    ("events", "direction"): {
        REFUSED: ("Yoshlar bilan ishlanmadi", "Молодёжь не", "nimadir"),
        SAID: ("Yoshlar bilan ishlsh", "Молодежная рабта"),
    },
    ("events", "stirs"): {
        ("300011000",): (
            300011000, 300011000.0, "300 011 000", "300-011-000", "STIR: 300011000", "ИНН 300011000",
            "300011000,00", "300011000.0",
            "\u200b300011000\u00ad", "'300011000", "３０００１１０００",
        ),
        REFUSED: (
            "30001100", "3000110001", "030001100", "30001l000", "3ooo11000", "З00011000", "300011000¹",
            "3.00011E+08", 300011000.5,
            -300011000, "300011000?", "000000000", "300011000-300011002", "300011000%", True, "noma'lum",
        ),
    },
    ("events", "mahalla"): {
        "Oqtepa MFY": ("Oqtepa MFY",),
        "S.Rahimov MFY": ("S.Rahimov MFY",),
        "A. Navoiy": ("A. Navoiy",),
        REFUSED: (
            True, 12, MARCH, "№ 12",
            "Karimov Sobir Aliyevich", "Каримов Собир Алиевич", "Karimova Nodira Aliyevna",
            "Каримова Н. А.", "Karimov S.A.", "S.A. Karimov",
            "Karimov S.", "Sobir Ali oʻgʻli", "Нодира Али қизи", "Karimov Sobir Aliyevich MFY",
            "Mahalla raisi Karimov", "Rais: Karimov",
            "майор Каримов", "Oqtepa MFY raisi Karimov S.", "Toshmatov Eshmat Boltayevich, rais",
            "Chairman Karimov", "Петров Иван Сергеевич",
            "участковый Петров",
        ),
    },
    ("memoranda", "number"): {
        REFUSED: (MARCH, True, 1.234567890123457e19, 10**15, "1.23457E+19"),
        SAID: ("#12", "0012"),
    },
}  # fmt: skip
NUMBERED: Mapping[str, Row] = {
    "events": {**EVENT, "memorandum": None, "state": "rejada", **dict.fromkeys(GROUPS, 0)},
    "memoranda": MEMORANDUM,
    "supports": SUPPORT,
    "trainings": TRAINING,
}
ONE_NUMBER: tuple[tuple[str, ...], ...] = (
    (
            "12", "12-сон", "12-son", "№12", "№ 12-сон", "12-sonli", "12-сонли", "N12", "No.12", "No 12",
            "Nr. 12", "#12", "12 son", "12-son.",
            "raqami 12", "Рақами: 12", "номер 12", "Number 12", "12-raqamli", "12-nchi", "№-12", "№№ 12",
            "0012", "12.0", "\u200b12",
    ),
    ("HM-12", "НМ-12", "ҲМ-12", "№ HM-12", "№HM-12", "hm – 12", "HM-12-son", "ҲМ-12-сонли"),
    ("12/1", "№12/1", "12/1-сон", "12 / 1"),
    ("N-12", "n-12"),
    ("D-5", "Д-5", "д – 5"),
    ("12-A", "12-а", "12-a"),
    ("HM-2026/001", "ҲМ-2026/001-сон"),
)  # fmt: skip


@pytest.fixture(scope="module")
def places(sqlite_engine: Engine) -> PlaceIndex:
    with reading(sqlite_engine) as connection:
        return load_place_index(connection)


def field_of(sheet: str, code: str) -> SheetField:
    return next(entry for entry in SHEETS if entry.code == sheet).field(code)


def found_in(value: object, field: SheetField, places: PlaceIndex) -> object:
    """What comes of a cell: its value, or its fate where it is not taken in silence."""
    context = CellContext(places, TODAY)
    try:
        parsed = parse_cell(value, field, context)
    except DomainError:
        return REFUSED
    return ASKED if context.doubts else SAID if context.warnings else parsed


@pytest.mark.parametrize("column", CELLS, ids=".".join)
def test_a_cell_is_what_it_says_or_is_not_taken(places: PlaceIndex, column: tuple[str, str]) -> None:
    field = field_of(*column)
    wrong = {
        str(value): str(found)
        for expected, values in CELLS[column].items()
        for value in values
        if (found := found_in(value, field, places)) != expected
    }
    assert wrong == {}


@pytest.mark.parametrize(
    "column", [column for column in CELLS if column[0] in NUMBERED and column[1] != "number"], ids=".".join
)
def test_a_workbook_of_such_cells_comes_out_alike(
    sqlite_engine: Engine, tmp_path: Path, column: tuple[str, str]
) -> None:
    sheet, code = column
    cells = [(value, expected) for expected, values in CELLS[column].items() for value in values]
    rows = [{**NUMBERED[sheet], code: value, "number": f"X-{at}"} for at, (value, _) in enumerate(cells)]
    book: dict[str, Any] = {"memoranda": [MEMORANDUM], sheet: rows if sheet != "memoranda" else [MEMORANDUM, *rows]}
    outcome = by_code(import_book(sqlite_engine, save_book(tmp_path / "book.xlsx", **book), is_check=True))[sheet]
    first = 2 if sheet != "memoranda" else 3
    by_fate = {
        fate: [value for at, (value, _) in enumerate(cells) if at + first in numbers]
        for fate, numbers in ((REFUSED, {entry.row for entry in outcome.refused}), (ASKED, outcome.doubted_rows))
    }
    assert by_fate == {fate: [*CELLS[column].get(fate, ())] for fate in (REFUSED, ASKED)}


def test_an_unclear_visibility_is_confidential(places: PlaceIndex) -> None:
    field = field_of("evaluations", "visibility")
    for value in CELLS["evaluations", "visibility"][SAID]:
        assert parse_cell(value, field, CellContext(places, TODAY)) is Visibility.CONFIDENTIAL, value


def test_a_denied_problem_is_none_of_the_list(places: PlaceIndex) -> None:
    field = field_of("evaluations", "problems")
    for value in CELLS["evaluations", "problems"][ASKED]:
        parsed = parse_cell(value, field, CellContext(places, TODAY))
        assert [choice.code for choice in parsed] == [Problem.OTHER], value  # type: ignore[attr-defined]


def test_a_document_number_is_one_in_any_script_and_with_any_sign() -> None:
    keys = [{number_key(text) for text in texts} for texts in ONE_NUMBER]
    assert [len(found) for found in keys] == [1] * len(ONE_NUMBER)
    assert len(set.union(*keys)) == len(ONE_NUMBER)

"""Writes good records the way districts do: other scripts, apostrophes, date and number styles, orders and extras."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from openpyxl.worksheet.worksheet import Worksheet

from data.language import Language
from data.registers.declaration import FieldKind, RegisterSheet, SheetField
from data.workbook.cells.codes import label_of, spellings_of

MONTHS = {
    Language.UZ_LATN: ("yanvar", "fevral", "mart", "aprel", "may", "iyun",
                       "iyul", "avgust", "sentabr", "oktabr", "noyabr", "dekabr"),
    Language.UZ_CYRL: ("январь", "февраль", "март", "апрель", "май", "июнь",
                       "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"),
    Language.RU: ("января", "февраля", "марта", "апреля", "мая", "июня",
                  "июля", "августа", "сентября", "октября", "ноября", "декабря"),
}  # fmt: skip
DISTRICTS = {
    "1718401": ("Samarqand shahri", "Самарқанд шаҳри", "город Самарканд", "г. Самарканд", "Samarqand sh."),
    "1718233": ("Samarqand tumani", "Самарқанд тумани", "Самаркандский район", "Самарканд тумани", "1718233"),
    "1726294": ("Chilonzor tumani", "Чилонзор тумани", "Чиланзарский район", "Chilonzor", "Чиланзарский р-н"),
    "1706215": ("Gʻijduvon tumani", "Ғиждувон тумани", "Гиждуванский район", "Гиждувон тумани", "Gijduvon tuman"),
}
TOTALS = ("Jami", "Жами", "Итого", "Всего:", "JAMI:", "Total")
TITLES = ("2026-yil hisoboti", "Отчёт за 2026 год", "2026 йил ҳисоботи", "Maʼlumot")
NUMERALS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
FIGURES = frozenset([FieldKind.YEAR, FieldKind.MONTH, FieldKind.AMOUNT, FieldKind.WHOLE])
APOSTROPHES = "'`´‘’ʻʼ"


@dataclass
class Expected:
    """What importing a sheet must give."""

    accepted: int = 0
    duplicates: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)


@dataclass
class Line:
    """A row to be written: its values by column code, and its fate: "good", "repeat" or the column with the error."""

    values: Mapping[str, object]
    fate: str = "good"


class Disguise:
    """Writes records in a random manner; the same seed gives the same workbook."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - test data
        self.language = self.random.choice([Language.UZ_LATN, Language.UZ_CYRL, Language.RU])

    def apostrophes(self, text: str) -> str:
        """Each apostrophe as another one, or left out."""
        return "".join(self.random.choice([*APOSTROPHES, ""]) if letter in "ʻʼ" else letter for letter in text)

    def spaces(self, text: str) -> str:
        """Spaces around, a hard one within, or none."""
        text = text.replace(" ", self.random.choice([" ", " ", "  ", "\u00a0"]))
        return self.random.choice(["", "", " "]) + text + self.random.choice(["", "", "  "])

    def heading(self, column: SheetField) -> str:
        """A heading in the sheet's language with the habits of real ones."""
        text = self.apostrophes(column.heading.in_language(self.language))
        manner = self.random.random()
        if manner < 0.15:
            text = text.upper()
        elif manner < 0.3:
            text = text.replace(" ", "\n", 1)
        elif manner < 0.4 and len(text) > 12:
            at = self.random.randrange(3, len(text) - 1)
            text = text[:at] + text[at + 1 :]
        return self.spaces(text) if manner < 0.8 else f"{text} "

    def date(self, value: date) -> object:
        """A date in one of many ways."""
        words = self.random.choice(list(MONTHS))
        month = MONTHS[words][value.month - 1]
        year_word = {Language.UZ_LATN: "yil", Language.UZ_CYRL: "йил", Language.RU: "г."}[words]
        return self.random.choice(
            [
                datetime(value.year, value.month, value.day),  # noqa: DTZ001 - cells hold naive dates
                f" {value:%d.%m.%Y} ",
                f"{value:%d/%m/%Y}",
                f"{value:%d-%m-%Y}",
                f"{value:%Y-%m-%d}",
                f"{value:%Y-%m-%d} 00:00:00",
                f"{value.day}-{month} {value.year}",
                f"{value.day} {month} {value.year} {year_word}",
                f"{value.year} {year_word} {value.day} {month}" if words is not Language.RU else f"{value:%d.%m.%Y} г.",
                (value - date(1899, 12, 30)).days,
            ]
        )

    def count(self, value: int) -> object:
        """A number as a number or as text, with or without a word."""
        words = ["{} nafar", "{} нафар", "{} чел.", " {}", "{}", "{} kishi", "{}.0"]
        return self.random.choice([value, value, float(value), self.random.choice(words).format(value)])

    def mark(self, value: int | None) -> object:
        """A mark, or one of the signs for not applicable."""
        if value is None:
            return self.random.choice(["-", "—", None, "n/a", "taalluqli emas", "неприменимо"])
        return self.random.choice([value, str(value), f"{value} ball", f"{value} балл", f" {value}", float(value)])

    def word(self, code: StrEnum) -> str:
        """One of the words for a code, in any script and case."""
        labels = [label_of(code).in_language(language) for language in MONTHS]
        spellings = [word for word in spellings_of(code) if word not in label_of(code).in_all_languages()]
        text = self.random.choice([*labels, *spellings[:2]])
        text = self.apostrophes(text)
        return self.spaces(self.random.choice([text, text.lower(), text.upper()]))

    def stir(self, value: str) -> object:
        """A tax number as a number or text."""
        return self.random.choice(
            [int(value), value, f"{value[:3]} {value[3:6]} {value[6:]}", f" {value}", float(value)]
        )

    def figure(self, kind: FieldKind, value: int) -> object:
        """A year, a month, a sum of money or a number of things in one of many ways."""
        if kind is FieldKind.MONTH and 1 <= value <= 12:
            names = [months[value - 1] for months in MONTHS.values()]
            return self.random.choice([value, f"{value:02}", NUMERALS[value - 1], *names, f"{names[0]} oyi"])
        spaced = f"{value:,}".replace(",", " ")
        manners: dict[FieldKind, list[object]] = {
            FieldKind.YEAR: [f"{value} yil", f"{value}-yil", f"{value} г.", f"{value} йил"],
            FieldKind.AMOUNT: [
                spaced,
                f"{spaced} so'm",
                f"{spaced},00",
                f"{value / 1_000_000:g} млн".replace(".", ","),
            ],
            FieldKind.WHOLE: [f"{value} ta", f"{value}.0", f" {value} "],
        }
        return self.random.choice([value, float(value), str(value), *manners.get(kind, [])])

    def cell(self, column: SheetField, value: object) -> object:
        """A value as its column's kind is written; text is a value that is written as it is."""
        if value is None and column.kind is not FieldKind.RATING:
            return None
        if column.kind is FieldKind.RATING and (value is None or isinstance(value, int)) and value != 6:
            return self.mark(value)
        if isinstance(value, date):
            return self.date(value)
        if isinstance(value, StrEnum):
            return self.word(value)
        if isinstance(value, tuple):
            return self.random.choice(["; ", ";", "\n"]).join(self.word(code).strip() for code in value)
        if column.kind in {FieldKind.STIR, FieldKind.STIRS} and str(value).isdigit() and len(str(value)) == 9:
            return self.stir(str(value))
        if column.kind in {FieldKind.DISTRICT, FieldKind.AREA} and value in DISTRICTS:
            return self.spaces(self.apostrophes(self.random.choice(DISTRICTS[str(value)])))
        if column.kind is FieldKind.COUNT and isinstance(value, int) and value >= 0:
            return self.count(value)
        if column.kind in FIGURES and isinstance(value, int) and value >= 0:
            return self.figure(column.kind, value)
        return value

    def write(self, page: Worksheet, sheet: RegisterSheet, lines: list[Line]) -> Expected:
        """Write a sheet and say what must come of it."""
        expected = Expected()
        columns = [column for column in sheet.fields if any(column.code in line.values for line in lines)]
        self.random.shuffle(columns)
        for _ in range(self.random.randrange(4)):
            page.append([self.random.choice([*TITLES, None])])
        has_number = self.random.random() < 0.7
        extra = self.random.random() < 0.3
        head = [self.heading(column) for column in columns] + (["Ijrochi bo'lim"] if extra else [])
        page.append(["№", *head] if has_number else head)
        row = page.max_row
        for at, line in enumerate(lines, 1):
            if self.random.random() < 0.1:
                row += 1
            row += 1
            cells = [self.cell(column, line.values.get(column.code)) for column in columns]
            for position, value in enumerate([at, *cells] if has_number else cells, 1):
                page.cell(row, position, value)
            self._count(expected, line, row)
        if self.random.random() < 0.7:
            page.cell(row + self.random.randrange(1, 4), 1, self.random.choice(TOTALS))
            page.cell(page.max_row, 2, len(lines))
        return expected

    def _count(self, expected: Expected, line: Line, row: int) -> None:
        expected.accepted += line.fate == "good"
        expected.duplicates += line.fate == "repeat"
        if line.fate not in {"good", "repeat"}:
            expected.refused.append((row, line.fate))

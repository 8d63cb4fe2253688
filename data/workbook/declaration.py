"""What a sheet and a column of a report workbook are made of; the sheets themselves are in ``columns.py``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from data.language import Language
from data.texts.search_keys import APOSTROPHES

FEWEST_HEADINGS = 3


class Kind(StrEnum):
    """Kinds of value that a cell may hold."""

    NUMBER = "number"
    TEXT = "text"
    STIR = "stir"
    STIRS = "stirs"
    DISTRICT = "district"
    DATE = "date"
    TERM = "term"
    COUNT = "count"
    WHOLE = "whole"
    AMOUNT = "amount"
    VALUE = "value"
    YEAR = "year"
    MONTH = "month"
    AREA = "area"
    NAMES = "names"
    MARK = "mark"
    CHOICE = "choice"
    CHOICES = "choices"


@dataclass(frozen=True)
class Wording:
    """A word of the format in the four languages; the Uzbek Latin one is canonical."""

    uz_latn: str
    uz_cyrl: str
    ru: str
    en: str

    def in_language(self, language: Language) -> str:
        """The word in a language."""
        return self.by_language()[language]

    def by_language(self) -> Mapping[Language, str]:
        """The words by language."""
        return {
            Language.UZ_LATN: self.uz_latn,
            Language.UZ_CYRL: self.uz_cyrl,
            Language.RU: self.ru,
            Language.EN: self.en,
        }


@dataclass(frozen=True)
class Column:
    """A column: its code, kind of value, headings, what else it is called, and a note for who fills it.

    ``is_required``: the column must be there and its cells filled. ``choices``: the codes its words stand for.
    """

    code: str
    kind: Kind
    heading: Wording
    synonyms: tuple[str, ...] = ()
    is_required: bool = False
    choices: type[StrEnum] | None = None
    note: str = ""

    @property
    def canonical(self) -> str:
        """The heading that names the column in an outcome."""
        return self.heading.uz_latn

    @property
    def words(self) -> tuple[str, ...]:
        """Everything the column is called."""
        return (*self.heading.by_language().values(), *self.synonyms)


@dataclass(frozen=True)
class Sheet:
    """A sheet: its code, names, and columns in the order in which their faults are looked for."""

    code: str
    name: Wording
    title: Wording
    columns: tuple[Column, ...]
    key: str
    synonyms: tuple[str, ...] = ()

    @property
    def canonical(self) -> str:
        """The name that stands for the sheet in an outcome: without apostrophes, so that programs find it."""
        return re.sub(f"[{APOSTROPHES}]", "", self.name.uz_latn)

    @property
    def words(self) -> tuple[str, ...]:
        """Everything the sheet is called."""
        return (*self.name.by_language().values(), *self.synonyms)

    @property
    def fewest_headings(self) -> int:
        """How many headings a row must hold to be taken for the headings of the sheet."""
        return min(FEWEST_HEADINGS, sum(column.is_required for column in self.columns))

    def column(self, code: str) -> Column:
        """The column with a code."""
        return next(column for column in self.columns if column.code == code)


GUIDE = Wording("Yoʻriqnoma", "Йўриқнома", "Инструкция", "Guide")
LISTS = Wording("Roʻyxatlar", "Рўйхатлар", "Списки", "Lists")

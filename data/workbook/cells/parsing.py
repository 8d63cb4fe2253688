"""Parses a cell by the kind of its field."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from data.codes import Direction, EventForm, Problem, RequestKind, SupportKind, Visibility
from data.language import Message
from data.registers.declaration import FieldKind, SheetField
from data.texts.personal_data import PersonalDataError, find_personal_data, refuse_personal_data
from data.texts.search_keys import tidy
from data.workbook import errors
from data.workbook.cells.amounts import parse_amount, parse_value
from data.workbook.cells.areas import find_area
from data.workbook.cells.codes import label_of, word_index
from data.workbook.cells.dates import Term, digits_of, is_on_its_weekday, parse_date, parse_term
from data.workbook.cells.months import parse_month, parse_year
from data.workbook.cells.numbers import is_blank, parse_count, parse_rating, parse_stir, parse_stirs, parse_whole
from data.workbook.cells.persons import names_person
from data.workbook.cells.places import PlaceIndex
from data.workbook.cells.text_matching import MatchQuality, compact, number_key, visible
from data.workbook.errors import CellError
from data.workbook.spellings import word_list

TEXT_LIMIT = 4000
SHOWN_LIMIT = 60
DATE_YEARS, TERM_YEARS = 10, 30
"""Years from today beyond which a date is asked about."""
LARGEST_NUMBER = 10**15
"""Numbers beyond which a spreadsheet keeps no more than their first fifteen digits."""
_SPREADSHEET_ERROR = re.compile(r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!)")
_NO_PROBLEM = frozenset(map(compact, word_list("no_problem")))
_FORGIVING = (Direction, EventForm, SupportKind, RequestKind)
"""Lists whose words differ enough for a typing error to be corrected with a warning."""
# A question mark, a cross or a sign of logic beside a word may deny it.
_UNCLEAR_SIGN = re.compile(r"[^\w\s.,;:()'\"«»“”„‘’`´ʻʼ/!+&‐‑‒–—―−\-]")
_BULLET = re.compile(r"^\s*(?:\d{1,2}[.)]|[•·*–—-])\s*")


@dataclass
class CellContext:
    """Directory of places and day that cells are parsed with, and the warnings and doubts that parsing gave."""

    places: PlaceIndex
    today: date
    warnings: list[Message] = dataclasses.field(default_factory=list)
    doubts: list[Message] = dataclasses.field(default_factory=list)


@dataclass(frozen=True, order=True)
class ParsedChoice:
    """Code that a cell names; ``text`` is the original text where the code is "other"."""

    code: StrEnum
    text: str = ""


def display_text(value: object) -> str:
    """Value of a cell as a message may show it: short, and without anything that looks like personal data."""
    text = value.strftime("%d.%m.%Y") if isinstance(value, date) else str(value).strip()
    if find_personal_data(text) is not None or re.search(r"\d{10,}", text):
        return "…"
    return text if len(text) <= SHOWN_LIMIT else f"{text[: SHOWN_LIMIT - 1]}…"


def _text(value: object, _field: SheetField, _context: CellContext) -> str:
    text = tidy(plain_text(value))
    if len(text) > TEXT_LIMIT:
        raise CellError(errors.TOO_LONG, length=len(text), limit=TEXT_LIMIT)
    refuse_personal_data(text)
    return text


def plain_text(value: object) -> str:
    """Return a cell as text, without control characters."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.strftime("%d.%m.%Y")
    # Control characters have no place in stored text, and PostgreSQL refuses NUL.
    return "".join(" " if ord(letter) < 32 else letter for letter in str(value) if not 0xD800 <= ord(letter) <= 0xDFFF)


def _number(value: object, _field: SheetField, context: CellContext) -> str:
    """Document number as written. A cell that the spreadsheet program has changed holds it no longer."""
    if isinstance(value, bool | date | time | timedelta):
        raise CellError(errors.CHANGED_NUMBER, value=value)
    text = tidy(plain_text(value))
    is_rounded = isinstance(value, int | float) and abs(value) >= LARGEST_NUMBER
    if is_rounded or re.fullmatch(r"\d(?:[.,]\d+)?[EЕ]\+?\d+", text, re.IGNORECASE):
        raise CellError(errors.ROUNDED_NUMBER, value=value)
    if len(text) > 100:
        raise CellError(errors.TOO_LONG, length=len(text), limit=100)
    if re.match(r"\s*#|0\d+$", text):
        context.warnings.append(
            Message(errors.LIKELY_NUMBER, {"value": display_text(text), "number": number_key(text)})
        )
    return text


def _district(value: object, _field: SheetField, context: CellContext) -> str:
    found = context.places.find(value)
    if found.is_likely:
        context.warnings.append(Message(errors.LIKELY_DISTRICT, {"name": found.place.name}))
    return found.place.soato


def _date(value: object, _field: SheetField, context: CellContext) -> date:
    found = parse_date(value)
    _doubt_date(value, found, context, years=DATE_YEARS)
    return found


def _term(value: object, _field: SheetField, context: CellContext) -> date | Term | None:
    found = parse_term(value)
    if isinstance(found, date):
        _doubt_date(value, found, context, years=TERM_YEARS)
    return found


def _doubt_date(value: object, found: date, context: CellContext, *, years: int) -> None:
    """Doubt a date far from today, and one as American programs show it: 3/12/26."""
    digits = digits_of(value) if isinstance(value, str) else None
    is_american = digits is not None and digits.is_short_year and digits.separator == "/"
    shown = {"value": display_text(value), "taken": display_text(found)}
    if is_american and found.day <= 12 and found.day != found.month:
        other = display_text(found.replace(day=found.month, month=found.day))
        context.doubts.append(Message(errors.SHORT_DATE, shown | {"other": other}))
    if isinstance(value, str) and not is_on_its_weekday(value, found):
        context.doubts.append(Message(errors.OTHER_WEEKDAY, shown))
    if abs(found.year - context.today.year) > years:
        context.doubts.append(Message(errors.FAR_DATE, shown))


def _names(value: object, field: SheetField, context: CellContext) -> tuple[str, ...]:
    """Names of a list, in order and without repeats; separated by ``;``, ``,`` or line breaks."""
    pieces = [_BULLET.sub("", piece) for piece in re.split(r"[;,\n|]", str(value).replace("_x000D_", ""))]
    names = [_mahalla(piece, field, context) for piece in pieces if compact(piece)]
    return tuple({compact(name): name for name in names}.values())


def _mahalla(value: object, field: SheetField, context: CellContext) -> str:
    name = _text(value, field, context)
    if isinstance(value, bool | int | float | date) or not re.search(r"[^\W\d_]", name):
        raise CellError(errors.NOT_A_MAHALLA, value=value)
    if names_person(name):
        raise CellError(errors.PERSON)
    return name


def _choices_of(field: SheetField) -> type[StrEnum]:
    if field.choices is None:
        raise ValueError(f"the column {field.code} declares no choices")
    return field.choices


def _choice(value: object, field: SheetField, context: CellContext) -> StrEnum:
    choices, text = _choices_of(field), str(value)
    found, quality = word_index(choices).find(text)
    if found is None:
        raise CellError(errors.UNKNOWN_WORD, value=value)
    if quality >= MatchQuality.LOOSE and not _UNCLEAR_SIGN.search(visible(text)):
        return found
    if choices is Visibility:
        context.warnings.append(Message(errors.UNCLEAR_VISIBILITY, {"value": display_text(value)}))
        return Visibility.CONFIDENTIAL
    shown = {"value": display_text(value), "word": label_of(found)}
    if choices in _FORGIVING:
        context.warnings.append(Message(errors.LIKELY_WORD, shown))
    else:
        context.doubts.append(Message(errors.DOUBTFUL_WORD, shown))
    return found


def _pieces(text: str, known: Callable[[str], bool]) -> list[str]:
    """Entries of a list: split at semicolons and line breaks, and at commas and slashes where the whole is unknown."""
    pieces: list[str] = []
    for part in re.split(r"[;\n|]", text):
        whole = _BULLET.sub("", part)
        parts = [whole] if known(whole) else re.split(r"[,/]|\s\+\s", whole)
        pieces += [piece for piece in parts if compact(piece)]
    return pieces


def _choices(value: object, field: SheetField, context: CellContext) -> tuple[ParsedChoice, ...]:
    index = word_index(_choices_of(field))
    text = str(value).replace("_x000D_", "")
    if field.choices is Problem and compact(text) in _NO_PROBLEM:
        return ()
    found: set[ParsedChoice] = set()
    for piece in _pieces(text, lambda whole: index.find(whole)[0] is not None):
        code, quality = index.find(_BULLET.sub("", piece))
        if code is not None and quality < MatchQuality.LOOSE:
            shown = {"value": display_text(piece), "word": label_of(code)}
            context.warnings.append(Message(errors.LIKELY_WORD, shown))
        if code is None and field.choices is Problem:
            refuse_personal_data(piece)
            if denied := index.denied(piece):
                shown = {"value": display_text(piece), "word": label_of(denied)}
                context.doubts.append(Message(errors.DENIED_PROBLEM, shown))
            context.warnings.append(Message(errors.OTHER_PROBLEM))
            found.add(ParsedChoice(Problem.OTHER, tidy(plain_text(piece))))
        elif code is None:
            raise CellError(errors.UNKNOWN_WORD, value=piece.strip())
        else:
            found.add(ParsedChoice(code))
    return tuple(sorted(found))


_PARSERS: dict[FieldKind, Callable[[object, SheetField, CellContext], object]] = {
    FieldKind.NUMBER: _number,
    FieldKind.TEXT: _text,
    FieldKind.MAHALLA: _mahalla,
    FieldKind.STIR: lambda value, _field, _context: parse_stir(value),
    FieldKind.STIRS: lambda value, _field, _context: parse_stirs(value),
    FieldKind.DISTRICT: _district,
    FieldKind.DATE: _date,
    FieldKind.TERM: _term,
    FieldKind.COUNT: lambda value, _field, _context: parse_count(value),
    FieldKind.WHOLE: lambda value, field, _context: parse_whole(value, field.units),
    FieldKind.AMOUNT: lambda value, _field, _context: parse_amount(value),
    FieldKind.VALUE: lambda value, _field, _context: parse_value(value),
    FieldKind.YEAR: lambda value, _field, _context: parse_year(value),
    FieldKind.MONTH: lambda value, _field, _context: parse_month(value),
    FieldKind.AREA: lambda value, _field, context: find_area(context.places, value),
    FieldKind.NAMES: _names,
    FieldKind.RATING: lambda value, _field, _context: parse_rating(value),
    FieldKind.CHOICE: _choice,
    FieldKind.CHOICES: _choices,
}
_EMPTY: dict[FieldKind, object] = {
    FieldKind.TEXT: "",
    FieldKind.MAHALLA: "",
    FieldKind.NUMBER: "",
    FieldKind.CHOICES: (),
    FieldKind.STIRS: (),
    FieldKind.NAMES: (),
}


def empty_value(kind: FieldKind) -> object:
    """Value of an empty cell of a kind: None, "" or ()."""
    return _EMPTY.get(kind)


def parse_cell(value: object, field: SheetField, context: CellContext) -> object:
    """Value of a cell in ``field``; an empty cell gives None, "" or () by kind.

    Raises :class:`CellError`, or :class:`PersonalDataError` for free text that looks like personal data.
    """
    if is_blank(value):
        if field.is_required:
            raise CellError(errors.REQUIRED)
        return empty_value(field.kind)
    if isinstance(value, str) and _SPREADSHEET_ERROR.fullmatch(value.strip()):
        raise CellError(errors.BROKEN_CELL, error=value.strip())
    try:
        return _PARSERS[field.kind](value, field, context)
    except PersonalDataError:
        raise
    except CellError as error:
        values = {key: display_text(item) if key == "value" else item for key, item in error.message.values.items()}
        raise CellError(error.message.text, field_code=error.field_code, **values) from None

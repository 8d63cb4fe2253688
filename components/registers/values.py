"""Values of records in the reader's words: codes, dates, numbers, NGOs and places."""

from __future__ import annotations

from datetime import datetime
from math import isfinite

from components.registers.options import FormOptions
from components.shell.formatter import Formatter
from data.codes import AreaLevel
from data.directory import area_names
from data.registers.declaration import FieldKind, SheetField
from data.registers.entry import LIST_SEPARATOR
from data.workbook.cells.codes import label_of

NONE = "–"
_DAY = "%d.%m.%Y"
_NUMBERS = frozenset({FieldKind.COUNT, FieldKind.WHOLE, FieldKind.AMOUNT, FieldKind.VALUE})


def value_text(entry: SheetField, text: str, options: FormOptions, fmt: Formatter) -> str:
    """Return the text of a field (:func:`data.registers.entry.cell_text`) in words; a dash where it is empty."""
    if not text:
        return NONE
    if entry.choices is not None:
        return ", ".join(code_text(entry, code, fmt) for code in text.split(LIST_SEPARATOR))
    match entry.kind:
        case FieldKind.STIR | FieldKind.STIRS:
            return "; ".join(options.ngos.get(stir, stir) for stir in text.split(LIST_SEPARATOR))
        case FieldKind.NAMES:
            return ", ".join(text.split(LIST_SEPARATOR))
        case FieldKind.DISTRICT:
            return options.districts.get(text, text)
        case FieldKind.AREA:
            return _area_text(text, fmt)
        case FieldKind.MONTH if text.isdigit():
            return month_names(fmt)[int(text)]
        case FieldKind.DATE | FieldKind.TERM:
            return _date_text(text, fmt)
        case kind if kind in _NUMBERS and _is_number(text):
            return fmt.exact(float(text))
        case _:
            return text


def _area_text(code: str, fmt: Formatter) -> str:
    """Return the name of the nation, a region or a district."""
    if code == AreaLevel.NATION:
        return fmt.translate("Uzbekistan")
    return area_names(fmt.translate.language).get(code, code)


def _is_number(text: str) -> bool:
    try:
        return isfinite(float(text))
    except ValueError:
        return False


def code_text(entry: SheetField, code: str, fmt: Formatter) -> str:
    """Return the label of a code of a field; the code itself where it is unknown."""
    if entry.choices is None or code not in {*entry.choices}:
        return code
    return label_of(entry.choices(code)).in_language(fmt.translate.language)


def month_names(fmt: Formatter) -> dict[int, str]:
    """Return the names of the months by number."""
    return dict(enumerate(fmt.translate.language.months, start=1))


def _date_text(text: str, fmt: Formatter) -> str:
    try:
        return fmt.date(datetime.strptime(text, _DAY).date())  # noqa: DTZ007 - a day has no time zone
    except ValueError:
        return text

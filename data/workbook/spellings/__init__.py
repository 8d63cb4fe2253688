"""Spellings that people type, as data: other headings and sheet names, words for codes, words beside numbers.

The canonical words are in the catalogues. Case, script, apostrophes and spaces do not matter, see
:mod:`data.workbook.cells.text_matching`, so a file holds a word once.

* ``sheets.csv``: sheet, spelling
* ``headings.csv``: field, spelling; the field is ``sheet.field``, or the name of a list that several fields share
* ``codes.csv``: kind (name of the enum), code, spelling
* ``words.csv``: list, code, spelling; the code is a number where the word stands for one, else empty
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent


@cache
def _lists(name: str) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Lists of a file by name: code (empty where the file or the row has none) and spelling of each entry."""
    lists: dict[str, list[tuple[str, str]]] = {}
    with (_FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as source:
        rows = csv.reader(source)
        next(rows)
        for list_name, *code, spelling in rows:
            lists.setdefault(list_name, []).append(("".join(code), spelling))
    return {list_name: tuple(entries) for list_name, entries in lists.items()}


def list_names(file: str) -> tuple[str, ...]:
    """Names of the lists of a file."""
    return tuple(_lists(file))


def entries_of(file: str, name: str) -> tuple[tuple[str, str], ...]:
    """Code and spelling of each entry of a list; none where the file has no such list."""
    return _lists(file).get(name, ())


def sheet_spellings(sheet: str) -> tuple[str, ...]:
    """Further names of a sheet."""
    return tuple(spelling for _, spelling in entries_of("sheets", sheet))


def heading_spellings(field: str) -> tuple[str, ...]:
    """Further headings of a field, or of all fields that share a list."""
    return tuple(spelling for _, spelling in entries_of("headings", field))


def code_spellings(kind: str) -> tuple[tuple[str, str], ...]:
    """Code and spelling of each further word for the codes of an enum."""
    return entries_of("codes", kind)


def word_list(name: str) -> tuple[str, ...]:
    """Words of a list."""
    return tuple(spelling for _, spelling in _lists("words")[name])


def numbered_word_list(name: str) -> tuple[tuple[str, int], ...]:
    """Words of a list with their numbers."""
    return tuple((spelling, int(code)) for code, spelling in _lists("words")[name])

"""The spellings that people type name fields, sheets and codes that exist, and none stands for two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from data.registers.registry import SHEETS
from data.workbook import spellings
from data.workbook.cells.codes import spellings_of
from data.workbook.cells.text_matching import compact

KINDS = {field.choices.__name__: field.choices for sheet in SHEETS for field in sheet.fields if field.choices}
NUMBERED = ("mark", "month", "multiple")


def of_two(entries: Iterable[tuple[str, object]]) -> dict[str, set[object]]:
    """Spellings that stand for several meanings, folded, with these."""
    found: dict[str, set[object]] = defaultdict(set)
    for spelling, meaning in entries:
        found[compact(spelling)].add(meaning)
    return {spelling: meanings for spelling, meanings in found.items() if len(meanings) > 1}


def test_each_list_belongs_to_something_that_exists() -> None:
    own = {f"{sheet.code}.{field.code}" for sheet in SHEETS for field in sheet.fields}
    shared = {name for sheet in SHEETS for field in sheet.fields for name in field.also}
    assert set(spellings.list_names("headings")) <= own | shared
    assert shared <= set(spellings.list_names("headings"))
    assert set(spellings.list_names("sheets")) <= {sheet.code for sheet in SHEETS}
    assert set(spellings.list_names("codes")) <= set(KINDS)
    for name, kind in KINDS.items():
        assert {code for code, _ in spellings.code_spellings(name)} <= {code.value for code in kind}, name


def test_no_spelling_stands_for_two_things() -> None:
    assert of_two((word, sheet.code) for sheet in SHEETS for word in sheet.names) == {}
    for sheet in SHEETS:
        words = ((word, field.code) for field in sheet.fields for word in sheet.headings_of(field))
        assert of_two(words) == {}, sheet.code
    for name, kind in KINDS.items():
        assert of_two((word, code.value) for code in kind for word in spellings_of(code)) == {}, name
    for name in NUMBERED:
        assert of_two(spellings.numbered_word_list(name)) == {}, name


def test_no_spelling_is_empty_or_said_twice() -> None:
    for file in ("sheets", "headings", "codes", "words"):
        for name in spellings.list_names(file):
            entries = spellings.entries_of(file, name)
            assert all(spelling.strip() == spelling != "" for _, spelling in entries), (file, name)
            assert len(set(entries)) == len(entries), (file, name)

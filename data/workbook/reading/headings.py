"""Finds the header row of a sheet, and the field of each heading.

A heading names a field where it is one of the field's wordings, or has beside it only words that change nothing
("soni", "nafar"). Any other word may turn the meaning ("expected", "absent", "%"), so such a column counts as unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, zip_longest

from rapidfuzz.distance import OSA

from data.language import Message
from data.registers.declaration import REASON, RECORD_KEY, FieldKind, RegisterSheet, SheetField
from data.texts.search_keys import APOSTROPHES
from data.workbook import errors
from data.workbook.cells.numbers import is_blank
from data.workbook.cells.text_matching import LONGEST_WORD, MatchQuality, WordIndex, compact, fold, loose
from data.workbook.errors import WorkbookError
from data.workbook.reading.files import RawSheet
from data.workbook.spellings import word_list

_TEMPLATE_HEADINGS = frozenset([*REASON.in_all_languages(), *RECORD_KEY.in_all_languages()])
HEADER_ROWS = 40
FACT_BONUS = 0.5
CERTAIN = 1.0
_NUMBERING = frozenset(word_list("heading_number"))
# Words that name a column when they stand alone, but say nothing of it within a longer heading ("Approved on").
_GENERAL = frozenset(map(loose, word_list("heading_general")))
_BESIDE = frozenset(loose(fold(word)) for word in word_list("heading_beside"))
_KIND_WORDS = {
    kind: frozenset(loose(fold(word)) for word in word_list(name))
    for name, kinds in {
        "heading_rating": (FieldKind.RATING,),
        "heading_date": (FieldKind.DATE, FieldKind.TERM, FieldKind.MONTH, FieldKind.YEAR),
        "heading_text": (FieldKind.TEXT, FieldKind.MAHALLA, FieldKind.NAMES),
        "heading_document": (FieldKind.NUMBER,),
    }.items()
    for kind in kinds
}
_FACT = tuple(loose(fold(word)) for word in word_list("heading_fact"))
_OTHER = tuple(loose(fold(word)) for word in word_list("heading_other"))
_NEGATIONS = frozenset(loose(fold(word)) for word in word_list("negation"))
_OTHER_SIGNS = re.compile(r"[%‰€$£₽]")
_FIGURES = frozenset([FieldKind.COUNT, FieldKind.WHOLE, FieldKind.AMOUNT])
# Their cells hold words and numbers that nothing else is, so another meaning is refused cell by cell.
_SELF_EVIDENT = frozenset(
    [FieldKind.DISTRICT, FieldKind.AREA, FieldKind.STIR, FieldKind.STIRS, FieldKind.CHOICE, FieldKind.CHOICES]
)
_SCALE = frozenset("12345")
_SUBJECT_LENGTH = 6
_MOST_SLIPS = 2


@dataclass(frozen=True)
class Header:
    """Header of a sheet: position of its last row, heading texts, field by column, score, and warnings."""

    position: int
    titles: tuple[object, ...]
    fields: Mapping[int, SheetField]
    score: float
    warnings: tuple[Message, ...]
    twice: tuple[SheetField, str, str] | None = None


@dataclass(frozen=True)
class _Candidate:
    """Row that may be the header, or two of them: position of the last, headings, and the headings above them."""

    position: int
    titles: tuple[object, ...]
    groups: tuple[str, ...] = ()

    def group_of(self, at: int) -> str:
        return self.groups[at] if at < len(self.groups) else ""


@cache
def _heading_index(sheet: RegisterSheet) -> WordIndex[SheetField]:
    return WordIndex((word, field) for field in sheet.fields for word in sheet.headings_of(field))


@cache
def _known_words(sheet: RegisterSheet) -> tuple[tuple[tuple[str, ...], SheetField], ...]:
    """Words of all wordings with their fields, longest first."""
    known = {
        (tuple(_words(spelling)), field)
        for field in sheet.fields
        for word in sheet.headings_of(field)
        for spelling in (word, word.replace("ё", "е"))
    }
    return tuple(sorted(known, key=lambda entry: (-sum(map(len, entry[0])), entry[0])))


@cache
def _typed_words(sheet: RegisterSheet) -> tuple[tuple[tuple[str, ...], SheetField], ...]:
    """Words of all wordings in their own scripts, where a slip is one letter; in another one "ш" is two."""
    return tuple(
        (tuple(_typed(word)), field) for field in sheet.fields for word in sheet.headings_of(field) if _typed(word)
    )


@cache
def _words_by_length(sheet: RegisterSheet) -> tuple[Mapping[int, Sequence[tuple[tuple[str, ...], SheetField]]], ...]:
    """Words of all wordings, folded and in their own scripts, by the number of their letters."""
    by_length: tuple[dict[int, list[tuple[tuple[str, ...], SheetField]]], ...] = ({}, {})
    for kept, known in zip(by_length, (_known_words(sheet), _typed_words(sheet)), strict=True):
        for words, field in known:
            kept.setdefault(_letters(words), []).append((words, field))
    return by_length


def _letters(words: Sequence[str]) -> int:
    return sum(map(len, words))


def _typed(text: str) -> list[str]:
    return re.findall(r"\w+", re.sub(f"[{re.escape(APOSTROPHES)}]", "", text).lower())


@cache
def _subjects(sheet: RegisterSheet) -> tuple[str, ...]:
    """Stems of the words for what the sheet lists, which change nothing in its headings."""
    words = {word for name in sheet.names for word in loose(fold(name)).split()}
    return tuple(word[:_SUBJECT_LENGTH] for word in words if len(word) > 3)


def _words(text: str) -> list[str]:
    return loose(fold(text)).split()


def _is_harmless(word: str, field: SheetField, sheet: RegisterSheet, *, is_strict: bool) -> bool:
    """Whether a word beside the wording of a field changes nothing; ``is_strict``: for certain, whatever the field."""
    if word in _BESIDE or word in _KIND_WORDS.get(field.kind, ()) or word.startswith(_subjects(sheet)):
        return True
    if word.isdigit():
        return word in _SCALE if field.kind is FieldKind.RATING else field.kind not in _FIGURES
    if field.kind in _SELF_EVIDENT and not is_strict:
        return word not in _NEGATIONS and not word.startswith(_OTHER)
    return word.startswith(_FACT)


def _parts(heading: str) -> list[tuple[str, str]]:
    """Readings of a heading, and of each what it leaves out: brackets, and what follows a comma, colon or line."""
    bare = re.sub(r"\([^)]*\)?", " ", heading)
    inside = " ".join(re.findall(r"\(([^)]*)\)?", heading))
    first, _, rest = re.sub(r"[,:;/\n]", "\n", bare).partition("\n")
    return [(heading, ""), (bare, inside), (first, f"{inside} {rest}")]


@lru_cache(maxsize=10_000)
def match_heading(heading: str, sheet: RegisterSheet) -> tuple[SheetField | None, float]:
    """Field of a heading, and the certainty of the match: 1 for a known wording, 0.8 with a slip of the pen, 0.4 for a
    wording among words that change nothing; more where it says that it holds the fact and not the plan.
    """
    numberless = re.sub(r"^\s*\(?\d{1,2} ?[.)\-] ?(?=\D)", "", heading).strip(" *:.\n")
    plain = re.sub(r"\s+", " ", numberless)
    if _OTHER_SIGNS.search(heading):
        return None, 0.0
    field, likeness = _heading_index(sheet).find(plain)
    if field is not None and likeness >= MatchQuality.LOOSE:
        return field, CERTAIN
    bonus = FACT_BONUS if any(word.startswith(_FACT) for word in _words(heading)) else 0.0
    for search, score in ((_exactly, CERTAIN), (_with_a_slip, 0.8), (_among_words, 0.4)):
        for reading, left_out in _parts(numberless):
            field = search(reading, left_out, sheet)
            if field is not None:
                return field, score + bonus
    return None, 0.0


def _exactly(reading: str, left_out: str, sheet: RegisterSheet) -> SheetField | None:
    """Field whose wording is the reading, with or without words that change nothing."""
    words, others = _words(reading), _words(left_out)
    bare = [word for word in words if word not in _BESIDE and not word.startswith(_FACT)]
    for said in (words, bare):
        field, likeness = _heading_index(sheet).find(" ".join(said))
        beside = [*others, *(word for word in words if word not in said)]
        if field is not None and likeness >= MatchQuality.LOOSE and _are_harmless(beside, field, sheet):
            return field
    return None


def _with_a_slip(reading: str, left_out: str, sheet: RegisterSheet) -> SheetField | None:
    """Field whose wording differs by a letter in one or two words; a syllable more may be a negation."""
    others = _words(left_out)
    best: dict[SheetField, int] = {}
    for words, known in zip((_words(reading), _typed(reading)), _words_by_length(sheet), strict=True):
        letters = _letters(words)
        if letters < _SUBJECT_LENGTH:
            continue
        # A slip is a letter more or less at most, so only wordings of about this length are looked at.
        near = range(letters - _MOST_SLIPS, letters + _MOST_SLIPS + 1)
        for wording, field in chain.from_iterable(known.get(length, ()) for length in near):
            slips = _slips(words, wording)
            if slips <= _MOST_SLIPS and _are_harmless(others, field, sheet):
                best[field] = min(slips, best.get(field, slips))
    fewest = [field for field, slips in best.items() if slips == min(best.values())]
    return fewest[0] if len(fewest) == 1 else None


def _slips(words: Sequence[str], known: Sequence[str]) -> int:
    """Number of words that differ by a letter, or 1 where all words together do; 99 where they differ by more."""
    if OSA.distance("".join(words), "".join(known), score_cutoff=1) <= 1:
        return 1
    if len(words) != len(known):
        return 99
    pairs = list(zip(words, known, strict=True))
    distances = [OSA.distance(one, other, score_cutoff=1) for one, other in pairs]
    return (
        sum(distances)
        if all(distance <= (len(one) > 3) for distance, (one, _) in zip(distances, pairs, strict=True))
        else 99
    )


def _among_words(reading: str, left_out: str, sheet: RegisterSheet) -> SheetField | None:
    """Field with a wording all of whose words are there, besides words that change nothing."""
    words = _words(reading)
    said = {*words, *_words(left_out)}
    if len(said) > 8:
        return None
    for known, field in _known_words(sheet):
        is_general = _GENERAL.issuperset(known)
        is_said = said.issuperset(known) and sum(map(len, known)) >= 4
        if is_said and not is_general and _are_harmless(said - {*known}, field, sheet):
            return field
    return None


def _are_harmless(words: Iterable[str], field: SheetField, sheet: RegisterSheet, *, is_strict: bool = False) -> bool:
    return all(_is_harmless(word, field, sheet, is_strict=is_strict) for word in words)


def _match_in_group(heading: str, group: str, sheet: RegisterSheet) -> tuple[SheetField | None, float]:
    """Field of a heading below that of a group, which may be its subject, or say that all is planned or in per cent."""
    if not group or compact(group) == compact(heading):
        return match_heading(heading, sheet)
    joined = match_heading(f"{group} {heading}"[:LONGEST_WORD], sheet)
    # What stands below a heading is often a value: "District" above "Chilonzor district".
    if joined[0] is not None and _are_harmless(_words(heading), joined[0], sheet, is_strict=True):
        return joined
    words, subjects = _words(group), _subjects(sheet)
    if _OTHER_SIGNS.search(group) or any(word.startswith(_OTHER) and not word.startswith(subjects) for word in words):
        return None, 0.0
    # "Memorandum" above "date": the date is that of the memorandum.
    if _GENERAL.issuperset(_words(heading)) and match_heading(group, sheet)[0] is not None:
        return None, 0.0
    field, score = match_heading(heading, sheet)
    return field, score + (FACT_BONUS if field and any(word.startswith(_FACT) for word in words) else 0.0)


def _header_of(candidate: _Candidate, sheet: RegisterSheet) -> Header:
    """Header that a candidate makes: fields by column, the best column for each."""
    titles = {
        at: value
        for at, value in enumerate(candidate.titles)
        if isinstance(value, str) and len(value) <= LONGEST_WORD and fold(value)
    }
    found = {at: _match_in_group(title, candidate.group_of(at), sheet) for at, title in titles.items()}
    best: dict[str, tuple[float, int]] = {}
    for at, (field, score) in found.items():
        if field is not None and score > best.get(field.code, (0.0, 0))[0]:
            best[field.code] = (score, at)
    fields, warnings, twice = {}, [], None
    for at, title in titles.items():
        field, score = found[at]
        if field is None:
            if compact(title) not in _NUMBERING and title not in _TEMPLATE_HEADINGS:
                named = f"{candidate.group_of(at)}: {title}" if candidate.group_of(at) else title
                warnings.append(Message(errors.UNKNOWN_COLUMN, {"heading": named[:60]}))
            continue
        top, taken = best[field.code]
        if taken == at:
            fields[at] = field
        elif score == top and score >= 0.8:
            twice = twice or (field, str(titles[taken]), title)
        else:
            values = {"column": field.canonical, "taken": str(titles[taken])[:60], "heading": title[:60]}
            warnings.append(Message(errors.SECOND_COLUMN, values))
    score = sum(score for score, _ in best.values())
    return Header(candidate.position, candidate.titles, fields, score, tuple(warnings), twice)


def _is_text_row(row: Sequence[object]) -> bool:
    return all(value is None or isinstance(value, str) for value in row)


def _has_only_qualifiers(row: Sequence[object]) -> bool:
    """Whether a row below the headings holds only units and the like ("nafar", "%", "reja")."""
    said = [str(value)[:LONGEST_WORD] for value in row if not is_blank(value)]
    stems = (*_FACT, *_OTHER)
    return bool(said) and all(
        _OTHER_SIGNS.search(text)
        or (_words(text) and all(word in _BESIDE or word.startswith(stems) for word in _words(text)))
        for text in said
    )


def _groups(raw: RawSheet, number: int, upper: Sequence[object], lower: Sequence[object]) -> tuple[str, ...]:
    """Heading above each column of the lower row: that of the merged range, or the last one to the left."""
    groups: list[str] = []
    group, last = "", 0
    for at, (above, below) in enumerate(zip_longest(upper, lower)):
        if not is_blank(above):
            group, last = str(above)[:LONGEST_WORD], raw.content.wide.get((number, at + 1), 0)
        elif is_blank(below) or (last and at + 1 > last):
            group = ""
        groups.append(group)
    return tuple(groups)


def _candidates(raw: RawSheet) -> Iterator[_Candidate]:
    """Rows that may be the header, alone and with the row below."""
    rows = raw.rows[: HEADER_ROWS + 1]
    for position, (number, row) in enumerate(rows[:HEADER_ROWS]):
        if position + 1 < len(rows) and rows[position + 1][0] == number + 1 and _is_text_row(rows[position + 1][1]):
            lower = rows[position + 1][1]
            pairs = list(zip_longest(row, lower))
            if _has_only_qualifiers(lower):
                titles = [above if is_blank(below) else f"{above or ''} ({below})" for above, below in pairs]
                yield _Candidate(position + 1, tuple(titles))
                continue
            titles = [above if is_blank(below) else below for above, below in pairs]
            yield _Candidate(position, tuple(row))
            yield _Candidate(position + 1, tuple(titles), _groups(raw, number, row, lower))
        else:
            yield _Candidate(position, tuple(row))


def find_header(raw: RawSheet, sheet: RegisterSheet) -> Header | None:
    """Header row (or two rows) that matches most columns, or None where none matches enough.

    Raises :class:`WorkbookError` where a column occurs twice.
    """
    best: Header | None = None
    for candidate in _candidates(raw):
        header = _header_of(candidate, sheet)
        if len(header.fields) >= sheet.fewest_headings and (best is None or header.score > best.score):
            best = header
    if best and best.twice:
        field, first, second = best.twice
        raise WorkbookError(
            errors.REPEATED_HEADING, sheet=raw.name, column=field.canonical, first=first[:60], second=second[:60]
        )
    return best

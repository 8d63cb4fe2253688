"""Whatever is in a pack, its deck keeps to the limits of slides and says the same in every language."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.deck.deck import make_deck
from components.deck.model import (
    BarChart,
    Body,
    Bullets,
    Chart,
    Deck,
    DistrictMap,
    FigureColumn,
    Slide,
    Table,
    Tiles,
    ValueKind,
)
from components.deck.texts import BULLET_LENGTH, TITLE_LENGTH, value_text
from components.shell.formatter import Formatter
from data.agenda import agenda_for
from data.codes import (
    AttentionKind,
    DecisionCauseKind,
    DecisionState,
    Direction,
    EvaluationItem,
    MemorandumStatus,
    Problem,
    ProposalBasis,
    RecommendationState,
)
from data.indicators import INDICATORS
from data.language import Language, Translator
from data.policy import ScopeKind
from queries.meetings.packs.columns import ColumnKind, FrameColumn
from queries.meetings.packs.frames import FRAMES
from queries.meetings.packs.packs import PackContent
from tests.components.deck.hostile import HOSTILE, hostile_content
from tests.components.deck.sample_rows import INDICATOR_ROWS, Rows
from tests.components.deck.samples import DISTRICT, SCOPES, sample_content

NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f]\d+)*")
PART = re.compile(r"-\d+$")
KINDS = tuple(SCOPES)
CONTENTS = ("believable", *HOSTILE)


@cache
def content_of(name: str, kind: ScopeKind) -> PackContent:
    """A pack by the name of what is in it."""
    return sample_content(kind) if name == "believable" else hostile_content(name, kind)


def decks_of(content: PackContent) -> dict[Language, Deck]:
    """The deck in each language."""
    return {language: make_deck(content, translate=Translator(language)) for language in Language}


def ways_to_write(value: object, column: FigureColumn, fmt: Formatter) -> Iterator[str]:
    """How a cell may stand in a title: as its column has it, or a number in any of the usual roundings."""
    yield value_text(value, column, fmt=fmt)  # type: ignore[arg-type]
    if isinstance(value, int | float) and column.kind is not ValueKind.TEXT:
        yield fmt.percent(value)
        yield from (fmt.number(value, decimals=decimals) for decimals in (0, 1, 2))


def counts_in(table: Table) -> Iterator[int]:
    """What can be counted in a table: rows that say the same, and sums of columns of counts."""
    yield from Counter(value for row in table.rows for value in set(row) if isinstance(value, str)).values()
    for place, column in enumerate(table.columns):
        if column.kind is ValueKind.COUNT:
            yield round(sum(value for row in table.rows if isinstance(value := row[place], int | float)))


def numbers_of(table: Table, language: Language) -> set[str]:
    """All numbers that are written among the figures of a slide or can be counted there."""
    fmt = Formatter(Translator(language))
    return {fmt.number(count) for count in counts_in(table)} | {
        number
        for row in table.rows
        for value, column in zip(row, table.columns, strict=True)
        for text in ways_to_write(value, column, fmt)
        for number in NUMBER.findall(text)
    }


def check_body(slide: Slide) -> None:
    """The limits of what one slide holds."""
    body = slide.body
    if isinstance(body, Table):
        assert len(body.rows) <= 9
        assert all(len(row) == len(body.columns) for row in body.rows)
    elif isinstance(body, Bullets):
        assert 0 < len(body.texts) <= 5
        assert all(0 < len(text) <= BULLET_LENGTH for text in body.texts)
        assert len(body.sources) in {0, len(body.texts)}
    elif isinstance(body, Tiles):
        assert 0 < len(body.tiles) <= 6
    elif isinstance(body, Chart):
        assert len(set(body.categories)) == len(body.categories) > 0
        assert all(len(series.values) == len(body.categories) for series in body.series)
        if isinstance(body, BarChart):
            assert len(body.categories) <= 12
            assert len(body.series) <= 2
    if isinstance(body, Chart | DistrictMap):
        assert body.alternative


def check_slide(slide: Slide, language: Language) -> None:
    """One message that fits, on figures that are there."""
    assert 0 < len(slide.title) <= TITLE_LENGTH, slide.title
    assert slide.heading
    assert slide.notes
    assert all(len(row) == len(slide.figures.columns) for row in slide.figures.rows)
    check_body(slide)
    if isinstance(slide.body, DistrictMap):
        return  # Its title counts the rows of its figures, which are districts.
    missing = set(NUMBER.findall(slide.title)) - numbers_of(slide.figures, language)
    assert not missing, f"{missing} of {slide.title!r} are not among the figures"


def raw(table: Table) -> list[str]:
    """The numbers and dates of each row of a table, but for the running number: alphabets order rows differently."""
    cells = [row[1:] if table.columns[0].kind is ValueKind.COUNT else row for row in table.rows]
    return sorted(str([value for value in row if isinstance(value, int | float | date)]) for row in cells)


def figures_of(deck: Deck) -> dict[str, tuple[list[str], list[str]]]:
    """All raw figures by message: those beside the slide, and those on all the slides that it takes."""
    by_message: dict[str, list[Slide]] = {}
    for slide in deck.slides:
        by_message.setdefault(PART.sub("", slide.key), []).append(slide)
    return {
        key: (raw(slides[0].figures), sorted(value for slide in slides for value in shown(slide.body)))
        for key, slides in by_message.items()
    }


def shown(body: Body) -> list[str]:
    """The numbers and dates that a body shows, without its words."""
    if isinstance(body, Table):
        return raw(body)
    if isinstance(body, Chart):
        groups = zip(*(series.values for series in body.series), strict=True)
        return [str(body.target), *map(str, groups)]
    if isinstance(body, Tiles):
        return [str(tile.value) for tile in body.tiles]
    return sorted(map(str, body.class_of.items())) if isinstance(body, DistrictMap) else []


def check_content(content: PackContent) -> None:
    """All limits in all languages, and the same figures in each."""
    decks = decks_of(content)
    for language, deck in decks.items():
        keys = [slide.key for slide in deck.slides]
        assert len(keys) == len(set(keys))
        for slide in deck.slides:
            check_slide(slide, language)
    english = figures_of(decks[Language.EN])
    assert all(figures_of(deck) == english for deck in decks.values())


@pytest.mark.each_value
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", CONTENTS)
def test_a_deck_keeps_to_its_limits_in_every_language(name: str, kind: ScopeKind) -> None:
    check_content(content_of(name, kind))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["believable", "empty"])
def test_every_item_of_the_agenda_has_a_slide(name: str, kind: ScopeKind) -> None:
    content = content_of(name, kind)
    for item in agenda_for(kind):
        alone = PackContent(**{**content.__dict__, "agenda": (item,)})
        assert len(make_deck(alone, translate=Translator(Language.EN)).slides) > 1, item


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_unprintable_reaches_a_slide(kind: ScopeKind) -> None:
    deck = make_deck(content_of("markup", kind), translate=Translator(Language.RU))
    texts = [text for slide in deck.slides for text in (slide.title, slide.notes.replace("\n", ""), *words_of(slide))]
    assert any("<script>" in text for text in texts)
    assert not any(re.search("[\x00-\x1f]", text) for text in texts)


def words_of(slide: Slide) -> list[str]:
    """The texts of a slide's figures and statements."""
    cells = [value for row in slide.figures.rows for value in row if isinstance(value, str)]
    return [*cells, *(slide.body.texts if isinstance(slide.body, Bullets) else ())]


CODES: dict[str, list[str]] = {
    "status_code": [status.value for status in MemorandumStatus],
    "direction_code": [direction.value for direction in Direction],
    "item_code": [item.value for item in EvaluationItem],
    "problem_code": [problem.value for problem in Problem],
    "indicator_code": list(INDICATOR_ROWS),
    "cause_kind_code": [kind.value for kind in DecisionCauseKind],
    "cause_reference": list(INDICATOR_ROWS),
    "reference": list(INDICATOR_ROWS),
    "basis": [basis.value for basis in ProposalBasis],
}
STATES = {
    "recommendations": [state.value for state in RecommendationState],
    "recommendation_counts": [state.value for state in RecommendationState],
    "decisions": [state.value for state in DecisionState],
    "proposals": [*(kind.value for kind in AttentionKind), "indicator"],
}
# A frame has one row of each of these; the others may come again and again.
KEYS = {
    "marks": "item_code",
    "events": "direction_code",
    "problems": "problem_code",
    "recommendation_counts": "state_code",
}
DRAWN = (
    "memoranda",
    "marks",
    "voices",
    "problems",
    "recommendations",
    "recommendation_counts",
    "decisions",
    "proposals",
)


def cell(frame: str, column: FrameColumn) -> st.SearchStrategy[Any]:
    """Any value that a column may hold."""
    if column.name in {"state_code", "kind_code"}:
        return st.sampled_from(STATES[frame])
    if column.name in CODES:
        return st.sampled_from(CODES[column.name])
    if column.name.endswith("_soato"):
        return st.just(DISTRICT)
    if column.name == "public_id":
        return st.uuids().map(str)
    if column.kind is ColumnKind.COUNT:
        return st.none() | st.integers(0, 10**6)
    if column.kind is ColumnKind.NUMBER:
        return st.none() | st.floats(0, 5)
    if column.kind is ColumnKind.FLAG:
        return st.booleans()
    if column.kind is ColumnKind.DAY:
        return st.none() | st.dates(date(2000, 1, 1), date(2060, 1, 1)).map(date.isoformat)
    return st.none() | st.text(st.characters(exclude_categories=("Cs", "Nd", "No", "Nl")), max_size=300)


def rows_of(frame: str) -> st.SearchStrategy[Rows]:
    """Up to forty rows of a frame."""
    row = st.fixed_dictionaries({column.name: cell(frame, column) for column in FRAMES[frame]})
    key = KEYS.get(frame)
    return st.lists(row, max_size=40, unique_by=(lambda drawn: drawn[key]) if key else None)


@settings(max_examples=15, deadline=None)
@given(frames=st.fixed_dictionaries({frame: rows_of(frame) for frame in DRAWN}))
def test_a_deck_keeps_to_its_limits_whatever_the_rows_say(frames: dict[str, Rows]) -> None:
    check_content(
        sample_content(ScopeKind.DISTRICT, frames={name: pd.DataFrame(rows) for name, rows in frames.items()})
    )


@settings(max_examples=15, deadline=None)
@given(
    values=st.lists(
        st.tuples(st.none() | st.floats(0, 100), st.none() | st.floats(0, 100), st.booleans()),
        min_size=len(INDICATORS),
        max_size=len(INDICATORS),
    ),
    targets=st.dictionaries(st.sampled_from(list(INDICATOR_ROWS)), st.floats(0, 100)),
)
def test_comparisons_hold_whatever_the_values_are(
    values: list[tuple[float | None, float | None, bool]], targets: dict[str, float]
) -> None:
    rows = [
        {"indicator_code": code, "area_code": area, "when": when, "n": 7, "value": value, "is_enough": is_enough}
        for code, (now, other, is_enough) in zip(INDICATOR_ROWS, values, strict=True)
        for area, when, value in ((DISTRICT, "now", now), (DISTRICT, "last_pack", other), ("1703", "now", other))
    ]
    set_targets = [{"indicator_code": code, "value": value, "set_by_area_code": ""} for code, value in targets.items()]
    check_content(sample_content(ScopeKind.DISTRICT, frames={"values": rows, "targets": set_targets}))


@pytest.mark.parametrize("kind", [ScopeKind.DISTRICT, ScopeKind.REGION, ScopeKind.NATION])
def test_a_pack_of_the_first_format_is_read_and_keeps_to_the_limits(kind: ScopeKind) -> None:
    """It has no verdicts, and its values for comparison are those of the period just before."""
    text = json.loads(sample_content(kind).to_json())
    frames = text["frames"]
    del frames["comparisons"]
    for name, columns in {
        "marks": ["verdict_code"],
        "index": ["change", "change_low", "change_high"],
        "movers": ["p", "compared", "risen"],
        "map_values": ["n", "verdict_code", "interval_low", "interval_high"],
    }.items():
        for column in columns:
            del frames[name][column]
    for name in ("values", "index", "pillars"):
        frames[name]["when"] = ["before" if when == "year_before" else when for when in frames[name]["when"]]
    content = PackContent.from_json(json.dumps(text | {"format": 1}))
    check_content(content)
    titles = {slide.key: slide.title for slide in decks_of(content)[Language.EN].slides}
    assert "was not tested" in titles["indicators-before"]
    assert "was not tested" in titles.get("movers", "was not tested")

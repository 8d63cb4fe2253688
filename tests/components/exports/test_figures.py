"""What goes over several slides is one again on paper and in sheets."""

from __future__ import annotations

from dataclasses import replace

import pytest

from components.deck.model import Bullets, FigureColumn, Slide, Table
from components.exports.figures import grouped_by_table, merged_slides, shared_heading
from tests.components.exports.decks import DIRECTIONS, MEMORANDA, TREND, VOICES

COLUMNS = (FigureColumn("Name"),)


def part(number: int, count: int, *rows: str, emphasised: frozenset[int] = frozenset()) -> Slide:
    """A part of a list."""
    figures = Table(COLUMNS, (("every",), ("row",)))
    body = Table(COLUMNS, tuple((row,) for row in rows), emphasised)
    return Slide(f"list-{number}", "A list", body, figures, heading=f"Plan (fact) ({number} of {count})")


def test_a_table_over_several_slides_is_one_table() -> None:
    parts = [part(1, 2, "a", "b", emphasised=frozenset({1})), replace(part(2, 2, "c"), remarks=("3 more",))]
    (whole,) = merged_slides(parts)
    assert whole.body == Table(COLUMNS, (("a",), ("b",), ("c",)), frozenset({1}))
    assert (whole.heading, whole.remarks) == ("Plan (fact)", ("3 more",))


def test_sentences_over_several_slides_keep_whose_they_are() -> None:
    parts = [replace(VOICES, body=Bullets(("a", "b"), ("Umid",))), replace(VOICES, body=Bullets(("c",), ("Mehr",)))]
    (whole,) = merged_slides(parts)
    assert whole.body == Bullets(("a", "b", "c"), ("Umid", "", "Mehr"))


def test_slides_that_say_something_else_stay_by_themselves() -> None:
    slides = [MEMORANDA, TREND, replace(TREND, key="other"), DIRECTIONS, replace(MEMORANDA, title="Other")]
    assert list(merged_slides(slides)) == slides
    assert list(merged_slides([])) == []


@pytest.mark.parametrize(
    ("headings", "shared"),
    [
        (("Plan",), "Plan"),
        (("Plan (1/3)", "Plan (2/3)", "Plan (3/3)"), "Plan"),
        (("Plan (1 из 12)", "Plan (10 из 12)"), "Plan"),
        (("Plan", "Plan"), "Plan"),
    ],
)
def test_a_heading_is_shared_without_the_number_of_the_part(headings: tuple[str, ...], shared: str) -> None:
    assert shared_heading([replace(TREND, heading=heading) for heading in headings]) == shared


def test_slides_are_grouped_by_the_table_behind_them() -> None:
    empty = replace(TREND, figures=Table((), ()))
    groups = grouped_by_table([part(1, 2, "a"), part(2, 2, "b"), empty, DIRECTIONS])
    assert [[slide.key for slide in group] for group in groups] == [["list-1", "list-2"], ["events"]]

"""Items of an evaluation: their valid answers, limits and which are required.

An answer is text, as a draft keeps it: a rating ``"1"`` to ``"5"`` or ``"na"`` (not applicable), a code, a whole number
in digits, codes of problems joined by ``;`` in their declared order, or free text. "" is no answer.
"""

from __future__ import annotations

from collections.abc import Mapping

from data.codes import DraftItem, EvaluationItem, Problem

NOT_APPLICABLE = "na"
RATINGS = ("1", "2", "3", "4", "5", NOT_APPLICABLE)
PROBLEM_SEPARATOR = ";"
MOST_PARTICIPANTS = 100_000
TEXT_LIMITS: Mapping[DraftItem, int] = {
    DraftItem.OTHER_PROBLEM: 300,
    DraftItem.COMMENT: 2_000,
    DraftItem.RECOMMENDATION: 2_000,
}

Item = EvaluationItem | DraftItem
ITEMS: tuple[Item, ...] = (*EvaluationItem, *DraftItem)
REQUIRED: tuple[Item, ...] = (*EvaluationItem, DraftItem.WOULD_REPEAT, DraftItem.VISIBILITY)


def missing_items(answers: Mapping[str, str]) -> tuple[Item, ...]:
    """Return the required items that have no answer, in the form's order."""
    missing = [item for item in REQUIRED if item.value not in answers]
    if Problem.OTHER in problems_of(answers) and DraftItem.OTHER_PROBLEM.value not in answers:
        missing.append(DraftItem.OTHER_PROBLEM)
    return tuple(item for item in ITEMS if item in missing)


def problems_of(answers: Mapping[str, str]) -> tuple[Problem, ...]:
    """Return the problems that an evaluation names."""
    named = answers.get(DraftItem.PROBLEMS.value, "")
    return tuple(Problem(code) for code in named.split(PROBLEM_SEPARATOR) if code)

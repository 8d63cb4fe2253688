"""Answers of an evaluation (see :mod:`data.evaluations`): cleaning, and conversion to and from columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Row

from data.codes import DraftItem, EvaluationItem, Problem, Visibility, WouldRepeat
from data.evaluations import (
    ITEMS,
    MOST_PARTICIPANTS,
    NOT_APPLICABLE,
    PROBLEM_SEPARATOR,
    RATINGS,
    TEXT_LIMITS,
    Item,
)
from data.language import N_, DomainError
from data.texts.personal_data import refuse_personal_data
from data.texts.search_keys import clean_text


class InvalidAnswerError(DomainError):
    """Raised for an answer that the form does not offer."""

    def __init__(self) -> None:
        super().__init__(N_("This answer cannot be saved. The other answers are saved."))


class TooLongError(InvalidAnswerError):
    """Raised for free text beyond its limit."""

    def __init__(self, *, limit: int, length: int) -> None:
        DomainError.__init__(
            self,
            N_("The text has {length} characters; at most {limit} can be saved. The other answers are saved."),
            length=length,
            limit=limit,
        )


class ParticipantsError(InvalidAnswerError):
    """Raised for an invalid number of participants."""

    def __init__(self) -> None:
        DomainError.__init__(
            self, N_("Give the participants as a whole number, at most {limit}."), limit=MOST_PARTICIPANTS
        )


def _one_of(*codes: str) -> Callable[[str], str]:
    def clean(value: str) -> str:
        if value not in codes:
            raise InvalidAnswerError
        return value

    return clean


def _clean_participants(value: str) -> str:
    digits = re.sub(r"[\s\u00a0]", "", value)
    if not re.fullmatch(r"[0-9]{1,7}", digits) or int(digits) > MOST_PARTICIPANTS:
        raise ParticipantsError
    return str(int(digits))


def _clean_problems(value: str) -> str:
    chosen = set(value.split(PROBLEM_SEPARATOR))
    if not chosen <= set(Problem):
        raise InvalidAnswerError
    return PROBLEM_SEPARATOR.join(problem.value for problem in Problem if problem in chosen)


def _free_text(limit: int) -> Callable[[str], str]:
    def clean(value: str) -> str:
        text = clean_text(value)
        if len(text) > limit:
            raise TooLongError(limit=limit, length=len(text))
        refuse_personal_data(text)
        return text

    return clean


_CLEAN: Mapping[Item, Callable[[str], str]] = {
    **dict.fromkeys(EvaluationItem, _one_of(*RATINGS)),
    DraftItem.WOULD_REPEAT: _one_of(*WouldRepeat),
    DraftItem.PARTICIPANTS: _clean_participants,
    DraftItem.PROBLEMS: _clean_problems,
    DraftItem.VISIBILITY: _one_of(*Visibility),
    **{item: _free_text(limit) for item, limit in TEXT_LIMITS.items()},
}
_BY_CODE: Mapping[str, Item] = {item.value: item for item in ITEMS}


def item_of(item_code: str) -> Item:
    """Return the item with a code. Raises InvalidAnswerError."""
    if item_code not in _BY_CODE:
        raise InvalidAnswerError
    return _BY_CODE[item_code]


def clean_answer(item: Item, value: str) -> str:
    """Return an answer as it is stored; "" where it is empty.

    Raises InvalidAnswerError (TooLongError, ParticipantsError) and PersonalDataError.
    """
    return _CLEAN[item](value) if value.strip() else ""


def answer_columns(answers: Mapping[str, str]) -> dict[str, Any]:
    """Return the columns of ``evaluation`` that store the answers."""
    ratings = {item: answers[item.value] for item in EvaluationItem}
    participants = answers.get(DraftItem.PARTICIPANTS.value)
    return {
        **{f"mark_{item}": None if rating == NOT_APPLICABLE else int(rating) for item, rating in ratings.items()},
        "would_repeat_code": answers[DraftItem.WOULD_REPEAT.value],
        "participants_counted": int(participants) if participants else None,
        "comment": answers.get(DraftItem.COMMENT.value, ""),
        "recommendation_text": answers.get(DraftItem.RECOMMENDATION.value, ""),
        "visibility_code": answers[DraftItem.VISIBILITY.value],
    }


def answers_of(
    evaluation: Row[*tuple[Any, ...]], problems: Mapping[str, str], recommendation: str
) -> Mapping[str, str]:
    """Return the answers that an evaluation was made of; ``problems`` are codes with the text of another problem."""
    ratings = {item.value: getattr(evaluation, f"mark_{item}") for item in EvaluationItem}
    participants = evaluation.participants_counted
    found = {
        **{code: NOT_APPLICABLE if rating is None else str(rating) for code, rating in ratings.items()},
        DraftItem.WOULD_REPEAT: evaluation.would_repeat_code or "",
        DraftItem.PARTICIPANTS: "" if participants is None else str(participants),
        DraftItem.PROBLEMS: PROBLEM_SEPARATOR.join(problem.value for problem in Problem if problem in problems),
        DraftItem.OTHER_PROBLEM: problems.get(Problem.OTHER, ""),
        DraftItem.COMMENT: evaluation.comment,
        DraftItem.RECOMMENDATION: recommendation,
        DraftItem.VISIBILITY: evaluation.visibility_code,
    }
    return {str(code): value for code, value in found.items() if value}

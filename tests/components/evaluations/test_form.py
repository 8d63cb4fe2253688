"""Declarations and texts of the form: each question complete, each answer as text, typed markup escaped."""

from __future__ import annotations

from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.evaluations.form import answered_count, progress_text
from components.evaluations.form_state import OpenForm, as_answer, as_value
from components.evaluations.texts import (
    ITEM_LABELS,
    RATING_QUESTIONS,
    VISIBILITY_EXPLAINED,
    AnswerText,
    answer_texts,
    answers_html,
)
from components.shell.formatter import Formatter
from data.codes import DraftItem, EvaluationItem, Problem, Visibility
from data.evaluations import ITEMS, TEXT_LIMITS
from data.language import Language, Translator
from data.texts.search_keys import clean_text
from queries.evaluations.answers import clean_answer
from queries.evaluations.drafts import Draft
from tests.queries.evaluations.evaluating import COMPLETE

WRITE = Formatter(Translator(Language.EN))


class Words(HTMLParser):
    """Parser of a page: visible texts and tags."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def draft(**answers: str) -> Draft:
    """A draft with some answers, saved at 14:05 in Tashkent."""
    at = datetime(2026, 11, 20, 9, 5, tzinfo=UTC)
    return Draft(submission_id="s", event_id=1, base_version=0, answers=answers, saved_at=at)


def test_every_item_has_its_question_with_both_ends_in_words() -> None:
    assert [question.item for question in RATING_QUESTIONS] == list(EvaluationItem)
    assert all(question.text and question.low and question.high for question in RATING_QUESTIONS)
    assert set(VISIBILITY_EXPLAINED) == set(Visibility)
    assert set(ITEM_LABELS) == set(ITEMS)


def test_the_progress_counts_what_must_be_answered_and_says_when_it_was_stored() -> None:
    assert progress_text(draft(), WRITE.translate) == "0 of 9 answered"
    begun = draft(preparation="4", comment="Good", problems="distrust")
    assert answered_count(begun) == 1
    assert progress_text(begun, WRITE.translate) == "1 of 9 answered, saved 14:05"


def test_answers_are_said_in_words_in_the_order_of_the_form() -> None:
    said = answer_texts(COMPLETE, WRITE)
    assert [one.label for one in said[:2]] == ["Preparation", "Readiness of the inspector"]
    texts = {one.label: one.text for one in said}
    assert texts["Preparation"] == "4 of 5"
    assert texts["Resources"] == "Not applicable"
    assert texts["Problems met"] == "Distrust of NGOs; Other problem"
    assert texts["Other problem"] == "The hall was cold"
    assert texts["Would hold it again"] == "Yes"
    assert texts["Who may see it"] == "Named"


def test_words_of_another_problem_that_is_not_named_are_not_said() -> None:
    answers = {DraftItem.PROBLEMS.value: "distrust", DraftItem.OTHER_PROBLEM.value: "Left over"}
    assert [one.text for one in answer_texts(answers, WRITE)] == ["Distrust of NGOs"]


@given(st.text())
def test_whatever_is_typed_is_shown_as_text(typed: str) -> None:
    words = Words(answers_html([AnswerText("Comment", typed.replace("\r", ""), is_long=True)]))
    assert words.tags == {"dl", "div", "dt", "dd"}
    assert words.text == "Comment" + typed.replace("\r", "")


@pytest.mark.parametrize(("code", "answer"), COMPLETE.items())
def test_a_stored_answer_fills_its_field_and_comes_back_the_same(code: str, answer: str) -> None:
    item = next(item for item in ITEMS if item.value == code)
    assert as_answer(item, as_value(item, answer)) == answer
    assert as_answer(item, as_value(item, "")) == ""


@given(st.lists(st.sampled_from([problem.value for problem in Problem]), unique=True))
def test_problems_are_stored_the_same_in_whatever_order_they_were_tapped(tapped: list[str]) -> None:
    answer = as_answer(DraftItem.PROBLEMS, tapped)
    assert clean_answer(DraftItem.PROBLEMS, answer) == answer


@given(st.text())
def test_a_text_that_was_stored_does_not_look_unsaved(typed: str) -> None:
    assert as_answer(DraftItem.COMMENT, typed) == clean_text(typed) == as_answer(DraftItem.COMMENT, clean_text(typed))


def test_fields_with_words_belong_to_a_language_and_typed_text_does_not() -> None:
    uzbek, russian = (OpenForm("s", language) for language in (Language.UZ_LATN, Language.RU))
    wordless = {item for item in ITEMS if uzbek.key(item) == russian.key(item)}
    assert wordless == {*TEXT_LIMITS, DraftItem.PARTICIPANTS}

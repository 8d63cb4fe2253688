"""Drafts: each answer is stored as it is given, checked, and never overwrites another."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine

from data.codes import DraftItem, EvaluationItem, EventState
from data.database.engine import writing
from data.evaluations import missing_items
from data.policy import Actor, ForbiddenError, Role
from data.texts.personal_data import PersonalDataError
from queries.evaluations.answers import InvalidAnswerError, ParticipantsError, TooLongError
from queries.evaluations.drafts import DraftNotFoundError, open_draft, save_answer
from queries.evaluations.window import NotHeldError, WindowClosedError
from tests.queries.evaluations.evaluating import (
    COMPLETE,
    LONG_AFTER,
    NOT_SENT,
    NOW,
    Situation,
    filled_draft,
    rows,
    situation,
)
from tests.worlds import make_ngo

pytestmark = pytest.mark.both_databases


def answers(engine: Engine, here: Situation) -> dict[str, str]:
    return dict(open_draft(engine, here.actor, event_id=here.event_id, now=NOW).answers)


def save(engine: Engine, here: Situation, item_code: str, value: str) -> str:
    draft = open_draft(engine, here.actor, event_id=here.event_id, now=NOW)
    save_answer(engine, here.actor, submission_id=draft.submission_id, item_code=item_code, value=value, now=NOW)
    return answers(engine, here).get(item_code, "")


def test_a_draft_brings_back_every_answer(engine: Engine) -> None:
    here = situation(engine)
    filled_draft(engine, here)
    draft = open_draft(engine, here.actor, event_id=here.event_id, now=NOW)
    assert draft.answers == COMPLETE
    assert (draft.base_version, draft.saved_at, missing_items(draft.answers)) == (0, NOW, ())


def test_opened_by_many_at_once_there_is_one_draft(engine: Engine) -> None:
    here = situation(engine)
    with ThreadPoolExecutor(8) as pool:
        drafts = [pool.submit(open_draft, engine, here.actor, event_id=here.event_id, now=NOW) for _ in range(8)]
    assert len({draft.result().submission_id for draft in drafts}) == 1
    assert rows(engine) == NOT_SENT


def test_two_tabs_do_not_overwrite_each_other(engine: Engine) -> None:
    here = situation(engine)
    with ThreadPoolExecutor(8) as pool:
        saved = list(pool.map(lambda item: save(engine, here, item.value, "5"), EvaluationItem))
    assert saved == ["5"] * len(EvaluationItem)
    assert answers(engine, here) == {item.value: "5" for item in EvaluationItem}


def test_an_empty_value_takes_an_answer_back(engine: Engine) -> None:
    here = situation(engine)
    filled_draft(engine, here)
    assert save(engine, here, DraftItem.COMMENT, "  \n ") == ""
    assert answers(engine, here) == {code: value for code, value in COMPLETE.items() if code != DraftItem.COMMENT}


@pytest.mark.parametrize(
    ("item_code", "value"),
    [
        ("preparation", "6"), ("preparation", "0"), ("preparation", "4.5"), ("preparation", "NA"),
        ("would_repeat", "maybe"), ("visibility", "secret"), ("problems", "distrust;unknown"), ("problems", ";;"),
        ("unknown", "1"), ("state_code", "submitted"),
    ],
)  # fmt: skip
def test_what_the_form_does_not_offer_is_refused(engine: Engine, item_code: str, value: str) -> None:
    here = situation(engine)
    with pytest.raises(InvalidAnswerError):
        save(engine, here, item_code, value)
    assert answers(engine, here) == {}


@pytest.mark.parametrize("value", ["-1", "3.5", "many", "100001", "1e3", "٣"])
def test_participants_are_a_whole_number(engine: Engine, value: str) -> None:
    with pytest.raises(ParticipantsError):
        save(engine, situation(engine), DraftItem.PARTICIPANTS, value)


def test_answers_are_kept_in_one_form(engine: Engine) -> None:
    here = situation(engine)
    assert save(engine, here, DraftItem.PARTICIPANTS, " 1\u00a0200 ") == "1200"
    assert save(engine, here, DraftItem.PROBLEMS, "other;distrust;other") == "distrust;other"
    assert save(engine, here, DraftItem.COMMENT, " First\r\nsecond\x00\x1b\tthird\ud800 \n") == "First\nsecond third"
    assert save(engine, here, DraftItem.COMMENT, "<b>Bold</b> & so on") == "<b>Bold</b> & so on"


@pytest.mark.parametrize("item", [DraftItem.COMMENT, DraftItem.RECOMMENDATION, DraftItem.OTHER_PROBLEM])
@pytest.mark.parametrize("value", ["Call 90 123 45 67", "His passport is AB 1234567", "3 120585 123 456 7"])
def test_data_on_persons_are_refused_and_the_rest_is_kept(engine: Engine, item: DraftItem, value: str) -> None:
    here = situation(engine)
    filled_draft(engine, here)
    with pytest.raises(PersonalDataError):
        save(engine, here, item, value)
    assert answers(engine, here) == COMPLETE


def test_text_has_a_limit_and_says_it(engine: Engine) -> None:
    here = situation(engine)
    assert len(save(engine, here, DraftItem.COMMENT, "ў" * 2_000)) == 2_000
    with pytest.raises(TooLongError, match=r"2001.*2000"):
        save(engine, here, DraftItem.COMMENT, "ў" * 2_001)


def test_only_an_ngo_of_the_held_event_opens_a_draft(engine: Engine) -> None:
    here = situation(engine)
    with writing(engine) as connection:
        stranger = Actor(role=Role.NGO, ngo_id=make_ngo(connection))
    for actor in (stranger, Actor(role=Role.NATIONAL), Actor(role=Role.NGO)):
        with pytest.raises(ForbiddenError):
            open_draft(engine, actor, event_id=here.event_id, now=NOW)
    with pytest.raises(ForbiddenError):
        open_draft(engine, here.actor, event_id=999_999, now=NOW)
    planned = situation(engine, state=EventState.PLANNED)
    with pytest.raises(NotHeldError):
        open_draft(engine, planned.actor, event_id=planned.event_id, now=NOW)
    with pytest.raises(WindowClosedError):
        open_draft(engine, here.actor, event_id=here.event_id, now=LONG_AFTER)
    assert rows(engine).drafts == 0


def test_nobody_else_saves_into_a_draft(engine: Engine) -> None:
    here, other = situation(engine), situation(engine)
    submission_id = filled_draft(engine, here)
    comment = {"item_code": "comment", "value": "Intruding"}
    with pytest.raises(DraftNotFoundError):
        save_answer(engine, other.actor, submission_id=submission_id, now=NOW, **comment)
    with pytest.raises(DraftNotFoundError):
        save_answer(engine, here.actor, submission_id="no such", now=NOW, **comment)
    assert answers(engine, here) == COMPLETE

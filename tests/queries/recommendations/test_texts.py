"""Text, owner and deadline of a step: what is refused, and how the rest is stored."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, select

from data.codes import RecommendationState
from data.database.engine import reading, writing
from data.language import DomainError
from data.schema import AuditEntry
from data.texts.personal_data import PersonalDataError
from queries.recommendations.steps import accept, assign, decline, reopen
from queries.recommendations.texts import DeadlineError, NoOwnerError, NoTextError, TextTooLongError
from tests.queries.recommendations.recommending import COORDINATOR, NOW, TODAY, Made, ago, recommend, stored

NEW, DONE = RecommendationState.NEW, RecommendationState.DONE


def _made(engine: Engine, *, state: RecommendationState = RecommendationState.NEW) -> Made:
    with writing(engine) as connection:
        return recommend(connection, created=ago(9), state=state)


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ("", NoTextError),
        (" \n\u0007 ", NoTextError),
        ("x" * 2_001, TextTooLongError),
        ("Call +998 90 123 45 67", PersonalDataError),
        ("Passport AA 1234567", PersonalDataError),
    ],
)
def test_words_that_cannot_be_stored_change_nothing(engine: Engine, words: str, error: type[DomainError]) -> None:
    made, new = _made(engine, state=RecommendationState.DONE), _made(engine)
    with pytest.raises(error):
        reopen(engine, made.ngo, public_id=made.public_id, seen_state=DONE, reason=words, now=NOW)
    with pytest.raises(error):
        accept(engine, COORDINATOR, public_id=new.public_id, answer=words, owner="Office", deadline_date=TODAY, now=NOW)
    assert (stored(engine, made).state_code, stored(engine, new).state_code) == ("done", "new")
    with reading(engine) as connection:
        assert connection.execute(select(AuditEntry.id)).first() is None


def test_words_are_kept_as_written_but_for_control_characters(engine: Engine) -> None:
    made = _made(engine)
    reason = " <b>No</b>\x00\r\n*never* "
    decline(engine, COORDINATOR, public_id=made.public_id, seen_state=NEW, now=NOW, reason=reason)
    assert stored(engine, made).answer == "<b>No</b>\n*never*"


@pytest.mark.parametrize(
    ("owner", "days", "error"),
    [
        ("", 30, NoOwnerError),
        ("x" * 201, 30, TextTooLongError),
        ("Office, 90 123 45 67", 30, PersonalDataError),
        ("Office", -1, DeadlineError),
        ("Office", 367, DeadlineError),
    ],
)
def test_an_owner_and_a_deadline_that_make_sense_are_asked_for(
    engine: Engine, owner: str, days: int, error: type[DomainError]
) -> None:
    made = _made(engine)
    with pytest.raises(error):
        assign(
            engine,
            COORDINATOR,
            public_id=made.public_id,
            seen_state=NEW,
            owner=owner,
            deadline_date=ago(-days),
            now=NOW,
        )
    assert stored(engine, made).owner == ""

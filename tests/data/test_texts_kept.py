"""Keys of texts follow the named evaluations that count, whoever writes them."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Connection, Engine, select, update

from data.aggregates import refresh
from data.aggregates.text_keys import text_key
from data.codes import Visibility
from data.database.engine import writing
from data.schema import Evaluation, EvaluationText, JointEvent
from tests.worlds import DISTRICT, FAR_DISTRICT, make_evaluation, make_event, make_ngo

pytestmark = pytest.mark.both_databases

TODAY = date(2025, 6, 1)
WORDS = "Oʻquvchilar bilan suhbat yaxshi oʻtdi."


def kept(connection: Connection) -> list[tuple[str, int, int]]:
    refresh(connection, today=TODAY)
    columns = (EvaluationText.district_soato, EvaluationText.year_month, EvaluationText.text_key)
    return [(row[0], row[1], row[2]) for row in connection.execute(select(*columns))]


def say(connection: Connection, words: str, *, visibility: Visibility = Visibility.NAMED) -> tuple[int, int]:
    ngo = make_ngo(connection)
    event = make_event(connection, event_date=date(2025, 3, 5), ngo_ids=(ngo,))
    day = date(2025, 3, 6)
    made = make_evaluation(connection, event_id=event, ngo_id=ngo, submitted_date=day, visibility=visibility)
    connection.execute(update(Evaluation).where(Evaluation.id == made).values(comment=words))
    return event, made


@pytest.mark.parametrize(
    "other",
    [
        "OʼQUVCHILAR  bilan suhbat yaxshi oʻtdi",
        "Ўқувчилар билан суҳбат яхши ўтди.",
        " o'quvchilar bilan, suhbat yaxshi o`tdi!",
    ],
)
def test_texts_that_fold_to_the_same_words_have_one_key(other: str) -> None:
    assert text_key(other) == text_key(WORDS)


def test_other_words_have_another_key_and_short_ones_none() -> None:
    assert text_key(WORDS + " Rahmat.") not in {text_key(WORDS), None}
    assert text_key("Yaxshi oʻtdi") is None


def test_a_key_is_kept_moves_with_its_event_and_goes_with_its_words(engine: Engine) -> None:
    with writing(engine) as connection:
        event, evaluation = say(connection, WORDS)
        assert kept(connection) == [(DISTRICT, 202503, text_key(WORDS))]
        connection.execute(update(JointEvent).where(JointEvent.id == event).values(district_soato=FAR_DISTRICT))
        assert kept(connection) == [(FAR_DISTRICT, 202503, text_key(WORDS))]
        connection.execute(update(Evaluation).where(Evaluation.id == evaluation).values(recommendation_text=WORDS))
        assert len(kept(connection)) == 2
        connection.execute(update(Evaluation).where(Evaluation.id == evaluation).values(comment="", is_current=False))
        assert kept(connection) == []


def test_words_of_a_confidential_evaluation_leave_no_key(engine: Engine) -> None:
    with writing(engine) as connection:
        say(connection, WORDS, visibility=Visibility.CONFIDENTIAL)
        assert kept(connection) == []

"""Corrections are new versions: the old one stays, the receipt too, and the recommendation moves along."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, insert, select, update

from data.codes import DraftItem, Party, RecommendationAction, RecommendationState, Visibility
from data.database.engine import reading, writing
from data.schema import (
    AuditEntry,
    ConfidentialBatch,
    ConfidentialBatchMember,
    Evaluation,
    Recommendation,
    RecommendationStep,
)
from queries.evaluations.corrections import RecommendationAnsweredError, ReleasedConfidentiallyError
from queries.evaluations.drafts import open_draft, save_answer
from queries.evaluations.receipts import Receipt, receipt
from queries.evaluations.submission import submit
from tests.queries.evaluations.evaluating import COMPLETE, NOW, Situation, filled_draft, rows, situation
from tests.worlds import DISTRICT

pytestmark = pytest.mark.both_databases

LATER = NOW + timedelta(days=2)
CONFIDENTIAL = {**COMPLETE, DraftItem.VISIBILITY: Visibility.CONFIDENTIAL.value}


def sent(engine: Engine, here: Situation, answers: dict[str, str] | None = None) -> Receipt:
    submission_id = filled_draft(engine, here, COMPLETE if answers is None else answers)
    return submit(engine, here.actor, submission_id=submission_id, now=NOW)


def corrected(engine: Engine, here: Situation, **answers: str) -> Receipt:
    submission_id = filled_draft(engine, here, answers, now=LATER)
    return submit(engine, here.actor, submission_id=submission_id, now=LATER)


def the_recommendation(engine: Engine) -> tuple[str | date | None, ...] | None:
    """Return text, submission, and day of release of the only recommendation."""
    columns = (Recommendation.text, Evaluation.submission_id, Recommendation.released_date)
    with reading(engine) as connection:
        row = connection.execute(select(*columns).join(Evaluation)).one_or_none()
    return tuple(row) if row is not None else None


def begin_to_act(engine: Engine) -> None:
    with writing(engine) as connection:
        step = {"side_code": Party.POLICE.value, "action_code": RecommendationAction.ASSIGNED.value, "at": NOW}
        recommendation_id = connection.execute(select(Recommendation.id)).scalar_one()
        connection.execute(insert(RecommendationStep).values(recommendation_id=recommendation_id, **step))


def release(engine: Engine, here: Situation) -> None:
    """Count the evaluation in a released batch."""
    counts = {"evaluations": 5, "ngos": 3, "events_marked": 5, "event_mark_sum": 20.0, "event_mark_square_sum": 80.0}
    months = {"first_year_month": 202603, "last_year_month": 202603, "released_date": NOW.date()}
    with writing(engine) as connection:
        batch = insert(ConfidentialBatch).values(
            district_soato=DISTRICT, repeat_yes=5, repeat_no=0, repeat_unsure=0, **counts, **months
        )
        key = connection.execute(batch).inserted_primary_key
        assert key is not None
        evaluation_id = connection.execute(select(Evaluation.id)).scalar_one()
        place = {"event_id": here.event_id, "ngo_id": here.ngo_id}
        member = insert(ConfidentialBatchMember)
        connection.execute(member.values(evaluation_id=evaluation_id, batch_id=key[0], **place))


def test_a_correction_starts_from_what_was_sent(engine: Engine) -> None:
    here = situation(engine)
    sent(engine, here)
    draft = open_draft(engine, here.actor, event_id=here.event_id, now=LATER)
    assert draft.base_version == 1
    assert draft.answers == COMPLETE


def test_the_old_version_and_its_receipt_stay(engine: Engine) -> None:
    here = situation(engine)
    first = sent(engine, here)
    second = corrected(engine, here, preparation="2", recommendation="Begin at noon")
    assert (second.version, second.answers["preparation"]) == (2, "2")
    with reading(engine) as connection:
        assert receipt(connection, here.actor, submission_id=first.submission_id) == first
        assert receipt(connection, here.actor, submission_id=second.submission_id) == second
        versions = connection.execute(select(Evaluation.version, Evaluation.is_current).order_by(Evaluation.id)).all()
        actions = connection.execute(select(AuditEntry.action_code).where(AuditEntry.entity == "evaluation"))
        assert actions.scalars().all() == ["submitted", "corrected"]
    assert [tuple(row) for row in versions] == [(1, False), (2, True)]
    assert submit(engine, here.actor, submission_id=first.submission_id, now=LATER) == first


def test_corrections_sent_at_once_make_one_version(engine: Engine) -> None:
    here = situation(engine)
    sent(engine, here)
    submission_id = filled_draft(engine, here, {"preparation": "1"}, now=LATER)
    with ThreadPoolExecutor(8) as pool:
        tasks = [pool.submit(submit, engine, here.actor, submission_id=submission_id, now=LATER) for _ in range(8)]
    receipts = [task.result() for task in tasks]
    assert all(one == receipts[0] for one in receipts)
    assert rows(engine)._asdict() == {"evaluations": 2, "recommendations": 1, "drafts": 0, "audited": 2}


def test_a_draft_that_was_overtaken_corrects_what_counts(engine: Engine) -> None:
    here = situation(engine)
    submission_id = filled_draft(engine, here)
    with writing(engine) as connection:
        imported = {"event_id": here.event_id, "ngo_id": here.ngo_id, "state_code": "submitted", "created_at": NOW}
        connection.execute(
            insert(Evaluation).values(
                submission_id="imported",
                visibility_code="named",
                submitted_at=NOW,
                submitted_date=NOW.date(),
                **imported,
            )
        )
    assert submit(engine, here.actor, submission_id=submission_id, now=LATER).version == 2


def test_a_thread_goes_on_under_the_new_version(engine: Engine) -> None:
    here = situation(engine)
    sent(engine, here)
    begin_to_act(engine)
    second = corrected(engine, here, preparation="1")
    assert the_recommendation(engine) == ("Begin an hour later", second.submission_id, NOW.date())


def test_words_change_or_are_taken_back_until_the_district_begins(engine: Engine) -> None:
    here = situation(engine)
    sent(engine, here)
    second = corrected(engine, here, recommendation="Begin at noon")
    assert the_recommendation(engine) == ("Begin at noon", second.submission_id, NOW.date())
    third = corrected(engine, here, recommendation="")
    assert the_recommendation(engine) is None
    assert DraftItem.RECOMMENDATION not in third.answers
    fourth = corrected(engine, here, recommendation="Begin at one")
    assert the_recommendation(engine) == ("Begin at one", fourth.submission_id, LATER.date())


@pytest.mark.parametrize("words", ["Something else", ""])
def test_words_stay_once_the_district_has_begun(engine: Engine, words: str) -> None:
    here = situation(engine)
    sent(engine, here)
    begin_to_act(engine)
    draft = open_draft(engine, here.actor, event_id=here.event_id, now=LATER)
    with pytest.raises(RecommendationAnsweredError):
        save_answer(
            engine,
            here.actor,
            submission_id=draft.submission_id,
            item_code=DraftItem.RECOMMENDATION,
            value=words,
            now=LATER,
        )


def test_words_given_before_the_district_began_are_set_back_and_then_it_can_be_sent(engine: Engine) -> None:
    here = situation(engine)
    sent(engine, here)
    submission_id = filled_draft(engine, here, {"recommendation": "Other words", "preparation": "1"}, now=LATER)
    with writing(engine) as connection:
        connection.execute(update(Recommendation).values(state_code=RecommendationState.ACCEPTED.value))
    with pytest.raises(RecommendationAnsweredError):
        submit(engine, here.actor, submission_id=submission_id, now=LATER)
    assert rows(engine).evaluations == 1
    second = submit(engine, here.actor, submission_id=submission_id, now=LATER)
    assert second.answers[DraftItem.RECOMMENDATION] == "Begin an hour later"
    assert second.answers["preparation"] == "1"


def test_a_named_one_that_becomes_confidential_keeps_its_release(engine: Engine) -> None:
    here = situation(engine)
    sent(engine, here)
    second = corrected(engine, here, visibility=Visibility.CONFIDENTIAL.value)
    assert the_recommendation(engine) == ("Begin an hour later", second.submission_id, NOW.date())


def test_a_confidential_one_that_becomes_named_is_released_that_day(engine: Engine) -> None:
    here = situation(engine)
    sent(engine, here, dict(CONFIDENTIAL))
    second = corrected(engine, here, visibility=Visibility.NAMED.value)
    assert the_recommendation(engine) == ("Begin an hour later", second.submission_id, LATER.date())


def test_what_was_released_confidentially_stays_confidential(engine: Engine) -> None:
    here = situation(engine)
    sent(engine, here, dict(CONFIDENTIAL))
    submission_id = filled_draft(engine, here, {"visibility": Visibility.NAMED.value}, now=LATER)
    release(engine, here)
    with pytest.raises(ReleasedConfidentiallyError):
        submit(engine, here.actor, submission_id=submission_id, now=LATER)
    assert rows(engine)._asdict() == {"evaluations": 1, "recommendations": 1, "drafts": 1, "audited": 1}
    confidential = {"item_code": DraftItem.VISIBILITY, "value": Visibility.CONFIDENTIAL.value}
    save_answer(engine, here.actor, submission_id=submission_id, now=LATER, **confidential)
    named = {"item_code": DraftItem.VISIBILITY, "value": Visibility.NAMED.value}
    with pytest.raises(ReleasedConfidentiallyError):
        save_answer(engine, here.actor, submission_id=submission_id, now=LATER, **named)
    assert submit(engine, here.actor, submission_id=submission_id, now=LATER).version == 2

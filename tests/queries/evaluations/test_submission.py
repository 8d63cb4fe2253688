"""Submission of an evaluation: all in one transaction, once, with a receipt that stays the same."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import Connection, Engine, insert, select, text, update

from data.codes import DraftItem, EventState, RecommendationState, Visibility
from data.database.engine import BUSY_TIMEOUT_MS, BusyError, new_engine, reading, writing
from data.language import DomainError
from data.policy import Actor, ForbiddenError, Role
from data.schema import Account, AuditEntry, Evaluation, EvaluationProblem, JointEvent, Recommendation
from queries.evaluations import submission
from queries.evaluations.drafts import (
    AlreadySentError,
    DraftNotFoundError,
    draft_answers,
    open_draft,
    save_answer,
)
from queries.evaluations.receipts import receipt
from queries.evaluations.submission import MissingAnswersError, submit
from queries.evaluations.window import NotHeldError, WindowClosedError
from tests.queries.evaluations.evaluating import (
    COMPLETE,
    EVENT_DAY,
    LONG_AFTER,
    NOT_SENT,
    NOW,
    SENT_ONCE,
    Rows,
    Situation,
    filled_draft,
    rows,
    situation,
)
from tests.worlds import make_event

pytestmark = pytest.mark.both_databases

CONFIDENTIAL = {**COMPLETE, DraftItem.VISIBILITY: Visibility.CONFIDENTIAL.value}
WRITERS = 32


def test_the_receipt_is_what_was_stored(engine: Engine) -> None:
    here = situation(engine)
    submission_id = filled_draft(engine, here)
    sent = submit(engine, here.actor, submission_id=submission_id, now=NOW)
    with reading(engine) as connection:
        stored = receipt(connection, here.actor, submission_id=submission_id)
    assert sent == stored
    assert sent.answers == COMPLETE
    assert (sent.version, sent.is_late, sent.submitted_at) == (1, False, NOW)
    assert sent.number.startswith("2026-")
    assert rows(engine) == SENT_ONCE


def test_the_evaluation_has_all_that_was_answered(engine: Engine) -> None:
    here = situation(engine)
    submit(engine, here.actor, submission_id=filled_draft(engine, here), now=NOW)
    with reading(engine) as connection:
        evaluation = connection.execute(select(Evaluation.__table__)).one()
        problems = connection.execute(select(EvaluationProblem.problem_code, EvaluationProblem.other_text))
        words = {row.problem_code: row.other_text for row in problems}
        recommendation = connection.execute(select(Recommendation.__table__)).one()
    assert (evaluation.mark_preparation, evaluation.mark_resources, evaluation.mark_mean) == (4, None, 4.0)
    assert (evaluation.would_repeat_code, evaluation.participants_counted) == ("yes", 35)
    assert words == {"distrust": "", "other": "The hall was cold"}
    assert (recommendation.text, recommendation.state_code) == ("Begin an hour later", RecommendationState.NEW.value)
    assert recommendation.released_date == recommendation.created_date == NOW.date()


def test_a_confidential_recommendation_waits_and_the_audit_log_tells_nothing(engine: Engine) -> None:
    here = situation(engine)
    submit(engine, here.actor, submission_id=filled_draft(engine, here, CONFIDENTIAL), now=NOW)
    with reading(engine) as connection:
        released = connection.execute(select(Recommendation.released_date)).scalar_one()
        after = connection.execute(select(AuditEntry.after).where(AuditEntry.entity == "evaluation")).scalar_one()
    assert released is None
    assert set(after) == {"submission_id", "event_id", "ngo_id", "version", "visibility_code", "is_late"}


def test_a_text_of_another_problem_is_dropped_with_the_problem(engine: Engine) -> None:
    here = situation(engine)
    submission_id = filled_draft(engine, here, {**COMPLETE, DraftItem.PROBLEMS: "distrust"})
    sent = submit(engine, here.actor, submission_id=submission_id, now=NOW)
    with reading(engine) as connection:
        assert receipt(connection, here.actor, submission_id=submission_id) == sent
    assert DraftItem.OTHER_PROBLEM not in sent.answers


def test_without_its_answers_it_is_not_sent(engine: Engine) -> None:
    here = situation(engine)
    answers = {code: value for code, value in COMPLETE.items() if code not in {"needs", "other_problem", "comment"}}
    with pytest.raises(MissingAnswersError) as error:
        submit(engine, here.actor, submission_id=filled_draft(engine, here, answers), now=NOW)
    assert [item.value for item in error.value.items] == ["needs", "other_problem"]
    assert rows(engine) == NOT_SENT


def test_sent_by_32_at_once_it_is_sent_once(engine: Engine) -> None:
    here = situation(engine)
    submission_id = filled_draft(engine, here)
    together = threading.Barrier(WRITERS)

    def send(_: int) -> object:
        together.wait()
        return submit(engine, here.actor, submission_id=submission_id, now=NOW)

    with ThreadPoolExecutor(WRITERS) as pool:
        receipts = list(pool.map(send, range(WRITERS)))
    assert all(sent == receipts[0] for sent in receipts)
    assert rows(engine) == SENT_ONCE


def test_a_second_tab_is_told_that_it_was_sent(engine: Engine) -> None:
    here = situation(engine)
    submission_id = filled_draft(engine, here)
    second = open_draft(engine, here.actor, event_id=here.event_id, now=NOW)
    sent = submit(engine, here.actor, submission_id=submission_id, now=NOW)
    with pytest.raises(AlreadySentError) as error:
        save_answer(engine, here.actor, submission_id=second.submission_id, item_code="comment", value="Late", now=NOW)
    assert error.value.receipt == sent
    assert submit(engine, here.actor, submission_id=second.submission_id, now=LONG_AFTER) == sent
    assert rows(engine) == SENT_ONCE


def type_until_sent(engine: Engine, actor: Actor, submission_id: str) -> str:
    """Save one comment after the other; returns the last one that was acknowledged."""
    said = COMPLETE[DraftItem.COMMENT]
    for number in range(50):
        comment = f"Said {number}"
        try:
            save_answer(engine, actor, submission_id=submission_id, item_code="comment", value=comment, now=NOW)
        except AlreadySentError:
            return said
        said = comment
    return said


def test_an_answer_that_was_acknowledged_is_in_what_is_sent(engine: Engine) -> None:
    with ThreadPoolExecutor(1) as pool:
        for _ in range(4):
            here = situation(engine)
            submission_id = filled_draft(engine, here)
            typing = pool.submit(type_until_sent, engine, here.actor, submission_id)
            time.sleep(0.02)
            sent = submit(engine, here.actor, submission_id=submission_id, now=NOW)
            assert sent.answers[DraftItem.COMMENT] == typing.result()


def test_nobody_else_sends_it(engine: Engine) -> None:
    here, other = situation(engine), situation(engine)
    submission_id = filled_draft(engine, here)
    with pytest.raises(DraftNotFoundError):
        submit(engine, other.actor, submission_id=submission_id, now=NOW)
    with pytest.raises(ForbiddenError):
        submit(engine, Actor(role=Role.ADMIN), submission_id=submission_id, now=NOW)
    assert rows(engine) == NOT_SENT


@pytest.mark.parametrize("change", [{"is_active": False}, {"role_code": "national"}, {"ngo_id": "another"}])
def test_an_account_that_changed_while_the_form_was_open_sends_nothing(
    engine: Engine, change: dict[str, object]
) -> None:
    here = situation(engine)
    submission_id = filled_draft(engine, here)
    values = {**change, "ngo_id": situation(engine).ngo_id} if "ngo_id" in change else change
    with writing(engine) as connection:
        connection.execute(update(Account).where(Account.id == here.actor.account_id).values(values))
    with pytest.raises(ForbiddenError):
        submit(engine, here.actor, submission_id=submission_id, now=NOW)
    with pytest.raises(ForbiddenError):
        save_answer(engine, here.actor, submission_id=submission_id, item_code="comment", value="More", now=NOW)
    assert rows(engine) == NOT_SENT


def test_an_event_that_was_cancelled_or_closed_meanwhile_keeps_its_draft(engine: Engine) -> None:
    here = situation(engine)
    submission_id = filled_draft(engine, here)
    with pytest.raises(WindowClosedError):
        submit(engine, here.actor, submission_id=submission_id, now=LONG_AFTER)
    with writing(engine) as connection:
        connection.execute(update(JointEvent).values(state_code=EventState.CANCELLED.value))
    with pytest.raises(NotHeldError):
        submit(engine, here.actor, submission_id=submission_id, now=NOW)
    assert rows(engine) == NOT_SENT


@contextmanager
def held_by_another(engine: Engine) -> Iterator[None]:
    """Hold the database's write lock by another connection."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection = connection.execution_options(is_writer=True)
        with connection.begin():
            if engine.dialect.name == "postgresql":
                connection.execute(text("LOCK TABLE evaluation_draft IN ACCESS EXCLUSIVE MODE"))
            yield


def test_a_locked_database_is_waited_for_ten_seconds_and_more(engine: Engine) -> None:
    assert BUSY_TIMEOUT_MS > 10_000, "the wait that the next test cuts short"
    here = situation(engine)
    submission_id = filled_draft(engine, here)
    with ThreadPoolExecutor(1) as pool:
        with held_by_another(engine):
            sending = pool.submit(submit, engine, here.actor, submission_id=submission_id, now=NOW)
            time.sleep(1)
            assert not sending.done()
        sent = sending.result(timeout=20)
    assert submit(engine, here.actor, submission_id=submission_id, now=NOW + timedelta(minutes=1)) == sent
    assert rows(engine) == SENT_ONCE


def test_a_database_locked_for_longer_is_busy_and_keeps_the_draft(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = situation(engine)
    submission_id = filled_draft(engine, here)
    monkeypatch.setattr("data.database.engine.BUSY_TIMEOUT_MS", 300)
    impatient = new_engine(engine.url.render_as_string(hide_password=False))
    with held_by_another(engine), pytest.raises(BusyError):
        submit(impatient, here.actor, submission_id=submission_id, now=NOW)
    assert rows(engine) == NOT_SENT
    submit(impatient, here.actor, submission_id=submission_id, now=NOW)
    impatient.dispose()
    assert rows(engine) == SENT_ONCE


def import_evaluation(connection: Connection, *, submission_id: str, event_id: int, ngo_id: int) -> None:
    """Insert an evaluation of the same NGO as another writer does."""
    row = insert(Evaluation).values(
        submission_id=submission_id,
        event_id=event_id,
        ngo_id=ngo_id,
        state_code="submitted",
        visibility_code="named",
        created_at=NOW,
        submitted_at=NOW,
        submitted_date=NOW.date(),
    )
    connection.execute(row)


def test_a_submission_id_that_is_taken_gives_the_receipt_of_the_row_that_won(engine: Engine) -> None:
    here = situation(engine)
    submission_id = filled_draft(engine, here)
    with writing(engine) as connection:
        event_id = make_event(connection, event_date=EVENT_DAY, ngo_ids=(here.ngo_id,))
        import_evaluation(connection, submission_id=submission_id, event_id=event_id, ngo_id=here.ngo_id)
    sent = submit(engine, here.actor, submission_id=submission_id, now=NOW)
    assert (sent.event.event_id, sent.submission_id) == (event_id, submission_id)
    assert rows(engine) == Rows(evaluations=1, recommendations=0, drafts=1, audited=0)


def test_an_event_that_another_writer_evaluates_just_then_is_busy_and_then_corrected(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = situation(engine)
    submission_id = filled_draft(engine, here)

    def overtaken(connection: Connection, **draft: str) -> dict[str, str]:
        import_evaluation(connection, submission_id="imported", event_id=here.event_id, ngo_id=here.ngo_id)
        return draft_answers(connection, **draft)

    with monkeypatch.context() as patched:
        patched.setattr(submission, "draft_answers", overtaken)
        with pytest.raises(BusyError):
            submit(engine, here.actor, submission_id=submission_id, now=NOW)
    assert rows(engine) == NOT_SENT
    with writing(engine) as connection:
        import_evaluation(connection, submission_id="imported", event_id=here.event_id, ngo_id=here.ngo_id)
    assert submit(engine, here.actor, submission_id=submission_id, now=NOW).version == 2


def test_those_sent_at_once_are_each_told_of_their_own(engine: Engine) -> None:
    complete = [(here, filled_draft(engine, here)) for here in (situation(engine) for _ in range(10))]
    lacking, closed, revoked = (situation(engine) for _ in range(3))
    answers = {code: value for code, value in COMPLETE.items() if code != "needs"}
    unsent = [(lacking, filled_draft(engine, lacking, answers)), (revoked, filled_draft(engine, revoked))]
    unsent.append((closed, filled_draft(engine, closed)))
    with writing(engine) as connection:
        connection.execute(update(Account).where(Account.id == revoked.actor.account_id).values(is_active=False))
        connection.execute(update(JointEvent).where(JointEvent.id == closed.event_id).values(state_code="cancelled"))
    asked = [*complete[:5], *unsent, *complete[5:], *complete]
    together = threading.Barrier(len(asked))

    def send(here: Situation, submission_id: str) -> object:
        together.wait()
        try:
            return submit(engine, here.actor, submission_id=submission_id, now=NOW)
        except DomainError as error:
            return type(error)

    with ThreadPoolExecutor(len(asked)) as pool:
        told = list(pool.map(lambda each: send(*each), asked))
    assert told[5:8] == [MissingAnswersError, ForbiddenError, NotHeldError]
    with reading(engine) as connection:
        stored = [receipt(connection, here.actor, submission_id=draft) for here, draft in complete]
    assert [*told[:5], *told[8:13]] == stored == told[13:]
    assert rows(engine) == Rows(evaluations=10, recommendations=10, drafts=3, audited=10)

"""Receipts: numbers that do not change, of the NGO's own evaluations only."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from data.database.engine import reading, writing
from data.policy import Actor, ForbiddenError, Role
from queries.evaluations.receipts import receipt, receipt_number, sent_evaluations
from queries.evaluations.submission import submit
from tests.queries.evaluations.evaluating import NOW, filled_draft, situation
from tests.worlds import make_evaluation, make_recommendation


def test_a_number_has_the_year_of_tashkent() -> None:
    new_year = datetime(2026, 12, 31, 19, 0, tzinfo=UTC)
    assert receipt_number(submitted_at=new_year, evaluation_id=123) == "2027-0000123"
    assert receipt_number(submitted_at=new_year - timedelta(minutes=1), evaluation_id=12_345_678) == "2026-12345678"


def test_only_the_ngo_itself_sees_its_receipts(engine: Engine) -> None:
    here, other = situation(engine), situation(engine)
    sent = submit(engine, here.actor, submission_id=filled_draft(engine, here), now=NOW)
    with reading(engine) as connection:
        assert receipt(connection, other.actor, submission_id=sent.submission_id) is None
        assert receipt(connection, here.actor, submission_id="no such") is None
        assert sent_evaluations(connection, other.actor).empty
        with pytest.raises(ForbiddenError):
            receipt(connection, Actor(role=Role.ADMIN), submission_id=sent.submission_id)


def test_every_version_that_was_sent_is_listed(engine: Engine) -> None:
    here = situation(engine)
    first = submit(engine, here.actor, submission_id=filled_draft(engine, here), now=NOW)
    later = NOW + timedelta(days=1)
    second = submit(engine, here.actor, submission_id=filled_draft(engine, here, {"needs": "1"}, now=later), now=later)
    with reading(engine) as connection:
        listed = sent_evaluations(connection, here.actor)
    assert listed["receipt_number"].tolist() == [second.number, first.number]
    assert listed["is_current"].tolist() == [True, False]
    assert listed["submitted_at"].tolist() == [later, NOW]


def test_an_evaluation_that_was_imported_has_a_receipt_with_its_recommendation(engine: Engine) -> None:
    here = situation(engine)
    with writing(engine) as connection:
        evaluation_id = make_evaluation(
            connection, event_id=here.event_id, ngo_id=here.ngo_id, submitted_date=NOW.date()
        )
        make_recommendation(connection, evaluation_id=evaluation_id, created_date=NOW.date())
    with reading(engine) as connection:
        submission_id = sent_evaluations(connection, here.actor).iloc[0].submission_id
        found = receipt(connection, here.actor, submission_id=submission_id)
    assert found is not None
    assert found.answers["recommendation"].startswith("Recommendation")
    assert (found.answers["preparation"], found.answers["visibility"]) == ("4", "named")

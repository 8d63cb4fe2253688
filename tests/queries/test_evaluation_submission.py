"""Sending an evaluation: all of it in one transaction, once, with a receipt that stays the same."""

from __future__ import annotations

from sqlalchemy import Engine

from data.engine import reading
from queries.evaluation_submission import submit
from queries.receipts import receipt
from tests.queries.evaluating import COMPLETE, NOW, SENT_ONCE, filled_draft, rows, situation


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


def test_sending_again_gives_the_same_receipt(engine: Engine) -> None:
    here = situation(engine)
    submission_id = filled_draft(engine, here)
    first = submit(engine, here.actor, submission_id=submission_id, now=NOW)
    assert submit(engine, here.actor, submission_id=submission_id, now=NOW) == first
    assert rows(engine) == SENT_ONCE

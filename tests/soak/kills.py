"""Kills the sender at a moment of its way and looks at what is left."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import IO

from sqlalchemy import Engine, func, select

from data.database.engine import reading
from data.schema import AuditEntry, Evaluation, EvaluationDraft, EvaluationDraftAnswer, Recommendation
from data.settings import ROOT
from queries.evaluations.drafts import open_draft
from queries.evaluations.receipts import receipt
from queries.evaluations.submission import submit
from tests.queries.evaluations.evaluating import COMPLETE, NOW, Situation, filled_draft, situation

PAUSE_SECONDS = 0.012
BEYOND = 1.5


class Left(StrEnum):
    """What a kill left behind."""

    DRAFT = "the intact draft"
    EVALUATION = "one evaluation"


def _pipe(stream: IO[str] | None) -> IO[str]:
    assert stream is not None
    return stream


@contextmanager
def sending(engine: Engine, here: Situation, submission_id: str) -> Iterator[subprocess.Popen[str]]:
    """A sender that was just told to send; killed at the end, if it still runs."""
    url = engine.url.render_as_string(hide_password=False)
    words = [url, str(here.actor.account_id), str(here.ngo_id), submission_id, str(PAUSE_SECONDS)]
    command = [sys.executable, "-m", "tests.soak.sender", *words]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as sender:
        assert _pipe(sender.stdout).readline() == "ready\n"
        _pipe(sender.stdin).write("send\n")
        _pipe(sender.stdin).flush()
        yield sender
        sender.kill()


def usual_seconds(engine: Engine) -> float:
    """How long a sender takes that nobody kills."""
    here = situation(engine)
    with sending(engine, here, filled_draft(engine, here)) as sender:
        start = time.perf_counter()
        assert _pipe(sender.stdout).readline() == "sent\n"
        return time.perf_counter() - start


def what_is_left(engine: Engine, here: Situation, submission_id: str) -> Left:
    """One evaluation with all that belongs to it, or the draft with all its answers; anything else fails."""
    of_event = {"event_id": here.event_id, "ngo_id": here.ngo_id}
    ids = select(Evaluation.id).filter_by(submission_id=submission_id)
    answers = select(func.count()).select_from(EvaluationDraftAnswer).filter_by(submission_id=submission_id)
    entries = select(func.count()).where(AuditEntry.entity == "evaluation")
    with reading(engine) as connection:
        found = connection.execute(ids).scalars().all()
        drafts = select(func.count()).select_from(EvaluationDraft).filter_by(**of_event)
        thread = select(func.count()).where(Recommendation.evaluation_id.in_(ids))
        audited = entries.where(AuditEntry.entity_id.in_([str(key) for key in found]))
        counts = [connection.execute(count).scalar_one() for count in (drafts, answers, thread, audited)]
    if found:
        assert (len(found), counts) == (1, [0, 0, 1, 1])
        return Left.EVALUATION
    assert counts == [1, len(COMPLETE), 0, 0]
    assert open_draft(engine, here.actor, event_id=here.event_id, now=NOW).answers == COMPLETE
    return Left.DRAFT


def soak(engine: Engine, *, kills: int, seed: int) -> Counter[Left]:
    """Kill so often, at moments spread over the way from start to commit; returns how often what was left.

    After each kill the draft is sent again: there is one evaluation and one receipt, whatever was left.
    """
    usual = usual_seconds(engine)
    moments, left = random.Random(seed), Counter[Left]()  # noqa: S311 - moments, not secrets
    for number in range(kills):
        here = situation(engine)
        submission_id = filled_draft(engine, here)
        with sending(engine, here, submission_id):
            time.sleep((number + moments.random()) / kills * usual * BEYOND)
        left[what_is_left(engine, here, submission_id)] += 1
        sent = submit(engine, here.actor, submission_id=submission_id, now=NOW)
        with reading(engine) as connection:
            assert receipt(connection, here.actor, submission_id=submission_id) == sent
        assert what_is_left(engine, here, submission_id) is Left.EVALUATION
    return left

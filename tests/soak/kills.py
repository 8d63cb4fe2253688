"""Kills the sender at a moment of its way and looks at what is left."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum

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


class Sender:
    """A process that sends drafts, each in a child of its own."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._orders, self._words = process.stdin, process.stdout

    def start(self, here: Situation, submission_id: str) -> int:
        """Begin to send a draft and return the id of the process that does."""
        self._orders.write(f"{here.actor.account_id} {here.ngo_id} {submission_id}\n")
        self._orders.flush()
        return int(self._words.readline())

    def wait_until_over(self) -> bool:
        """Wait until that process has ended, and return whether it said that it has sent the draft."""
        return "sent\n" in list(iter(self._words.readline, "over\n"))


@contextmanager
def sending(engine: Engine) -> Iterator[Sender]:
    """A sender, until the block ends."""
    url = engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "tests.soak.sender", url, str(PAUSE_SECONDS)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield Sender(process)


def usual_seconds(engine: Engine, sender: Sender) -> float:
    """Return how long it takes to send a draft that nobody kills."""
    here = situation(engine)
    sender.start(here, filled_draft(engine, here))
    start = time.perf_counter()
    assert sender.wait_until_over()
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
    moments, left = random.Random(seed), Counter[Left]()  # noqa: S311 - moments, not secrets
    with sending(engine) as sender:
        usual = usual_seconds(engine, sender)
        for number in range(kills):
            here = situation(engine)
            submission_id = filled_draft(engine, here)
            process_id = sender.start(here, submission_id)
            time.sleep((number + moments.random()) / kills * usual * BEYOND)
            with suppress(ProcessLookupError):
                os.kill(process_id, signal.SIGKILL)
            sender.wait_until_over()
            left[what_is_left(engine, here, submission_id)] += 1
            sent = submit(engine, here.actor, submission_id=submission_id, now=NOW)
            with reading(engine) as connection:
                assert receipt(connection, here.actor, submission_id=submission_id) == sent
            assert what_is_left(engine, here, submission_id) is Left.EVALUATION
    return left

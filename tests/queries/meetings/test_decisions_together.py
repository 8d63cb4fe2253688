"""Two people decide at the same time: nothing is lost, and the second one gets an error."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from uuid import uuid4

import pytest
from sqlalchemy import Engine

from queries.meetings.decisions import ChangedMeanwhileError
from tests.queries.meetings.deciding import COORDINATOR, LEADER, TODAY, audited, change, decide, meet, rows

pytestmark = pytest.mark.both_databases

ROUNDS = 5


def _at_once(*acts: Callable[[], int]) -> Sequence[int | None]:
    """Run actions at the same moment and return their results; None for one refused because of another's change."""
    start = Barrier(len(acts))

    def carry_out(act: Callable[[], int]) -> int | None:
        start.wait()
        try:
            return act()
        except ChangedMeanwhileError:
            return None

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(carry_out, acts))


def test_of_two_who_change_the_same_decision_one_wins_and_the_other_is_told(engine: Engine) -> None:
    meeting_id = meet(engine)
    for number in range(ROUNDS):
        key = str(uuid4())
        decide(engine, meeting_id=meeting_id, public_id=key)
        outcomes = _at_once(
            partial(change, engine, COORDINATOR, public_id=key, done_date=TODAY, evidence="Signed"),
            partial(change, engine, LEADER, public_id=key, text="Renew both memoranda"),
        )
        assert sorted(outcomes, key=str) == [2, None]
        stored = rows(engine)[number]
        wins = [(stored.evidence, stored.text) == ("Signed", "Renew the memorandum")]
        wins += [(stored.evidence, stored.text) == ("", "Renew both memoranda")]
        assert wins == [outcome == 2 for outcome in outcomes]
        assert stored.version == 2
    changed = [entry for entry in audited(engine, "decision") if entry.action_code == "changed"]
    assert len(changed) == ROUNDS


def test_whoever_was_told_saves_again_and_both_changes_stand(engine: Engine) -> None:
    decide(engine, meeting_id=meet(engine), public_id="a")
    change(engine, COORDINATOR, public_id="a", done_date=TODAY, evidence="Signed")
    assert _at_once(partial(change, engine, LEADER, public_id="a", owner="School department")) == [None]
    (stored,) = rows(engine)
    again = {"version": stored.version, "done_date": stored.done_date.date(), "evidence": stored.evidence}
    assert change(engine, LEADER, public_id="a", owner="School department", **again) == 3
    (stored,) = rows(engine)
    assert (stored.evidence, stored.owner) == ("Signed", "School department")


def test_all_who_decide_at_once_keep_their_decisions_with_numbers_of_their_own(engine: Engine) -> None:
    meeting_id, texts = meet(engine), [f"Decision of person {number}" for number in range(8)]
    acts = [partial(decide, engine, meeting_id=meeting_id, text=text) for text in texts]
    numbers = _at_once(*acts)
    assert sorted(numbers, key=str) == list(range(1, 9))
    assert {stored.number: stored.text for stored in rows(engine)} == dict(zip(numbers, texts, strict=True))
    assert len(audited(engine, "decision")) == 8


def test_a_decision_sent_twice_at_once_is_one(engine: Engine) -> None:
    meeting_id = meet(engine)
    for number in range(1, ROUNDS + 1):
        key = str(uuid4())
        acts = [partial(decide, engine, meeting_id=meeting_id, public_id=key)] * 2
        assert _at_once(*acts) == [number, number]
    assert len(rows(engine)) == len(audited(engine, "decision")) == ROUNDS

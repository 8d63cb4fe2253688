"""Confidentiality: a leader who sees everything, before and after each write, learns nothing of a single evaluation.

Each test inserts one random shape twice, with answers that differ only in what must stay hidden, and asserts that all
that is visible at all looks is equal. As every visible number is then the same, so is every difference, ratio or other
combination of them. For the members of a batch it follows that every visible number is a function of all of them alike:
exchanging who said what changes nothing.

``make soak`` sets LONG_TESTS: more worlds, and a leader who tries more filters.
"""

from __future__ import annotations

import os
import random
from dataclasses import replace

import pytest
from sqlalchemy import Engine, true

from data.aggregates import evaluations
from data.aggregates.sql import EVALUATED
from data.codes import Visibility
from queries.evaluations import rating_sums
from queries.indicators import ngo_sums as figures_ngo_sums
from tests.queries.evaluations.candid_world import Answers, Play, WorldShape, draw_answers, draw_shape, play
from tests.queries.evaluations.curious_leader import (
    EVERYTHING,
    GLANCE,
    THOROUGH,
    USUAL,
    Curiosity,
    Question,
    on_figures,
    on_items,
    on_ngos,
    on_open_data,
    visible_to,
)

PUBLISHED = ("years", "months", "memorandum_status", "ngos", "ngo_memoranda", "ngo_events", "support")
IS_LONG = bool(os.environ.get("LONG_TESTS"))
# Of worlds in which released evaluations are corrected in both ways.
SEEDS = (1, 2, 3, 6, 7) if IS_LONG else (1,)


class Secret:
    """Drawn shape with its answers, and which of those are whose secret."""

    def __init__(
        self,
        engine: Engine,
        seed: int,
        monkeypatch: pytest.MonkeyPatch,
        *,
        curiosity: Curiosity = USUAL,
        questions: tuple[Question, ...] = EVERYTHING,
    ) -> None:
        self.engine, self.monkeypatch, self.questions = engine, monkeypatch, questions
        self.look = visible_to(curiosity, questions)
        self.rng = random.Random(seed)  # noqa: S311 - a repeatable test, no secret
        self.shape: WorldShape = draw_shape(self.rng)
        self.answers = tuple(draw_answers(self.rng) for _ in self.shape.sent)
        self.first = self.play(self.answers)
        self.members = [place for batch in self.first.batches.values() for place in batch]

    def play(self, answers: tuple[Answers, ...], curiosity: Curiosity | None = None) -> Play:
        """Return everything that is seen with these answers, by other filters if told."""
        look = self.look if curiosity is None else visible_to(curiosity, self.questions)
        return play(self.engine, self.shape, answers, look, self.monkeypatch)

    def unreleased(self) -> list[int]:
        """Confidential evaluations in no batch: waiting, or corrected before their release or after it."""
        hidden = (place for place, sent in enumerate(self.shape.sent) if sent.visibility is Visibility.CONFIDENTIAL)
        return [place for place in hidden if place not in self.members]

    def corrected_after_release(self) -> list[int]:
        """Later versions, named ones too, of what was released in a batch."""
        version = {(sent.event, sent.ngo): sent.version for sent in map(self.shape.sent.__getitem__, self.members)}
        return [
            place
            for place, sent in enumerate(self.shape.sent)
            if sent.version > version.get((sent.event, sent.ngo), sent.version)
        ]

    def answered_anew(self, places: list[int]) -> tuple[Answers, ...]:
        """Return the answers with those at these places drawn again, except texts that the district is to read.

        Those are recommendations of named evaluations and of corrections after release, which are released with the
        next batch.
        """
        changed = list(self.answers)
        corrected = self.corrected_after_release()
        for place in places:
            drawn = draw_answers(self.rng)
            is_read = self.shape.sent[place].visibility is Visibility.NAMED or place in corrected
            words = self.answers[place].recommendation if is_read else drawn.recommendation
            changed[place] = replace(drawn, recommendation=words)
        return tuple(changed)

    def disguised(self) -> tuple[Answers, ...]:
        """Return answers with everything hidden changed: exchanged within batches, the rest drawn again."""
        changed = list(self.answered_anew(sorted({*self.unreleased(), *self.corrected_after_release()})))
        for batch in self.first.batches.values():
            given = [self.answers[place] for place in batch]
            self.rng.shuffle(given)
            for place, answers in zip(batch, given, strict=True):
                changed[place] = answers
        return tuple(changed)


def differences(one: Play, other: Play) -> set[str]:
    """Return the questions to the other whose answers differ from the one's at any look."""
    looks = zip(one.seen, other.seen, strict=True)
    return {name for before, after in looks for name, seen in after.items() if seen != before[name]}


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_visible_tells_what_one_confidential_evaluation_says(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """Exchanged within batches, drawn anew before release and in corrections after it: all that is seen is equal.

    That a batch as a whole is seen is asked last: otherwise the rest would prove nothing.
    """
    secret = Secret(engine, seed, monkeypatch, curiosity=THOROUGH if IS_LONG else USUAL)
    corrected = secret.corrected_after_release()
    assert len(secret.first.batches) >= 3
    assert len(secret.unreleased()) >= 5
    assert {secret.shape.sent[place].visibility for place in corrected} == set(Visibility)
    again = secret.play(secret.disguised())
    assert again.batches == secret.first.batches
    assert differences(secret.first, again) == differences(again, secret.first) == set()
    _assert_sizes(secret)
    batches_anew = secret.play(secret.answered_anew(secret.members), GLANCE)
    assert {"values", "trend", "item", "month", "problem", "threads"} <= _kinds(differences(secret.first, batches_anew))


@pytest.mark.slow
def test_the_open_data_of_all_areas_at_all_times_tell_nothing_of_one_confidential_evaluation(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Feeds before and after releases, of the nation, regions and districts, by year and month, are all compared."""
    secret = Secret(engine, 2, monkeypatch, curiosity=GLANCE, questions=(on_open_data,))
    again = secret.play(secret.disguised())
    assert again.batches == secret.first.batches
    assert set(secret.first.seen[0]) == set(secret.first.seen[-1]) == {f"open {table}" for table in PUBLISHED}
    assert differences(secret.first, again) == differences(again, secret.first) == set()


def _assert_sizes(secret: Secret) -> None:
    """Each batch is of five evaluations by three NGOs, and nobody's evaluation of an event is in two."""
    pairs = [(secret.shape.sent[place].event, secret.shape.sent[place].ngo) for place in secret.members]
    assert len(pairs) == len(set(pairs))
    for batch in secret.first.batches.values():
        assert len(batch) >= 5
        assert len({secret.shape.sent[place].ngo for place in batch}) >= 3
        assert all(secret.shape.sent[place].visibility is Visibility.CONFIDENTIAL for place in batch)


def _kinds(names: set[str]) -> set[str]:
    return {name.split()[0] for name in names}


def _found_out(engine: Engine, monkeypatch: pytest.MonkeyPatch, *questions: Question) -> set[str]:
    """Return the kinds of these questions by which a leader learns a secret when the rule is broken."""
    broken = Secret(engine, 0, monkeypatch, curiosity=GLANCE, questions=questions)
    return _kinds(differences(broken.first, broken.play(broken.disguised())))


def test_anyone_would_see_unreleased_ones_in_the_sums(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluations, "NAMED", EVALUATED)
    found = _found_out(engine, monkeypatch, on_figures, on_items, on_open_data)
    assert {"item", "values", "problem", "open"} <= found


def test_the_leader_would_see_corrections_of_released_ones(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluations, "NAMED", evaluations.NAMED.split(" AND NOT EXISTS")[0])
    assert "item" in _found_out(engine, monkeypatch, on_items)


def test_the_leader_would_see_who_said_what_by_asking_for_one_ngo(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rating_sums, "is_open_to_leaders", true)
    assert "item" in _found_out(engine, monkeypatch, on_items)


def test_the_leader_would_see_who_said_what_in_the_figures_of_ngos(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(figures_ngo_sums, "is_open_to_leaders", true)
    assert "ngos" in _found_out(engine, monkeypatch, on_ngos)

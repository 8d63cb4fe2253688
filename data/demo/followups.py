"""Recommendations of evaluations, and what came of them until the last day."""

from __future__ import annotations

import hashlib

import numpy as np

from data.codes import RecommendationState
from data.demo.arrays import Columns, DayArray
from data.demo.events import Register
from data.demo.judgements import Evaluations
from data.demo.texts import ANSWERS_ACCEPTED, ANSWERS_DECLINED, OWNERS, RECOMMENDATIONS
from data.demo.world import World

RECOMMENDING_SHARE, DECLINED_SHARE = 0.24, 0.1
NEVER_ANSWERED_SHARE, NEVER_CONFIRMED_SHARE = 0.03, 0.1
DEADLINE_DAYS, MEAN_DOING_DAYS, MEAN_CONFIRMING_DAYS = 30, 14.0, 6.0
_NEVER = 100_000
_STATE = RecommendationState


def recommendation_columns(
    evaluations: Evaluations, world: World, register: Register, rng: np.random.Generator
) -> Columns:
    """Rows of ``recommendation``: answered after the district's usual time, then done, then confirmed by the NGO."""
    may = evaluations.is_current & ~evaluations.is_draft
    row = np.flatnonzero(may & (rng.random(len(may)) < RECOMMENDING_SHARE))
    size = len(row)
    created: DayArray = evaluations.submitted[row]
    answering = 1 + rng.gamma(2.0, world.traits.answer_days[evaluations.district[row]] / 2.0).astype(np.int64)
    answered = created + np.where(rng.random(size) < NEVER_ANSWERED_SHARE, _NEVER, answering)
    done = answered + rng.gamma(1.5, MEAN_DOING_DAYS / 1.5, size).astype(np.int64)
    confirming = rng.gamma(1.5, MEAN_CONFIRMING_DAYS / 1.5, size).astype(np.int64)
    closed = done + np.where(rng.random(size) < NEVER_CONFIRMED_SHARE, _NEVER, confirming)
    until = world.calendar.days[world.calendar.until_index]
    is_answered = answered <= until
    is_declined = is_answered & (rng.random(size) < DECLINED_SHARE)
    is_closed = ~is_declined & (closed <= until)
    state = np.select(
        [is_declined, is_closed, done <= until, is_answered],
        [code.value for code in (_STATE.DECLINED, _STATE.CLOSED, _STATE.DONE, _STATE.ACCEPTED)],
        _STATE.NEW.value,
    )
    accepted, declined = (rng.choice(np.array(texts), size) for texts in (ANSWERS_ACCEPTED, ANSWERS_DECLINED))
    never = np.datetime64("NaT", "D")
    first_id = register.last_recommendation + 1
    register.last_recommendation += size
    return {
        "id": np.arange(first_id, first_id + size),
        "public_id": [_public_id(number) for number in range(first_id, first_id + size)],
        "evaluation_id": evaluations.id[row],
        "district_soato": np.array(world.places.soatos)[evaluations.district[row]],
        "text": rng.choice(np.array(RECOMMENDATIONS), size),
        "created_date": created,
        "owner": rng.choice(np.array(OWNERS), size),
        "deadline_date": created + DEADLINE_DAYS,
        "answer": np.where(is_declined, declined, np.where(is_answered, accepted, "")),
        "answered_date": np.where(is_answered, answered, never),
        "state_code": state,
        "closed_date": np.where(is_closed, closed, never),
    }


def _public_id(recommendation_id: int) -> str:
    """A key without order; not secret, as nothing in the demo is."""
    return hashlib.sha256(f"recommendation {recommendation_id}".encode()).hexdigest()[:32]

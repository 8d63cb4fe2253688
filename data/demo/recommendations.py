"""Recommendations of evaluations, and their progress until the last day, step by step.

The district answers what it can see: recommendations of confidential evaluations are released when the figures are
first computed, and stay new.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from data.codes import Party, RecommendationAction, RecommendationState, Visibility
from data.demo.bulk import public_key
from data.demo.evaluations import Evaluations
from data.demo.events import GeneratorState
from data.demo.shared import TEXTS, BoolArray, Columns, DayArray, IntArray
from data.demo.world import World

RECOMMENDING_SHARE, DECLINED_SHARE = 0.24, 0.1
NEVER_ANSWERED_SHARE, NEVER_CONFIRMED_SHARE, REOPENED_SHARE = 0.03, 0.1, 0.12
DEADLINE_DAYS, MEAN_DOING_DAYS, MEAN_CONFIRMING_DAYS, REDOING_DAYS = 30, 14.0, 6.0, 45
_NEVER = 100_000
_NO_DAY = np.datetime64("NaT", "D")
_STATE, _ACTION = RecommendationState, RecommendationAction


@dataclass(frozen=True)
class StepDates:
    """Dates of the steps by position; NaT for steps that did not happen until the last day.

    A reopened recommendation was reported as done before, on ``done``, and is to be done again.
    """

    answered: DayArray
    is_declined: BoolArray
    done: DayArray
    reopened: DayArray
    closed: DayArray


@dataclass(frozen=True)
class Recommendations:
    """Recommendations of a month by position, and the texts of each side."""

    id: IntArray
    evaluation_id: IntArray
    district_soato: NDArray[Any]
    is_named: BoolArray
    created: DayArray
    course: StepDates
    text: NDArray[Any]
    owner: NDArray[Any]
    answer: NDArray[Any]
    done_note: NDArray[Any]
    reopening_reason: NDArray[Any]


def draw_recommendations(
    evaluations: Evaluations,
    visibility: NDArray[Any],
    world: World,
    register: GeneratorState,
    rng: np.random.Generator,
) -> Recommendations:
    """Recommendations of a month's evaluations and their progress until the last day."""
    may = evaluations.is_current & ~evaluations.is_draft
    row = np.flatnonzero(may & (rng.random(len(may)) < RECOMMENDING_SHARE))
    is_named = visibility[row] == Visibility.NAMED.value
    course = _draw_course(evaluations.submitted[row], evaluations.district[row], is_named, world, rng)
    kinds = ("recommendations", "owners", "answers_accepted", "answers_declined", "done_notes", "reopening_reasons")
    proposals, owners, accepted, declined, notes, reasons = (
        rng.choice(np.array(TEXTS[kind]), len(row)) for kind in kinds
    )
    first_id = register.last_recommendation + 1
    register.last_recommendation += len(row)
    return Recommendations(
        id=np.arange(first_id, first_id + len(row)),
        evaluation_id=evaluations.id[row],
        district_soato=np.array(world.places.soatos)[evaluations.district[row]],
        is_named=is_named,
        created=evaluations.submitted[row],
        course=course,
        text=proposals,
        owner=owners,
        answer=np.where(course.is_declined, declined, accepted),
        done_note=notes,
        reopening_reason=reasons,
    )


def _draw_course(
    created: DayArray, district: IntArray, is_named: BoolArray, world: World, rng: np.random.Generator
) -> StepDates:
    """Answered after the district's usual time, then done, then confirmed by the NGO or reopened."""
    size, until = len(created), world.calendar.days[world.calendar.until_index]
    answering = 1 + rng.gamma(2.0, world.traits.answer_days[district] / 2.0).astype(np.int64)
    answered = created + np.where(rng.random(size) < NEVER_ANSWERED_SHARE, _NEVER, answering)
    answered = _known(answered, is_named & (answered <= until))
    is_declined = ~np.isnat(answered) & (rng.random(size) < DECLINED_SHARE)
    done = answered + rng.gamma(1.5, MEAN_DOING_DAYS / 1.5, size).astype(np.int64)
    done = _known(done, ~is_declined & (done <= until))
    reacted = done + 1 + rng.gamma(1.5, MEAN_CONFIRMING_DAYS / 1.5, size).astype(np.int64)
    reaction = rng.random(size)
    # What was reopened long ago was mended long ago: only the newest ones are open still.
    reopens = (reaction < REOPENED_SHARE) & (reacted > until - REDOING_DAYS) & (reacted <= until)
    confirms = (reaction < 1 - NEVER_CONFIRMED_SHARE) & ~reopens & (reacted <= until)
    return StepDates(
        answered=answered,
        is_declined=is_declined,
        done=done,
        reopened=_known(reacted, reopens),
        closed=_known(reacted, confirms),
    )


def _known(days: DayArray, happened: BoolArray) -> DayArray:
    known: DayArray = np.where(happened, days, _NO_DAY)
    return known


def recommendation_columns(recommendations: Recommendations) -> Columns:
    """Rows of ``recommendation``, each in the state that its last step left."""
    course = recommendations.course
    is_answered = ~np.isnat(course.answered)
    is_accepted = is_answered & ~course.is_declined
    is_done = ~np.isnat(course.done) & np.isnat(course.reopened)
    state = np.select(
        [course.is_declined, ~np.isnat(course.closed), is_done, is_answered],
        [code.value for code in (_STATE.DECLINED, _STATE.CLOSED, _STATE.DONE, _STATE.ACCEPTED)],
        _STATE.NEW.value,
    )
    return {
        "id": recommendations.id,
        "public_id": [public_key("recommendation", number) for number in recommendations.id.tolist()],
        "evaluation_id": recommendations.evaluation_id,
        "district_soato": recommendations.district_soato,
        "text": recommendations.text,
        "created_date": recommendations.created,
        "released_date": _known(recommendations.created, recommendations.is_named),
        "owner": np.where(is_accepted, recommendations.owner, ""),
        "deadline_date": _known(course.answered + DEADLINE_DAYS, is_accepted),
        "answer": np.where(is_answered, recommendations.answer, ""),
        "answered_date": course.answered,
        "state_code": state,
        "closed_date": course.closed,
    }


def step_columns(recommendations: Recommendations) -> Columns:
    """Rows of ``recommendation_step``, the steps of each thread in their order."""
    course = recommendations.course
    is_accepted = ~np.isnat(course.answered) & ~course.is_declined
    deadlines = [f"{day:%d.%m.%Y}" if day else "" for day in (course.answered + DEADLINE_DAYS).tolist()]
    assigned = np.array([f"{who}, {day}" for who, day in zip(recommendations.owner.tolist(), deadlines, strict=True)])
    in_order: tuple[tuple[RecommendationAction, Party, DayArray, NDArray[Any]], ...] = (
        (_ACTION.ASSIGNED, Party.POLICE, _known(course.answered, is_accepted), assigned),
        (_ACTION.ACCEPTED, Party.POLICE, _known(course.answered, is_accepted), recommendations.answer),
        (_ACTION.DECLINED, Party.POLICE, _known(course.answered, course.is_declined), recommendations.answer),
        (_ACTION.DONE, Party.POLICE, course.done, recommendations.done_note),
        (_ACTION.REOPENED, Party.NGO, course.reopened, recommendations.reopening_reason),
        (_ACTION.CONFIRMED, Party.NGO, course.closed, np.full(len(recommendations.id), "")),
    )
    days = np.stack([day for _, _, day, _ in in_order], axis=1)
    texts = np.stack([text for _, _, _, text in in_order], axis=1)
    row, kind = np.nonzero(~np.isnat(days))
    # Half past nine in Tashkent, each step of a day some minutes after the one before.
    moment = days[row, kind].astype("datetime64[s]") + 4 * 3600 + 1800 + 300 * kind
    return {
        "recommendation_id": recommendations.id[row],
        "at": moment,
        "side_code": np.array([side.value for _, side, _, _ in in_order])[kind],
        "action_code": np.array([action.value for action, _, _, _ in in_order])[kind],
        "text": texts[row, kind],
    }

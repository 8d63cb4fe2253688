"""Evaluations of held events by their NGOs: ratings, problems, comments, and unsent drafts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from data.codes import DraftItem, EvaluationItem, EvaluationState, Problem, Visibility, WouldRepeat
from data.demo.events import Events, GeneratorState
from data.demo.shared import TEXTS, BoolArray, Columns, DayArray, FloatArray, IntArray, or_none
from data.demo.stories import ALL_FIVES_SHARE, SAME_TEXT_SHARE
from data.demo.world import World

ITEMS = tuple(EvaluationItem)
# How an item is marked against the others, and how often it does not apply.
ITEM_OFFSET = np.array([0.1, 0.25, -0.3, -0.1, -0.4, 0.1, 0.2])
NOT_APPLICABLE = np.array([0.02, 0.0, 0.04, 0.03, 0.1, 0.04, 0.05])
SECOND_NGO_RATE, CORRECTED_SHARE, DRAFT_SHARE = 0.85, 0.012, 0.12
MEAN_DELAY_DAYS, WINDOW_DAYS = 6.0, 30
LATE_SHARE, COUNTED_SHARE = 0.04, 0.7
GOOD, POOR = 4.0, 3.0
COMMENT_SHARE = 0.35
PROBLEM_SHARE = np.array([0.04, 0.06, 0.12, 0.08, 0.12, 0.04, 0.05, 0.03, 0.05, 0.06, 0.06, 0.07, 0.1, 0.02])
PROBLEMS = tuple(Problem)


@dataclass(frozen=True)
class Evaluations:
    """Evaluations of a month by position; ``event`` is a position among the events; 0 in ``marks``
    is not applicable.
    """

    id: IntArray
    event: IntArray
    event_id: IntArray
    district: IntArray
    ngo: IntArray
    version: IntArray
    is_current: BoolArray
    is_draft: BoolArray
    submitted: DayArray
    marks: IntArray
    mean: FloatArray
    is_late: BoolArray


def draw_evaluations(world: World, events: Events, register: GeneratorState, rng: np.random.Generator) -> Evaluations:
    """Evaluations submitted until the last day, a few drafts, and first versions of corrected ones."""
    event, ngo = _evaluated_pairs(world, events, rng)
    delay = _draw_delays(len(event), rng)
    day = events.day[event]
    is_submitted = day + delay < world.calendar.until_index
    is_open = ~is_submitted & (world.calendar.until_index - day <= WINDOW_DAYS)
    is_draft = is_open & (rng.random(len(event)) < DRAFT_SHARE)
    is_corrected = is_submitted & (rng.random(len(event)) < CORRECTED_SHARE)
    kept = np.flatnonzero(is_submitted | is_draft)
    rows = np.sort(np.r_[kept, np.flatnonzero(is_corrected)])
    is_second = np.diff(rows, prepend=-1) == 0
    is_first_of_two = np.diff(rows, append=-1) == 0
    marks = _draw_marks(world, events.district[event[rows]], day[rows], event[rows], rng)
    marks[world.planted_events.gives_fives[ngo[rows]] & (rng.random(len(rows)) < ALL_FIVES_SHARE)] = 5
    first_id = register.last_evaluation + 1
    register.last_evaluation += len(rows)
    given = np.maximum((marks > 0).sum(axis=1), 1)
    return Evaluations(
        id=np.arange(first_id, first_id + len(rows)),
        event=event[rows],
        event_id=events.id[event[rows]],
        district=events.district[event[rows]],
        ngo=ngo[rows],
        version=np.where(is_second, 2, 1),
        is_current=~is_first_of_two,
        is_draft=is_draft[rows],
        submitted=np.where(is_draft[rows], np.datetime64("NaT", "D"), events.date[event[rows]] + delay[rows]),
        marks=marks,
        mean=marks.sum(axis=1) / given,
        is_late=~is_draft[rows] & (delay[rows] > WINDOW_DAYS),
    )


def _evaluated_pairs(world: World, events: Events, rng: np.random.Generator) -> tuple[IntArray, IntArray]:
    """Positions of events and the NGOs that evaluate them eventually."""
    is_evaluated = events.is_held & (rng.random(len(events.id)) < world.traits.evaluation_rate[events.district])
    does_second = (events.ngo[:, 1] > 0) & (rng.random(len(events.id)) < SECOND_NGO_RATE)
    event, column = np.nonzero(is_evaluated[:, None] & np.stack([np.ones_like(does_second), does_second], axis=1))
    return event, events.ngo[event, column]


def _draw_delays(size: int, rng: np.random.Generator) -> IntArray:
    """Days from the event to its evaluation; a few come after the window."""
    usual = np.minimum(rng.gamma(1.6, MEAN_DELAY_DAYS / 1.6, size).astype(np.int64), WINDOW_DAYS)
    days: IntArray = np.where(rng.random(size) < LATE_SHARE, WINDOW_DAYS + 1 + rng.integers(0, 25, size), usual)
    return days


def _draw_marks(world: World, district: IntArray, day: IntArray, event: IntArray, rng: np.random.Generator) -> IntArray:
    """Evaluations x items, 1-5 or 0 for not applicable; evaluations of one event are correlated."""
    traits = world.traits
    grown = (day / max(1, world.calendar.until_index)).clip(0, 1)
    level = traits.quality[district, 0] * (1 - grown) + traits.quality[district, 1] * grown
    shared = rng.normal(0, 0.4, int(event.max(initial=-1)) + 1)[event]
    wanted = (level + shared)[:, None] + ITEM_OFFSET + rng.normal(0, 0.55, (len(district), len(ITEMS)))
    marks: IntArray = np.rint(wanted).clip(1, 5).astype(np.int64)
    marks[rng.random(marks.shape) < NOT_APPLICABLE] = 0
    marks[rng.random(len(marks)) < traits.all_five[district]] = 5
    return marks


def evaluation_columns(evaluations: Evaluations, events: Events, world: World, rng: np.random.Generator) -> Columns:
    """Rows of ``evaluation``; times lie within the working day in Tashkent."""
    size = len(evaluations.id)
    is_sent = ~evaluations.is_draft
    moment = evaluations.submitted.astype("datetime64[s]") + rng.integers(4 * 3600, 14 * 3600, size)
    begun = np.where(evaluations.is_draft, events.date[evaluations.event] + 1, evaluations.submitted)
    created = np.where(is_sent, moment - rng.integers(120, 3600, size), begun.astype("datetime64[s]") + 5 * 3600)
    total = events.participants[evaluations.event, 0]
    counted = np.rint(total * rng.normal(0.98, 0.08, size).clip(0.6, 1.2)).astype(np.int64)
    is_hidden = rng.random(size) < 0.28 + 0.25 * (evaluations.mean < POOR)
    marks = {
        f"mark_{item}": or_none(evaluations.marks[:, place], evaluations.marks[:, place] > 0)
        for place, item in enumerate(ITEMS)
    }
    return {
        "id": evaluations.id,
        "submission_id": [f"00000000-0000-4000-8000-{number:012x}" for number in evaluations.id.tolist()],
        "event_id": evaluations.event_id,
        "ngo_id": evaluations.ngo,
        "version": evaluations.version,
        "is_current": evaluations.is_current,
        "state_code": np.where(is_sent, EvaluationState.SUBMITTED.value, EvaluationState.DRAFT.value),
        **marks,
        "would_repeat_code": or_none(_draw_repeat(evaluations.mean, rng), is_sent),
        "participants_counted": or_none(counted, is_sent & (rng.random(size) < COUNTED_SHARE)),
        "comment": _draw_comments(evaluations, total, world.planted_events.copies, rng),
        "recommendation_text": [""] * size,
        "visibility_code": np.where(is_hidden, Visibility.CONFIDENTIAL.value, Visibility.NAMED.value),
        "is_late": evaluations.is_late,
        "created_at": created,
        "submitted_at": moment,
        "submitted_date": evaluations.submitted,
    }


def _draw_repeat(mean: FloatArray, rng: np.random.Generator) -> NDArray[Any]:
    yes = 1 / (1 + np.exp(-2.0 * (mean - 3.1)))
    draw = rng.random(len(mean))
    doubtful = yes + (1 - yes) * 0.5
    codes = (WouldRepeat.YES.value, WouldRepeat.UNSURE.value, WouldRepeat.NO.value)
    drawn: NDArray[Any] = np.array(codes)[(draw >= yes).astype(int) + (draw >= doubtful)]
    return drawn


def problem_columns(evaluations: Evaluations, rng: np.random.Generator) -> Columns:
    """Rows of ``evaluation_problem``: the lower the ratings, the more problems."""
    weight = np.exp(0.9 * (3.9 - evaluations.mean)).clip(0.1, 4)
    is_met = rng.random((len(evaluations.id), len(PROBLEMS))) < PROBLEM_SHARE * weight[:, None]
    row, problem = np.nonzero(is_met & ~evaluations.is_draft[:, None])
    other = rng.choice(np.array(TEXTS["other_problems"]), len(row))
    return {
        "evaluation_id": evaluations.id[row],
        "problem_code": np.array(list(PROBLEMS))[problem],
        "other_text": np.where(problem == PROBLEMS.index(Problem.OTHER), other, ""),
    }


def _draw_comments(
    evaluations: Evaluations, people: IntArray, copied: BoolArray, rng: np.random.Generator
) -> NDArray[Any]:
    """Comment in the tone of the ratings with a distinguishing detail, or none.

    ``people`` are the participants of the event; an NGO selected by ``copied`` repeats the same text.
    """
    texts = TEXTS["comments"]
    size = len(evaluations.id)
    good, mixed, bad = (rng.choice(np.array(texts[tone]), size) for tone in ("good", "mixed", "bad"))
    said = np.where(evaluations.mean >= GOOD, good, np.where(evaluations.mean >= POOR, mixed, bad))
    minutes, questions = rng.integers(30, 150, size), rng.integers(2, np.minimum(people, 40) + 1)
    is_written = rng.random(size) < COMMENT_SHARE
    is_copied = copied[evaluations.ngo] & (rng.random(size) < SAME_TEXT_SHARE)
    comments = np.full(size, "", dtype=object)
    for row in np.flatnonzero(is_written).tolist():
        detail = texts["detail"].format(people=people[row], minutes=minutes[row], questions=questions[row])
        comments[row] = f"{said[row]} {detail}"
    comments[is_copied] = np.array(texts["good"], dtype=object)[evaluations.ngo[is_copied] % len(texts["good"])]
    return comments


def rows_where(columns: Columns, is_kept: BoolArray) -> Columns:
    """Some of the rows."""
    kept = np.flatnonzero(is_kept)
    return {
        name: values[kept] if isinstance(values, np.ndarray) else [values[row] for row in kept.tolist()]
        for name, values in columns.items()
    }


def draft_columns(begun: Columns) -> Columns:
    """Rows of ``evaluation_draft``, from rows of :func:`data.demo.evaluations.evaluation_columns`."""
    return {
        "submission_id": begun["submission_id"],
        "event_id": begun["event_id"],
        "ngo_id": begun["ngo_id"],
        "base_version": np.zeros(len(begun["event_id"]), dtype=np.int64),
        "started_at": begun["created_at"],
        "saved_at": begun["created_at"],
    }


def draft_answer_columns(begun: Columns) -> Columns:
    """Rows of ``evaluation_draft_answer``: ratings, visibility, and the comment if any."""
    answers: dict[str, Sequence[Any] | NDArray[Any]] = {
        item.value: _marks(begun[f"mark_{item}"]) for item in EvaluationItem
    }
    answers[DraftItem.VISIBILITY.value] = begun["visibility_code"]
    answers[DraftItem.COMMENT.value] = begun["comment"]
    given = [(row, code, str(value)) for code, values in answers.items() for row, value in enumerate(values) if value]
    rows = np.array([row for row, _, _ in given], dtype=np.int64)
    return {
        "submission_id": [begun["submission_id"][row] for row in rows],
        "item_code": [code for _, code, _ in given],
        "value": [value for _, _, value in given],
        "saved_at": np.asarray(begun["created_at"])[rows],
    }


def _marks(marks: Sequence[Any] | NDArray[Any]) -> list[str]:
    return ["na" if mark is None else str(mark) for mark in marks]

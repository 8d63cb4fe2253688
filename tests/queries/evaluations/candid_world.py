"""Random world of evaluations, with shape and answers drawn separately, inserted with refreshes in between.

The shape is what is no secret: events, who evaluated what, when, at which visibility, and corrections. The answers are
ratings, "would you hold it again", problems, comment and recommendation. One shape is inserted with different answers.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

import pytest
from sqlalchemy import Connection, Engine, insert, select, update

from data.aggregates import refresh
from data.codes import Direction, EvaluationItem, EventForm, Problem, Visibility, WouldRepeat
from data.schema import ConfidentialBatchMember, Evaluation, EvaluationProblem, JointEvent, Recommendation
from tests import worlds
from tests.worlds import DISTRICT, FAR_DISTRICT, OTHER_DISTRICT, make_evaluation, make_event, make_ngo

DISTRICTS = (DISTRICT, OTHER_DISTRICT, FAR_DISTRICT)
DIRECTIONS = (Direction.YOUTH_WORK, Direction.LEGAL_OUTREACH)
FORMS = (EventForm.SEMINAR, EventForm.TRAINING)
FIRST_DAY, DAYS, EVENTS, NGOS, LOOKS = date(2025, 3, 1), 92, 60, 8, 2


@dataclass(frozen=True)
class Sent:
    """Evaluation as it was sent: event and NGO (positions), visibility, and after which look."""

    event: int
    ngo: int
    version: int
    visibility: Visibility
    look: int


@dataclass(frozen=True)
class Held:
    """Event: district, day, direction and form."""

    district: str
    day: date
    direction: Direction
    form: EventForm


@dataclass(frozen=True)
class WorldShape:
    """Part of the world that everybody may know."""

    events: tuple[Held, ...]
    sent: tuple[Sent, ...]


@dataclass(frozen=True)
class Answers:
    """Answers of one evaluation; ratings by item, None: not applicable."""

    marks: tuple[int | None, ...]
    would_repeat: WouldRepeat
    problems: tuple[Problem, ...]
    comment: str
    recommendation: str


@dataclass(frozen=True)
class Play:
    """Visible values at each look, and which of the sent evaluations (by position) are in which batch."""

    seen: tuple[Mapping[str, object], ...]
    batches: Mapping[int, tuple[int, ...]]


def draw_shape(rng: random.Random) -> WorldShape:
    """Draw events of three months, each evaluated by two NGOs; a quarter is corrected, some with another visibility."""
    events = tuple(
        Held(
            rng.choice(DISTRICTS),
            FIRST_DAY + timedelta(days=rng.randrange(DAYS)),
            rng.choice(DIRECTIONS),
            rng.choice(FORMS),
        )
        for _ in range(EVENTS)
    )
    sent: list[Sent] = []
    for event in range(EVENTS):
        for ngo in rng.sample(range(NGOS), 2):
            look = rng.randrange(LOOKS)
            versions = rng.choice((1, 1, 1, 2))
            for version in range(1, versions + 1):
                visibility = rng.choice((Visibility.NAMED, Visibility.CONFIDENTIAL, Visibility.CONFIDENTIAL))
                sent.append(
                    Sent(event, ngo, version, visibility, min(look + (version - 1) * rng.randint(0, 1), LOOKS - 1))
                )
    return WorldShape(events, tuple(sorted(sent, key=lambda one: (one.look, one.version))))


def draw_answers(rng: random.Random) -> Answers:
    """Draw answers of one evaluation, with some ratings missing."""
    return Answers(
        marks=tuple(rng.choice((None, 1, 2, 3, 4, 5)) if rng.random() < 0.9 else None for _ in EvaluationItem),
        would_repeat=rng.choice(list(WouldRepeat)),
        problems=tuple(rng.sample(list(Problem), rng.randint(0, 1))),
        comment=rng.choice(("", f"Comment {rng.random()}")),
        recommendation=rng.choice(("", f"Recommendation {rng.random()}")),
    )


Look = Callable[[Connection, date], Mapping[str, object]]


def play(
    engine: Engine, shape: WorldShape, answers: tuple[Answers, ...], look: Look, monkeypatch: pytest.MonkeyPatch
) -> Play:
    """Insert the shape with these answers in a transaction that is rolled back, looking before refreshes too."""
    monkeypatch.setattr(worlds, "numbers", count(1))
    with engine.connect().execution_options(is_writer=True) as connection, connection.begin() as transaction:
        seen = list(_looks(connection, shape, answers, look))
        batches: dict[int, tuple[int, ...]] = {}
        members = select(ConfidentialBatchMember.batch_id, Evaluation.submission_id).join(
            Evaluation, Evaluation.id == ConfidentialBatchMember.evaluation_id
        )
        first = min((batch for batch, _ in connection.execute(members)), default=0)
        for batch, key in connection.execute(members):
            batches[batch - first] = tuple(sorted((*batches.get(batch - first, ()), int(key))))
        transaction.rollback()
    return Play(tuple(seen), batches)


def _looks(
    connection: Connection, shape: WorldShape, answers: tuple[Answers, ...], look: Look
) -> Iterator[Mapping[str, object]]:
    ngos = [make_ngo(connection, district_soato=DISTRICTS[number % 3]) for number in range(NGOS)]
    events = [_hold(connection, held, shape, position, ngos) for position, held in enumerate(shape.events)]
    for moment in range(LOOKS):
        today = FIRST_DAY + timedelta(days=DAYS + 20 * moment)
        for place, sent in enumerate(shape.sent):
            if sent.look == moment:
                _send(connection, sent, answers[place], place, event_id=events[sent.event], ngo_id=ngos[sent.ngo])
                if place == len(shape.sent) - 1:
                    yield look(connection, today)
        refresh(connection, today=today)
        yield look(connection, today)


def _hold(connection: Connection, held: Held, shape: WorldShape, position: int, ngos: list[int]) -> int:
    by = tuple(ngos[number] for number in sorted({sent.ngo for sent in shape.sent if sent.event == position}))
    event_id = make_event(
        connection, event_date=held.day, district_soato=held.district, direction=held.direction, ngo_ids=by
    )
    connection.execute(update(JointEvent).where(JointEvent.id == event_id).values(form_code=held.form.value))
    return event_id


def _send(connection: Connection, sent: Sent, answers: Answers, place: int, *, event_id: int, ngo_id: int) -> None:
    pair = (Evaluation.event_id == event_id, Evaluation.ngo_id == ngo_id)
    connection.execute(update(Evaluation).where(*pair).values(is_current=False))
    day = FIRST_DAY + timedelta(days=DAYS + sent.look)
    evaluation_id = make_evaluation(
        connection,
        event_id=event_id,
        ngo_id=ngo_id,
        submitted_date=day,
        visibility=sent.visibility,
        would_repeat=answers.would_repeat,
        version=sent.version,
    )
    marks = {f"mark_{item}": mark for item, mark in zip(EvaluationItem, answers.marks, strict=True)}
    written = {"comment": answers.comment, "submission_id": str(place), **marks}
    connection.execute(update(Evaluation).where(Evaluation.id == evaluation_id).values(**written))
    for problem in answers.problems:
        row = {"evaluation_id": evaluation_id, "problem_code": problem.value}
        connection.execute(insert(EvaluationProblem).values(**row))
    if answers.recommendation:
        proposed = {"evaluation_id": evaluation_id, "text": answers.recommendation, "created_date": day}
        district = select(JointEvent.district_soato).where(JointEvent.id == event_id).scalar_subquery()
        connection.execute(insert(Recommendation).values(**proposed, district_soato=district, state_code="new"))

"""Loads demo data: draws a world and writes it month by month, all in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
from sqlalchemy import Connection, Engine, insert, literal, select, text

from data.aggregates import refresh
from data.database import audit
from data.database.engine import writing
from data.demo.accounts import HOME, add_demo_accounts
from data.demo.bulk import advance_sequences, insert_columns
from data.demo.evaluations import (
    WINDOW_DAYS,
    Evaluations,
    draft_answer_columns,
    draft_columns,
    draw_evaluations,
    evaluation_columns,
    problem_columns,
    rows_where,
)
from data.demo.events import Events, GeneratorState, draw_month, event_columns, event_ngo_columns, event_partner_columns
from data.demo.meetings import meeting_tables
from data.demo.memoranda import memorandum_tables, obligation_columns
from data.demo.merged_district import add_merged_district
from data.demo.places import NGO_COUNT, inhabitants_columns, mahalla_columns, ngo_columns, ngo_direction_columns
from data.demo.plans import Plan, draw_plan, plan_columns
from data.demo.proposals import add_proposals
from data.demo.recommendations import draw_recommendations, recommendation_columns, step_columns
from data.demo.registers import award_columns, draw_offences, exchange_tables, offence_columns, target_columns
from data.demo.shared import Columns, IntArray
from data.demo.world import World, draw_diligence, draw_world
from data.language import N_, DomainError
from data.schema import (
    Account,
    Award,
    Base,
    Decision,
    District,
    Evaluation,
    EvaluationDraft,
    EvaluationDraftAnswer,
    EvaluationProblem,
    InformationRequest,
    Inhabitants,
    JointEvent,
    JointEventNgo,
    JointEventPartner,
    Mahalla,
    Meeting,
    Memorandum,
    MemorandumAmendment,
    Meta,
    Ngo,
    NgoDirection,
    Obligation,
    OffenceMonth,
    PlanItem,
    Recommendation,
    RecommendationStep,
    Support,
    Target,
    Training,
)

DEFAULT_SEED = 2026
LOADED = "demo_loaded"
SEVERAL = 3
RECORDS = (Ngo, JointEvent, Memorandum, Mahalla, PlanItem, Inhabitants, Meeting, OffenceMonth, Target)
Progress = Callable[[int, int], None]
NUMBERED = (
    Mahalla, Ngo, Memorandum, MemorandumAmendment, Obligation, PlanItem, JointEvent, Evaluation, Recommendation,
    InformationRequest, Support, Training, Meeting, Decision, Award,
)  # fmt: skip


class DemoError(DomainError):
    """Raised where demo data cannot be loaded into the database."""


@dataclass(frozen=True)
class DemoOutcome:
    """Counts of what was loaded."""

    events: int
    evaluations: int
    recommendations: int
    accounts: int


def load_demo(
    engine: Engine, *, until: date, seed: int = DEFAULT_SEED, scale: float = 1.0, progress: Progress | None = None
) -> DemoOutcome:
    """Fill a migrated database that has the directory and no records; all or nothing.

    ``scale`` multiplies the number of events and their records. The same ``seed``, ``until`` and ``scale`` give the
    same rows. ``progress`` is called with the months written and their number. Raises :class:`DemoError` where demo
    data or real records exist, and where the directory is missing.
    """
    rng = np.random.default_rng(seed)
    with writing(engine) as connection:
        _check_empty(connection)
        world = draw_world(connection, rng, until=until)
        plan = _write_base_tables(connection, world, rng)
        register = GeneratorState()
        waiting = np.zeros(NGO_COUNT + 1, dtype=np.int64)
        for month in range(world.calendar.month_count):
            waiting += _write_month(connection, world, plan, register, rng, month=month, scale=scale)
            if progress:
                progress(month + 1, world.calendar.month_count)
        advance_sequences(connection, NUMBERED)
        add_merged_district(connection, year=world.calendar.first.year)
        ngo_id = _busiest(world, waiting)
        accounts = add_demo_accounts(connection, ngo_id=ngo_id)
        add_proposals(connection, ngo_id=ngo_id, until=until)
        outcome = DemoOutcome(register.last_event, register.last_evaluation, register.last_recommendation, accounts)
        _mark_loaded(connection, outcome, until=until, seed=seed, scale=scale)
        _refresh_sums(connection, until)
    return outcome


def is_untouched(connection: Connection) -> bool:
    """Whether the database has only the directory: neither records nor accounts."""
    return not _has_demo(connection) and not _has_rows(connection, *RECORDS, Account)


def _has_demo(connection: Connection) -> bool:
    return connection.execute(select(Meta.value).where(Meta.key == LOADED)).first() is not None


def _has_rows(connection: Connection, *models: type[Base]) -> bool:
    return any(connection.execute(select(literal(1)).select_from(model).limit(1)).first() for model in models)


def _check_empty(connection: Connection) -> None:
    if _has_demo(connection):
        raise DemoError(N_("Demo data are loaded already."))
    if not _has_rows(connection, District):
        raise DemoError(N_("The directory of districts is missing. Run “python -m data init” first."))
    if _has_rows(connection, *RECORDS):
        raise DemoError(N_("This database holds real records, so demo data are refused. Use an empty database."))


def _write_base_tables(connection: Connection, world: World, rng: np.random.Generator) -> Plan:
    plan = draw_plan(world, rng)
    obligations = obligation_columns(world.memoranda, world.traits, world.calendar, rng)
    for model, columns in _settled(world, plan, obligations, rng):
        insert_columns(connection, model, columns)
    for model, columns in _register_tables(world, obligations, rng.spawn(1)[0]):
        insert_columns(connection, model, columns)
    return plan


def _settled(
    world: World, plan: Plan, obligations: Columns, rng: np.random.Generator
) -> Iterator[tuple[type[Base], Columns]]:
    """Tables that do not grow with the scale, in the order in which rows refer to each other."""
    yield Mahalla, mahalla_columns(world.places, rng)
    inhabitants = inhabitants_columns(world.places, world.calendar, rng)
    yield Inhabitants, inhabitants
    figures = rng.spawn(1)[0]
    offences = draw_offences(world.places, world.calendar, inhabitants, figures)
    yield OffenceMonth, offence_columns(offences, world.places, world.calendar, figures)
    yield Ngo, ngo_columns(world.organisations, world.places, rng)
    yield NgoDirection, ngo_direction_columns(world.organisations)
    yield from memorandum_tables(world.memoranda, world.places)
    yield Obligation, obligations
    yield PlanItem, plan_columns(plan, world)


def _register_tables(
    world: World, obligations: Columns, rng: np.random.Generator
) -> Iterator[tuple[type[Base], Columns]]:
    """Requests, support, trainings, meetings; ``obligations`` are the rows as they were written."""
    diligence = draw_diligence(world, rng)
    yield from exchange_tables(world, diligence, rng)
    yield from meeting_tables(world, diligence, obligations, rng)
    yield Target, target_columns(world, rng)
    yield Award, award_columns(world, rng.spawn(1)[0])


def _write_month(
    connection: Connection,
    world: World,
    plan: Plan,
    register: GeneratorState,
    rng: np.random.Generator,
    *,
    month: int,
    scale: float,
) -> IntArray:
    """Write a month; returns by NGO how many of its events wait for its evaluation."""
    events = draw_month(world, plan, register, rng, month=month, scale=scale)
    evaluations = draw_evaluations(world, events, register, rng)
    insert_columns(connection, JointEvent, event_columns(events, world, rng))
    insert_columns(connection, JointEventNgo, event_ngo_columns(events))
    insert_columns(connection, JointEventPartner, event_partner_columns(events, rng))
    rows = evaluation_columns(evaluations, events, world, rng)
    begun = rows_where(rows, evaluations.is_draft)
    insert_columns(connection, Evaluation, rows_where(rows, ~evaluations.is_draft))
    insert_columns(connection, EvaluationDraft, draft_columns(begun))
    insert_columns(connection, EvaluationDraftAnswer, draft_answer_columns(begun))
    insert_columns(connection, EvaluationProblem, problem_columns(evaluations, rng))
    recommendations = draw_recommendations(evaluations, np.asarray(rows["visibility_code"]), world, register, rng)
    insert_columns(connection, Recommendation, recommendation_columns(recommendations))
    insert_columns(connection, RecommendationStep, step_columns(recommendations))
    return _waiting(world, events, evaluations)


def _waiting(world: World, events: Events, evaluations: Evaluations) -> IntArray:
    is_open = events.is_held & (world.calendar.until_index - events.day <= WINDOW_DAYS)
    held = np.bincount(events.ngo[is_open].ravel(), minlength=NGO_COUNT + 1)
    is_answered = is_open[evaluations.event] & ~evaluations.is_draft & evaluations.is_current
    waiting: IntArray = held - np.bincount(evaluations.ngo[is_answered], minlength=NGO_COUNT + 1)
    return waiting


def _busiest(world: World, waiting: IntArray) -> int:
    """NGO with most events to evaluate: of the accounts' home district if it has several, else of the country."""
    at_home = max(world.organisations.ids_by_district[world.places.index(HOME)], key=lambda ngo: int(waiting[ngo]))
    return at_home if waiting[at_home] >= SEVERAL else 1 + int(np.argmax(waiting[1:]))


def _mark_loaded(connection: Connection, outcome: DemoOutcome, *, until: date, seed: int, scale: float) -> None:
    """Record that the demo data are complete, as the last write."""
    after = {"seed": seed, "scale": scale, "until": until, "events": outcome.events}
    audit.record(connection, actor="demo", action="load_demo", entity="meta", entity_id=LOADED, after=after)
    connection.execute(insert(Meta).values(key=LOADED, value=until.isoformat()))


def _refresh_sums(connection: Connection, until: date) -> None:
    """Release confidential evaluations and refresh the sums, so that the first reader need not wait."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("ANALYZE"))  # the planner knows nothing yet of what was just written
    refresh(connection, today=until)

"""Joint events of a month, drawn from the expected number of events."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from data.codes import Direction, EventForm, EventState, Partner
from data.demo.plans import FORM_WEIGHTS, MONTHS, Plan, draw_mahallas, draw_ngos
from data.demo.shared import (
    TEXTS,
    BoolArray,
    Columns,
    DayArray,
    FloatArray,
    IntArray,
    draw_by_row,
    or_none,
    rank_in_group,
)
from data.demo.world import World

CANCELLED_SHARE, WHOLE_DISTRICT_SHARE = 0.045, 0.04
SECOND_NGO_SHARE, OUTSIDE_MEMORANDUM_SHARE, PREVENTION_DAY_SHARE = 0.35, 0.08, 0.55
THURSDAY = 3
# What is usual: by direction, by form (in the order of the enums), by partner.
DIRECTION_WEIGHTS = np.array([0.6, 1.6, 0.9, 0.7, 1.7, 1.2, 0.7, 0.6])
PREVENTION_DAY = list(EventForm).index(EventForm.PREVENTION_DAY)

TYPICAL_PARTICIPANTS = np.array([45, 35, 110, 24, 28, 22, 60, 70, 16])
YOUNG_SHARE = np.array([0.2, 0.4, 0.15, 0.3, 0.85, 0.35, 0.25, 0.25])
WOMEN_SHARE = np.array([0.4, 0.48, 0.6, 0.3, 0.47, 0.35, 0.7, 0.42])
AT_RISK_SHARE = np.array([0.05, 0.08, 0.2, 0.45, 0.12, 0.5, 0.15, 0.05])
VICTIM_SHARE = np.array([0.0, 0.01, 0.05, 0.02, 0.01, 0.02, 0.3, 0.0])

PARTNERS = tuple(Partner)
PARTNER_SHARE = np.array([0.45, 0.06, 0.18, 0.08, 0.07, 0.05, 0.12])
CANCEL_REASONS = np.array(TEXTS["cancel_reasons"])
# Directions x themes x forms; a direction with fewer themes repeats its first one.
MOST_THEMES = max(map(len, TEXTS["themes"].values()))
TITLES = np.array(
    [
        [
            [TEXTS["titles"][form].format(theme=(themes + themes[:1])[place]) for form in EventForm]
            for place in range(MOST_THEMES)
        ]
        for themes in (TEXTS["themes"][direction] for direction in Direction)
    ],
    dtype=object,
)


@dataclass
class GeneratorState:
    """State passed from month to month: the last ids, numbers by district and year, plan items taken."""

    last_event: int = 0
    last_evaluation: int = 0
    last_recommendation: int = 0
    numbers: dict[int, IntArray] = field(default_factory=dict)

    def numbers_of(self, year: int, size: int) -> IntArray:
        """Last event number of each district in a year."""
        return self.numbers.setdefault(year, np.zeros(size, dtype=np.int64))


@dataclass(frozen=True)
class Events:
    """Events of a month by position; ``ngo`` has two columns, 0 where no second NGO takes part."""

    id: IntArray
    district: IntArray
    day: IntArray
    date: DayArray
    sequence: IntArray
    year: int
    mahalla: IntArray
    memorandum: IntArray
    plan_item: IntArray
    direction: IntArray
    form: IntArray
    ngo: IntArray
    participants: IntArray
    is_held: BoolArray
    is_cancelled: BoolArray


def draw_month(
    world: World, plan: Plan, register: GeneratorState, rng: np.random.Generator, *, month: int, scale: float
) -> Events:
    """Events of the month with that position in the calendar, in the order of their days."""
    days = np.flatnonzero(world.calendar.month_of_day == month)
    day, district, yearly_mahalla = _draw_cells(world, days, rng, scale=scale)
    is_yearly = yearly_mahalla > 0
    memorandum = _draw_memoranda(world, district, day, rng)
    item = _take_plan_items(world, plan, district, month, rng)
    ngo = _draw_both_ngos(world, plan, district, memorandum, item, rng)
    direction, form = _draw_kinds(world, plan, memorandum, item, day, rng)
    mahalla = np.where(rng.random(len(day)) < WHOLE_DISTRICT_SHARE, 0, draw_mahallas(world, district, rng))
    is_passed = day <= world.calendar.until_index
    is_cancelled = is_passed & ~is_yearly & (rng.random(len(day)) < CANCELLED_SHARE)
    is_held = is_passed & ~is_cancelled
    first_id = register.last_event + 1
    register.last_event += len(day)
    year = world.calendar.first.year + month // 12
    return Events(
        id=np.arange(first_id, first_id + len(day)),
        district=district,
        day=day,
        date=world.calendar.days[day],
        sequence=_number(register.numbers_of(year, len(world.places)), district),
        year=year,
        mahalla=np.where(is_yearly, yearly_mahalla, np.where(item >= 0, plan.mahalla[item], mahalla)),
        memorandum=memorandum,
        plan_item=item + 1,
        direction=direction,
        form=form,
        ngo=ngo,
        participants=_draw_participants(direction, form, is_held, rng),
        is_held=is_held,
        is_cancelled=is_cancelled,
    )


def _draw_cells(
    world: World, days: IntArray, rng: np.random.Generator, *, scale: float
) -> tuple[IntArray, IntArray, IntArray]:
    """Day and district of each event, by day, and the mahalla of events held once a year per mahalla (else 0)."""
    acts, size = world.planted_events, len(world.places)
    counts = rng.poisson(world.expected[:, days].T * scale)
    counts[:, acts.yearly_districts] = 0
    cells = np.repeat(np.arange(counts.size), counts.ravel())
    is_now = (acts.day >= days[0]) & (acts.day <= days[-1])
    day = np.concatenate([days[cells // size], acts.day[is_now]])
    district = np.concatenate([cells % size, acts.district[is_now]])
    mahalla = np.concatenate([np.zeros(len(cells), dtype=np.int64), acts.mahalla[is_now]])
    order = np.argsort(day, kind="stable")
    return day[order], district[order], mahalla[order]


def _number(last: IntArray, district: IntArray) -> IntArray:
    numbers = last[district] + rank_in_group(district) + 1
    np.maximum.at(last, district, numbers)
    return numbers


def _draw_memoranda(world: World, district: IntArray, day: IntArray, rng: np.random.Generator) -> IntArray:
    """One of the memoranda in use on the day; 0 where there is none, or where the event is held outside it."""
    slots = world.slots[district, day]
    picked = slots[np.arange(len(day)), np.argmax((slots > 0) * rng.random(slots.shape), axis=1)]
    return np.where(rng.random(len(day)) < OUTSIDE_MEMORANDUM_SHARE, 0, picked)


def _take_plan_items(world: World, plan: Plan, district: IntArray, month: int, rng: np.random.Generator) -> IntArray:
    """Position of the plan item that each event fulfils, one event an item; -1 where none."""
    item = np.full(len(district), -1)
    if month >= MONTHS:
        return item
    takers = np.flatnonzero(rng.random(len(district)) < world.traits.plan_share[district])
    rank = rank_in_group(district[takers])
    is_left = rank < plan.count[district[takers], month]
    item[takers[is_left]] = plan.first[district[takers[is_left]], month] + rank[is_left]
    return item


def _draw_both_ngos(
    world: World, plan: Plan, district: IntArray, memorandum: IntArray, item: IntArray, rng: np.random.Generator
) -> IntArray:
    """NGO that holds the event, a party to the memorandum if there is one, and possibly a second
    one of the district.
    """
    has_memorandum = memorandum > 0
    local = draw_ngos(world.district_ngos[district], rng)
    party = draw_ngos(np.where(has_memorandum[:, None], world.party_ngos[memorandum], local[:, None] * [1, 0, 0]), rng)
    planned = np.where(item >= 0, plan.ngo[item], 0)
    is_party = (world.party_ngos[memorandum] == planned[:, None]).any(axis=1) | ~has_memorandum
    first = np.where((planned > 0) & is_party, planned, party)
    second = draw_ngos(world.district_ngos[district], rng)
    has_second = (rng.random(len(first)) < SECOND_NGO_SHARE) & (second != first)
    return np.stack([first, np.where(has_second, second, 0)], axis=1)


def _draw_kinds(
    world: World, plan: Plan, memorandum: IntArray, item: IntArray, day: IntArray, rng: np.random.Generator
) -> tuple[IntArray, IntArray]:
    """Direction and form; prevention days are held on Thursdays only."""
    drawn = draw_by_row(rng, _weights_of_directions(world.memorandum_directions[memorandum]))
    direction = np.where(item >= 0, plan.direction[item], drawn)
    weights: FloatArray = FORM_WEIGHTS[direction].copy()
    weights[:, PREVENTION_DAY] = 0
    form = draw_by_row(rng, weights)
    is_planned_form = (item >= 0) & (plan.form[item] != PREVENTION_DAY)
    is_thursday = world.calendar.weekday[day] == THURSDAY
    is_prevention_day = is_thursday & ~is_planned_form & (rng.random(len(day)) < PREVENTION_DAY_SHARE)
    form = np.where(is_prevention_day, PREVENTION_DAY, np.where(is_planned_form, plan.form[item], form))
    return direction, form


def _weights_of_directions(is_named: FloatArray) -> FloatArray:
    """Weights for drawing a direction: those that the memorandum names are five times as likely."""
    weights: FloatArray = DIRECTION_WEIGHTS * (1 + 4 * is_named)
    return weights


def _draw_participants(direction: IntArray, form: IntArray, is_held: BoolArray, rng: np.random.Generator) -> IntArray:
    """Columns total, young, women, at-risk, victims; zero where the event was not held."""
    typical = TYPICAL_PARTICIPANTS[form] * np.exp(rng.normal(0, 0.35, len(form)))
    total = np.where(is_held, np.maximum(5, typical.astype(np.int64)), 0)
    shares = (YOUNG_SHARE, WOMEN_SHARE, AT_RISK_SHARE, VICTIM_SHARE)
    return np.stack([total, *(rng.binomial(total, share[direction]) for share in shares)], axis=1)


def event_columns(events: Events, world: World, rng: np.random.Generator) -> Columns:
    """Rows of ``joint_event``."""
    theme = rng.integers(0, MOST_THEMES, len(events.id))
    state = np.where(
        events.is_held, EventState.HELD, np.where(events.is_cancelled, EventState.CANCELLED, EventState.PLANNED)
    )
    reason = np.where(events.is_cancelled, rng.choice(CANCEL_REASONS, len(events.id)), "")
    groups = ("total", "young", "women", "at_risk", "victims")
    return {
        "id": events.id,
        "number": [f"T-{events.year}/{number:04d}" for number in events.sequence.tolist()],
        "district_soato": np.array(world.places.soatos)[events.district],
        "mahalla_id": or_none(events.mahalla, events.mahalla > 0),
        "event_date": events.date,
        "direction_code": np.array(list(Direction))[events.direction],
        "form_code": np.array(list(EventForm))[events.form],
        "title": TITLES[events.direction, theme, events.form],
        "memorandum_id": or_none(events.memorandum, events.memorandum > 0),
        "plan_item_id": or_none(events.plan_item, events.plan_item > 0),
        **{f"participants_{group}": events.participants[:, place] for place, group in enumerate(groups)},
        "state_code": state,
        "cancel_reason": reason,
    }


def event_ngo_columns(events: Events) -> Columns:
    """Rows of ``joint_event_ngo``."""
    row, column = np.nonzero(events.ngo)
    return {"event_id": events.id[row], "ngo_id": events.ngo[row, column]}


def event_partner_columns(events: Events, rng: np.random.Generator) -> Columns:
    """Rows of ``joint_event_partner``."""
    row, partner = np.nonzero(rng.random((len(events.id), len(PARTNERS))) < PARTNER_SHARE)
    return {"event_id": events.id[row], "partner_code": np.array(list(PARTNERS))[partner]}

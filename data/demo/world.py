"""Fixed setting of the demo before the first event: places, organisations, memoranda, traits and expected events."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from sqlalchemy import Connection

from data.codes import Direction, FormalityReason, MemorandumStatus
from data.demo.memoranda import MAXIMUM_NGOS, DrawnMemorandum, draw_memoranda
from data.demo.places import NGO_COUNT, Organisations, Places, draw_organisations, read_places
from data.demo.shared import DAYS_A_YEAR, SEASON, WEEKDAYS, BoolArray, Calendar, FloatArray, IntArray
from data.demo.stories import FORMAL_DISTRICT, PLANTED_DISTRICTS, PLANTED_HOMES, STORIES, StoryCode
from data.demo.traits import EVENTS_A_YEAR, Traits, draw_traits

WITHOUT_MEMORANDUM = 0.7
QUARTER_END_DAYS = 5
SLOTS = 3
# Share of terms kept, at the beginning and at the end of the three years, where a story asks for it.
TOLD = {
    StoryCode.IMPROVED: (0.2, 0.98),
    StoryCode.ON_PAPER: (0.15, 0.15),
    StoryCode.LATE_ANSWERS: (0.3, 0.25),
    StoryCode.FORMAL: (0.85, 0.85),
}
USUAL_QUALITY, LEAST, MOST = 3.85, 0.15, 0.97
LEAST_WITH_PARTNER = 0.5


def memorandum_slots(memoranda: Sequence[DrawnMemorandum], places: Places, calendar: Calendar) -> IntArray:
    """Districts x days x slots: the memoranda that events of the day may refer to, 0 where there is none."""
    slots = np.zeros((len(places), len(calendar.days), SLOTS), dtype=np.int64)
    used = np.zeros(len(places), dtype=np.int64)
    for item in memoranda:
        if item.start is None or used[item.district] == SLOTS:
            continue
        days = _positions(calendar, item.start, min(item.end, item.unused_from))
        slots[item.district, days, used[item.district]] = item.number
        used[item.district] += 1
    return slots


def _positions(calendar: Calendar, first: date, last: date) -> slice:
    start = max(0, (first - calendar.first).days)
    return slice(start, max(start, (last - calendar.first).days + 1))


def expected_events(traits: Traits, slots: IntArray, calendar: Calendar) -> FloatArray:
    """Districts x days: expected events at scale 1, together :data:`EVENTS_A_YEAR` a year until the last day."""
    month_of_year = calendar.days.astype("datetime64[M]").astype(np.int64) % 12
    shape = SEASON[month_of_year] * WEEKDAYS[calendar.weekday]
    grown = np.linspace(0, 1, len(calendar.days))
    activity = traits.activity[:, :1] * (1 - grown) + traits.activity[:, 1:] * grown
    steady = activity * shape / shape.mean() * np.where(slots.any(axis=2), 1.0, WITHOUT_MEMORANDUM)
    ends = _is_quarter_end(calendar)
    bunched = steady.mean(axis=1, keepdims=True) * ends / ends.mean()
    share = traits.bunching[:, None]
    expected = (steady * (1 - share) + bunched * share) / DAYS_A_YEAR
    expected[:, calendar.until_index + 1 :] *= 0.5  # not everything that is coming is announced yet
    passed = expected[:, : calendar.until_index + 1].sum()
    scaled: FloatArray = expected * EVENTS_A_YEAR * calendar.passed_years / passed
    return scaled


def _is_quarter_end(calendar: Calendar) -> BoolArray:
    quarter_of = calendar.days.astype("datetime64[M]").astype(np.int64) // 3
    later = (calendar.days + QUARTER_END_DAYS).astype("datetime64[M]").astype(np.int64) // 3
    is_end: BoolArray = (later != quarter_of) & (calendar.weekday < 6)
    return is_end


@dataclass(frozen=True)
class PlantedEvents:
    """Events of districts that hold one a year in each mahalla, by position, and which NGOs give only fives or copy
    texts, by NGO id.

    ``day`` counts from the first day of the calendar.
    """

    yearly_districts: IntArray
    district: IntArray
    mahalla: IntArray
    day: IntArray
    gives_fives: BoolArray
    copies: BoolArray


def draw_planted_events(
    places: Places, organisations: Organisations, calendar: Calendar, rng: np.random.Generator
) -> PlantedEvents:
    """Planted events of a world, the same at every scale."""
    yearly = [places.index(code) for code in PLANTED_DISTRICTS[FormalityReason.ONE_EVENT_A_YEAR]]
    pairs = np.array(
        [(place, places.mahalla_first[place] + step) for place in yearly for step in range(places.mahalla_count[place])]
    )
    days = np.concatenate([_days_of_year(year, len(pairs), calendar, rng) for year in calendar.years])
    every = np.tile(pairs, (len(calendar.years), 1))
    in_reach = days < len(calendar.days)
    fives = {*_firsts(PLANTED_HOMES[FormalityReason.ALL_FIVES], places, organisations)}
    fives |= set(organisations.ids_by_district[places.index(FORMAL_DISTRICT)])
    return PlantedEvents(
        yearly_districts=np.array(yearly),
        district=every[in_reach, 0],
        mahalla=every[in_reach, 1],
        day=days[in_reach],
        gives_fives=_among(fives),
        copies=_among(_firsts(PLANTED_HOMES[FormalityReason.SAME_TEXT], places, organisations)),
    )


def _days_of_year(year: int, size: int, calendar: Calendar, rng: np.random.Generator) -> IntArray:
    days = np.arange(np.datetime64(date(year, 1, 1), "D"), np.datetime64(date(year + 1, 1, 1), "D"))
    weight = SEASON[days.astype("datetime64[M]").astype(np.int64) % 12] * WEEKDAYS[(days.astype(np.int64) + 3) % 7]
    picked = rng.choice(len(days), size=size, p=weight / weight.sum())
    return picked + (date(year, 1, 1) - calendar.first).days


def _firsts(homes: Iterable[str], places: Places, organisations: Organisations) -> Iterable[int]:
    """Id of the first active NGO of each of these districts that has one."""
    active = np.array(organisations.is_active)
    for home in homes:
        found = np.flatnonzero((organisations.home == places.index(home)) & active)
        if len(found):
            yield int(found[0]) + 1


def _among(ngo_ids: Iterable[int]) -> BoolArray:
    table = np.zeros(NGO_COUNT + 1, dtype=np.bool_)
    table[list(ngo_ids)] = True
    return table


@dataclass(frozen=True)
class World:
    """World of a seed. Ids are rows' ids; in ``party_ngos`` and ``district_ngos`` 0 pads."""

    calendar: Calendar
    places: Places
    organisations: Organisations
    traits: Traits
    memoranda: tuple[DrawnMemorandum, ...]
    planted_events: PlantedEvents
    slots: IntArray
    expected: FloatArray
    party_ngos: IntArray
    memorandum_directions: FloatArray
    district_ngos: IntArray


def draw_world(connection: Connection, rng: np.random.Generator, *, until: date) -> World:
    """Draw the world; the connection gives the directory of districts."""
    calendar = Calendar(until)
    places = read_places(connection, rng)
    traits = draw_traits(places, rng)
    organisations = draw_organisations(places, rng)
    memoranda = draw_memoranda(places, organisations, traits, calendar, rng)
    slots = memorandum_slots(memoranda, places, calendar)
    return World(
        calendar=calendar,
        places=places,
        organisations=organisations,
        traits=traits,
        memoranda=tuple(memoranda),
        planted_events=draw_planted_events(places, organisations, calendar, rng.spawn(1)[0]),
        slots=slots,
        expected=expected_events(traits, slots, calendar),
        party_ngos=_padded([(0,), *(item.ngo_ids for item in memoranda)], width=MAXIMUM_NGOS),
        memorandum_directions=_named_directions(memoranda),
        district_ngos=_padded(organisations.ids_by_district),
    )


def _padded(lists: Sequence[Sequence[int]], *, width: int | None = None) -> IntArray:
    table = np.zeros((len(lists), width or max(map(len, lists))), dtype=np.int64)
    for row, items in enumerate(lists):
        table[row, : len(items)] = items
    return table


def _named_directions(memoranda: Sequence[DrawnMemorandum]) -> FloatArray:
    """Memoranda (row 0: none) x directions: 1 where the memorandum names the direction."""
    table = np.zeros((len(memoranda) + 1, len(Direction)))
    for item in memoranda:
        table[item.number, [list(Direction).index(direction) for direction in item.directions]] = 1
    return table


def draw_diligence(world: World, rng: np.random.Generator) -> FloatArray:
    """Districts x (beginning, end): probability that something is done by its deadline."""
    noise = rng.normal(0, 0.12, len(world.places))[:, None]
    share = (0.66 + 0.3 * (world.traits.quality - USUAL_QUALITY) + noise).clip(LEAST, MOST)
    for code, told in TOLD.items():
        share[world.places.index(STORIES[code].district_soato)] = told
    return share


def on_day(share: FloatArray, day: date, calendar: Calendar) -> FloatArray:
    """Probability of each district on a day, between the beginning and the end."""
    grown = min(1.0, max(0.0, (day - calendar.first).days / max(1, calendar.until_index)))
    between: FloatArray = share[:, 0] * (1 - grown) + share[:, 1] * grown
    return between


def exchange_activity(world: World) -> FloatArray:
    """Amount of exchange of a district, 1 where it is usual.

    Positive wherever a memorandum is in force; zero where there is neither a memorandum nor any event.
    """
    usual = float(np.median(world.traits.activity[:, 1]))
    has_partner = np.isin(world.traits.status, [MemorandumStatus.IN_FORCE.value, MemorandumStatus.EXPIRING.value])
    lively = np.sqrt(world.traits.activity[:, 1] / usual).clip(0, 2) * np.where(has_partner, 1.0, 0.7)
    told: FloatArray = np.maximum(lively, np.where(has_partner, LEAST_WITH_PARTNER, 0.0))
    return told

"""Yearly joint plans: items by district, month and mahalla, in proportion to a district's usual activity."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data.codes import Direction, EventForm, MemorandumStatus
from data.demo.shared import Columns, FloatArray, IntArray, draw_by_row, or_none, rank_in_group
from data.demo.world import World

# Directions x forms: lecture, seminar, conference, training, preventive meeting, social aid, open lesson,
# prevention day, raid. The order is that of the enums.
FORM_WEIGHTS = np.array([
    [1, 3, 1, 1, 2, 0, 0, 1, 0],
    [4, 2, .6, .7, 1.5, 0, 2, 2, 0],
    [.5, .2, .1, .2, 1, 6, 0, 1, 0],
    [1, 1, .2, 2, 2, 1, 0, .8, 0],
    [2.5, 1, .5, 1.2, 1, .3, 3, 1.5, .3],
    [1.5, .5, .1, .7, 4, .4, .2, 1.5, 1],
    [1.5, 1.2, .3, 1.4, 2, .6, .4, 1, 0],
    [.4, .6, .3, .2, 1, 0, 0, 1, 4],
], dtype=np.float64)  # fmt: skip
PLANNED_PER_EXPECTED = 0.95
LEAST_A_MONTH = 0.9
MONTHS = 36
WHOLE_DISTRICT_SHARE, NO_NGO_SHARE = 0.1, 0.35


def draw_mahallas(world: World, district: IntArray, rng: np.random.Generator) -> IntArray:
    """Id of a mahalla for each district position; events concentrate in some mahallas, to a degree that differs by
    district.
    """
    place = rng.random(len(district)) ** world.traits.spread[district]
    return world.places.mahalla_first[district] + (place * world.places.mahalla_count[district]).astype(np.int64)


def draw_ngos(candidates: IntArray, rng: np.random.Generator) -> IntArray:
    """One id from each row of ``candidates``, which 0 pads; earlier ones are more likely."""
    count = (candidates > 0).sum(axis=1)
    picked: IntArray = candidates[np.arange(len(candidates)), (rng.random(len(count)) ** 1.4 * count).astype(np.int64)]
    return picked


@dataclass(frozen=True)
class Plan:
    """Items in the order of district and month; ``first`` and ``count`` find those of a district's month.

    0 as mahalla or NGO is none. The id of an item is its position and one.
    """

    district: IntArray
    month: IntArray
    mahalla: IntArray
    direction: IntArray
    form: IntArray
    ngo: IntArray
    first: IntArray
    count: IntArray


def draw_plan(world: World, rng: np.random.Generator) -> Plan:
    """Items of the three calendar years, the last one to its December."""
    counts = rng.poisson(_usual_months(world) * PLANNED_PER_EXPECTED)
    cells = np.repeat(np.arange(counts.size), counts.ravel())
    district, month = cells // MONTHS, cells % MONTHS
    mahalla = draw_mahallas(world, district, rng)
    ngo = draw_ngos(world.district_ngos[district], rng)
    # Where each mahalla gets its one event a year, the plan names no mahalla.
    is_for_all = np.isin(district, world.planted_events.yearly_districts)
    direction = rng.integers(0, len(Direction), len(cells))
    return Plan(
        district=district,
        month=month,
        mahalla=np.where(is_for_all | (rng.random(len(cells)) < WHOLE_DISTRICT_SHARE), 0, mahalla),
        direction=direction,
        form=draw_by_row(rng, FORM_WEIGHTS[direction]),
        ngo=np.where(rng.random(len(cells)) < NO_NGO_SHARE, 0, ngo),
        first=(np.cumsum(counts.ravel()) - counts.ravel()).reshape(counts.shape),
        count=counts,
    )


def _usual_months(world: World) -> FloatArray:
    """Districts x months: expected events; months not over yet are planned like those of the year before."""
    calendar = world.calendar
    usual = np.zeros((len(world.places), max(MONTHS, calendar.month_count)))
    for month in range(calendar.month_count):
        usual[:, month] = world.expected[:, calendar.month_of_day == month].sum(axis=1)
    current = calendar.month_of_day[calendar.until_index]
    usual[:, current:MONTHS] = usual[:, current - 12 : MONTHS - 12]
    has_partner = np.isin(world.traits.status, [MemorandumStatus.IN_FORCE.value, MemorandumStatus.EXPIRING.value])
    return np.maximum(usual[:, :MONTHS], np.where(has_partner, LEAST_A_MONTH, 0.0)[:, None])


def plan_columns(plan: Plan, world: World) -> Columns:
    """Rows of ``plan_item``."""
    first_year = world.calendar.first.year
    return {
        "id": np.arange(1, len(plan.district) + 1),
        "district_soato": np.array(world.places.soatos)[plan.district],
        "mahalla_id": or_none(plan.mahalla, plan.mahalla > 0),
        "number": _numbers(plan),
        "year": first_year + plan.month // 12,
        "month": plan.month % 12 + 1,
        "direction_code": np.array(list(Direction))[plan.direction],
        "form_code": np.array(list(EventForm))[plan.form],
        "responsible_ngo_id": or_none(plan.ngo, plan.ngo > 0),
    }


def _numbers(plan: Plan) -> list[str]:
    """Number of each item in its district's plan of the year."""
    place_in_year = rank_in_group(plan.district * MONTHS + plan.month // 12) + 1
    return [str(number) for number in place_in_year.tolist()]

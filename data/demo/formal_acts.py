"""What is done for form's sake, drawn: events once a year in each mahalla, NGOs that give fives or copy themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from data.codes import FormalityReason
from data.demo.arrays import BoolArray, Calendar, IntArray
from data.demo.formality import FORMAL_DISTRICT, PLANTED_DISTRICTS, PLANTED_HOMES
from data.demo.organisations import NGO_COUNT, Organisations
from data.demo.places import Places
from data.demo.rhythm import SEASON, WEEKDAYS


@dataclass(frozen=True)
class FormalActs:
    """Events of districts that hold one a year in each mahalla, by position, and who gives fives or copies, by NGO id.

    ``day`` counts from the first day of the calendar.
    """

    yearly_districts: IntArray
    district: IntArray
    mahalla: IntArray
    day: IntArray
    gives_fives: BoolArray
    copies: BoolArray


def draw_formal_acts(
    places: Places, organisations: Organisations, calendar: Calendar, rng: np.random.Generator
) -> FormalActs:
    """The formal acts of a world; they are the same at every scale."""
    yearly = [places.index(code) for code in PLANTED_DISTRICTS[FormalityReason.ONE_EVENT_A_YEAR]]
    pairs = np.array(
        [(place, places.mahalla_first[place] + step) for place in yearly for step in range(places.mahalla_count[place])]
    )
    days = np.concatenate([_days_of_year(year, len(pairs), calendar, rng) for year in calendar.years])
    every = np.tile(pairs, (len(calendar.years), 1))
    in_reach = days < len(calendar.days)
    fives = {*_firsts(PLANTED_HOMES[FormalityReason.ALL_FIVES], places, organisations)}
    fives |= set(organisations.ids_by_district[places.index(FORMAL_DISTRICT)])
    return FormalActs(
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
    """The id of the first active NGO of each of these districts that has one."""
    active = np.array(organisations.is_active)
    for home in homes:
        found = np.flatnonzero((organisations.home == places.index(home)) & active)
        if len(found):
            yield int(found[0]) + 1


def _among(ngo_ids: Iterable[int]) -> BoolArray:
    table = np.zeros(NGO_COUNT + 1, dtype=np.bool_)
    table[list(ngo_ids)] = True
    return table

"""Everything that is settled before the first event: places, organisations, memoranda, rhythm and plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from sqlalchemy import Connection

from data.codes import Direction
from data.demo.agreements import MAXIMUM_NGOS, Agreement, draw_agreements
from data.demo.arrays import Calendar, FloatArray, IntArray
from data.demo.formal_acts import FormalActs, draw_formal_acts
from data.demo.organisations import Organisations, draw_organisations
from data.demo.places import Places, read_places
from data.demo.rhythm import expected_events, memorandum_slots
from data.demo.traits import Traits, draw_traits


@dataclass(frozen=True)
class World:
    """The world of a seed. Ids are rows' ids; in ``party_ngos`` and ``district_ngos`` 0 fills up."""

    calendar: Calendar
    places: Places
    organisations: Organisations
    traits: Traits
    agreements: tuple[Agreement, ...]
    formal_acts: FormalActs
    slots: IntArray
    expected: FloatArray
    party_ngos: IntArray
    agreement_directions: FloatArray
    district_ngos: IntArray


def draw_world(connection: Connection, rng: np.random.Generator, *, until: date) -> World:
    """Draw the world; the connection gives the directory of districts."""
    calendar = Calendar(until)
    places = read_places(connection, rng)
    traits = draw_traits(places, rng)
    organisations = draw_organisations(places, rng)
    agreements = draw_agreements(places, organisations, traits, calendar, rng)
    slots = memorandum_slots(agreements, places, calendar)
    return World(
        calendar=calendar,
        places=places,
        organisations=organisations,
        traits=traits,
        agreements=tuple(agreements),
        formal_acts=draw_formal_acts(places, organisations, calendar, rng.spawn(1)[0]),
        slots=slots,
        expected=expected_events(traits, slots, calendar),
        party_ngos=_padded([(0,), *(item.ngo_ids for item in agreements)], width=MAXIMUM_NGOS),
        agreement_directions=_named_directions(agreements),
        district_ngos=_padded(organisations.ids_by_district),
    )


def _padded(lists: Sequence[Sequence[int]], *, width: int | None = None) -> IntArray:
    table = np.zeros((len(lists), width or max(map(len, lists))), dtype=np.int64)
    for row, items in enumerate(lists):
        table[row, : len(items)] = items
    return table


def _named_directions(agreements: Sequence[Agreement]) -> FloatArray:
    """Memoranda (row 0: none) x directions: 1 where the memorandum names the direction."""
    table = np.zeros((len(agreements) + 1, len(Direction)))
    for item in agreements:
        table[item.number, [list(Direction).index(direction) for direction in item.directions]] = 1
    return table

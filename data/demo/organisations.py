"""Invented NGOs, each working in two to four districts of its region."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data.codes import Direction
from data.demo.arrays import Columns, IntArray
from data.demo.names import ngo_names
from data.demo.places import Places

NGO_COUNT = 420
FIRST_STIR = 990_000_001  # above every range in use, so that no real organisation is meant
DISTRICTS_EACH = ((2, 3, 4), (0.5, 0.35, 0.15))
ACTIVE_SHARE = 0.96


@dataclass(frozen=True)
class Organisations:
    """NGOs by position (their id less one): home district, directions, and who works in which district."""

    home: IntArray
    directions: tuple[tuple[Direction, ...], ...]
    is_active: tuple[bool, ...]
    ids_by_district: tuple[tuple[int, ...], ...]


def draw_organisations(places: Places, rng: np.random.Generator) -> Organisations:
    """The NGOs; every district is the home of two or three, and a place of work of about five."""
    home = np.sort(np.r_[np.tile(np.arange(len(places)), 2), rng.choice(len(places), NGO_COUNT - 2 * len(places))])
    is_active = rng.random(NGO_COUNT) < ACTIVE_SHARE
    at_work: list[list[int]] = [[] for _ in range(len(places))]
    for position, district in enumerate(home):
        if is_active[position]:
            for place in _districts_of_work(places, int(district), at_work, rng):
                at_work[place].append(position + 1)
    for district in range(len(places)):  # a district whose own NGOs all stopped still has one to work with
        if not at_work[district]:
            at_work[district].append(at_work[_neighbours(places, district)[0]][0])
    kinds = tuple(Direction)
    directions = tuple(
        tuple(kinds[pick] for pick in sorted(rng.choice(len(kinds), size=rng.integers(2, 5), replace=False)))
        for _ in range(NGO_COUNT)
    )
    return Organisations(home, directions, tuple(is_active.tolist()), tuple(map(tuple, at_work)))


def _neighbours(places: Places, district: int) -> list[int]:
    region = places.region_soatos[district]
    return [other for other, code in enumerate(places.region_soatos) if code == region and other != district]


def _districts_of_work(places: Places, home: int, at_work: list[list[int]], rng: np.random.Generator) -> list[int]:
    """Home and one to three others of the region, rather those where few work."""
    others = _neighbours(places, home)
    weights = np.array([1 / (1 + len(at_work[other])) ** 2 for other in others])
    count = int(rng.choice(DISTRICTS_EACH[0], p=DISTRICTS_EACH[1])) - 1
    return [home, *rng.choice(others, size=count, replace=False, p=weights / weights.sum()).tolist()]


def ngo_columns(organisations: Organisations, places: Places, rng: np.random.Generator) -> Columns:
    """Rows of ``ngo``; the contact is an address of the organisation under a domain that cannot exist."""
    names = ngo_names()
    picked = rng.permutation(len(names))[:NGO_COUNT]
    return {
        "id": np.arange(1, NGO_COUNT + 1),
        "name": [names[pick] for pick in picked],
        "stir": [str(FIRST_STIR + position) for position in range(NGO_COUNT)],
        "district_soato": np.array(places.soatos)[organisations.home],
        "contact": [f"nnt{number:03d}@namuna.example" for number in range(1, NGO_COUNT + 1)],
        "is_active": np.array(organisations.is_active),
    }


def ngo_direction_columns(organisations: Organisations) -> Columns:
    """Rows of ``ngo_direction``."""
    pairs = [(ngo, item.value) for ngo, items in enumerate(organisations.directions, start=1) for item in items]
    return {"ngo_id": [ngo for ngo, _ in pairs], "direction_code": [direction for _, direction in pairs]}

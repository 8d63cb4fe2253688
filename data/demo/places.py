"""Places and organisations of the demo: the real districts, invented mahallas and NGOs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import product

import numpy as np
from sqlalchemy import Connection, select

from data.codes import Direction
from data.demo.shared import INVENTED_FIGURE, TEXTS, BoolArray, Calendar, Columns, IntArray
from data.directory import AreaKind
from data.schema import District
from data.texts.search_keys import search_key

CITY_MAHALLAS, DISTRICT_MAHALLAS = (18, 26), (14, 23)
MEDIAN_INHABITANTS = 165_000
YEARLY_GROWTH = 1.018
NGO_COUNT = 420
FIRST_STIR = 990_000_001  # above every range in use, so that no real organisation is meant
DISTRICTS_EACH = ((2, 3, 4), (0.5, 0.35, 0.15))
ACTIVE_SHARE = 0.96


@dataclass(frozen=True)
class Places:
    """Districts in the order of their codes; a district's mahallas have consecutive ids."""

    soatos: tuple[str, ...]
    region_soatos: tuple[str, ...]
    is_city: BoolArray
    mahalla_first: IntArray
    mahalla_count: IntArray

    def __len__(self) -> int:
        return len(self.soatos)

    def index(self, soato: str) -> int:
        """Position of a district."""
        return self.soatos.index(soato)


def read_places(connection: Connection, rng: np.random.Generator) -> Places:
    """Districts of the directory, each with a drawn number of mahallas."""
    rows = connection.execute(select(District.soato, District.region_soato, District.kind_code).order_by("soato")).all()
    is_city = np.array([row.kind_code == AreaKind.CITY for row in rows])
    counts = np.where(is_city, rng.integers(*CITY_MAHALLAS, len(rows)), rng.integers(*DISTRICT_MAHALLAS, len(rows)))
    return Places(
        soatos=tuple(row.soato for row in rows),
        region_soatos=tuple(row.region_soato for row in rows),
        is_city=is_city,
        mahalla_first=1 + np.cumsum(counts) - counts,
        mahalla_count=counts,
    )


def mahalla_columns(places: Places, rng: np.random.Generator) -> Columns:
    """Rows of ``mahalla``: names unique within a district, one inspector's post each."""
    counts = places.mahalla_count.tolist()
    names = [f"{name} MFY" for count in counts for name in rng.choice(TEXTS["mahallas"], count, replace=False).tolist()]
    posts = [TEXTS["post"].format(number=number) for count in counts for number in range(1, count + 1)]
    return {
        "id": np.arange(1, len(names) + 1),
        "district_soato": np.repeat(np.array(places.soatos), places.mahalla_count),
        "name": names,
        "name_key": [search_key(name) for name in names],
        "post": posts,
    }


def inhabitants_columns(places: Places, calendar: Calendar, rng: np.random.Generator) -> Columns:
    """Rows of ``inhabitants``: an invented number for the first day of each year, marked as such in its source."""
    people = MEDIAN_INHABITANTS * np.exp(rng.normal(0, 0.28, len(places))) * places.mahalla_count / 18
    years = calendar.years
    return {
        "district_soato": np.tile(np.array(places.soatos), len(years)),
        "counted_date": [date(year, 1, 1) for year in years for _ in range(len(places))],
        "inhabitants": np.concatenate([(people * YEARLY_GROWTH**step).astype(int) // 100 * 100 for step in range(3)]),
        "source": [INVENTED_FIGURE] * len(places) * len(years),
    }


@dataclass(frozen=True)
class Organisations:
    """NGOs by position (their id less one): home district, directions, and who works in which district."""

    home: IntArray
    directions: tuple[tuple[Direction, ...], ...]
    is_active: tuple[bool, ...]
    ids_by_district: tuple[tuple[int, ...], ...]


def draw_organisations(places: Places, rng: np.random.Generator) -> Organisations:
    """NGOs; every district is the home of two or three, and a place of work of about five."""
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
    """Home and one to three others of the region, preferring those where few NGOs work."""
    others = _neighbours(places, home)
    weights = np.array([1 / (1 + len(at_work[other])) ** 2 for other in others])
    count = int(rng.choice(DISTRICTS_EACH[0], p=DISTRICTS_EACH[1])) - 1
    return [home, *rng.choice(others, size=count, replace=False, p=weights / weights.sum()).tolist()]


def ngo_columns(organisations: Organisations, places: Places, rng: np.random.Generator) -> Columns:
    """Rows of ``ngo``; the contact is an address of the organisation under a domain that cannot exist."""
    kinds = TEXTS["ngo_kinds"]
    pairs = enumerate(product(TEXTS["ngo_qualities"], TEXTS["ngo_things"]))
    names = [f"“{quality} {thing}” {kinds[place % len(kinds)]}" for place, (quality, thing) in pairs]
    return {
        "id": np.arange(1, NGO_COUNT + 1),
        "name": rng.permutation(names)[:NGO_COUNT].tolist(),
        "stir": [str(FIRST_STIR + position) for position in range(NGO_COUNT)],
        "district_soato": np.array(places.soatos)[organisations.home],
        "contact": [f"nnt{number:03d}@namuna.example" for number in range(1, NGO_COUNT + 1)],
        "is_active": np.array(organisations.is_active),
    }


def ngo_direction_columns(organisations: Organisations) -> Columns:
    """Rows of ``ngo_direction``."""
    pairs = [(ngo, item.value) for ngo, items in enumerate(organisations.directions, start=1) for item in items]
    return {"ngo_id": [ngo for ngo, _ in pairs], "direction_code": [direction for _, direction in pairs]}

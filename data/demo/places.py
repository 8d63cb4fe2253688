"""Where demo data happen: the real districts, with invented mahallas and numbers of inhabitants."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from sqlalchemy import Connection, select

from data.demo.arrays import BoolArray, Calendar, Columns, IntArray
from data.demo.names import MAHALLAS
from data.demo.texts import INHABITANTS_SOURCE, POST
from data.directory import AreaKind
from data.schema import District
from data.texts.search_keys import search_key

CITY_MAHALLAS, DISTRICT_MAHALLAS = (18, 26), (14, 23)
MEDIAN_INHABITANTS = 165_000
YEARLY_GROWTH = 1.018


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
        """The position of a district."""
        return self.soatos.index(soato)


def read_places(connection: Connection, rng: np.random.Generator) -> Places:
    """The districts of the directory, each with a drawn number of mahallas."""
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
    """Rows of ``mahalla``: names unlike within a district, one inspector's post each."""
    names = [f"{MAHALLAS[pick]} MFY" for count in places.mahalla_count for pick in _pick_names(rng, int(count))]
    posts = [POST.format(number=number) for count in places.mahalla_count for number in range(1, int(count) + 1)]
    return {
        "id": np.arange(1, len(names) + 1),
        "district_soato": np.repeat(np.array(places.soatos), places.mahalla_count),
        "name": names,
        "name_key": [search_key(name) for name in names],
        "post": posts,
    }


def _pick_names(rng: np.random.Generator, count: int) -> IntArray:
    return rng.choice(len(MAHALLAS), size=count, replace=False)


def inhabitants_columns(places: Places, calendar: Calendar, rng: np.random.Generator) -> Columns:
    """Rows of ``inhabitants``: an invented number for the first day of each year, marked as such in its source."""
    people = MEDIAN_INHABITANTS * np.exp(rng.normal(0, 0.28, len(places))) * places.mahalla_count / 18
    years = calendar.years
    return {
        "district_soato": np.tile(np.array(places.soatos), len(years)),
        "counted_date": [date(year, 1, 1) for year in years for _ in range(len(places))],
        "inhabitants": np.concatenate([(people * YEARLY_GROWTH**step).astype(int) // 100 * 100 for step in range(3)]),
        "source": [INHABITANTS_SOURCE] * len(places) * len(years),
    }

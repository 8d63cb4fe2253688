"""Offences and targets of the demo, all invented: offences have their own dice and follow nothing that districts do."""

from __future__ import annotations

import numpy as np

from data.codes import AreaLevel, OffenceCategory
from data.demo.arrays import Calendar, Columns, IntArray
from data.demo.bulk import columns_of
from data.demo.exchange import Rows
from data.demo.places import Places
from data.demo.register_texts import FIGURE_SOURCE
from data.demo.world import World
from data.indicators import IndicatorCode

YEARLY_PER_INHABITANT = 25 / 10_000
SEASON = np.array([0.92, 0.9, 0.98, 1.0, 1.05, 1.1, 1.12, 1.1, 1.04, 1.0, 0.92, 0.87])
SHARES = {
    OffenceCategory.CRIMINAL_SEARCH: 0.45,
    OffenceCategory.YOUTH: 0.11,
    OffenceCategory.WOMEN: 0.08,
    OffenceCategory.REPEAT: 0.13,
}
CLUSTERING = 0.8
TARGETS = {
    IndicatorCode.MEMORANDUM_COVERAGE: (60.0, 10.0),
    IndicatorCode.MEMORANDUM_ALIVE: (70.0, 5.0),
    IndicatorCode.OBLIGATIONS_ON_TIME: (60.0, 5.0),
    IndicatorCode.PLAN_EXECUTION: (60.0, 5.0),
    IndicatorCode.MAHALLA_REACH: (70.0, 5.0),
    IndicatorCode.REGULARITY: (15.0, 2.0),
    IndicatorCode.EVALUATION_COVERAGE: (50.0, 5.0),
    IndicatorCode.EVALUATION_SCORE: (3.8, 0.1),
    IndicatorCode.WOULD_REPEAT: (70.0, 3.0),
    IndicatorCode.REQUESTS_ON_TIME: (65.0, 5.0),
    IndicatorCode.ANSWER_DAYS: (9.0, -1.0),
    IndicatorCode.RECOMMENDATIONS_CLOSED: (45.0, 5.0),
    IndicatorCode.DECISIONS_DONE: (60.0, 5.0),
    IndicatorCode.NGOS_SUPPORTED: (50.0, 5.0),
    IndicatorCode.SUPPORT_GINI: (0.45, -0.05),
    IndicatorCode.TRAINED: (55.0, 5.0),
}
DISTRICT_TARGET_SHARE, HARDER = 0.3, 1.05


def _whole_months(calendar: Calendar) -> list[int]:
    """Positions of the months that have ended: official figures come afterwards."""
    current = int(calendar.month_of_day[calendar.until_index])
    return list(range(current))


def _month_code(calendar: Calendar, month: int) -> int:
    return (calendar.first.year + month // 12) * 100 + month % 12 + 1


def draw_offences(places: Places, calendar: Calendar, inhabitants: Columns, rng: np.random.Generator) -> IntArray:
    """All offences, months x districts, around a level of each district and with the seasons."""
    people = np.asarray(inhabitants["inhabitants"]).reshape(len(calendar.years), len(places))
    level = YEARLY_PER_INHABITANT * np.exp(rng.normal(0, 0.3, len(places)))
    months = np.array(_whole_months(calendar))
    expected = people[months // 12] * level / 12 * SEASON[months % 12][:, None]
    offences: IntArray = rng.poisson(expected)
    return offences


def offence_columns(offences: IntArray, places: Places, calendar: Calendar, rng: np.random.Generator) -> Columns:
    """Rows of ``offence_count``: the total and its parts."""
    counts = [offences, *(rng.binomial(offences, share) for share in SHARES.values())]
    codes = (OffenceCategory.ALL, *SHARES)
    months = [_month_code(calendar, month) for month in _whole_months(calendar)]
    return {
        "district_soato": list(places.soatos) * len(months) * len(codes),
        "year_month": [month for _ in codes for month in months for _ in places.soatos],
        "category_code": [code.value for code in codes for _ in range(offences.size)],
        "offences": np.concatenate([count.ravel() for count in counts]),
        "source": [FIGURE_SOURCE] * (offences.size * len(codes)),
    }


def crime_free_columns(offences: IntArray, places: Places, calendar: Calendar, rng: np.random.Generator) -> Columns:
    """Rows of ``crime_free_count``: offences gather in some mahallas, so that others have none."""
    spared = (1 + offences / places.mahalla_count / CLUSTERING) ** -CLUSTERING
    months = [_month_code(calendar, month) for month in _whole_months(calendar)]
    return {
        "district_soato": list(places.soatos) * len(months),
        "year_month": [month for month in months for _ in places.soatos],
        "mahallas_crime_free": rng.binomial(np.broadcast_to(places.mahalla_count, offences.shape), spared).ravel(),
        "source": [FIGURE_SOURCE] * offences.size,
    }


def target_columns(world: World, rng: np.random.Generator) -> Columns:
    """Rows of ``target``: for the nation and the regions each year, for some districts a harder one."""
    places = world.places
    some = [code for code in places.soatos if rng.random() < DISTRICT_TARGET_SHARE]
    areas = [(AreaLevel.NATION, "", 1.0)]
    areas += [
        (AreaLevel.REGION, region, float(rng.uniform(0.95, 1.05))) for region in sorted(set(places.region_soatos))
    ]
    areas += [(AreaLevel.DISTRICT, code, HARDER) for code in some]
    return columns_of(
        [row for level, code, factor in areas for row in _targets_of(world.calendar, level, code, factor)]
    )


def _targets_of(calendar: Calendar, level: AreaLevel, area_code: str, factor: float) -> Rows:
    return [
        {
            "indicator_code": indicator.value,
            "year": year,
            "scope_code": level.value,
            "area_code": area_code,
            "value": round((first + step * growth) * (factor if growth > 0 else 1 / factor), 2),
        }
        for indicator, (first, growth) in TARGETS.items()
        for step, year in enumerate(calendar.years)
    ]

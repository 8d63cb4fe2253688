"""What the product publishes beside what is recomputed here: every cell of every indicator, area and NGO."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from data.dates.period import Period
from data.policy import Actor, Role, Scope, ScopeKind
from queries.indicators.ngo_values import OF_NGOS, values_of_ngos
from queries.indicators.source import Source, Window
from queries.indicators.values import area_values, indicator_sums
from queries.row_filter import RowFilter
from tests.audit import areas, ngos
from tests.audit.areas import NATION, Figure, PeriodSums
from tests.audit.base_tables import BaseTables, Days

CONFIDENCES = {"": 0.9, "_95": 0.95, "_998": 0.998}
LIMITS = [f"interval_{end}{ending}" for ending in CONFIDENCES for end in ("low", "high")]
COLUMNS = ["numerator", "denominator", "n", "value", *LIMITS]
RELATIVE, ABSOLUTE = 1e-7, 1e-6
KEYS = ["indicator_code", "of"]


@dataclass(frozen=True)
class Comparison:
    """How many cells were compared, and a line for each one that differs."""

    cells: int
    differences: Sequence[str]


def periods(base: BaseTables, today: date) -> dict[str, Period]:
    """Twelve months, a calendar year, a quarter, the running quarter, a year before the first event, and the twelve
    months around the first day after the last one of a district that ended."""
    year = Period.last_complete_months(today)
    quarter = Period.of_months(date(today.year, 3 * ((today.month - 1) // 3) + 1, 1), 3)
    first = min(base.held["event_date"].min(), base.today)
    ends = base.spans["last"][base.spans["last"] < base.today]
    around = (
        {} if ends.empty else {"around a merger": Period.of_months((ends.min() - pd.DateOffset(months=5)).date(), 12)}
    )
    return {
        "twelve months": year,
        "a year": Period.of_year(today.year - 1),
        "a quarter": quarter.previous(),
        "a running quarter": quarter,
        "before the first event": Period.of_months(date(first.year - 2, 1, 1), 12),
        **around,
    }


@dataclass(frozen=True)
class Published:
    """What the product shows, by indicator and area or NGO, in each period: of areas by kind, of NGOs as they see it
    themselves, and in the first period of some districts as their leaders do."""

    periods: Mapping[str, Period]
    of_areas: Mapping[tuple[str, ScopeKind], pd.DataFrame]
    of_ngos: Mapping[tuple[str, str | None], pd.DataFrame]


def published(connection: Connection, base: BaseTables, *, district_step: int) -> Published:
    """Read what the product shows; of NGOs as leaders see them that of every so many districts."""
    today = base.today.date()
    asked = periods(base, today)
    of_areas, of_ngos = {}, {}
    for title, period in asked.items():
        sums = indicator_sums(connection, Actor(Role.ADMIN), period=period, today=today)
        for kind in (ScopeKind.DISTRICT, ScopeKind.REGION, ScopeKind.NATION):
            of_areas[title, kind] = _by_key(area_values(sums, scope=Scope.nation(), by=kind), "area_code")
        watched = list(base.regions.index[::district_step]) if title == next(iter(asked)) else []
        for district in (None, *watched):
            source = Source(connection, RowFilter(district_soato=district), Window(period, today), None)
            found = values_of_ngos(source, list(base.ngos["id"]), is_own=district is None, codes=list(OF_NGOS))
            of_ngos[title, district] = _by_key(found, "ngo_id")
    return Published(asked, of_areas, of_ngos)


def _by_key(values: pd.DataFrame, column: str) -> pd.DataFrame:
    return values.rename(columns={column: "of"}).set_index(KEYS)


def compare(base: BaseTables, shown: Published, *, only: str | None = None) -> Comparison:
    """Recompute everything that is shown, or one period of it, and compare it cell by cell."""
    cells, found = 0, []
    for title, theirs, mine in _pairs(base, shown, only):
        rows = mine.index.union(theirs.index)
        own, other = (frame.reindex(rows)[COLUMNS].to_numpy(dtype=np.float64) for frame in (mine, theirs))
        is_same = np.isclose(own, other, rtol=RELATIVE, atol=ABSOLUTE, equal_nan=True)
        # What only one of them has is another figure than any, missing ones too.
        is_same &= (rows.isin(mine.index) & rows.isin(theirs.index))[:, np.newaxis]
        cells += is_same.size
        found += [
            f"{title}: {' '.join(map(str, rows[row]))} {COLUMNS[column]} is {other[row, column]:.10g},"
            f" recomputed {own[row, column]:.10g}"
            for row, column in np.argwhere(~is_same)
        ]
    return Comparison(cells, found)


def _pairs(base: BaseTables, shown: Published, only: str | None) -> Iterator[tuple[str, pd.DataFrame, pd.DataFrame]]:
    """What is shown and what is recomputed, with what it is."""
    for title, period in shown.periods.items():
        if only not in {None, title}:
            continue
        days = Days(period, base.today)
        sums = PeriodSums(base, days)
        for kind, area in _areas(base).items():
            area = area[sums.listed] if kind is ScopeKind.DISTRICT else area
            figures = sums.figures(area)
            mine = _frame(figures, areas.LEAST_N, pd.Index(sorted(area.unique())))
            yield f"{title}, {kind}", shown.of_areas[title, kind], mine
        ids = pd.Index(base.ngos["id"].sort_values())
        for of, district in shown.of_ngos:
            if of == title:
                figures = ngos.ngo_figures(base, days, ids, district=district, is_own=district is None)
                yield f"{title}, NGO in {district}", shown.of_ngos[of, district], _frame(figures, ngos.LEAST_N, ids)


def _areas(base: BaseTables) -> dict[ScopeKind, pd.Series[str]]:
    """The area of each kind that each district lies in."""
    regions = base.regions
    return {
        ScopeKind.DISTRICT: pd.Series(regions.index, index=regions.index),
        ScopeKind.REGION: regions,
        ScopeKind.NATION: pd.Series(NATION, index=regions.index),
    }


def _frame(figures: Mapping[str, Figure], least_n: Mapping[str, int], of: pd.Index) -> pd.DataFrame:
    frames = {
        code: pd.DataFrame(figure.columns(least_n[code], CONFIDENCES), index=of) for code, figure in figures.items()
    }
    return pd.concat(frames, names=KEYS)

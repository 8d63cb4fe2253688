"""Published indicators of all areas as open data: by year with verdicts, and by month as the trends show them.

A row without enough data has no number at all: neither what was counted nor what it was counted of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from data.dates.period import Period
from data.directory import name_column
from data.indicators import INDICATORS, MONTHLY_CODES, AreaTarget, InIndex
from data.indicators.computations import MONTHS_A_YEAR
from data.indicators.verdicts import Verdict, against_target
from data.language import Language, Translator
from data.open_data import NATION_CODE
from data.policy import Action, Actor, Scope, ScopeKind, require
from queries.directory.areas import districts, regions
from queries.indicators.monthly_sums import MonthlySums
from queries.indicators.trends import process_trend
from queries.indicators.values import (
    area_values,
    indicator_sums,
    monthly_sums,
    rating_shrinkage,
    targets,
    targets_by_area,
    targets_of,
)
from queries.indicators.verdicts import verdicts

# The running year and the two before it are those that pages offer; their sums need the year before as well.
YEARS, YEARS_READ = 3, 4
LEVELS = (ScopeKind.NATION, ScopeKind.REGION, ScopeKind.DISTRICT)
_NUMBERS = ["value", "numerator", "denominator", "n", "interval_low", "interval_high"]


def open_areas(connection: Connection, actor: Actor) -> pd.DataFrame:
    """One row an area, the nation first, then regions, then districts. Raises ForbiddenError.

    Columns: area_code (``uz`` for the nation, else SOATO), level_code, region_code ("" for the nation), a name column a
    language.
    """
    nation = {name_column(language): Translator(language)("Uzbekistan") for language in Language}
    of_regions, of_districts = regions(connection, actor), districts(connection, actor, scope=Scope.nation())
    names = list(nation)
    return pd.concat(
        [
            pd.DataFrame(
                [{"area_code": NATION_CODE, "level_code": ScopeKind.NATION.value, "region_code": "", **nation}]
            ),
            _listed(of_regions[["soato", *names]], of_regions["soato"], ScopeKind.REGION),
            _listed(of_districts[["soato", *names]], of_districts["region_soato"], ScopeKind.DISTRICT),
        ],
        ignore_index=True,
    )


def _listed(frame: pd.DataFrame, of_region: pd.Series[str], level: ScopeKind) -> pd.DataFrame:
    renamed = frame.rename(columns={"soato": "area_code"})
    renamed.insert(1, "level_code", level.value)
    renamed.insert(2, "region_code", of_region)
    return renamed


def open_indicators() -> pd.DataFrame:
    """One row an indicator as declared: indicator_code, a name column a language, unit_code, better_code, minimum_n,
    pillar_code ("" outside the index)."""
    rows = [
        {
            "indicator_code": code,
            **{name_column(language): Translator(language)(indicator.name) for language in Language},
            "unit_code": indicator.unit.value,
            "better_code": indicator.better.value,
            "minimum_n": indicator.minimum_n,
            "pillar_code": indicator.index.pillar.value if isinstance(indicator.index, InIndex) else "",
        }
        for code, indicator in INDICATORS.items()
    ]
    return pd.DataFrame(rows)


def open_years(
    connection: Connection, actor: Actor, *, today: date, years: Sequence[Period] | None = None
) -> pd.DataFrame:
    """One row an area, year and indicator: of the running year the months that are over. Raises ForbiddenError.

    ``years`` are by default those of :func:`whole_years`.

    Columns: area_code, indicator_code, year, months (that the value covers), value, numerator, denominator, n,
    interval_low, interval_high (90 %), all NaN without enough data, unit_code, target (NaN: none), target_verdict_code,
    verdict_code.
    """
    require(actor, Action.SEE_INDICATORS)
    monthly, areas = read_months(connection, actor, today=today), open_areas(connection, actor)
    region_of = dict(zip(areas["area_code"], areas["region_code"], strict=True))
    found = [
        _of_year(connection, actor, period, region_of, today=today, monthly=monthly)
        for period in years or whole_years(today)
    ]
    frame = pd.concat(found, ignore_index=True)
    order = {code: place for place, code in enumerate(areas["area_code"])}
    frame["place"] = frame["area_code"].map(order)
    return frame.sort_values(["place", "year"], kind="stable").drop(columns="place").reset_index(drop=True)


def read_months(connection: Connection, actor: Actor, *, today: date) -> MonthlySums:
    """Return the sums by month that years and months of the open data are made of. Raises ForbiddenError."""
    first = date(today.year - YEARS_READ + 1, 1, 1)
    period = Period.of_months(first, (YEARS_READ - 1) * MONTHS_A_YEAR + today.month)
    return monthly_sums(connection, actor, period=period, today=today)


def whole_years(today: date) -> list[Period]:
    """Return the years that are published, of the running one the months that are over; it is left out in January."""
    years = (Period.of_year(year) for year in range(today.year - YEARS + 1, today.year + 1))
    return [whole for year in years if (whole := year.whole_months(today)).is_over(today)]


def _of_year(
    connection: Connection,
    actor: Actor,
    period: Period,
    region_of: dict[str, str],
    *,
    today: date,
    monthly: MonthlySums,
) -> pd.DataFrame:
    """Return the rows of all areas in the months of a year."""
    nation, months = Scope.nation(), period.month_count
    sums = indicator_sums(connection, actor, period=period, today=today, monthly=monthly)
    aims = targets_by_area(targets(connection, actor, year=period.first_day.year), months=months)
    whole = area_values(sums, scope=nation, by=ScopeKind.NATION)
    found = []
    for level in LEVELS:
        values = whole if level is ScopeKind.NATION else area_values(sums, scope=nation, by=level)
        is_alone = level is ScopeKind.NATION
        judged = Verdict.NOT_COMPARED.value if is_alone else verdicts(values, whole)["verdict_code"]
        found.append(values.assign(verdict_code=judged))
    frame = pd.concat(found, ignore_index=True)
    frame["area_code"] = frame["area_code"].where(frame["area_code"] != nation.code, NATION_CODE)
    frame[_NUMBERS] = frame[_NUMBERS].where(frame["is_enough"])
    aims_of = {code: targets_of(aims, _inside(code, region_of)) for code in frame["area_code"].unique()}
    beside = [_aim(row, aims_of[row["area_code"]]) for row in frame.to_dict("records")]
    return frame.assign(
        year=period.first_day.year,
        months=months,
        unit_code=[INDICATORS[code].unit.value for code in frame["indicator_code"]],
        target=[np.nan if aim is None else aim.value for aim, _ in beside],
        target_verdict_code=[code for _, code in beside],
    )


def _inside(area_code: str, region_of: dict[str, str]) -> list[str]:
    """Return the areas whose targets hold for one, from itself to the nation."""
    return [Scope.nation().code] if area_code == NATION_CODE else [area_code, region_of[area_code], Scope.nation().code]


def _aim(row: Mapping[Any, Any], aims: Mapping[str, AreaTarget]) -> tuple[AreaTarget | None, str]:
    code = str(row["indicator_code"])
    aim = aims.get(code)
    return aim, against_target(row, INDICATORS[code], aim).value


def open_months(
    connection: Connection,
    actor: Actor,
    *,
    today: date,
    area_codes: Sequence[str] | None = None,
) -> pd.DataFrame:
    """One row an area, indicator and month with a value, as the trend of the area shows it: by quarter where most
    months have too few cases. Of all areas, or of some ``area_codes``; of districts the indicators that are kept by
    month, as single months of registers have too few rows there. Raises ForbiddenError.

    Columns: area_code, indicator_code, month (first day of the month or quarter), year, months (1 or 3), value,
    numerator, denominator, n, unit_code, is_final.
    """
    require(actor, Action.SEE_INDICATORS)
    monthly = read_months(connection, actor, today=today)
    found = [frame for frame in _trends(connection, actor, today, monthly, area_codes) if not frame.empty]
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=["area_code"])


def _trends(
    connection: Connection, actor: Actor, today: date, monthly: MonthlySums, area_codes: Sequence[str] | None
) -> Iterator[pd.DataFrame]:
    areas, years = open_areas(connection, actor), whole_years(today)
    period = Period(years[0].first_day, years[-1].last_day)
    # As the pages have it by default: ratings are drawn together as in the last twelve months.
    last_months = Period.last_complete_months(today)
    sums = indicator_sums(connection, actor, period=last_months, today=today, has_registers=False, monthly=monthly)
    units = {code: indicator.unit.value for code, indicator in INDICATORS.items()}
    for code, level in zip(areas["area_code"], areas["level_code"], strict=True):
        if area_codes is not None and code not in area_codes:
            continue
        scope = Scope.nation() if code == NATION_CODE else Scope(ScopeKind(level), code)
        points = process_trend(
            connection,
            actor,
            scope=scope,
            period=period,
            today=today,
            codes=MONTHLY_CODES if scope.kind is ScopeKind.DISTRICT else tuple(INDICATORS),
            shrinkage=rating_shrinkage(sums),
            monthly=monthly,
        )
        points = points[points["value"].notna()]
        yield points.assign(
            area_code=code,
            year=points["month"].dt.year,
            unit_code=points["indicator_code"].map(units),
            is_final=points["is_finished"],
        )

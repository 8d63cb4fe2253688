"""The cells that indicators are computed in: areas of one period, or months of one area, each with all its sums."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.dates.period import quarter_start, year_month
from data.indicators import INDICATORS, MONTHLY_CODES, SumsFrom
from data.policy import Scope, ScopeKind
from queries.indicators.monthly_sums import MonthlySums
from queries.indicators.partners import partner_rows, partner_sums, partners, partners_by_month
from queries.indicators.ratings import Shrinkage, estimate_shrinkage, ngo_marks
from queries.indicators.register_sums import (
    answer_sums,
    crime_free,
    crime_free_sums,
    decisions_due,
    due_sums,
    members,
    obligations_due,
    offence_sums,
    offences,
    requests_due,
    trained_by_month,
    trained_sums,
    training_start,
    trainings,
)
from queries.indicators.source import Source

NATION_CODE = ""


@dataclass(frozen=True)
class IndicatorSums:
    """All that the values of every area in a period are made of: asked once, for any scope and grain.

    ``by_district``: one row a district with every sum but months; ``wider``: the same columns for what belongs to a
    region or the nation itself (decisions of their meetings), by its code. ``requests`` and ``partners`` are the rows
    that are pooled and not added up, each with its district. ``months``: how many months of the period have begun.
    ``ratings``: how those of districts are drawn together. ``absent``: districts that did not exist in the period, of
    which nothing is counted in it either; ``partial``: those that did not exist in all of it. ``codes``: the indicators
    that these sums are enough for.
    """

    by_district: pd.DataFrame
    wider: pd.DataFrame
    requests: pd.DataFrame
    partners: pd.DataFrame
    ratings: Shrinkage
    months: int
    absent: frozenset[str] = frozenset()
    partial: frozenset[str] = frozenset()
    codes: tuple[str, ...] = tuple(INDICATORS)


def needs_registers(codes: Iterable[str]) -> bool:
    """Whether any of the indicators is made of rows of registers."""
    return any(INDICATORS[code].sums_from is SumsFrom.REGISTERS for code in codes)


def gather(source: Source, monthly: MonthlySums, *, has_registers: bool = True) -> IndicatorSums:
    """Add up the sums of all districts; without registers only those of indicators kept by month."""
    by_district = monthly.by_district(source.window)
    months = len(source.window.months)
    ratings = estimate_shrinkage(by_district, ngo_marks(source))
    if not has_registers:
        nothing = pd.DataFrame()
        return IndicatorSums(
            by_district,
            nothing,
            nothing,
            nothing,
            ratings,
            months,
            *_existence(by_district, monthly, source),
            codes=MONTHLY_CODES,
        )
    requests, decisions = requests_due(source), decisions_due(source)
    decided = due_sums(decisions, decisions["key"], name="decisions")
    by_district = by_district.join([*_registers_by_district(source, by_district, monthly.areas, requests), decided])
    by_district = by_district.fillna(dict.fromkeys(by_district.columns.drop("region_soato"), 0.0))
    absent, partial = _existence(by_district, monthly, source)
    rows = partner_rows(source, first_day=source.window.as_of, last_day=source.window.as_of)
    return IndicatorSums(
        by_district=by_district,
        wider=_wider(decisions, decided, by_district),
        requests=requests,
        partners=partners(rows, source.window.as_of),
        ratings=ratings,
        months=months,
        absent=absent,
        partial=partial,
    )


def _existence(
    by_district: pd.DataFrame, monthly: MonthlySums, source: Source
) -> tuple[frozenset[str], frozenset[str]]:
    """``absent`` and ``partial`` of :class:`IndicatorSums`."""
    has_any = by_district.drop(columns="region_soato").to_numpy(np.float64).any(axis=1)
    days = monthly.days_in(source.window.period)
    return frozenset(by_district.index[~has_any & (days == 0)]), frozenset(by_district.index[days < days.max()])


def _registers_by_district(
    source: Source, place: pd.DataFrame, areas: pd.DataFrame, requests: pd.DataFrame
) -> list[pd.DataFrame | pd.Series[float]]:
    obligations = obligations_due(source)
    start = training_start(source.window.as_of.replace(day=1))
    return [
        due_sums(obligations, obligations["key"], name="obligations"),
        due_sums(requests, requests["key"], name="requests"),
        trained_sums(trainings(source, first_month=start)),
        members(source),
        offence_sums(offences(source, place[["inhabitants"]]), by_month=False),
        crime_free_sums(crime_free(source, areas), by_month=False),
    ]


def _wider(decisions: pd.DataFrame, decided: pd.DataFrame, by_district: pd.DataFrame) -> pd.DataFrame:
    region_of = dict(zip(decisions["key"], decisions["region_soato"], strict=True))
    above = decided[~decided.index.isin(by_district.index)]
    frame = above.reindex(columns=by_district.columns, fill_value=0.0)
    return frame.assign(region_soato=[region_of[code] for code in frame.index])


def area_cells(sums: IndicatorSums, *, scope: Scope, by: ScopeKind) -> pd.DataFrame:
    """One row an area of the scope with every column that :func:`queries.indicators.measures.measure` reads.

    Districts that did not exist in the period are listed only where they are asked for themselves.
    """
    has_registers = needs_registers(sums.codes)
    is_wider = has_registers and by is not ScopeKind.DISTRICT
    rows = pd.concat([sums.by_district, sums.wider]) if is_wider else sums.by_district
    areas = _area_codes(rows, by)
    is_in_scope = _area_codes(rows, scope.kind) == scope.code
    is_asked = is_in_scope & ((areas != NATION_CODE) | (by is ScopeKind.NATION))
    if by is ScopeKind.DISTRICT is not scope.kind:
        is_asked &= ~rows.index.isin(sums.absent)
    areas, numbers = areas[is_asked], rows.drop(columns="region_soato")
    at, codes = pd.factorize(areas, sort=True)
    added = np.zeros((len(codes), numbers.shape[1]))
    np.add.at(added, at, numbers.to_numpy(np.float64)[is_asked])
    cells = pd.DataFrame(added, index=codes, columns=numbers.columns)
    cells["months"] = float(sums.months)
    cells = _with_coverage(cells, is_district=by is ScopeKind.DISTRICT)
    if not has_registers:
        return cells
    code = pd.Series(areas, index=rows.index[is_asked])
    pooled = (
        frame(table, table[column].map(code))
        for frame, table, column in (
            (answer_sums, sums.requests, "key"),
            (partner_sums, sums.partners, "district_soato"),
        )
    )
    return _with_pooled(cells, *pooled)


def _with_coverage(cells: pd.DataFrame, *, is_district: bool) -> pd.DataFrame:
    """The cells with what coverage by memoranda is a share of: days of a district, districts of a wider area."""
    if not is_district:
        return cells.assign(covered=cells["districts_covered"], coverable=cells["districts"])
    # One that ended in the period has days in it, and does not count as a district at its end.
    has_days = (cells["days"] > 0).astype(np.float64)
    return cells.assign(covered=cells["days_covered"], coverable=cells["days"], districts=has_days)


def month_cells(
    source: Source, monthly: MonthlySums, scope: Scope, codes: Sequence[str], *, is_quarterly: bool = False
) -> pd.DataFrame:
    """One row a month of the period with the sums of ``codes``, by YYYYMM; months not begun have zeros.

    ``source`` is that of the scope. With ``is_quarterly`` the months of a calendar quarter are added up, under its
    first month, for indicators whose months are their own.
    """
    months = source.window.months
    index = pd.Index([year_month(month) for month in source.window.period.months], name="month")
    place = monthly.areas[monthly.in_scope(scope)]
    has_begun = np.arange(len(index)) < len(months)
    frame = monthly.by_month(source.window, scope)
    if needs_registers(codes):
        frame = pd.concat([frame, *_registers_by_month(source, monthly, place)], axis=1).astype(np.float64).fillna(0.0)
    frame = frame.reindex(index, fill_value=0.0)
    frame = _with_coverage(frame.assign(months=1.0), is_district=scope.kind is ScopeKind.DISTRICT)
    if is_quarterly:
        frame = by_quarter(frame)
    if not needs_registers(codes):
        return frame
    requests = requests_due(source)
    if is_quarterly:
        return _with_pooled(frame, answer_sums(requests, _month_of(requests).map(quarter_of), has_limits=False))
    frame = frame.assign(members=members(source).sum() * has_begun)
    answers = answer_sums(requests, _month_of(requests), has_limits=False)
    return _with_pooled(frame, answers, _partners_by_month(source))


def quarter_of(month: int) -> int:
    """The first month of the calendar quarter of a month, both as YYYYMM."""
    return year_month(quarter_start(date(month // 100, month % 100, 1)))


def by_quarter(frame: pd.DataFrame) -> pd.DataFrame:
    """Sums by month (YYYYMM) added up by quarter: inhabitants too, each for the months that they are counted in, so
    that a rate stays one of a month (``months`` is 1)."""
    quarters = frame.index.map(quarter_of).rename("month")
    return frame.groupby(quarters).sum().assign(months=1.0)


def _registers_by_month(
    source: Source, monthly: MonthlySums, place: pd.DataFrame
) -> list[pd.DataFrame | pd.Series[float]]:
    due = {"obligations": obligations_due(source), "requests": requests_due(source), "decisions": decisions_due(source)}
    months = source.window.months
    parts: list[pd.DataFrame | pd.Series[float]] = [
        due_sums(rows, _month_of(rows), name=name) for name, rows in due.items()
    ]
    if months:
        held = trainings(source, first_month=training_start(months[0]))
        parts.append(trained_by_month(held, months))
    return [
        *parts,
        offence_sums(offences(source, monthly.inhabitants_at(source.window)), by_month=True),
        crime_free_sums(crime_free(source, place), by_month=True),
    ]


def _partners_by_month(source: Source) -> pd.DataFrame:
    days = [source.window.status_day(month) for month in source.window.months]
    if not days:
        nobody = pd.DataFrame(columns=["ngo_id", "is_partner", "is_supported", "amount_uzs"])
        return partner_sums(nobody, pd.Series(dtype=np.int64))
    pooled = partners_by_month(partner_rows(source, first_day=days[0], last_day=days[-1]), days)
    return partner_sums(pooled, pooled["month"], has_limits=False)


def _month_of(rows: pd.DataFrame) -> pd.Series[Any]:
    return rows["due_date"].map(year_month).astype(np.int64)


def _with_pooled(cells: pd.DataFrame, *pooled: pd.DataFrame) -> pd.DataFrame:
    """The cells with pooled values; counts that no row speaks of are 0, values missing."""
    joined = cells.join(list(pooled))
    counts = ["requests_answered", "partners", "partners_supported", "support_differences", "support_scaled"]
    return joined.fillna({name: 0.0 for name in counts if name in joined})


def area_of_districts(sums: IndicatorSums, by: ScopeKind) -> pd.Series[str]:
    """Return the code of the area of a kind that each district lies in, by SOATO."""
    return pd.Series(_area_codes(sums.by_district, by), index=sums.by_district.index)


def _area_codes(rows: pd.DataFrame, by: ScopeKind) -> NDArray[np.object_]:
    """The area that each row is part of."""
    if by is ScopeKind.REGION:
        return rows["region_soato"].to_numpy(dtype=object)
    if by is ScopeKind.DISTRICT:
        return rows.index.to_numpy(dtype=object)
    return np.full(len(rows), NATION_CODE, dtype=object)

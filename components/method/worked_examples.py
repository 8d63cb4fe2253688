"""Texts of worked examples: the formula of an indicator with the numbers of an area and period, and example records."""

from __future__ import annotations

from collections.abc import Mapping
from functools import singledispatch
from math import isinf
from typing import Any

import pandas as pd

from components.shell.address import record_address
from components.shell.areas import AreaDirectory
from components.shell.chrome import (
    DESK_ADDRESS,
    EVENT_ADDRESS,
    MAHALLA_ADDRESS,
    MEMORANDUM_ADDRESS,
    NGO_ADDRESS,
    PLAN_ITEM_ADDRESS,
)
from components.shell.formatter import Formatter, is_missing
from components.tables.columns import ColumnSpec, ColumnType
from data.codes import Direction
from data.indicators import Indicator, Unit
from data.indicators.declaration import RecordKind
from data.indicators.worked import (
    MiddleValue,
    Share,
    ShrunkRating,
    Total,
    Unevenness,
    Worked,
    YearlyRate,
    score_in_index,
)

# Pages of what the records of a kind name; support names its NGO.
PAGES = {
    RecordKind.MEMORANDA_IN_FORCE: MEMORANDUM_ADDRESS,
    RecordKind.MEMORANDA_JUDGED: MEMORANDUM_ADDRESS,
    RecordKind.OBLIGATIONS: MEMORANDUM_ADDRESS,
    RecordKind.PLAN_ITEMS: PLAN_ITEM_ADDRESS,
    RecordKind.EVENTS: EVENT_ADDRESS,
    RecordKind.EVENTS_WAITED: EVENT_ADDRESS,
    RecordKind.MAHALLAS: MAHALLA_ADDRESS,
    RecordKind.MAHALLAS_REACHED: MAHALLA_ADDRESS,
    RecordKind.REQUESTS: DESK_ADDRESS,
    RecordKind.SUPPORT: NGO_ADDRESS,
}

DUE = frozenset({RecordKind.OBLIGATIONS, RecordKind.REQUESTS, RecordKind.DECISIONS})


def example_lines(indicator: Indicator, worked: Worked, shown: Mapping[Any, Any], *, fmt: Formatter) -> list[str]:
    """Return the lines of a worked example: counts, formula, shown value, score in the index."""
    translate = fmt.translate
    counted = fmt.counted(indicator, worked.n)
    if not worked.n or is_missing(worked.value):
        return [counted, translate("There is nothing to compute a value from.")]
    if not shown["is_enough"]:
        smallest = fmt.number(indicator.minimum_n)
        return [counted, translate("The smallest number is {minimum}, so no value is shown.", minimum=smallest)]
    value = fmt.indicator_value(indicator, shown["value"])
    lines = [counted, f"**{formula(worked, fmt)}**", translate("Shown on the pages: {value}", value=value)]
    interval = fmt.interval(indicator, low=shown["interval_low"], high=shown["interval_high"])
    if interval:
        lines.append(translate("90% interval: {interval}", interval=interval))
    if indicator.goalposts is not None:
        lines.append(_score(indicator, worked.value, indicator.goalposts, fmt))
    return lines


def _score(indicator: Indicator, value: float, goalposts: tuple[float, float], fmt: Formatter) -> str:
    low, high = goalposts
    decimals = 2 if indicator.unit is Unit.POINTS else 1
    return fmt.translate(
        "Score in the index: ({value} − {low}) / ({high} − {low}) × 100 = {score}",
        value=fmt.number(value, decimals=decimals),
        low=fmt.number(low),
        high=fmt.number(high),
        score=fmt.number(score_in_index(indicator.code, value), decimals=1),
    )


@singledispatch
def formula(worked: object, fmt: Formatter) -> str:
    """Return a formula with the numbers filled in. Raises TypeError for anything that is no worked example."""
    raise TypeError(f"no worked example: {worked!r} ({fmt})")


@formula.register
def _share(worked: Share, fmt: Formatter) -> str:
    return fmt.translate(
        "{numerator} / {denominator} = {value}%",
        numerator=fmt.number(worked.numerator),
        denominator=fmt.number(worked.denominator),
        value=fmt.number(worked.value, decimals=1),
    )


@formula.register
def _rate(worked: YearlyRate, fmt: Formatter) -> str:
    numbers = {
        "count": fmt.number(worked.count),
        "inhabitants": fmt.number(worked.inhabitants),
        "unit": fmt.number(worked.per),
        "value": fmt.number(worked.value, decimals=2),
    }
    months = fmt.number(worked.months)
    return fmt.translate("({count} × 12 / {months}) / ({inhabitants} / {unit}) = {value}", months=months, **numbers)


@formula.register
def _total(worked: Total, fmt: Formatter) -> str:
    return fmt.translate("Added up: {value}", value=fmt.number(worked.value))


@formula.register
def _shrunk_rating(worked: ShrunkRating, fmt: Formatter) -> str:
    if isinf(worked.k):
        return fmt.translate(
            "{overall}, the mean of the nation: districts differ no more than chance makes them, so that the mean of "
            "the {n_events} events, {mean}, tells nothing of its own",
            overall=fmt.points(worked.overall),
            n_events=fmt.number(worked.n),
            mean=fmt.points(worked.mean),
        )
    return fmt.translate(
        "({n_events} × ({mean} − {leniency}) + {k} × {overall}) / ({n_events} + {k}) = {value}, where {mean} is the "
        "mean of the {n_events} events, {leniency} how lenient their NGOs are elsewhere, {overall} the mean of the "
        "nation and {k} is k",
        leniency=fmt.points(worked.leniency),
        n_events=fmt.number(worked.n),
        mean=fmt.points(worked.mean),
        k=fmt.points(worked.k),
        overall=fmt.points(worked.overall),
        value=fmt.points(worked.value),
    )


@formula.register
def _median(worked: MiddleValue, fmt: Formatter) -> str:
    if len(worked.middle) == 1:
        return fmt.translate("Median: {value}", value=fmt.number(worked.value))
    low, high = worked.middle
    return fmt.translate(
        "Median of an even number: ({low} + {high}) / 2 = {value}",
        low=fmt.number(low),
        high=fmt.number(high),
        value=fmt.number(worked.value, decimals=1),
    )


@formula.register
def _gini(worked: Unevenness, fmt: Formatter) -> str:
    return fmt.translate(
        "{differences} / ({partners} × {total}) = {value}",
        differences=fmt.number(worked.differences),
        partners=fmt.number(worked.n),
        total=fmt.number(worked.total),
        value=fmt.number(worked.value, decimals=2),
    )


def example_table(
    rows: pd.DataFrame, indicator: Indicator, *, directory: AreaDirectory, is_district: bool, fmt: Formatter
) -> tuple[pd.DataFrame, list[ColumnSpec]]:
    """Return example records of an indicator as text, and the columns that are not empty."""
    translate = fmt.translate
    shown = rows.assign(
        area=[directory.name(code) for code in rows["area_code"]],
        direction=[translate(Direction(code).label) if code else "" for code in rows["direction_code"]],
        address=[_page(indicator, page_id) for page_id in rows["page_id"]],
        counts=[translate("Yes") if is_counted else translate("No") for is_counted in rows["is_counted"]],
    )
    is_share = indicator.unit is Unit.PERCENT
    is_due = indicator.records is not None and indicator.records.kind in DUE
    amount_text = indicator.records.amount_text if indicator.records else ""
    columns = [
        ColumnSpec("record", translate("Record"), link="address"),
        ColumnSpec("area", translate("Area")),
        ColumnSpec("direction", translate("Direction")),
        ColumnSpec("day_date", translate("Due") if is_due else translate("Date"), ColumnType.DATE),
        ColumnSpec("done_date", translate("Done"), ColumnType.DATE),
        ColumnSpec("amount", translate(amount_text) if amount_text else "", ColumnType.NUMBER),
        ColumnSpec("counts", translate("In the numerator") if is_share else translate("Counted")),
    ]
    is_empty = {
        "record": not rows["record"].astype(bool).any(),
        "area": is_district,
        "direction": not rows["direction_code"].astype(bool).any(),
        "done_date": rows["done_date"].isna().all(),
        "amount": rows["amount"].isna().all(),
    }
    return shown, [column for column in columns if not is_empty.get(column.key, False)]


def _page(indicator: Indicator, page_id: object) -> str:
    """Return the address of the page of what a record names; "" where it has none."""
    kind = indicator.records.kind if indicator.records else None
    path = PAGES.get(kind, "") if kind else ""
    return record_address(path, int(float(str(page_id)))) if path and not is_missing(page_id) else ""

"""Forecast of an area in words, as rows of charts, and as a table beside the plan."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from components.charts.forecast import ACTUAL, EXPECTED, PLANNED
from components.shell.address import link_to
from components.shell.chrome import PLAN_ADDRESS
from components.shell.filters import ALL_DIRECTIONS
from components.shell.formatter import Formatter, is_missing, rounded
from components.tables.links import Link, LinkedCell, linked_table
from data.codes import EntryState
from data.indicators.forecasts import FORECAST_METHOD

if TYPE_CHECKING:
    from queries.forecasts import AreaForecast

# Months of the past that a chart shows beside those to come.
SHOWN_MONTHS = 24


def event_names(fmt: Formatter) -> tuple[str, ...]:
    """Return the names of the series of joint events."""
    translate = fmt.translate
    return translate("Held"), translate("Expected"), translate("Planned")


def plan_names(fmt: Formatter) -> tuple[str, ...]:
    """Return the names of the series of plan execution."""
    return fmt.translate("Fulfilled"), fmt.translate("Expected")


def event_rows(found: AreaForecast, *, fmt: Formatter) -> pd.DataFrame:
    """Return the rows of :func:`components.charts.forecast.forecast_chart` for joint events."""
    held = found.history.rename(columns={"held": "value"})[["month", "value", "is_finished"]]
    planned = found.coming[found.coming["planned"] > 0].rename(columns={"planned": "value"})[["month", "value"]]
    return _rows(held, found.coming, ("expected", "low", "high"), fmt.number, planned, fmt=fmt)


def plan_rows(found: AreaForecast, *, fmt: Formatter) -> pd.DataFrame:
    """Return the rows of :func:`components.charts.forecast.forecast_chart` for plan execution, in percent."""
    items = found.history[found.history["planned"] > 0]
    shares = items.assign(value=100 * items["fulfilled"] / items["planned"])[["month", "value", "is_finished"]]
    return _rows(shares, found.coming, ("expected_pct", "low_pct", "high_pct"), fmt.percent, None, fmt=fmt)


def _rows(
    actual: pd.DataFrame,
    coming: pd.DataFrame,
    columns: tuple[str, str, str],
    text: Callable[[float], str],
    planned: pd.DataFrame | None,
    *,
    fmt: Formatter,
) -> pd.DataFrame:
    told = coming[["month", *columns]].set_axis(["month", "value", "low", "high"], axis="columns")
    told = told[told["value"].notna()]
    parts = [actual.tail(SHOWN_MONTHS + 1).assign(series=ACTUAL), told.assign(series=EXPECTED)]
    parts += [planned.assign(series=PLANNED)] if planned is not None else []
    rows = pd.concat([part.assign(value=part["value"].astype(float)) for part in parts], ignore_index=True)
    texts = [
        text(value) if is_missing(low) else f"{text(value)} ({text(low)}–{text(high)})"
        for value, low, high in zip(rows["value"], rows["low"], rows["high"], strict=True)
    ]
    is_finished = rows["is_finished"].ne(False)  # noqa: FBT003 - a column of the frame
    return rows.assign(value_text=texts, month_text=rows["month"].map(fmt.month), is_finished=is_finished)


def event_sentences(found: AreaForecast, *, fmt: Formatter) -> list[str]:
    """Return what is expected of joint events in this month and the next, beside the plan; or why nothing is."""
    translate, months = fmt.translate, FORECAST_METHOD.fewest_months
    if not found.has_events:
        return [
            translate(
                "A forecast of joint events needs {months} finished months since the first one; there are {number}.",
                months=months,
                number=found.event_months,
            )
        ]
    return [
        translate.plural(
            "{month}: {expected} joint event expected, with {certainty} certainty {low}–{high}. Planned: {planned}.",
            "{month}: {expected} joint events expected, with {certainty} certainty {low}–{high}. Planned: {planned}.",
            int(rounded(row["expected"])),
            month=fmt.month(row["month"]),
            expected=fmt.number(row["expected"]),
            low=fmt.number(row["low"]),
            high=fmt.number(row["high"]),
            certainty=fmt.percent(FORECAST_METHOD.interval_pct),
            planned=fmt.number(row["planned"]),
        )
        for row in found.coming.head(2).to_dict("records")
    ]


def plan_sentences(found: AreaForecast, *, fmt: Formatter) -> list[str]:
    """Return what is expected of plan execution in the next months that have a plan; or why nothing is."""
    translate, months = fmt.translate, FORECAST_METHOD.fewest_months
    if not found.has_plan:
        return [
            translate(
                "A forecast of plan execution needs {months} finished months since the first plan item; there are "
                "{number}.",
                months=months,
                number=found.plan_months,
            )
        ]
    told = found.coming[found.coming["expected_pct"].notna()].head(2)
    if told.empty:
        return [translate("The plan has no items for the coming months, so there is nothing to be fulfilled.")]
    return [
        translate(
            "{month}: plan execution of {expected} expected, with {certainty} certainty {low} – {high}.",
            month=fmt.month(row["month"]),
            expected=fmt.percent(row["expected_pct"]),
            low=fmt.percent(row["low_pct"]),
            high=fmt.percent(row["high_pct"]),
            certainty=fmt.percent(FORECAST_METHOD.interval_pct),
        )
        for row in told.to_dict("records")
    ]


def basis_sentence(found: AreaForecast, *, fmt: Formatter) -> str:
    """Return on how many months the forecast rests, and what it does not count."""
    return fmt.translate(
        "All directions together. The forecast continues season and trend, and does not know what is newly decided. It "
        "rests on {event_months} finished months of joint events and {plan_months} of the plan; the running month is "
        "drawn hollow and is no part of that.",
        event_months=found.event_months,
        plan_months=found.plan_months,
    )


def forecast_html(found: AreaForecast, *, has_links: bool, fmt: Formatter, title: str) -> str:
    """Return the months to come as a table; ``has_links``: the reader sees the plan of the area."""
    translate, certainty = fmt.translate, fmt.percent(FORECAST_METHOD.interval_pct)
    interval = translate("Interval ({certainty})", certainty=certainty)
    headings = [translate("Month")]
    if found.has_events:
        headings += [translate("Expected joint events"), interval]
    headings.append(translate("Planned"))
    if found.has_plan:
        headings += [translate("Expected plan execution"), interval]
    rows: list[list[LinkedCell]] = []
    for row in found.coming.to_dict("records"):
        cells: list[LinkedCell] = [fmt.month(row["month"])]
        if found.has_events:
            cells += [fmt.number(row["expected"]), f"{fmt.number(row['low'])}–{fmt.number(row['high'])}"]
        planned = fmt.number(row["planned"])
        cells.append(Link(planned, planned_address(row["month"])) if has_links and row["planned"] else planned)
        if found.has_plan:
            has_items = not is_missing(row["expected_pct"])
            cells += [
                fmt.percent(row["expected_pct"]) if has_items else "–",
                f"{fmt.percent(row['low_pct'])} – {fmt.percent(row['high_pct'])}" if has_items else "–",
            ]
        rows.append(cells)
    return linked_table(headings, rows, title=title, numbers=frozenset(range(1, len(headings))))


def planned_address(month: date) -> str:
    """Return the address of the plan items without an event and the planned events of a month."""
    state = EntryState.PLANNED.value
    return link_to(PLAN_ADDRESS, view="list", year=month.year, month=month.month, state=state, direction=ALL_DIRECTIONS)


def chart_alt(sentences: list[str], title: str) -> str:
    """Return the text alternative of a chart: its title and what is said beside it."""
    return " ".join([f"{title}.", *sentences])

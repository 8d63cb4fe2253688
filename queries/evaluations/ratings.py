"""Ratings of events by NGOs and problems met, without giving a confidential evaluation away.

Named evaluations count at once. Confidential ones count only in released batches (:mod:`data.confidentiality`), and a
batch only where no direction or form is asked for and its months are wholly in the period or month. An NGO is shown its
own evaluations, confidential ones too; of one NGO, leaders are shown named ones only.

An event that was rated by name and in a batch has two ratings, as a batch has one mean for all of its events: ``n``
counts ratings, ``events`` each event once, ``evaluations`` the forms.

Ratings run from 1 to 5. ``mean``, ``interval_low`` and ``interval_high`` (90 %) are NaN where ``is_enough`` is false:
fewer than 5 forms or events. The direction and form of an event are never asked of a batch. All raise ForbiddenError.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from data.codes import Direction, EvaluationItem, EventForm, Problem
from data.dates.period import Period, quarter_start, year_month
from data.indicators import METHOD
from data.indicators.evaluations import EVALUATION_SCORE
from data.policy import Actor, Scope
from data.schema.aggregates import ITEM_COLUMNS, PROBLEM_COLUMNS
from queries.evaluations.rating_sums import ALL, Grain, RatingFilter, rated_events, rating_filter, rating_sums
from queries.indicators.cells import quarter_of
from queries.indicators.trends import trend_points
from queries.indicators.verdicts import item_verdicts

_LOWEST, _HIGHEST = EVALUATION_SCORE.goalposts or (1.0, 5.0)


def ratings_by_item(
    connection: Connection,
    actor: Actor,
    *,
    scope: Scope,
    period: Period,
    direction: Direction | None = None,
    form: EventForm | None = None,
) -> pd.DataFrame:
    """One row an item of the evaluation, in the form's order.

    Columns: item_code, mean, n (forms with a rating of the item), interval_low, interval_high, is_enough, events (that
    the forms are about, the same in each row), verdict_code (a Verdict on the item beside all others).
    """
    asked = rating_filter(connection, actor, scope=scope, period=period, direction=direction, form=form)
    sums = rating_sums(connection, asked, Grain.ALL, columns=ITEM_COLUMNS).reindex([ALL], fill_value=0.0).iloc[0]
    by_item = pd.DataFrame(
        [[sums[f"{kind}_{item}"] for kind in ("marks", "mark_sum", "mark_square_sum")] for item in EvaluationItem],
        columns=["n", "total", "squares"],
    )
    measured = _measured(by_item, is_own=asked.is_own)
    measured.insert(0, "item_code", [item.value for item in EvaluationItem])
    return item_verdicts(measured.assign(events=int(rated_events(connection, asked, Grain.ALL).sum())))


def ratings_by_direction(connection: Connection, actor: Actor, *, scope: Scope, period: Period) -> pd.DataFrame:
    """One row a direction in its declared order, named evaluations only.

    Columns: direction_code, mean (of event means), n (events with a rating), interval_low, interval_high, is_enough,
    events (as n), evaluations.
    """
    asked = rating_filter(connection, actor, scope=scope, period=period)
    return _by_code(connection, asked, Grain.DIRECTION, [direction.value for direction in Direction])


def ratings_by_form(connection: Connection, actor: Actor, *, scope: Scope, period: Period) -> pd.DataFrame:
    """One row a form of event in its declared order, named evaluations only.

    Columns: form_code, mean (of event means), n (events with a rating), interval_low, interval_high, is_enough,
    events (as n), evaluations.
    """
    asked = rating_filter(connection, actor, scope=scope, period=period)
    return _by_code(connection, asked, Grain.FORM, [form.value for form in EventForm])


def _by_code(connection: Connection, asked: RatingFilter, grain: Grain, codes: list[str]) -> pd.DataFrame:
    sums = rating_sums(connection, asked, grain)
    measured = _of_events(sums, codes, grain.value, is_own=asked.is_own)
    forms = sums["evaluations"].reindex(codes, fill_value=0.0).to_numpy()
    return measured.assign(events=measured["n"], evaluations=forms.astype(np.int64))


def ratings_over_time(
    connection: Connection,
    actor: Actor,
    *,
    scope: Scope,
    period: Period,
    today: date,
    direction: Direction | None = None,
    form: EventForm | None = None,
) -> pd.DataFrame:
    """One row a month of the period, or a quarter where most months have too few events, from the first with any.

    Columns: those of :data:`queries.indicators.trends.POINT_COLUMNS` with mean (of event means) for value, and
    interval_low, interval_high, is_enough, events, evaluations.
    """
    asked = rating_filter(connection, actor, scope=scope, period=period, direction=direction, form=form)
    sums = rating_sums(connection, asked, Grain.MONTH)
    sums = sums.assign(events=rated_events(connection, asked, Grain.MONTH).reindex(sums.index, fill_value=0.0))
    first, last = (int(sums.index.min()), period.last_day) if len(sums) else (period.first_year_month, period.last_day)
    start = quarter_start(date(first // 100, first % 100, 1))
    shown = Period.of_months(start, Period(start, last).month_count)
    sums = sums.reindex([year_month(month) for month in shown.months], fill_value=0.0)
    by_month, by_quarter = (
        _rows_over_time(frame, is_own=asked.is_own) for frame in (sums, sums.groupby(sums.index.map(quarter_of)).sum())
    )
    points = trend_points(by_month, lambda _: by_quarter, period=shown, today=today)
    measured = by_quarter if (points["months"] > 1).any() else by_month
    ends = measured[["month", "interval_low", "interval_high", "is_enough", "events", "evaluations"]]
    return points.merge(ends, on="month").rename(columns={"value": "mean"})


def _rows_over_time(sums: pd.DataFrame, *, is_own: bool) -> pd.DataFrame:
    """Return rows as :func:`queries.indicators.trends.trend_points` takes them, with intervals; ``sums`` by YYYYMM."""
    measured = _of_events(sums, list(sums.index), "month", is_own=is_own)
    return measured.rename(columns={"mean": "value"}).assign(
        month=[pd.Timestamp(month // 100, month % 100, 1) for month in sums.index],
        indicator_code=EVALUATION_SCORE.code,
        numerator=sums["event_mark_sum"].to_numpy(),
        denominator=sums["events_marked"].to_numpy(),
        **{name: sums[name].to_numpy().astype(np.int64) for name in ("events", "evaluations")},
    )


def problems_met(
    connection: Connection,
    actor: Actor,
    *,
    scope: Scope,
    period: Period,
    direction: Direction | None = None,
    form: EventForm | None = None,
) -> pd.DataFrame:
    """One row a problem that was named, the most frequent first.

    Columns: problem_code, evaluations (that name it), n (evaluations counted, the same in each row).
    """
    asked = rating_filter(connection, actor, scope=scope, period=period, direction=direction, form=form)
    columns = ("evaluations", *PROBLEM_COLUMNS)
    sums = rating_sums(connection, asked, Grain.ALL, columns=columns).reindex([ALL], fill_value=0.0).iloc[0]
    counts = [(problem.value, int(sums[f"problem_{problem}"])) for problem in Problem]
    named = sorted(((code, count) for code, count in counts if count), key=lambda row: (-row[1], row[0]))
    frame = pd.DataFrame(named, columns=["problem_code", "evaluations"])
    return frame.assign(n=int(sums["evaluations"]))


def _of_events(sums: pd.DataFrame, keys: list[str] | list[int], name: str, *, is_own: bool) -> pd.DataFrame:
    """One row a key in their order, measured over event means."""
    names = {"events_marked": "n", "event_mark_sum": "total", "event_mark_square_sum": "squares"}
    measured = _measured(sums[list(names)].rename(columns=names).reindex(keys, fill_value=0.0), is_own=is_own)
    return measured.rename_axis(name).reset_index()


def _measured(sums: pd.DataFrame, *, is_own: bool) -> pd.DataFrame:
    """Mean and 90 % interval (mean, plus or minus z standard errors) of n ratings by their sum and sum of squares."""
    n = sums["n"].to_numpy(np.float64)
    is_enough = n >= (1 if is_own else EVALUATION_SCORE.minimum_n)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = sums["total"].to_numpy(np.float64) / n
        # Rounding may leave the variance of equal ratings a hair below zero.
        variance = np.maximum(sums["squares"].to_numpy(np.float64) - n * mean**2, 0.0) / np.where(n > 1, n - 1, np.nan)
        spread = METHOD.interval_z * np.sqrt(variance / n)
    measured = {
        "mean": mean,
        "n": n.astype(np.int64),
        "interval_low": np.clip(mean - spread, _LOWEST, _HIGHEST),
        "interval_high": np.clip(mean + spread, _LOWEST, _HIGHEST),
    }
    shown = pd.DataFrame(measured, index=sums.index)
    for column in ("mean", "interval_low", "interval_high"):
        shown[column] = shown[column].where(is_enough)
    return shown.assign(is_enough=is_enough)

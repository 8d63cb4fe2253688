"""What the page of evaluations loads: what ratings rest on, and the rows behind a number with how many it counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from components.evaluations.lists import DIRECTION, FORM, ITEM, PROBLEM, ChosenRows, code_addresses
from components.evaluations.ratings import RestsOn
from components.shell.areas import Area
from components.shell.cache import cached_query
from components.shell.filters import EvaluationsPart, Filters
from components.shell.request_context import RequestContext
from data.codes import Direction, EvaluationItem, EventForm, Problem
from data.dates.period import Period, quarter_start
from data.policy import Action, may
from queries.evaluations.lists import EvaluationKind, named_evaluations
from queries.evaluations.rating_sums import ALL, Grain
from queries.evaluations.ratings import problems_met, ratings_by_direction, ratings_by_form, ratings_by_item
from queries.evaluations.response import confidential_shares, response_rates, share_counted

# Rows of a list behind a number that are loaded at most.
LISTED = 5000
_KINDS: Mapping[str, Callable[[str], EvaluationKind]] = {
    ITEM: lambda code: EvaluationKind(item=EvaluationItem(code)),
    DIRECTION: lambda code: EvaluationKind(direction=Direction(code)),
    FORM: lambda code: EvaluationKind(form=EventForm(code)),
    PROBLEM: lambda code: EvaluationKind(problem=Problem(code)),
}


def addresses_of(
    part: EvaluationsPart, kind: str, filters: Filters, context: RequestContext, **chosen: str
) -> Mapping[str, str]:
    """Return where bars lead to: nowhere for those who may read no single evaluation of this area.

    ``chosen`` are filters in place of the reader's.
    """
    area = filters.directory.seen_in_full(context.actor, filters.area)
    is_read = area == filters.area and may(context.actor, Action.READ_SINGLE_EVALUATIONS)
    return code_addresses(part, kind, **chosen) if is_read else {}


def load_named_evaluations(rows: ChosenRows, area: Area, filters: Filters) -> pd.DataFrame:
    """Return the named evaluations behind a rating or a problem; those by item and problem obey direction and form."""
    kind = _KINDS[rows.kind](rows.code)
    if rows.kind in {ITEM, PROBLEM}:
        kind = replace(kind, direction=filters.direction, form=filters.form)
    return cached_query(named_evaluations, scope=area.scope, period=filters.period, kind=kind, limit=LISTED)


def count_behind(rows: ChosenRows, area: Area, filters: Filters) -> int:
    """Return the number that the list of a rating or a problem is behind."""
    asked: dict[str, Any] = {"scope": area.scope, "period": filters.period}
    chosen = {**asked, "direction": filters.direction, "form": filters.form}
    if rows.kind == ITEM:
        frame, code, count = cached_query(ratings_by_item, **chosen), "item_code", "n"
    elif rows.kind == PROBLEM:
        frame, code, count = cached_query(problems_met, **chosen), "problem_code", "evaluations"
    elif rows.kind == DIRECTION:
        frame, code, count = cached_query(ratings_by_direction, **asked), "direction_code", "evaluations"
    else:
        frame, code, count = cached_query(ratings_by_form, **asked), "form_code", "evaluations"
    return int(frame.loc[frame[code] == rows.code, count].sum())


def rests_on(filters: Filters, context: RequestContext, by: Grain) -> RestsOn:
    """Return what the ratings by item (ALL), direction or form rest on; only those by item have a direction or form."""
    asked: dict[str, Any] = {"scope": filters.scope, "period": filters.period, "today": context.today}
    chosen: dict[str, Any] = {"direction": filters.direction, "form": filters.form} if by is Grain.ALL else {}
    rates = cached_query(response_rates, **asked, by=by, **chosen)
    shares = cached_query(confidential_shares, **asked)
    if by is not Grain.ALL or filters.direction or filters.form:
        # Of a direction or form no confidential evaluation counts.
        shares = shares.assign(counted=0)
    share = share_counted(shares)
    codes = list(Direction) if by is Grain.DIRECTION else list(EventForm) if by is Grain.FORM else [ALL]
    return RestsOn(
        dict(zip(rates["code"], rates["response"], strict=True)),
        {str(code): float(share.iloc[0]) for code in codes} if len(share) else {},
    )


def rests_on_by_month(frame: pd.DataFrame, period: Period, filters: Filters, context: RequestContext) -> RestsOn:
    """Return which share of the confidential evaluations of each month or quarter of ratings over time counts."""
    shares = cached_query(confidential_shares, scope=filters.scope, period=period, today=context.today, by=Grain.MONTH)
    if filters.direction or filters.form:
        shares = shares.assign(counted=0)
    days = [date(month // 100, month % 100, 1) for month in shares["code"]]
    is_quarterly = bool((frame["months"] > 1).any())
    starts = [pd.Timestamp(quarter_start(day) if is_quarterly else day) for day in days]
    summed = shares.assign(code=starts).groupby("code")[["sent", "counted"]].sum()
    return RestsOn(confidential=share_counted(summed).to_dict())

"""Everything that a leader, or anyone by the open data, can see of what NGOs said, over combinations of filters."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any

import pandas as pd
from sqlalchemy import Connection, select

from data.codes import Direction, EventForm, FormalityReason
from data.dates.period import Period
from data.effectiveness.index import EQUAL_WEIGHTS
from data.open_data import NATION_CODE, OPEN_TABLES
from data.policy import Actor, Role, Scope, ScopeKind
from data.schema import Ngo
from queries.attention import attention_counts, attention_list
from queries.effectiveness.formality import formality_reasons
from queries.effectiveness.formality_records import formality_rows
from queries.evaluations.comments import named_comments
from queries.evaluations.coverage import coverage_summary, not_evaluated
from queries.evaluations.lists import EvaluationKind, due_events, named_evaluations
from queries.evaluations.rating_sums import Grain
from queries.evaluations.ratings import (
    problems_met,
    ratings_by_direction,
    ratings_by_form,
    ratings_by_item,
    ratings_over_time,
)
from queries.evaluations.response import confidential_shares, district_responses, response_rates
from queries.events.lists import event_list
from queries.indicators.ngo_values import ngo_values
from queries.indicators.trends import process_trend
from queries.indicators.values import area_values, indicator_sums, indicator_trend, rating_shrinkage
from queries.open_data.figures import open_months, open_years, whole_years
from queries.open_data.tables import open_table
from queries.recommendations.threads import thread_counts, threads
from queries.statistics.composite import index_table
from queries.statistics.draws import pillar_draws, rank_table
from queries.statistics.funnel import funnel
from tests.queries.evaluations.candid_world import DIRECTIONS, DISTRICTS, FIRST_DAY, FORMS
from tests.worlds import DISTRICT, REGION

ADMIN, NATIONAL, VISITOR = Actor(Role.ADMIN), Actor(Role.NATIONAL), Actor.visitor()
REGIONAL = Actor(Role.REGIONAL, region_soato=REGION)
LEADER = Actor(Role.DISTRICT, region_soato=REGION, district_soato=DISTRICT)
WHOLE = Period.of_months(FIRST_DAY, 6)
FIRST_MONTH, FIRST_MONTHS = (Period.of_months(FIRST_DAY, months) for months in (1, 2))
NATION, HOME = Scope.nation(), Scope.district(DISTRICT)
FEW_DRAWS = 20
GRAINS = (ScopeKind.NATION, ScopeKind.REGION, ScopeKind.DISTRICT)
# Ids run with the order of writing, which the play keeps; on PostgreSQL they go on over a rollback. Keys are random.
UNCOMPARED = ["public_id", "entity_id", "event_id", "ngo_id", "memorandum_id", "thing_id"]
DIGITS = 9

Seen = tuple[tuple[object, ...], ...]


@dataclass(frozen=True)
class Curiosity:
    """Filters that the leader tries; besides areas, one NGO by name. ``codes``: directions with forms."""

    periods: tuple[Period, ...]
    areas: tuple[Scope, ...]
    codes: tuple[tuple[Direction | None, EventForm | None], ...]


GLANCE = Curiosity((WHOLE,), (NATION,), ((None, None),))
USUAL = Curiosity((WHOLE, FIRST_MONTH), (NATION, HOME), ((None, None), (DIRECTIONS[0], FORMS[0])))
THOROUGH = Curiosity(
    (WHOLE, FIRST_MONTH, FIRST_MONTHS),
    (NATION, Scope.region(REGION), HOME),
    tuple(product((None, DIRECTIONS[0]), (None, FORMS[0]))),
)


def _plain(frame: pd.DataFrame) -> Seen:
    shown = frame.drop(columns=[name for name in UNCOMPARED if name in frame.columns])
    rows = (tuple(map(_shown, row)) for row in shown.itertuples(index=False))
    return tuple(sorted(rows, key=repr))


def _shown(value: Any) -> object:  # noqa: ANN401 - any cell of a frame
    """Return a value as far as a page could show it: PostgreSQL's order of addition changes the last digit."""
    if pd.isna(value):
        return None
    return round(value, DIGITS) if isinstance(value, float) else value


Asked = Iterator[tuple[str, pd.DataFrame]]
Question = Callable[[Connection, date, Curiosity], Asked]


def on_figures(connection: Connection, today: date, curiosity: Curiosity) -> Asked:
    """Ask for indicators, their trend, and the index."""
    directions = dict.fromkeys(direction for direction, _ in curiosity.codes)
    for period, direction in product(curiosity.periods, directions):
        sums = indicator_sums(connection, NATIONAL, period=period, today=today, direction=direction)
        for grain in GRAINS:
            if grain is not ScopeKind.DISTRICT and (period is not WHOLE or direction is not None):
                continue  # sums of the districts that are asked for anyway
            values = area_values(sums, scope=NATION, by=grain)
            yield f"values {period} {direction} {grain}", values[values["area_code"].isin(["", REGION, *DISTRICTS])]
            if grain is ScopeKind.DISTRICT and direction is None:
                yield from _index(period, values, within=rating_shrinkage(sums).within)
    for scope in curiosity.areas:
        yield f"trend {scope}", indicator_trend(connection, NATIONAL, scope=scope, period=WHOLE, today=today)
        yield f"points {scope}", process_trend(connection, NATIONAL, scope=scope, period=WHOLE, today=today)


def _index(period: Period, values: pd.DataFrame, *, within: float) -> Asked:
    """Return what the Effectiveness page makes of the values: pillars, ranks, and the funnel of ratings."""
    pillars, ranks = (
        index_table(values, EQUAL_WEIGHTS),
        rank_table(pillar_draws(values, draws=FEW_DRAWS), EQUAL_WEIGHTS),
    )
    yield f"pillars {period}", pillars[pillars["area_code"].isin(DISTRICTS)]
    yield f"places {period}", ranks[ranks["area_code"].isin(DISTRICTS)]
    drawn = funnel(values, within=within)
    yield f"funnel {period}", drawn.points.assign(overall=drawn.overall, between=drawn.between, within=within)


def _places(connection: Connection, curiosity: Curiosity) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield areas and one NGO with each period: what to call them, and the arguments of a query."""
    first_ngo = connection.scalars(select(Ngo.id).order_by(Ngo.id).limit(1)).one()
    for scope, period in product((*curiosity.areas, Scope.ngo(first_ngo)), curiosity.periods):
        code = scope.code if scope.kind is not ScopeKind.NGO else ""
        yield f"{scope.kind} {code} {period}", {"scope": scope, "period": period}


def on_items(connection: Connection, _today: date, curiosity: Curiosity) -> Asked:
    """Ask for ratings by item and for problems."""
    for place, about in _places(connection, curiosity):
        for direction, form in curiosity.codes:
            key = f"{place} {direction} {form}"
            chosen: dict[str, Any] = {"direction": direction, "form": form}
            yield f"item {key}", ratings_by_item(connection, ADMIN, **about, **chosen)
            yield f"problem {key}", problems_met(connection, ADMIN, **about, **chosen)


def on_ngos(connection: Connection, today: date, curiosity: Curiosity) -> Asked:
    """Ask for the figures of NGOs."""
    for place, about in _places(connection, curiosity):
        if about["scope"].kind in {ScopeKind.NGO, ScopeKind.DISTRICT}:
            yield f"ngos {place}", ngo_values(connection, ADMIN, **about, today=today)


def on_evaluations(connection: Connection, today: date, curiosity: Curiosity) -> Asked:
    """Ask what else is counted of evaluations."""
    for place, about in _places(connection, curiosity):
        yield f"direction {place}", ratings_by_direction(connection, ADMIN, **about)
        yield f"form {place}", ratings_by_form(connection, ADMIN, **about)
        yield f"month {place}", ratings_over_time(connection, ADMIN, **about, today=today)
        if about["scope"].kind is not ScopeKind.NGO:
            asked = {**about, "today": today}
            yield f"coverage {place}", coverage_summary(connection, ADMIN, **asked)
            yield f"responses {place}", response_rates(connection, ADMIN, **asked, by=Grain.FORM)
            yield f"confidential {place}", confidential_shares(connection, ADMIN, **asked, by=Grain.MONTH)
            yield f"districts {place}", district_responses(connection, ADMIN, **asked)
    yield "not evaluated", not_evaluated(connection, ADMIN, scope=NATION, period=WHOLE, today=today)


def on_records(connection: Connection, today: date, _curiosity: Curiosity) -> Asked:
    """Ask for lists of records."""
    at_home = ((LEADER, HOME), (REGIONAL, Scope.region(REGION)), (ADMIN, NATION))
    for actor, scope in at_home:
        about: dict[str, Any] = {"scope": scope, "today": today}
        yield f"comments {scope}", named_comments(connection, actor, scope=scope, period=WHOLE, limit=500)
        kind = EvaluationKind(form=FORMS[0])
        yield f"named {scope}", named_evaluations(connection, actor, scope=scope, period=WHOLE, kind=kind, limit=500)
        yield f"left {scope}", due_events(connection, actor, **about, period=WHOLE, limit=500)
        yield f"events {scope}", event_list(connection, actor, scope=scope, period=WHOLE, limit=500)
        yield f"attention {scope}", attention_list(connection, actor, **about, limit=500)
        yield f"attention counts {scope}", attention_counts(connection, actor, **about)
        yield f"threads {scope}", threads(connection, actor, **about, limit=500)
        yield f"thread counts {scope}", thread_counts(connection, actor, **about)


def on_formality(connection: Connection, today: date, _curiosity: Curiosity) -> Asked:
    """Ask which cooperation lives on paper only."""
    about: dict[str, Any] = {"scope": NATION, "period": WHOLE, "today": today}
    reasons = formality_reasons(connection, ADMIN, **about)
    yield "formality", reasons[reasons["district_soato"].isin(DISTRICTS)]
    for reason in FormalityReason:
        rows = formality_rows(connection, ADMIN, **about, reason=reason, limit=500)
        yield f"formality {reason}", rows.assign(record_ids=rows["record_ids"].str.count(";"))


def on_open_data(connection: Connection, today: date, _curiosity: Curiosity) -> Asked:
    """Ask, as anyone may, for the open data: the running year, months of all kinds of areas, and all records."""
    yield "open years", open_years(connection, VISITOR, today=today, years=whole_years(today)[-1:])
    yield "open months", open_months(connection, VISITOR, today=today, area_codes=[NATION_CODE, REGION, DISTRICT])
    for table in OPEN_TABLES:
        if table not in {"indicator_years", "indicator_months", "areas", "indicators"}:
            yield f"open {table}", open_table(connection, VISITOR, table, today=today)


EVERYTHING: tuple[Question, ...] = (on_figures, on_items, on_ngos, on_evaluations, on_records, on_formality)


def visible_to(
    curiosity: Curiosity, questions: tuple[Question, ...] = EVERYTHING
) -> Callable[[Connection, date], Mapping[str, Seen]]:
    """Return all visible numbers and texts by question, rows in an order that tells nothing of writing; NaN is None."""

    def look(connection: Connection, today: date) -> Mapping[str, Seen]:
        asked = (answer for question in questions for answer in question(connection, today, curiosity))
        return {name: _plain(frame) for name, frame in asked}

    return look

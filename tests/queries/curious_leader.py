"""Everything that a leader can see of what NGOs said, over combinations of filters, as plain values."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Any

import pandas as pd
from sqlalchemy import Connection, select

from data.period import Period
from data.rights import Actor, Role, Scope, ScopeKind
from data.schema import Ngo
from queries.attention import attention_counts, attention_list
from queries.events import event_list
from queries.figures import indicator_trend, indicator_values
from queries.judgement import marks_by_direction, marks_by_form, marks_by_item, marks_by_month, problems_met
from queries.judgement_comments import named_comments
from queries.judgement_coverage import coverage_summary, not_evaluated
from queries.recommendations import thread_counts, threads
from tests.queries.candid_world import DIRECTIONS, DISTRICTS, FIRST_DAY, FORMS
from tests.worlds import DISTRICT, REGION

ADMIN, NATIONAL = Actor(Role.ADMIN), Actor(Role.NATIONAL)
REGIONAL = Actor(Role.REGIONAL, region_soato=REGION)
LEADER = Actor(Role.DISTRICT, region_soato=REGION, district_soato=DISTRICT)
WHOLE = Period.of_months(FIRST_DAY, 6)
MONTHS = tuple(WHOLE.months)[:3]
PERIODS = (WHOLE, *(Period.of_months(MONTHS[a], b - a + 1) for a, b in ((0, 0), (0, 1))))
AREAS = (Scope.nation(), Scope.region(REGION), Scope.district(DISTRICT))
GRAINS = (ScopeKind.NATION, ScopeKind.REGION, ScopeKind.DISTRICT)
# Ids run with the order of writing, which the play keeps; on PostgreSQL they go on over a rollback. Keys are random.
UNCOMPARED = ["public_id", "entity_id", "event_id", "ngo_id", "memorandum_id"]

Seen = tuple[tuple[object, ...], ...]


def everything_visible(connection: Connection, today: date) -> dict[str, Seen]:
    """All numbers and words by question, rows in an order that tells nothing of writing; NaN is None."""
    asked = [*_figures(connection, today), *_judgement(connection, today), *_records(connection, today)]
    return {name: _plain(frame) for name, frame in asked}


def _plain(frame: pd.DataFrame) -> Seen:
    shown = frame.drop(columns=[name for name in UNCOMPARED if name in frame.columns])
    rows = (tuple(None if pd.isna(value) else value for value in row) for row in shown.itertuples(index=False))
    return tuple(sorted(rows, key=repr))


Asked = Iterator[tuple[str, pd.DataFrame]]


def _figures(connection: Connection, today: date) -> Asked:
    for period, direction, grain in product(PERIODS, (None, DIRECTIONS[0]), GRAINS):
        if grain is not ScopeKind.DISTRICT and (period is not WHOLE or direction is not None):
            continue  # sums of the districts that are asked for anyway
        values = indicator_values(
            connection, NATIONAL, scope=Scope.nation(), period=period, today=today, direction=direction, by=grain
        )
        yield f"values {period} {direction} {grain}", values[values["area_code"].isin(["", REGION, *DISTRICTS])]
    for scope in AREAS[:3]:
        yield f"trend {scope}", indicator_trend(connection, NATIONAL, scope=scope, period=WHOLE, today=today)


def _judgement(connection: Connection, today: date) -> Asked:
    scopes = (*AREAS, *(Scope.ngo(ngo_id) for ngo_id in _ngos(connection)))
    for scope, period in product(scopes, PERIODS):
        about: dict[str, Any] = {"scope": scope, "period": period}
        place = f"{scope.kind} {scope.code if scope.kind is not ScopeKind.NGO else scopes.index(scope)} {period}"
        yield f"direction {place}", marks_by_direction(connection, ADMIN, **about)
        yield f"form {place}", marks_by_form(connection, ADMIN, **about)
        yield f"month {place}", marks_by_month(connection, ADMIN, **about)
        for direction, form in product((None, DIRECTIONS[0]), (None, FORMS[0])):
            key = f"{place} {direction} {form}"
            chosen: dict[str, Any] = {"direction": direction, "form": form}
            yield f"item {key}", marks_by_item(connection, ADMIN, **about, **chosen)
            yield f"problem {key}", problems_met(connection, ADMIN, **about, **chosen)
        if scope.kind is not ScopeKind.NGO:
            yield f"coverage {place}", coverage_summary(connection, ADMIN, **about, today=today)
    yield "not evaluated", not_evaluated(connection, ADMIN, scope=AREAS[0], period=WHOLE, today=today)


def _ngos(connection: Connection) -> list[int]:
    return list(connection.scalars(select(Ngo.id).order_by(Ngo.id)))[:1]


def _records(connection: Connection, today: date) -> Asked:
    at_home = ((LEADER, Scope.district(DISTRICT)), (REGIONAL, Scope.region(REGION)), (ADMIN, Scope.nation()))
    for actor, scope in at_home:
        about: dict[str, Any] = {"scope": scope, "today": today}
        yield f"comments {scope}", named_comments(connection, actor, scope=scope, period=WHOLE, limit=500)
        yield f"events {scope}", event_list(connection, actor, scope=scope, period=WHOLE, limit=500)
        yield f"attention {scope}", attention_list(connection, actor, **about, limit=500)
        yield f"attention counts {scope}", attention_counts(connection, actor, **about)
        yield f"threads {scope}", threads(connection, actor, **about, limit=500)
        yield f"thread counts {scope}", thread_counts(connection, actor, **about)

"""Each role gets what it may see, from every function, and an error for the rest."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import product

import pandas as pd
import pytest
from sqlalchemy import Connection, Engine

from data.codes import Party
from data.database.engine import reading, writing
from data.dates.period import Period
from data.policy import Actor, ForbiddenError, Role, Scope
from queries import attention, forecasts, outlook, requests
from queries.directory import areas
from queries.evaluations import comments, coverage, ratings
from queries.events import entries, lists, sums, year
from queries.memoranda import register as memoranda
from tests.worlds import DISTRICT, FAR_DISTRICT, FAR_REGION, OTHER_DISTRICT, REGION, make_ngo

TODAY = date(2026, 1, 15)
PERIOD = Period.of_year(2025)
OWN_NGO, OTHER_NGO = 1, 2

ACTORS = {
    Role.NATIONAL: Actor(Role.NATIONAL),
    Role.ADMIN: Actor(Role.ADMIN),
    Role.REGIONAL: Actor(Role.REGIONAL, region_soato=REGION),
    Role.DISTRICT: Actor(Role.DISTRICT, region_soato=REGION, district_soato=DISTRICT),
    Role.COORDINATOR: Actor(Role.COORDINATOR, region_soato=REGION, district_soato=DISTRICT),
    Role.NGO: Actor(Role.NGO, region_soato=REGION, district_soato=DISTRICT, ngo_id=OWN_NGO),
    Role.PUBLIC: Actor(Role.PUBLIC),
}
SCOPES = {
    "nation": Scope.nation(),
    "own region": Scope.region(REGION),
    "far region": Scope.region(FAR_REGION),
    "own district": Scope.district(DISTRICT),
    "other district": Scope.district(OTHER_DISTRICT),
    "far district": Scope.district(FAR_DISTRICT),
    "own ngo": Scope.ngo(OWN_NGO),
    "other ngo": Scope.ngo(OTHER_NGO),
    "unknown district": Scope.district("0000000"),
}
AREAS = {"nation", "own region", "far region", "own district", "other district", "far district", "unknown district"}
NGOS = {"own ngo", "other ngo"}
OWN_REGION = {"own region", "own district", "other district"}

Read = Callable[[Connection, Actor, Scope], pd.DataFrame]
RECORDS: dict[str, Read] = {
    "memorandum_register": lambda c, a, s: memoranda.memorandum_register(c, a, scope=s, today=TODAY),
    "obligations": lambda c, a, s: memoranda.obligations(c, a, scope=s, today=TODAY),
    "amendments": lambda c, a, s: memoranda.amendments(c, a, scope=s),
    "event_list": lambda c, a, s: lists.event_list(c, a, scope=s, period=PERIOD, limit=10),
    "entries": lambda c, a, s: (
        entries.entries(c, a, scope=s, wanted=entries.EntryFilter(year=TODAY.year), today=TODAY, limit=10).frame
    ),
    "year_grid": lambda c, a, s: year.year_grid(
        c, a, scope=s, year=TODAY.year, today=TODAY, rows=year.GridRows.DIRECTION
    ),
    "day_counts": lambda c, a, s: year.day_counts(
        c, a, scope=s, wanted=entries.EntryFilter(year=TODAY.year, month=TODAY.month), today=TODAY
    ),
    "named_comments": lambda c, a, s: comments.named_comments(c, a, scope=s, period=PERIOD, limit=10),
    "waiting_requests": lambda c, a, s: (
        requests.waiting_requests(c, a, scope=s, asked_by=Party.NGO, today=TODAY, limit=10).frame
    ),
    "answered_requests": lambda c, a, s: requests.answered_requests(c, a, scope=s, limit=10).frame,
    "not_evaluated": lambda c, a, s: coverage.not_evaluated(c, a, scope=s, period=PERIOD, today=TODAY),
}
ATTENTION: dict[str, Read] = {
    "attention_list": lambda c, a, s: attention.attention_list(c, a, scope=s, today=TODAY, limit=10),
    "outlook_list": lambda c, a, s: outlook.outlook_list(c, a, scope=s, today=TODAY, limit=10),
    "outlook_counts": lambda c, a, s: outlook.outlook_counts(c, a, scope=s, today=TODAY),
    "attention_counts": lambda c, a, s: attention.attention_counts(c, a, scope=s, today=TODAY),
}
FIGURES: dict[str, Read] = {
    "events_by_direction": lambda c, a, s: sums.events_by_direction(c, a, scope=s, period=PERIOD),
    "participants_by_group": lambda c, a, s: sums.participants_by_group(c, a, scope=s, period=PERIOD),
    "planned_counts": lambda c, a, s: outlook.planned_counts(c, a, scope=s, period=PERIOD, today=TODAY),
    "area_forecast": lambda c, a, s: forecasts.area_forecast(c, a, scope=s, today=TODAY).coming,
    "plan_and_fact": lambda c, a, s: sums.plan_and_fact(c, a, scope=s, period=PERIOD),
    "ratings_by_item": lambda c, a, s: ratings.ratings_by_item(c, a, scope=s, period=PERIOD),
    "ratings_by_direction": lambda c, a, s: ratings.ratings_by_direction(c, a, scope=s, period=PERIOD),
    "ratings_by_form": lambda c, a, s: ratings.ratings_by_form(c, a, scope=s, period=PERIOD),
    "ratings_over_time": lambda c, a, s: ratings.ratings_over_time(c, a, scope=s, period=PERIOD, today=TODAY),
    "problems_met": lambda c, a, s: ratings.problems_met(c, a, scope=s, period=PERIOD),
}
PUBLISHED: dict[str, Read] = {
    "district_status": lambda c, a, s: memoranda.district_status(c, a, scope=s, today=TODAY),
    "districts": lambda c, a, s: areas.districts(c, a, scope=s),
}

RECORD_SCOPES: dict[Role, set[str]] = {
    Role.NATIONAL: AREAS | NGOS,
    Role.ADMIN: AREAS | NGOS,
    Role.REGIONAL: OWN_REGION | NGOS,
    Role.DISTRICT: {"own district"} | NGOS,
    Role.COORDINATOR: {"own district"} | NGOS,
    Role.NGO: AREAS | {"own ngo"},
    Role.PUBLIC: set(),
}
COMPARED = {"nation", "own region", "far region"}
NOT_LEADERS = {Role.NGO, Role.PUBLIC}


def _allowed(function: str, role: Role) -> set[str]:
    if function in RECORDS:
        return RECORD_SCOPES[role]
    if function in ATTENTION:
        return set() if role in NOT_LEADERS else RECORD_SCOPES[role]
    if function in FIGURES:
        return RECORD_SCOPES[role] if role in NOT_LEADERS else RECORD_SCOPES[role] | COMPARED
    return AREAS | (RECORD_SCOPES[role] & NGOS)


@pytest.fixture
def world(engine: Engine) -> Engine:
    with writing(engine) as connection:
        assert make_ngo(connection) == OWN_NGO
        assert make_ngo(connection) == OTHER_NGO
    return engine


def test_every_function_refuses_each_role_what_it_may_not_see(world: Engine) -> None:
    functions = {**RECORDS, **ATTENTION, **FIGURES, **PUBLISHED}
    with reading(world) as connection:
        for role, (function, read) in product(Role, functions.items()):
            answered = {name for name, scope in SCOPES.items() if _answers(read, connection, role, scope)}
            assert answered == _allowed(function, role), (role, function)


def _answers(read: Read, connection: Connection, role: Role, scope: Scope) -> bool:
    try:
        read(connection, ACTORS[role], scope)
    except ForbiddenError:
        return False
    return True


@pytest.mark.both_databases
@pytest.mark.parametrize("role", [Role.REGIONAL, Role.DISTRICT, Role.COORDINATOR, Role.NGO])
@pytest.mark.parametrize("scope", [Scope.nation(), Scope.district(DISTRICT), Scope.ngo(OWN_NGO)])
def test_an_account_without_its_place_sees_no_records_of_others(world: Engine, role: Role, scope: Scope) -> None:
    with reading(world) as connection, pytest.raises(ForbiddenError):
        RECORDS["memorandum_register"](connection, Actor(role), scope)

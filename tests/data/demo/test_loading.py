"""Loading is repeatable to the row, refuses what it might spoil, and leaves nothing behind when it fails."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest
from sqlalchemy import Engine, func, insert, select

from data.accounts.accounts import NewAccount, add_account
from data.accounts.passwords import is_correct
from data.database.engine import reading, writing
from data.demo import DemoError, load_demo
from data.demo import load as loading
from data.policy import Role
from data.schema import Account, AuditEntry, Base, JointEvent, Mahalla, Meta, Ngo
from tests.data.demo.conftest import UNTIL
from tests.databases import Databases

SMALL = 0.03
BY_MOMENT = {"account", "audit_entry", "stale_month", "data_version", "alembic_version"}


def digest(engine: Engine) -> str:
    """A checksum over all rows but those that hold the moment of loading."""
    sums = hashlib.sha256()
    with reading(engine) as connection:
        for table in Base.metadata.sorted_tables:
            if table.name not in BY_MOMENT:
                rows = connection.execute(select(table).order_by(*table.primary_key.columns))
                sums.update("\n".join(repr(tuple(row)) for row in rows).encode())
    return sums.hexdigest()


def test_the_same_seed_gives_the_same_rows_and_another_one_others(databases: Databases) -> None:
    digests = []
    for kind, seed in (("sqlite", 7), ("sqlite", 7), ("postgresql", 7), ("sqlite", 8)):
        with databases.copy(kind) as engine:
            load_demo(engine, until=UNTIL, seed=seed, scale=SMALL)
            digests.append(digest(engine))
    first, again, on_postgresql, other = digests
    assert first == again == on_postgresql != other


def test_real_records_are_never_mixed_with_demo_data(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(insert(Ngo).values(name="Haqiqiy", stir="300000001", district_soato="1703202", contact=""))
    with pytest.raises(DemoError, match="real records"):
        load_demo(engine, until=UNTIL, scale=SMALL)


def test_a_load_that_fails_leaves_nothing(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    before = digest(engine)

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(loading, "_mark_loaded", fail)
    with pytest.raises(RuntimeError):
        load_demo(engine, until=UNTIL, scale=SMALL)
    assert digest(engine) == before


def test_loading_is_told_marked_and_done_once_and_keeps_the_password_of_an_account(engine: Engine) -> None:
    with writing(engine) as connection:
        mine = NewAccount(login="Admin", role=Role.ADMIN)
        add_account(connection, mine, password="Qoratogʻ-1987-x", actor="test")
    steps: list[tuple[int, int]] = []
    loaded = load_demo(engine, until=UNTIL, scale=SMALL, progress=lambda done, total: steps.append((done, total)))
    assert loaded.accounts == 5
    assert [done for done, _ in steps] == list(range(1, steps[-1][1] + 1))
    with reading(engine) as connection:
        row = connection.execute(select(Account).where(Account.login_key == "admin")).one()
        assert connection.scalar(select(Meta.value).where(Meta.key == "demo_loaded")) == UNTIL.isoformat()
        assert connection.scalar(select(AuditEntry.action_code).where(AuditEntry.entity == "meta")) == "load_demo"
    assert not row.is_demo
    assert is_correct("Qoratogʻ-1987-x", password_hash=row.password_hash)
    before = digest(engine)
    with pytest.raises(DemoError, match="loaded already"):
        load_demo(engine, until=UNTIL, scale=SMALL)
    assert digest(engine) == before


@pytest.mark.parametrize("until", [date(2028, 2, 29), date(2027, 1, 1)])
def test_any_day_of_the_year_will_do_and_new_rows_are_numbered_after_it(engine: Engine, until: date) -> None:
    outcome = load_demo(engine, until=until, scale=SMALL)
    with reading(engine) as connection:
        ((held, last),) = connection.execute(
            select(func.count(), func.max(JointEvent.event_date)).where(JointEvent.state_code == "held")
        ).all()
    assert 0 < held < outcome.events
    assert last <= until
    row = {"district_soato": "1703202", "name": "Yangi MFY", "name_key": "yangi mfy 2", "post": ""}
    with writing(engine) as connection:
        before = connection.scalar(select(func.max(Mahalla.id)))
        assert before is not None
        assert connection.execute(insert(Mahalla).values(**row).returning(Mahalla.id)).scalar_one() > before

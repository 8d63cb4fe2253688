"""Migrations and models agree on both databases, and a database with rows goes through migrations unharmed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from shutil import copytree

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine, func, inspect, select, text

from data.cli import main
from data.codes import Visibility
from data.database import migrate as migrations
from data.database.engine import new_engine, reading, writing
from data.database.migrate import UnknownSchemaError, alembic_config, is_current, migrate, write_migration
from data.schema import Base, JointEventNgo, StaleMonth
from data.schema.triggers import APPEND_ONLY, SUMMED, VERSION_ONLY, drop_triggers
from tests.data.test_aggregates import assert_exact
from tests.databases import Databases, directory
from tests.worlds import make_evaluation, make_event, make_ngo, make_recommendation

pytestmark = pytest.mark.both_databases

# Tables whose rows no page counts or caches: accounts, work in progress, and the sums themselves.
WITHOUT_TRIGGERS = {
    "account",
    "account_link",
    "account_session",
    "confidential_batch",
    "confidential_batch_item",
    "confidential_batch_member",
    "confidential_batch_problem",
    "data_version",
    "record_draft",
    "sent_form",
    "district_day",
    "district_month",
    "evaluation_draft",
    "evaluation_draft_answer",
    "evaluation_text",
    "event_reopening",
    "evaluation_month",
    "mahalla_year",
    "ngo_month",
    "notice",
    "notice_choice",
    "notice_delivery",
    "notice_kind_off",
    "notice_sender",
    "partner_month",
    "recommendation_step",
    "sign_in_failure",
    "stale_month",
}


def models(engine: Engine) -> None:
    """The tables as the models declare them, made without a migration."""
    Base.metadata.create_all(engine)


def checks(connection: Connection) -> dict[str, dict[str | None, str]]:
    """The check constraints by table and name, which autogenerate does not compare."""
    found = inspect(connection).get_multi_check_constraints()
    return {
        table: {check["name"]: " ".join(check["sqltext"].split()) for check in of_table}
        for (_, table), of_table in found.items()
        if table != "alembic_version"
    }


def triggers(connection: Connection) -> list[str]:
    """The names of the triggers."""
    catalogue = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }
    return sorted(connection.execute(text(catalogue[connection.dialect.name])).scalars())


def test_a_migrated_database_is_what_the_models_say(engine: Engine, databases: Databases) -> None:
    with reading(engine) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []
        migrated = checks(connection)
    with databases.copy(engine.dialect.name, models) as declared, reading(declared) as connection:
        assert migrated == checks(connection)
    assert migrated["joint_event"]


def test_every_table_has_its_triggers_or_needs_none() -> None:
    with_triggers = {*SUMMED, *VERSION_ONLY, *APPEND_ONLY.values()}
    assert with_triggers.isdisjoint(WITHOUT_TRIGGERS)
    assert with_triggers | WITHOUT_TRIGGERS == set(Base.metadata.tables)


@pytest.fixture
def evaluated(engine: Engine) -> Engine:
    """A database with two evaluated events and their recommendations."""
    with writing(engine) as connection:
        for visibility in Visibility:
            ngo = make_ngo(connection)
            event = make_event(connection, event_date=date(2025, 3, 1), ngo_ids=(ngo,))
            evaluation = make_evaluation(
                connection,
                event_id=event,
                ngo_id=ngo,
                submitted_date=date(2025, 3, 4),
                mark=4,
                visibility=visibility,
            )
            make_recommendation(connection, evaluation_id=evaluation, created_date=date(2025, 3, 5))
    assert_exact(engine)
    return engine


def test_a_database_goes_down_to_nothing_and_up_again(engine: Engine) -> None:
    with reading(engine) as connection:
        names = triggers(connection)
    with writing(engine) as connection:
        drop_triggers(connection)
        command.downgrade(alembic_config(connection), "base")
        assert inspect(connection).get_table_names() == ["alembic_version"]
        assert triggers(connection) == []
    directory(engine)
    with reading(engine) as connection:
        assert is_current(connection)
        assert triggers(connection) == names
    assert_exact(engine)


@pytest.fixture
def later_migrations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the migrations, to which a test adds one; the models stay."""
    folder = tmp_path / "migrations"
    copytree(migrations.MIGRATIONS, folder)
    monkeypatch.setattr(migrations, "MIGRATIONS", folder)
    return folder / "versions"


ALTER_EVENTS = """with op.batch_alter_table("joint_event") as batch_op:
        batch_op.add_column(sa.Column("venue", sa.String(), nullable=True))
        batch_op.create_check_constraint(op.f("ck_joint_event_venue"), "venue <> ''")"""


def test_a_new_migration_alters_a_table_and_leaves_rows_and_triggers(evaluated: Engine, later_migrations: Path) -> None:
    write_migration(new_engine("sqlite:///:memory:"), "Add venue")
    written = max(later_migrations.glob("*_add_venue.py"))
    source = written.read_text(encoding="utf-8")
    assert source.count("    pass") == 2  # models and migrations agree
    written.write_text(source.replace("pass", ALTER_EVENTS, 1), encoding="utf-8")
    with reading(evaluated) as connection:
        names = triggers(connection)
        assert not is_current(connection)
    migrate(evaluated)
    with reading(evaluated) as connection:
        assert is_current(connection)
        assert triggers(connection) == names
        assert connection.scalar(select(func.count()).select_from(JointEventNgo)) == len(Visibility)
    assert_exact(evaluated)
    with writing(evaluated) as connection:
        connection.execute(text("UPDATE joint_event SET venue = 'Oqtepa'"))
    with reading(evaluated) as connection:
        assert connection.scalar(select(func.count()).select_from(StaleMonth))
    assert_exact(evaluated)


@pytest.mark.parametrize("revision", ["0001", "0011", "0999_of_a_newer_version"])
def test_a_database_of_an_unknown_schema_is_left_as_it_is(
    revision: str, databases: Databases, capsys: pytest.CaptureFixture[str]
) -> None:
    with databases.copy("sqlite") as engine:
        with writing(engine) as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})
            names = triggers(connection)
        with pytest.raises(UnknownSchemaError, match=revision):
            migrate(engine)
        url = engine.url.render_as_string(hide_password=False)
        assert main(["init", f"--database={url}", "--lang", "en"]) == 1
        assert "DATABASE_URL" in capsys.readouterr().err
        with reading(engine) as connection:
            assert triggers(connection) == names

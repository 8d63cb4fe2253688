"""Packs of coordination meetings, which nobody can change or delete; decisions get a public key and a version."""

# ruff: noqa: S608 - the statements are made of the names below and nothing else

from collections.abc import Iterator
from importlib import import_module

import sqlalchemy as sa
from alembic import op

from data.schema import UtcDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

marks = import_module("data.migrations.versions.0002_keep_aggregates_exact")

REFUSAL = "pack is append-only"
INDEXES = (
    ("ix_pack_area_code_today", ["area_code", "today"]),
    ("ix_pack_meeting_id", ["meeting_id"]),
)
SCOPES = "'nation', 'region', 'district'"
REGION = "CASE scope_code WHEN 'district' THEN substr(area_code, 1, 4) WHEN 'region' THEN area_code ELSE NULL END"
DISTRICT = "CASE scope_code WHEN 'district' THEN area_code ELSE NULL END"
RANDOM_KEY = {
    "sqlite": "lower(hex(randomblob(16)))",
    "postgresql": "replace(CAST(gen_random_uuid() AS VARCHAR), '-', '')",
}


def _text(name: str, length: int | None = None, *, is_known: bool = True) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), nullable=not is_known)


def _refers(column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=f"fk_pack_{column}")


def _check(name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_pack_{name}"))


def _create_pack() -> None:
    op.create_table(
        "pack",
        *(_text("id", 36), _text("scope_code", 40), _text("area_code", 10)),
        sa.Column("region_soato", sa.String(length=10), sa.Computed(REGION, persisted=True)),
        sa.Column("district_soato", sa.String(length=10), sa.Computed(DISTRICT, persisted=True)),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        *(sa.Column(name, sa.Date(), nullable=False) for name in ("first_day", "last_day", "today")),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        *(_text("author_name"), _text("method_version"), _text("data_version")),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        *(_text("previous_pack_id", 36, is_known=False), _text("content"), _text("content_sha256", 64)),
        *(
            _check("scope_code", f"scope_code IN ({SCOPES})"),
            _check("area", "(scope_code = 'nation') = (area_code = '')"),
        ),
        _check("period", "first_day <= last_day"),
        *(_refers("region_soato", "region.soato"), _refers("district_soato", "district.soato")),
        *(_refers("meeting_id", "meeting.id"), _refers("previous_pack_id", "pack.id")),
        sa.PrimaryKeyConstraint("id", name="pk_pack"),
    )
    for name, columns in INDEXES:
        op.create_index(name, "pack", columns)


def _sqlite_triggers() -> Iterator[tuple[str, str]]:
    refuse = f"SELECT RAISE(ABORT, '{REFUSAL}');"
    for operation in ("UPDATE", "DELETE"):
        yield f"refuse_pack_{operation.lower()}", f"BEFORE {operation} ON pack BEGIN {refuse} END"
    # INSERT OR REPLACE removes a row without telling a DELETE trigger.
    yield (
        "refuse_pack_replace",
        f"BEFORE INSERT ON pack WHEN EXISTS (SELECT 1 FROM pack WHERE id = NEW.id) BEGIN {refuse} END",
    )
    mark = marks._sqlite_mark("SELECT '', 0")
    yield "mark_pack_insert", f"AFTER INSERT ON pack BEGIN {mark} END"


def _postgresql_triggers() -> Iterator[tuple[str, str, str]]:
    when = "BEFORE UPDATE OR DELETE OR TRUNCATE ON pack FOR EACH STATEMENT"
    yield "refuse_pack_change", when, f"RAISE EXCEPTION '{REFUSAL}';"
    yield "mark_pack", "AFTER INSERT ON pack FOR EACH STATEMENT", f"{marks._MARK} VALUES ('', 0); RETURN NULL;"


def _create_triggers() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name, definition in _sqlite_triggers():
            op.execute(f"CREATE TRIGGER {name} {definition}")
        return
    for name, when, body in _postgresql_triggers():
        op.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$")
        op.execute(f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION {name}()")


def _add_to_decisions() -> None:
    key = RANDOM_KEY[op.get_bind().dialect.name]
    op.add_column("decision", sa.Column("version", sa.Integer(), server_default="1", nullable=False))
    # SQLite adds a column that may not be null only with a constant default; the unique index keeps it from being used.
    op.add_column("decision", sa.Column("public_id", sa.String(length=36), server_default="", nullable=False))
    op.execute(f"UPDATE decision SET public_id = {key}")
    op.create_index("ix_decision_public_id", "decision", ["public_id"], unique=True)


def upgrade() -> None:
    _create_pack()
    _create_triggers()
    _add_to_decisions()


def downgrade() -> None:
    op.drop_index("ix_decision_public_id", table_name="decision")
    for name in ("public_id", "version"):
        op.drop_column("decision", name)
    if op.get_bind().dialect.name == "sqlite":
        for name, _ in _sqlite_triggers():
            op.execute(f"DROP TRIGGER {name}")
    else:
        for name, _, _ in _postgresql_triggers():
            op.execute(f"DROP FUNCTION {name}() CASCADE")
    op.drop_table("pack")

"""Requests, support, trainings, meetings, offences and targets; numbers of obligations and plan items.

Every write to the new tables moves the version of the data, whoever the writer is.
"""

# ruff: noqa: S608 - the statements are made of the names below and nothing else

from collections.abc import Iterator
from importlib import import_module

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

marks = import_module("data.migrations.versions.0002_keep_aggregates_exact")

# In the order in which they are made; they are dropped in the opposite one.
TABLES = (
    "information_request",
    "support",
    "training",
    "training_mahalla",
    "training_ngo",
    "meeting",
    "decision",
    "decision_cause",
    "offence_count",
    "crime_free_count",
    "target",
)
INDEXES = (
    ("ix_information_request_due", "information_request", "due_date", "district_soato", "answered_date", "sent_date"),
    (
        "ix_information_request_district",
        "information_request",
        "district_soato",
        "due_date",
        "answered_date",
        "sent_date",
    ),
    ("ix_information_request_ngo_id_due_date", "information_request", "ngo_id", "due_date"),
    ("ix_support_date", "support", "support_date", "district_soato", "ngo_id", "amount_uzs"),
    ("ix_support_district", "support", "district_soato", "support_date", "ngo_id", "amount_uzs"),
    ("ix_support_ngo_id_support_date", "support", "ngo_id", "support_date"),
    ("ix_training_training_date_district_soato", "training", "training_date", "district_soato"),
    ("ix_training_district_soato_training_date", "training", "district_soato", "training_date"),
    ("ix_training_mahalla_mahalla_id", "training_mahalla", "mahalla_id"),
    ("ix_training_ngo_ngo_id", "training_ngo", "ngo_id"),
    ("ix_meeting_area_code_meeting_date", "meeting", "area_code", "meeting_date"),
    ("ix_meeting_district_soato_meeting_date", "meeting", "district_soato", "meeting_date"),
    ("ix_meeting_region_soato_meeting_date", "meeting", "region_soato", "meeting_date"),
    ("ix_decision_due_date_meeting_id_done_date", "decision", "due_date", "meeting_id", "done_date"),
    ("ix_decision_cause_kind_code_reference", "decision_cause", "kind_code", "reference"),
    ("ix_offence_count_month", "offence_count", "category_code", "year_month", "district_soato", "offences"),
    ("ix_crime_free_count_month", "crime_free_count", "year_month", "district_soato", "mahallas_crime_free"),
    ("ix_target_year_area_code", "target", "year", "area_code"),
)
NUMBERED = (
    ("ix_obligation_memorandum_id_number", "obligation", ["memorandum_id", "number"]),
    ("ix_plan_item_district_soato_year_number", "plan_item", ["district_soato", "year", "number"]),
)
CODES = {
    "party": ("ngo", "police"),
    "request": ("statistics", "arrangements", "legal_information", "plans_and_reports", "other"),
    "support": ("venue", "transport", "printed_matter", "equipment", "grant"),
    "audience": ("inspectors", "ngo"),
    "scope": ("nation", "region", "district"),
    "cause": ("indicator", "recommendation", "obligation", "memorandum", "request", "decision"),
    "offence": ("all", "criminal_search", "youth", "women", "repeat"),
}
# A plan item that INSERT OR REPLACE removes by its number, which SQLite tells no DELETE trigger.
REPLACED_ITEM = "mark_plan_item_replace_number"


def _text(name: str, length: int | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), nullable=False)


def _soato(name: str = "district_soato") -> sa.Column[str]:
    return _text(name, 10)


def _code(name: str) -> sa.Column[str]:
    return _text(name, 40)


def _day(name: str, *, is_known: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.Date(), nullable=not is_known)


def _whole(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _one_of(table: str, column: str, codes: str) -> sa.CheckConstraint:
    listed = ", ".join(f"'{code}'" for code in CODES[codes])
    return sa.CheckConstraint(f"{column} IN ({listed})", name=op.f(f"ck_{table}_{column}"))


def _check(table: str, name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def _refers(table: str, column: str, target: str, *, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [target], name=name, ondelete=ondelete)


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=op.f(f"pk_{table}"))


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def _of_area(table: str) -> Iterator[sa.schema.SchemaItem]:
    region = "CASE scope_code WHEN 'district' THEN substr(area_code, 1, 4) WHEN 'region' THEN area_code ELSE NULL END"
    district = "CASE scope_code WHEN 'district' THEN area_code ELSE NULL END"
    yield _code("scope_code")
    yield sa.Column("region_soato", sa.String(length=10), sa.Computed(region, persisted=True))
    yield sa.Column("district_soato", sa.String(length=10), sa.Computed(district, persisted=True))
    yield _one_of(table, "scope_code", "scope")
    yield _check(table, "area", "(scope_code = 'nation') = (area_code = '')")
    yield _refers(table, "region_soato", "region.soato")
    yield _refers(table, "district_soato", "district.soato")


def _create_exchange() -> None:
    table = "information_request"
    op.create_table(
        table,
        *(_whole("id"), _soato(), _text("number"), _whole("ngo_id"), _code("asked_by_code"), _code("kind_code")),
        *(_text("topic"), _day("sent_date"), _day("due_date"), _day("answered_date", is_known=False)),
        *(_one_of(table, "asked_by_code", "party"), _one_of(table, "kind_code", "request")),
        *(_check(table, "due", "due_date >= sent_date"), _check(table, "answered", "answered_date >= sent_date")),
        *(_refers(table, "district_soato", "district.soato"), _refers(table, "ngo_id", "ngo.id")),
        *(_key(table, "id"), _unique(table, "district_soato", "number")),
    )
    table = "support"
    op.create_table(
        table,
        *(_whole("id"), _soato(), _text("number"), _whole("ngo_id"), _code("kind_code")),
        *(sa.Column("amount_uzs", sa.BigInteger(), nullable=True), _day("support_date"), _text("source")),
        *(_one_of(table, "kind_code", "support"), _check(table, "amount", "amount_uzs >= 0")),
        *(_refers(table, "district_soato", "district.soato"), _refers(table, "ngo_id", "ngo.id")),
        *(_key(table, "id"), _unique(table, "district_soato", "number")),
    )


def _create_trainings() -> None:
    table = "training"
    op.create_table(
        table,
        *(_whole("id"), _soato(), _text("number"), _code("audience_code"), _text("topic"), _day("training_date")),
        *(_whole("hours"), _whole("people"), _one_of(table, "audience_code", "audience")),
        *(_check(table, "hours", "hours > 0"), _check(table, "people", "people > 0")),
        *(_refers(table, "district_soato", "district.soato"), _key(table, "id")),
        _unique(table, "district_soato", "number"),
    )
    for member in ("mahalla", "ngo"):
        table = f"training_{member}"
        op.create_table(
            table,
            *(_whole("training_id"), _whole(f"{member}_id")),
            _refers(table, "training_id", "training.id", ondelete="CASCADE"),
            *(_refers(table, f"{member}_id", f"{member}.id"), _key(table, "training_id", f"{member}_id")),
        )


def _create_meetings() -> None:
    op.create_table(
        "meeting",
        *(_whole("id"), _soato("area_code"), _text("number"), _text("title"), _day("meeting_date")),
        *(*_of_area("meeting"), _key("meeting", "id"), _unique("meeting", "area_code", "number")),
    )
    table = "decision"
    op.create_table(
        table,
        *(_whole("id"), _whole("meeting_id"), _whole("number"), _text("text"), _text("owner")),
        *(_day("due_date"), _day("done_date", is_known=False), _text("evidence")),
        *(_check(table, "number", "number > 0"), _refers(table, "meeting_id", "meeting.id", ondelete="CASCADE")),
        *(_key(table, "id"), _unique(table, "meeting_id", "number")),
    )
    table = "decision_cause"
    op.create_table(
        table,
        *(_whole("decision_id"), _code("kind_code"), _text("reference"), _one_of(table, "kind_code", "cause")),
        _refers(table, "decision_id", "decision.id", ondelete="CASCADE"),
        _key(table, "decision_id", "kind_code", "reference"),
    )


def _create_context() -> None:
    month = "year_month % 100 BETWEEN 1 AND 12"
    table = "offence_count"
    op.create_table(
        table,
        *(_soato(), _whole("year_month"), _code("category_code"), _whole("offences"), _text("source")),
        *(_one_of(table, "category_code", "offence"), _check(table, "offences", "offences >= 0")),
        *(_check(table, "month", month), _refers(table, "district_soato", "district.soato")),
        _key(table, "district_soato", "year_month", "category_code"),
    )
    table = "crime_free_count"
    op.create_table(
        table,
        *(_soato(), _whole("year_month"), _whole("mahallas_crime_free"), _text("source")),
        *(_check(table, "mahallas", "mahallas_crime_free >= 0"), _check(table, "month", month)),
        *(_refers(table, "district_soato", "district.soato"), _key(table, "district_soato", "year_month")),
    )
    table = "target"
    op.create_table(
        table,
        *(_code("indicator_code"), _whole("year"), _soato("area_code"), *_of_area(table)),
        *(sa.Column("value", sa.Double(), nullable=False), _key(table, "indicator_code", "year", "area_code")),
    )


def _triggers() -> Iterator[tuple[str, str]]:
    """Triggers of SQLite (name, definition) that move the version."""
    mark = marks._sqlite_mark("SELECT '', 0")
    for table in TABLES:
        for operation in marks.OPERATIONS:
            yield f"mark_{table}_{operation.lower()}", f"AFTER {operation} ON {table} BEGIN {mark} END"
    gone = "(SELECT * FROM plan_item p WHERE p.district_soato = NEW.district_soato AND p.year = NEW.year AND p.number = NEW.number)"
    mark = marks._sqlite_mark(marks.CELLS["plan_item"].format(rows=gone))
    yield REPLACED_ITEM, f"BEFORE INSERT ON plan_item WHEN NEW.number IS NOT NULL BEGIN {mark} END"


def _create_triggers() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name, definition in _triggers():
            op.execute(f"CREATE TRIGGER {name} {definition}")
        return
    for table in TABLES:
        body = f"{marks._MARK} VALUES ('', 0); RETURN NULL;"
        op.execute(f"CREATE FUNCTION mark_{table}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$")
        when = f"AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} FOR EACH STATEMENT"
        op.execute(f"CREATE TRIGGER mark_{table} {when} EXECUTE FUNCTION mark_{table}()")


def _drop_triggers() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name, _ in _triggers():
            op.execute(f"DROP TRIGGER {name}")
        return
    for table in TABLES:
        op.execute(f"DROP FUNCTION mark_{table}() CASCADE")


def upgrade() -> None:
    _create_exchange()
    _create_trainings()
    _create_meetings()
    _create_context()
    for name, table, *columns in INDEXES:
        op.create_index(name, table, columns)
    for name, table, columns in NUMBERED:
        op.add_column(table, sa.Column("number", sa.String(), nullable=True))
        op.create_index(name, table, columns, unique=True)
    _create_triggers()


def downgrade() -> None:
    _drop_triggers()
    for name, table, _ in NUMBERED:
        op.drop_index(name, table_name=table)
        op.drop_column(table, "number")
    for table in reversed(TABLES):
        op.drop_table(table)

"""Named evaluations count at once, confidential ones in batches; marks by direction and form, coverage by NGO.

Recommendations count from the day they are released. Problems of an evaluation mark its cell, as their sums are kept
now. The triggers are made with the builders of revision 0002.
"""

# ruff: noqa: S608 - the statements are made of the names below and nothing else

from collections.abc import Iterator
from importlib import import_module

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

marks = import_module("data.migrations.versions.0002_keep_aggregates_exact")

ITEMS = ("preparation", "readiness", "timeliness", "roles", "resources", "needs", "result")
PROBLEMS = (
    "no_legal_basis", "informal", "information_late", "not_digital", "lack_of_means", "unequal_grants", "no_experience",
    "distrust", "goals_unknown", "one_off", "unclear_responsibility", "weak_coordination", "inspector_overloaded",
    "other",
)  # fmt: skip
SUMS = ("district_month", "district_day", "mahalla_year")
_EVENT_CELL = marks._EVENT_CELL
_RELEASED = "c.district_soato, {ym[c.released_date]} FROM {rows} r"
CELLS = {
    "joint_event": (
        "SELECT r.district_soato, {ym[r.event_date]} FROM {rows} r"
        " UNION SELECT p.district_soato, p.year * 100 + p.month FROM {rows} r JOIN plan_item p ON p.id = r.plan_item_id"
        f" UNION SELECT {_RELEASED} JOIN evaluation v ON v.event_id = r.id JOIN recommendation c"
        " ON c.evaluation_id = v.id WHERE c.released_date IS NOT NULL"
    ),
    "evaluation": (
        f"{_EVENT_CELL} UNION SELECT {_RELEASED} JOIN recommendation c ON c.evaluation_id = r.id"
        " WHERE c.released_date IS NOT NULL"
    ),
    # One not released yet changes no sum; its mark lets the next refresh look whether it is to be released.
    "recommendation": "SELECT r.district_soato, {ym[coalesce(r.released_date, r.created_date)]} FROM {rows} r",
    "evaluation_problem": (
        "SELECT e.district_soato, {ym[e.event_date]} FROM {rows} r JOIN evaluation v ON v.id = r.evaluation_id"
        " JOIN joint_event e ON e.id = v.event_id"
    ),
}
COLUMNS = {
    "joint_event": ("id", "district_soato", "event_date", "plan_item_id"),
    "evaluation": ("id", "event_id"),
    "recommendation": ("district_soato", "created_date", "released_date"),
    "evaluation_problem": ("evaluation_id",),
}
HOLDS = {**marks.HOLDS, "evaluation_problem": marks.HOLDS["recommendation"]}


def upgrade() -> None:
    _drop_triggers(COLUMNS, ("evaluation_problem",), ("ngo", "district"))
    op.drop_table("evaluation_ngo_month")
    _create_tables()
    op.add_column("district_month", _count("evaluations_waiting"))
    op.add_column("confidential_batch_item", _count("mark_square_sum"))
    _replace_indexes()
    sums_of = {
        "district": tuple((table, "district_soato", "soato") for table in (*SUMS, "judgement_month", "ngo_month")),
        "ngo": (("ngo_month", "ngo_id", "id"),),
    }
    _create_triggers(CELLS, COLUMNS, HOLDS, sums_of)
    marks._mark_what_stands()


def _count(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), server_default="0", nullable=False)


def _create_tables() -> None:
    marked = ("events_marked", "evaluations", "repeat_yes", "repeat_no", "repeat_unsure")
    by_item = [f"{kind}_{item}" for item in ITEMS for kind in ("marks", "mark_sum", "mark_square_sum")]
    op.create_table(
        "judgement_month",
        *_keys("direction_code", "form_code"),
        *marks._counts(*marked),
        sa.Column("event_mark_sum", sa.Double(), nullable=False),
        sa.Column("event_mark_square_sum", sa.Double(), nullable=False),
        *marks._counts(*by_item, *(f"problem_{problem}" for problem in PROBLEMS)),
        sa.ForeignKeyConstraint(["district_soato"], ["district.soato"], name="fk_judgement_month_district_soato"),
        sa.PrimaryKeyConstraint(
            "direction_code", "form_code", "year_month", "district_soato", name="pk_judgement_month"
        ),
    )
    op.create_index("ix_judgement_month_district_soato_year_month", "judgement_month", ["district_soato", "year_month"])
    op.create_table(
        "ngo_month",
        *_keys(),
        *marks._counts("ngo_id", "events_held", "events_evaluated"),
        sa.ForeignKeyConstraint(["district_soato"], ["district.soato"], name="fk_ngo_month_district_soato"),
        sa.ForeignKeyConstraint(["ngo_id"], ["ngo.id"], name="fk_ngo_month_ngo_id"),
        sa.PrimaryKeyConstraint("district_soato", "year_month", "ngo_id", name="pk_ngo_month"),
    )
    op.create_index("ix_ngo_month_year_month", "ngo_month", ["year_month"])
    op.create_index("ix_ngo_month_ngo_id", "ngo_month", ["ngo_id"])


def _keys(*codes: str) -> list[sa.Column[str] | sa.Column[int]]:
    return [
        *(sa.Column(code, sa.String(length=40), nullable=False) for code in codes),
        sa.Column("year_month", sa.Integer(), nullable=False),
        sa.Column("district_soato", sa.String(length=10), nullable=False),
    ]


IS_UNRELEASED = sa.text("released_date IS NULL")


def _replace_indexes() -> None:
    table, district = "recommendation", "district_soato"
    op.drop_index("ix_recommendation_district_soato_created_date", table_name=table)
    op.create_index("ix_recommendation_district_soato_released_date", table, [district, "released_date"])
    op.create_index(
        "ix_recommendation_unreleased",
        table,
        [district],
        sqlite_where=IS_UNRELEASED,
        postgresql_where=IS_UNRELEASED,
    )


def _drop_triggers(cells: dict[str, tuple[str, ...]], version_only: tuple[str, ...], sums_of: tuple[str, ...]) -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    operations = [operation.lower() for operation in marks.OPERATIONS]
    kept = [table for table in cells if table not in version_only]
    names = [f"mark_{table}_{operation}" for table in kept for operation in operations]
    names += [f"clear_sums_{table}" for table in sums_of]
    if is_sqlite:
        names += [f"mark_{table}_replace" for table in kept if table in marks.REPLACED]
        names += [f"mark_{table}_{operation}" for table in version_only for operation in operations]
    else:
        names += [f"mark_{table}_truncate" for table in kept]
        names += [f"mark_{table}" for table in version_only]
    for name in names:
        op.execute(f"DROP TRIGGER {name}" if is_sqlite else f"DROP FUNCTION {name}() CASCADE")


Cells = dict[str, str]
Sums = dict[str, tuple[tuple[str, str, str], ...]]


def _create_triggers(cells: Cells, columns: dict[str, tuple[str, ...]], holds: Cells, sums_of: Sums) -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name, definition in _sqlite_triggers(cells, columns, sums_of):
            op.execute(sa.text(f"CREATE TRIGGER {name} {definition}".replace(":", r"\:")))
        return
    for name, when, body in _postgresql_triggers(cells, holds, sums_of):
        function = f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$"
        op.execute(sa.text(function.replace(":", r"\:")))
        op.execute(f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION {name}()")


def _deletes(sums: tuple[tuple[str, str, str], ...]) -> str:
    return " ".join(f"DELETE FROM {table} WHERE {column} = OLD.{key};" for table, column, key in sums)


def _sqlite_triggers(cells: Cells, columns: dict[str, tuple[str, ...]], sums_of: Sums) -> Iterator[tuple[str, str]]:
    month = marks._SQLITE_MONTH
    for table, template in cells.items():
        for operation, images in marks.OPERATIONS.items():
            rows = [marks._sqlite_image(image, columns[table]) for image in images]
            body = " ".join(marks._sqlite_mark(template.format(rows=image, ym=month)) for image in rows)
            yield f"mark_{table}_{operation.lower()}", f"AFTER {operation} ON {table} BEGIN {body} END"
        if table in marks.REPLACED:
            rows_to_go = f"(SELECT * FROM {table} WHERE {marks.REPLACED[table]})"
            body = marks._sqlite_mark(template.format(rows=rows_to_go, ym=month))
            yield f"mark_{table}_replace", f"BEFORE INSERT ON {table} BEGIN {body} END"
    for table, sums in sums_of.items():
        yield f"clear_sums_{table}", f"BEFORE DELETE ON {table} BEGIN {_deletes(sums)} END"


def _postgresql_triggers(cells: Cells, holds: Cells, sums_of: Sums) -> Iterator[tuple[str, str, str]]:
    month = marks._POSTGRESQL_MONTH
    for table, template in cells.items():
        for operation, images in marks.OPERATIONS.items():
            tables = " ".join(f"{image} TABLE AS {image.lower()}_rows" for image in images)
            rows = [f"{image.lower()}_rows" for image in images]
            hold = " ".join(holds[table].format(rows=image) for image in rows)
            found = " UNION ".join(template.format(rows=image, ym=month) for image in rows)
            when = f"AFTER {operation} ON {table} REFERENCING {tables} FOR EACH STATEMENT"
            yield f"mark_{table}_{operation.lower()}", when, f"{hold} {marks._MARK} {found}; RETURN NULL;"
        when = f"AFTER TRUNCATE ON {table} FOR EACH STATEMENT"
        yield f"mark_{table}_truncate", when, f"{marks._MARK} {marks._EVERY_CELL}; RETURN NULL;"
    for table, sums in sums_of.items():
        yield f"clear_sums_{table}", f"BEFORE DELETE ON {table} FOR EACH ROW", f"{_deletes(sums)} RETURN OLD;"


def downgrade() -> None:
    _drop_triggers(dict.fromkeys(COLUMNS, ()), (), ("ngo", "district"))
    op.drop_index("ix_recommendation_unreleased", table_name="recommendation")
    op.drop_index("ix_recommendation_district_soato_released_date", table_name="recommendation")
    op.create_index(
        "ix_recommendation_district_soato_created_date", "recommendation", ["district_soato", "created_date"]
    )
    op.drop_column("confidential_batch_item", "mark_square_sum")
    op.drop_column("district_month", "evaluations_waiting")
    op.drop_table("ngo_month")
    op.drop_table("judgement_month")
    _restore_ngo_sums()
    tables = ("joint_event", "evaluation", "recommendation")
    old_cells = {table: marks.CELLS[table] for table in tables}
    _create_triggers(
        old_cells, marks.COLUMNS, marks.HOLDS, {table: marks.SUMS_OF[table] for table in ("district", "ngo")}
    )
    _mark_version_of_problems()
    marks._mark_what_stands()


def _restore_ngo_sums() -> None:
    table = "evaluation_ngo_month"
    op.create_table(
        table,
        *_keys("direction_code"),
        *marks._counts("ngo_id", "evaluations", "evaluations_confidential"),
        sa.ForeignKeyConstraint(["district_soato"], ["district.soato"], name=f"fk_{table}_district_soato"),
        sa.ForeignKeyConstraint(["ngo_id"], ["ngo.id"], name=f"fk_{table}_ngo_id"),
        sa.PrimaryKeyConstraint("district_soato", "year_month", "direction_code", "ngo_id", name=f"pk_{table}"),
    )
    columns = ["direction_code", "year_month", "district_soato", "ngo_id"]
    op.create_index(marks._index_name(table, *columns), table, columns)


def _mark_version_of_problems() -> None:
    table = "evaluation_problem"
    if op.get_bind().dialect.name == "sqlite":
        for name, definition in marks._sqlite_version_triggers():
            if name.startswith(f"mark_{table}_"):
                op.execute(f"CREATE TRIGGER {name} {definition}")
        return
    for name, when, body in marks._postgresql_triggers():
        if name == f"mark_{table}":
            op.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$")
            op.execute(f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION {name}()")

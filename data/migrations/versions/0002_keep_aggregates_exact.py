"""keep aggregates exact

Triggers mark the cells (district and month) whose sums a write may change, in the writer's own transaction, so that
the sums stay exact under any writer. SQLite: row triggers, one mark a cell (there is one writer at a time).
PostgreSQL: statement triggers that only append marks, so writers never wait for each other.
"""

# ruff: noqa: S608 - the statements are made of the names below and nothing else

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

VERSION_ONLY = (
    "district",
    "evaluation_problem",
    "import_run",
    "inhabitants",
    "joint_event_partner",
    "mahalla",
    "memorandum",
    "memorandum_amendment",
    "memorandum_direction",
    "memorandum_ngo",
    "memorandum_support",
    "meta",
    "ngo",
    "ngo_direction",
    "obligation",
    "region",
)
# Cells touched by the rows `r` of a table. An event changes the cell of the plan item that it names and, by its
# direction, the cells of the recommendations made in its evaluations.
_EVENT_CELL = "SELECT e.district_soato, {ym[e.event_date]} FROM {rows} r JOIN joint_event e ON e.id = r.event_id"
CELLS = {
    "joint_event": (
        "SELECT r.district_soato, {ym[r.event_date]} FROM {rows} r"
        " UNION SELECT p.district_soato, p.year * 100 + p.month FROM {rows} r JOIN plan_item p ON p.id = r.plan_item_id"
        " UNION SELECT c.district_soato, {ym[c.created_date]} FROM {rows} r"
        " JOIN evaluation v ON v.event_id = r.id JOIN recommendation c ON c.evaluation_id = v.id"
    ),
    "joint_event_ngo": _EVENT_CELL,
    "evaluation": _EVENT_CELL + " UNION SELECT c.district_soato, {ym[c.created_date]} FROM {rows} r"
    " JOIN recommendation c ON c.evaluation_id = r.id",
    "recommendation": "SELECT r.district_soato, {ym[r.created_date]} FROM {rows} r",
    "plan_item": "SELECT r.district_soato, r.year * 100 + r.month FROM {rows} r",
}
# A mahalla that moves changes the sums of the events held in it, in both districts.
_MOVED_CELLS = (
    "SELECT e.district_soato, {ym[e.event_date]} FROM {new} n JOIN {old} o ON o.id = n.id AND o.district_soato <> n.district_soato"
    " JOIN joint_event e ON e.district_soato IN (o.district_soato, n.district_soato) AND e.mahalla_id = n.id"
)
_HOLD_EVENTS_OF_MOVED = (
    "IF EXISTS (SELECT 1 FROM new_rows n JOIN old_rows o ON o.id = n.id AND o.district_soato <> n.district_soato)"
    " THEN LOCK TABLE joint_event IN SHARE MODE; END IF;"
)
# The cell of a row may lie in another row (the event's, the plan item's). A writer on PostgreSQL holds that row still
# until it commits: otherwise a move of it at the same time could leave the new cell without a mark.
_HOLD_EVENT = "PERFORM 1 FROM joint_event e WHERE e.id IN (SELECT r.event_id FROM {rows} r) ORDER BY e.id FOR SHARE;"
HOLDS = {
    "joint_event": (
        "PERFORM 1 FROM plan_item p WHERE p.id IN (SELECT r.plan_item_id FROM {rows} r) ORDER BY p.id FOR SHARE;"
    ),
    "joint_event_ngo": _HOLD_EVENT,
    "evaluation": _HOLD_EVENT,
    "recommendation": (
        "PERFORM 1 FROM evaluation v JOIN joint_event e ON e.id = v.event_id"
        " WHERE v.id IN (SELECT r.evaluation_id FROM {rows} r) ORDER BY e.id FOR SHARE;"
    ),
    "plan_item": "",
}
# SQLite's INSERT OR REPLACE removes rows without firing DELETE triggers: their cells are marked beforehand.
REPLACED = {
    "joint_event": "id = NEW.id OR (district_soato = NEW.district_soato AND number = NEW.number)",
    "evaluation": (
        "id = NEW.id OR submission_id = NEW.submission_id OR (event_id = NEW.event_id AND ngo_id = NEW.ngo_id)"
    ),
    "recommendation": "id = NEW.id OR evaluation_id = NEW.evaluation_id",
    "plan_item": "id = NEW.id",
}
# Rows of sums must never keep a writer from deleting what they are about.
SUMS_OF = {
    "mahalla": (("mahalla_year", "mahalla_id", "id"),),
    "ngo": (("evaluation_ngo_month", "ngo_id", "id"),),
    "district": tuple(
        (table, "district_soato", "soato")
        for table in ("district_month", "district_day", "mahalla_year", "evaluation_ngo_month")
    ),
}
COLUMNS = {
    "joint_event": ("id", "district_soato", "event_date", "plan_item_id"),
    "joint_event_ngo": ("event_id",),
    "evaluation": ("id", "event_id"),
    "recommendation": ("district_soato", "created_date"),
    "plan_item": ("district_soato", "year", "month"),
}
# Index of a table before and after, as table and columns.
_SUMS_INDEX = ("direction_code", "year_month", "district_soato")
INDEXES = (
    (("evaluation_ngo_month", *_SUMS_INDEX), ("evaluation_ngo_month", *_SUMS_INDEX, "ngo_id")),
    (
        ("mahalla_year", "direction_code", "year", "district_soato"),
        ("mahalla_year", "direction_code", "year", "district_soato", "mahalla_id", "month_mask"),
    ),
    ((), ("mahalla_year", "district_soato", "year")),
    ((), ("recommendation", "district_soato", "created_date")),
)
OPERATIONS = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}


class _YearMonth:
    """``{ym[column]}`` in a template: the month of a date as YYYYMM, in the words of the database."""

    def __init__(self, template: str) -> None:
        self.template = template

    def __getitem__(self, column: str) -> str:
        return self.template.format(column)


_SQLITE_MONTH = _YearMonth("CAST(strftime('%Y%m', {0}) AS INTEGER)")
_POSTGRESQL_MONTH = _YearMonth("(extract(year FROM {0}) * 100 + extract(month FROM {0}))::int")


def _index_name(table: str, *columns: str) -> str:
    return op.f(f"ix_{table}_{'_'.join(columns)}")


def _deletes(table: str) -> str:
    return " ".join(f"DELETE FROM {sums} WHERE {column} = OLD.{key};" for sums, column, key in SUMS_OF[table])


def _sqlite_mark(cells: str) -> str:
    return (
        "INSERT INTO stale_cell (district_soato, year_month) SELECT c.d, c.m FROM"
        f" (SELECT '' AS d, 0 AS m WHERE 0 UNION {cells}) c WHERE NOT EXISTS"
        " (SELECT 1 FROM stale_cell s WHERE s.district_soato = c.d AND s.year_month = c.m);"
    )


def _sqlite_image(image: str, columns: tuple[str, ...]) -> str:
    return f"(SELECT {', '.join(f'{image}.{column} AS {column}' for column in columns)})"


def _sqlite_triggers() -> Iterator[tuple[str, str]]:
    yield from _sqlite_cell_triggers()
    yield from _sqlite_version_triggers()
    yield from _sqlite_guards()


def _sqlite_cell_triggers() -> Iterator[tuple[str, str]]:
    for table, columns in COLUMNS.items():
        for operation, images in OPERATIONS.items():
            rows = [_sqlite_image(image, columns) for image in images]
            marks = " ".join(_sqlite_mark(CELLS[table].format(rows=image, ym=_SQLITE_MONTH)) for image in rows)
            yield f"mark_{table}_{operation.lower()}", f"AFTER {operation} ON {table} BEGIN {marks} END"
    for table, condition in REPLACED.items():
        rows_to_go = f"(SELECT * FROM {table} WHERE {condition})"
        mark = _sqlite_mark(CELLS[table].format(rows=rows_to_go, ym=_SQLITE_MONTH))
        yield f"mark_{table}_replace", f"BEFORE INSERT ON {table} BEGIN {mark} END"
    new, old = (_sqlite_image(image, ("id", "district_soato")) for image in ("NEW", "OLD"))
    mark = _sqlite_mark(_MOVED_CELLS.format(new=new, old=old, ym=_SQLITE_MONTH))
    yield "mark_mahalla_move", f"AFTER UPDATE OF district_soato ON mahalla BEGIN {mark} END"


def _sqlite_version_triggers() -> Iterator[tuple[str, str]]:
    for table in VERSION_ONLY:
        for operation in OPERATIONS:
            mark = _sqlite_mark("SELECT '', 0")
            yield f"mark_{table}_{operation.lower()}", f"AFTER {operation} ON {table} BEGIN {mark} END"


def _sqlite_guards() -> Iterator[tuple[str, str]]:
    for table in SUMS_OF:
        yield f"clear_sums_{table}", f"BEFORE DELETE ON {table} BEGIN {_deletes(table)} END"
    refuse = "SELECT RAISE(ABORT, 'audit_entry is append-only');"
    for operation in ("UPDATE", "DELETE"):
        yield f"refuse_audit_{operation.lower()}", f"BEFORE {operation} ON audit_entry BEGIN {refuse} END"
    replaces = "WHEN EXISTS (SELECT 1 FROM audit_entry WHERE id = NEW.id)"
    yield "refuse_audit_replace", f"BEFORE INSERT ON audit_entry {replaces} BEGIN {refuse} END"


def _postgresql_body(table: str, images: tuple[str, ...]) -> str:
    rows = [f"{image.lower()}_rows" for image in images]
    holds = " ".join(HOLDS[table].format(rows=image) for image in rows)
    cells = " UNION ".join(CELLS[table].format(rows=image, ym=_POSTGRESQL_MONTH) for image in rows)
    return f"{holds} {_MARK} {cells}; RETURN NULL;"


_MARK = "INSERT INTO stale_cell (district_soato, year_month)"
_EVERY_CELL = "SELECT DISTINCT district_soato, year_month FROM district_month UNION SELECT '', 0"


def _postgresql_triggers() -> Iterator[tuple[str, str, str]]:
    """Name of the trigger, when it fires (on which table), what it does."""
    for table in COLUMNS:
        for operation, images in OPERATIONS.items():
            tables = " ".join(f"{image} TABLE AS {image.lower()}_rows" for image in images)
            when = f"AFTER {operation} ON {table} REFERENCING {tables} FOR EACH STATEMENT"
            yield f"mark_{table}_{operation.lower()}", when, _postgresql_body(table, images)
        when = f"AFTER TRUNCATE ON {table} FOR EACH STATEMENT"
        yield f"mark_{table}_truncate", when, f"{_MARK} {_EVERY_CELL}; RETURN NULL;"
    moved = _MOVED_CELLS.format(new="new_rows", old="old_rows", ym=_POSTGRESQL_MONTH)
    when = "AFTER UPDATE ON mahalla REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT"
    yield "mark_mahalla_move", when, f"{_HOLD_EVENTS_OF_MOVED} {_MARK} SELECT DISTINCT * FROM ({moved}) c; RETURN NULL;"
    for table in VERSION_ONLY:
        when = f"AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} FOR EACH STATEMENT"
        yield f"mark_{table}", when, f"{_MARK} VALUES ('', 0); RETURN NULL;"
    for table in SUMS_OF:
        yield f"clear_sums_{table}", f"BEFORE DELETE ON {table} FOR EACH ROW", f"{_deletes(table)} RETURN OLD;"
    when = "BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry FOR EACH STATEMENT"
    yield "refuse_audit_change", when, "RAISE EXCEPTION 'audit_entry is append-only';"


def _counts(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def _mark_what_stands() -> None:
    month = _SQLITE_MONTH if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL_MONTH
    for table in ("joint_event", "recommendation", "plan_item"):
        cells = CELLS[table].format(rows=table, ym=month)
        op.execute(sa.text(f"{_MARK} SELECT DISTINCT * FROM ({cells}) c".replace(":", r"\:")))


def upgrade() -> None:
    op.create_table(
        "district_day",
        sa.Column("district_soato", sa.String(length=10), nullable=False),
        sa.Column("day_date", sa.Date(), nullable=False),
        sa.Column("direction_code", sa.String(length=40), nullable=False),
        *_counts("events_held", "events_evaluated_14d", "recommendations", "recommendations_closed_60d"),
        sa.ForeignKeyConstraint(["district_soato"], ["district.soato"], name=op.f("fk_district_day_district_soato")),
        sa.PrimaryKeyConstraint("direction_code", "day_date", "district_soato", name=op.f("pk_district_day")),
    )
    op.create_index(op.f("ix_district_day_district_soato_day_date"), "district_day", ["district_soato", "day_date"])
    for old, new in INDEXES:
        if old:
            op.drop_index(_index_name(*old), table_name=old[0])
        op.create_index(_index_name(*new), new[0], list(new[1:]))
    op.execute("INSERT INTO data_version (id, version) VALUES (1, 1)")
    _mark_what_stands()
    if op.get_bind().dialect.name == "sqlite":
        for name, definition in _sqlite_triggers():
            op.execute(sa.text(f"CREATE TRIGGER {name} {definition}".replace(":", r"\:")))
        return
    for name, when, body in _postgresql_triggers():
        function = f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$"
        op.execute(sa.text(function.replace(":", r"\:")))
        op.execute(f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION {name}()")


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name, _ in _sqlite_triggers():
            op.execute(f"DROP TRIGGER {name}")
    else:
        for name, _, _ in _postgresql_triggers():
            op.execute(f"DROP FUNCTION {name}() CASCADE")
    for old, new in INDEXES:
        op.drop_index(_index_name(*new), table_name=new[0])
        if old:
            op.create_index(_index_name(*old), old[0], list(old[1:]))
    op.execute("DELETE FROM data_version")
    op.drop_table("district_day")

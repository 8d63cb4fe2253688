"""Triggers of both databases: mark sums as stale, protect append-only tables, and delete sums along with their rows.

A write to a base row notes the months of districts whose sums it may change in ``stale_month``, in the writer's own
transaction, so that the sums stay exact under any writer. A note without a district only moves the version of the data.
SQLite has one writer at a time: row triggers, one note a month. On PostgreSQL statement triggers only append notes, so
writers never wait for each other.

:func:`data.database.migrate.migrate` makes all triggers anew whenever it has changed the schema, so a migration knows
nothing of them. A change here needs a migration, be it an empty one, to reach the databases that stand.
"""

# ruff: noqa: S608 - the statements are made of the names below and nothing else

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

MonthOf = Callable[[str], str]  # from a column of dates to its month, YYYYMM
OPERATIONS = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}
# Tables that no sum is made of: a change moves the version of the data.
VERSION_ONLY = (
    "award",
    "decision",
    "decision_cause",
    "district",
    "district_succession",
    "document",
    "holiday",
    "import_run",
    "information_request",
    "inhabitants",
    "mahalla",
    "mahalla_former_name",
    "mahalla_merge",
    "meeting",
    "memorandum",
    "memorandum_amendment",
    "memorandum_direction",
    "memorandum_ngo",
    "memorandum_support",
    "meta",
    "ngo",
    "ngo_direction",
    "ngo_former_name",
    "obligation",
    "offence_month",
    "proposal",
    "region",
    "support",
    "target",
    "training",
    "training_mahalla",
    "training_ngo",
)
# Tables of sums to be cleared of a row that is deleted: (table, its column, column of the row).
SUMS_OF = {
    "mahalla": (("mahalla_year", "mahalla_id", "id"),),
    "ngo": (("ngo_month", "ngo_id", "id"),),
    "district": tuple(
        (table, "district_soato", "soato")
        for table in (
            "district_month",
            "district_day",
            "mahalla_year",
            "evaluation_month",
            "ngo_month",
            "partner_month",
        )  # fmt: skip
    ),
}
APPEND_ONLY = {"audit": "audit_entry", "pack": "pack"}
_ADD_STALE = "INSERT INTO stale_month (district_soato, year_month)"
_EVERY_MONTH = "SELECT DISTINCT district_soato, year_month FROM district_month UNION SELECT '', 0"
_VERSION = "SELECT '', 0"


@dataclass(frozen=True)
class Trigger:
    """Trigger: when it fires (``AFTER INSERT ON ngo``) and the statements that it runs."""

    name: str
    when: str
    body: str

    def create(self, dialect: str) -> Iterator[str]:
        """Statements that create the trigger; PostgreSQL has the body in a function of the same name."""
        if dialect == "sqlite":
            yield f"CREATE TRIGGER {self.name} {self.when} BEGIN {self.body} END"
            return
        yield f"CREATE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {self.body} END $$"
        yield f"CREATE TRIGGER {self.name} {self.when} EXECUTE FUNCTION {self.name}()"


def create_triggers(connection: Connection) -> None:
    """Create all triggers in a database that has none and whose schema is the newest."""
    dialect = connection.dialect.name
    for trigger in sqlite_triggers() if dialect == "sqlite" else postgresql_triggers():
        for statement in trigger.create(dialect):
            connection.exec_driver_sql(statement)


def drop_triggers(connection: Connection) -> None:
    """Drop all triggers of the database."""
    if connection.dialect.name == "sqlite":
        for name in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars().all():
            connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
        return
    functions = (
        "SELECT oid::regprocedure::text FROM pg_proc"
        " WHERE pronamespace = current_schema()::regnamespace AND prorettype = 'trigger'::regtype"
    )
    for function in connection.exec_driver_sql(functions).scalars().all():
        connection.exec_driver_sql(f"DROP FUNCTION {function} CASCADE")


def _sqlite_month(column: str) -> str:
    return f"CAST(strftime('%Y%m', {column}) AS INTEGER)"


def _postgresql_month(column: str) -> str:
    return f"(extract(year FROM {column}) * 100 + extract(month FROM {column}))::int"


# Months, as (district, YYYYMM), whose sums depend on the rows of a table.


def _event_months(rows: str, month: MonthOf) -> str:
    """Months that an event changes: its own, that of its plan item, and those of its evaluations' recommendations."""
    return (
        f"SELECT r.district_soato, {month('r.event_date')} FROM {rows} r"
        f" UNION SELECT p.district_soato, p.year * 100 + p.month FROM {rows} r"
        " JOIN plan_item p ON p.id = r.plan_item_id"
        f" UNION SELECT c.district_soato, {month('c.released_date')} FROM {rows} r"
        " JOIN evaluation v ON v.event_id = r.id JOIN recommendation c"
        " ON c.evaluation_id = v.id WHERE c.released_date IS NOT NULL"
    )


def _months_of_event(rows: str, month: MonthOf) -> str:
    return f"SELECT e.district_soato, {month('e.event_date')} FROM {rows} r JOIN joint_event e ON e.id = r.event_id"


def _evaluation_months(rows: str, month: MonthOf) -> str:
    return (
        f"{_months_of_event(rows, month)} UNION SELECT c.district_soato, {month('c.released_date')} FROM {rows} r"
        " JOIN recommendation c ON c.evaluation_id = r.id WHERE c.released_date IS NOT NULL"
    )


def _problem_months(rows: str, month: MonthOf) -> str:
    return (
        f"SELECT e.district_soato, {month('e.event_date')} FROM {rows} r JOIN evaluation v ON v.id = r.evaluation_id"
        " JOIN joint_event e ON e.id = v.event_id"
    )


def _recommendation_months(rows: str, month: MonthOf) -> str:
    """Months that a recommendation changes; one not released yet is noted so that the next refresh checks whether to
    release it.
    """
    return f"SELECT r.district_soato, {month('coalesce(r.released_date, r.created_date)')} FROM {rows} r"


def _plan_item_months(rows: str, _month: MonthOf) -> str:
    return f"SELECT r.district_soato, r.year * 100 + r.month FROM {rows} r"


def _months_of_moved_mahallas(new: str, old: str, month: MonthOf) -> str:
    """Months of the events held in a mahalla that moves to another district, in both districts."""
    return (
        f"SELECT e.district_soato, {month('e.event_date')} FROM {new} n"
        f" JOIN {old} o ON o.id = n.id AND o.district_soato <> n.district_soato"
        " JOIN joint_event e ON e.district_soato IN (o.district_soato, n.district_soato) AND e.mahalla_id = n.id"
    )


# The month of a row may lie in another row (the event's, the plan item's). A writer on PostgreSQL locks that row until
# it commits: otherwise a move of it at the same time could leave the new month without a note.
_LOCK_EVENT = "PERFORM 1 FROM joint_event e WHERE e.id IN (SELECT r.event_id FROM {rows} r) ORDER BY e.id FOR SHARE;"
_LOCK_EVENT_OF_EVALUATION = (
    "PERFORM 1 FROM evaluation v JOIN joint_event e ON e.id = v.event_id"
    " WHERE v.id IN (SELECT r.evaluation_id FROM {rows} r) ORDER BY e.id FOR SHARE;"
)
_LOCK_PLAN_ITEM = (
    "PERFORM 1 FROM plan_item p WHERE p.id IN (SELECT r.plan_item_id FROM {rows} r) ORDER BY p.id FOR SHARE;"
)
_LOCK_EVENTS_OF_MOVED = (
    "IF EXISTS (SELECT 1 FROM new_rows n JOIN old_rows o ON o.id = n.id AND o.district_soato <> n.district_soato)"
    " THEN LOCK TABLE joint_event IN SHARE MODE; END IF;"
)


@dataclass(frozen=True)
class SummedTable:
    """Base table of sums.

    ``columns`` are those that ``months`` reads; ``lock`` locks, on PostgreSQL, the rows that the months lie in;
    ``replaced`` finds the rows that SQLite's INSERT OR REPLACE removes: it fires no DELETE trigger, so their months are
    noted beforehand.
    """

    columns: tuple[str, ...]
    months: Callable[[str, MonthOf], str]
    lock: str = ""
    replaced: str = ""


SUMMED = {
    "joint_event": SummedTable(
        ("id", "district_soato", "event_date", "plan_item_id"),
        _event_months,
        lock=_LOCK_PLAN_ITEM,
        replaced="id = NEW.id OR (district_soato = NEW.district_soato AND number_key = NEW.number_key)",
    ),
    "joint_event_ngo": SummedTable(("event_id",), _months_of_event, lock=_LOCK_EVENT),
    "joint_event_partner": SummedTable(("event_id",), _months_of_event, lock=_LOCK_EVENT),
    "evaluation": SummedTable(
        ("id", "event_id"),
        _evaluation_months,
        lock=_LOCK_EVENT,
        replaced=(
            "id = NEW.id OR submission_id = NEW.submission_id OR (event_id = NEW.event_id AND ngo_id = NEW.ngo_id)"
        ),
    ),
    "evaluation_problem": SummedTable(("evaluation_id",), _problem_months, lock=_LOCK_EVENT_OF_EVALUATION),
    "recommendation": SummedTable(
        ("district_soato", "created_date", "released_date"),
        _recommendation_months,
        lock=_LOCK_EVENT_OF_EVALUATION,
        replaced="id = NEW.id OR evaluation_id = NEW.evaluation_id",
    ),
    "plan_item": SummedTable(
        ("district_soato", "year", "month"),
        _plan_item_months,
        replaced=(
            "id = NEW.id OR (district_soato = NEW.district_soato AND year = NEW.year AND number_key = NEW.number_key)"
        ),
    ),
}


def sqlite_triggers() -> Iterator[Trigger]:
    """Triggers of SQLite."""
    for table, summed in SUMMED.items():
        yield from _sqlite_summed(table, summed)
    new, old = (_sqlite_row(image, ("id", "district_soato")) for image in ("NEW", "OLD"))
    moved = _months_of_moved_mahallas(new, old, _sqlite_month)
    yield Trigger("stale_mahalla_move", "AFTER UPDATE OF district_soato ON mahalla", _sqlite_note(moved))
    for table in VERSION_ONLY:
        for operation in OPERATIONS:
            name = f"stale_{table}_{operation.lower()}"
            yield Trigger(name, f"AFTER {operation} ON {table}", _sqlite_note(_VERSION))
    yield Trigger("stale_pack_insert", "AFTER INSERT ON pack", _sqlite_note(_VERSION))
    for table, sums in SUMS_OF.items():
        yield Trigger(f"clear_sums_{table}", f"BEFORE DELETE ON {table}", _deletes(sums))
    for name, table in APPEND_ONLY.items():
        refuse = f"SELECT RAISE(ABORT, '{table} is append-only');"
        for operation in ("UPDATE", "DELETE"):
            yield Trigger(f"refuse_{name}_{operation.lower()}", f"BEFORE {operation} ON {table}", refuse)
        # INSERT OR REPLACE removes a row without telling a DELETE trigger.
        replaces = f"BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"
        yield Trigger(f"refuse_{name}_replace", replaces, refuse)


def _sqlite_summed(table: str, summed: SummedTable) -> Iterator[Trigger]:
    for operation, images in OPERATIONS.items():
        rows = (_sqlite_row(image, summed.columns) for image in images)
        body = " ".join(_sqlite_note(summed.months(row, _sqlite_month)) for row in rows)
        yield Trigger(f"stale_{table}_{operation.lower()}", f"AFTER {operation} ON {table}", body)
    if summed.replaced:
        months = summed.months(f"(SELECT * FROM {table} WHERE {summed.replaced})", _sqlite_month)
        yield Trigger(f"stale_{table}_replace", f"BEFORE INSERT ON {table}", _sqlite_note(months))


def _sqlite_note(months: str) -> str:
    return (
        f"{_ADD_STALE} SELECT c.d, c.m FROM (SELECT '' AS d, 0 AS m WHERE 0 UNION {months}) c WHERE NOT EXISTS"
        " (SELECT 1 FROM stale_month s WHERE s.district_soato = c.d AND s.year_month = c.m);"
    )


def _sqlite_row(image: str, columns: tuple[str, ...]) -> str:
    return f"(SELECT {', '.join(f'{image}.{column} AS {column}' for column in columns)})"


def _deletes(sums: Iterable[tuple[str, str, str]]) -> str:
    return " ".join(f"DELETE FROM {table} WHERE {column} = OLD.{key};" for table, column, key in sums)


def postgresql_triggers() -> Iterator[Trigger]:
    """Triggers of PostgreSQL."""
    for table, summed in SUMMED.items():
        yield from _postgresql_summed(table, summed)
    moved = _months_of_moved_mahallas("new_rows", "old_rows", _postgresql_month)
    yield Trigger(
        "stale_mahalla_move",
        "AFTER UPDATE ON mahalla REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT",
        f"{_LOCK_EVENTS_OF_MOVED} {_ADD_STALE} SELECT DISTINCT * FROM ({moved}) c; RETURN NULL;",
    )
    note_version = f"{_ADD_STALE} VALUES ('', 0); RETURN NULL;"
    for table in VERSION_ONLY:
        when = f"AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} FOR EACH STATEMENT"
        yield Trigger(f"stale_{table}", when, note_version)
    yield Trigger("stale_pack", "AFTER INSERT ON pack FOR EACH STATEMENT", note_version)
    for table, sums in SUMS_OF.items():
        when = f"BEFORE DELETE ON {table} FOR EACH ROW"
        yield Trigger(f"clear_sums_{table}", when, f"{_deletes(sums)} RETURN OLD;")
    for name, table in APPEND_ONLY.items():
        when = f"BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} FOR EACH STATEMENT"
        yield Trigger(f"refuse_{name}_change", when, f"RAISE EXCEPTION '{table} is append-only';")


def _postgresql_summed(table: str, summed: SummedTable) -> Iterator[Trigger]:
    for operation, images in OPERATIONS.items():
        tables = " ".join(f"{image} TABLE AS {image.lower()}_rows" for image in images)
        rows = [f"{image.lower()}_rows" for image in images]
        lock = " ".join(summed.lock.format(rows=row) for row in rows)
        months = " UNION ".join(summed.months(row, _postgresql_month) for row in rows)
        when = f"AFTER {operation} ON {table} REFERENCING {tables} FOR EACH STATEMENT"
        yield Trigger(f"stale_{table}_{operation.lower()}", when, f"{lock} {_ADD_STALE} {months}; RETURN NULL;")
    when = f"AFTER TRUNCATE ON {table} FOR EACH STATEMENT"
    yield Trigger(f"stale_{table}_truncate", when, f"{_ADD_STALE} {_EVERY_MONTH}; RETURN NULL;")

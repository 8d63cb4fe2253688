"""``python -m data check``: checks the integrity of a database."""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Integer,
    Select,
    cast,
    extract,
    func,
    insert,
    or_,
    select,
    text,
    union,
)
from sqlalchemy.orm import InstrumentedAttribute
from tqdm import tqdm

from data.aggregates import refresh
from data.cli.options import add_shared_options, engine_of, print_message, print_result
from data.database.engine import reading
from data.database.migrate import is_current
from data.directory import REFERENCE, area_names
from data.language import N_, Language, Message, Translator
from data.schema import (
    District,
    DistrictMonth,
    EvaluationMonth,
    JointEvent,
    MahallaYear,
    Memorandum,
    NgoMonth,
    PartnerMonth,
    PlanItem,
    Recommendation,
    Region,
    StaleMonth,
)
from data.schema.base import Base

SUMS: tuple[type[Base], ...] = (DistrictMonth, EvaluationMonth, MahallaYear, NgoMonth, PartnerMonth)

NOT_CURRENT = N_("The schema is not the newest one. Run: python -m data init")
DAMAGED = N_("The database file is damaged: {reason}")
DANGLING = N_("A row of the table {table} points to a row of {parent} that is not there.")
NO_REFERENCE = N_("The directory of regions and districts is not complete. Run: python -m data init")
OUTSIDE_ITS_DAYS = N_("Joint events or memoranda of {name} are dated outside the days in which it existed: {rows}.")
WRONG_SUMS = N_("The totals in {table} differ from the totals of the records in {rows} rows.")


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "check",
        help="check that a database is whole",
        description="Check the schema, the directory, references between tables, and that the sums kept ready equal "
        "the sums of the records. Nothing is changed. Exit code 1 where anything is wrong.",
    )
    add_shared_options(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Check the database and print its faults."""
    translate: Translator = args.translate
    faults = find_faults(engine_of(args))
    for fault in faults:
        print_message(translate.render(fault))
    if faults:
        return 1
    print_result(translate("The database is whole."))
    return 0


def find_faults(engine: Engine) -> list[Message]:
    """Faults of a database; empty when there are none. A database without the newest schema is not checked further."""
    with reading(engine) as connection:
        if not is_current(connection):
            return [Message(NOT_CURRENT)]
    faults: list[Message] = []
    checks: tuple[Callable[[Connection], Iterator[Message]], ...] = (
        _file_faults,
        _directory_faults,
        _day_faults,
        _sum_faults,
    )
    for check in tqdm(checks, disable=None, leave=False):
        # The sums are recomputed to be compared; nothing of it may stay.
        with engine.connect() as connection, connection.begin() as transaction:
            faults += check(connection)
            transaction.rollback()
    return faults


def _file_faults(connection: Connection) -> Iterator[Message]:
    """Faults that SQLite reports about its file and its references; PostgreSQL guarantees both itself."""
    if connection.dialect.name != "sqlite":
        return
    for (reason,) in connection.execute(text("PRAGMA integrity_check")):
        if reason != "ok":
            yield Message(DAMAGED, {"reason": reason})
    for table, _, parent, _ in connection.execute(text("PRAGMA foreign_key_check")):
        yield Message(DANGLING, {"table": table, "parent": parent})


def _directory_faults(connection: Connection) -> Iterator[Message]:
    for model, name in ((Region, "regions.csv"), (District, "districts.csv")):
        with (REFERENCE / name).open(encoding="utf-8", newline="") as source:
            wanted = {row["soato"] for row in csv.DictReader(source)}
        if not wanted <= set(connection.execute(select(model.soato)).scalars()):
            yield Message(NO_REFERENCE)
            return


def _day_faults(connection: Connection) -> Iterator[Message]:
    """Districts that have records dated before their first or after their last day."""
    days = ((JointEvent.district_soato, JointEvent.event_date), (Memorandum.district_soato, Memorandum.signed_date))
    found: Counter[str] = Counter()
    for district, day in days:
        is_outside = or_(day < District.valid_from, day > District.valid_to)
        joined = select(district, func.count()).join(District, District.soato == district).where(is_outside)
        for soato, rows in connection.execute(joined.group_by(district)):
            found[soato] += rows
    names = area_names(next(iter(Language)))
    for soato, rows in sorted(found.items()):
        yield Message(OUTSIDE_ITS_DAYS, {"name": names.get(soato, soato), "rows": rows})


def _year_month(column: InstrumentedAttribute[date] | InstrumentedAttribute[date | None]) -> ColumnElement[int]:
    return cast(extract("year", column), Integer) * 100 + cast(extract("month", column), Integer)


def _months() -> Select[*tuple[Any, ...]]:
    """All districts and months that have sums or records."""
    parts = union(
        select(DistrictMonth.district_soato, DistrictMonth.year_month),
        select(NgoMonth.district_soato, NgoMonth.year_month),
        select(MahallaYear.district_soato, MahallaYear.year * 100 + 1),
        select(JointEvent.district_soato, _year_month(JointEvent.event_date)),
        select(PlanItem.district_soato, PlanItem.year * 100 + PlanItem.month),
        select(Recommendation.district_soato, _year_month(Recommendation.released_date)).where(
            Recommendation.released_date.is_not(None)
        ),
    ).subquery()
    return select(parts)


def _sums(connection: Connection, model: type[Base]) -> set[tuple[object, ...]]:
    rows = connection.execute(select(model.__table__)).all()
    return {tuple(round(value, 6) if isinstance(value, float) else value for value in row) for row in rows}


def _sum_faults(connection: Connection) -> Iterator[Message]:
    """Differences between the stored sums (pending changes included) and sums computed anew."""
    refresh(connection)
    kept = {model: _sums(connection, model) for model in SUMS}
    connection.execute(insert(StaleMonth).from_select(["district_soato", "year_month"], _months()))
    refresh(connection)
    for model in SUMS:
        differing = len(kept[model] ^ _sums(connection, model))
        if differing:
            yield Message(WRONG_SUMS, {"table": model.__tablename__, "rows": differing})

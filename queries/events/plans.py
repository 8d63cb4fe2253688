"""Yearly joint plans of districts: the items of a year, and next year's plan copied from this year's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

import pandas as pd
from sqlalchemy import Connection, Engine, insert, select
from sqlalchemy.exc import IntegrityError

from data.database.engine import WITH_WITHDRAWN, writing_or_busy
from data.dates.clock import day_of
from data.policy import Action, Actor, Scope
from data.registers.entry import Entry, register_sheet, write_new_entries
from data.schema import Mahalla, Ngo, PlanItem, SentForm
from data.workbook.cells.text_matching import number_key
from data.workbook.database import WriteSource
from queries.accounts.actors import require_account
from queries.frames import read_frame
from queries.registers.access import require_write
from queries.registers.entries import place_index, sent_record
from queries.row_filter import permitted_rows

REGISTER = "plans"
_SAME = ("mahalla", "month", "direction_code", "form_code", "stir")


def plan_items(
    connection: Connection, actor: Actor, *, district_soato: str, year: int, mahalla_id: int | None = None
) -> pd.DataFrame:
    """One row an item of a district's plan of a year, of all mahallas or of one (0: the whole district).

    By mahalla, month and id. Columns: record_id, version, number ("": none), month, mahalla ("": whole district),
    direction_code, form_code, stir and ngo ("": none responsible). Raises ForbiddenError.
    """
    row_filter = permitted_rows(connection, actor, Action.SEE_RECORDS, Scope.district(district_soato))
    statement = (
        select(
            PlanItem.id.label("record_id"),
            PlanItem.version,
            PlanItem.number,
            PlanItem.month,
            Mahalla.name.label("mahalla"),
            PlanItem.direction_code,
            PlanItem.form_code,
            Ngo.stir,
            Ngo.name.label("ngo"),
        )
        .outerjoin(Mahalla, Mahalla.id == PlanItem.mahalla_id)
        .outerjoin(Ngo, Ngo.id == PlanItem.responsible_ngo_id)
        .where(row_filter.plan_items(), PlanItem.year == year)
        .order_by(Mahalla.name, PlanItem.month, PlanItem.id)
    )
    if mahalla_id is not None:
        is_of_mahalla = PlanItem.mahalla_id.is_(None) if mahalla_id == 0 else PlanItem.mahalla_id == mahalla_id
        statement = statement.where(is_of_mahalla)
    return read_frame(connection, statement).fillna({"number": "", "mahalla": "", "stir": "", "ngo": ""})


def items_to_copy(
    connection: Connection, actor: Actor, *, district_soato: str, from_year: int, to_year: int
) -> pd.DataFrame:
    """Return the items of a year that the plan of another one does not have yet; columns of :func:`plan_items`.

    Two items are the same where mahalla, month, direction, form and NGO are. Raises ForbiddenError.
    """
    old = plan_items(connection, actor, district_soato=district_soato, year=from_year)
    new = plan_items(connection, actor, district_soato=district_soato, year=to_year)
    there = Counter(_keys(new))
    is_missing = []
    for key in _keys(old):
        is_missing.append(there[key] == 0)
        there[key] -= there[key] > 0
    return old[pd.Series(is_missing, index=old.index, dtype=bool)].reset_index(drop=True)


def _keys(items: pd.DataFrame) -> list[tuple[object, ...]]:
    return list(items[list(_SAME)].itertuples(index=False, name=None))


def copy_plan(
    engine: Engine,
    actor: Actor,
    *,
    district_soato: str,
    from_year: int,
    to_year: int,
    form_id: str,
    now: datetime,
) -> int:
    """Copy the items that :func:`items_to_copy` shows in one transaction, and return how many were added.

    The same form sent again adds nothing, nor does a second one. An item keeps its number, or gets the next free one.
    Raises ForbiddenError, EntryError, BusyError.
    """
    years = {"from_year": from_year, "to_year": to_year}
    place = {"district_soato": district_soato, "form_id": form_id, "now": now}
    try:
        return _copy(engine, actor, **place, **years)  # type: ignore[arg-type]
    except IntegrityError:
        # Somebody copied the same plan at the same moment; what it lacks still is copied.
        return _copy(engine, actor, **place, **years)  # type: ignore[arg-type]


def _copy(
    engine: Engine, actor: Actor, *, district_soato: str, from_year: int, to_year: int, form_id: str, now: datetime
) -> int:
    with writing_or_busy(engine) as connection:
        require_account(connection, actor)
        require_write(connection, actor, register_sheet(REGISTER), {district_soato})
        if sent_record(connection, form_id=form_id) is not None:
            return 0
        sent = {"form_id": form_id, "register_code": REGISTER, "record_id": 0, "sent_at": now}
        connection.execute(insert(SentForm).values(**sent))
        items = items_to_copy(connection, actor, district_soato=district_soato, from_year=from_year, to_year=to_year)
        if items.empty:
            return 0
        numbers = _free_numbers(connection, items["number"].tolist(), district_soato=district_soato, year=to_year)
        entries = [
            Entry(register=REGISTER, cells=_cells(row, number, district_soato=district_soato, year=to_year))
            for row, number in zip(items.to_dict("records"), numbers, strict=True)
        ]
        places = place_index(connection)
        added = write_new_entries(connection, entries, places, actor, WriteSource.FORM, today=day_of(now))
        return len(added)


def _cells(row: Mapping[object, object], number: str, *, district_soato: str, year: int) -> dict[str, str]:
    return {
        "number": number,
        "district": district_soato,
        "year": str(year),
        "month": str(row["month"]),
        "mahalla": str(row["mahalla"]),
        "direction": str(row["direction_code"]),
        "form": str(row["form_code"]),
        "stir": str(row["stir"]),
    }


def _free_numbers(connection: Connection, wanted: Sequence[str], *, district_soato: str, year: int) -> list[str]:
    """Return a number for each of the wanted ones: itself where it is free, else the next free one."""
    of_year = (PlanItem.district_soato == district_soato, PlanItem.year == year)
    statement = select(PlanItem.number).where(*of_year, PlanItem.number.is_not(None))
    taken = {number_key(str(number)) for number in connection.scalars(statement, execution_options=WITH_WITHDRAWN)}
    reserved = {number_key(number) for number in wanted if number}
    numbers, last = [], 0
    for number in wanted:
        free = number
        while not free or number_key(free) in taken:
            last += 1
            free = f"{year}-{last}" if number_key(f"{year}-{last}") not in reserved else ""
        taken.add(number_key(free))
        numbers.append(free)
    return numbers

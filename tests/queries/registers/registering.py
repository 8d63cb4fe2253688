"""One good record of every register as its form holds it, and ways to enter it: the world of the tests of registers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Engine, select

from data.accounts.accounts import NewAccount, add_account
from data.database.engine import WITH_WITHDRAWN, reading, writing
from data.policy import Actor, Role
from data.registers.entry import Entry
from data.schema import AuditEntry, Ngo, NgoDirection
from queries.registers.entries import SavedEntry, save_entry
from queries.registers.records import StoredRecord, find_record
from tests.data.workbook.books import WHOLE
from tests.worlds import add, make_mahalla

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
DISTRICT, REGION, OTHER_DISTRICT = "1726294", "1726", "1726266"
STIR, OTHER_STIR = "300011000", "300022000"
ADMIN = Actor(Role.ADMIN, login="admin")
ENTERED = (
    "ngos", "mahallas", "inhabitants", "memoranda", "amendments", "obligations", "plans", "events", "requests",
    "supports", "trainings", "awards", "offences", "targets", "holidays",
)  # fmt: skip
"""Registers whose records have a page, in an order in which one may name those before it."""
WITHDRAWN = ("memoranda", "amendments", "obligations", "plans", "events", "requests", "supports", "trainings", "awards")
"""Registers whose records are withdrawn."""
LINKS: Mapping[str, Mapping[str, str]] = {"events": {"plan_item": "7", "partners": "health;probation"}}


def good_cells(register: str, **change: object) -> dict[str, str]:
    """Texts of a good record."""
    cells = {**WHOLE[register][0], **LINKS.get(register, {}), **change}
    return {code: "" if value is None else str(value) for code, value in cells.items()}


def enter(
    engine: Engine,
    register: str,
    change: Mapping[str, str] | None = None,
    *,
    actor: Actor = ADMIN,
    form_id: str = "",
    record: StoredRecord | None = None,
    reason: str = "",
    **cells: str,
) -> SavedEntry:
    """Save a good record with some other texts, or a record that was read with some other texts."""
    entry = Entry(
        register=register,
        cells={**(record.texts if record else good_cells(register)), **(change or {}), **cells},
        record_id=record.record_id if record else 0,
        version=record.version if record else 0,
    )
    return save_entry(engine, actor, entry, form_id=form_id or str(uuid4()), now=NOW, reason=reason)


def settle(connection: Connection) -> None:
    """Insert the NGOs and mahallas that the good records name."""
    for stir, name in ((STIR, "Yangi Ufq jamgʻarmasi"), (OTHER_STIR, "Mehr nuri")):
        ngo_id = add(connection, Ngo, stir=stir, name=name, district_soato=DISTRICT)
        add(connection, NgoDirection, ngo_id=ngo_id, direction_code="youth_work")
    for name in ("Oqtepa MFY", "Doʻstlik MFY"):
        make_mahalla(connection, name=name, district_soato=DISTRICT)


def enter_all(engine: Engine, *registers: str) -> dict[str, int]:
    """Enter the good record of each register and return their ids; an NGO and a mahalla are others than those known."""
    new: Mapping[str, dict[str, str]] = {"ngos": {"stir": "300033000"}, "mahallas": {"mahalla": "Navroʻz MFY"}}
    return {code: enter(engine, code, new.get(code, {})).record_id for code in registers or ENTERED}


def read_record(engine: Engine, register: str, record_id: int, *, actor: Actor = ADMIN) -> StoredRecord:
    """Return a record."""
    with reading(engine) as connection:
        return find_record(connection, actor, register=register, record_id=record_id)


def add_coordinator(engine: Engine, *, login: str = "kamola", district_soato: str = DISTRICT) -> Actor:
    """Create a coordinator's account."""
    with writing(engine) as connection:
        account = NewAccount(login=login, role=Role.COORDINATOR, district_soato=district_soato)
        account_id = add_account(connection, account, password=None, actor="test")
    return Actor(
        Role.COORDINATOR, account_id=account_id, login=login, region_soato=REGION, district_soato=district_soato
    )


def audit_entries(engine: Engine, **columns: object) -> list[Any]:
    """Return the entries of the audit log in their order."""
    with reading(engine) as connection:
        statement = select(AuditEntry.__table__).filter_by(**columns).order_by(AuditEntry.id)
        return list(connection.execute(statement, execution_options=WITH_WITHDRAWN))

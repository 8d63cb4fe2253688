"""A form, a row of a workbook and a command with the same values: the same record, refusal and audit entry."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import redirect_stderr, redirect_stdout
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from data.cli import main
from data.database.engine import reading, writing
from data.dates import clock
from data.language import Language, Translator
from data.registers.declaration import FieldKind, SheetField
from data.registers.entry import Entry, EntryError, register_sheet
from data.schema import AuditEntry
from queries.registers.entries import save_entry
from queries.registers.records import MODELS
from tests.data.workbook.books import import_book, save_book
from tests.databases import Databases, directory
from tests.long_tests import is_long
from tests.queries.registers.registering import ADMIN, ENTERED, NOW, enter_all, good_cells, read_record, settle

pytestmark = pytest.mark.both_databases

TODAY = date(2026, 11, 20)
TRANSLATE = Translator(Language.UZ_LATN)
# What people write, by kind: good and bad, and nothing at all.
WRITTEN: Mapping[FieldKind, tuple[str, ...]] = {
    FieldKind.NUMBER: ("", "HM-1", "7", "T-404"),
    FieldKind.TEXT: ("", "Boshqa matn", "tel 90 123 45 67", "AA1234567", "x" * 4001),
    FieldKind.MAHALLA: ("", "Doʻstlik", "Yangi mahalla MFY", "AA1234567"),
    FieldKind.STIR: ("", "300022000", "311111111", "12345"),
    FieldKind.STIRS: ("", "300011000; 300022000", "311111111", "nimadir"),
    FieldKind.DISTRICT: ("Chilonzor tumani", "1726294", "Samarqand", "Atlantida"),
    FieldKind.DATE: ("", "01.03.2026", "2026-02-16", "31.02.2026", "01.01.2031", "kecha"),
    FieldKind.TERM: ("", "muddatsiz", "01.03.2027", "01.01.2020", "3 yil"),
    FieldKind.COUNT: ("", "0", "5", "48 nafar", "-1", "2,5", "koʻp"),
    FieldKind.WHOLE: ("", "0", "5", "12 ta", "-1", "2,5", "koʻp"),
    FieldKind.AMOUNT: ("", "0", "5,5 mln", "1 250 000", "-5", "1000 USD"),
    FieldKind.VALUE: ("", "55", "4,2", "0,5", "101", "yuqori"),
    FieldKind.YEAR: ("", "2026", "26", "1800"),
    FieldKind.MONTH: ("", "mart", "03.2026", "13", "bahor"),
    FieldKind.AREA: ("", "1726", "Respublika", "Samarqand"),
    FieldKind.NAMES: ("", "Oqtepa; Navroʻz MFY", "90 123 45 67"),
}
numbers: Mapping[str, Iterator[int]] = {register: count(1) for register in ENTERED}


def key_of(register: str, number: int = 0) -> dict[str, str]:
    """Key of a record by a number."""
    keys: Mapping[str, dict[str, str]] = {
        "ngos": {"stir": f"{400_000_000 + number}"},
        "mahallas": {"mahalla": f"Navbahor-{number} MFY"},
        "inhabitants": {"counted_date": f"{date(2015, 1, 1) + timedelta(number):%d.%m.%Y}"},
        "amendments": {"number": str(100 + number)},
        "offences": {"year": str(2025 - number // 12), "month": str(number % 12 + 1)},
        "targets": {"year": str(2027 + number)},
        "holidays": {"holiday_date": f"{date(2031, 1, 1) + timedelta(number):%d.%m.%Y}"},
    }
    return keys.get(register, {"number": f"X-{number}"})


def written(field: SheetField) -> tuple[str, ...]:
    """Ways to fill in a field."""
    if field.choices is not None:
        words = [code.value for code in list(field.choices)[:3]]
        several = ("; ".join(words[:2]),) if field.kind is FieldKind.CHOICES else ()
        return ("", *words, *several, "nimadir")
    return WRITTEN[field.kind]


@st.composite
def changes(draw: st.DrawFn, register: str) -> dict[str, str]:
    """Some other values of a good record."""
    own = set(key_of(register))
    fields = [field for field in register_sheet(register).fields if field.code not in own]
    chosen = draw(st.lists(st.sampled_from(fields), max_size=3, unique_by=lambda field: field.code))
    return {field.code: draw(st.sampled_from(written(field))) for field in chosen}


def cells_of(register: str, change: Mapping[str, str]) -> dict[str, str]:
    """Cells of a row up to its last filled one, as a workbook has them."""
    cells = {**good_cells(register), **change, **key_of(register, next(numbers[register]))}
    named = [field.code for field in register_sheet(register).fields if field.code in cells]
    last = max(at for at, code in enumerate(named) if cells[code])
    return {code: cells[code] for code in named[: last + 1]}


def by_form(engine: Engine, register: str, cells: Mapping[str, str], _folder: Path) -> str:
    """Save a form and return the message of its first fault."""
    try:
        save_entry(engine, ADMIN, Entry(register=register, cells=cells), form_id=str(uuid4()), now=NOW)
    except EntryError as error:
        order = [field.code for field in register_sheet(register).fields]
        first = min(error.faults, key=order.index)
        return f"{first}: {TRANSLATE.render(error.faults[first])}"
    return ""


def by_workbook(engine: Engine, register: str, cells: Mapping[str, str], folder: Path) -> str:
    """Import a row and return the message of its refusal."""
    columns: dict[str, str | None] = dict.fromkeys(field.code for field in register_sheet(register).fields)
    row: dict[str, Any] = {register: [{**columns, **cells}]}
    (sheet,) = import_book(engine, save_book(folder / "book.xlsx", **row)).sheets
    assume(sheet.accepted or sheet.duplicates or sheet.refused)  # a row of hardly anything is no record
    return "".join(f"{entry.field.code}: {TRANSLATE.render(entry.message)}" for entry in sheet.refused)


def by_command(engine: Engine, register: str, cells: Mapping[str, str], _folder: Path) -> str:
    """Run the command and return the first fault that it prints."""
    url = engine.url.render_as_string(hide_password=False)
    values = [f"{code}={text}" for code, text in cells.items()]
    said = io.StringIO()
    with redirect_stderr(said), redirect_stdout(io.StringIO()):
        code = main(["record", register, f"--database={url}", "--lang", "uz", *values])
    if code == 0:
        return ""
    order = {field.code: at for at, field in enumerate(register_sheet(register).fields)}
    faults = dict(re.findall(r"\(([a-z_]+)\): (.*)", said.getvalue()))
    first = min(faults.keys() & order.keys(), key=lambda entry: order[entry])
    return f"{first}: {faults[first]}"


WAYS: Mapping[str, Callable[[Engine, str, Mapping[str, str], Path], str]] = {
    "form": by_form,
    "import": by_workbook,
    "command": by_command,
}


def left_by(engine: Engine, register: str, source: str, since: int) -> list[tuple[object, ...]]:
    """Return the audit entries made since one, and the texts of the record, without its key."""
    entity, own = MODELS[register].__tablename__, set(key_of(register))
    columns = own | {"stir", "name", "number", "year_month", "counted_date"} if own & {"month"} else own
    hidden = columns | ({"name"} if register == "mahallas" else set()) | ({"year_month"} if "month" in own else set())
    with reading(engine) as connection:
        entries = connection.execute(
            select(AuditEntry.__table__).where(AuditEntry.id > since).order_by(AuditEntry.id)
        ).all()
    told: list[tuple[object, ...]] = []
    for entry in entries:
        after = {name: value for name, value in (entry.after or {}).items() if name not in hidden}
        action = entry.action_code.removeprefix(f"{source}_")
        told.append((action, entry.entity, entry.before, after if entry.entity == entity else entry.after))
    (record_id,) = [int(entry.entity_id) for entry in entries if entry.entity == entity][-1:]
    texts = read_record(engine, register, record_id).texts
    return [*told, *sorted((code, text) for code, text in texts.items() if code not in own)]


def every_register(engine: Engine) -> None:
    """Fill a database with the directory and a good record of every register."""
    directory(engine)
    with writing(engine) as connection:
        settle(connection)
    enter_all(engine)


@pytest.fixture
def engine(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Engine]:
    """Database with a good record of every register, of the kind that the test runs on."""
    with databases.copy(request.param, every_register) as made:
        yield made


@pytest.fixture
def world(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """Database on a fixed day."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    return engine


@pytest.mark.parametrize("register", ENTERED)
def test_what_is_said_counts_and_not_where_it_is_said(world: Engine, tmp_path: Path, register: str) -> None:
    examples = (8 if world.dialect.name == "sqlite" else 2) * (10 if is_long() else 1)

    @settings(max_examples=examples, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(changes(register))
    def check(change: dict[str, str]) -> None:
        refusals, left = {}, {}
        for source, enter in WAYS.items():
            with reading(world) as connection:
                since = connection.scalar(select(AuditEntry.id).order_by(AuditEntry.id.desc()).limit(1)) or 0
            refusals[source] = enter(world, register, cells_of(register, change), tmp_path)
            if not refusals[source]:
                left[source] = left_by(world, register, source, since)
        assert len(set(refusals.values())) == 1, refusals
        if left:
            # A mahalla that is new to the first way is known to the others.
            plain = {
                source: [entry for entry in told if entry[1] != "mahalla" or register == "mahallas"]
                for source, told in left.items()
            }
            assert plain["form"] == plain["import"] == plain["command"]

    check()

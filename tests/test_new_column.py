"""A new column needs a line of its model, a migration, a line of its register and the catalogues.

It is then in the template, the round trip of a workbook, a form, the list, the record and the audit log.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from babel.messages.pofile import read_po, write_po
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.product_copy import copy_product, edit, run_each_in

HEADINGS = {"uz_Latn": "Oʻtkazilgan joyi", "uz_Cyrl": "Ўтказилган жойи", "ru": "Место проведения"}
HEADINGS_ROW = 2
MEMORANDUM = {
    "Номер меморандума": "HM-1",
    "Район (город)": "Чиланзарский район",
    "Наименование ННО": "Yangi Ufq jamgʻarmasi",
    "ИНН": 300011000,
    "Тема": "Hamkorlik",
    "Дата подписания": date(2026, 1, 10),
    "Дата вступления в силу": date(2026, 1, 15),
    "Направления": "Работа с молодёжью",
}
SUPPORT = {
    "Номер поддержки": "K-1",
    "Район (город)": "Чиланзарский район",
    "ИНН": 300011000,
    "Форма поддержки": "Транспорт",
    "Дата": date(2026, 2, 1),
    HEADINGS["ru"]: "hall",
}
# What is read of the record, what a form makes of it, and what is left of it.
SEEN = """
from datetime import UTC, datetime
from uuid import uuid4
from data.database.engine import get_engine, reading
from data.policy import Actor, Role, Scope
from data.registers.entry import Entry
from queries.registers.entries import save_entry
from queries.registers.records import find_record, history, list_records

admin, engine, now = Actor(Role.ADMIN, login="admin"), get_engine(), datetime(2026, 11, 20, tzinfo=UTC)
with reading(engine) as connection:
    listed = list_records(connection, admin, register="supports", scope=Scope.nation()).frame
    record = find_record(connection, admin, register="supports", record_id=int(listed["record_id"].iloc[0]))
print(listed["venue"].iloc[0], record.values["venue"], record.texts["venue"])
entry = Entry(
    register="supports", cells={**record.texts, "venue": "park"}, record_id=record.record_id, version=record.version
)
save_entry(engine, admin, entry, form_id=str(uuid4()), now=now)
with reading(engine) as connection:
    record = find_record(connection, admin, register="supports", record_id=record.record_id)
    log = history(connection, record)
print(record.texts["venue"], *(change["venue"] for change in log["after"]), log["before"].iloc[0]["venue"])
"""


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copy of the product with a venue in the register of support, and an empty database with the directory."""
    copy_product(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'new.db'}")
    edit(
        tmp_path / "data" / "schema" / "exchange.py",
        "    support_date: Mapped[date]\n",
        '    support_date: Mapped[date]\n    venue: Mapped[str] = mapped_column(default="", server_default="")\n',
    )
    edit(
        tmp_path / "data" / "registers" / "supports.py",
        '            SheetField("source",',
        '            SheetField("venue", FieldKind.TEXT, Wording("Venue of the support")),\n'
        '            SheetField("source",',
    )
    for language, heading in HEADINGS.items():
        path = tmp_path / "data" / "locale" / language / "LC_MESSAGES" / "hamkor.po"
        with path.open("rb") as source:
            catalogue = read_po(source)
        catalogue.add("Venue of the support", heading)
        with path.open("wb") as target:
            write_po(target, catalogue)
    template = ("-m", "data", "template", "report.xlsx", "--lang", "ru")
    run_each_in(tmp_path, ("-m", "data.database.migrate", "add venue"), ("-m", "data", "init"), template)
    return tmp_path


def test_a_column_of_a_register_takes_its_model_a_migration_a_field_and_the_catalogues(copy: Path) -> None:
    migration = next((copy / "data" / "migrations" / "versions").glob("*venue*.py")).read_text(encoding="utf-8")
    assert "venue" in migration
    book = load_workbook(copy / "report.xlsx")
    _fill(book["Меморандумы"], MEMORANDUM)
    _fill(book["Поддержка"], SUPPORT)
    book.save(copy / "report.xlsx")
    printed = run_each_in(copy, ("-m", "data", "import", "report.xlsx"), ("-c", SEEN))
    assert printed.split()[-7:] == ["hall", "hall", "hall", "park", "park", "hall", "hall"]


def _fill(sheet: Worksheet, row: Mapping[str, object]) -> None:
    columns = {cell.value: cell.column for cell in sheet[HEADINGS_ROW]}
    for heading, value in row.items():
        sheet.cell(HEADINGS_ROW + 1, columns[heading], value)

"""Audit log on its page: in words, with links, narrowed by the address, and as files that run nothing."""

from __future__ import annotations

import csv
import io
import re

import pytest
from openpyxl import load_workbook
from sqlalchemy import insert
from streamlit.testing.v1 import AppTest

from components.audit.entries import audit_columns, audit_rows
from components.audit.texts import ACTIONS, ENTITIES, AuditNames
from components.shell.formatter import Formatter
from components.tables.downloads import DownloadSheet, csv_file, xlsx_file
from data.accounts.accounts import NewAccount, add_account
from data.codes import Direction, EventForm
from data.database import audit
from data.database.engine import writing
from data.dates import clock
from data.language import Language, Translator
from data.policy import Actor, Role
from data.registers.entry import Entry
from data.schema import AuditEntry
from data.texts.catalogues import source_files
from queries.audit_log import AuditFilter, download_audit
from queries.registers.entries import save_entry
from tests.pages.conftest import Desk
from tests.worlds import DISTRICT

ADMIN = Actor(Role.ADMIN, login="admin")


@pytest.fixture
def log(ngo_desk: Desk) -> Desk:
    """App with an administrator, and a plan item that was entered and corrected."""
    with writing(ngo_desk.engine) as connection:
        add_account(connection, NewAccount(login="admin", role=Role.ADMIN), password=None, actor="command line")
    ngo_desk.sign_in_everyone()
    cells = {
        "district": DISTRICT,
        "number": "2026-1",
        "year": "2026",
        "month": "5",
        "direction": Direction.YOUTH_WORK.value,
        "form": EventForm.SEMINAR.value,
    }
    saved = save_entry(ngo_desk.engine, ADMIN, Entry(register="plans", cells=cells), form_id="1", now=clock.now())
    corrected = Entry(register="plans", cells=cells | {"month": "6"}, record_id=saved.record_id, version=1)
    save_entry(ngo_desk.engine, ADMIN, corrected, form_id="2", now=clock.now(), reason="=1+1")
    return ngo_desk


def html(app: AppTest) -> str:
    assert not app.exception
    return "".join(block.proto.body for block in app.get("html"))


def test_a_change_is_told_field_by_field_in_the_words_of_the_register(log: Desk) -> None:
    page = html(log.open(Role.ADMIN, "audit", lang="en"))
    assert "Month: May → June" in page
    assert "Corrected" in page
    assert 'href="/plan-item?' in page
    assert "Login: admin" in page
    assert "Role: Administrator" in page


def test_values_that_no_register_declares_are_words_too(log: Desk) -> None:
    after = {"answers": {"preparation": 4, "is_late": False}, "language_code": "ru", "state_code": "declined"}
    with writing(log.engine) as connection:
        audit.record(connection, actor="n", action="submitted", entity="evaluation", entity_id=9, after=after)
    page = html(log.open(Role.ADMIN, "audit", lang="en"))
    for text in ("Answers: Preparation: 4, Late: No", "Language: Русский", "State: Declined"):
        assert text in page


def test_every_action_and_kind_of_record_that_is_audited_has_words() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in source_files())
    actions = set(re.findall(r"audit\.record\([^)]*?action=\"(\w+)\"", code))
    entities = set(re.findall(r"audit\.record\([^)]*?entity=\"(\w+)\"", code))
    assert len(actions) > 15
    assert actions - ACTIONS.keys() == set()
    assert entities - ENTITIES.keys() - {"joint_event"} == set()


def test_a_day_beyond_the_calendar_is_none(log: Desk) -> None:
    for days in ({"until": "9999-12-31"}, {"since": "0001-01-01"}):
        app = log.open(Role.ADMIN, "audit", lang="en", **days)
        assert not app.exception
        assert "Login: admin" in "".join(block.proto.body for block in app.get("html"))


def test_it_is_narrowed_by_the_address(log: Desk) -> None:
    app = log.open(Role.ADMIN, "audit", lang="en")
    for name, value in {"area": "uz", "kind": "plan_item", "find": "1", "action": "form_corrected"}.items():
        app.query_params[name] = value
    app = app.run()
    assert app.subheader[0].value == "Entries: 1"
    assert "Only Plans, number in the database 1" in [each.value for each in app.caption]
    app = app.button(key="all-records").click().run()
    assert app.selectbox(key="kind:en").value == "plan_item"
    app = app.selectbox(key="action:en").select("form_added").run()
    assert app.subheader[0].value == "Entries: 1"
    app = app.selectbox(key="who:en").select("command line").run()
    assert app.subheader[0].value == "Entries: 0"


def test_days_are_typed_and_what_is_none_is_told(log: Desk) -> None:
    app = log.open(Role.ADMIN, "audit", lang="en")
    number = app.subheader[0].value
    app = app.text_input(key="since:en").set_value("1.2.2030").run()
    assert (app.query_params["since"], app.subheader[0].value) == ("2030-02-01", "Entries: 0")
    assert app.text_input(key="since:en").value == "01.02.2030"
    app = app.text_input(key="since:en").set_value("some day").run()
    assert "some day" in app.error[0].value
    assert (app.text_input(key="since:en").value, app.subheader[0].value) == ("some day", number)
    app = app.text_input(key="since:en").set_value("").run()
    assert not app.error


def test_a_long_list_has_pages(log: Desk) -> None:
    with writing(log.engine) as connection:
        for number in range(30):
            audit.record(connection, actor="zebo", action="sign_in", entity="account", entity_id=number)
    app = log.open(Role.ADMIN, "audit", lang="en")
    assert app.get("pagination")
    assert html(app).count('data-label="Time"') == 25


def test_what_people_typed_is_text_in_the_table_and_in_the_files(log: Desk) -> None:
    with writing(log.engine) as connection:
        values = {"at": clock.now(), "actor": "<b>x</b>", "action_code": "=cmd()", "entity": "@x", "entity_id": "+1"}
        after = {"-k": "<script>", "title": "\x01=1+1"}
        connection.execute(insert(AuditEntry).values(**values, after=after))
    frame = download_audit(log.engine, ADMIN, AuditFilter(), file_kind="csv")
    fmt, names = Formatter(Translator(Language.EN)), AuditNames(registers={"plan_item": "plans"})
    sheet = DownloadSheet("Log", audit_rows(frame, names, fmt), audit_columns(fmt), is_demo=False)
    table = list(csv.reader(io.StringIO(csv_file(sheet, translate=fmt.translate).decode("utf-8-sig"))))
    book = load_workbook(io.BytesIO(xlsx_file(sheet, translate=fmt.translate))).active
    assert book is not None
    rows = [[str(cell or "") for cell in row] for row in book.iter_rows(values_only=True)]
    assert {cell.data_type for row in book.iter_rows() for cell in row if cell.value is not None} <= {"s", "inlineStr"}
    for found in (table, rows):
        cells = [cell for row in found for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
        assert "'=1+1" in cells
        assert "'=cmd()" in cells
        assert len(found[0]) == len(audit_columns(fmt))
    assert "<script>" not in html(log.open(Role.ADMIN, "audit", lang="en"))


@pytest.mark.parametrize("language", Language)
def test_the_page_speaks_every_language(log: Desk, language: Language) -> None:
    app = log.open(Role.ADMIN, "audit", lang=language.value)
    assert not app.exception
    assert not app.error
    assert len(app.get("download_button")) == 2

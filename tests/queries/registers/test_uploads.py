"""Uploads of workbooks: who may upload what, what is accepted once, what two people do at once, and undoing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import Engine, func, select, update

from data.database.engine import WITH_WITHDRAWN, reading, writing
from data.directory import fixed_holidays
from data.language import Language, Translator
from data.policy import Actor, ForbiddenError, Role
from data.registers.entry import Entry
from data.registers.registry import SHEETS
from data.schema import Account, AuditEntry, Base, ImportRun, JointEvent, Mahalla, Memorandum
from data.workbook import errors
from data.workbook.downloaded_rows import records_workbook
from data.workbook.template import FIRST_ROW
from queries.registers.downloads import downloadable_sheets, rows_to_correct
from queries.registers.entries import save_entry
from queries.registers.records import find_record
from queries.registers.uploads import (
    AcceptedUpload,
    ChangedSinceCheckError,
    CheckedUpload,
    NothingNewError,
    NoUploadError,
    TouchedRowsError,
    accept_upload,
    check_upload,
    undo_upload,
    uploads,
)
from queries.registers.withdrawal import withdraw
from tests.data.workbook.books import (
    AWARD,
    EVENT,
    MEMORANDUM,
    OFFENCE,
    SUPPORT,
    TODAY,
    WHOLE,
    Row,
    save_book,
    table_counts,
)
from tests.people import add_person

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
CHILONZOR, OTHER = "1726294", "1703202"
CELLS = Mapping[str, object]


@pytest.fixture
def coordinator(engine: Engine) -> Actor:
    """Coordinator of the district of the workbooks."""
    return coordinator_of(engine, CHILONZOR, "Aziz")


@pytest.fixture
def admin(engine: Engine) -> Actor:
    """Administrator."""
    return Actor(Role.ADMIN, account_id=add_person(engine, "Bosh", role=Role.ADMIN), login="Bosh")


def coordinator_of(engine: Engine, district: str, login: str) -> Actor:
    """Coordinator of a district."""
    account_id = add_person(engine, login, role=Role.COORDINATOR)
    with writing(engine) as connection:
        connection.execute(update(Account).where(Account.id == account_id).values(district_soato=district))
    return Actor(Role.COORDINATOR, account_id, login, district_soato=district, region_soato=district[:4])


def check(engine: Engine, actor: Actor, path: Path) -> CheckedUpload:
    """Check a workbook today."""
    return check_upload(engine, actor, path, file_name=path.name, today=TODAY)


def accept(engine: Engine, actor: Actor, path: Path, **options: Any) -> AcceptedUpload:  # noqa: ANN401
    """Check a workbook and accept it."""
    return accept_upload(engine, actor, path, check(engine, actor, path), now=NOW, **options)


def downloaded(engine: Engine, actor: Actor, path: Path, language: Language = Language.UZ_LATN) -> Path:
    """Write the rows that the actor may correct as a workbook."""
    sheets = downloadable_sheets(actor)
    with reading(engine) as connection:
        rows = {sheet.code: rows_to_correct(connection, actor, sheet=sheet, scope=actor.home_scope) for sheet in sheets}
    path.write_bytes(records_workbook(sheets, rows, Translator(language)))
    return path


def page_of(book: Any, code: str) -> tuple[Any, dict[str, int]]:  # noqa: ANN401
    """Sheet of a workbook in Uzbek, and its columns by the code of their field; that of the hidden key by ""."""
    sheet = next(sheet for sheet in SHEETS if sheet.code == code)
    columns = {field.code: at for at, field in enumerate(sheet.fields, 1)} | {"": len(sheet.fields) + 1}
    return book[sheet.name.in_language(Language.UZ_LATN)], columns


def edited(path: Path, code: str, change: Callable[[Any, dict[str, int]], None]) -> Path:
    """Change a sheet of a workbook in Uzbek; columns are given by the code of their field."""
    book = openpyxl.load_workbook(path)
    change(*page_of(book, code))
    book.save(path)
    return path


def with_cells(path: Path, rows: Mapping[tuple[str, int], CELLS]) -> Path:
    """Set cells of some rows, each given by the code of its sheet and its number."""
    book = openpyxl.load_workbook(path)
    for (code, row), cells in rows.items():
        page, columns = page_of(book, code)
        for name, value in cells.items():
            page.cell(row, columns[name]).value = value
    book.save(path)
    return path


def contents(engine: Engine) -> dict[str, list[Any]]:
    """Rows of all tables that people's records are in, with what is withdrawn, without versions."""
    left_out = {"audit_entry", "import_run", "sent_form", "account", "data_version", "version_change"}
    tables = [table for name, table in Base.metadata.tables.items() if name not in left_out and "version" not in name]
    with reading(engine) as connection:
        withdrawn = set(
            connection.scalars(
                select(JointEvent.id).where(JointEvent.withdrawn_at.is_not(None)), execution_options=WITH_WITHDRAWN
            )
        )
        return {
            table.name: sorted(
                (
                    [value for column, value in row._mapping.items() if column not in {"version", "id"}]
                    for row in connection.execute(select(table))
                    if getattr(row, "withdrawn_at", None) is None and getattr(row, "event_id", None) not in withdrawn
                ),
                key=str,
            )
            for table in tables
        }


def count(engine: Engine, model: type[Any]) -> int:
    """Number of rows of a table that are not withdrawn."""
    with reading(engine) as connection:
        return connection.scalar(select(func.count()).select_from(model)) or 0


@pytest.mark.both_databases
def test_an_accepted_upload_writes_its_rows_with_the_run_in_their_audit_entries(
    engine: Engine, coordinator: Actor, tmp_path: Path
) -> None:
    path = save_book(tmp_path / "book.xlsx", memoranda=[MEMORANDUM], events=[EVENT, {**EVENT, "number": ""}])
    checked = check(engine, coordinator, path)
    assert [(sheet.added, len(sheet.refused)) for sheet in checked.outcome.sheets] == [(1, 0), (1, 1)]
    assert count(engine, JointEvent) == 0

    accepted = accept_upload(engine, coordinator, path, checked, now=NOW)
    again = accept_upload(engine, coordinator, path, checked, now=NOW)

    assert (again.run_id, again.is_repeat) == (accepted.run_id, True)
    with reading(engine) as connection:
        run = connection.execute(select(ImportRun.__table__)).one()
        entries = connection.execute(select(AuditEntry.entity, AuditEntry.account_id, AuditEntry.import_run_id)).all()
        found = uploads(connection, coordinator)
    assert (run.id, run.account_id, run.file_name) == (accepted.run_id, coordinator.account_id, "book.xlsx")
    written = {tuple(entry) for entry in entries if entry.import_run_id}
    names = ("ngo", "mahalla", "memorandum", "joint_event")
    assert written == {(name, coordinator.account_id, run.id) for name in names}
    assert found[["run_id", "added", "changed", "refused"]].to_numpy().tolist() == [[run.id, 2, 0, 1]]


def test_the_same_file_chosen_again_says_when_it_was_accepted_and_has_nothing_new(
    engine: Engine, coordinator: Actor, tmp_path: Path
) -> None:
    path = save_book(tmp_path / "book.xlsx", memoranda=[MEMORANDUM], events=[EVENT])
    accept(engine, coordinator, path)
    checked = check(engine, coordinator, path)
    assert (checked.outcome.accepted, checked.accepted_at is not None) == (0, True)
    with pytest.raises(NothingNewError):
        accept_upload(engine, coordinator, path, checked, now=NOW)
    assert count(engine, ImportRun) == 1


def test_rows_of_other_districts_and_sheets_of_others_are_refused_as_such(
    engine: Engine, coordinator: Actor, tmp_path: Path
) -> None:
    elsewhere = {"district": "Andijon tumani", "memorandum": None, "mahalla": None}
    path = save_book(
        tmp_path / "book.xlsx",
        memoranda=[MEMORANDUM],
        events=[EVENT, {**EVENT, **elsewhere, "number": "T-9"}],
        **{code: WHOLE[code] for code in ("evaluations", "mahallas", "offences", "targets")},  # type: ignore[arg-type]
    )
    outcome = check(engine, coordinator, path).outcome
    refused = [(row.row, row.field.code, row.message.text) for sheet in outcome.sheets for row in sheet.refused]
    assert refused == [(3, "district", errors.NOT_YOUR_DISTRICT)]
    closed = [(sheet.code, rows) for sheet, rows in outcome.closed_sheets]
    assert closed == [("evaluations", 1), ("mahallas", 1), ("offences", 1), ("targets", 1)]
    accept(engine, coordinator, path)
    assert (count(engine, JointEvent), count(engine, Mahalla)) == (1, 1)


def test_others_may_not_upload_see_or_undo(engine: Engine, coordinator: Actor, admin: Actor, tmp_path: Path) -> None:
    path = save_book(tmp_path / "book.xlsx", memoranda=[MEMORANDUM])
    run_id = accept(engine, coordinator, path).run_id
    other = coordinator_of(engine, OTHER, "Boshqa")
    for role in (Role.NATIONAL, Role.REGIONAL, Role.DISTRICT, Role.NGO, Role.PUBLIC):
        actor = Actor(role, district_soato=CHILONZOR, region_soato="1726", ngo_id=1)
        with pytest.raises(ForbiddenError):
            check(engine, actor, path)
        with pytest.raises(ForbiddenError):
            undo_upload(engine, actor, run_id=run_id, now=NOW)
        with pytest.raises(ForbiddenError), reading(engine) as connection:
            uploads(connection, actor)
    with pytest.raises(NoUploadError):
        undo_upload(engine, other, run_id=run_id, now=NOW)
    with reading(engine) as connection:
        assert [len(uploads(connection, actor)) for actor in (coordinator, other, admin)] == [1, 0, 1]


@pytest.mark.both_databases
def test_what_someone_else_changed_since_the_check_is_shown_and_not_overwritten(
    engine: Engine, coordinator: Actor, admin: Actor, tmp_path: Path
) -> None:
    accept(engine, coordinator, save_book(tmp_path / "first.xlsx", memoranda=[MEMORANDUM], events=[EVENT]))
    rows: list[Row] = [{**EVENT, "participants_total": 60}, {**EVENT, "number": "T-2"}]
    mine = save_book(tmp_path / "mine.xlsx", events=rows)
    checked = check(engine, coordinator, mine)
    accept(engine, admin, save_book(tmp_path / "theirs.xlsx", events=[{**EVENT, "participants_total": 70}]))

    with pytest.raises(ChangedSinceCheckError) as error:
        accept_upload(engine, coordinator, mine, checked, now=NOW)

    assert error.value.rows == [("events", 2)]
    (changed,) = error.value.checked.outcome.sheets[0].changed
    assert [(cell.field.code, cell.old, cell.new) for cell in changed.cells] == [("participants_total", 70, 60)]
    assert count(engine, JointEvent) == 1
    accept_upload(engine, coordinator, mine, error.value.checked, now=NOW)
    assert count(engine, JointEvent) == 2


@pytest.mark.both_databases
def test_undoing_withdraws_what_was_added_and_restores_what_was_corrected(
    engine: Engine, admin: Actor, tmp_path: Path
) -> None:
    accept(engine, admin, save_book(tmp_path / "first.xlsx", **WHOLE))  # type: ignore[arg-type]
    before = contents(engine)
    changes: Mapping[str, CELLS] = {
        "memoranda": {"title": "Boshqa nom", "expiry_date": "15.01.2030", "directions": "Huquqiy targʻibot"},
        "events": {"participants_total": 77, "mahalla": "Doʻstlik MFY", "memorandum": None, "title": "MAVZU"},
        "obligations": {"fulfilled_date": None, "evidence": None},
        "amendments": {"expiry_date": "15.01.2031"},
        "plans": {"month": "mart", "mahalla": None},
        "mahallas": {"post": "9-son tayanch punkti"},
        "requests": {"answered_date": None},
        "supports": {"amount_uzs": None},
        "trainings": {"mahallas": "Oqtepa MFY", "people": 30},
        "awards": {"award_date": "02.07.2026"},
        "offences": {"youth": 6},
        "ngos": {"name": "Boshqa nom"},
        "inhabitants": {"inhabitants": 999},
        "targets": {"value": 90},
        "holidays": {"name": "Boshqa nom"},
    }
    path = downloaded(engine, admin, tmp_path / "rows.xlsx")
    codes = [sheet.code for sheet in downloadable_sheets(admin)]
    new = {**cells_of_new_event(path), **changes["events"], "number": "T-55"}
    with_cells(path, {(code, FIRST_ROW): changes[code] for code in codes} | {("events", FIRST_ROW + 1): new})
    accepted = accept(engine, admin, path, accept_doubted=frozenset((code, FIRST_ROW) for code in codes))
    assert {sheet.sheet.code: (sheet.added, len(sheet.changed)) for sheet in accepted.outcome.sheets}["events"] == (
        1,
        1,
    )
    assert contents(engine) != before

    undone = undo_upload(engine, admin, run_id=accepted.run_id, now=NOW)

    assert undone.withdrawn == 1
    after = contents(engine)
    for name in before:
        if name not in {"mahalla", "district_month"}:
            assert after[name] == before[name], name
    assert undo_upload(engine, admin, run_id=accepted.run_id, now=NOW).is_repeat
    with reading(engine) as connection:
        codes_of_undo = set(
            connection.scalars(select(AuditEntry.action_code).where(AuditEntry.action_code.like("undo%")))
        )
        withdrawn = connection.execute(select(JointEvent.number), execution_options=WITH_WITHDRAWN).all()
    assert codes_of_undo == {"undo_corrected", "undo_withdrawn"}
    assert len(withdrawn) == 2


def cells_of_new_event(path: Path) -> dict[str, object]:
    """Cells of the first event of a workbook in Uzbek, without its hidden key."""
    sheet = next(sheet for sheet in SHEETS if sheet.code == "events")
    page = openpyxl.load_workbook(path)[sheet.name.in_language(Language.UZ_LATN)]
    return {field.code: page.cell(FIRST_ROW, at).value for at, field in enumerate(sheet.fields, 1)}


def test_an_upload_is_not_undone_when_something_else_touched_its_rows(
    engine: Engine, coordinator: Actor, tmp_path: Path
) -> None:
    first = accept(engine, coordinator, save_book(tmp_path / "1.xlsx", memoranda=[MEMORANDUM], supports=[SUPPORT]))
    accept(engine, coordinator, save_book(tmp_path / "2.xlsx", events=[EVENT]))
    later = accept(engine, coordinator, save_book(tmp_path / "3.xlsx", supports=[{**SUPPORT, "source": "Hokimlik"}]))

    with pytest.raises(TouchedRowsError) as error:
        undo_upload(engine, coordinator, run_id=first.run_id, now=NOW)
    told = [(row.sheet.code if row.sheet else "", row.name, row.is_referred) for row in error.value.rows]
    assert told == [("supports", "K-1", False), ("memoranda", "HM-1", True)]
    assert count(engine, Memorandum) == 1

    undo_upload(engine, coordinator, run_id=later.run_id, now=NOW)
    with pytest.raises(TouchedRowsError):
        undo_upload(engine, coordinator, run_id=first.run_id, now=NOW)


@pytest.mark.both_databases
def test_a_process_that_dies_while_accepting_leaves_nothing_and_the_check_can_be_accepted_again(
    engine: Engine, coordinator: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = save_book(tmp_path / "book.xlsx", memoranda=[MEMORANDUM], events=[EVENT])
    checked, before = check(engine, coordinator, path), table_counts(engine)

    class KilledError(Exception):
        pass

    def die(*_args: object, **_kwargs: object) -> None:
        raise KilledError

    with monkeypatch.context() as patched:
        patched.setattr("data.registers.events.EventRegister.write", die)
        with pytest.raises(KilledError):
            accept_upload(engine, coordinator, path, checked, now=NOW)
    assert table_counts(engine) == before
    accept_upload(engine, coordinator, path, checked, now=NOW)
    assert (count(engine, JointEvent), count(engine, ImportRun)) == (1, 1)


def test_an_undone_file_may_be_uploaded_again(engine: Engine, coordinator: Actor, tmp_path: Path) -> None:
    path = save_book(tmp_path / "book.xlsx", memoranda=[MEMORANDUM], events=[EVENT], awards=[AWARD])
    undo_upload(engine, coordinator, run_id=accept(engine, coordinator, path).run_id, now=NOW)
    assert (count(engine, JointEvent), count(engine, Memorandum)) == (0, 0)
    again = check(engine, coordinator, path)
    assert (again.outcome.accepted, again.accepted_at) == (3, None)
    accept(engine, coordinator, path)
    assert (count(engine, JointEvent), count(engine, Memorandum)) == (1, 1)


def test_evaluations_that_were_uploaded_stay(engine: Engine, admin: Actor, tmp_path: Path) -> None:
    accepted = accept(engine, admin, save_book(tmp_path / "book.xlsx", **WHOLE))  # type: ignore[arg-type]
    with pytest.raises(TouchedRowsError) as error:
        undo_upload(engine, admin, run_id=accepted.run_id, now=NOW)
    assert {row.sheet.code for row in error.value.rows if row.sheet} == {"evaluations"}


@pytest.mark.parametrize("language", list(Language))
def test_rows_that_are_downloaded_and_uploaded_unchanged_change_nothing(
    engine: Engine, admin: Actor, tmp_path: Path, language: Language
) -> None:
    accept(engine, admin, save_book(tmp_path / "first.xlsx", **WHOLE))  # type: ignore[arg-type]
    path = downloaded(engine, admin, tmp_path / "rows.xlsx", language)
    outcome = check(engine, admin, path).outcome
    codes = [sheet.code for sheet in downloadable_sheets(admin)]
    got = {
        sheet.sheet.code: (sheet.duplicates, sheet.accepted, sheet.refused, sheet.doubted, sheet.warnings)
        for sheet in outcome.sheets
    }
    rows = dict.fromkeys(codes, 1) | {"mahallas": 2, "holidays": 1 + len(fixed_holidays())}
    assert got == {code: (number, 0, [], [], []) for code, number in rows.items()}
    assert outcome.skipped_sheets == []


def test_changed_cells_are_corrections_new_rows_records_and_rows_left_out_stay(
    engine: Engine, coordinator: Actor, tmp_path: Path
) -> None:
    events = [{**EVENT, "number": f"T-{at}"} for at in range(1, 4)]
    accept(engine, coordinator, save_book(tmp_path / "first.xlsx", memoranda=[MEMORANDUM], events=events))
    path = downloaded(engine, coordinator, tmp_path / "rows.xlsx")
    new = cells_of_new_event(path) | {"number": "T-9"}

    def change(page: Any, columns: dict[str, int]) -> None:  # noqa: ANN401
        page.delete_rows(FIRST_ROW + 2)
        page.cell(FIRST_ROW, columns["title"]).value = "MAVZU"
        page.cell(FIRST_ROW + 1, columns["number"]).value = "T-20"
        for name, value in new.items():
            page.cell(FIRST_ROW + 2, columns[name]).value = value

    accept(engine, coordinator, edited(path, "events", change))
    with reading(engine) as connection:
        found = connection.execute(select(JointEvent.number, JointEvent.title).order_by(JointEvent.id)).all()
    assert [tuple(row) for row in found] == [("T-1", "MAVZU"), ("T-20", "Mavzu"), ("T-3", "Mavzu"), ("T-9", "Mavzu")]


def test_a_row_of_an_outdated_version_is_refused_unless_it_says_what_is_stored(
    engine: Engine, coordinator: Actor, tmp_path: Path
) -> None:
    accept(engine, coordinator, save_book(tmp_path / "first.xlsx", memoranda=[MEMORANDUM], events=[EVENT]))
    path = with_cells(
        downloaded(engine, coordinator, tmp_path / "rows.xlsx"), {("events", FIRST_ROW): {"participants_total": 61}}
    )
    accept(engine, coordinator, path)
    assert check(engine, coordinator, path).outcome.refused == 0
    other = with_cells(path, {("events", FIRST_ROW): {"participants_total": 62}})
    (sheet,) = [sheet for sheet in check(engine, coordinator, other).outcome.sheets if sheet.sheet.code == "events"]
    assert [row.message.text for row in sheet.refused] == [errors.CHANGED_MEANWHILE]


def test_hidden_keys_that_were_copied_changed_or_are_of_others_do_no_harm(
    engine: Engine, coordinator: Actor, admin: Actor, tmp_path: Path
) -> None:
    elsewhere = {"district": "Andijon tumani", "memorandum": None, "mahalla": None}
    rows: list[Row] = [EVENT, {**EVENT, **elsewhere}]
    accept(engine, admin, save_book(tmp_path / "first.xlsx", memoranda=[MEMORANDUM], events=rows))
    path = downloaded(engine, coordinator, tmp_path / "rows.xlsx")
    cells = cells_of_new_event(path)

    def change(page: Any, columns: dict[str, int]) -> None:  # noqa: ANN401
        keys = (page.cell(FIRST_ROW, columns[""]).value, "events:2:1", "events:999:1", "memoranda:1:1")
        for at, key in enumerate(keys, 1):
            for name, value in {**cells, "number": f"T-1{at}", "": key}.items():
                page.cell(FIRST_ROW + at, columns[name]).value = value

    outcome = check(engine, coordinator, edited(path, "events", change)).outcome
    events = next(sheet for sheet in outcome.sheets if sheet.sheet.code == "events")
    assert [(row.row, row.message.text) for row in events.doubted] == [(FIRST_ROW + 1, errors.COPIED_ROW)]
    assert [row.message.text for row in events.refused] == [
        errors.NOT_YOUR_DISTRICT,
        errors.NO_SUCH_RECORD,
        errors.BROKEN_KEY,
    ]
    accept(engine, coordinator, path, accept_doubted=frozenset([("events", FIRST_ROW + 1)]))
    assert count(engine, JointEvent) == 3


def test_a_record_withdrawn_since_the_download_is_refused(engine: Engine, coordinator: Actor, tmp_path: Path) -> None:
    accept(engine, coordinator, save_book(tmp_path / "first.xlsx", memoranda=[MEMORANDUM], events=[EVENT]))
    path = downloaded(engine, coordinator, tmp_path / "rows.xlsx")
    withdraw(engine, coordinator, register="events", record_id=1, version=1, reason="Xato", now=NOW)
    events = next(sheet for sheet in check(engine, coordinator, path).outcome.sheets if sheet.sheet.code == "events")
    assert [row.message.text for row in events.refused] == [errors.NO_SUCH_RECORD]


def test_a_form_saved_between_check_and_acceptance_is_not_overwritten(
    engine: Engine, coordinator: Actor, tmp_path: Path
) -> None:
    accept(engine, coordinator, save_book(tmp_path / "first.xlsx", memoranda=[MEMORANDUM], events=[EVENT]))
    path = with_cells(
        downloaded(engine, coordinator, tmp_path / "rows.xlsx"), {("events", FIRST_ROW): {"participants_total": 61}}
    )
    checked = check(engine, coordinator, path)
    with reading(engine) as connection:
        stored = find_record(connection, coordinator, register="events", record_id=1)
    cells = {**stored.texts, "title": "Yangi mavzu"}
    entry = Entry(register="events", cells=cells, record_id=1, version=stored.version)
    save_entry(engine, coordinator, entry, form_id="form", now=NOW)
    with pytest.raises(ChangedSinceCheckError) as error:
        accept_upload(engine, coordinator, path, checked, now=NOW)
    events = next(sheet for sheet in error.value.checked.outcome.sheets if sheet.sheet.code == "events")
    assert [row.message.text for row in events.refused] == [errors.CHANGED_MEANWHILE]


def test_offences_of_an_administrator_are_taken(engine: Engine, admin: Actor, tmp_path: Path) -> None:
    assert accept(engine, admin, save_book(tmp_path / "book.xlsx", offences=[OFFENCE])).outcome.accepted == 1

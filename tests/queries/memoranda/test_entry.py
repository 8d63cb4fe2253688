"""A new memorandum: saved with obligations and documents in one transaction, once, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine, func, select, update

from data.codes import MemorandumStatus
from data.database.engine import reading, writing
from data.policy import Actor, ForbiddenError, Role
from data.registers.entry import Entry
from data.schema import Account, Document, Memorandum, MemorandumNgo, Ngo, Obligation, SentForm
from data.settings import get_settings
from queries.memoranda.entry import (
    NewMemorandum,
    NewMemorandumError,
    next_amendment_number,
    next_obligation_number,
    save_memorandum,
)
from queries.memoranda.record import memorandum_history, memorandum_page
from queries.registers.documents import (
    NoDocumentError,
    add_document,
    documents_of,
    drop_unsaved_documents,
    find_document,
    restore_document,
    withdraw_document,
)
from queries.registers.entries import save_entry
from queries.registers.records import find_record
from queries.registers.withdrawal import NoReasonError
from tests.documents import PDF, store_in
from tests.people import add_person
from tests.queries.registers.registering import NOW
from tests.worlds import DISTRICT, FAR_DISTRICT, REGION, make_event, make_ngo

pytestmark = pytest.mark.both_databases

STIR, NEW_STIR = "300011000", "300022000"
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    store_in(tmp_path, monkeypatch)
    yield tmp_path
    get_settings.cache_clear()


def coordinator(engine: Engine, login: str = "Nodira", *, district_soato: str = DISTRICT) -> Actor:
    """The coordinator of a district, whose account is made on first use."""
    with reading(engine) as connection:
        account_id = connection.scalar(select(Account.id).where(Account.login == login))
    account_id = account_id or add_person(engine, login, role=Role.COORDINATOR)
    return Actor(
        Role.COORDINATOR, account_id=account_id, login=login, district_soato=district_soato, region_soato=REGION
    )


def new_memorandum(**change: str) -> NewMemorandum:
    """Two parties, one of which is new, and an obligation of each side."""
    cells = {
        "number": "2026-1",
        "district": DISTRICT,
        "stirs": f"{NEW_STIR};{STIR}",
        "ngo_name": "Yangi umid;Mehr",
        "title": "Yoshlar bilan ishlash",
        "signed_date": "01.02.2026",
        "start_date": "01.02.2026",
        "expiry_date": "01.01.2027",
        "directions": "youth_work;legal_outreach",
        "supports": "venue",
    }
    obligations = [
        {"party": "police", "text": "Xona ajratish", "due_date": "01.03.2026"},
        {"party": "ngo", "text": "Suhbat oʻtkazish", "due_date": "01.12.2026"},
    ]
    return NewMemorandum(cells=cells | change, obligations=obligations)


def world(engine: Engine) -> None:
    with writing(engine) as connection:
        ngo_id = make_ngo(connection, name="Mehr")
        connection.execute(update(Ngo).where(Ngo.id == ngo_id).values(stir=STIR))


def counts(engine: Engine) -> tuple[int, ...]:
    """Numbers of memoranda, parties, obligations, organisations and sent forms."""
    with reading(engine) as connection:
        tables = (Memorandum, MemorandumNgo, Obligation, Ngo, SentForm)
        return tuple(connection.scalar(select(func.count()).select_from(table)) or 0 for table in tables)


def test_all_parts_are_saved_together_and_read_on_its_page(engine: Engine) -> None:
    world(engine)
    actor = coordinator(engine)
    document = add_document(engine, actor, register="memoranda", file_name="skan.pdf", content=PDF, now=NOW)
    new = new_memorandum()
    new = NewMemorandum(cells=new.cells, obligations=new.obligations, document_ids=(document,))
    saved = save_memorandum(engine, actor, new, form_id=str(uuid4()), now=NOW)
    with writing(engine) as connection:
        make_event(connection, event_date=date(2026, 11, 1), memorandum_id=saved.record_id)
    with reading(engine) as connection:
        page = memorandum_page(connection, actor, record_id=saved.record_id, today=TODAY)
        history = memorandum_history(connection, page.record)
    assert page.status is MemorandumStatus.EXPIRING
    assert (page.can_write, page.is_on_paper, page.held_count) == (True, False, 1)
    assert list(page.parties["name"]) == ["Mehr", "Yangi umid"]
    assert list(page.obligations["text"]) == ["Xona ajratish", "Suhbat oʻtkazish"]
    assert list(page.obligations["state_code"]) == ["overdue", "open"]
    assert [item.file_name for item in page.documents] == ["skan.pdf"]
    assert set(history["entity"]) == {"memorandum", "obligation", "document"}
    assert set(history["actor"]) == {"Nodira"}


def test_sent_twice_it_is_one_memorandum(engine: Engine) -> None:
    world(engine)
    actor, form_id = coordinator(engine), str(uuid4())

    def send(_: int) -> int:
        return save_memorandum(engine, actor, new_memorandum(), form_id=form_id, now=NOW).record_id

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(send, range(4)))) == 1
    assert counts(engine) == (1, 2, 2, 2, 3)


def test_the_number_of_another_memorandum_is_refused_and_nothing_is_overwritten(engine: Engine) -> None:
    world(engine)
    actor = coordinator(engine)
    save_memorandum(engine, actor, new_memorandum(), form_id=str(uuid4()), now=NOW)
    before = counts(engine)
    with pytest.raises(NewMemorandumError) as refused:
        save_memorandum(engine, actor, new_memorandum(title="Boshqa"), form_id=str(uuid4()), now=NOW)
    assert set(refused.value.faults) == {"number"}
    assert counts(engine) == before


def test_faults_of_all_parts_are_told_at_once_and_nothing_is_saved(engine: Engine) -> None:
    world(engine)
    actor = coordinator(engine)
    wrong = [{"party": "ngo", "text": "", "due_date": "32.01.2026"}, {"party": "ngo", "text": "x", "due_date": "bugun"}]
    before = counts(engine)
    for change, faults in (({}, set[str]()), ({"expiry_date": "01.01.2020"}, {"expiry_date"})):
        new = NewMemorandum(cells=new_memorandum(**change).cells, obligations=wrong)
        with pytest.raises(NewMemorandumError) as refused:
            save_memorandum(engine, actor, new, form_id=str(uuid4()), now=NOW)
        assert set(refused.value.faults) == faults
        told = {place: set(fields) for place, fields in refused.value.obligation_faults.items()}
        assert told == {0: {"text", "due_date"}, 1: {"due_date"}}
    assert counts(engine) == before


def test_only_the_coordinator_of_the_district_saves_it(engine: Engine) -> None:
    world(engine)
    actor = coordinator(engine)
    with pytest.raises(ForbiddenError):
        save_memorandum(engine, actor, new_memorandum(district=FAR_DISTRICT), form_id=str(uuid4()), now=NOW)
    with pytest.raises(ForbiddenError):
        save_memorandum(engine, Actor(Role.NATIONAL), new_memorandum(), form_id=str(uuid4()), now=NOW)
    assert counts(engine)[0] == 0


def test_an_amendment_changes_the_term_and_a_termination_the_status_at_once(engine: Engine) -> None:
    world(engine)
    actor = coordinator(engine)
    record_id = save_memorandum(engine, actor, new_memorandum(), form_id=str(uuid4()), now=NOW).record_id
    with reading(engine) as connection:
        assert next_amendment_number(connection, record_id=record_id) == 1
        assert next_obligation_number(connection, record_id=record_id) == "3"
    cells = {
        "number": "1",
        "district": DISTRICT,
        "memorandum": "2026-1",
        "signed_date": "01.11.2026",
        "expiry_date": "01.01.2029",
        "text": "",
    }
    save_entry(engine, actor, Entry(register="amendments", cells=cells), form_id=str(uuid4()), now=NOW)
    with reading(engine) as connection:
        page = memorandum_page(connection, actor, record_id=record_id, today=TODAY)
    assert (page.status, page.expiry_date) == (MemorandumStatus.IN_FORCE, date(2029, 1, 1))
    ended = {**page.record.texts, "terminated_date": "10.11.2026", "termination_reason": "Taraflar kelishdi"}
    entry = Entry(register="memoranda", cells=ended, record_id=record_id, version=page.record.version)
    save_entry(engine, actor, entry, form_id=str(uuid4()), now=NOW)
    with reading(engine) as connection:
        assert (
            memorandum_page(connection, actor, record_id=record_id, today=TODAY).status is MemorandumStatus.TERMINATED
        )


def test_documents_belong_to_who_sees_the_record(engine: Engine, folder: Path) -> None:
    world(engine)
    actor, other = coordinator(engine), coordinator(engine, "Karim")
    chosen = add_document(engine, actor, register="memoranda", file_name="a.pdf", content=PDF, now=NOW)
    with reading(engine) as connection:
        assert find_document(connection, actor, document_id=chosen)[0] == "a.pdf"
        with pytest.raises(NoDocumentError):
            find_document(connection, other, document_id=chosen)
    stolen = NewMemorandum(cells=new_memorandum().cells, document_ids=(chosen,))
    with pytest.raises(NoDocumentError):
        save_memorandum(engine, other, stolen, form_id=str(uuid4()), now=NOW)
    drop_unsaved_documents(engine, other, document_ids=[chosen])
    assert len(list(folder.iterdir())) == 1
    record_id = save_memorandum(engine, actor, stolen, form_id=str(uuid4()), now=NOW).record_id
    drop_unsaved_documents(engine, actor, document_ids=[chosen])
    assert len(list(folder.iterdir())) == 1
    stranger = Actor(Role.DISTRICT, district_soato=FAR_DISTRICT)
    with reading(engine) as connection:
        assert find_document(connection, other, document_id=chosen)[0] == "a.pdf"
        with pytest.raises(ForbiddenError):
            find_document(connection, stranger, document_id=chosen)
    assert add(engine, actor, record_id) == chosen
    assert len(list(folder.iterdir())) == 1
    with pytest.raises(ForbiddenError):
        add(engine, Actor(Role.DISTRICT, district_soato=DISTRICT), record_id)
    assert len(list(folder.iterdir())) == 1


def add(engine: Engine, actor: Actor, record_id: int) -> int:
    return add_document(
        engine, actor, register="memoranda", record_id=record_id, file_name="b.pdf", content=PDF, now=NOW
    )


def test_a_document_is_withdrawn_with_a_reason_and_restored(engine: Engine) -> None:
    world(engine)
    actor = coordinator(engine)
    record_id = save_memorandum(engine, actor, new_memorandum(), form_id=str(uuid4()), now=NOW).record_id
    document_id = add(engine, actor, record_id)
    with pytest.raises(NoReasonError):
        withdraw_document(engine, actor, document_id=document_id, reason=" ", now=NOW)
    for _ in range(2):
        withdraw_document(engine, actor, document_id=document_id, reason="notoʻgʻri sahifa", now=NOW)
    with reading(engine) as connection:
        record = find_record(connection, actor, register="memoranda", record_id=record_id)
        assert [item.withdrawn_reason for item in documents_of(connection, record)] == ["notoʻgʻri sahifa"]
        with pytest.raises(NoDocumentError):
            find_document(connection, actor, document_id=document_id)
        assert connection.scalar(select(func.count()).select_from(Document)) == 0
    restore_document(engine, actor, document_id=document_id)
    with reading(engine) as connection:
        assert find_document(connection, actor, document_id=document_id)[0] == "b.pdf"
        actions = list(memorandum_history(connection, record)["action_code"])[:3]
    assert actions == ["form_restored", "form_withdrawn", "form_added"]

"""Information requests: who may ask and answer, what the server sets, and that each happens once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from sqlalchemy import Engine, func, select, update

from data.accounts.accounts import NewAccount, add_account
from data.codes import Party
from data.database.engine import reading, writing
from data.dates.working_days import WorkCalendar, answer_due
from data.directory import fixed_holidays
from data.language import DomainError
from data.policy import Action, Actor, ForbiddenError, Role, Scope, may
from data.registers.entry import Entry, EntryError, NoRecordError
from data.schema import AuditEntry, Document, InformationRequest, Ngo
from queries.attention import attention_counts, attention_list
from queries.registers.documents import add_document, find_document
from queries.registers.entries import save_entry
from queries.registers.records import find_record
from queries.requests import (
    Owed,
    RequestAnsweredError,
    answer,
    answered_requests,
    ask,
    may_answer,
    owed_answers,
    waiting_requests,
)
from tests.documents import PDF, store_in
from tests.worlds import DISTRICT, FAR_DISTRICT, OTHER_DISTRICT, REGION, make_memorandum, make_ngo

NOW = datetime(2026, 11, 30, 6, tzinfo=UTC)
TODAY = date(2026, 11, 30)
COORDINATOR = Actor(Role.COORDINATOR, login="c", region_soato=REGION, district_soato=DISTRICT)
ASKED = {
    "district": DISTRICT,
    "kind": "statistics",
    "topic": "Mahallalar kesimida tadbirlar soni",
    "purpose": "Yillik reja uchun",
}
FIXED = WorkCalendar(days_off=frozenset(row["holiday_date"] for row in fixed_holidays()))
TEXT = "Choraklik maʼlumot ilova qilindi"


@pytest.fixture
def ngo(engine: Engine) -> Actor:
    """Representative of an NGO of the district."""
    with writing(engine) as connection:
        return Actor(Role.NGO, login="n", ngo_id=make_ngo(connection, name="Umid"))


def _stir(engine: Engine, ngo: Actor) -> str:
    with reading(engine) as connection:
        return str(connection.scalar(select(Ngo.stir).where(Ngo.id == ngo.ngo_id)))


def _of_ngo(engine: Engine, ngo: Actor, form_id: str = "form", **cells: str) -> int:
    return ask(engine, ngo, {**ASKED, **cells}, form_id=form_id, now=NOW).record_id


def _to_ngo(engine: Engine, ngo: Actor, form_id: str = "form", **cells: str) -> int:
    typed = {**ASKED, "stir": _stir(engine, ngo), **cells}
    return ask(engine, COORDINATOR, typed, form_id=form_id, now=NOW).record_id


def _answer(engine: Engine, actor: Actor, request_id: int, form_id: str = "answer", text: str = TEXT) -> int:
    return answer(engine, actor, request_id=request_id, text=text, form_id=form_id, now=NOW).record_id


def _rows(engine: Engine) -> int:
    with reading(engine) as connection:
        return int(connection.scalar(select(func.count()).select_from(InformationRequest)) or 0)


@pytest.mark.both_databases
def test_the_server_sets_who_asks_the_number_and_the_days(engine: Engine, ngo: Actor) -> None:
    forged = {"asked_by": "police", "stir": "999999999", "number": "X", "sent_date": "01.01.2020", "answer": "ha"}
    first = _of_ngo(engine, ngo, **forged)
    second = _to_ngo(engine, ngo, form_id="other")
    with reading(engine) as connection:
        rows = {row.id: row for row in connection.execute(select(InformationRequest.__table__))}
    assert (rows[first].number, rows[second].number) == ("2026-1", "2026-2")
    assert (rows[first].asked_by_code, rows[second].asked_by_code) == ("ngo", "police")
    for row in rows.values():
        assert (row.ngo_id, row.district_soato, row.topic, row.purpose) == (
            ngo.ngo_id, DISTRICT, ASKED["topic"], ASKED["purpose"],
        )  # fmt: skip
        assert (row.sent_date, row.due_date) == (TODAY, answer_due(TODAY, FIXED))
        assert (row.answered_date, row.answer) == (None, "")


def test_a_holiday_moves_deadlines_to_come_and_none_that_is_set(engine: Engine, ngo: Actor) -> None:
    first = _of_ngo(engine, ngo)
    entry = Entry(register="holidays", cells={"holiday_date": "09.12.2026", "name": "Bayram", "kind": "day_off"})
    save_entry(engine, Actor(Role.ADMIN, login="admin"), entry, form_id="holiday", now=NOW)
    second = _of_ngo(engine, ngo, form_id="other")
    with reading(engine) as connection:
        due = select(InformationRequest.due_date).order_by(InformationRequest.id)
        assert first < second
        # The 8th is a holiday that the Labour Code fixes.
        assert list(connection.scalars(due)) == [date(2026, 12, 15), date(2026, 12, 16)]


@pytest.mark.both_databases
def test_either_side_answers_the_other_in_one_transaction_with_its_audit_entry(engine: Engine, ngo: Actor) -> None:
    for request_id, actor in ((_of_ngo(engine, ngo), COORDINATOR), (_to_ngo(engine, ngo, form_id="other"), ngo)):
        _answer(engine, actor, request_id, form_id=f"answer-{request_id}")
        with reading(engine) as connection:
            row = connection.execute(
                select(InformationRequest.answer, InformationRequest.answered_date, InformationRequest.topic).where(
                    InformationRequest.id == request_id
                )
            ).one()
            entry = connection.execute(select(AuditEntry.__table__).order_by(AuditEntry.id.desc()).limit(1)).one()
        assert tuple(row) == (TEXT, TODAY, ASKED["topic"])
        assert (entry.entity, entry.entity_id, entry.actor) == ("information_request", str(request_id), actor.login)
        assert (entry.before["answer"], entry.after["answer"]) == ("", TEXT)


@pytest.mark.both_databases
def test_whatever_is_sent_twice_happens_once(engine: Engine, ngo: Actor) -> None:
    first, again = _of_ngo(engine, ngo), _of_ngo(engine, ngo)
    assert (first, _rows(engine)) == (again, 1)
    assert _answer(engine, COORDINATOR, first) == _answer(engine, COORDINATOR, first)
    with reading(engine) as connection:
        of_request = AuditEntry.entity == "information_request"
        assert connection.scalar(select(func.count()).select_from(AuditEntry).where(of_request)) == 2


@pytest.mark.both_databases
def test_of_two_answers_at_once_the_first_one_stands(engine: Engine, ngo: Actor) -> None:
    request_id, barrier, outcomes = _of_ngo(engine, ngo), Barrier(2), list[str]()

    def send(text: str) -> None:
        barrier.wait()
        try:
            _answer(engine, COORDINATOR, request_id, form_id=text, text=text)
            outcomes.append(text)
        except RequestAnsweredError:
            outcomes.append("refused")

    threads = [Thread(target=send, args=(text,)) for text in ("Ha", "Yoʻq")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with reading(engine) as connection:
        stored = connection.scalar(select(InformationRequest.answer))
    assert sorted(outcomes) == sorted(["refused", str(stored)])


def test_the_side_that_asked_does_not_answer_itself(engine: Engine, ngo: Actor) -> None:
    for request_id, asker in ((_of_ngo(engine, ngo), ngo), (_to_ngo(engine, ngo, form_id="other"), COORDINATOR)):
        with pytest.raises(ForbiddenError):
            _answer(engine, asker, request_id)


def test_an_ngo_asks_where_it_is_at_home_or_has_a_memorandum(engine: Engine, ngo: Actor) -> None:
    assert ngo.ngo_id is not None
    with pytest.raises(ForbiddenError):
        _of_ngo(engine, ngo, district=OTHER_DISTRICT)
    with writing(engine) as connection:
        make_memorandum(connection, district_soato=OTHER_DISTRICT, ngo_ids=(ngo.ngo_id,))
        make_memorandum(
            connection, district_soato=FAR_DISTRICT, ngo_ids=(ngo.ngo_id,), terminated_date=date(2025, 1, 1)
        )
    _of_ngo(engine, ngo, district=OTHER_DISTRICT)
    with pytest.raises(ForbiddenError):
        _of_ngo(engine, ngo, district=FAR_DISTRICT, form_id="far")
    assert _rows(engine) == 1


def test_faults_are_told_by_field_and_store_nothing(engine: Engine, ngo: Actor) -> None:
    for cells, fields in (
        ({"kind": "", "topic": " ", "purpose": ""}, {"kind", "topic", "purpose"}),
        ({"topic": "AA1234567 haqida"}, {"topic"}),
        ({"purpose": "Qoʻngʻiroq: 90 123 45 67"}, {"purpose"}),
        ({"topic": "x" * 10_000}, {"topic"}),
        ({"kind": "nothing"}, {"kind"}),
    ):
        with pytest.raises(EntryError) as caught:
            _of_ngo(engine, ngo, **cells)
        assert set(caught.value.faults) == fields
    assert _rows(engine) == 0
    request_id = _of_ngo(engine, ngo)
    for text in (" ", "PINFL 31234567890123"):
        with pytest.raises(EntryError) as caught:
            _answer(engine, COORDINATOR, request_id, text=text)
        assert set(caught.value.faults) == {"answer"}
    with reading(engine) as connection:
        assert connection.scalar(select(InformationRequest.answered_date)) is None


@pytest.mark.parametrize("role", Role)
def test_only_the_two_sides_ask_and_answer(engine: Engine, ngo: Actor, role: Role) -> None:
    of_ngo, to_ngo = _of_ngo(engine, ngo, form_id="a"), _to_ngo(engine, ngo, form_id="b")
    place = {
        "region_soato": REGION if role in {Role.REGIONAL, Role.DISTRICT, Role.COORDINATOR} else None,
        "district_soato": DISTRICT if role in {Role.DISTRICT, Role.COORDINATOR} else None,
        "ngo_id": ngo.ngo_id if role is Role.NGO else None,
    }
    actor = Actor(role, login="x", **place)  # type: ignore[arg-type]
    typed = {**ASKED, "stir": _stir(engine, ngo)}
    tries: dict[str, Callable[[], object]] = {
        "ask": lambda: ask(engine, actor, typed, form_id="c", now=NOW),
        "answer the NGO": lambda: _answer(engine, actor, of_ngo, form_id="d"),
        "answer the police": lambda: _answer(engine, actor, to_ngo, form_id="e"),
    }
    done = set()
    for name, act in tries.items():
        try:
            act()
            done.add(name)
        except ForbiddenError:
            continue
    expected = {
        Role.COORDINATOR: {"ask", "answer the NGO"},
        Role.ADMIN: {"ask", "answer the NGO"},
        Role.NGO: {"ask", "answer the police"},
    }
    assert done == expected.get(role, set())


def test_another_district_and_another_ngo_neither_see_nor_answer(engine: Engine, ngo: Actor) -> None:
    of_ngo, to_ngo = _of_ngo(engine, ngo, form_id="a"), _to_ngo(engine, ngo, form_id="b")
    with writing(engine) as connection:
        other = Actor(Role.NGO, login="o", ngo_id=make_ngo(connection))
    foreign = replace(COORDINATOR, district_soato=OTHER_DISTRICT)
    for actor, request_id in ((foreign, of_ngo), (other, to_ngo)):
        with pytest.raises(ForbiddenError):
            _answer(engine, actor, request_id)
        with reading(engine) as connection, pytest.raises(DomainError):
            find_record(connection, actor, register="requests", record_id=request_id)
    with pytest.raises(ForbiddenError):
        ask(engine, foreign, {**ASKED, "stir": _stir(engine, ngo)}, form_id="c", now=NOW)
    with pytest.raises(NoRecordError):
        _answer(engine, COORDINATOR, to_ngo + 1)
    with reading(engine) as connection:
        assert (
            waiting_requests(
                connection, other, scope=other.home_scope, asked_by=Party.POLICE, today=TODAY, limit=5
            ).total
            == 0
        )
        with pytest.raises(ForbiddenError):
            waiting_requests(
                connection, foreign, scope=Scope.district(DISTRICT), asked_by=Party.NGO, today=TODAY, limit=5
            )


def test_a_withdrawn_request_is_not_answered(engine: Engine, ngo: Actor) -> None:
    request_id = _of_ngo(engine, ngo)
    with writing(engine) as connection:
        connection.execute(update(InformationRequest).values(withdrawn_at=NOW))
    with pytest.raises(NoRecordError):
        _answer(engine, COORDINATOR, request_id)


def test_each_side_is_told_how_many_answers_it_owes(engine: Engine, ngo: Actor) -> None:
    request_id = _to_ngo(engine, ngo, form_id="a")
    due = answer_due(TODAY, FIXED)
    for actor in (ngo, COORDINATOR):
        for today, owed in (
            (TODAY, Owed(waiting=1)),
            (due, Owed(waiting=1, due_soon=1)),
            (due + timedelta(days=1), Owed(waiting=1, overdue=1)),
        ):
            with reading(engine) as connection:
                found = owed_answers(connection, actor, scope=actor.home_scope, today=today)
            assert found == {Party.NGO: owed, Party.POLICE: Owed()}
    _answer(engine, ngo, request_id)
    with reading(engine) as connection:
        assert owed_answers(connection, ngo, scope=ngo.home_scope, today=due)[Party.NGO] == Owed()


def test_lists_have_what_waits_by_side_and_what_was_answered(engine: Engine, ngo: Actor) -> None:
    of_ngo, to_ngo = _of_ngo(engine, ngo, form_id="a"), _to_ngo(engine, ngo, form_id="b")
    for actor in (ngo, COORDINATOR):
        with reading(engine) as connection:
            for side, request_id in ((Party.NGO, of_ngo), (Party.POLICE, to_ngo)):
                page = waiting_requests(connection, actor, scope=actor.home_scope, asked_by=side, today=TODAY, limit=5)
                assert (list(page.frame["request_id"]), page.total) == ([request_id], 1)
                assert page.frame["ngo_name"].iloc[0] == "Umid"
            record = find_record(connection, actor, register="requests", record_id=of_ngo)
        assert may_answer(actor, record, region_soato=REGION) is (actor is COORDINATOR)
    _answer(engine, COORDINATOR, of_ngo)
    with reading(engine) as connection:
        answered = answered_requests(connection, ngo, scope=ngo.home_scope, limit=5)
        record = find_record(connection, COORDINATOR, register="requests", record_id=of_ngo)
    assert (list(answered.frame["request_id"]), answered.total) == ([of_ngo], 1)
    assert not may_answer(COORDINATOR, record, region_soato=REGION)


def test_an_answer_may_be_a_document_that_both_sides_may_open(
    engine: Engine, ngo: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store_in(tmp_path, monkeypatch)
    with writing(engine) as connection:
        account = NewAccount(login="n", role=Role.NGO, ngo_id=ngo.ngo_id)
        ngo = replace(ngo, account_id=add_account(connection, account, password=None, actor="test"))
    request_id = _to_ngo(engine, ngo)
    key = add_document(engine, ngo, register="requests", file_name="javob.pdf", content=PDF, now=NOW)
    sent = answer(engine, ngo, request_id=request_id, text="", document_ids=(key,), form_id="d", now=NOW)
    with reading(engine) as connection:
        of_document = connection.execute(select(Document.register_code, Document.record_id)).one()
        assert tuple(of_document) == ("requests", sent.record_id)
        for actor in (ngo, COORDINATOR):
            assert find_document(connection, actor, document_id=key)[0] == "javob.pdf"
    with pytest.raises(ForbiddenError):
        add_document(
            engine, ngo, register="requests", record_id=request_id, file_name="x.pdf", content=PDF + b" ", now=NOW
        )
    with pytest.raises(ForbiddenError):
        add_document(engine, ngo, register="awards", file_name="x.pdf", content=PDF, now=NOW)


def test_a_request_needs_attention_until_it_is_answered(engine: Engine, ngo: Actor) -> None:
    request_id, scope = _of_ngo(engine, ngo), Scope.district(DISTRICT)
    due = answer_due(TODAY, FIXED)
    with reading(engine) as connection:
        assert not attention_counts(connection, COORDINATOR, scope=scope, today=TODAY)["count"].sum()
        late = attention_list(connection, COORDINATOR, scope=scope, today=due + timedelta(days=3), limit=5).iloc[0]
    assert (late["kind_code"], late["record_id"], late["number"], late["days"]) == (
        "request_overdue", request_id, "2026-1", 3,
    )  # fmt: skip
    _answer(engine, COORDINATOR, request_id)
    with reading(engine) as connection:
        later = attention_counts(connection, COORDINATOR, scope=scope, today=due + timedelta(days=3))
    assert not later["count"].sum()


def test_the_policy_gives_no_right_to_write_the_register(ngo: Actor) -> None:
    assert not may(ngo, Action.EDIT_RECORDS)

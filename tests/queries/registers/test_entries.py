"""A record is saved once and whole, by one person at a time, and nothing is overwritten unseen."""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine, event, func, select

from data.database.engine import reading, writing
from data.language import DomainError
from data.registers.entry import EntryError, NoRecordError, OutdatedEntryError
from data.schema import AuditEntry, SentForm, Support
from data.workbook import errors
from queries.registers.records import history
from queries.registers.withdrawal import withdraw
from tests.data.workbook.books import import_book, save_book
from tests.queries.registers.registering import (
    ADMIN,
    DISTRICT,
    ENTERED,
    NOW,
    OTHER_DISTRICT,
    OTHER_STIR,
    STIR,
    audit_entries,
    enter,
    enter_all,
    good_cells,
    read_record,
    settle,
)

pytestmark = pytest.mark.both_databases

WRITERS, SENDERS = 32, 8


@pytest.fixture
def world(engine: Engine) -> Engine:
    """Database with the NGOs and mahallas that good records name."""
    with writing(engine) as connection:
        settle(connection)
    return engine


def at_once(jobs: list[Callable[[], object]]) -> list[object]:
    """Run jobs at the same moment and return what each returned or raised."""
    barrier = threading.Barrier(len(jobs))

    def run(job: Callable[[], object]) -> object:
        barrier.wait()
        try:
            return job()
        except DomainError as error:
            return error

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def test_every_register_is_entered_read_back_and_saved_again_without_a_change(world: Engine) -> None:
    ids = enter_all(world)
    for register in ENTERED:
        found = read_record(world, register, ids[register])
        assert (found.version, found.withdrawn_at) == (1, None), register
        again = enter(world, register, record=found)
        assert (again.record_id, again.is_changed) == (found.record_id, False), register
        assert read_record(world, register, ids[register]) == found
        with reading(world) as connection:
            log = history(connection, found)
        assert log["action_code"].to_list() == ["form_added"], register
        assert log["before"].to_list() == [None]


CORRECTIONS: dict[str, tuple[str, str]] = {
    "ngos": ("name", "Yangi Ufq jamoat fondi"),
    "mahallas": ("mahalla", "Navbahor MFY"),
    "inhabitants": ("inhabitants", "261000"),
    "memoranda": ("title", "Boshqa mavzu"),
    "amendments": ("expiry_date", "01.02.2029"),
    "obligations": ("evidence", ""),
    "plans": ("month", "3"),
    "events": ("participants_total", "60"),
    "requests": ("answered_date", ""),
    "supports": ("amount_uzs", "6000000"),
    "trainings": ("hours", "8"),
    "awards": ("kind", "money"),
    "offences": ("youth", ""),
    "targets": ("value", "90"),
    "holidays": ("name", "Boshqa nom"),
}


def test_a_correction_is_read_back_and_stays_in_the_history_with_its_reason(world: Engine) -> None:
    ids = enter_all(world)
    for register in ENTERED:
        before = read_record(world, register, ids[register])
        code, text = CORRECTIONS[register]
        enter(world, register, {code: text}, record=before, reason="xato")
        after = read_record(world, register, ids[register])
        assert after.texts == {**before.texts, code: text}, register
        assert after.version == 2
        with reading(world) as connection:
            last = history(connection, after).iloc[0]
        assert (last["action_code"], last["reason"]) == ("form_corrected", "xato")
        assert last["before"] != last["after"], register


def test_another_spelling_of_a_name_is_a_correction_in_a_form_and_none_in_a_workbook(
    world: Engine, tmp_path: Path
) -> None:
    record_id = enter(world, "ngos", stir="300033000", name="YANGI UFQ").record_id
    book = save_book(
        tmp_path / "book.xlsx",
        ngos=[{**good_cells("ngos"), "stir": "300033000", "name": "Yangi ufq"}],
    )
    assert import_book(world, book).accepted == 0
    found = read_record(world, "ngos", record_id)
    assert enter(world, "ngos", record=found, name="Yangi Ufq").is_changed
    assert read_record(world, "ngos", record_id).texts["name"] == "Yangi Ufq"


def test_one_of_many_writers_wins_each_version_and_the_others_see_what_stands_now(world: Engine) -> None:
    record_id = enter(world, "supports").record_id
    seen = read_record(world, "supports", record_id)
    amounts = [str(1_000_000 + number) for number in range(WRITERS)]
    results = at_once([partial(enter, world, "supports", record=seen, amount_uzs=text) for text in amounts])
    lost = [result for result in results if isinstance(result, OutdatedEntryError)]
    winners = [text for text, result in zip(amounts, results, strict=True) if not isinstance(result, DomainError)]
    stands = read_record(world, "supports", record_id)
    assert (len(winners), len(lost)) == (1, WRITERS - 1)
    assert stands.texts == {**seen.texts, "amount_uzs": winners[0]}
    assert {(error.version, error.cells["amount_uzs"]) for error in lost} == {(2, winners[0])}
    # Those who lost choose again, one after another: nothing is lost.
    for text in amounts:
        enter(world, "supports", record=read_record(world, "supports", record_id), amount_uzs=text)
    assert read_record(world, "supports", record_id).version == 1 + WRITERS + (winners[0] != amounts[0])
    assert len(audit_entries(world, entity="support", action_code="form_corrected")) == (
        WRITERS + (winners[0] != amounts[0])
    )


def test_a_form_that_is_sent_many_times_at_once_makes_one_record(world: Engine) -> None:
    form_id = str(uuid4())
    results = at_once([partial(enter, world, "supports", form_id=form_id)] * SENDERS)
    with reading(world) as connection:
        ids = connection.execute(select(Support.id)).scalars().all()
        entries = connection.scalar(select(func.count()).where(AuditEntry.entity == "support"))
        forms = connection.execute(select(SentForm.form_id, SentForm.record_id)).all()
    assert (len(ids), entries, forms) == (1, 1, [(form_id, ids[0])])
    assert Counter(result.is_repeat for result in results) == {False: 1, True: SENDERS - 1}  # type: ignore[attr-defined]
    assert {result.record_id for result in results} == {ids[0]}  # type: ignore[attr-defined]
    assert enter(world, "supports", form_id=form_id, amount_uzs="1").is_repeat


def test_a_number_that_two_give_at_once_is_of_one_record(world: Engine) -> None:
    results = at_once([partial(enter, world, "supports")] * SENDERS)
    refused = [result for result in results if isinstance(result, EntryError)]
    assert len(refused) == SENDERS - 1
    assert {error.faults["number"].text for error in refused} == {errors.NUMBER_TAKEN}


def test_a_new_record_never_overwrites_the_one_that_has_its_key(world: Engine) -> None:
    ids = enter_all(world)
    for register in ENTERED:
        record = read_record(world, register, ids[register])
        with pytest.raises(EntryError) as refusal:
            enter(world, register, record.texts)
        assert [fault.text for fault in refusal.value.faults.values()] in (
            [errors.NUMBER_TAKEN],
            [errors.RECORD_EXISTS],
        ), register
        assert read_record(world, register, ids[register]) == record


RENAMED: dict[str, tuple[str, str]] = {
    "mahallas": ("mahalla", "Navbahor MFY"),
    "inhabitants": ("counted_date", "01.07.2026"),
    "memoranda": ("number", "HM-2"),
    "amendments": ("number", "2"),
    "obligations": ("number", "2.2"),
    "plans": ("number", "8"),
    "events": ("number", "T-2"),
    "requests": ("number", "S-2"),
    "supports": ("number", "K-2"),
    "trainings": ("number", "O-2"),
    "awards": ("number", "R-2"),
    "offences": ("month", "4"),
    "targets": ("year", "2027"),
    "holidays": ("holiday_date", "21.03.2028"),
}


def test_half_a_percent_stays_half_a_percent_when_it_is_saved_again(world: Engine) -> None:
    record_id = enter(world, "targets", value="0,5 %").record_id
    found = read_record(world, "targets", record_id)
    assert found.texts["value"] == "0.5"
    assert not enter(world, "targets", record=found).is_changed


def test_a_record_gets_another_number_and_its_old_one_is_free(world: Engine) -> None:
    ids = enter_all(world)
    for register, (code, text) in RENAMED.items():
        before = read_record(world, register, ids[register])
        enter(world, register, {code: text}, record=before)
        after = read_record(world, register, ids[register])
        assert after.texts == {**before.texts, code: text}, register
        second = enter(world, register, before.texts).record_id if register != "memoranda" else 0
        assert second != ids[register]
        if second:
            with pytest.raises(EntryError) as refusal:
                enter(world, register, {code: text}, record=read_record(world, register, second))
            assert len(refusal.value.faults) == 1, register
        with reading(world) as connection:
            last = history(connection, after).iloc[0]
        assert last["before"] != last["after"], register
    # What named the memorandum names it still.
    assert read_record(world, "events", ids["events"]).texts["memorandum"] == "HM-2"


def test_a_number_may_be_spelled_otherwise(world: Engine) -> None:
    record_id = enter(world, "supports", number="k 1").record_id
    enter(world, "supports", record=read_record(world, "supports", record_id), number="K-1")
    assert read_record(world, "supports", record_id).texts["number"] == "K-1"


def test_an_ngo_keeps_its_stir_and_a_mahalla_its_district(world: Engine) -> None:
    ids = enter_all(world, "ngos", "mahallas")
    for register, code, text, reason in (
        ("ngos", "stir", "300044000", errors.STIR_STAYS),
        ("mahallas", "district", OTHER_DISTRICT, errors.MAHALLA_STAYS),
    ):
        with pytest.raises(EntryError) as refusal:
            enter(world, register, {code: text}, record=read_record(world, register, ids[register]))
        assert [(key, fault.text) for key, fault in refusal.value.faults.items()] == [(code, reason)]


def test_a_form_replaces_the_lists_of_a_record_and_a_row_of_a_workbook_adds_to_them(
    world: Engine, tmp_path: Path
) -> None:
    enter_all(world, "memoranda")
    both = f"{STIR};{OTHER_STIR}"
    record_id = enter(world, "events", plan_item="", stirs=both, partners="health;probation").record_id
    path = tmp_path / "book.xlsx"
    row = {**good_cells("events"), "plan_item": None, "stirs": OTHER_STIR}
    import_book(world, save_book(path, events=[{code: row[code] for code in row if code != "partners"}]))
    found = read_record(world, "events", record_id)
    assert (found.texts["stirs"], found.texts["partners"]) == (both, "health;probation")
    enter(world, "events", record=found, stirs=OTHER_STIR, partners="")
    found = read_record(world, "events", record_id)
    assert (found.texts["stirs"], found.texts["partners"]) == (OTHER_STIR, "")


def test_a_correction_without_a_list_keeps_it(world: Engine) -> None:
    record_id = enter(world, "trainings").record_id
    found = read_record(world, "trainings", record_id)
    kept = {code: text for code, text in found.texts.items() if code not in {"stirs", "mahallas"}}
    changed = type(found)(**{**found.__dict__, "texts": kept})
    enter(world, "trainings", record=changed, hours="9")
    assert read_record(world, "trainings", record_id).texts == {**found.texts, "hours": "9"}


def test_an_event_moves_to_another_district_with_its_mahalla(world: Engine) -> None:
    record_id = enter(world, "events", memorandum="", plan_item="").record_id
    enter(world, "events", record=read_record(world, "events", record_id), district=OTHER_DISTRICT)
    found = read_record(world, "events", record_id)
    assert (found.district_soato, found.texts["mahalla"]) == (OTHER_DISTRICT, "Oqtepa MFY")


def test_all_faults_are_told_at_once_and_nothing_is_saved(world: Engine) -> None:
    with pytest.raises(EntryError) as refusal:
        enter(world, "supports", stir="12", kind="pul emas", support_date="31.02.2026", number="")
    assert list(refusal.value.faults) == ["number", "stir", "kind", "support_date"]
    with reading(world) as connection:
        assert connection.scalar(select(func.count()).select_from(SentForm)) == 0


def test_a_record_that_is_gone_is_not_corrected(world: Engine) -> None:
    record_id = enter(world, "supports").record_id
    seen = read_record(world, "supports", record_id)
    withdraw(world, ADMIN, register="supports", record_id=record_id, version=1, reason="xato", now=NOW)
    with pytest.raises(NoRecordError):
        enter(world, "supports", record=seen, amount_uzs="1")
    assert seen.district_soato == DISTRICT


def test_a_save_asks_nothing_of_registers_that_it_does_not_name(world: Engine) -> None:
    entered = enter_all(world)
    record = read_record(world, "supports", entered["supports"])
    asked: list[str] = []
    event.listen(world, "before_cursor_execute", lambda *call: asked.append(call[2]))
    enter(world, "supports", record=record, amount_uzs="1")
    tables = {table for statement in asked for table in re.findall(r"(?:FROM|JOIN) (\w+)", statement)}
    assert tables <= {"support", "ngo", "district", "sent_form", "record_draft"}
    asked.clear()
    enter(world, "events", record=read_record(world, "events", entered["events"]), participants_total="99")
    tables = {table for statement in asked for table in re.findall(r"(?:FROM|JOIN) (\w+)", statement)}
    assert not tables & {"support", "evaluation_problem", "recommendation"}

"""A mahalla that was entered twice is merged into the one that stays, and old names go on finding it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, select, update

from data.aggregates import refresh
from data.database.engine import WITH_WITHDRAWN, reading, writing
from data.policy import Actor, ForbiddenError, Role, Scope
from data.registers.entry import Entry
from data.schema import AuditEntry, JointEvent, Mahalla, MahallaFormerName, MahallaYear, PlanItem, TrainingMahalla
from queries.directory.mahalla_merges import (
    MergeTargetError,
    TouchedMergeError,
    merge_mahallas,
    merge_preview,
    merge_targets,
    past_merges,
    undo_merge,
)
from queries.directory.mahallas import NoMahallaError, mahalla_profile
from queries.events.entries import EntryFilter, entries
from queries.registers.entries import save_entry
from queries.registers.records import find_record, list_records
from tests.data.workbook.books import EVENT, by_code, import_book, save_book
from tests.registers import make_training
from tests.worlds import DISTRICT, OTHER_DISTRICT, make_event, make_mahalla, make_ngo, make_plan_item

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
TODAY, DAY = date(2026, 11, 20), date(2026, 10, 5)
ADMIN = Actor(Role.ADMIN, login="admin")


@pytest.fixture
def twice(engine: Engine) -> tuple[int, int]:
    """Two mahallas that are one: the first with two events (one withdrawn), a plan item and two trainings."""
    with writing(engine) as connection:
        double, kept = (make_mahalla(connection, name=name) for name in ("Oqtepa-1 MFY", "Oqtepa MFY"))
        make_event(connection, event_date=DAY, mahalla_id=double)
        withdrawn = make_event(connection, event_date=DAY, mahalla_id=double)
        gone = update(JointEvent).where(JointEvent.id == withdrawn)
        connection.execute(gone.values(withdrawn_at=NOW, withdrawn_reason="test"))
        make_event(connection, event_date=DAY, mahalla_id=kept)
        make_plan_item(connection, year=2026, month=12, mahalla_id=double)
        make_training(connection, training_date=DAY, mahalla_ids=(double,))
        make_training(connection, training_date=DAY, mahalla_ids=(double, kept))
        return double, kept


def merge(engine: Engine, double: int, kept: int, *, actor: Actor = ADMIN, form_id: str = "form") -> int:
    return merge_mahallas(engine, actor, mahalla_id=double, into_id=kept, form_id=form_id, now=NOW)


def state_of(engine: Engine) -> list[list[tuple[object, ...]]]:
    """Return mahallas, and which of them records refer to."""
    with reading(engine) as connection:
        return [
            sorted(tuple(row) for row in connection.execute(statement, execution_options=WITH_WITHDRAWN))
            for statement in (
                select(Mahalla.id, Mahalla.name, Mahalla.post),
                select(JointEvent.id, JointEvent.mahalla_id),
                select(PlanItem.id, PlanItem.mahalla_id),
                select(TrainingMahalla.training_id, TrainingMahalla.mahalla_id),
            )
        ]


@pytest.mark.both_databases
def test_what_refers_to_a_merged_mahalla_moves_in_one_transaction_with_its_audit_entry(
    engine: Engine, twice: tuple[int, int]
) -> None:
    double, kept = twice
    with reading(engine) as connection:
        preview = merge_preview(connection, ADMIN, mahalla_id=double)
        assert (preview.events, preview.plan_items, preview.trainings, preview.entries) == (2, 1, 2, {2026: 2})
        assert merge_targets(connection, ADMIN, mahalla_id=double) == {kept: "Oqtepa MFY"}
    merge(engine, double, kept)
    mahallas, events, items, trainings = state_of(engine)
    assert [row[0] for row in mahallas] == [kept]
    assert {row[1] for row in (*events, *items, *trainings)} == {kept}
    assert (len(events), len(trainings)) == (3, 2)
    with writing(engine) as connection:
        refresh(connection)
        assert set(connection.scalars(select(MahallaYear.mahalla_id))) == {kept}
        entry = connection.execute(select(AuditEntry.__table__).order_by(AuditEntry.id.desc()).limit(1)).one()
        assert mahalla_profile(connection, ADMIN, mahalla_id=double).mahalla_id == kept
    assert (entry.entity, entry.entity_id, entry.action_code) == ("mahalla", str(kept), "form_merged")
    assert entry.after["mahalla"] == "Oqtepa-1 MFY"
    assert len(entry.after["moved"]["joint_event"]) == 2


@pytest.mark.both_databases
def test_undoing_puts_everything_back_once(engine: Engine, twice: tuple[int, int]) -> None:
    before = state_of(engine)
    merge_id = merge(engine, *twice)
    assert [undo_merge(engine, ADMIN, merge_id=merge_id, now=NOW) for _ in range(2)] == [twice[0]] * 2
    assert state_of(engine) == before
    with reading(engine) as connection:
        assert past_merges(connection, ADMIN, mahalla_id=twice[1]).empty
        assert mahalla_profile(connection, ADMIN, mahalla_id=twice[0]).name == "Oqtepa-1 MFY"


def test_the_same_form_merges_once(engine: Engine, twice: tuple[int, int]) -> None:
    first, again = merge(engine, *twice), merge(engine, *twice)
    assert first == again
    with reading(engine) as connection:
        assert connection.scalar(select(func.count()).select_from(AuditEntry)) == 1
        assert list(past_merges(connection, ADMIN, mahalla_id=twice[1])["name"]) == ["Oqtepa-1 MFY"]


def test_a_merge_whose_records_were_corrected_since_stays(engine: Engine, twice: tuple[int, int]) -> None:
    merge_id = merge(engine, *twice)
    with reading(engine) as connection:
        record = find_record(connection, ADMIN, register="mahallas", record_id=twice[1])
    cells = {**record.texts, "post": "7-son tayanch punkti"}
    entry = Entry(register="mahallas", cells=cells, record_id=twice[1], version=record.version)
    save_entry(engine, ADMIN, entry, form_id="post", now=NOW)
    with pytest.raises(TouchedMergeError):
        undo_merge(engine, ADMIN, merge_id=merge_id, now=NOW)


def test_merges_one_after_the_other_are_undone_in_any_order(engine: Engine, twice: tuple[int, int]) -> None:
    with writing(engine) as connection:
        third = make_mahalla(connection, name="Oqtepa yangi MFY")
    before = state_of(engine)
    first = merge(engine, *twice, form_id="first")
    second = merge(engine, twice[1], third, form_id="second")
    with reading(engine) as connection:
        assert mahalla_profile(connection, ADMIN, mahalla_id=twice[0]).mahalla_id == third
    undo_merge(engine, ADMIN, merge_id=first, now=NOW)
    undo_merge(engine, ADMIN, merge_id=second, now=NOW)
    assert state_of(engine) == before


def test_only_mahallas_of_one_district_are_merged_and_by_the_administrator(
    engine: Engine, twice: tuple[int, int]
) -> None:
    with writing(engine) as connection:
        elsewhere = make_mahalla(connection, district_soato=OTHER_DISTRICT)
    for into in (twice[0], elsewhere):
        with pytest.raises(MergeTargetError):
            merge(engine, twice[0], into)
    with pytest.raises(NoMahallaError):
        merge(engine, twice[0], 999_999)
    for role in set(Role) - {Role.ADMIN}:
        actor = Actor(role, region_soato=DISTRICT[:4], district_soato=DISTRICT, ngo_id=1)
        with reading(engine) as connection, pytest.raises(ForbiddenError):
            merge_preview(connection, actor, mahalla_id=twice[0])
        with pytest.raises(ForbiddenError):
            merge(engine, *twice, actor=actor)
        with pytest.raises(ForbiddenError):
            undo_merge(engine, actor, merge_id=1, now=NOW)


@pytest.mark.parametrize("is_renamed", [False, True])
def test_an_old_name_finds_the_mahalla_in_search_and_in_a_workbook(
    engine: Engine, tmp_path: Path, is_renamed: bool
) -> None:
    import_book(engine, save_book(tmp_path / "first.xlsx", **_rows("Oqtepa MFY")))
    with reading(engine) as connection:
        row = connection.execute(select(Mahalla.__table__)).one()
        record = find_record(connection, ADMIN, register="mahallas", record_id=row.id)
    if is_renamed:
        cells = {**record.texts, "mahalla": "Navbahor MFY"}
        entry = Entry(register="mahallas", cells=cells, record_id=row.id, version=record.version)
        save_entry(engine, ADMIN, entry, form_id="name", now=NOW)
        kept = row.id
    else:
        with writing(engine) as connection:
            kept = make_mahalla(connection, name="Navbahor MFY", district_soato=row.district_soato)
        merge(engine, row.id, kept)
    again = by_code(import_book(engine, save_book(tmp_path / "again.xlsx", **_rows("Оқтепа МФЙ"))))["events"]
    assert (again.duplicates, again.accepted, again.refused) == (1, 0, [])
    new = by_code(import_book(engine, save_book(tmp_path / "new.xlsx", **_rows("Oqtepa", number="T-77"))))["events"]
    assert new.accepted == 1
    scope = Scope.district(row.district_soato)
    with reading(engine) as connection:
        assert list(connection.scalars(select(Mahalla.id))) == [kept]
        assert set(connection.scalars(select(JointEvent.mahalla_id))) == {kept}
        wanted = EntryFilter(year=2026, search="Oqtepa")
        found = entries(connection, ADMIN, scope=scope, wanted=wanted, today=TODAY, limit=9).frame
        assert len(found) == 2
        assert list_records(connection, ADMIN, register="mahallas", scope=scope, search="oqtepa").total == 1


def _rows(mahalla: str, **change: object) -> dict[str, Any]:
    event = {**EVENT, "plan_item": None, "memorandum": None, "mahalla": mahalla, **change}
    return {"ngos": [{"stir": 300011000, "name": "Yangi Ufq", "district": EVENT["district"]}], "events": [event]}


def test_a_mahalla_may_have_a_former_name_again(engine: Engine, twice: tuple[int, int]) -> None:
    for name in ("Navbahor MFY", "Oqtepa MFY", "Navbahor MFY"):
        with reading(engine) as connection:
            record = find_record(connection, ADMIN, register="mahallas", record_id=twice[1])
        entry = Entry(
            register="mahallas", cells={**record.texts, "mahalla": name}, record_id=twice[1], version=record.version
        )
        assert save_entry(engine, ADMIN, entry, form_id=f"{name}{record.version}", now=NOW).is_changed
        with reading(engine) as connection:
            assert mahalla_profile(connection, ADMIN, mahalla_id=twice[1]).name == name


def test_an_ngo_is_found_by_the_names_that_it_had(engine: Engine) -> None:
    with writing(engine) as connection:
        ngo_id = make_ngo(connection, name="Yangi Ufq jamgʻarmasi")
        make_event(connection, event_date=DAY, ngo_ids=(ngo_id,))
    for name in ("Mehr nuri", "Saxiy Tong"):
        with reading(engine) as connection:
            record = find_record(connection, ADMIN, register="ngos", record_id=ngo_id)
        entry = Entry(register="ngos", cells={**record.texts, "name": name}, record_id=ngo_id, version=record.version)
        save_entry(engine, ADMIN, entry, form_id=name, now=NOW)
    scope = Scope.district(DISTRICT)
    with reading(engine) as connection:
        for search in ("Янги Уфқ", "mehr nuri", "Saxiy"):
            wanted = EntryFilter(year=2026, search=search)
            assert entries(connection, ADMIN, scope=scope, wanted=wanted, today=TODAY, limit=9).total == 1, search
        for search in ("ufq", "mehr", "saxiy"):
            assert list_records(connection, ADMIN, register="ngos", scope=scope, search=search).total == 1, search
        found = find_record(connection, ADMIN, register="ngos", record_id=ngo_id)
    assert (found.texts["name"], found.texts["stir"]) == ("Saxiy Tong", record.texts["stir"])


def test_a_new_mahalla_may_have_the_former_name_of_another_one(engine: Engine, twice: tuple[int, int]) -> None:
    merge_id = merge(engine, *twice)
    with reading(engine) as connection:
        record = find_record(connection, ADMIN, register="mahallas", record_id=twice[1])
    entry = Entry(register="mahallas", cells={**record.texts, "mahalla": "Oqtepa-1 MFY"})
    new = save_entry(engine, ADMIN, entry, form_id="new", now=NOW).record_id
    with reading(engine) as connection:
        assert not connection.scalar(select(func.count()).select_from(MahallaFormerName))
        assert mahalla_profile(connection, ADMIN, mahalla_id=new).name == "Oqtepa-1 MFY"
    with pytest.raises(TouchedMergeError):
        undo_merge(engine, ADMIN, merge_id=merge_id, now=NOW)


def test_a_merge_is_undone_although_another_mahalla_has_its_id_since(engine: Engine, twice: tuple[int, int]) -> None:
    into, merged = min(twice), max(twice)
    merge_id = merge(engine, merged, into)
    with reading(engine) as connection:
        record = find_record(connection, ADMIN, register="mahallas", record_id=into)
    entry = Entry(register="mahallas", cells={**record.texts, "mahalla": "Yangi hayot MFY"})
    new = save_entry(engine, ADMIN, entry, form_id="new", now=NOW).record_id
    again = undo_merge(engine, ADMIN, merge_id=merge_id, now=NOW)
    with reading(engine) as connection:
        assert mahalla_profile(connection, ADMIN, mahalla_id=new).name == "Yangi hayot MFY"
        names = dict(connection.execute(select(Mahalla.id, Mahalla.name)).all())
    assert len(names) == 3
    assert again != new
    assert names[again] != names[into]

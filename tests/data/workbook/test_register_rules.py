"""The rules of single registers: plans and events, deadlines, participants, figures that are empty, areas."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sqlalchemy import Engine, select, update

from data.database.engine import reading, writing
from data.schema import (
    InformationRequest,
    JointEvent,
    Mahalla,
    Memorandum,
    Ngo,
    Obligation,
    OffenceMonth,
    PlanItem,
    Support,
    Target,
    Training,
    TrainingMahalla,
    TrainingNgo,
)
from data.workbook import errors
from tests.data.workbook.books import (
    EVENT,
    MAHALLA,
    MEMORANDUM,
    OBLIGATION,
    OFFENCE,
    PLAN,
    REQUEST,
    SUPPORT,
    TARGET,
    TRAINING,
    by_code,
    errors_of,
    import_book,
    rows_of,
    save_book,
    table_counts,
    warnings_of,
)


def test_an_event_fulfils_an_item_of_the_plan_of_its_year(engine: Engine, tmp_path: Path) -> None:
    items = [PLAN, {**PLAN, "year": 2025}]
    event = {**EVENT, "plan_item": "№ 7"}
    import_book(engine, save_book(tmp_path / "book.xlsx", memoranda=[MEMORANDUM], plans=items, events=[event]))
    with reading(engine) as connection:
        year = connection.execute(select(PlanItem.year).join(JointEvent, JointEvent.plan_item_id == PlanItem.id))
        assert year.scalars().all() == [2026]
    without = import_book(engine, save_book(tmp_path / "without.xlsx", events=[EVENT]))
    assert by_code(without)["events"].duplicates == 1
    emptied = import_book(engine, save_book(tmp_path / "emptied.xlsx", events=[{**EVENT, "plan_item": ""}]))
    assert by_code(emptied)["events"].accepted == 1
    assert rows_of(engine, JointEvent, "plan_item_id") == [(None,)]


def test_an_item_without_a_number_stays_with_its_event(engine: Engine, tmp_path: Path) -> None:
    event = {**EVENT, "plan_item": "7"}
    import_book(engine, save_book(tmp_path / "book.xlsx", memoranda=[MEMORANDUM], plans=[PLAN], events=[event]))
    with writing(engine) as connection:
        connection.execute(update(PlanItem).values(number=None))
    corrected = {**EVENT, "participants_total": 60}
    assert import_book(engine, save_book(tmp_path / "other.xlsx", events=[corrected])).accepted == 1
    assert rows_of(engine, JointEvent, "participants_total", "plan_item_id") == [(60, 1)]


def test_a_request_without_a_deadline_is_due_in_ten_working_days(engine: Engine, tmp_path: Path) -> None:
    rows = [{**REQUEST, "due_date": None}, {**REQUEST, "number": "S-2", "due_date": None, "answered_date": None}]
    path = save_book(tmp_path / "book.xlsx", memoranda=[MEMORANDUM], requests=rows)
    assert import_book(engine, path).accepted == 3
    assert rows_of(engine, InformationRequest, "due_date") == [(date(2026, 3, 16),)] * 2
    assert import_book(engine, path).accepted == 0


def test_participants_of_a_training_add_up_over_rows_and_files(engine: Engine, tmp_path: Path) -> None:
    rows = [{**TRAINING, "mahallas": "Oqtepa", "stirs": None}, {**TRAINING, "mahallas": "Doʻstlik"}]
    outcome = import_book(engine, save_book(tmp_path / "one.xlsx", memoranda=[MEMORANDUM], trainings=rows))
    assert by_code(outcome)["trainings"].accepted == 2
    other = [{**TRAINING, "mahallas": "Дўстлик МФЙ, Navroʻz", "stirs": None}]
    assert import_book(engine, save_book(tmp_path / "two.xlsx", trainings=other)).accepted == 1
    counts = table_counts(engine)
    assert [counts[model.__tablename__] for model in (Training, TrainingMahalla, TrainingNgo, Mahalla)] == [1, 3, 1, 3]


def test_an_empty_figure_keeps_what_is_known(engine: Engine, tmp_path: Path) -> None:
    import_book(engine, save_book(tmp_path / "one.xlsx", offences=[OFFENCE]))
    parts = {"district": "1726294", "month": "03.2026", "all": None, "youth": 6, "source": "Ikkinchi manba"}
    path = save_book(tmp_path / "two.xlsx", offences=[parts])
    assert import_book(engine, path).accepted == 1
    assert rows_of(engine, OffenceMonth, "offences", "youth", "source") == [(40, 6, "Ikkinchi manba")]
    assert import_book(engine, path).accepted == 0
    too_many = save_book(tmp_path / "three.xlsx", offences=[{**parts, "youth": 41}])
    assert errors_of(import_book(engine, too_many), "offences") == [(2, "youth")]


def test_targets_are_for_the_nation_a_region_or_a_district(engine: Engine, tmp_path: Path) -> None:
    areas = ("Respublika", "Самаркандская область", "Toshkent sh.", "1718233")
    rows = [{**TARGET, "area": area, "value": "0,9"} for area in areas]
    outcome = import_book(engine, save_book(tmp_path / "book.xlsx", targets=rows))
    assert warnings_of(outcome, "targets") == [errors.SHARE_TAKEN] * len(areas)
    found = rows_of(engine, Target, "scope_code", "area_code", "value")
    assert found == [
        ("district", "1718233", 90.0),
        ("nation", "", 90.0),
        ("region", "1718", 90.0),
        ("region", "1726", 90.0),
    ]


def test_a_mahalla_of_the_directory_keeps_its_name_and_gets_its_post(engine: Engine, tmp_path: Path) -> None:
    import_book(engine, save_book(tmp_path / "one.xlsx", memoranda=[MEMORANDUM], events=[EVENT]))
    named = {**MAHALLA, "mahalla": "Оқтепа маҳалласи"}
    outcome = import_book(engine, save_book(tmp_path / "two.xlsx", mahallas=[named, {**MAHALLA, "mahalla": "Navroʻz"}]))
    assert (by_code(outcome)["mahallas"].accepted, outcome.new_mahallas) == (2, [])
    assert [name for name, _ in rows_of(engine, Mahalla, "name", "post")] == ["Navroʻz", "Oqtepa MFY"]


def test_obligations_may_come_after_their_memorandum_and_name_it_anyhow(engine: Engine, tmp_path: Path) -> None:
    import_book(engine, save_book(tmp_path / "one.xlsx", memoranda=[MEMORANDUM]))
    rows = [{**OBLIGATION, "memorandum": "НМ-1"}, {**OBLIGATION, "number": 2.2, "memorandum": "hm - 1"}]
    assert import_book(engine, save_book(tmp_path / "two.xlsx", obligations=rows)).accepted == 2
    assert len(rows_of(engine, Obligation, "memorandum_id")) == 2
    counts = table_counts(engine)
    assert (counts[Memorandum.__tablename__], counts[Ngo.__tablename__]) == (1, 1)


def test_supports_without_an_amount_are_no_zero(engine: Engine, tmp_path: Path) -> None:
    rows = [{**SUPPORT, "number": f"K-{at}", "amount_uzs": amount} for at, amount in enumerate((None, "-", 0))]
    import_book(engine, save_book(tmp_path / "book.xlsx", memoranda=[MEMORANDUM], supports=rows))
    assert rows_of(engine, Support, "number", "amount_uzs") == [("K-0", None), ("K-1", None), ("K-2", 0)]

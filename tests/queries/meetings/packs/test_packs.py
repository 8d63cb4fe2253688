"""Packs are final: what they contain, and that nothing changes it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pandas as pd
import pytest
from sqlalchemy import Engine, delete, insert, select, update

from data.agenda import EmptyAgendaError, agenda_for
from data.codes import AgendaItem, When
from data.database.engine import reading, writing
from data.effectiveness.method_version import METHOD_VERSION
from data.policy import ForbiddenError, Scope
from data.schema import AuditEntry, Decision, Evaluation, JointEvent, Meta, Ngo, Pack, Recommendation
from queries.directory.demo_flag import DEMO_LOADED
from queries.indicators.values import indicator_values
from queries.meetings.packs.frames import FRAMES, frames_for
from queries.meetings.packs.packs import DamagedPackError, PackContent, find_pack
from queries.meetings.packs.store import digest
from tests.data.workbook.books import EVALUATION, EVENT, MEMORANDUM, import_book, save_book
from tests.databases import DATABASES
from tests.queries.meetings.packs.packing import (
    ACTORS,
    ADMIN,
    AREA,
    COORDINATOR,
    LEADER,
    NATION,
    NATIONAL,
    NOW,
    PERIOD,
    TODAY,
    Frozen,
    damage,
    pack,
    read_pack,
    settle,
    stored_text,
)
from tests.registers import make_meeting
from tests.worlds import DISTRICT, FAR_DISTRICT, make_event, make_mahalla


def _live(engine: Engine, scope: Scope) -> pd.Series[float]:
    with reading(engine) as connection:
        values = indicator_values(connection, ADMIN, scope=scope, period=PERIOD, today=TODAY, by=scope.kind)
    return values.set_index("indicator_code")["value"]


def _finalised(content: PackContent) -> pd.Series[float]:
    frame = content.frames["values"]
    own = frame[(frame["when"] == When.NOW) & (frame["area_code"] == content.scope.code)]
    return own.set_index("indicator_code")["value"]


def _change_everything(engine: Engine) -> None:
    """Add events, rename, cancel, close, change decisions, and delete evaluations."""
    with writing(engine) as connection:
        mahalla = make_mahalla(connection)
        for day in range(1, 11):
            make_event(connection, event_date=date(2026, 5, day), mahalla_id=mahalla)
        connection.execute(update(Ngo).values(name="Renamed"))
        connection.execute(update(JointEvent).values(title="Renamed"))
        connection.execute(update(Evaluation).values(comment="Changed", mark_preparation=1))
        connection.execute(update(Recommendation).values(text="Changed"))
        connection.execute(update(Decision).values(text="Changed", done_date=date(2026, 5, 30)))
        connection.execute(delete(Meta))


def test_a_pack_holds_what_the_live_pages_show(frozen: Frozen) -> None:
    for scope in ACTORS:
        finalised, live = _finalised(frozen.pack(scope)), _live(frozen.engine, scope)
        pd.testing.assert_series_equal(finalised, live, check_index_type=False)
        assert finalised.notna().sum() >= 8


def test_a_pack_stays_byte_equal_whatever_changes_and_the_live_values_do_not(frozen: Frozen) -> None:
    contents = {scope: frozen.pack(scope) for scope in ACTORS}
    texts = {scope: frozen.text(scope) for scope in ACTORS}
    live = {scope: _live(frozen.engine, scope) for scope in ACTORS}
    _change_everything(frozen.engine)
    for scope, content in contents.items():
        again = frozen.pack(scope)
        assert content.to_json() == again.to_json() == texts[scope] == frozen.text(scope)
        for name in FRAMES:
            pd.testing.assert_frame_equal(again.frames[name], content.frames[name])
        assert not _live(frozen.engine, scope).equals(live[scope])


@pytest.mark.parametrize("frozen", DATABASES, indirect=True)
def test_a_pack_stays_byte_equal_when_more_is_imported(frozen: Frozen, tmp_path: Path) -> None:
    content, text, live = frozen.pack(NATION), frozen.text(NATION), _live(frozen.engine, NATION)
    book = save_book(tmp_path / "more.xlsx", memoranda=[MEMORANDUM], events=[EVENT], evaluations=[EVALUATION])
    import_book(frozen.engine, book)
    assert frozen.pack(NATION).to_json() == content.to_json() == text == frozen.text(NATION)
    assert _live(frozen.engine, NATION)["participants"] == live["participants"] + 50


def test_the_same_id_again_is_the_pack_that_stands(frozen: Frozen) -> None:
    first = frozen.pack()
    _change_everything(frozen.engine)
    again = pack(frozen.engine, pack_id=first.pack_id, agenda=[AgendaItem.PLAN], now=NOW + timedelta(hours=1))
    assert again.to_json() == first.to_json()
    with reading(frozen.engine) as connection:
        assert set(connection.scalars(select(Pack.id))) == set(frozen.ids.values())
        entries = connection.scalars(select(AuditEntry.id).where(AuditEntry.entity_id == first.pack_id)).all()
    assert len(entries) == 1


@pytest.mark.both_databases
def test_a_form_that_is_sent_twice_at_once_freezes_one_pack(engine: Engine) -> None:
    settle(engine)
    pack_id = str(uuid4())
    with ThreadPoolExecutor(2) as pool:
        sent = [pool.submit(pack, engine, actor, pack_id=pack_id) for actor in (COORDINATOR, LEADER)]
        first, second = (future.result() for future in sent)
    assert first.to_json() == second.to_json() == stored_text(engine, pack_id)
    with reading(engine) as connection:
        assert connection.scalars(select(AuditEntry.entity_id).where(AuditEntry.entity == "pack")).all() == [pack_id]


def test_a_new_id_is_a_new_pack_of_what_stands_then(frozen: Frozen) -> None:
    first = frozen.pack()
    _change_everything(frozen.engine)
    second = pack(frozen.engine)
    assert not _finalised(second).equals(_finalised(first))
    assert int(second.data_version) > int(first.data_version)


def test_freezing_leaves_an_entry_in_the_audit_log_and_demo_data_are_marked_in_the_pack(engine: Engine) -> None:
    world = settle(engine)
    with writing(engine) as connection:
        connection.execute(insert(Meta).values(key=DEMO_LOADED, value="2026-06-15"))
    content = pack(engine, meeting_id=world.meeting_id)
    assert content.is_demo
    with reading(engine) as connection:
        entry = connection.execute(select(AuditEntry.__table__).where(AuditEntry.entity == "pack")).one()
        digest = connection.execute(select(Pack.content_sha256)).scalar_one()
    assert (entry.actor, entry.action_code, entry.entity_id) == (COORDINATOR.login, "frozen", content.pack_id)
    assert entry.after["content_sha256"] == digest
    assert (entry.after["area_code"], entry.after["meeting_id"]) == (DISTRICT, world.meeting_id)
    assert entry.after["first_day"] == "2026-01-01"


def test_a_pack_says_of_what_it_is(frozen: Frozen) -> None:
    content = frozen.pack()
    assert (content.scope, content.period, content.today, content.created_at) == (AREA, PERIOD, TODAY, NOW)
    assert (content.author_name, content.method_version, content.is_demo) == (COORDINATOR.login, METHOD_VERSION, False)
    assert content.agenda == agenda_for(AREA.kind)


def test_a_pack_of_an_empty_database_has_every_frame_and_no_figures(engine: Engine) -> None:
    for scope, actor in ACTORS.items():
        content = pack(engine, actor, scope=scope)
        assert set(content.frames) == set(FRAMES)
        assert content.previous_pack_id is None
        assert content.frames["memoranda"].empty
        assert content.frames["decisions"].empty
        values = content.frames["values"]
        unknown = values[values["indicator_code"] == "evaluation_score"]
        assert unknown["value"].isna().all()
        assert not unknown["is_enough"].any()
        assert read_pack(engine, content.pack_id, actor).to_json() == content.to_json()


def test_only_what_is_on_the_agenda_is_frozen(engine: Engine) -> None:
    settle(engine)
    content = pack(engine, agenda=[AgendaItem.PLAN])
    filled = {name for name, frame in content.frames.items() if not frame.empty}
    assert "plan" in filled
    assert filled <= frames_for([AgendaItem.PLAN])
    assert filled.isdisjoint({"voices", "recommendations", "memoranda", "marks"})


def test_an_empty_agenda_stores_nothing(engine: Engine) -> None:
    with pytest.raises(EmptyAgendaError):
        pack(engine, agenda=[])
    with reading(engine) as connection:
        assert not connection.scalars(select(Pack.id)).all()


def test_an_id_that_is_no_uuid_is_refused(engine: Engine) -> None:
    with pytest.raises(ValueError, match="UUID"):
        pack(engine, pack_id="../../etc")


def test_a_meeting_of_another_area_is_refused(engine: Engine) -> None:
    with writing(engine) as connection:
        elsewhere = make_meeting(connection, meeting_date=TODAY, area_code=FAR_DISTRICT)
    for meeting_id in (elsewhere, elsewhere + 99):
        with pytest.raises(ForbiddenError):
            pack(engine, meeting_id=meeting_id)


def test_an_area_that_there_is_not_is_refused(engine: Engine) -> None:
    with pytest.raises(ForbiddenError):
        pack(engine, NATIONAL, scope=Scope.district("1799999"))


def test_a_pack_that_there_is_not_is_not_found(engine: Engine) -> None:
    with reading(engine) as connection:
        assert find_pack(connection, COORDINATOR, pack_id=str(uuid4())) is None
        assert find_pack(connection, COORDINATOR, pack_id="no such pack") is None


def test_a_pack_that_was_changed_with_its_mark_is_not_read_either(frozen: Frozen) -> None:
    for text in ('{"format":1}', "[]", "null", "", "no JSON", "{"):
        damage(frozen.engine, frozen.ids[AREA], content=text, content_sha256=digest(text))
        with pytest.raises(DamagedPackError):
            frozen.pack()


def test_a_damaged_pack_does_not_keep_the_area_from_freezing_the_next(
    engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    world = settle(engine)
    damaged = pack(engine, meeting_id=world.meeting_id, today=TODAY - timedelta(days=30))
    damage(engine, damaged.pack_id, content=damaged.to_json().replace("muvofiq", "boshqa"))
    content = pack(engine)
    assert content.previous_pack_id is None
    assert set(content.frames["values"]["when"]) == {When.NOW, When.YEAR_BEFORE}
    assert not content.frames["decisions"].empty
    assert damaged.pack_id in caplog.text


@pytest.mark.parametrize("frozen", DATABASES, indirect=True)
def test_a_pack_that_was_changed_in_spite_of_all_is_not_read(frozen: Frozen) -> None:
    damage(frozen.engine, frozen.ids[AREA], content=frozen.text().replace("muvofiq", "boshqa"))
    with pytest.raises(DamagedPackError):
        frozen.pack()

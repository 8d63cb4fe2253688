"""A form that is not sent yet stays on the server, for its writer alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, update

from data.database.engine import new_engine, reading, writing
from data.policy import Actor, ForbiddenError, Role
from data.registers.entry import EntryError
from data.schema import RecordDraft
from queries.registers.drafts import drop_draft, find_draft, new_draft, store_draft, unsent_forms
from tests.queries.registers.registering import NOW, OTHER_DISTRICT, add_coordinator, enter, good_cells, settle

pytestmark = pytest.mark.both_databases

CELLS = {"number": "K-1", "kind": "gra"}


@pytest.fixture
def world(engine: Engine) -> Engine:
    """Database with the NGOs and mahallas that good records name."""
    with writing(engine) as connection:
        settle(connection)
    return engine


def test_a_draft_survives_a_restart_as_it_was_typed(world: Engine) -> None:
    actor = add_coordinator(world)
    stored = store_draft(world, actor, new_draft(CELLS), register="supports", now=NOW)
    url = world.url.render_as_string(hide_password=False)
    restarted = new_engine(url)
    found = find_draft(restarted, actor, register="supports")
    restarted.dispose()
    assert found == stored
    assert found is not None
    assert (found.cells, found.is_kept) == (CELLS, True)


def test_a_draft_is_seen_and_dropped_by_its_writer_alone(world: Engine) -> None:
    writer, other = add_coordinator(world), add_coordinator(world, login="other", district_soato=OTHER_DISTRICT)
    stored = store_draft(world, writer, new_draft(CELLS), register="supports", now=NOW)
    assert find_draft(world, other, register="supports") is None
    drop_draft(world, other, form_id=stored.form_id)
    assert find_draft(world, writer, register="supports") == stored
    with reading(world) as connection:
        assert [form[0] for form in unsent_forms(connection, writer)] == ["supports"]
        assert unsent_forms(connection, other) == []
    drop_draft(world, writer, form_id=stored.form_id)
    assert find_draft(world, writer, register="supports") is None


@pytest.mark.parametrize("role", [Role.PUBLIC, Role.NGO, Role.DISTRICT, Role.REGIONAL, Role.NATIONAL])
def test_who_may_not_enter_a_record_has_no_draft_of_it(world: Engine, role: Role) -> None:
    with pytest.raises(ForbiddenError):
        store_draft(world, Actor(role, account_id=1), new_draft(CELLS), register="supports", now=NOW)
    with pytest.raises(ForbiddenError):
        find_draft(world, Actor(role, account_id=1), register="supports")


def test_two_tabs_of_one_form_share_a_draft_and_send_one_record(world: Engine) -> None:
    actor = add_coordinator(world)
    first = store_draft(world, actor, new_draft(CELLS), register="supports", now=NOW)
    cells = good_cells("supports")
    second = store_draft(world, actor, new_draft(cells), register="supports", now=NOW + timedelta(minutes=1))
    assert second.form_id == first.form_id
    found = find_draft(world, actor, register="supports")
    assert found is not None
    assert found.cells == cells
    sent = enter(world, "supports", actor=actor, form_id=first.form_id)
    again = enter(world, "supports", actor=actor, form_id=second.form_id)
    assert (again.record_id, again.is_repeat) == (sent.record_id, True)
    assert find_draft(world, actor, register="supports") is None


def test_a_form_that_was_saved_is_no_draft_again_whatever_its_page_still_tells(world: Engine) -> None:
    actor = add_coordinator(world)
    draft = store_draft(world, actor, new_draft(good_cells("supports")), register="supports", now=NOW)
    enter(world, "supports", actor=actor, form_id=draft.form_id)
    store_draft(world, actor, draft, register="supports", now=NOW)
    assert find_draft(world, actor, register="supports") is None
    following = store_draft(world, actor, new_draft(CELLS), register="supports", now=NOW)
    assert following.form_id != draft.form_id
    with writing(world) as connection:
        connection.execute(update(RecordDraft).values(form_id=draft.form_id))
    assert find_draft(world, actor, register="supports") is None
    with reading(world) as connection:
        assert unsent_forms(connection, actor) == []
    assert store_draft(world, actor, following, register="supports", now=NOW) == replace(following, saved_at=NOW)


def test_drafts_of_a_new_record_of_another_and_of_each_topic_stand_beside_each_other(world: Engine) -> None:
    actor = add_coordinator(world)
    places = [("supports", 0, ""), ("supports", 7, ""), ("events", 0, ""), ("events", 0, "plan-1")]
    for at, (register, record_id, topic) in enumerate(places):
        cells = {"number": str(at)}
        store_draft(world, actor, new_draft(cells), register=register, record_id=record_id, topic=topic, now=NOW)
    for at, (register, record_id, topic) in enumerate(places):
        found = find_draft(world, actor, register=register, record_id=record_id, topic=topic)
        assert found is not None
        assert found.cells == {"number": str(at)}


def test_a_refused_form_keeps_its_draft(world: Engine) -> None:
    actor = add_coordinator(world)
    stored = store_draft(world, actor, new_draft(CELLS), register="supports", now=NOW)
    with pytest.raises(EntryError):
        enter(world, "supports", actor=actor, form_id=stored.form_id, kind="gra")
    assert find_draft(world, actor, register="supports") == stored

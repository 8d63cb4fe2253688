"""Meeting page: finalising a pack, opening it by its link, and downloading it."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import func, select
from streamlit.testing.v1 import AppTest

from components.meetings.preparation_form import PreparationField as Preparing
from components.shell.formatter import Formatter
from data.agenda import agenda_for
from data.codes import AgendaItem
from data.database.engine import reading, writing
from data.language import Language, Translator
from data.policy import Role, ScopeKind
from data.schema import Meeting
from queries.meetings.packs.packs import PackContent
from tests import worlds
from tests.pages.conftest import Desk
from tests.pages.meeting.holding import AREA, FAR_AREA, TAKERS, ago, decided, finalise, opened, packs, press, words
from tests.pages.tiles import tiles_of
from tests.queries.meetings.packs.packing import damage
from tests.shown import record_cells, record_titles

NO_PACK = "This link opens no pack for you"


@pytest.mark.parametrize("role", TAKERS)
def test_one_press_freezes_and_opens_the_pack_of_the_own_area(meeting_desk: Desk, role: Role) -> None:
    app = press(opened(meeting_desk, role), "freeze")
    assert not app.error
    (pack,) = packs(meeting_desk)
    assert app.query_params["pack"] == pack.pack_id
    kinds = {Role.REGIONAL: ScopeKind.REGION, Role.NATIONAL: ScopeKind.NATION, Role.ADMIN: ScopeKind.NATION}
    assert pack.scope.kind is kinds.get(role, ScopeKind.DISTRICT)
    assert pack.author_name == role.value
    assert pack.agenda == agenda_for(pack.scope.kind)
    assert f"/present/{pack.pack_id}?lang=en" in app.get("link_button")[0].proto.url


def test_the_same_press_twice_freezes_one_pack(meeting_desk: Desk) -> None:
    pack_id = str(uuid4())
    for _ in range(2):
        app = opened(meeting_desk, Role.COORDINATOR)
        app.session_state[Preparing.NEXT_PACK] = pack_id
        app.run()
        app.text_input(key=f"{Preparing.NUMBER}:{AREA.code}:{pack_id}").set_value("7")
        press(app, "freeze")
        assert app.query_params["pack"] == pack_id
    assert [pack.pack_id for pack in packs(meeting_desk)] == [pack_id]


def test_a_pack_stands_beside_that_of_the_meeting_before_and_is_judged_against_the_year_before(
    meeting_desk: Desk,
) -> None:
    first = finalise(meeting_desk.engine, day=ago(30), number="2026/3")
    alone = opened(meeting_desk, Role.DISTRICT, pack=first.pack_id)
    earlier = Formatter(Translator(Language.EN)).period(first.period.year_before())
    assert f"Changes are against the same months a year before: {earlier}." in words(alone)
    assert not [button for button in alone.button if button.label.startswith("Pack of the last meeting")]
    app = press(opened(meeting_desk, Role.DISTRICT), "freeze")
    second = next(pack for pack in packs(meeting_desk) if pack.pack_id != first.pack_id)
    assert second.previous_pack_id == first.pack_id
    assert [button for button in app.button if button.label.startswith("Pack of the last meeting")]
    press(app, f"open_{first.pack_id}")
    assert app.query_params["pack"] == first.pack_id
    with reading(meeting_desk.engine) as connection:
        assert connection.scalars(select(Meeting.number).order_by(Meeting.id)).all() == ["2026/3", "2026/4"]


def test_a_damaged_pack_is_refused_in_words_and_the_next_one_opens_without_it(meeting_desk: Desk) -> None:
    first = finalise(meeting_desk.engine, day=ago(30), number="2026/3")
    second = finalise(meeting_desk.engine)
    damage(meeting_desk.engine, first.pack_id, content="{}")
    damaged, whole = (opened(meeting_desk, Role.DISTRICT, pack=key) for key in (first.pack_id, second.pack_id))
    assert "not what was finalised" in damaged.error[0].value
    assert not tiles_of(damaged)
    assert "was damaged" in words(whole)
    assert tiles_of(whole)
    assert not whole.error


def test_an_item_that_is_left_out_is_not_on_the_agenda(meeting_desk: Desk) -> None:
    app = opened(meeting_desk, Role.DISTRICT)
    app.checkbox(key=f"{Preparing.AGENDA}:district:{AgendaItem.COMMENTS}").uncheck().run()
    press(app, "freeze")
    (pack,) = packs(meeting_desk)
    assert set(agenda_for(ScopeKind.DISTRICT)) - set(pack.agenda) == {AgendaItem.COMMENTS}


def test_an_empty_agenda_is_refused_in_words_and_nothing_is_stored(meeting_desk: Desk) -> None:
    app = opened(meeting_desk, Role.DISTRICT)
    for item in agenda_for(ScopeKind.DISTRICT):
        app.checkbox(key=f"{Preparing.AGENDA}:district:{item}").uncheck()
    app.run()
    press(app, "freeze")
    assert ["at least one item" in error.value for error in app.error] == [True]
    assert packs(meeting_desk) == []
    with reading(meeting_desk.engine) as connection:
        assert connection.scalar(select(func.count(Meeting.id))) == 0


def test_a_link_opens_the_pack_for_those_who_may_see_its_area(meeting_desk: Desk, pack: PackContent) -> None:
    for role in TAKERS:
        app = opened(meeting_desk, role, pack=pack.pack_id)
        assert NO_PACK not in words(app), role
        assert tiles_of(app), role


def test_a_link_of_another_area_opens_nothing_and_does_not_say_that_it_is_there(meeting_desk: Desk) -> None:
    pack = finalise(meeting_desk.engine, scope=FAR_AREA)
    for role in (Role.REGIONAL, Role.DISTRICT, Role.COORDINATOR):
        foreign, unknown = (opened(meeting_desk, role, pack=key) for key in (pack.pack_id, str(uuid4())))
        assert NO_PACK in words(foreign), role
        assert not tiles_of(foreign), role
        assert not foreign.get("link_button"), role
        assert words(foreign) == words(unknown), role


def test_a_hostile_pack_in_the_address_shows_the_list(meeting_desk: Desk) -> None:
    app = opened(meeting_desk, Role.DISTRICT, pack="<script>alert(1)</script>")
    assert "pack" not in app.query_params
    assert "freeze" in {button.key for button in app.button}


def test_what_needs_attention_leads_to_its_page_and_not_into_an_open_pack(
    meeting_desk: Desk, pack: PackContent
) -> None:
    app = meeting_desk.open(Role.DISTRICT, lang="en", pack=pack.pack_id)
    (listed,) = (html.proto.body for html in app.get("html") if "hamkor-attention" in html.proto.body)
    assert "area=" in listed
    assert pack.pack_id not in listed


def test_the_way_back_leads_to_the_packs_of_the_same_area(meeting_desk: Desk, pack: PackContent) -> None:
    app = press(opened(meeting_desk, Role.NATIONAL, pack=pack.pack_id), "show_packs")
    assert app.query_params["area"] == worlds.DISTRICT
    assert f"open_{pack.pack_id}" in {button.key for button in app.button}


def test_leaders_of_a_district_see_their_own_meetings_whatever_area_is_chosen(meeting_desk: Desk) -> None:
    assert app_area(opened(meeting_desk, Role.DISTRICT, area="uz")) == worlds.DISTRICT
    far = opened(meeting_desk, Role.DISTRICT, area=worlds.FAR_DISTRICT)
    assert "shown to its own leaders" in words(far)
    assert not far.button


def app_area(app: AppTest) -> str:
    """Return the area of the prepared meeting, by the key of its agenda's fields."""
    pack_id = app.session_state[Preparing.NEXT_PACK]
    return next(str(field.key).split(":")[1] for field in app.text_input if str(field.key).endswith(pack_id))


def changed_since(app: AppTest) -> str:
    """Return what an opened pack says of figures that have changed since."""
    return " ".join(info.value for info in app.info if "Changed since" in info.value).replace("\\", "")


def test_a_pack_whose_figures_are_as_they_were_says_nothing_of_changes(meeting_desk: Desk, pack: PackContent) -> None:
    assert changed_since(opened(meeting_desk, Role.DISTRICT, pack=pack.pack_id)) == ""
    decided(meeting_desk, due=ago(-30))
    assert changed_since(opened(meeting_desk, Role.DISTRICT, pack=pack.pack_id)) == ""


def test_the_figures_of_a_pack_stay_when_the_data_change(meeting_desk: Desk, pack: PackContent) -> None:
    before = [(tile.label, tile.value) for tile in tiles_of(opened(meeting_desk, Role.DISTRICT, pack=pack.pack_id))]
    with writing(meeting_desk.engine) as connection:
        for month in range(1, 7):
            worlds.make_plan_item(connection, year=2026, month=month)
    after = [(tile.label, tile.value) for tile in tiles_of(opened(meeting_desk, Role.DISTRICT, pack=pack.pack_id))]
    assert after == before
    told = changed_since(opened(meeting_desk, Role.DISTRICT, pack=pack.pack_id))
    assert "Plan execution: Not enough data → 0%" in told
    assert "Held joint events" not in told
    live = meeting_desk.open(Role.DISTRICT, "district", lang="en")
    assert dict(before)["Plan execution"] == "–"
    [title] = record_titles(live, "Oltinko")
    cells = record_cells(live, title, "Indicator"), record_cells(live, title, title.split(" against")[0])
    assert dict(zip(*cells, strict=True))["Plan execution"] == "0%"


def test_an_opened_pack_speaks_every_language(meeting_desk: Desk, pack: PackContent) -> None:
    decided(meeting_desk, due=ago(3))
    for language in Language:
        app = meeting_desk.open(Role.DISTRICT, "meeting", lang=language.value, pack=pack.pack_id)
        assert not app.exception, language
        assert not app.error, language
        assert len(app.title) == 1, language


def test_a_file_of_each_kind_is_made_on_request_and_offered_under_its_name(
    meeting_desk: Desk, pack: PackContent
) -> None:
    for kind in ("pptx", "pdf", "xlsx", "docx", "png", "csv"):
        app = opened(meeting_desk, Role.DISTRICT, pack=pack.pack_id)
        app.selectbox(key="download_kind:en").set_value(kind).run()
        app.selectbox(key="download_language:en").set_value(Language.UZ_CYRL.value).run()
        assert not app.get("download_button"), kind
        press(app, "make_file")
        assert not app.error, kind
        assert len(app.get("download_button")) == 1, kind
        assert f"uz-cyrl.{kind} is ready" in words(app)
        app.selectbox(key="download_language:en").set_value(Language.RU.value).run()
        assert not app.get("download_button"), kind


def test_an_empty_database_says_what_a_pack_is_for_and_freezes_one(empty_desk: Desk) -> None:
    app = opened(empty_desk, Role.DISTRICT)
    assert "No pack has been finalised for this area yet" in words(app)
    assert "No meeting of this area has decided anything yet" in words(app)
    press(app, "freeze")
    assert not app.error
    assert "No earlier decision is open" in words(app)

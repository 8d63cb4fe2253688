"""Plan and events: what each role sees, where cells lead, and what forms save."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from urllib.parse import parse_qsl

import pytest
from sqlalchemy import Engine, func, select, update
from streamlit.testing.v1 import AppTest

from data.accounts.accounts import NewAccount, add_account
from data.codes import EntryState, EventState
from data.database.engine import reading, writing
from data.language import Language
from data.policy import Actor, Role, Scope
from data.schema import AuditEntry, JointEvent, PlanItem, RecordDraft
from queries.events.entries import EntryFilter, entries
from queries.events.year import STATE_COLUMNS, GridRows, year_grid
from tests.databases import Databases
from tests.pages.conftest import RECORD_PAGES, TODAY, Desk, _serving
from tests.pages.test_counted_rows import PAGE, number, opened, rows_shown
from tests.shown import record_cells
from tests.worlds import make_event, make_mahalla, make_ngo, make_plan_item

HOME, FOREIGN = "1730401", "1726266"
ADMIN = Actor(Role.ADMIN)


def html_of(app: AppTest) -> str:
    """Return all HTML of a page."""
    return "".join(block.proto.body for block in app.get("html"))


@pytest.fixture
def own_desk(databases: Databases, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """App on a district with a coordinator, to be written to."""
    with databases.copy("sqlite") as engine, _serving(Desk(engine, {}), monkeypatch) as served:
        account = NewAccount(login="coordinator", role=Role.COORDINATOR, district_soato=HOME)
        with writing(engine) as connection:
            add_account(connection, account, password=None, actor="test")
            make_mahalla(connection, name="Bogʻ", district_soato=HOME)
            make_ngo(connection, name="Umid", district_soato=HOME)
        served.sign_in_everyone()
        yield served


def _event(engine: Engine, day: date, state: EventState = EventState.PLANNED) -> int:
    with writing(engine) as connection:
        ngo = make_ngo(connection, district_soato=HOME)
        return make_event(
            connection, event_date=day, district_soato=HOME, state=state, ngo_ids=(ngo,), participants_total=0
        )


def _row(engine: Engine, event_id: int) -> JointEvent:
    with reading(engine) as connection:
        return connection.execute(select(JointEvent.__table__).where(JointEvent.id == event_id)).one()  # type: ignore[return-value]


def test_the_grid_shows_the_numbers_of_the_query_and_each_cell_leads_to_its_rows(desk: Desk) -> None:
    app = desk.open(Role.COORDINATOR, "plan", lang="en")
    html = html_of(app)
    with reading(desk.engine) as connection:
        grid = year_grid(
            connection, ADMIN, scope=Scope.district(HOME), year=TODAY.year, today=TODAY, rows=GridRows.MAHALLA
        )
        row = grid.to_dict("records")[0]
        total = sum(row[name] for name in STATE_COLUMNS.values())
    [given] = [json.loads(unescape(data)) for data in re.findall(r'data-grid="([^"]*)"', html)]
    addresses = {dict(parse_qsl(address))["mahalla"]: address for _, _, address, _ in given["rows"][:-1]}
    [cells] = [cells for *_, address, cells in given["rows"] if address == addresses[row["row_code"]]]
    assert sum(cells[row["month"] - 1]) == total
    address = dict(parse_qsl(addresses[row["row_code"]].removeprefix("?")))
    listed = desk.open(Role.COORDINATOR, "plan", **address, month=str(row["month"]))
    assert any(f"1 to {total} of {total}" in caption.value for caption in listed.caption)


def test_leaders_of_wider_areas_see_directions_and_no_forms(desk: Desk) -> None:
    app = desk.open(Role.REGIONAL, "plan", lang="en")
    assert "Youth work" in html_of(app)
    labels = [tab.label for tab in app.tabs]
    assert "List" in labels
    assert "New event" not in labels


def test_the_plan_of_a_foreign_district_is_not_shown(desk: Desk) -> None:
    app = desk.open(Role.COORDINATOR, "plan", area=FOREIGN, lang="en")
    assert "The plan of this area is shown to the leaders of the area itself." in [c.value for c in app.caption]
    assert "hamkor-grid" not in html_of(app)


@pytest.mark.each_value
@pytest.mark.parametrize("view", ["chart", "calendar", "list", "entry", "plan"])
@pytest.mark.parametrize("language", Language)
def test_every_part_speaks_every_language(desk: Desk, view: str, language: Language) -> None:
    app = desk.open(Role.COORDINATOR, "plan", view=view, lang=language.value)
    assert not app.exception
    assert not app.error
    assert app.title


def test_the_list_is_narrowed_to_a_state_by_the_address(desk: Desk) -> None:
    for state in EntryState:
        app = desk.open(Role.COORDINATOR, "plan", view="list", state=state.value, lang="en")
        assert not app.exception
        assert app.selectbox(key="list:state:en").value == state.value


@pytest.mark.parametrize("language", Language)
def test_the_pages_of_records_speak_every_language(desk: Desk, language: Language) -> None:
    with reading(desk.engine) as connection:
        found = entries(
            connection, ADMIN, scope=Scope.district(HOME), wanted=EntryFilter(year=2026, state=EntryState.OVERDUE),
            today=TODAY, limit=50,
        ).frame  # fmt: skip
        held = entries(
            connection, ADMIN, scope=Scope.district(HOME), wanted=EntryFilter(year=2026, state=EntryState.HELD),
            today=TODAY, limit=50,
        ).frame  # fmt: skip
    item = int(found.loc[found["kind_code"] == "item", "record_id"].iloc[0])
    event, ngo = int(held["record_id"].iloc[0]), held["ngo_links"].iloc[0][0]
    mahalla = held[held["mahalla_id"] > 0].iloc[0]
    expected = {"event": (event, held["title"].iloc[0]), "plan_item": (item, ": "), "ngo": ngo}
    expected["mahalla"] = (int(mahalla["mahalla_id"]), mahalla["mahalla"])
    for page, (record, title) in expected.items():
        app = open_record(desk, page, record, lang=language.value)
        assert not app.exception
        assert not app.error
        assert title in app.title[0].value


def open_record(desk: Desk, page: str, record: int, role: Role = Role.COORDINATOR, **address: str) -> AppTest:
    """Open the page of a record."""
    return desk.open(role, page, record=str(record), **{"lang": "en", **address})


def test_a_foreign_or_unknown_record_is_told_as_not_there(desk: Desk) -> None:
    with reading(desk.engine) as connection:
        foreign = connection.scalar(select(JointEvent.id).where(JointEvent.district_soato == FOREIGN).limit(1))
    for page in (page for page in RECORD_PAGES if page not in {"new-memorandum", "my_account"}):
        app = open_record(desk, page, 2_000_000_000)
        assert not app.exception
        assert any("No such" in text.value for text in app.markdown), page
    assert any("No such event" in text.value for text in open_record(desk, "event", int(foreign or 0)).markdown)


def test_held_as_planned_asks_for_four_counts_and_keeps_the_day(own_desk: Desk) -> None:
    event = _event(own_desk.engine, date(2026, 11, 10))
    app = open_record(own_desk, "event", event, do="held")
    assert len(app.number_input) == 4
    for field, people in zip(app.number_input, (30, 12, 15, 2), strict=True):
        field.set_value(people).run()
    _press(app, "save:").run()
    row = _row(own_desk.engine, event)
    assert (row.state_code, row.event_date) == ("held", date(2026, 11, 10))
    assert (row.participants_total, row.participants_young, row.participants_women) == (30, 12, 15)
    assert "Recorded as held" in app.success[0].value


def test_held_without_participants_is_refused_beside_the_field_and_keeps_what_was_typed(own_desk: Desk) -> None:
    event = _event(own_desk.engine, date(2026, 11, 10))
    app = open_record(own_desk, "event", event, do="held")
    app.number_input[1].set_value(12).run()
    _press(app, "save:").run()
    assert _row(own_desk.engine, event).state_code == "planned"
    assert len(app.error) == 2
    assert app.number_input[1].value == 12


def test_a_postponed_event_has_its_new_day_and_the_reason_in_its_history(own_desk: Desk) -> None:
    event = _event(own_desk.engine, date(2026, 11, 10))
    app = open_record(own_desk, "event", event)
    app.button(key="do-postpone").click().run()
    app.text_input[0].set_value("02.12.2026").run()
    app.text_input[1].set_value("Zal band").run()
    _press(app, "save:").run()
    assert _row(own_desk.engine, event).event_date == date(2026, 12, 2)
    with reading(own_desk.engine) as connection:
        reasons = connection.scalars(select(AuditEntry.reason).where(AuditEntry.entity == "joint_event")).all()
    assert reasons == ["Zal band"]


KINDS_OF_FIELDS = ("text_input", "text_area", "number_input", "selectbox", "multiselect", "segmented_control")


def test_a_correction_form_is_drawn_without_ordering_what_its_fields_show(own_desk: Desk) -> None:
    # Such an order would take the place of what is typed while the page is still being drawn.
    with writing(own_desk.engine) as connection:
        ngo = make_ngo(connection, district_soato=HOME)
        event = make_event(connection, event_date=date(2026, 11, 10), district_soato=HOME, ngo_ids=(ngo,))
    app = open_record(own_desk, "event", event, do="correct")

    def fields() -> list[object]:
        drawn = [each for kind in KINDS_OF_FIELDS for each in app.get(kind) if "form-events" in str(each.proto.id)]
        return [each.proto for each in drawn]

    assert len(fields()) > 10
    assert [proto.label for proto in fields() if proto.set_value] == []  # type: ignore[attr-defined]
    assert app.text_input(key=_key(app, "event_date")).value == "10.11.2026"
    app.text_input(key=_key(app, "event_date")).set_value("11.11.2026").run()
    assert [proto.label for proto in fields() if proto.set_value] == []  # type: ignore[attr-defined]
    assert app.text_input(key=_key(app, "event_date")).value == "11.11.2026"


def _key(app: AppTest, code: str) -> str:
    return next(str(each.key) for each in app.text_input if f":{code}:" in str(each.key))


def test_a_cancelled_event_needs_its_reason(own_desk: Desk) -> None:
    event = _event(own_desk.engine, date(2026, 11, 10))
    app = open_record(own_desk, "event", event)
    app.button(key="do-cancel").click().run()
    _press(app, "save:").run()
    assert _row(own_desk.engine, event).state_code == "planned"
    app.text_area[0].set_value("Inspektor safarda").run()
    _press(app, "save:").run()
    row = _row(own_desk.engine, event)
    assert (row.state_code, row.cancel_reason) == ("cancelled", "Inspektor safarda")


def test_an_item_that_was_held_becomes_an_event_with_what_was_planned(own_desk: Desk) -> None:
    with writing(own_desk.engine) as connection:
        ngo = make_ngo(connection, district_soato=HOME)
        item = make_plan_item(connection, year=2026, month=10, district_soato=HOME, responsible_ngo_id=ngo)
        connection.execute(update(PlanItem).values(number="7", number_key="7"))
    app = open_record(own_desk, "plan_item", item, do="held")
    assert len(app.text_input) + len(app.number_input) == 4
    app.text_input[0].set_value("14.10.2026").run()
    app.number_input[0].set_value(25).run()
    _press(app, "save:").run()
    assert not app.error
    with reading(own_desk.engine) as connection:
        event = connection.execute(select(JointEvent.__table__)).one()
    assert (event.plan_item_id, event.event_date, event.state_code) == (item, date(2026, 10, 14), "held")
    assert (event.direction_code, event.form_code, event.participants_total) == ("youth_work", "seminar", 25)
    assert event.number in html_of(app)


def test_a_new_event_has_at_most_nine_fields_and_its_number_is_suggested(own_desk: Desk) -> None:
    app = desk_entry(own_desk)
    fields = [*app.text_input, *app.number_input, *app.multiselect]
    fields += [box for box in app.selectbox if box.key and box.key.startswith("form-")]
    assert len(fields) == 9
    with reading(own_desk.engine) as connection:
        event = connection.execute(select(JointEvent.__table__)).first()
    assert event is None


def desk_entry(desk: Desk) -> AppTest:
    """Open the form of a new event."""
    return desk.open(Role.COORDINATOR, "plan", view="entry", lang="en")


def test_what_was_typed_is_there_after_a_reload_and_saved_once(own_desk: Desk) -> None:
    app = desk_entry(own_desk)
    _form_field(app.text_input, "event_date").set_value("12.11.2026").run()
    app = desk_entry(own_desk)
    assert _form_field(app.text_input, "event_date").value == "12.11.2026"
    _form_field(app.text_input, "title").set_value("Suhbat").run()
    _form_field(app.selectbox, "direction").set_value("youth_work").run()
    _form_field(app.selectbox, "form").set_value("seminar").run()
    stir = app.multiselect[0].options[0].rpartition(" ")[2]
    app.multiselect[0].set_value([stir]).run()
    app.number_input[0].set_value(20).run()
    save = _press(app, "save:")
    save.run()
    assert not app.error
    with reading(own_desk.engine) as connection:
        assert connection.scalars(select(JointEvent.number)).all() == ["2026-1"]
        assert connection.scalar(select(func.count()).select_from(RecordDraft)) == 0
    assert _form_field(app.text_input, "title").value == ""


def test_what_is_being_typed_in_a_field_stays_while_the_page_is_redrawn_for_another(own_desk: Desk) -> None:
    app = desk_entry(own_desk)
    _form_field(app.text_input, "event_date").set_value("12.11.2026").run()
    fields = [field for field in (*app.text_input, *app.number_input) if field.key and field.key.startswith("form-")]
    assert [field.key for field in fields if field.proto.set_value] == []


def test_the_plan_is_copied_in_one_click(own_desk: Desk) -> None:
    with writing(own_desk.engine) as connection:
        for month in (1, 5):
            make_plan_item(connection, year=2026, month=month, district_soato=HOME)
    app = own_desk.open(Role.COORDINATOR, "plan", view="plan", year="2027", lang="en")
    app.button(key=f"copy-{HOME}-2027").click().run()
    assert not app.exception
    with reading(own_desk.engine) as connection:
        assert connection.scalars(select(PlanItem.month).where(PlanItem.year == 2027)).all() == [1, 5]
    assert "2 items" in app.success[0].value


def _press(app: AppTest, prefix: str):  # type: ignore[no-untyped-def]  # noqa: ANN202 - a button, whose class is private
    return next(button for button in app.button if button.key and button.key.startswith(prefix)).click()


def _form_field(widgets, code: str):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - widgets of any kind
    return next(widget for widget in widgets if widget.key and f":{code}:" in widget.key)


@pytest.mark.parametrize(("role", "area"), [(Role.COORDINATOR, HOME), (Role.REGIONAL, HOME[:4])])
def test_each_number_of_the_partners_opens_as_many_events(desk: Desk, role: Role, area: str) -> None:
    app = desk.open(role, "plan", view="partners", area=area, direction="youth_work", lang="en")
    assert not app.exception
    table = "Partners by mahalla" if area == HOME else "Partners by district"
    assert record_cells(app, table, "Joint events held")
    html = html_of(app)
    cells = re.findall(r"<td[^>]*>(.*?)</td>", html)
    links = [link for cell in cells for link in re.findall(r'href="([^"]*)" target="_self">([^<]*)<', cell)]
    bars = re.findall(r'<a href="([^"]*)" target="_self">[^<]*</a></span><span>([^<(]*)', html)
    assert len(bars) > 3
    for address, text in [*links[:: len(links) // 7], *bars[:3]]:
        assert rows_shown(opened(desk, role, unescape(address))[1]) == min(number(f":{text}"), PAGE), address


@pytest.mark.parametrize("language", Language)
def test_partners_speak_every_language_and_an_ngo_reads_those_of_its_own_events(desk: Desk, language: Language) -> None:
    app = desk.open(Role.NGO, "plan", view="partners", lang=language.value)
    assert not app.exception
    assert not app.error
    assert "hamkor-bars" in html_of(app)

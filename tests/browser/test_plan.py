"""A coordinator at 1366 px: held as planned, an event that was not planned, postponed, cancelled, the plan copied."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError
from sqlalchemy import Engine, func, select

from data.accounts.accounts import NewAccount, add_account
from data.codes import Direction, EntryState, EventForm, EventState
from data.database.engine import reading, writing
from data.dates import clock
from data.language import Language, Translator
from data.policy import Role
from data.schema import JointEvent, PlanItem, RecordDraft
from data.settings import ROOT
from tests.browser.forms import button_of, pick
from tests.browser.serving import serving
from tests.browser.visiting import sign_in
from tests.databases import Databases
from tests.people import PASSWORD
from tests.worlds import DISTRICT, make_event, make_mahalla, make_ngo, make_plan_item

pytestmark = [pytest.mark.browser, pytest.mark.flow]

PATIENCE_MS = 30_000


@dataclass
class Office:
    """Page of a coordinator, its database, and the clicks that were made on it."""

    page: Page
    address: str
    engine: Engine
    clicks: int = field(default=0)
    say: Translator = field(default_factory=Translator)

    @property
    def suffix(self) -> str:
        """Parameter of an address that sets the language."""
        return f"lang={self.say.language}"

    def open(self, path: str) -> None:
        """Open a page by its address."""
        self.page.goto(f"{self.address}{path}")

    def click(self, target: Locator) -> None:
        """Click once more."""
        self.clicks += 1
        target.click()

    def field(self, code: str) -> Locator:
        """Return the field with a code."""
        return self.page.locator(f"[class*='{code}-{self.say.language}']")

    def type(self, code: str, text: str) -> None:
        """Type into the field with a code, and leave it."""
        box = self.field(code).locator("input, textarea").first
        box.fill(text)
        box.press("Tab")

    def choose(self, code: str, text: str) -> None:
        """Choose the first option of the select with a code that contains a text."""
        box = self.field(code).locator("input").first

        def open_narrowed() -> None:
            box.click()
            # Of a long list only what is in sight is drawn.
            box.fill(self.say(text))

        pick(self.page.get_by_role("option", name=re.compile(self.say(text))).first, open_narrowed)

    def button(self, name: str, **values: object) -> Locator:
        """Return the button with a name, in the language of the page, once it stands there alone."""
        return button_of(self.page, self.say(name, **values))

    def expect_done(self, text: str, **values: object) -> None:
        """Wait for what is said after an action, which has the focus."""
        expect(self.page.get_by_text(self.say(text, **values)).first).to_be_visible(timeout=PATIENCE_MS)

    def wait_for_draft(self, code: str) -> None:
        """Wait until the draft has a text for a field."""
        cells: dict[str, str] = {}
        until = time.monotonic() + PATIENCE_MS / 1000
        while not cells.get(code) and time.monotonic() < until:
            self.page.wait_for_timeout(50)
            with reading(self.engine) as connection:
                cells = connection.scalar(select(RecordDraft.cells)) or {}
        assert cells.get(code)

    def events(self) -> list[tuple[str, str]]:
        """Return title and state of all events."""
        with reading(self.engine) as connection:
            rows = connection.execute(select(JointEvent.title, JointEvent.state_code).order_by(JointEvent.id))
            return [(title, state) for title, state in rows]


@pytest.fixture(scope="module")
def engine_of_office(databases: Databases) -> Iterator[Engine]:
    with databases.copy("sqlite") as engine:
        with writing(engine) as connection:
            account = NewAccount(login="muvofiq", role=Role.COORDINATOR, district_soato=DISTRICT)
            add_account(connection, account, password=PASSWORD, actor="test")
            make_mahalla(connection, name="Bogʻ")
            make_ngo(connection, name="Umid")
        yield engine


@pytest.fixture(scope="module")
def office_of_all(engine_of_office: Engine, browser: Browser) -> Iterator[Office]:
    url = engine_of_office.url.render_as_string(hide_password=False)
    with serving(ROOT / "server.py", {"DATABASE_URL": url}) as address:
        state = sign_in(browser, address, login="muvofiq", password=PASSWORD)
        context = browser.new_context(storage_state=state, viewport={"width": 1366, "height": 768})
        yield Office(context.new_page(), address, engine_of_office)
        context.close()


@pytest.fixture
def office(office_of_all: Office, language: Language) -> Office:
    """Office in the language of the test."""
    office_of_all.say, office_of_all.clicks = Translator(language), 0
    return office_of_all


def _planned(engine: Engine, days_ago: int = 3) -> int:
    with writing(engine) as connection:
        ngo, day = make_ngo(connection), clock.today() - timedelta(days=days_ago)
        return make_event(connection, event_date=day, state=EventState.PLANNED, participants_total=0, ngo_ids=(ngo,))


def _state(engine: Engine, event: int) -> tuple[str, date, int]:
    with reading(engine) as connection:
        columns = (JointEvent.state_code, JointEvent.event_date, JointEvent.participants_total)
        state, day, people = connection.execute(select(*columns).where(JointEvent.id == event)).one()
    return state, day, people


def test_held_as_planned_is_four_fields_from_the_attention_list(office: Office) -> None:
    event = _planned(office.engine)
    office.open(f"/district?{office.suffix}&area={DISTRICT}")
    link = office.page.locator(f".hamkor-attention a.act[href*='record={event}&']")
    link.click(timeout=PATIENCE_MS)
    expect(office.button("Save as held")).to_be_visible(timeout=PATIENCE_MS)
    expect(office.page.locator("[class*='st-key-form-events'] input[type=number]")).to_have_count(4)
    office.type("participants_total", "30")
    office.type("participants_young", "12")
    office.button("Save as held").dblclick()
    office.expect_done("Recorded as held. The NGOs are asked to evaluate it, and the figures count it.")
    assert _state(office.engine, event) == ("held", clock.today() - timedelta(days=3), 30)


def test_an_event_is_postponed_in_three_clicks(office: Office) -> None:
    event, day = _planned(office.engine), clock.today() + timedelta(days=9)
    office.open(f"/event?{office.suffix}&record={event}")
    office.click(office.button("Postpone"))
    office.type("event_date", f"{day:%d.%m.%Y}")
    office.type("reason", "Zal band")
    office.click(office.button("Postpone"))
    office.expect_done("Postponed to the new day.")
    assert office.clicks <= 3
    assert _state(office.engine, event)[:2] == ("planned", day)


def test_an_event_is_cancelled_in_three_clicks(office: Office) -> None:
    event = _planned(office.engine)
    office.open(f"/event?{office.suffix}&record={event}")
    office.click(office.button("Cancel the event"))
    office.type("cancel_reason", "Inspektor safarda")
    office.click(office.button("Cancel the event"))
    office.expect_done("Cancelled. It is no longer waited for.")
    assert office.clicks <= 3
    assert _state(office.engine, event)[0] == "cancelled"


def test_an_event_that_was_not_planned_is_nine_fields_kept_over_a_reload(office: Office) -> None:
    before = office.events().count(("Kechagi suhbat", "held"))
    office.open(f"/plan?{office.suffix}&view=entry")
    fields = office.page.locator("[class*='st-key-form-events-0-new-held'] [data-testid=stWidgetLabel]")
    expect(office.button("Save the event")).to_be_visible(timeout=PATIENCE_MS)
    expect(fields).to_have_count(9)
    office.type("event_date", f"{clock.today() - timedelta(days=1):%d.%m.%Y}")
    office.type("title", "Kechagi suhbat")
    office.choose("direction", "Youth work")
    office.wait_for_draft("direction")
    office.page.reload()
    title = office.page.locator(f"[class*='title-{office.say.language}'] input")
    expect(title).to_have_value("Kechagi suhbat", timeout=PATIENCE_MS)
    office.choose("form", "Seminar")
    office.choose("stirs", "Umid")
    office.page.keyboard.press("Escape")
    office.type("participants_total", "25")
    office.button("Save the event").dblclick()
    office.expect_done("Saved. The form below is empty for the next one.")
    assert office.events().count(("Kechagi suhbat", "held")) == before + 1
    expect(title).to_have_value("")


def test_the_plan_of_next_year_is_copied_in_one_click(office: Office) -> None:
    year = clock.today().year
    following = select(func.count()).where(PlanItem.year == year + 1)
    with writing(office.engine) as connection:
        before = connection.scalar(following) or 0
        for month in (2, 6, 9):
            make_plan_item(connection, year=year, month=month)
    office.open(f"/plan?{office.suffix}&view=plan&year={year + 1}")
    office.button("Copy the plan of {year}", year=year).dblclick(timeout=PATIENCE_MS)
    office.expect_done("Copied: {number} items. Change below what is to be different.", number=3)
    with reading(office.engine) as connection:
        assert connection.scalar(following) == before + 3


def test_a_cell_of_the_grid_opens_its_rows(office: Office) -> None:
    event = _planned(office.engine)
    office.open(f"/plan?{office.suffix}")
    day = clock.today() - timedelta(days=3)
    cell = office.page.locator(f".hamkor-grid td a[href*='month={day.month}']").first
    cell.click(timeout=PATIENCE_MS)
    expect(office.page.locator(f".hamkor-records a[href^='/event'][href$='record={event}']")).to_be_visible(
        timeout=PATIENCE_MS
    )


def test_the_grid_is_one_stop_whose_links_are_walked_by_arrows(office: Office) -> None:
    page, year, name = office.page, clock.today().year - 1, f"Yuqori {office.say.language}"
    with writing(office.engine) as connection:
        mahalla = make_mahalla(connection, name=name)
        for month in (1, 1, 12):
            make_plan_item(connection, year=year, month=month, mahalla_id=mahalla)
    office.open(f"/plan?{office.suffix}&year={year}")
    grid = page.get_by_role("grid", name=office.say("Plan and events of {year}", year=year))
    heading = grid.get_by_role("link", name=name, exact=True)
    expect(heading).to_be_visible(timeout=PATIENCE_MS)
    row = grid.get_by_role("row").filter(has=page.get_by_role("link", name=name, exact=True))
    january = row.get_by_role("gridcell").first.get_by_role("link")
    overdue = office.say("{state}: {number}", state=office.say(EntryState.OVERDUE.label), number=2)
    expect(january).to_have_attribute("title", overdue)
    heading.focus()
    for key, place in (("ArrowRight", 1), ("ArrowRight", 12), ("End", 13), ("Home", 0), ("ArrowRight", 1)):
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.closest('td, th').cellIndex") == place
    expect(january).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(january).not_to_be_focused()
    assert page.evaluate("document.activeElement.closest('td').cellIndex") == 1
    page.keyboard.press("ArrowUp")
    expect(january).to_be_focused()
    page.keyboard.press("Control+End")
    assert page.evaluate("document.activeElement.closest('tr').matches(':last-child')")
    expect(grid.locator("a[tabindex='0']")).to_have_count(1)
    for keys in (["Tab"], ["Shift+Tab", "Escape", "Tab"]):
        for key in keys:
            page.keyboard.press(key)
        expect(grid.locator(":focus")).to_have_count(0)
    january.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".hamkor-records tbody tr")).to_have_count(2, timeout=PATIENCE_MS)


# The grid of a plan is a canvas: where its columns and rows are, as shares of its width and in pixels.
GRID_COLUMNS, GRID_ROW, LINE = (0.1, 0.33, 0.6), 35, 17


def _type_into_cell(page: Page, row: int, column: int, text: str) -> None:
    """Choose an option in a cell of the grid as a person does: click, type a part of it, Enter."""
    grid = page.locator("[data-testid=stDataFrame]")
    options = page.get_by_role("option")
    box = grid.bounding_box()
    assert box is not None
    grid.click(position={"x": box["width"] * GRID_COLUMNS[column], "y": GRID_ROW * (row + 1) + LINE})
    try:
        # A click into the empty row adds one and opens its cell; another cell is only selected by it.
        options.first.wait_for(timeout=2_000)
    except PlaywrightTimeoutError:
        page.keyboard.press("Enter")
        options.first.wait_for(timeout=PATIENCE_MS)
    page.keyboard.type(text)
    page.keyboard.press("Enter")
    expect(options).to_have_count(0, timeout=PATIENCE_MS)


def test_the_plan_of_next_year_is_typed_into_a_grid_and_saved_row_by_row(office: Office) -> None:
    page, say, year = office.page, office.say, clock.today().year + 1
    with writing(office.engine) as connection:
        mahalla = make_mahalla(connection)
    office.open(f"/plan?view=plan&year={year}&mahalla={mahalla}&{office.suffix}")
    expect(page.locator("[data-testid=stDataFrame] canvas").first).to_be_visible(timeout=PATIENCE_MS)
    values = (say.language.months[2], say(Direction.YOUTH_WORK.label), say(EventForm.SEMINAR.label))
    waits = say.plural(
        "{number} row is not complete yet: it needs month, direction and form. It is kept.",
        "{number} rows are not complete yet: they need month, direction and form. They are kept.",
        1,
        number="1",
    )
    for column, text in enumerate(values):
        _type_into_cell(page, 0, column, text)
        if column < 2:
            expect(page.get_by_text(waits)).to_be_visible(timeout=PATIENCE_MS)
    saved = say("All is saved. Click a cell to change it; the empty row below adds one, saved once complete.")
    expect(page.get_by_text(saved)).to_be_visible(timeout=PATIENCE_MS)
    assert _plan_of(office.engine, mahalla) == [(year, 3, "youth_work", "seminar")]
    # A cell of a saved row is saved as soon as it is changed.
    _type_into_cell(page, 0, 0, say.language.months[9])
    until = time.monotonic() + PATIENCE_MS / 1000
    while _plan_of(office.engine, mahalla)[0][1] == 3 and time.monotonic() < until:
        page.wait_for_timeout(50)
    assert _plan_of(office.engine, mahalla) == [(year, 10, "youth_work", "seminar")]


def _plan_of(engine: Engine, mahalla: int) -> list[tuple[int, int, str, str]]:
    columns = (PlanItem.year, PlanItem.month, PlanItem.direction_code, PlanItem.form_code)
    with reading(engine) as connection:
        rows = connection.execute(select(*columns).where(PlanItem.mahalla_id == mahalla))
        return [(row.year, row.month, row.direction_code, row.form_code) for row in rows]

"""Registers in Chromium against the floor app: the year's grid of 80 mahallas, lists, a record of each, a save."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from itertools import product
from statistics import median

from sqlalchemy import Engine, func, insert, select

from data.codes import Direction, EventForm, EventState
from data.database.engine import reading, writing
from data.dates import clock
from data.demo.accounts import DEMO_ACCOUNTS, HOME
from data.policy import Role
from data.schema import District, JointEvent, JointEventNgo, Mahalla, Memorandum, MemorandumNgo, Ngo, PlanItem
from data.settings import ROOT
from tests.bench.databases import UrlOf, fill, postgresql, sqlite_url
from tests.bench.figures import Figure, note
from tests.bench.screens import FLOOR_SERVER, NATIONAL, VIEWPORT, Repeats, Site, Timings, measure_loads
from tests.browser.serving import serving
from tests.browser.visiting import ExpectedPage, Visitor, chromium, sign_in, visiting

LOAD_LIMIT, SAVE_LIMIT = 1.15, 1.2
MAHALLAS, MEMORANDA = 80, 100_000
COORDINATOR = next(account for account in DEMO_ACCOUNTS if account.role is Role.COORDINATOR)
REASON = "Zal band"
SAVE = "[class*='st-key-save'] button"


def widen_district(engine: Engine, district: str) -> None:
    """Give a district 80 mahallas, each with an item and an event a month; once."""
    with writing(engine) as connection:
        there = connection.scalar(select(func.count()).where(Mahalla.district_soato == district)) or 0
        if there >= MAHALLAS:
            return
        names = [f"Bench {number}" for number in range(MAHALLAS - there)]
        rows = [{"district_soato": district, "name": name, "name_key": name.lower()} for name in names]
        connection.execute(insert(Mahalla), rows)
        mahallas = connection.scalars(select(Mahalla.id).where(Mahalla.district_soato == district)).all()
        ngo = connection.scalar(select(func.min(Ngo.id)))
        year, today = clock.today().year, clock.today()
        shared = {"district_soato": district, "form_code": EventForm.SEMINAR.value}
        directions = [direction.value for direction in Direction]
        places = list(enumerate(product(mahallas, range(1, 13))))
        items = [
            {
                **shared,
                "mahalla_id": mahalla,
                "year": year,
                "month": month,
                "direction_code": directions[number % len(directions)],
                "number": f"B-{number}",
            }
            for number, (mahalla, month) in places
        ]
        connection.execute(insert(PlanItem), items)
        counts = dict.fromkeys(
            ("participants_young", "participants_women", "participants_at_risk", "participants_victims"), 0
        )
        events = [
            {
                **shared,
                **counts,
                "mahalla_id": mahalla,
                "event_date": date(year, month, 1 + number % 28),
                "direction_code": directions[number % len(directions)],
                "title": f"Bench {number}",
                "number": f"B-{number}",
                "participants_total": 20,
                "state_code": (EventState.HELD if date(year, month, 28) < today else EventState.PLANNED).value,
            }
            for number, (mahalla, month) in places
        ]
        connection.execute(insert(JointEvent), events)
        made = select(JointEvent.id).where(JointEvent.district_soato == district, JointEvent.number.like("B-%"))
        connection.execute(
            insert(JointEventNgo), [{"event_id": key, "ngo_id": ngo} for key in connection.scalars(made)]
        )


def widen_memoranda(engine: Engine) -> int:
    """Give all districts together 100,000 memoranda with a party each, once; return the id of one of them."""
    with writing(engine) as connection:
        there = connection.scalar(select(func.count()).select_from(Memorandum)) or 0
        if there < MEMORANDA:
            districts = connection.scalars(select(District.soato)).all()
            ngos, today = connection.scalars(select(Ngo.id)).all(), clock.today()
            rows = []
            for number in range(MEMORANDA - there):
                signed = today - timedelta(days=number % 900)
                shared = {"district_soato": districts[number % len(districts)], "number": f"B-{number}"}
                expires = signed + timedelta(days=400 + number % 900)
                days = {"signed_date": signed, "start_date": signed, "expiry_date": expires}
                rows.append({**shared, **days, "title": f"Bench {number}"})
            connection.execute(insert(Memorandum), rows)
            made = connection.scalars(select(Memorandum.id).where(Memorandum.title.like("Bench %"))).all()
            parties = [{"memorandum_id": key, "ngo_id": ngos[key % len(ngos)]} for key in made]
            connection.execute(insert(MemorandumNgo), parties)
        return int(connection.scalar(select(func.max(Memorandum.id))) or 0)


def planned_events(engine: Engine, district: str, number: int) -> list[int]:
    """Return events that are planned in a district."""
    with reading(engine) as connection:
        planned = select(JointEvent.id).where(
            JointEvent.district_soato == district, JointEvent.state_code == EventState.PLANNED.value
        )
        return list(connection.scalars(planned.order_by(JointEvent.event_date).limit(number)))


def measure_saves(ours: Visitor, floor: Visitor, address: str, events: list[int]) -> tuple[list[float], list[float]]:
    """Milliseconds from the click that postpones an event to its page, and of a rerun of the floor, by turns."""
    saves, reruns = [], []
    for turn, event in enumerate(events):
        note(f"saving {turn + 1} of {len(events)}")
        ours.open(f"{address}/event?lang=en&record={event}&do=postpone")
        day = clock.today() + timedelta(days=20 + turn)
        for place, text in enumerate((f"{day:%d.%m.%Y}", REASON)):
            field = ours.page.locator("[class*='st-key-form-events'] input[type=text]").nth(place)
            field.fill(text)
            field.press("Tab")
            ours.page.wait_for_timeout(600)
        saves.append(ours.press(SAVE))
        reruns.append(floor.choose("period", turn)[0])
    return saves, reruns


def _measured(name: str, engine: Engine, url: str, repeats: Repeats) -> Iterator[Figure]:
    district = HOME
    widen_district(engine, district)
    memorandum = widen_memoranda(engine)
    events = planned_events(engine, district, repeats.loads + 1)
    with ExitStack() as stack:
        server = stack.enter_context(serving(ROOT / "server.py", {"DATABASE_URL": url}))
        floor_address = stack.enter_context(serving(FLOOR_SERVER, {}))
        browser = stack.enter_context(chromium())
        state, national = (
            sign_in(browser, server, login=account.login, password=account.password)
            for account in (COORDINATOR, NATIONAL)
        )
        sites = {
            "floor": Site(floor_address, ExpectedPage(charts=2)),
            "year of 80 mahallas": Site(f"{server}/plan?lang=en", ExpectedPage(), state),
            "list": Site(f"{server}/plan?lang=en&view=list", ExpectedPage(), state),
            "event": Site(f"{server}/event?lang=en&record={events[0]}", ExpectedPage(), state),
            "memoranda": Site(f"{server}/memoranda?lang=en", ExpectedPage(maps=1), national),
            "memorandum": Site(f"{server}/memorandum?lang=en&record={memorandum}", ExpectedPage(), national),
        }
        measure_loads(browser, sites, {site: Timings.empty() for site in sites}, 1)
        timings = {site: Timings.empty() for site in sites}
        measure_loads(browser, sites, timings, repeats.loads)
        for site in list(sites)[1:]:
            for kind, taken, peer in (
                ("cold", timings[site].cold, timings["floor"].cold),
                ("warm", timings[site].warm, timings["floor"].warm),
            ):
                yield Figure(
                    figure=f"Registers on {name}, {site}, {kind} load",
                    value=median(taken),
                    unit="ms",
                    peer=f"floor app, {kind} load",
                    peer_value=median(peer),
                    limit=LOAD_LIMIT,
                )
        ours = stack.enter_context(visiting(browser, ExpectedPage(), state, viewport=VIEWPORT))
        floor = stack.enter_context(visiting(browser, ExpectedPage(charts=2), None, viewport=VIEWPORT))
        floor.open(floor_address)
        saves, reruns = measure_saves(ours, floor, server, events)
        yield Figure(
            figure=f"Registers on {name}, an event postponed",
            value=median(saves[1:]),
            unit="ms",
            peer="floor app, rerun",
            peer_value=median(reruns[1:]),
            limit=SAVE_LIMIT,
        )


def register_figures(repeats: Repeats, *, large_scale: int) -> Iterator[Figure]:
    """Medians of each page and of a save against those of the floor, on both databases."""
    yield from _on("SQLite", sqlite_url, repeats, large_scale)
    with postgresql() as url_of:
        yield from _on("PostgreSQL", url_of, repeats, large_scale)


def _on(name: str, url_of: UrlOf, repeats: Repeats, scale: int) -> Iterator[Figure]:
    engine = fill(url_of(scale), scale)
    yield from _measured(name, engine, url_of(scale), repeats)
    engine.dispose()

"""The Overview in Chromium against the floor app: loads, reruns and bytes, taken by turns in one browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, StorageState

from data.demo.accounts import DEMO_ACCOUNTS
from data.policy import Role
from data.settings import ROOT
from tests.bench.figures import Figure, note
from tests.browser.serving import serving
from tests.browser.visiting import ExpectedPage, Visitor, chromium, sign_in, visiting

FLOOR_SERVER = Path(__file__).with_name("floor_server.py")
LOAD_LIMIT, RERUN_LIMIT = 1.25, 1.4
MOST_BYTES_A_RERUN = 60_000
VIEWPORT = {"width": 1440, "height": 900}
NATIONAL = next(account for account in DEMO_ACCOUNTS if account.role is Role.NATIONAL)


@dataclass(frozen=True)
class Repeats:
    """How often each thing is measured."""

    loads: int
    reruns: int
    rounds: int


FULL, QUICK = Repeats(loads=11, reruns=18, rounds=4), Repeats(loads=3, reruns=5, rounds=1)


@dataclass(frozen=True)
class Site:
    """A page to measure, what it has when drawn, and the cookies of who visits it."""

    address: str
    expected: ExpectedPage
    state: StorageState | None = None
    kind: type[Visitor] = Visitor

    def visited(self, browser: Browser) -> AbstractContextManager[Visitor]:
        """Return a new visitor of it."""
        return visiting(browser, self.expected, self.state, kind=self.kind, viewport=VIEWPORT)


@dataclass(frozen=True)
class Timings:
    """What one page took, in milliseconds, and the bytes a rerun brought."""

    cold: list[float]
    warm: list[float]
    indicator: list[float]
    period: list[float]
    received: list[int]

    @classmethod
    def empty(cls) -> Timings:
        """Nothing measured yet."""
        return cls([], [], [], [], [])


def measure_loads(browser: Browser, sites: dict[str, Site], timings: dict[str, Timings], repeats: int) -> None:
    """Cold loads (a new visitor each) and warm loads (the same visitor again), site after site."""
    for turn in range(repeats):
        note(f"load {turn + 1} of {repeats}")
        for name, site in sites.items():
            with site.visited(browser) as visitor:
                timings[name].cold.append(visitor.open(site.address))
                timings[name].warm.append(visitor.reload())


def measure_reruns(browser: Browser, sites: dict[str, Site], timings: dict[str, Timings], repeats: int) -> None:
    """Changes of the indicator and of the period, site after site, each in a page that stays open."""
    with ExitStack() as stack:
        visitors: dict[str, Visitor] = {}
        for name, site in sites.items():
            visitors[name] = stack.enter_context(site.visited(browser))
            visitors[name].open(site.address)
        for turn in range(repeats):
            note(f"rerun {turn + 1} of {repeats}")
            for name, visitor in visitors.items():
                for key, taken in (("indicator", timings[name].indicator), ("period", timings[name].period)):
                    elapsed, received = visitor.choose(key, turn)
                    taken.append(elapsed)
                    timings[name].received.append(received)


def measure(database_url: str, repeats: Repeats) -> dict[str, Timings]:
    """The timings of the floor and of the Overview with a demo database."""
    with (
        serving(ROOT / "server.py", {"DATABASE_URL": database_url}) as product,
        serving(FLOOR_SERVER, {}) as floor,
        chromium() as browser,
    ):
        state = sign_in(browser, product, login=NATIONAL.login, password=NATIONAL.password)
        sites = {
            "floor": Site(floor, ExpectedPage(charts=2)),
            "overview": Site(product, ExpectedPage(charts=1, maps=1), state),
        }
        note("warming up")
        measure_loads(browser, sites, {name: Timings.empty() for name in sites}, 1)
        timings = {name: Timings.empty() for name in sites}
        measure_loads(browser, sites, timings, repeats.loads)
        measure_reruns(browser, sites, timings, repeats.reruns)
    return timings


def screen_figures(database_url: str, repeats: Repeats) -> Iterator[Figure]:
    """Medians of the Overview against those of the floor."""
    timings = measure(database_url, repeats)
    ours, floor = timings["overview"], timings["floor"]
    floor_rerun = median(floor.indicator + floor.period)
    for name, value, peer, peer_value, limit in (
        ("Overview, cold load", median(ours.cold), "floor app, cold load", median(floor.cold), LOAD_LIMIT),
        ("Overview, warm load", median(ours.warm), "floor app, warm load", median(floor.warm), LOAD_LIMIT),
        ("Overview, change of indicator", median(ours.indicator), "floor app, rerun", floor_rerun, RERUN_LIMIT),
        ("Overview, change of period", median(ours.period), "floor app, rerun", floor_rerun, RERUN_LIMIT),
    ):
        yield Figure(figure=name, value=value, unit="ms", peer=peer, peer_value=peer_value, limit=limit)
    yield Figure(
        figure="Overview, bytes received a rerun",
        value=max(ours.received),
        unit="bytes",
        peer="most allowed",
        peer_value=MOST_BYTES_A_RERUN,
        limit=1,
    )

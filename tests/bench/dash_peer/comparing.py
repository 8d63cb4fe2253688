"""The Overview in Chromium against the Dash app: loads, changes and bytes, taken by turns in one browser.

Each round starts both servers anew, so that a period or area is computed when it is chosen for the first time and known
when it is chosen again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser

from components.indicators.area_tiles import TILE_CODES
from components.shell.filters import PeriodCode
from data.directory import area_names
from data.indicators import INDICATORS
from data.indicators.agreement import PLAN_EXECUTION
from data.language import Language, Translator
from data.settings import ROOT
from tests.bench.dash_peer.visitor import DashVisitor
from tests.bench.figures import Figure, note
from tests.bench.screens import NATIONAL, Repeats, Site
from tests.browser.serving import serving
from tests.browser.visiting import ExpectedPage, chromium, sign_in

DASH_APP = Path(__file__).with_name("app.py")
OURS, DASH = "Overview", "Dash app"
LIMIT = 1.0
LOADS_A_ROUND = 3
EXPECTED = ExpectedPage(charts=1, maps=1)
# Three regions, and three districts of which one lies in a region chosen before it.
AREAS = ("1703", "1703203", "1706", "1726287", "1735", "1714207")
COLD, WARM, BYTES = "cold load", "warm load", "bytes a change"
Taken = dict[str, list[float]]


@dataclass(frozen=True)
class Change:
    """A choice in a select, and the figure that it counts for."""

    figure: str
    key: str
    option: str


def changes() -> Iterator[Change]:
    """All changes of a round from the page as it opens, each of another option than the one before."""
    translate, names = Translator(Language.UZ_LATN), area_names(Language.UZ_LATN)
    opened, *periods = (translate(period.label) for period in PeriodCode)
    yield from (Change("change of period, first seen", "period", period) for period in periods)
    yield from (Change("change of period, seen before", "period", period) for period in (*periods, opened))
    areas = [names[code] for code in AREAS]
    yield from (Change("change of area, first seen", "area", area) for area in areas)
    yield from (Change("change of area, seen before", "area", area) for area in (*areas, translate("Uzbekistan")))
    codes = [*(code for code in TILE_CODES if code != PLAN_EXECUTION.code), PLAN_EXECUTION.code]
    yield from (Change("change of indicator", "indicator", translate(INDICATORS[code].name)) for code in codes)


def measure_loads(browser: Browser, sites: dict[str, Site], taken: dict[str, Taken]) -> None:
    """Add cold loads (a new visitor each) and warm loads (the same visitor again), site after site.

    The first visitor of a server warms it up and does not count.
    """
    for turn in range(LOADS_A_ROUND + 1):
        for name, site in sites.items():
            with site.visited(browser) as visitor:
                cold, warm = visitor.open(site.address), visitor.reload()
            if turn:
                taken[name][COLD].append(cold)
                taken[name][WARM].append(warm)


def measure_changes(browser: Browser, sites: dict[str, Site], taken: dict[str, Taken]) -> None:
    """Add all changes, site after site, each in a page that stays open."""
    with ExitStack() as stack:
        visitors = {name: stack.enter_context(site.visited(browser)) for name, site in sites.items()}
        for name, visitor in visitors.items():
            visitor.open(sites[name].address)
        for change in changes():
            for name, visitor in visitors.items():
                elapsed, received = visitor.choose_named(change.key, change.option, is_typed=change.key == "area")
                taken[name][change.figure].append(elapsed)
                taken[name][BYTES].append(received)


def measure_round(database_url: str, browser: Browser, taken: dict[str, Taken], *, order: Iterable[str]) -> None:
    """Add what both sites take on servers that have just started; the sites take turns in an order."""
    environment = {"DATABASE_URL": database_url}
    with serving(ROOT / "server.py", environment) as product, serving(DASH_APP, environment) as dash:
        state = sign_in(browser, product, login=NATIONAL.login, password=NATIONAL.password)
        found = {OURS: Site(product, EXPECTED, state), DASH: Site(dash, EXPECTED, kind=DashVisitor)}
        sites = {name: found[name] for name in order}
        measure_loads(browser, sites, taken)
        measure_changes(browser, sites, taken)


def dash_figures(database_url: str, repeats: Repeats) -> Iterator[Figure]:
    """Medians of the Overview against those of the Dash app; none where Dash is not installed."""
    if find_spec("dash") is None:
        note("no figures against Dash: `pip install --require-hashes -r requirements-bench.txt` installs it")
        return
    taken: dict[str, Taken] = {name: defaultdict(list) for name in (OURS, DASH)}
    with chromium() as browser:
        for turn in range(repeats.rounds):
            note(f"round {turn + 1} of {repeats.rounds}")
            measure_round(database_url, browser, taken, order=(OURS, DASH) if turn % 2 else (DASH, OURS))
    for figure, ours in taken[OURS].items():
        yield Figure(
            figure=f"{OURS}, {figure}",
            value=median(ours),
            unit="bytes" if figure == BYTES else "ms",
            peer=f"{DASH}, {figure}",
            peer_value=median(taken[DASH][figure]),
            limit=LIMIT,
        )

"""The number that an indicator rests on leads to a list of as many rows, of the same area, months and direction."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from components.indicators.area_tiles import TILE_CODES
from components.shell.formatter import Formatter
from data.codes import EvaluationItem
from data.demo.accounts import HOME
from data.indicators import INDICATORS
from data.language import Language, Translator
from data.policy import Role
from tests.pages.conftest import Desk
from tests.shown import record_cells, record_titles

FMT = Formatter(Translator(Language.EN))
REGION = HOME[:4]
# They rest on days, posts, inhabitants or months of mahallas, which are no rows; ratings and recommendations would tell
# what an NGO said.
NO_ROWS = {"memorandum_coverage", "trained", "offences_per_10k", "crime_free_mahallas", "events_per_10k"}
SAID = {"evaluation_score", "would_repeat", "recommendations_closed"}
# Most rows that a page of a list has.
PAGES = {"meeting": 10}
PAGE = 25


def html_of(app: AppTest) -> str:
    """Return the HTML of a page."""
    return "".join(str(element.proto.body) for element in app.get("html"))


def number(text: str) -> int:
    """Return the number at the end of a text."""
    return int(re.sub(r"\D", "", text.rpartition(":")[2]))


def opened(desk: Desk, role: Role, address: str) -> tuple[str, AppTest]:
    """Open the page of an address and return its name and the page."""
    parts = urlsplit(address)
    page = parts.path.strip("/")
    app = desk.open(role, page, **dict(parse_qsl(parts.query)))
    assert not app.exception, address
    return page, app


def told(app: AppTest) -> int:
    """Return how many rows a list behind a number says that it has."""
    captions = [caption.value for caption in app.caption if "Rows: " in caption.value]
    return numbers_of_parts(app)[0] if numbers_of_parts(app) else number(captions[0])


def numbers_of_parts(app: AppTest) -> list[int]:
    """Return the numbers of all rows, of those in the numerator and of the others; none where it has no parts."""
    groups = [group for group in app.button_group if (group.key or "").startswith("counted:")]
    return [number(option.content) for group in groups for option in group.proto.options]


def rows_shown(app: AppTest) -> int:
    """Return how many rows, or cards of decisions, the page of a list has."""
    tables = re.findall(r"<tbody>(.*?)</tbody>", re.sub(r"hamkor-counts.*?</table>", "", html_of(app)), re.DOTALL)
    return sum(table.count("<tr") for table in tables)


def tiles_with_links(app: AppTest) -> Iterator[tuple[str, str]]:
    """Yield the accessible name and the address of each tile that leads somewhere."""
    for link in re.finditer(r'<li><div><a href="([^"]*)"[^>]*aria-label="([^"]*)"', html_of(app)):
        yield unescape(link[2]), unescape(link[1])


@pytest.mark.parametrize("direction", ["", "information_exchange"])
def test_each_number_of_a_district_opens_as_many_rows(desk: Desk, direction: str) -> None:
    app = desk.open(Role.COORDINATOR, "district", area=HOME, lang="en", direction=direction)
    [title] = [title for title in record_titles(app, "") if title.endswith("against its region and the country")]
    names = record_cells(app, title, "Indicator")
    notes = re.findall(r'<small><a href="([^"]*)" target="_self">([^<]*)</a></small>', html_of(app))
    linked = {unescape(address): unescape(text) for address, text in notes}
    assert len(names) == len(INDICATORS)
    for code, indicator in INDICATORS.items():
        addresses = [address for address in linked if f"counted={code}" in address]
        assert len(addresses) == (code not in SAID), code
        for address in addresses:
            page, listed = opened(desk, Role.COORDINATOR, address)
            rows, most = rows_shown(listed), PAGES.get(page, PAGE)
            if code not in NO_ROWS:
                assert told(listed) == number(linked[address]), (code, address)
            if page != "meeting":
                assert rows == min(told(listed), most), (code, address, indicator.name)


@pytest.mark.parametrize(("role", "area"), [(Role.NATIONAL, "uz"), (Role.REGIONAL, REGION), (Role.COORDINATOR, HOME)])
def test_each_tile_opens_as_many_rows(desk: Desk, role: Role, area: str) -> None:
    tiles = dict(tiles_with_links(desk.open(role, "overview", area=area, lang="en")))
    counted = {name: address for name, address in tiles.items() if "counted=" in address}
    assert len(tiles) == len(TILE_CODES)
    assert len(counted) == len(set(TILE_CODES) - SAID)
    for name, address in counted.items():
        _, listed = opened(desk, role, address)
        if area != HOME or "counted=memorandum_coverage" not in address:
            assert told(listed) == number(name), (name, address)
        assert rows_shown(listed) == min(told(listed), PAGE), address


def test_the_parts_of_a_list_have_as_many_rows_as_they_say(desk: Desk) -> None:
    tiles = tiles_with_links(desk.open(Role.COORDINATOR, "overview", area=HOME, lang="en"))
    for address in (address for _, address in tiles if "counted=" in address):
        _, listed = opened(desk, Role.COORDINATOR, address)
        numbers = numbers_of_parts(listed)
        if not numbers:
            continue
        assert numbers[0] == sum(numbers[1:])
        for part, expected in zip(("counted", "others"), numbers[1:], strict=True):
            code = dict(parse_qsl(urlsplit(address).query))["counted"]
            _, shown = opened(desk, Role.COORDINATOR, address.replace(f"counted={code}", f"counted={code}:{part}"))
            assert rows_shown(shown) == min(expected, PAGE), (code, part)


def test_who_does_not_see_the_records_of_an_area_gets_no_link_to_them(desk: Desk) -> None:
    tiles = dict(tiles_with_links(desk.open(Role.DISTRICT, "overview", area="uz", lang="en")))
    assert [
        address for address in tiles.values() if "counted=" in address and "memorandum_coverage" not in address
    ] == []


def bars_of(app: AppTest, title: str) -> dict[str, int]:
    """Return the address of each bar of a chart with its number."""
    return {address: number(text) for address, text in bar_texts(app, title).items()}


def bar_texts(app: AppTest, title: str) -> dict[str, str]:
    """Return the address of each bar of a chart with what stands beside it."""
    charts = re.findall(rf'<ul class="hamkor-bars" aria-label="{title}">(.*?)</ul>', html_of(app), re.DOTALL)
    link = re.compile(r'<a href="([^"]*)" target="_self">[^<]*</a></span><span>([^<]*)</span>')
    return {unescape(address): text for chart in charts for address, text in link.findall(chart)}


def test_bars_and_the_plan_of_a_district_open_as_many_rows(desk: Desk) -> None:
    app = desk.open(Role.COORDINATOR, "district", area=HOME, lang="en", period="year", direction="information_exchange")
    plan = re.findall(r'href="([^"]*)"[^>]*>((?:Planned|Fulfilled|Events held)[^<]*)</a>', html_of(app))
    counts = bars_of(app, "Joint events by direction") | {unescape(each): number(text) for each, text in plan}
    assert len(plan) == 3
    for address, count in counts.items():
        assert rows_shown(opened(desk, Role.COORDINATOR, address)[1]) == min(count, PAGE), address
    groups = bars_of(app, "Participants by group")
    assert len(groups) == 5
    for address, people in groups.items():
        [caption] = [
            each.value for each in opened(desk, Role.COORDINATOR, address)[1].caption if "Rows: " in each.value
        ]
        assert number(caption.split(" · ")[0]) == people


def test_bars_of_what_ngos_said_open_their_evaluations(desk: Desk) -> None:
    app = desk.open(Role.COORDINATOR, "district", area=HOME, lang="en")
    bars = bar_texts(app, "Ratings of the NGOs") | bar_texts(app, "Problems met")
    assert len(bars) > len(EvaluationItem)
    for address, text in bars.items():
        _, listed = opened(desk, Role.COORDINATOR, address)
        [counted] = [each.value for each in listed.caption if each.value.startswith("Counted: ")]
        of_bar = re.search(r"(?:ratings: |^)(\d+)(?:,|$)", text)
        assert of_bar is not None
        assert counted.startswith(f"Counted: {of_bar[1]}. ")


@pytest.mark.parametrize("months", ["000101-999912", "202613-202613", "20251-20252", "202612-202601", "x"])
def test_months_that_are_none_are_those_of_the_chosen_period(desk: Desk, months: str) -> None:
    lists = {"plan": "plan_execution", "memoranda": "memorandum_alive", "registers": "mahalla_reach"}
    for page, code in lists.items():
        address = {"area": HOME, "period": "year-1", "counted": code, "lang": "en", "register": "mahallas"}
        app = desk.open(Role.DISTRICT, page, **address, months=months)
        assert not app.exception, page
        assert any("2025" in heading.value for heading in app.subheader), [heading.value for heading in app.subheader]

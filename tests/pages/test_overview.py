"""Overview: the figures of the queries for the area and period in the URL."""

from __future__ import annotations

import json
import re
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from components.indicators.area_tiles import TILE_CODES
from components.shell.formatter import Formatter
from components.tables.paging import PAGE_ROWS
from data.database.engine import reading
from data.dates.period import Period
from data.indicators import INDICATORS
from data.language import Language, Translator
from data.policy import Actor, Role, Scope, ScopeKind
from queries.attention import attention_counts
from queries.indicators.values import indicator_values
from tests.pages.conftest import TODAY, Desk
from tests.pages.tiles import tiles_of
from tests.shown import record_cells, unfolded

REGION, DISTRICT = "1718", "1726266"
NATIONAL = Actor(Role.NATIONAL)
ENGLISH = Translator(Language.EN)
FMT = Formatter(ENGLISH)


def expected_tiles(desk: Desk, scope: Scope, period: Period) -> list[tuple[str, str]]:
    """Return label and value of the tiles, straight from the query; a dash for a value that is missing."""
    with reading(desk.engine) as connection:
        values = indicator_values(connection, NATIONAL, scope=scope, period=period, today=TODAY, by=scope.kind)
    by_code = values.set_index("indicator_code")["value"]
    fmt = Formatter(ENGLISH)
    words = {code: fmt.indicator_value(INDICATORS[code], by_code[code]) for code in TILE_CODES}
    return [(INDICATORS[code].name, "–" if text == fmt.missing else text) for code, text in words.items()]


@pytest.mark.parametrize(
    ("area", "scope"),
    [("uz", Scope.nation()), (REGION, Scope.region(REGION)), (DISTRICT, Scope.district(DISTRICT))],
)
def test_tiles_show_the_values_of_the_query(desk: Desk, area: str, scope: Scope) -> None:
    app = desk.open(Role.NATIONAL, area=area, period="year-1", lang="en")
    assert [tile[:2] for tile in tiles_of(app)] == expected_tiles(desk, scope, Period.of_year(2025))


def test_the_default_period_is_the_last_twelve_whole_months(desk: Desk) -> None:
    app = desk.open(Role.NATIONAL, lang="en")
    period = Period.last_complete_months(TODAY)
    assert [tile[:2] for tile in tiles_of(app)] == expected_tiles(desk, Scope.nation(), period)
    assert any("November 2025 – October 2026" in caption.value for caption in app.caption)


def test_everyone_starts_at_home(desk: Desk) -> None:
    homes = {Role.NATIONAL: "uz", Role.REGIONAL: "1730", Role.DISTRICT: "1730401", Role.NGO: "uz"}
    for role, code in homes.items():
        assert desk.open(role).query_params["area"] == code


def attention_text(app: AppTest) -> str:
    """Return the attention list as it was sent."""
    [sent] = app.container(key="attention").get("html")
    return str(sent.proto.body)


def test_the_counts_of_attention_are_those_of_the_query(desk: Desk) -> None:
    app = desk.open(Role.NATIONAL, lang="en")
    with reading(desk.engine) as connection:
        counts = attention_counts(connection, NATIONAL, scope=Scope.nation(), today=TODAY)
    shown = attention_text(app)
    for count in counts.loc[counts["count"] > 0, "count"]:
        assert f">all {count:,}</a>" in shown or f">{count:,}</a>" in shown
    assert shown.count('scope="rowgroup"') == (counts["count"] > 0).sum()


def test_a_count_opens_a_list_of_as_many(desk: Desk) -> None:
    app = desk.open(Role.NATIONAL, lang="en")
    links = re.findall(
        r'<a href="\?([^"]*)" target="_self" title="[^"]*: show all [^"]*">(?:all )?([\d,]+)</a>', attention_text(app)
    )
    assert len(links) > 1
    for query, count in links:
        chosen = dict(parse_qsl(unescape(query)))
        opened = desk.open(Role.NATIONAL, "overview", **chosen)
        shown, number = attention_text(opened), int(count.replace(",", ""))
        assert shown.count("<tr>") - 1 == min(number, PAGE_ROWS)
        assert f": <strong>{count}</strong>" in shown
        assert "Everything that needs attention" in shown
        paged = [caption.value for caption in opened.caption if caption.value.endswith(f"of {count}")]
        assert bool(paged) is (number > PAGE_ROWS)


def test_a_line_of_attention_leads_to_its_record_in_the_same_words(desk: Desk) -> None:
    app = desk.open(Role.NATIONAL, lang="en", period="year", record="7", do="extend", attention="unheard")
    links = re.findall(r'<a href="/([\w-]+)\?([^"]*)" target="_self"', attention_text(app))
    assert {page for page, _ in links} <= {"memorandum", "event", "evaluations", "meeting", "desk", "plan", "ngo"}
    assert links
    for page, query in links:
        chosen = dict(parse_qsl(unescape(query)))
        assert ("record" in chosen) is (page in {"memorandum", "event", "desk", "ngo"})
        assert "attention" not in chosen
        assert chosen["area"].isdigit() or (page, chosen["area"]) in {("meeting", "uz"), ("ngo", "uz")}
        assert (chosen["lang"], chosen["period"]) == ("en", "year")


def test_a_district_leader_gets_no_list_of_another_district(desk: Desk) -> None:
    app = desk.open(Role.DISTRICT, area=DISTRICT, lang="en")
    assert tiles_of(app)
    with pytest.raises(KeyError):
        app.container(key="attention")


def test_a_ngo_gets_no_list_at_all(desk: Desk) -> None:
    app = desk.open(Role.NGO, lang="en")
    with pytest.raises(KeyError):
        app.container(key="attention")


def test_the_table_of_the_map_is_sent_only_when_it_is_opened(desk: Desk) -> None:
    app = desk.open(Role.NATIONAL, indicator="would_repeat", lang="en")
    title = "Would hold it again, November 2025 – October 2026"
    assert not record_cells(app, title, "Area")
    app.session_state["values"] = True
    shown = record_cells(app.run(), title, INDICATORS["would_repeat"].name)
    with reading(desk.engine) as connection:
        values = indicator_values(
            connection,
            NATIONAL,
            scope=Scope.nation(),
            period=Period.last_complete_months(TODAY),
            today=TODAY,
            by=ScopeKind.DISTRICT,
        )
    chosen = values[values["indicator_code"] == "would_repeat"]
    best = chosen["value"].sort_values(ascending=False).head(PAGE_ROWS)
    assert shown == [FMT.indicator_value(INDICATORS["would_repeat"], value) for value in best]
    assert any(caption.value.endswith("of 208") for caption in app.caption)


def test_each_district_of_the_map_leads_to_its_page_and_keeps_the_period(desk: Desk) -> None:
    desk.open(Role.NATIONAL, period="year-1", lang="en")
    links = json.loads(desk.links)
    assert links["open"] is None
    address = urlsplit(links["district"])
    assert (address.path, dict(parse_qsl(address.query))["period"]) == ("/district", "year-1")


def test_a_foreign_district_leads_a_leader_of_a_region_to_its_region(desk: Desk) -> None:
    desk.open(Role.REGIONAL, area="uz", lang="en")
    links = json.loads(desk.links)
    assert DISTRICT not in links["open"]
    assert len({soato[:4] for soato in links["open"]}) == 1
    assert urlsplit(links["region"]).path == ""


@pytest.mark.parametrize(
    "address",
    [
        {"area": "<script>alert(1)</script>", "period": "' OR 1=1", "direction": "\x00", "indicator": "x" * 5000},
        {"area": "1730401 ", "period": "YEAR", "direction": "all", "indicator": "", "lang": "de"},
        {"area": "-1", "lang": "uz_Latn'"},
    ],
)
def test_a_hostile_address_gives_the_defaults(desk: Desk, address: dict[str, str]) -> None:
    app = desk.open(Role.NATIONAL, **address)
    assert not app.exception
    assert not app.error
    assert app.query_params == {"area": "uz"}


def test_switching_the_language_changes_words_only(desk: Desk) -> None:
    address = {"area": REGION, "period": "year-1", "direction": "youth_work", "indicator": "would_repeat"}
    app = desk.open(Role.NATIONAL, lang="en", **address)
    values = [tile.value for tile in tiles_of(app)]
    app.selectbox(key="language_switch").select("ru").run()
    assert app.query_params == {**address, "lang": "ru"}
    assert "Самаркандская область" in app.title[0].value
    assert len(tiles_of(app)) == len(values)
    app.selectbox(key="language_switch").select("en").run()
    assert [tile.value for tile in tiles_of(app)] == values


def test_the_table_of_what_ngos_say_has_the_response_rate(desk: Desk) -> None:
    app = desk.open(Role.NATIONAL, lang="en", indicator="evaluation_score")
    table = unfolded(app, "values")
    assert not app.exception
    assert set(table["Note on response"]) <= {"", "–", "Low response"}
    assert any(text.endswith("%") for text in table["Response rate"])


def test_what_is_kept_for_everyone_carries_no_search_of_one_reader(desk: Desk) -> None:
    first = desk.open(Role.NATIONAL, lang="en", area="1718", find="secret words")
    [lead] = [str(block.proto.body) for block in first.get("html") if "hamkor-lead" in block.proto.body]
    assert "attention=" in lead
    assert "secret" not in lead
    second = desk.open(Role.NATIONAL, lang="en", area="1718")
    assert not any("secret" in block.proto.body for block in second.get("html"))

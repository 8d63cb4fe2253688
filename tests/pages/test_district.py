"""District page: in full for those who may, published indicators for everyone else."""

from __future__ import annotations

import re
from html import escape
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components.shell.formatter import Formatter
from data.database.engine import reading
from data.dates.period import Period
from data.indicators import INDICATORS
from data.language import Language, Translator
from data.policy import Actor, Role, Scope, ScopeKind
from queries.directory.areas import districts, regions
from queries.events.lists import event_list
from queries.indicators.ngo_values import ngo_names, ngo_values
from queries.indicators.values import indicator_values, targets, targets_by_area, targets_of
from queries.memoranda.register import memorandum_register
from tests.pages.conftest import TODAY, Desk
from tests.pages.tiles import tiles_of
from tests.shown import record_cells, record_links, record_titles

HOME, FOREIGN = "1730401", "1726266"
PUBLISHED_ONLY = "Only published indicators are shown: you do not see the records of this district."


def comparison_of(app: AppTest) -> str:
    """Return the title of the table of all indicators."""
    [title] = [title for title in record_titles(app, "") if title.endswith("against its region and the country")]
    return title


def area_name(desk: Desk, scope: Scope) -> str:
    """Return the English name of an area."""
    if scope.kind is ScopeKind.NATION:
        return "Uzbekistan"
    with reading(desk.engine) as connection:
        is_district, actor = scope.kind is ScopeKind.DISTRICT, Actor(Role.ADMIN)
        frame = districts(connection, actor, scope=scope) if is_district else regions(connection, actor)
    return str(frame.loc[frame["soato"] == scope.code, "name_en"].iloc[0])


def test_the_register_of_the_district_is_shown_to_its_leaders(desk: Desk) -> None:
    app = desk.open(Role.DISTRICT, "district", area=HOME, lang="en")
    with reading(desk.engine) as connection:
        register = memorandum_register(connection, Actor(Role.ADMIN), scope=Scope.district(HOME), today=TODAY)
    assert record_cells(app, "Memoranda of the district", "Number") == list(register["number"])
    links = record_links(app, "Memoranda of the district", "Number")
    assert [f"record={key}" in link for key, link in zip(register["memorandum_id"], links, strict=True)]


@pytest.mark.parametrize("role", [Role.DISTRICT, Role.COORDINATOR, Role.NGO])
def test_others_see_published_indicators_only(desk: Desk, role: Role) -> None:
    app = desk.open(role, "district", area=FOREIGN, lang="en")
    assert not app.exception
    assert [caption.value for caption in app.caption if caption.value == PUBLISHED_ONLY]
    assert record_cells(app, comparison_of(app), "Indicator")
    assert not app.expander


def test_a_visitor_is_led_to_the_public_records_of_its_ngos(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBLIC_VIEW", "true")
    app = desk.open(Role.PUBLIC, "district", area=FOREIGN, lang="en")
    links = "".join(text.proto.body for text in app.get("html"))
    assert f'href="/open/ngos?area={FOREIGN}&amp;lang=en"' in links
    assert 'href="/open?lang=en"' in links


@pytest.mark.parametrize("role", [Role.NATIONAL, Role.REGIONAL, Role.DISTRICT, Role.COORDINATOR, Role.ADMIN])
def test_leaders_see_their_district_in_full(desk: Desk, role: Role) -> None:
    app = desk.open(role, "district", area=HOME, lang="en")
    assert PUBLISHED_ONLY not in [caption.value for caption in app.caption]
    assert [opened.label for opened in app.expander] == ["Partner NGOs", "Joint events"]


@pytest.mark.parametrize("role", [Role.DISTRICT, Role.NATIONAL])
def test_partner_ngos_are_shown_with_the_numbers_behind_their_figures(desk: Desk, role: Role) -> None:
    app = desk.open(role, "district", area=HOME, lang="en")
    app.session_state["partner_ngos"] = True
    app.run()
    assert not app.exception
    actor = Actor(role, region_soato=HOME[:4], district_soato=HOME)
    cache_key: dict[str, Any] = {"scope": Scope.district(HOME), "period": Period.last_complete_months(TODAY)}
    with reading(desk.engine) as connection:
        names = ngo_names(connection, actor, **cache_key, today=TODAY)
        values = ngo_values(connection, actor, **cache_key, today=TODAY)
    html = next(block.proto.body for block in app.get("html") if 'aria-label="Partner NGOs"' in block.proto.body)
    assert len(names) >= 2
    assert re.findall(r'data-label="NGO"><a href="/ngo[^>]*>([^<]*)', html) == [escape(name) for name in names["name"]]
    assert (INDICATORS["evaluation_score"].name in html) is (role is Role.DISTRICT)
    fmt = Formatter(Translator(Language.EN))
    first = values[values["ngo_id"] == names["ngo_id"].iloc[0]].set_index("indicator_code")
    for code in ("participants", "plan_execution", "evaluation_coverage"):
        value, n = first.loc[code]["value"], first.loc[code]["n"]
        expected = f"{fmt.indicator_value(INDICATORS[code], value)} ({fmt.number(n)})"
        label = escape(INDICATORS[code].name)
        assert re.findall(rf'data-label="{label}">([^<]*)', html)[0] == escape(expected)


def test_the_comparison_stands_beside_region_and_nation(desk: Desk) -> None:
    app = desk.open(Role.NATIONAL, "district", area=HOME, period="year-1", lang="en")
    title = comparison_of(app)
    assert record_cells(app, title, "Indicator") == [indicator.name for indicator in INDICATORS.values()]
    fmt = Formatter(Translator(Language.EN))
    for scope in (Scope.district(HOME), Scope.region(HOME[:4]), Scope.nation()):
        with reading(desk.engine) as connection:
            values = indicator_values(
                connection, Actor(Role.ADMIN), scope=scope, period=Period.of_year(2025), today=TODAY, by=scope.kind
            ).set_index("indicator_code")["value"]
        shown = [fmt.indicator_value(INDICATORS[code], values[code]) for code in INDICATORS]
        assert record_cells(app, title, area_name(desk, scope)) == shown


def test_events_are_read_when_they_are_opened(desk: Desk) -> None:
    app = desk.open(Role.DISTRICT, "district", area=HOME, lang="en")
    app.session_state["events"] = True
    app.run()
    with reading(desk.engine) as connection:
        events = event_list(
            connection,
            Actor(Role.ADMIN),
            scope=Scope.district(HOME),
            period=Period.last_complete_months(TODAY),
            limit=50,
        )
    table = next(block.proto.body for block in app.get("html") if 'aria-label="Joint events"' in block.proto.body)
    links = re.findall(r'href="/event\?[^"]*record=(\d+)"', table)
    assert [int(link) for link in links] == list(events["event_id"])


def test_without_a_district_it_asks_for_one(desk: Desk) -> None:
    app = desk.open(Role.NATIONAL, "district", lang="en")
    assert not app.exception
    assert any("No district is chosen" in text.value for text in app.markdown)
    assert not tiles_of(app)


def test_the_target_that_holds_for_the_district_stands_beside_its_values(desk: Desk) -> None:
    app = desk.open(Role.NATIONAL, "district", area=HOME, period="year", lang="en")
    with reading(desk.engine) as connection:
        frame = targets(connection, Actor(Role.NATIONAL), year=TODAY.year)
    aims = targets_of(targets_by_area(frame, months=12), [HOME, HOME[:4], ""])
    assert aims
    fmt = Formatter(Translator(Language.EN))
    expected = [fmt.indicator_value(INDICATORS[code], aims[code].value) if code in aims else "–" for code in INDICATORS]
    assert record_cells(app, comparison_of(app), "Target") == expected


def test_one_direction_alone_has_no_target(desk: Desk) -> None:
    app = desk.open(Role.NATIONAL, "district", area=HOME, period="year", direction="youth_work", lang="en")
    assert set(record_cells(app, comparison_of(app), "Target")) == {"–"}
    assert not any("Target " in block.proto.body for block in app.get("html"))


def test_what_a_district_is_compared_with_stands_in_the_address(desk: Desk) -> None:
    app = desk.open(Role.COORDINATOR, "district", area=HOME, lang="en", compared="nation")
    assert app.button_group(key="compared_with").value == "nation"
    app.button_group(key="compared_with").set_value("region").run()
    assert "compared" not in app.query_params
    app.button_group(key="compared_with").set_value("nation").run()
    assert app.query_params["compared"] in ("nation", ["nation"])
    app.query_params["compared"] = "moon"
    assert app.run().button_group(key="compared_with").value == "region"

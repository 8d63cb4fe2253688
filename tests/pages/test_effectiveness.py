"""Effectiveness page: three steps, with the figures of the queries, for the weights in the URL."""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pandas as pd
import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from components.shell.formatter import Formatter
from components.tables.paging import PAGE_ROWS
from data.codes import FormalityReason
from data.database.engine import reading
from data.dates.period import Period
from data.effectiveness.index import EQUAL_WEIGHTS, Pillar, Tier, Weights
from data.language import Language, Translator
from data.policy import Actor, Role, Scope, ScopeKind
from data.settings import get_settings
from queries.indicators.values import indicator_values
from queries.statistics.composite import index_table
from queries.statistics.draws import pillar_draws, rank_table
from tests.pages.conftest import TODAY, Desk
from tests.pages.tiles import tiles_of
from tests.shown import record_cells, record_titles, unfolded

HOME, FOREIGN, REGION = "1730401", "1726266", "1730"
PERIOD = Period.last_complete_months(TODAY)
NATIONAL = Actor(Role.NATIONAL)
WRITE = Formatter(Translator(Language.EN))
STEPS = ["1. What could we do", "2. What is the state", "3. How sure are we"]
MOVED = "9-5-5-5-1-5"
SCOPES = {"uz": Scope.nation(), REGION: Scope.region(REGION), HOME: Scope.district(HOME)}


def opened(desk: Desk, role: Role = Role.NATIONAL, **address: str) -> AppTest:
    """Open the page in English."""
    app = desk.open(role, "effectiveness", **{"lang": "en", **address})
    assert not app.exception
    return app


def words(app: AppTest) -> str:
    """Return all texts of the page beside its widgets."""
    drawn = [element.proto.body for element in app.get("html")]
    return " ".join([*(text.value for text in [*app.caption, *app.markdown, *app.info]), *drawn])


@cache
def values(engine: Engine, by: ScopeKind, *, period: Period = PERIOD) -> pd.DataFrame:
    """Return the values of all areas of a kind in a demo that is only read, straight from the query."""
    with reading(engine) as connection:
        return indicator_values(connection, NATIONAL, scope=Scope.nation(), period=period, today=TODAY, by=by)


def score(desk: Desk, scope: Scope, weights: Weights, *, period: Period = PERIOD) -> float:
    """Return the index of an area, straight from the queries."""
    table = index_table(values(desk.engine, scope.kind, period=period), weights).set_index("area_code")
    return float(table["index_score"][scope.code])


def index_text(app: AppTest) -> str:
    """Return the index as its tile shows it."""
    return str(tiles_of(app)[0].value)


def without_index(desk: Desk) -> tuple[str, list[str]]:
    """Return a district of the demo without an index, and its missing pillars."""
    table = index_table(values(desk.engine, ScopeKind.DISTRICT), EQUAL_WEIGHTS)
    row = table[table["index_score"].isna()].iloc[0]
    return str(row["area_code"]), [Pillar(code).label for code in str(row["missing_pillars"]).split(";")]


def test_it_goes_three_steps(desk: Desk) -> None:
    app = opened(desk, Role.DISTRICT, lang=Language.UZ_CYRL.value)
    assert len(app.title) == 1
    assert [step.value[0] for step in app.header] == ["1", "2", "3"]


def test_a_visitor_sees_it_only_where_the_operator_lets_anyone_look(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not tiles_of(opened(desk, Role.PUBLIC))
    monkeypatch.setenv("PUBLIC_VIEW", "true")
    get_settings.cache_clear()
    app = opened(desk, Role.PUBLIC)
    assert tiles_of(app)
    assert not [fold for fold in app.expander if fold.label.startswith(FormalityReason.SAME_TEXT.label)]


@pytest.mark.parametrize("area", SCOPES)
def test_the_three_steps_show_the_index_of_the_queries(desk: Desk, area: str) -> None:
    app = opened(desk, area=area)
    assert [step.value for step in app.header] == STEPS
    assert index_text(app) == WRITE.number(score(desk, SCOPES[area], EQUAL_WEIGHTS), decimals=1)
    labels = [tile.label for tile in tiles_of(app)]
    assert labels == ["Effectiveness index", *(["Place"] if area != "uz" else []), "Pillars with data"]


def test_a_place_is_an_interval_and_no_rank(desk: Desk) -> None:
    ranks = rank_table(pillar_draws(values(desk.engine, ScopeKind.DISTRICT)), EQUAL_WEIGHTS)
    own, ranked = ranks[ranks["area_code"] == HOME].iloc[0], ranks["index_score"].notna().sum()
    place = tiles_of(opened(desk, area=HOME))[1]
    assert place.value == f"{own['rank_low']:.0f}–{own['rank_high']:.0f} of {ranked}"


def test_the_tiers_hold_the_districts_of_the_queries(desk: Desk) -> None:
    ranks = rank_table(pillar_draws(values(desk.engine, ScopeKind.DISTRICT)), EQUAL_WEIGHTS)
    text = re.sub(r"</?a[^>]*>", "", words(opened(desk)))
    for tier in Tier:
        count = int((ranks["tier"] == tier.value).sum())
        assert re.search(rf"{tier.label}</em></p><p><strong>{count} districts?</strong>", text), tier


def test_the_number_of_a_tier_opens_as_many_districts(desk: Desk) -> None:
    app = desk.open(Role.NATIONAL, "effectiveness", lang="en")
    bodies = [str(html.proto.body) for html in app.get("html") if "hamkor-cards" in str(html.proto.body)]
    links = re.findall(r'href="([^"]*state=[^"]*)" target="_self">(\d+) district', "".join(bodies))
    assert links
    for address, count in links:
        listed = desk.open(Role.NATIONAL, "effectiveness", **dict(parse_qsl(urlsplit(unescape(address)).query)))
        areas = record_cells(listed, "The index of the districts as a table", "District")
        assert len(areas) == min(int(count), PAGE_ROWS), address


def test_weights_of_the_address_count(desk: Desk) -> None:
    app = opened(desk, weights=MOVED)
    assert app.query_params["weights"] == MOVED
    assert [slider.value for slider in app.slider] == [9, 5, 5, 5, 1, 5]
    assert index_text(app) == WRITE.number(score(desk, Scope.nation(), Weights.parse(MOVED)), decimals=1)
    assert "districts change their place" in words(app)


@pytest.mark.parametrize("text", ["0-0-0-0-0-0", "5-5-5-5-5", "11-5-5-5-5-5", "-1-5-5-5-5-5", "<script>", "5" * 5000])
def test_weights_that_are_none_give_equal_ones(desk: Desk, text: str) -> None:
    app = opened(desk, weights=text)
    assert not app.error
    assert "weights" not in app.query_params
    assert {slider.value for slider in app.slider} == {EQUAL_WEIGHTS[Pillar.EXCHANGE]}


def test_moving_a_weight_changes_the_index_the_address_and_who_moves(desk: Desk) -> None:
    app = opened(desk)
    assert app.button(key="equal_weights").disabled
    app.slider(key="weight:foundation:en").set_value(10).run()
    weights = EQUAL_WEIGHTS.replaced(Pillar.FOUNDATION, 10)
    assert app.query_params["weights"] == weights.text
    assert index_text(app) == WRITE.number(score(desk, Scope.nation(), weights), decimals=1)
    verdicts = re.findall(r"<td>([^<\d]{3,})</td>", words(app))
    assert verdicts
    assert set(verdicts) <= {"Matters", "Within its interval"}
    app.button(key="equal_weights").click().run()
    assert "weights" not in app.query_params
    assert index_text(app) == WRITE.number(score(desk, Scope.nation(), EQUAL_WEIGHTS), decimals=1)


def test_the_last_weight_cannot_be_taken_away_and_nothing_is_lost(desk: Desk) -> None:
    last = "0-0-7-0-0-0"
    app = opened(desk, weights=last)
    app.slider(key="weight:exchange:en").set_value(0).run()
    assert not app.exception
    assert [toast.value for toast in app.toast] == ["At least one pillar must count."]
    assert app.query_params["weights"] == last
    assert app.slider(key="weight:exchange:en").value == 7


def test_another_language_keeps_the_weights(desk: Desk) -> None:
    app = opened(desk, weights=MOVED)
    app.selectbox(key="language_switch").select("ru").run()
    assert app.query_params["weights"] == MOVED
    assert [slider.value for slider in app.slider] == [9, 5, 5, 5, 1, 5]


def test_a_district_without_an_index_names_the_missing_pillars_and_has_neither_place_nor_colour(desk: Desk) -> None:
    area, missing = without_index(desk)
    app = opened(desk, area=area)
    told = f"There is not enough data for an index. Without data: {'; '.join(missing)}."
    [verdict] = [text.value for text in app.markdown if text.value.startswith(told)]
    assert "It is grey and not ranked" in verdict
    assert [tile.value for tile in tiles_of(app)[:2]] == ["Not enough data", "Not enough data"]
    assert not tiles_of(app)[0].change
    assert "Without an index it cannot be said what would lift it." in words(app)
    assert "there is no change to explain" in words(app)


def test_a_district_without_an_index_is_in_the_table_without_a_number(desk: Desk) -> None:
    _, missing = without_index(desk)
    app = opened(desk)
    pages = -(-208 // PAGE_ROWS)
    app.query_params["page"] = f"index_rows.{pages}"
    app.run()
    table = pd.DataFrame(unfolded(app, "index_table"))
    assert len(table) == 208 - (pages - 1) * PAGE_ROWS
    gone = table[table["Tier"] == "No index"]
    assert set(gone[["Index, at least", "Place, from", "Place, to"]].to_numpy().ravel()) == {"–"}
    assert "; ".join(missing) in set(gone["Pillars without data"])
    is_gone = (table["Index, at least"] == "–").tolist()
    assert is_gone == sorted(is_gone)


def test_the_change_by_indicator_adds_up_to_what_the_sentence_says(desk: Desk) -> None:
    app = opened(desk, area=HOME)
    before, now = (score(desk, SCOPES[HOME], EQUAL_WEIGHTS, period=period) for period in (PERIOD.previous(), PERIOD))
    sentence = next(text.value for text in app.markdown if "The bars add up" in text.value)
    assert f"{WRITE.signed(now - before, decimals=1)} points" in sentence
    table = unfolded(app, "contributions")
    points = [float(text.replace("−", "-")) for text in table["Points of the index"]]
    assert sum(points) == pytest.approx(now - before, abs=0.005 * len(points) + 1e-9)


@pytest.mark.parametrize(
    ("role", "area", "is_shown"),
    [
        (Role.DISTRICT, HOME, True),
        (Role.REGIONAL, HOME, True),
        (Role.ADMIN, HOME, True),
        (Role.DISTRICT, FOREIGN, False),
    ],
)
def test_rows_that_look_formal_are_for_those_who_see_the_records(
    desk: Desk, role: Role, area: str, is_shown: bool
) -> None:
    app = opened(desk, role, area=area)
    app.session_state[f"formality_{FormalityReason.NO_PLAN_ITEM}"] = True
    app.run()
    assert bool(record_titles(app, "Source records: ")) is is_shown
    assert ("shown to the leaders of the area itself" in words(app)) is not is_shown


def test_an_ngo_is_told_nothing_of_what_looks_formal(desk: Desk) -> None:
    app = opened(desk, Role.NGO, area=HOME)
    assert tiles_of(app)
    assert "Signs of box-ticking" not in {title.value for title in app.subheader}


def test_a_direction_in_the_address_changes_no_figure_and_stays(desk: Desk) -> None:
    plain, narrowed = opened(desk, area=HOME), opened(desk, area=HOME, direction="youth_work")
    assert [tile.value for tile in tiles_of(narrowed)] == [tile.value for tile in tiles_of(plain)]
    assert re.sub("direction=youth_work&amp;", "", words(narrowed)) == words(plain)
    assert narrowed.query_params["direction"] == "youth_work"


def test_an_empty_database_says_what_is_missing(empty_desk: Desk) -> None:
    for role in (Role.NATIONAL, Role.DISTRICT, Role.ADMIN):
        app = opened(empty_desk, role, weights=MOVED)
        assert not app.error
        assert tiles_of(app)[0].value == "Not enough data"
        assert "There is not enough data for an index" in words(app)
        assert "There are too few ratings of events" in words(app)
        assert ("upload a workbook" in words(app)) is (role is Role.ADMIN)
        assert not app.table

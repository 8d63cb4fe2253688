"""Outlook: what the coming months bring, on the page of a district and, as counts, on that of wider areas."""

from __future__ import annotations

import re
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from components.shell.formatter import Formatter
from data.codes import OutlookKind
from data.database.engine import reading
from data.language import Language, Translator
from data.policy import Actor, Role, Scope
from queries.forecasts import area_forecast
from queries.outlook import outlook_counts, outlook_list
from tests.pages.conftest import TODAY, Desk
from tests.shown import record_cells, record_links, record_titles
from tests.worlds import DISTRICT

HOME, FOREIGN, REGION = "1730401", "1726266", "1730"
ADMIN = Actor(Role.ADMIN)
ENGLISH = Formatter(Translator(Language.EN))


def html_of(app: AppTest) -> str:
    return "".join(str(getattr(element, "value", "")) for element in app.get("html"))


def due_table(app: AppTest) -> str:
    [title] = record_titles(app, "What falls due")
    return title


def test_a_district_shows_what_falls_due_by_kind_and_month_and_each_thing_with_its_page(desk: Desk) -> None:
    app = desk.open(Role.DISTRICT, "district", area=HOME, view="outlook", lang="en")
    assert not app.exception
    with reading(desk.engine) as connection:
        counts = outlook_counts(connection, ADMIN, scope=Scope.district(HOME), today=TODAY)
        listed = outlook_list(connection, ADMIN, scope=Scope.district(HOME), today=TODAY, limit=15)
    in_all = record_cells(app, due_table(app), "In all")
    kinds = [kind for kind in OutlookKind if kind.value in set(counts["kind_code"])]
    expected = [counts.loc[counts["kind_code"] == kind.value, "count"].sum() for kind in kinds]
    assert in_all == [ENGLISH.number(number) for number in [*expected, counts["count"].sum()]]
    assert record_cells(app, due_table(app), "What falls due") == [*(kind.label for kind in kinds), "In all"]
    months = [title for title in record_titles(app, "") if re.fullmatch(r"\w+ 20\d\d: \d+", title)]
    owners = [owner for title in months for owner in record_cells(app, title, "Owner")]
    pages = [link for title in months for link in record_links(app, title, "What it is about")]
    assert len(owners) == len(pages) == len(listed)
    assert all(owners)
    for kind, record, page in zip(listed["kind_code"], listed["record_id"], pages, strict=True):
        if record is not None:
            assert f"record={record}" in page, kind


def test_a_number_leads_to_as_many_rows(desk: Desk) -> None:
    app = desk.open(Role.DISTRICT, "district", area=HOME, view="outlook", lang="en")
    title = due_table(app)
    december = "December 2026"
    number, link = record_cells(app, title, december)[0], record_links(app, title, december)[0]
    narrowed = desk.open(
        Role.DISTRICT, "district", lang="en", **dict(re.findall(r"(area|view|rows|months)=(\w+)", link))
    )
    [listed] = record_titles(narrowed, december)
    assert listed == f"{december}: {number}"
    assert len(record_cells(narrowed, listed, "Owner")) == min(int(number), 15)
    assert set(record_cells(narrowed, listed, "What falls due")) == {record_cells(app, title, "What falls due")[0]}


def test_the_forecast_stands_in_words_and_beside_the_plan(desk: Desk) -> None:
    app = desk.open(Role.DISTRICT, "district", area=HOME, view="outlook", lang="en")
    with reading(desk.engine) as connection:
        found = area_forecast(connection, ADMIN, scope=Scope.district(HOME), today=TODAY)
    december = found.coming.iloc[1]
    expected, low, high = (ENGLISH.number(december[name]) for name in ("expected", "low", "high"))
    said = f"December 2026: {expected} joint events expected, with 80% certainty {low}–{high}."
    assert any(said in text.value for text in app.markdown)
    [table] = record_titles(app, "The coming months")
    assert record_cells(app, table, "Expected joint events")[1] == expected
    planned, links = record_cells(app, table, "Planned"), record_links(app, table, "Planned")
    assert planned == [ENGLISH.number(number) for number in found.coming["planned"]]
    chosen = dict(re.findall(r"(\w+)=(\w+)", links[1]))
    plan = desk.open(Role.DISTRICT, "plan", **chosen)
    assert chosen["month"] == "12"
    assert f"1 to {planned[1]} of {planned[1]}" in [caption.value for caption in plan.caption] or len(
        record_cells(plan, record_titles(plan, "")[0], "Title")
    ) == int(planned[1])


@pytest.mark.parametrize("area", ["", REGION])
def test_a_wider_area_has_counts_and_a_forecast_when_opened(desk: Desk, area: str) -> None:
    app = desk.open(Role.NATIONAL, "overview", area=area, lang="en", view="outlook")
    assert not app.exception
    scope = Scope.region(area) if area else Scope.nation()
    with reading(desk.engine) as connection:
        counts = outlook_counts(connection, ADMIN, scope=scope, today=TODAY)
    assert record_cells(app, due_table(app), "In all")[-1] == ENGLISH.number(counts["count"].sum())
    assert record_titles(app, "The coming months")
    assert not record_titles(app, "December 2026")


def test_a_kind_of_a_region_is_listed_with_its_districts(desk: Desk) -> None:
    app = desk.open(Role.NATIONAL, "overview", area=REGION, lang="en", view="outlook", rows="memorandum")
    titles = [title for title in record_titles(app, "") if re.fullmatch(r"\w+ 20\d\d: \d+", title)]
    kinds = {kind for title in titles for kind in record_cells(app, title, "What falls due")}
    assert kinds == {"Memoranda whose term ends"}
    assert all(area for title in titles for area in record_cells(app, title, "Area"))


def test_nobody_is_shown_the_outlook_of_a_district_that_is_not_theirs(desk: Desk) -> None:
    for role, area in ((Role.DISTRICT, FOREIGN), (Role.NGO, HOME)):
        app = desk.open(role, "district", area=area, view="outlook", lang="en")
        assert not app.exception
        assert "What falls due" not in unescape(html_of(app))
    nation = desk.open(Role.NGO, "overview", lang="en", view="outlook")
    assert "The coming months" not in [opened.label for opened in nation.expander]


def test_a_district_leader_is_told_what_the_country_may_expect_without_its_records(desk: Desk) -> None:
    app = desk.open(Role.DISTRICT, "overview", area="uz", lang="en", view="outlook")
    assert record_titles(app, "The coming months")
    assert not record_titles(app, "What falls due")
    assert not record_links(app, record_titles(app, "The coming months")[0], "Planned")


@pytest.mark.parametrize("language", Language)
def test_a_district_without_records_says_that_nothing_is_due_and_why_nothing_is_forecast(
    office: Desk, language: Language
) -> None:
    app = office.open(Role.COORDINATOR, "district", area=DISTRICT, view="outlook", lang=language.value)
    assert not app.exception
    text = " ".join(element.value for element in [*app.caption, *app.markdown])
    translate = Translator(language)
    end = Formatter(translate).month(TODAY.replace(year=2027, month=2))
    assert translate("Nothing falls due until the end of {month}.", month=end) in text
    assert "24" in text
    assert not record_titles(app, translate("The coming months"))

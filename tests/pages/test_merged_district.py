"""A district that became part of another one, the demo's invented one: what pages say, list and compare."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from data.database.engine import writing
from data.language import Language, Translator
from data.policy import Role
from tests.pages.conftest import Desk
from tests.pages.tiles import tiles_of
from tests.shown import record_cells
from tests.worlds import DISTRICT, OTHER_DISTRICT, begin_district, make_event

MERGED, SUCCESSOR, REGION = "1724299", "1724216", "1724"
BEFORE, AFTER = "year-2", "year-1"
ABSENT = "The district did not exist in these months"
NOT_COMPARED = (
    "Nothing is compared with a year ago: the district did not exist in all of these months and of the same months a "
    "year before."
)


def history_of(app: AppTest) -> str:
    """Return the sentences on the days of the district, with links in brackets; empty for none."""
    bodies = [str(element.proto.body) for element in app.get("html")]
    found = [body for body in bodies if "hamkor-area-history" in body]
    text = re.sub(r'<a href="[^"]*area=(\d+)[^"]*"[^>]*>(.*?)</a>', r"\2 [\1]", "".join(found))
    return unescape(re.sub(r"<[^>]*>", "", text))


def is_absent(app: AppTest) -> bool:
    return any(ABSENT in text.value for text in app.markdown)


def area_options(app: AppTest) -> list[str]:
    [area] = [field for field in app.selectbox if field.label == "Area"]
    return list(area.options)


def test_its_page_says_until_when_it_existed_and_what_it_became_part_of(desk: Desk) -> None:
    app = desk.open(Role.NATIONAL, "district", area=MERGED, period=BEFORE, lang="en")
    told = "This district existed until 31.12.2024; its records stay here. Since then its territory belongs to: "
    assert history_of(app) == f"{told}Saykhunobod district [{SUCCESSOR}]."
    assert not is_absent(app)
    assert record_cells(app, "Memoranda of the district", "Number") == ["HM-2024/N01"]


def test_the_page_of_what_it_became_part_of_leads_to_it(desk: Desk) -> None:
    app = desk.open(Role.NATIONAL, "district", area=SUCCESSOR, period=AFTER, lang="en")
    told = "Until 31.12.2024, a part of it was a district of its own, whose records stay there: "
    assert history_of(app) == f"{told}Namunaobod district (demo) [{MERGED}]."
    assert history_of(desk.open(Role.NATIONAL, "district", area="1730401", lang="en")) == ""


@pytest.mark.parametrize("language", list(Language))
def test_sentences_are_in_the_language_of_the_reader(desk: Desk, language: Language) -> None:
    translate = Translator(language)
    app = desk.open(Role.NATIONAL, "district", area=MERGED, lang=language)
    assert translate("This district existed until {date}; its records stay here.", date="31.12.2024") in history_of(app)
    assert any(translate(ABSENT) in text.value for text in app.markdown)


@pytest.mark.parametrize("page", ["overview", "district", "effectiveness"])
def test_later_months_have_no_figures_of_it_and_its_records_stay(desk: Desk, page: str) -> None:
    app = desk.open(Role.NATIONAL, page, area=MERGED, period=AFTER, lang="en")
    assert not app.exception
    assert is_absent(app)
    assert tiles_of(app) == []
    if page == "district":
        assert record_cells(app, "Memoranda of the district", "Number") == ["HM-2024/N01"]


def test_lists_of_districts_have_it_in_its_own_months_only(desk: Desk) -> None:
    for area, number in (("uz", 208), (REGION, 11)):
        for period, shown in ((BEFORE, number + 1), (AFTER, number)):
            app = desk.open(Role.NATIONAL, area=area, period=period, lang="en")
            assert any(caption.value.endswith(f" of {shown}") for caption in app.caption), (area, period)


def test_it_is_chosen_with_its_last_day(desk: Desk) -> None:
    app = desk.open(Role.NATIONAL, area=REGION, lang="en")
    assert "Namunaobod district (demo), until 31.12.2024" in area_options(app)


def test_a_district_that_has_just_begun_is_not_compared_with_a_year_ago(office: Desk) -> None:
    """Even where something is recorded of it in the year before."""
    with writing(office.engine) as connection:
        for day in (date(2025, 10, 1), date(2026, 10, 1)):
            for soato in (DISTRICT, OTHER_DISTRICT):
                make_event(connection, district_soato=soato, event_date=day)
        begin_district(connection, DISTRICT, first_day=date(2026, 3, 1))
    begun, other = (office.open(Role.DISTRICT, area=area, lang="en") for area in (DISTRICT, OTHER_DISTRICT))
    nothing = {"", "Not enough data"}
    assert not {tile.change for tile in tiles_of(other)} <= nothing
    assert {tile.change for tile in tiles_of(begun)} <= nothing
    assert any(tile.value != "–" for tile in tiles_of(begun))
    page = office.open(Role.DISTRICT, "district", area=DISTRICT, lang="en")
    assert history_of(page) == f"This district exists since 01.03.2026. {NOT_COMPARED}"
    assert any("begins on 01.03.2026" in caption.value for caption in page.caption)
    index = office.open(Role.DISTRICT, "effectiveness", area=DISTRICT, lang="en")
    assert not index.exception
    assert history_of(index) == history_of(page)

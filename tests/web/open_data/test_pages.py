"""Public pages: what this is, districts, NGOs with their records, support, and the tables of the open data."""

from __future__ import annotations

import re
from html import unescape

import pytest
from starlette.testclient import TestClient

from components.open_data.package import column_title
from data.language import Language, Translator
from data.open_data import OPEN_TABLES
from tests.worlds import DISTRICT, FAR_DISTRICT, REGION

PATHS = ("/open", "/open/districts", "/open/ngos", "/open/support", "/api/v1/")


def words(visitor: TestClient, path: str) -> str:
    """Return the text of a page, without tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", visitor.get(path).text)).split())


def names(visitor: TestClient, path: str) -> list[str]:
    """Return the row headings of a page's table."""
    cells = re.findall(r'<th scope="row">(.*?)</th>', visitor.get(path).text)
    return [unescape(re.sub(r"<[^>]+>", "", cell)) for cell in cells]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("language", Language)
def test_each_page_is_in_the_language_of_its_address(visitor: TestClient, path: str, language: Language) -> None:
    translate = Translator(language)
    text = words(visitor, f"{path}?lang={language.value}")
    assert f'<html lang="{language.html_code}"' in visitor.get(path).text, "and stays in it"
    assert translate("Demo data: invented figures, not for use") in text
    assert translate("Open data") in text
    assert "<script" not in visitor.get(path).text, "it needs none"


def test_the_first_page_says_who_runs_it_how_an_ngo_joins_and_how_the_country_stands(visitor: TestClient) -> None:
    text = words(visitor, "/open?lang=en")
    for part in ("Ichki ishlar vazirligi", "hamkor@example.uz", "Ask for an account", "Memorandum coverage", "CC"):
        assert part in text
    links = re.findall(r'href="([^"]+)"', visitor.get("/open?lang=en").text)
    wanted = ("/overview", "/effectiveness", "/method", "/open/districts", "/open/ngos", "/open/support", "/api/v1/")
    assert {f"{path}?lang=en" for path in wanted} <= set(links)


def test_every_page_of_lists_is_linked_and_leads_to_figures(visitor: TestClient) -> None:
    assert f"/district?area={DISTRICT}&amp;lang=en" in visitor.get(f"/open/districts?area={DISTRICT}&lang=en").text
    sign_in = visitor.get("/sign-in?lang=en").text
    assert 'href="/open"' in sign_in
    assert "Ichki ishlar vazirligi" in sign_in


def test_districts_have_the_status_of_their_memoranda(visitor: TestClient) -> None:
    assert len(names(visitor, "/open/districts")) == 25
    assert len(names(visitor, f"/open/districts?area={REGION}")) == 16
    assert len(names(visitor, "/open/districts?page=9")) == 208 - 8 * 25
    own = words(visitor, f"/open/districts?area={DISTRICT}&lang=en")
    assert "In force: 1" in own
    assert names(visitor, f"/open/districts?area={REGION}&lang=en")[-1] == "Oltinkol district", (
        "those without one come first"
    )
    assert names(visitor, "/open/districts?find=Олтинкўл&lang=en") == ["Oltinkol district"]


def test_ngos_are_found_by_area_name_and_stir(visitor: TestClient) -> None:
    assert names(visitor, "/open/ngos") == ["Nur", "Umid <b>markazi</b>"]
    assert names(visitor, f"/open/ngos?area={FAR_DISTRICT}") == ["Nur"]
    assert names(visitor, "/open/ngos?find=умид") == ["Umid <b>markazi</b>"]
    stir = re.findall(r"/open/ngos/(\d{9})", visitor.get("/open/ngos?find=Nur").text)[0]
    assert names(visitor, f"/open/ngos?find={stir}") == ["Nur"]
    assert "Nothing was found." in words(visitor, "/open/ngos?find=zzz&lang=en")


def test_an_ngo_has_its_track_record_and_nothing_from_evaluations(visitor: TestClient) -> None:
    address = re.findall(r"/open/ngos/\d{9}", visitor.get("/open/ngos?find=umid").text)[0]
    text = words(visitor, f"{address}?lang=en")
    assert "Joint events held: 8" in text
    for part in ("Social help 8", "All directions 8", "Memoranda in force", "Equipment 2,000,000", "Equipment –"):
        assert part in text
    assert "valuation" not in text
    assert "<b>markazi" not in visitor.get(address).text
    assert visitor.get("/open/ngos/999999999").status_code == 404


def test_support_is_listed_with_its_sum(visitor: TestClient) -> None:
    text = words(visitor, "/open/support?lang=en&year=2025")
    assert "Amounts in all: 2,000,000 soʻm" in text
    assert len(names(visitor, f"/open/support?area={DISTRICT}")) == 1
    assert names(visitor, "/open/support?year=2024") == []


def test_an_odd_address_is_no_error(visitor: TestClient) -> None:
    assert names(visitor, "/open/support?page=0") == names(visitor, "/open/support")
    for query in ("page=999999", "page=x", "year=20²5", "area=<", "find=%00"):
        assert visitor.get(f"/open/support?{query}").status_code == 200


def test_a_choice_stays_when_the_language_changes(visitor: TestClient) -> None:
    links = re.findall(r'<a href="([^"]+)" lang="ru"', visitor.get(f"/open/ngos?area={DISTRICT}&find=umid").text)
    assert links == [f"/open/ngos?area={DISTRICT}&amp;find=umid&amp;lang=ru"]


@pytest.mark.parametrize("language", Language)
def test_the_page_of_the_open_data_describes_each_column(visitor: TestClient, language: Language) -> None:
    translate, text = Translator(language), words(visitor, f"/api/v1/?lang={language.value}")
    for table in OPEN_TABLES.values():
        assert {f"{table.code}.csv", f"{table.code}.json"} <= set(text.split())
        for column in table.columns:
            assert " ".join(f"{column_title(column, translate)}.".split()) in text
    assert "datapackage.json" in text
    assert "Creative Commons Attribution 4.0" in text

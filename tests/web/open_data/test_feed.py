"""Feed of the open data: files, filters, headers for proxies, limits, and a description that is valid."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from frictionless import Package
from sqlalchemy import Engine, event
from starlette.testclient import TestClient

from data.database.engine import get_engine, writing
from data.language import Language
from data.open_data import OPEN_TABLES
from tests.web.conftest import MakeBrowser, browser_of
from tests.web.open_data.conftest import FORMULA, server_of
from tests.worlds import DISTRICT, FAR_DISTRICT, REGION, make_ngo
from web.open_data.store import LIFETIME_S


def rows(visitor: TestClient, path: str) -> list[dict[str, object]]:
    """Return the rows of a JSON file."""
    found: list[dict[str, object]] = visitor.get(f"/api/v1/{path}").json()
    return found


def error(visitor: TestClient, path: str) -> tuple[int, str]:
    """Return status and code of a refusal."""
    answer = visitor.get(f"/api/v1/{path}")
    assert answer.headers["cache-control"] == "no-store"
    return answer.status_code, answer.json()["error"]["code"]


def test_the_package_is_valid_and_its_files_are_as_it_describes_them(visitor: TestClient, tmp_path: Path) -> None:
    names = ["datapackage.json", *(f"{table}.{ending}" for table in OPEN_TABLES for ending in ("csv", "json"))]
    for name in names:
        answer = visitor.get(f"/api/v1/{name}")
        assert answer.status_code == 200, name
        (tmp_path / name).write_bytes(answer.content)
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["name", "fieldName", "rowNumber", "message"])
    for table in OPEN_TABLES:
        with (tmp_path / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            lines = list(csv.DictReader(file))
        listed = json.loads((tmp_path / f"{table}.json").read_text("utf-8"))
        assert [list(row) for row in listed[:1]] == [list(row) for row in lines[:1]]
        assert len(lines) == len(listed) > 0, table


@pytest.mark.parametrize("language", Language)
def test_the_package_describes_each_column_in_the_language_that_is_asked_for(
    visitor: TestClient, language: Language
) -> None:
    package = visitor.get(f"/api/v1/datapackage.json?lang={language.value}").json()
    assert (package["isDemo"], package["dataDate"], package["language"]) == (True, "2026-01-15", language.html_code)
    assert package["contributors"][0]["title"] == "Ichki ishlar vazirligi"
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    assert package["created"] == "2026-01-15T00:00:00+05:00"
    fields = [field for resource in package["resources"] for field in resource["schema"]["fields"]]
    assert all(field["title"] and field["description"] and field["type"] for field in fields)
    assert {field.get("unit") for field in fields} >= {"UZS", "event"}


def test_rows_are_narrowed_by_area_and_year(visitor: TestClient) -> None:
    every = rows(visitor, "support.json")
    assert {row["area_code"] for row in every} == {DISTRICT, FAR_DISTRICT}
    for area in (DISTRICT, REGION):
        assert [row["area_code"] for row in rows(visitor, f"support.json?area={area}")] == [DISTRICT]
    assert rows(visitor, "support.json?area=uz") == every
    assert rows(visitor, "support.json?year=2024") == []
    assert {row["year"] for row in rows(visitor, f"indicator_years.json?year=2025&area={DISTRICT}")} == {2025}
    assert len(rows(visitor, f"areas.json?area={REGION}")) == 17


def test_what_is_asked_wrongly_is_told(visitor: TestClient) -> None:
    assert error(visitor, "secrets.csv") == (404, "no_table")
    assert error(visitor, "ngos.xml") == (404, "no_table")
    for path in ("ngos.csv?area=1", "indicators.csv?area=uz", "datapackage.json?area=uz"):
        assert error(visitor, path) == (400, "no_area")
    for path in ("support.csv?year=25", "support.csv?year=²025", "ngos.csv?year=2025"):
        assert error(visitor, path)[0] == 400
    for path in ("ngos.csv?page=2", f"ngos.csv?area=uz&area={DISTRICT}", "ngos.csv?a&b&c&d&e&f&g"):
        assert error(visitor, path) == (400, "parameter")
    answer = visitor.post("/api/v1/ngos.csv")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
    assert "Такой таблицы нет." in visitor.get("/api/v1/x.csv?lang=ru").json()["error"]["message"]


def test_text_that_a_spreadsheet_would_run_is_marked_in_csv_alone(visitor: TestClient) -> None:
    assert f"'{FORMULA}" in visitor.get("/api/v1/support.csv").text
    assert rows(visitor, "support.json")[0]["source"] == FORMULA


def test_a_proxy_may_keep_an_answer_and_ask_whether_it_is_the_same(visitor: TestClient) -> None:
    first = visitor.get("/api/v1/ngos.csv", headers={"Accept-Encoding": "gzip"})
    assert first.headers["cache-control"] == f"public, max-age={LIFETIME_S}"
    assert (first.headers["vary"], first.headers["content-encoding"]) == ("Accept-Encoding", "gzip")
    assert first.headers["access-control-allow-origin"] == "*"
    assert "set-cookie" not in first.headers
    plain = visitor.get("/api/v1/ngos.csv", headers={"Accept-Encoding": "gzip;q=0, identity"})
    assert "content-encoding" not in plain.headers
    assert plain.content == first.content
    etag = first.headers["etag"]
    for tag in (etag, etag.removeprefix("W/"), f'"other", {etag}', "*"):
        same = visitor.get("/api/v1/ngos.csv", headers={"If-None-Match": tag})
        assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", etag)
    assert visitor.get("/api/v1/ngos.csv", headers={"If-None-Match": 'W/"other"'}).status_code == 200
    head = visitor.head("/api/v1/ngos.csv")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] != "0"


def test_the_page_of_another_site_may_read_it_and_do_nothing_else(visitor: TestClient) -> None:
    asked = {"Origin": "https://other.example", "Access-Control-Request-Method": "GET"}
    allowed = visitor.options("/api/v1/ngos.csv", headers=asked)
    assert (allowed.status_code, allowed.headers["access-control-allow-methods"]) == (204, "GET, HEAD")
    for path in ("/open", "/sign-in", "/api/v1/", "/ready"):
        assert "access-control-allow-origin" not in visitor.get(path).headers


def test_an_answer_that_was_made_costs_no_query_until_it_is_old(world: Engine) -> None:
    server_context, moment = server_of(world), [0.0]
    server_context.open_data.now = lambda: moment[0]
    visitor, statements = browser_of(server_context), list[str]()
    before = rows(visitor, "ngos.json")
    assert visitor.get("/open/ngos").status_code == 200
    with writing(world) as connection:
        make_ngo(connection, name="Oqshom")
    event.listen(world, "before_cursor_execute", lambda *args: statements.append(str(args[2])))
    for _ in range(3):
        assert rows(visitor, "ngos.json") == before
        assert len(rows(visitor, f"ngos.json?area={DISTRICT}")) == 1
        assert "Oqshom" not in visitor.get("/open/ngos").text
    assert statements == []
    moment[0] += LIFETIME_S
    assert len(rows(visitor, "ngos.json")) == len(before) + 1
    assert "Oqshom" in visitor.get("/open/ngos").text


@pytest.mark.usefixtures("world")
def test_one_address_is_answered_so_many_times_a_minute(make_browser: MakeBrowser) -> None:
    visitor = make_browser(public_view=True, open_data_requests=2)
    answers = [visitor.get("/api/v1/ngos.csv") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 0 < int(answers[-1].headers["retry-after"]) <= 30
    assert answers[-1].json()["error"]["code"] == "too_many"
    page = visitor.get("/open?lang=en")
    assert (page.status_code, "Too many requests." in page.text) == (429, True)
    other = TestClient(visitor.app, client=("192.0.2.7", 50_000))
    assert other.get("/api/v1/ngos.csv").status_code == 200


@pytest.mark.usefixtures("world")
def test_over_https_it_says_to_stay_there(make_browser: MakeBrowser) -> None:
    for settings, address in (({"secure_cookies": True}, "http://hamkor.test"), ({}, "https://hamkor.test")):
        answer = make_browser(public_view=True, base_url=address, **settings).get("/api/v1/ngos.csv")
        assert answer.headers["strict-transport-security"].startswith("max-age=")


@pytest.mark.parametrize("path", ["/api/v1/ngos.csv", "/api/v1/datapackage.json", "/api/v1/", "/open", "/open/ngos"])
@pytest.mark.usefixtures("world")
def test_nothing_is_there_where_the_operator_has_not_opened_it(browser: TestClient, path: str) -> None:
    answer = browser.get(path, params={"lang": "en"})
    assert (answer.status_code, "There is no page at this address." in answer.text) == (404, True)
    assert "access-control-allow-origin" not in answer.headers


def test_without_a_database_it_says_when_to_try_again(tmp_path: Path) -> None:
    absent = get_engine(f"sqlite:///{tmp_path / 'absent.db'}")
    answer = browser_of(server_of(absent)).get("/api/v1/ngos.csv?lang=en")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")
    assert answer.json()["error"]["message"] == "The database does not answer. Try again in a minute."

"""Origins that may change something, and pages that a reader may be redirected to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine
from starlette.testclient import TestClient

from queries.accounts.sessions import SESSION_COOKIE
from tests.people import PASSWORD, add_person
from tests.web.conftest import ADDRESS, MakeBrowser
from web.auth.origin import local_path

FORM = {"login": "nodira", "password": PASSWORD}


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": ADDRESS},
        {"Origin": "HTTPS://HAMKOR.TEST"},
        {"Origin": ADDRESS, "Sec-Fetch-Site": "same-origin"},
        {"Origin": "", "Referer": f"{ADDRESS}/sign-in?next=/"},
        {"Origin": "https://portal.example.uz", "Sec-Fetch-Site": "cross-site"},
    ],
)
def test_our_own_pages_and_trusted_origins_may_sign_in(
    engine: Engine, make_browser: MakeBrowser, headers: dict[str, str]
) -> None:
    add_person(engine)
    browser = make_browser(trusted_origins="https://portal.example.uz, https://other.example.uz")
    assert browser.post("/sign-in", data=FORM, headers=headers).status_code == 303


@pytest.mark.parametrize("path", ["/sign-in", "/sign-out"])
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": ""},
        {"Origin": "null"},
        {"Origin": "http://evil.test"},
        {"Origin": "http://hamkor.test.evil.test"},
        {"Origin": "http://hamkor.test:8080"},
        {"Origin": "http://["},
        {"Origin": "null", "Referer": f"{ADDRESS}/"},
        {"Origin": "", "Referer": "http://evil.test/http://hamkor.test"},
        {"Origin": ADDRESS, "Sec-Fetch-Site": "cross-site"},
        {"Origin": ADDRESS, "Sec-Fetch-Site": "same-site"},
    ],
)
def test_other_sites_may_not(engine: Engine, browser: TestClient, path: str, headers: dict[str, str]) -> None:
    add_person(engine)
    response = browser.post(path, data=FORM, headers=headers)
    assert response.status_code == 403
    assert SESSION_COOKIE not in response.headers.get("set-cookie", "")


@pytest.mark.parametrize("path", ["/", "/district?area=1703202&lang=ru", "/a/b#c", "/sign", "/?next=http://evil.test"])
def test_a_path_of_ours_is_kept(path: str) -> None:
    assert local_path(path) == path


@pytest.mark.parametrize(
    "path",
    [
        None,
        "",
        "district",
        "//evil.test",
        "///evil.test",
        "/\\evil.test",
        "\\\\evil.test",
        "http://evil.test",
        "http:/evil.test",
        "javascript:alert(1)",
        "/\t/evil.test",
        "/\n/evil.test",
        " /district",
        "/sign-in",
        "/sign-out",
        "/" + "x" * 3000,
    ],
)
def test_any_other_leads_home(path: str | None) -> None:
    assert local_path(path) == "/"


@given(st.text())
def test_nothing_leads_to_another_host(text: str) -> None:
    for path in (text, f"/{text}", f"//{text}"):
        assert local_path(path).startswith("/")
        assert local_path(path)[1:2] not in {"/", "\\"}

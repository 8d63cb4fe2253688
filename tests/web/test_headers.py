"""Headers of every response, closed paths, and paths that need no session."""

from __future__ import annotations

import base64
import hashlib

import pytest
from starlette.testclient import TestClient

from components.deck.address import PRESENT_PATH
from queries.accounts.sessions import SESSION_COOKIE
from tests.web.conftest import MakeBrowser
from web.headers import INDEX_PAGE, content_security_policy
from web.presenting.sources import script


def sources(policy: str, directive: str) -> list[str]:
    """Return the sources of one directive of a policy."""
    parts = (part.split() for part in policy.split(";"))
    return next(part[1:] for part in parts if part[0] == directive)


@pytest.mark.parametrize("path", ["/", "/sign-in", "/ready", "/assets/sign-in.css", "/assets/none", "/_stcore/metrics"])
def test_every_answer_carries_the_headers(browser: TestClient, path: str) -> None:
    headers = browser.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "SAMEORIGIN"
    assert headers["referrer-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert sources(headers["content-security-policy"], "frame-ancestors") == ["'self'"]
    assert "strict-transport-security" not in headers


def test_scripts_come_from_us_and_the_index_page_alone() -> None:
    scripts = sources(content_security_policy("/overview"), "script-src")
    inline = INDEX_PAGE.read_text(encoding="utf-8").split("<script>")[1].split("</script>")[0]
    digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
    assert scripts == ["'self'", f"'sha256-{digest}'"]


def test_the_frame_of_the_map_alone_may_write_scripts() -> None:
    map_frame = content_security_policy("/component/streamlit_folium.st_folium/index.html")
    assert "'unsafe-inline'" in sources(map_frame, "script-src")
    for path in ("/component/other/index.html", "/", "/x/component/streamlit_folium"):
        assert "'unsafe-inline'" not in sources(content_security_policy(path), "script-src")


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/metrics/"])
def test_metrics_are_closed(stranger: TestClient, path: str) -> None:
    assert stranger.get(path, headers={"Accept": "*/*"}).status_code == 404


@pytest.mark.parametrize("path", ["/_stcore/health", "/static/js/index.js", "/component/x/index.html", "/media/1.png"])
def test_what_is_no_page_passes_the_gate(stranger: TestClient, path: str) -> None:
    assert stranger.get(path).status_code == 200


def test_a_visitor_passes_where_the_operator_lets_anyone_look(make_browser: MakeBrowser) -> None:
    visitor = make_browser(public_view=True)
    assert {visitor.get(path).status_code for path in ("/overview", "/?area=uz", "/open")} == {200}


def test_a_visitor_who_names_no_page_gets_the_public_one_first(make_browser: MakeBrowser) -> None:
    visitor = make_browser(public_view=True)
    assert visitor.get("/").headers["location"] == "/open"
    visitor.cookies.set(SESSION_COOKIE, "ended")
    assert visitor.get("/").status_code == 200


def test_openid_connect_opens_no_other_way_through_the_gate(make_browser: MakeBrowser) -> None:
    for has_oidc in (True, False):
        browser = make_browser(has_oidc=has_oidc)
        for path in ("/", "/?oidc=1", "/district", "/sign-in/other"):
            assert browser.get(path, headers={"Cookie": "_streamlit_user=x"}).status_code == 303


def test_the_way_to_the_form_is_not_cached(browser: TestClient) -> None:
    assert browser.get("/").headers["cache-control"] == "no-store"
    assert browser.get("/sign-in").headers["cache-control"] == "no-store"


def test_a_presentation_runs_its_own_script_alone_and_asks_for_nothing() -> None:
    policy = content_security_policy(f"{PRESENT_PATH}/1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed")
    digest = base64.b64encode(hashlib.sha256(script().encode()).digest()).decode()
    assert sources(policy, "script-src") == [f"'sha256-{digest}'"]
    assert sources(policy, "connect-src") == ["'none'"]
    assert sources(content_security_policy("/presenting"), "connect-src") == ["'self'"]

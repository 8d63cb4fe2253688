"""Static files: cached for good where the name has a version, and none outside their folder."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from components.maps.geometry import geometry_script
from components.shell.static_files import ASSETS_FOLDER, asset_url
from web.assets import FOR_AN_HOUR, FOR_GOOD


def first(pattern: str) -> str:
    """Return the path of a file under the folder."""
    return next(path for path in sorted(ASSETS_FOLDER.rglob(pattern))).relative_to(ASSETS_FOLDER).as_posix()


def test_a_file_with_its_hash_is_kept_for_good(stranger: TestClient) -> None:
    response = stranger.get(asset_url("sign-in.css"))
    assert response.headers["cache-control"] == FOR_GOOD
    assert response.headers["content-type"].startswith("text/css")


def test_a_file_in_a_folder_with_a_version_is_kept_for_good(stranger: TestClient) -> None:
    response = stranger.get(f"/assets/{first('*.woff2')}")
    assert response.headers["cache-control"] == FOR_GOOD
    assert response.headers["content-type"] == "font/woff2"
    assert stranger.get(f"/assets/{first('leaflet*.js')}").headers["content-type"].startswith("text/javascript")


def test_a_file_that_may_change_is_asked_for_again(stranger: TestClient) -> None:
    response = stranger.get("/assets/sign-in.css")
    assert response.headers["cache-control"] == FOR_AN_HOUR
    again = stranger.get("/assets/sign-in.css", headers={"If-None-Match": response.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("encoding", ["gzip, br", "identity"])
def test_the_outlines_are_a_script_kept_for_good(stranger: TestClient, encoding: str) -> None:
    response = stranger.get(f"/assets/{geometry_script().name}", headers={"Accept-Encoding": encoding})
    assert response.content == geometry_script().content
    assert response.headers["cache-control"] == FOR_GOOD
    assert response.headers["content-type"].startswith("text/javascript")
    assert ("content-encoding" in response.headers) == (encoding != "identity")
    assert int(response.headers["content-length"]) <= len(geometry_script().content)


def test_text_travels_compressed(stranger: TestClient) -> None:
    assert stranger.get("/assets/sign-in.css").headers["content-encoding"] == "gzip"


def test_files_need_no_session_but_nothing_else_is_served(stranger: TestClient) -> None:
    assert stranger.get("/assets/none.css").status_code == 404
    assert stranger.get("/assets/").status_code == 404
    assert stranger.post("/assets/sign-in.css").status_code == 405


@pytest.mark.parametrize(
    "path",
    [
        "../format.py",
        "..%2fformat.py",
        "%2e%2e/format.py",
        "fonts/../../format.py",
        "fonts/%2e%2e/%2e%2e/%2e%2e/pyproject.toml",
        "..%5cformat.py",
        "/etc/passwd",
        "%2fetc%2fpasswd",
        "a%00.css",
    ],
)
def test_no_path_leads_out_of_the_folder(stranger: TestClient, path: str) -> None:
    response = stranger.get(f"/assets/{path}", headers={"Accept": "*/*"})
    assert "import" not in response.text
    assert "root:" not in response.text
    assert "[project]" not in response.text

"""Files of the map's iframe: cached by the browser, with preload links."""

from __future__ import annotations

import re

from starlette.testclient import TestClient

from components.maps.geometry import geometry_script
from web.assets import FOR_AN_HOUR, FOR_GOOD
from web.map_frame import PAGE_PATH


def test_the_page_names_ahead_what_the_frame_needs(stranger: TestClient) -> None:
    response = stranger.get(f"{PAGE_PATH}?streamlitUrl=x")
    assert response.headers["cache-control"] == FOR_AN_HOUR
    named = re.findall(r"<([^>]+)>; rel=preload", response.headers["link"])
    assert any(geometry_script().name in address for address in named)
    assert {stranger.get(address).status_code for address in named} == {200}


def test_the_script_of_the_page_is_kept_for_good_and_travels_compressed(stranger: TestClient) -> None:
    page = stranger.get(PAGE_PATH).text
    (script,) = re.findall(r'src="\./([^"]+\.js)"', page)
    response = stranger.get(PAGE_PATH.replace("index.html", script))
    assert response.headers["cache-control"] == FOR_GOOD
    assert response.headers["content-encoding"] == "gzip"
    assert "link" not in response.headers


def test_nothing_outside_the_folder_is_served(stranger: TestClient) -> None:
    assert stranger.get(PAGE_PATH.replace("index.html", "none.js")).status_code == 404
    assert stranger.get(PAGE_PATH.replace("index.html", "..%2f__init__.py")).status_code == 404

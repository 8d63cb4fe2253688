"""The map on the page: what goes to the browser, and one answer for one click."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pandas as pd
import pytest
import streamlit_folium

from components.maps import district_map
from components.maps.classes import indicator_map
from components.maps.geometry import geometry_script
from components.maps.view import layer_script
from tests.components.samples import ENGLISH, PLAN, area_frame


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the component is given, call by call."""
    calls: list[dict[str, Any]] = []

    def component(**arguments: object) -> dict[str, Any]:
        calls.append(arguments)
        return {"last_active_drawing": None}

    monkeypatch.setattr(streamlit_folium, "_component_func", component)
    return calls


def draw(frame: pd.DataFrame, region_soato: str = "") -> str | None:
    """Draw the map of an indicator."""
    shown = indicator_map(frame, PLAN, months=12, translate=ENGLISH, region_soato=region_soato)
    return district_map.render_district_map(layer_script(shown, translate=ENGLISH), key="map")


def test_everything_comes_from_our_own_server(sent: list[dict[str, Any]]) -> None:
    draw(area_frame())
    links = sent[0]["js_links"] + sent[0]["css_links"]
    assert f"/assets/{geometry_script().name}" in links
    assert all(link.startswith("/assets/") for link in links)
    assert "://" not in sent[0]["script"] + sent[0]["header"] + sent[0]["html"]


def test_the_frame_survives_other_values_and_another_region(sent: list[dict[str, Any]]) -> None:
    draw(area_frame())
    draw(area_frame().assign(value=1.0), region_soato="1703")
    assert sent[0]["key"] == sent[1]["key"]
    assert sent[0]["feature_group"] != sent[1]["feature_group"]


def test_a_change_sends_colours_and_no_geometry(sent: list[dict[str, Any]]) -> None:
    nation = pd.concat([area_frame()] * 70, ignore_index=True)
    draw(nation)
    assert len(sent[0]["feature_group"]) < 15_000
    assert "coordinates" not in sent[0]["feature_group"]


def test_nothing_but_clicks_on_districts_comes_back(sent: list[dict[str, Any]]) -> None:
    assert draw(area_frame()) is None
    assert sent[0]["returned_objects"] == ["last_active_drawing"]


def test_a_click_is_answered_once_and_a_second_click_again() -> None:
    state: dict[str, object] = {}
    first = {"properties": {"soato": "1703202", "click": 1000}}
    second = {"properties": {"soato": "1703202", "click": 2000}}
    with patch("streamlit.session_state", state):
        answers = [district_map.new_click(each, seen_key="seen") for each in (None, first, first, second, second)]
    assert answers == [None, "1703202", None, "1703202", None]


@pytest.mark.parametrize("drawing", [{}, {"properties": None}, {"properties": {"soato": "1703"}}])
def test_what_is_not_a_click_on_a_district_is_none(drawing: dict[str, Any]) -> None:
    assert district_map.new_click(drawing, seen_key="seen") is None

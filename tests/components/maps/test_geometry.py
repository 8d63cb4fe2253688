"""The outlines travel once, exact and small."""

from __future__ import annotations

import gzip
import json

from components.maps.geometry import SCALE, geometry_script, outlines, packed_outlines
from data.directory import DISTRICT_OUTLINES, REGION_OUTLINES, area_names, area_points
from data.language import Language, Translator


def unpacked(ring: list[int]) -> list[list[float]]:
    """The points of a packed ring, longitude first."""
    points, x, y = [], 0, 0
    for step_x, step_y in zip(ring[::2], ring[1::2], strict=True):
        x, y = x + step_x, y + step_y
        points.append([x / SCALE, y / SCALE])
    return points


def test_every_outline_of_the_directory_is_there() -> None:
    assert (len(packed_outlines(DISTRICT_OUTLINES)), len(packed_outlines(REGION_OUTLINES))) == (201, 14)


def test_packing_loses_nothing() -> None:
    packed = packed_outlines(DISTRICT_OUTLINES)
    for feature in json.loads(DISTRICT_OUTLINES.read_text(encoding="utf-8"))["features"]:
        geometry = feature["geometry"]
        polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        assert [[unpacked(ring) for ring in polygon] for polygon in packed[feature["id"]]] == polygons


def test_every_area_has_a_point_and_a_name_in_each_language() -> None:
    script = geometry_script().content.decode()
    places = json.loads(script.rpartition("hamkor.setPlaces(")[2].rpartition(")")[0])
    assert [soato for soato, _, _ in places["points"]] == list(area_points())
    for language in Language:
        kept = places["languages"][language.html_code]
        assert kept["names"] == [area_names(language)[soato] for soato in area_points()]
        assert all(kept["words"].values())
    assert places["languages"]["ru"]["words"]["zoomIn"] == Translator(Language.RU)("Zoom in") != "Zoom in"


def test_the_point_of_an_area_without_an_outline_is_inside_its_region() -> None:
    regions = outlines(REGION_OUTLINES)
    for soato in area_points().keys() - outlines(DISTRICT_OUTLINES).keys() - regions.keys():
        longitude, latitude = area_points()[soato]
        rings = [ring for polygon in regions[soato[:4]] for ring in polygon]
        wests, souths = ([point[axis] for ring in rings for point in ring] for axis in (0, 1))
        assert min(wests) < longitude < max(wests), soato
        assert min(souths) < latitude < max(souths), soato


def test_the_name_follows_the_content() -> None:
    name, content = geometry_script()
    geometry_script.cache_clear()
    assert geometry_script() == (name, content)
    assert name.startswith("geometry.")
    assert name.endswith(".js")


def test_the_script_is_small_on_the_wire() -> None:
    assert len(gzip.compress(geometry_script().content)) < 95_000


def test_the_script_asks_nothing_of_other_hosts() -> None:
    code = geometry_script().content.decode().replace("http://www.w3.org/2000/svg", "")
    assert "http:" not in code
    assert "https:" not in code

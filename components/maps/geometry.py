"""Static script of the map: outlines and names of districts and regions with the code that draws them.

The server serves it at ``/assets/<name>`` with an unlimited cache lifetime; the name changes with the content. The
browser fetches it once, so a change of the indicator sends colours only.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from components.shell.static_files import StaticFile, script_file
from data.directory import CREDIT_LINE, DISTRICT_OUTLINES, REGION_OUTLINES, area_names, area_points
from data.language import N_, Language, Translator

SOURCES = Path(__file__).parent / "frame"
SCRIPTS = ("places.js", "labels.js", "reader.js", "district_map.js")
STYLE = "frame.css"
SCALE = 10_000
# Words of the map that no choice of the reader changes. The browser names the keys.
WORDS = {
    "credit": CREDIT_LINE,
    "zoomIn": N_("Zoom in"),
    "zoomOut": N_("Zoom out"),
    "map": N_("map of districts"),
    "help": N_(
        "Arrow keys move between districts, letters find one by name, {enter} opens it, + and − zoom, {escape} leaves."
    ),
}


LEAFLET = "/assets/leaflet-1.9.4/leaflet"


class FrameFiles(NamedTuple):
    """Scripts and styles as folium takes them: a name and an address each."""

    scripts: list[tuple[str, str]]
    styles: list[tuple[str, str]]


@cache
def geometry_script() -> StaticFile:
    """Script as ``geometry.<hash>.js`` (UTF-8 JavaScript, to be served compressed)."""
    places = {
        "districts": packed_outlines(DISTRICT_OUTLINES),
        "regions": packed_outlines(REGION_OUTLINES),
        "points": packed_points(),
        "languages": {language.html_code: _language(language) for language in Language},
    }
    lines = [
        *((SOURCES / name).read_text(encoding="utf-8") for name in SCRIPTS),
        f"hamkor.setStyle({json.dumps((SOURCES / STYLE).read_text(encoding='utf-8'))});",
        f"hamkor.setPlaces({json.dumps(places, ensure_ascii=False, separators=(',', ':'))});",
    ]
    return script_file("geometry", "\n".join(lines))


def _language(language: Language) -> dict[str, Any]:
    """Names in the order of :func:`packed_points`, how they are shortened, and the words of the map."""
    names, translate = area_names(language), Translator(language)
    return {
        "names": [names[soato] for soato in area_points()],
        "shortWords": language.facts.short_place_words,
        "words": {key: translate(text) for key, text in WORDS.items()},
    }


def frame_files() -> FrameFiles:
    """Addresses that a map's frame loads, in their order."""
    return FrameFiles(
        scripts=[("leaflet", f"{LEAFLET}.js"), ("outlines", f"/assets/{geometry_script().name}")],
        styles=[("leaflet", f"{LEAFLET}.css")],
    )


def packed_points() -> list[tuple[str, int, int]]:
    """Code of each region and district with the point of its label: longitude, latitude in ten-thousandths of a degree.

    A list, as the browser would sort the codes of an object.
    """
    return [
        (soato, round(longitude * SCALE), round(latitude * SCALE))
        for soato, (longitude, latitude) in area_points().items()
    ]


def packed_outlines(path: Path) -> dict[str, list[list[list[int]]]]:
    """Outlines of a GeoJSON file by SOATO code: polygons of rings of integers.

    A ring is ``longitude, latitude`` of its first point in ten-thousandths of a degree, then the differences to each
    next point. That is exact (the file has four decimals) and a third smaller over the wire than GeoJSON.
    """
    return {
        soato: [[_packed_ring(ring) for ring in polygon] for polygon in polygons]
        for soato, polygons in outlines(path).items()
    }


def outlines(path: Path) -> dict[str, list[list[list[list[float]]]]]:
    """Outlines of a GeoJSON file by SOATO code: polygons of rings of points, longitude and latitude in degrees."""
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return {feature["properties"]["soato"]: _polygons(feature) for feature in features}


def _polygons(feature: dict[str, Any]) -> list[list[list[list[float]]]]:
    geometry = feature["geometry"]
    coordinates: list[Any] = geometry["coordinates"]
    return coordinates if geometry["type"] == "MultiPolygon" else [coordinates]


def _packed_ring(ring: list[list[float]]) -> list[int]:
    points = [(round(longitude * SCALE), round(latitude * SCALE)) for longitude, latitude in ring]
    before = [(0, 0), *points[:-1]]
    return [step for (x, y), (x0, y0) in zip(points, before, strict=True) for step in (x - x0, y - y0)]

"""Data of the district map as sent to the browser: a class and tooltip texts per district, without geometry."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from components.charts.palette import SCREEN_HATCHES, Hatch
from data.directory import CREDIT_LINE
from data.language import Translator

UNSAFE_IN_SCRIPT = "<>&'\u2028\u2029"


@dataclass(frozen=True)
class MapClass:
    """A class of the legend, on pages and in pictures."""

    label: str
    colour: str
    hatch: Hatch = Hatch.NONE


@dataclass(frozen=True)
class MapUnit:
    """District or city: its class (index in the legend) and the lines of its tooltip below the name.

    ``point`` is latitude and longitude of a unit without an outline. ``sign`` is drawn on it where there is room.
    """

    soato: str
    name: str
    class_index: int
    lines: tuple[str, ...]
    point: tuple[float, float] | None = None
    sign: str = ""


@dataclass(frozen=True)
class MapView:
    """Content of a map on a page. ``region_soato`` is the region that it is fitted to, empty for the nation.

    ``marked_soato`` is a district drawn with a heavy outline, empty for none. ``signs`` are those of the units with
    what they mean.
    """

    title: str
    classes: Sequence[MapClass]
    units: Sequence[MapUnit]
    region_soato: str = ""
    marked_soato: str = ""
    signs: Sequence[tuple[str, str]] = ()


def layer_script(district_map: MapView, *, translate: Translator) -> str:
    """Map view as a JavaScript literal that is safe inside a script, whatever the names contain."""
    # Many districts share a line: each is sent once and named by its place.
    words = {
        line: place for place, line in enumerate(dict.fromkeys(chain(*(unit.lines for unit in district_map.units))))
    }
    view = {
        "lang": translate.language.html_code,
        "title": district_map.title,
        "credit": translate(CREDIT_LINE),
        "zoomIn": translate("Zoom in"),
        "zoomOut": translate("Zoom out"),
        "focus": district_map.region_soato,
        "marked": district_map.marked_soato,
        "classes": [
            {"label": each.label, "fill": each.colour, "hatched": each.hatch in SCREEN_HATCHES}
            for each in district_map.classes
        ],
        "signs": [list(sign) for sign in district_map.signs],
        "signed": {unit.soato: unit.sign for unit in district_map.units if unit.sign},
        "words": list(words),
        "units": [
            [unit.soato, unit.name, unit.class_index, [words[line] for line in unit.lines], *(unit.point or ())]
            for unit in district_map.units
        ],
    }
    text = json.dumps(view, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for sign in UNSAFE_IN_SCRIPT:
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text

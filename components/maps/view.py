"""Data of the district map as sent to the browser: a class and tooltip texts a district, no names and no geometry."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from components.charts.palette import SCREEN_HATCHES, Hatch, luminance
from data.language import Translator

# Luminance below which a fill takes white lines.
DARK = 0.55
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

    The browser knows its name, outline and point. ``sign`` is drawn on it where there is room.
    """

    soato: str
    class_index: int
    lines: tuple[str, ...]
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


@dataclass(frozen=True)
class MapLinks:
    """Addresses that areas of a map lead to; the browser sets the area.

    ``district`` is the page of a district, ``region`` the page with the map, where districts lead that are not among
    ``open_districts``; None: all are.
    """

    district: str
    region: str
    open_districts: tuple[str, ...] | None = None

    def script(self) -> str:
        """Return the links as a JavaScript literal that is safe inside a script."""
        return _literal({"district": self.district, "region": self.region, "open": self.open_districts})


def layer_script(district_map: MapView, *, translate: Translator) -> str:
    """Map view as a JavaScript literal that is safe inside a script, whatever the texts contain."""
    # Many districts share a line: each is sent once and named by its place.
    words = {
        line: place for place, line in enumerate(dict.fromkeys(chain(*(unit.lines for unit in district_map.units))))
    }
    view = {
        "lang": translate.language.html_code,
        "title": district_map.title,
        "focus": district_map.region_soato,
        "marked": district_map.marked_soato,
        "classes": [
            {"label": each.label, "fill": each.colour, "hatch": each.hatch.value, "line": _line(each)}
            for each in district_map.classes
        ],
        "signs": [list(sign) for sign in district_map.signs],
        "signed": {unit.soato: unit.sign for unit in district_map.units if unit.sign},
        "words": list(words),
        "units": [[unit.soato, unit.class_index, [words[line] for line in unit.lines]] for unit in district_map.units],
    }
    return _literal(view)


def _line(each: MapClass) -> str:
    """Class of the lines of a hatch: for dark or light fills, on the screen too or on paper alone."""
    tone = "dark" if luminance(each.colour) < DARK else "light"
    return f"on-{tone}" if each.hatch in SCREEN_HATCHES else f"on-{tone} on-paper"


def _literal(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for sign in UNSAFE_IN_SCRIPT:
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text

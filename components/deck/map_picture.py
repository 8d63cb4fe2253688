"""The map of a deck as an SVG picture: districts by class, towns as circles, names, legend, the capital enlarged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from components.charts.palette import BACKGROUND, MUTED_TEXT, TEXT
from components.deck.map_layout import Box, fitted, lay_out
from components.deck.map_legend import BORDER, Brush, Legend
from components.deck.map_names import LINE, Name, Spot, place_names
from components.deck.model import DistrictMap
from components.deck.outlines import Bounds, Points, View, district_rings, name_points, path_data, region_rings
from components.deck.picture_style import Size, picture, text_tag
from data.directory import district_places

CAPITAL = "1726"
GROUND = "#e4e9ef"
_LEGEND_SHARE = 0.36
# In heights of the type: what is a small town, its circle, names of districts, and the enlargement of the capital.
_SMALL_TOWN, _RADIUS, _NAME = 0.55, 0.3, 0.86
_INSET, _INSET_TITLE = Box(8.5, 8.0), 1.5


@dataclass(frozen=True)
class _Sheet:
    """The map on its sheet; ``em`` is the height of the type."""

    body: DistrictMap
    brush: Brush
    size: Size

    @property
    def em(self) -> float:
        return self.size.em

    @property
    def regions(self) -> Mapping[str, list[Points]]:
        """Rings of the regions that are shown."""
        chosen = self.body.region_soato
        return {soato: list(rings) for soato, rings in region_rings().items() if chosen in {"", soato}}

    @property
    def has_inset(self) -> bool:
        """Is the capital enlarged, whose districts are specks on the map of the nation?"""
        return not self.body.region_soato and any(soato.startswith(CAPITAL) for soato in self.body.class_of)

    def districts(self, region_soato: str) -> Iterator[str]:
        """Codes of the districts of a region that have a class; of all if it is empty."""
        for soato, place in district_places().items():
            if soato in self.body.class_of and region_soato in {"", place.region_soato}:
                yield soato

    def fill(self, soato: str) -> str:
        """The paint of a district."""
        return self.brush.fill(self.body.class_of[soato])


def map_svg(body: DistrictMap, *, size: Size, is_grey: bool = False) -> str:
    """The map as an SVG picture with its legend.

    Units without an outline and towns too small to be seen are circles. The map of the nation enlarges the capital;
    that of a region names its districts where there is room. In grey, classes differ in lightness and hatch.
    """
    sheet = _Sheet(body, Brush(body.classes, size.em, is_grey), size)
    legend = Legend(sheet.brush, limit=size.width * _LEGEND_SHARE)
    inset = [Box(_INSET.width * size.em, _INSET.height * size.em)] if sheet.has_inset else []
    outlines = np.concatenate([ring for rings in sheet.regions.values() for ring in rings])
    layout = lay_out(outlines, [Box(legend.width, legend.height), *inset], size=size)
    parts = [sheet.brush.patterns(), _land(sheet, layout.view), _ground(sheet)]
    parts += [
        _areas(sheet, layout.view, body.region_soato),
        _borders(sheet),
        *_towns(sheet, layout.view),
        legend.svg(layout.boxes[0]),
    ]
    parts += [_inset(sheet, place) for place in layout.boxes[1:]]
    if body.region_soato:
        parts.append(_names(sheet, layout.view, layout.boxes))
    return picture("".join(parts), size=size, alternative=body.alternative)


def _land(sheet: _Sheet, view: View) -> str:
    """The outlines of the regions, to be drawn twice: the ground under the districts and the borders over them."""
    data = "".join(path_data(rings, view) for rings in sheet.regions.values())
    return f'<defs><path id="land" d="{data}"/></defs>'


def _ground(sheet: _Sheet) -> str:
    return f'<use href="#land" fill="{sheet.brush.plain(GROUND)}" fill-rule="evenodd"/>'


def _areas(sheet: _Sheet, view: View, region_soato: str) -> str:
    line = f'stroke="{BACKGROUND}" stroke-width="{sheet.em * 0.06:.2f}" stroke-linejoin="round" fill-rule="evenodd"'
    paths = [
        f'<path d="{path_data(district_rings()[soato], view)}" fill="{sheet.fill(soato)}"/>'
        for soato in sheet.districts(region_soato)
        if soato in district_rings()
    ]
    return f"<g {line}>{''.join(paths)}</g>"


def _borders(sheet: _Sheet) -> str:
    line = f'stroke="{sheet.brush.plain(BORDER)}" stroke-width="{sheet.em * 0.08:.2f}" stroke-linejoin="round"'
    return f'<use href="#land" fill="none" {line}/>'


def _towns(sheet: _Sheet, view: View) -> Iterator[str]:
    line = f'stroke="{sheet.brush.plain(BORDER)}" stroke-width="{sheet.em * 0.07:.2f}"'
    for soato, (x, y) in _circles(sheet, view).items():
        radius = sheet.em * _RADIUS
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{sheet.fill(soato)}" {line}/>'


def _circles(sheet: _Sheet, view: View) -> Mapping[str, tuple[float, float]]:
    """The middles of the circles by code."""
    middles = {}
    for soato in sheet.districts(sheet.body.region_soato):
        if sheet.has_inset and district_places()[soato].region_soato == CAPITAL:
            continue
        if soato not in district_rings():
            x, y = view.place(name_points()[soato])
            middles[soato] = (float(x), float(y))
        elif max((bounds := _bounds(soato, view)).width, bounds.height) < _SMALL_TOWN * sheet.em:
            middles[soato] = bounds.centre
    return middles


def _bounds(soato: str, view: View) -> Bounds:
    return Bounds.around(view.place(np.concatenate(list(district_rings()[soato]))))


def _inset(sheet: _Sheet, place: Bounds) -> str:
    """The districts of the capital, enlarged, under its name."""
    em, rings = sheet.em, region_rings()[CAPITAL]
    room = Bounds(place.left, place.top + _INSET_TITLE * em, place.right, place.bottom)
    view = fitted(Bounds.around(np.concatenate(list(rings))), room)
    at = f'x="{place.centre[0]:.1f}" y="{place.top + em:.1f}" font-size="{em * 0.85:.2f}" text-anchor="middle"'
    title = text_tag(sheet.body.labels.get(CAPITAL, ""), f'{at} fill="{sheet.brush.plain(MUTED_TEXT)}"')
    border = f'fill="none" stroke="{sheet.brush.plain(BORDER)}" stroke-width="{em * 0.08:.2f}"'
    return title + _areas(sheet, view, CAPITAL) + f'<path d="{path_data(rings, view)}" {border}/>'


def _names(sheet: _Sheet, view: View, boxes: tuple[Bounds, ...]) -> str:
    circles = _circles(sheet, view)
    spots = {soato: _spot(sheet, soato, view, circles) for soato in sheet.districts(sheet.body.region_soato)}
    free = Bounds(0, 0, sheet.size.width, sheet.size.height)
    land = view.place(np.concatenate([ring for rings in sheet.regions.values() for ring in rings]))
    names = place_names(spots, em=sheet.em * _NAME, taken=boxes, free=free, land=land).values()
    ink = sheet.brush.plain(TEXT)
    return "".join([_lead(name, ink) for name in names] + [_written(name, ink) for name in names])


def _lead(name: Name, ink: str) -> str:
    """The line from a name to its point, on white so that it is seen on any colour."""
    if name.leads_to is None:
        return ""
    (x, y), width = name.leads_to, name.em * 0.1
    near, below = name.bounds.nearest(x, y)
    line = f'x1="{near:.1f}" y1="{below:.1f}" x2="{x:.1f}" y2="{y:.1f}"'
    end = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{width * 2:.1f}" fill="{ink}" stroke="{BACKGROUND}"/>'
    return (
        f'<line {line} stroke="{BACKGROUND}" stroke-width="{width * 2.6:.2f}"/>'
        f'<line {line} stroke="{ink}" stroke-width="{width:.2f}"/>{end}'
    )


def _spot(sheet: _Sheet, soato: str, view: View, circles: Mapping[str, tuple[float, float]]) -> Spot:
    text = sheet.body.labels.get(soato, "")
    if soato in circles:
        x, y = circles[soato]
        return Spot(text, 0.0, x, y, radius=sheet.em * _RADIUS)
    x, y = view.place(name_points()[soato])
    return Spot(text, _bounds(soato, view).width, float(x), float(y))


def _written(name: Name, ink: str) -> str:
    halo = f'stroke="{BACKGROUND}" stroke-width="{name.em * 0.24:.2f}" stroke-linejoin="round" paint-order="stroke"'
    top = name.bounds.top
    return "".join(
        text_tag(
            line,
            f'x="{name.x:.1f}" y="{top + (number * LINE + 0.92) * name.em:.1f}" font-size="{name.em:.2f}" '
            f'text-anchor="middle" fill="{ink}" {halo}',
        )
        for number, line in enumerate(name.lines)
    )

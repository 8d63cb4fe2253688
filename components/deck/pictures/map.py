"""Map as a picture: districts by class, towns as circles, labels, legend, and an inset of the capital."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from components.charts.palette import BACKGROUND, MUTED_TEXT, TEXT, Hatch, luminance
from components.charts.style import FONT, text_lookup
from components.deck.fonts import text_width, wrapped_lines
from components.deck.model import DistrictMap
from components.deck.pictures.labels import LabelAnchor, PlacedLabel, place_labels
from components.deck.pictures.projection import (
    Bounds,
    Outline,
    Points,
    Viewport,
    district_outlines,
    fit_view,
    name_points,
    region_outlines,
)
from components.deck.pictures.sizing import Size
from data.directory import district_places

CAPITAL = "1726"
GROUND, BORDER, SWATCH_LINE = "#e4e9ef", "#34465a", "#7b8794"
# Parts of the width that the words of the legend may have, and of the map's height that the capital_inset capital has.
_LEGEND_SHARE, _INSET_SHARE = 0.3, 0.34
# In heights of the type: what is a small town, its circle, names of districts, their lines, the swatches of the legend
# with the gap beside them, the rim, the largest enlargement of the capital, the step of the hatch.
_SMALL_TOWN, _RADIUS, _NAME, _LINE, _SWATCH, _GAP, _RIM, _INSET, _STEP = 0.55, 0.3, 0.86, 1.2, 1.2, 0.6, 0.3, 8.0, 0.5
_DARK = 0.42


@dataclass(frozen=True)
class MapLayout:
    """Layout of a map in pixels: the map fills what the legend leaves."""

    body: DistrictMap
    size: Size

    @property
    def em(self) -> float:
        return self.size.em

    @cached_property
    def legend(self) -> list[list[str]]:
        """Labels of the legend, broken into lines."""
        width = self.size.width * _LEGEND_SHARE
        return [wrapped_lines(each.label, width=width, size=self.em) for each in self.body.classes]

    @cached_property
    def plot(self) -> Bounds:
        """Rectangle that the legend leaves for the map."""
        words = max((text_width(line, size=self.em) for lines in self.legend for line in lines), default=0.0)
        rim = self.em * _RIM
        legend = words + self.em * (_SWATCH + _GAP * 2)
        return Bounds(rim, rim, self.size.width - legend - rim, self.size.height - rim)

    @property
    def regions(self) -> Sequence[Outline]:
        """Outlines of the regions that are shown."""
        return [each for soato, each in region_outlines().items() if self.body.region_soato in {"", soato}]

    @cached_property
    def view(self) -> Viewport:
        """Viewport of the map on the plot."""
        return fit_view(Bounds.around(self.regions), self.plot)

    @cached_property
    def shown(self) -> Set[str]:
        """Codes of the districts of the area."""
        shown = self.body.region_soato
        return {soato for soato, place in district_places().items() if shown in {"", place.region_soato}}

    @property
    def districts(self) -> list[str]:
        """Codes of the districts that have a class."""
        return sorted(self.shown & self.body.class_of.keys())

    @property
    def inset(self) -> list[str]:
        """Districts of the capital, which are too small on the map of the nation."""
        return [] if self.body.region_soato else [soato for soato in self.districts if soato.startswith(CAPITAL)]

    @cached_property
    def circles(self) -> Mapping[str, tuple[float, float]]:
        """Centres of the units without an outline and of towns too small to be seen, by code."""
        middles = {}
        for soato in set(self.districts) - set(self.inset):
            outline = district_outlines().get(soato)
            if outline is None:
                middles[soato] = self.view.at(name_points()[soato])
            elif max((bounds := self.bounds(soato)).width, bounds.height) < _SMALL_TOWN * self.em:
                middles[soato] = bounds.centre
        return middles

    def bounds(self, soato: str) -> Bounds:
        """Bounding rectangle of a district in pixels."""
        return self.view.on(Bounds.around([district_outlines()[soato]]))


def map_spec(body: DistrictMap, *, size: Size) -> dict[str, Any]:
    """Vega-Lite specification of a map of exactly that size; its outlines are data that Altair does not validate.

    The map of a region labels its districts where there is room.
    """
    sheet = MapLayout(body, size)
    em, names = sheet.em, _names(sheet)
    outlines, view = district_outlines(), sheet.view
    data = {
        "land": [feature(outline, view) for outline in sheet.regions],
        "districts": [
            feature(outlines[soato], view, body.class_of[soato]) for soato in sheet.districts if soato in outlines
        ],
        "others": [feature(outlines[soato], view) for soato in (sheet.shown - body.class_of.keys()) & outlines.keys()],
    }
    white = alt.MarkDef("geoshape", stroke=BACKGROUND, strokeWidth=em * 0.06, strokeJoin="round")
    dark = alt.MarkDef("geoshape", filled=False, stroke=BORDER, strokeWidth=em * 0.08, strokeJoin="round")
    layers = [
        _shapes("others", alt.MarkDef("geoshape", fill=GROUND)),
        _shapes("districts", white).encode(_paint(sheet)),
        _shapes("land", dark),
        *_towns(sheet),
        *_leader_lines(names, em),
        *_label_layers(names, em=em * _NAME),
    ]
    if sheet.inset:
        view, title = capital_inset(sheet)
        data["districts"] += [feature(outlines[soato], view, body.class_of[soato]) for soato in sheet.inset]
        data["land"] += [feature(region_outlines()[CAPITAL], view)]
        layers += _label_layers([title], em=em * 0.85, colour=MUTED_TEXT)
    chart = alt.layer(
        *layers,
        width=size.width,
        height=size.height,
        padding=0,
        autosize=alt.AutoSizeParams(type="none"),
        background="transparent",
        config=alt.Config(font=FONT, view=alt.ViewConfig(stroke=None)),
    )
    spec: dict[str, Any] = chart.to_dict(validate=False)
    return spec | {"datasets": spec.get("datasets", {}) | data}


def _shapes(name: str, mark: alt.MarkDef) -> alt.Chart:
    """Layer of the outlines of a named data set, already in pixels."""
    return alt.Chart(alt.NamedData(name=name), mark=mark).project(type="identity", scale=1, translate=[0, 0])


def feature(outline: Outline, view: Viewport, number: int = 0) -> dict[str, Any]:
    """GeoJSON feature of an outline in half pixels, the same for neighbours, so that borders stay shared."""
    polygons = [[_ring(np.round(view.on_points(ring) * 2) / 2) for ring in polygon] for polygon in outline]
    return {"type": "Feature", "geometry": {"type": "MultiPolygon", "coordinates": polygons}, "class": number}


def _ring(points: Points) -> list[list[float]]:
    """Closed ring without coinciding points."""
    moved = np.any(points != np.roll(points, 1, axis=0), axis=1)
    kept = points[moved].tolist()
    return [*kept, kept[0]] if kept else []


def _paint(sheet: MapLayout) -> alt.Color:
    """Fill of each class, with the legend beside the map."""
    em, classes = sheet.em, sheet.body.classes
    fills = [_fill(number, each.colour, each.hatch) for number, each in enumerate(classes)]
    legend = alt.Legend(
        title=None,
        orient="none",
        legendX=sheet.plot.right + em * _GAP,
        legendY=em * _RIM,
        labelExpr=text_lookup(sheet.legend),
        labelFontSize=em,
        labelColor=TEXT,
        labelLimit=0,
        labelOffset=em * 0.4,
        rowPadding=em * 0.35,
        symbolType="square",
        symbolSize=(em * _SWATCH) ** 2,
        symbolStrokeColor=SWATCH_LINE,
        symbolStrokeWidth=em * 0.04,
    )
    return alt.Color("class:O", scale=alt.Scale(domain=list(range(len(classes))), range=fills), legend=legend)


def _fill(number: int, colour: str, hatch: Hatch) -> str:
    return colour if hatch is Hatch.NONE else f"url(#hatch{number})"


def hatches(body: DistrictMap, *, size: Size) -> str:
    """SVG patterns for the fills of the classes: light lines on dark colours, dark ones on light colours."""
    step = round(size.em * _STEP, 2)
    middle = round(step / 2, 2)
    rising, falling = f"M{middle},0V{step}", f"M0,{middle}H{step}"
    strokes = {
        Hatch.RISING: rising,
        Hatch.FALLING: falling,
        Hatch.DOTS: f"M{middle},{middle}h.01",
    }
    return "".join(
        f'<pattern id="hatch{number}" width="{step}" height="{step}" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="{step}" height="{step}" fill="{each.colour}"/>'
        f'<path d="{strokes[each.hatch]}" stroke="{BACKGROUND if luminance(each.colour) < _DARK else BORDER}" '
        f'stroke-width="{step * (0.32 if each.hatch is Hatch.DOTS else 0.16):.2f}" stroke-opacity=".75" '
        'stroke-linecap="round" fill="none"/></pattern>'
        for number, each in enumerate(body.classes)
        if each.hatch is not Hatch.NONE
    )


def _at(x: str = "x", y: str = "y") -> tuple[alt.X, alt.Y]:
    """Position encodings of two columns in pixels, without a scale."""
    return alt.X(f"{x}:Q", scale=None, axis=None), alt.Y(f"{y}:Q", scale=None, axis=None)


def _towns(sheet: MapLayout) -> list[alt.Chart]:
    rows = [{"x": x, "y": y, "class": sheet.body.class_of[soato]} for soato, (x, y) in sheet.circles.items()]
    if not rows:
        return []
    circles = alt.Chart(pd.DataFrame(rows)).mark_point(
        size=np.pi * (sheet.em * _RADIUS) ** 2, filled=True, opacity=1, stroke=BORDER, strokeWidth=sheet.em * 0.07
    )
    return [circles.encode(*_at(), color=_paint(sheet))]


def capital_inset(sheet: MapLayout) -> tuple[Viewport, PlacedLabel]:
    """Viewport and label of the capital's inset above the east of the country."""
    em, bounds = sheet.em, sheet.view.on(Bounds.around(sheet.regions))
    side = min(_INSET * em, bounds.height * _INSET_SHARE)
    place = Bounds(bounds.right - side * 1.1, bounds.top + em * 1.3, bounds.right, bounds.top + side)
    name = sheet.body.labels.get(CAPITAL, "")
    x = min(place.centre[0], sheet.plot.right - text_width(name, size=em * 0.85) / 2)
    return fit_view(Bounds.around([region_outlines()[CAPITAL]]), place), PlacedLabel(name, x, bounds.top + em * 0.5)


def _names(sheet: MapLayout) -> list[PlacedLabel]:
    if not sheet.body.region_soato:
        return []
    places = []
    for soato in sheet.districts:
        is_circle = soato in sheet.circles
        x, y = sheet.circles[soato] if is_circle else sheet.view.at(name_points()[soato])
        width, radius = (0.0, sheet.em * _RADIUS) if is_circle else (sheet.bounds(soato).width, 0.0)
        places.append(LabelAnchor(sheet.body.labels.get(soato, ""), x, y, width=width, radius=radius))
    return place_labels(places, em=sheet.em * _NAME, free=Bounds(0, 0, sheet.plot.right, sheet.size.height))


def _leader_lines(names: Sequence[PlacedLabel], em: float) -> list[alt.Chart]:
    """Leader lines from labels to their points, on white so that they are visible on any colour."""
    led = [(name.x, name.y, *name.leader_to) for name in names if name.leader_to]
    if not led:
        return []
    base = alt.Chart(pd.DataFrame(led, columns=["x", "y", "x2", "y2"]))
    line, end = base.encode(*_at(), x2="x2:Q", y2="y2:Q"), base.encode(*_at("x2", "y2"))
    return [
        line.mark_rule(color=BACKGROUND, strokeWidth=em * 0.22),
        line.mark_rule(color=TEXT, strokeWidth=em * 0.085),
        end.mark_point(size=(em * 0.3) ** 2, filled=True, opacity=1, color=TEXT, stroke=BACKGROUND),
    ]


def _label_layers(names: Sequence[PlacedLabel], *, em: float, colour: str = TEXT) -> list[alt.Chart]:
    """Labels with white outlines, at the font size ``em``."""
    if not names:
        return []
    rows = [{"x": name.x, "y": name.y, "text": name.text} for name in names]
    text = partial(alt.Chart(pd.DataFrame(rows)).encode(*_at(), text="text:N").mark_text, fontSize=em)
    return [text(stroke=BACKGROUND, strokeWidth=em * 0.24, strokeJoin="round"), text(color=colour)]

"""The outlines of districts and regions in the plane, as the pictures of the map need them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import cos, radians, sin

import numpy as np
from numpy.typing import NDArray

from components.maps.geometry import SCALE, packed_outlines
from data.directory import DISTRICT_OUTLINES, REGION_OUTLINES, district_places

Points = NDArray[np.float64]
# Albers' equal-area cone on the two parallels that suit the country (Snyder, Map Projections, 1987, p. 98).
_MERIDIAN, _PARALLELS = 64.5, (38.5, 44.0)
_CONE = (sin(radians(_PARALLELS[0])) + sin(radians(_PARALLELS[1]))) / 2
_CONSTANT = cos(radians(_PARALLELS[0])) ** 2 + 2 * _CONE * sin(radians(_PARALLELS[0]))


@dataclass(frozen=True)
class Bounds:
    """A rectangle in the plane or in the picture; y runs downwards."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def around(cls, points: Points) -> Bounds:
        """The smallest one that holds all points."""
        (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
        return cls(float(left), float(top), float(right), float(bottom))

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    @property
    def centre(self) -> tuple[float, float]:
        """The middle."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def nearest(self, x: float, y: float) -> tuple[float, float]:
        """The point of the rectangle that is nearest to a point."""
        return min(max(x, self.left), self.right), min(max(y, self.top), self.bottom)

    def grown(self, by: float) -> Bounds:
        """The rectangle with so much more on each side."""
        return Bounds(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def meets(self, other: Bounds) -> bool:
        """Do the two share any place?"""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def is_inside(self, other: Bounds) -> bool:
        """Is all of it in the other one?"""
        return (
            other.left <= self.left
            and self.right <= other.right
            and other.top <= self.top
            and self.bottom <= other.bottom
        )


@dataclass(frozen=True)
class View:
    """How the plane is laid on the picture."""

    scale: float
    left: float
    top: float

    def place(self, points: Points) -> Points:
        """The points in pixels."""
        return points * self.scale + (self.left, self.top)


def plane(degrees: Points) -> Points:
    """Longitude and latitude in degrees as x and y, y downwards, in radii of the earth; areas keep their proportion."""
    longitude, latitude = np.radians(degrees[:, 0] - _MERIDIAN), np.radians(degrees[:, 1])
    radius = np.sqrt(_CONSTANT - 2 * _CONE * np.sin(latitude)) / _CONE
    return np.column_stack((radius * np.sin(_CONE * longitude), radius * np.cos(_CONE * longitude)))


@cache
def district_rings() -> Mapping[str, Sequence[Points]]:
    """Rings of the districts that have an outline, by SOATO code."""
    return {soato: _rings(polygons) for soato, polygons in packed_outlines(DISTRICT_OUTLINES).items()}


@cache
def region_rings() -> Mapping[str, Sequence[Points]]:
    """Rings of the regions by SOATO code."""
    return {soato: _rings(polygons) for soato, polygons in packed_outlines(REGION_OUTLINES).items()}


@cache
def name_points() -> Mapping[str, Points]:
    """One point of each district, where its name belongs, by SOATO code."""
    places = district_places()
    points = plane(np.array([(place.longitude, place.latitude) for place in places.values()]))
    return {soato: points[number] for number, soato in enumerate(places)}


def _rings(polygons: Sequence[Sequence[Sequence[int]]]) -> list[Points]:
    steps = [np.reshape(np.array(ring, dtype=np.float64), (-1, 2)) for polygon in polygons for ring in polygon]
    return [plane(np.cumsum(each, axis=0) / SCALE) for each in steps]


def path_data(rings: Sequence[Points], view: View) -> str:
    """The rings as the ``d`` of an SVG path, on a grid of half pixels: neighbours keep their common border."""
    return "".join(_ring_data(np.round(view.place(ring) * 2).astype(int)) for ring in rings)


def _ring_data(points: NDArray[np.int_]) -> str:
    moved = np.any(points != np.roll(points, 1, axis=0), axis=1)
    kept = points[moved]
    if len(kept) < 3:
        return ""
    first, steps = kept[0].tolist(), np.diff(kept, axis=0).tolist()
    return f"M{_pair(*first)}l" + "".join(_pair(*step) for step in steps).lstrip() + "z"


def _pair(x: int, y: int) -> str:
    """Two numbers of half pixels as short as a path may have them, with a sign or space before and between them."""
    return _half(x) + _half(y)


def _half(number: int) -> str:
    text = {1: ".5", -1: "-.5"}.get(number, f"{number / 2:g}")
    return text if number < 0 else f" {text}"

"""Map projection of the outlines of districts and regions, and viewports on a picture."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import cos, radians, sin
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from components.maps.geometry import outlines
from data.directory import DISTRICT_OUTLINES, REGION_OUTLINES, district_places

Points = NDArray[np.float64]
# Polygons of rings.
Outline = Sequence[Sequence[Points]]
# Albers' equal-area cone on the two parallels that suit the country (Snyder, Map Projections, 1987, p. 98).
_MERIDIAN, _PARALLELS = 64.5, (38.5, 44.0)
_CONE = (sin(radians(_PARALLELS[0])) + sin(radians(_PARALLELS[1]))) / 2
_CONSTANT = cos(radians(_PARALLELS[0])) ** 2 + 2 * _CONE * sin(radians(_PARALLELS[0]))


@dataclass(frozen=True)
class Bounds:
    """Rectangle in projected coordinates or in pixels; y runs downwards."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def around(cls, shapes: Iterable[Outline]) -> Bounds:
        """Smallest rectangle that holds all points."""
        points = np.concatenate([ring for outline in shapes for polygon in outline for ring in polygon])
        (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
        return cls(float(left), float(top), float(right), float(bottom))

    @property
    def width(self) -> float:
        """Width."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Height."""
        return self.bottom - self.top

    @property
    def centre(self) -> tuple[float, float]:
        """Centre."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def expanded(self, by: float) -> Bounds:
        """Rectangle enlarged by ``by`` on each side."""
        return Bounds(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def overlaps(self, other: Bounds) -> bool:
        """Whether the two rectangles overlap."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def is_inside(self, other: Bounds) -> bool:
        """Whether the rectangle lies within the other one."""
        return (
            other.left <= self.left
            and self.right <= other.right
            and other.top <= self.top
            and self.bottom <= other.bottom
        )


@dataclass(frozen=True)
class Viewport:
    """Transformation from projected coordinates to pixels."""

    scale: float
    left: float
    top: float

    def on_points(self, points: Points) -> Points:
        """Points in pixels."""
        return points * self.scale + (self.left, self.top)

    def at(self, point: Points) -> tuple[float, float]:
        """One point in pixels."""
        x, y = self.on_points(point)
        return float(x), float(y)

    def on(self, bounds: Bounds) -> Bounds:
        """Rectangle in pixels."""
        corners = self.on_points(np.array([(bounds.left, bounds.top), (bounds.right, bounds.bottom)]))
        return Bounds(*map(float, corners.ravel()))


def fit_view(bounds: Bounds, into: Bounds) -> Viewport:
    """Viewport that shows ``bounds`` as large as ``into`` allows, centred."""
    scale = min(into.width / bounds.width, into.height / bounds.height)
    (x, y), (middle_x, middle_y) = bounds.centre, into.centre
    return Viewport(scale, middle_x - x * scale, middle_y - y * scale)


def projected(degrees: Points) -> Points:
    """Longitude and latitude in degrees as x and y, y downwards, in earth radii; equal-area projection."""
    longitude, latitude = np.radians(degrees[:, 0] - _MERIDIAN), np.radians(degrees[:, 1])
    radius = np.sqrt(_CONSTANT - 2 * _CONE * np.sin(latitude)) / _CONE
    return np.column_stack((radius * np.sin(_CONE * longitude), radius * np.cos(_CONE * longitude)))


@cache
def district_outlines() -> Mapping[str, Outline]:
    """Outlines of the districts that have one, by SOATO code."""
    return _in_plane(DISTRICT_OUTLINES)


@cache
def region_outlines() -> Mapping[str, Outline]:
    """Outlines of the regions by SOATO code."""
    return _in_plane(REGION_OUTLINES)


@cache
def name_points() -> Mapping[str, Points]:
    """Label point of each district by SOATO code."""
    places = district_places()
    points = projected(np.array([(place.longitude, place.latitude) for place in places.values()]))
    return dict(zip(places, points, strict=True))


def _in_plane(path: Path) -> Mapping[str, Outline]:
    return {
        soato: [[projected(np.array(ring)) for ring in polygon] for polygon in polygons]
        for soato, polygons in outlines(path).items()
    }

"""Label placement on a map: each label near its point if there is room, none over another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, pi, sin

import numpy as np

from components.deck.fonts import text_width
from components.deck.pictures.projection import Bounds

_HEIGHT, _DIRECTIONS = 1.12, 16
# Where a name may be, in heights of the type, right and down from its point; and how far away, with a line to it.
_WITHIN = ((0, 0), (0, -0.6), (0, 0.6), (-0.8, 0), (0.8, 0), (0, -1.2), (0, 1.2), (-1.6, 0), (1.6, 0))
_FAR = (2.0, 3.0, 4.0, 5.0, 6.5, 8.0)
# A name is not written in an outline narrower than this part of it: it would cover the neighbours.
_NARROW = 0.8


@dataclass(frozen=True)
class LabelAnchor:
    """Place to be labelled: its text, its point, and the width of its outline or the radius of its circle."""

    text: str
    x: float
    y: float
    width: float = 0.0
    radius: float = 0.0

    @property
    def circle(self) -> Bounds:
        """Bounding rectangle of the circle."""
        return Bounds(self.x - self.radius, self.y - self.radius, self.x + self.radius, self.y + self.radius)


@dataclass(frozen=True)
class PlacedLabel:
    """Label centred at a position; ``leader_to`` is the point at the end of its leader line, None if it needs none."""

    text: str
    x: float
    y: float
    leader_to: tuple[float, float] | None = None

    def bounds(self, em: float) -> Bounds:
        """Bounding rectangle at the font size ``em``."""
        width, height = text_width(self.text, size=em), em * _HEIGHT
        return Bounds(self.x - width / 2, self.y - height / 2, self.x + width / 2, self.y + height / 2)


def place_labels(places: Sequence[LabelAnchor], *, em: float, free: Bounds) -> list[PlacedLabel]:
    """Labels that fit inside ``free`` without touching a circle or another label; wide outlines choose first.

    A label without room at its point is placed further away with a leader line; one that does not fit at all is left
    out.
    """
    taken = [each.circle for each in places if each.radius]
    waiting, found = sorted(places, key=lambda each: -each.width), list[PlacedLabel]()
    for candidates in (_near, _far):
        for place in list(waiting):
            fitting = (name for name in candidates(place, em) if _is_free(name, taken, free, em))
            if name := next(fitting, None):
                taken.append(name.bounds(em))
                found.append(name)
                waiting.remove(place)
    return found


def _is_free(name: PlacedLabel, taken: Sequence[Bounds], free: Bounds, em: float) -> bool:
    """Whether neither the label nor its leader line crosses anything, up to a line's height from its end."""
    if not name.bounds(em).is_inside(free) or any(name.bounds(em).overlaps(other) for other in taken):
        return False
    if name.leader_to is None:
        return True
    (x, y), length = name.leader_to, np.hypot(name.leader_to[0] - name.x, name.leader_to[1] - name.y)
    steps = np.arange(0, max(length - em * 0.4, 0), em * 0.3) / length
    points = [(name.x + (x - name.x) * step, name.y + (y - name.y) * step) for step in steps]
    return not any(other.overlaps(Bounds(at, down, at, down)) for at, down in points for other in taken)


def _near(place: LabelAnchor, em: float) -> Iterator[PlacedLabel]:
    """Positions at the point, just above and just below it; beside a circle."""
    width = text_width(place.text, size=em)
    if place.radius:
        aside, along = width / 2 + place.radius * 1.5, place.radius + em * 0.65
        for x, y in ((aside, 0), (-aside, 0), (0, -along), (0, along)):
            yield PlacedLabel(place.text, place.x + x, place.y + y)
    elif width * _NARROW <= place.width:
        for right, down in _WITHIN:
            yield PlacedLabel(place.text, place.x + right * em, place.y + down * em)


def _far(place: LabelAnchor, em: float) -> Iterator[PlacedLabel]:
    """Positions around the point, the nearest first."""
    width = text_width(place.text, size=em)
    for far in _FAR:
        for turn in np.arange(_DIRECTIONS) * 2 * pi / _DIRECTIONS:
            x, y = place.x + cos(turn) * (far * em + width / 2), place.y + sin(turn) * far * em
            yield PlacedLabel(place.text, x, y, leader_to=(place.x, place.y))

"""Names on the picture of a map: each at its place if there is room, none over another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import cos, hypot, pi, sin

from components.deck.fonts import text_width, wrapped
from components.deck.outlines import Bounds, Points

LINE = 1.12
# Where the middle of a name may be, in heights of its type, from the best place to the last resort.
_WITHIN = ((0, 0), (0, -0.6), (0, 0.6), (-0.8, 0), (0.8, 0), (0, -1.2), (0, 1.2), (-1.6, 0), (1.6, 0))
_BESIDE = ((1, 0), (-1, 0), (1, -1), (-1, -1), (1, 1), (-1, 1), (0, -1), (0, 1))
# A name is not written in an outline narrower than this part of it: it would cover the neighbours.
_NARROW = 0.8
# How far a name may be led away from its place: beside all land, by these steps up or down, or anywhere near.
_BEYOND, _STEPS, _STEP, _GAP = 15.0, 14, 0.6, 0.8
_FAR, _DIRECTIONS = (2.0, 3.0, 4.0, 5.0, 6.5), 16


@dataclass(frozen=True)
class Name:
    """A name in lines of a type of the height ``em`` and the middle of its place.

    ``leads_to`` is the point that a line leads to, if the name is not at it.
    """

    lines: tuple[str, ...]
    em: float
    x: float
    y: float
    leads_to: tuple[float, float] | None = None

    @property
    def width(self) -> float:
        """How wide its widest line is."""
        return max(text_width(line, size=self.em) for line in self.lines)

    @property
    def bounds(self) -> Bounds:
        """The rectangle that it fills."""
        width, height = self.width, len(self.lines) * self.em * LINE
        return Bounds(self.x - width / 2, self.y - height / 2, self.x + width / 2, self.y + height / 2)

    def moved(self, *, right: float, down: float) -> Name:
        """The same name elsewhere."""
        return replace(self, x=self.x + right, y=self.y + down)


@dataclass(frozen=True)
class Spot:
    """What wants a name: its text, its place, and the radius of its circle; 0 for an outline, ``width`` wide."""

    text: str
    width: float
    x: float
    y: float
    radius: float = 0.0


def place_names(
    spots: Mapping[str, Spot], *, em: float, taken: Sequence[Bounds], free: Bounds, land: Points
) -> Mapping[str, Name]:
    """The names that find a place inside ``free`` that touches neither ``taken`` nor another name, by code.

    Outlines that are wide enough come first, the large ones before the small ones; names of circles stand beside them.
    The others are led to their points by a line, from beside the ``land`` (points of all outlines) if that is not far.
    """
    occupied = [*taken, *(_around(spot, spot.radius) for spot in spots.values() if spot.radius)]
    found = dict[str, Name]()
    order = sorted(spots, key=lambda soato: (spots[soato].radius > 0, -spots[soato].width))
    for tries in (_tries, partial(_beyond, land=land), _led):
        for soato in order:
            fits = (name for name in tries(spots[soato], em) if _fits(name, occupied, free))
            if soato not in found and (name := next(fits, None)):
                occupied.append(name.bounds)
                found[soato] = name
    return found


def _fits(name: Name, occupied: Sequence[Bounds], free: Bounds) -> bool:
    """Is there room for the name and, but for the last piece at its point, for the line that leads from it?"""
    place = name.bounds
    if not place.is_inside(free) or any(place.meets(other) for other in occupied):
        return False
    return not any(other.meets(piece) for piece in _line(name) for other in occupied)


def _line(name: Name) -> Iterator[Bounds]:
    """The line that leads from a name, as points along it up to a line's height from its end."""
    if name.leads_to is None:
        return
    (x, y), (near, below) = name.leads_to, name.bounds.nearest(*name.leads_to)
    length = hypot(x - near, y - below)
    for step in range(int((length - name.em * 0.4) / (name.em * 0.3))):
        part = step * name.em * 0.3 / length
        there_x, there_y = near + (x - near) * part, below + (y - below) * part
        yield Bounds(there_x, there_y, there_x, there_y).grown(name.em * 0.05)


def _tries(spot: Spot, em: float) -> Iterator[Name]:
    if spot.radius:
        name = Name((spot.text,), em, spot.x, spot.y)
        across, along = name.width / 2 + spot.radius * 1.5, spot.radius + em * 0.35
        yield from (name.moved(right=right * across, down=down * along) for right, down in _BESIDE)
        return
    narrow = tuple(wrapped(spot.text, width=spot.width * 0.9, size=em))
    for lines in dict.fromkeys((narrow, (spot.text,))):
        name = Name(lines, em, spot.x, spot.y)
        if name.width * _NARROW <= spot.width:
            yield from (name.moved(right=right * em, down=down * em) for right, down in _WITHIN)


def _beyond(spot: Spot, em: float, *, land: Points) -> Iterator[Name]:
    """Places to the left and right of all land at about the height of the spot, the nearest first."""
    name = Name((spot.text,), em, spot.x, spot.y, leads_to=(spot.x, spot.y))
    places = []
    for step in range(-_STEPS, _STEPS + 1):
        y = spot.y + step * _STEP * em
        across = land[abs(land[:, 1] - y) < em, 0]
        ends = (across.min(), across.max()) if len(across) else (spot.x, spot.x)
        for side, end in zip((-1, 1), ends, strict=True):
            far = abs(end - spot.x) + abs(y - spot.y) * 1.5
            x = end + side * (_GAP * em + name.width / 2)
            places.append((far, float(x) - spot.x, y - spot.y))
    yield from (name.moved(right=right, down=down) for far, right, down in sorted(places) if far <= _BEYOND * em)


def _led(spot: Spot, em: float) -> Iterator[Name]:
    name = Name((spot.text,), em, spot.x, spot.y, leads_to=(spot.x, spot.y))
    for far in _FAR:
        for step in range(_DIRECTIONS):
            turn = 2 * pi * step / _DIRECTIONS
            yield name.moved(right=cos(turn) * (far * em + name.width / 2), down=sin(turn) * far * em)


def _around(spot: Spot, radius: float) -> Bounds:
    return Bounds(spot.x, spot.y, spot.x, spot.y).grown(radius)

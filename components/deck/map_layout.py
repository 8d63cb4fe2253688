"""Where everything lies in the picture of a map: outlines as large as they go, boxes in the corners that they leave."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations, product

import numpy as np

from components.deck.outlines import Bounds, Points, View
from components.deck.picture_style import Size

_SHRUNK = tuple(0.96**step for step in range(24))
# Where the map may lie across: in the middle if it can, else ever further to a side.
_ACROSS = (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.1, 0.9, 0.0, 1.0)
_CORNERS = ("bottom left", "top right", "top left", "bottom right")


@dataclass(frozen=True)
class Layout:
    """How the plane is laid on the picture, and where each box is, in the order in which they were given."""

    view: View
    boxes: tuple[Bounds, ...]


@dataclass(frozen=True)
class Box:
    """A box that wants a corner of the picture for itself."""

    width: float
    height: float


def fitted(bounds: Bounds, into: Bounds) -> View:
    """The view that shows ``bounds`` as large as ``into`` allows, in its middle."""
    scale = min(into.width / bounds.width, into.height / bounds.height)
    (x, y), (middle_x, middle_y) = bounds.centre, into.centre
    return View(scale, middle_x - x * scale, middle_y - y * scale)


def lay_out(outlines: Points, boxes: Sequence[Box], *, size: Size) -> Layout:
    """The largest view of ``outlines`` (points of the plane) in which every box has a free corner."""
    bounds, margin = Bounds.around(outlines), size.em * 0.3
    free = Bounds(0, 0, size.width, size.height).grown(-margin)
    for shrunk, across in product(_SHRUNK, _ACROSS):
        view = _view(bounds, free, shrunk=shrunk, across=across)
        placed = view.place(outlines)
        for corners in _choices(boxes, free):
            if not any(_covers(corner.grown(size.em * 0.6), placed) for corner in corners):
                return Layout(view, corners)
    return Layout(_view(bounds, free, shrunk=_SHRUNK[-1], across=1.0), next(_choices(boxes, free)))


def _view(bounds: Bounds, free: Bounds, *, shrunk: float, across: float) -> View:
    scale = fitted(bounds, free).scale * shrunk
    left = free.left + (free.width - bounds.width * scale) * across
    top = free.centre[1] - bounds.height * scale / 2
    return View(scale, left - bounds.left * scale, top - bounds.top * scale)


def _choices(boxes: Sequence[Box], free: Bounds) -> Iterator[tuple[Bounds, ...]]:
    for corners in permutations(_CORNERS, len(boxes)):
        yield tuple(_cornered(box, corner, free) for box, corner in zip(boxes, corners, strict=True))


def _cornered(box: Box, corner: str, free: Bounds) -> Bounds:
    left = free.left if "left" in corner else free.right - box.width
    top = free.top if "top" in corner else free.bottom - box.height
    return Bounds(left, top, left + box.width, top + box.height)


def _covers(box: Bounds, points: Points) -> bool:
    inside = (
        (points[:, 0] > box.left) & (points[:, 0] < box.right) & (points[:, 1] > box.top) & (points[:, 1] < box.bottom)
    )
    return bool(np.any(inside))

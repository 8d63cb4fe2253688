"""The classes of a map: how each is painted, in colour or in grey, and the legend that names them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from components.charts.palette import BACKGROUND, TEXT
from components.deck.fonts import text_width, wrapped
from components.deck.model import Hatch, MapClass
from components.deck.outlines import Bounds
from components.deck.picture_style import luminance, painted, text_tag

BORDER, SWATCH_LINE = "#34465a", "#7b8794"
# In heights of the type: the step of the hatch, and the rows, lines and swatches of the legend.
_HATCH_STEP, _ROW, _LINE, _SWATCH = 0.5, 1.55, 1.2, (1.7, 1.0)
_DARK = 0.42


@dataclass(frozen=True)
class Brush:
    """The paint of each class in one picture; a light hatch lies on dark colours and a dark one on light colours."""

    classes: Sequence[MapClass]
    em: float
    is_grey: bool

    def fill(self, index: int) -> str:
        """What fills the areas of a class."""
        if self.classes[index].hatch is not Hatch.NONE:
            return f"url(#hatch{index})"
        return self.plain(self.classes[index].colour)

    def plain(self, colour: str) -> str:
        """A colour as this picture has it."""
        return painted(colour, is_grey=self.is_grey)

    def patterns(self) -> str:
        """The definitions that the fills name."""
        hatched = [(index, each) for index, each in enumerate(self.classes) if each.hatch is not Hatch.NONE]
        return "<defs>" + "".join(self._pattern(index, each) for index, each in hatched) + "</defs>"

    def _pattern(self, index: int, each: MapClass) -> str:
        step = round(self.em * _HATCH_STEP, 2)
        line = BACKGROUND if luminance(each.colour) < _DARK else self.plain(BORDER)
        thickness = step * (0.32 if each.hatch is Hatch.DOTS else 0.16)
        return (
            f'<pattern id="hatch{index}" width="{step}" height="{step}" patternUnits="userSpaceOnUse" '
            f'patternTransform="rotate(45)"><rect width="{step}" height="{step}" fill="{self.plain(each.colour)}"/>'
            f'<path d="{_strokes(each.hatch, step)}" stroke="{line}" stroke-width="{thickness:.2f}" '
            'stroke-opacity=".75" stroke-linecap="round" fill="none"/></pattern>'
        )


def _strokes(hatch: Hatch, step: float) -> str:
    middle = round(step / 2, 2)
    rising, falling = f"M{middle},0V{step}", f"M0,{middle}H{step}"
    dot = f"M{middle},{middle}h.01"
    return {Hatch.RISING: rising, Hatch.FALLING: falling, Hatch.CROSSED: rising + falling, Hatch.DOTS: dot}[hatch]


@dataclass(frozen=True)
class Legend:
    """Swatches with their words, at most ``limit`` wide."""

    brush: Brush
    limit: float

    @cached_property
    def _rows(self) -> list[list[str]]:
        room = self.limit - self._indent
        return [wrapped(each.label, width=room, size=self.brush.em) for each in self.brush.classes]

    @property
    def _indent(self) -> float:
        return (_SWATCH[0] + 0.6) * self.brush.em

    @property
    def width(self) -> float:
        """How wide it is."""
        return self._indent + max(text_width(line, size=self.brush.em) for lines in self._rows for line in lines)

    @property
    def height(self) -> float:
        """How high it is."""
        return self.brush.em * sum(_ROW + (len(lines) - 1) * _LINE for lines in self._rows)

    def svg(self, place: Bounds) -> str:
        """The legend in its place."""
        em, top, tags = self.brush.em, place.top, list[str]()
        ink = self.brush.plain(TEXT)
        for index, lines in enumerate(self._rows):
            tags.append(self._swatch(index, place.left, top + (_ROW - _SWATCH[1]) / 2 * em))
            for number, line in enumerate(lines):
                baseline = top + (_ROW / 2 + 0.36 + number * _LINE) * em
                at = f'x="{place.left + self._indent:.1f}" y="{baseline:.1f}" font-size="{em:.2f}" fill="{ink}"'
                tags.append(text_tag(line, at))
            top += (_ROW + (len(lines) - 1) * _LINE) * em
        return "".join(tags)

    def _swatch(self, index: int, left: float, top: float) -> str:
        em = self.brush.em
        return (
            f'<rect x="{left:.1f}" y="{top:.1f}" width="{_SWATCH[0] * em:.1f}" height="{_SWATCH[1] * em:.1f}" '
            f'rx="{em * 0.12:.1f}" fill="{self.brush.fill(index)}" stroke="{self.brush.plain(SWATCH_LINE)}" '
            f'stroke-width="{em * 0.04:.2f}"/>'
        )

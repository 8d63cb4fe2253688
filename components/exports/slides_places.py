"""Where things stand on a slide: one grid for layouts, for measuring and for what is drawn; all in points, 16 to 9."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pptx.util import Pt

WIDTH, HEIGHT = 960.0, 540.0
MARGIN = 44.0
GAP = 24.0
REMARKS_WIDTH = 236.0
STRIP_HEIGHT = 62.0


@dataclass(frozen=True)
class Box:
    """A rectangle in points from the upper left corner of the slide."""

    left: float
    top: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.top + self.height

    @property
    def right(self) -> float:
        """The right edge."""
        return self.left + self.width

    @property
    def emu(self) -> tuple[Pt, Pt, Pt, Pt]:
        """Left, top, width and height as the file keeps them."""
        return Pt(self.left), Pt(self.top), Pt(self.width), Pt(self.height)

    def without_right(self, width: float) -> Box:
        """The box with a column of ``width`` and a gap taken away on the right."""
        return replace(self, width=self.width - width - GAP)

    def without_bottom(self, height: float) -> Box:
        """The box with a strip of ``height`` and a gap taken away below."""
        return replace(self, height=self.height - height - GAP / 2)

    def right_column(self, width: float) -> Box:
        """The column that :meth:`without_right` leaves free."""
        return replace(self, left=self.right - width, width=width)

    def bottom_strip(self, height: float) -> Box:
        """The strip that :meth:`without_bottom` leaves free."""
        return replace(self, top=self.bottom - height, height=height)

    def grid(self, *, columns: int, rows: int) -> list[Box]:
        """Equal cells with gaps between them, row by row."""
        width = (self.width - GAP * (columns - 1)) / columns
        height = (self.height - GAP * (rows - 1)) / rows
        return [
            Box(self.left + (width + GAP) * column, self.top + (height + GAP) * row, width, height)
            for row in range(rows)
            for column in range(columns)
        ]


FULL_WIDTH = WIDTH - 2 * MARGIN
DEMO_MARK = Box(WIDTH - MARGIN - 190, 18, 190, 22)
HEADING = Box(MARGIN, 22, FULL_WIDTH - 210, 22)
TITLE = Box(MARGIN, 48, FULL_WIDTH, 76)
BODY = Box(MARGIN, 136, FULL_WIDTH, 344)
FOOT_RULE = 490.0
NUMBER = Box(WIDTH - MARGIN - 60, 496, 60, 20)
CREDITS = Box(MARGIN, 496, FULL_WIDTH - 76, 34)

COVER_TITLE = Box(64, 150, 832, 150)
COVER_SUBTITLE = Box(64, 312, 832, 70)
COVER_DETAILS = Box(64, 400, 832, 40)
COVER_CREDITS = Box(64, 476, 832, 44)

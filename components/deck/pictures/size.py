"""How large a picture is, and with it its type."""

from __future__ import annotations

from dataclasses import dataclass

# So many heights of type go into a picture's height and width: legible from the back of a room at slide size.
_LINES, _EMS = 25, 48


@dataclass(frozen=True)
class Size:
    """Width and height of a picture in pixels; type and lines grow with it, so a larger picture is the same one.

    ``type_height`` is given where a picture stands between lines of text instead of filling a slide.
    """

    width: float
    height: float
    type_height: float = 0.0

    @property
    def em(self) -> float:
        """The height of the type."""
        return self.type_height or min(self.width / _EMS, self.height / _LINES)

"""All colours of the product besides the theme file: one accent, blue to orange, never green, yellow and red.

Bare green, yellow and red already mean the level of crime of a mahalla in this country. The classes of a map run from
deep orange (worst) to pale blue (best) and get lighter at every step: what needs attention is the darkest for every
reader, the colour-blind and those of a grey print too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from data.codes import MemorandumStatus
from data.effectiveness.index import Tier
from data.indicators import Better

BadgeColour = Literal["blue", "orange", "gray"]

ACCENT = "#1b4f8f"
TEXT = "#0d141e"
MUTED_TEXT = "#526275"
GRID = "#e3e8ee"
BACKGROUND = "#ffffff"
ATTENTION = "#c2570c"
MISSING = "#e9edf2"
COMPARISON = "#8796a8"
# The second of two bars.
SECOND = "#b3c8de"
# Areas of a map from which the others are to stand out.
QUIET = "#cdd6e0"
SEQUENTIAL = ("#ffd08a", "#f0a04b", "#7a9cc0", "#3e6ea3", "#173f72")
# Classes of a map, the worst first.
CLASSES = ("#8a3305", "#c4601b", "#cf9b6b", "#a9c6e2", "#d5e4f3")
# Classes of a value that is neither good nor bad, from low to high.
PLAIN_CLASSES = ("#e2eaf2", "#bccbdb", "#94a9bf", "#6b86a2", "#3f5d7d")


class Hatch(StrEnum):
    """Pattern over a fill, for classes of a map that are alike in grey and for unknown values."""

    NONE = "none"
    RISING = "rising"
    FALLING = "falling"
    DOTS = "dots"


# On a screen colours tell the others apart; this one says that nothing is known, or nothing any more.
SCREEN_HATCHES = frozenset({Hatch.RISING})


@dataclass(frozen=True)
class StatusStyle:
    """Colour, icon, badge and hatch of a status; always shown with its name."""

    colour: str
    icon: str
    badge: BadgeColour
    hatch: Hatch = Hatch.NONE


STATUS_STYLES: Mapping[MemorandumStatus, StatusStyle] = {
    MemorandumStatus.IN_FORCE: StatusStyle("#5b8cbf", ":material/check_circle:", "blue"),
    MemorandumStatus.EXPIRING: StatusStyle("#f0a04b", ":material/schedule:", "orange", Hatch.FALLING),
    MemorandumStatus.UPCOMING: StatusStyle("#8fbbe4", ":material/event_upcoming:", "blue", Hatch.DOTS),
    MemorandumStatus.DRAFT: StatusStyle("#dfe6ee", ":material/edit_note:", "gray"),
    MemorandumStatus.EXPIRED: StatusStyle("#c4601b", ":material/event_busy:", "orange", Hatch.FALLING),
    MemorandumStatus.TERMINATED: StatusStyle("#dfc09c", ":material/cancel:", "gray", Hatch.RISING),
    MemorandumStatus.NONE: StatusStyle("#8a3305", ":material/do_not_disturb_on:", "gray"),
}
ON_PAPER_ICON = ":material/description:"


@dataclass(frozen=True)
class TierStyle:
    """Colour, Material symbol and badge of a tier; always shown with its name."""

    colour: str
    symbol: str
    badge: BadgeColour


TIER_STYLES: Mapping[Tier, TierStyle] = {
    Tier.UPPER: TierStyle(SEQUENTIAL[4], "trending_up", "blue"),
    Tier.MIDDLE: TierStyle(COMPARISON, "drag_handle", "gray"),
    Tier.LOWER: TierStyle(ATTENTION, "trending_down", "orange"),
}


def class_colours(better: Better) -> tuple[str, ...]:
    """Colours of the five classes from the lowest values to the highest; the darkest is the worst, where one is."""
    if better is Better.NONE:
        return PLAIN_CLASSES
    return CLASSES[::-1] if better is Better.DOWN else CLASSES


def class_of(value: float, thresholds: tuple[float, ...]) -> int:
    """Class of a value, from 0; a value on a threshold is in the class above."""
    return sum(value >= edge for edge in thresholds)


def luminance(colour: str) -> float:
    """Relative luminance of a colour ``#rrggbb``, from 0 to 1 (Rec. 709)."""
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

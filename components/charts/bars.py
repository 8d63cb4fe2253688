"""Horizontal bars as an HTML list, each below its label, so that screen readers read a list and no name is cut on a
phone.

A Vega chart of the same bars took a sixth of the load time of the Overview and shifted the layout below it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from components.indicators.verdict_texts import TONE_SIGNS, Tone

TRACK = "#eef1f5"


@dataclass(frozen=True)
class BarRow:
    """One bar. All texts come translated and are escaped here.

    Without a ``value`` the row has no bar and its text is grey. ``low`` and ``high`` draw an interval, ``marks`` the
    values for comparison in the order of the legend (None: not drawn). ``details`` are pairs of title and text for the
    tooltip, ``address`` is what the label leads to. ``verdict`` stands below the bar, with a sign where it is good or
    bad.
    """

    label: str
    value: float | None
    value_text: str
    details: tuple[tuple[str, str], ...] = ()
    low: float | None = None
    high: float | None = None
    marks: tuple[float | None, ...] = ()
    is_highlighted: bool = False
    address: str = ""
    verdict: str = ""
    tone: Tone = Tone.NEUTRAL


@dataclass(frozen=True)
class Scale:
    """Ends of the bars' scale."""

    low: float
    high: float

    @property
    def origin(self) -> float:
        """Value at which bars begin: zero, or the end nearest to it."""
        return min(max(0.0, self.low), self.high)

    def share(self, value: float) -> float:
        """Position of a value between the ends in percent; values beyond an end are clipped to it."""
        return 100 * min(max((value - self.low) / (self.high - self.low), 0), 1)


def bars(
    rows: Sequence[BarRow], *, title: str, domain: tuple[float, float] | None = None, legend: Sequence[str] = ()
) -> str:
    """HTML list of bars in the order of ``rows``; ``title`` is its accessible name.

    ``domain`` fixes the ends of the scale, which otherwise runs from 0 to the largest value; if zero lies inside, bars
    go to either side of it. ``legend`` names the marks, at most two.
    """
    scale = Scale(*domain) if domain else Scale(0.0, _largest(rows))
    named = "".join(f"<span>{escape(name)}</span>" for name in legend)
    key = f'<p class="hamkor-bars-legend">{named}</p>' if named else ""
    items = "".join(_item(row, scale) for row in rows)
    return f'{key}<ul class="hamkor-bars" aria-label="{escape(title)}">{items}</ul>'


def _largest(rows: Sequence[BarRow]) -> float:
    return max((end for row in rows for end in (row.value, row.high) if end is not None and end > 0), default=1.0)


def _item(row: BarRow, scale: Scale) -> str:
    details = escape("\n".join(f"{title}: {text}" for title, text in row.details))
    label = escape(row.label)
    if row.address:
        label = f'<a href="{escape(row.address)}" target="_self">{label}</a>'
    words = f"<span>{label}</span><span>{escape(row.value_text)}</span>"
    bar = f"<div>{_drawn(row, scale)}</div>{_verdict(row)}"
    return f'<li class="{_class(row, scale)}" title="{details}">{words}{bar}</li>'


def _verdict(row: BarRow) -> str:
    if not row.verdict:
        return ""
    sign = TONE_SIGNS[row.tone]
    mark = f'<em aria-hidden="true" translate="no">{sign}</em> ' if sign else ""
    return f'<small class="is-{row.tone}">{mark}{escape(row.verdict)}</small>'


def _class(row: BarRow, scale: Scale) -> str:
    if row.value is None:
        return "is-missing"
    if scale.low < 0 < scale.high:
        return "is-more" if row.value >= 0 else "is-less"
    return "is-own" if row.is_highlighted else ""


def _drawn(row: BarRow, scale: Scale) -> str:
    drawn = "" if row.value is None else _stretch("i", scale.origin, row.value, scale)
    if row.value is not None and row.low is not None and row.high is not None:
        drawn += _stretch("b", row.low, row.high, scale)
    if scale.low < 0 < scale.high:
        drawn += _mark(scale.origin, scale, "is-zero")
    kinds = ("is-first", "is-second")
    return drawn + "".join(
        _mark(mark, scale, kind) for mark, kind in zip(row.marks, kinds, strict=False) if mark is not None
    )


def _stretch(tag: str, start: float, end: float, scale: Scale) -> str:
    left, right = sorted((scale.share(start), scale.share(end)))
    return f'<{tag} style="left: {left:.1f}%; width: {right - left:.1f}%"></{tag}>'


def _mark(value: float, scale: Scale, kind: str) -> str:
    return f'<u class="{kind}" style="left: {scale.share(value):.1f}%"></u>'

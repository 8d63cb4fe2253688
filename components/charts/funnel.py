"""Funnel plot: mean ratings of areas against their number of events, with control limits."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from components.charts.palette import ACCENT, ATTENTION, COMPARISON, MUTED_TEXT
from components.charts.style import POINTS_DOMAIN, finish
from components.shell.formatter import Formatter
from data.effectiveness.index import FunnelBand
from data.language import Translator

if TYPE_CHECKING:
    from queries.statistics.funnel import Funnel

HEIGHT = 320
BAND_STYLES: Mapping[FunnelBand, tuple[str, str]] = {
    FunnelBand.INSIDE: (COMPARISON, "circle"),
    FunnelBand.OUTSIDE_INNER: (ACCENT, "square"),
    FunnelBand.OUTSIDE_OUTER: (ATTENTION, "diamond"),
}
LIMIT_DASHES = {"inner": [5, 3], "outer": [1, 0]}


def funnel_chart(
    funnel: Funnel, named: pd.DataFrame, *, translate: Translator, highlighted: str = ""
) -> alt.LayerChart:
    """Points of areas and the 95 % (dashed) and 99.8 % (solid) limits around the overall mean.

    ``named``: the points of ``funnel`` with the name columns of their areas. ``highlighted`` is the code of the area
    drawn with a ring.
    """
    fmt = Formatter(translate)
    points = pd.DataFrame([_point(row, fmt) for row in named.to_dict("records")])
    x = alt.X(
        "n:Q", title=translate("Ratings of events"), scale=alt.Scale(type="log", nice=False), axis=alt.Axis(tickCount=5)
    )
    y = _mark("mean", funnel)
    bands = [translate(band.label) for band in BAND_STYLES]
    looks = list(BAND_STYLES.values())
    legend = alt.Legend(title=None)
    dots = (
        alt.Chart(points)
        .mark_point(filled=True, opacity=0.85, size=42)
        .encode(
            x=x,
            y=y,
            color=alt.Color("band:N", scale=alt.Scale(domain=bands, range=[look[0] for look in looks]), legend=legend),
            shape=alt.Shape("band:N", scale=alt.Scale(domain=bands, range=[look[1] for look in looks]), legend=legend),
            tooltip=[
                alt.Tooltip("area:N", title=translate("Area")),
                alt.Tooltip("mean_text:N", title=translate("Mean rating")),
                alt.Tooltip("n_text:N", title=translate("Ratings of events")),
                alt.Tooltip("band:N", title=translate("Beside the limits")),
            ],
        )
    )
    layers = [*_limits(funnel, x), dots]
    own = points[points["area_code"] == highlighted]
    if len(own):
        layers.append(
            alt.Chart(own).mark_point(size=200, strokeWidth=2.2, color=ATTENTION, filled=False).encode(x=x, y=y)
        )
    return finish(layers, data=points, height=HEIGHT, translate=translate)


def funnel_alt(funnel: Funnel, *, translate: Translator) -> str:
    """Text alternative: how many areas lie outside which limits."""
    counts = funnel.points["band"].value_counts()
    return translate(
        "Ratings of {areas} areas by number of events: outside the 95% limits {inner}, of them "
        "outside the 99.8% limits {outer}.",
        areas=len(funnel.points),
        inner=int(len(funnel.points) - counts.get(FunnelBand.INSIDE.value, 0)),
        outer=int(counts.get(FunnelBand.OUTSIDE_OUTER.value, 0)),
    )


def _limits(funnel: Funnel, x: alt.X) -> list[alt.Chart]:
    frame = funnel.limits.assign(overall=funnel.overall)
    base = alt.Chart(frame).encode(x=x)
    lines = [
        base.mark_line(color=MUTED_TEXT, strokeWidth=1.1, strokeDash=LIMIT_DASHES[name], aria=False).encode(
            y=_mark(f"{name}_{end}", funnel)
        )
        for name in LIMIT_DASHES
        for end in ("low", "high")
    ]
    return [*lines, base.mark_line(color=MUTED_TEXT, strokeWidth=1.6, aria=False).encode(y=_mark("overall", funnel))]


def _mark(column: str, funnel: Funnel) -> alt.Y:
    """Axis of ratings, from the integer below the lowest point or limit."""
    lowest = math.floor(min(funnel.points["mean"].min(), funnel.limits["outer_low"].min()))
    domain = [max(lowest, POINTS_DOMAIN[0]), POINTS_DOMAIN[1]]
    return alt.Y(f"{column}:Q", title=None, scale=alt.Scale(domain=domain, zero=False), axis=alt.Axis(tickCount=5))


def _point(row: Mapping[Any, Any], fmt: Formatter) -> dict[str, object]:
    return {
        "area_code": row["area_code"],
        "area": fmt.area(row),
        "n": row["n"],
        "mean": row["mean"],
        "mean_text": fmt.points(row["mean"]),
        "n_text": fmt.number(row["n"]),
        "band": fmt.translate(FunnelBand(row["band"]).label),
    }

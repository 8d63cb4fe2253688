"""Places with their intervals: how sure the order of areas is, one line an area."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from components.charts.style import finish
from components.format import Formatter
from components.palette import ATTENTION, TIER_STYLES
from data.index import Tier
from data.language import Translator

NAMED_STEP, DENSE_STEP = 24, 5
MOST_NAMED = 40
LABEL_LIMIT = 150


def places_chart(frame: pd.DataFrame, *, translate: Translator, highlighted: str = "") -> alt.LayerChart:
    """A line from the lowest to the highest place of each area's 90 % interval, a point at its median place.

    ``frame``: one row an area: area_code, the name columns, index_score, rank_median, rank_low, rank_high, tier. Areas
    without an index are left out. More than 40 areas are drawn close together, without names beside them.
    """
    write = Formatter(translate)
    known = frame[frame["rank_median"].notna()].sort_values(["rank_median", "rank_low", "area_code"], kind="stable")
    rows = pd.DataFrame([_row(row, position, write) for position, row in enumerate(known.to_dict("records"))])
    has_names = len(known) <= MOST_NAMED
    tiers = [translate(tier.label) for tier in Tier]
    axis = alt.Axis(title=None, labelLimit=LABEL_LIMIT, ticks=False, domain=False) if has_names else None
    y = alt.Y("area:N", sort=None, axis=axis)
    x = alt.X("low:Q", title=translate("Place, 1 is the highest index"), axis=alt.Axis(tickCount=6, format="d"))
    style = [TIER_STYLES[tier] for tier in Tier]
    colour = alt.Color(
        "tier:N",
        scale=alt.Scale(domain=tiers, range=[tier.colour for tier in style]),
        legend=alt.Legend(title=None, symbolType="stroke", symbolStrokeWidth=3, orient="top", direction="vertical"),
    )
    base = alt.Chart().encode(y=y, color=colour, tooltip=_tooltip(translate))
    layers = [
        base.mark_rule(strokeWidth=2 if has_names else 1.6, opacity=0.75).encode(x=x, x2=alt.X2("high:Q")),
        base.mark_point(filled=True, opacity=1, size=46 if has_names else 12).encode(
            x=alt.X("median:Q"),
            shape=alt.Shape("tier:N", scale=alt.Scale(domain=tiers, range=[tier.shape for tier in style]), legend=None),
        ),
    ]
    own = rows[rows["area_code"] == highlighted] if len(rows) else rows
    if len(own):
        layers.append(
            alt.Chart(own)
            .mark_point(size=190, strokeWidth=2.2, color=ATTENTION, filled=False)
            .encode(y=y, x=alt.X("median:Q"))
        )
    step = NAMED_STEP if has_names else DENSE_STEP
    return finish(layers, data=rows, height=alt.Step(step), translate=translate)


def places_alt(frame: pd.DataFrame, *, translate: Translator) -> str:
    """The chart in a sentence: how many areas are in each tier."""
    counts = frame["tier"].value_counts()
    return translate(
        "Places of areas with 90% intervals: clearly in the upper half {upper}, clearly in the lower half {lower}, "
        "cannot be told apart from the middle {middle}, without an index {missing}.",
        upper=int(counts.get(Tier.UPPER.value, 0)),
        lower=int(counts.get(Tier.LOWER.value, 0)),
        middle=int(counts.get(Tier.MIDDLE.value, 0)),
        missing=int(frame["tier"].isna().sum()),
    )


def _row(row: Mapping[Any, Any], position: int, write: Formatter) -> dict[str, object]:
    return {
        "position": position,
        "area_code": row["area_code"],
        "area": write.area(row),
        "low": row["rank_low"],
        "high": row["rank_high"],
        "median": row["rank_median"],
        "tier": write.translate(Tier(row["tier"]).label),
        "index_text": write.number(row["index_score"], decimals=1),
        "place_text": write.number(row["rank_median"]),
        "interval_text": f"{write.number(row['rank_low'])}–{write.number(row['rank_high'])}",
    }


def _tooltip(translate: Translator) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("area:N", title=translate("Area")),
        alt.Tooltip("index_text:N", title=translate("Index")),
        alt.Tooltip("place_text:N", title=translate("Median place")),
        alt.Tooltip("interval_text:N", title=translate("90% interval")),
        alt.Tooltip("tier:N", title=translate("Tier")),
    ]

"""Places with their intervals: how sure the order of areas is.

Few areas have a line and a name each. Many are drawn as one band a tier: two hundred lines cost the browser half a
second at every step of a weight, and a table beside the chart names them all.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from components.charts.style import finish_live
from components.format import Formatter
from components.palette import ATTENTION, TIER_STYLES
from data.index import Tier
from data.language import Translator

NAMED_STEP, BAND_HEIGHT = 24, 460
LABEL_LIMIT = 150
LEGEND_SIZE = 10.5
ROW_COLUMNS = ("area", "low", "high", "median", "tier", "index_text", "place_text", "interval_text", "is_own")
BAND_COLUMNS = ("position", "low", "high", "median", "tier")
_ORDER = {tier.value: order for order, tier in enumerate(Tier)}


def places_chart(*, has_names: bool, translate: Translator) -> alt.LayerChart:
    """From the lowest to the highest place of each area's 90 % interval, and its median place.

    With ``has_names`` the rows are those of :func:`places_rows`, else of :func:`place_bands`.
    """
    tiers, styles = [translate(tier.label) for tier in Tier], [TIER_STYLES[tier] for tier in Tier]
    # Smaller than elsewhere: on a phone the names of districts leave the legend little room.
    legend = alt.Legend(title=None, symbolType="stroke", symbolStrokeWidth=3, labelFontSize=LEGEND_SIZE)
    colour = alt.Color("tier:N", scale=alt.Scale(domain=tiers, range=[style.colour for style in styles]), legend=legend)
    shape = alt.Shape("tier:N", scale=alt.Scale(domain=tiers, range=[style.shape for style in styles]), legend=None)
    x = alt.X(
        "low:Q",
        title=translate("Place, 1 is the highest index"),
        axis=alt.Axis(tickCount=6, format="d", titleAnchor="end"),
    )
    layers = _lines(x, colour, shape, translate) if has_names else _bands(x, colour)
    return finish_live(layers, height=alt.Step(NAMED_STEP) if has_names else BAND_HEIGHT, translate=translate)


def places_rows(frame: pd.DataFrame, *, translate: Translator, highlighted: str = "") -> pd.DataFrame:
    """The rows of the chart with names: one an area with an index, by its median place; the highlighted one is ringed.

    ``frame``: one row an area: area_code, the name columns, index_score, rank_median, rank_low, rank_high, tier.
    """
    write = Formatter(translate)
    known = frame[frame["rank_median"].notna()].sort_values(["rank_median", "rank_low", "area_code"], kind="stable")
    rows = [_row(row, write) | {"is_own": row["area_code"] == highlighted} for row in known.to_dict("records")]
    return pd.DataFrame(rows, columns=list(ROW_COLUMNS))


def place_bands(frame: pd.DataFrame, *, translate: Translator) -> pd.DataFrame:
    """The rows of the chart without names, by tier and median place: two an area, so that the bands end in steps.

    ``frame`` is that of :func:`places_rows`.
    """
    known = frame[frame["rank_median"].notna()]
    known = known.assign(order=known["tier"].map(_ORDER)).sort_values(
        ["order", "rank_median", "rank_low", "area_code"], kind="stable"
    )
    bands = pd.DataFrame(
        {
            "position": range(len(known)),
            "low": known["rank_low"].to_numpy(),
            "high": known["rank_high"].to_numpy(),
            "median": known["rank_median"].to_numpy(),
            "tier": [translate(Tier(tier).label) for tier in known["tier"]],
        },
        columns=list(BAND_COLUMNS),
    )
    ends = pd.concat([bands, bands.assign(position=bands["position"] + 1)])
    return ends.sort_index(kind="stable").reset_index(drop=True)


def _lines(x: alt.X, colour: alt.Color, shape: alt.Shape, translate: Translator) -> list[alt.Chart]:
    y = alt.Y("area:N", sort=None, axis=alt.Axis(title=None, labelLimit=LABEL_LIMIT, ticks=False, domain=False))
    base = alt.Chart().encode(y=y, color=colour, tooltip=_tooltip(translate))
    median = alt.X("median:Q")
    return [
        base.mark_rule(strokeWidth=2, opacity=0.75).encode(x=x, x2=alt.X2("high:Q")),
        base.mark_point(filled=True, opacity=1, size=46).encode(x=median, shape=shape),
        alt.Chart()
        .mark_point(size=190, strokeWidth=2.2, color=ATTENTION, filled=False)
        .encode(y=y, x=median)
        .transform_filter("datum.is_own"),
    ]


def _bands(x: alt.X, colour: alt.Color) -> list[alt.Chart]:
    y = alt.Y("position:Q", axis=None, scale=alt.Scale(reverse=True, nice=False, zero=False))
    base = alt.Chart().encode(y=y, color=colour)
    return [
        base.mark_area(orient="horizontal", opacity=0.35).encode(x=x, x2=alt.X2("high:Q")),
        base.mark_line(strokeWidth=2).encode(x=alt.X("median:Q"), order=alt.Order("position:Q")),
    ]


def _row(row: Mapping[Any, Any], write: Formatter) -> dict[str, object]:
    return {
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

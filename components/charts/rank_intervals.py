"""Rank intervals of areas: how certain their order is.

Few areas are drawn as one line each with a name; many as one band per tier, with a table beside the chart for the
names. Both are HTML and SVG rather than Vega charts, since they are redrawn at every step of a weight slider.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any
from urllib.parse import quote

import pandas as pd

from components.charts.palette import GRID, MUTED_TEXT, TEXT, TIER_STYLES
from components.shell.formatter import Formatter, is_missing
from data.effectiveness.index import Tier
from data.language import Translator

BAND_HEIGHT, BAND_WIDTH = 460, 1000
TIER_SYMBOLS: Mapping[Tier, str] = {Tier.UPPER: "▲", Tier.MIDDLE: "●", Tier.LOWER: "▼"}
_ORDER = {tier.value: order for order, tier in enumerate(Tier)}
_COLOURS = "\n".join(f".hamkor-places .is-{tier} {{ color: {TIER_STYLES[tier].colour}; }}" for tier in Tier)
_STYLE = f"""<style>
.hamkor-places :is(li, p) {{ font-size: .8125rem; line-height: 1.25; color: {TEXT}; }}
.hamkor-places ul {{ list-style: none; margin: 0; padding: 0; }}
.hamkor-places li {{ display: grid; grid-template-columns: minmax(5.5rem, 25%) 1fr 6rem; gap: .625rem; margin: 0;
  padding: .125rem 0; align-items: center; }}
.hamkor-places span {{ color: {TEXT}; }}
.hamkor-places li span:last-child {{ text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }}
.hamkor-places .is-own span {{ font-weight: 600; }}
.hamkor-places li div {{ position: relative; height: 1rem; border-bottom: 1px solid {GRID}; }}
.hamkor-places i {{ position: absolute; top: calc(50% - 1px); height: 2px; background: currentColor; }}
.hamkor-places b {{ position: absolute; top: 0; width: 1rem; margin-left: -.5rem; line-height: 1rem;
  text-align: center; font-weight: 400; font-size: .75rem; }}
.hamkor-places p {{ display: flex; flex-wrap: wrap; gap: 0 1.25rem; margin: 0 0 .375rem; }}
.hamkor-places p b {{ position: static; display: inline-block; }}
.hamkor-places p + img {{ display: block; width: 100%; height: {BAND_HEIGHT}px; border-bottom: 1px solid {GRID}; }}
.hamkor-places .axis {{ justify-content: space-between; margin: .25rem 0 0; }}
.hamkor-places ul + .axis {{ margin-left: calc(max(5.5rem, 25%) + .625rem); margin-right: 6.625rem; }}
.hamkor-places .axis + p {{ justify-content: center; }}
.hamkor-places :is(.axis, .axis + p) span {{ color: {MUTED_TEXT}; }}
{_COLOURS}
</style>"""


def rank_interval_bars(
    frame: pd.DataFrame, *, last_rank: int, title: str, translate: Translator, highlighted: str = ""
) -> str:
    """One line per area from the lowest to the highest rank of its 90 % interval, with its median rank, as HTML.

    ``frame``: one row per area: area_code, the name columns, index_score, rank_median, rank_low, rank_high, tier; rows
    without a rank are left out. ``last_rank`` is the largest rank of all areas, ``highlighted`` the code of the area to
    highlight.
    """
    fmt = Formatter(translate)
    known = frame[frame["rank_median"].notna()].sort_values(["rank_median", "rank_low", "area_code"], kind="stable")
    rows = [_line(row, last_rank, fmt, is_own=row["area_code"] == highlighted) for row in known.to_dict("records")]
    return _framed(f'<ul aria-label="{escape(title)}">{"".join(rows)}</ul>', last_rank, fmt)


def rank_bands(frame: pd.DataFrame, *, last_rank: int, title: str, translate: Translator) -> str:
    """Rank intervals of all areas as one band per tier, with a line through their median ranks, as HTML.

    ``frame`` and ``last_rank`` as for :func:`rank_interval_bars`.
    """
    known = frame[frame["rank_median"].notna()]
    known = known.assign(tier=known["tier"].map(_tier), position=0)
    known = known.assign(order=known["tier"].map(_ORDER)).sort_values(
        ["order", "rank_median", "rank_low", "area_code"], kind="stable"
    )
    known["position"] = range(len(known))
    bands = "".join(
        _band(Tier(str(tier)), rows[["rank_low", "rank_median", "rank_high"]].to_numpy().tolist(), start, last_rank)
        for tier, rows in known.groupby("tier", sort=False)
        for start in [int(rows["position"].iloc[0])]
    )
    size = f'viewBox="0 0 {BAND_WIDTH} {max(len(known), 1)}" preserveAspectRatio="none"'
    svg = quote(f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{bands}</svg>')
    picture = f'<img src="data:image/svg+xml,{svg}" alt="{escape(title)}">'
    return _framed(picture, last_rank, Formatter(translate))


def _framed(drawn: str, last_rank: int, fmt: Formatter) -> str:
    """Adds the legend of the tiers above and the ends of the scale below."""
    translate = fmt.translate
    legend = "".join(
        f'<span><b class="is-{tier}" aria-hidden="true">{TIER_SYMBOLS[tier]}</b> {escape(translate(tier.label))}</span>'
        for tier in Tier
    )
    ends = f'<p class="axis"><span>{fmt.number(1)}</span><span>{fmt.number(last_rank)}</span></p>'
    axis = f"<p><span>{escape(translate('Place, 1 is the highest index'))}</span></p>"
    return f'{_STYLE}<div class="hamkor-places"><p>{legend}</p>{drawn}{ends}{axis}</div>'


def _line(row: Mapping[Any, Any], last_rank: int, fmt: Formatter, *, is_own: bool) -> str:
    translate, tier = fmt.translate, _tier(row["tier"])
    median, interval = (
        fmt.number(row["rank_median"]),
        f"{fmt.number(row['rank_low'])}–{fmt.number(row['rank_high'])}",
    )
    low, middle, high = (_share(row[name], last_rank) for name in ("rank_low", "rank_median", "rank_high"))
    details = {
        translate("Index"): fmt.number(row["index_score"], decimals=1),
        translate("Median place"): median,
        translate("90% interval"): interval,
        translate("Tier"): translate("No tier") if is_missing(row["tier"]) else translate(tier.label),
    }
    shown = escape("\n".join(f"{name}: {text}" for name, text in details.items()))
    drawn = (
        f'<i style="left: {low:.1f}%; width: {high - low:.1f}%"></i>'
        f'<b style="left: {middle:.1f}%" aria-hidden="true">{TIER_SYMBOLS[tier]}</b>'
    )
    return (
        f'<li class="{"is-own" if is_own else ""}" title="{shown}"><span>{escape(fmt.area(row))}</span>'
        f'<div class="is-{tier}">{drawn}</div><span>{median} ({interval})</span></li>'
    )


def _tier(code: object) -> Tier:
    """Return how an area is drawn: without a tier as those in the middle, of which nothing is claimed."""
    return Tier.MIDDLE if is_missing(code) else Tier(str(code))


def _share(place: float, last_rank: int) -> float:
    """Position of a rank on the scale, in percent from the left."""
    return 100 * (place - 1) / max(last_rank - 1, 1)


def _band(tier: Tier, places: Sequence[Sequence[float]], start: int, last_rank: int) -> str:
    """Area between the lowest and the highest ranks, one row per area, and the line of the medians."""
    scale = BAND_WIDTH / 100
    left, right, line = [], [], []
    for row, (low, median, high) in enumerate(places, start):
        at = [round(_share(place, last_rank) * scale) for place in (low, median, high)]
        left.append(f"{at[0]},{row} {at[0]},{row + 1}")
        right.append(f"{at[2]},{row + 1} {at[2]},{row}")
        line.append(f"{at[1]},{row + 0.5}")
    colour = TIER_STYLES[tier].colour
    return (
        f'<polygon points="{" ".join([*left, *reversed(right)])}" fill="{colour}" fill-opacity="0.35"/>'
        f'<polyline points="{" ".join(line)}" fill="none" stroke="{colour}" stroke-width="2" '
        'vector-effect="non-scaling-stroke"/>'
    )

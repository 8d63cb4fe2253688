"""Improvement of the index: cards of what would lift it, and tables of why it changed."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from components.charts.index_bars import ChangeRow, change_bars
from components.effectiveness.state import IndexChange
from components.shell.areas import NATION_CODE, AreaDirectory
from components.shell.formatter import Formatter, is_missing
from components.shell.rounding import rounded_to_total
from components.tables.cards import Card, cards
from components.tables.columns import ColumnSpec
from data.dates.period import Period
from data.effectiveness.index import Pillar, Presence
from data.indicators import INDICATORS, AreaTarget
from data.indicators.agreement import MEMORANDUM_COVERAGE
from data.policy import ScopeKind


def lift_cards(
    lifts: pd.DataFrame,
    targets: Mapping[str, AreaTarget],
    *,
    kind: ScopeKind,
    directory: AreaDirectory,
    fmt: Formatter,
) -> str:
    """Return HTML cards of the indicators that would lift the index of an area of a ``kind`` most, each by itself.

    ``lifts`` is a frame of :func:`queries.statistics.lift.lifts`.
    """
    translate = fmt.translate
    of_peers = (
        translate("What the best quarter of all districts has reached")
        if kind is ScopeKind.DISTRICT
        else translate("What the best quarter of all regions has reached")
    )
    return cards([_lift_card(row, targets, of_peers, directory, fmt) for row in lifts.to_dict("records")])


def _lift_card(
    row: Mapping[Hashable, Any],
    targets: Mapping[str, AreaTarget],
    of_peers: str,
    directory: AreaDirectory,
    fmt: Formatter,
) -> Card:
    translate, indicator = fmt.translate, INDICATORS[row["indicator_code"]]
    rise = translate(
        "From {value} to {aim}: {gain} points more",
        value=fmt.indicator_value(indicator, row["value"]),
        aim=fmt.indicator_value(indicator, row["aim"]),
        gain=fmt.number(row["gain"], decimals=1),
    )
    heading = translate(indicator.name)
    if indicator.code == MEMORANDUM_COVERAGE.code:
        heading = translate("Sign a memorandum and hold the events it promises")
    if not row["is_target"]:
        return Card(heading, rise, of_peers)
    whose = directory.name(targets[indicator.code].area_code or NATION_CODE)
    return Card(heading, rise, translate("The target of {area}", area=whose))


def change_text(change: IndexChange, *, period: Period, earlier: Period, fmt: Formatter) -> str:
    """Return the index of the earlier period and of this one, and whether the change between them is clear."""
    text = fmt.translate(
        "From {before} in {earlier} to {now} in {period}: {change} points. The bars add up to this change as printed.",
        before=fmt.number(change.before, decimals=1),
        earlier=fmt.period(earlier),
        now=fmt.number(change.now, decimals=1),
        period=fmt.period(period),
        change=fmt.signed(change.printed, decimals=1),
    )
    interval = fmt.translate(
        "90% interval of the change: from {low} to {high}.",
        low=fmt.signed(change.low, decimals=1),
        high=fmt.signed(change.high, decimals=1),
    )
    unclear = "" if change.is_clear else f" {fmt.translate('Chance can make a change like this: no clear change.')}"
    return f"{text} {interval}{unclear}"


def printed_contributions(contributions: pd.DataFrame, change: float) -> pd.DataFrame:
    """Return the contributions to the printed change of the index, by indicator, as they are printed.

    ``contributions``: :func:`queries.statistics.contributions.contributions`. Columns added: ``pillar_points`` (one
    decimal, of the pillar), ``points`` (two decimals, which add up to those of the pillar).
    """
    sums = contributions.groupby("pillar_code", sort=False)["contribution"].sum()
    of_pillars = dict(zip(sums.index, rounded_to_total(sums.tolist(), change, decimals=1), strict=True))
    points = np.zeros(len(contributions))
    for code, total in of_pillars.items():
        inside = (contributions["pillar_code"] == code).to_numpy()
        points[inside] = rounded_to_total(contributions.loc[inside, "contribution"].tolist(), total, decimals=2)
    return contributions.assign(pillar_points=contributions["pillar_code"].map(of_pillars), points=points)


def pillar_change_bars(printed: pd.DataFrame, *, title: str, fmt: Formatter) -> str:
    """Return an HTML bar chart of each pillar's contribution to the change of the index.

    ``printed``: a frame of :func:`printed_contributions`.
    """
    rows = [
        ChangeRow(
            fmt.translate(Pillar(row["pillar_code"]).label),
            row["pillar_points"],
            fmt.signed(row["pillar_points"], decimals=1),
        )
        for row in printed.drop_duplicates("pillar_code").to_dict("records")
    ]
    return change_bars(rows, title=title)


def contribution_columns(*, fmt: Formatter) -> list[ColumnSpec]:
    """Columns of the change by indicator."""
    translate = fmt.translate
    return [
        ColumnSpec("indicator", translate("Indicator")),
        ColumnSpec("before", translate("Before")),
        ColumnSpec("after", translate("Now")),
        ColumnSpec("points", translate("Points of the index")),
        ColumnSpec("presence", translate("Data")),
    ]


def contribution_rows(printed: pd.DataFrame, *, fmt: Formatter) -> pd.DataFrame:
    """Rows of :func:`printed_contributions` as text, as each has a unit of its own."""
    return pd.DataFrame([_contribution_row(row, fmt) for row in printed.to_dict("records")])


def _contribution_row(row: Mapping[Hashable, Any], fmt: Formatter) -> dict[str, str]:
    translate, indicator = fmt.translate, INDICATORS[row["indicator_code"]]
    before, after = (
        "–" if is_missing(row[name]) else fmt.indicator_value(indicator, row[name])
        for name in ("value_before", "value_after")
    )
    return {
        "indicator": translate(indicator.name),
        "before": before,
        "after": after,
        "points": fmt.signed(row["points"], decimals=2),
        "presence": translate(Presence(row["presence"]).label),
    }

"""Improvement of the index: cards of what would lift it, and tables of why it changed."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from components.charts.index_bars import ChangeRow, change_bars
from components.shell.areas import NATION_CODE, AreaDirectory
from components.shell.formatter import Formatter, is_missing
from components.tables.cards import Card, cards
from components.tables.columns import ColumnSpec
from data.dates.period import Period
from data.effectiveness.index import Pillar, Presence
from data.indicators import INDICATORS, AreaTarget
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
    if not row["is_target"]:
        return Card(translate(indicator.name), rise, of_peers)
    whose = directory.name(targets[indicator.code].area_code or NATION_CODE)
    return Card(translate(indicator.name), rise, translate("The target of {area}", area=whose))


def change_text(before: float, now: float, *, period: Period, fmt: Formatter) -> str:
    """Return the index of the previous period and of this one, and the change that the bars add up to."""
    return fmt.translate(
        "From {before} in {earlier} to {now} in {period}: {change} points. The bars add up to this change.",
        before=fmt.number(before, decimals=1),
        earlier=fmt.period(period.previous()),
        now=fmt.number(now, decimals=1),
        period=fmt.period(period),
        change=fmt.signed(now - before, decimals=1),
    )


def pillar_change_bars(contributions: pd.DataFrame, *, title: str, fmt: Formatter) -> str:
    """Return an HTML bar chart of each pillar's contribution to the change of the index.

    ``contributions``: a frame of :func:`queries.statistics.contributions.pillar_contributions`.
    """
    rows = [
        ChangeRow(
            fmt.translate(Pillar(row["pillar_code"]).label),
            row["contribution"],
            fmt.signed(row["contribution"], decimals=1),
        )
        for row in contributions.to_dict("records")
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


def contribution_rows(contributions: pd.DataFrame, *, fmt: Formatter) -> pd.DataFrame:
    """Rows of :func:`queries.statistics.contributions.contributions` as text, as each has a unit of its own."""
    return pd.DataFrame([_contribution_row(row, fmt) for row in contributions.to_dict("records")])


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
        "points": fmt.signed(row["contribution"], decimals=2),
        "presence": translate(Presence(row["presence"]).label),
    }

"""Figures of single NGOs: partner NGOs of a district side by side, and an NGO's own beside those of its district."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from components.indicators.tiles import IndicatorTile, render_tiles
from components.indicators.verdict_texts import STANDS_OUT, verdict_of
from components.shell.address import record_address
from components.shell.chrome import NGO_ADDRESS
from components.shell.formatter import Formatter, is_missing, lower_first
from components.tables.columns import ColumnSpec
from data.dates.period import Period
from data.indicators import INDICATORS, Better


@dataclass(frozen=True)
class OwnFigures:
    """Values of one NGO, and of all NGOs of its home district, which ``area`` names.

    Frames of :mod:`queries.indicators.ngo_values` and :mod:`queries.indicators.values`.
    """

    own: pd.DataFrame
    of_home: pd.DataFrame
    area: str


def partner_columns(values: pd.DataFrame, *, fmt: Formatter) -> list[ColumnSpec]:
    """Columns: name of the NGO, and one for each indicator with figures."""
    translate = fmt.translate
    shown = [INDICATORS[code] for code in values["indicator_code"].unique()]
    return [
        ColumnSpec("name", translate("NGO"), link="address"),
        *(
            ColumnSpec(one.code, translate(one.name), help=translate(one.of_ngo.counted_text) if one.of_ngo else "")
            for one in shown
        ),
    ]


def partner_rows(values: pd.DataFrame, names: pd.DataFrame, *, fmt: Formatter) -> pd.DataFrame:
    """One row an NGO in the order of ``names``: its name and page, and by indicator code its value with its n.

    ``values`` has ``verdict_code`` (:func:`queries.indicators.verdicts.ngo_verdicts`).
    """
    written = values.assign(text=[figure_text(row, fmt=fmt) for row in values.to_dict("records")])
    table = written.pivot(index="ngo_id", columns="indicator_code", values="text")
    addresses = [record_address(NGO_ADDRESS, int(ngo_id)) for ngo_id in names["ngo_id"]]
    named = names[["ngo_id", "name"]].assign(address=addresses)
    return named.merge(table.reset_index(), how="left", on="ngo_id")


def figure_text(row: Mapping[Any, object], *, fmt: Formatter) -> str:
    """Return a figure of one NGO with its n, and how it differs from all others; being trained is yes or no."""
    indicator = INDICATORS[str(row["indicator_code"])]
    value, number = float(str(row["value"])), float(str(row["n"]))
    if indicator.of_ngo is not None and indicator.of_ngo.is_yes_or_no:
        return fmt.translate("Yes") if value else fmt.translate("No")
    verdict = verdict_of(row.get("verdict_code"))
    words = {"value": fmt.indicator_value(indicator, value), "number": fmt.number(number)}
    if verdict not in STANDS_OUT:
        return fmt.translate("{value} ({number})", **words)
    return fmt.translate("{value} ({number}), {verdict}", **words, verdict=lower_first(fmt.translate(verdict.label)))


def render_own_figures(load: Callable[[], OwnFigures], *, period: Period, fmt: Formatter) -> None:
    """Draw an NGO's own figures beside those of its home district, folded; ``load`` is called when they are opened."""
    translate = fmt.translate
    opened = st.expander(
        translate("Figures of your organisation"), icon=":material/monitoring:", key="own_figures", on_change="rerun"
    )
    if not opened.open:
        return
    with opened:
        figures = load()
        render_tiles(own_tiles(figures, fmt=fmt), title=translate("Figures of your organisation"))
        st.caption(
            translate(
                "{period}, everywhere you work, your confidential evaluations included: nobody else is shown these "
                "figures with them. Compared with the value of {area}, where your organisation is at home.",
                period=fmt.period(period),
                area=figures.area,
            )
        )


def own_tiles(figures: OwnFigures, *, fmt: Formatter) -> list[IndicatorTile]:
    """Return a tile for each indicator of NGOs, with the difference from the district's value where both are known."""
    of_home = dict(zip(figures.of_home["indicator_code"], figures.of_home["value"], strict=True))
    return [
        _own_tile(row, float(of_home.get(row["indicator_code"], float("nan"))), figures.area, fmt)
        for row in figures.own.to_dict("records")
    ]


def _own_tile(row: Mapping[Any, object], of_area: float, area: str, fmt: Formatter) -> IndicatorTile:
    translate, indicator = fmt.translate, INDICATORS[str(row["indicator_code"])]
    value, number = float(str(row["value"])), float(str(row["n"]))
    change = value - of_area
    is_compared = indicator.of_ngo is not None and indicator.of_ngo.is_compared and not is_missing(change)
    is_yes_or_no = indicator.of_ngo is not None and indicator.of_ngo.is_yes_or_no
    return IndicatorTile(
        label=translate(indicator.name),
        value_text=figure_text(row, fmt=fmt) if is_yes_or_no else fmt.indicator_value(indicator, value),
        # What an NGO says is no merit of its own: praise and blame would teach it to give higher ratings.
        better=Better.NONE if indicator.is_said_by_ngos else indicator.better,
        delta=fmt.change_shown(indicator, change) if is_compared else None,
        delta_text=fmt.indicator_change(indicator, change) if is_compared else "",
        compared_with=translate("against {area}", area=area) if is_compared else "",
        n_text="" if is_yes_or_no else fmt.counted(indicator, number),
        help=translate(indicator.of_ngo.counted_text) if indicator.of_ngo else "",
        # No test stands behind the difference of one NGO from its district.
        is_clear=False,
    )

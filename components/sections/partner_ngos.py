"""Figures of single NGOs: the partner NGOs of a district side by side, and an NGO's own beside its district."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from components.indicators.tiles import Tile, render_tiles
from components.sections.figure_table import render_table_and_file
from components.sections.values import load_values
from components.shell.cache import cached_query
from components.shell.filters import Filters
from components.shell.formatter import Formatter, is_missing
from components.shell.request_context import RequestContext
from components.tables.columns import Column
from data.indicators import INDICATORS, Better, IndicatorCode
from data.policy import ScopeKind
from queries.directory.areas import districts
from queries.indicators.ngo_values import SAID, ngo_names, ngo_values

# An area's sum of participants is no measure for one NGO, and being trained is yes or no.
UNCOMPARED = frozenset({IndicatorCode.PARTICIPANTS, IndicatorCode.TRAINED})


def render_partner_ngos(filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """The partner NGOs of the chosen district with their figures, read only when opened."""
    translate = fmt.translate
    title = translate("Partner NGOs")
    opened = st.expander(title, icon=":material/groups:", key="partner_ngos", on_change="rerun")
    if not opened.open:
        return
    with opened:
        values = cached_query(ngo_values, scope=filters.scope, period=filters.period, today=context.today)
        names = cached_query(ngo_names, scope=filters.scope, period=filters.period, today=context.today)
        if names.empty:
            st.caption(translate("No NGO held a joint event or had a memorandum in force here in these 12 months."))
            return
        st.caption(
            translate(
                "What each NGO did in this district, in all directions; in brackets on how many cases a figure rests. "
                "Of evaluations, only what was said by name."
            )
        )
        rows = partner_words(values, names, fmt=fmt)
        columns = partner_columns(values, fmt=fmt)
        render_table_and_file(
            rows, columns, title=title, key="partner_ngos_rows", filters=filters, context=context, fmt=fmt
        )


def partner_columns(values: pd.DataFrame, *, fmt: Formatter) -> list[Column]:
    """The name of the NGO and a column an indicator that there are figures of."""
    translate = fmt.translate
    codes = [IndicatorCode(code) for code in values["indicator_code"].unique()]
    shown = [INDICATORS[code] for code in codes]
    return [
        Column("name", translate("NGO")),
        *(
            Column(one.code.value, translate(one.name), help=translate(one.of_ngo.counted_text) if one.of_ngo else "")
            for one in shown
        ),
    ]


def partner_words(values: pd.DataFrame, names: pd.DataFrame, *, fmt: Formatter) -> pd.DataFrame:
    """One row an NGO in the order of ``names``: name, and by the code of each indicator its value and n in words."""
    words = values.assign(words=[figure_text(row, fmt=fmt) for row in values.to_dict("records")])
    table = words.pivot(index="ngo_id", columns="indicator_code", values="words")
    return names[["ngo_id", "name"]].merge(table.reset_index(), how="left", on="ngo_id")


def figure_text(row: Mapping[Any, object], *, fmt: Formatter) -> str:
    """A figure of one NGO with its n; being trained is yes or no."""
    indicator = INDICATORS[IndicatorCode(str(row["indicator_code"]))]
    value, number = float(str(row["value"])), float(str(row["n"]))
    if indicator.code is IndicatorCode.TRAINED:
        return fmt.translate("Yes") if value else fmt.translate("No")
    return fmt.translate("{value} ({number})", value=fmt.indicator_value(indicator, value), number=fmt.number(number))


def render_own_figures(filters: Filters, context: RequestContext) -> None:
    """An NGO's own figures beside those of its home district, read only when opened."""
    translate = context.translate
    fmt = Formatter(translate)
    opened = st.expander(
        translate("Figures of your organisation"), icon=":material/monitoring:", key="own_figures", on_change="rerun"
    )
    if not opened.open:
        return
    with opened:
        own = cached_query(ngo_values, scope=context.actor.home_scope, period=filters.period, today=context.today)
        home = filters.book[str(cached_query(districts, scope=context.actor.home_scope)["soato"].iloc[0])]
        wider = load_values(replace(filters, direction=None), context, scope=home.scope, by=ScopeKind.DISTRICT)
        render_tiles(own_tiles(own, wider, area=home.name, fmt=fmt), columns=3)
        st.caption(
            translate(
                "{period}, everywhere you work, your confidential evaluations included: nobody else is shown these "
                "figures with them. Compared with the value of {area}, where your organisation is at home.",
                period=fmt.period(filters.period),
                area=home.name,
            )
        )


def own_tiles(own: pd.DataFrame, wider: pd.DataFrame, *, area: str, fmt: Formatter) -> list[Tile]:
    """A tile an indicator of NGOs, with the difference from the district's value where both can be compared."""
    of_area = dict(zip(wider["indicator_code"], wider["value"], strict=True))
    return [_own_tile(row, float(of_area.get(row["indicator_code"], float("nan"))), area, fmt)
            for row in own.to_dict("records")]  # fmt: skip


def _own_tile(row: Mapping[Any, object], of_area: float, area: str, fmt: Formatter) -> Tile:
    translate, indicator = fmt.translate, INDICATORS[IndicatorCode(str(row["indicator_code"]))]
    value, number = float(str(row["value"])), float(str(row["n"]))
    change = value - of_area
    is_compared = indicator.code not in UNCOMPARED and not is_missing(change)
    is_yes_or_no = indicator.code is IndicatorCode.TRAINED
    return Tile(
        label=translate(indicator.name),
        value_text=figure_text(row, fmt=fmt) if is_yes_or_no else fmt.indicator_value(indicator, value),
        # What an NGO says is no merit of its own: praise and blame would teach it to give higher marks.
        better=Better.NONE if indicator.code in SAID else indicator.better,
        delta=fmt.change_shown(indicator, change) if is_compared else None,
        delta_text=fmt.indicator_change(indicator, change) if is_compared else "",
        compared_with=translate("against {area}", area=area) if is_compared else "",
        n_text="" if is_yes_or_no else fmt.counted(indicator, number),
        help=translate(indicator.of_ngo.counted_text) if indicator.of_ngo else "",
    )

"""Certainty of the ranks: rank changes with the weights, and areas that cannot be told apart."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from components.charts.rank_intervals import rank_bands, rank_interval_bars
from components.shell.areas import Area, AreaDirectory
from components.shell.formatter import Formatter, is_missing
from components.shell.rounding import rounded_to_total
from components.tables.plain_table import plain_table
from data.effectiveness.index import Pillar
from data.policy import ScopeKind

MOVERS_SHOWN = 8
NAMES_SHOWN = 8


def places_title(fmt: Formatter) -> str:
    """Return the heading of the ranks, which is also the accessible name of the picture."""
    return fmt.translate("Places among all districts")


def district_places(districts: pd.DataFrame, *, last_rank: int, area: Area, fmt: Formatter) -> str:
    """Return the ranks of districts with their intervals as HTML; of the whole nation without names.

    ``districts``: ranks of the districts of the area's region, or of all, with the name columns of the directory.
    """
    title, translate = places_title(fmt), fmt.translate
    if area.scope.kind is ScopeKind.NATION:
        return rank_bands(districts, last_rank=last_rank, title=title, translate=translate)
    code = area.code if area.scope.kind is ScopeKind.DISTRICT else ""
    return rank_interval_bars(districts, last_rank=last_rank, title=title, translate=translate, highlighted=code)


def alike_text(alike: Sequence[str], *, area: Area, directory: AreaDirectory, fmt: Formatter) -> str:
    """Return the districts that one cannot be told apart from, by code; the first of them are named."""
    return fmt.translate.plural(
        "A test cannot tell {area} apart from {n} district: {names}.",
        "A test cannot tell {area} apart from {n} districts, among them {names}.",
        len(alike),
        area=area.name,
        names=", ".join(directory.name(code) for code in alike[:NAMES_SHOWN]),
    )


def render_moves(moves: pd.DataFrame, *, area: Area, directory: AreaDirectory, fmt: Formatter) -> None:
    """Draw the districts whose rank the weights change, and whether by more than its uncertainty.

    ``moves`` is a frame of :func:`queries.statistics.sensitivity.sensitivity`. The chosen area comes first.
    """
    translate = fmt.translate
    moved, matters = int((moves["places_up"].abs() > 0).sum()), int(moves["matters"].sum())
    st.markdown(
        translate(
            "With these weights {moved} districts change their place, {matters} of them by more than their places "
            "are known to with equal weights.",
            moved=fmt.number(moved),
            matters=fmt.number(matters),
        )
    )
    known = moves[moves["places_up"].notna()]
    is_own = known["area_code"] == area.code
    movers = pd.concat([known[is_own], known[~is_own & (known["places_up"] != 0)]]).head(MOVERS_SHOWN)
    if not movers.empty:
        st.html(_movers_table(movers, directory, fmt))


def _movers_table(movers: pd.DataFrame, directory: AreaDirectory, fmt: Formatter) -> str:
    translate = fmt.translate
    headings = [
        translate("District"),
        translate("Places up"),
        translate("Does it matter"),
        translate("Place with equal weights"),
        translate("Place with these weights"),
    ]
    cells = [
        (
            directory.name(row["area_code"]),
            fmt.signed(row["places_up"]),
            translate("Matters") if row["matters"] else translate("Within its interval"),
            fmt.number(row["rank_usual"]),
            fmt.number(row["rank_chosen"]),
        )
        for row in movers.to_dict("records")
    ]
    return plain_table(headings, cells, title=translate("Changes of place"))


def effective_weights_table(weights: pd.DataFrame, *, fmt: Formatter) -> str:
    """Return the weight of each pillar and its share of the differences between districts, as HTML.

    ``weights``: :func:`queries.statistics.sensitivity.effective_weights`. Each column adds up to 100 % as printed.
    """
    translate = fmt.translate
    nominal, effective = (_percents(weights[name], fmt) for name in ("nominal", "effective"))
    labels = [translate(Pillar(code).label) for code in weights["pillar_code"]]
    headings = [translate("Pillar"), translate("Weight"), translate("Share of the differences between districts")]
    rows = list(zip(labels, nominal, effective, strict=True))
    return plain_table(headings, rows, title=translate("What each pillar decides"))


def _percents(shares: pd.Series[float], fmt: Formatter) -> list[str]:
    if shares.map(is_missing).any():
        return [fmt.missing] * len(shares)
    return [fmt.percent(share) for share in rounded_to_total((100 * shares).tolist(), 100, decimals=0)]

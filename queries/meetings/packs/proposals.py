"""Proposals for a meeting: the most pressing things of each kind, and the indicators that fall short furthest.

One thing of each kind comes first, then the second of each, and so on until there are twelve: a hundred overdue
obligations do not hide the one recommendation that nobody answered.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from data.codes import AttentionKind, ProposalBasis, When
from data.indicators import INDICATORS, Better, Indicator
from data.policy import Scope, ScopeKind
from queries.attention import attention_list
from queries.meetings.packs.request import PackQuestion

MOST_PROPOSALS = 12
INDICATOR_KIND = "indicator"
# Less than this part of the scale is no reason to speak of a difference to the region or the nation.
SMALLEST_GAP = 0.05
# What a meeting can decide something about; that a planned event was held is recorded without a decision.
_KINDS = (
    AttentionKind.DECISION_OVERDUE.value,
    AttentionKind.RECOMMENDATION_OVERDUE.value,
    AttentionKind.OBLIGATION_OVERDUE.value,
    INDICATOR_KIND,
    AttentionKind.EXPIRING.value,
    AttentionKind.ON_PAPER.value,
    AttentionKind.NOT_EVALUATED.value,
)
_BASES = {ScopeKind.REGION: ProposalBasis.REGION, ScopeKind.NATION: ProposalBasis.NATION}


@dataclass(frozen=True)
class _Shortfall:
    """Distance of a value from a better one, as a share of the scale."""

    basis: ProposalBasis
    compared: float
    gap: float


def proposals(
    connection: Connection, asked: PackQuestion, *, values: pd.DataFrame, targets: pd.DataFrame
) -> pd.DataFrame:
    """Return the frame ``proposals``, at most twelve rows, the most pressing kind first. Raises ForbiddenError.

    ``values`` and ``targets`` are the pack's own frames.
    """
    things = attention_list(connection, asked.actor, scope=asked.scope, today=asked.today, limit=MOST_PROPOSALS)
    named = (
        things[things["kind_code"].isin(_KINDS)]
        .rename(columns={"entity_id": "reference"})
        .assign(basis=ProposalBasis.OVERDUE.value)
    )
    weak = pd.DataFrame(list(_weak_indicators(asked, values, targets)))
    every = pd.concat([frame for frame in (named, weak) if not frame.empty] or [named], ignore_index=True)
    place = every["kind_code"].map({kind: place for place, kind in enumerate(_KINDS)})
    in_turn = every.assign(place=place, turn=every.groupby("kind_code").cumcount())
    chosen = in_turn.sort_values(["turn", "place"], kind="stable").head(MOST_PROPOSALS)
    return chosen.sort_values(["place", "turn"], kind="stable")


def _weak_indicators(asked: PackQuestion, values: pd.DataFrame, targets: pd.DataFrame) -> Iterator[dict[str, object]]:
    """Return the indicators of the area that fall short, the furthest first."""
    now = values[(values["when"] == When.NOW) & values["is_enough"]].set_index(["area_code", "indicator_code"])["value"]
    aims = dict(zip(targets["indicator_code"], targets["value"], strict=True))
    found = []
    for code, indicator in INDICATORS.items():
        value = now.get((asked.scope.code, code), np.nan)
        wider = {scope: now.get((scope.code, code), np.nan) for scope in asked.compared_scopes[1:]}
        shortfall = _shortfall(indicator, value, aims.get(code, np.nan), wider)
        if shortfall is not None:
            found.append((shortfall, code, value))
    for shortfall, code_value, value in sorted(found, key=lambda row: (-row[0].gap, row[1])):
        yield {
            "kind_code": INDICATOR_KIND,
            "reference": code_value,
            "district_soato": asked.scope.code if asked.scope.kind is ScopeKind.DISTRICT else None,
            "value": value,
            "compared": shortfall.compared,
            "basis": shortfall.basis.value,
        }


def _shortfall(indicator: Indicator, value: float, target: float, wider: dict[Scope, float]) -> _Shortfall | None:
    """Return what the value falls short of: its target, or else the narrowest wider area; None where it does not.

    Counts that grow with the size of an area are compared with a target only.
    """
    if np.isnan(value) or indicator.better is Better.NONE:
        return None
    compared = [(ProposalBasis.TARGET, target, 0.0)]
    if indicator.goalposts is not None:
        compared += [(_BASES[scope.kind], other, SMALLEST_GAP) for scope, other in wider.items()]
    for basis, other, smallest in compared:
        gap = _gap(indicator, value, other)
        if gap > smallest:
            return _Shortfall(basis, other, gap)
    return None


def _gap(indicator: Indicator, value: float, compared: float) -> float:
    """Return how much worse the value is than the compared one, as a share of the scale; NaN where one is missing."""
    low, high = indicator.goalposts or (0.0, max(abs(compared), 1.0))
    worse = compared - value if indicator.better is Better.UP else value - compared
    return float(worse / abs(high - low))

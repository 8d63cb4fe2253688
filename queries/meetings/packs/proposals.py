"""Proposals for a meeting: the most pressing things of each kind, and the indicators that fall short furthest.

One thing of each kind comes first, then the second of each, and so on until there are twelve: a hundred overdue
obligations do not hide the one recommendation that nobody answered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from data.codes import AttentionKind, ProposalBasis, When
from data.indicators import INDICATORS, AreaTarget, Better, Indicator
from data.indicators.verdicts import TargetVerdict, Verdict, against_target
from data.policy import ScopeKind
from queries.attention import attention_list
from queries.meetings.packs.request import PackQuestion

Row = Mapping[Any, Any]
MOST_PROPOSALS = 12
INDICATOR_KIND = "indicator"
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
_WORSE = frozenset({Verdict.WORSE.value, Verdict.MUCH_WORSE.value})


@dataclass(frozen=True)
class _Shortfall:
    """Distance of a value from a better one, as a share of the scale."""

    basis: ProposalBasis
    compared: float
    gap: float


def proposals(
    connection: Connection,
    asked: PackQuestion,
    *,
    values: pd.DataFrame,
    targets: pd.DataFrame,
    comparisons: pd.DataFrame,
) -> pd.DataFrame:
    """Return the frame ``proposals``, at most twelve rows, the most pressing kind first. Raises ForbiddenError.

    ``values``, ``targets`` and ``comparisons`` are the pack's own frames.
    """
    things = attention_list(connection, asked.actor, scope=asked.scope, today=asked.today, limit=MOST_PROPOSALS)
    named = (
        things[things["kind_code"].isin(_KINDS)]
        .rename(columns={"entity_id": "reference"})
        .assign(basis=ProposalBasis.OVERDUE.value)
    )
    weak = pd.DataFrame(list(_weak_indicators(asked, values, targets, comparisons)))
    every = pd.concat([frame for frame in (named, weak) if not frame.empty] or [named], ignore_index=True)
    place = every["kind_code"].map({kind: place for place, kind in enumerate(_KINDS)})
    in_turn = every.assign(place=place, turn=every.groupby("kind_code").cumcount())
    chosen = in_turn.sort_values(["turn", "place"], kind="stable").head(MOST_PROPOSALS)
    return chosen.sort_values(["place", "turn"], kind="stable")


def _weak_indicators(
    asked: PackQuestion, values: pd.DataFrame, targets: pd.DataFrame, comparisons: pd.DataFrame
) -> Iterator[dict[str, object]]:
    """Return the indicators of the area that fall short, the furthest first."""
    is_own = (values["when"] == When.NOW) & (values["area_code"] == asked.scope.code)
    own = {row["indicator_code"]: row for row in values[is_own].to_dict("records")}
    aims = {row["indicator_code"]: row for row in targets.to_dict("records")}
    compared = {row["indicator_code"]: row for row in comparisons.to_dict("records")}
    found = []
    for code in (code for code in INDICATORS if code in own):
        shortfall = _shortfall(INDICATORS[code], own[code], aims.get(code), compared.get(code, {}))
        if shortfall is not None:
            found.append((shortfall, code, own[code]["value"]))
    for shortfall, code_value, value in sorted(found, key=lambda row: (-row[0].gap, row[1])):
        yield {
            "kind_code": INDICATOR_KIND,
            "reference": code_value,
            "district_soato": asked.scope.code if asked.scope.kind is ScopeKind.DISTRICT else None,
            "value": value,
            "compared": shortfall.compared,
            "basis": shortfall.basis.value,
        }


def _shortfall(indicator: Indicator, row: Row, target: Row | None, compared: Row) -> _Shortfall | None:
    """Return what the value falls short of: a target that it misses, or else all other areas, where it is worse than
    they are by more than chance; None where it does not."""
    aim = None if target is None else AreaTarget(float(target["value"]), str(target["set_by_area_code"]))
    if aim is not None and against_target(row, indicator, aim) is TargetVerdict.MISSED:
        return _Shortfall(ProposalBasis.TARGET, aim.value, _gap(indicator, row["value"], aim.value))
    if compared.get("verdict_code") in _WORSE:
        rest = float(compared["rest_value"])
        return _Shortfall(ProposalBasis.OTHERS, rest, _gap(indicator, row["value"], rest))
    return None


def _gap(indicator: Indicator, value: float, compared: float) -> float:
    """Return how much worse the value is than the compared one, as a share of the scale."""
    low, high = indicator.goalposts or (0.0, max(abs(compared), 1.0))
    worse = compared - value if indicator.better is Better.UP else value - compared
    return float(worse / abs(high - low))

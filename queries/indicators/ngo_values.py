"""Values of the indicators of single NGOs: to those who see the NGO or its district in full, and to the NGO itself.

They are never published. Which indicators say anything of one NGO, and from which number on, stands in their
declarations. What an NGO said confidentially is in its own figures only: leaders get what it said by name, and the
national leadership, which reads no single NGO's evaluations, nothing of what it said. Ratings of one NGO are a plain
mean, since drawing them towards others would show the NGO what it did not say.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, select

from data.dates.period import Period
from data.indicators import INDICATORS, OfNgo
from data.indicators.computations import Computation, Interval, Pooled, Ratio, ShrunkMean
from data.policy import Action, Actor, Scope, ScopeKind, may
from data.schema import Ngo
from queries.frames import read_frame
from queries.indicators.intervals.cluster import cluster_limits
from queries.indicators.intervals.normal import CONFIDENCES, Limits, Numbers
from queries.indicators.measures import (
    LIMIT_COLUMNS,
    MEASURES,
    Nation,
    Sums,
    counts,
    limits_of,
    value_of,
    without_limits,
)
from queries.indicators.ngo_sums import NgoSource, ngo_sums
from queries.indicators.partners import partner_rows, partners
from queries.indicators.source import Source, Window
from queries.row_filter import permitted_rows

NGO_COLUMNS = ("ngo_id", "indicator_code", *MEASURES, "is_enough")
OF_NGOS: dict[str, OfNgo] = {code: one.of_ngo for code, one in INDICATORS.items() if one.of_ngo is not None}


def ngo_values(connection: Connection, actor: Actor, *, scope: Scope, period: Period, today: date) -> pd.DataFrame:
    """The indicators of one NGO, or of each partner NGO of a district: rows by NGO, then by indicator.

    Columns: ngo_id, indicator_code, numerator, denominator, n, value, interval_low, interval_high (90 %; NaN where an
    indicator has none), is_enough: as :func:`queries.indicators.values.indicator_values`, with the smallest n of an
    NGO. In a district, and for leaders of one, what the NGO did there; partner NGOs are those of the twelve months that
    end with the period (:mod:`queries.indicators.partners`). An NGO that asks for a district gets its own row. Raises
    ForbiddenError where the actor does not see the scope in full, ValueError for a region or the nation.
    """
    if scope.kind not in {ScopeKind.NGO, ScopeKind.DISTRICT}:
        raise ValueError("figures of NGOs are those of one NGO or of the partner NGOs of a district")
    row_filter = permitted_rows(connection, actor, Action.SEE_RECORDS, scope)
    source = Source(connection, row_filter, Window(period, today), None)
    may_read = may(actor, Action.READ_SINGLE_EVALUATIONS)
    codes = [code for code in OF_NGOS if may_read or not INDICATORS[code].is_said_by_ngos]
    return values_of_ngos(source, _ngos(source), is_own=may(actor, Action.READ_OWN_EVALUATIONS), codes=codes)


def values_of_ngos(source: Source, ngo_ids: Sequence[int], *, is_own: bool, codes: Sequence[str]) -> pd.DataFrame:
    """The rows of :func:`ngo_values` of some NGOs and indicators, without any check; ``is_own``: as an NGO sees its own
    ones."""
    found = ngo_sums(NgoSource(source, is_own))
    return _measured(_whole(found.reindex(pd.Index(ngo_ids, name="ngo_id", dtype=np.int64))), codes)


def ngo_names(connection: Connection, actor: Actor, *, scope: Scope, period: Period, today: date) -> pd.DataFrame:
    """The NGOs that :func:`ngo_values` has rows of, by name: ngo_id, name, district_soato (where it is at home)."""
    row_filter = permitted_rows(connection, actor, Action.SEE_RECORDS, scope)
    ids = _ngos(Source(connection, row_filter, Window(period, today), None))
    columns = (Ngo.id.label("ngo_id"), Ngo.name, Ngo.district_soato)
    return read_frame(connection, select(*columns).where(Ngo.id.in_(ids)).order_by(Ngo.name, Ngo.id))


def _ngos(source: Source) -> list[int]:
    """The NGO of the reach, else the partner NGOs of its area."""
    if source.row_filter.ngo_id is not None:
        return [source.row_filter.ngo_id]
    day = source.window.as_of
    found = partners(partner_rows(source, first_day=day, last_day=day), day)
    return sorted(set(found.loc[found["is_partner"] > 0, "ngo_id"].tolist()))


def _whole(sums: pd.DataFrame) -> pd.DataFrame:
    """The sums with zeros for what an NGO has no row of, and itself as the one that may be trained."""
    of_rows = (entry.computation for entry in INDICATORS.values() if isinstance(entry.computation, Pooled))
    values = tuple(name for rows in of_rows for name in (rows.value, rows.low, rows.high) if name)
    counted = [name for name in sums.columns if not name.startswith(values)]
    return sums.fillna(dict.fromkeys(counted, 0.0)).assign(members=1.0)


def _measured(sums: pd.DataFrame, codes: Sequence[str]) -> pd.DataFrame:
    columns = Sums.of(sums)
    frames = [_of_indicator(columns, code, ngo_ids=sums.index) for code in codes]
    order = {code: place for place, code in enumerate(codes)}
    long = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=list(NGO_COLUMNS))
    place = long["indicator_code"].map(order)
    return long.assign(place=place).sort_values(["ngo_id", "place"], ignore_index=True)[list(NGO_COLUMNS)]


def _of_indicator(sums: Sums, code: str, *, ngo_ids: pd.Index[int]) -> pd.DataFrame:
    indicator = INDICATORS[code]
    computation = indicator.computation
    value = (
        _plain_mean(computation, sums) if isinstance(computation, ShrunkMean) else value_of(computation, sums, _NOBODY)
    )
    is_enough = (sums[computation.n_column] >= OF_NGOS[code].minimum_n) & ~np.isnan(value)
    limits = [_limits(computation, sums, value, suffix=suffix) for suffix in CONFIDENCES]
    found = (value, *(limit for ends in limits for limit in ends))
    columns: dict[str, Any] = dict(zip(MEASURES, counts(computation, sums), strict=False))
    for name, numbers_of in zip(("value", *LIMIT_COLUMNS), found, strict=True):
        columns[name] = np.where(is_enough, numbers_of, np.nan)
    frame = pd.DataFrame({"ngo_id": ngo_ids.to_numpy(), "indicator_code": code, **columns})
    return frame.assign(is_enough=is_enough)


# Ratings of one NGO are drawn towards no nation.
_NOBODY = Nation(*(np.empty(0),) * 4, k=0.0)


def _limits(computation: Computation, sums: Sums, value: Numbers, *, suffix: str) -> Limits:
    """Limits of the values; what is a fact of one district is one of an NGO."""
    match computation:
        case ShrunkMean():
            return _mean_limits(computation, sums, confidence=CONFIDENCES[suffix])
        case Ratio() if computation.interval is not Interval.WILSON:
            return without_limits(sums)
    return limits_of(computation, sums, value, _NOBODY, suffix=suffix)


def _plain_mean(computation: ShrunkMean, sums: Sums) -> Numbers:
    added, n, _ = counts(computation, sums)
    found: Numbers = added / np.where(n > 0, n, np.nan)
    return found


def _mean_limits(computation: ShrunkMean, sums: Sums, *, confidence: float) -> Limits:
    """The interval of the mean of the ratings by Student's distribution, which knows that their variance is estimated,
    inside the scale.

    Equal ratings are no proof of certainty: the variance is at least that of one more rating, one point off.
    """
    added, n, _ = counts(computation, sums)
    squares, least = sums[computation.squares], 1 / (n + 1)
    scale = computation.scale
    return cluster_limits(n, added, squares, scale=scale, confidence=confidence, least_variance=least)

"""Values of the indicators of single NGOs: to those who see the NGO or its district in full, and to the NGO itself.

They are never published. Which indicators say anything of one NGO, and from which number on, stands in their
declarations. What an NGO said confidentially is in its own figures only: leaders get what it said by name, and the
national leadership, which reads no single NGO's evaluations, nothing of what it said. Ratings of one NGO are a plain
mean, since drawing them towards others would show the NGO what it did not say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import t
from sqlalchemy import Connection, select

from data.dates.period import Period
from data.effectiveness.index import INDEX_METHOD
from data.indicators import INDICATORS, Indicator, OfNgo, Sampling
from data.indicators.agreement import MEMORANDUM_ALIVE
from data.indicators.computations import Interval, Pooled, Ratio, ShrunkMean, Sum
from data.policy import Action, Actor, Scope, ScopeKind, may
from data.schema import Ngo
from queries.frames import read_frame
from queries.indicators.measures import MEASURES, Numbers, counts, numbers, pooled, share, total
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
    found = ngo_sums(NgoSource(source, is_own=may(actor, Action.READ_OWN_EVALUATIONS)))
    sums = _whole(found.reindex(pd.Index(_ngos(source), name="ngo_id", dtype=np.int64)))
    may_read = may(actor, Action.READ_SINGLE_EVALUATIONS)
    codes = [code for code in OF_NGOS if may_read or not INDICATORS[code].is_said_by_ngos]
    return _measured(sums, codes)


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
    return sorted(set(partners(partner_rows(source, first_day=day, last_day=day), day)["ngo_id"].tolist()))


def _whole(sums: pd.DataFrame) -> pd.DataFrame:
    """The sums with zeros for what an NGO has no row of, and itself as the one that may be trained."""
    of_rows = (entry.computation for entry in INDICATORS.values() if isinstance(entry.computation, Pooled))
    values = {name for rows in of_rows for name in (rows.value, rows.low, rows.high)}
    counted = [name for name in sums.columns if name not in values]
    return sums.fillna(dict.fromkeys(counted, 0.0)).assign(members=1.0)


def _measured(sums: pd.DataFrame, codes: Sequence[str]) -> pd.DataFrame:
    frames = [_of_indicator(sums, code) for code in codes]
    order = {code: place for place, code in enumerate(codes)}
    long = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=list(NGO_COLUMNS))
    place = long["indicator_code"].map(order)
    return long.assign(place=place).sort_values(["ngo_id", "place"], ignore_index=True)[list(NGO_COLUMNS)]


def _of_indicator(sums: pd.DataFrame, code: str) -> pd.DataFrame:
    indicator = INDICATORS[code]
    numerator, denominator, n = counts(indicator.computation, sums)
    value, low, high = _valued(indicator, sums)
    is_enough = (n >= OF_NGOS[code].minimum_n) & ~np.isnan(value)
    columns: dict[str, Any] = {"numerator": numerator, "denominator": denominator, "n": n}
    for name, found in (("value", value), ("interval_low", low), ("interval_high", high)):
        columns[name] = np.where(is_enough, found, np.nan)
    frame = pd.DataFrame({"ngo_id": sums.index.to_numpy(), "indicator_code": code, **columns})
    return frame.assign(is_enough=is_enough)


def _valued(indicator: Indicator, sums: pd.DataFrame) -> tuple[Numbers, Numbers, Numbers]:
    """Value and interval before anything is left out; what is read off a register in full has no interval."""
    match indicator.computation:
        case Ratio() as ratio if indicator.sampling is Sampling.NONE or indicator is MEMORANDUM_ALIVE:
            return share(replace(ratio, interval=Interval.NONE), sums)
        case Ratio() as ratio:
            return share(ratio, sums)
        case Sum() as added:
            return total(added, sums)
        case ShrunkMean() as mean:
            return _plain_mean(mean, sums)
        case Pooled() as rows:
            return pooled(rows, sums)
    raise TypeError(f"no way to compute {indicator.code} of an NGO")


def _plain_mean(computation: ShrunkMean, sums: pd.DataFrame) -> tuple[Numbers, Numbers, Numbers]:
    """The mean of the ratings with its 90 % interval: Student's t times the standard error, inside the scale.

    Equal ratings are no proof of certainty: the variance is at least that of one more rating, one point off.
    """
    added, n, _ = counts(computation, sums)
    mean = added / np.where(n > 0, n, np.nan)
    free = np.where(n > 1, n - 1, np.nan)
    variance = np.maximum((numbers(sums, computation.squares) - n * mean**2) / free, 1 / (n + 1))
    spread = t.ppf((1 + INDEX_METHOD.interval_share) / 2, free) * np.sqrt(variance / np.where(n > 0, n, np.nan))
    return mean, np.clip(mean - spread, *computation.scale), np.clip(mean + spread, *computation.scale)

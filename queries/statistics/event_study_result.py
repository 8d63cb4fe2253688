"""Result of an event study: effects with intervals, by month and on average, or the reason for none."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import norm, t

from data.language import N_, Message
from queries.statistics.event_study import (
    DESIGN,
    Booleans,
    Effects,
    Floats,
    Integers,
    StudyDesign,
    group_time_effects,
    has_both_sides,
)

STUDY_COLUMNS = ("month", "effect", "interval_low", "interval_high", "districts")
_TOO_SHORT = N_(
    "There are figures for {months} months. The comparison needs at least {needed}: {reach} before the month of "
    "signing and {reach} after it."
)
_TOO_FEW = N_(
    "{districts} districts have figures for {reach} months before and {reach} months after they signed their first "
    "memorandum. The comparison needs at least {needed} of them."
)
_NO_CONTROLS = N_(
    "Too few districts were still without a memorandum when the others signed. The comparison needs at least "
    "{needed} districts that signed and for each of them {controls} that had not signed yet."
)


@dataclass(frozen=True)
class Estimate:
    """Estimate and the ends of its interval, arrays of one shape."""

    effect: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True)
class AverageEffect:
    """Mean effect over the months after that of signing, per month, in the unit of the outcome.

    ``districts`` is the number of treated districts, ``controls`` that of districts that had not signed. ``before`` is
    the mean of the treated in the months before, ``after`` in those after, ``expected`` the estimate without signing.
    ``unmatched`` is the plain difference in differences, for comparison.
    """

    effect: float
    interval_low: float
    interval_high: float
    districts: int
    controls: int
    before: float
    after: float
    expected: float
    unmatched: float

    @property
    def before_and_after(self) -> float:
        """Change of the treated districts alone, with regression to the mean still in it."""
        return self.after - self.before


@dataclass(frozen=True)
class Study:
    """Study: ``by_month`` has the columns ``STUDY_COLUMNS``, one row a month relative to signing; empty where refused.

    Exactly one of ``average`` and ``refusal`` is set.
    """

    by_month: pd.DataFrame
    average: AverageEffect | None = None
    refusal: Message | None = None


def monthly_estimate(effects: Effects, design: StudyDesign = DESIGN) -> Estimate:
    """Effects by world and month relative to the event, with intervals."""
    return _estimate(effects.effect, effects.influence, effects.districts, design)


def average_estimate(effects: Effects, design: StudyDesign = DESIGN) -> Estimate:
    """Return the mean effect over the months after that of the event, one a world, with intervals."""
    after = design.is_after
    effect, influence = effects.effect[:, after].mean(axis=1), effects.influence[:, after].mean(axis=1)
    mean = _estimate(effect[:, None], influence[:, None], effects.districts, design)
    return Estimate(mean.effect[:, 0], mean.low[:, 0], mean.high[:, 0])


def _estimate(effect: Floats, influence: Floats, districts: Integers, design: StudyDesign) -> Estimate:
    """Return intervals by the multiplier bootstrap: each draw keeps or flips the sign of each district's influence.

    A district has the same sign in all months and roles, which allows for correlation within it. Quantiles are widened
    by Student's factor for the number of treated districts, which may be as small as eight.
    """
    signs = np.random.default_rng(design.seed).choice([-1.0, 1.0], size=(influence.shape[2], design.draws))
    tail = (1 - design.coverage) / 2
    low, high = np.quantile(influence @ signs, [tail, 1 - tail], axis=2)
    widened = t.ppf(1 - tail, np.maximum(districts - 1, 1)) / norm.ppf(1 - tail)
    return Estimate(effect, effect + low * widened[:, None], effect + high * widened[:, None])


def study(outcome: Floats, start: Integers, *, is_studied: Booleans, design: StudyDesign = DESIGN) -> Study:
    """Study of one world: ``outcome`` districts x months without gaps, ``start`` the position of each signing.

    Refused, with the reason, under ``smallest_districts`` or ``reach`` months on either side.
    """
    months = outcome.shape[1]
    if months < len(design.months):
        return _refused(_TOO_SHORT, months=months, needed=len(design.months), reach=design.reach)
    eligible = int((has_both_sides(start, months=months, design=design) & is_studied).sum())
    if eligible < design.smallest_districts:
        return _refused(_TOO_FEW, districts=eligible, needed=design.smallest_districts, reach=design.reach)
    effects = group_time_effects(outcome[None], start[None], is_studied=is_studied[None], design=design)
    if int(effects.districts[0]) < design.smallest_districts:
        return _refused(_NO_CONTROLS, needed=design.smallest_districts, controls=design.smallest_controls)
    plain = group_time_effects(
        outcome[None], start[None], is_studied=is_studied[None], design=design.without_matching()
    )
    return Study(_by_month(effects, design), average=_average(effects, plain, design))


def _refused(text: str, **values: object) -> Study:
    return Study(
        pd.DataFrame({name: pd.Series(dtype=np.float64) for name in STUDY_COLUMNS}), refusal=Message(text, values)
    )


def _by_month(effects: Effects, design: StudyDesign) -> pd.DataFrame:
    estimate = monthly_estimate(effects, design)
    columns = (design.months, estimate.effect[0], estimate.low[0], estimate.high[0])
    by_month = pd.DataFrame(dict(zip(STUDY_COLUMNS, columns, strict=False)))
    return by_month.assign(districts=int(effects.districts[0]))


def _average(effects: Effects, plain: Effects, design: StudyDesign) -> AverageEffect:
    estimate, after = average_estimate(effects, design), design.is_after
    return AverageEffect(
        effect=float(estimate.effect[0]),
        interval_low=float(estimate.low[0]),
        interval_high=float(estimate.high[0]),
        districts=int(effects.districts[0]),
        controls=int(effects.is_control[0].sum()),
        before=float(effects.observed[0, design.months < 0].mean()),
        after=float(effects.observed[0, after].mean()),
        expected=float(effects.expected[0, after].mean()),
        unmatched=float(plain.effect[0, after].mean()),
    )

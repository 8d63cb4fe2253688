"""Event study with staggered starts: districts before and after an event, against districts not yet treated.

Group-time effects with controls that are not yet treated (Callaway and Sant'Anna, "Difference-in-Differences with
multiple time periods", Journal of Econometrics 225, 2021), each estimated by regression on the controls (Heckman,
Ichimura and Todd, Review of Economic Studies 64, 1997) and then averaged by month relative to the event. Districts that
were treated earlier are never controls: that would bias the estimate, as it does a two-way fixed-effects regression.

The regression conditions on past outcomes: the mean of the last three months before the event and the mean of those
before, up to two years. Districts may sign when they happen to be quiet or busy, and would revert to their mean anyway;
controls that were as quiet or busy in the same months revert with them. A month before the event is compared in the
same way, by the other months before it, so that a dip just before signing stays visible. Where districts sign because
they are always busy, their mean is known only as well as those months show it; the plain difference in differences errs
in the other direction, and the truth lies between the two (Ding and Li, Political Analysis 27, 2019).

Arrays have the axes worlds x districts x months; real data are one world.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from data.effectiveness.index import INDEX_METHOD

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]


@dataclass(frozen=True)
class StudyDesign:
    """Design of the study: ``reach`` months on either side are shown, ``level_months`` before are used.

    ``near_months`` of them are the last ones before the event. Districts of a month with fewer than
    ``smallest_controls`` districts to compare with are left out; ``coverage`` is that of the interval. Without
    ``is_matched`` it is the plain difference in differences from the mean of the ``reach`` months before.
    """

    reach: int = INDEX_METHOD.study_months
    near_months: int = INDEX_METHOD.study_near_months
    level_months: int = INDEX_METHOD.study_level_months
    smallest_districts: int = INDEX_METHOD.study_districts
    smallest_controls: int = INDEX_METHOD.study_controls
    draws: int = INDEX_METHOD.study_draws
    seed: int = INDEX_METHOD.seed
    coverage: float = INDEX_METHOD.interval_share
    is_matched: bool = True

    @property
    def months(self) -> Integers:
        """Months relative to the event: 0 is its own."""
        return np.arange(-self.reach, self.reach + 1, dtype=np.int64)

    @property
    def is_after(self) -> Booleans:
        """Mask of the months that the average effect is over: those after that of the event."""
        return self.months > 0

    def without_matching(self) -> StudyDesign:
        """Return the design as a plain difference in differences."""
        return replace(self, is_matched=False)


DESIGN = StudyDesign()


@dataclass(frozen=True)
class Effects:
    """Effects by world and relative month, and the influence of each district on them.

    ``expected`` is the estimated outcome of treated districts without the event, ``observed`` the actual one.
    ``influence``: worlds x months x districts. ``is_treated`` and ``is_control``: worlds x districts that were used.
    """

    observed: Floats
    expected: Floats
    influence: Floats
    is_treated: Booleans
    is_control: Booleans

    @property
    def effect(self) -> Floats:
        """Effect, worlds x months: observed less expected."""
        return self.observed - self.expected

    @property
    def districts(self) -> Integers:
        """Number of treated districts of each world."""
        counts: Integers = self.is_treated.sum(axis=1, dtype=np.int64)
        return counts


def has_both_sides(start: Integers, *, months: int, design: StudyDesign = DESIGN) -> Booleans:
    """Return whether a start (position among the panel's ``months``) has ``reach`` months on either side."""
    is_inside: Booleans = (start >= design.reach) & (start < months - design.reach)
    return is_inside


def group_time_effects(
    outcome: Floats, start: Integers, *, is_studied: Booleans | None = None, design: StudyDesign = DESIGN
) -> Effects:
    """Return the effects of all starts together, with equal weights of districts.

    ``outcome``: worlds x districts x months without gaps. ``start``: worlds x districts, the position of the month of
    the event; before 0: earlier than the panel; at its end or later: not yet. ``is_studied`` (worlds x districts) marks
    the treated districts whose effect is estimated; all may be controls.
    """
    months = outcome.shape[2]
    chosen = has_both_sides(start, months=months, design=design)
    if is_studied is not None:
        chosen &= is_studied
    groups = [_group(outcome, start, chosen, first, design) for first in np.unique(start[chosen]).tolist()]
    return _added_up(groups, outcome.shape[:2], design)


@dataclass(frozen=True)
class _Group:
    """Districts of one start, ``residual`` and ``outcome`` by world, relative month and district."""

    is_treated: Booleans
    is_control: Booleans
    outcome: Floats
    residual: Floats
    control_influence: Floats


def _group(outcome: Floats, start: Integers, chosen: Booleans, first: int, design: StudyDesign) -> _Group:
    """Regress the controls' outcome of each month on their months before, and predict that of the treated."""
    before = min(first, design.level_months)
    window = outcome[:, :, first - before : first + design.reach + 1].swapaxes(1, 2)
    shown, past = window[:, before - design.reach :], _past(window[:, :before], design)
    change = shown if design.is_matched else shown - shown[:, : design.reach].mean(axis=1, keepdims=True)
    is_control = start[:, None, :] > first + np.maximum(design.months, 0)[:, None]
    is_enough = is_control.sum(axis=2).min(axis=1) >= design.smallest_controls
    is_treated = chosen & (start == first) & is_enough[:, None]
    weighted = (past * is_control[..., None]).swapaxes(2, 3)
    # Zeros everywhere, or months all alike, leave nothing to tell apart: the pseudo-inverse then takes the mean.
    inverse = np.linalg.pinv(weighted @ past, hermitian=True)
    residual = change - (past @ (inverse @ (weighted @ change[..., None])))[..., 0]
    leverage = ((past @ inverse) * past).sum(axis=3) * is_control
    treated_past = is_treated[:, None, None, :].astype(np.float64) @ past
    pull = (past @ (inverse @ treated_past.swapaxes(2, 3)))[..., 0]
    return _Group(
        is_treated=is_treated,
        is_control=is_control[:, 0] & is_treated.any(axis=1)[:, None],
        outcome=shown,
        residual=residual,
        control_influence=-pull * is_control * residual / np.maximum(1 - leverage, 1e-6),
    )


def _past(before: Floats, design: StudyDesign) -> Floats:
    """Return the regressors, worlds x shown months x districts x 3: one, and means of the near and far months.

    The month itself is left out of the means. ``before``: worlds x months x districts, the last month just before the
    event. Without matching: one and no means.
    """
    worlds, length, districts = before.shape
    one = np.ones((worlds, len(design.months), districts, 1))
    if not design.is_matched:
        return one
    position = np.arange(length)
    is_near = position >= length - design.near_months
    is_other = position[None, :] != (length + design.months)[:, None]
    chosen = np.stack([is_other & is_near, is_other & ~is_near], axis=1).astype(np.float64)
    chosen /= chosen.sum(axis=2, keepdims=True)
    means = (chosen.reshape(-1, length) @ before).reshape(worlds, -1, 2, districts)
    return np.concatenate([one, means.swapaxes(2, 3)], axis=3)


def _added_up(groups: list[_Group], shape: tuple[int, ...], design: StudyDesign) -> Effects:
    """Return the mean over all treated districts, and each district's influence on it as treated and as a control."""
    worlds, districts = shape
    is_treated, is_control = np.zeros(shape, dtype=np.bool_), np.zeros(shape, dtype=np.bool_)
    observed, residual, control = (np.zeros((worlds, len(design.months), districts)) for _ in range(3))
    for group in groups:
        treated = group.is_treated[:, None, :]
        is_treated |= group.is_treated
        is_control |= group.is_control
        observed += np.where(treated, group.outcome, 0.0)
        residual += np.where(treated, group.residual, 0.0)
        control += group.control_influence
    count = is_treated.sum(axis=1, keepdims=True).astype(np.float64)
    size = np.where(count > 0, count, np.nan)
    effect, mean = residual.sum(axis=2) / size, observed.sum(axis=2) / size
    widened = np.sqrt(size / np.where(size > 1, size - 1, np.nan))[..., None]
    spread = np.where(is_treated[:, None, :], residual - effect[..., None], 0.0) * widened
    return Effects(mean, mean - effect, (spread + control) / size[..., None], is_treated, is_control)

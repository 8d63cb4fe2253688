"""Study before and after a memorandum finds the truth in worlds where it is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import statsmodels.api as sm
from statsmodels.treatment.treatment_effects import TreatmentEffect

from queries.statistics.event_study import DESIGN, Effects, Floats, StudyDesign, group_time_effects, has_both_sides
from queries.statistics.event_study_result import Estimate, average_estimate, study
from tests.queries.statistics.study_worlds import MONTHS, Worlds, draw_worlds

WORLDS = 500
EFFECT = 0.05


def effects_in(worlds: Worlds, design: StudyDesign = DESIGN) -> Effects:
    return group_time_effects(worlds.outcome, worlds.start, design=design)


def share_that_covers(estimate: Estimate, truth: float) -> float:
    return float(((estimate.low <= truth) & (truth <= estimate.high)).mean())


def before_and_after(worlds: Worlds) -> Floats:
    """Return the change of the signed districts alone: six months after less six before, the mean of a world."""
    months = np.arange(MONTHS) - worlds.start[:, :, None]
    after, before = (np.abs(months - centre) <= 2.5 for centre in (3.5, -3.5))
    change = (worlds.outcome * after).sum(axis=2) / 6 - (worlds.outcome * before).sum(axis=2) / 6
    chosen = has_both_sides(worlds.start, months=MONTHS)
    mean: Floats = (change * chosen).sum(axis=1) / chosen.sum(axis=1)
    return mean


def test_the_interval_covers_a_planted_effect_nine_times_in_ten() -> None:
    worlds = draw_worlds(1, worlds=WORLDS, effect=EFFECT)
    effects = effects_in(worlds)
    estimate = average_estimate(effects)
    assert 0.86 <= share_that_covers(estimate, EFFECT) <= 0.94
    assert estimate.effect.mean() == pytest.approx(EFFECT, abs=0.002)
    assert 40 <= effects.districts.mean() <= 60


def test_without_an_effect_zero_is_excluded_one_time_in_ten() -> None:
    estimate = average_estimate(effects_in(draw_worlds(2, worlds=WORLDS)))
    assert 0.06 <= 1 - share_that_covers(estimate, 0.0) <= 0.14


def test_with_as_few_as_eight_districts_the_interval_still_holds() -> None:
    """Forty districts, of which eight sign; the interval may be a little wide."""
    worlds = draw_worlds(21, worlds=WORLDS)
    start = np.where(np.arange(40) < 8, 10 + np.arange(40), MONTHS)
    effects = group_time_effects(worlds.outcome[:, :40], np.broadcast_to(start, (WORLDS, 40)))
    assert 0.86 <= share_that_covers(average_estimate(effects), 0.0) <= 0.95


@pytest.mark.parametrize("quiet_months", [3, 6])
def test_the_controls_remove_regression_to_the_mean(quiet_months: int) -> None:
    worlds = draw_worlds(3, worlds=WORLDS, quiet_months=quiet_months)
    estimate, naive = average_estimate(effects_in(worlds)), before_and_after(worlds)
    unmatched = average_estimate(effects_in(worlds, DESIGN.without_matching()))
    # What is left is small beside the scatter of one world: controls that go on waiting are those that stayed busy.
    assert abs(estimate.effect.mean()) < 0.2 * estimate.effect.std()
    assert 0.86 <= share_that_covers(estimate, 0.0) <= 0.94
    assert min(naive.mean(), unmatched.effect.mean()) > 3 * abs(estimate.effect.mean())
    assert min(naive.mean() / naive.std(), unmatched.effect.mean() / unmatched.effect.std()) > 0.4


def small_world(seed: int = 5) -> Worlds:
    worlds = draw_worlds(seed, worlds=1, effect=0.1)
    start = np.full((1, 90), MONTHS)
    start[0, :12], start[0, 12:20] = 14, 19
    return replace(worlds, start=start)


def past_of(outcome: Floats, first: int) -> Floats:
    return np.stack([outcome[:, first - 3 : first].mean(axis=1), outcome[:, : first - 3].mean(axis=1)], axis=1)


def test_each_group_is_estimated_as_statsmodels_does_by_regression_adjustment() -> None:
    worlds = small_world()
    outcome, start = worlds.outcome[0], worlds.start[0]
    found = {}
    for first in (14, 19):
        used = (start == first) | (start > first + 2)
        treated = (start == first)[used].astype(int)
        model = sm.OLS(outcome[used, first + 2], sm.add_constant(past_of(outcome[used], first)))
        found[first] = float(TreatmentEffect(model, treated).ra(return_results=False, effect_group=1)[0])
    ours = effects_in(worlds).effect[0, DESIGN.reach + 2]
    assert ours == pytest.approx((12 * found[14] + 8 * found[19]) / 20, abs=1e-9)


def test_each_group_is_estimated_as_a_regression_with_interactions_does() -> None:
    worlds = small_world()
    worlds.start[0, 12:20] = MONTHS
    outcome, is_treated = worlds.outcome[0], worlds.start[0] == 14
    centred = past_of(outcome, 14)
    centred = centred - centred[is_treated].mean(axis=0)
    regressors = np.column_stack([is_treated, centred, centred * is_treated[:, None]])
    fitted = sm.OLS(outcome[:, 17], sm.add_constant(regressors)).fit(cov_type="HC1")
    effects = effects_in(worlds)
    error = np.sqrt((effects.influence[0, DESIGN.reach + 3] ** 2).sum())
    assert effects.effect[0, DESIGN.reach + 3] == pytest.approx(fitted.params[1], abs=1e-9)
    assert error == pytest.approx(fitted.bse[1], rel=0.2)


def test_the_bootstrap_agrees_with_the_error_by_formula() -> None:
    effects = effects_in(draw_worlds(6, worlds=20))
    estimate = average_estimate(effects, StudyDesign(draws=4000))
    error = np.sqrt((effects.influence[:, DESIGN.is_after].mean(axis=1) ** 2).sum(axis=1))
    assert (estimate.high - estimate.low) / (2 * 1.645 * error) == pytest.approx(np.full(20, 1.02), abs=0.05)


def test_an_effect_that_grows_is_found_where_districts_sign_one_after_another() -> None:
    """Districts that signed earlier are no controls; a regression with fixed effects would take them for such."""
    months = np.arange(MONTHS)
    start = np.array([8, 8, 10, 12, 14, 16, 18, 20, *[MONTHS] * 12])
    usual = np.linspace(0.1, 0.4, 20)[:, None] + 0.05 * np.sin(months)
    growing = 0.02 * np.maximum(months - start[:, None] + 1, 0)
    found = study(usual + growing, start, is_studied=np.ones(20, dtype=np.bool_))
    expected = [0.0] * 6 + [0.02 * step for step in range(1, 8)]
    assert found.by_month["effect"].to_list() == pytest.approx(expected, abs=1e-9)


def test_a_dip_before_signing_stays_visible() -> None:
    worlds = draw_worlds(7, worlds=100, quiet_months=3)
    dip = effects_in(worlds).effect.mean(axis=0)[: DESIGN.reach]
    assert dip[3:].max() < -0.02
    assert dip[:3].min() > -0.005


def test_the_same_seed_gives_the_same_interval() -> None:
    worlds = draw_worlds(8, worlds=1)
    first, second = (
        study(worlds.outcome[0], worlds.start[0], is_studied=np.ones(90, dtype=np.bool_)) for _ in range(2)
    )
    assert first.average == second.average
    assert first.by_month.equals(second.by_month)


@pytest.mark.parametrize("signed", [7, 8])
def test_fewer_than_eight_districts_are_refused(signed: int) -> None:
    worlds = draw_worlds(9, worlds=1)
    start = np.where(np.arange(90) < signed, 12, MONTHS)
    found = study(worlds.outcome[0], start, is_studied=np.ones(90, dtype=np.bool_))
    assert (found.refusal is None) == (signed == 8)
    assert found.by_month.empty == (signed == 7)


@pytest.mark.parametrize(("first", "is_refused"), [(5, True), (6, False), (23, False), (24, True)])
def test_fewer_than_six_months_on_either_side_are_refused(first: int, *, is_refused: bool) -> None:
    worlds = draw_worlds(10, worlds=1)
    start = np.where(np.arange(90) < 20, first, MONTHS)
    found = study(worlds.outcome[0], start, is_studied=np.ones(90, dtype=np.bool_))
    assert (found.refusal is not None) == is_refused


def test_too_few_months_and_too_few_controls_are_refused_with_their_own_words() -> None:
    worlds = draw_worlds(11, worlds=1)
    everyone = np.ones(90, dtype=np.bool_)
    short = study(worlds.outcome[0, :, :12], np.full(90, 6), is_studied=everyone)
    alone = study(worlds.outcome[0], np.where(np.arange(90) < 85, 12, MONTHS), is_studied=everyone)
    assert short.refusal is not None
    assert alone.refusal is not None
    assert short.refusal.text != alone.refusal.text
    assert short.average is alone.average is None


def test_only_the_studied_districts_are_looked_at_and_all_may_be_controls() -> None:
    worlds = draw_worlds(12, worlds=1, effect=0.1)
    is_studied = np.arange(90) < 30
    found = study(worlds.outcome[0], worlds.start[0], is_studied=is_studied)
    chosen = has_both_sides(worlds.start[0], months=MONTHS) & is_studied
    assert found.average is not None
    assert found.average.districts == chosen.sum()
    assert found.average.controls > 60


def test_districts_without_any_event_have_no_effect() -> None:
    start = np.where(np.arange(40) < 10, 12, MONTHS)
    found = study(np.zeros((40, MONTHS)), start, is_studied=np.ones(40, dtype=np.bool_))
    assert found.average is not None
    assert (found.average.effect, found.average.interval_low, found.average.interval_high) == (0.0, 0.0, 0.0)

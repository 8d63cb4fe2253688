"""Invented worlds in which districts sign memoranda and the effect is known, so that a study can be checked.

Events are counted by district and month, with means by district, common seasons, busy and quiet spells of months, and
overdispersed counts. Axes: worlds x districts x months; outcomes are events per mahalla.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from queries.statistics.event_study import Floats, Integers

DISTRICTS, MONTHS, SIDE = 90, 30, 6
EVENTS_PER_MAHALLA, HABIT_SPREAD = 0.15, 0.45
SPELL_SPREAD, SPELL_LENGTH, SCATTER = 0.35, 0.6, 8.0
SEASON = np.array([0.75, 0.95, 1.15, 1.2, 1.15, 0.9, 0.7, 0.65, 1.2, 1.3, 1.15, 0.9])


@dataclass(frozen=True)
class Worlds:
    """``outcome``: events per mahalla; ``start``: the month of signing of each district, ``MONTHS`` for not yet."""

    outcome: Floats
    start: Integers


def random_signing(rng: np.random.Generator, worlds: int) -> Integers:
    """Half of the districts sign, each in any month."""
    month = rng.integers(SIDE, MONTHS - SIDE, (worlds, DISTRICTS))
    return np.where(rng.random((worlds, DISTRICTS)) < 0.5, month, MONTHS)


def signing_when_quiet(rng: np.random.Generator, outcome: Floats, *, quiet_months: int) -> Integers:
    """Those whose last months were a quarter below their habit in the season sign five times as often as others."""
    worlds = len(outcome)
    start = np.full((worlds, DISTRICTS), MONTHS)
    season = SEASON[np.arange(MONTHS) % 12]
    for month in range(SIDE, MONTHS):
        habit, recent = slice(max(0, month - 12), month), slice(month - quiet_months, month)
        expected = outcome[:, :, habit].mean(axis=2) * season[recent].mean() / season[habit].mean()
        is_quiet = outcome[:, :, recent].mean(axis=2) < 0.75 * expected
        signs = rng.random((worlds, DISTRICTS)) < np.where(is_quiet, 0.05, 0.01)
        start[(start == MONTHS) & signs] = month
    return start


def draw_worlds(seed: int, *, worlds: int, effect: float = 0.0, quiet_months: int = 0) -> Worlds:
    """Draw worlds where signing adds ``effect`` events per mahalla and month, from the month of signing on.

    With ``quiet_months`` districts sign after so many quiet months, and would be busier again anyway.
    """
    rng = np.random.default_rng(seed)
    shape = (worlds, DISTRICTS)
    mahallas = rng.integers(12, 45, shape)[:, :, None]
    habit = EVENTS_PER_MAHALLA * np.exp(rng.normal(0, HABIT_SPREAD, shape))
    usual = mahallas * habit[:, :, None] * SEASON[np.arange(MONTHS) % 12] * _spells(rng, shape)
    count = rng.poisson(usual * rng.gamma(SCATTER, 1 / SCATTER, usual.shape))
    outcome = count / mahallas
    start = signing_when_quiet(rng, outcome, quiet_months=quiet_months) if quiet_months else random_signing(rng, worlds)
    has_signed = np.arange(MONTHS) >= start[:, :, None]
    added = rng.poisson(effect * mahallas, outcome.shape) * has_signed
    return Worlds(outcome + added / mahallas, start)


def _spells(rng: np.random.Generator, shape: tuple[int, int]) -> Floats:
    """Draw busy and quiet spells around 1 that fade from month to month."""
    spell = np.zeros((*shape, MONTHS))
    spell[..., 0] = rng.normal(0, SPELL_SPREAD, shape)
    for month in range(1, MONTHS):
        news = rng.normal(0, SPELL_SPREAD * np.sqrt(1 - SPELL_LENGTH**2), shape)
        spell[..., month] = SPELL_LENGTH * spell[..., month - 1] + news
    around_one: Floats = np.exp(spell - SPELL_SPREAD**2 / 2)
    return around_one

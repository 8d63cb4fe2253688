"""Invented districts whose last six months are held back, so that a forecast can be checked.

Levels from two events a month to those of the country; no, weak or strong season; months that scatter by chance alone
or more; a steady level, a trend, a level that wanders, or one that jumps on the signing of a memorandum. Plans have
from a few items a month to hundreds, of which a share is fulfilled that behaves in the same ways.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from queries.statistics.forecast import Floats
from tests.queries.statistics.study_worlds import SEASON

HELD_BACK = 6
MONTHS_KNOWN = (24, 34, 48)
LEVELS = (2.0, 5.0, 12.0, 40.0, 400.0)
SEASONS = (0.0, 0.6, 1.0, 1.6)
KINDS = ("steady", "trend", "walk", "jump")


@dataclass(frozen=True)
class CountWorld:
    """Counts of the known months and of those held back, with what they were drawn from."""

    level: float
    season: float
    kind: str
    known: Floats
    held_back: Floats


@dataclass(frozen=True)
class ShareWorld:
    """Successes and trials by month, the last :data:`HELD_BACK` of which are held back."""

    items: float
    share: float
    kind: str
    successes: Floats
    trials: Floats


def _path(rng: np.random.Generator, kind: str, months: int, *, size: float) -> Floats:
    """Draw how the level moves, as a logarithm; ``size`` 1 are moves by a fifth a year."""
    now, moved = np.arange(months), np.zeros(months)
    if kind == "trend":
        moved = rng.normal(0, 0.2) * (now - months) / 12
    if kind == "walk":
        moved = np.cumsum(rng.normal(0, 0.05, months))
    if kind == "jump":
        moved = rng.choice([-0.4, 0.5]) * (now >= rng.integers(6, months - HELD_BACK - 3))
    path: Floats = size * moved
    return path


def count_worlds(seed: int, *, worlds: int) -> Iterator[CountWorld]:
    """Draw districts, regions and countries with their events by month."""
    rng = np.random.default_rng(seed)
    for _ in range(worlds):
        level, months = float(rng.choice(LEVELS)), int(rng.choice(MONTHS_KNOWN)) + HELD_BACK
        season, kind = float(rng.choice(SEASONS)), str(rng.choice(KINDS))
        scatter = rng.choice([0.0, 0.1, 0.25]) if level < max(LEVELS) else rng.choice([0.01, 0.03])
        shape = SEASON[np.arange(months) % 12] ** season
        mean = level * shape * np.exp(_path(rng, kind, months, size=1.0))
        if scatter:
            mean = mean * rng.gamma(1 / scatter, scatter, months)
        counts = rng.poisson(mean).astype(np.float64)
        yield CountWorld(level, season, kind, counts[:-HELD_BACK], counts[-HELD_BACK:])


def share_worlds(seed: int, *, worlds: int) -> Iterator[ShareWorld]:
    """Draw plans with their fulfilled items by month."""
    rng = np.random.default_rng(seed)
    for _ in range(worlds):
        items, months = float(rng.choice(LEVELS)), int(rng.choice(MONTHS_KNOWN)) + HELD_BACK
        share, kind = float(rng.choice([0.4, 0.6, 0.8, 0.95])), str(rng.choice(KINDS))
        odds = np.log(share / (1 - share)) + _path(rng, kind, months, size=2.0)
        odds = odds + rng.choice([0.0, 1.0]) * np.log(SEASON[np.arange(months) % 12])
        chance = 1 / (1 + np.exp(-odds))
        common = rng.choice([0.0, 0.02, 0.08])
        if common:
            chance = rng.beta(chance * (1 / common - 1), (1 - chance) * (1 / common - 1))
        trials = rng.poisson(items, months)
        yield ShareWorld(items, share, kind, rng.binomial(trials, chance).astype(np.float64), trials.astype(np.float64))

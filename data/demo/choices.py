"""What is usual: which forms a direction takes, who comes to them, where and with whom they are held."""

from __future__ import annotations

import numpy as np

from data.codes import Direction, EventForm, Partner
from data.demo.arrays import FloatArray, IntArray
from data.demo.texts import FORM_PHRASES, THEMES
from data.demo.world import World

DIRECTION_WEIGHTS = np.array([0.6, 1.6, 0.9, 0.7, 1.7, 1.2, 0.7, 0.6])

# Directions x forms: lecture, seminar, conference, training, preventive meeting, social aid, open lesson,
# prevention day, raid. The order is that of the enums.
FORM_WEIGHTS = np.array([
    [1, 3, 1, 1, 2, 0, 0, 1, 0],
    [4, 2, .6, .7, 1.5, 0, 2, 2, 0],
    [.5, .2, .1, .2, 1, 6, 0, 1, 0],
    [1, 1, .2, 2, 2, 1, 0, .8, 0],
    [2.5, 1, .5, 1.2, 1, .3, 3, 1.5, .3],
    [1.5, .5, .1, .7, 4, .4, .2, 1.5, 1],
    [1.5, 1.2, .3, 1.4, 2, .6, .4, 1, 0],
    [.4, .6, .3, .2, 1, 0, 0, 1, 4],
], dtype=np.float64)  # fmt: skip
PREVENTION_DAY = list(EventForm).index(EventForm.PREVENTION_DAY)

TYPICAL_PARTICIPANTS = np.array([45, 35, 110, 24, 28, 22, 60, 70, 16])
YOUNG_SHARE = np.array([0.2, 0.4, 0.15, 0.3, 0.85, 0.35, 0.25, 0.25])
WOMEN_SHARE = np.array([0.4, 0.48, 0.6, 0.3, 0.47, 0.35, 0.7, 0.42])
AT_RISK_SHARE = np.array([0.05, 0.08, 0.2, 0.45, 0.12, 0.5, 0.15, 0.05])
VICTIM_SHARE = np.array([0.0, 0.01, 0.05, 0.02, 0.01, 0.02, 0.3, 0.0])

PARTNERS = tuple(Partner)
PARTNER_SHARE = np.array([0.45, 0.06, 0.18, 0.08, 0.07, 0.05, 0.12])

MOST_THEMES = max(len(themes) for themes in THEMES.values())
THEME_COUNT = np.array([len(THEMES[direction]) for direction in Direction])


def title_table() -> list[str]:
    """Titles by direction, theme and form, flat in that order; missing themes repeat the first ones."""
    return [
        FORM_PHRASES[form].format(theme=THEMES[direction][theme % len(THEMES[direction])])
        for direction in Direction
        for theme in range(MOST_THEMES)
        for form in EventForm
    ]


def draw_mahallas(world: World, district: IntArray, rng: np.random.Generator) -> IntArray:
    """A mahalla's id for each district position; work gathers in some mahallas, more so in some districts."""
    place = rng.random(len(district)) ** world.traits.spread[district]
    return world.places.mahalla_first[district] + (place * world.places.mahalla_count[district]).astype(np.int64)


def draw_ngos(candidates: IntArray, rng: np.random.Generator) -> IntArray:
    """One id from each row of ``candidates``, which 0 fills up; the first ones work more."""
    count = (candidates > 0).sum(axis=1)
    picked: IntArray = candidates[np.arange(len(candidates)), (rng.random(len(count)) ** 1.4 * count).astype(np.int64)]
    return picked


def weights_of_directions(is_named: FloatArray) -> FloatArray:
    """Weights for drawing a direction: those that the memorandum names are five times as likely."""
    weights: FloatArray = DIRECTION_WEIGHTS * (1 + 4 * is_named)
    return weights

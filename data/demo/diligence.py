"""How diligently districts keep terms: what requests, decisions, support and trainings of the demo share."""

from __future__ import annotations

from datetime import date

import numpy as np

from data.codes import MemorandumStatus
from data.demo.arrays import Calendar, FloatArray
from data.demo.stories import STORIES, StoryCode
from data.demo.world import World

# Share of terms kept, at the beginning and at the end of the three years, where a story asks for it.
TOLD = {
    StoryCode.IMPROVED: (0.2, 0.98),
    StoryCode.ON_PAPER: (0.15, 0.15),
    StoryCode.LATE_ANSWERS: (0.3, 0.25),
    StoryCode.FORMAL: (0.85, 0.85),
}
USUAL_QUALITY, LEAST, MOST = 3.85, 0.15, 0.97
LEAST_WITH_PARTNER = 0.5


def draw_diligence(world: World, rng: np.random.Generator) -> FloatArray:
    """Districts x (beginning, end): the chance that something is done by its term."""
    noise = rng.normal(0, 0.12, len(world.places))[:, None]
    share = (0.66 + 0.3 * (world.traits.quality - USUAL_QUALITY) + noise).clip(LEAST, MOST)
    for code, told in TOLD.items():
        share[world.places.index(STORIES[code].district_soato)] = told
    return share


def on_day(share: FloatArray, day: date, calendar: Calendar) -> FloatArray:
    """The chance of each district on a day, between the beginning and the end."""
    grown = min(1.0, max(0.0, (day - calendar.first).days / max(1, calendar.until_index)))
    between: FloatArray = share[:, 0] * (1 - grown) + share[:, 1] * grown
    return between


def liveliness(world: World) -> FloatArray:
    """How much exchange a district has, 1 where it is usual.

    Some wherever a memorandum is in force; none where there is neither a memorandum nor any event.
    """
    usual = float(np.median(world.traits.activity[:, 1]))
    has_partner = np.isin(world.traits.status, [MemorandumStatus.IN_FORCE.value, MemorandumStatus.EXPIRING.value])
    lively = np.sqrt(world.traits.activity[:, 1] / usual).clip(0, 2) * np.where(has_partner, 1.0, 0.7)
    told: FloatArray = np.maximum(lively, np.where(has_partner, LEAST_WITH_PARTNER, 0.0))
    return told

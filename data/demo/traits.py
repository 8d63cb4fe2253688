"""Traits of districts: activity, quality, answer times. Stories override the draw."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from data.codes import FormalityReason, MemorandumStatus
from data.demo.places import Places
from data.demo.shared import FloatArray
from data.demo.stories import NEVER_DAYS, PLANTED_ACTIVITY, PLANTED_BUNCHING, PLANTED_DISTRICTS, STORIES

EVENTS_A_YEAR = 7_000
STATUS_SHARES = {
    MemorandumStatus.IN_FORCE: 0.45,
    MemorandumStatus.EXPIRING: 0.08,
    MemorandumStatus.UPCOMING: 0.04,
    MemorandumStatus.DRAFT: 0.04,
    MemorandumStatus.EXPIRED: 0.06,
    MemorandumStatus.TERMINATED: 0.03,
}
SILENT_DISTRICTS, SPARSE_DISTRICTS = 4, 8
SPARSE_EVENTS_A_YEAR = 1.3


@dataclass(frozen=True)
class Traits:
    """One value per district, in the order of :class:`Places`.

    ``activity`` (events a year) and ``quality`` (rating 1-5) have two columns: at the beginning and at the end.
    ``status`` is the best status that its memoranda will have.
    """

    activity: FloatArray
    quality: FloatArray
    evaluation_rate: FloatArray
    answer_days: FloatArray
    bunching: FloatArray
    all_five: FloatArray
    plan_share: FloatArray
    spread: FloatArray
    status: NDArray[np.str_]


def draw_traits(places: Places, rng: np.random.Generator) -> Traits:
    """Traits with variation between regions, between districts of a region, and over the years."""
    size = len(places)
    status = _draw_status(places, rng)
    region = np.unique(np.array(places.region_soatos), return_inverse=True)[1]
    growth = 1 + rng.normal(0.12, 0.18, size)
    level = np.exp(rng.normal(0, 0.22, 14)[region] + rng.normal(0, 0.42, size)) * EVENTS_A_YEAR / size
    quality = 3.85 + rng.normal(0, 0.17, 14)[region] + rng.normal(0, 0.3, size)
    traits = Traits(
        activity=np.stack([level / growth, level * growth], axis=1),
        quality=np.stack([quality - 0.1, quality + rng.normal(0.1, 0.2, size)], axis=1).clip(2.2, 4.8),
        evaluation_rate=rng.normal(0.67, 0.12, size).clip(0.25, 0.95),
        answer_days=np.exp(rng.normal(np.log(13), 0.45, size)),
        bunching=rng.choice([0.0, 0.05, 0.1], p=[0.7, 0.22, 0.08], size=size),
        all_five=rng.choice([0.02, 0.06, 0.12], p=[0.75, 0.2, 0.05], size=size),
        plan_share=rng.normal(0.72, 0.15, size).clip(0.2, 0.97),
        spread=rng.uniform(1.0, 2.6, size),
        status=status,
    )
    _lower_activity(traits, rng)
    _plant_formalities(traits, places)
    _apply_stories(traits, places)
    return traits


def _draw_status(places: Places, rng: np.random.Generator) -> NDArray[np.str_]:
    counts = {status.value: round(share * len(places)) for status, share in STATUS_SHARES.items()}
    listed = [status for status, count in counts.items() for _ in range(count)]
    listed += [MemorandumStatus.NONE.value] * (len(places) - len(listed))
    drawn = rng.permutation(np.array(listed))
    for story in STORIES.values():
        position = places.index(story.district_soato)
        partner = np.flatnonzero(drawn == MemorandumStatus.IN_FORCE.value)[0]
        drawn[[position, partner]] = drawn[[partner, position]]
    return drawn


def _lower_activity(traits: Traits, rng: np.random.Generator) -> None:
    without = rng.permutation(np.flatnonzero(traits.status == MemorandumStatus.NONE.value))
    traits.activity[without[:SILENT_DISTRICTS]] = 0
    traits.activity[without[SILENT_DISTRICTS : SILENT_DISTRICTS + SPARSE_DISTRICTS]] = SPARSE_EVENTS_A_YEAR


def _plant_formalities(traits: Traits, places: Places) -> None:
    """Set the traits of the planted districts; districts with stories keep theirs."""
    for reason, districts in PLANTED_DISTRICTS.items():
        positions = [places.index(code) for code in districts]
        traits.activity[positions] = PLANTED_ACTIVITY
        match reason:
            case FormalityReason.QUARTER_END:
                traits.bunching[positions] = PLANTED_BUNCHING
            case FormalityReason.NO_PLAN_ITEM:
                traits.plan_share[positions] = 0
            case FormalityReason.NEVER_ANSWERED:
                traits.answer_days[positions] = NEVER_DAYS
            case _:
                # One event a year in each mahalla: drawn by itself, not from the expected ones.
                traits.activity[positions] = places.mahalla_count[positions][:, None]


def _apply_stories(traits: Traits, places: Places) -> None:
    for story in STORIES.values():
        position = places.index(story.district_soato)
        traits.activity[position] = story.activity
        traits.quality[position] = story.quality
        traits.evaluation_rate[position] = story.evaluation_rate
        traits.answer_days[position] = story.answer_days
        traits.bunching[position] = story.bunching
        traits.all_five[position] = story.all_five

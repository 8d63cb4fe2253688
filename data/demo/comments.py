"""What NGOs write: comments and recommendations, each in words of its own but for those who copy themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from data.demo.arrays import BoolArray, FloatArray, IntArray
from data.demo.formality import SAME_TEXT_SHARE
from data.demo.texts import (
    COMMENT_DETAILS,
    COMMENTS_BAD,
    COMMENTS_GOOD,
    COMMENTS_MIXED,
    RECOMMENDATION_DETAILS,
    RECOMMENDATIONS,
)

COMMENT_SHARE = 0.35
GOOD, POOR = 4.0, 3.0
MINUTES, MOST_QUESTIONS = (30, 150), 40
HOMES, YOUNG = (5, 150), (5, 200)


def draw_comments(
    mean: FloatArray, people: IntArray, ngo: IntArray, is_copied: BoolArray, rng: np.random.Generator
) -> NDArray[Any]:
    """A comment in the tone of the marks, or none; where ``is_copied`` the NGO's one sentence, again and again.

    ``people`` are the participants of the event.
    """
    size = len(mean)
    good, mixed, bad = (rng.choice(np.array(texts), size) for texts in (COMMENTS_GOOD, COMMENTS_MIXED, COMMENTS_BAD))
    said = np.where(mean >= GOOD, good, np.where(mean >= POOR, mixed, bad))
    comments = np.full(size, "", dtype=object)
    written = np.flatnonzero(rng.random(size) < COMMENT_SHARE)
    numbers = {
        "people": people[written],
        "minutes": rng.integers(*MINUTES, len(written)),
        "questions": rng.integers(2, np.minimum(people[written], MOST_QUESTIONS) + 1),
    }
    comments[written] = _detailed(said[written], COMMENT_DETAILS, numbers, rng)
    copied = np.flatnonzero(is_copied & (rng.random(size) < SAME_TEXT_SHARE))
    comments[copied] = np.array(COMMENTS_GOOD, dtype=object)[ngo[copied] % len(COMMENTS_GOOD)]
    return comments


def draw_recommendations(size: int, rng: np.random.Generator) -> NDArray[Any]:
    """Recommendations; nothing in them says which event or NGO they come from."""
    numbers = {"homes": rng.integers(*HOMES, size), "young": rng.integers(*YOUNG, size)}
    return _detailed(rng.choice(np.array(RECOMMENDATIONS), size), RECOMMENDATION_DETAILS, numbers, rng)


def _detailed(
    said: NDArray[Any], details: Sequence[str], numbers: dict[str, IntArray], rng: np.random.Generator
) -> NDArray[Any]:
    """Each sentence with a detail in numbers."""
    picked = rng.choice(np.array(details), len(said)).tolist()
    rows = zip(*(values.tolist() for values in numbers.values()), strict=True)
    texts = [
        f"{sentence} {detail.format(**dict(zip(numbers, row, strict=True)))}"
        for sentence, detail, row in zip(said.tolist(), picked, rows, strict=True)
    ]
    return np.array(texts, dtype=object)

"""Rank changes with the weights, and when they matter."""

from __future__ import annotations

import numpy as np
import pytest

from data.effectiveness.index import EQUAL_WEIGHTS, Pillar, Weights
from data.indicators import PILLARS
from queries.statistics.draws import pillar_draws, rank_table
from queries.statistics.sensitivity import effective_weights, sensitivity
from tests.queries.statistics.index_worlds import frame, world

CODES = [code for codes in PILLARS.values() for code in codes]


def test_the_usual_weights_move_nobody() -> None:
    ranks = rank_table(pillar_draws(world(np.random.default_rng(1), areas=40).values), EQUAL_WEIGHTS)
    moved = sensitivity(ranks, ranks)
    assert (moved["places_up"] == 0).all()
    assert not moved["matters"].any()


def test_an_area_that_lives_by_one_pillar_moves_and_it_matters() -> None:
    areas = {str(area): dict.fromkeys(CODES, 30.0 + 4 * area) for area in range(12)}
    for values in areas.values():
        values["evaluation_score"] = 3.0
    areas["6"] = areas["6"] | dict.fromkeys(PILLARS[Pillar.CAPACITY], 100.0)
    areas["none"] = {}
    drawn = pillar_draws(frame(areas, n=400))
    usual, chosen = (rank_table(drawn, weights) for weights in (EQUAL_WEIGHTS, Weights((1, 1, 1, 1, 1, 10))))
    moved = sensitivity(usual, chosen)
    first = moved.iloc[0]
    assert first["area_code"] == "6"
    assert first["places_up"] == first["rank_usual"] - first["rank_chosen"] > 0
    assert first["index_change"] > 0
    assert first["matters"]
    assert moved["places_up"].abs().dropna().is_monotonic_decreasing
    without = moved[moved["area_code"] == "none"].iloc[0]
    assert np.isnan(without["places_up"])
    assert not without["matters"]


def test_a_move_inside_the_interval_does_not_matter() -> None:
    values = world(np.random.default_rng(2), areas=60, numbers=(3, 5)).values
    drawn = pillar_draws(values)
    usual, chosen = (rank_table(drawn, weights) for weights in (EQUAL_WEIGHTS, Weights((5, 5, 5, 5, 5, 6))))
    moved = sensitivity(usual, chosen)
    assert (moved["places_up"] != 0).any()
    assert not moved["matters"].any()


def test_a_pillar_in_which_areas_differ_most_decides_most_whatever_its_weight() -> None:
    random = np.random.default_rng(3)
    pillars = np.exp(np.log(50) + random.normal(0, [0.4, 0.1, 0.1, 0.1, 0.1, 0.0], (4000, 6)))
    found = effective_weights(pillars, EQUAL_WEIGHTS)
    assert found["nominal"].tolist() == pytest.approx([1 / 6] * 6)
    assert found["effective"].tolist() == pytest.approx([0.8, 0.05, 0.05, 0.05, 0.05, 0], abs=0.03)
    assert found["effective"].sum() == pytest.approx(1)


def test_a_pillar_that_runs_against_the_others_decides_less_than_nothing() -> None:
    level = np.linspace(-1, 1, 50)
    pillars = np.exp(np.log(40) + np.outer(level, [0.3, 0.3, 0.3, 0.3, 0.3, -0.3]))
    assert effective_weights(pillars, EQUAL_WEIGHTS)["effective"].iloc[-1] == pytest.approx(-1 / 4)


def test_effective_weights_need_areas_with_all_pillars_that_differ() -> None:
    for pillars in (np.full((10, 6), 50.0), np.full((10, 6), np.nan), np.arange(18.0).reshape(3, 6)):
        assert effective_weights(pillars, EQUAL_WEIGHTS)["effective"].isna().all()

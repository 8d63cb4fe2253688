"""Weights survive the URL; invalid ones are refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.effectiveness.index import EQUAL_WEIGHTS, Pillar, Weights
from data.indicators import PILLARS

WEIGHTS = st.lists(st.integers(0, 10), min_size=6, max_size=6).filter(any).map(tuple).map(Weights)


def test_every_pillar_has_indicators() -> None:
    assert list(PILLARS) == list(Pillar)
    assert all(PILLARS.values())


@given(WEIGHTS)
def test_an_address_gives_the_weights_back(weights: Weights) -> None:
    assert Weights.parse(weights.text) == weights
    assert hash(Weights.parse(weights.text)) == hash(weights)


@pytest.mark.parametrize(
    "text", ["", "5", "5-5-5-5-5", "5-5-5-5-5-5-5", "0-0-0-0-0-0", "11-5-5-5-5-5", "-1-5-5-5-5-5", "05-5-5-5-5-5", "a"]
)
def test_other_texts_are_no_weights(text: str) -> None:
    with pytest.raises(ValueError, match="weights"):
        Weights.parse(text)


def test_a_weight_is_moved_alone() -> None:
    moved = EQUAL_WEIGHTS.replaced(Pillar.EXCHANGE, 8)
    assert moved.text == "5-5-8-5-5-5"
    assert [moved[pillar] for pillar in Pillar] == [5, 5, 8, 5, 5, 5]

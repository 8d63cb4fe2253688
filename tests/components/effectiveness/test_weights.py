"""Sliders of the weights show the URL's weights and write changes to it."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace

import pytest
import streamlit

from components.effectiveness import weights as weights_module
from components.effectiveness.weights import _take_weight
from components.shell.address import Param
from data.effectiveness.index import EQUAL_WEIGHTS, Pillar, Weights
from tests.components.samples import ENGLISH


@dataclass
class Moved:
    """Recorded effects of the sliders: choices and notices."""

    chosen: list[tuple[Param, str]]
    notices: list[str]


@pytest.fixture
def moved(monkeypatch: pytest.MonkeyPatch) -> Moved:
    """Reader with equal weights."""
    made = Moved([], [])
    monkeypatch.setattr(weights_module, "choose", lambda param, code: made.chosen.append((param, code)))
    monkeypatch.setattr(streamlit, "toast", lambda text, **_: made.notices.append(text))
    look_at(monkeypatch, EQUAL_WEIGHTS)
    return made


def look_at(monkeypatch: pytest.MonkeyPatch, weights: Weights) -> None:
    """Put weights into the URL."""
    monkeypatch.setattr(weights_module, "current_filters", lambda: SimpleNamespace(weights=weights))


def move(monkeypatch: pytest.MonkeyPatch, pillar: Pillar, value: int) -> None:
    """Move one slider."""
    monkeypatch.setattr(streamlit, "session_state", {"slider": value})
    _take_weight(pillar, "slider", ENGLISH)


@pytest.mark.parametrize("pillar", Pillar)
def test_a_moved_weight_goes_into_the_address_and_leaves_the_others(
    moved: Moved, monkeypatch: pytest.MonkeyPatch, pillar: Pillar
) -> None:
    move(monkeypatch, pillar, 10)
    assert moved.chosen == [(Param.WEIGHTS, EQUAL_WEIGHTS.replaced(pillar, 10).text)]
    assert moved.notices == []


def test_the_last_weight_stays_and_the_reader_is_told(moved: Moved, monkeypatch: pytest.MonkeyPatch) -> None:
    look_at(monkeypatch, Weights((0, 0, 0, 0, 0, 3)))
    move(monkeypatch, Pillar.CAPACITY, 0)
    assert moved.chosen == []
    assert moved.notices == ["At least one pillar must count."]


def test_a_weight_that_no_slider_gives_is_not_taken(moved: Moved, monkeypatch: pytest.MonkeyPatch) -> None:
    move(monkeypatch, Pillar.FOUNDATION, 11)
    assert moved.chosen == []

"""Killed at any moment, the server leaves one evaluation or the intact draft: never two, never none."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from tests.soak.kills import Left, soak

pytestmark = pytest.mark.both_databases

KILLS = 8


@pytest.mark.slow
def test_a_killed_server_leaves_one_evaluation_or_the_draft(engine: Engine) -> None:
    left = soak(engine, kills=KILLS, seed=2026)
    assert left.total() == KILLS
    assert left[Left.DRAFT] > 0

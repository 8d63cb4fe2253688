"""A district that became part of another one: its pages, lists and comparisons, by the demo's invented one."""

from __future__ import annotations

import pytest

from data.policy import Role
from tests.pages.conftest import Desk

MERGED, SUCCESSOR, REGION = "1724299", "1724216", "1724"


@pytest.mark.parametrize(
    "page",
    [
        "overview",
        "district",
        "memoranda",
        "registers",
        "requests",
        "plan",
        "evaluations",
        "effectiveness",
        "meeting",
        "method",
    ],
)
@pytest.mark.parametrize("period", ["12m", "year-1", "year-2"])
def test_probe(desk: Desk, page: str, period: str) -> None:
    app = desk.open(Role.NATIONAL, page, area=MERGED, period=period, lang="en")
    assert not app.exception, app.exception

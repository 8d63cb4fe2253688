"""What is planted for the formality check can be seen in the raw rows, and seldom elsewhere."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlalchemy import Engine

from data.codes import FormalityReason
from data.database.engine import reading
from data.demo.stories import PLANTED_DISTRICTS, PlantedFormality, planted_formalities
from tests.data.demo.conftest import Ask

SEEN = {
    FormalityReason.QUARTER_END: (
        "SELECT district_soato FROM joint_event WHERE state_code = 'held' GROUP BY 1 HAVING count(*) >= 10 AND"
        " sum(CASE WHEN {quarter_end} THEN 1 ELSE 0 END) > 0.3 * count(*)"
    ),
    FormalityReason.NO_PLAN_ITEM: (
        "SELECT district_soato FROM joint_event WHERE state_code = 'held' GROUP BY 1"
        " HAVING count(*) >= 10 AND count(plan_item_id) = 0"
    ),
    FormalityReason.NEVER_ANSWERED: (
        "SELECT district_soato FROM recommendation WHERE released_date < '2026-10-20' GROUP BY 1"
        " HAVING count(*) >= 5 AND count(answered_date) = 0"
    ),
    FormalityReason.ALL_FIVES: (
        "SELECT ngo_id FROM evaluation WHERE is_current GROUP BY 1"
        " HAVING count(*) >= 5 AND sum(CASE WHEN mark_mean = 5 THEN 1 ELSE 0 END) > 0.7 * count(*)"
    ),
    FormalityReason.SAME_TEXT: (
        "SELECT DISTINCT ngo_id FROM (SELECT ngo_id, comment FROM evaluation WHERE is_current AND comment <> ''"
        " GROUP BY 1, 2 HAVING count(*) >= 3) repeated"
    ),
}
LAST_DAYS = " OR ".join(
    f"event_date BETWEEN '{year}-{end}-{day - 4}' AND '{year}-{end}-{day}'"
    for year in (2024, 2025, 2026)
    for end, day in (("03", 31), ("06", 30), ("09", 30), ("12", 31))
)


@pytest.fixture
def planted(demo: Engine) -> frozenset[PlantedFormality]:
    """What is planted, as a benchmark gets it."""
    with reading(demo) as connection:
        return planted_formalities(connection)


def test_each_reason_is_planted_several_times(planted: frozenset[PlantedFormality]) -> None:
    counts = Counter(item.reason for item in planted)
    assert set(counts) == set(FormalityReason)
    assert min(counts.values()) >= 5


@pytest.mark.parametrize("reason", SEEN)
def test_a_planted_reason_is_seen_where_it_was_planted(
    ask: Ask, planted: frozenset[PlantedFormality], reason: FormalityReason
) -> None:
    expected = {item.district_soato or item.ngo_id for item in planted if item.reason is reason}
    seen = {who for (who,) in ask(SEEN[reason].replace("{quarter_end}", LAST_DAYS))}
    assert len(seen & expected) >= 0.8 * len(expected)
    assert len(seen & expected) >= 0.8 * len(seen)


@pytest.mark.parametrize("year", [2024, 2025])
def test_planted_mahallas_have_one_event_in_each_whole_year(
    ask: Ask, planted: frozenset[PlantedFormality], year: int
) -> None:
    rows = ask(
        "SELECT mahalla_id, count(*) FROM joint_event WHERE state_code = 'held' AND mahalla_id IS NOT NULL"
        " AND event_date BETWEEN :first AND :last GROUP BY 1",
        first=f"{year}-01-01",
        last=f"{year}-12-31",
    )
    counts: dict[int | None, int] = dict(rows)
    mahallas = {item.mahalla_id for item in planted if item.reason is FormalityReason.ONE_EVENT_A_YEAR}
    assert {counts.get(mahalla) for mahalla in mahallas} == {1}


def test_planted_mahallas_are_all_those_of_their_districts(ask: Ask, planted: frozenset[PlantedFormality]) -> None:
    listed = "', '".join(PLANTED_DISTRICTS[FormalityReason.ONE_EVENT_A_YEAR])
    mahallas = {key for (key,) in ask(f"SELECT id FROM mahalla WHERE district_soato IN ('{listed}')")}  # noqa: S608 - fixed
    assert mahallas == {item.mahalla_id for item in planted if item.mahalla_id is not None}

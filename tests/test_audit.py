"""Published figures of the demo are those of an independent recomputation from the base tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from data.database.engine import reading
from data.indicators import INDICATORS
from data.policy import ScopeKind
from queries.indicators.ngo_values import OF_NGOS
from tests.audit.base_tables import BaseTables
from tests.audit.comparison import COLUMNS, Published, compare, published
from tests.databases import DEMO_UNTIL, Databases, demo

QUARTER = "a quarter"
# Every other row of these is lost for the audit: each indicator rests on some of them.
TABLES = (
    *("held", "plan", "said", "recommendations", "in_batch", "obligations", "requests", "decisions", "support"),
    *("trained_mahallas", "trained_ngos", "offences", "mahallas"),
)


@pytest.fixture(scope="module")
def audited(databases: Databases) -> Iterator[tuple[BaseTables, Published]]:
    with databases.copy("sqlite", demo) as engine, reading(engine) as connection:
        base = BaseTables(connection, DEMO_UNTIL)
        yield base, published(connection, base, district_step=40)


def test_no_cell_of_any_indicator_differs(audited: tuple[BaseTables, Published]) -> None:
    found = compare(*audited)
    assert found.differences == []
    assert found.cells > 5 * len(COLUMNS) * len(INDICATORS) * 220


def test_an_area_or_indicator_that_is_not_shown_is_found(audited: tuple[BaseTables, Published]) -> None:
    base, shown = audited
    key = (QUARTER, ScopeKind.REGION)
    less = shown.of_areas[key].drop(index=("plan_execution", "1703"))
    found = compare(base, replace(shown, of_areas={**shown.of_areas, key: less}), only=QUARTER)
    assert len(found.differences) == len(COLUMNS)
    assert all("plan_execution 1703" in line for line in found.differences)


def test_other_rows_make_another_figure_of_each_indicator(audited: tuple[BaseTables, Published]) -> None:
    base, shown = audited
    for table in TABLES:
        vars(base)[table] = getattr(base, table).iloc[::2]
    base.in_force[::2] = False
    del base.batches, base.event_ngos
    differing = compare(base, shown, only=QUARTER).differences
    of_areas, of_ngos = (
        {line.split(": ")[1].split()[0] for line in differing if ("NGO" in line.split(": ")[0]) == is_ngo}
        for is_ngo in (False, True)
    )
    assert of_areas == set(INDICATORS)
    assert of_ngos == set(OF_NGOS)

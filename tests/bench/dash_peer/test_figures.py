"""The Dash app shows the figures of the Overview: what its plain statements say is what our queries say."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
import pytest
from sqlalchemy import Engine

from components.shell.filters import PeriodCode, period_of
from data.database.engine import reading
from data.indicators.evaluations import EVALUATION_SCORE
from data.policy import Actor, Role, Scope, ScopeKind
from queries import attention
from queries.indicators.values import area_values, indicator_sums
from tests.bench.dash_peer import figures
from tests.databases import DEMO_UNTIL, Databases, demo

LEADER = Actor(Role.NATIONAL)
# The rating of the page is drawn towards the nation.
SAME = [code for code in figures.RATIOS if code != EVALUATION_SCORE.code]
COLUMN_OF = {ScopeKind.NATION: "nation", ScopeKind.REGION: "region_soato", ScopeKind.DISTRICT: None}
AREAS = (Scope.nation(), Scope.region("1703"), Scope.district("1703203"))


@pytest.fixture(scope="module")
def demo_engine(databases: Databases) -> Iterator[Engine]:
    """The demo, which is only read."""
    with databases.copy("sqlite", demo) as engine:
        yield engine


@pytest.mark.parametrize("code", PeriodCode)
def test_values_are_those_of_the_page(demo_engine: Engine, code: PeriodCode) -> None:
    period = period_of(code, DEMO_UNTIL).whole_months(DEMO_UNTIL)
    with reading(demo_engine) as connection:
        plain = figures.district_sums(connection, period, DEMO_UNTIL).assign(nation=figures.NATION)
        sums = indicator_sums(connection, LEADER, period=period, today=DEMO_UNTIL, has_registers=False)
    for by, column in COLUMN_OF.items():
        of_page = area_values(sums, scope=Scope.nation(), by=by, codes=SAME)
        expected = of_page.pivot(index="area_code", columns="indicator_code", values="value")[SAME]
        found = figures.values(plain, column)[SAME]
        pd.testing.assert_frame_equal(found, expected.set_axis(found.index), check_names=False, check_dtype=False)


def test_counts_of_what_needs_attention_are_those_of_the_page(demo_engine: Engine) -> None:
    with reading(demo_engine) as connection:
        counted = figures.attention_rows(connection, DEMO_UNTIL)
        for scope in AREAS:
            of_page = attention.attention_counts(connection, LEADER, scope=scope, today=DEMO_UNTIL)
            expected = dict(zip(of_page["kind_code"], of_page["count"], strict=True))
            found = figures.attention_counts(counted, scope.code or figures.NATION)
            assert {kind: found.get(kind, 0) for kind in expected} == expected
            assert any(expected.values())

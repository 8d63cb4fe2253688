"""What an import of past years brings does not all reach a district, and so fall due, on one day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import Connection, Engine, select

from data.aggregates import refresh
from data.codes import Visibility
from data.database.engine import reading, writing
from data.policy import Scope
from data.schema import Recommendation
from queries.recommendations.threads import threads
from tests.queries.recommendations.recommending import COORDINATOR, TODAY, recommend
from tests.worlds import DISTRICT, OTHER_DISTRICT

MONTHS = (date(2024, 2, 10), date(2024, 9, 10), date(2025, 5, 10))
WEEK = timedelta(days=7)


def recommend_month(connection: Connection, day: date, district: str) -> None:
    """Insert as many confidential evaluations with a recommendation as make a batch."""
    for _ in range(5):
        recommend(connection, created=day, visibility=Visibility.CONFIDENTIAL, district_soato=district)


@pytest.mark.both_databases
def test_recommendations_of_older_batches_follow_week_by_week(engine: Engine) -> None:
    with writing(engine) as connection:
        for day in MONTHS:
            recommend_month(connection, day, DISTRICT)
        recommend_month(connection, MONTHS[0], OTHER_DISTRICT)
        refresh(connection, today=TODAY)
    with reading(engine) as connection:
        columns = Recommendation.district_soato, Recommendation.created_date, Recommendation.released_date
        found = {tuple(row) for row in connection.execute(select(*columns))}
    assert found == {
        (DISTRICT, MONTHS[2], TODAY),
        (DISTRICT, MONTHS[1], TODAY + WEEK),
        (DISTRICT, MONTHS[0], TODAY + 2 * WEEK),
        (OTHER_DISTRICT, MONTHS[0], TODAY),
    }
    with reading(engine) as connection:
        shown = [
            len(threads(connection, COORDINATOR, scope=Scope.district(DISTRICT), today=TODAY + weeks * WEEK, limit=50))
            for weeks in range(4)
        ]
    assert shown == [5, 10, 15, 15]

"""Indicators as open data: what the pages publish, and no number where there is not enough of it."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from sqlalchemy import Connection, Engine, insert

from data.aggregates import refresh
from data.database.engine import writing
from data.dates.period import Period
from data.directory import name_column
from data.indicators import INDICATORS, MONTHLY_CODES
from data.language import Language
from data.open_data import NATION_CODE, OPEN_TABLES
from data.policy import Actor, Scope, ScopeKind
from data.schema import Target
from queries.indicators.trends import process_trend
from queries.indicators.values import indicator_values
from queries.open_data.figures import open_areas, open_indicators, open_months, open_years, read_months, whole_years
from tests.worlds import DISTRICT, OTHER_DISTRICT, REGION, make_evaluation, make_event, make_ngo, make_plan_item

TODAY, YEAR = date(2026, 1, 15), Period.of_year(2025)
VISITOR = Actor.visitor()
NUMBERS = ["value", "numerator", "denominator", "n", "interval_low", "interval_high"]


def fill(connection: Connection) -> None:
    """Insert a plan of four items in a district and of one in another, events of three of them, and evaluations."""
    ngo = make_ngo(connection)
    for month in (2, 3, 4, 5):
        item = make_plan_item(connection, year=2025, month=month, responsible_ngo_id=ngo)
        if month < 5:
            event = make_event(connection, event_date=date(2025, month, 9), plan_item_id=item, ngo_ids=(ngo,))
            make_evaluation(connection, event_id=event, ngo_id=ngo, submitted_date=date(2025, month, 11))
    make_plan_item(connection, year=2025, month=2, district_soato=OTHER_DISTRICT)
    for level, code, value in (("nation", "", 60.0), ("district", DISTRICT, 80.0)):
        target = {"scope_code": level, "area_code": code, "indicator_code": "plan_execution", "year": 2025}
        connection.execute(insert(Target).values(**target, value=value))
    refresh(connection, today=TODAY)


@pytest.fixture
def years(engine: Engine) -> pd.DataFrame:
    with writing(engine) as connection:
        fill(connection)
        return open_years(connection, VISITOR, today=TODAY, years=[YEAR])


def of_plan(years: pd.DataFrame, area_code: str, columns: list[str]) -> list[object]:
    """Return some columns of the plan's execution in an area."""
    rows = years[(years["area_code"] == area_code) & (years["indicator_code"] == "plan_execution")]
    return list(rows[columns].iloc[0])


def test_a_year_has_what_the_pages_publish(engine: Engine, years: pd.DataFrame) -> None:
    with writing(engine) as connection:
        shown = indicator_values(
            connection, VISITOR, scope=Scope.region(REGION), period=YEAR, today=TODAY, by=ScopeKind.DISTRICT
        )
    key = ["area_code", "indicator_code"]
    both = shown[shown["is_enough"]].merge(years, on=key, suffixes=("_shown", "_published"))
    assert {"plan_execution", "memorandum_coverage"} <= set(both["indicator_code"])
    for name in NUMBERS:
        pd.testing.assert_series_equal(both[f"{name}_shown"], both[f"{name}_published"], check_names=False)
    assert of_plan(years, DISTRICT, NUMBERS[:4]) == [75.0, 3.0, 4.0, 4.0]
    assert len(years) == len(INDICATORS) * (1 + 14 + 208)


def test_without_enough_there_is_no_number_at_all(years: pd.DataFrame) -> None:
    least = years["indicator_code"].map(lambda code: INDICATORS[code].minimum_n)
    assert (years["n"].isna() | (years["n"] >= least)).all()
    assert bool(years[years["value"].isna()][NUMBERS].isna().to_numpy().all())
    assert pd.isna(of_plan(years, OTHER_DISTRICT, NUMBERS)).all()


def test_a_target_is_that_of_the_area_or_of_a_wider_one(years: pd.DataFrame) -> None:
    columns = ["target", "target_verdict_code"]
    assert of_plan(years, NATION_CODE, columns) == [60.0, "within"]
    assert of_plan(years, DISTRICT, columns) == [80.0, "within"]
    assert of_plan(years, OTHER_DISTRICT, columns) == [60.0, "none"]
    assert of_plan(years, NATION_CODE, ["verdict_code"]) == ["not_compared"]


def test_months_are_those_of_the_trend(engine: Engine) -> None:
    with writing(engine) as connection:
        fill(connection)
        months = open_months(connection, VISITOR, today=TODAY, area_codes=[DISTRICT])
        trend = process_trend(
            connection,
            VISITOR,
            scope=Scope.district(DISTRICT),
            period=Period.of_months(date(2024, 1, 1), 24),
            today=TODAY,
            codes=MONTHLY_CODES,
            monthly=read_months(connection, VISITOR, today=TODAY),
        )
    shown = trend[trend["value"].notna()]
    columns = ["indicator_code", "month", "months", "numerator", "denominator", "n"]
    assert months[columns].to_dict("records") == shown[columns].to_dict("records")
    plan = months[months["indicator_code"] == "plan_execution"]
    assert plan[["value", "numerator", "denominator", "n"]].to_numpy().tolist() == [[75.0, 3.0, 4.0, 4.0]] * len(plan)


@pytest.mark.parametrize(
    ("today", "last_month"), [(date(2026, 1, 15), date(2025, 12, 1)), (date(2026, 5, 2), date(2026, 4, 1))]
)
def test_the_running_year_has_the_months_that_are_over(today: date, last_month: date) -> None:
    years = whole_years(today)
    assert years[0].first_day == date(2024, 1, 1)
    assert years[-1].last_day.replace(day=1) == last_month


def test_areas_and_indicators_are_named_in_every_language(engine: Engine) -> None:
    with writing(engine) as connection:
        areas = open_areas(connection, VISITOR)
    indicators = open_indicators()
    assert areas["level_code"].value_counts().to_dict() == {"district": 208, "region": 14, "nation": 1}
    for table, frame in (("areas", areas), ("indicators", indicators)):
        assert list(frame) == [column.code for column in OPEN_TABLES[table].columns]
        names = frame[[name_column(language) for language in Language]]
        assert not (names == "").to_numpy().any()

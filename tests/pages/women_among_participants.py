"""What is shown of an indicator that was added by its entry: ``tests/test_new_indicator.py`` runs this in a copy."""

from __future__ import annotations

import re
from datetime import date

import pandas as pd
import pytest
from sqlalchemy import Connection, update

from components.indicators.tables import comparison_columns, comparison_rows
from components.shell.formatter import Formatter
from components.tables.downloads import DownloadSheet, csv_file
from data.aggregates import data_version
from data.database.engine import reading, writing
from data.dates.period import Period
from data.indicators import INDICATORS
from data.language import Language, Translator
from data.policy import Actor, Role, Scope, ScopeKind
from data.schema import JointEvent
from queries.indicators.values import indicator_trend, indicator_values
from tests.pages.conftest import TODAY, Desk
from tests.shown import record_cells, record_titles
from tests.worlds import DISTRICT, FAR_DISTRICT, OTHER_DISTRICT, REGION, make_event

CODE, NAME = "events_with_women", "Events with women among the participants"
LEADER, YEAR = Actor(Role.NATIONAL), Period.of_year(2026)
# Women at the events of March, by district: 2 of 3 events, 1 of 1, none of 4.
WOMEN = {DISTRICT: (5, 0, 1), OTHER_DISTRICT: (7,), FAR_DISTRICT: (0, 0, 0, 0)}


def _hold(connection: Connection, day: date, district: str, women: int) -> None:
    event = make_event(connection, event_date=day, district_soato=district)
    connection.execute(update(JointEvent).where(JointEvent.id == event).values(participants_women=women))


@pytest.fixture
def desk(empty_desk: Desk) -> Desk:
    """The app on events of March by :data:`WOMEN`, and three more with women in April in the far district."""
    with writing(empty_desk.engine) as connection:
        for district, numbers in WOMEN.items():
            for women in numbers:
                _hold(connection, date(2026, 3, 8), district, women)
        for _ in range(3):
            _hold(connection, date(2026, 4, 9), FAR_DISTRICT, 2)
    data_version(empty_desk.engine)
    return empty_desk


def _values(desk: Desk, scope: Scope, by: ScopeKind) -> pd.DataFrame:
    with reading(desk.engine) as connection:
        values = indicator_values(connection, LEADER, scope=scope, period=YEAR, today=TODAY, by=by)
    return values[values["indicator_code"] == CODE].set_index("area_code")


def test_values_are_those_computed_by_hand(desk: Desk) -> None:
    districts = _values(desk, Scope.nation(), ScopeKind.DISTRICT)["value"]
    assert districts[DISTRICT] == pytest.approx(100 * 2 / 3)
    assert districts[FAR_DISTRICT] == pytest.approx(100 * 3 / 7)
    assert pd.isna(districts[OTHER_DISTRICT])
    assert _values(desk, Scope.region(REGION), ScopeKind.REGION)["value"].tolist() == [75]
    nation = _values(desk, Scope.nation(), ScopeKind.NATION).iloc[0]
    assert nation[["numerator", "denominator", "n", "value"]].tolist() == [6, 11, 11, pytest.approx(100 * 6 / 11)]
    # Wilson (1927), 90 %, computed apart.
    assert nation[["interval_low", "interval_high"]].tolist() == pytest.approx([31.507, 75.790], abs=0.001)


def test_its_months_make_a_trend(desk: Desk) -> None:
    with reading(desk.engine) as connection:
        trend = indicator_trend(connection, LEADER, scope=Scope.nation(), period=YEAR, today=TODAY, codes=(CODE,))
    known = trend.dropna().set_index("month")["value"]
    assert known.to_dict() == {pd.Timestamp(2026, 3, 1): 37.5, pd.Timestamp(2026, 4, 1): 100}


def test_the_map_and_the_ranking_offer_it(desk: Desk) -> None:
    app = desk.open(Role.NATIONAL, area="uz", period="year", indicator=CODE, lang="en")
    assert not app.exception
    choice = next(choice for choice in app.selectbox if NAME in choice.options)
    assert choice.value in {NAME, CODE}
    assert any(f'aria-label="Ranking: {NAME}"' in block.proto.body for block in app.get("html"))


def test_a_district_is_compared_by_it(desk: Desk) -> None:
    app = desk.open(Role.NATIONAL, "district", area=DISTRICT, period="year", lang="en")
    [title] = [title for title in record_titles(app, "") if title.endswith("against its region and the country")]
    row = record_cells(app, title, "Indicator").index(NAME)
    table = next(block.proto.body for block in app.get("html") if f'aria-label="{title}"' in block.proto.body)
    values = re.findall(r'data-label="[^"]*">(\d+%)', table.split("<tr>")[row + 2])
    assert values[:3] == ["67%", "75%", "55%"]


def test_an_export_has_it() -> None:
    fmt = Formatter(Translator(Language.EN))
    frame = pd.DataFrame(
        {"indicator_code": [CODE], "value": 75.0, "interval_low": 60.0, "interval_high": 88.0, "n": 4}
    ).assign(verdict_code="similar", region=50.0, nation=25.0, value_before=70.0, change_code="not_clear")
    rows = comparison_rows(frame, {}, fmt=fmt)
    columns = comparison_columns({"district": "A", "region": "B", "nation": "C"}, fmt=fmt)
    written = csv_file(DownloadSheet("Comparison", rows, columns, is_demo=False), translate=fmt.translate).decode()
    assert f"{NAME},75%,70%,No clear change,Similar,50%,25%,–,No target,60%,88%,–,–,–,–,joint events: 4" in written


def test_the_method_page_explains_it_and_works_it_through(desk: Desk) -> None:
    app = desk.open(Role.DISTRICT, "method", area=DISTRICT, period="year", lang="en")
    app.session_state[f"example_{CODE}"] = True
    app.run()
    assert NAME in [heading.value for heading in app.subheader]
    words = "\n".join(text.value for text in app.markdown)
    assert INDICATORS[CODE].description in words
    assert "2 / 3 = 66.7%" in words
    title = record_titles(app, "Newest source records: ")[0]
    assert sorted(record_cells(app, title, "In the numerator")) == ["No", "Yes", "Yes"]
    assert sorted(record_cells(app, title, "Women")) == ["0", "1", "5"]

"""Frames of a pack: district, region and nation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

import pandas as pd
import pytest
from sqlalchemy import Engine, update

from data.codes import AreaLevel, AttentionKind, HelpReason, RecommendationState, When
from data.database.engine import writing
from data.dates.period import Period
from data.indicators import INDICATORS
from data.indicators.verdicts import Change, Verdict
from data.policy import Scope
from data.schema import Recommendation
from queries.meetings.packs.packs import PackContent
from tests.databases import DATABASES, Databases
from tests.queries.meetings.packs.packing import (
    AREA,
    EVENTS,
    ITS_REGION,
    NATION,
    NATIONAL,
    REGIONAL,
    TODAY,
    frozen_in,
    pack,
    settle,
    with_packs,
)
from tests.queries.recommendations.recommending import recommend
from tests.worlds import (
    DISTRICT,
    FAR_DISTRICT,
    OTHER_DISTRICT,
    REGION,
    make_event,
    make_mahalla,
    make_memorandum,
    make_obligation,
    make_plan_item,
)

SEVEN = 7
# Two of the world's own events and that of a recommendation.
EVENTS_OF_MARCH, EVENTS_OF_RECOMMENDATIONS = 3, 2


Packs = Mapping[Scope, PackContent]


@pytest.fixture(scope="module", params=DATABASES)
def packs(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Packs]:
    """Packs of the settled district, its region and the nation, by scope."""
    with databases.copy(request.param, with_packs) as engine:
        frozen = frozen_in(engine)
        yield {scope: frozen.pack(scope) for scope in frozen.ids}


def _named(frame: pd.DataFrame, **wanted: object) -> pd.DataFrame:
    for column, value in wanted.items():
        frame = frame[frame[column] == value]
    return frame


def test_values_are_of_the_district_its_region_and_the_nation_now_and_a_year_before(packs: Packs) -> None:
    values = packs[AREA].frames["values"]
    assert set(zip(values["area_code"], values["when"], strict=True)) == {
        (area, when) for area in (DISTRICT, REGION, "") for when in (When.NOW.value, When.YEAR_BEFORE.value)
    }
    per_area = values.groupby(["area_code", "when"])["indicator_code"].agg(list)
    assert all(codes == list(INDICATORS) for codes in per_area)


@pytest.mark.parametrize(
    ("scope", "inside", "outside"), [(ITS_REGION, OTHER_DISTRICT, FAR_DISTRICT), (NATION, FAR_DISTRICT, "x")]
)
def test_wider_packs_hold_the_values_of_their_districts(packs: Packs, scope: Scope, inside: str, outside: str) -> None:
    content = packs[scope]
    values = content.frames["values"]
    assert set(_named(values, area_code=inside)["when"]) == {When.NOW.value}
    assert _named(values, area_code=outside).empty
    mapped = content.frames["map_values"]
    assert {"evaluation_score", "plan_execution"} == set(mapped["indicator_code"])
    plan = _named(mapped, district_soato=DISTRICT, indicator_code="plan_execution")
    assert plan["value"].tolist() == [50.0]


def test_the_area_is_compared_with_a_year_before_and_with_all_others(engine: Engine) -> None:
    settle(engine)
    with writing(engine) as connection:
        mahalla = make_mahalla(connection)
        for month in range(1, 6):
            for _ in range(EVENTS):
                item = make_plan_item(connection, year=2025, month=month, mahalla_id=mahalla)
                make_event(connection, event_date=date(2025, month, 9), mahalla_id=mahalla, plan_item_id=item)
        elsewhere = make_mahalla(connection, district_soato=OTHER_DISTRICT)
        for _ in range(4 * EVENTS):
            make_plan_item(connection, year=2026, month=3, mahalla_id=elsewhere, district_soato=OTHER_DISTRICT)
    compared = pack(engine).frames["comparisons"].set_index("indicator_code")
    plan = compared.loc["plan_execution"]
    assert (plan["value_before"], plan["change"], plan["change_code"]) == (100.0, -50.0, Change.WORSE.value)
    assert (plan["rest_value"], plan["verdict_code"]) == (0.0, Verdict.BETTER.value)
    assert plan["interval_low_998"] < plan["interval_low_95"] < 50.0 < plan["interval_high_95"]
    assert compared.loc["participants", "change_code"] == Change.FACT.value
    of_nation = pack(engine, NATIONAL, scope=NATION).frames["comparisons"]
    assert set(of_nation["area_code"]) == {""}
    assert of_nation["verdict_code"].isna().all()


def test_a_pack_of_a_running_period_is_of_its_months_that_are_over(engine: Engine) -> None:
    settle(engine)
    running = pack(engine, period=Period.of_months(date(2026, 4, 1), 3))
    assert running.period == Period.of_months(date(2026, 4, 1), 2)
    begun = pack(engine, period=Period.of_months(date(2026, 6, 1), 1))
    assert begun.period == Period.of_months(date(2026, 6, 1), 1)
    assert set(begun.frames["comparisons"]["change_code"]) == {Change.UNKNOWN.value}


def test_maps_say_of_each_district_whether_it_differs_from_all_others(packs: Packs) -> None:
    mapped = packs[NATION].frames["map_values"]
    assert set(mapped["verdict_code"]) <= set(Verdict)
    plan = _named(mapped, district_soato=DISTRICT, indicator_code="plan_execution").iloc[0]
    assert (plan["n"], plan["interval_low_95"] < 50.0 < plan["interval_high_95"]) == (EVENTS, True)


def test_every_area_that_is_spoken_of_has_its_names(packs: Packs) -> None:
    for content in packs.values():
        frames = content.frames
        areas = frames["areas"].set_index("area_code")
        for name in ("values", "index", "memoranda", "statuses", "proposals", "help", "targets"):
            for column in {"area_code", "district_soato", "set_by_area_code"} & set(frames[name]):
                assert set(frames[name][column].dropna()) <= set(areas.index), (name, column)
        own, nation = (areas.to_dict(orient="index")[code] for code in (DISTRICT, ""))
        assert (own["level"], own["region_soato"]) == (AreaLevel.DISTRICT.value, REGION)
        assert [nation[f"name_{code}"] for code in ("uz_latn", "ru", "en")] == [
            "Oʻzbekiston",
            "Узбекистан",
            "Uzbekistan",
        ]


def test_the_trend_holds_points_up_to_the_end_of_the_period(packs: Packs) -> None:
    trend = packs[AREA].frames["trend"]
    by_month = trend[trend["months"] == 1]
    assert by_month["month"].max() == pd.Timestamp(2026, 5, 1)
    quarter = _named(trend, month=pd.Timestamp(2026, 1, 1), indicator_code="participants")
    assert quarter[["months", "value"]].to_numpy().tolist() == [
        [3, 20.0 * (EVENTS_OF_MARCH + EVENTS_OF_RECOMMENDATIONS)]
    ]
    running = _named(trend, month=pd.Timestamp(2026, 4, 1), indicator_code="participants")
    assert running["is_finished"].tolist() == [False]


def test_targets_say_who_set_them(packs: Packs) -> None:
    rows = packs[AREA].frames["targets"].itertuples(index=False, name=None)
    assert list(rows) == [("plan_execution", 90.0, DISTRICT), ("mahalla_reach", 70.0, "")]


def test_a_district_shows_its_whole_register_and_a_region_what_expires_or_lives_on_paper(engine: Engine) -> None:
    settle(engine)
    with writing(engine) as connection:
        lively = make_memorandum(connection, signed_date=TODAY - timedelta(days=30), district_soato=OTHER_DISTRICT)
    own = pack(engine).frames["memoranda"]
    assert len(own) == 2
    first = own.iloc[0]
    assert (first["status_code"], first["days_left"], first["is_on_paper"]) == ("expiring", 20, False)
    assert first["ngo_names"] == "Ochiq Maskan; Pinhon Sohil"
    wider = pack(engine, REGIONAL, scope=ITS_REGION).frames["memoranda"]
    assert lively not in set(wider["memorandum_id"])
    assert len(wider) == 3


def test_plan_and_events_are_counted(packs: Packs) -> None:
    frames = packs[AREA].frames
    plan = frames["plan"]
    assert (len(plan), plan["planned"].sum(), plan["fulfilled"].sum()) == (5, EVENTS, EVENTS // 2)
    youth = _named(frames["events"], direction_code="youth_work").iloc[0]
    held = EVENTS + EVENTS_OF_RECOMMENDATIONS
    assert (youth["held"], youth["cancelled"], youth["participants"]) == (held, 1, 20 * held)
    assert len(frames["events"]) == 8


def test_recommendations_say_since_when_the_district_is_late(packs: Packs) -> None:
    frames = packs[AREA].frames
    late, waiting = frames["recommendations"].iloc[0], frames["recommendations"].iloc[1]
    # Released 90 days ago, and an answer is owed within 60.
    assert (late["is_overdue"], late["days_overdue"]) == (True, 30)
    assert not waiting["is_overdue"]
    assert pd.isna(waiting["days_overdue"])
    counts = frames["recommendation_counts"]
    assert counts[["count", "overdue", "answered"]].sum().tolist() == [2, 1, 0]
    assert counts.loc[counts["state_code"] == "new", "longest_days"].tolist() == [30]


def test_the_longest_overdue_recommendation_comes_first_and_answers_are_counted(engine: Engine) -> None:
    settle(engine)
    with writing(engine) as connection:
        for days in (5, 45):
            recommend(
                connection,
                created=TODAY - timedelta(days=100),
                answered=TODAY - timedelta(days=99),
                deadline=TODAY - timedelta(days=days),
                state=RecommendationState.ACCEPTED,
            )
        connection.execute(update(Recommendation).where(Recommendation.state_code == "accepted").values(answer="Yes"))
    frames = pack(engine).frames
    assert frames["recommendations"]["days_overdue"].dropna().tolist() == [45, 30, 5]
    counts = frames["recommendation_counts"].set_index("state_code").to_dict(orient="index")
    assert counts["accepted"] == {"count": 2, "overdue": 2, "answered": 2, "longest_days": 45}


def test_all_named_comments_are_counted_where_only_the_newest_are_held(packs: Packs) -> None:
    for scope, expected in ((AREA, EVENTS), (ITS_REGION, EVENTS)):
        voices = packs[scope].frames["voices"]
        assert set(voices["total"]) == {expected}
        assert voices["event_date"].is_monotonic_decreasing


def test_attention_is_counted_by_kind(packs: Packs) -> None:
    counts = packs[AREA].frames["attention"].set_index("kind_code")["count"]
    assert counts[AttentionKind.OBLIGATION_OVERDUE] == 3
    assert counts[AttentionKind.EXPIRING] == 1
    assert counts[AttentionKind.DECISION_OVERDUE] == 1


def test_the_index_is_that_of_the_area_and_of_its_districts(packs: Packs) -> None:
    own = packs[AREA].frames["index"]
    assert set(own["area_code"]) == {DISTRICT}
    assert own["when"].tolist() == [When.NOW.value, When.YEAR_BEFORE.value]
    wide = packs[ITS_REGION].frames
    now = _named(wide["index"], when="now").set_index("area_code")
    assert {REGION, DISTRICT, OTHER_DISTRICT} <= set(now.index)
    assert now.loc[DISTRICT, "index_value"] == pytest.approx(_named(own, when="now")["index_value"].iloc[0])
    assert set(wide["pillars"].groupby(["area_code", "when"]).size()) == {6}


def test_the_nation_has_an_index_and_no_place(packs: Packs) -> None:
    frames = packs[NATION].frames
    nation = _named(frames["index"], area_code="", when="now").iloc[0]
    assert 0 < nation["index_value"] <= 100
    assert nation["tier_code"] is None
    assert pd.isna(nation["median_rank"])


def test_districts_without_a_memorandum_or_with_much_overdue_need_help(engine: Engine) -> None:
    settle(engine)
    with writing(engine) as connection:
        idle = make_memorandum(connection, district_soato=OTHER_DISTRICT)
        for days in range(SEVEN):
            make_obligation(connection, memorandum_id=idle, due_date=TODAY - timedelta(days=days + 1))
    needed = pack(engine, REGIONAL, scope=ITS_REGION).frames["help"]
    of_other = _named(needed, district_soato=OTHER_DISTRICT).set_index("reason_code")["figure"].to_dict()
    assert of_other == {HelpReason.OVERDUE.value: SEVEN, HelpReason.ON_PAPER.value: 2}
    assert list(of_other) == [HelpReason.OVERDUE.value, HelpReason.ON_PAPER.value]
    bare = _named(needed, reason_code=HelpReason.NO_MEMORANDUM.value)
    assert not {DISTRICT, OTHER_DISTRICT} & set(bare["district_soato"])
    assert set(bare["figure"]) == {0.0}
    assert needed["district_soato"].iloc[0] in {DISTRICT, OTHER_DISTRICT}


def test_a_list_of_districts_in_need_is_short_and_ends_with_a_whole_district(packs: Packs) -> None:
    needed = packs[NATION].frames["help"]
    assert 15 < len(needed) <= 20


def test_a_district_has_no_movers_map_or_help(packs: Packs) -> None:
    frames = packs[AREA].frames
    assert all(frames[name].empty for name in ("movers", "map_values", "help"))

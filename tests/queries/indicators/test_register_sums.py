"""The indicators of obligations, requests, decisions, support, trainings and offences, each computed by hand."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from sqlalchemy import Connection, Engine, insert

from data.codes import Direction
from data.database.engine import writing
from data.policy import Scope, ScopeKind
from data.schema import MemorandumDirection
from tests.queries.indicators.reading import TODAY, all_values, row, trend_of
from tests.registers import (
    make_decision,
    make_meeting,
    make_offences,
    make_request,
    make_support,
    make_training,
)
from tests.worlds import (
    DISTRICT,
    FAR_DISTRICT,
    OTHER_DISTRICT,
    REGION,
    make_event,
    make_inhabitants,
    make_mahalla,
    make_memorandum,
    make_ngo,
    make_obligation,
)

pytestmark = pytest.mark.both_databases

MAY = date(2025, 5, 20)
YESTERDAY = TODAY - timedelta(days=1)


def test_an_obligation_counts_once_its_day_is_over(engine: Engine) -> None:
    with writing(engine) as connection:
        memorandum = make_memorandum(connection)
        for fulfilled in (MAY, MAY - timedelta(days=9), MAY + timedelta(days=1), None):
            make_obligation(connection, memorandum_id=memorandum, due_date=MAY, fulfilled_date=fulfilled)
        make_obligation(connection, memorandum_id=memorandum, due_date=date(2024, 12, 31), fulfilled_date=MAY)
    found = row(all_values(engine), "obligations_on_time", DISTRICT)
    assert (found["numerator"], found["denominator"], found["value"]) == (2, 4, 50)
    on_the_day = row(all_values(engine, today=MAY), "obligations_on_time", DISTRICT)
    assert on_the_day["denominator"] == 0
    assert np.isnan(on_the_day["value"])


def test_obligations_follow_the_direction_of_their_memorandum(engine: Engine) -> None:
    with writing(engine) as connection:
        for direction in (Direction.YOUTH_WORK, Direction.LEGAL_OUTREACH):
            memorandum = make_memorandum(connection)
            named = {"memorandum_id": memorandum, "direction_code": direction.value}
            connection.execute(insert(MemorandumDirection).values(**named))
            for _ in range(3):
                make_obligation(connection, memorandum_id=memorandum, due_date=MAY, fulfilled_date=MAY)
        ngo = make_ngo(connection)
        for _ in range(3):
            make_request(connection, ngo_id=ngo, sent_date=MAY, answered_date=MAY)
    values = all_values(engine, direction=Direction.YOUTH_WORK)
    assert row(values, "obligations_on_time", DISTRICT)["denominator"] == 3
    assert row(values, "requests_on_time", DISTRICT)["n"] == 0


def _requests(connection: Connection, working_days: list[int | None], *, district_soato: str = DISTRICT) -> None:
    """Requests sent on a Monday and answered after so many working days, fewer than five."""
    monday, ngo = date(2025, 6, 2), make_ngo(connection, district_soato=district_soato)
    for days in working_days:
        answered = None if days is None else monday + timedelta(days=days)
        make_request(
            connection, ngo_id=ngo, sent_date=monday, answered_date=answered, district_soato=district_soato,
            due_date=monday + timedelta(days=2),
        )  # fmt: skip


def test_the_median_of_answers_is_pooled_and_not_added_up(engine: Engine) -> None:
    with writing(engine) as connection:
        _requests(connection, [1, 2, 3, None])
        _requests(connection, [4, 4], district_soato=OTHER_DISTRICT)
    values = all_values(engine)
    on_time = row(values, "requests_on_time", DISTRICT)
    assert (on_time["numerator"], on_time["denominator"]) == (2, 4)
    assert row(values, "answer_days", DISTRICT)["value"] == 2
    assert not row(values, "answer_days", OTHER_DISTRICT)["is_enough"]
    region = row(all_values(engine, by=ScopeKind.REGION), "answer_days", REGION)
    assert (region["n"], region["value"]) == (5, 3)
    assert (region["interval_low"], region["interval_high"]) == (1, 4)


def test_days_to_an_answer_leave_out_the_week_end(engine: Engine) -> None:
    friday = date(2025, 6, 6)
    with writing(engine) as connection:
        ngo = make_ngo(connection)
        for _ in range(3):
            make_request(connection, ngo_id=ngo, sent_date=friday, answered_date=friday + timedelta(days=3))
    assert row(all_values(engine), "answer_days", DISTRICT)["value"] == 1


def test_decisions_count_where_the_meeting_was_and_in_all_above(engine: Engine) -> None:
    with writing(engine) as connection:
        for area, done in ((DISTRICT, MAY), (DISTRICT, None), (DISTRICT, MAY), (REGION, MAY), ("", None)):
            meeting = make_meeting(connection, meeting_date=date(2025, 3, 1), area_code=area)
            make_decision(connection, meeting_id=meeting, due_date=MAY, done_date=done)
    code = "decisions_done"
    district = row(all_values(engine), code, DISTRICT)
    region = row(all_values(engine, by=ScopeKind.REGION), code, REGION)
    nation = row(all_values(engine, by=ScopeKind.NATION), code, "")
    found = [(place["numerator"], place["denominator"]) for place in (district, region, nation)]
    assert found == [(2, 3), (3, 4), (3, 5)]
    assert trend_of(engine, code, scope=Scope.region(REGION))["2025-05"] == 75


def test_support_counts_partners_once_in_a_wider_area(engine: Engine) -> None:
    with writing(engine) as connection:
        ngos = [make_ngo(connection) for _ in range(5)]
        for ngo in ngos[:4]:
            make_event(connection, event_date=MAY, ngo_ids=(ngo,))
        make_event(connection, event_date=MAY, ngo_ids=(ngos[0],), district_soato=OTHER_DISTRICT)
        make_memorandum(connection, ngo_ids=(ngos[4],))
        for ngo, amount in zip(ngos, (10, 20, 30, None), strict=False):
            make_support(connection, ngo_id=ngo, support_date=MAY, amount_uzs=amount)
        make_support(connection, ngo_id=ngos[0], support_date=MAY, amount_uzs=40, district_soato=OTHER_DISTRICT)
        make_support(connection, ngo_id=make_ngo(connection), support_date=MAY, amount_uzs=99)
    values = all_values(engine)
    supported = row(values, "ngos_supported", DISTRICT)
    assert (supported["numerator"], supported["denominator"]) == (4, 5)
    amounts = [0, 0, 10, 20, 30]
    pairs = sum(abs(a - b) for i, a in enumerate(amounts) for b in amounts[:i])
    assert row(values, "support_gini", DISTRICT)["value"] == pytest.approx(pairs / (5 * 60))
    region = all_values(engine, by=ScopeKind.REGION)
    assert row(region, "ngos_supported", REGION)["denominator"] == 5
    amounts[2] = 50
    pairs = sum(abs(a - b) for i, a in enumerate(amounts) for b in amounts[:i])
    assert row(region, "support_gini", REGION)["value"] == pytest.approx(pairs / (5 * 100))


def test_a_partner_supported_in_another_district_is_supported_in_the_region(engine: Engine) -> None:
    with writing(engine) as connection:
        ngos = [make_ngo(connection) for _ in range(3)]
        for ngo in ngos:
            make_event(connection, event_date=MAY, ngo_ids=(ngo,))
        make_support(connection, ngo_id=ngos[0], support_date=MAY, amount_uzs=10, district_soato=OTHER_DISTRICT)
    code = "ngos_supported"
    district = row(all_values(engine), code, DISTRICT)
    region = row(all_values(engine, by=ScopeKind.REGION), code, REGION)
    assert [(place["numerator"], place["denominator"]) for place in (district, region)] == [(0, 3), (1, 3)]
    assert np.isnan(region["interval_low"]), "a fact counted in full"


def test_partners_and_support_are_those_of_twelve_months(engine: Engine) -> None:
    with writing(engine) as connection:
        ngos = [make_ngo(connection) for _ in range(3)]
        for ngo in ngos:
            make_event(connection, event_date=date(2025, 1, 31), ngo_ids=(ngo,))
        make_support(connection, ngo_id=ngos[0], support_date=date(2024, 12, 31))
        make_support(connection, ngo_id=ngos[1], support_date=date(2025, 1, 1))
    values = row(all_values(engine), "ngos_supported", DISTRICT)
    assert (values["numerator"], values["denominator"]) == (1, 3)
    trend = trend_of(engine, "ngos_supported", scope=Scope.district(DISTRICT), today=YESTERDAY)
    assert trend["2025-11"] == pytest.approx(200 / 3)
    assert trend["2025-12"] == pytest.approx(100 / 3)


def test_on_the_day_of_its_termination_a_memorandum_makes_no_partners(engine: Engine) -> None:
    with writing(engine) as connection:
        ngos = tuple(make_ngo(connection) for _ in range(3))
        make_memorandum(connection, ngo_ids=ngos, terminated_date=date(2025, 1, 1))
    trend = trend_of(engine, "ngos_supported", scope=Scope.district(DISTRICT))
    assert trend["2025-11"] == 0
    assert np.isnan(trend["2025-12"])
    assert row(all_values(engine), "ngos_supported", DISTRICT)["denominator"] == 0


def test_trained_posts_and_ngos_of_twelve_months(engine: Engine) -> None:
    with writing(engine) as connection:
        mahallas = [make_mahalla(connection) for _ in range(3)]
        ngo = make_ngo(connection)
        make_ngo(connection, district_soato=FAR_DISTRICT)
        make_training(connection, training_date=MAY, mahalla_ids=tuple(mahallas[:2]))
        make_training(connection, training_date=MAY, mahalla_ids=(mahallas[0],))
        make_training(connection, training_date=date(2024, 12, 31), mahalla_ids=(mahallas[2],))
        make_training(connection, training_date=date(2025, 12, 1), ngo_ids=(ngo,), district_soato=OTHER_DISTRICT)
    found = row(all_values(engine), "trained", DISTRICT)
    assert (found["numerator"], found["denominator"], found["value"]) == (3, 4, 75)
    trend = trend_of(engine, "trained", scope=Scope.district(DISTRICT))
    assert [trend[month] for month in ("2025-04", "2025-05", "2025-11", "2025-12")] == [25, 75, 75, 75]


def test_offences_are_brought_to_a_year_and_to_inhabitants(engine: Engine) -> None:
    with writing(engine) as connection:
        make_inhabitants(connection, district_soato=DISTRICT, counted_date=date(2025, 1, 1), inhabitants=50_000)
        make_inhabitants(connection, district_soato=OTHER_DISTRICT, counted_date=date(2025, 1, 1), inhabitants=10_000)
        for month, offences in ((202501, 10), (202502, 30)):
            make_offences(connection, year_month=month, offences=offences)
        make_offences(connection, year_month=202501, offences=5, district_soato=OTHER_DISTRICT)
        make_offences(connection, year_month=202501, offences=7, district_soato=FAR_DISTRICT)
    code = "offences_per_10k"
    values = all_values(engine)
    assert row(values, code, DISTRICT)["value"] == pytest.approx(20 * 12 / 5)
    assert not row(values, code, FAR_DISTRICT)["is_enough"]
    region = row(all_values(engine, by=ScopeKind.REGION), code, REGION)
    assert region["value"] == pytest.approx((20 * 12 + 5 * 12) / 6)
    assert trend_of(engine, code, scope=Scope.district(DISTRICT))["2025-02"] == pytest.approx(30 * 12 / 5)


def test_mahallas_without_an_offence_are_a_mean_over_months_with_a_figure(engine: Engine) -> None:
    with writing(engine) as connection:
        for _ in range(4):
            make_mahalla(connection)
        make_offences(connection, year_month=202503, mahallas_crime_free=4)
        make_offences(connection, year_month=202504, mahallas_crime_free=1)
    code = "crime_free_mahallas"
    assert row(all_values(engine), code, DISTRICT)["value"] == pytest.approx(100 * 5 / 8)
    assert trend_of(engine, code, scope=Scope.district(DISTRICT))["2025-04"] == 25

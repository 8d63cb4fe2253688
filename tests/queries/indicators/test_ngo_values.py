"""The figures of single NGOs, each computed by hand, and who is told which of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import Connection, Engine, update

from data.aggregates import data_version
from data.codes import Party, RecommendationState, Visibility, WouldRepeat
from data.database.engine import reading, writing
from data.indicators import INDICATORS
from data.policy import Actor, ForbiddenError, Role, Scope
from data.schema import Obligation
from queries.indicators.ngo_values import NGO_COLUMNS, ngo_names, ngo_values
from tests.queries.indicators.reading import TODAY, YEAR, rated_event
from tests.registers import make_request, make_training
from tests.worlds import (
    DISTRICT,
    FAR_DISTRICT,
    FAR_REGION,
    OTHER_DISTRICT,
    REGION,
    make_evaluation,
    make_event,
    make_memorandum,
    make_ngo,
    make_obligation,
    make_plan_item,
    make_recommendation,
)

pytestmark = pytest.mark.both_databases

HEAD = Actor(Role.DISTRICT, region_soato=REGION, district_soato=DISTRICT)
ADMIN = Actor(Role.ADMIN)
MAY = date(2025, 5, 20)


def values_of(
    engine: Engine, ngo_id: int, *, actor: Actor = HEAD, scope: Scope | None = None, today: date = TODAY
) -> pd.DataFrame:
    """The figures of an NGO, by the code of the indicator."""
    data_version(engine)
    with reading(engine) as connection:
        frame = ngo_values(connection, actor, scope=scope or Scope.ngo(ngo_id), period=YEAR, today=today)
    return frame[frame["ngo_id"] == ngo_id].set_index("indicator_code")


def itself(ngo_id: int) -> Actor:
    """The representative of an NGO."""
    return Actor(Role.NGO, ngo_id=ngo_id)


def counted(frame: pd.DataFrame, code: str) -> tuple[Any, ...]:
    """Numerator, denominator and value of an indicator."""
    found = frame.loc[code]
    return found["numerator"], found["denominator"], found["value"]


def test_exactly_the_declared_indicators_are_computed_in_their_order(engine: Engine) -> None:
    with writing(engine) as connection:
        ngo = make_ngo(connection)
    data_version(engine)
    with reading(engine) as connection:
        frame = ngo_values(connection, HEAD, scope=Scope.ngo(ngo), period=YEAR, today=TODAY)
    assert tuple(frame.columns) == NGO_COLUMNS
    assert list(frame["indicator_code"]) == [code for code, one in INDICATORS.items() if one.of_ngo is not None]
    known = frame[frame["is_enough"]]
    assert list(known["indicator_code"]) == ["trained"]
    assert frame.loc[~frame["is_enough"], ["value", "interval_low", "interval_high"]].isna().to_numpy().all()


def test_memoranda_and_obligations_are_those_that_it_is_a_party_to(engine: Engine) -> None:
    with writing(engine) as connection:
        ngo, other = make_ngo(connection), make_ngo(connection)
        working = make_memorandum(connection, ngo_ids=(ngo, other))
        make_memorandum(connection, ngo_ids=(ngo,))
        make_memorandum(connection, ngo_ids=(ngo,), signed_date=date(2025, 11, 1))
        make_event(connection, event_date=date(2025, 11, 5), memorandum_id=working, ngo_ids=(other,))
        for done in (MAY, MAY - timedelta(days=1), MAY + timedelta(days=1), None):
            make_obligation(connection, memorandum_id=working, due_date=MAY, fulfilled_date=done)
        of_police = make_obligation(connection, memorandum_id=working, due_date=MAY, fulfilled_date=MAY)
        connection.execute(update(Obligation).where(Obligation.id == of_police).values(party_code=Party.POLICE.value))
    found = values_of(engine, ngo)
    assert counted(found, "memorandum_alive") == (1, 2, 50)
    assert np.isnan(found.loc["memorandum_alive"]["interval_low"])
    assert counted(found, "obligations_on_time") == (2, 4, 50)
    assert counted(values_of(engine, other), "obligations_on_time") == (2, 4, 50)


def test_plan_items_are_those_it_is_responsible_for(engine: Engine) -> None:
    with writing(engine) as connection:
        ngo = make_ngo(connection)
        items = [make_plan_item(connection, year=2025, month=month, responsible_ngo_id=ngo) for month in (3, 4, 5, 6)]
        make_plan_item(connection, year=2025, month=7)
        make_plan_item(connection, year=2024, month=12, responsible_ngo_id=ngo)
        make_event(connection, event_date=date(2025, 8, 1), plan_item_id=items[0])
    found = values_of(engine, ngo)
    assert counted(found, "plan_execution") == (1, 4, 25)
    assert found.loc["plan_execution"]["interval_low"] < 25


def test_participants_and_events_evaluated_in_time_are_its_own(engine: Engine) -> None:
    with writing(engine) as connection:
        ngo, other = make_ngo(connection), make_ngo(connection)
        for days, sender in ((1, ngo), (14, ngo), (15, ngo), (1, other), (None, ngo)):
            event = make_event(connection, event_date=MAY, participants_total=10, ngo_ids=(ngo, other))
            if days is not None:
                sent = MAY + timedelta(days=days)
                make_evaluation(
                    connection, event_id=event, ngo_id=sender, submitted_date=sent, visibility=Visibility.CONFIDENTIAL
                )
        make_event(connection, event_date=date(2025, 12, 25), participants_total=10, ngo_ids=(ngo,))
    found = values_of(engine, ngo, today=date(2026, 1, 8))
    assert counted(found, "participants") == (60, 6, 60)
    assert counted(found, "evaluation_coverage") == (2, 5, 40)


def test_an_evaluation_in_time_stays_so_when_it_is_corrected(engine: Engine) -> None:
    with writing(engine) as connection:
        ngo = make_ngo(connection)
        for _ in range(5):
            event = make_event(connection, event_date=MAY, ngo_ids=(ngo,))
            for version, days in ((1, 3), (2, 40)):
                make_evaluation(
                    connection, event_id=event, ngo_id=ngo, submitted_date=MAY + timedelta(days=days),
                    version=version, is_current=version == 2,
                )  # fmt: skip
    assert counted(values_of(engine, ngo), "evaluation_coverage") == (5, 5, 100)


def _judge(connection: Connection, ngo: int) -> None:
    """Five named evaluations with marks 1 to 5, of which one would not repeat, and a confidential one with a 5."""
    for mark in (1, 2, 3, 4, 5):
        again = WouldRepeat.YES if mark > 1 else WouldRepeat.NO
        rated_event(connection, event_date=MAY, mark=mark, ngo_id=ngo, would_repeat=again)
    rated_event(connection, event_date=MAY, mark=5, ngo_id=ngo, visibility=Visibility.CONFIDENTIAL)


def test_leaders_get_what_it_said_by_name_and_itself_everything(engine: Engine) -> None:
    with writing(engine) as connection:
        ngo = make_ngo(connection)
        _judge(connection, ngo)
    for actor in (HEAD, ADMIN, Actor(Role.REGIONAL, region_soato=REGION)):
        found = values_of(engine, ngo, actor=actor)
        assert counted(found, "evaluation_score") == (15, 5, 3)
        assert counted(found, "would_repeat") == (4, 5, 80)
    spread = 2.1318468 * np.sqrt(2.5 / 5)
    score = found.loc["evaluation_score"]
    assert [score["interval_low"], score["interval_high"]] == pytest.approx([3 - spread, 3 + spread]), (
        "Student with four degrees of freedom"
    )
    own = values_of(engine, ngo, actor=itself(ngo))
    assert counted(own, "evaluation_score") == (20, 6, pytest.approx(20 / 6))
    assert counted(own, "would_repeat") == (5, 6, pytest.approx(500 / 6))


def test_the_national_leadership_is_told_nothing_of_what_one_ngo_said(engine: Engine) -> None:
    with writing(engine) as connection:
        ngo = make_ngo(connection)
        _judge(connection, ngo)
    for scope in (Scope.ngo(ngo), Scope.district(DISTRICT)):
        found = values_of(engine, ngo, actor=Actor(Role.NATIONAL), scope=scope)
        assert not any(INDICATORS[code].is_said_by_ngos for code in found.index)
        assert found.loc["participants"]["n"] == 6


def test_requests_are_those_that_it_owes_an_answer(engine: Engine) -> None:
    monday = date(2025, 6, 2)
    with writing(engine) as connection:
        ngo = make_ngo(connection)
        for days in (1, 2, 4, None):
            make_request(
                connection, ngo_id=ngo, sent_date=monday, due_date=monday + timedelta(days=2), asked_by=Party.POLICE,
                answered_date=None if days is None else monday + timedelta(days=days),
            )  # fmt: skip
        make_request(connection, ngo_id=ngo, sent_date=monday, asked_by=Party.NGO)
    found = values_of(engine, ngo)
    assert counted(found, "requests_on_time") == (2, 4, 50)
    assert (found.loc["answer_days"]["n"], found.loc["answer_days"]["value"]) == (3, 2)


def test_recommendations_reach_leaders_by_name_only(engine: Engine) -> None:
    with writing(engine) as connection:
        ngo = make_ngo(connection)
        for visibility, closed in (
            (Visibility.NAMED, MAY + timedelta(days=60)),
            (Visibility.NAMED, MAY + timedelta(days=61)),
            (Visibility.NAMED, None),
            (Visibility.CONFIDENTIAL, MAY),
        ):
            sent = rated_event(connection, event_date=MAY, ngo_id=ngo, visibility=visibility)
            recommendation: dict[str, Any] = {"created_date": MAY, "released_date": MAY, "closed_date": closed}
            state = RecommendationState.CLOSED if closed else RecommendationState.NEW
            make_recommendation(connection, evaluation_id=sent, state=state, **recommendation)
        unreleased = rated_event(connection, event_date=MAY, ngo_id=ngo, visibility=Visibility.CONFIDENTIAL)
        make_recommendation(connection, evaluation_id=unreleased, created_date=MAY)
    code = "recommendations_closed"
    assert counted(values_of(engine, ngo), code) == (1, 3, pytest.approx(100 / 3))
    assert counted(values_of(engine, ngo, actor=itself(ngo)), code) == (2, 4, 50)
    early = values_of(engine, ngo, today=MAY + timedelta(days=59))
    assert early.loc[code]["n"] == 0


def test_trained_is_yes_or_no_in_twelve_months(engine: Engine) -> None:
    with writing(engine) as connection:
        trained, late = make_ngo(connection), make_ngo(connection)
        make_training(connection, training_date=date(2025, 1, 1), ngo_ids=(trained,), district_soato=OTHER_DISTRICT)
        make_training(connection, training_date=MAY, ngo_ids=(trained,))
        make_training(connection, training_date=date(2024, 12, 31), ngo_ids=(late,))
    assert counted(values_of(engine, trained), "trained") == (1, 1, 100)
    assert counted(values_of(engine, late), "trained") == (0, 1, 0)


def test_a_district_gets_its_partner_ngos_and_what_they_did_there(engine: Engine) -> None:
    with writing(engine) as connection:
        guest = make_ngo(connection, name="Guest", district_soato=FAR_DISTRICT)
        idle = make_ngo(connection, name="Idle")
        signed = make_ngo(connection, name="Agreed")
        make_memorandum(connection, ngo_ids=(signed,))
        make_event(connection, event_date=MAY, participants_total=7, ngo_ids=(guest,))
        make_event(connection, event_date=MAY, participants_total=9, ngo_ids=(guest,), district_soato=FAR_DISTRICT)
    data_version(engine)
    home = Scope.district(DISTRICT)
    with reading(engine) as connection:
        frame = ngo_values(connection, HEAD, scope=home, period=YEAR, today=TODAY)
        names = ngo_names(connection, HEAD, scope=home, period=YEAR, today=TODAY)
    assert set(frame["ngo_id"]) == {guest, signed}
    assert idle not in set(names["ngo_id"])
    assert list(names["name"]) == ["Agreed", "Guest"]
    assert counted(values_of(engine, guest, scope=home), "participants") == (7, 1, 7)
    assert counted(values_of(engine, guest), "participants") == (7, 1, 7)
    assert counted(values_of(engine, guest, actor=ADMIN), "participants") == (16, 2, 16)


def test_without_partners_a_district_has_no_rows(engine: Engine) -> None:
    data_version(engine)
    with reading(engine) as connection:
        frame = ngo_values(connection, HEAD, scope=Scope.district(DISTRICT), period=YEAR, today=TODAY)
    assert frame.empty
    assert tuple(frame.columns) == NGO_COLUMNS


def test_an_ngo_gets_its_own_row_of_a_district_and_no_other(engine: Engine) -> None:
    with writing(engine) as connection:
        ngo, other = make_ngo(connection), make_ngo(connection)
        make_event(connection, event_date=MAY, ngo_ids=(ngo, other))
    data_version(engine)
    with reading(engine) as connection:
        frame = ngo_values(connection, itself(ngo), scope=Scope.district(DISTRICT), period=YEAR, today=TODAY)
        assert set(frame["ngo_id"]) == {ngo}
        with pytest.raises(ForbiddenError):
            ngo_values(connection, itself(ngo), scope=Scope.ngo(other), period=YEAR, today=TODAY)


@pytest.mark.parametrize(
    "actor",
    [
        Actor(Role.PUBLIC),
        Actor(Role.DISTRICT, region_soato=FAR_REGION, district_soato=FAR_DISTRICT),
        Actor(Role.COORDINATOR, region_soato=REGION, district_soato=OTHER_DISTRICT),
        Actor(Role.REGIONAL, region_soato=FAR_REGION),
    ],
)
def test_who_does_not_see_the_district_in_full_gets_nothing_of_its_ngos(engine: Engine, actor: Actor) -> None:
    with reading(engine) as connection:
        for ask in (ngo_values, ngo_names):
            with pytest.raises(ForbiddenError):
                ask(connection, actor, scope=Scope.district(DISTRICT), period=YEAR, today=TODAY)


@pytest.mark.parametrize("scope", [Scope.nation(), Scope.region(REGION)])
def test_wider_areas_have_no_figures_of_ngos(engine: Engine, scope: Scope) -> None:
    with reading(engine) as connection, pytest.raises(ValueError, match="one NGO"):
        ngo_values(connection, ADMIN, scope=scope, period=YEAR, today=TODAY)


def test_equal_ratings_of_an_ngo_are_no_proof_of_certainty(engine: Engine) -> None:
    with writing(engine) as connection:
        ngo = make_ngo(connection)
        for _ in range(5):
            rated_event(connection, event_date=MAY, mark=4, ngo_id=ngo)
    score = values_of(engine, ngo).loc["evaluation_score"]
    assert [score["interval_low"], score["interval_high"]] == pytest.approx([4 - 0.3892, 4 + 0.3892], abs=1e-3)

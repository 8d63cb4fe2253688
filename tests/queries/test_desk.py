"""Support, awards and trainings of an area beside its NGOs and posts, as the registers and indicators count them."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from sqlalchemy import Connection, Engine, update

from data.aggregates import refresh
from data.codes import AwardGround, AwardKind, AwardRecipient, SupportKind
from data.database.engine import reading, writing
from data.dates.clock import now
from data.dates.period import Period
from data.indicators.capacity import TRAINED
from data.policy import Actor, Role, Scope, ScopeKind
from data.schema import Award, District, Ngo, Support
from queries.desk import (
    awards_by_ground,
    desk_months,
    ngo_activity,
    support_by_kind,
    training_coverage,
    training_members,
)
from queries.indicators.values import indicator_values
from queries.registers.records import list_records
from tests.registers import make_support, make_training
from tests.worlds import (
    DISTRICT,
    FAR_DISTRICT,
    OTHER_DISTRICT,
    REGION,
    add,
    make_event,
    make_mahalla,
    make_ngo,
    numbers,
)

pytestmark = pytest.mark.both_databases

TODAY = date(2026, 6, 15)
PERIOD = Period.last_complete_months(TODAY)
MONTHS = desk_months(PERIOD, TODAY)
HEAD = Actor(Role.DISTRICT, region_soato=REGION, district_soato=DISTRICT)
HERE, WIDER = Scope.district(DISTRICT), Scope.region(REGION)
INSIDE, BEFORE = date(2026, 3, 2), date(2025, 5, 31)


def make_award(connection: Connection, *, ngo_id: int | None, award_date: date, district_soato: str = DISTRICT) -> int:
    """Insert a letter of thanks to an NGO, or to three citizens."""
    recipient = AwardRecipient.NGO if ngo_id else AwardRecipient.CITIZENS
    return add(
        connection,
        Award,
        district_soato=district_soato,
        number=f"R-{next(numbers)}",
        recipient_code=recipient.value,
        ngo_id=ngo_id,
        citizens=None if ngo_id else 3,
        ground_code=AwardGround.YOUTH.value,
        kind_code=AwardKind.LETTER.value,
        award_date=award_date,
    )


def by_name(frame: pd.DataFrame) -> dict[str, tuple[int, ...]]:
    """Return events, supports, so'm and awards of each NGO, and whether it was ever awarded."""
    columns = ["ngo_name", "events_held", "supports", "amount_uzs", "awards", "has_award"]
    return {name: tuple(map(int, rest)) for name, *rest in frame[columns].itertuples(index=False, name=None)}


def test_support_is_summed_by_form_in_the_twelve_months_of_the_indicator(engine: Engine) -> None:
    assert (MONTHS.first_day, MONTHS.last_day) == (date(2025, 6, 1), date(2026, 5, 31))
    with writing(engine) as connection:
        ngo, other = make_ngo(connection), make_ngo(connection)
        for ngo_id, amount in ((ngo, 5), (other, 6), (other, None)):
            make_support(connection, ngo_id=ngo_id, support_date=INSIDE, amount_uzs=amount)
        make_support(connection, ngo_id=ngo, support_date=INSIDE, kind=SupportKind.VENUE)
        make_support(connection, ngo_id=ngo, support_date=BEFORE, amount_uzs=100)
        make_support(connection, ngo_id=ngo, support_date=INSIDE, amount_uzs=100, district_soato=FAR_DISTRICT)
        withdrawn = make_support(connection, ngo_id=ngo, support_date=INSIDE, amount_uzs=100)
        connection.execute(update(Support).where(Support.id == withdrawn).values(withdrawn_at=now()))
    with reading(engine) as connection:
        found = support_by_kind(connection, HEAD, scope=HERE, months=MONTHS)
        rows = list_records(
            connection, HEAD, register="supports", scope=HERE, period=MONTHS, only={"kind": "grant", "stir": str(other)}
        )
    assert [tuple(row) for row in found.to_numpy()] == [("grant", 3, 2, 11), ("venue", 1, 1, 0)]
    assert rows.total == 2


def test_an_active_ngo_without_support_or_award_is_among_those_that_held_events(engine: Engine) -> None:
    with writing(engine) as connection:
        given, none = make_ngo(connection, name="A"), make_ngo(connection, name="B")
        idle = make_ngo(connection, name="C")
        make_support(connection, ngo_id=given, support_date=INSIDE, amount_uzs=7)
        make_award(connection, ngo_id=given, award_date=INSIDE)
        make_award(connection, ngo_id=none, award_date=BEFORE)
        make_award(connection, ngo_id=none, award_date=INSIDE, district_soato=FAR_DISTRICT)
        for day in (INSIDE, INSIDE, BEFORE):
            make_event(connection, event_date=day, ngo_ids=(none,))
        make_event(connection, event_date=INSIDE, ngo_ids=(idle,), district_soato=OTHER_DISTRICT)
        refresh(connection, today=TODAY)
    with reading(engine) as connection:
        own = Actor(Role.NGO, ngo_id=none)
        assert by_name(ngo_activity(connection, HEAD, scope=HERE, months=MONTHS)) == {
            "A": (0, 1, 7, 1, 1),
            "B": (2, 0, 0, 0, 1),
        }
        wider = ngo_activity(connection, Actor(Role.REGIONAL, region_soato=REGION), scope=WIDER, months=MONTHS)
        assert by_name(wider)["C"] == (1, 0, 0, 0, 0)
        assert list(by_name(ngo_activity(connection, own, scope=Scope.nation(), months=MONTHS))) == ["B"]


def test_awards_are_counted_by_ground_kind_and_recipient(engine: Engine) -> None:
    with writing(engine) as connection:
        ngo = make_ngo(connection)
        for ngo_id in (ngo, None, None):
            make_award(connection, ngo_id=ngo_id, award_date=INSIDE)
        make_award(connection, ngo_id=ngo, award_date=BEFORE)
    with reading(engine) as connection:
        found = awards_by_ground(connection, HEAD, scope=HERE, months=MONTHS)
        own = awards_by_ground(connection, Actor(Role.NGO, ngo_id=ngo), scope=Scope.nation(), months=MONTHS)
    columns = ["ground_code", "kind_code", "recipient_code", "awards", "citizens"]
    assert [tuple(row) for row in found[columns].to_numpy()] == [
        ("youth", "letter", "citizens", 2, 6),
        ("youth", "letter", "ngo", 1, 0),
    ]
    assert list(own["recipient_code"]) == ["ngo"]


def test_a_district_that_ended_has_nobody_to_train(engine: Engine) -> None:
    with writing(engine) as connection:
        make_mahalla(connection, name="M")
        make_ngo(connection, name="N")
        connection.execute(update(District).where(District.soato == DISTRICT).values(valid_to=MONTHS.first_day))
        refresh(connection, today=TODAY)
    with reading(engine) as connection:
        assert training_coverage(connection, HEAD, scope=HERE, months=MONTHS, today=TODAY).empty
        values = indicator_values(connection, HEAD, scope=HERE, by=ScopeKind.DISTRICT, period=PERIOD, today=TODAY)
    assert not values.loc[values["indicator_code"] == TRAINED.code, "denominator"].fillna(0).any()


def test_who_is_trained_agrees_with_the_indicator(engine: Engine) -> None:
    with writing(engine) as connection:
        posts = [make_mahalla(connection, name=f"M{place}") for place in range(3)]
        ngos = [make_ngo(connection, name=f"N{place}") for place in range(3)]
        connection.execute(update(Ngo).where(Ngo.id == ngos[2]).values(is_active=False))
        make_training(connection, training_date=INSIDE, mahalla_ids=(posts[0], posts[1]))
        make_training(connection, training_date=INSIDE, mahalla_ids=(posts[0],))
        make_training(connection, training_date=BEFORE, mahalla_ids=(posts[2],))
        make_training(connection, training_date=INSIDE, ngo_ids=(ngos[0], ngos[2]), district_soato=FAR_DISTRICT)
        refresh(connection, today=TODAY)
    with reading(engine) as connection:
        coverage = training_coverage(connection, HEAD, scope=HERE, months=MONTHS, today=TODAY)
        values = indicator_values(connection, HEAD, scope=HERE, by=ScopeKind.DISTRICT, period=PERIOD, today=TODAY)
        trained = training_members(connection, HEAD, scope=HERE, months=MONTHS, today=TODAY, is_trained=True, limit=9)
        without = training_members(connection, HEAD, scope=HERE, months=MONTHS, today=TODAY, is_trained=False, limit=9)
        only = {"mahallas": str(posts[0])}
        rows = list_records(connection, HEAD, register="trainings", scope=HERE, period=MONTHS, only=only)
        own = training_members(
            connection,
            Actor(Role.NGO, ngo_id=ngos[1]),
            scope=Scope.nation(),
            months=MONTHS,
            today=TODAY,
            is_trained=False,
            limit=9,
        )
    assert [tuple(row) for row in coverage.to_numpy()] == [(DISTRICT, 3, 2, 2, 1)]
    indicator = values[values["indicator_code"] == TRAINED.code].iloc[0]
    assert (indicator["numerator"], indicator["denominator"]) == (3, 5)
    assert list(without.frame["name"]) == ["M2", "N1"]
    shown = trained.frame[["name", "trainings"]].itertuples(index=False, name=None)
    assert list(shown) == [("M0", 2), ("M1", 1), ("N0", 0)], "a training elsewhere counts and is not the leader's"
    assert trained.frame["last_date"].isna().tolist() == [False, False, True]
    assert (rows.total, trained.total, without.total) == (2, 3, 2)
    assert list(own.frame["name"]) == ["N1"]

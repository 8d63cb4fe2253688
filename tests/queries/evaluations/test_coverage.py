"""Coverage: which NGOs evaluated their events, how many confidential evaluations wait, and named comments."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Connection, Engine

from data.aggregates import refresh
from data.codes import Visibility
from data.database.engine import writing
from data.dates.period import Period
from data.policy import Actor, ForbiddenError, Role, Scope
from data.schema import Evaluation
from queries.evaluations.comments import named_comments
from queries.evaluations.coverage import coverage_summary, not_evaluated
from tests.queries.indicators.reading import rated_event
from tests.worlds import DISTRICT, make_event, make_ngo

LEADER = Actor(Role.DISTRICT, region_soato="1703", district_soato=DISTRICT)
HERE = Scope.district(DISTRICT)
PERIOD, TODAY = Period.of_year(2025), date(2025, 6, 20)
CONFIDENTIAL = Visibility.CONFIDENTIAL


def test_ngos_with_most_events_left_come_first_and_events_have_fourteen_days(engine: Engine) -> None:
    with writing(engine) as connection:
        silent, half = make_ngo(connection, name="Silent"), make_ngo(connection, name="Half")
        for day in (date(2025, 5, 1), date(2025, 5, 2), date(2025, 6, 5), date(2025, 6, 6)):
            make_event(connection, event_date=day, ngo_ids=(silent,))
        rated_event(connection, event_date=date(2025, 6, 1), ngo_id=half, visibility=CONFIDENTIAL)
        make_event(connection, event_date=date(2025, 4, 1), ngo_ids=(half,))
        refresh(connection)
        frame = not_evaluated(connection, LEADER, scope=HERE, period=PERIOD, today=TODAY)
    columns = ["ngo_name", "events_held", "events_evaluated", "events_left", "share_pct"]
    assert frame[columns].to_numpy().tolist() == [["Silent", 3, 0, 3, 0.0], ["Half", 2, 1, 1, 50.0]]


def test_summary_says_what_is_counted_and_what_waits(engine: Engine) -> None:
    with writing(engine) as connection:
        for month in (1, 2, 3, 4, 5):
            rated_event(connection, event_date=date(2025, month, 1), visibility=CONFIDENTIAL)
        refresh(connection, today=TODAY)
        rated_event(connection, event_date=date(2025, 5, 1), visibility=CONFIDENTIAL)
        rated_event(connection, event_date=date(2025, 5, 1))
        refresh(connection, today=TODAY)
        whole, late = (
            coverage_summary(connection, LEADER, scope=HERE, period=period, today=TODAY).iloc[0].to_dict()
            for period in (PERIOD, Period.of_months(date(2025, 5, 1), 2))
        )
    counts = ("evaluations_named", "confidential_counted", "confidential_outside", "confidential_waiting")
    assert [whole[name] for name in counts] == [1, 5, 0, 1]
    assert [late[name] for name in counts] == [1, 0, 1, 1]
    assert (whole["events_due"], whole["events_evaluated"]) == (7, 7)


def test_an_ngo_is_not_told_how_many_wait(engine: Engine) -> None:
    with writing(engine) as connection:
        actor = Actor(Role.NGO, ngo_id=make_ngo(connection))
        with pytest.raises(ForbiddenError):
            coverage_summary(connection, actor, scope=Scope.nation(), period=PERIOD, today=TODAY)


def _comment(connection: Connection, text: str, **evaluation: object) -> None:
    values = {"event_date": date(2025, 5, 1), **evaluation}
    evaluation_id = rated_event(connection, **values)  # type: ignore[arg-type]
    connection.execute(Evaluation.__table__.update().where(Evaluation.id == evaluation_id).values(comment=text))  # type: ignore[attr-defined]


def test_leaders_read_named_comments_and_the_nation_none(engine: Engine) -> None:
    with writing(engine) as connection:
        own = make_ngo(connection, name="Own")
        _comment(connection, "Said openly", ngo_id=own)
        _comment(connection, "Said in confidence", ngo_id=own, visibility=CONFIDENTIAL)
        _comment(connection, "")

        def read(actor: Actor) -> set[str]:
            frame = named_comments(connection, actor, scope=actor.home_scope, period=PERIOD, limit=10)
            return set(frame["comment"])

        assert read(LEADER) == {"Said openly"}
        assert read(Actor(Role.NATIONAL)) == set()
        assert read(Actor(Role.NGO, ngo_id=own)) == {"Said openly", "Said in confidence"}

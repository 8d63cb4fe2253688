"""Helpers of the tests of recommendations: one of an NGO's evaluation, and the people of both sides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Connection, Engine, select

from data.codes import RecommendationState, Visibility
from data.database.engine import reading
from data.policy import Actor, Role
from data.schema import Evaluation, JointEvent, Ngo, Recommendation
from tests.worlds import DISTRICT, REGION, make_evaluation, make_event, make_ngo, make_recommendation

TODAY = date(2026, 6, 15)
NOW = datetime.combine(TODAY, time(6), tzinfo=UTC)
COORDINATOR = Actor(Role.COORDINATOR, region_soato=REGION, district_soato=DISTRICT)
ADMIN = Actor(Role.ADMIN)


def ago(days: int) -> date:
    """Return a day before :data:`TODAY`."""
    return TODAY - timedelta(days=days)


@dataclass(frozen=True)
class Made:
    """Inserted recommendation: its keys, its NGO, and the words by which its event and NGO could be recognised."""

    id: int
    public_id: str
    ngo: Actor
    ngo_name: str
    event_number: str


def recommend(
    connection: Connection,
    *,
    created: date = TODAY,
    released: date | None = None,
    visibility: Visibility = Visibility.NAMED,
    district_soato: str = DISTRICT,
    ngo_id: int | None = None,
    state: RecommendationState = RecommendationState.NEW,
    deadline: date | None = None,
    answered: date | None = None,
    closed: date | None = None,
) -> Made:
    """Insert a recommendation; a named one is released on its day unless told otherwise, a confidential one not yet."""
    ngo = ngo_id or make_ngo(connection, district_soato=district_soato)
    event_id = make_event(connection, event_date=created, district_soato=district_soato, ngo_ids=(ngo,))
    evaluation_id = make_evaluation(
        connection, event_id=event_id, ngo_id=ngo, submitted_date=created, visibility=visibility
    )
    recommendation_id = make_recommendation(
        connection,
        evaluation_id=evaluation_id,
        created_date=created,
        district_soato=district_soato,
        state=state,
        deadline_date=deadline,
        answered_date=answered,
        closed_date=closed,
        released_date=released or (created if visibility is Visibility.NAMED else None),
    )
    known = (
        select(Recommendation.public_id, Ngo.name, JointEvent.number)
        .join(Evaluation, Evaluation.id == Recommendation.evaluation_id)
        .join(JointEvent, JointEvent.id == Evaluation.event_id)
        .join(Ngo, Ngo.id == Evaluation.ngo_id)
        .where(Recommendation.id == recommendation_id)
    )
    public_id, ngo_name, event_number = connection.execute(known).one()
    return Made(recommendation_id, public_id, Actor(Role.NGO, ngo_id=ngo), ngo_name, event_number)


def stored(engine: Engine, made: Made) -> Recommendation:
    """Return the current row, read in a transaction of its own."""
    with reading(engine) as connection:
        row = connection.execute(select(Recommendation.__table__).where(Recommendation.id == made.id)).one()
    return Recommendation(**row._mapping)

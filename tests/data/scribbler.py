"""Random writes of every kind that changes a sum, repeatable by their seed."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

from sqlalchemy import Connection, delete, func, select, update

from data.codes import Direction, EventState, Partner, Problem, RecommendationState, Visibility, WouldRepeat
from data.schema import (
    ConfidentialBatchMember,
    Evaluation,
    JointEvent,
    JointEventNgo,
    JointEventPartner,
    Mahalla,
    Ngo,
    PlanItem,
    Recommendation,
)
from data.schema.base import Base
from tests.worlds import (
    DISTRICT,
    FAR_DISTRICT,
    OTHER_DISTRICT,
    make_evaluation,
    make_event,
    make_mahalla,
    make_ngo,
    make_plan_item,
    make_recommendation,
)

DISTRICTS = (DISTRICT, OTHER_DISTRICT, FAR_DISTRICT)


class Scribbler:
    """Writes at random, by every kind of statement that changes a sum."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - a repeatable test, no secret

    def day(self) -> date:
        return date(2024, 11, 1) + timedelta(days=self.random.randrange(100))

    def any_id(self, connection: Connection, model: type[Base]) -> int | None:
        column = model.__table__.c.id
        ids = connection.scalars(select(column).order_by(column)).all()
        return int(self.random.choice(ids)) if ids else None

    def settle(self, connection: Connection) -> None:
        """Mahallas, NGOs and a plan to begin with."""
        for district in DISTRICTS:
            for _ in range(3):
                make_mahalla(connection, district_soato=district)
                make_ngo(connection, district_soato=district)
            for month in (1, 11, 12):
                make_plan_item(connection, year=2024, month=month, district_soato=district, direction=self.direction())

    def direction(self) -> Direction:
        return self.random.choice([Direction.YOUTH_WORK, Direction.LEGAL_OUTREACH])

    def add_event(self, connection: Connection) -> None:
        ngo = self.any_id(connection, Ngo)
        make_event(
            connection,
            event_date=self.day(),
            district_soato=self.random.choice(DISTRICTS),
            mahalla_id=self.any_id(connection, Mahalla),
            direction=self.direction(),
            state=self.random.choice(list(EventState)),
            plan_item_id=self.any_id(connection, PlanItem),
            ngo_ids=() if ngo is None else (ngo,),
            partners=tuple(self.random.sample(list(Partner), k=self.random.randint(0, 2))),
        )

    def change_event(self, connection: Connection) -> None:
        changes: dict[str, object] = self.random.choice(
            [
                {"district_soato": self.random.choice(DISTRICTS)},
                {"event_date": self.day()},
                {"direction_code": self.direction().value},
                {"state_code": self.random.choice(list(EventState)).value},
                {"plan_item_id": self.any_id(connection, PlanItem)},
                {"mahalla_id": self.any_id(connection, Mahalla), "participants_total": 30, "participants_women": 7},
            ]
        )
        chosen = JointEvent.id == self.any_id(connection, JointEvent)
        connection.execute(update(JointEvent).where(chosen).values(**changes))

    def add_evaluation(self, connection: Connection) -> None:
        event = self.any_id(connection, JointEvent)
        ngo = connection.scalar(select(JointEventNgo.ngo_id).where(JointEventNgo.event_id == event))
        if event is None or ngo is None:
            return
        pair = (Evaluation.event_id == event, Evaluation.ngo_id == ngo)
        version = connection.scalar(select(func.coalesce(func.max(Evaluation.version), 0)).where(*pair)) or 0
        connection.execute(update(Evaluation).where(*pair).values(is_current=False))
        evaluation = make_evaluation(
            connection,
            event_id=event,
            ngo_id=ngo,
            submitted_date=self.random.choice([None, self.day()]),
            mark=self.random.choice([None, 1, 3, 5]),
            visibility=self.random.choice(list(Visibility)),
            would_repeat=self.random.choice(list(WouldRepeat)),
            problems=tuple(self.random.sample(list(Problem), 2)),
            version=version + 1,
        )
        make_recommendation(
            connection,
            evaluation_id=evaluation,
            created_date=self.day(),
            district_soato=self.random.choice(DISTRICTS),
        )

    def add_candid_week(self, connection: Connection) -> None:
        """Events of a few NGOs, each with a confidential evaluation and a recommendation: what batches are made of."""
        district, first = self.random.choice(DISTRICTS), self.day()
        ngos = connection.scalars(select(Ngo.id).order_by(Ngo.id)).all()
        for day, ngo in enumerate(self.random.sample(ngos, min(3, len(ngos)))):
            event_date = first + timedelta(days=day)
            direction = self.direction()
            event = make_event(
                connection, event_date=event_date, district_soato=district, direction=direction, ngo_ids=(ngo,)
            )
            evaluation = make_evaluation(
                connection,
                event_id=event,
                ngo_id=ngo,
                submitted_date=event_date,
                mark=self.random.choice([None, 1, 2, 5]),
                visibility=Visibility.CONFIDENTIAL,
            )
            make_recommendation(connection, evaluation_id=evaluation, created_date=event_date, district_soato=district)

    def change_recommendation(self, connection: Connection) -> None:
        chosen = Recommendation.id == self.any_id(connection, Recommendation)
        closed = {"state_code": RecommendationState.CLOSED.value, "closed_date": self.day()}
        moved = {"released_date": self.day(), "district_soato": self.random.choice(DISTRICTS)}
        connection.execute(update(Recommendation).where(chosen).values(**self.random.choice([closed, moved])))

    def move_evaluation(self, connection: Connection) -> None:
        event, chosen = self.any_id(connection, JointEvent), self.any_id(connection, Evaluation)
        ngo = connection.scalar(select(Evaluation.ngo_id).where(Evaluation.id == chosen))
        taken = select(Evaluation.id).where(Evaluation.event_id == event, Evaluation.ngo_id == ngo)
        released = select(ConfidentialBatchMember.batch_id).where(ConfidentialBatchMember.evaluation_id == chosen)
        if event is not None and connection.scalar(taken) is None and connection.scalar(released) is None:
            connection.execute(update(Evaluation).where(Evaluation.id == chosen).values(event_id=event))

    def change_plan(self, connection: Connection) -> None:
        chosen = PlanItem.id == self.any_id(connection, PlanItem)
        changes = {"month": self.random.randint(10, 12), "district_soato": self.random.choice(DISTRICTS)}
        connection.execute(update(PlanItem).where(chosen).values(**changes))

    def move_mahalla(self, connection: Connection) -> None:
        chosen = Mahalla.id == self.any_id(connection, Mahalla)
        connection.execute(update(Mahalla).where(chosen).values(district_soato=self.random.choice(DISTRICTS)))

    def delete_event(self, connection: Connection) -> None:
        event = self.any_id(connection, JointEvent)
        released = select(ConfidentialBatchMember.batch_id).where(ConfidentialBatchMember.event_id == event)
        if connection.scalar(released) is not None:
            return  # what was released rests on it, so the database does not let it go
        of_event = select(Evaluation.id).where(Evaluation.event_id == event)
        connection.execute(delete(Recommendation).where(Recommendation.evaluation_id.in_(of_event)))
        connection.execute(delete(Evaluation).where(Evaluation.event_id == event))
        connection.execute(delete(JointEvent).where(JointEvent.id == event))

    def drop_ngo_of_event(self, connection: Connection) -> None:
        chosen = JointEventNgo.event_id == self.any_id(connection, JointEvent)
        connection.execute(delete(JointEventNgo).where(chosen))

    def drop_partners_of_event(self, connection: Connection) -> None:
        chosen = JointEventPartner.event_id == self.any_id(connection, JointEvent)
        connection.execute(delete(JointEventPartner).where(chosen))

    def write(self, connection: Connection) -> None:
        """One random write."""
        often: list[Callable[[Connection], None]] = [self.add_event, self.add_evaluation, self.change_event]
        seldom: list[Callable[[Connection], None]] = [
            self.add_candid_week,
            self.change_recommendation,
            self.move_evaluation,
            self.change_plan,
            self.move_mahalla,
            self.delete_event,
            self.drop_ngo_of_event,
            self.drop_partners_of_event,
        ]
        self.random.choice(often * 4 + seldom)(connection)

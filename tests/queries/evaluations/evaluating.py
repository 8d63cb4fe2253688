"""NGO, event that it held, and filled-in draft: the starting point of the tests of evaluations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Engine, func, select

from data.accounts.accounts import NewAccount, add_account
from data.codes import DraftItem, EvaluationItem, EventState, Visibility, WouldRepeat
from data.database.engine import reading, writing
from data.policy import Actor, Role
from data.schema import AuditEntry, Evaluation, EvaluationDraft, Recommendation
from queries.evaluations.drafts import Draft, open_draft, save_answer
from tests.worlds import DISTRICT, make_event, make_ngo

EVENT_DAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)
LONG_AFTER = NOW + timedelta(days=40)
COMPLETE: Mapping[str, str] = {
    **{item.value: "4" for item in EvaluationItem},
    EvaluationItem.RESOURCES: "na",
    DraftItem.WOULD_REPEAT: WouldRepeat.YES.value,
    DraftItem.PARTICIPANTS: "35",
    DraftItem.PROBLEMS: "distrust;other",
    DraftItem.OTHER_PROBLEM: "The hall was cold",
    DraftItem.COMMENT: "People listened.\nThey asked questions.",
    DraftItem.RECOMMENDATION: "Begin an hour later",
    DraftItem.VISIBILITY: Visibility.NAMED.value,
}
COORDINATOR = Actor(role=Role.COORDINATOR, login="coordinator", region_soato="1703", district_soato=DISTRICT)


@dataclass(frozen=True)
class Situation:
    """An NGO's representative and an event that the NGO held in :data:`DISTRICT` on :data:`EVENT_DAY`."""

    actor: Actor
    ngo_id: int
    event_id: int


def situation(engine: Engine, *, event_date: date = EVENT_DAY, state: EventState = EventState.HELD) -> Situation:
    """Insert an NGO with an account and an event of its own."""
    with writing(engine) as connection:
        ngo_id = make_ngo(connection)
        event_id = make_event(connection, event_date=event_date, state=state, ngo_ids=(ngo_id,))
        login = f"ngo{ngo_id}"
        account_id = add_account(
            connection, NewAccount(login=login, role=Role.NGO, ngo_id=ngo_id), password=None, actor="test"
        )
    return Situation(Actor(role=Role.NGO, account_id=account_id, login=login, ngo_id=ngo_id), ngo_id, event_id)


def fill(
    engine: Engine, actor: Actor, draft: Draft, answers: Mapping[str, str] = COMPLETE, *, now: datetime = NOW
) -> str:
    """Give answers to a draft, one by one as the form does, and return its submission id."""
    for code, value in answers.items():
        save_answer(engine, actor, submission_id=draft.submission_id, item_code=code, value=value, now=now)
    return draft.submission_id


def filled_draft(engine: Engine, here: Situation, answers: Mapping[str, str] = COMPLETE, *, now: datetime = NOW) -> str:
    """Return the submission id of a draft with these answers."""
    return fill(engine, here.actor, open_draft(engine, here.actor, event_id=here.event_id, now=now), answers, now=now)


class Rows(NamedTuple):
    """Numbers of rows: evaluations, recommendations, drafts, audit entries about evaluations."""

    evaluations: int
    recommendations: int
    drafts: int
    audited: int


def rows(engine: Engine) -> Rows:
    """Count them all."""
    models = (Evaluation, Recommendation, EvaluationDraft)
    audited = select(func.count()).where(AuditEntry.entity == "evaluation")
    with reading(engine) as connection:
        counts = [connection.execute(select(func.count()).select_from(model)).scalar_one() for model in models]
        return Rows._make([*counts, connection.execute(audited).scalar_one()])


SENT_ONCE = Rows(evaluations=1, recommendations=1, drafts=0, audited=1)
NOT_SENT = Rows(evaluations=0, recommendations=0, drafts=1, audited=0)

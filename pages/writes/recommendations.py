"""Writes of recommendations: a step of the district's answer, or the NGO's reply."""

from __future__ import annotations

from datetime import date

from components.recommendations.actions import AskedAct, RecommendationAct
from data.database.engine import get_engine
from data.dates import clock
from pages.loaders.identity import require_actor
from queries.recommendations.steps import accept, assign, confirm, decline, mark_done, reopen


def store_act(asked: AskedAct) -> None:
    """Store one step of a recommendation by the current actor. Raises ForbiddenError and what the step raises."""
    engine, actor, key, text, now = get_engine(), require_actor(), asked.public_id, asked.text, clock.now()
    seen = asked.seen_state
    match asked:
        case AskedAct(act=RecommendationAct.ACCEPT, owner=owner, deadline_date=date() as day):
            accept(engine, actor, public_id=key, answer=text, owner=owner, deadline_date=day, now=now)
        case AskedAct(act=RecommendationAct.ASSIGN, owner=owner, deadline_date=date() as day):
            assign(engine, actor, public_id=key, seen_state=seen, owner=owner, deadline_date=day, now=now)
        case AskedAct(act=RecommendationAct.DECLINE):
            decline(engine, actor, public_id=key, seen_state=seen, reason=text, now=now)
        case AskedAct(act=RecommendationAct.DONE):
            mark_done(engine, actor, public_id=key, note=text, now=now)
        case AskedAct(act=RecommendationAct.CONFIRM):
            confirm(engine, actor, public_id=key, now=now)
        case AskedAct(act=RecommendationAct.REOPEN):
            reopen(engine, actor, public_id=key, seen_state=seen, reason=text, now=now)

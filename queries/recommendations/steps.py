"""Steps of either side on a recommendation: each is one transaction with the step of its thread and the audit entry.

| who | does | from | to |
|---|---|---|---|
| district | ``assign`` an owner and a deadline | new, accepted | the same |
| district | ``accept`` with an answer, an owner and a deadline | new | accepted |
| district | ``decline`` with a reason | new, accepted | declined |
| district | ``mark_done`` with what was done | accepted | done |
| NGO | ``confirm`` | done | closed |
| NGO | ``reopen`` with a reason | done | accepted |
| NGO | ``reopen`` with a reason, once | declined | new: it waits for another answer |

The district is its coordinator or an administrator, and only from the day of release on. The update itself checks the
state, and a step that is allowed from several states names the one that the person saw: of two people who act at once
the second is refused, and nobody declines what was accepted a moment before without knowing it. The same step again
changes nothing and says so. Audit entries have states, owner and deadline but no texts of an NGO.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection, Engine, func, select

from data.codes import Party, RecommendationAction, RecommendationState
from data.database.engine import writing_or_busy
from data.dates.clock import day_of
from data.language import N_, DomainError
from data.policy import Actor
from data.schema import RecommendationStep
from queries.recommendations.changes import Step, StepOutcome, apply_step, lock_recommendation, take_step
from queries.recommendations.texts import clean_deadline, clean_owner, clean_required_text
from queries.recommendations.threads import MOST_DECLINES

_STATE, _ACTION = RecommendationState, RecommendationAction


class DeclinedForGoodError(DomainError):
    """Raised where a recommendation declined for the second time is reopened: an NGO reopens it once only."""

    def __init__(self) -> None:
        super().__init__(N_("This recommendation was declined twice and cannot be reopened again."))


def assign(
    engine: Engine,
    actor: Actor,
    *,
    public_id: str,
    seen_state: RecommendationState,
    owner: str,
    deadline_date: date,
    now: datetime,
) -> StepOutcome:
    """Set or change the owner and deadline of a recommendation.

    Raises ForbiddenError, BusyError, ActedFirstError, NoOwnerError, DeadlineError, TextTooLongError, PersonalDataError.
    """
    step = _assigning(clean_owner(owner), clean_deadline(deadline_date, now=now))
    return take_step(engine, actor, step.from_seen(seen_state), public_id=public_id, now=now)


def accept(
    engine: Engine, actor: Actor, *, public_id: str, answer: str, owner: str, deadline_date: date, now: datetime
) -> StepOutcome:
    """Accept a recommendation, with an answer to the NGO, an owner and a deadline.

    Raises ForbiddenError, BusyError, ActedFirstError, NoTextError, NoOwnerError, DeadlineError, TextTooLongError,
    PersonalDataError.
    """
    text, assigned = clean_required_text(answer), _assigning(clean_owner(owner), clean_deadline(deadline_date, now=now))
    step = Step(
        side=Party.POLICE,
        action=_ACTION.ACCEPTED,
        sources=(_STATE.NEW,),
        target=_STATE.ACCEPTED,
        text=text,
        columns={"answer": text, **assigned.columns},
        dated={"answered_date": day_of(now)},
    )
    return take_step(engine, actor, step, public_id=public_id, now=now, also=assigned)


def decline(
    engine: Engine, actor: Actor, *, public_id: str, seen_state: RecommendationState, reason: str, now: datetime
) -> StepOutcome:
    """Decline a recommendation; the reason is the answer.

    Raises ForbiddenError, BusyError, ActedFirstError, NoTextError, TextTooLongError, PersonalDataError.
    """
    text = clean_required_text(reason)
    step = Step(
        side=Party.POLICE,
        action=_ACTION.DECLINED,
        sources=(_STATE.NEW, _STATE.ACCEPTED),
        target=_STATE.DECLINED,
        text=text,
        columns={"answer": text},
        dated={"answered_date": day_of(now)},
    )
    return take_step(engine, actor, step.from_seen(seen_state), public_id=public_id, now=now)


def mark_done(engine: Engine, actor: Actor, *, public_id: str, note: str, now: datetime) -> StepOutcome:
    """Report what was done about an accepted recommendation; the NGO's confirmation closes it.

    Raises ForbiddenError, BusyError, ActedFirstError, NoTextError, TextTooLongError, PersonalDataError.
    """
    step = Step(
        side=Party.POLICE,
        action=_ACTION.DONE,
        sources=(_STATE.ACCEPTED,),
        target=_STATE.DONE,
        text=clean_required_text(note),
    )
    return take_step(engine, actor, step, public_id=public_id, now=now)


def confirm(engine: Engine, actor: Actor, *, public_id: str, now: datetime) -> StepOutcome:
    """Confirm, as the NGO that made it, that a recommendation was implemented, which closes it.

    Raises ForbiddenError, BusyError, ActedFirstError.
    """
    step = Step(
        side=Party.NGO,
        action=_ACTION.CONFIRMED,
        sources=(_STATE.DONE,),
        target=_STATE.CLOSED,
        dated={"closed_date": day_of(now)},
    )
    return take_step(engine, actor, step, public_id=public_id, now=now)


def reopen(
    engine: Engine, actor: Actor, *, public_id: str, seen_state: RecommendationState, reason: str, now: datetime
) -> StepOutcome:
    """Reopen, as the NGO that made it, a recommendation that was not implemented, or once a declined one.

    A done one becomes accepted again; a declined one becomes new and waits for another answer. Raises ForbiddenError,
    BusyError, ActedFirstError, DeclinedForGoodError, NoTextError, TextTooLongError, PersonalDataError.
    """
    text = clean_required_text(reason)
    undone = Step(side=Party.NGO, action=_ACTION.REOPENED, sources=(_STATE.DONE,), target=_STATE.ACCEPTED, text=text)
    undeclined = Step(
        side=Party.NGO,
        action=_ACTION.REOPENED,
        sources=(_STATE.DECLINED,),
        target=_STATE.NEW,
        text=text,
        columns={"answer": ""},
        dated={"answered_date": None},
    )
    with writing_or_busy(engine) as connection:
        row = lock_recommendation(connection, actor, Party.NGO, public_id=public_id, today=day_of(now))
        if row.state_code == _STATE.DECLINED.value and _declines(connection, row.id) >= MOST_DECLINES:
            raise DeclinedForGoodError
        step = undeclined if seen_state is _STATE.DECLINED else undone
        return apply_step(connection, actor, step.from_seen(seen_state), row, now=now)


def _assigning(owner: str, deadline_date: date) -> Step:
    return Step(
        side=Party.POLICE,
        action=_ACTION.ASSIGNED,
        sources=(_STATE.NEW, _STATE.ACCEPTED),
        target=None,
        text=f"{owner}, {deadline_date:%d.%m.%Y}",
        columns={"owner": owner, "deadline_date": deadline_date},
    )


def _declines(connection: Connection, recommendation_id: int) -> int:
    counted = select(func.count()).select_from(RecommendationStep)
    declined = counted.filter_by(recommendation_id=recommendation_id, action_code=_ACTION.DECLINED.value)
    return connection.execute(declined).scalar_one()

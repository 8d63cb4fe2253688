"""Write of one step of a recommendation: rights, state check, change, thread step and audit entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, insert, or_, select, update

from data.codes import Party, RecommendationAction, RecommendationState
from data.database import audit
from data.database.engine import writing_or_busy
from data.dates.clock import day_of
from data.language import N_, DomainError, Message
from data.policy import Action, Actor, ForbiddenError, Scope, require
from data.schema import Evaluation, Recommendation, RecommendationStep
from queries.accounts.actors import require_account
from queries.notices.news import tell_recommendation_step


class ActedFirstError(DomainError):
    """Raised where somebody acted first, so the state does not allow this step; ``state`` is the current one."""

    def __init__(self, state: RecommendationState) -> None:
        text = N_("Somebody else acted first: the state is now “{state}”. Your step was not saved.")
        super().__init__(text, state=Message(state.label))
        self.state = state


@dataclass(frozen=True)
class StepOutcome:
    """State after a step; ``is_repeated``: the same step was stored already and nothing was added."""

    state: RecommendationState
    is_repeated: bool = False


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step: allowed states, new state (None: unchanged), text, and columns to write."""

    side: Party
    action: RecommendationAction
    sources: tuple[RecommendationState, ...]
    target: RecommendationState | None
    text: str = ""
    columns: Mapping[str, Any] = field(default_factory=dict)
    dated: Mapping[str, date | None] = field(default_factory=dict)

    @property
    def values(self) -> dict[str, Any]:
        """Columns to write."""
        state = {"state_code": self.target.value} if self.target else {}
        return {**state, **self.columns, **self.dated}

    def from_seen(self, state: RecommendationState) -> Step:
        """Return the step restricted to the state that the person saw."""
        return replace(self, sources=tuple(source for source in self.sources if source is state))


def take_step(
    engine: Engine, actor: Actor, step: Step, *, public_id: str, now: datetime, also: Step | None = None
) -> StepOutcome:
    """Apply a step in a transaction of its own; ``also`` is applied before it where it changes anything.

    Raises ForbiddenError, BusyError, ActedFirstError.
    """
    with writing_or_busy(engine) as connection:
        row = lock_recommendation(connection, actor, step.side, public_id=public_id, today=day_of(now))
        return apply_step(connection, actor, step, row, now=now, also=also)


def lock_recommendation(connection: Connection, actor: Actor, side: Party, *, public_id: str, today: date) -> Row[Any]:
    """Lock a recommendation for this transaction. Raises ForbiddenError unless the actor may act on this side."""
    known = (
        select(Recommendation.id, Recommendation.district_soato, Recommendation.released_date, Evaluation.ngo_id)
        .join(Evaluation, Evaluation.id == Recommendation.evaluation_id)
        .where(Recommendation.public_id == public_id)
        # A correction locks the evaluation before the recommendation; in the same order nobody waits in a circle.
        .with_for_update(read=True, of=Evaluation)
    )
    row = connection.execute(known).one_or_none()
    if row is None:
        raise ForbiddenError
    if side is Party.NGO:
        require(actor, Action.CONFIRM_ANSWER, Scope.ngo(row.ngo_id))
    else:
        if row.released_date is None or row.released_date > today:
            raise ForbiddenError
        require(actor, Action.ANSWER_RECOMMENDATION, Scope.district(row.district_soato))
    require_account(connection, actor)
    own = select(Recommendation.__table__).where(Recommendation.id == row.id).with_for_update()
    found = connection.execute(own).one_or_none()
    if found is None:  # the NGO took it back just now
        raise ForbiddenError
    return found


def apply_step(
    connection: Connection, actor: Actor, step: Step, row: Row[Any], *, now: datetime, also: Step | None = None
) -> StepOutcome:
    """Apply a step where the state allows it, with its thread step and audit entry. Raises ActedFirstError."""
    table = Recommendation.__table__.c
    fitting = update(Recommendation).where(
        Recommendation.id == row.id, Recommendation.state_code.in_([state.value for state in step.sources])
    )
    if step.target is None:
        fitting = fitting.where(or_(*(table[name].is_distinct_from(value) for name, value in step.columns.items())))
    if connection.execute(fitting.values(**step.values)).rowcount == 0:
        return _repeated(connection, step, row)
    for taken in (also, step):
        if taken is not None and (taken is step or not _stands(taken, row)):
            step_id = _add_step(connection, actor, taken, row.id, now=now)
            tell_recommendation_step(
                connection, recommendation_id=row.id, action=taken.action, step_id=step_id, now=now
            )
    _record(connection, actor, step, row)
    return StepOutcome(step.target or RecommendationState(row.state_code))


def _stands(step: Step, row: Row[Any]) -> bool:
    return all(getattr(row, name) == value for name, value in step.columns.items())


def _repeated(connection: Connection, step: Step, row: Row[Any]) -> StepOutcome:
    """Return the outcome where the very same step is stored already. Raises ActedFirstError where it is not."""
    state = RecommendationState(row.state_code)
    if step.target is None:
        is_same = state in step.sources and _stands(step, row)
    else:
        last = select(RecommendationStep.action_code, RecommendationStep.text)
        last = last.where(RecommendationStep.recommendation_id == row.id).order_by(RecommendationStep.id.desc())
        found = connection.execute(last.limit(1)).one_or_none()
        is_last = found is not None and tuple(found) == (step.action.value, step.text)
        is_same = state is step.target and is_last and _stands(step, row)
    if not is_same:
        raise ActedFirstError(state)
    return StepOutcome(state, is_repeated=True)


def _add_step(connection: Connection, actor: Actor, step: Step, recommendation_id: int, *, now: datetime) -> int:
    added = insert(RecommendationStep).values(
        recommendation_id=recommendation_id,
        at=now,
        account_id=actor.account_id,
        side_code=step.side.value,
        action_code=step.action.value,
        text=step.text,
    )
    return connection.execute(added.returning(RecommendationStep.id)).scalar_one()


def _record(connection: Connection, actor: Actor, step: Step, row: Row[Any]) -> None:
    audited = ("state_code", "owner", "deadline_date", "answered_date", "closed_date")
    before = {name: getattr(row, name) for name in audited}
    after = {name: value for name, value in {**before, **step.values}.items() if name in audited}
    audit.record(
        connection,
        actor=actor,
        action=step.action.value,
        entity="recommendation",
        entity_id=row.id,
        before=before,
        after=after,
    )

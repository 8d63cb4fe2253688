"""Audit log as it is read: narrowed, page by page, the newest first; and downloaded, which is an entry itself.

Without the entries about confidential evaluations: who sent one, and what an NGO did about the recommendation in it, is
for nobody to read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Engine, Integer, Select, and_, case, cast, exists, false, func, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from data.codes import RecommendationAction, Visibility
from data.database import audit
from data.database.engine import WITH_WITHDRAWN, reading, writing_or_busy
from data.dates.clock import TASHKENT
from data.policy import Action, Actor, require
from data.schema import Account, AuditEntry, Evaluation, Ngo, Recommendation
from queries.accounts.actors import require_account

MOST_COUNTED = 10_000
MOST_DOWNLOADED = 20_000
ENTITY = "audit_entry"
DOWNLOADED = "downloaded"
# What only an NGO does with the answer to its recommendation.
_OF_NGOS = (RecommendationAction.CONFIRMED.value, RecommendationAction.REOPENED.value)


@dataclass(frozen=True, kw_only=True)
class AuditFilter:
    """Entries that are asked for; "" and None: any. ``since`` and ``until`` are days in Tashkent, both included."""

    actor: str = ""
    action: str = ""
    entity: str = ""
    entity_id: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class AuditPage:
    """Page of the log, see :func:`audit_entries`. ``total``: number of entries, :data:`MOST_COUNTED` at most."""

    frame: pd.DataFrame
    total: int
    is_more: bool


@dataclass(frozen=True, kw_only=True)
class AuditOptions:
    """What occurs in the log: people, actions and kinds of records, as codes, sorted."""

    actors: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    entities: tuple[str, ...] = field(default=())


def audit_entries(
    connection: Connection, actor: Actor, wanted: AuditFilter, *, limit: int, offset: int = 0
) -> AuditPage:
    """Return a page of the entries, the newest first. Raises ForbiddenError.

    Columns: entry_id, at (UTC), actor (login, or text for the command line; "" for an unknown login), action_code,
    entity (table), entity_id, before, after (dicts by field, or None), reason.
    """
    require(actor, Action.SEE_AUDIT)
    conditions = _conditions(wanted)
    counted = select(AuditEntry.id).where(*conditions).limit(MOST_COUNTED + 1).subquery()
    number = connection.execute(
        select(func.count()).select_from(counted), execution_options=WITH_WITHDRAWN
    ).scalar_one()
    return AuditPage(
        frame=_frame(connection, conditions, limit=limit, offset=offset),
        total=min(number, MOST_COUNTED),
        is_more=number > MOST_COUNTED,
    )


def download_audit(engine: Engine, actor: Actor, wanted: AuditFilter, *, file_kind: str) -> pd.DataFrame:
    """Return the newest entries, :data:`MOST_DOWNLOADED` at most, and record that they were downloaded.

    Columns as :func:`audit_entries`. Raises ForbiddenError, BusyError.
    """
    require(actor, Action.SEE_AUDIT)
    with reading(engine) as connection:
        frame = _frame(connection, _conditions(wanted), limit=MOST_DOWNLOADED)
    asked: dict[str, Any] = {name: value for name, value in vars(wanted).items() if value}
    after = {"file": file_kind, "rows": len(frame), **asked}
    # Nothing is returned before it is recorded.
    with writing_or_busy(engine) as connection:
        require_account(connection, actor)
        audit.record(connection, actor=actor, action=DOWNLOADED, entity=ENTITY, entity_id="", after=after)
    return frame


def audit_options(connection: Connection, actor: Actor) -> AuditOptions:
    """Return what the log can be narrowed to. Raises ForbiddenError."""
    require(actor, Action.SEE_AUDIT)
    columns = (AuditEntry.actor, AuditEntry.action_code, AuditEntry.entity)
    actors, actions, entities = (tuple(connection.scalars(_values(column))) for column in columns)
    return AuditOptions(actors=tuple(filter(None, actors)), actions=actions, entities=entities)


def ngo_names_by_id(connection: Connection, actor: Actor, ngo_ids: set[int]) -> dict[int, str]:
    """Return the names of NGOs by id. Raises ForbiddenError."""
    require(actor, Action.SEE_AUDIT)
    rows = connection.execute(select(Ngo.id, Ngo.name).where(Ngo.id.in_(ngo_ids)))
    return {row.id: row.name for row in rows}


def logins_by_id(connection: Connection, actor: Actor, account_ids: set[str]) -> dict[str, str]:
    """Return the logins of accounts by id, as the log has ids. Raises ForbiddenError."""
    require(actor, Action.SEE_AUDIT)
    numbers = {int(text) for text in account_ids if text.isdecimal()}
    rows = connection.execute(select(Account.id, Account.login).where(Account.id.in_(numbers)))
    return {str(row.id): row.login for row in rows}


def _frame(
    connection: Connection, conditions: list[ColumnElement[bool]], *, limit: int, offset: int = 0
) -> pd.DataFrame:
    columns = (
        AuditEntry.id.label("entry_id"),
        AuditEntry.at,
        AuditEntry.actor,
        AuditEntry.action_code,
        AuditEntry.entity,
        AuditEntry.entity_id,
        AuditEntry.before,
        AuditEntry.after,
        AuditEntry.reason,
    )
    statement = select(*columns).where(*conditions).order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
    rows = connection.execute(statement.limit(limit).offset(offset), execution_options=WITH_WITHDRAWN)
    return pd.DataFrame([tuple(row) for row in rows], columns=list(rows.keys()), dtype=object)


def _conditions(wanted: AuditFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [~_would_tell_an_author()]
    for column, value in (
        (AuditEntry.actor, wanted.actor),
        (AuditEntry.action_code, wanted.action),
        (AuditEntry.entity, wanted.entity),
        (AuditEntry.entity_id, wanted.entity_id),
    ):
        if value:
            found.append(column == value)
    if wanted.since is not None:
        found.append(AuditEntry.at >= _midnight(wanted.since))
    if wanted.until is not None:
        found.append(AuditEntry.at < _midnight(wanted.until + timedelta(days=1)))
    return found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=TASHKENT)


def _would_tell_an_author() -> ColumnElement[bool]:
    """Return whether an entry would tell who sent a confidential evaluation.

    It does where the NGO sent any confidential one of the event, as what it sent before or after is of the same event.
    The order of the CASE is kept: ids of other records are not always numbers.
    """
    other = aliased(Evaluation)
    is_confidential = exists().where(
        other.event_id == Evaluation.event_id,
        other.ngo_id == Evaluation.ngo_id,
        other.visibility_code == Visibility.CONFIDENTIAL.value,
    )
    key = cast(AuditEntry.entity_id, Integer)
    of_evaluation = exists().where(Evaluation.id == key, is_confidential)
    of_recommendation = exists().where(
        Recommendation.id == key, Evaluation.id == Recommendation.evaluation_id, is_confidential
    )
    by_ngo = AuditEntry.action_code.in_(_OF_NGOS) | exists().where(
        Account.id == AuditEntry.account_id, Account.ngo_id.is_not(None)
    )
    return case(
        (AuditEntry.entity == Evaluation.__tablename__, of_evaluation),
        (AuditEntry.entity == Recommendation.__tablename__, and_(by_ngo, of_recommendation)),
        else_=false(),
    )


def _values(column: InstrumentedAttribute[str]) -> Select[str]:
    """Return the distinct values of a column, one look into its index each; all entries would be read otherwise."""
    first = select(func.min(column).label("value")).cte("found", recursive=True)
    following = select(select(func.min(column)).where(column > first.c.value).scalar_subquery())
    found = first.union_all(following.where(first.c.value.is_not(None)))
    return select(found.c.value).where(found.c.value.is_not(None))

"""Actors of accounts: the role and place that a signed-in account acts with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, select

from data.accounts.accounts import email_key
from data.policy import PLACE_COLUMNS, Actor, ForbiddenError, Role, ScopeKind
from data.schema import Account, District, Ngo


def actor_columns() -> Select[*tuple[Any, ...]]:
    """Select what :func:`actor_of` reads, of active accounts; a district account gets its district's region."""
    region = func.coalesce(Account.region_soato, District.region_soato).label("region_soato")
    return (
        select(Account.id, Account.login, Account.role_code, region, Account.district_soato, Account.ngo_id)
        .outerjoin(District, District.soato == Account.district_soato)
        .where(Account.is_active)
    )


def actor_of(row: Row[*tuple[Any, ...]]) -> Actor:
    """Return the actor of a row of :func:`actor_columns`."""
    return Actor(
        role=Role(row.role_code),
        account_id=row.id,
        login=row.login,
        region_soato=row.region_soato,
        district_soato=row.district_soato,
        ngo_id=row.ngo_id,
    )


def is_account_of(actor: Actor) -> ColumnElement[bool]:
    """Return a condition on ``Account``: the actor's own, active, with the role and place that the actor has."""
    place = PLACE_COLUMNS.get(actor.role)
    same = {"id": actor.account_id, "is_active": True, "role_code": actor.role.value}
    same |= {place: getattr(actor, place)} if place is not None else {}
    return and_(*(getattr(Account, column) == value for column, value in same.items()))


def require_account(connection: Connection, actor: Actor) -> None:
    """Raise ForbiddenError where the account was deactivated, or given another role or place, since it was read.

    Called in the transaction of a write; an actor without an account passes.
    """
    if actor.account_id is None:
        return
    if connection.execute(select(Account.id).where(is_account_of(actor))).first() is None:
        raise ForbiddenError


def actor_for_email(connection: Connection, email: str) -> Actor | None:
    """Return the active account with an e-mail address, ignoring case; None where nobody has it.

    Addresses with other than ASCII letters match nobody: folded, the Kelvin sign is a "k", so that one person's address
    could become another's.
    """
    key = email_key(email)
    if not key or not email.isascii() or not key.isprintable():
        return None
    row = connection.execute(actor_columns().where(Account.email == key)).first()
    return actor_of(row) if row else None


def actor_for_claims(connection: Connection, claims: Mapping[str, object]) -> Actor | None:
    """Return the active account that an OpenID Connect identity signs in as, by its e-mail address.

    An address that the provider says it has not verified matches nobody.
    """
    email, is_verified = claims.get("email"), claims.get("email_verified", True)
    if not isinstance(email, str) or is_verified not in (True, "true"):
        return None
    return actor_for_email(connection, email)


@dataclass(frozen=True)
class Organisations:
    """Taxpayer numbers (STIR) of the organisations that a person represents; ``main`` are among them."""

    stirs: frozenset[str]
    main: frozenset[str] = frozenset()


class SeveralAccountsError(Exception):
    """Raised where organisations have several accounts here, so that nobody can say which one is meant."""


def actor_for_organisations(connection: Connection, organisations: Organisations) -> Actor | None:
    """Return the active account of the NGOs with these numbers; None where there is none.

    Of several accounts the one of a main organisation is meant, if that is one. Raises SeveralAccountsError otherwise.
    """
    found = (
        actor_columns()
        .add_columns(Ngo.stir)
        .join(Ngo, Ngo.id == Account.ngo_id)
        .where(Ngo.is_active, Ngo.stir.in_(organisations.stirs))
    )
    actors = {actor_of(row): row.stir for row in connection.execute(found)}
    acting = {actor: stir for actor, stir in actors.items() if actor.home_scope.kind is ScopeKind.NGO}
    if len(acting) > 1:
        acting = {actor: stir for actor, stir in acting.items() if stir in organisations.main}
        if len(acting) != 1:
            raise SeveralAccountsError
    return next(iter(acting), None)

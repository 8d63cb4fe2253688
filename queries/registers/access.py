"""Rights to the records of registers: who may read, enter and withdraw them, and where."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, select

from data.policy import Actor, ForbiddenError, Scope, may, require
from data.registers.declaration import FieldKind, RegisterSheet
from data.schema import District


def may_write(connection: Connection, actor: Actor, sheet: RegisterSheet, districts: Collection[str]) -> bool:
    """Return whether the actor may enter records of the register in all of the districts (SOATO)."""
    if not any(field.kind is FieldKind.DISTRICT for field in sheet.fields):
        return may(actor, sheet.written_by)
    regions = dict(
        connection.execute(select(District.soato, District.region_soato).where(District.soato.in_(districts))).all()
    )
    return bool(districts) and all(
        may(actor, sheet.written_by, Scope.district(soato), region_soato=regions.get(soato)) for soato in districts
    )


def require_write(connection: Connection, actor: Actor, sheet: RegisterSheet, districts: Collection[str]) -> None:
    """Raise ForbiddenError unless :func:`may_write`; without a district, unless the actor may write anywhere at all."""
    require(actor, sheet.written_by)
    if districts and not may_write(connection, actor, sheet, districts):
        raise ForbiddenError


def require_form(actor: Actor, sheet: RegisterSheet) -> None:
    """Raise ForbiddenError unless the actor may fill in some form of the register, and has an account to keep it."""
    if actor.account_id is None or not any(may(actor, action) for action in (sheet.written_by, *sheet.also_written_by)):
        raise ForbiddenError

"""Stored packs as they are read: whole and as they were frozen, or not at all."""

from __future__ import annotations

import hashlib
import logging

from sqlalchemy import Connection, select

from data.language import N_, DomainError
from data.schema import Pack
from queries.meetings.packs.content import PackContent

logger = logging.getLogger(__name__)


class DamagedPackError(DomainError):
    """A stored pack is not what was frozen."""

    def __init__(self) -> None:
        super().__init__(
            N_("This pack is not what was finalised: the database was changed from outside. Do not use it.")
        )


def digest(text: str) -> str:
    """What is stored beside the text of a pack, so that a change of it is found out."""
    return hashlib.sha256(text.encode()).hexdigest()


def stored_pack(connection: Connection, pack_id: str) -> PackContent:
    """The pack of an id that there is, as it was frozen; rights are for the asking side. Raises DamagedPackError."""
    row = connection.execute(select(Pack.content, Pack.content_sha256).where(Pack.id == pack_id)).one()
    if digest(row.content) != row.content_sha256:
        raise DamagedPackError
    try:
        return PackContent.from_json(row.content)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise DamagedPackError from error


def earlier_pack(connection: Connection, pack_id: str) -> PackContent | None:
    """An earlier pack to compare with; None, and a line in the log, for one that is damaged.

    What was damaged once must not keep an area from freezing its next pack.
    """
    try:
        return stored_pack(connection, pack_id)
    except DamagedPackError:
        logger.exception("Pack %s is not what was frozen, so nothing is compared with it", pack_id)
        return None

"""Reading of stored packs: complete and unchanged, or not at all."""

from __future__ import annotations

import hashlib
import logging

from sqlalchemy import Connection, select

from data.language import N_, DomainError
from data.schema import Pack
from queries.meetings.packs.content import PackContent

logger = logging.getLogger(__name__)


class DamagedPackError(DomainError):
    """Raised where a stored pack is not what was finalised."""

    def __init__(self) -> None:
        super().__init__(
            N_("This pack is not what was finalised: the database was changed from outside. Do not use it.")
        )


def digest(text: str) -> str:
    """Return the hash stored beside the text of a pack, by which a change of it is detected."""
    return hashlib.sha256(text.encode()).hexdigest()


def stored_pack(connection: Connection, pack_id: str) -> PackContent:
    """Return the stored pack of an existing id. Checks no rights. Raises DamagedPackError."""
    row = connection.execute(select(Pack.content, Pack.content_sha256).where(Pack.id == pack_id)).one()
    if digest(row.content) != row.content_sha256:
        raise DamagedPackError
    try:
        return PackContent.from_json(row.content)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise DamagedPackError from error


def earlier_pack(connection: Connection, pack_id: str) -> PackContent | None:
    """Return an earlier pack to compare with; None, with a log line, for a damaged one.

    A damaged pack must not keep an area from finalising its next pack.
    """
    try:
        return stored_pack(connection, pack_id)
    except DamagedPackError:
        logger.exception("Pack %s is not what was finalised, so nothing is compared with it", pack_id)
        return None

"""Stored packs: read complete and unchanged or not at all, and the previous pack of a meeting."""

from __future__ import annotations

import hashlib
import logging
from datetime import date

from sqlalchemy import Connection, and_, case, or_, select

from data.language import N_, DomainError
from data.policy import Scope
from data.schema import Meeting, Pack
from queries.meetings.packs.content import PackContent

logger = logging.getLogger(__name__)

_NEWEST = (Pack.today.desc(), Pack.created_at.desc(), Pack.id)


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


def pack_before(connection: Connection, *, scope: Scope, today: date, meeting_id: int | None) -> str | None:
    """Return the id of the pack that a pack made ``today`` for a meeting is compared with; None: the first of the area.

    It is that of the newest earlier meeting, or, where no pack belongs to an earlier meeting, the newest one of an
    earlier day. Packs of the same meeting or the same day are drafts of each other, not each other's past. Of a
    meeting's several packs the last one counts.
    """
    is_of_meeting = Pack.meeting_id.is_not(None)
    is_earlier = [Pack.today < today, or_(~is_of_meeting, Meeting.meeting_date <= today)]
    if meeting_id is not None:
        own = select(Meeting.meeting_date).where(Meeting.id == meeting_id).scalar_subquery()
        is_earlier.append(or_(~is_of_meeting, and_(Pack.meeting_id != meeting_id, Meeting.meeting_date <= own)))
    newest = (
        select(Pack.id)
        .outerjoin(Meeting, Meeting.id == Pack.meeting_id)
        .where(Pack.area_code == scope.code, *is_earlier)
        .order_by(case((is_of_meeting, 0), else_=1), Meeting.meeting_date.desc(), *_NEWEST)
        .limit(1)
    )
    return connection.execute(newest).scalar_one_or_none()

"""Selection of the previous pack, so that a meeting is compared with the meeting before it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, and_, case, or_, select

from data.policy import Scope
from data.schema import Meeting, Pack

_NEWEST = (Pack.today.desc(), Pack.created_at.desc(), Pack.id)


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

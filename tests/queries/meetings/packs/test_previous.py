"""Previous pack: what a meeting is compared with."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, Engine, insert

from data.database.engine import writing
from data.policy import Scope
from data.schema import Pack
from queries.meetings.packs.store import pack_before
from tests.data.test_packs_kept import pack_row
from tests.registers import make_meeting
from tests.worlds import DISTRICT, OTHER_DISTRICT, REGION, numbers

AREA = Scope.district(DISTRICT)


def _finalise(connection: Connection, today: date, *, meeting_id: int | None = None, area: str = DISTRICT) -> str:
    pack_id = f"00000000-0000-4000-8000-{next(numbers):012d}"
    scope = "district" if len(area) > len(REGION) else "region"
    row = pack_row(id=pack_id, today=today, meeting_id=meeting_id, area_code=area, scope_code=scope)
    connection.execute(insert(Pack).values(**row))
    return pack_id


def test_the_first_pack_has_none_before_it(engine: Engine) -> None:
    with writing(engine) as connection:
        assert pack_before(connection, scope=AREA, today=date(2026, 6, 15), meeting_id=None) is None


def test_it_is_the_newest_of_an_earlier_day_in_the_same_area(engine: Engine) -> None:
    with writing(engine) as connection:
        _finalise(connection, date(2026, 1, 10))
        newest = _finalise(connection, date(2026, 4, 10))
        _finalise(connection, date(2026, 6, 15))
        _finalise(connection, date(2026, 7, 1))
        _finalise(connection, date(2026, 5, 1), area=OTHER_DISTRICT)
        _finalise(connection, date(2026, 5, 1), area=REGION)
        assert pack_before(connection, scope=AREA, today=date(2026, 6, 15), meeting_id=None) == newest


def test_drafts_of_the_same_meeting_are_not_its_past(engine: Engine) -> None:
    with writing(engine) as connection:
        last = make_meeting(connection, meeting_date=date(2026, 4, 10))
        this = make_meeting(connection, meeting_date=date(2026, 7, 10))
        _finalise(connection, date(2026, 4, 8), meeting_id=last)
        shown = _finalise(connection, date(2026, 4, 10), meeting_id=last)
        _finalise(connection, date(2026, 7, 6), meeting_id=this)
        assert pack_before(connection, scope=AREA, today=date(2026, 7, 10), meeting_id=this) == shown


def test_a_pack_that_a_meeting_was_shown_counts_before_a_later_one_that_none_was(engine: Engine) -> None:
    with writing(engine) as connection:
        last = make_meeting(connection, meeting_date=date(2026, 4, 10))
        shown = _finalise(connection, date(2026, 4, 10), meeting_id=last)
        _finalise(connection, date(2026, 7, 6))
        assert pack_before(connection, scope=AREA, today=date(2026, 7, 10), meeting_id=None) == shown


def test_a_later_meeting_is_not_the_one_before(engine: Engine) -> None:
    with writing(engine) as connection:
        this = make_meeting(connection, meeting_date=date(2026, 4, 10))
        later = make_meeting(connection, meeting_date=date(2026, 7, 10))
        _finalise(connection, date(2026, 7, 10), meeting_id=later)
        assert pack_before(connection, scope=AREA, today=date(2026, 7, 20), meeting_id=this) is None

"""Nothing new is recorded outside the days of a district; what is stored stays and is corrected."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data.cli.check import OUTSIDE_ITS_DAYS, find_faults
from data.codes import Direction, EventForm, ProposalKind
from data.database.engine import writing
from data.language import Message
from data.policy import Actor, Role, Scope
from data.registers.entry import EntryError
from data.workbook import errors
from data.workbook.errors import CellError
from queries.directory.ngos import partner_districts
from queries.events.proposals import NewProposal, propose
from queries.meetings.meetings import add_meeting
from tests.data.workbook.books import WHOLE, by_code, import_book, save_book
from tests.queries.registers.registering import ADMIN, DISTRICT, OTHER_DISTRICT, enter, read_record, settle
from tests.worlds import begin_district, end_district, make_event, make_memorandum, make_ngo

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
# Each good record is of 2026.
LAST_DAY = date(2025, 12, 31)
NAME, SUCCESSOR = "Chilonzor tumani", "Yunusobod tumani"
ENDED = Message(errors.DISTRICT_ENDED, {"name": NAME, "date": "31.12.2025", "places": SUCCESSOR})
FAULTS: Mapping[str, str] = {
    "memoranda": "signed_date",
    "plans": "month",
    "events": "event_date",
    "requests": "district",
    "supports": "support_date",
    "trainings": "training_date",
    "awards": "award_date",
    "offences": "month",
    "inhabitants": "counted_date",
}
"""Field that a refused record of each dated register has its fault in."""
ALONE = {"memorandum": "", "plan_item": ""}


@pytest.fixture
def ended(engine: Engine) -> Engine:
    """Database in which the district of the good records has ended."""
    with writing(engine) as connection:
        settle(connection)
        end_district(connection, DISTRICT, last_day=LAST_DAY, successors=(OTHER_DISTRICT,))
    return engine


@pytest.mark.both_databases
def test_a_new_record_after_the_last_day_is_refused_and_names_the_successor(ended: Engine) -> None:
    for register, field in FAULTS.items():
        with pytest.raises(EntryError) as refused:
            enter(ended, register, ALONE if register == "events" else {})
        assert refused.value.faults == {field: ENDED}, register


def test_a_record_of_the_days_before_is_taken_even_when_it_is_entered_later(ended: Engine) -> None:
    assert enter(ended, "events", ALONE, event_date="31.12.2025").record_id
    assert enter(ended, "plans", year="2025", month="12").record_id


def test_a_workbook_has_such_rows_refused_and_takes_the_others(ended: Engine, tmp_path: Path) -> None:
    [late] = WHOLE["supports"]
    early = {**late, "number": "K-2", "support_date": "01.04.2025"}
    outcome = import_book(ended, save_book(tmp_path / "supports.xlsx", supports=[late, early]))
    [refused] = by_code(outcome)["supports"].refused
    assert (refused.field.code, refused.message) == ("support_date", ENDED)
    assert by_code(outcome)["supports"].added == 1


def test_what_is_stored_is_corrected_but_not_moved_to_another_day_outside(ended: Engine) -> None:
    with writing(ended) as connection:
        event_id = make_event(connection, district_soato=DISTRICT, event_date=date(2026, 2, 1))
    stored = read_record(ended, "events", event_id)
    change = {"mahalla": "Oqtepa MFY", "stirs": "300011000"}
    assert enter(ended, "events", change, record=stored).is_changed
    with pytest.raises(EntryError) as refused:
        enter(ended, "events", {"event_date": "02.02.2026"}, record=read_record(ended, "events", event_id))
    assert refused.value.faults == {"event_date": ENDED}


def test_a_record_before_the_first_day_is_refused_and_names_the_predecessor(engine: Engine) -> None:
    with writing(engine) as connection:
        settle(connection)
        end_district(connection, OTHER_DISTRICT, last_day=date(2026, 5, 31), successors=(DISTRICT,))
        begin_district(connection, DISTRICT, first_day=date(2026, 6, 1))
    with pytest.raises(EntryError) as refused:
        enter(engine, "events", ALONE)
    values = {"name": NAME, "date": "01.06.2026", "places": SUCCESSOR}
    assert refused.value.faults == {"event_date": Message(errors.DISTRICT_NOT_BEGUN, values)}


def test_no_meeting_or_proposal_is_for_a_district_that_has_ended(ended: Engine) -> None:
    with writing(ended) as connection:
        ngo = Actor(Role.NGO, login="n", ngo_id=make_ngo(connection, district_soato=DISTRICT))
        make_memorandum(connection, district_soato=DISTRICT, ngo_ids=(ngo.ngo_id or 0,))
    meet = partial(add_meeting, ended, ADMIN, scope=Scope.district(DISTRICT), number="1", title="Yigʻilish", now=NOW)
    with pytest.raises(CellError, match="existed until"):
        meet(meeting_date=date(2026, 1, 5))
    assert meet(meeting_date=LAST_DAY)
    wanted = NewProposal(
        kind=ProposalKind.EVENT,
        wanted_date=date(2026, 12, 10),
        direction=Direction.YOUTH_WORK,
        form=EventForm.SEMINAR,
        title="Suhbat",
    )
    with pytest.raises(CellError, match="existed until"):
        propose(ended, ngo, wanted, form_id="form", now=NOW)


def test_an_ngo_works_with_no_district_that_has_ended_except_as_its_home(ended: Engine) -> None:
    with writing(ended) as connection:
        ngo_id = make_ngo(connection, district_soato=OTHER_DISTRICT)
        make_memorandum(connection, district_soato=DISTRICT, ngo_ids=(ngo_id,))
        actor = Actor(Role.NGO, ngo_id=ngo_id)
        assert partner_districts(connection, actor, today=date(2026, 1, 1)) == (OTHER_DISTRICT,)
        assert partner_districts(connection, actor, today=LAST_DAY) == (OTHER_DISTRICT, DISTRICT)


def test_the_check_of_a_database_names_districts_with_records_outside_their_days(ended: Engine) -> None:
    assert find_faults(ended) == []
    with writing(ended) as connection:
        make_event(connection, district_soato=DISTRICT, event_date=date(2026, 2, 1))
        make_memorandum(connection, district_soato=DISTRICT, signed_date=date(2026, 1, 1))
    assert find_faults(ended) == [Message(OUTSIDE_ITS_DAYS, {"name": NAME, "rows": 2})]

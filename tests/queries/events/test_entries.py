"""Plan and events as one list of entries, and the year as a grid: what is counted where, and under which state."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Connection, Engine, update

from data.codes import Direction, EntryState, EventState
from data.database.engine import reading, writing
from data.policy import Actor, Role, Scope
from data.schema import JointEvent
from queries.events.entries import MOST_COUNTED, EntryFilter, EntryKind, EntryPage, entries
from queries.events.year import STATE_COLUMNS, GridRows, day_counts, year_grid
from tests.worlds import DISTRICT, OTHER_DISTRICT, make_event, make_mahalla, make_ngo, make_plan_item

pytestmark = pytest.mark.both_databases
TODAY = date(2026, 6, 15)
ADMIN = Actor(Role.ADMIN)
HERE = Scope.district(DISTRICT)


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    with writing(engine) as opened:
        yield opened


def _list(
    connection: Connection, actor: Actor = ADMIN, *, limit: int = 50, offset: int = 0, **wanted: object
) -> EntryPage:
    is_soonest_first = bool(wanted.pop("is_soonest_first", False))
    return entries(
        connection,
        actor,
        scope=HERE,
        wanted=EntryFilter(year=2026, **wanted),  # type: ignore[arg-type]
        today=TODAY,
        is_soonest_first=is_soonest_first,
        limit=limit,
        offset=offset,
    )


def _counts(connection: Connection, rows: GridRows = GridRows.MAHALLA) -> dict[tuple[str, int], dict[str, int]]:
    grid = year_grid(connection, ADMIN, scope=HERE, year=2026, today=TODAY, rows=rows)
    return {
        (row["row_code"], row["month"]): {name: row[name] for name in STATE_COLUMNS.values() if row[name]}
        for row in grid.to_dict("records")
    }


def test_a_plan_item_is_counted_until_an_event_names_it(connection: Connection) -> None:
    item = make_plan_item(connection, year=2026, month=8)
    assert _counts(connection) == {("0", 8): {"planned": 1}}
    make_event(connection, event_date=date(2026, 7, 2), plan_item_id=item, state=EventState.PLANNED)
    assert _counts(connection) == {("0", 7): {"planned": 1}}


def test_what_is_past_and_neither_held_nor_cancelled_is_overdue(connection: Connection) -> None:
    make_plan_item(connection, year=2026, month=5)
    make_plan_item(connection, year=2026, month=6)
    make_event(connection, event_date=date(2026, 6, 14), state=EventState.PLANNED)
    make_event(connection, event_date=date(2026, 6, 15), state=EventState.PLANNED)
    make_event(connection, event_date=date(2026, 6, 1), state=EventState.HELD)
    make_event(connection, event_date=date(2026, 6, 2), state=EventState.CANCELLED)
    assert _counts(connection) == {
        ("0", 5): {"overdue": 1},
        ("0", 6): {"overdue": 1, "planned": 2, "held": 1, "cancelled": 1},
    }


def test_rows_are_mahallas_or_directions(connection: Connection) -> None:
    mahalla = make_mahalla(connection)
    make_event(connection, event_date=date(2026, 3, 1), mahalla_id=mahalla, direction=Direction.SOCIAL_HELP)
    make_plan_item(connection, year=2026, month=3, direction=Direction.YOUTH_WORK)
    assert set(_counts(connection)) == {(str(mahalla), 3), ("0", 3)}
    assert set(_counts(connection, GridRows.DIRECTION)) == {("social_help", 3), ("youth_work", 3)}


def test_the_list_of_a_cell_has_as_many_rows_as_the_cell_says(connection: Connection) -> None:
    mahalla = make_mahalla(connection)
    for day in (1, 14, 20):
        make_event(connection, event_date=date(2026, 6, day), mahalla_id=mahalla, state=EventState.PLANNED)
    make_plan_item(connection, year=2026, month=6, mahalla_id=mahalla)
    make_event(connection, event_date=date(2026, 6, 1))
    cell = _counts(connection)[str(mahalla), 6]
    assert cell == {"overdue": 2, "planned": 2}
    for state in EntryState:
        found = _list(connection, month=6, mahalla_id=mahalla, state=state)
        assert found.total == len(found.frame) == cell.get(STATE_COLUMNS[state], 0)
        assert set(found.frame["state_code"]) <= {state.value}
    assert _list(connection, month=6, mahalla_id=0).total == 1


def test_events_and_items_stand_in_one_order_over_all_pages(connection: Connection) -> None:
    for month in range(1, 7):
        make_event(connection, event_date=date(2026, month, 10))
        make_plan_item(connection, year=2026, month=month + 1)
    newest = [day for page in range(4) for day in _list(connection, limit=3, offset=3 * page).frame["entry_date"]]
    assert len(newest) == 12
    assert newest == sorted(newest, reverse=True)
    soonest = _list(connection, is_soonest_first=True).frame
    assert soonest["entry_date"].is_monotonic_increasing
    assert soonest.loc[0, "kind_code"] == EntryKind.EVENT.value


def test_each_entry_names_its_mahalla_and_ngos(connection: Connection) -> None:
    umid, mehr = make_ngo(connection, name="Umid"), make_ngo(connection, name="Mehr")
    mahalla = make_mahalla(connection, name="Bogʻ")
    make_event(connection, event_date=date(2026, 2, 1), mahalla_id=mahalla, ngo_ids=(umid, mehr))
    make_plan_item(connection, year=2026, month=1, responsible_ngo_id=umid)
    make_plan_item(connection, year=2026, month=1)
    frame = _list(connection).frame
    assert list(frame["ngos"]) == ["Mehr; Umid", "", "Umid"]
    assert list(frame["ngo_links"]) == [((mehr, "Mehr"), (umid, "Umid")), (), ((umid, "Umid"),)]
    assert list(frame["mahalla"]) == ["Bogʻ", "", ""]
    assert list(frame["mahalla_id"]) == [mahalla, 0, 0]


@pytest.mark.parametrize("typed", ["yangi hayot", "Янги ҳаёт", "bog'ishamol", "Боғишамол"])
def test_ngos_and_mahallas_are_found_in_any_spelling(connection: Connection, typed: str) -> None:
    ngo, mahalla = make_ngo(connection, name="Yangi hayot"), make_mahalla(connection, name="Bogʻishamol")
    wanted = make_event(connection, event_date=date(2026, 2, 1), mahalla_id=mahalla, ngo_ids=(ngo,))
    item = make_plan_item(connection, year=2026, month=1, responsible_ngo_id=ngo, mahalla_id=mahalla)
    make_event(connection, event_date=date(2026, 3, 1))
    assert list(_list(connection, search=typed).frame["record_id"]) == [wanted, item]


def test_titles_and_numbers_are_found_as_typed_and_a_sign_is_no_wildcard(connection: Connection) -> None:
    event = make_event(connection, event_date=date(2026, 2, 1))
    row = connection.execute(JointEvent.__table__.select().where(JointEvent.id == event)).one()
    assert list(_list(connection, search=row.number.lower()).frame["record_id"]) == [event]
    assert list(_list(connection, search=row.title.upper()).frame["record_id"]) == [event]
    assert _list(connection, search="%").total == 0


def test_withdrawn_entries_are_a_list_of_their_own(connection: Connection) -> None:
    event = make_event(connection, event_date=date(2026, 2, 1))
    connection.execute(update(JointEvent).values(withdrawn_at=datetime(2026, 3, 1, tzinfo=UTC)))
    assert _list(connection).total == 0
    assert _counts(connection) == {}
    assert list(_list(connection, is_withdrawn=True).frame["record_id"]) == [event]


def test_an_item_whose_event_was_withdrawn_is_waited_for_again(connection: Connection) -> None:
    item = make_plan_item(connection, year=2026, month=5)
    make_event(connection, event_date=date(2026, 5, 2), plan_item_id=item)
    connection.execute(update(JointEvent).values(withdrawn_at=datetime(2026, 3, 1, tzinfo=UTC)))
    assert _counts(connection) == {("0", 5): {"overdue": 1}}


def test_an_ngo_sees_its_own_entries_and_a_district_not_those_of_another(connection: Connection) -> None:
    own, other = make_ngo(connection), make_ngo(connection)
    mine = make_event(connection, event_date=date(2026, 2, 1), ngo_ids=(own,))
    make_event(connection, event_date=date(2026, 2, 1), ngo_ids=(other,))
    make_event(connection, event_date=date(2026, 2, 1), district_soato=OTHER_DISTRICT)
    item = make_plan_item(connection, year=2026, month=1, responsible_ngo_id=own)
    assert list(_list(connection, Actor(Role.NGO, ngo_id=own)).frame["record_id"]) == [mine, item]
    assert _list(connection).total == 3


def test_a_day_of_the_calendar_counts_its_events_by_state(connection: Connection) -> None:
    for state in (EventState.HELD, EventState.HELD, EventState.PLANNED):
        make_event(connection, event_date=date(2026, 6, 3), state=state)
    counts = day_counts(connection, ADMIN, scope=HERE, wanted=EntryFilter(year=2026, month=6), today=TODAY)
    assert dict(zip(counts["state_code"], counts["entries"], strict=True)) == {"entry_held": 2, "entry_overdue": 1}
    assert _list(connection, month=6, day=3).total == 3
    assert _list(connection, month=6, day=4).total == 0


def test_counting_stops_at_its_limit(engine: Engine) -> None:
    with writing(engine) as connection:
        for _ in range(MOST_COUNTED + 1):
            make_plan_item(connection, year=2026, month=1)
    with reading(engine) as connection:
        found = _list(connection, limit=1)
    assert (found.total, found.is_more) == (MOST_COUNTED, True)

"""Plan and events as one list of entries: joint events, and plan items that no event names yet.

A plan item that an event names is counted as that event, so nothing is counted twice. An entry is *planned* while its
day (of a plan item: its month) is not over, *overdue* afterwards; an event may be *held* or *cancelled* instead.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Select, case, exists, false, func, or_, select

from data.codes import Direction, EntryState, EventState
from data.database.engine import WITH_WITHDRAWN
from data.dates.period import Period, year_month
from data.indicators.counted import CountedRows
from data.policy import Action, Actor, Scope
from data.schema import JointEvent, JointEventNgo, Mahalla, MahallaFormerName, Ngo, NgoFormerName, PlanItem
from data.texts.search_keys import search_key
from queries.frames import read_frame
from queries.indicators.records import TABLES, counted_conditions, has_partner, is_fulfilled, is_held_by
from queries.row_filter import RowFilter, permitted_rows

MOST_COUNTED = 1_000
WHOLE_DISTRICT = 0
"""Id that stands for the entries of no mahalla."""


class EntryKind(StrEnum):
    """Kinds of entries."""

    EVENT = "event"
    ITEM = "item"


@dataclass(frozen=True, kw_only=True)
class EntryFilter:
    """Entries that are asked for: those of a year and, where given, of a month, a day of it, and so on.

    ``mahalla_id`` 0 are those of the whole district. ``search``: a part of a number, a title, or the name of an NGO or
    a mahalla. ``ngo_id``: of an NGO that holds or answers for them; ``partner``: events with a partner or with any.
    ``is_withdrawn``: withdrawn ones only, which have no state. ``counted``: instead of all that, the events or plan
    items that an indicator counts; plan items then stand apart from the events that name them.
    """

    year: int
    month: int | None = None
    day: int | None = None
    direction: Direction | None = None
    mahalla_id: int | None = None
    state: EntryState | None = None
    ngo_id: int = 0
    partner: str = ""
    search: str = ""
    is_withdrawn: bool = False
    counted: CountedRows | None = None

    @property
    def period(self) -> Period:
        """Months of the year and month."""
        return Period.of_year(self.year) if self.month is None else Period.of_months(date(self.year, self.month, 1), 1)


@dataclass(frozen=True, kw_only=True)
class EntryPage:
    """Page of a list of entries. ``total`` is their number on all pages; ``is_more``: counting stopped there."""

    frame: pd.DataFrame
    total: int
    is_more: bool


def is_entry_state(state: EntryState, today: date) -> ColumnElement[bool]:
    """Return a condition on ``JointEvent``: it is in the state on a day."""
    is_planned = JointEvent.state_code == EventState.PLANNED.value
    match state:
        case EntryState.PLANNED:
            return is_planned & (JointEvent.event_date >= today)
        case EntryState.OVERDUE:
            return is_planned & (JointEvent.event_date < today)
        case EntryState.HELD:
            return JointEvent.state_code == EventState.HELD.value
        case _:
            return JointEvent.state_code == EventState.CANCELLED.value


def entry_state(today: date) -> ColumnElement[str]:
    """Return the code of the state of a ``JointEvent`` on a day."""
    return case(
        *((is_entry_state(state, today), state.value) for state in EntryState), else_=EntryState.CANCELLED.value
    )


def is_unnamed() -> ColumnElement[bool]:
    """Return a condition on ``PlanItem``: no event names it."""
    return ~exists().where(JointEvent.plan_item_id == PlanItem.id).correlate(PlanItem)


def entries(
    connection: Connection,
    actor: Actor,
    *,
    scope: Scope,
    wanted: EntryFilter,
    today: date,
    is_soonest_first: bool = False,
    limit: int,
    offset: int = 0,
) -> EntryPage:
    """Return a page of the entries of a scope, by day; a plan item stands at the first day of its month.

    Columns of the frame: kind_code (:class:`EntryKind`), record_id, version, number ("": none), district_soato,
    mahalla_id (0: whole district), mahalla (name, "": whole district), entry_date, direction_code, form_code, title,
    participants_total (0 unless held), state_code (:class:`EntryState`), ngos (names joined by "; "), ngo_links (tuple
    of ids and names). Raises ForbiddenError.
    """
    row_filter = permitted_rows(connection, actor, Action.SEE_RECORDS, scope)
    branches = _branches(connection, row_filter, wanted, today)
    options = WITH_WITHDRAWN if wanted.is_withdrawn else {}
    first: list[tuple[date, int, EntryKind]] = []
    total, is_more = 0, False
    # A list behind a number is as long as that says.
    most = None if wanted.counted else MOST_COUNTED
    for kind, (statement, keys) in branches.items():
        counted = select(func.count()).select_from(statement.limit(most and most + 1).subquery())
        number = connection.execute(counted, execution_options=options).scalar_one()
        total, is_more = total + number, is_more or (most is not None and number > most)
        ordered = [column.asc() if is_soonest_first else column.desc() for column in keys]
        rows = connection.execute(statement.order_by(*ordered).limit(offset + limit), execution_options=options)
        first.extend((_day(kind, row), row[0], kind) for row in rows)
    first.sort(key=lambda entry: entry[:2], reverse=not is_soonest_first)
    shown = [(kind, record_id) for _, record_id, kind in first[offset : offset + limit]]
    if most is not None:
        total, is_more = min(total, most), is_more or total > most
    return EntryPage(frame=_read(connection, shown, today), total=total, is_more=is_more)


def _day(kind: EntryKind, row: Sequence[Any]) -> date:
    return row[1] if kind is EntryKind.EVENT else date(row[1], row[2], 1)


Branch = tuple[Select[*tuple[Any, ...]], Sequence[Any]]


def _branches(
    connection: Connection, row_filter: RowFilter, wanted: EntryFilter, today: date
) -> Mapping[EntryKind, Branch]:
    """Return the statements of the keys of events and of plan items, each with the columns of its order."""
    order_of_events = (JointEvent.event_date, JointEvent.id)
    order_of_items = (PlanItem.year, PlanItem.month, PlanItem.id)
    if wanted.counted is not None:
        conditions = counted_conditions(connection, row_filter, wanted.counted)
        if TABLES[wanted.counted.records.kind] is PlanItem:
            counted_items = select(PlanItem.id, PlanItem.year, PlanItem.month).where(*conditions)
            return {EntryKind.ITEM: (counted_items, order_of_items)}
        counted_events = select(JointEvent.id, JointEvent.event_date).where(*conditions)
        return {EntryKind.EVENT: (counted_events, order_of_events)}
    found = _found(connection, wanted.search)
    events: Select[*tuple[Any, ...]] = select(JointEvent.id, JointEvent.event_date).where(
        row_filter.events(), *event_conditions(wanted, today), *found.of_events
    )
    items: Select[*tuple[Any, ...]] = select(PlanItem.id, PlanItem.year, PlanItem.month).where(
        row_filter.plan_items(), *item_conditions(wanted, today), *found.of_items
    )
    branches: dict[EntryKind, Branch] = {EntryKind.EVENT: (events, order_of_events)}
    has_items = wanted.day is None and wanted.state in {None, EntryState.PLANNED, EntryState.OVERDUE}
    if has_items and not wanted.partner:
        branches[EntryKind.ITEM] = (items, order_of_items)
    return branches


def event_conditions(wanted: EntryFilter, today: date) -> Iterable[ColumnElement[bool]]:
    """Return conditions on ``JointEvent``: it is asked for, apart from the search."""
    period = wanted.period
    if wanted.day is None or wanted.month is None:
        yield JointEvent.event_date.between(period.first_day, period.last_day)
    else:
        yield JointEvent.event_date == date(wanted.year, wanted.month, wanted.day)
    if wanted.direction is not None:
        yield JointEvent.direction_code == wanted.direction.value
    if wanted.mahalla_id is not None:
        yield _of_mahalla(JointEvent.mahalla_id.expression, wanted.mahalla_id)
    if wanted.ngo_id:
        yield is_held_by(wanted.ngo_id)
    if wanted.partner:
        yield has_partner(wanted.partner)
    if wanted.is_withdrawn:
        yield JointEvent.withdrawn_at.is_not(None)
    elif wanted.state is not None:
        yield is_entry_state(wanted.state, today)


def item_conditions(wanted: EntryFilter, today: date) -> Iterable[ColumnElement[bool]]:
    """Return conditions on ``PlanItem``: it is asked for as an entry, apart from the search and the day."""
    yield PlanItem.year == wanted.year
    if wanted.month is not None:
        yield PlanItem.month == wanted.month
    if wanted.direction is not None:
        yield PlanItem.direction_code == wanted.direction.value
    if wanted.mahalla_id is not None:
        yield _of_mahalla(PlanItem.mahalla_id.expression, wanted.mahalla_id)
    if wanted.ngo_id:
        yield PlanItem.responsible_ngo_id == wanted.ngo_id
    if wanted.is_withdrawn:
        yield PlanItem.withdrawn_at.is_not(None)
        return
    yield is_unnamed()
    if wanted.state is not None:
        is_over = PlanItem.year * 100 + PlanItem.month < year_month(today)
        yield is_over if wanted.state is EntryState.OVERDUE else ~is_over


def _of_mahalla(column: ColumnElement[Any], mahalla_id: int) -> ColumnElement[bool]:
    return column.is_(None) if mahalla_id == WHOLE_DISTRICT else column == mahalla_id


@dataclass(frozen=True)
class _Found:
    """Conditions of a search on events and on plan items, none without a search."""

    of_events: tuple[ColumnElement[bool], ...] = ()
    of_items: tuple[ColumnElement[bool], ...] = ()


def _found(connection: Connection, search: str) -> _Found:
    """Names of NGOs and mahallas are found in any script and spelling, numbers and titles as they were typed."""
    text, key = search.strip(), search_key(search)
    if not text:
        return _Found()
    spellings = {text, text.lower(), text.capitalize(), text.upper()}
    former = select(MahallaFormerName.mahalla_id).where(MahallaFormerName.name_key.contains(key, autoescape=True))
    is_named = or_(Mahalla.name_key.contains(key, autoescape=True), Mahalla.id.in_(former))
    mahallas = select(Mahalla.id).where(is_named if key else false())
    names = connection.execute(select(Ngo.id, Ngo.name))
    ngos = [ngo_id for ngo_id, name in names if key and key in search_key(name)]
    former = select(NgoFormerName.ngo_id).where(NgoFormerName.name_key.contains(key, autoescape=True))
    ngos += connection.scalars(former) if key else ()

    def contains(column: Any) -> list[ColumnElement[bool]]:  # noqa: ANN401 - a column of any table
        return [column.contains(spelling, autoescape=True) for spelling in sorted(spellings)]

    held_by = JointEvent.id.in_(select(JointEventNgo.event_id).where(JointEventNgo.ngo_id.in_(ngos)))
    return _Found(
        (
            or_(
                *contains(JointEvent.number),
                *contains(JointEvent.title),
                JointEvent.mahalla_id.in_(mahallas),
                held_by,
            ),
        ),
        (
            or_(
                *contains(PlanItem.number),
                PlanItem.mahalla_id.in_(mahallas),
                PlanItem.responsible_ngo_id.in_(ngos),
            ),
        ),
    )


def _read(connection: Connection, shown: Sequence[tuple[EntryKind, int]], today: date) -> pd.DataFrame:
    """Return the columns of :func:`entries` for some keys, in their order."""
    parts = [
        _read_events(connection, [record_id for kind, record_id in shown if kind is EntryKind.EVENT], today),
        _read_items(connection, [record_id for kind, record_id in shown if kind is EntryKind.ITEM], today),
    ]
    filled = [part for part in parts if not part.empty]
    frame = pd.concat(filled or parts[:1], ignore_index=True)
    places = {key: place for place, key in enumerate(shown)}
    keys = zip(frame["kind_code"], frame["record_id"], strict=True)
    order = [places[EntryKind(kind), record_id] for kind, record_id in keys]
    frame = frame.assign(order=order).sort_values("order").drop(columns="order").reset_index(drop=True)
    return frame.fillna({"number": "", "mahalla": "", "mahalla_id": 0}).astype({"mahalla_id": int})


_SHARED = ("version", "number", "district_soato", "mahalla_id", "direction_code", "form_code")


def _read_events(connection: Connection, ids: Sequence[int], today: date) -> pd.DataFrame:
    statement = select(
        JointEvent.id.label("record_id"),
        *(getattr(JointEvent, name) for name in _SHARED),
        Mahalla.name.label("mahalla"),
        JointEvent.event_date.label("entry_date"),
        JointEvent.title,
        JointEvent.participants_total,
        entry_state(today).label("state_code"),
    ).outerjoin(Mahalla, Mahalla.id == JointEvent.mahalla_id)
    frame = _read_all(connection, statement.where(JointEvent.id.in_(ids)))
    names = (
        select(JointEventNgo.event_id, Ngo.name, Ngo.id)
        .join(Ngo, Ngo.id == JointEventNgo.ngo_id)
        .where(JointEventNgo.event_id.in_(ids))
        .order_by(Ngo.name)
    )
    links: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for event_id, name, ngo_id in connection.execute(names):
        links[event_id].append((ngo_id, name))
    return frame.assign(
        kind_code=EntryKind.EVENT.value,
        ngos=["; ".join(name for _, name in links[record_id]) for record_id in frame["record_id"]],
        ngo_links=_objects(tuple(links[record_id]) for record_id in frame["record_id"]),
    )


def _read_items(connection: Connection, ids: Sequence[int], today: date) -> pd.DataFrame:
    statement = (
        select(
            PlanItem.id.label("record_id"),
            *(getattr(PlanItem, name) for name in _SHARED),
            PlanItem.year,
            PlanItem.month,
            Mahalla.name.label("mahalla"),
            Ngo.id.label("ngo_id"),
            func.coalesce(Ngo.name, "").label("ngos"),
            is_fulfilled().label("is_fulfilled"),
        )
        .outerjoin(Mahalla, Mahalla.id == PlanItem.mahalla_id)
        .outerjoin(Ngo, Ngo.id == PlanItem.responsible_ngo_id)
    )
    frame = _read_all(connection, statement.where(PlanItem.id.in_(ids)))
    this_month = year_month(today)
    months = list(zip(frame["year"], frame["month"], strict=True))
    is_over = [year * 100 + month < this_month for year, month in months]
    return frame.drop(columns=["year", "month", "ngo_id", "is_fulfilled"]).assign(
        kind_code=EntryKind.ITEM.value,
        entry_date=pd.to_datetime([date(year, month, 1) for year, month in months]),
        title="",
        participants_total=0,
        state_code=[
            (EntryState.HELD if fulfilled else EntryState.OVERDUE if over else EntryState.PLANNED).value
            for fulfilled, over in zip(frame["is_fulfilled"], is_over, strict=True)
        ],
        ngo_links=_objects(
            ((int(ngo_id), name),) if name else ()
            for ngo_id, name in zip(frame["ngo_id"].fillna(0), frame["ngos"], strict=True)
        ),
    )


def _objects(values: Iterable[object]) -> pd.Series[Any]:
    """Return a column of tuples."""
    return pd.Series(list(values), dtype=object)


def _read_all(connection: Connection, statement: Select[*tuple[Any, ...]]) -> pd.DataFrame:
    """Read rows by id, withdrawn ones too."""
    return read_frame(connection, statement.execution_options(**WITH_WITHDRAWN))

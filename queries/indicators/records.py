"""Records behind an indicator: a few as examples for the Method page, and conditions that make lists hold all of them.

Which records an indicator has stands in its declaration. Only records that the actor sees in full, and never what an
NGO said: indicators of ratings and recommendations show none, and the one of events evaluated in time shows the events
without the day of evaluation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from sqlalchemy import (
    Boolean,
    ColumnElement,
    Connection,
    Exists,
    Select,
    SQLColumnExpression,
    case,
    exists,
    false,
    func,
    literal,
    literal_column,
    null,
    select,
    true,
)
from sqlalchemy.orm import InstrumentedAttribute

from data.codes import EventState
from data.dates.period import Period
from data.indicators import INDICATORS, METHOD
from data.indicators.computations import MONTHS_A_YEAR
from data.indicators.counted import ANY_PARTNER, CountedNumbers, CountedRows, Part
from data.indicators.declaration import RecordKind, Records
from data.policy import Action, Actor, Scope
from data.schema import (
    Decision,
    InformationRequest,
    JointEvent,
    JointEventNgo,
    JointEventPartner,
    Mahalla,
    Meeting,
    Memorandum,
    MemorandumDirection,
    Ngo,
    Obligation,
    OffenceMonth,
    PlanItem,
    Support,
    Training,
    TrainingNgo,
)
from queries.evaluations.coverage import first_evaluation
from queries.frames import read_frame
from queries.indicators.partners import partner_rows, partners, pooled_partners, window_start
from queries.indicators.register_sums import exists_at_end, last_due_day
from queries.indicators.source import Source, Window
from queries.memoranda.status import is_in_force, is_long_in_force, is_on_paper
from queries.row_filter import RowFilter, permitted_rows

COLUMNS = ("area_code", "record", "direction_code", "day_date", "done_date", "amount", "is_counted", "page_id")
Rows: TypeAlias = Select[*tuple[Any, ...]]
Shown: TypeAlias = SQLColumnExpression[Any]
Conditions: TypeAlias = tuple[tuple[ColumnElement[bool], ...], ColumnElement[bool]]
"""Conditions on the table of a kind: those of being counted at all, and that of being in the numerator."""


def counted_conditions(
    connection: Connection, row_filter: RowFilter, rows: CountedRows
) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions on the table of the records, with that of the area, for a list to show them.

    Obligations are joined with ``Memorandum``, decisions with ``Meeting``; of support these are the partner NGOs. Of
    events evaluated in time they hold all: :func:`queries.evaluations.lists.due_events` tells them apart.
    """
    inside, is_counted = _conditions(connection, row_filter, rows)
    chosen = {Part.ALL: (), Part.COUNTED: (is_counted,), Part.OTHERS: (~is_counted,)}
    return (*inside, *chosen[rows.part])


def _conditions(connection: Connection, row_filter: RowFilter, rows: CountedRows) -> Conditions:
    source = Source(connection, row_filter, Window(rows.period, rows.today), rows.direction)
    inside, is_counted = _CONDITIONS[rows.records.kind](source, rows.records)
    return (*inside, *_narrowing(rows)), is_counted


def _narrowing(rows: CountedRows) -> Iterator[ColumnElement[bool]]:
    """Conditions on ``JointEvent`` where only some events are asked for."""
    if rows.group:
        yield getattr(JointEvent, rows.group) > 0
    if rows.ngo_id:
        yield is_held_by(rows.ngo_id)
    if rows.partner:
        yield has_partner(rows.partner)
    if rows.mahalla_id is not None:
        yield JointEvent.mahalla_id == rows.mahalla_id if rows.mahalla_id else JointEvent.mahalla_id.is_(None)


def is_held_by(ngo_id: int) -> ColumnElement[bool]:
    """Return a condition on ``JointEvent``: the NGO is one of those that hold it."""
    return JointEvent.id.in_(select(JointEventNgo.event_id).where(JointEventNgo.ngo_id == ngo_id))


def has_partner(code: str) -> ColumnElement[bool]:
    """Return a condition on ``JointEvent``: a partner takes part, or any (:data:`ANY_PARTNER`)."""
    partners = exists().where(JointEventPartner.event_id == JointEvent.id)
    found = partners if code == ANY_PARTNER else partners.where(JointEventPartner.partner_code == code)
    return found.correlate(JointEvent)


def counted_numbers(connection: Connection, actor: Actor, *, scope: Scope, rows: CountedRows) -> CountedNumbers:
    """Return how many records of a scope an indicator counts, whatever part is asked for. Raises ForbiddenError."""
    row_filter, records = permitted_rows(connection, actor, Action.SEE_RECORDS, scope), rows.records
    inside, is_counted = _conditions(connection, row_filter, rows)
    # An amount of support is not one of its NGO.
    has_amount = records.amount and records.kind is not RecordKind.SUPPORT
    amount = literal_column(records.amount) if has_amount else literal(0)
    statement = select(
        func.count(),
        func.coalesce(func.sum(case((is_counted, 1), else_=0)), 0),
        func.coalesce(func.sum(getattr(JointEvent, rows.group) if rows.group else amount), 0),
    ).select_from(TABLES[records.kind])
    found = connection.execute(_joined(records.kind, statement).where(*inside)).one()
    return CountedNumbers(*map(int, found))


def indicator_rows(
    connection: Connection, actor: Actor, *, code: str, scope: Scope, period: Period, today: date, limit: int
) -> pd.DataFrame:
    """The newest records that an indicator counts, at most ``limit``.

    Columns: area_code (SOATO; "" for the nation), record (a title, number or name; may be empty), direction_code
    (of events and plan items, else ""), day_date (of the thing, or when it was due; of a month its first day),
    done_date (NaT: not yet, or none), amount (people of an event, soʻm of a support, offences or mahallas of a month;
    NaN: none), is_counted (in the numerator). Empty for what NGOs said. Raises ForbiddenError where the actor does not
    see the scope in full.
    """
    row_filter = permitted_rows(connection, actor, Action.SEE_RECORDS, scope)
    records = INDICATORS[code].records
    if records is None:
        return pd.DataFrame(columns=list(COLUMNS))
    source = Source(connection, row_filter, Window(period, today), None)
    frame = read_frame(connection, _ROWS[records.kind](source, records).limit(limit))
    if "ngo_id" in frame:
        frame = _of_partners(frame, source)
    if "year_month" in frame:
        frame = frame.assign(day_date=pd.to_datetime(frame["year_month"].astype(str), format="%Y%m"))
    if "sent_date" in frame:
        # The day itself is left out: it may be that of a confidential evaluation.
        days = (frame["sent_date"] - frame["day_date"]).dt.days
        frame = frame.assign(is_counted=days <= METHOD.evaluation_days)
    return frame.assign(amount=frame["amount"].astype(np.float64))[list(COLUMNS)]


def _partners(source: Source) -> pd.DataFrame:
    """Partner NGOs of the area asked about: ngo_id, is_supported (0 or 1)."""
    day = source.window.as_of
    known = partners(partner_rows(source, first_day=day, last_day=day), day)
    return pooled_partners(known, pd.Series("", index=known.index))


def _of_partners(frame: pd.DataFrame, source: Source) -> pd.DataFrame:
    """The frame with support to others than partner NGOs of the area asked about as not counted."""
    is_partner = frame["ngo_id"].isin(_partners(source)["ngo_id"])
    return frame.assign(is_counted=frame["is_counted"].astype(bool) & is_partner)


def _columns(
    area: Shown,
    record: Shown,
    day: Shown,
    is_counted: Shown,
    *,
    page: Shown | None = None,
    direction: Shown | None = None,
    done: Shown | None = None,
    amount: Shown | None = None,
) -> tuple[ColumnElement[Any], ...]:
    return (
        area.label("area_code"),
        record.label("record"),
        day.label("day_date"),
        is_counted.label("is_counted"),
        (literal("") if direction is None else direction).label("direction_code"),
        (null() if done is None else done).label("done_date"),
        (null() if amount is None else amount).label("amount"),
        (null() if page is None else page).label("page_id"),
    )


def _counted(records: Records, otherwise: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether a record is in the numerator: as declared, or else as its kind has it."""
    return literal_column(records.counted, Boolean) if records.counted else otherwise


def _amount(records: Records) -> Shown | None:
    return literal_column(records.amount) if records.amount else None


def _of_ngo(source: Source, column: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Condition on a column of NGOs: to an NGO, its own."""
    return true() if source.row_filter.ngo_id is None else column == source.row_filter.ngo_id


def _of_direction(source: Source, column: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    return true() if source.direction is None else column == source.direction.value


def _without_direction(source: Source) -> ColumnElement[bool]:
    """Condition of registers that know no direction: with one chosen they have no rows."""
    return true() if source.direction is None else false()


def _of_memorandum(source: Source) -> ColumnElement[bool]:
    """Condition on ``Memorandum``: it is of the area and names the direction."""
    named = exists().where(
        MemorandumDirection.memorandum_id == Memorandum.id, MemorandumDirection.direction_code == source.direction_code
    )
    return source.row_filter.memoranda() & (true() if source.direction is None else named.correlate(Memorandum))


def _is_held(*conditions: ColumnElement[bool]) -> Exists:
    """Condition: there is a held event of some kind; said in full, as lists may read withdrawn ones too."""
    return exists().where(
        JointEvent.state_code == EventState.HELD.value, JointEvent.withdrawn_at.is_(None), *conditions
    )


def is_fulfilled() -> ColumnElement[bool]:
    """Return a condition on ``PlanItem``: a held event names it."""
    return _is_held(JointEvent.plan_item_id == PlanItem.id).correlate(PlanItem)


def _memoranda_asked(source: Source, records: Records) -> Conditions:
    day, is_judged = source.window.as_of, records.kind is RecordKind.MEMORANDA_JUDGED
    inside = is_long_in_force(day) if is_judged else is_in_force(day)
    exists_then = exists_at_end(source, Memorandum.district_soato)
    return (_of_memorandum(source), exists_then, inside), _counted(records, ~is_on_paper(day) if is_judged else true())


def _memoranda(source: Source, records: Records) -> Rows:
    inside, is_counted = _memoranda_asked(source, records)
    columns = _columns(
        Memorandum.district_soato, Memorandum.title, Memorandum.signed_date, is_counted, page=Memorandum.id
    )
    newest = (Memorandum.signed_date.desc(), Memorandum.id.desc())
    return select(*columns).where(*inside).order_by(*newest)


def _due(
    source: Source,
    due: InstrumentedAttribute[date],
    done: InstrumentedAttribute[date | None],
    *inside: ColumnElement[bool],
) -> Conditions:
    is_due = due.between(source.window.period.first_day, last_due_day(source))
    return (is_due, *inside), func.coalesce(done <= due, false())


def _due_rows(
    asked: Conditions,
    area: InstrumentedAttribute[str],
    record: InstrumentedAttribute[str],
    due: InstrumentedAttribute[date],
    done: InstrumentedAttribute[date | None],
    records: Records,
    *,
    page: Shown | None = None,
) -> Rows:
    inside, is_counted = asked
    columns = _columns(area, record, due, is_counted, page=page, done=done, amount=_amount(records))
    rows = select(*columns).select_from(TABLES[records.kind])
    return _joined(records.kind, rows).where(*inside).order_by(due.desc(), record)


def _obligations_asked(source: Source, _: Records) -> Conditions:
    return _due(source, Obligation.due_date, Obligation.fulfilled_date, _of_memorandum(source))


def _obligations(source: Source, records: Records) -> Rows:
    due, done = Obligation.due_date, Obligation.fulfilled_date
    asked, page = _obligations_asked(source, records), Obligation.memorandum_id
    return _due_rows(asked, Memorandum.district_soato, Obligation.text, due, done, records, page=page)


def _requests_asked(source: Source, records: Records) -> Conditions:
    """Requests due in the period; of the days to an answer, those answered by today."""
    due, done = InformationRequest.due_date, InformationRequest.answered_date
    is_own = (source.row_filter.requests(), _without_direction(source))
    inside, is_counted = _due(source, due, done, *is_own)
    return inside, _counted(records, is_counted)


def _requests(source: Source, records: Records) -> Rows:
    request = InformationRequest
    asked, due, done = _requests_asked(source, records), request.due_date, request.answered_date
    return _due_rows(asked, request.district_soato, request.topic, due, done, records, page=request.id)


def _decisions_asked(source: Source, _: Records) -> Conditions:
    is_own = (source.row_filter.meetings(), _without_direction(source))
    return _due(source, Decision.due_date, Decision.done_date, *is_own)


def _decisions(source: Source, records: Records) -> Rows:
    """Decisions of meetings; they are no NGO's own records."""
    asked = _decisions_asked(source, records)
    return _due_rows(asked, Meeting.area_code, Decision.text, Decision.due_date, Decision.done_date, records)


def _plan_items_asked(source: Source, records: Records) -> Conditions:
    window, month = source.window, PlanItem.year * 100 + PlanItem.month
    return (
        source.row_filter.plan_items(),
        _of_direction(source, PlanItem.direction_code),
        PlanItem.year.between(window.period.first_day.year, window.period.last_day.year),
        month.between(window.first_month, window.last_month),
    ), _counted(records, is_fulfilled())


def _plan_items(source: Source, records: Records) -> Rows:
    inside, is_counted = _plan_items_asked(source, records)
    is_held = (JointEvent.plan_item_id == PlanItem.id, JointEvent.state_code == EventState.HELD.value)
    fulfilled = select(func.min(JointEvent.event_date)).where(*is_held).correlate(PlanItem).scalar_subquery()
    columns = _columns(
        PlanItem.district_soato,
        func.coalesce(PlanItem.number, ""),
        null(),
        is_counted,
        page=PlanItem.id,
        direction=PlanItem.direction_code,
        done=fulfilled,
        amount=_amount(records),
    )
    return (
        select(*columns, (PlanItem.year * 100 + PlanItem.month).label("year_month"))
        .where(*inside)
        .order_by(PlanItem.year.desc(), PlanItem.month.desc(), PlanItem.id.desc())
    )


def _events_asked(source: Source, records: Records) -> Conditions:
    """Held events, or those whose days for evaluation are over."""
    window, has_waited = source.window, records.kind is RecordKind.EVENTS_WAITED
    last_day = min(window.period.last_day, window.evaluation_tail.last_day if has_waited else window.today)
    return (
        source.row_filter.events(),
        _of_direction(source, JointEvent.direction_code),
        JointEvent.state_code == EventState.HELD.value,
        JointEvent.event_date.between(window.period.first_day, last_day),
    ), _counted(records, true())


def _events(source: Source, records: Records) -> Rows:
    inside, is_counted = _events_asked(source, records)
    columns = _columns(
        JointEvent.district_soato,
        JointEvent.title,
        JointEvent.event_date,
        is_counted,
        page=JointEvent.id,
        direction=JointEvent.direction_code,
        amount=_amount(records),
    )
    rows = select(*columns).where(*inside).order_by(JointEvent.event_date.desc(), JointEvent.id.desc())
    if records.kind is not RecordKind.EVENTS_WAITED:
        return rows
    return rows.add_columns(first_evaluation(source.row_filter).label("sent_date"))


def _mahallas_asked(source: Source, records: Records) -> Conditions:
    """Mahallas, of which those with a held event in the 12 months up to the end of the period count; no NGO's own."""
    last = source.window.as_of
    months = Period.of_months(window_start(last), MONTHS_A_YEAR)
    is_reached = _is_held(
        JointEvent.mahalla_id == Mahalla.id,
        JointEvent.district_soato == Mahalla.district_soato,
        JointEvent.event_date.between(months.first_day, months.last_day),
        _of_direction(source, JointEvent.direction_code),
    ).correlate(Mahalla)
    area = source.row_filter.districts(Mahalla.district_soato) & exists_at_end(source, Mahalla.district_soato)
    own = true() if source.row_filter.ngo_id is None else false()
    return (area, own, *((is_reached,) if records.kind is RecordKind.MAHALLAS_REACHED else ())), is_reached


def _mahallas(source: Source, records: Records) -> Rows:
    inside, is_counted = _mahallas_asked(source, records)
    columns = _columns(Mahalla.district_soato, Mahalla.name, null(), is_counted, page=Mahalla.id)
    return select(*columns).where(*inside).order_by(Mahalla.name, Mahalla.id)


def _partners_asked(source: Source, _: Records) -> Conditions:
    """Partner NGOs of the area, wherever they are at home, of which those with support count."""
    known = _partners(source)
    supported = known.loc[known["is_supported"] > 0, "ngo_id"]
    every, counted = (Ngo.id.in_([int(ngo_id) for ngo_id in ids]) for ids in (known["ngo_id"], supported))
    return (every, _of_ngo(source, Ngo.id)), counted


def _support(source: Source, records: Records) -> Rows:
    """Support, of which that of partner NGOs counts."""
    is_counted, amount = _counted(records, true()), _amount(records)
    columns = _columns(Support.district_soato, Ngo.name, Support.support_date, is_counted, page=Ngo.id, amount=amount)
    rows = (
        select(*columns, Support.ngo_id)
        .join(Ngo, Ngo.id == Support.ngo_id)
        .where(
            source.row_filter.districts(Support.district_soato),
            _of_ngo(source, Support.ngo_id),
            Support.support_date.between(window_start(source.window.as_of), source.window.as_of),
        )
    )
    return rows.order_by(Support.support_date.desc(), Support.id.desc())


def _trainings_asked(source: Source, records: Records) -> Conditions:
    own = exists().where(TrainingNgo.training_id == Training.id, _of_ngo(source, TrainingNgo.ngo_id))
    return (
        source.row_filter.districts(Training.district_soato),
        true() if source.row_filter.ngo_id is None else own.correlate(Training),
        _without_direction(source),
        Training.training_date.between(window_start(source.window.as_of), source.window.as_of),
    ), _counted(records, true())


def _trainings(source: Source, records: Records) -> Rows:
    inside, is_counted = _trainings_asked(source, records)
    amount = _amount(records)
    columns = _columns(Training.district_soato, Training.topic, Training.training_date, is_counted, amount=amount)
    return select(*columns).where(*inside).order_by(Training.training_date.desc(), Training.id.desc())


def _counts_asked(source: Source, records: Records) -> Conditions:
    """Official counts by district and month, which are published."""
    is_offences = records.kind is RecordKind.OFFENCES
    figure = OffenceMonth.offences if is_offences else OffenceMonth.mahallas_crime_free
    return (
        OffenceMonth.year_month.between(source.window.first_month, source.window.last_month),
        source.row_filter.districts(OffenceMonth.district_soato),
        _without_direction(source),
        figure.is_not(None),
    ), _counted(records, true())


def _counts(source: Source, records: Records) -> Rows:
    inside, is_counted = _counts_asked(source, records)
    columns = _columns(OffenceMonth.district_soato, literal(""), null(), is_counted, amount=_amount(records))
    rows = select(*columns, OffenceMonth.year_month).where(*inside)
    return rows.order_by(OffenceMonth.year_month.desc(), OffenceMonth.district_soato)


TABLES: Mapping[RecordKind, type[Any]] = {
    RecordKind.MEMORANDA_IN_FORCE: Memorandum,
    RecordKind.MEMORANDA_JUDGED: Memorandum,
    RecordKind.OBLIGATIONS: Obligation,
    RecordKind.PLAN_ITEMS: PlanItem,
    RecordKind.EVENTS: JointEvent,
    RecordKind.EVENTS_WAITED: JointEvent,
    RecordKind.MAHALLAS: Mahalla,
    RecordKind.MAHALLAS_REACHED: Mahalla,
    RecordKind.REQUESTS: InformationRequest,
    RecordKind.DECISIONS: Decision,
    RecordKind.SUPPORT: Ngo,
    RecordKind.TRAININGS: Training,
    RecordKind.OFFENCES: OffenceMonth,
    RecordKind.CRIME_FREE_MAHALLAS: OffenceMonth,
}
"""Table of the rows that the list of a kind shows; of support these are the partner NGOs."""

_CONDITIONS: Mapping[RecordKind, Callable[[Source, Records], Conditions]] = {
    RecordKind.MEMORANDA_IN_FORCE: _memoranda_asked,
    RecordKind.MEMORANDA_JUDGED: _memoranda_asked,
    RecordKind.OBLIGATIONS: _obligations_asked,
    RecordKind.PLAN_ITEMS: _plan_items_asked,
    RecordKind.EVENTS: _events_asked,
    RecordKind.EVENTS_WAITED: _events_asked,
    RecordKind.MAHALLAS: _mahallas_asked,
    RecordKind.MAHALLAS_REACHED: _mahallas_asked,
    RecordKind.REQUESTS: _requests_asked,
    RecordKind.DECISIONS: _decisions_asked,
    RecordKind.SUPPORT: _partners_asked,
    RecordKind.TRAININGS: _trainings_asked,
    RecordKind.OFFENCES: _counts_asked,
    RecordKind.CRIME_FREE_MAHALLAS: _counts_asked,
}

_ROWS: Mapping[RecordKind, Callable[[Source, Records], Rows]] = {
    RecordKind.MEMORANDA_IN_FORCE: _memoranda,
    RecordKind.MEMORANDA_JUDGED: _memoranda,
    RecordKind.OBLIGATIONS: _obligations,
    RecordKind.PLAN_ITEMS: _plan_items,
    RecordKind.EVENTS: _events,
    RecordKind.EVENTS_WAITED: _events,
    RecordKind.MAHALLAS: _mahallas,
    RecordKind.MAHALLAS_REACHED: _mahallas,
    RecordKind.REQUESTS: _requests,
    RecordKind.DECISIONS: _decisions,
    RecordKind.SUPPORT: _support,
    RecordKind.TRAININGS: _trainings,
    RecordKind.OFFENCES: _counts,
    RecordKind.CRIME_FREE_MAHALLAS: _counts,
}


def _joined(kind: RecordKind, statement: Rows) -> Rows:
    """Return a statement on the table of a kind joined with the one that says of which area its rows are."""
    if kind is RecordKind.OBLIGATIONS:
        return statement.join(Memorandum, Memorandum.id == Obligation.memorandum_id)
    if kind is RecordKind.DECISIONS:
        return statement.join(Meeting, Meeting.id == Decision.meeting_id)
    return statement

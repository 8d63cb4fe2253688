"""A few records behind an indicator, for the worked examples of the Method page.

Which records an indicator has stands in its declaration. Only records that the actor sees in full, and never what an
NGO said: indicators of ratings and recommendations show none, and the one of events evaluated in time shows the events
without the day of evaluation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from sqlalchemy import (
    Boolean,
    ColumnElement,
    Connection,
    Select,
    SQLColumnExpression,
    case,
    exists,
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
from data.indicators.declaration import RecordKind, Records
from data.policy import Action, Actor, Scope
from data.schema import (
    Decision,
    InformationRequest,
    JointEvent,
    Meeting,
    Memorandum,
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
from queries.indicators.partners import partner_rows, partners, window_start
from queries.indicators.register_sums import last_due_day
from queries.indicators.source import Source, Window
from queries.memoranda.status import is_in_force, is_long_in_force, is_on_paper
from queries.row_filter import permitted_rows

COLUMNS = ("area_code", "record", "direction_code", "day_date", "done_date", "amount", "is_counted", "page_id")
Rows: TypeAlias = Select[*tuple[Any, ...]]
Shown: TypeAlias = SQLColumnExpression[Any]


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


def _of_partners(frame: pd.DataFrame, source: Source) -> pd.DataFrame:
    """The frame with support to others than partner NGOs of the area asked about as not counted."""
    day = source.window.as_of
    known = partners(partner_rows(source, first_day=day, last_day=day), day)
    is_partner = frame["ngo_id"].isin(known.loc[known["is_partner"] > 0, "ngo_id"])
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


def _counted(records: Records, otherwise: Shown) -> Shown:
    """Whether a record is in the numerator: as declared, or else as its kind has it."""
    return literal_column(records.counted, Boolean) if records.counted else otherwise


def _amount(records: Records) -> Shown | None:
    return literal_column(records.amount) if records.amount else None


def _of_ngo(source: Source, column: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Condition on a column of NGOs: to an NGO, its own."""
    return true() if source.row_filter.ngo_id is None else column == source.row_filter.ngo_id


def _memoranda(source: Source, records: Records) -> Rows:
    day, is_judged = source.window.as_of, records.kind is RecordKind.MEMORANDA_JUDGED
    is_inside = is_long_in_force(day) if is_judged else is_in_force(day)
    is_counted = _counted(records, ~is_on_paper(day) if is_judged else is_in_force(day))
    columns = _columns(
        Memorandum.district_soato, Memorandum.title, Memorandum.signed_date, is_counted, page=Memorandum.id
    )
    newest = (Memorandum.signed_date.desc(), Memorandum.id.desc())
    return select(*columns).where(source.row_filter.memoranda(), is_inside).order_by(*newest)


def _due_rows(
    source: Source,
    area: InstrumentedAttribute[str],
    record: InstrumentedAttribute[str],
    due: InstrumentedAttribute[date],
    done: InstrumentedAttribute[date | None],
    records: Records,
    *,
    page: Shown | None = None,
) -> Rows:
    is_counted = _counted(records, case((done <= due, 1), else_=0))
    columns = _columns(area, record, due, is_counted, page=page, done=done, amount=_amount(records))
    is_due = due.between(source.window.period.first_day, last_due_day(source))
    return select(*columns).where(is_due).order_by(due.desc(), record)


def _obligations(source: Source, records: Records) -> Rows:
    due, done = Obligation.due_date, Obligation.fulfilled_date
    page = Obligation.memorandum_id
    rows = _due_rows(source, Memorandum.district_soato, Obligation.text, due, done, records, page=page)
    joined = rows.join_from(Obligation, Memorandum, Memorandum.id == Obligation.memorandum_id)
    return joined.where(source.row_filter.memoranda())


def _requests(source: Source, records: Records) -> Rows:
    request = InformationRequest
    due, done = request.due_date, request.answered_date
    rows = _due_rows(source, request.district_soato, request.topic, due, done, records, page=request.id)
    return rows.where(source.row_filter.districts(request.district_soato), _of_ngo(source, request.ngo_id))


def _decisions(source: Source, records: Records) -> Rows:
    """Decisions of meetings; they are no NGO's own records."""
    rows = _due_rows(source, Meeting.area_code, Decision.text, Decision.due_date, Decision.done_date, records)
    return rows.join_from(Decision, Meeting, Meeting.id == Decision.meeting_id).where(source.row_filter.meetings())


def _plan_items(source: Source, records: Records) -> Rows:
    window, month = source.window, PlanItem.year * 100 + PlanItem.month
    is_held = (JointEvent.plan_item_id == PlanItem.id, JointEvent.state_code == EventState.HELD.value)
    fulfilled = select(func.min(JointEvent.event_date)).where(*is_held).correlate(PlanItem).scalar_subquery()
    columns = _columns(
        PlanItem.district_soato,
        func.coalesce(PlanItem.number, ""),
        null(),
        _counted(records, exists().where(*is_held).correlate(PlanItem)),
        page=PlanItem.id,
        direction=PlanItem.direction_code,
        done=fulfilled,
        amount=_amount(records),
    )
    return (
        select(*columns, month.label("year_month"))
        .where(
            source.row_filter.plan_items(),
            PlanItem.year.between(window.period.first_day.year, window.period.last_day.year),
            month.between(window.first_month, window.last_month),
        )
        .order_by(PlanItem.year.desc(), PlanItem.month.desc(), PlanItem.id.desc())
    )


def _events(source: Source, records: Records) -> Rows:
    """Held events, or those whose days for evaluation are over."""
    window, has_waited = source.window, records.kind is RecordKind.EVENTS_WAITED
    last_day = min(window.period.last_day, window.evaluation_tail.last_day if has_waited else window.today)
    columns = _columns(
        JointEvent.district_soato,
        JointEvent.title,
        JointEvent.event_date,
        _counted(records, literal(1)),
        page=JointEvent.id,
        direction=JointEvent.direction_code,
        amount=_amount(records),
    )
    is_inside = JointEvent.event_date.between(window.period.first_day, last_day)
    rows = (
        select(*columns)
        .where(source.row_filter.events(), JointEvent.state_code == EventState.HELD.value, is_inside)
        .order_by(JointEvent.event_date.desc(), JointEvent.id.desc())
    )
    return rows.add_columns(first_evaluation(source.row_filter).label("sent_date")) if has_waited else rows


def _support(source: Source, records: Records) -> Rows:
    """Support, of which that of partner NGOs counts."""
    is_counted, amount = _counted(records, literal(1)), _amount(records)
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


def _trainings(source: Source, records: Records) -> Rows:
    is_counted, amount = _counted(records, literal(1)), _amount(records)
    columns = _columns(Training.district_soato, Training.topic, Training.training_date, is_counted, amount=amount)
    own = exists().where(TrainingNgo.training_id == Training.id, _of_ngo(source, TrainingNgo.ngo_id))
    rows = select(*columns).where(
        source.row_filter.districts(Training.district_soato),
        true() if source.row_filter.ngo_id is None else own.correlate(Training),
        Training.training_date.between(window_start(source.window.as_of), source.window.as_of),
    )
    return rows.order_by(Training.training_date.desc(), Training.id.desc())


def _counts(source: Source, records: Records) -> Rows:
    """Official counts by district and month, which are published."""
    is_offences = records.kind is RecordKind.OFFENCES
    figure = OffenceMonth.offences if is_offences else OffenceMonth.mahallas_crime_free
    is_counted, amount = _counted(records, literal(1)), _amount(records)
    columns = _columns(OffenceMonth.district_soato, literal(""), null(), is_counted, amount=amount)
    rows = select(*columns, OffenceMonth.year_month).where(
        OffenceMonth.year_month.between(source.window.first_month, source.window.last_month),
        source.row_filter.districts(OffenceMonth.district_soato),
        figure.is_not(None),
    )
    return rows.order_by(OffenceMonth.year_month.desc(), OffenceMonth.district_soato)


_ROWS: Mapping[RecordKind, Callable[[Source, Records], Rows]] = {
    RecordKind.MEMORANDA_IN_FORCE: _memoranda,
    RecordKind.MEMORANDA_JUDGED: _memoranda,
    RecordKind.OBLIGATIONS: _obligations,
    RecordKind.PLAN_ITEMS: _plan_items,
    RecordKind.EVENTS: _events,
    RecordKind.EVENTS_WAITED: _events,
    RecordKind.REQUESTS: _requests,
    RecordKind.DECISIONS: _decisions,
    RecordKind.SUPPORT: _support,
    RecordKind.TRAININGS: _trainings,
    RecordKind.OFFENCES: _counts,
    RecordKind.CRIME_FREE_MAHALLAS: _counts,
}

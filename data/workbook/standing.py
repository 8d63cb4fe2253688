"""Loads what the database holds of all that a workbook speaks of, in a handful of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, select
from sqlalchemy.orm import InstrumentedAttribute

from data.codes import Direction, EvaluationItem, EventForm, EventState, Problem, SupportKind, Visibility, WouldRepeat
from data.schema import (
    District,
    Evaluation,
    EvaluationProblem,
    JointEvent,
    JointEventNgo,
    Mahalla,
    Memorandum,
    MemorandumAmendment,
    MemorandumDirection,
    MemorandumNgo,
    MemorandumSupport,
    Ngo,
    PlanItem,
    Recommendation,
    Region,
)
from data.workbook.cells import Chosen
from data.workbook.folding import number_key
from data.workbook.places import Directory, Place
from data.workbook.records import (
    EvaluationValues,
    EventValues,
    Known,
    KnownEvaluation,
    KnownEvent,
    KnownMemorandum,
    MemorandumValues,
    PlanItemValues,
    Standing,
    mahalla_key,
    plan_key,
)
from data.workbook.sealing import chunks, imported_evaluations, released_evaluations


def load_directory_index(connection: Connection) -> Directory:
    """The districts and cities, to be found by name."""
    return Directory(_places(connection, District), regions=_places(connection, Region))


def _places(connection: Connection, model: type[District] | type[Region]) -> list[Place]:
    names = (model.name_uz_latn, model.name_uz_cyrl, model.name_ru, model.name_en)
    rows = connection.execute(select(model.soato, model.kind_code, *names))
    return [Place(soato, kind_code, tuple(spellings)) for soato, kind_code, *spellings in rows]


def where_in(
    connection: Connection, statement: Select[*tuple[Any, ...]], column: ColumnElement[Any], values: Collection[Any]
) -> Iterator[Row[*tuple[Any, ...]]]:
    """The rows of a statement whose column has one of the values, asked for in portions."""
    for chunk in chunks(values):
        yield from connection.execute(statement.where(column.in_(chunk)))


def _grouped(rows: Iterable[Row[*tuple[Any, ...]]]) -> dict[int, list[Any]]:
    groups: dict[int, list[Any]] = defaultdict(list)
    for key, value in rows:
        groups[key].append(value)
    return groups


@dataclass(frozen=True)
class Extent:
    """Of which districts memoranda, mahallas, plans and events are wanted, and of which NGOs and numbers events."""

    memoranda: Collection[str]
    mahallas: Collection[str]
    plans: Collection[str]
    events: Collection[str]
    stirs: Collection[str]
    event_numbers: Collection[str]


def load_standing(connection: Connection, directory: Directory, extent: Extent) -> Standing:
    """What stands of all that a workbook speaks of."""
    standing = Standing(directory)
    for ngo_id, stir, name in connection.execute(select(Ngo.id, Ngo.stir, Ngo.name)):
        standing.ngo_ids[stir], standing.ngo_names[stir] = ngo_id, name
    statement = select(Mahalla.id, Mahalla.district_soato, Mahalla.name)
    for row in where_in(connection, statement, Mahalla.district_soato.expression, extent.mahallas):
        standing.mahalla_ids[row.district_soato, mahalla_key(row.name)] = row.id
    _load_memoranda(connection, standing, extent.memoranda)
    _load_plan_items(connection, standing, extent.plans)
    _load_events(connection, standing, _event_ids(connection, extent))
    _load_evaluations(connection, standing)
    return standing


def _load_memoranda(connection: Connection, standing: Standing, districts: Collection[str]) -> None:
    rows = list(where_in(connection, select(Memorandum.__table__), Memorandum.district_soato.expression, districts))
    ids = [row.id for row in rows]
    stirs = _links(
        connection, select(MemorandumNgo.memorandum_id, Ngo.stir).join(Ngo), MemorandumNgo.memorandum_id, ids
    )
    directions = _links(
        connection,
        select(MemorandumDirection.memorandum_id, MemorandumDirection.direction_code),
        MemorandumDirection.memorandum_id,
        ids,
    )
    supports = _links(
        connection,
        select(MemorandumSupport.memorandum_id, MemorandumSupport.support_code),
        MemorandumSupport.memorandum_id,
        ids,
    )
    amended = select(MemorandumAmendment.memorandum_id, MemorandumAmendment.expiry_date)
    amended = amended.where(MemorandumAmendment.expiry_date.is_not(None)).order_by(MemorandumAmendment.number)
    expiries = _links(connection, amended, MemorandumAmendment.memorandum_id, ids)
    for row in rows:
        key = (row.district_soato, number_key(row.number))
        standing.memorandum_ids[key] = row.id
        standing.memoranda[key] = KnownMemorandum(
            id=row.id,
            values=MemorandumValues(
                title=row.title,
                signed_date=row.signed_date,
                start_date=row.start_date,
                expiry_date=row.expiry_date,
                directions=tuple(Direction(code) for code in sorted(directions.get(row.id, ()))),
                supports=tuple(SupportKind(code) for code in sorted(supports.get(row.id, ()))),
            ),
            stirs=frozenset(stirs.get(row.id, ())),
            amended_expiry=expiries[row.id][-1] if row.id in expiries else None,
        )


def _links(
    connection: Connection,
    statement: Select[*tuple[Any, ...]],
    column: InstrumentedAttribute[int],
    ids: Sequence[int],
) -> dict[int, list[Any]]:
    return _grouped(where_in(connection, statement, column.expression, ids))


def _load_plan_items(connection: Connection, standing: Standing, districts: Collection[str]) -> None:
    statement = (
        select(PlanItem.__table__, Mahalla.name.label("mahalla_name"), Ngo.stir)
        .outerjoin(Mahalla, Mahalla.id == PlanItem.mahalla_id)
        .outerjoin(Ngo, Ngo.id == PlanItem.responsible_ngo_id)
    )
    for row in where_in(connection, statement, PlanItem.district_soato.expression, districts):
        key = plan_key(row.district_soato, row.year, number=row.number, item_id=row.id)
        values = PlanItemValues(
            month=row.month,
            direction=Direction(row.direction_code),
            form=EventForm(row.form_code),
            mahalla=mahalla_key(row.mahalla_name or ""),
            stir=row.stir or "",
        )
        standing.plan_items[key] = Known(row.id, values)
        standing.plan_item_ids[key] = row.id


def _event_ids(connection: Connection, extent: Extent) -> set[int]:
    by_district = where_in(connection, select(JointEvent.id), JointEvent.district_soato.expression, extent.events)
    by_ngo = where_in(connection, select(JointEventNgo.event_id).join(Ngo), Ngo.stir.expression, extent.stirs)
    by_number = where_in(connection, select(JointEvent.id), JointEvent.number.expression, extent.event_numbers)
    return {row[0] for rows in (by_district, by_ngo, by_number) for row in rows}


def _load_events(connection: Connection, standing: Standing, ids: Collection[int]) -> None:
    stirs = _links(connection, select(JointEventNgo.event_id, Ngo.stir).join(Ngo), JointEventNgo.event_id, sorted(ids))
    statement = (
        select(JointEvent.__table__, Memorandum.number.label("memorandum_number"), Mahalla.name.label("mahalla_name"))
        .outerjoin(Memorandum, Memorandum.id == JointEvent.memorandum_id)
        .outerjoin(Mahalla, Mahalla.id == JointEvent.mahalla_id)
        .outerjoin(PlanItem, PlanItem.id == JointEvent.plan_item_id)
        .add_columns(PlanItem.district_soato.label("plan_district"), PlanItem.year.label("plan_year"))
        .add_columns(PlanItem.number.label("plan_number"))
    )
    for row in where_in(connection, statement, JointEvent.id.expression, ids):
        key = (row.district_soato, number_key(row.number))
        values = _event_values(row)
        if values.plan_item is not None:
            standing.plan_item_ids[values.plan_item] = row.plan_item_id
        standing.events[key] = KnownEvent(row.id, key, row.number, values, frozenset(stirs.get(row.id, ())))


def _event_values(row: Row[*tuple[Any, ...]]) -> EventValues:
    return EventValues(
        event_date=row.event_date,
        direction=Direction(row.direction_code),
        form=EventForm(row.form_code),
        state=EventState(row.state_code),
        mahalla=mahalla_key(row.mahalla_name or ""),
        title=row.title,
        memorandum=number_key(row.memorandum_number or ""),
        plan_item=None
        if row.plan_item_id is None
        else plan_key(row.plan_district, row.plan_year, number=row.plan_number, item_id=row.plan_item_id),
        participants_total=row.participants_total,
        participants_young=row.participants_young,
        participants_women=row.participants_women,
        participants_at_risk=row.participants_at_risk,
        participants_victims=row.participants_victims,
        cancel_reason=row.cancel_reason,
    )


def _load_evaluations(connection: Connection, standing: Standing) -> None:
    ids = [event.id for event in standing.events.values()]
    statement = (
        select(Evaluation.__table__, Ngo.stir, Recommendation.text.label("recommendation"))
        .join(Ngo, Ngo.id == Evaluation.ngo_id)
        .outerjoin(Recommendation, Recommendation.evaluation_id == Evaluation.id)
        .where(Evaluation.is_current)
    )
    rows = list(where_in(connection, statement, Evaluation.event_id.expression, ids))
    problems: dict[int, list[Chosen]] = defaultdict(list)
    for problem in where_in(
        connection,
        select(EvaluationProblem.__table__),
        EvaluationProblem.evaluation_id.expression,
        [row.id for row in rows],
    ):
        chosen = Chosen(Problem(problem.problem_code), problem.other_text)
        problems[problem.evaluation_id].append(chosen)
    hidden = [row.id for row in rows if row.visibility_code == Visibility.CONFIDENTIAL.value]
    sealed = {*hidden} - imported_evaluations(connection, hidden)
    released = released_evaluations(connection, (row.id for row in rows))
    for row in rows:
        values = _evaluation_values(row, tuple(sorted(problems[row.id])))
        standing.evaluations[row.event_id, row.stir] = KnownEvaluation(
            row.id, row.version, values, is_sealed=row.id in sealed, is_released=row.id in released
        )


def _evaluation_values(row: Row[*tuple[Any, ...]], problems: tuple[Chosen, ...]) -> EvaluationValues:
    return EvaluationValues(
        marks=tuple(getattr(row, f"mark_{item}") for item in EvaluationItem),
        would_repeat=WouldRepeat(row.would_repeat_code) if row.would_repeat_code else None,
        participants_counted=row.participants_counted,
        problems=problems,
        comment=row.comment,
        recommendation=row.recommendation or "",
        visibility=Visibility(row.visibility_code),
        submitted_date=row.submitted_date,
    )

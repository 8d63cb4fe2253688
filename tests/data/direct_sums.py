"""The sums of :mod:`data.aggregates`, added up row by row in plain Python: what the tables must equal."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import product
from statistics import fmean
from typing import Any, TypeAlias

from sqlalchemy import Connection, Row, select

from data.codes import EvaluationItem
from data.dates.period import year_month
from data.schema import (
    ConfidentialBatchMember,
    DistrictDay,
    DistrictMonth,
    Evaluation,
    EvaluationMonth,
    EvaluationProblem,
    JointEvent,
    JointEventNgo,
    JointEventPartner,
    Mahalla,
    MahallaYear,
    NgoMonth,
    PartnerMonth,
    PlanItem,
    Recommendation,
)
from data.schema.base import Base

Sums: TypeAlias = dict[tuple[Any, ...], dict[str, float]]
MODELS: tuple[type[Base], ...] = (DistrictMonth, DistrictDay, MahallaYear, EvaluationMonth, NgoMonth, PartnerMonth)
_GROUPS = ("total", "young", "women", "at_risk", "victims")


def stored_sums(connection: Connection) -> dict[str, Sums]:
    """Each table of sums as key -> sums, without rows and sums of nothing."""
    return {model.__tablename__: _stored(connection, model) for model in MODELS}


def _stored(connection: Connection, model: type[Base]) -> Sums:
    keys = [column.name for column in model.__table__.columns if column.primary_key]
    found: Sums = {}
    for row in connection.execute(select(model.__table__)).mappings():
        sums = {name: value for name, value in row.items() if name not in keys and value and name != "district_soato"}
        if sums:
            found[tuple(row[key] for key in sorted(keys))] = sums
    return found


class DirectSums:
    """Walks the base rows once and adds up; keys are in the alphabetical order of the key columns' names."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.month: dict[tuple[Any, ...], Counter[str]] = defaultdict(Counter)
        self.day: dict[tuple[Any, ...], Counter[str]] = defaultdict(Counter)
        self.ngo: dict[tuple[Any, ...], Counter[str]] = defaultdict(Counter)
        self.partner: dict[tuple[Any, ...], Counter[str]] = defaultdict(Counter)
        self.months_of: dict[tuple[Any, ...], set[int]] = defaultdict(set)
        self.events = {row.id: row for row in self._rows(JointEvent)}
        self.evaluations = self._rows(Evaluation)
        self.district_of = {row.id: row.district_soato for row in self._rows(Mahalla)}
        self.pairs = {(row.event_id, row.ngo_id) for row in self._rows(JointEventNgo)}
        self.released = {(row.event_id, row.ngo_id) for row in self._rows(ConfidentialBatchMember)}
        self.partners: dict[int, list[str]] = defaultdict(list)
        for row in self._rows(JointEventPartner):
            self.partners[row.event_id].append(row.partner_code)
        self.problems: dict[int, list[str]] = defaultdict(list)
        for row in self._rows(EvaluationProblem):
            self.problems[row.evaluation_id].append(row.problem_code)
        self.judgement: dict[tuple[Any, ...], Counter[str]] = defaultdict(Counter)

    def _rows(self, model: type[Base]) -> list[Row[Any]]:
        rows = self.connection.execute(select(model.__table__))
        return [row for row in rows if getattr(row, "withdrawn_at", None) is None]

    def _month(self, direction: str, district: str, day: date) -> list[Counter[str]]:
        return [self.month[each, district, year_month(day)] for each in (direction, "")]

    def _day(self, direction: str, district: str, day: date) -> list[Counter[str]]:
        return [self.day[day, each, district] for each in (direction, "")]

    def add_events(self) -> None:
        """Events, participants, months of mahallas."""
        for event in self.events.values():
            cells = self._month(event.direction_code, event.district_soato, event.event_date)
            for cell in cells:
                cell["events_cancelled"] += event.state_code == "cancelled"
            if event.state_code == "held":
                self._add_held(event, cells)

    def _add_held(self, event: Row[Any], cells: list[Counter[str]]) -> None:
        in_time = any(
            evaluation.event_id == event.id
            and evaluation.state_code == "submitted"
            and evaluation.submitted_date <= event.event_date + timedelta(days=14)
            and (event.id, evaluation.ngo_id) in self.pairs
            for evaluation in self.evaluations
        )
        for cell in cells:
            cell.update({f"participants_{group}": getattr(event, f"participants_{group}") for group in _GROUPS})
        for cell in cells + self._day(event.direction_code, event.district_soato, event.event_date):
            cell.update({"events_held": 1, "events_evaluated_14d": int(in_time)})
        for cell in cells:
            cell["events_unplanned"] += event.plan_item_id is None
        if self.district_of.get(event.mahalla_id) == event.district_soato:
            for direction in (event.direction_code, ""):
                self.months_of[direction, event.mahalla_id, event.event_date.year].add(event.event_date.month)

    def add_plans(self) -> None:
        """Plan items and whether a held event names them."""
        fulfilled = {event.plan_item_id for event in self.events.values() if event.state_code == "held"}
        for item in self._rows(PlanItem):
            for cell in self._month(item.direction_code, item.district_soato, date(item.year, item.month, 1)):
                cell.update({"plan_items": 1, "plan_fulfilled": int(item.id in fulfilled)})

    def add_evaluations(self) -> None:
        """Current submitted evaluations of held events: that there are any, and what the named ones say."""
        marks: dict[int, list[float]] = defaultdict(list)
        for evaluation in self.evaluations:
            event = self.events[evaluation.event_id]
            if not evaluation.is_current or evaluation.state_code != "submitted" or event.state_code != "held":
                continue
            is_released = (evaluation.event_id, evaluation.ngo_id) in self.released
            is_confidential = evaluation.visibility_code == "confidential"
            waits = int(is_confidential and not is_released)
            counts = {"evaluations_confidential": int(is_confidential), "evaluations_waiting": waits}
            for cell in self._month(event.direction_code, event.district_soato, event.event_date):
                cell.update({"evaluations": 1, **counts})
            if is_confidential or is_released:
                continue
            if evaluation.mark_mean is not None:
                marks[event.id].append(evaluation.mark_mean)
                cell = self.ngo[event.district_soato, evaluation.ngo_id, year_month(event.event_date)]
                cell.update({"evaluations_marked": 1, "evaluations_all_fives": int(evaluation.mark_mean == 5)})
                cell.update({"mark_sum": evaluation.mark_mean})
            for cell in self._month(event.direction_code, event.district_soato, event.event_date):
                cell.update({f"repeat_{evaluation.would_repeat_code}": 1})
            for cell in self._said(event):
                cell.update(self._answers(evaluation))
        for event_id, given in marks.items():
            self._add_mark(self.events[event_id], fmean(given))

    def _said(self, event: Row[Any]) -> list[Counter[str]]:
        """Where what was said of an event counts: by direction and form, and over all of them."""
        return [
            self.judgement[direction, event.district_soato, form, year_month(event.event_date)]
            for direction in (event.direction_code, "")
            for form in (event.form_code, "")
        ]

    def _answers(self, evaluation: Row[Any]) -> dict[str, int]:
        said = {"evaluations": 1, f"repeat_{evaluation.would_repeat_code}": 1}
        for item in EvaluationItem:
            mark = getattr(evaluation, f"mark_{item}")
            if mark is not None:
                said |= {f"marks_{item}": 1, f"mark_sum_{item}": mark, f"mark_square_sum_{item}": mark**2}
        return said | {f"problem_{problem}": 1 for problem in self.problems[evaluation.id]}

    def _add_mark(self, event: Row[Any], mark: float) -> None:
        for cell in self._said(event) + self._month(event.direction_code, event.district_soato, event.event_date):
            cell["events_marked"] += 1
            cell["event_mark_sum"] += mark  # type: ignore[assignment]
            cell["event_mark_square_sum"] += mark * mark  # type: ignore[assignment]

    def add_recommendations(self) -> None:
        """Released recommendations by the day of release; of named evaluations in the direction of their event too."""
        evaluation_of = {evaluation.id: evaluation for evaluation in self.evaluations}
        for row in self._rows(Recommendation):
            if row.released_date is None:
                continue
            evaluation = evaluation_of[row.evaluation_id]
            directions = [""]
            if evaluation.visibility_code == "named":
                directions.append(self.events[evaluation.event_id].direction_code)
            closed = row.closed_date is not None and row.closed_date <= row.released_date + timedelta(days=60)
            for direction in directions:
                month = self.month[direction, row.district_soato, year_month(row.released_date)]
                for cell in (month, self.day[row.released_date, direction, row.district_soato]):
                    cell.update({"recommendations": 1, "recommendations_closed_60d": int(closed)})

    def add_ngos(self) -> None:
        """Held events of each NGO, and those that it evaluated."""
        evaluated = {(row.event_id, row.ngo_id) for row in self.evaluations if row.state_code == "submitted"}
        for event_id, ngo_id in self.pairs:
            event = self.events.get(event_id)
            if event is not None and event.state_code == "held":
                cell = self.ngo[event.district_soato, ngo_id, year_month(event.event_date)]
                cell.update({"events_held": 1, "events_evaluated": int((event_id, ngo_id) in evaluated)})

    def add_partners(self) -> None:
        """Held events of each partner, and those with any."""
        for event_id, codes in self.partners.items():
            event = self.events.get(event_id)
            if event is not None and event.state_code == "held":
                month = year_month(event.event_date)
                for direction, code in product((event.direction_code, ""), (*codes, "")):
                    self.partner[direction, event.district_soato, code, month]["events_held"] += 1


def direct_sums(connection: Connection) -> dict[str, Sums]:
    """The same as :func:`stored_sums`, from the base rows."""
    sums = DirectSums(connection)
    sums.add_events()
    sums.add_plans()
    sums.add_evaluations()
    sums.add_recommendations()
    sums.add_ngos()
    sums.add_partners()
    masks = {key: {"month_mask": sum(1 << (month - 1) for month in found)} for key, found in sums.months_of.items()}
    return {
        "district_month": _without_zeros(sums.month),
        "district_day": _without_zeros(sums.day),
        "mahalla_year": dict(masks),
        "evaluation_month": _without_zeros(sums.judgement),
        "ngo_month": _without_zeros(sums.ngo),
        "partner_month": _without_zeros(sums.partner),
    }


def _without_zeros(cells: dict[tuple[Any, ...], Counter[str]]) -> Sums:
    kept = {key: {name: value for name, value in cell.items() if value} for key, cell in cells.items()}
    return {key: dict(cell) for key, cell in kept.items() if cell}

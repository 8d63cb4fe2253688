"""Judges the rows of the sheet of joint events and plans what is to be written of them."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field
from datetime import date

from data.codes import Direction, EventForm, EventState
from data.workbook import faults
from data.workbook.faults import CellError
from data.workbook.folding import number_key
from data.workbook.memoranda import MemorandumJudge
from data.workbook.planning import ReadRow, Verdict, warn_of_term
from data.workbook.records import EventValues, Key, KnownEvent, PlanKey, Standing, mahalla_key, same_values

GROUPS = ("participants_young", "participants_women", "participants_at_risk", "participants_victims")


@dataclass
class EventPlan:
    """A joint event as the workbook has it; ``mahalla_name`` is as written, ``values.mahalla`` its key."""

    key: Key
    number: str
    values: EventValues
    mahalla_name: str
    row: int
    known: KnownEvent | None
    stirs: set[str] = field(default_factory=set)

    @property
    def all_stirs(self) -> frozenset[str]:
        """The NGOs that hold it, as known and as the workbook says."""
        return frozenset(self.stirs) | (self.known.stirs if self.known else frozenset())

    @property
    def is_to_write(self) -> bool:
        """Whether the database lacks anything of it."""
        if self.known is None:
            return True
        return not same_values(self.known.values, self.values) or not self.stirs <= self.known.stirs


class EventJudge:
    """Judges rows one after the other; ``plans`` grows with those accepted. ``plan_items`` are of the workbook."""

    def __init__(
        self, standing: Standing, memoranda: MemorandumJudge, plan_items: Container[PlanKey], today: date
    ) -> None:
        self._standing = standing
        self._memoranda = memoranda
        self._plan_items = plan_items
        self._today = today
        self.plans: dict[Key, EventPlan] = {}

    def __call__(self, row: ReadRow) -> Verdict:
        """Accept the row, or call it a repeat. Raises :class:`CellError` with the column at fault."""
        district = str(row.get("district"))
        key = (district, number_key(row.get("number")))
        known = self._standing.events.get(key)
        memorandum = self._memorandum(row, district, known)
        self._check_ngos(row)
        values = self._values(row, known, memorandum)
        self._warn_of_memorandum(row, district, values)
        plan = self.plans.get(key)
        if plan is None:
            name = row.get("mahalla", "") or ""
            plan = EventPlan(key, row.get("number"), values, name, row.number, known, set(row.get("stirs")))
            self.plans[key] = plan
            if plan.is_to_write and known is not None:
                row.warn(faults.CORRECTED)
            return Verdict.ACCEPTED if plan.is_to_write else Verdict.DUPLICATE
        if not same_values(plan.values, values):
            raise CellError(faults.REPEATED_KEY, column_code="number", row=plan.row)
        if set(row.get("stirs")) <= plan.all_stirs:
            return Verdict.DUPLICATE
        plan.stirs |= set(row.get("stirs"))
        return Verdict.ACCEPTED

    def _memorandum(self, row: ReadRow, district: str, known: KnownEvent | None) -> str:
        """The folded number of the event's memorandum, empty for none."""
        if not row.has("memorandum"):
            return known.values.memorandum if known else ""
        number = number_key(row.get("memorandum"))
        key = (district, number)
        if number and key not in self._memoranda.plans and key not in self._standing.memoranda:
            raise CellError(faults.UNKNOWN_MEMORANDUM, column_code="memorandum", number=row.get("memorandum"))
        return number

    def _plan_item(self, row: ReadRow, known: KnownEvent | None) -> PlanKey | None:
        """The item that the event fulfils: of the district's plan of the event's year."""
        if not row.has("plan_item"):
            return known.values.plan_item if known else None
        if row.is_empty("plan_item"):
            return None
        number, year = row.get("plan_item"), row.get("event_date").year
        key = (str(row.get("district")), year, number_key(number))
        if key not in self._plan_items and key not in self._standing.plan_items:
            raise CellError(faults.UNKNOWN_PLAN_ITEM, column_code="plan_item", year=year, number=number)
        return key

    def _check_ngos(self, row: ReadRow) -> None:
        for stir in row.get("stirs"):
            if stir not in self._standing.ngo_ids and stir not in self._memoranda.new_ngos:
                raise CellError(faults.UNKNOWN_NGO, column_code="stirs", stir=stir)

    def _values(self, row: ReadRow, known: KnownEvent | None, memorandum: str) -> EventValues:
        counts = _counts(row, known)
        event_date: date = row.get("event_date")
        state = self._state(row, known, event_date)
        if row.is_empty("participants_total") and row.has("participants_total") and state is EventState.HELD:
            raise CellError(faults.REQUIRED, column_code="participants_total")
        for group in GROUPS:
            if counts[group] > counts["participants_total"]:
                total = counts["participants_total"]
                raise CellError(faults.GROUP_EXCEEDS_TOTAL, column_code=group, group=counts[group], total=total)
        base = known.values if known else None
        return EventValues(
            event_date=event_date,
            direction=Direction(row.get("direction")),
            form=EventForm(row.get("form")),
            state=state,
            mahalla=mahalla_key(row.get("mahalla")) if row.has("mahalla") else (base.mahalla if base else ""),
            title=row.get("title", base.title if base else ""),
            memorandum=memorandum,
            plan_item=self._plan_item(row, known),
            cancel_reason=row.get("cancel_reason", base.cancel_reason if base else ""),
            **counts,
        )

    def _state(self, row: ReadRow, known: KnownEvent | None, event_date: date) -> EventState:
        """What the row says; without a word, held when the day is past, else planned."""
        is_ahead = event_date > self._today
        if row.is_empty("state"):
            if known and not row.has("state"):
                return known.values.state
            return EventState.PLANNED if is_ahead else EventState.HELD
        state = EventState(row.get("state"))
        if state is EventState.HELD and is_ahead:
            raise CellError(faults.HELD_IN_FUTURE, column_code="event_date")
        if state is EventState.PLANNED and event_date < self._today:
            row.warn(faults.PLANNED_IN_PAST)
        return state

    def _warn_of_memorandum(self, row: ReadRow, district: str, values: EventValues) -> None:
        if not values.memorandum:
            return
        key = (district, values.memorandum)
        plan, known = self._memoranda.plans.get(key), self._standing.memoranda.get(key)
        terms = plan.values if plan else known.values if known else None
        if terms is None:
            return
        expiry = (known.amended_expiry if known else None) or terms.expiry_date
        number = row.get("memorandum") or values.memorandum
        warn_of_term(row, number=number, values=terms, expiry=expiry, event_date=values.event_date)
        parties = (plan.stirs if plan else set()) | (known.stirs if known else frozenset())
        for stir in set(row.get("stirs")) - parties:
            row.warn(faults.NOT_A_PARTY, stir=stir, number=number)


def _counts(row: ReadRow, known: KnownEvent | None) -> dict[str, int]:
    """Participants in all and by group; a column that is not there keeps what is known, an empty cell is zero."""
    names = ("participants_total", *GROUPS)
    return {name: row.get(name, getattr(known.values, name) if known else 0) or 0 for name in names}

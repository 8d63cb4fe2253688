"""Register of joint events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from data.codes import Direction, EventForm, EventState, Partner
from data.language import N_, Wording
from data.registers.declaration import FieldKind, RegisterSheet, SheetField
from data.registers.memoranda import MemorandumRegister
from data.registers.plan_items import PlanItemRegister, PlanKey, plan_key
from data.registers.register import ChildRows, Known, NumberedRegister, Record
from data.registers.shared import (
    COUNT_NOTE,
    DATE_NOTE,
    DISTRICT,
    EVENT_NUMBER,
    LIST_NOTE,
    MEMORANDUM_NUMBER,
    NGO_STIRS,
    PLAN_NUMBER,
    PRIVATE_NOTE,
)
from data.schema import Evaluation, JointEvent, JointEventNgo, JointEventPartner, Memorandum, PlanItem
from data.workbook import errors
from data.workbook.cells.text_matching import number_key
from data.workbook.database import rows_where
from data.workbook.errors import CellError
from data.workbook.import_context import ImportContext, Key
from data.workbook.import_scope import ImportScope
from data.workbook.rows import ReadRow

AT_HELD = ("state", (EventState.HELD,))
GROUPS = ("participants_young", "participants_women", "participants_at_risk", "participants_victims")


def _people(code: str, heading: Wording) -> SheetField:
    return SheetField(code, FieldKind.COUNT, heading, note=COUNT_NOTE, shown_when=AT_HELD)


@dataclass(frozen=True)
class EventValues:
    """Values of a joint event besides its key.

    ``mahalla`` and ``memorandum`` are folded, empty for none; ``stirs`` are the NGOs that the workbook names.
    """

    event_date: date
    direction: Direction
    form: EventForm
    state: EventState
    mahalla: str = ""
    title: str = ""
    memorandum: str = ""
    plan_item: PlanKey | None = None
    participants_total: int = 0
    participants_young: int = 0
    participants_women: int = 0
    participants_at_risk: int = 0
    participants_victims: int = 0
    cancel_reason: str = ""
    partners: tuple[Partner, ...] = ()
    stirs: tuple[str, ...] = ()


class EventRegister(NumberedRegister[EventValues]):
    """Joint events of districts; rows that differ only in their NGOs are one event, and known NGOs are kept."""

    sheet = RegisterSheet(
        "events",
        Wording("Events"),
        Wording("Joint events"),
        key="number",
        name_field="title",
        date_field="event_date",
        listed=(
            "number",
            "event_date",
            "mahalla",
            "direction",
            "form",
            "title",
            "stirs",
            "participants_total",
            "state",
        ),
        has_documents=True,
        fields=(
            SheetField("number", FieldKind.NUMBER, EVENT_NUMBER, is_required=True, also=("event_number", "number")),
            DISTRICT,
            SheetField("mahalla", FieldKind.MAHALLA, Wording("Mahalla"), column="mahalla_id", also=("mahalla",)),
            SheetField(
                "event_date", FieldKind.DATE, Wording("Date", "workbook events"), is_required=True, note=DATE_NOTE
            ),
            SheetField("direction", FieldKind.CHOICE, Wording("Direction"), is_required=True, choices=Direction),
            SheetField("form", FieldKind.CHOICE, Wording("Form"), is_required=True, choices=EventForm),
            SheetField("title", FieldKind.TEXT, Wording("Title", "workbook events"), note=PRIVATE_NOTE),
            NGO_STIRS,
            SheetField(
                "memorandum",
                FieldKind.NUMBER,
                MEMORANDUM_NUMBER,
                note=N_("The number of a memorandum of the same district; empty where the event was held under none."),
                also=("memorandum_number",),
                refers_to="memoranda",
            ),
            SheetField(
                "plan_item",
                FieldKind.NUMBER,
                PLAN_NUMBER,
                note=N_(
                    "The number of an item of the district's plan of the event's year; empty where it was in no plan."
                ),
                also=("plan_number",),
                refers_to="plans",
            ),
            SheetField("partners", FieldKind.CHOICES, Wording("Partners"), choices=Partner, note=LIST_NOTE),
            SheetField(
                "participants_total",
                FieldKind.COUNT,
                Wording("Participants in all"),
                note=COUNT_NOTE,
                shown_when=AT_HELD,
            ),
            SheetField(
                "participants_young", FieldKind.COUNT, Wording("Young people"), note=COUNT_NOTE, shown_when=AT_HELD
            ),
            _people("participants_women", Wording("Women")),
            SheetField(
                "participants_at_risk", FieldKind.COUNT, Wording("At risk"), note=COUNT_NOTE, shown_when=AT_HELD
            ),
            SheetField(
                "participants_victims", FieldKind.COUNT, Wording("Victims"), note=COUNT_NOTE, shown_when=AT_HELD
            ),
            SheetField("state", FieldKind.CHOICE, Wording("State"), choices=EventState),
            SheetField(
                "cancel_reason",
                FieldKind.TEXT,
                Wording("Reason of cancelling"),
                note=PRIVATE_NOTE,
                shown_when=("state", (EventState.CANCELLED,)),
                is_long=True,
            ),
        ),
    )
    model, values_type = JointEvent, EventValues
    contradiction = errors.REPEATED_KEY
    named_by = (("evaluations", "event"),)
    children = (
        ChildRows("stirs", JointEventNgo.event_id, JointEventNgo.ngo_id, adds_up=True),
        ChildRows("partners", JointEventPartner.event_id, JointEventPartner.partner_code),
    )

    def __init__(self, context: ImportContext, memoranda: MemorandumRegister, plan_items: PlanItemRegister) -> None:
        super().__init__(context)
        self._memoranda = memoranda
        self._plan_items = plan_items
        self._evaluated: set[int] = set()

    def statement(self) -> Select[*tuple[Any, ...]]:
        """Query of all events, with their memoranda and plan items."""
        return (
            super()
            .statement()
            .outerjoin(Memorandum, Memorandum.id == JointEvent.memorandum_id)
            .outerjoin(PlanItem, PlanItem.id == JointEvent.plan_item_id)
            .add_columns(Memorandum.number.label("memorandum_number"), Memorandum.number_key.label("memorandum_key"))
            .add_columns(PlanItem.number.label("plan_item_number"), PlanItem.number_key.label("plan_key"))
            .add_columns(PlanItem.year.label("plan_year"), PlanItem.district_soato.label("plan_district"))
        )

    def rows(self, connection: Connection, scope: ImportScope) -> Iterable[Row[*tuple[Any, ...]]]:
        """Events that the rows name or show, and those that are evaluated."""
        yield from super().rows(connection, scope)
        evaluated = {number_key(number) for number in scope.evaluated_numbers}
        yield from rows_where(connection, self.current(), JointEvent.number_key, evaluated)

    def take(self, connection: Connection, rows: Iterable[Row[*tuple[Any, ...]]]) -> None:
        """Add rows, the memoranda under which the events were held, and which of them were evaluated."""
        found = list(rows)
        ids = {row.memorandum_id for row in found if row.memorandum_id is not None}
        self._memoranda.take(connection, self._memoranda.rows_by_id(connection, ids - self._memoranda.stored.keys()))
        super().take(connection, found)
        evaluated = select(Evaluation.event_id).where(Evaluation.is_current)
        event_ids = [row.id for row in found]
        self._evaluated |= {row.event_id for row in rows_where(connection, evaluated, Evaluation.event_id, event_ids)}

    def stored_values(self, row: Row[*tuple[Any, ...]], **others: object) -> EventValues:
        """Values of a database row."""
        plan_item = None
        if row.plan_item_id is not None:
            plan_item = plan_key(row.plan_district, row.plan_year, key=row.plan_key, item_id=row.plan_item_id)
            self._plan_items.ids[plan_item] = row.plan_item_id
        memorandum = row.memorandum_key or ""
        if memorandum:
            self._memoranda.ids[row.district_soato, memorandum] = row.memorandum_id
        return super().stored_values(row, memorandum=memorandum, plan_item=plan_item, **others)

    def values_of(self, row: ReadRow, key: Key, known: Known[EventValues] | None) -> EventValues:
        """Values of the row, whose memorandum, plan item and NGOs must exist."""
        base, event_date = known.values if known else None, row.get("event_date")
        memorandum = self._memorandum(row, key, base)
        self.context.ngos.check(row.get("stirs"), field_code="stirs")
        counts = _counts(row, base)
        state = self._state(row, base, event_date)
        if row.is_empty("participants_total") and row.has("participants_total") and state is EventState.HELD:
            raise CellError(errors.REQUIRED, field_code="participants_total")
        total = counts["participants_total"]
        for group in GROUPS:
            if counts[group] > total:
                raise CellError(errors.GROUP_EXCEEDS_TOTAL, field_code=group, group=counts[group], total=total)
        plan_item = self._plan_item(row, base)
        values = self.read(row, base, memorandum=memorandum, plan_item=plan_item, state=state, **counts)
        if memorandum:
            stirs = row.get("stirs")
            self._memoranda.warn_of_event(row, (key[0], memorandum), event_date=event_date, stirs=stirs)
        return values

    def check_change(self, row: ReadRow, known: Known[EventValues], values: EventValues, *, is_change: bool) -> None:
        """Also doubt that an event was not held which an NGO has evaluated."""
        super().check_change(row, known, values, is_change=is_change)
        if known.id in self._evaluated and known.values.state is EventState.HELD is not values.state:
            row.doubt("state", errors.EVALUATED_EVENT)

    def replaces_ngos(self, row: ReadRow, field_code: str, ngos: Mapping[str, str]) -> None:
        """Ask whether the event was held by both, as a mistyped taxpayer number makes an organisation too many."""
        row.doubt(field_code, errors.PARTY_REPLACED, **ngos)

    def stirs_of(self, key: Key) -> frozenset[str]:
        """NGOs that hold an event, from the database and the workbook."""
        entries = (self.records.get(key), self.known.get(key))
        return frozenset(stir for entry in entries if entry is not None for stir in entry.values.stirs)

    def latest(self, key: Key) -> EventValues:
        """Values of an event in the workbook, else in the database."""
        return self.records[key].values if key in self.records else self.known[key].values

    def columns_of(self, record: Record[Key, EventValues], district: str) -> dict[str, Any]:
        """Columns of an event besides its key."""
        memorandum, plan_item = record.values.memorandum, record.values.plan_item
        return {
            **super().columns_of(record, district),
            "memorandum_id": self._memoranda.ids[district, memorandum] if memorandum else None,
            "plan_item_id": self._plan_items.ids[plan_item] if plan_item else None,
        }

    def told(self, entry: SheetField, value: Any, row: ReadRow) -> object:  # noqa: ANN401 - any value
        """Value of a field; of a plan item its number."""
        if entry.code == "plan_item":
            return value[-1] if value else ""
        return super().told(entry, value, row)

    def _memorandum(self, row: ReadRow, key: Key, base: EventValues | None) -> str:
        """Folded number of the event's memorandum, empty for none."""
        if not row.has("memorandum"):
            return base.memorandum if base else ""
        number = number_key(row.get("memorandum"))
        if number:
            self._memoranda.check_known(row, (key[0], number))
        return number

    def _plan_item(self, row: ReadRow, base: EventValues | None) -> PlanKey | None:
        """Item that the event fulfils, from the district's plan of the event's year."""
        if not row.has("plan_item"):
            return base.plan_item if base else None
        if row.is_empty("plan_item"):
            return None
        number, year = row.get("plan_item"), row.get("event_date").year
        key = (str(row.get("district")), year, number_key(number))
        if key not in self._plan_items.records and key not in self._plan_items.known:
            raise CellError(errors.UNKNOWN_PLAN_ITEM, field_code="plan_item", year=year, number=number)
        if key not in self._plan_items.known:
            self._plan_items.check_named(row, key, "plan_item")
        return key

    def _state(self, row: ReadRow, base: EventValues | None, event_date: date) -> EventState:
        """State in the row; an empty one means held if the day is past, else planned."""
        is_ahead = event_date > self.context.today
        if row.is_empty("state"):
            if str(row.cells.get("state") or "").strip() and not is_ahead:
                row.doubt("state", errors.DASH_AS_HELD)
            if base and not row.has("state"):
                return base.state
            return EventState.PLANNED if is_ahead else EventState.HELD
        state = EventState(row.get("state"))
        if state is EventState.HELD and is_ahead:
            raise CellError(errors.HELD_IN_FUTURE, field_code="event_date")
        if state is EventState.PLANNED and event_date < self.context.today:
            row.warn(errors.PLANNED_IN_PAST)
        return state


def _counts(row: ReadRow, base: EventValues | None) -> dict[str, int]:
    """Participants in all and by group; a missing column keeps the known value, an empty cell is zero."""
    names = ("participants_total", *GROUPS)
    return {name: row.get(name, getattr(base, name) if base else 0) or 0 for name in names}

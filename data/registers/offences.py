"""Register of offences by district and month, from official statistics."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, select

from data.codes import OffenceCategory
from data.database.upsert import upsert
from data.language import N_, Wording
from data.policy import Action
from data.registers.declaration import FieldKind, RegisterSheet, SheetField
from data.registers.register import Known, Record, Register
from data.registers.shared import DISTRICT, MONTH, PRIVATE_NOTE, YEAR, year_and_month
from data.schema import CrimeFreeCount, OffenceCount
from data.workbook import errors
from data.workbook.database import AuditedWriter, RecordAction, rows_where
from data.workbook.errors import CellError
from data.workbook.import_scope import ImportScope
from data.workbook.rows import ChangedValue, ReadRow

MonthKey = tuple[str, int]
"""District (SOATO) and month (YYYYMM)."""
CRIME_FREE = "crime_free"
FIGURE_NOTE = N_("A whole number from official statistics. An empty cell says nothing, and is not zero.")


@dataclass(frozen=True)
class Figure:
    """Count for a district and month, with its source."""

    count: int
    source: str


@dataclass(frozen=True)
class OffenceValues:
    """Figures of a row by column: categories of offences, and mahallas without offences."""

    figures: tuple[tuple[str, Figure], ...]


@dataclass(frozen=True)
class _Change:
    key: MonthKey
    code: str
    before: Figure | None
    after: Figure


class OffenceRegister(Register[MonthKey, OffenceValues]):
    """Figures of districts and months; an empty cell keeps the known value."""

    sheet = RegisterSheet(
        "offences",
        Wording("Offences"),
        Wording("Registered offences"),
        key="district",
        written_by=Action.EDIT_REFERENCE,
        fields=(
            DISTRICT,
            YEAR,
            MONTH,
            SheetField(
                "all", FieldKind.WHOLE, Wording("All offences", "workbook offences"), note=FIGURE_NOTE, units="offences"
            ),
            SheetField(
                "criminal_search",
                FieldKind.WHOLE,
                Wording("In the line of criminal search"),
                note=FIGURE_NOTE,
                units="offences",
            ),
            SheetField(
                "youth", FieldKind.WHOLE, Wording("Committed by young people"), note=FIGURE_NOTE, units="offences"
            ),
            SheetField("women", FieldKind.WHOLE, Wording("Committed by women"), note=FIGURE_NOTE, units="offences"),
            SheetField(
                "repeat",
                FieldKind.WHOLE,
                Wording("Repeat offences", "workbook offences"),
                note=FIGURE_NOTE,
                units="offences",
            ),
            SheetField(
                CRIME_FREE,
                FieldKind.WHOLE,
                Wording("Mahallas without an offence", "workbook offences"),
                note=FIGURE_NOTE,
                units="mahallas",
            ),
            SheetField("source", FieldKind.TEXT, Wording("Source"), note=PRIVATE_NOTE),
        ),
    )
    key_field = "month"

    def load(self, connection: Connection, scope: ImportScope) -> None:
        """Load ``known`` with the figures of the districts."""
        districts = scope.districts("offences")
        found: dict[MonthKey, dict[str, Figure]] = defaultdict(dict)
        counts = select(OffenceCount.__table__)
        for row in rows_where(connection, counts, OffenceCount.district_soato, districts):
            found[row.district_soato, row.year_month][row.category_code] = Figure(row.offences, row.source)
        counts = select(CrimeFreeCount.__table__)
        for row in rows_where(connection, counts, CrimeFreeCount.district_soato, districts):
            found[row.district_soato, row.year_month][CRIME_FREE] = Figure(row.mahallas_crime_free, row.source)
        self.known = {key: Known(0, _values(figures.items())) for key, figures in found.items()}

    def key_of(self, row: ReadRow) -> MonthKey:
        """District and month, which must have ended."""
        year, month = year_and_month(row)
        if (year, month) >= (self.context.today.year, self.context.today.month):
            raise CellError(errors.FUTURE_MONTH, field_code="month")
        return str(row.get("district")), year * 100 + month

    def values_of(self, row: ReadRow, key: MonthKey, known: Known[OffenceValues] | None) -> OffenceValues:  # noqa: ARG002
        """Figures of the row alone; parts are checked against the total of the row, or the known one."""
        figures = dict(known.values.figures) if known else {}
        given: dict[str, Figure] = {}
        for code in (*OffenceCategory, CRIME_FREE):
            count = row.get(str(code))
            if count is not None:
                is_kept = code in figures and not row.has("source")
                source = figures[code].source if is_kept else row.get("source", "")
                given[str(code)] = Figure(count, source)
        if not given:
            raise CellError(errors.NO_FIGURE, field_code=OffenceCategory.ALL.value)
        _check_parts(figures | given, given)
        return _values(given.items())

    def merged(self, earlier: Record[MonthKey, OffenceValues], values: OffenceValues) -> OffenceValues | None:
        """Figures of both rows, or None where they contradict each other."""
        one, other = dict(earlier.values.figures), dict(values.figures)
        if any(one[code] != other[code] for code in one.keys() & other.keys()):
            return None
        return _values((one | other).items())

    def is_change(self, known: Known[OffenceValues] | None, values: OffenceValues) -> bool:
        """Whether a figure is new or changed."""
        return known is None or not {*values.figures} <= {*known.values.figures}

    def changes(self, row: ReadRow, key: MonthKey, old: OffenceValues, new: OffenceValues) -> list[ChangedValue]:  # noqa: ARG002
        """Changed figures, and their source where it changes."""
        before = dict(old.figures)
        found: dict[str, ChangedValue] = {}
        for code, figure in new.figures:
            known = before.get(code)
            if known is None or known.count != figure.count:
                found[code] = ChangedValue(code, known.count if known else None, figure.count)
            if known is not None and known.source != figure.source:
                found.setdefault("source", ChangedValue("source", known.source, figure.source))
        return list(found.values())

    def write(self, writer: AuditedWriter) -> None:
        """Write new and changed figures."""
        changes = list(self._changes())
        counts = [change for change in changes if change.code != CRIME_FREE]
        rows = [{**_place(change), "category_code": change.code, "offences": change.after.count} for change in counts]
        upsert(writer.connection, OffenceCount, rows, key=("district_soato", "year_month", "category_code"))
        free = [change for change in changes if change.code == CRIME_FREE]
        rows = [{**_place(change), "mahallas_crime_free": change.after.count} for change in free]
        upsert(writer.connection, CrimeFreeCount, rows, key=("district_soato", "year_month"))
        _record(writer, OffenceCount.__tablename__, counts)
        _record(writer, CrimeFreeCount.__tablename__, free)

    def _changes(self) -> Iterator[_Change]:
        for record in self.changed_records():
            known = dict(record.known.values.figures) if record.known else {}
            for code, figure in record.values.figures:
                if known.get(code) != figure:
                    yield _Change(record.key, code, known.get(code), figure)


def _values(figures: Iterable[tuple[str, Figure]]) -> OffenceValues:
    return OffenceValues(tuple(sorted(figures, key=lambda entry: entry[0])))


def _check_parts(figures: dict[str, Figure], given: dict[str, Figure]) -> None:
    """Raise :class:`CellError` where a category is larger than the total; one of the two is in the row."""
    total = figures.get(OffenceCategory.ALL)
    for code in OffenceCategory:
        if total is not None and code in figures and figures[code].count > total.count:
            fault = code if code in given else OffenceCategory.ALL
            part = figures[code].count
            raise CellError(errors.CATEGORY_EXCEEDS_ALL, field_code=fault.value, part=part, total=total.count)


def _place(change: _Change) -> dict[str, object]:
    return {"district_soato": change.key[0], "year_month": change.key[1], "source": change.after.source}


def _record(writer: AuditedWriter, entity: str, changes: Iterable[_Change]) -> None:
    by_action: dict[RecordAction, list[_Change]] = defaultdict(list)
    for change in changes:
        by_action[RecordAction.CORRECTED if change.before else RecordAction.ADDED].append(change)
    for action, found in by_action.items():
        entries = [
            (f"{change.key[0]}/{change.key[1]}/{change.code}", _plain(change.before), _plain(change.after))
            for change in found
        ]
        writer.audit(action, entity, entries)


def _plain(figure: Figure | None) -> dict[str, object] | None:
    return asdict(figure) if figure else None

"""Judges the rows of the sheet of offences and writes their figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, select

from data.codes import OffenceCategory
from data.database.upsert import upsert
from data.schema import CrimeFreeCount, OffenceCount
from data.workbook import faults
from data.workbook.columns import OFFENCES
from data.workbook.faults import CellError
from data.workbook.ledger import Action, Ledger
from data.workbook.planning import ReadRow
from data.workbook.records import Known
from data.workbook.registers.periods import year_and_month
from data.workbook.registers.register import Register
from data.workbook.standing import where_in

MonthKey = tuple[str, int]
"""District (SOATO) and month (YYYYMM)."""
CRIME_FREE = "crime_free"


@dataclass(frozen=True)
class Figure:
    """A count of a district and month: how many, and the source."""

    count: int
    source: str


@dataclass(frozen=True)
class OffenceValues:
    """The figures that a row gives, by their columns in order: categories of offences, and mahallas without any."""

    figures: tuple[tuple[str, Figure], ...]


@dataclass(frozen=True)
class _Change:
    key: MonthKey
    code: str
    before: Figure | None
    after: Figure


class OffenceRegister(Register[MonthKey, OffenceValues]):
    """Figures of districts and months; an empty cell says nothing, so what is known stays."""

    sheet, key_column = OFFENCES, "month"

    def load(self, connection: Connection, districts: Collection[str]) -> None:
        """Fill ``known``."""
        found: dict[MonthKey, dict[str, Figure]] = defaultdict(dict)
        counts = select(OffenceCount.__table__)
        for row in where_in(connection, counts, OffenceCount.district_soato.expression, districts):
            found[row.district_soato, row.year_month][row.category_code] = Figure(row.offences, row.source)
        counts = select(CrimeFreeCount.__table__)
        for row in where_in(connection, counts, CrimeFreeCount.district_soato.expression, districts):
            found[row.district_soato, row.year_month][CRIME_FREE] = Figure(row.mahallas_crime_free, row.source)
        self.known = {key: Known(0, _values(figures.items())) for key, figures in found.items()}

    def key_of(self, row: ReadRow) -> MonthKey:
        """District and month, which must be over."""
        year, month = year_and_month(row)
        if (year, month) >= (self.scene.today.year, self.scene.today.month):
            raise CellError(faults.FUTURE_MONTH, column_code="month")
        return str(row.get("district")), year * 100 + month

    def values_of(self, row: ReadRow, base: OffenceValues | None) -> OffenceValues:
        """The figures of the row alone; parts are held against the total, of the row or known."""
        known = dict(base.figures) if base else {}
        given: dict[str, Figure] = {}
        for code in (*OffenceCategory, CRIME_FREE):
            count = row.get(str(code))
            if count is not None:
                source = known[code].source if code in known and not row.has("source") else row.get("source", "")
                given[str(code)] = Figure(count, source)
        if not given:
            raise CellError(faults.NO_FIGURE, column_code=OffenceCategory.ALL.value)
        _check_parts(known | given, given)
        return _values(given.items())

    def united(self, first: OffenceValues, second: OffenceValues) -> OffenceValues | None:
        """The figures of both rows, unless they give one differently."""
        one, other = dict(first.figures), dict(second.figures)
        if any(one[code] != other[code] for code in one.keys() & other.keys()):
            return None
        return _values((one | other).items())

    def lacks(self, known: Known[OffenceValues] | None, values: OffenceValues) -> bool:
        """Whether a figure is new or other than known."""
        return known is None or not {*values.figures} <= {*known.values.figures}

    def write(self, ledger: Ledger) -> None:
        """Write the figures that are new or other than known."""
        changes = list(self._changes())
        counts = [change for change in changes if change.code != CRIME_FREE]
        rows = [{**_place(change), "category_code": change.code, "offences": change.after.count} for change in counts]
        upsert(ledger.connection, OffenceCount, rows, key=("district_soato", "year_month", "category_code"))
        free = [change for change in changes if change.code == CRIME_FREE]
        rows = [{**_place(change), "mahallas_crime_free": change.after.count} for change in free]
        upsert(ledger.connection, CrimeFreeCount, rows, key=("district_soato", "year_month"))
        _record(ledger, OffenceCount.__tablename__, counts)
        _record(ledger, CrimeFreeCount.__tablename__, free)

    def _changes(self) -> Iterator[_Change]:
        for plan in self.plans.values():
            known = dict(plan.known.values.figures) if plan.known else {}
            for code, figure in plan.values.figures:
                if known.get(code) != figure:
                    yield _Change(plan.key, code, known.get(code), figure)


def _values(figures: Iterable[tuple[str, Figure]]) -> OffenceValues:
    return OffenceValues(tuple(sorted(figures, key=lambda entry: entry[0])))


def _check_parts(figures: dict[str, Figure], given: dict[str, Figure]) -> None:
    """Raise :class:`CellError` where a category is larger than the total; one of the two is of the row."""
    total = figures.get(OffenceCategory.ALL)
    for code in OffenceCategory:
        if total is not None and code in figures and figures[code].count > total.count:
            fault = code if code in given else OffenceCategory.ALL
            part = figures[code].count
            raise CellError(faults.CATEGORY_EXCEEDS_ALL, column_code=fault.value, part=part, total=total.count)


def _place(change: _Change) -> dict[str, object]:
    return {"district_soato": change.key[0], "year_month": change.key[1], "source": change.after.source}


def _record(ledger: Ledger, entity: str, changes: Iterable[_Change]) -> None:
    by_action: dict[Action, list[_Change]] = defaultdict(list)
    for change in changes:
        by_action[Action.CORRECTED if change.before else Action.ADDED].append(change)
    for action, found in by_action.items():
        entries = [
            (f"{change.key[0]}/{change.key[1]}/{change.code}", _plain(change.before), _plain(change.after))
            for change in found
        ]
        ledger.record(action, entity, entries)


def _plain(figure: Figure | None) -> dict[str, object] | None:
    return asdict(figure) if figure else None

"""Register of targets of the indicators."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from data.codes import AreaLevel
from data.database.upsert import upsert
from data.indicators import INDICATORS, Unit
from data.indicators.computations import Gini
from data.language import N_, Wording
from data.policy import Action
from data.registers.declaration import FieldKind, RegisterSheet, SheetField
from data.registers.register import Known, Register, audited
from data.schema import Target
from data.workbook import errors
from data.workbook.cells.amounts import ParsedValue
from data.workbook.cells.areas import FoundArea
from data.workbook.cells.codes import IndicatorChoice
from data.workbook.database import AuditedWriter, RecordAction
from data.workbook.errors import CellError
from data.workbook.import_scope import ImportScope
from data.workbook.rows import ReadRow

TargetKey = tuple[str, int, FoundArea]
_RANGES = {Unit.PERCENT: (0.0, 100.0), Unit.POINTS: (1.0, 5.0)}


@dataclass(frozen=True)
class TargetValues:
    """Target value in the indicator's own unit."""

    value: float


class TargetRegister(Register[TargetKey, TargetValues]):
    """Targets by indicator, year and area."""

    sheet = RegisterSheet(
        "targets",
        Wording("Targets"),
        Wording("Targets of the indicators"),
        key="indicator",
        written_by=Action.EDIT_REFERENCE,
        fields=(
            SheetField("indicator", FieldKind.CHOICE, Wording("Indicator"), is_required=True, choices=IndicatorChoice),
            SheetField("year", FieldKind.YEAR, Wording("Year"), is_required=True, also=("year",)),
            SheetField(
                "area",
                FieldKind.AREA,
                Wording("Area"),
                is_required=True,
                note=N_("The republic, a region, or a district: the name with its kind, or the SOATO code."),
            ),
            SheetField(
                "value",
                FieldKind.VALUE,
                Wording("Target", "workbook targets"),
                is_required=True,
                note=N_("In the indicator's own unit; percents run from 0 to 100."),
            ),
        ),
    )
    key_field = "indicator"

    def load(self, connection: Connection, scope: ImportScope) -> None:
        """Load ``known`` with the targets of indicators that are still declared, a few rows per area."""
        if not scope.has("targets"):
            return
        codes = set(INDICATORS)
        for row in connection.execute(select(Target.__table__).where(Target.indicator_code.in_(codes))):
            area = FoundArea(AreaLevel(row.scope_code), row.area_code)
            key = (row.indicator_code, row.year, area)
            self.known[key] = Known(0, TargetValues(row.value))

    def key_of(self, row: ReadRow) -> TargetKey:
        """Indicator, year and area."""
        return row.get("indicator").value, row.get("year"), row.get("area")

    def values_of(self, row: ReadRow, key: TargetKey, known: Known[TargetValues] | None) -> TargetValues:  # noqa: ARG002
        """Value, which must be in the indicator's range; a fraction for a percent indicator is converted to percent."""
        code, said = key[0], row.get("value")
        value = _in_percent(row, said) if INDICATORS[code].unit is Unit.PERCENT else said.value
        lowest, highest = (0.0, 1.0) if isinstance(INDICATORS[code].computation, Gini) else _range_of(code)
        if highest is not None and not lowest <= value <= highest:
            limits = {"value": f"{value:g}", "lowest": f"{lowest:g}", "highest": f"{highest:g}"}
            raise CellError(errors.OUT_OF_RANGE, field_code="value", **limits)
        if value < lowest:
            raise CellError(errors.BELOW_RANGE, field_code="value", value=f"{value:g}")
        return TargetValues(value)

    def write(self, writer: AuditedWriter) -> None:
        """Insert new targets and update changed ones."""
        records = self.changed_records()
        rows = [
            {
                "indicator_code": code,
                "year": year,
                "area_code": area.soato,
                "scope_code": area.level.value,
                "value": record.values.value,
            }
            for record in records
            for code, year, area in [record.key]
        ]
        upsert(writer.connection, Target, rows, key=("indicator_code", "year", "area_code"))
        for action, is_known in ((RecordAction.ADDED, False), (RecordAction.CORRECTED, True)):
            entries = [
                (_name(record.key), audited(record.known.values) if record.known else None, audited(record.values))
                for record in records
                if (record.known is not None) is is_known
            ]
            writer.audit(action, Target.__tablename__, entries)


def _range_of(code: str) -> tuple[float, float | None]:
    return _RANGES.get(INDICATORS[code].unit, (0.0, None))


def _in_percent(row: ReadRow, said: ParsedValue) -> float:
    """Percentage of a cell; a cell formatted as a percentage holds a fraction."""
    if said.is_percent or not 0 < said.value <= 1:
        return said.value
    percent = round(said.value * 100, 6)
    row.warn(errors.SHARE_TAKEN, share=f"{said.value:g}", percent=f"{percent:g}")
    return percent


def _name(key: TargetKey) -> str:
    code, year, area = key
    return f"{code}/{year}/{area.soato or area.level}"

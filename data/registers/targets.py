"""Register of targets of the indicators."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row

from data.codes import AreaLevel
from data.indicators import INDICATORS, Unit
from data.indicators.computations import Gini
from data.language import N_, Wording
from data.policy import Action
from data.registers.declaration import FieldKind, RegisterSheet, SheetField
from data.registers.register import Known, Record, RecordRegister
from data.schema import Target
from data.workbook import errors
from data.workbook.cells.amounts import ParsedValue
from data.workbook.cells.areas import FoundArea
from data.workbook.cells.codes import IndicatorChoice
from data.workbook.errors import CellError
from data.workbook.import_scope import ImportScope
from data.workbook.rows import ReadRow

TargetKey = tuple[str, int, FoundArea]
_RANGES = {Unit.PERCENT: (0.0, 100.0), Unit.POINTS: (1.0, 5.0)}


@dataclass(frozen=True)
class TargetValues:
    """Target value in the indicator's own unit."""

    value: float


class TargetRegister(RecordRegister[TargetKey, TargetValues]):
    """Targets by indicator, year and area."""

    sheet = RegisterSheet(
        "targets",
        Wording("Targets"),
        Wording("Targets of the indicators"),
        key="indicator",
        written_by=Action.EDIT_REFERENCE,
        listed=("indicator", "year", "area", "value"),
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
    model, values_type, key_field = Target, TargetValues, "indicator"
    apart = ("indicator", "year", "area")
    taken = errors.RECORD_EXISTS

    def rows(self, connection: Connection, scope: ImportScope) -> Iterable[Row[*tuple[Any, ...]]]:
        """Targets of indicators that are still declared, a few rows per area."""
        if not scope.has("targets"):
            return ()
        return connection.execute(self.current().where(Target.indicator_code.in_(list(INDICATORS))))

    def stored_key(self, row: Row[*tuple[Any, ...]]) -> TargetKey:
        """Indicator, year and area."""
        return row.indicator_code, row.year, FoundArea(AreaLevel(row.scope_code), row.area_code)

    def cell_of(self, entry: SheetField, row: Row[*tuple[Any, ...]], lists: Mapping[str, tuple[Any, ...]]) -> object:
        """Cell of a field; the nation is said by the code of its level."""
        return row.area_code or row.scope_code if entry.code == "area" else super().cell_of(entry, row, lists)

    def key_of(self, row: ReadRow) -> TargetKey:
        """Indicator, year and area."""
        return row.get("indicator").value, row.get("year"), row.get("area")

    def values_of(self, row: ReadRow, key: TargetKey, known: Known[TargetValues] | None) -> TargetValues:
        """Value, which must be in the indicator's range; a fraction for a percent indicator is converted to percent."""
        code, said = key[0], row.get("value")
        is_kept = row.is_whole and known is not None and known.values.value == said.value
        is_share = INDICATORS[code].unit is Unit.PERCENT and not is_kept
        value = _in_percent(row, said) if is_share else said.value
        lowest, highest = (0.0, 1.0) if isinstance(INDICATORS[code].computation, Gini) else _range_of(code)
        if highest is not None and not lowest <= value <= highest:
            limits = {"value": f"{value:g}", "lowest": f"{lowest:g}", "highest": f"{highest:g}"}
            raise CellError(errors.OUT_OF_RANGE, field_code="value", **limits)
        if value < lowest:
            raise CellError(errors.BELOW_RANGE, field_code="value", value=f"{value:g}")
        return TargetValues(value)

    def key_columns(self, record: Record[TargetKey, TargetValues]) -> Mapping[str, Any]:
        """Indicator, year and area."""
        code, year, area = record.key
        return {"indicator_code": code, "year": year, "area_code": area.soato, "scope_code": area.level.value}


def _range_of(code: str) -> tuple[float, float | None]:
    return _RANGES.get(INDICATORS[code].unit, (0.0, None))


def _in_percent(row: ReadRow, said: ParsedValue) -> float:
    """Percentage of a cell; a cell formatted as a percentage holds a fraction."""
    if said.is_percent or not 0 < said.value <= 1:
        return said.value
    percent = round(said.value * 100, 6)
    row.warn(errors.SHARE_TAKEN, share=f"{said.value:g}", percent=f"{percent:g}")
    return percent

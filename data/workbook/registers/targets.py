"""Judges the rows of the sheet of targets and writes them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, select

from data.codes import AreaLevel
from data.database.upsert import upsert
from data.indicators import INDICATORS, IndicatorCode, Unit
from data.schema import Target
from data.workbook import faults
from data.workbook.amounts import Measured
from data.workbook.areas import Area
from data.workbook.columns import TARGETS
from data.workbook.faults import CellError
from data.workbook.ledger import Action, Ledger
from data.workbook.planning import ReadRow
from data.workbook.records import Known
from data.workbook.registers.register import Register
from data.workbook.stored import audited

TargetKey = tuple[IndicatorCode, int, Area]
_RANGES = {Unit.PERCENT: (0.0, 100.0), Unit.POINTS: (1.0, 5.0)}


@dataclass(frozen=True)
class TargetValues:
    """The value that an indicator is to reach, in its own unit."""

    value: float


class TargetRegister(Register[TargetKey, TargetValues]):
    """Targets by indicator, year and area."""

    sheet, key_column = TARGETS, "indicator"

    def load(self, connection: Connection, districts: Collection[str]) -> None:  # noqa: ARG002 - a few rows an area
        """Fill ``known`` with the targets of indicators that are still declared."""
        codes = {code.value for code in IndicatorCode}
        for row in connection.execute(select(Target.__table__).where(Target.indicator_code.in_(codes))):
            area = Area(AreaLevel(row.scope_code), row.area_code)
            key = (IndicatorCode(row.indicator_code), row.year, area)
            self.known[key] = Known(0, TargetValues(row.value))

    def key_of(self, row: ReadRow) -> TargetKey:
        """Indicator, year and area."""
        return IndicatorCode(row.get("indicator")), row.get("year"), row.get("area")

    def values_of(self, row: ReadRow, base: TargetValues | None) -> TargetValues:  # noqa: ARG002 - the row says it all
        """The value, which the indicator must be able to have; a share of a percent indicator is taken as percents."""
        code, said = IndicatorCode(row.get("indicator")), row.get("value")
        value = _in_percent(row, said) if INDICATORS[code].unit is Unit.PERCENT else said.value
        lowest, highest = (0.0, 1.0) if code is IndicatorCode.SUPPORT_GINI else _range_of(code)
        if highest is not None and not lowest <= value <= highest:
            limits = {"value": f"{value:g}", "lowest": f"{lowest:g}", "highest": f"{highest:g}"}
            raise CellError(faults.OUT_OF_RANGE, column_code="value", **limits)
        if value < lowest:
            raise CellError(faults.BELOW_RANGE, column_code="value", value=f"{value:g}")
        return TargetValues(value)

    def write(self, ledger: Ledger) -> None:
        """Add new targets; bring known ones to what the workbook says."""
        plans = self.to_write()
        rows = [
            {
                "indicator_code": code.value,
                "year": year,
                "area_code": area.soato,
                "scope_code": area.level.value,
                "value": plan.values.value,
            }
            for plan in plans
            for code, year, area in [plan.key]
        ]
        upsert(ledger.connection, Target, rows, key=("indicator_code", "year", "area_code"))
        for action, is_known in ((Action.ADDED, False), (Action.CORRECTED, True)):
            entries = [
                (_name(plan.key), audited(plan.known.values) if plan.known else None, audited(plan.values))
                for plan in plans
                if (plan.known is not None) is is_known
            ]
            ledger.record(action, Target.__tablename__, entries)


def _range_of(code: IndicatorCode) -> tuple[float, float | None]:
    return _RANGES.get(INDICATORS[code].unit, (0.0, None))


def _in_percent(row: ReadRow, said: Measured) -> float:
    """The percents that a cell means: a cell formatted as percents holds a share."""
    if said.is_percent or not 0 < said.value <= 1:
        return said.value
    percent = round(said.value * 100, 6)
    row.warn(faults.SHARE_TAKEN, share=f"{said.value:g}", percent=f"{percent:g}")
    return percent


def _name(key: TargetKey) -> str:
    code, year, area = key
    return f"{code}/{year}/{area.soato or area.level}"

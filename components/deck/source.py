"""Access to the frames of a pack as plain rows, and to the names of its areas in one language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

from components.indicators.verdict_texts import change_of, verdict_of
from components.shell.formatter import Formatter
from data.codes import Labelled, When
from data.indicators import INDICATORS, AreaTarget, Indicator
from data.indicators.verdicts import Change, TargetVerdict, Verdict, against_target
from data.language import Translator
from data.policy import ScopeKind

if TYPE_CHECKING:
    from queries.meetings.packs.content import PackContent

NATION = ""
Row = Mapping[str, Any]
# What no file of slides or tables can hold, and what breaks a line where a cell has one.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff\\s]+")


@dataclass(frozen=True)
class PackSource:
    """Pack, language, and names of areas by code; ``rows`` and ``value`` read the frames."""

    content: PackContent
    fmt: Formatter
    translate: Translator
    names: Mapping[str, str]

    @property
    def is_district(self) -> bool:
        """Whether the pack is that of one district."""
        return self.content.scope.kind is ScopeKind.DISTRICT

    @property
    def area_code(self) -> str:
        """SOATO code of the pack's own area, empty for the nation."""
        return self.content.scope.code

    @property
    def area(self) -> str:
        """Name of the pack's own area."""
        return self.name(self.area_code)

    @property
    def region_code(self) -> str:
        """Region of the pack's district, or the region itself; empty for the nation."""
        own = (row["region_soato"] for row in self.rows("areas", area_code=self.area_code))
        return next(own, None) or NATION

    @property
    def kind(self) -> ScopeKind:
        """Kind of the pack's area."""
        return self.content.scope.kind

    @cached_property
    def is_tested(self) -> bool:
        """Whether the pack has verdicts on its figures; the first ones compared with the period before by eye."""
        return next(self.rows("comparisons"), None) is not None

    @property
    def earlier(self) -> When:
        """Values for comparison: those of the same months of the year before; in old packs, of the period before."""
        return When.YEAR_BEFORE if self.is_tested else When.BEFORE

    @property
    def earlier_name(self) -> str:
        """Name of the values for comparison."""
        return self.translate("A year ago") if self.is_tested else self.translate("Period before")

    def name(self, code: str | None) -> str:
        """Name of an area; the code itself where the pack does not name it."""
        return self.names.get(code or NATION, code or NATION)

    def rows(self, frame: str, **wanted: object) -> Iterator[dict[str, Any]]:
        """Rows of a frame whose columns have the given values, in their order.

        Values are plain Python: None for missing, dates for days, texts on one line.
        """
        found = self._plain_frames.get(frame, ())
        return (row for row in found if all(row[column] == value for column, value in wanted.items()))

    @cached_property
    def _plain_frames(self) -> Mapping[str, tuple[dict[str, Any], ...]]:
        return {name: tuple(_plain_rows(frame)) for name, frame in self.content.frames.items()}

    @cached_property
    def _values(self) -> Mapping[tuple[str, str, str], Row]:
        return {(row["indicator_code"], row["area_code"], row["when"]): row for row in self.rows("values")}

    def value(self, code: str, *, area_code: str | None = None, when: When = When.NOW) -> Row | None:
        """Row of ``values`` of an indicator; its ``value`` is None where there is not enough data."""
        area = self.area_code if area_code is None else area_code
        row = self._values.get((code, area, when.value))
        return {**row, "value": row["value"] if row["is_enough"] else None} if row else None

    def figure(self, code: str, *, area_code: str | None = None, when: When = When.NOW) -> float | None:
        """Value of an indicator alone; None where there is none or not enough data."""
        row = self.value(code, area_code=area_code, when=when)
        return row["value"] if row else None

    def comparison(self, code: str) -> Row:
        """Row of ``comparisons`` of an indicator; empty where there is none."""
        return self._comparisons.get(code, {})

    @cached_property
    def _comparisons(self) -> Mapping[str, Row]:
        return {row["indicator_code"]: row for row in self.rows("comparisons", area_code=self.area_code)}

    def verdict(self, code: str) -> Verdict:
        """Verdict on an indicator of the pack's area beside all other areas of its kind."""
        return verdict_of(self.comparison(code).get("verdict_code"))

    def change(self, code: str) -> Change:
        """Change of an indicator against the year before."""
        return change_of(self.comparison(code).get("change_code"))

    def target_verdict(self, code: str) -> TargetVerdict:
        """Verdict on an indicator beside its target."""
        target, row = self.target(code), self.value(code)
        if target is None or row is None or row["value"] is None:
            return TargetVerdict.NONE
        ends = {end: float("nan") if row[end] is None else row[end] for end in ("interval_low", "interval_high")}
        return against_target({**ends, "value": row["value"]}, self.indicator(code), AreaTarget(target, self.area_code))

    def target(self, code: str) -> float | None:
        """Target for the pack's own area; None where none is set."""
        return next((row["value"] for row in self.rows("targets", indicator_code=code)), None)

    def indicator_name(self, code: str) -> str:
        """Name of an indicator."""
        return self.translate(self.indicator(code).name)

    def indicator_text(self, code: str, value: float | None) -> str:
        """Value of an indicator in its unit, or the text for not enough data."""
        return self.fmt.indicator_value(self.indicator(code), value)

    def label(self, kind: type[Labelled], code: object) -> str:
        """Label of a code; the code itself where this version no longer has it, since packs outlive versions."""
        member = next((member for member in kind if member.value == code), None)
        return str(code) if member is None else self.translate(member.label)

    @staticmethod
    def indicator(code: str) -> Indicator:
        """Declaration of an indicator."""
        return INDICATORS[code]


def known_indicator(reference: object) -> str | None:
    """Indicator of a code; None for one that this version no longer has."""
    return reference if isinstance(reference, str) and reference in INDICATORS else None


def make_source(content: PackContent, *, translate: Translator) -> PackSource:
    """PackSource of slides for a pack in one language."""
    fmt = Formatter(translate)
    return PackSource(content, fmt, translate, _names(content, fmt))


def one_line(text: str) -> str:
    """Text in which each run of line breaks and unprintable characters is a space."""
    return _UNPRINTABLE.sub(" ", text).strip()


def _plain_rows(frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Rows of a frame with plain Python values."""
    columns = [str(column) for column in frame.columns]
    for values in zip(*(_plain_column(frame[column]) for column in frame.columns), strict=True):
        yield dict(zip(columns, values, strict=True))


def _plain_column(column: pd.Series[Any]) -> list[Any]:
    missing = column.isna()
    values = column.dt.date if pd.api.types.is_datetime64_any_dtype(column) else column
    return [None if is_missing else _plain(value) for value, is_missing in zip(values.tolist(), missing, strict=True)]


def _plain(value: object) -> object:
    return one_line(value) if isinstance(value, str) else value


def _names(content: PackContent, fmt: Formatter) -> Mapping[str, str]:
    """Names by code; a district that shares its name with another one has its region's name appended."""
    areas = content.frames.get("areas", pd.DataFrame()).to_dict("records")
    names = {str(row["area_code"]): one_line(fmt.area(row)) for row in areas} | {NATION: fmt.translate("Uzbekistan")}
    shared = Counter(names.values())
    regions = {str(row["area_code"]): str(row["region_soato"] or NATION) for row in areas}
    return {
        code: f"{name} ({names.get(regions[code], regions[code])})" if code and shared[name] > 1 else name
        for code, name in names.items()
    }

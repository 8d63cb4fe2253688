"""Converts frames to map views: legend classes, and units with their tooltip texts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from components.charts.palette import MISSING, STATUS_STYLES, Hatch, class_colours, class_of
from components.indicators.verdict_texts import others_words, verdict_of
from components.maps.view import MapClass, MapUnit, MapView
from components.shell.formatter import Formatter, is_missing
from data.codes import MemorandumStatus
from data.indicators import Indicator
from data.indicators.verdicts import Verdict
from data.language import Translator
from data.policy import ScopeKind

NOT_ENOUGH = 5
BETTER_SIGN, WORSE_SIGN = "▲", "▼"
# Signs of districts that differ from all others by more than chance.
SIGNS = {
    Verdict.MUCH_BETTER: BETTER_SIGN,
    Verdict.BETTER: BETTER_SIGN,
    Verdict.WORSE: WORSE_SIGN,
    Verdict.MUCH_WORSE: WORSE_SIGN,
}


def indicator_map(
    frame: pd.DataFrame,
    indicator: Indicator,
    *,
    months: int,
    translate: Translator,
    region_soato: str = "",
    marked_soato: str = "",
) -> MapView:
    """Map of an indicator over some months, in five classes between its edges and one for "not enough data".

    ``frame``: one row per district: soato, value (NaN: not enough data), n, verdict_code. Districts that differ from
    all others by more than chance have a sign.
    """
    fmt = Formatter(translate)
    units = [_indicator_unit(row, indicator, months, fmt) for row in frame.to_dict("records")]
    classes = indicator_classes(indicator, months=months, translate=translate)
    shown = {unit.sign for unit in units}
    meanings = (
        (BETTER_SIGN, translate("Better than all other districts")),
        (WORSE_SIGN, translate("Worse than all other districts")),
    )
    signs = [pair for pair in meanings if pair[0] in shown]
    return MapView(translate(indicator.name), classes, units, region_soato, marked_soato, signs)


def indicator_classes(indicator: Indicator, *, months: int, translate: Translator) -> list[MapClass]:
    """Legend of an indicator: five ranges from low to high and "not enough data"."""
    fmt = Formatter(translate)
    edges = [fmt.indicator_value(indicator, edge) for edge in indicator.edges(months)]
    labels = [
        translate("below {high}", high=edges[0]),
        *(translate("{low} to below {high}", low=low, high=high) for low, high in zip(edges, edges[1:], strict=False)),
        translate("{low} and above", low=edges[-1]),
    ]
    coloured = [MapClass(label, colour) for label, colour in zip(labels, class_colours(indicator.better), strict=True)]
    return [*coloured, MapClass(fmt.missing, MISSING, Hatch.RISING)]


def status_map(
    frame: pd.DataFrame, *, translate: Translator, region_soato: str = "", marked_soato: str = ""
) -> MapView:
    """Map of the memorandum status of districts.

    ``frame``: one row per district: soato, status_code, memoranda, in_force, on_paper (counts).
    """
    fmt = Formatter(translate)
    units = [_status_unit(row, fmt) for row in frame.to_dict("records")]
    return MapView(
        translate("Memorandum status"), status_classes(translate=translate), units, region_soato, marked_soato
    )


def status_classes(*, translate: Translator) -> list[MapClass]:
    """Legend of the statuses, best first."""
    return [MapClass(translate(status.label), style.colour, style.hatch) for status, style in STATUS_STYLES.items()]


def _indicator_unit(row: Mapping[Any, object], indicator: Indicator, months: int, fmt: Formatter) -> MapUnit:
    value = row["value"]
    missing = is_missing(value)
    index = NOT_ENOUGH if missing else class_of(_number(value), indicator.edges(months))
    verdict = verdict_of(row["verdict_code"])
    beside = others_words(verdict, ScopeKind.DISTRICT, fmt.translate)
    lines = (
        fmt.missing if missing else fmt.indicator_value(indicator, _number(value)),
        *([beside] if beside else []),
        fmt.counted(indicator, _number(row["n"])),
    )
    return MapUnit(str(row["soato"]), index, lines, SIGNS.get(verdict, ""))


def _status_unit(row: Mapping[Any, object], fmt: Formatter) -> MapUnit:
    translate = fmt.translate
    status = MemorandumStatus(str(row["status_code"]))
    memoranda = fmt.number(_number(row["memoranda"]))
    lines = [translate(status.label), translate("Memoranda: {number}", number=memoranda)]
    if _number(row["on_paper"]):
        lines.append(translate("On paper only: {number}", number=fmt.number(_number(row["on_paper"]))))
    return MapUnit(str(row["soato"]), list(STATUS_STYLES).index(status), tuple(lines))


def _number(value: object) -> float:
    return 0.0 if is_missing(value) else float(str(value))

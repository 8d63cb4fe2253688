"""Tables of indicators: one indicator in many areas, and one district against its region and the nation."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pandas as pd

from components.charts.ranking import ranked
from components.indicators.response import response_columns, response_of, response_share
from components.shell.areas import AreaDirectory
from components.shell.formatter import Formatter
from components.tables.columns import ColumnSpec, ColumnType
from data.indicators import INDICATORS, METHOD, AreaTarget, Indicator
from data.indicators.verdicts import Verdict, against_target
from data.language import Translator

# The longest name of an indicator; on a phone the value of the district stands beside it.
INDICATOR_WIDTH = 262
# That there is not enough data, in full.
DISTRICT_WIDTH = 162
ROUNDING = 1e-9
PLACES = ("district", "region", "nation")


def value_columns(indicator: Indicator, *, fmt: Formatter) -> list[ColumnSpec]:
    """Columns of a table of districts with one indicator."""
    translate = fmt.translate
    limits = {
        "interval_low": translate("90% interval, from"),
        "interval_high": translate("90% interval, to"),
        "interval_low_95": translate("95% interval, from"),
        "interval_high_95": translate("95% interval, to"),
        "interval_low_998": translate("99.8% interval, from"),
        "interval_high_998": translate("99.8% interval, to"),
    }
    return [
        ColumnSpec("area", translate("Area")),
        ColumnSpec("region", translate("Region")),
        ColumnSpec("value", translate(indicator.name), ColumnType.INDICATOR, indicator=indicator),
        ColumnSpec("verdict", translate("Beside all other districts")),
        ColumnSpec("target", translate("Beside the target")),
        *(ColumnSpec(key, label, ColumnType.INDICATOR, indicator=indicator) for key, label in limits.items()),
        ColumnSpec("n", translate("Based on ({what})", what=translate(indicator.n_text)), ColumnType.NUMBER),
        *response_columns(indicator, fmt=fmt),
    ]


def value_rows(
    frame: pd.DataFrame,
    indicator: Indicator,
    *,
    directory: AreaDirectory,
    target: AreaTarget | None,
    translate: Translator,
) -> pd.DataFrame:
    """Districts of the map, best first, with their names and those of their regions, and verdicts in words."""
    return ranked(frame, indicator).assign(
        area=lambda rows: [directory.name(code) for code in rows["soato"]],
        region=lambda rows: [directory.name(code) for code in rows["region_soato"]],
        verdict=lambda rows: [
            translate((Verdict(code) if isinstance(code, str) else Verdict.NOT_COMPARED).label)
            for code in rows["verdict_code"]
        ],
        target=lambda rows: [
            translate(against_target(row, indicator, target).label) for row in rows.to_dict("records")
        ],
    )


def chance_note(found: pd.DataFrame, *, fmt: Formatter) -> str:
    """Return how many districts stand out, and how many of them would by chance alone."""
    is_out = ~found["verdict_code"].isin([Verdict.SIMILAR.value, Verdict.NOT_COMPARED.value])
    return fmt.translate(
        "Stand out from all other districts of the country: {number}; of these by chance alone at most: {chance}.",
        number=fmt.number(float(is_out.sum())),
        chance=fmt.number(math.ceil(is_out.sum() * (1 - METHOD.verdict_confidence) - ROUNDING)),
    )


def compared(values: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """One row an indicator: indicator_code, response (rate of the district), and for each of :data:`PLACES` its value
    and, as ``…_n``, its n.

    ``values``: by place the values of its one area.
    """
    frame = pd.DataFrame({"indicator_code": list(INDICATORS), "response": response_of(values["district"])})
    for place in PLACES:
        columns = {"value": place, "n": f"{place}_n"}
        frame = frame.merge(
            values[place][["indicator_code", *columns]].rename(columns=columns), how="left", on="indicator_code"
        )
    return frame


def comparison_columns(names: Mapping[str, str], *, fmt: Formatter) -> list[ColumnSpec]:
    """Columns of a district against its region and the nation; ``names`` by :data:`PLACES`."""
    translate = fmt.translate
    return [
        ColumnSpec("indicator", translate("Indicator"), width=INDICATOR_WIDTH),
        ColumnSpec("district", names["district"], width=DISTRICT_WIDTH),
        ColumnSpec("region", names["region"]),
        ColumnSpec("nation", names["nation"]),
        ColumnSpec("target", translate("Target")),
        ColumnSpec("counted", translate("Based on")),
        ColumnSpec("response", translate("Response")),
    ]


def comparison_rows(frame: pd.DataFrame, targets: Mapping[str, AreaTarget], *, fmt: Formatter) -> pd.DataFrame:
    """Rows of the comparison as text, as each has a unit of its own: indicator, the places, target, counted,
    response."""
    rows = []
    for row in frame.to_dict("records"):
        indicator = INDICATORS[row["indicator_code"]]
        values = {place: fmt.indicator_value(indicator, row[place]) for place in PLACES}
        counted = fmt.counted(indicator, row["district_n"])
        response = response_share(row["response"], fmt=fmt) if indicator.rests_on_response else "–"
        aim = targets.get(indicator.code)
        target = "–" if aim is None else fmt.indicator_value(indicator, aim.value)
        rows.append(
            {
                "indicator": fmt.translate(indicator.name),
                **values,
                "target": target,
                "counted": counted,
                "response": response,
            }
        )
    return pd.DataFrame(rows)

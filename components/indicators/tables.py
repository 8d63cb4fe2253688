"""Tables of indicators: one indicator in many areas, and one district against its region and the nation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from components.charts.ranking import ranked
from components.indicators.response import response_columns, response_of, response_share
from components.indicators.verdict_texts import beside_others, verdict_of
from components.shell.areas import AreaDirectory
from components.shell.formatter import Formatter, is_missing
from components.tables.columns import ColumnSpec, ColumnType
from data.indicators import INDICATORS, AreaTarget, Indicator
from data.indicators.verdicts import against_target
from data.language import Translator
from data.policy import ScopeKind

# The longest name of an indicator; on a phone the value of the district stands beside it.
INDICATOR_WIDTH = 262
# That there is not enough data, in full.
DISTRICT_WIDTH = 162
PLACES = ("district", "region", "nation")


def value_columns(indicator: Indicator, kind: ScopeKind, *, fmt: Formatter) -> list[ColumnSpec]:
    """Columns of a table of areas of a kind with one indicator."""
    translate = fmt.translate
    region = [ColumnSpec("region", translate("Region"))] if kind is ScopeKind.DISTRICT else []
    return [
        ColumnSpec("area", translate("Area")),
        *region,
        ColumnSpec("value", translate(indicator.name), ColumnType.INDICATOR, indicator=indicator),
        ColumnSpec("verdict", beside_others(kind, translate)),
        ColumnSpec("target", translate("Beside the target")),
        *(
            ColumnSpec(key, label, ColumnType.INDICATOR, indicator=indicator)
            for key, label in limit_labels(translate).items()
        ),
        ColumnSpec("n", translate("Based on ({what})", what=translate(indicator.n_text)), ColumnType.NUMBER),
        *response_columns(indicator, fmt=fmt),
    ]


def limit_labels(translate: Translator) -> Mapping[str, str]:
    """Titles of the limits of a value, by their columns."""
    return {
        "interval_low": translate("90% interval, from"),
        "interval_high": translate("90% interval, to"),
        "interval_low_95": translate("95% interval, from"),
        "interval_high_95": translate("95% interval, to"),
        "interval_low_998": translate("99.8% interval, from"),
        "interval_high_998": translate("99.8% interval, to"),
    }


def limit_columns(*, fmt: Formatter) -> list[ColumnSpec]:
    """Columns of limits as text, for rows with units of their own."""
    return [ColumnSpec(key, label) for key, label in limit_labels(fmt.translate).items()]


def limit_texts(row: Mapping[Any, Any], indicator: Indicator, *, fmt: Formatter) -> dict[str, str]:
    """Limits of a row in the unit of its indicator; a dash where it has none."""
    return {
        key: "–" if is_missing(row.get(key)) else fmt.indicator_value(indicator, row[key])
        for key in limit_labels(fmt.translate)
    }


def value_rows(
    frame: pd.DataFrame,
    indicator: Indicator,
    *,
    directory: AreaDirectory,
    target: AreaTarget | None,
    translate: Translator,
) -> pd.DataFrame:
    """Areas, best first, with their names and those of their regions, and verdicts in words."""
    return ranked(frame, indicator).assign(
        area=lambda rows: [directory.name(code) for code in rows["soato"]],
        region=lambda rows: [directory.name(code) for code in rows["region_soato"]],
        verdict=lambda rows: [translate(verdict_of(code).label) for code in rows["verdict_code"]],
        target=lambda rows: [
            translate(against_target(row, indicator, target).label) for row in rows.to_dict("records")
        ],
    )


def compared(values: Mapping[str, pd.DataFrame], verdicts: pd.DataFrame) -> pd.DataFrame:
    """One row an indicator: indicator_code, the columns of the district's values, region, nation, verdict_code.

    ``values``: by place the values of its one area; ``verdicts``: the rows of the district of
    :func:`queries.indicators.verdicts.verdicts`. A last column, response, has the district's response rate.
    """
    frame = pd.DataFrame({"indicator_code": list(INDICATORS)}).merge(
        values["district"], how="left", on="indicator_code"
    )
    for place in ("region", "nation"):
        named = values[place][["indicator_code", "value"]].rename(columns={"value": place})
        frame = frame.merge(named, how="left", on="indicator_code")
    frame = frame.merge(verdicts[["indicator_code", "verdict_code"]], how="left", on="indicator_code")
    return frame.assign(response=response_of(values["district"]))


def comparison_columns(names: Mapping[str, str], *, fmt: Formatter) -> list[ColumnSpec]:
    """Columns of a district against its region, the nation and all other districts; ``names`` by :data:`PLACES`."""
    translate = fmt.translate
    return [
        ColumnSpec("indicator", translate("Indicator"), width=INDICATOR_WIDTH),
        ColumnSpec("district", names["district"], width=DISTRICT_WIDTH),
        ColumnSpec("verdict", beside_others(ScopeKind.DISTRICT, translate)),
        ColumnSpec("region", names["region"]),
        ColumnSpec("nation", names["nation"]),
        ColumnSpec("target", translate("Target")),
        ColumnSpec("target_verdict", translate("Beside the target")),
        *limit_columns(fmt=fmt),
        ColumnSpec("counted", translate("Based on")),
        ColumnSpec("response", translate("Response")),
    ]


def comparison_rows(frame: pd.DataFrame, targets: Mapping[str, AreaTarget], *, fmt: Formatter) -> pd.DataFrame:
    """Rows of the comparison as text, as each has a unit of its own."""
    translate, rows = fmt.translate, []
    for row in frame.to_dict("records"):
        indicator = INDICATORS[row["indicator_code"]]
        aim = targets.get(indicator.code)
        rows.append(
            {
                "indicator": translate(indicator.name),
                "district": fmt.indicator_value(indicator, row["value"]),
                "verdict": translate(verdict_of(row["verdict_code"]).label),
                "region": fmt.indicator_value(indicator, row["region"]),
                "nation": fmt.indicator_value(indicator, row["nation"]),
                "target": "–" if aim is None else fmt.indicator_value(indicator, aim.value),
                "target_verdict": translate(against_target(row, indicator, aim).label),
                **limit_texts(row, indicator, fmt=fmt),
                "counted": fmt.counted(indicator, row["n"]),
                "response": response_share(row["response"], fmt=fmt) if indicator.rests_on_response else "–",
            }
        )
    return pd.DataFrame(rows)

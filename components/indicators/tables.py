"""Tables of indicators: one indicator in many areas, and one district against its region and the nation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from components.charts.ranking import ranked
from components.indicators.response import response_columns, response_of, response_share, response_text
from components.indicators.verdict_texts import beside_others, change_of, verdict_of
from components.shell.areas import AreaDirectory
from components.shell.formatter import Formatter, is_missing, lower_first
from components.tables.columns import ColumnSpec, ColumnType
from data.indicators import INDICATORS, AreaTarget, Indicator
from data.indicators.verdicts import Change, TargetVerdict, Verdict, against_target
from data.language import Translator
from data.policy import ScopeKind

_VERDICT_TONES = {
    Verdict.MUCH_BETTER: "good",
    Verdict.BETTER: "good",
    Verdict.WORSE: "bad",
    Verdict.MUCH_WORSE: "bad",
}
_CHANGE_TONES = {Change.BETTER: "good", Change.WORSE: "bad"}
_TARGET_TONES = {TargetVerdict.MET: "good", TargetVerdict.MISSED: "bad"}
PLACES = ("district", "region", "nation")


def value_columns(
    indicator: Indicator, kind: ScopeKind, *, fmt: Formatter, has_confidential: bool = False
) -> list[ColumnSpec]:
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
        *response_columns(indicator, fmt=fmt, has_confidential=has_confidential),
    ]


def shown_value_columns(
    indicator: Indicator, kind: ScopeKind, *, fmt: Formatter, has_confidential: bool = False
) -> list[ColumnSpec]:
    """Columns of the same table on a page: what belongs together stands in one cell, an area leads to its page."""
    translate = fmt.translate
    return [
        ColumnSpec("area", translate("Area"), link="area_address", note="region" if kind is ScopeKind.DISTRICT else ""),
        ColumnSpec("value_text", translate(indicator.name), note="counted"),
        ColumnSpec("verdict", beside_others(kind, translate), tone="verdict_tone"),
        ColumnSpec("target", translate("Beside the target"), tone="target_tone"),
        ColumnSpec("limits_90", translate("90% interval")),
        ColumnSpec("limits_95", translate("95% interval, below it 99.8%"), note="limits_998"),
        *response_columns(indicator, fmt=fmt, has_confidential=has_confidential),
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
    address_of: Callable[[str], str],
    fmt: Formatter,
) -> pd.DataFrame:
    """Areas, best first, with their names and those of their regions, and verdicts in words; ``address_of`` returns
    what the name of an area leads to, by its code."""
    translate = fmt.translate
    rows = ranked(frame, indicator)
    verdicts = [verdict_of(code) for code in rows["verdict_code"]]
    beside_target = [against_target(row, indicator, target) for row in rows.to_dict("records")]
    limits = [limit_texts(row, indicator, fmt=fmt) for row in rows.to_dict("records")]
    return rows.assign(
        area=[directory.name(code) for code in rows["soato"]],
        area_address=[address_of(code) for code in rows["soato"]],
        region=[directory.name(code) for code in rows["region_soato"]],
        value_text=[fmt.indicator_value(indicator, value) for value in rows["value"]],
        counted=[fmt.counted(indicator, n) for n in rows["n"]],
        verdict=[translate(verdict.label) for verdict in verdicts],
        verdict_tone=[_VERDICT_TONES.get(verdict, "") for verdict in verdicts],
        target=[translate(verdict.label) for verdict in beside_target],
        target_tone=[_TARGET_TONES.get(verdict, "") for verdict in beside_target],
        limits_90=[_between(row["interval_low"], row["interval_high"]) for row in limits],
        limits_95=[_between(row["interval_low_95"], row["interval_high_95"]) for row in limits],
        limits_998=[_between(row["interval_low_998"], row["interval_high_998"]).strip("–") for row in limits],
    )


def compared(values: Mapping[str, pd.DataFrame], verdicts: pd.DataFrame, changes: pd.DataFrame) -> pd.DataFrame:
    """One row an indicator: indicator_code, the columns of the district's values, region, nation, verdict_code,
    value_before, change_code, response.

    ``values``: by place the values of its one area; ``verdicts`` and ``changes``: the rows of the district of
    :func:`queries.indicators.verdicts.verdicts` and of :func:`queries.indicators.verdicts.changes`. ``response`` is the
    district's response rate.
    """
    frame = pd.DataFrame({"indicator_code": list(INDICATORS)}).merge(
        values["district"], how="left", on="indicator_code"
    )
    for place in ("region", "nation"):
        named = values[place][["indicator_code", "value"]].rename(columns={"value": place})
        frame = frame.merge(named, how="left", on="indicator_code")
    frame = frame.merge(verdicts[["indicator_code", "verdict_code"]], how="left", on="indicator_code")
    frame = frame.merge(changes[["indicator_code", "value_before", "change_code"]], how="left", on="indicator_code")
    return frame.assign(response=response_of(values["district"]))


def comparison_columns(names: Mapping[str, str], *, fmt: Formatter) -> list[ColumnSpec]:
    """Columns of a district against its region, the nation and all other districts; ``names`` by :data:`PLACES`."""
    translate = fmt.translate
    return [
        ColumnSpec("indicator", translate("Indicator")),
        ColumnSpec("district", names["district"]),
        ColumnSpec("before", translate("A year ago")),
        ColumnSpec("change", translate("Change")),
        ColumnSpec("verdict", beside_others(ScopeKind.DISTRICT, translate)),
        ColumnSpec("region", names["region"]),
        ColumnSpec("nation", names["nation"]),
        ColumnSpec("target", translate("Target")),
        ColumnSpec("target_verdict", translate("Beside the target")),
        *limit_columns(fmt=fmt),
        ColumnSpec("counted", translate("Based on")),
        ColumnSpec("response", translate("Response")),
    ]


def shown_columns(names: Mapping[str, str], *, fmt: Formatter) -> list[ColumnSpec]:
    """Columns of the same comparison on a page: what belongs together stands in one cell, verdicts with their colour;
    an indicator leads to the address in ``indicator_address``, what its value rests on to ``rests_on_address``."""
    translate = fmt.translate
    return [
        ColumnSpec("indicator", translate("Indicator"), link="indicator_address"),
        ColumnSpec("district", names["district"], note="rests_on", note_link="rests_on_address"),
        ColumnSpec("before", translate("A year ago"), note="change", tone="change_tone"),
        ColumnSpec("target", translate("Target"), note="target_note", tone="target_tone"),
        ColumnSpec("verdict", beside_others(ScopeKind.DISTRICT, translate), tone="verdict_tone"),
        ColumnSpec("region", names["region"]),
        ColumnSpec("nation", names["nation"]),
        ColumnSpec("limits_95", translate("95% interval, below it 99.8%"), note="limits_998"),
    ]


def comparison_rows(frame: pd.DataFrame, targets: Mapping[str, AreaTarget], *, fmt: Formatter) -> pd.DataFrame:
    """Rows of the comparison as text, as each has a unit of its own."""
    translate, rows = fmt.translate, []
    for row in frame.to_dict("records"):
        indicator = INDICATORS[row["indicator_code"]]
        aim = targets.get(indicator.code)
        verdict, change = verdict_of(row["verdict_code"]), change_of(row["change_code"])
        counted = fmt.counted(indicator, row["n"])
        said = response_text(row["response"], fmt=fmt) if indicator.rests_on_response else ""
        beside_target, limits = against_target(row, indicator, aim), limit_texts(row, indicator, fmt=fmt)
        rows.append(
            {
                "indicator": translate(indicator.name),
                "district": fmt.indicator_value(indicator, row["value"]),
                "before": "–"
                if is_missing(row["value_before"])
                else fmt.indicator_value(indicator, row["value_before"]),
                "change": "" if change in {Change.UNKNOWN, Change.FACT} else translate(change.label),
                "change_tone": _CHANGE_TONES.get(change, ""),
                "verdict": translate(verdict.label),
                "verdict_tone": _VERDICT_TONES.get(verdict, ""),
                "region": fmt.indicator_value(indicator, row["region"]),
                "nation": fmt.indicator_value(indicator, row["nation"]),
                "target": "–" if aim is None else fmt.indicator_value(indicator, aim.value),
                "target_verdict": translate(beside_target.label),
                "target_note": "" if beside_target is TargetVerdict.NONE else translate(beside_target.label),
                "target_tone": _TARGET_TONES.get(beside_target, ""),
                **limits,
                "limits_95": _between(limits["interval_low_95"], limits["interval_high_95"]),
                "limits_998": ""
                if limits["interval_low_998"] == "–"
                else _between(limits["interval_low_998"], limits["interval_high_998"]),
                "counted": counted,
                "rests_on": f"{counted}; {lower_first(said)}" if said else counted,
                "response": response_share(row["response"], fmt=fmt) if indicator.rests_on_response else "–",
            }
        )
    return pd.DataFrame(rows)


def _between(low: str, high: str) -> str:
    return "–" if "–" in {low, high} else f"{low} – {high}"

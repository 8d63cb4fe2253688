"""Lines that say what the parts of the method come to in one area: intervals, comparisons and response."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from components.indicators.response import response_of, response_text, response_warning
from components.shell.formatter import Formatter, is_missing
from data.indicators import INDICATORS, AreaTarget
from data.indicators.activity import EVENTS_PER_10K, REGULARITY
from data.indicators.agreement import MEMORANDUM_COVERAGE, PLAN_EXECUTION
from data.indicators.answers import ANSWER_DAYS
from data.indicators.evaluations import EVALUATION_SCORE, WOULD_REPEAT
from data.indicators.verdicts import Change, Verdict, against_target

# One indicator of each kind of interval.
OF_EACH_KIND = (MEMORANDUM_COVERAGE, PLAN_EXECUTION, EVENTS_PER_10K, REGULARITY, EVALUATION_SCORE, ANSWER_DAYS)
COMPARED = (PLAN_EXECUTION, EVALUATION_SCORE, EVENTS_PER_10K)


def interval_lines(values: pd.DataFrame, *, fmt: Formatter) -> list[str]:
    """Return an indicator of each kind with its interval; ``values`` are those of one area."""
    rows = _by_code(values)
    return [_interval_line(indicator.code, rows[indicator.code], fmt) for indicator in OF_EACH_KIND]


def _by_code(frame: pd.DataFrame) -> dict[str, dict[Any, Any]]:
    return {str(row["indicator_code"]): row for row in frame.to_dict("records")}


def _interval_line(code: str, row: Mapping[Any, Any], fmt: Formatter) -> str:
    indicator = INDICATORS[code]
    words = {
        "indicator": fmt.translate(indicator.name),
        "value": fmt.indicator_value(indicator, row["value"]),
        "counted": fmt.counted(indicator, row["n"]),
    }
    interval = fmt.interval(indicator, low=row["interval_low"], high=row["interval_high"])
    if interval:
        return fmt.translate("{indicator}: {value} (90% interval {interval}); {counted}.", **words, interval=interval)
    return fmt.translate("{indicator}: {value}; {counted}.", **words)


def comparison_lines(
    values: pd.DataFrame,
    changes: pd.DataFrame,
    verdicts: pd.DataFrame,
    targets: Mapping[str, AreaTarget],
    *,
    fmt: Formatter,
) -> list[str]:
    """Return for some indicators the change, the comparison and the target of one area, in words.

    ``verdicts`` has the rows of the area; none where it is compared with nothing.
    """
    now, moved, beside = (_by_code(frame) for frame in (values, changes, verdicts))
    lines = []
    for indicator in COMPARED:
        code = indicator.code
        words = [fmt.translate(Change(moved[code]["change_code"]).label)]
        if code in beside:
            verdict = fmt.translate(Verdict(beside[code]["verdict_code"]).label)
            words.append(
                fmt.translate(
                    "beside all other districts ({value}): {verdict}",
                    value=fmt.indicator_value(indicator, beside[code]["rest_value"]),
                    verdict=verdict,
                )
            )
        words.append(fmt.translate(against_target(now[code], indicator, targets.get(code)).label))
        value = fmt.indicator_value(indicator, now[code]["value"])
        lines.append(f"{fmt.translate(indicator.name)}: {value}. {'; '.join(words)}.")
    return lines


def response_lines(values: pd.DataFrame, *, fmt: Formatter) -> list[str]:
    """Return the response rate of one area beside what its NGOs say."""
    rows, rate = _by_code(values), response_of(values)
    lines = [
        _interval_line(indicator.code, rows[indicator.code], fmt) for indicator in (EVALUATION_SCORE, WOULD_REPEAT)
    ]
    answered = response_text(rate, fmt=fmt) if not is_missing(rate) else fmt.missing
    return [*lines, answered, *([warning] if (warning := response_warning(rate, fmt=fmt)) else [])]

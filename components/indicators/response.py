"""Response rate beside what NGOs say: the share of held events that any of their NGOs evaluated in time."""

from __future__ import annotations

import pandas as pd

from components.shell.formatter import Formatter, is_missing
from components.tables.columns import ColumnSpec, ColumnType
from data.indicators import METHOD, Indicator
from data.indicators.evaluations import EVALUATION_COVERAGE


def response_of(values: pd.DataFrame) -> float:
    """Return the response rate of one area in percent, from its values; NaN where it has too few events."""
    rates = values.loc[values["indicator_code"] == EVALUATION_COVERAGE.code, "value"]
    return float(rates.iloc[0]) if len(rates) else float("nan")


def is_low(response: float | None) -> bool:
    """Whether so few answered that those who did may not stand for the others."""
    return response is not None and not is_missing(response) and response < METHOD.low_response_pct


def response_text(response: float | None, *, fmt: Formatter) -> str:
    """Return the response rate in words, and that it is low; empty where it is not known."""
    if response is None or is_missing(response):
        return ""
    share = fmt.percent(response)
    if is_low(response):
        return fmt.translate("Response: {share}, low", share=share)
    return fmt.translate("Response: {share}", share=share)


def response_share(response: float | None, *, fmt: Formatter) -> str:
    """Return the response rate for a cell, and that it is low."""
    if response is None or is_missing(response):
        return fmt.missing
    share = fmt.percent(response)
    return fmt.translate("{share}, low", share=share) if is_low(response) else share


def response_warning(response: float | None, *, fmt: Formatter) -> str:
    """Return what a low response means for ratings; empty where it is not low."""
    if response is None or not is_low(response):
        return ""
    return fmt.translate(
        "Only {share} of the held events were evaluated in time. Those who answered may think otherwise than those who "
        "did not, which no interval covers.",
        share=fmt.percent(response),
    )


def response_note(response: float | None, *, fmt: Formatter) -> str:
    """Return that a response rate is low, for a cell; empty where it is not."""
    return fmt.translate("Low response") if is_low(response) else ""


def response_columns(indicator: Indicator, *, fmt: Formatter, has_confidential: bool = False) -> list[ColumnSpec]:
    """Return the columns response and response_note of a table of areas, and confidential_pct where it is known; none
    where nobody is asked."""
    if not indicator.rests_on_response:
        return []
    return [
        ColumnSpec("response", fmt.translate("Response rate"), ColumnType.INDICATOR, indicator=EVALUATION_COVERAGE),
        ColumnSpec("response_note", fmt.translate("Note on response")),
        *([_confidential_column(fmt)] if has_confidential else []),
    ]


def _confidential_column(fmt: Formatter) -> ColumnSpec:
    return ColumnSpec("confidential_pct", fmt.translate("Confidential: share that counts"), ColumnType.PERCENT)


def with_response(rows: pd.DataFrame, values: pd.DataFrame, *, fmt: Formatter) -> pd.DataFrame:
    """Return rows of areas (area_code) with the columns of :func:`response_columns`; ``values``: all of these areas."""
    rates = values[values["indicator_code"] == EVALUATION_COVERAGE.code].set_index("area_code")["value"]
    response = rows["area_code"].map(rates)
    notes = [response_note(rate, fmt=fmt) for rate in response]
    return rows.assign(response=response, response_note=notes)

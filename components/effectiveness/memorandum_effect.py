"""Texts of the study around the month of signing a memorandum."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.charts.around_signing import DECIMALS
from components.shell.formatter import Formatter

if TYPE_CHECKING:
    from queries.statistics.event_study_result import AverageEffect


def effect_text(average: AverageEffect, *, unit: str, fmt: Formatter) -> str:
    """Return the average effect in sentences, with the change of the signed districts alone.

    ``unit`` names the outcome, translated: all figures are of it, a month and district.
    """
    translate = fmt.translate
    figures = {
        name: fmt.signed(value, decimals=DECIMALS)
        for name, value in (
            ("effect", average.effect),
            ("low", average.interval_low),
            ("high", average.interval_high),
            ("plain", average.before_and_after),
        )
    } | {
        name: fmt.number(value, decimals=DECIMALS)
        for name, value in (("before", average.before), ("after", average.after), ("expected", average.expected))
    }
    if average.interval_low <= 0 <= average.interval_high:
        verdict = translate("This is no more than chance would make.")
    elif average.effect > 0:
        verdict = translate("This is more than chance would make: higher after signing.")
    else:
        verdict = translate("This is more than chance would make: lower after signing.")
    return translate(
        "{unit}, a month, in the six months after signing: {after} instead of {expected}, which districts that had not "
        "signed yet lead one to expect; the difference is {effect} (90% interval from {low} to {high}). {verdict} "
        "Signed districts: {districts}; compared with: {controls}. The signed districts alone went from {before} in "
        "the six months before to {after} ({plain}), with any return to their usual level still in it.",
        unit=unit,
        verdict=verdict,
        districts=fmt.number(average.districts),
        controls=fmt.number(average.controls),
        **figures,
    )

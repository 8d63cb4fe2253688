"""Texts of the study around the month of signing a memorandum."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.charts.around_signing import DECIMALS
from components.shell.formatter import Formatter

if TYPE_CHECKING:
    from queries.statistics.event_study_result import AverageEffect


def effect_text(average: AverageEffect, *, fmt: Formatter) -> str:
    """Return the average effect in sentences, with the change of the signed districts alone."""
    translate = fmt.translate
    figures = {
        name: fmt.signed(value, decimals=DECIMALS)
        for name, value in (
            ("effect", average.effect),
            ("low", average.interval_low),
            ("high", average.interval_high),
            ("plain", average.before_and_after),
        )
    }
    if average.interval_low <= 0 <= average.interval_high:
        verdict = translate("No change is larger than chance would make.")
    else:
        verdict = translate("The change is larger than chance would make.")
    return translate(
        "In the six months after signing {effect} a month against districts that had not signed yet (90% interval from "
        "{low} to {high}). {verdict} Signed districts: {districts}; controls: {controls}. The signed districts alone, "
        "before and after: {plain}.",
        verdict=verdict,
        districts=fmt.number(average.districts),
        controls=fmt.number(average.controls),
        **figures,
    )

"""Indicators explained from their declarations, and the rules that all of them share."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from components.shell.formatter import Formatter
from data.indicators import METHOD, Better, Indicator, OutsideIndex, Unit
from data.language import N_, Translator

UNIT_LABELS: Mapping[Unit, str] = {
    Unit.PERCENT: N_("Percent"),
    Unit.NUMBER: N_("Count"),
    Unit.PEOPLE: N_("People"),
    Unit.POINTS: N_("Points from 1 to 5"),
    Unit.DAYS: N_("Days"),
}
BETTER_LABELS: Mapping[Better, str] = {
    Better.UP: N_("More is better"),
    Better.DOWN: N_("Less is better"),
    Better.NONE: N_("Neither more nor less is better"),
}


def indicator_facts(indicator: Indicator, *, translate: Translator) -> list[tuple[str, str]]:
    """Return pairs of heading and text: everything that the declaration says beside name and description."""
    formatter = Formatter(translate)
    edges = "; ".join(formatter.indicator_value(indicator, edge) for edge in indicator.thresholds)
    return [
        (translate("Numerator"), translate(indicator.numerator_text)),
        (translate("Denominator"), translate(indicator.denominator_text)),
        (
            translate("Unit"),
            translate(
                "{unit}. {better}.",
                unit=translate(UNIT_LABELS[indicator.unit]),
                better=translate(BETTER_LABELS[indicator.better]),
            ),
        ),
        (
            translate("Smallest number"),
            translate(
                "{counted}. With fewer there is no value: missing is not zero.",
                counted=formatter.counted(indicator, indicator.minimum_n),
            ),
        ),
        (translate("Edges of the classes on the map"), edges),
        (translate("End points in the index"), _goalposts(indicator, formatter)),
        (translate("Of one NGO"), _of_ngo(indicator, formatter)),
        (translate("Limits"), translate(indicator.limits_text)),
        (translate("Source"), translate(indicator.source)),
    ]


def _goalposts(indicator: Indicator, formatter: Formatter) -> str:
    translate = formatter.translate
    if isinstance(indicator.index, OutsideIndex):
        return translate(indicator.index.text)
    low, high = (formatter.indicator_value(indicator, goalpost) for goalpost in indicator.index.goalposts)
    return translate("{low} becomes 0, {high} becomes 100.", low=low, high=high)


def _of_ngo(indicator: Indicator, formatter: Formatter) -> str:
    translate = formatter.translate
    if indicator.of_ngo is None:
        return translate("It is not computed of single NGOs.")
    fewest = formatter.counted(indicator, indicator.of_ngo.minimum_n)
    return translate(
        "{what} Smallest number: {counted}.", what=translate(indicator.of_ngo.counted_text), counted=fewest
    )


def render_indicator(indicator: Indicator, *, translate: Translator) -> None:
    """Draw an indicator's meaning, computation and limits."""
    st.subheader(translate(indicator.name), anchor=indicator.code)
    st.write(translate(indicator.description))
    facts = indicator_facts(indicator, translate=translate)
    st.markdown("\n".join(f"- **{heading}:** {text}" for heading, text in facts))


def render_rules(translate: Translator) -> None:
    """Draw the rules that all indicators share."""
    st.subheader(translate("Rules for all indicators"), anchor="rules")
    rules = [
        translate("A period is a range of whole months."),
        translate("The value of a region or the country is the ratio of its sums, never the mean of its districts."),
        translate("Missing is not zero: below its smallest number an indicator has no value and is drawn grey."),
        translate(
            "A value comes with the number of cases it rests on and, for shares and ratings, with a "
            "90% interval. Whether two intervals overlap is no test: areas and periods are compared by tests of "
            "their own."
        ),
        translate(
            "Named evaluations count at once. Confidential ones of a district count in batches of at least "
            "{evaluations} by at least {ngos} NGOs: those of one month, or of several months where one has too few. "
            "A batch does not change once it counts. It counts only over all directions and forms together, "
            "and only in a period that holds all of its months.",
            evaluations=METHOD.confidential_evaluations,
            ngos=METHOD.confidential_ngos,
        ),
        translate(
            "A memorandum is on paper only when it has been in force for {days} days or more "
            "and no joint event was held under it in the last {days} days.",
            days=METHOD.alive_days,
        ),
        translate("Offences, participants and money are never part of an index: counts are not effectiveness."),
    ]
    st.markdown("\n".join(f"- {rule}" for rule in rules))

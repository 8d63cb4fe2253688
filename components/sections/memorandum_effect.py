"""Before and after a memorandum: what changed around the month of signing, in words and by month."""

from __future__ import annotations

import altair as alt
import streamlit as st

from components.areas import NATION_CODE
from components.chart_place import render_chart
from components.charts.around_signing import DECIMALS, signing_chart
from components.filters import View
from components.format import Formatter
from components.loading import load
from components.session import Visit
from data.rights import ScopeKind
from queries.memorandum_effect import StudiedOutcome, memorandum_effect
from queries.statistics.event_study_result import AverageEffect, Study


def render_memorandum_effect(view: View, visit: Visit, *, write: Formatter) -> None:
    """The study of the chosen region or the nation; of a district that of the nation, as one district shows nothing."""
    translate = write.translate
    region = view.area if view.scope.kind is ScopeKind.REGION else view.book[NATION_CODE]
    st.subheader(translate("Before and after a memorandum: {area}", area=region.name), anchor=False)
    scope = region.scope
    for outcome in StudiedOutcome:
        study: Study = load(memorandum_effect, scope=scope, outcome=outcome, today=visit.today)
        st.markdown(f"**{translate(outcome.label)}**")
        if study.refusal is not None:
            st.caption(translate.render(study.refusal))
        elif study.average is not None:
            st.markdown(effect_text(study.average, write=write))
            _render_months(study, outcome, view, visit, write)
    st.caption(
        translate(
            "This is an association, not a proof. Districts that sign in a quiet time become busier again anyway "
            "(regression to the mean), so they are compared with districts that were as quiet and had not signed yet."
        )
    )


def effect_text(average: AverageEffect, *, write: Formatter) -> str:
    """The average effect in sentences, with what a look at the signed districts alone would say."""
    translate = write.translate
    figures = {
        name: write.signed(value, decimals=DECIMALS)
        for name, value in (
            ("effect", average.effect),
            ("low", average.interval_low),
            ("high", average.interval_high),
            ("plain", average.before_and_after),
        )
    }
    if average.interval_low <= 0 <= average.interval_high:
        verdict = translate("No change can be told apart from chance.")
    else:
        verdict = translate("The change is larger than chance would make.")
    return translate(
        "In the six months after signing {effect} a month against districts that had not signed yet (90% interval from "
        "{low} to {high}). {verdict} Signed districts: {districts}; controls: {controls}. The signed districts alone, "
        "before and after: {plain}.",
        verdict=verdict,
        districts=write.number(average.districts),
        controls=write.number(average.controls),
        **figures,
    )


def _render_months(study: Study, outcome: StudiedOutcome, view: View, visit: Visit, write: Formatter) -> None:
    def make() -> tuple[alt.LayerChart, str]:
        words = effect_text(study.average, write=write) if study.average else ""
        return signing_chart(study.by_month, translate=write.translate), words

    about = (view.scope if view.scope.kind is ScopeKind.REGION else "", visit.today)
    render_chart(make, key=f"signing_{outcome}", about=about)

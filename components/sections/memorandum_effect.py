"""Before and after a memorandum: what changed around the month of signing, in words and by month."""

from __future__ import annotations

import altair as alt
import streamlit as st

from components.charts.around_signing import DECIMALS, signing_chart
from components.charts.cached_chart import render_chart
from components.shell.areas import NATION_CODE
from components.shell.cache import cached_query
from components.shell.filters import Filters
from components.shell.formatter import Formatter
from components.shell.request_context import RequestContext
from data.policy import ScopeKind
from queries.effectiveness.memorandum_effect import StudiedOutcome, memorandum_effect
from queries.statistics.event_study_result import AverageEffect, Study


def render_memorandum_effect(filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """The study of the chosen region or the nation; of a district that of the nation, as one district shows nothing."""
    translate = fmt.translate
    region = filters.area if filters.scope.kind is ScopeKind.REGION else filters.book[NATION_CODE]
    st.subheader(translate("Before and after a memorandum: {area}", area=region.name), anchor=False)
    scope = region.scope
    for outcome in StudiedOutcome:
        study: Study = cached_query(memorandum_effect, scope=scope, outcome=outcome, today=context.today)
        st.markdown(f"**{translate(outcome.label)}**")
        if study.refusal is not None:
            st.caption(translate.render(study.refusal))
        elif study.average is not None:
            st.markdown(effect_text(study.average, fmt=fmt))
            _render_months(study, outcome, filters, context, fmt)
    st.caption(
        translate(
            "This is an association, not a proof. Districts that sign in a quiet time become busier again anyway "
            "(regression to the mean), so they are compared with districts that were as quiet and had not signed yet."
        )
    )


def effect_text(average: AverageEffect, *, fmt: Formatter) -> str:
    """The average effect in sentences, with what a look at the signed districts alone would say."""
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
        verdict = translate("No change can be told apart from chance.")
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


def _render_months(
    study: Study, outcome: StudiedOutcome, filters: Filters, context: RequestContext, fmt: Formatter
) -> None:
    def make() -> tuple[alt.LayerChart, str]:
        words = effect_text(study.average, fmt=fmt) if study.average else ""
        return signing_chart(study.by_month, translate=fmt.translate), words

    cache_key = (filters.scope if filters.scope.kind is ScopeKind.REGION else "", context.today)
    render_chart(make, key=f"signing_{outcome}", cache_key=cache_key)

"""The Evaluations page: which of its parts is shown, to whom, and what stands behind the figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd
import streamlit as st

from components.sections.evaluation_coverage import render_coverage
from components.sections.evaluation_marks import render_marks
from components.sections.evaluation_voices import render_comments, render_problems
from components.sections.recommendation_board import render_board
from components.shell.areas import Area
from components.shell.cache import cached_query
from components.shell.empty_state import render_empty
from components.shell.filters import EvaluationsPart, Filters
from components.shell.formatter import Formatter
from components.shell.page_header import render_no_data
from components.shell.request_context import RequestContext
from data.policy import ScopeKind
from queries.evaluations.coverage import coverage_summary

RenderPart = Callable[..., None]
PARTS: Mapping[EvaluationsPart, RenderPart] = {
    EvaluationsPart.MARKS: render_marks,
    EvaluationsPart.PROBLEMS: render_problems,
    EvaluationsPart.COMMENTS: render_comments,
    EvaluationsPart.COVERAGE: render_coverage,
    EvaluationsPart.RECOMMENDATIONS: render_board,
}
COUNTED_PARTS = frozenset({EvaluationsPart.MARKS, EvaluationsPart.PROBLEMS})


def judged_area(filters: Filters, context: RequestContext) -> Area | None:
    """The chosen area where this person may see its figures: every region and the nation, and districts of its own."""
    if filters.area.scope.kind is ScopeKind.DISTRICT:
        return filters.book.seen_in_full(context.actor, filters.area)
    return filters.area


def render_not_yours(context: RequestContext) -> None:
    """That the evaluations of a foreign district are for its own leaders, and what to choose instead."""
    translate = context.translate
    render_empty(
        translate("The evaluations of this district are shown to its own leaders"),
        translate("Choose your own area, or a region or the country as a whole."),
        icon=":material/lock:",
    )


def render_part(filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """The chosen part; where nothing was held or evaluated, what to do about it. Recommendations know no period."""
    summary = cached_query(coverage_summary, scope=filters.scope, period=filters.period, today=context.today)
    if filters.part is not EvaluationsPart.RECOMMENDATIONS and not summary.to_numpy().any():
        render_no_data(context)
        return
    if filters.part in COUNTED_PARTS:
        st.caption(counting_note(summary, filters, fmt=fmt))
    PARTS[filters.part](filters, context, fmt=fmt)


def counting_note(summary: pd.DataFrame, filters: Filters, *, fmt: Formatter) -> str:
    """How confidential evaluations are counted in the figures shown; ``summary`` is that of the coverage."""
    translate, counts = fmt.translate, summary.iloc[0]
    if filters.direction or filters.form:
        return translate(
            "Under a direction or a form only named evaluations count: so few confidential ones would give NGOs away."
        )
    sentences = [
        translate(
            "Counted: {named} named and {confidential} confidential evaluations.",
            named=fmt.number(counts["evaluations_named"]),
            confidential=fmt.number(counts["confidential_counted"]),
        ),
        translate(
            "Confidential ones count in batches of at least 5 by at least 3 NGOs of a district: {waiting} wait for "
            "their batch, {outside} are in batches that reach beyond the period.",
            waiting=fmt.number(counts["confidential_waiting"]),
            outside=fmt.number(counts["confidential_outside"]),
        ),
    ]
    return " ".join(sentences)

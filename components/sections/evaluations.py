"""The Evaluations page: which of its parts is shown, to whom, and what stands behind the figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd
import streamlit as st

from components.areas import Area
from components.empty import render_empty
from components.filters import EvaluationsPart, View
from components.format import Formatter
from components.loading import load
from components.sections.evaluation_coverage import render_coverage
from components.sections.evaluation_marks import render_marks
from components.sections.evaluation_voices import render_comments, render_problems
from components.sections.heading import render_no_data
from components.sections.recommendation_board import render_board
from components.session import Visit
from data.rights import ScopeKind
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


def judged_area(view: View, visit: Visit) -> Area | None:
    """The chosen area where this person may see its figures: every region and the nation, and districts of its own."""
    if view.area.scope.kind is ScopeKind.DISTRICT:
        return view.book.seen_in_full(visit.actor, view.area)
    return view.area


def render_not_yours(visit: Visit) -> None:
    """That the evaluations of a foreign district are for its own leaders, and what to choose instead."""
    translate = visit.translate
    render_empty(
        translate("The evaluations of this district are shown to its own leaders"),
        translate("Choose your own area, or a region or the country as a whole."),
        icon=":material/lock:",
    )


def render_part(view: View, visit: Visit, *, write: Formatter) -> None:
    """The chosen part; where nothing was held or evaluated, what to do about it. Recommendations know no period."""
    summary = load(coverage_summary, scope=view.scope, period=view.period, today=visit.today)
    if view.part is not EvaluationsPart.RECOMMENDATIONS and not summary.to_numpy().any():
        render_no_data(visit)
        return
    if view.part in COUNTED_PARTS:
        st.caption(counting_note(summary, view, write=write))
    PARTS[view.part](view, visit, write=write)


def counting_note(summary: pd.DataFrame, view: View, *, write: Formatter) -> str:
    """How confidential evaluations are counted in the figures shown; ``summary`` is that of the coverage."""
    translate, counts = write.translate, summary.iloc[0]
    if view.direction or view.form:
        return translate(
            "Under a direction or a form only named evaluations count: so few confidential ones would give NGOs away."
        )
    sentences = [
        translate(
            "Counted: {named} named and {confidential} confidential evaluations.",
            named=write.number(counts["evaluations_named"]),
            confidential=write.number(counts["confidential_counted"]),
        ),
        translate(
            "Confidential ones count in batches of at least 5 by at least 3 NGOs of a district: {waiting} wait for "
            "their batch, {outside} are in batches that reach beyond the period.",
            waiting=write.number(counts["confidential_waiting"]),
            outside=write.number(counts["confidential_outside"]),
        ),
    ]
    return " ".join(sentences)

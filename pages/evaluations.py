"""Evaluations: ratings of the joint events, problems, comments, coverage and recommendations; one part at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from components.evaluations.comments import render_comment, render_comment_table, render_problem_figure
from components.evaluations.coverage import (
    counted_text,
    coverage_text,
    render_coverage_links,
    render_district_responses,
    render_ngo_coverage,
    response_rate,
)
from components.evaluations.lists import (
    DIRECTION,
    FORM,
    ITEM,
    NGO,
    PROBLEM,
    ChosenRows,
    chosen_rows,
    render_due_events,
    render_named_evaluations,
    render_way_back,
)
from components.evaluations.ratings import (
    render_ratings_by_direction,
    render_ratings_by_form,
    render_ratings_by_item,
    render_ratings_over_time,
)
from components.evaluations.reopening_form import render_reopening_form
from components.indicators.area_tiles import render_area_tiles
from components.indicators.records import counted_rows, render_counted_heading
from components.indicators.response import response_warning
from components.recommendations.board import pick_state, render_recommendation_table, render_threads
from components.recommendations.places import threads_in_place
from components.shell.areas import Area
from components.shell.cache import cached_query, show_domain_errors
from components.shell.chrome import EVALUATIONS_ADDRESS, escape_markdown
from components.shell.empty_state import render_empty
from components.shell.filters import EvaluationsPart, Filters, current_filters, pick_part
from components.shell.formatter import Formatter
from components.shell.page_header import render_filters, render_heading, render_no_data
from components.shell.request_context import RequestContext, current_context
from components.tables.paging import pick_page
from data.database.engine import get_engine, reading
from data.dates import clock
from data.indicators import Panel, shown_on
from data.indicators.counted import CountedNumbers, CountedRows, Part
from data.indicators.declaration import RecordKind
from data.policy import Action, ScopeKind, may, require
from data.settings import get_settings
from pages.loaders.evaluations import (
    LISTED,
    addresses_of,
    count_behind,
    load_named_evaluations,
    rests_on,
    rests_on_by_month,
)
from pages.loaders.indicators import all_months, load_area_figures
from pages.writes.recommendations import store_act
from queries.evaluations.comments import named_comments
from queries.evaluations.coverage import coverage_summary, not_evaluated
from queries.evaluations.events import closed_events
from queries.evaluations.lists import due_events
from queries.evaluations.rating_sums import Grain
from queries.evaluations.ratings import (
    problems_met,
    ratings_by_direction,
    ratings_by_form,
    ratings_by_item,
    ratings_over_time,
)
from queries.evaluations.response import district_responses, response_rates, share_counted
from queries.evaluations.window import reopen_event
from queries.indicators.trends import trend_period
from queries.recommendations.threads import thread_counts, thread_steps, threads

TILES = shown_on(Panel.EVALUATION_TILES)
# Rows of comments and of recommendations that are loaded at most.
LOADED = 500


def render_page() -> None:
    """Draw the filters, a tab for each part, and the one that is chosen."""
    context, filters = current_context(), current_filters()
    translate, fmt = context.translate, Formatter(context.translate)
    require(context.actor, Action.SEE_EVALUATIONS)

    render_heading(translate("Evaluations: {area}", area=filters.area.name), filters, context, fmt=fmt)
    render_filters(filters, has_form=True)
    # Figures of every region and of the nation are shown, and of districts those of one's own.
    is_of_others = filters.area.scope.kind is ScopeKind.DISTRICT and (
        filters.directory.seen_in_full(context.actor, filters.area) is None
    )
    if is_of_others:
        render_empty(
            translate("The evaluations of this district are shown to its own leaders"),
            translate("Choose your own area, or a region or the country as a whole."),
            icon=":material/lock:",
        )
    else:
        with pick_part(filters):
            render_part(filters, context, fmt=fmt)


def render_part(filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """Draw the chosen part; where there are no data, what to do about it. Recommendations ignore the period."""
    summary = cached_query(coverage_summary, scope=filters.scope, period=filters.period, today=context.today)
    if filters.part is not EvaluationsPart.RECOMMENDATIONS and not summary.to_numpy().any():
        render_no_data(context)
        return
    rows, area = chosen_rows(filters.part), filters.directory.seen_in_full(context.actor, filters.area)
    counted = counted_rows(RecordKind.EVENTS_WAITED, filters=filters, context=context)
    if counted is not None and area == filters.area and filters.part is EvaluationsPart.COVERAGE:
        render_counted(counted, area, filters, context, fmt=fmt)
        return
    if rows is not None:
        render_way_back(filters.part, fmt=fmt)
        render_rows(rows, filters, context, fmt=fmt)
        return
    if filters.part in {EvaluationsPart.RATINGS, EvaluationsPart.PROBLEMS}:
        st.caption(f"{coverage_text(summary, fmt=fmt)} {counted_text(summary, filters, fmt=fmt)}")
        if area == filters.area:
            render_coverage_links(summary, fmt=fmt)
        warning = response_warning(response_rate(summary), fmt=fmt)
        if warning:
            st.warning(warning, icon=":material/warning:")
    PARTS[filters.part](filters, context, fmt=fmt)


def render_rows(rows: ChosenRows, filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """Draw the list behind a number: as many rows as it says, and how many of it are never listed."""
    area = filters.directory.seen_in_full(context.actor, filters.area)
    if area is None:
        st.caption(fmt.translate("The records of this area are shown to the leaders of the area itself."))
    elif rows.kind in {ITEM, DIRECTION, FORM, PROBLEM}:
        render_evaluations_behind(rows, area, filters, context, fmt=fmt)
    else:
        render_events_behind(rows, area, filters, context, fmt=fmt)


def render_evaluations_behind(
    rows: ChosenRows, area: Area, filters: Filters, context: RequestContext, *, fmt: Formatter
) -> None:
    """Draw the named evaluations behind a rating or a problem; those of batches are only counted."""
    translate = fmt.translate
    label = translate(rows.label)
    frame = load_named_evaluations(rows, area, filters)
    counted = count_behind(rows, area, filters)
    st.subheader(label, anchor=False)
    st.caption(
        translate(
            "Counted: {number}. By name and listed here: {named}. In batches of confidential evaluations, which are "
            "never listed one by one: {confidential}.",
            number=fmt.number(counted),
            named=fmt.number(len(frame)),
            confidential=fmt.number(counted - len(frame)),
        )
    )
    if len(frame):
        render_named_evaluations(frame, label, filters, context, fmt=fmt)


def render_events_behind(
    rows: ChosenRows, area: Area, filters: Filters, context: RequestContext, *, fmt: Formatter
) -> None:
    """Draw all due events, or those of an NGO that it did not evaluate."""
    translate = fmt.translate
    asked: dict[str, Any] = {"scope": area.scope, "period": filters.period, "today": context.today, "limit": LISTED}
    if rows.kind == NGO:
        frame = cached_query(due_events, **asked, ngo_id=int(rows.code))
        names = cached_query(not_evaluated, scope=area.scope, period=filters.period, today=context.today)
        named = names.loc[names["ngo_id"] == int(rows.code), "ngo_name"]
        title = translate("Not evaluated by the NGO: {ngo}", ngo=named.iloc[0] if len(named) else rows.code)
    else:
        frame, title = cached_query(due_events, **asked, part=Part.ALL), translate("All due events")
    st.subheader(escape_markdown(title), anchor=False)
    st.caption(translate("Events: {number}", number=fmt.number(len(frame))))
    render_due_events(frame, title, filters, context, key="due_events", fmt=fmt)


def render_counted(
    counted: CountedRows, area: Area, filters: Filters, context: RequestContext, *, fmt: Formatter
) -> None:
    """Draw the due events that the indicator counts, or those of them that were evaluated in time or not."""
    asked: dict[str, Any] = {
        "scope": area.scope,
        "period": counted.period,
        "today": context.today,
        "direction": counted.direction,
    }
    rates = cached_query(response_rates, **asked)
    numbers = CountedNumbers(int(rates["events_due"].sum()), int(rates["events_evaluated"].sum()), 0)
    render_counted_heading(counted, numbers, path=EVALUATIONS_ADDRESS, fmt=fmt)
    frame = cached_query(due_events, **asked, part=counted.part, limit=numbers.of(counted.part))
    render_due_events(frame, fmt.translate("All due events"), filters, context, key="due_events", fmt=fmt)


def render_ratings(filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """Draw the indicators based on ratings, and the ratings by item, direction and form of event and over time."""
    scope, period, direction, form = filters.scope, filters.period, filters.direction, filters.form
    of_trend = trend_period(period, earliest=all_months(context.today).first_day)
    render_area_tiles(load_area_figures(filters, context, codes=TILES), fmt=fmt, codes=TILES)
    addresses = {
        kind: addresses_of(EvaluationsPart.RATINGS, kind, filters, context) for kind in (ITEM, DIRECTION, FORM)
    }
    left, right = st.columns(2, gap="medium")
    with left:
        by_item = cached_query(ratings_by_item, scope=scope, period=period, direction=direction, form=form)
        render_ratings_by_item(
            by_item,
            filters,
            context,
            rests_on=lambda: rests_on(filters, context, Grain.ALL),
            addresses=addresses[ITEM],
            fmt=fmt,
        )
        over_time = cached_query(
            ratings_over_time, scope=scope, period=of_trend, today=context.today, direction=direction, form=form
        )
        render_ratings_over_time(
            over_time,
            filters,
            context,
            rests_on=lambda: rests_on_by_month(over_time, of_trend, filters, context),
            fmt=fmt,
        )
    with right:
        by_direction = cached_query(ratings_by_direction, scope=scope, period=period)
        render_ratings_by_direction(
            by_direction,
            filters,
            context,
            rests_on=lambda: rests_on(filters, context, Grain.DIRECTION),
            addresses=addresses[DIRECTION],
            fmt=fmt,
        )
        by_form = cached_query(ratings_by_form, scope=scope, period=period)
        render_ratings_by_form(
            by_form,
            filters,
            context,
            rests_on=lambda: rests_on(filters, context, Grain.FORM),
            addresses=addresses[FORM],
            fmt=fmt,
        )


def render_problems(filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """Draw the problems that the evaluations name, the most frequent first, with their share of the evaluations."""
    translate = fmt.translate
    title = translate("Problems met")
    problems = cached_query(
        problems_met, scope=filters.scope, period=filters.period, direction=filters.direction, form=filters.form
    )
    st.subheader(title, anchor=False)
    if problems.empty:
        render_empty(
            translate("No problem is named in the evaluations that count here"),
            translate("Choose a longer period, a wider area, or all directions and forms."),
        )
    else:
        addresses = addresses_of(EvaluationsPart.PROBLEMS, PROBLEM, filters, context)
        render_problem_figure(problems, title, filters, context, addresses=addresses, fmt=fmt)


def render_comments(filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """Draw the newest comments of as much of the area as this person sees in full."""
    translate = fmt.translate
    area = filters.directory.seen_in_full(context.actor, filters.area)
    if area is None or not may(context.actor, Action.READ_SINGLE_EVALUATIONS):
        render_empty(
            translate("Comments are read by the leaders of the region or district itself"),
            translate("Ratings and problems of this area are in the other parts of this page."),
            icon=":material/lock:",
        )
        return
    period, direction, form = filters.period, filters.direction, filters.form
    comments = cached_query(
        named_comments, scope=area.scope, period=period, direction=direction, form=form, limit=LOADED
    )
    if comments.empty:
        render_empty(
            translate("No named evaluation carries a comment here"),
            translate("Choose a longer period or a wider area. Comments of confidential evaluations are not shown."),
        )
        return
    title = translate("What is said: {area}", area=area.name)
    st.subheader(title, anchor=False)
    page_key = f"comments_page:{area.code}:{filters.period_code}:{direction}:{form}"
    for comment in pick_page(comments, key=page_key, fmt=fmt, most=LOADED).to_dict("records"):
        render_comment(comment, filters, fmt=fmt)
    render_comment_table(comments, title, filters, context, fmt=fmt)


def render_coverage(filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """Draw the held events that were not evaluated in time, districts and NGOs by how many they left, closed events."""
    translate, today = fmt.translate, context.today
    summary = cached_query(coverage_summary, scope=filters.scope, period=filters.period, today=today)
    st.subheader(translate("Held events without evaluation"), anchor=False)
    st.markdown(coverage_text(summary, fmt=fmt))
    area = filters.directory.seen_in_full(context.actor, filters.area)
    if area is None:
        st.caption(translate("Which NGOs have not evaluated is shown to the leaders of the area itself."))
        return
    if area == filters.area:
        render_coverage_links(summary, fmt=fmt)
    asked: dict[str, Any] = {"scope": area.scope, "period": filters.period, "today": today}
    is_wide = area.scope.kind is not ScopeKind.DISTRICT
    if is_wide:
        districts = cached_query(district_responses, **asked)
        shares = districts.assign(confidential_pct=share_counted(districts))
        render_district_responses(shares, area, filters, context, fmt=fmt)
    events = cached_query(due_events, **asked, limit=LISTED)
    if len(events):
        title = translate("Not evaluated in time: {area}", area=area.name)
        st.subheader(title, anchor=False)
        render_due_events(events, title, filters, context, key="events_left", fmt=fmt, is_folded=is_wide)
    by_ngo = cached_query(not_evaluated, **asked)
    if by_ngo.empty:
        render_empty(
            translate("No event of this period waits for an evaluation"),
            translate("An event is counted 14 days after it was held. Choose an earlier or a longer period."),
        )
    else:
        render_ngo_coverage(by_ngo, area, filters, context, fmt=fmt)
    if may(context.actor, Action.REOPEN_EVENT):
        render_reopening(area, context, fmt=fmt)


def render_reopening(area: Area, context: RequestContext, *, fmt: Formatter) -> None:
    """Draw the form with which a coordinator opens a closed event of the district again, and its result."""
    translate = fmt.translate
    st.subheader(translate("Open a closed event again"), anchor=False)
    if area.scope.kind is not ScopeKind.DISTRICT:
        st.caption(translate("Choose a district above: an event is opened again in its district."))
        return
    # Not from the cache: a permission changes no figure, so the version of the data stays.
    with reading() as connection:
        events = closed_events(connection, context.actor, scope=area.scope, today=context.today)
    if events.empty:
        st.caption(translate("Every NGO has evaluated its events, or their evaluation is still open."))
        return
    st.caption(
        translate(
            "The time to evaluate an event is {days}. Here you reopen it for some days; what the NGOs"
            " send then is labelled late.",
            days=fmt.days(get_settings().evaluation_window_days),
        )
    )
    asked = render_reopening_form(events, context.today, fmt=fmt)
    if asked is None:
        return
    event_id, until_date, reason = asked.event_id, asked.until_date, asked.reason
    with show_domain_errors(translate):
        window = reopen_event(
            get_engine(), context.actor, event_id=event_id, until_date=until_date, reason=reason, now=clock.now()
        )
        opened = translate(
            "Open until {date}: {event}", date=fmt.date(window.last_day), event=escape_markdown(asked.event_text)
        )
        st.success(opened, icon=":material/check_circle:")


def render_recommendations(filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """Draw the recommendations of as much of the area as this person sees in full; coordinators answer them here."""
    translate, today = fmt.translate, context.today
    area = filters.directory.seen_in_full(context.actor, filters.area)
    if area is None:
        st.caption(translate("Recommendations are read and answered by the leaders of the area itself."))
        return
    counts = cached_query(thread_counts, scope=area.scope, today=today)
    if not counts["count"].sum():
        render_empty(
            translate("No recommendation has reached this area yet"),
            translate(
                "An NGO can add one to its evaluation. That of a confidential evaluation arrives with its batch, "
                "without the name of the NGO."
            ),
            icon=":material/forum:",
        )
        return
    st.subheader(translate("You said – we did: {area}", area=area.name), anchor=False)
    st.caption(translate("Whatever the period, direction and form. Overdue ones come first; only the NGO closes one."))
    state = pick_state(counts, fmt=fmt)

    def load(public_ids: tuple[str, ...] | None) -> pd.DataFrame:
        return cached_query(threads, scope=area.scope, today=today, state=state, public_ids=public_ids, limit=LOADED)

    found = threads_in_place(f"{area.code} {state}", load)
    shown = pick_page(found, key=f"board_page:{area.code}:{state}", fmt=fmt, most=LOADED)
    steps = cached_query(thread_steps, scope=area.scope, today=today, public_ids=tuple(shown["public_id"]))
    render_threads(
        shown,
        steps,
        context=context,
        on_act=store_act,
        can_answer=may(context.actor, Action.ANSWER_RECOMMENDATION),
        key="board",
        districts=None if area.scope.kind is ScopeKind.DISTRICT else filters.directory,
    )
    render_recommendation_table(found, filters, context, fmt=fmt)


PARTS: Mapping[EvaluationsPart, Callable[..., None]] = {
    EvaluationsPart.RATINGS: render_ratings,
    EvaluationsPart.PROBLEMS: render_problems,
    EvaluationsPart.COMMENTS: render_comments,
    EvaluationsPart.COVERAGE: render_coverage,
    EvaluationsPart.RECOMMENDATIONS: render_recommendations,
}


render_page()

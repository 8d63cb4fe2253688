"""Index, certainty, the study before and after signing and the formality check, from their declarations."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from components.shell.formatter import Formatter
from data.codes import FormalityReason
from data.effectiveness.formality import EXPLANATIONS
from data.effectiveness.index import INDEX_METHOD, FunnelBand, Pillar, Tier
from data.indicators import INDICATORS, METHOD, PILLARS
from data.indicators.forecasts import FORECAST_METHOD
from data.indicators.process_charts import PROCESS_METHOD
from data.language import N_, Translator

PARTS: Mapping[str, str] = {
    "intervals": N_("Kinds of intervals"),
    "comparisons": N_("Changes, comparisons and targets"),
    "trends": N_("Trends as process charts"),
    "response": N_("How many answered"),
    "index": N_("The index"),
    "certainty": N_("How sure the index is"),
    "leniency": N_("Lenient and strict NGOs"),
    "funnel": N_("Funnel plot of ratings"),
    "before_after": N_("Before and after a memorandum"),
    "formality": N_("Signs of box-ticking"),
    "forecasts": N_("Forecasts of the coming months"),
}


def method_part(part: str, *, translate: Translator) -> list[str]:
    """Return the sentences of one of :data:`PARTS`, with the numbers of its declaration."""
    makers: Mapping[str, Callable[[Formatter], list[str]]] = {
        "intervals": _intervals,
        "comparisons": _comparisons,
        "trends": _trends,
        "response": _response,
        "index": _index,
        "certainty": _certainty,
        "leniency": _leniency,
        "funnel": _funnel,
        "before_after": _before_after,
        "formality": _formality,
        "forecasts": _forecasts,
    }
    return makers[part](Formatter(translate))


def render_method_parts(translate: Translator, *, render_own: Mapping[str, Callable[[], None]]) -> None:
    """Draw all parts, one below the other; ``render_own`` draws below a part what it comes to in the chosen area."""
    for part, heading in PARTS.items():
        with st.container(border=True):
            st.subheader(translate(heading), anchor=part)
            st.markdown("\n".join(f"- {sentence}" for sentence in method_part(part, translate=translate)))
            if part in render_own:
                render_own[part]()


def _percent(share: float, fmt: Formatter, *, decimals: int = 0) -> str:
    return fmt.translate("{number}%", number=fmt.number(100 * share, decimals=decimals))


def pillar_text(pillar: Pillar, *, fmt: Formatter) -> str:
    """Return a pillar and its indicators."""
    names = "; ".join(fmt.translate(INDICATORS[code].name) for code in PILLARS[pillar])
    return f"**{fmt.translate(pillar.label)}:** {names}"


def _intervals(fmt: Formatter) -> list[str]:
    translate = fmt.translate
    return [
        translate(
            "An interval says between which values the figure would lie if chance alone had played out otherwise. "
            "Pages show it at 90%, tables and files also at 95 and 99.8%."
        ),
        translate(
            "A fact read off a register in full, such as days with a memorandum or NGOs supported, has none: chance "
            "has no part in it."
        ),
        translate("A share of things that went one way or the other: the interval of Wilson (1927)."),
        translate(
            "A count by inhabitants: exact limits of the Poisson distribution under {number} things, from {number} on "
            "the approximation of Byar.",
            number=METHOD.byar_from,
        ),
        translate("Regularity: mahallas count and not their months, which are alike within one mahalla."),
        translate("The rating of NGOs: Prasad and Rao (1990); above district level it is clustered by NGO."),
        translate(
            "The median of days: two of the days themselves (order statistics). Unevenness of support: NGOs drawn anew "
            "(bootstrap)."
        ),
    ]


def _comparisons(fmt: Formatter) -> list[str]:
    translate = fmt.translate
    return [
        translate(
            "A change is against the same months of the year before, so that no season is read as a change. It has a "
            "colour and an arrow only where its 90% interval leaves out zero: for shares that of Newcombe (1998), for "
            "the rating and the index that of their own errors."
        ),
        translate(
            "An area is compared with all others together, without itself: better or worse where chance makes such a "
            "difference in at most 1 of 20 cases, much better or much worse in 1 of 500, else similar. Of all "
            "districts that stand out at most 5% are expected to do so by chance (false discovery rate). Facts are not "
            "compared."
        ),
        translate("A target is met, missed, or within the interval of the value, so that it cannot be said which."),
    ]


def _trends(fmt: Formatter) -> list[str]:
    translate, method = fmt.translate, PROCESS_METHOD
    return [
        translate(
            "A trend shows three years with a centre line, which is the value of all finished points together, and "
            "limits three standard errors from it: of shares by their cases (p-chart), of rates by inhabitants "
            "(u-chart), of other values by how far they move from point to point (XmR chart). Where shares and rates "
            "move more than their cases explain, the limits are widened (Laney 2002)."
        ),
        translate(
            "Two rules say what is more than usual ups and downs: a point outside the limits, and {number} points in a "
            "row on one side of the centre line (NHS England, Making data count).",
            number=method.run,
        ),
        translate(
            "Where nothing changes, about 4 of 1,000 points are outside by chance. A run by chance is found in about a "
            "fifth of charts with 36 months, and in 1 of 100 with 12 quarters. What returns each year, such as a "
            "holiday season, is found too."
        ),
        translate(
            "Where most months have fewer than {cases} cases the points are quarters. With fewer than {points} "
            "finished points there are no limits.",
            cases=method.pooled_under,
            points=method.smallest_points,
        ),
        translate(
            "A month that is not over, or whose events may still be evaluated and whose recommendations may still be "
            "closed in time, is hollow and takes no part in any of it."
        ),
        translate(
            "What is made of 12 months (reach, regularity, support, training) or is the state of a day (memoranda) has "
            "no limits: neighbouring points are mostly made of the same."
        ),
    ]


def _response(fmt: Formatter) -> list[str]:
    translate = fmt.translate
    return [
        translate(
            "The response rate is the share of held events that at least one of their NGOs evaluated within 14 days. "
            "It stands beside all that NGOs say. Under {share} it warns: those who answered may think otherwise than "
            "those who did not, and no interval covers that.",
            share=fmt.percent(METHOD.low_response_pct),
        ),
        translate(
            "Of confidential evaluations it is said how many count. What was said of an event by name and what was "
            "said of it in a batch are two ratings, as a batch has one mean for all of its events; the number of joint "
            "events counts each once."
        ),
    ]


def _index(fmt: Formatter) -> list[str]:
    translate, method = fmt.translate, INDEX_METHOD
    return [
        translate(
            "The index runs from 0 to 100. Each indicator in it is brought to 0 to 100 by its fixed end points. A "
            "pillar is the mean of its indicators that have a value, the index the weighted geometric mean of pillars."
        ),
        *(pillar_text(pillar, fmt=fmt) for pillar in Pillar),
        translate(
            "Weights are whole numbers from 0 to {heaviest}. All pillars weigh {usual} unless the reader moves them; "
            "only their proportions matter. The weights stand in the address of the page and can be sent to others.",
            heaviest=method.heaviest_weight,
            usual=method.usual_weight,
        ),
        translate(
            "A geometric mean does not let a strong pillar make up for a weak one in full. A pillar below {floor} "
            "counts as {floor}, so that one empty pillar does not wipe out the others.",
            floor=fmt.number(method.pillar_floor),
        ),
        translate(
            "Where a pillar has no data the index is a range: what it is at least, with that pillar at {floor}, and at "
            "most, with it at 100. Areas are compared by what it is at least, so that to leave out a pillar is never a "
            "gain. With fewer than {pillars} pillars, or less than {share} of the weights, there is no index.",
            floor=fmt.number(method.pillar_floor),
            pillars=method.smallest_pillars,
            share=_percent(method.smallest_weight_share, fmt),
        ),
        translate(
            "A weight says how much a pillar is meant to count. How much it does is its share of the differences of "
            "the index between districts, which the page prints beside it (Paruolo, Saisana and Saltelli 2013)."
        ),
        translate("The method follows the Handbook on Constructing Composite Indicators of OECD and JRC (2008)."),
    ]


def _certainty(fmt: Formatter) -> list[str]:
    translate, method = fmt.translate, INDEX_METHOD
    return [
        translate(
            "The index is computed {draws} times anew. Each time every weight is multiplied by a number drawn between "
            "{low} and {high}, and indicators are drawn anew by their own sampling error; facts counted in full, such "
            "as days with a memorandum, NGOs supported or posts trained, stay as they are.",
            draws=fmt.number(method.draws),
            low=fmt.number(1 - method.weight_spread, decimals=2),
            high=fmt.number(1 + method.weight_spread, decimals=2),
        ),
        *(
            [translate("Half of the times the arithmetic mean takes the place of the geometric one.")]
            if method.has_both_means
            else []
        ),
        translate(
            "The place that is shown is the middle one of all draws; {share} of the draws lie inside the interval. "
            "The draws always start from the same seed, {seed}, so the same data give the same figures.",
            share=_percent(method.interval_share, fmt),
            seed=method.seed,
        ),
        translate(
            "Areas are grouped and not listed by place. A test compares each with the middle one, by both kinds of "
            "mean and with the uncertainty of the weights; whether intervals overlap is no test:"
        ),
        *(f"**{translate(tier.label)}**" for tier in Tier),
        translate(
            "An area is in the upper or lower group only where the test says so with the foundation and without it. Of "
            "all areas named there at most {share} are expected by chance (false discovery rate, Benjamini and "
            "Hochberg 1995). With fewer than {pillars} pillars there is no group.",
            share=_percent(method.false_share, fmt),
            pillars=method.tier_pillars,
        ),
    ]


def _leniency(fmt: Formatter) -> list[str]:
    translate = fmt.translate
    return [
        translate(
            "Some NGOs give higher ratings than others to the same work. Where at least {number} NGOs judge in several "
            "districts, how lenient each of them is can be told from its ratings elsewhere, and is taken out of the "
            "rating of a district (mixed model with district and NGO).",
            number=INDEX_METHOD.crossing_ngos,
        ),
        translate(
            "What cannot be taken out makes the interval wider: with few NGOs it rests on few opinions, however many "
            "events they rated. Intervals of regions and of the nation are clustered by NGO for the same reason."
        ),
        translate(
            "In simulations the 90% interval of a district holds the true rating in 86 to 94% of cases, whether NGOs "
            "make none or three tenths of the variance of ratings."
        ),
    ]


def _funnel(fmt: Formatter) -> list[str]:
    translate, (inner, outer) = fmt.translate, INDEX_METHOD.funnel_limits
    return [
        translate(
            "Each area is a point: its mean rating by the number of ratings of events. With few of them"
            " chance alone moves a mean far, so the limits are wide on the left and narrow on the "
            "right (Spiegelhalter 2005)."
        ),
        translate(
            "The usual differences between areas are added to chance. Of ordinary areas {inner} lie inside the inner "
            "limits and {outer} inside the outer ones.",
            inner=_percent(inner, fmt),
            outer=_percent(outer, fmt, decimals=1),
        ),
        *(f"**{translate(band.label)}**" for band in FunnelBand),
    ]


def _before_after(fmt: Formatter) -> list[str]:
    translate, method = fmt.translate, INDEX_METHOD
    return [
        translate(
            "Districts that signed their first memorandum are compared with districts that had not signed by then, "
            "over {months} months before and after the month of signing: joint events per mahalla and, apart from "
            "them, offences.",
            months=method.study_months,
        ),
        translate(
            "What each district did in the {near} months before signing, and in the months before those, up to "
            "{level}, says what would have been expected without a memorandum. Districts that sign after an unusually "
            "quiet time would return to their usual level anyway, and so do those that they are compared with.",
            near=method.study_near_months,
            level=method.study_level_months,
        ),
        translate(
            "The 90% interval comes from {draws} draws over whole districts. There is no result with fewer than "
            "{districts} districts that signed and have these months on either side, or with fewer than {controls} "
            "to compare them with.",
            draws=fmt.number(method.study_draws),
            districts=method.study_districts,
            controls=method.study_controls,
        ),
        translate("The result is an association. It does not prove that the memorandum was the cause."),
    ]


def _formality(fmt: Formatter) -> list[str]:
    translate = fmt.translate
    return [
        translate("Reasons to review, not conclusions: there may be a good explanation for each."),
        *(f"**{translate(reason.label)}:** {translate(EXPLANATIONS[reason])}" for reason in FormalityReason),
    ]


def _forecasts(fmt: Formatter) -> list[str]:
    translate, method = fmt.translate, FORECAST_METHOD
    return [
        translate(
            "The joint events of a month and the share of plan items fulfilled continue the level, the trend and the "
            "season of the finished months, at most {most} of them. A month counts half as much as one {half} months "
            "later.",
            most=method.most_months,
            half=method.half_life_months,
        ),
        translate(
            "Which of these an area needs is not chosen but averaged, by how well each describes its past. Of {draws} "
            "simulated futures the interval is the shortest one that holds {share}.",
            draws=fmt.number(method.draws),
            share=fmt.percent(method.interval_pct),
        ),
        translate(
            "With fewer than {fewest} finished months there is no forecast: a season could not be told from a trend.",
            fewest=method.fewest_months,
        ),
        translate(
            "In invented areas whose last six months were held back, the interval held in {events} of the months for "
            "joint events and in {plan} for plan execution; with few cases it holds more often.",
            events=fmt.percent(method.held_events_pct),
            plan=fmt.percent(method.held_plan_pct),
        ),
    ]

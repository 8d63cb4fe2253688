"""A pack in one language as a deck: the opening slide, then each item of the agenda in the order of the meeting."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from components.deck.model import Credits, Deck, Slide
from components.deck.slides import (
    changes,
    comments,
    decisions,
    events,
    help,
    indicators,
    maps,
    memoranda,
    opening,
    plan,
    problems,
    proposals,
    ratings,
    recommendations,
    tiers,
)
from components.deck.source import Source, make_source
from components.deck.words import fitting
from data.codes import AgendaItem
from data.dates.clock import TASHKENT
from data.directory import CREDIT_LINE
from data.language import Translator

if TYPE_CHECKING:
    from queries.meetings.packs.content import PackContent

SLIDES: Mapping[AgendaItem, Callable[[Source], Iterator[Slide]]] = {
    AgendaItem.LAST_DECISIONS: decisions.slides,
    AgendaItem.MEMORANDA: memoranda.slides,
    AgendaItem.INDICATORS: indicators.slides,
    AgendaItem.MAP: maps.slides,
    AgendaItem.TIERS: tiers.slides,
    AgendaItem.MOVERS: changes.slides,
    AgendaItem.HELP: help.slides,
    AgendaItem.PLAN: plan.slides,
    AgendaItem.EVENTS: events.slides,
    AgendaItem.JUDGEMENT: ratings.slides,
    AgendaItem.VOICES: comments.slides,
    AgendaItem.PROBLEMS: problems.slides,
    AgendaItem.RECOMMENDATIONS: recommendations.slides,
    AgendaItem.PROPOSALS: proposals.slides,
}


def make_deck(content: PackContent, *, translate: Translator) -> Deck:
    """The deck of a pack: title slide, then the slides of each item of its agenda, their headings being the items'."""
    source = make_source(content, translate=translate)
    fmt, area = source.fmt, source.area
    return Deck(
        pack_id=content.pack_id,
        language=translate.language,
        title=translate("Coordination meeting: {area}", area=area),
        subtitle=translate(
            "{period}; figures of {date}", period=fmt.period(content.period), date=fmt.date(content.today)
        ),
        finalised_at=content.created_at,
        credits=_credits(source),
        slides=tuple(_slides(source)),
        words=_words(translate),
    )


def _slides(source: Source) -> Iterator[Slide]:
    yield from map(_with_fitting_title, opening.slides(source))
    for item in source.content.agenda:
        make = SLIDES.get(item)
        if make is None:
            continue
        found = list(make(source))
        label = source.translate(item.label)
        yield from (replace(_with_fitting_title(slide), heading=slide.heading or label) for slide in found)


def _with_fitting_title(slide: Slide) -> Slide:
    """Titles hold names that people wrote, however long."""
    return replace(slide, title=fitting(slide.title))


def _credits(source: Source) -> Credits:
    translate, content = source.translate, source.content
    demo = translate("Demo data: all figures and names of organisations are invented.") if content.is_demo else ""
    frozen = source.fmt.date(content.created_at.astimezone(TASHKENT).date())
    return Credits(
        demo_mark=demo,
        method=translate("Method version {version}", version=content.method_version),
        data=translate("Data version {version}, finalised on {date}", version=content.data_version, date=frozen),
        outlines=translate(CREDIT_LINE),
    )


def _words(translate: Translator) -> Mapping[str, str]:
    return {
        "slide": translate("Slide"),
        "slides": translate("Slides"),
        "notes": translate("Speaker notes"),
        "contents": translate("Contents"),
        "figures": translate("Figures"),
        "source": translate("Source"),
        "target": translate("Target"),
        "not_enough": translate("Not enough data"),
        "demo": translate("Demo data"),
        "frozen": translate("Finalised"),
    }

"""Turns a pack into a deck in one language: the opening slide, then each item of the agenda in its order."""

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
from components.deck.source import PackSource, make_source
from components.deck.texts import fitting_title
from data.codes import AgendaItem
from data.dates.clock import TASHKENT
from data.directory import CREDIT_LINE
from data.language import Translator

if TYPE_CHECKING:
    from queries.meetings.packs.content import PackContent

SLIDES: Mapping[AgendaItem, Callable[[PackSource], Iterator[Slide]]] = {
    AgendaItem.LAST_DECISIONS: decisions.slides,
    AgendaItem.MEMORANDA: memoranda.slides,
    AgendaItem.INDICATORS: indicators.slides,
    AgendaItem.MAP: maps.slides,
    AgendaItem.TIERS: tiers.slides,
    AgendaItem.MOVERS: changes.slides,
    AgendaItem.HELP: help.slides,
    AgendaItem.PLAN: plan.slides,
    AgendaItem.EVENTS: events.slides,
    AgendaItem.RATINGS: ratings.slides,
    AgendaItem.COMMENTS: comments.slides,
    AgendaItem.PROBLEMS: problems.slides,
    AgendaItem.RECOMMENDATIONS: recommendations.slides,
    AgendaItem.PROPOSALS: proposals.slides,
}


def make_deck(content: PackContent, *, translate: Translator) -> Deck:
    """Deck of a pack: title slide, then the slides of each item of its agenda, with the item as heading."""
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
        texts=_texts(translate),
    )


def _slides(source: PackSource) -> Iterator[Slide]:
    yield from map(_with_fitting_title, opening.slides(source))
    for item in source.content.agenda:
        make = SLIDES.get(item)
        if make is None:
            continue
        found = list(make(source))
        label = source.translate(item.label)
        yield from (replace(_with_fitting_title(slide), heading=slide.heading or label) for slide in found)


def _with_fitting_title(slide: Slide) -> Slide:
    """Slide with its title shortened where needed, since titles contain names of any length."""
    return replace(slide, title=fitting_title(slide.title))


def demo_notice(translate: Translator) -> str:
    """Return what documents made of demo data say of themselves."""
    return translate("Demo data: all figures and names of organisations are invented.")


def _credits(source: PackSource) -> Credits:
    translate, content = source.translate, source.content
    frozen = source.fmt.date(content.created_at.astimezone(TASHKENT).date())
    return Credits(
        demo_mark=demo_notice(translate) if content.is_demo else "",
        method=translate("Method version {version}", version=content.method_version),
        data=translate("Data version {version}, finalised on {date}", version=content.data_version, date=frozen),
        outlines=translate(CREDIT_LINE),
    )


def _texts(translate: Translator) -> Mapping[str, str]:
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

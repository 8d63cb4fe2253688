"""A pack in one language as a deck: the opening slide, then each item of the agenda in the order of the meeting."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from components.deck import (
    slides_events,
    slides_help,
    slides_indicators,
    slides_judgement,
    slides_last_decisions,
    slides_map,
    slides_memoranda,
    slides_movers,
    slides_opening,
    slides_plan,
    slides_problems,
    slides_proposals,
    slides_recommendations,
    slides_tiers,
    slides_voices,
)
from components.deck.model import Credits, Deck, Slide
from components.deck.source import Source, make_source
from components.deck.words import fitting
from data.codes import AgendaItem
from data.dates.clock import TASHKENT
from data.directory import CREDIT_LINE
from data.language import Translator
from queries.meetings.packs.packs import PackContent

SLIDES: Mapping[AgendaItem, Callable[[Source], Iterator[Slide]]] = {
    AgendaItem.LAST_DECISIONS: slides_last_decisions.slides,
    AgendaItem.MEMORANDA: slides_memoranda.slides,
    AgendaItem.INDICATORS: slides_indicators.slides,
    AgendaItem.MAP: slides_map.slides,
    AgendaItem.TIERS: slides_tiers.slides,
    AgendaItem.MOVERS: slides_movers.slides,
    AgendaItem.HELP: slides_help.slides,
    AgendaItem.PLAN: slides_plan.slides,
    AgendaItem.EVENTS: slides_events.slides,
    AgendaItem.JUDGEMENT: slides_judgement.slides,
    AgendaItem.VOICES: slides_voices.slides,
    AgendaItem.PROBLEMS: slides_problems.slides,
    AgendaItem.RECOMMENDATIONS: slides_recommendations.slides,
    AgendaItem.PROPOSALS: slides_proposals.slides,
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
        frozen_at=content.created_at,
        credits=_credits(source),
        slides=tuple(_slides(source)),
        words=_words(translate),
    )


def _slides(source: Source) -> Iterator[Slide]:
    yield from map(_settled, slides_opening.slides(source))
    for item in source.content.agenda:
        make = SLIDES.get(item)
        if make is None:
            continue
        found = list(make(source))
        label = source.translate(item.label)
        yield from (replace(_settled(slide), heading=slide.heading or label) for slide in found)


def _settled(slide: Slide) -> Slide:
    """Titles hold names that people wrote, however long."""
    return replace(slide, title=fitting(slide.title))


def _credits(source: Source) -> Credits:
    translate, content = source.translate, source.content
    demo = translate("Demo data: all figures and names of organisations are invented.") if content.is_demo else ""
    frozen = source.fmt.date(content.created_at.astimezone(TASHKENT).date())
    return Credits(
        demo_mark=demo,
        method=translate("Method version {version}", version=content.method_version),
        data=translate("Data version {version}, frozen on {date}", version=content.data_version, date=frozen),
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
        "frozen": translate("Frozen"),
    }

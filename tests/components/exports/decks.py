"""A small deck with one slide of each kind, for the tests of single exports."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache

from components.deck.deck import make_deck
from components.deck.model import (
    BarChart,
    Bullets,
    Credits,
    Deck,
    DistrictMap,
    FigureColumn,
    LineChart,
    Series,
    Slide,
    SlideTile,
    Table,
    Tiles,
    ValueKind,
)
from components.exports.slides.presentation import deck_pptx
from components.maps.view import MapClass
from data.directory import CREDIT_LINE
from data.language import Language, Translator
from data.policy import ScopeKind
from tests.components.deck.hostile import hostile_content
from tests.components.deck.samples import sample_deck

LETTERS = "ʻ ʼ Ў Қ Ғ Ҳ ў қ ғ ҳ"
HOSTILE = '=HYPERLINK("http://evil.example";"click")'
MARKUP = '#import "x" $a$ *b* _c_ `d` <e> @f \\ // [g] {h}'
CREDITS = Credits("Demo data: invented figures, not for use", "Method version abc", "Data version 12", CREDIT_LINE)

MEMORANDA_TABLE = Table(
    (
        FigureColumn("Number", share=1.0),
        FigureColumn("Title", share=3.0),
        FigureColumn("Expires", ValueKind.DATE),
        FigureColumn("Days left", ValueKind.COUNT),
        FigureColumn("Mark", ValueKind.POINTS, decimals=2),
        FigureColumn("Plan", ValueKind.PERCENT),
        FigureColumn("Events per 10,000", ValueKind.NUMBER, decimals=1),
    ),
    (
        ("12-A", f"Work with youth {MARKUP}", date(2026, 12, 3), 12, 4.256, 62.5, 1234.56),
        (HOSTILE, "Social help", date(2027, 3, 31), 131, None, None, 0.0),
        ("14", "+998 in a title", None, None, 3.0, 100.0, -1.25),
    ),
    frozenset({0}),
)
MEMORANDA = Slide(
    key="memoranda",
    title=f"Two of three memoranda are in force, one runs out in 12 days {LETTERS}",
    heading="Memoranda & more",
    body=MEMORANDA_TABLE,
    figures=MEMORANDA_TABLE,
    notes="Say who prolongs it.",
)
TREND = Slide(
    key="trend",
    title="The plan was fulfilled by 62.5%, 7 points below the target",
    heading="Indicators",
    body=LineChart(
        categories=("jan", "feb", "mar", "apr"),
        series=(Series("Fulfilled", (40.0, 55.0, None, 62.5)),),
        kind=ValueKind.PERCENT,
        alternative="A line that rises from 40 to 62.5 percent.",
        target=70.0,
        target_name="Target",
    ),
    figures=Table(
        (FigureColumn("Month", ValueKind.MONTH), FigureColumn("Fulfilled", ValueKind.PERCENT)),
        tuple((date(2026, month, 1), value) for month, value in enumerate((40.0, 55.0, None, 62.5), 1)),
    ),
)
DIRECTIONS = Slide(
    key="events",
    title="Legal outreach is half of 42 events",
    heading="Events",
    body=BarChart(
        categories=("Legal outreach", "Youth work", "Social help"),
        series=(Series("Now", (21.0, 14.0, 7.0)), Series("Before", (18.0, 3.0, None))),
        kind=ValueKind.COUNT,
        alternative="Bars: legal outreach 21, youth work 14, social help 7.",
    ),
    figures=Table(
        (FigureColumn("Direction"), FigureColumn("Now", ValueKind.COUNT), FigureColumn("Before", ValueKind.COUNT)),
        (("Legal outreach", 21, 18), ("Youth work", 14, 3), ("Social help", 7, None)),
    ),
    remarks=("Half of all events have one direction.",),
)
TILES = Slide(
    key="title",
    title="Cooperation of the district in the third quarter",
    body=Tiles(
        (
            SlideTile("Joint events", "42", "38 before", 42.0, ValueKind.COUNT),
            SlideTile("Plan", "62%", "target 70%", 62.5, ValueKind.PERCENT, is_attention=True),
            SlideTile("Mark", "Not enough data", "", None, ValueKind.POINTS),
        )
    ),
    figures=Table(
        (FigureColumn("Figure"), FigureColumn("Value", ValueKind.NUMBER, decimals=2)),
        (("Joint events", 42), ("Plan", 62.5), ("Mark", None)),
    ),
)
VOICES = Slide(
    key="voices",
    title="NGOs ask for rooms",
    heading="What NGOs said",
    body=Bullets(("We need a room…", f"{MARKUP} {LETTERS}"), ("Umid", "Mehr")),
    figures=Table(
        (FigureColumn("NGO"), FigureColumn("Comment")),
        (("Umid", "We need a room in every mahalla, and a date that is told before."), ("Mehr", f"{MARKUP} {LETTERS}")),
    ),
)
MAP = Slide(
    key="map",
    title="Two districts have no memorandum",
    heading="Map",
    body=DistrictMap(
        classes=(MapClass("In force", "#173f72"), MapClass("None", "#f4f6f9")),
        class_of={"1703202": 0, "1703203": 1},
        alternative="A map of two districts.",
        region_soato="1703",
    ),
    figures=Table((FigureColumn("District"), FigureColumn("Status")), (("Oltinkoʻl", "In force"), ("Andijon", "None"))),
)


def small_deck(language: Language = Language.EN) -> Deck:
    """A deck of six slides, one of each body; its texts are English whatever the language."""
    slides = (TILES, MEMORANDA, TREND, DIRECTIONS, VOICES, MAP)
    return Deck(
        pack_id="0b5e3c0e-9c1f-4d5b-8f43-5f0d7c2f1a11",
        language=language,
        title="Coordination meeting",
        subtitle="Asaka district, July – September 2026",
        finalised_at=datetime(2026, 10, 5, 4, 30, tzinfo=UTC),
        credits=CREDITS,
        slides=slides,
    )


def deck_of(*slides: Slide) -> Deck:
    """The small deck with other slides."""
    return replace(small_deck(), slides=slides)


@cache
def sample_slides(kind: ScopeKind, language: Language) -> bytes:
    """The slides of a sample deck, written once."""
    return deck_pptx(sample_deck(kind, language))


@cache
def hostile_deck(name: str, kind: ScopeKind) -> Deck:
    """The deck of a hostile pack, in the longest words."""
    return make_deck(hostile_content(name, kind), translate=Translator(Language.UZ_CYRL))


@cache
def hostile_slides(name: str, kind: ScopeKind) -> bytes:
    """The slides of that deck, written once."""
    return deck_pptx(hostile_deck(name, kind))

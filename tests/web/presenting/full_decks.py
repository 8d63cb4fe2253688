"""Decks filled to the limits of each slide: the longest titles, texts and tables, in the language of the deck."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from components.charts.palette import MISSING, SEQUENTIAL
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
from components.deck.texts import BULLET_LENGTH, TITLE_LENGTH
from components.maps.view import MapClass
from data.directory import district_places
from data.language import Language

HOSTILE = "</style></script><script>alert(1)</script> {{ 7 * 7 }} \"'&"
_PROSE = {
    Language.RU: "Виктимологическая профилактика и социальная реабилитация проводились не во всех махаллях района, а "
    "ответственные исполнители не представили подтверждающих документов в установленный срок; ",
    Language.UZ_LATN: "Viktimologik profilaktika va ijtimoiy reabilitatsiya tadbirlari tumanning hamma mahallalarida "
    "oʻtkazilmadi, masʼullar esa tasdiqlovchi hujjatlarni belgilangan muddatda taqdim etmadi; ",
    Language.UZ_CYRL: "Виктимологик профилактика ва ижтимоий реабилитация тадбирлари туманнинг ҳамма маҳаллаларида "
    "ўтказилмади, масъуллар эса тасдиқловчи ҳужжатларни белгиланган муддатда тақдим этмади; ",
    Language.EN: "Victim support and social rehabilitation did not take place in all neighbourhoods of the district, "
    "and those responsible did not hand in the documents that prove it within the time that was set; ",
}
DEMO = "Demo data"
_CREDITS = Credits(
    "Demo data: all is invented.",
    "Method version 3",
    "Data of 21.11.2026",
    "© OpenStreetMap contributors (ODbL), changed",
)
_NAMES = ("Sergeli tumani", "Qoʻshtepa tumani", "Ўзбекистон тумани", "Mirzo Ulugʻbek tumani")


def words(language: Language, length: int) -> str:
    """Return so many characters of running text."""
    return (_PROSE[language] * (1 + length // len(_PROSE[language])))[:length].strip()


def full_deck(language: Language) -> Deck:
    """A deck with a slide of each kind, as full as it may be, and one as empty as it may be."""
    made = (_tiles, _table, _bullets, _bars, _bars_with_words, _months, _map, _sparse)
    slides = tuple(make(language) for make in made)
    return Deck(
        pack_id="1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed",
        language=language,
        title=words(language, 60),
        subtitle=words(language, 80),
        finalised_at=datetime(2026, 11, 21, 9, 30, tzinfo=UTC),
        credits=_CREDITS,
        slides=slides,
        texts={"demo": DEMO},
    )


def hostile_deck() -> Deck:
    """Return a deck whose every text contains markup."""
    whole = full_deck(Language.EN)
    table = Table((FigureColumn(HOSTILE), FigureColumn(HOSTILE)), ((HOSTILE, HOSTILE),))
    bars = BarChart((HOSTILE,), (Series(HOSTILE, (1.0,)),), ValueKind.NUMBER, HOSTILE, target=2.0, target_name=HOSTILE)
    tiles, bullets = Tiles((SlideTile(HOSTILE, HOSTILE, HOSTILE, None),)), Bullets((HOSTILE,), (HOSTILE,))
    slides = tuple(
        Slide(HOSTILE, HOSTILE, body, table, heading=HOSTILE, notes=HOSTILE, remarks=(HOSTILE,))
        for body in (table, bars, tiles, bullets)
    )
    return replace(
        whole,
        title=HOSTILE,
        subtitle=HOSTILE,
        slides=slides,
        credits=Credits(HOSTILE, HOSTILE, HOSTILE, HOSTILE),
        texts={"demo": HOSTILE},
    )


def _slide(language: Language, key: str, body: object, remarks: tuple[str, ...] = ()) -> Slide:
    figures = Table((FigureColumn("n", ValueKind.COUNT),), ((1,),))
    return Slide(
        key,
        words(language, TITLE_LENGTH),
        body,  # type: ignore[arg-type]
        figures,
        heading=words(language, 36),
        notes=f"{words(language, 300)}\n{words(language, 150)}",
        remarks=remarks,
    )


def _tiles(language: Language) -> Slide:
    tiles = tuple(
        SlideTile(words(language, 44), "1 234 567", words(language, 70), 1234567.0, is_attention=number == 1)
        for number in range(6)
    )
    return _slide(language, "tiles", Tiles(tiles))


def _table(language: Language) -> Slide:
    columns = (
        FigureColumn(words(language, 20), share=4),
        FigureColumn(words(language, 12), share=2),
        FigureColumn(words(language, 10), ValueKind.DATE, share=1.2),
        FigureColumn(words(language, 10), ValueKind.PERCENT),
        FigureColumn(words(language, 10), ValueKind.NUMBER, decimals=2),
    )
    rows = tuple(
        (words(language, 70), _NAMES[number % 4], date(2026, 11, 21), 99.5, None if number % 3 else 1234.5)
        for number in range(9)
    )
    return _slide(language, "table", Table(columns, rows, frozenset({0, 4})))


def _bullets(language: Language) -> Slide:
    texts = tuple(words(language, BULLET_LENGTH) for _ in range(5))
    return _slide(language, "bullets", Bullets(texts, tuple(words(language, 60) for _ in texts)))


def _bar_chart(language: Language, count: int) -> BarChart:
    return BarChart(
        tuple(f"{n + 1}. {words(language, 30)}" for n in range(count)),
        (
            Series(words(language, 14), tuple(float(8 * n) for n in range(count))),
            Series(words(language, 18), tuple(None if n == 2 else 90.0 - 7 * n for n in range(count))),
        ),
        ValueKind.PERCENT,
        words(language, 200),
        target=75.0,
        target_name=words(language, 24),
    )


def _bars(language: Language) -> Slide:
    return _slide(language, "bars", _bar_chart(language, 12))


def _bars_with_words(language: Language) -> Slide:
    return _slide(language, "bars-words", _bar_chart(language, 6), tuple(words(language, 120) for _ in range(3)))


def _months(language: Language) -> Slide:
    months = tuple(f"{month:02d}.{year}" for year in (2025, 2026) for month in range(1, 13))
    values = tuple(None if n in {7, 8} else 3.2 + 0.05 * n for n in range(24))
    series = (Series(words(language, 30), values),)
    chart = LineChart(months, series, ValueKind.POINTS, words(language, 150), 2, target=4.2, target_name="4.2")
    return _slide(language, "months", chart)


def _map(language: Language) -> Slide:
    classes = tuple(MapClass(words(language, 24), colour) for colour in (*SEQUENTIAL, MISSING))
    class_of = {soato: number % len(classes) for number, soato in enumerate(sorted(district_places()))}
    return _slide(language, "map", DistrictMap(classes, class_of, words(language, 200)))


def _sparse(language: Language) -> Slide:
    slide = _slide(language, "sparse", Bullets((words(language, 40),)))
    return replace(slide, title=words(language, 30), heading="", notes="")

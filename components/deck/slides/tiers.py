"""Slides of the tiers of the districts, used instead of a ranking, and of the pillars of the area's own index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from components.charts.palette import MISSING, QUIET, TIER_STYLES, Hatch
from components.deck.compose import Listing, alternative, lines, list_slides, text_slide
from components.deck.model import BarChart, FigureColumn, Series, Slide, Table, Value, ValueKind
from components.deck.places import PackPlaces, district_map
from components.deck.source import PackSource
from components.maps.view import MapClass
from data.codes import AgendaItem, When
from data.effectiveness.index import Pillar, Tier

ITEM = AgendaItem.TIERS
# Every district of a region is named: each of its leaders looks for the own one.
MOST_TIER_SLIDES = 3
# On a map the middle tier is the quiet ground; in print the lower one is hatched.
_LOOKS = {
    Tier.UPPER: (TIER_STYLES[Tier.UPPER].colour, Hatch.NONE),
    Tier.MIDDLE: (QUIET, Hatch.NONE),
    Tier.LOWER: (TIER_STYLES[Tier.LOWER].colour, Hatch.FALLING),
}
Rows = Mapping[str, Mapping[str, Any]]
Scores = Mapping[Pillar, float | None]


def slides(source: PackSource) -> Iterator[Slide]:
    """Map of the tiers, districts or regions by tier, then the pillars of the area's own index."""
    places = PackPlaces(source)
    rows = {row["area_code"]: row for row in source.rows("index", when=When.NOW.value) if _is_district(places, row)}
    known = {code: row for code, row in rows.items() if _tier(row)}
    if known:
        title = _title(source, known)
        yield _map(places, rows, title=title)
        yield from _by_region(places, rows, title=title) if places.has_regions else _by_tier(places, rows, title=title)
    else:
        yield _nothing(places)
    yield from _pillars(source)


def _is_district(places: PackPlaces, row: Mapping[str, Any]) -> bool:
    return row["area_code"] in places.regions


def _tier_counts(rows: Rows) -> Counter[Tier | None]:
    return Counter(_tier(row) for row in rows.values())


def _tier(row: Mapping[str, Any]) -> Tier | None:
    """Tier of a district; None without an index, or for a tier that this version no longer has."""
    return next((tier for tier in Tier if tier.value == row["tier_code"]), None)


def _title(source: PackSource, known: Rows) -> str:
    counts, fmt = _tier_counts(known), source.fmt
    return source.translate(
        "Districts clearly in the upper half: {upper}, in the lower half: {lower}, in the middle group: {middle}",
        upper=fmt.number(counts[Tier.UPPER]),
        lower=fmt.number(counts[Tier.LOWER]),
        middle=fmt.number(counts[Tier.MIDDLE]),
    )


def _nothing(places: PackPlaces) -> Slide:
    translate = places.source.translate
    return text_slide(
        key="tiers",
        title=translate("No district has an index yet"),
        texts=(translate("An index needs at least four pillars with enough data."),),
        columns=(*places.columns(), FigureColumn(translate("Tier"), share=3)),
    )


def _notes(source: PackSource, title: str) -> str:
    return lines(
        title + ".",
        source.translate(
            "Districts of the upper and lower tiers differ from the middle one by a test, with and without the "
            "foundation; of those named at most 5% are expected by chance. Inside a tier the order is uncertain."
        ),
    )


def _map(places: PackPlaces, rows: Rows, *, title: str) -> Slide:
    translate = places.source.translate
    classes = [MapClass(translate(tier.label), *_LOOKS[tier]) for tier in Tier]
    classes.append(MapClass(translate("No index: not enough data"), MISSING, Hatch.RISING))
    order: list[Tier | None] = [*Tier, None]
    index = {code: order.index(_tier(row)) for code, row in rows.items()}
    return Slide(
        key="tiers-map",
        title=title,
        body=district_map(places, classes, index, title=title, keeps=len(Tier)),
        figures=_figures(places, rows),
        notes=_notes(places.source, title),
    )


def _district_columns(places: PackPlaces) -> tuple[FigureColumn, ...]:
    translate = places.source.translate
    return (
        *places.columns(),
        FigureColumn(translate("Index"), ValueKind.NUMBER, decimals=1),
        FigureColumn(translate("90% interval, from"), ValueKind.NUMBER, decimals=1, missing="–"),
        FigureColumn(translate("90% interval, to"), ValueKind.NUMBER, decimals=1, missing="–"),
        FigureColumn(translate("Tier"), share=3),
        FigureColumn(translate("Place, from"), ValueKind.COUNT, missing="–"),
        FigureColumn(translate("Place, to"), ValueKind.COUNT, missing="–"),
    )


def _district_rows(places: PackPlaces, rows: Rows) -> tuple[tuple[Value, ...], ...]:
    """Rows by tier, the best first, and within a tier by name, since its districts do not differ reliably."""
    translate, tiers = places.source.translate, [*Tier, None]
    ordered = sorted(places.in_order(rows), key=lambda code: tiers.index(_tier(rows[code])))
    return tuple(
        (
            *places.cells(code),
            *(rows[code][column] for column in ("index_value", "index_low", "index_high")),
            translate(tier.label) if (tier := _tier(rows[code])) else translate("Not enough data"),
            *(_whole(rows[code][column]) for column in ("rank_low", "rank_high")),
        )
        for code in ordered
    )


def _whole(place: float | None) -> int | None:
    return None if place is None else round(place)


def _figures(places: PackPlaces, rows: Rows) -> Table:
    return Table(_district_columns(places), _district_rows(places, rows))


def _by_tier(places: PackPlaces, rows: Rows, *, title: str) -> Iterator[Slide]:
    """Districts of a region by tier; those clearly in the lower half are emphasised."""
    translate, found = places.source.translate, _district_rows(places, rows)
    lower = translate(Tier.LOWER.label)
    listing = Listing(
        _district_columns(places),
        found,
        hidden=frozenset({translate("Place, from"), translate("Place, to")}),
        emphasised=frozenset(place for place, row in enumerate(found) if lower in row),
    )
    yield from list_slides(
        places.source,
        listing,
        item=ITEM,
        key="tiers",
        title=title,
        notes=_notes(places.source, title),
        most_slides=MOST_TIER_SLIDES,
    )


def _by_region(places: PackPlaces, rows: Rows, *, title: str) -> Iterator[Slide]:
    """Number of districts of each region by tier."""
    source = places.source
    translate = source.translate
    columns = (
        FigureColumn(translate("Region"), share=3),
        *(FigureColumn(translate(tier.label), ValueKind.COUNT, share=2) for tier in Tier),
        FigureColumn(translate("No index"), ValueKind.COUNT, share=1.4),
    )
    found: list[tuple[Value, ...]] = []
    for region in places.in_order(set(places.regions.values())):
        counts = _tier_counts({code: row for code, row in rows.items() if places.regions[code] == region})
        found.append((source.name(region), *(counts[tier] for tier in (*Tier, None))))
    listing = Listing(columns, tuple(found))
    yield from list_slides(
        source,
        listing,
        item=ITEM,
        key="tiers",
        title=title,
        notes=_notes(source, title),
        most_slides=MOST_TIER_SLIDES,
    )


def _pillars(source: PackSource) -> Iterator[Slide]:
    """One slide of bars; none where no pillar has a score."""
    translate = source.translate
    now, before = _scores(source, When.NOW), _scores(source, source.earlier)
    if all(score is None for score in now.values()):
        return
    title = _pillars_title(source, now)
    names, texts = (
        [translate(pillar.label) for pillar in Pillar],
        [_score_text(source, score) for score in now.values()],
    )
    columns = (
        FigureColumn(translate("Pillar"), share=3),
        FigureColumn(translate("Now"), ValueKind.NUMBER, decimals=1),
        FigureColumn(source.earlier_name, ValueKind.NUMBER, decimals=1),
    )
    yield Slide(
        key="pillars",
        title=title,
        body=BarChart(
            categories=tuple(names),
            series=tuple(
                Series(column.title, tuple(scores.values()))
                for column, scores in zip(columns[1:], (now, before), strict=True)
            ),
            kind=ValueKind.NUMBER,
            decimals=1,
            alternative=alternative(title, zip(names, texts, strict=True)),
        ),
        figures=Table(columns, (*zip(names, now.values(), before.values(), strict=True), _index_row(source))),
        notes=lines(title + ".", translate("A pillar is the mean of its indicators, each brought to 0 to 100.")),
    )


def _scores(source: PackSource, when: When) -> Scores:
    """Score of each pillar of the pack's own area; None without data."""
    rows = source.rows("pillars", area_code=source.area_code, when=when.value)
    found = {row["pillar_code"]: row["value"] for row in rows}
    return {pillar: found.get(pillar.value) for pillar in Pillar}


def _index_row(source: PackSource) -> tuple[str, float | None, float | None]:
    """Index that the pillars make up, now and before."""
    rows = source.rows("index", area_code=source.area_code)
    found = {row["when"]: row["index_value"] for row in rows}
    name = source.translate("Effectiveness index, 0 to 100")
    return name, found.get(When.NOW.value), found.get(source.earlier.value)


def _score_text(source: PackSource, score: float | None) -> str:
    return source.fmt.missing if score is None else source.fmt.number(score, decimals=1)


def _pillars_title(source: PackSource, now: Scores) -> str:
    """The index with its interval; which pillar is the strongest is not said, as no test stands behind it."""
    translate, known = source.translate, [score for score in now.values() if score is not None]
    ends = {"low": _score_text(source, min(known)), "high": _score_text(source, max(known))}
    row = next(source.rows("index", area_code=source.area_code, when=When.NOW.value), {})
    if row.get("index_value") is None:
        return translate("There is no index; the pillars with data lie between {low} and {high}", **ends)
    index = _score_text(source, row["index_value"])
    return translate("The index is {index}; its pillars lie between {low} and {high}", index=index, **ends)

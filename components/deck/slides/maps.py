"""Slides of maps for a region or the nation: memorandum status, plan fulfilment, ratings by NGOs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from components.charts.palette import STATUS_STYLES, class_of
from components.deck.compose import certainty_cells, certainty_columns, clauses, lines, text_slide
from components.deck.model import FigureColumn, Slide, Table, ValueKind
from components.deck.places import PackPlaces, district_map
from components.deck.source import PackSource
from components.deck.texts import fitting_title
from components.indicators.verdict_texts import STANDS_OUT, beside_others, chance_note, verdict_of
from components.maps.classes import NOT_ENOUGH, indicator_classes, status_classes
from data.codes import MemorandumStatus
from data.indicators import INDICATORS, Panel, Unit, shown_on
from data.indicators.verdicts import Verdict
from data.language import N_
from data.policy import ScopeKind

MAPPED_INDICATORS = shown_on(Panel.MAP_SLIDES)
_MOST_NAMED = 20
# The typeface of pictures has no triangles, and arrows would mean a change.
BETTER_SIGN, WORSE_SIGN = "+", "−"
Rows = Mapping[str, Mapping[str, Any]]
_KINDS = {Unit.PERCENT: (ValueKind.PERCENT, 0), Unit.POINTS: (ValueKind.POINTS, 2)}


def slides(source: PackSource) -> Iterator[Slide]:
    """Map of the memorandum status and one of each mapped indicator."""
    places = PackPlaces(source)
    yield _statuses(places)
    for code in MAPPED_INDICATORS:
        yield _indicator(places, code)


def _statuses(places: PackPlaces) -> Slide:
    source = places.source
    translate = source.translate
    known = {status.value: status for status in MemorandumStatus}
    status = {
        row["district_soato"]: known[row["status_code"]]
        for row in source.rows("statuses")
        if row["status_code"] in known
    }
    columns = (*places.columns(), FigureColumn(translate("Status"), share=2))
    if not status:
        return _no_statuses(source, columns)
    order, title = list(STATUS_STYLES), _status_title(source, Counter(status.values()))
    classes = status_classes(translate=translate)
    rows = tuple((*places.cells(code), translate(status[code].label)) for code in places.in_order(status))
    return Slide(
        key="map-statuses",
        title=title,
        body=district_map(places, classes, {code: order.index(each) for code, each in status.items()}, title=title),
        figures=Table(columns, rows),
        notes=lines(title + ".", _without(places, status)),
    )


def _no_statuses(source: PackSource, columns: tuple[FigureColumn, ...]) -> Slide:
    translate = source.translate
    texts = (translate("Enter the memoranda of the districts, so that the next meeting sees where none is in force."),)
    title = translate("The status of the memoranda is not known")
    return text_slide(key="map-statuses", title=title, texts=texts, columns=columns)


def _status_title(source: PackSource, counts: Counter[MemorandumStatus]) -> str:
    translate, fmt = source.translate, source.fmt
    expiring = counts[MemorandumStatus.EXPIRING]
    in_force = counts[MemorandumStatus.IN_FORCE] + expiring
    title = translate.plural(
        "A memorandum is in force in {in_force} of {number} district",
        "A memorandum is in force in {in_force} of {number} districts",
        counts.total(),
        in_force=fmt.number(in_force),
        number=fmt.number(counts.total()),
    )
    if not expiring:
        return title
    soon = translate("in {number} of them it expires within 90 days", number=fmt.number(expiring))
    return fitting_title(clauses(title, soon), title)


def _without(places: PackPlaces, status: Mapping[str, MemorandumStatus]) -> str:
    """Districts without a memorandum in force, named if they are few; the figures name them all."""
    covered = {MemorandumStatus.IN_FORCE, MemorandumStatus.EXPIRING}
    names = [places.source.name(code) for code in places.in_order(status) if status[code] not in covered]
    if not 0 < len(names) <= _MOST_NAMED:
        return ""
    return places.source.translate("Without a memorandum in force: {districts}.", districts="; ".join(names))


def _indicator(places: PackPlaces, code: str) -> Slide:
    source, indicator = places.source, INDICATORS[code]
    found = {row["district_soato"]: row for row in source.rows("map_values", indicator_code=code)}
    values: dict[str, float | None] = {
        district: row["value"] if row["is_enough"] else None for district, row in found.items()
    }
    kind, decimals = _KINDS[indicator.unit]
    signs = {} if places.has_regions else _signs(found)
    columns = (
        *places.columns(),
        FigureColumn(source.indicator_name(code), kind, decimals, share=2),
        FigureColumn(beside_others(ScopeKind.DISTRICT, source.translate), share=2),
        *certainty_columns(source, kind, decimals=decimals),
        FigureColumn(source.translate("Cases"), ValueKind.COUNT),
    )
    known = {district: value for district, value in values.items() if value is not None}
    if not known:
        return _no_values(source, code, columns)
    title = _indicator_title(source, code, list(known.values()))
    index = {
        district: NOT_ENOUGH if value is None else class_of(value, indicator.edges(source.content.period.month_count))
        for district, value in values.items()
    }
    rows = tuple(
        (
            *places.cells(district),
            values[district],
            source.translate(verdict_of(found[district]["verdict_code"]).label),
            *certainty_cells({**found[district], "value": values[district]}),
            found[district]["n"],
        )
        for district in places.in_order(values)
    )
    return Slide(
        key=f"map-{code}",
        title=title,
        body=district_map(
            places,
            indicator_classes(indicator, months=source.content.period.month_count, translate=source.translate),
            index,
            title=title,
            keeps=NOT_ENOUGH,
            signs=signs,
        ),
        figures=Table(columns, rows),
        notes=lines(
            title + ".",
            *_outstanding(source, code, found),
            _chance(source, found),
            _unknown(source, len(values) - len(known)),
        ),
        remarks=_meaning(source, signs),
    )


def _signs(found: Rows) -> Mapping[str, str]:
    """Sign of each district that a test tells apart from all others of the country."""
    verdicts = {district: verdict_of(row["verdict_code"]) for district, row in found.items()}
    better = {Verdict.MUCH_BETTER, Verdict.BETTER}
    return {
        district: BETTER_SIGN if verdict in better else WORSE_SIGN
        for district, verdict in verdicts.items()
        if verdict in STANDS_OUT
    }


def _meaning(source: PackSource, signs: Mapping[str, str]) -> tuple[str, ...]:
    """What the signs of a map mean, where it has any."""
    if not signs:
        return ()
    return (
        source.translate(
            "{better} better, {worse} worse than all other districts of the country by more than chance",
            better=BETTER_SIGN,
            worse=WORSE_SIGN,
        ),
    )


def _no_values(source: PackSource, code: str, columns: tuple[FigureColumn, ...]) -> Slide:
    translate = source.translate
    texts = (translate("An indicator is shown as soon as it rests on enough cases: missing is not zero."),)
    title = translate("{indicator}: no district has enough data", indicator=source.indicator_name(code))
    return text_slide(key=f"map-{code}", title=title, texts=texts, columns=columns)


def _indicator_title(source: PackSource, code: str, known: Sequence[float]) -> str:
    """How many districts are above the highest edge between classes that any reaches, how many below the lowest."""
    edges, fmt = INDICATORS[code].edges(source.content.period.month_count), source.fmt
    high = next((edge for edge in reversed(edges) if max(known) >= edge), edges[0])
    low = next((edge for edge in edges if min(known) < edge), edges[-1])
    return source.translate.plural(
        "{indicator}: {high} and above in {most} of {number} district, below {low} in {least}",
        "{indicator}: {high} and above in {most} of {number} districts, below {low} in {least}",
        len(known),
        indicator=source.indicator_name(code),
        high=source.indicator_text(code, high),
        low=source.indicator_text(code, low),
        most=fmt.number(sum(value >= high for value in known)),
        least=fmt.number(sum(value < low for value in known)),
        number=fmt.number(len(known)),
    )


def _outstanding(source: PackSource, code: str, found: Rows) -> Iterator[str]:
    """For the notes: districts that a test tells apart from all others of the country, the surest first."""
    order = list(Verdict)
    for text, verdicts in (
        (N_("Better than all other districts of the country: {districts}."), (Verdict.MUCH_BETTER, Verdict.BETTER)),
        (N_("Worse than all other districts of the country: {districts}."), (Verdict.MUCH_WORSE, Verdict.WORSE)),
    ):
        named = [district for district, row in found.items() if row["verdict_code"] in verdicts]
        surest = sorted(
            named, key=lambda district: (-abs(order.index(Verdict(found[district]["verdict_code"])) - 2), district)
        )
        if not named:
            continue
        told = [
            f"{source.name(each)} {source.indicator_text(code, found[each]['value'])}" for each in surest[:_MOST_NAMED]
        ]
        if len(named) > _MOST_NAMED:
            told.append(source.translate("and {number} more", number=source.fmt.number(len(named) - _MOST_NAMED)))
        yield source.translate(text, districts="; ".join(told))


def _chance(source: PackSource, found: Rows) -> str:
    codes = [row["verdict_code"] for row in found.values()]
    tested = any(code is not None for code in codes)
    return chance_note(codes, ScopeKind.DISTRICT, fmt=source.fmt) if tested else ""


def _unknown(source: PackSource, number: int) -> str:
    if not number:
        return ""
    return source.translate.plural(
        "In {number} district there is not enough data: missing is not zero.",
        "In {number} districts there is not enough data: missing is not zero.",
        number,
        number=source.fmt.number(number),
    )

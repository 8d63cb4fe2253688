"""Slide of the districts that need help first, each with its reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from components.deck.compose import Listing, clauses, lines, list_slides, text_slide
from components.deck.model import FigureColumn, Slide, ValueKind
from components.deck.places import PackPlaces
from components.deck.source import PackSource
from components.deck.texts import fitting_title
from components.shell.formatter import lower_first
from data.codes import AgendaItem, HelpReason
from data.language import N_

# The reasons that have a figure: its digits after the decimal sign, and in few words, as a district may have them all.
_DECIMALS = {HelpReason.LOWER_TIER: 1, HelpReason.OVERDUE: 0, HelpReason.ON_PAPER: 0}
_IN_SHORT = {
    HelpReason.LOWER_TIER: N_("Index in the lower half: {number}"),
    HelpReason.OVERDUE: N_("Overdue: {number}"),
    HelpReason.ON_PAPER: N_("On paper only: {number}"),
}


def slides(source: PackSource) -> Iterator[Slide]:
    """Districts with the most pressing reasons first; a text slide where none needs help."""
    places = PackPlaces(source)
    found: dict[str, dict[HelpReason, float | None]] = {}
    known = {reason.value: reason for reason in HelpReason}
    for row in source.rows("help"):
        if row["reason_code"] in known:
            found.setdefault(row["district_soato"], {})[known[row["reason_code"]]] = row["figure"]
    if not found:
        yield _nothing(places)
        return
    title = _title(source, Counter(reason for reasons in found.values() for reason in reasons), len(found))
    why = source.translate("Why")
    listing = Listing(
        columns=(*places.columns(), FigureColumn(why, share=5), *_figure_columns(source)),
        rows=tuple(
            (*places.cells(code), _why(source, reasons), *(reasons.get(reason) for reason in _DECIMALS))
            for code, reasons in found.items()
        ),
        hidden=frozenset(column.title for column in _figure_columns(source)),
    )
    notes = lines(title + ".", source.translate("Decide today who helps each of them, how and by when."))
    yield from list_slides(source, listing, item=AgendaItem.HELP, key="help", title=title, notes=notes)


def _figure_columns(source: PackSource) -> tuple[FigureColumn, ...]:
    return tuple(
        FigureColumn(source.translate(reason.label), ValueKind.NUMBER, decimals=decimals, missing="–")
        for reason, decimals in _DECIMALS.items()
    )


def _nothing(places: PackPlaces) -> Slide:
    translate = places.source.translate
    return text_slide(
        key="help",
        title=translate("No district stands out as needing help"),
        texts=(
            translate(
                "Each has a memorandum in force, little overdue, and an index that is not clearly in the lower half."
            ),
        ),
        columns=(*places.columns(), FigureColumn(translate("Why"), share=5)),
    )


def _why(source: PackSource, reasons: Mapping[HelpReason, Any]) -> str:
    """Reasons with their figures, as clauses of one sentence."""
    texts = [_reason(source, reason, figure) for reason, figure in reasons.items()]
    return clauses(texts[0], *(lower_first(text) for text in texts[1:]))


def _reason(source: PackSource, reason: HelpReason, figure: float | None) -> str:
    if reason not in _IN_SHORT or figure is None:
        return source.translate(reason.label)
    return source.translate(_IN_SHORT[reason], number=source.fmt.number(figure, decimals=_DECIMALS[reason]))


def _title(source: PackSource, counts: Counter[HelpReason], districts: int) -> str:
    translate, fmt = source.translate, source.fmt
    count = translate.plural(
        "{number} district needs help first",
        "{number} districts need help first",
        districts,
        number=fmt.number(districts),
    )
    reason, number = max(counts.items(), key=lambda item: (item[1], -list(HelpReason).index(item[0])))
    most = translate(
        "most often: {reason} ({number})", reason=lower_first(translate(reason.label)), number=fmt.number(number)
    )
    return fitting_title(clauses(count, most), count)

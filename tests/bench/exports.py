"""How long each export of a pack takes: the largest pack, that of the nation, from the deck to the bytes of a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from statistics import median
from time import perf_counter

from components.deck.model import Deck, DistrictMap
from components.exports.chart_files import slide_csv, slide_png
from components.exports.print.pack import deck_pdf
from components.exports.slides.presentation import deck_pptx
from components.exports.workbook.workbook import deck_xlsx
from data.language import Language
from data.policy import ScopeKind
from tests.bench.figures import Figure, note
from tests.components.deck.samples import sample_deck

LONGEST_MS = 10_000
LANGUAGE = Language.RU


def _map_png(deck: Deck) -> bytes:
    slide = next(slide for slide in deck.slides if isinstance(slide.body, DistrictMap))
    return slide_png(slide, deck)


def _every_csv(deck: Deck) -> bytes:
    return b"".join(slide_csv(slide, deck) for slide in deck.slides)


EXPORTS: Mapping[str, Callable[[Deck], bytes]] = {
    "PPTX": deck_pptx,
    "PDF": deck_pdf,
    "XLSX": deck_xlsx,
    "PNG of the map": _map_png,
    "CSV of every slide": _every_csv,
}


def export_figures(repeats: int = 3) -> Iterator[Figure]:
    """The first time of each export, when nothing is kept yet, and the usual time after that."""
    deck = sample_deck(ScopeKind.NATION, LANGUAGE)
    note(f"a deck of {len(deck.slides)} slides")
    for name, export in EXPORTS.items():
        first, *later = (_milliseconds(export, deck) for _ in range(repeats + 1))
        yield _figure(f"Export, {name}, first time", first)
        yield _figure(f"Export, {name}", median(later))


def _milliseconds(export: Callable[[Deck], bytes], deck: Deck) -> float:
    start = perf_counter()
    size = len(export(deck))
    taken = (perf_counter() - start) * 1000
    note(f"{size} bytes in {taken:.0f} ms")
    return taken


def _figure(name: str, milliseconds: float) -> Figure:
    return Figure(figure=name, value=milliseconds, unit="ms", peer="10 s", peer_value=LONGEST_MS, limit=1.0)

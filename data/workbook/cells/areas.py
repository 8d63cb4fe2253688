"""Finds the area that a cell names: the nation, a region, or a district."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from data.codes import AreaLevel
from data.directory import AreaKind
from data.language import Wording
from data.workbook import errors
from data.workbook.cells.places import CITY_WORDS, REGION_WORDS, Place, PlaceIndex
from data.workbook.cells.text_matching import MatchQuality, WordIndex, fold, loose
from data.workbook.errors import CellError
from data.workbook.spellings import word_list

NATION = Wording("Nation")
_KINDS = frozenset((*REGION_WORDS, *word_list("area")))


@cache
def _nation_index() -> WordIndex[bool]:
    return WordIndex((word, True) for word in (*NATION.in_all_languages(), *word_list("nation")))


@dataclass(frozen=True)
class FoundArea:
    """Area: its level, and its SOATO code, empty for the nation."""

    level: AreaLevel
    soato: str


def find_area(places: PlaceIndex, value: object) -> FoundArea:
    """Area that a cell names. Raises :class:`CellError` where it is unknown or ambiguous."""
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
    by_code = {region.soato: region for region in places.regions}
    if text in by_code:
        return FoundArea(AreaLevel.REGION, text)
    if _nation_index().find(text)[1] >= MatchQuality.LOOSE:
        return FoundArea(AreaLevel.NATION, "")
    region, likeness = _region(places, text)
    if region is None or likeness < MatchQuality.LOOSE:
        try:
            return FoundArea(AreaLevel.DISTRICT, places.find(value).place.soato)
        except CellError:
            if region is None:
                raise
    return FoundArea(AreaLevel.REGION, region.soato)


def _region(places: PlaceIndex, text: str) -> tuple[Place | None, MatchQuality]:
    """Region that a text names, and the quality of the match; without its kind only where no other
    place has the name.
    """
    bare = {region for region in places.regions for name in region.names if _stem(name) == fold(text)}
    if bare and (len(bare) > 1 or places.has_name(text)):
        raise CellError(errors.AMBIGUOUS_AREA, value=text)
    return (bare.pop(), MatchQuality.EXACT) if bare else _region_index(places.regions).find(text)


@lru_cache(maxsize=2)
def _region_index(regions: tuple[Place, ...]) -> WordIndex[Place]:
    return WordIndex((wording, region) for region in regions for wording in _wordings(region))


def _stem(name: str) -> str:
    """Folded name without the word for its kind."""
    return " ".join(word for word in fold(name).split() if loose(word) not in CITY_WORDS and word not in _KINDS)


def _wordings(region: Place) -> Iterator[str]:
    """Names of a region, and each with the other words for its kind."""
    kinds = CITY_WORDS if region.kind_code == AreaKind.CITY else REGION_WORDS
    for name in region.names:
        yield fold(name)
        for kind in kinds:
            yield f"{_stem(name)} {kind}"
            yield f"{kind} {_stem(name)}"

"""Finding the area that a cell means: the nation, a region, or a district."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from data.codes import AreaLevel
from data.directory import AreaKind
from data.workbook import faults
from data.workbook.declaration import Wording
from data.workbook.faults import CellError
from data.workbook.folding import Likeness, WordIndex, fold, loose
from data.workbook.places import CITY_WORDS, REGION_WORDS, Directory, Place

NATION = Wording("Respublika", "Республика", "Республика", "Nation")
_NATION = WordIndex(
    (word, True)
    for word in (
        *NATION.by_language().values(), "Oʻzbekiston", "Ўзбекистон", "Узбекистан", "Uzbekistan",
        "Oʻzbekiston Respublikasi",
        "Ўзбекистон Республикаси", "Республика Узбекистан", "Republic of Uzbekistan", "Respublika boʻyicha",
        "Республика бўйича", "По республике", "Mamlakat", "Мамлакат", "Страна", "Nationwide",
    )
)  # fmt: skip
_KINDS = frozenset((*REGION_WORDS, "respublikasi", "respublika", "republic", "of"))


@dataclass(frozen=True)
class Area:
    """An area: how wide it is, and its SOATO code, empty for the nation."""

    level: AreaLevel
    soato: str


def find_area(directory: Directory, value: object) -> Area:
    """The area that a cell means. Raises :class:`CellError` where it is unknown or may be several."""
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
    by_code = {region.soato: region for region in directory.regions}
    if text in by_code:
        return Area(AreaLevel.REGION, text)
    if _NATION.find(text)[1] >= Likeness.LOOSE:
        return Area(AreaLevel.NATION, "")
    region, likeness = _region(directory, text)
    if region is None or likeness < Likeness.LOOSE:
        try:
            return Area(AreaLevel.DISTRICT, directory.find(value).place.soato)
        except CellError:
            if region is None:
                raise
    return Area(AreaLevel.REGION, region.soato)


def _region(directory: Directory, text: str) -> tuple[Place | None, Likeness]:
    """The region that a text names, and how surely; without its kind only where nothing else bears the name."""
    bare = {region for region in directory.regions for name in region.names if _stem(name) == fold(text)}
    if bare and (len(bare) > 1 or directory.has_name(text)):
        raise CellError(faults.AMBIGUOUS_AREA, value=text)
    return (bare.pop(), Likeness.EXACT) if bare else _region_index(directory.regions).find(text)


@lru_cache(maxsize=2)
def _region_index(regions: tuple[Place, ...]) -> WordIndex[Place]:
    return WordIndex((wording, region) for region in regions for wording in _wordings(region))


def _stem(name: str) -> str:
    """The folded name without the word for its kind."""
    return " ".join(word for word in fold(name).split() if loose(word) not in CITY_WORDS and word not in _KINDS)


def _wordings(region: Place) -> Iterator[str]:
    """What a region is called: its names, and each with the other words for its kind."""
    kinds = CITY_WORDS if region.kind_code == AreaKind.CITY else REGION_WORDS
    for name in region.names:
        yield fold(name)
        for kind in kinds:
            yield f"{_stem(name)} {kind}"
            yield f"{kind} {_stem(name)}"

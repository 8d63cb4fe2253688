"""Districts of a pack for several districts: regions, short names, order, table columns, and a map by class."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from components.deck.compose import alternative
from components.deck.model import DistrictMap, FigureColumn, Value
from components.deck.source import NATION, PackSource
from components.maps.view import MapClass
from data.codes import AreaLevel
from data.language import Language
from data.texts.search_keys import sort_key


@dataclass(frozen=True)
class PackPlaces:
    """Districts that the pack of a region or the nation covers."""

    source: PackSource

    @cached_property
    def regions(self) -> Mapping[str, str]:
        """Region of each district by code."""
        rows = self.source.rows("areas", level=AreaLevel.DISTRICT.value)
        return {row["area_code"]: row["region_soato"] or NATION for row in rows}

    @property
    def has_regions(self) -> bool:
        """Whether the districts belong to several regions, so that tables name the region as well."""
        return self.source.area_code == NATION

    def in_order(self, codes: Iterable[str]) -> list[str]:
        """Codes of areas sorted by region and name in the Uzbek alphabet, so that slides have the same order in each
        language.
        """
        names = {row["area_code"]: row["name_uz_latn"] for row in self.source.rows("areas")}
        keys = {code: sort_key(name, Language.UZ_LATN) for code, name in names.items()}
        return sorted(codes, key=lambda code: (keys.get(self.regions.get(code, ""), ""), keys.get(code, ""), code))

    def region(self, code: str) -> str:
        """Name of a district's region; empty where tables leave the region out."""
        return self.source.name(self.regions[code]) if self.has_regions and code in self.regions else ""

    def columns(self) -> tuple[FigureColumn, ...]:
        """Columns that name the district of a row."""
        translate = self.source.translate
        region = (FigureColumn(translate("Region"), share=3),) if self.has_regions else ()
        return (*region, FigureColumn(translate("District"), share=3))

    def cells(self, code: str) -> tuple[Value, ...]:
        """Values of a row for :meth:`columns`."""
        return (*((self.region(code),) if self.has_regions else ()), self.source.name(code))

    def labels(self) -> Mapping[str, str]:
        """Short names of districts and full names of regions, for the map."""
        fmt = self.source.fmt
        names = {row["area_code"]: (fmt.area(row), row["level"]) for row in self.source.rows("areas")}
        return {
            code: self._short(name) if level == AreaLevel.DISTRICT else name for code, (name, level) in names.items()
        }

    def _short(self, name: str) -> str:
        for long, short in self.source.translate.language.facts.short_place_words:
            name = name.replace(long, short)
        return name


def district_map(
    places: PackPlaces,
    classes: Sequence[MapClass],
    class_of_district: Mapping[str, int],
    *,
    title: str,
    keeps: int = 0,
    signs: Mapping[str, str] = MappingProxyType({}),
) -> DistrictMap:
    """Map whose legend counts the districts of each class; empty classes are left out, except the first ``keeps``.

    ``signs`` stand behind the names of districts.
    """
    translate, fmt = places.source.translate, places.source.fmt
    counts = Counter(class_of_district.values())
    shown = [index for index in range(len(classes)) if counts[index] or index < keeps]
    words = {
        index: translate("{what}: {number}", what=classes[index].label, number=fmt.number(counts[index]))
        for index in shown
    }
    return DistrictMap(
        classes=tuple(MapClass(words[index], classes[index].colour, classes[index].hatch) for index in shown),
        class_of={code: shown.index(index) for code, index in class_of_district.items()},
        alternative=alternative(title, ((classes[index].label, fmt.number(counts[index])) for index in shown)),
        region_soato=places.source.area_code,
        labels={code: f"{name} {signs[code]}" if code in signs else name for code, name in places.labels().items()},
    )

"""Areas as a reader sees them: named in the reader's language, sorted by its alphabet, found in any spelling."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING

from data.dates.period import Period
from data.dates.validity import Validity
from data.directory import name_column
from data.language import Language, Translator
from data.policy import Action, Actor, Scope, ScopeKind, may
from data.texts.search_keys import search_key, sort_key

if TYPE_CHECKING:
    import pandas as pd

NATION_CODE = "uz"
SHORTEST_SEARCH, SHORTEST_WORD = 2, 4
# Share of letters in common from which a name is taken for a misspelt one.
LIKENESS = 0.75
_VOWELS = "aeiou"


@dataclass(frozen=True)
class Area:
    """A nation, region or district; ``code`` is ``uz`` or the SOATO, ``region_soato`` is empty for the nation.

    ``validity``: the days in which a district exists; ``predecessors`` ended and became part of it, ``successors`` are
    what it became part of, by code.
    """

    code: str
    scope: Scope
    name: str
    region_soato: str = ""
    keys: tuple[str, ...] = ()
    validity: Validity = Validity()
    predecessors: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()


def is_comparable(area: Area, period: Period) -> bool:
    """Return whether an area existed in all of a period and of the same months a year before."""
    return area.validity.covers(period.year_before().first_day, period.last_day)


@dataclass(frozen=True)
class AreaDirectory:
    """All areas by code: the nation, then regions, then districts, each in alphabetical order."""

    areas: Mapping[str, Area]

    def __getitem__(self, code: str) -> Area:
        return self.areas[code]

    def __contains__(self, code: object) -> bool:
        return code in self.areas

    def name(self, code: str) -> str:
        """Return the name of an area; a code that is not in the directory is its own name."""
        return self.areas[code].name if code in self.areas else code

    def names(self) -> Mapping[str, str]:
        """Names by SOATO code, of regions and districts."""
        return {code: area.name for code, area in self.areas.items() if code != NATION_CODE}

    def of_scope(self, scope: Scope) -> Area:
        """Return the area of a scope; the nation for that of an NGO."""
        return self.areas[scope.code if scope.code in self.areas and scope.kind is not ScopeKind.NGO else NATION_CODE]

    def region_of(self, area: Area) -> Area | None:
        """Return the region of a district, or the region itself."""
        return self.areas.get(area.region_soato)

    def districts_of(self, area: Area, period: Period) -> list[Area]:
        """Return the districts of the nation, of a region, or the district itself, that existed in a period."""
        return [
            found
            for found in self.areas.values()
            if found.scope.kind is ScopeKind.DISTRICT
            and area.code in {NATION_CODE, found.region_soato, found.code}
            and found.validity.overlaps(period.first_day, period.last_day)
        ]

    def choosable(self, actor: Actor) -> list[str]:
        """Codes of the areas whose figures the actor may choose: a region's leaders see other regions as a whole."""
        return [
            code
            for code, area in self.areas.items()
            if may(actor, Action.CHOOSE_AREA, area.scope, region_soato=area.region_soato)
        ]

    def seen_in_full(self, actor: Actor, area: Area) -> Area | None:
        """Return the part of an area whose records the actor sees: all of it, the actor's own area in it, or None.

        An NGO sees its own records in any area; the queries select them.
        """
        if may(actor, Action.SEE_RECORDS, area.scope, region_soato=area.region_soato):
            return area
        home = self.of_scope(actor.home_scope)
        is_around_home = area.code in {NATION_CODE, home.region_soato}
        return home if is_around_home and may(actor, Action.SEE_RECORDS) else None

    def find(self, text: str, codes: list[str]) -> list[str]:
        """Return those of ``codes`` that a text in any script or spelling may mean, in their order.

        One whose name it is comes alone; else all that have it somewhere in a name, without regard to how the word ends
        (Фергана, Ферганская); else those whose names are much like it.
        """
        key = search_key(text)
        if len(key) < SHORTEST_SEARCH:
            return []
        exact = [code for code in codes if key in self.areas[code].keys]
        if len(exact) == 1:
            return exact
        stem = key.rstrip(_VOWELS) if len(key.rstrip(_VOWELS)) > SHORTEST_SEARCH else key
        names = {code: self.areas[code].keys for code in codes}
        return [code for code, keys in names.items() if any(stem in each for each in keys)] or [
            code for code, keys in names.items() if get_close_matches(key, _words(keys), n=1, cutoff=LIKENESS)
        ]


def make_area_directory(
    regions: pd.DataFrame, districts: pd.DataFrame, successions: pd.DataFrame, translate: Translator
) -> AreaDirectory:
    """Build the areas from the directory's frames; a district whose name is not unique has its region's name added."""
    nation = Area(NATION_CODE, Scope.nation(), translate("Uzbekistan"), keys=(search_key(translate("Uzbekistan")),))
    found = _named(regions, ScopeKind.REGION, translate)
    of_regions = {area.code: area.name for area in found}
    found_districts = _named(districts, ScopeKind.DISTRICT, translate)
    days = {
        code: Validity(_day(first), _day(last))
        for code, first, last in districts[["soato", "valid_from", "valid_to"]].itertuples(index=False)
    }
    pairs = list(successions[["predecessor_soato", "successor_soato"]].itertuples(index=False, name=None))
    names = [area.name for area in found_districts]
    told_apart = [
        replace(
            area,
            name=f"{area.name} ({of_regions[area.region_soato]})" if names.count(area.name) > 1 else area.name,
            validity=days[area.code],
            predecessors=tuple(before for before, after in pairs if after == area.code),
            successors=tuple(after for before, after in pairs if before == area.code),
        )
        for area in found_districts
    ]
    return AreaDirectory({area.code: area for area in (nation, *found, *told_apart)})


def _day(moment: pd.Timestamp) -> date | None:
    """Return the day of a moment; None for NaT."""
    return None if moment != moment else moment.date()  # noqa: PLR0124 - NaT alone differs from itself


def _words(keys: tuple[str, ...]) -> list[str]:
    """Return the names of an area, and each long word of them."""
    return [*keys, *(word for key in keys for word in key.split() if len(word) >= SHORTEST_WORD)]


def _named(frame: pd.DataFrame, kind: ScopeKind, translate: Translator) -> list[Area]:
    regions = frame["region_soato"] if "region_soato" in frame else frame["soato"]
    spellings = frame[[name_column(language) for language in Language]].itertuples(index=False)
    areas = [
        Area(code, Scope(kind, code), name, region, tuple(search_key(spelling) for spelling in spelled))
        for code, name, region, spelled in zip(
            frame["soato"], frame[name_column(translate.language)], regions, spellings, strict=True
        )
    ]
    return sorted(areas, key=lambda area: sort_key(area.name, translate.language))

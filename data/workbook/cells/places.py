"""Finds a district by its name in any language or script, by its kind where two share a name, or by its code."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from rapidfuzz import fuzz, process
from sqlalchemy import Connection, select

from data.dates.validity import Validity
from data.directory import AreaKind, area_names
from data.language import Language
from data.schema import District, DistrictSuccession, Region
from data.texts.search_keys import search_key
from data.workbook import errors
from data.workbook.cells.text_matching import LONGEST_WORD, fold, loose, visible
from data.workbook.errors import CellError
from data.workbook.spellings import word_list

DISTRICT_WORDS = frozenset(map(loose, word_list("district")))
CITY_WORDS = frozenset(map(loose, word_list("city")))
REGION_WORDS = word_list("region")
_MAHALLA_WORDS = frozenset(word_list("mahalla"))
_ASSEMBLY = "fuqarolar yigini"
_SHORTENED = (
    (re.compile(r"\bр[-–.\s]?о?н\b", re.IGNORECASE), " район "),
    (re.compile(r"\b(?:т[-–]н?и?|t[-–]n?i?)\b\.?", re.IGNORECASE), " туман "),
)
# Offices of a district stand for it.
_BESIDE = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, word_list('district_beside')))})(?!\w)\.?", re.IGNORECASE)
# "Яшнабадский район" is written "Яшнабад" too.
_ADJECTIVE = "skiy"
_SAFE_RATIO = 88.0
_SAFE_LENGTH = 6
_SAFE_MARGIN = 5.0


@dataclass(frozen=True)
class Place:
    """Region, district or city of the directory; ``names`` in the four languages, the Uzbek Latin one first.

    ``validity``: the days of a district; ``predecessors`` and ``successors`` by their names used in messages.
    """

    soato: str
    kind_code: str
    names: tuple[str, ...]
    validity: Validity = Validity()
    predecessors: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Name used in messages."""
        return self.names[0]

    def check_existed(self, first_day: date, last_day: date, *, field_code: str = "") -> None:
        """Raise :class:`CellError`, which names the districts to enter it for, unless it existed on any of the days."""
        if self.validity.overlaps(first_day, last_day):
            return
        has_ended = self.validity.last_day is not None and self.validity.last_day < first_day
        day, others = (
            (self.validity.last_day, self.successors) if has_ended else (self.validity.first_day, self.predecessors)
        )
        texts = _AFTER_END if has_ended else _BEFORE_BEGINNING
        values = {"name": self.name, "date": f"{day:%d.%m.%Y}", **({"places": ", ".join(others)} if others else {})}
        raise CellError(texts[0] if others else texts[1], field_code=field_code, **values)


_AFTER_END = (errors.DISTRICT_ENDED, errors.DISTRICT_ENDED_ALONE)
_BEFORE_BEGINNING = (errors.DISTRICT_NOT_BEGUN, errors.DISTRICT_NOT_BEGUN_ALONE)


@dataclass(frozen=True)
class FoundPlace:
    """District that was found; ``is_likely`` where a typing error was corrected."""

    place: Place
    is_likely: bool


def _split_kind(text: str) -> tuple[str, str | None]:
    """Folded name without the word of its kind, and the kind."""
    for pattern, whole in _SHORTENED:
        text = pattern.sub(whole, text)
    words = [loose(word) for word in fold(text).split()]
    kinds = {AreaKind.DISTRICT for word in words if word in DISTRICT_WORDS}
    kinds |= {AreaKind.CITY for word in words if word in CITY_WORDS}
    rest = [word for word in words if word not in DISTRICT_WORDS | CITY_WORDS]
    return "".join(rest), kinds.pop().value if len(kinds) == 1 else None


def _with_initial(name: str) -> set[str]:
    """Folded name with its first word cut to its initial, as in "M. Ulugʻbek"; none for a name of one word."""
    words = [loose(word) for word in fold(name).split()]
    words = [word for word in words if word not in DISTRICT_WORDS | CITY_WORDS]
    return {"".join([words[0][:length], *words[1:]]) for length in (1, 2)} if len(words) > 1 else set()


def _without_region(words: list[str], regions: Collection[tuple[str, ...]], longest: int) -> list[str]:
    """Words without the longest name of a region among them, which must not be all of them."""
    for length in range(min(longest, len(words) - 1), 0, -1):
        for start in range(len(words) - length + 1):
            if tuple(words[start : start + length]) in regions:
                return words[:start] + words[start + length :]
    return words


def _region_stems(region_names: Iterable[str]) -> dict[str, bool]:
    """Folded names of regions without the word for region or city, and whether the region is a city."""
    stems: dict[str, bool] = {}
    for name in region_names:
        words = fold(name).split()
        is_city = any(loose(word) in CITY_WORDS for word in words)
        rest = [word for word in words if loose(word) not in CITY_WORDS and word not in REGION_WORDS]
        stems[" ".join(rest)] = is_city or stems.get(" ".join(rest), False)
    return stems


def _region_wordings(region_names: Iterable[str], stems: Mapping[str, bool]) -> set[tuple[str, ...]]:
    """All names of regions as folded words; the city of Tashkent is a region, so its names as a city are included."""
    found = {tuple(fold(name).split()) for name in region_names}
    for stem, is_city in stems.items():
        words = tuple(stem.split())
        for kind in (*REGION_WORDS, *(CITY_WORDS if is_city else ())):
            found |= {(*words, kind), (kind, *words)}
    return found


class PlaceIndex:
    """Index of the districts and cities by the texts that name them."""

    def __init__(self, places: Iterable[Place], *, regions: Iterable[Place] = ()) -> None:
        self.by_soato: Mapping[str, Place] = {place.soato: place for place in places}
        self.regions = tuple(regions)
        names = [name for region in self.regions for name in region.names]
        self._stems = _region_stems(names)
        self._regions = _region_wordings(names, self._stems)
        self._longest_region = max(map(len, self._regions), default=0)
        self._by_name: dict[str, dict[str, Place]] = defaultdict(dict)
        for place in self.by_soato.values():
            for name in place.names:
                known, _ = _split_kind(name)
                for key in {known, known.removesuffix(_ADJECTIVE), *_with_initial(name)}:
                    self._by_name[key][place.soato] = place
        self._names = list(self._by_name)
        self._known: dict[str, FoundPlace] = {}

    def find(self, value: object) -> FoundPlace:
        """District that a cell names. Raises :class:`CellError` where it is unknown or ambiguous."""
        text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
        if text not in self._known:
            self._known[text] = self._find(text)
        return self._known[text]

    def _find(self, text: str) -> FoundPlace:
        text = _BESIDE.sub(" ", visible(text))
        if place := self.by_soato.get(re.sub(r"\D", "", re.sub(r"[.,]0+$", "", text))):
            return FoundPlace(self._confirmed(place, text), is_likely=False)
        if self._is_region(text):
            raise CellError(errors.ONLY_A_REGION, value=text)
        found = self._exactly(text) or self._exactly(self._without_region(text)) or self._in_parts(text)
        if found is not None:
            return FoundPlace(found, is_likely=False)
        # Looking for slips is slow, and thousands of rows may hold a number or a long text here.
        if len(text) > LONGEST_WORD or not re.search(r"[^\W\d_]", text):
            raise CellError(errors.UNKNOWN_DISTRICT, value=text)
        return FoundPlace(self._find_slip(text), is_likely=True)

    def _confirmed(self, place: Place, text: str) -> Place:
        """Place of a code. Raises :class:`CellError` where the text names another one besides."""
        named = self._named(re.sub(r"[\d.,]", " ", text))
        if named and place.soato not in named:
            places = ", ".join(sorted({place.name, *(other.name for other in named.values())}))
            raise CellError(errors.AMBIGUOUS_DISTRICT, value=text.strip(), places=places)
        return place

    def _is_region(self, text: str) -> bool:
        """Whether the text names a region, or has the name of a region that no city shares: Sirdaryo, Tashkent."""
        words = tuple(fold(text).split())
        if words in self._regions:
            return not any(place.kind_code == AreaKind.CITY for place in self._named(text).values())
        cities = [place for place in self._named(text).values() if place.kind_code == AreaKind.CITY]
        return " ".join(words) in self._stems and not cities

    def has_name(self, text: str) -> bool:
        """Whether a district or city of any kind has the name."""
        return bool(self._named(text))

    def _named(self, text: str) -> Mapping[str, Place]:
        name = _split_kind(text)[0]
        return self._by_name.get(name) or self._by_name.get(name.removesuffix(_ADJECTIVE), {})

    def _exactly(self, text: str) -> Place | None:
        return self._choose(self._named(text), _split_kind(text)[1], text)

    def _without_region(self, text: str) -> str:
        return " ".join(_without_region(fold(text).split(), self._regions, self._longest_region))

    def _in_parts(self, text: str) -> Place | None:
        """Single place that a part of the text names, the region's name left out."""
        parts = [part for part in re.split(r"[,;()/\n]", text) if fold(part)]
        others = [part for part in parts if tuple(fold(part).split()) not in self._regions]
        if len(others) > 1:
            others = [part for part in others if fold(part) not in self._stems] or others
        found = {place.soato: place for part in others if (place := self._exactly(part))}
        return self._choose(found, None, text)

    def _choose(self, found: Mapping[str, Place], kind: str | None, text: str) -> Place | None:
        fitting = [place for place in found.values() if kind in (None, place.kind_code)]
        if len(fitting) > 1:
            places = ", ".join(sorted(place.name for place in fitting))
            raise CellError(errors.AMBIGUOUS_DISTRICT, value=text, places=places)
        return fitting[0] if fitting else None

    def _find_slip(self, text: str) -> Place:
        name, kind = _split_kind(self._without_region(text))
        scores: dict[str, float] = defaultdict(float)
        # Names further off than the margin are no rivals of a safe one.
        cutoff = _SAFE_RATIO - _SAFE_MARGIN
        near = process.extract(name, self._names, scorer=fuzz.ratio, score_cutoff=cutoff, limit=None)
        for known, ratio, _ in near if len(name) >= _SAFE_LENGTH else ():
            for place in self._by_name[known].values():
                if kind in (None, place.kind_code):
                    scores[place.soato] = max(scores[place.soato], ratio)
        ranked = sorted(scores.items(), key=lambda item: -item[1])
        is_safe = bool(ranked) and ranked[0][1] >= _SAFE_RATIO
        if not is_safe or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < _SAFE_MARGIN):
            raise CellError(errors.UNKNOWN_DISTRICT, value=text)
        return self.by_soato[ranked[0][0]]


def load_place_index(connection: Connection) -> PlaceIndex:
    """Index of the districts and cities of the directory."""
    return PlaceIndex(_districts(connection), regions=_places(connection, Region))


def _districts(connection: Connection) -> list[Place]:
    places = {place.soato: place for place in _places(connection, District)}
    pairs = connection.execute(
        select(DistrictSuccession.predecessor_soato, DistrictSuccession.successor_soato).order_by("successor_soato")
    ).all()
    days = connection.execute(select(District.soato, District.valid_from, District.valid_to))
    return [
        replace(
            places[soato],
            validity=Validity(first_day, last_day),
            predecessors=tuple(places[before].name for before, after in pairs if after == soato),
            successors=tuple(places[after].name for before, after in pairs if before == soato),
        )
        for soato, first_day, last_day in days
    ]


def _places(connection: Connection, model: type[District] | type[Region]) -> list[Place]:
    names = [area_names(language) for language in Language]
    rows = connection.execute(select(model.soato, model.kind_code))
    return [Place(soato, kind_code, tuple(spelt[soato] for spelt in names)) for soato, kind_code in rows]


def mahalla_key(name: str) -> str:
    """Key of a mahalla: its name folded, without the words for mahalla and assembly."""
    said = search_key(name).replace(_ASSEMBLY, " ").split()
    return " ".join(word for word in said if word not in _MAHALLA_WORDS) or " ".join(said)

"""Finding a district by its name in any language or script, by its kind where two share a name, or by its code."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

from data.codes import AreaKind
from data.workbook import faults
from data.workbook.faults import CellError
from data.workbook.folding import fold, loose

_DISTRICT_WORDS = frozenset(
    ["tuman", "tumani", "tumanida", "tumanining", "tum", "t", "rayon", "rayoni", "r", "n", "rn", "district", "raion"]
)
_CITY_WORDS = frozenset(
    ["shahar", "shahri", "shahrida", "shahrining", "shah", "sh", "gor", "gorod", "goroda", "g", "city", "town"]
)
# "Яшнабадский район" is written "Яшнабад" too.
_ADJECTIVE = "skiy"
_SAFE_RATIO = 88.0
_SAFE_LENGTH = 6
_SAFE_MARGIN = 5.0


@dataclass(frozen=True)
class Place:
    """A district or city of the directory; ``names`` in the four languages, the Uzbek Latin one first."""

    soato: str
    kind_code: str
    names: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name by which messages call it."""
        return self.names[0]


@dataclass(frozen=True)
class FoundPlace:
    """A district that was found; ``is_likely`` when a slip of the pen was mended."""

    place: Place
    is_likely: bool


def _split_kind(text: str) -> tuple[str, str | None]:
    """The folded name without the word of its kind, and the kind."""
    words = [loose(word) for word in fold(re.sub(r"\bр[-–.\s]?н\b", " район ", text, flags=re.IGNORECASE)).split()]
    kinds = {AreaKind.DISTRICT for word in words if word in _DISTRICT_WORDS}
    kinds |= {AreaKind.CITY for word in words if word in _CITY_WORDS}
    rest = [word for word in words if word not in _DISTRICT_WORDS | _CITY_WORDS]
    return "".join(rest), kinds.pop().value if len(kinds) == 1 else None


def _without_region(words: list[str], regions: Iterable[tuple[str, ...]]) -> list[str]:
    for region in regions:
        length = len(region)
        for start in range(len(words) - length + 1):
            if tuple(words[start : start + length]) == region and len(words) > length:
                return words[:start] + words[start + length :]
    return words


class Directory:
    """The districts and cities, to be found by what a cell says of them."""

    def __init__(self, places: Iterable[Place], *, region_names: Iterable[str] = ()) -> None:
        self.by_soato: Mapping[str, Place] = {place.soato: place for place in places}
        self._regions = sorted({tuple(fold(name).split()) for name in region_names}, key=len, reverse=True)
        self._by_name: dict[str, dict[str, Place]] = defaultdict(dict)
        for place in self.by_soato.values():
            for name in place.names:
                known, _ = _split_kind(name)
                for key in {known, known.removesuffix(_ADJECTIVE)}:
                    self._by_name[key][place.soato] = place
        self._known: dict[str, FoundPlace] = {}

    def find(self, value: object) -> FoundPlace:
        """The district that a cell means. Raises :class:`CellError` where it is unknown or may be several."""
        text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
        if text not in self._known:
            self._known[text] = self._find(text)
        return self._known[text]

    def _find(self, text: str) -> FoundPlace:
        if re.sub(r"\D", "", text) in self.by_soato:
            return FoundPlace(self.by_soato[re.sub(r"\D", "", text)], is_likely=False)
        for reading in self._readings(text):
            name, kind = _split_kind(reading)
            found = self._choose(self._by_name.get(name, {}), kind, text)
            if found is not None:
                return FoundPlace(found, is_likely=False)
        return FoundPlace(self._find_slip(text), is_likely=True)

    def _readings(self, text: str) -> list[str]:
        """The text as it is, without the region's name, and its parts between commas, last first."""
        words = fold(text).split()
        without = " ".join(_without_region(words, self._regions))
        parts = [part for part in re.split(r"[,;()/\n]", text) if fold(part)]
        others = [part for part in reversed(parts) if tuple(fold(part).split()) not in self._regions]
        return [text, without, *(others if len(parts) > 1 else [])]

    def _choose(self, found: Mapping[str, Place], kind: str | None, text: str) -> Place | None:
        fitting = [place for place in found.values() if kind in (None, place.kind_code)]
        if len(fitting) > 1:
            places = ", ".join(sorted(place.name for place in fitting))
            raise CellError(faults.AMBIGUOUS_DISTRICT, value=text, places=places)
        return fitting[0] if fitting else None

    def _find_slip(self, text: str) -> Place:
        name, kind = _split_kind(self._readings(text)[1])
        scores: dict[str, float] = defaultdict(float)
        for known, places in self._by_name.items():
            ratio = fuzz.ratio(name, known) if len(name) >= _SAFE_LENGTH else 0.0
            for place in places.values():
                if kind in (None, place.kind_code):
                    scores[place.soato] = max(scores[place.soato], ratio)
        ranked = sorted(scores.items(), key=lambda item: -item[1])
        is_safe = bool(ranked) and ranked[0][1] >= _SAFE_RATIO
        if not is_safe or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < _SAFE_MARGIN):
            raise CellError(faults.UNKNOWN_DISTRICT, value=text)
        return self.by_soato[ranked[0][0]]

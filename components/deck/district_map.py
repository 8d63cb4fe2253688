"""The map of a slide: districts by class, with how many of them each class has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from components.deck.compose import alternative
from components.deck.model import DistrictMap, MapClass
from components.deck.places import Places


def drawn(
    places: Places, classes: Sequence[MapClass], class_of_district: Mapping[str, int], *, title: str, keeps: int = 0
) -> DistrictMap:
    """A map whose legend says how many districts each class has; the first ``keeps`` classes stay if they have none."""
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
        labels=places.labels(),
    )

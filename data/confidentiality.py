"""Release rule of confidential evaluations: which are released together, whole months first, then the rest, oldest
first.

Only counts, NGOs and months decide, never what an evaluation says: that a batch was or was not released tells nothing
about the ratings in it. :mod:`data.aggregates.release` applies the rule.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from data.indicators import METHOD


@dataclass(frozen=True)
class Pool:
    """Evaluations of one district and month that wait for release: their number by NGO."""

    district_soato: str
    year_month: int
    by_ngo: Mapping[int, int]


@dataclass(frozen=True)
class Batch:
    """Months of a district whose waiting evaluations are released together.

    ``minimum_answers`` is how many forms must answer a question for its sum to be shown: at least 5, and more than
    any two of the NGOs wrote together, so that at least 3 NGOs have answered whichever forms did not.
    """

    district_soato: str
    months: tuple[int, ...]
    minimum_answers: int


def is_large_enough(by_ngo: Mapping[int, int]) -> bool:
    """Return whether the evaluations of these NGOs may be released together: at least 5 by at least 3."""
    return sum(by_ngo.values()) >= METHOD.confidential_evaluations and len(by_ngo) >= METHOD.confidential_ngos


def batches(pools: Iterable[Pool]) -> Iterator[Batch]:
    """Return the batches that can be released; evaluations in none of them go on waiting."""
    ordered = sorted(pools, key=lambda pool: (pool.district_soato, pool.year_month))
    for district, of_district in groupby(ordered, key=lambda pool: pool.district_soato):
        left: list[Pool] = []
        for pool in of_district:
            if is_large_enough(pool.by_ngo):
                yield _batch(district, [pool])
            else:
                left.append(pool)
        yield from _accumulated(district, left)


def visible_days(formed: Sequence[Batch], *, today: date) -> list[date]:
    """Return from which day on districts see the recommendations of batches that are released today.

    Of the newest batch of a district it is today, of each older one a week later, so that what an import of past years
    brings does not all fall due on one day.
    """
    newest_first = sorted(range(len(formed)), key=lambda place: formed[place].months[-1], reverse=True)
    before, days = Counter[str](), [today] * len(formed)
    for place in newest_first:
        district = formed[place].district_soato
        days[place] = today + before[district] * timedelta(days=METHOD.confidential_days)
        before[district] += 1
    return days


def _accumulated(district: str, pools: Iterable[Pool]) -> Iterator[Batch]:
    """Return the months that are too small alone, merged from the oldest on until they are large enough."""
    gathered: list[Pool] = []
    for pool in pools:
        gathered.append(pool)
        if is_large_enough(_together(gathered)):
            yield _batch(district, gathered)
            gathered = []


def _together(pools: Iterable[Pool]) -> Counter[int]:
    counted: Counter[int] = Counter()
    for pool in pools:
        counted.update(pool.by_ngo)
    return counted


def _batch(district: str, pools: list[Pool]) -> Batch:
    busiest = _together(pools).most_common(METHOD.confidential_ngos - 1)
    minimum = max(METHOD.confidential_evaluations, 1 + sum(count for _, count in busiest))
    return Batch(district, tuple(pool.year_month for pool in pools), minimum)

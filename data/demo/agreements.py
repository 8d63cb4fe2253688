"""Memoranda of demo districts, so made that each district has on the last day the status drawn for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeVar

import numpy as np

from data.codes import Direction, MemorandumStatus, SupportKind
from data.demo.arrays import Calendar
from data.demo.organisations import Organisations
from data.demo.places import Places
from data.demo.stories import STORIES, StoryCode
from data.demo.texts import MEMORANDUM_TITLES, TERMINATION_REASONS
from data.demo.traits import Traits

T = TypeVar("T")
MAXIMUM_NGOS = 3
TERMS_DAYS = (365, 730, 1095)
ON_PAPER_SHARE, EARLIER_ON_PAPER_SHARE = 0.2, 0.4
UNUSED_DAYS = 110
_BETTER_THAN_DRAFT = {MemorandumStatus.IN_FORCE, MemorandumStatus.EXPIRING, MemorandumStatus.UPCOMING}
EARLIER_SHARE, SECOND_SHARE, DRAFT_SHARE, EXTENDED_SHARE, OPEN_ENDED_SHARE = 0.6, 0.25, 0.08, 0.3, 0.15


@dataclass(frozen=True)
class Change:
    """An amendment; without an expiry it changes other terms."""

    signed: date
    expiry: date | None


@dataclass(frozen=True)
class Agreement:
    """A memorandum as drawn; ``unused_from`` is the day from which no event refers to it."""

    number: int
    district: int
    ngo_ids: tuple[int, ...]
    title: str
    directions: tuple[Direction, ...]
    supports: tuple[SupportKind, ...]
    signed: date | None = None
    start: date | None = None
    expiry: date | None = None
    terminated: date | None = None
    termination_reason: str = ""
    changes: tuple[Change, ...] = ()
    unused_from: date = date.max

    @property
    def end(self) -> date:
        """The last day in force."""
        extended = [change.expiry for change in self.changes if change.expiry]
        expiry = extended[-1] if extended else self.expiry or date.max
        return min(expiry, self.terminated - timedelta(days=1)) if self.terminated else expiry


@dataclass(frozen=True)
class Terms:
    """The dates of a memorandum."""

    signed: date | None = None
    start: date | None = None
    expiry: date | None = None
    terminated: date | None = None
    changes: tuple[Change, ...] = ()


@dataclass
class AgreementMaker:
    """Draws memoranda one after another; ids are their numbers."""

    places: Places
    organisations: Organisations
    calendar: Calendar
    rng: np.random.Generator
    made: list[Agreement] = field(default_factory=list)

    def _before(self, earliest: int, latest: int) -> date:
        return self.calendar.until - timedelta(days=int(self.rng.integers(earliest, latest)))

    def _after(self, earliest: int, latest: int) -> date:
        return self.calendar.until + timedelta(days=int(self.rng.integers(earliest, latest)))

    def terms(self, status: str) -> Terms:
        """Dates that give ``status`` on the last day."""
        match MemorandumStatus(status):
            case MemorandumStatus.IN_FORCE:
                return self._in_force()
            case MemorandumStatus.EXPIRING:
                return self._ending(self._after(3, 89))
            case MemorandumStatus.EXPIRED:
                return self._ending(self._before(5, 420))
            case MemorandumStatus.UPCOMING:
                start = self._after(5, 50)
                return Terms(self._before(1, 20), start, start + timedelta(days=730))
            case MemorandumStatus.TERMINATED:
                start = self._before(260, 700)
                terminated = start + timedelta(days=int(self.rng.integers(100, 250)))
                return Terms(start, start, start + timedelta(days=1095), terminated)
            case _:
                return Terms()

    def _ending(self, end: date) -> Terms:
        start = end - timedelta(days=int(self.rng.choice(TERMS_DAYS[:2])))
        return Terms(start - timedelta(days=int(self.rng.integers(0, 15))), start, end)

    def _in_force(self) -> Terms:
        start = self._before(130, 1050)
        signed = start - timedelta(days=int(self.rng.integers(0, 15)))
        if self.rng.random() < OPEN_ENDED_SHARE:
            return Terms(signed, start)
        if start < self.calendar.until - timedelta(days=420) and self.rng.random() < EXTENDED_SHARE:
            return self._extended(signed, start)
        enough = [days for days in TERMS_DAYS if start + timedelta(days=days) > self.calendar.until + timedelta(95)]
        return Terms(signed, start, start + timedelta(days=int(self.rng.choice(enough or [1460]))))

    def _extended(self, signed: date, start: date) -> Terms:
        expiry = start + timedelta(days=365)
        changes = [Change(expiry - timedelta(days=14), expiry + timedelta(days=1095))]
        if self.rng.random() < EXTENDED_SHARE:
            changes.append(Change(self._before(10, 60), None))
        return Terms(signed, start, expiry, changes=tuple(changes))

    def add(self, district: int, terms: Terms, *, is_unused: bool = False) -> Agreement:
        """Make a memorandum of a district with these dates."""
        known = self.organisations.ids_by_district[district]
        count = min(len(known), int(self.rng.choice([1, 2, MAXIMUM_NGOS], p=[0.5, 0.35, 0.15])))
        unused_from = self._some_day_of(terms) if is_unused else date.max
        agreement = Agreement(
            number=len(self.made) + 1,
            district=district,
            ngo_ids=tuple(sorted(self.rng.choice(known, size=count, replace=False).tolist())),
            title=str(self.rng.choice(MEMORANDUM_TITLES)),
            directions=self._some(tuple(Direction), 2, 5),
            supports=self._some(tuple(SupportKind), 1, 4),
            signed=terms.signed,
            start=terms.start,
            expiry=terms.expiry,
            terminated=terms.terminated,
            termination_reason=str(self.rng.choice(TERMINATION_REASONS)) if terms.terminated else "",
            changes=terms.changes,
            unused_from=unused_from,
        )
        self.made.append(agreement)
        return agreement

    def _some_day_of(self, terms: Terms) -> date:
        """A day of the term so long ago that a memorandum not used since lives on paper."""
        start = terms.start or self.calendar.until
        latest = min(terms.expiry or date.max, self.calendar.until - timedelta(days=UNUSED_DAYS))
        return start + timedelta(days=int(self.rng.integers(0, max(1, (latest - start).days))))

    def _some(self, items: tuple[T, ...], fewest: int, most: int) -> tuple[T, ...]:
        count = int(self.rng.integers(fewest, most))
        return tuple(items[pick] for pick in sorted(self.rng.choice(len(items), size=count, replace=False)))


def draw_agreements(
    places: Places, organisations: Organisations, traits: Traits, calendar: Calendar, rng: np.random.Generator
) -> list[Agreement]:
    """All memoranda; a district without any has none in the list."""
    maker = AgreementMaker(places, organisations, calendar, rng)
    on_paper = places.index(STORIES[StoryCode.ON_PAPER].district_soato)
    told = {places.index(story.district_soato) for story in STORIES.values()}
    for district, status in enumerate(traits.status):
        if district == on_paper:
            start = calendar.until - timedelta(days=460)
            maker.add(district, Terms(start, start, start + timedelta(days=1460)))
        elif status != MemorandumStatus.NONE:
            _draw_district(maker, district, str(status), is_told=district in told)
    return maker.made


def _draw_district(maker: AgreementMaker, district: int, status: str, *, is_told: bool) -> None:
    """The memorandum that gives the status, and perhaps an earlier one, a second one and a draft."""
    rng = maker.rng
    best = maker.terms(status)
    can_be_unused = status == MemorandumStatus.IN_FORCE and not is_told
    is_unused = can_be_unused and rng.random() < ON_PAPER_SHARE
    if best.start and status != MemorandumStatus.TERMINATED and rng.random() < EARLIER_SHARE:
        end = min(best.start, maker.calendar.until) - timedelta(days=int(rng.integers(10, 120)))
        start = end - timedelta(days=365)
        maker.add(district, Terms(start, start, end), is_unused=rng.random() < EARLIER_ON_PAPER_SHARE)
    maker.add(district, best, is_unused=is_unused)
    if can_be_unused and rng.random() < SECOND_SHARE:
        maker.add(district, maker.terms(status), is_unused=rng.random() < ON_PAPER_SHARE)
    if status in _BETTER_THAN_DRAFT and rng.random() < DRAFT_SHARE:
        maker.add(district, Terms())

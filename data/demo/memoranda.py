"""Memoranda with their obligations, drawn so that each district has its status on the last day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, TypeVar

import numpy as np

from data.codes import Direction, MemorandumStatus, Party, SupportKind
from data.demo.bulk import columns_of
from data.demo.places import Organisations, Places
from data.demo.shared import TEXTS, Calendar, Columns, rank_in_group
from data.demo.stories import STORIES, StoryCode
from data.demo.traits import Traits
from data.schema import (
    Base,
    Memorandum,
    MemorandumAmendment,
    MemorandumDirection,
    MemorandumNgo,
    MemorandumSupport,
)

T = TypeVar("T")
MAXIMUM_NGOS = 3
TERMS_DAYS = (365, 730, 1095)
ON_PAPER_SHARE, EARLIER_ON_PAPER_SHARE = 0.2, 0.4
UNUSED_DAYS = 110
_BETTER_THAN_DRAFT = {MemorandumStatus.IN_FORCE, MemorandumStatus.EXPIRING, MemorandumStatus.UPCOMING}
EARLIER_SHARE, SECOND_SHARE, DRAFT_SHARE, EXTENDED_SHARE, OPEN_ENDED_SHARE = 0.6, 0.25, 0.08, 0.3, 0.15
DUE_AHEAD_DAYS = 200


@dataclass(frozen=True)
class DrawnAmendment:
    """Amendment; without an expiry it changes other terms."""

    signed: date
    expiry: date | None


@dataclass(frozen=True)
class DrawnMemorandum:
    """Memorandum as drawn; ``unused_from`` is the day from which no event refers to it."""

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
    changes: tuple[DrawnAmendment, ...] = ()
    unused_from: date = date.max

    @property
    def end(self) -> date:
        """Last day in force."""
        extended = [change.expiry for change in self.changes if change.expiry]
        expiry = extended[-1] if extended else self.expiry or date.max
        return min(expiry, self.terminated - timedelta(days=1)) if self.terminated else expiry


@dataclass(frozen=True)
class Terms:
    """Dates of a memorandum."""

    signed: date | None = None
    start: date | None = None
    expiry: date | None = None
    terminated: date | None = None
    changes: tuple[DrawnAmendment, ...] = ()


@dataclass
class MemorandumGenerator:
    """Draws memoranda one after another; ids are their numbers."""

    places: Places
    organisations: Organisations
    calendar: Calendar
    rng: np.random.Generator
    made: list[DrawnMemorandum] = field(default_factory=list)

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
        changes = [DrawnAmendment(expiry - timedelta(days=14), expiry + timedelta(days=1095))]
        if self.rng.random() < EXTENDED_SHARE:
            changes.append(DrawnAmendment(self._before(10, 60), None))
        return Terms(signed, start, expiry, changes=tuple(changes))

    def add(self, district: int, terms: Terms, *, is_unused: bool = False) -> DrawnMemorandum:
        """Add a memorandum of a district with these dates."""
        known = self.organisations.ids_by_district[district]
        count = min(len(known), int(self.rng.choice([1, 2, MAXIMUM_NGOS], p=[0.5, 0.35, 0.15])))
        unused_from = self._some_day_of(terms) if is_unused else date.max
        memorandum = DrawnMemorandum(
            number=len(self.made) + 1,
            district=district,
            ngo_ids=tuple(sorted(self.rng.choice(known, size=count, replace=False).tolist())),
            title=str(self.rng.choice(TEXTS["memorandum_titles"])),
            directions=self._some(tuple(Direction), 2, 5),
            supports=self._some(tuple(SupportKind), 1, 4),
            signed=terms.signed,
            start=terms.start,
            expiry=terms.expiry,
            terminated=terms.terminated,
            termination_reason=str(self.rng.choice(TEXTS["termination_reasons"])) if terms.terminated else "",
            changes=terms.changes,
            unused_from=unused_from,
        )
        self.made.append(memorandum)
        return memorandum

    def _some_day_of(self, terms: Terms) -> date:
        """Day of the term so long ago that a memorandum not used since is on paper only."""
        start = terms.start or self.calendar.until
        latest = min(terms.expiry or date.max, self.calendar.until - timedelta(days=UNUSED_DAYS))
        return start + timedelta(days=int(self.rng.integers(0, max(1, (latest - start).days))))

    def _some(self, items: tuple[T, ...], fewest: int, most: int) -> tuple[T, ...]:
        count = int(self.rng.integers(fewest, most))
        return tuple(items[pick] for pick in sorted(self.rng.choice(len(items), size=count, replace=False)))


def draw_memoranda(
    places: Places, organisations: Organisations, traits: Traits, calendar: Calendar, rng: np.random.Generator
) -> list[DrawnMemorandum]:
    """All memoranda; a district without any has none in the list."""
    maker = MemorandumGenerator(places, organisations, calendar, rng)
    on_paper = places.index(STORIES[StoryCode.ON_PAPER].district_soato)
    told = {places.index(story.district_soato) for story in STORIES.values()}
    for district, status in enumerate(traits.status):
        if district == on_paper:
            start = calendar.until - timedelta(days=460)
            maker.add(district, Terms(start, start, start + timedelta(days=1460)))
        elif status != MemorandumStatus.NONE:
            _draw_district(maker, district, str(status), is_told=district in told)
    return maker.made


def _draw_district(maker: MemorandumGenerator, district: int, status: str, *, is_told: bool) -> None:
    """Add the memorandum that gives the status, and possibly an earlier one, a second one and a draft."""
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


def memorandum_tables(memoranda: Sequence[DrawnMemorandum], places: Places) -> Iterator[tuple[type[Base], Columns]]:
    """Rows of the memoranda and of all dependent tables except obligations."""
    yield Memorandum, columns_of([_memorandum_row(item, places) for item in memoranda])
    ngos = [(item.number, ngo) for item in memoranda for ngo in item.ngo_ids]
    yield MemorandumNgo, _pairs("ngo_id", ngos)
    directions = [(item.number, code.value) for item in memoranda for code in item.directions]
    yield MemorandumDirection, _pairs("direction_code", directions)
    supports = [(item.number, code.value) for item in memoranda for code in item.supports]
    yield MemorandumSupport, _pairs("support_code", supports)
    changes = [
        {
            "memorandum_id": item.number,
            "number": number,
            "signed_date": change.signed,
            "expiry_date": change.expiry,
            "text": TEXTS["amendment_of_term" if change.expiry else "amendment_of_terms"],
        }
        for item in memoranda
        for number, change in enumerate(item.changes, start=1)
    ]
    yield MemorandumAmendment, columns_of(_with_ids(changes))


def _pairs(column: str, pairs: Sequence[tuple[int, Any]]) -> Columns:
    return {"memorandum_id": [number for number, _ in pairs], column: [value for _, value in pairs]}


def _memorandum_row(item: DrawnMemorandum, places: Places) -> dict[str, Any]:
    year = f"{item.signed.year}/" if item.signed else ""
    return {
        "id": item.number,
        "district_soato": places.soatos[item.district],
        "number": f"HM-{year}{item.number:03d}",
        "title": item.title,
        "signed_date": item.signed,
        "start_date": item.start,
        "expiry_date": item.expiry,
        "terminated_date": item.terminated,
        "termination_reason": item.termination_reason,
    }


def obligation_columns(
    memoranda: Sequence[DrawnMemorandum], traits: Traits, calendar: Calendar, rng: np.random.Generator
) -> Columns:
    """Rows of ``obligation``: due over the term; the better a district, the more of them fulfilled, and in time."""
    rows = [
        _obligation_row(item, text, party, quality=float(traits.quality[item.district, 1]), calendar=calendar, rng=rng)
        for item in memoranda
        if item.start
        for party in Party
        for text in rng.choice(TEXTS["obligations"][party], size=int(rng.integers(1, 4)), replace=False).tolist()
    ]
    in_order = rank_in_group(np.array([row["memorandum_id"] for row in rows]))
    numbered = [{**row, "number": str(place + 1)} for row, place in zip(rows, in_order.tolist(), strict=True)]
    return columns_of(_with_ids(numbered))


def _obligation_row(
    item: DrawnMemorandum, text: str, party: Party, *, quality: float, calendar: Calendar, rng: np.random.Generator
) -> dict[str, Any]:
    start = item.start or calendar.until
    latest = min(item.end, max(calendar.until, start) + timedelta(days=DUE_AHEAD_DAYS))
    due = start + timedelta(days=int(rng.integers(30, max(31, (latest - start).days))))
    fulfilled = due + timedelta(days=round(rng.normal(4 - 4 * (quality - 3), 14)))
    is_fulfilled = start <= fulfilled <= min(calendar.until, item.end) and rng.random() < 0.6 + 0.08 * quality
    return {
        "memorandum_id": item.number,
        "party_code": party.value,
        "text": text,
        "due_date": due,
        "fulfilled_date": fulfilled if is_fulfilled else None,
        "evidence": TEXTS["evidence"].format(number=int(rng.integers(1, 300))) if is_fulfilled else "",
    }


def _with_ids(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"id": number, **row} for number, row in enumerate(rows, start=1)]

"""Coordination meetings of the demo: quarterly in the districts, some of regions and the nation, with decisions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import numpy as np

from data.codes import AreaLevel, DecisionCauseKind
from data.demo.bulk import columns_of, public_key
from data.demo.memoranda import DrawnMemorandum
from data.demo.registers import Rows, pick
from data.demo.shared import TEXTS, Columns, FloatArray
from data.demo.world import World, exchange_activity, on_day
from data.schema import Base, Decision, DecisionCause, Meeting

MEETING_SHARE = 0.9
FEWEST_DECISIONS, MOST_DECISIONS = 2, 6
ON_INDICATOR_SHARE, LATE_SHARE = 0.7, 0.6
# Each meeting opens with what is overdue, so what was forgotten is done in the end.
LONGEST_FORGOTTEN_DAYS = 240
_KIND = DecisionCauseKind


@dataclass
class MeetingGenerator:
    """Generates rows of meetings, decisions and their causes."""

    world: World
    diligence: FloatArray
    memoranda: dict[int, list[DrawnMemorandum]]
    obligations: dict[int, Rows]
    rng: np.random.Generator
    meetings: Rows = field(default_factory=list)
    decisions: Rows = field(default_factory=list)
    causes: Rows = field(default_factory=list)

    def hold(self, level: AreaLevel, area_code: str, day: date, *, district: int | None = None) -> None:
        """Add a meeting of an area, with its decisions; ``district`` is its position where it is one."""
        quarter = (day.month - 1) // 3 or 4
        year = day.year - (quarter == 4)
        self.meetings.append(
            {
                "id": len(self.meetings) + 1,
                "scope_code": level.value,
                "area_code": area_code,
                "number": f"{year}/{quarter}",
                "title": TEXTS["meetings"][level.value].format(quarter=quarter),
                "meeting_date": day,
            }
        )
        chances = on_day(self.diligence, day, self.world.calendar)
        kept = float(chances.mean()) if district is None else float(chances[district])
        for number in range(1, int(self.rng.integers(FEWEST_DECISIONS, MOST_DECISIONS)) + 1):
            self._decide(number, day, district, kept)

    def _decide(self, number: int, day: date, district: int | None, kept: float) -> None:
        text, kind, reference = self._subject(day, district)
        due = day + timedelta(days=int(self.rng.integers(3, 12)) * 7)
        draw = self.rng.random()
        if draw < kept:
            done = due - timedelta(days=int(self.rng.integers(0, min(20, (due - day).days))))
        else:
            done = due + timedelta(days=int(self.rng.integers(3, 60)))
        is_remembered = draw < kept + (1 - kept) * LATE_SHARE
        if not is_remembered:
            done += timedelta(days=LONGEST_FORGOTTEN_DAYS)
        is_done = done <= self.world.calendar.until
        decision_id = len(self.decisions) + 1
        self.decisions.append(
            {
                "id": decision_id,
                "public_id": public_key("decision", decision_id),
                "version": 1,
                "meeting_id": len(self.meetings),
                "number": number,
                "text": text,
                "owner": pick(TEXTS["owners"], self.rng),
                "due_date": due,
                "done_date": done if is_done else None,
                "evidence": self._evidence(done, is_drawn=is_remembered) if is_done else "",
            }
        )
        self.causes.append({"decision_id": decision_id, "kind_code": kind.value, "reference": reference})

    def _evidence(self, done: date, *, is_drawn: bool) -> str:
        """Number of a document; of late decisions derived from the date, not drawn."""
        number = int(self.rng.integers(1, 300)) if is_drawn else done.timetuple().tm_yday
        return str(TEXTS["decision_evidence"]).format(number=number)

    def _subject(self, day: date, district: int | None) -> tuple[str, DecisionCauseKind, str]:
        """Text and cause of a decision: an indicator, an overdue obligation or a memorandum of the district."""
        if district is not None and self.rng.random() >= ON_INDICATOR_SHARE:
            overdue = [row for row in self.obligations.get(district, []) if _is_overdue(row, day)]
            if overdue:
                row = pick(overdue, self.rng)
                return TEXTS["decision_on_obligation"].format(text=row["text"]), _KIND.OBLIGATION, str(row["id"])
            standing = [item for item in self.memoranda.get(district, []) if _stands(item, day)]
            if standing:
                item = pick(standing, self.rng)
                return TEXTS["decision_on_memorandum"].format(number=item.number), _KIND.MEMORANDUM, str(item.number)
        code, text = pick(tuple(TEXTS["decisions"].items()), self.rng)
        return text, _KIND.INDICATOR, code


def _is_overdue(row: dict[str, Any], day: date) -> bool:
    fulfilled: date | None = row["fulfilled_date"]
    due: date = row["due_date"]
    return due < day and (fulfilled is None or fulfilled > day)


def _stands(item: DrawnMemorandum, day: date) -> bool:
    return item.start is not None and item.start <= day <= item.end


def meeting_tables(
    world: World, diligence: FloatArray, obligations: Columns, rng: np.random.Generator
) -> Iterator[tuple[type[Base], Columns]]:
    """Rows of meetings, decisions and causes, after the quarters that have ended."""
    memoranda: dict[int, list[DrawnMemorandum]] = {}
    for item in world.memoranda:
        memoranda.setdefault(item.district, []).append(item)
    book = MeetingGenerator(world, diligence, memoranda, _by_district(obligations, world.memoranda), rng)
    regions = sorted(set(world.places.region_soatos))
    for quarter_end in _quarter_ends(world):
        for district, lively in enumerate(exchange_activity(world)):
            if lively > 0 and rng.random() < MEETING_SHARE:
                day = _soon_after(quarter_end, rng, 5, 16)
                book.hold(AreaLevel.DISTRICT, world.places.soatos[district], day, district=district)
        if quarter_end.month in {6, 12}:
            for region in regions:
                book.hold(AreaLevel.REGION, region, _soon_after(quarter_end, rng, 17, 24))
            book.hold(AreaLevel.NATION, "", _soon_after(quarter_end, rng, 25, 28))
    yield Meeting, columns_of(book.meetings)
    yield Decision, columns_of(book.decisions)
    yield DecisionCause, columns_of(book.causes)


def _by_district(obligations: Columns, memoranda: Sequence[DrawnMemorandum]) -> dict[int, Rows]:
    district_of = {item.number: item.district for item in memoranda}
    rows: dict[int, Rows] = {}
    for values in zip(*obligations.values(), strict=True):
        row = dict(zip(obligations, values, strict=True))
        rows.setdefault(district_of[row["memorandum_id"]], []).append(row)
    return rows


def _quarter_ends(world: World) -> list[date]:
    """Last days of the quarters whose meetings can all be held by the last day."""
    ends = [
        date(year, month, 31 if month in {3, 12} else 30) for year in world.calendar.years for month in (3, 6, 9, 12)
    ]
    return [end for end in ends if end + timedelta(days=30) <= world.calendar.until]


def _soon_after(day: date, rng: np.random.Generator, earliest: int, latest: int) -> date:
    later = day + timedelta(days=int(rng.integers(earliest, latest)))
    return later + timedelta(days=max(0, 7 - later.weekday()) if later.weekday() > 4 else 0)

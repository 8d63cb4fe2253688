"""Texts of decisions: state, causes and effects. Converts frames to texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from components.charts.palette import BadgeColour
from components.shell.formatter import Formatter, is_missing
from data.codes import AttentionKind, DecisionCauseKind, DecisionState
from data.indicators import INDICATORS
from data.meetings import Cause

if TYPE_CHECKING:
    import pandas as pd

STATE_ICONS: Mapping[DecisionState, str] = {
    DecisionState.OPEN: ":material/pending_actions:",
    DecisionState.OVERDUE: ":material/assignment_late:",
    DecisionState.DONE: ":material/task_alt:",
    DecisionState.DONE_LATE: ":material/task_alt:",
}
STATE_COLOURS: Mapping[DecisionState, BadgeColour] = {
    DecisionState.OPEN: "gray",
    DecisionState.OVERDUE: "orange",
    DecisionState.DONE: "blue",
    DecisionState.DONE_LATE: "gray",
}
IS_DONE = frozenset({DecisionState.DONE, DecisionState.DONE_LATE})
CAUSES_OF_KINDS: Mapping[str, DecisionCauseKind] = {
    AttentionKind.EXPIRING: DecisionCauseKind.MEMORANDUM,
    AttentionKind.ON_PAPER: DecisionCauseKind.MEMORANDUM,
    AttentionKind.OBLIGATION_OVERDUE: DecisionCauseKind.OBLIGATION,
    AttentionKind.RECOMMENDATION_OVERDUE: DecisionCauseKind.RECOMMENDATION,
    AttentionKind.DECISION_OVERDUE: DecisionCauseKind.DECISION,
    DecisionCauseKind.INDICATOR: DecisionCauseKind.INDICATOR,
}
LONGEST_TITLE = 120
DEADLINE_DAYS_AHEAD = 180
SATURDAY = 5


@dataclass(frozen=True)
class DecisionCard:
    """Texts of one decision, with the initial values of its form; ``version`` is the one that is shown."""

    public_id: str
    version: int
    state: DecisionState
    heading: str
    deadline_text: str
    text: str
    owner: str
    meeting_date: date
    due_date: date
    done_date: date | None
    evidence: str
    causes: tuple[str, ...]
    changes: tuple[str, ...]

    @property
    def is_done(self) -> bool:
        """Whether it was done, in time or late."""
        return self.state in IS_DONE


def pressing_first(frame: pd.DataFrame) -> pd.DataFrame:
    """Return decisions in order: overdue ones first, then open ones, then what was done last."""
    rows = zip(frame["state_code"], frame["due_date"], frame["done_date"], strict=True)
    keys = [_pressing(*row) for row in rows]
    return frame.iloc[sorted(range(len(keys)), key=keys.__getitem__)]


def _pressing(state_code: str, due: Any, done: Any) -> tuple[int, int]:  # noqa: ANN401 - what cells of a frame hold
    if DecisionState(state_code) in IS_DONE:
        return 2, -as_date(done).toordinal()
    return int(state_code != DecisionState.OVERDUE), as_date(due).toordinal()


def decision_cards(
    frame: pd.DataFrame, *, finalised: pd.DataFrame | None = None, today: date, fmt: Formatter
) -> list[DecisionCard]:
    """Return the rows of ``decisions`` as texts, in their order.

    ``finalised`` are the decisions of a pack, whose figures say what a decision changed.
    """
    changes = decision_change_texts(finalised, fmt) if finalised is not None else {}
    return [_card(row, changes.get(row["public_id"], ()), today, fmt) for row in frame.to_dict("records")]


def _card(row: Mapping[Any, Any], changes: tuple[str, ...], today: date, fmt: Formatter) -> DecisionCard:
    state, due, done = DecisionState(row["state_code"]), as_date(row["due_date"]), row["done_date"]
    done_date = None if is_missing(done) else as_date(done)
    heading = fmt.translate(
        "Meeting {meeting}, {date}, decision {number}",
        meeting=row["meeting_number"],
        date=fmt.date(as_date(row["meeting_date"])),
        number=row["number"],
    )
    return DecisionCard(
        public_id=row["public_id"],
        version=int(row["version"]),
        state=state,
        heading=heading,
        deadline_text=_deadline_text(due, done_date, today, fmt),
        text=row["text"],
        owner=row["owner"],
        meeting_date=as_date(row["meeting_date"]),
        due_date=due,
        done_date=done_date,
        evidence=row["evidence"],
        causes=tuple(
            cause_text(Cause.parse(text), title, fmt)
            for text, title in zip(row["causes"], row["cause_titles"], strict=True)
        ),
        changes=changes,
    )


def as_date(value: Any) -> date:  # noqa: ANN401 - what a cell of a frame holds
    """Return a day of a frame as a date, whether the cell has a date or a timestamp."""
    return value.date() if hasattr(value, "date") else value  # type: ignore[no-any-return]


def _deadline_text(due: date, done: date | None, today: date, fmt: Formatter) -> str:
    translate = fmt.translate
    if done is not None:
        return translate("Deadline {due}, done on {done}", due=fmt.date(due), done=fmt.date(done))
    return translate("Deadline {due}: {when}", due=fmt.date(due), when=fmt.deadline((due - today).days))


def cause_text(cause: Cause, title: str, fmt: Formatter) -> str:
    """Return a cause as text: its kind with its title, an indicator by its name; of a deleted thing only the kind."""
    kind = fmt.translate(cause.kind.label)
    if cause.kind is DecisionCauseKind.INDICATOR and cause.reference in INDICATORS:
        title = fmt.translate(INDICATORS[cause.reference].name)
    return fmt.translate("{kind}: {title}", kind=kind, title=shortened(title)) if title else kind


def cause_labels(proposals: pd.DataFrame, fmt: Formatter) -> dict[str, str]:
    """Return possible causes as codes with texts: those of a pack's proposals, then every other indicator."""
    found: dict[str, str] = {}
    for row in proposals.to_dict("records"):
        kind = CAUSES_OF_KINDS.get(row["kind_code"])
        if kind is not None and row["reference"]:
            cause = Cause(kind, row["reference"])
            found[str(cause)] = cause_text(cause, _title(row), fmt)
    indicators = [Cause(DecisionCauseKind.INDICATOR, code) for code in INDICATORS]
    return found | {str(cause): cause_text(cause, "", fmt) for cause in indicators if str(cause) not in found}


def _title(row: Mapping[Any, Any]) -> str:
    return " – ".join(row[part] for part in ("number", "title") if row[part])


def shortened(text: str, *, limit: int = LONGEST_TITLE) -> str:
    """Return a text on one line, cut between words where it is longer than ``limit``."""
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[:limit].rsplit(' ', 1)[0]}…"


def decision_change_texts(finalised: pd.DataFrame, fmt: Formatter) -> dict[str, tuple[str, ...]]:
    """Return changes of the indicators that caused decisions, by ``public_id``; from a pack's frame of decisions."""
    changes: dict[str, tuple[str, ...]] = {}
    for row in finalised.to_dict("records"):
        is_indicator = row["cause_kind_code"] == DecisionCauseKind.INDICATOR.value
        if not is_indicator or is_missing(row["cause_then"]) or is_missing(row["cause_now"]):
            continue
        change = change_text(row["cause_reference"], row["cause_then"], row["cause_now"], fmt)
        changes[row["public_id"]] = (*changes.get(row["public_id"], ()), change)
    return changes


def change_text(code: str, then: float, now: float, fmt: Formatter) -> str:
    """Return the value of an indicator when a decision was taken and now, and the change between them."""
    indicator = INDICATORS[code]
    return fmt.translate(
        "{indicator}: {then} then, {now} now ({change})",
        indicator=fmt.translate(indicator.name),
        then=fmt.indicator_value(indicator, then),
        now=fmt.indicator_value(indicator, now),
        change=fmt.indicator_change(indicator, now - then),
    )


def deadline_labels(meeting_date: date, *, today: date, fmt: Formatter, present: date | None = None) -> dict[str, str]:
    """Return possible deadlines as ISO dates with texts: working days ahead, and the ``present`` deadline."""
    first = max(meeting_date, today)
    days = [first + timedelta(days=ahead) for ahead in range(DEADLINE_DAYS_AHEAD + 1)]
    chosen = {day for day in days if day.weekday() < SATURDAY} | ({present} if present else set())
    return {day.isoformat(): day_text(day, today, fmt) for day in sorted(chosen)}


def day_text(day: date, today: date, fmt: Formatter) -> str:
    """Return a deadline with the days left."""
    when = fmt.deadline((day - today).days)
    return fmt.translate("{date} ({when})", date=fmt.date(day), when=when)

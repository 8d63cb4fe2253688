"""Texts of recommendation threads: what was said, the answer, the state. Converts frames to texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from components.charts.palette import BadgeColour
from components.shell.formatter import Formatter, is_missing
from data.codes import Party, RecommendationAction, RecommendationState
from data.indicators import METHOD

if TYPE_CHECKING:
    import pandas as pd

STATE_ICONS: Mapping[RecommendationState, str] = {
    RecommendationState.NEW: ":material/mark_chat_unread:",
    RecommendationState.ACCEPTED: ":material/assignment_ind:",
    RecommendationState.DECLINED: ":material/do_not_disturb_on:",
    RecommendationState.DONE: ":material/hourglass_top:",
    RecommendationState.CLOSED: ":material/task_alt:",
}
STATE_COLOURS: Mapping[RecommendationState, BadgeColour] = {
    RecommendationState.NEW: "orange",
    RecommendationState.ACCEPTED: "blue",
    RecommendationState.DECLINED: "gray",
    RecommendationState.DONE: "gray",
    RecommendationState.CLOSED: "blue",
}


@dataclass(frozen=True)
class Badge:
    """A label with its icon, which the colour only repeats."""

    text: str
    icon: str
    colour: BadgeColour


@dataclass(frozen=True)
class ThreadLine:
    """A translated heading and the text that somebody wrote below it, which is shown as text, never as markup."""

    heading: str
    text: str = ""


@dataclass(frozen=True)
class Thread:
    """Texts of one recommendation; ``state`` and the like are for the actions below it."""

    public_id: str
    district_soato: str
    state: RecommendationState
    is_final: bool
    owner: str
    deadline: str
    badges: tuple[Badge, ...]
    source: str
    said: str
    came: tuple[ThreadLine, ...]
    notice: str
    steps: tuple[ThreadLine, ...]
    event_id: int = 0
    """Event of a recommendation whose reader may know it."""


def thread_texts(frame: pd.DataFrame, steps: pd.DataFrame, *, is_ngo: bool, fmt: Formatter) -> list[Thread]:
    """Return rows of :func:`queries.recommendations.threads.threads` with their steps as texts, in the same order.

    ``is_ngo``: worded for the NGO that made them; for the district and its leaders otherwise.
    """
    by_thread = {key: rows.to_dict("records") for key, rows in steps.groupby("public_id")}
    return [
        _thread(row, by_thread.get(row["public_id"], []), is_ngo=is_ngo, fmt=fmt) for row in frame.to_dict("records")
    ]


def _thread(row: Mapping[Any, Any], steps: list[dict[Any, Any]], *, is_ngo: bool, fmt: Formatter) -> Thread:
    state = RecommendationState(row["state_code"])
    return Thread(
        public_id=row["public_id"],
        district_soato=row["district_soato"],
        state=state,
        is_final=bool(row["is_final"]),
        owner=row["owner"],
        deadline="" if is_missing(row["deadline_date"]) else row["deadline_date"].date().isoformat(),
        badges=_badges(row, state, fmt),
        source=_source(row, is_ngo=is_ngo, fmt=fmt),
        said=row["text"],
        came=_came(row, state, steps, fmt),
        notice=_notice(row, fmt) if is_ngo and row["is_confidential"] else "",
        steps=tuple(_step(step, fmt) for step in steps),
        event_id=0 if is_missing(row["event_id"]) else int(row["event_id"]),
    )


def _badges(row: Mapping[Any, Any], state: RecommendationState, fmt: Formatter) -> tuple[Badge, ...]:
    translate, days_left = fmt.translate, row["days_left"]
    badges = [Badge(translate(state.label), STATE_ICONS[state], STATE_COLOURS[state])]
    if not is_missing(days_left) and days_left >= 0:
        when = translate("Deadline: {when}", when=fmt.deadline(int(days_left)))
        badges.append(Badge(when, ":material/schedule:", "gray"))
    if row["is_overdue"]:
        late = fmt.lateness(int(row["days_late"]), term_days=int(row["term_days"]))
        missed = (
            translate("Answer: {when}", when=late) if row["term_days"] else translate("Deadline: {when}", when=late)
        )
        badges.append(Badge(missed, ":material/schedule:", "orange"))
    return tuple(badges)


def _source(row: Mapping[Any, Any], *, is_ngo: bool, fmt: Formatter) -> str:
    translate, day = fmt.translate, fmt.date(row["shown_date"])
    if is_missing(row["event_number"]):
        return translate("Confidential, released in {month}", month=fmt.month(row["shown_date"]))
    event = {"number": row["event_number"], "title": row["event_title"], "date": day}
    if is_ngo or is_missing(row["ngo_name"]):
        return translate("Joint event {number}: {title}, {date}", **event)
    return translate("{ngo}, joint event {number}: {title}, {date}", ngo=row["ngo_name"], **event)


def _notice(row: Mapping[Any, Any], fmt: Formatter) -> str:
    translate = fmt.translate
    if row["is_released"]:
        day = fmt.date(row["released_date"])
        return translate("Confidential: the district has seen it since {date}, without your name and event.", date=day)
    return translate(
        "Confidential: the district will see it, without your name and event, when at least {evaluations} confidential"
        " evaluations by at least {ngos} NGOs can be released together.",
        evaluations=METHOD.confidential_evaluations,
        ngos=METHOD.confidential_ngos,
    )


def _came(
    row: Mapping[Any, Any], state: RecommendationState, steps: list[dict[Any, Any]], fmt: Formatter
) -> tuple[ThreadLine, ...]:
    """Return answer, owner, and what was done; one line that says so where there is nothing yet."""
    translate, lines = fmt.translate, []
    if row["answer"]:
        lines.append(ThreadLine(translate("Answer, {date}", date=fmt.date(row["answered_date"])), row["answer"]))
    if row["owner"]:
        heading = translate("Responsible, deadline {date}", date=fmt.date(row["deadline_date"]))
        lines.append(ThreadLine(heading, row["owner"]))
    done = [step for step in steps if step["action_code"] == RecommendationAction.DONE.value]
    if done and state in {RecommendationState.DONE, RecommendationState.CLOSED}:
        lines.append(ThreadLine(translate("Done, {date}", date=fmt.date(done[-1]["step_date"])), done[-1]["text"]))
    if not is_missing(row["closed_date"]):
        lines.append(ThreadLine(translate("Confirmed by the NGO on {date}", date=fmt.date(row["closed_date"]))))
    return tuple(lines) or (ThreadLine(translate("No answer yet.")),)


def _step(step: Mapping[Any, Any], fmt: Formatter) -> ThreadLine:
    translate = fmt.translate
    heading = translate(
        "{date}, {side}: {action}",
        date=fmt.date(step["step_date"]),
        side=translate(Party(step["side_code"]).label),
        action=translate(RecommendationAction(step["action_code"]).label),
    )
    return ThreadLine(heading, step["text"])

"""Places of recommendations on the screen: after a step each stays where the reader saw it, with the step's result."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast
from uuid import uuid4

from components.shell.request_context import screen_state
from data.language import Message

if TYPE_CHECKING:
    import pandas as pd

_SHOWN, _KEPT, _RESULTS = "threads_shown", "threads_kept", "threads_results"


@dataclass(frozen=True)
class StepResult:
    """Result of the last button; ``unsaved_text``: typed text that was not stored; ``occasion`` tells results apart."""

    message: Message
    is_error: bool = False
    unsaved_text: str = ""
    occasion: str = field(default_factory=lambda: uuid4().hex)


@dataclass(frozen=True)
class _ShownList:
    """List as it is on the screen: its name, and the keys of its recommendations in order."""

    name: str
    public_ids: tuple[str, ...]


def threads_in_place(name: str, load: Callable[[tuple[str, ...] | None], pd.DataFrame]) -> pd.DataFrame:
    """Return the recommendations to show: after a step those that were shown before it, in the same order.

    ``load`` returns rows of :func:`queries.recommendations.threads.threads` with the given keys, or those of the
    filters for None. ``name`` tells what the reader chose to see; another name, or another screen, gives a new list.
    """
    state = screen_state()
    shown, kept = (cast("_ShownList | None", state.get(key)) for key in (_SHOWN, _KEPT))
    if shown is not None and shown.name != name:
        kept = None
        state.pop(_KEPT, None)
        state.pop(_RESULTS, None)
    frame = load(kept.public_ids if kept else None)
    if kept is not None:
        place = {public_id: number for number, public_id in enumerate(kept.public_ids)}
        frame = frame.iloc[frame["public_id"].map(place).to_numpy().argsort()].reset_index(drop=True)
    state[_SHOWN] = _ShownList(name, tuple(frame["public_id"]))
    return frame


def step_result(key: str) -> StepResult | None:
    """Return the result of the last step on a thread, None where there is none on this screen."""
    return _results().get(key)


def note_result(key: str, result: StepResult) -> None:
    """Record the result of a step on a thread; after one that was stored the list keeps its order."""
    _results()[key] = result
    state = screen_state()
    if not result.is_error and _SHOWN in state:
        state.setdefault(_KEPT, state[_SHOWN])


def _results() -> dict[str, StepResult]:
    return cast("dict[str, StepResult]", screen_state().setdefault(_RESULTS, {}))

"""Plan of one mahalla and year as a grid: a row an item, saved by the page as soon as it is complete.

The editor keeps its own changes by place, so the rows that it began with stay as they are while it is open; what came
of each is kept beside them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from components.registers.values import month_names
from components.shell.formatter import Formatter
from data.codes import Direction, EventForm
from data.language import Message

COLUMNS = ("month", "direction", "form", "stir")
NEEDED = ("month", "direction", "form")


@dataclass(kw_only=True)
class PlanLine:
    """Row of the grid: its texts by field code, and the record that it is, 0 for one that is not saved yet."""

    cells: dict[str, str]
    record_id: int = 0
    version: int = 0
    number: str = ""
    form_id: str = field(default_factory=lambda: str(uuid4()))
    fault: Message | None = None

    @property
    def is_complete(self) -> bool:
        """Whether it can be saved."""
        return all(self.cells.get(code) for code in NEEDED)

    @property
    def is_begun(self) -> bool:
        """Whether anything was chosen."""
        return any(self.cells.values())


@dataclass(kw_only=True)
class PlanGrid:
    """Open grid: ``lines`` that it began with, and those ``added`` since; ``serial`` is another one when it is anew."""

    district_soato: str
    year: int
    mahalla: str
    lines: list[PlanLine]
    added: list[PlanLine] = field(default_factory=list)
    serial: str = field(default_factory=lambda: uuid4().hex)
    start: pd.DataFrame = field(init=False)

    def __post_init__(self) -> None:
        rows = [{code: line.cells.get(code) or None for code in COLUMNS} for line in self.lines]
        self.start = pd.DataFrame(rows, columns=list(COLUMNS)).astype(object)

    @property
    def every(self) -> list[PlanLine]:
        """All lines."""
        return [*self.lines, *self.added]

    @property
    def unsaved(self) -> list[PlanLine]:
        """Lines that were begun and are no records yet."""
        return [line for line in self.every if line.is_begun and not line.record_id]

    def take(self, changes: Mapping[str, Any]) -> list[PlanLine]:
        """Take the editor's changes, all since it was opened, and return the lines that differ from what they were."""
        changed = []
        for place, cells in changes.get("edited_rows", {}).items():
            changed += self._change(self.lines[int(place)], cells)
        for place, cells in enumerate(changes.get("added_rows", [])):
            if place == len(self.added):
                self.added.append(PlanLine(cells={}))
            changed += self._change(self.added[place], cells)
        return changed

    @staticmethod
    def _change(line: PlanLine, cells: Mapping[str, Any]) -> list[PlanLine]:
        texts = {code: "" if cells[code] is None else str(cells[code]) for code in COLUMNS if code in cells}
        if all(line.cells.get(code, "") == text for code, text in texts.items()):
            return []
        line.cells |= texts
        return [line]


def render_plan_grid(
    grid: PlanGrid, ngos: Mapping[str, str], fmt: Formatter, *, on_change: Callable[[list[PlanLine]], None]
) -> None:
    """Draw the grid; ``on_change`` is called with the lines that were changed. ``ngos`` are names by STIR."""
    translate = fmt.translate
    months = {str(number): name for number, name in month_names(fmt).items()}
    directions = {each.value: translate(each.label) for each in Direction}
    forms = {each.value: translate(each.label) for each in EventForm}
    known = {line.cells["stir"]: line.cells["stir"] for line in grid.lines if line.cells.get("stir")} | dict(ngos)
    key = f"plan-grid-{grid.serial}:{translate.language}"
    place = grid.mahalla or translate("Whole district")
    st.data_editor(
        grid.start,
        column_config={
            "month": _choice(translate("Month"), months),
            "direction": _choice(translate("Direction"), directions),
            "form": _choice(translate("Form of event"), forms),
            "stir": _choice(translate("Responsible NGO"), known),
        },
        hide_index=True,
        num_rows="add",
        placeholder="–",
        key=key,
        on_change=lambda: on_change(grid.take(st.session_state[key])),
        alt=translate("Plan of {mahalla}, {year}", mahalla=place, year=grid.year),
    )


def _choice(label: str, names: Mapping[str, str]) -> ColumnConfig:
    return st.column_config.SelectboxColumn(label, options=list(names), format_func=lambda code: names[str(code)])

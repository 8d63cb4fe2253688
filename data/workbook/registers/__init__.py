"""Registers of a report workbook: one class per sheet, with its declaration, validation and writing.

The importer, the template and the messages walk :data:`SHEETS`. :func:`make_registers` returns the registers in the
order in which they are read and written, referenced ones first.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from data.workbook.import_context import ImportContext
from data.workbook.registers.evaluations import EvaluationRegister
from data.workbook.registers.events import EventRegister
from data.workbook.registers.mahallas import MahallaRegister
from data.workbook.registers.memoranda import MemorandumRegister
from data.workbook.registers.obligations import ObligationRegister
from data.workbook.registers.offences import OffenceRegister
from data.workbook.registers.plan_items import PlanItemRegister
from data.workbook.registers.register import Register
from data.workbook.registers.requests import RequestRegister
from data.workbook.registers.supports import SupportRegister
from data.workbook.registers.targets import TargetRegister
from data.workbook.registers.trainings import TrainingRegister

SHEETS = tuple(
    register.sheet
    for register in (
        MemorandumRegister,
        EventRegister,
        EvaluationRegister,
        ObligationRegister,
        PlanItemRegister,
        MahallaRegister,
        RequestRegister,
        SupportRegister,
        TrainingRegister,
        OffenceRegister,
        TargetRegister,
    )
)
"""The sheets in the order of a template and of an outcome."""


def make_registers(context: ImportContext) -> tuple[MahallaRegister, Sequence[Register[Any, Any]]]:
    """Register of mahallas, which other sheets fill too, and all registers in the order of their dependence."""
    memoranda, mahallas, plan_items = MemorandumRegister(context), MahallaRegister(context), PlanItemRegister(context)
    events = EventRegister(context, memoranda, plan_items)
    return mahallas, (
        memoranda,
        mahallas,
        plan_items,
        events,
        EvaluationRegister(context, events),
        ObligationRegister(context, memoranda),
        RequestRegister(context),
        SupportRegister(context),
        TrainingRegister(context),
        OffenceRegister(context),
        TargetRegister(context),
    )

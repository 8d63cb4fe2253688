"""Registers of a report workbook: one class per sheet, with its declaration, validation and writing.

The importer, the template and the messages walk :data:`SHEETS`. :func:`make_registers` returns the registers in the
order in which they are read and written, referenced ones first.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from data.registers.amendments import AmendmentRegister
from data.registers.awards import AwardRegister
from data.registers.evaluations import EvaluationRegister
from data.registers.events import EventRegister
from data.registers.holidays import HolidayRegister
from data.registers.inhabitants import InhabitantsRegister
from data.registers.mahallas import MahallaRegister
from data.registers.memoranda import MemorandumRegister
from data.registers.ngos import NgoRegister
from data.registers.obligations import ObligationRegister
from data.registers.offences import OffenceRegister
from data.registers.plan_items import PlanItemRegister
from data.registers.register import RecordRegister
from data.registers.requests import RequestRegister
from data.registers.supports import SupportRegister
from data.registers.targets import TargetRegister
from data.registers.trainings import TrainingRegister
from data.workbook.import_context import ImportContext

SHEETS = tuple(
    register.sheet
    for register in (
        MemorandumRegister,
        EventRegister,
        EvaluationRegister,
        ObligationRegister,
        AmendmentRegister,
        PlanItemRegister,
        MahallaRegister,
        NgoRegister,
        InhabitantsRegister,
        RequestRegister,
        SupportRegister,
        TrainingRegister,
        AwardRegister,
        OffenceRegister,
        TargetRegister,
        HolidayRegister,
    )
)
"""The sheets in the order of a template and of an outcome."""


def make_registers(context: ImportContext) -> tuple[MahallaRegister, Sequence[RecordRegister[Any, Any]]]:
    """Register of mahallas, which other sheets fill too, and all registers in the order of their dependence."""
    memoranda, mahallas, plan_items = MemorandumRegister(context), MahallaRegister(context), PlanItemRegister(context)
    events = EventRegister(context, memoranda, plan_items)
    return mahallas, (
        NgoRegister(context),
        memoranda,
        mahallas,
        plan_items,
        events,
        EvaluationRegister(context, events),
        ObligationRegister(context, memoranda),
        AmendmentRegister(context, memoranda),
        RequestRegister(context),
        SupportRegister(context),
        TrainingRegister(context),
        AwardRegister(context),
        InhabitantsRegister(context),
        OffenceRegister(context),
        TargetRegister(context),
        HolidayRegister(context),
    )

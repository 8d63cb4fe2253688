"""The registers of a report workbook: sheets whose rows stand for themselves, each with a natural key.

A register judges the rows of its sheet and writes what the database lacks. Those that others refer to come first.
"""

from __future__ import annotations

from typing import Any

from data.workbook.registers.mahallas import MahallaRegister
from data.workbook.registers.obligations import ObligationRegister
from data.workbook.registers.offences import OffenceRegister
from data.workbook.registers.plan_items import PlanRegister
from data.workbook.registers.register import Register
from data.workbook.registers.requests import RequestRegister
from data.workbook.registers.supports import SupportRegister
from data.workbook.registers.targets import TargetRegister
from data.workbook.registers.trainings import TrainingRegister

FOLLOWING: tuple[type[Register[Any, Any]], ...] = (
    ObligationRegister,
    RequestRegister,
    SupportRegister,
    TrainingRegister,
    OffenceRegister,
    TargetRegister,
)
"""Registers that nothing else of a workbook refers to."""

__all__ = ["FOLLOWING", "MahallaRegister", "PlanRegister", "Register"]

"""The sheets of a report workbook and their columns, declared once.

The importer, the template and the messages walk this declaration. Headings are words of the format, in the four
languages; synonyms are what districts write instead. Notes are messages for the catalogues.
"""

from __future__ import annotations

from data.workbook.columns.evaluations import EVALUATIONS
from data.workbook.columns.events import EVENTS
from data.workbook.columns.mahallas import MAHALLAS
from data.workbook.columns.memoranda import MEMORANDA
from data.workbook.columns.obligations import OBLIGATIONS
from data.workbook.columns.offences import OFFENCES
from data.workbook.columns.plan_items import PLANS
from data.workbook.columns.requests import REQUESTS
from data.workbook.columns.supports import SUPPORTS
from data.workbook.columns.targets import TARGETS
from data.workbook.columns.trainings import TRAININGS

SHEETS = (
    MEMORANDA,
    EVENTS,
    EVALUATIONS,
    OBLIGATIONS,
    PLANS,
    MAHALLAS,
    REQUESTS,
    SUPPORTS,
    TRAININGS,
    OFFENCES,
    TARGETS,
)

__all__ = [
    "EVALUATIONS",
    "EVENTS",
    "MAHALLAS",
    "MEMORANDA",
    "OBLIGATIONS",
    "OFFENCES",
    "PLANS",
    "REQUESTS",
    "SHEETS",
    "SUPPORTS",
    "TARGETS",
    "TRAININGS",
]

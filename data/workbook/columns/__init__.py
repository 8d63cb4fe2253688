"""The sheets of a report workbook and their columns, declared once.

The importer, the template and the messages walk this declaration. Headings are words of the format, in the four
languages; synonyms are what districts write instead. Notes are messages for the catalogues.
"""

from __future__ import annotations

from data.workbook.columns.evaluations import EVALUATIONS
from data.workbook.columns.events import EVENTS
from data.workbook.columns.memoranda import MEMORANDA

SHEETS = (MEMORANDA, EVENTS, EVALUATIONS)

__all__ = ["EVALUATIONS", "EVENTS", "MEMORANDA", "SHEETS"]

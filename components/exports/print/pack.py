"""A deck in print: an A4 document for the table of a meeting, legible in black and white."""

from __future__ import annotations

from collections.abc import Sequence

from components.deck.model import Bullets, Deck, Slide, Table
from components.deck.words import ELLIPSIS
from components.exports.figures import put_together, slides_by_table
from components.exports.print.slide_data import (
    Data,
    document_language,
    quiet_credits,
    shown_texts,
    slide_data,
    table_data,
)
from components.exports.print.typesetting import pdf_set
from components.shell.formatter import Formatter
from data.language import Translator

TEMPLATE = "pack.typ"
# A table behind the slides of no more columns than these takes half the width of a page.
MOST_NARROW_COLUMNS = 3
# So many districts fill a page; the longer ones are looked up in the workbook rather than on paper.
MOST_ROWS = 60


def deck_pdf(deck: Deck) -> bytes:
    """All slides in order as a PDF for archives and screen readers (PDF/A-2a, PDF/UA-1).

    Figures of charts and maps that cannot be read off them follow in tables at the end. Equal decks give equal bytes.
    """
    return pdf_set(TEMPLATE, print_data(deck), made_at=deck.finalised_at)


def print_data(deck: Deck) -> Data:
    """What the template sets; a heading stands once above the slides that share it."""
    fmt = Formatter(Translator(deck.language))
    whole = list(put_together(deck.slides))
    slides = [slide_data(slide, fmt=fmt, is_grey=True) for slide in whole]
    tables = _further_tables(whole, slides, fmt)
    printed = [table for table in tables if len(table["rows"]) <= MOST_ROWS]
    return {
        "lang": document_language(deck.language),
        "title": deck.title,
        "subtitle": deck.subtitle,
        "demo_mark": deck.credits.demo_mark,
        "credits": quiet_credits(deck),
        "slides": _under_headings(slides),
        "figures_title": fmt.translate("All figures"),
        "figures_note": _note(fmt, is_whole=len(printed) == len(tables)),
        "wide_tables": [table for table in printed if len(table["columns"]) > MOST_NARROW_COLUMNS],
        "narrow_tables": [table for table in printed if len(table["columns"]) <= MOST_NARROW_COLUMNS],
    }


def _note(fmt: Formatter, *, is_whole: bool) -> str:
    """What the tables behind the slides are, and where those are that would fill pages."""
    note = fmt.translate("What charts, maps and shortened texts do not show in full.")
    if is_whole:
        return note
    longer = fmt.translate("Tables of more than {number} rows are in the workbook.", number=fmt.number(MOST_ROWS))
    return f"{note} {longer}"


def _under_headings(slides: Sequence[Data]) -> list[Data]:
    """The slides with their level in the outline; a heading and a title are kept where they change."""
    placed = []
    before: Data = {"heading": "", "title": ""}
    for slide in slides:
        changed = {part: slide[part] if slide[part] != before[part] else "" for part in before}
        placed.append(slide | changed | {"level": 3 if slide["heading"] else 2})
        before = {part: slide[part] for part in before}
    return placed


def _further_tables(slides: Sequence[Slide], data: Sequence[Data], fmt: Formatter) -> list[Data]:
    """The tables behind what does not show them whole, each with the title of its slide."""
    shown = {id(slide): each for slide, each in zip(slides, data, strict=True)}
    tables = []
    for group in slides_by_table(slides):
        table = table_data(group[0].figures, fmt=fmt)
        if any(_is_partly_shown(slide, shown[id(slide)], table) for slide in group):
            tables.append(table | {"title": group[0].title})
    return tables


def _is_partly_shown(slide: Slide, shown: Data, table: Data) -> bool:
    """Whether a slide leaves out or cuts what its table has; of a list that is too long the slide says so itself."""
    if isinstance(slide.body, Table):
        return False
    if isinstance(slide.body, Bullets):
        return any(text.endswith(ELLIPSIS) for text in slide.body.texts)
    return not {text for row in table["rows"] for text in row["texts"]} <= shown_texts(shown)

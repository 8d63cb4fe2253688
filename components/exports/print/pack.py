"""Printed deck: an A4 document for the participants of a meeting, legible in black and white."""

from __future__ import annotations

from collections.abc import Sequence

from components.deck.model import Bullets, Deck, Slide, Table
from components.deck.texts import ELLIPSIS
from components.exports.figures import grouped_by_table, merged_slides
from components.exports.print.slide_data import (
    Data,
    credits_without_demo,
    document_language,
    shown_texts,
    slide_data,
    table_data,
)
from components.exports.print.typesetting import render_pdf
from components.shell.formatter import Formatter
from data.language import Translator

TEMPLATE = "pack.typ"
# A table behind the slides of no more columns than these takes half the width of a page.
MOST_NARROW_COLUMNS = 3
# So many districts fill a page; the longer ones are looked up in the workbook rather than on paper.
MOST_ROWS = 60


def deck_pdf(deck: Deck) -> bytes:
    """All slides in order as a PDF for archives and screen readers (PDF/A-2a, PDF/UA-1).

    Figures that charts and maps do not show follow in tables at the end. Equal decks give equal bytes.
    """
    return render_pdf(TEMPLATE, print_data(deck), made_at=deck.finalised_at)


def print_data(deck: Deck) -> Data:
    """Data of the template; slides with the same heading share it."""
    fmt = Formatter(Translator(deck.language))
    whole = list(merged_slides(deck.slides))
    slides = [slide_data(slide, fmt=fmt, is_grey=True) for slide in whole]
    tables = _further_tables(whole, slides, fmt)
    printed = [table for table in tables if len(table["rows"]) <= MOST_ROWS]
    return {
        "lang": document_language(deck.language),
        "title": deck.title,
        "subtitle": deck.subtitle,
        "demo_mark": deck.credits.demo_mark,
        "credits": credits_without_demo(deck),
        "slides": _under_headings(slides),
        "figures_title": fmt.translate("All figures"),
        "figures_note": _note(fmt, is_whole=len(printed) == len(tables)),
        "wide_tables": [table for table in printed if len(table["columns"]) > MOST_NARROW_COLUMNS],
        "narrow_tables": [table for table in printed if len(table["columns"]) <= MOST_NARROW_COLUMNS],
    }


def _note(fmt: Formatter, *, is_whole: bool) -> str:
    """Note that explains the tables at the end, and where to find those that are too long to print."""
    note = fmt.translate("What charts, maps and shortened texts do not show in full.")
    if is_whole:
        return note
    longer = fmt.translate("Tables of more than {number} rows are in the workbook.", number=fmt.number(MOST_ROWS))
    return f"{note} {longer}"


def _under_headings(slides: Sequence[Data]) -> list[Data]:
    """Slides with their outline level; heading and title are kept only where they change."""
    placed = []
    before: Data = {"heading": "", "title": ""}
    for slide in slides:
        changed = {part: slide[part] if slide[part] != before[part] else "" for part in before}
        placed.append(slide | changed | {"level": 3 if slide["heading"] else 2})
        before = {part: slide[part] for part in before}
    return placed


def _further_tables(slides: Sequence[Slide], data: Sequence[Data], fmt: Formatter) -> list[Data]:
    """Tables of slides that do not show them whole, each with the title of its slide."""
    shown = {id(slide): each for slide, each in zip(slides, data, strict=True)}
    tables = []
    for group in grouped_by_table(slides):
        table = table_data(group[0].figures.for_pages, fmt=fmt)
        if any(_is_partly_shown(slide, shown[id(slide)], table) for slide in group):
            tables.append(table | {"title": group[0].title})
    return tables


def _is_partly_shown(slide: Slide, shown: Data, table: Data) -> bool:
    """Return whether a slide omits or cuts rows of its table; a list that is too long says so itself."""
    if isinstance(slide.body, Table):
        return False
    if isinstance(slide.body, Bullets):
        return any(text.endswith(ELLIPSIS) for text in slide.body.texts)
    return not {text for row in table["rows"] for text in row["texts"]} <= shown_texts(shown)

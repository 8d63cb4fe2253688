"""A deck in print: an A4 document for the table of a meeting, legible in black and white."""

from __future__ import annotations

from collections.abc import Sequence

from components.deck.model import Deck, Slide
from components.exports.figures import slides_by_table
from components.exports.typeset_slides import (
    Data,
    document_language,
    quiet_credits,
    shown_texts,
    slide_data,
    table_data,
)
from components.exports.typesetting import pdf_set
from components.format import Formatter
from data.language import Translator

TEMPLATE = "pack.typ"
# A table of no more columns takes half the width of a page.
MOST_NARROW_COLUMNS = 3


def deck_pdf(deck: Deck) -> bytes:
    """All slides in order as a PDF for archives and screen readers (PDF/A-2a, PDF/UA-1).

    Figures of charts and maps that cannot be read off them follow in tables at the end. Equal decks give equal bytes.
    """
    return pdf_set(TEMPLATE, print_data(deck), made_at=deck.frozen_at)


def print_data(deck: Deck) -> Data:
    """What the template sets; a heading stands once above the slides that share it."""
    write = Formatter(Translator(deck.language))
    slides = [slide_data(slide, write=write, is_grey=True) for slide in deck.slides]
    tables = _further_tables(deck.slides, slides, write)
    return {
        "lang": document_language(deck.language),
        "title": deck.title,
        "subtitle": deck.subtitle,
        "demo_mark": deck.credits.demo_mark,
        "credits": quiet_credits(deck),
        "slides": _under_headings(slides),
        "figures_title": write.translate("All figures"),
        "figures_note": write.translate("What charts and shortened texts of the pages before do not show in full."),
        "wide_tables": [table for table in tables if len(table["columns"]) > MOST_NARROW_COLUMNS],
        "narrow_tables": [table for table in tables if len(table["columns"]) <= MOST_NARROW_COLUMNS],
    }


def _under_headings(slides: Sequence[Data]) -> list[Data]:
    """The slides with their level in the outline; a heading is kept where it changes."""
    placed = []
    before = ""
    for slide in slides:
        heading = slide["heading"]
        placed.append(slide | {"heading": heading if heading != before else "", "level": 3 if heading else 2})
        before = heading
    return placed


def _further_tables(slides: Sequence[Slide], data: Sequence[Data], write: Formatter) -> list[Data]:
    """The tables with figures or words that the pages do not show, each with the title of its slide."""
    shown: dict[str, set[str]] = {}
    for slide, each in zip(slides, data, strict=True):
        shown.setdefault(slide.key, set()).update(shown_texts(each))
    tables = []
    for group in slides_by_table(slides):
        table = table_data(group[0].figures, write=write)
        texts = {text for row in table["rows"] for text in row["texts"]}
        if not texts <= set().union(*(shown[slide.key] for slide in group)):
            tables.append(table | {"title": group[0].title})
    return tables

"""Single slides as files: a picture for a letter or report, and its figures for spreadsheets."""

from __future__ import annotations

import csv
import io

from components.deck.model import Deck, FigureColumn, Slide, Value
from components.deck.texts import value_text
from components.exports.cells import NUMERIC_KINDS, escaped_formula, without_control_characters
from components.exports.print.slide_data import credits_without_demo, document_language, slide_data
from components.exports.print.typesetting import render_png
from components.shell.formatter import Formatter, is_missing
from data.language import Translator

TEMPLATE = "slide.typ"
PIXELS_PER_INCH = 200
DIGITS_KEPT = 4


def slide_png(slide: Slide, deck: Deck) -> bytes:
    """Slide of the deck as a PNG picture in colour, with its conclusion above and the credits below."""
    fmt = Formatter(Translator(deck.language))
    data = {
        "lang": document_language(deck.language),
        "title": deck.title,
        "subtitle": deck.subtitle,
        "demo_mark": deck.credits.demo_mark,
        "credits": credits_without_demo(deck),
        "slide": slide_data(slide, fmt=fmt, is_grey=False),
    }
    return render_png(TEMPLATE, data, ppi=PIXELS_PER_INCH)


def slide_csv(slide: Slide, deck: Deck) -> bytes:
    """Figures of a slide as CSV in UTF-8 with a byte order mark and the credits at the end.

    Separator and decimal sign are those that spreadsheets expect in the language; percentages run from 0 to 100. Text
    that a spreadsheet would run as a formula is preceded by an apostrophe.
    """
    fmt = Formatter(Translator(deck.language))
    text = io.StringIO()
    rows = csv.writer(text, delimiter=";" if deck.language.has_decimal_comma else ",", lineterminator="\r\n")
    rows.writerow([escaped_formula(without_control_characters(column.title)) for column in slide.figures.columns])
    for values in slide.figures.rows:
        cells = zip(values, slide.figures.columns, strict=True)
        rows.writerow([_cell(value, column, fmt) for value, column in cells])
    notes = (slide.title, f"{deck.title} · {deck.subtitle}", *deck.credits)
    rows.writerows([[], *([escaped_formula(without_control_characters(line))] for line in notes)])
    return text.getvalue().encode("utf-8-sig")


def _cell(value: Value, column: FigureColumn, fmt: Formatter) -> str:
    if column.kind not in NUMERIC_KINDS or is_missing(value) or not isinstance(value, int | float):
        return escaped_formula(without_control_characters(value_text(value, column, fmt=fmt)))
    exact = f"{round(float(value), DIGITS_KEPT):.15g}"
    return exact.replace(".", ",") if fmt.translate.language.has_decimal_comma else exact

"""Tables on slides: large type where they are small, and further slides instead of small print."""

from __future__ import annotations

import io
from typing import Any

from pptx import Presentation

from components.deck.model import FigureColumn, Slide, Table, ValueKind
from components.exports.slides.presentation import deck_pptx
from components.exports.slides.tables import HEIGHT, LONGEST_TEXT, SMALLEST_IN_PARTS, WIDTH
from tests.components.exports.decks import deck_of

SENTENCE = "Утвердить порядок обмена информацией между инспекторами и организациями "


def table(rows: int, *, text: str = SENTENCE, name: str = "Тошкент", emphasised: frozenset[int] = frozenset()) -> Table:
    """A table of sentences with their owners and a share."""
    columns = (FigureColumn("Решение", share=4), FigureColumn("Ответственный"), FigureColumn("Доля", ValueKind.PERCENT))
    return Table(columns, tuple((text, name, 12.0) for _ in range(rows)), emphasised)


def made(body: Table) -> list[Any]:
    """The tables of the slides that a table takes."""
    file = Presentation(io.BytesIO(deck_pptx(deck_of(Slide("plan", "A plan", body, body)))))
    return [shape.table for slide in file.slides for shape in slide.shapes if shape.has_table]


def size(shown: Any) -> float:  # noqa: ANN401 - untyped in the library
    """The size of the type below the titles."""
    return float(shown.cell(1, 0).text_frame.paragraphs[0].runs[0].font.size.pt)


def height(shown: Any) -> float:  # noqa: ANN401 - untyped in the library
    """The height of all rows."""
    return float(sum(row.height.pt for row in shown.rows))


def test_few_rows_are_written_larger_than_many_and_all_fill_the_width() -> None:
    (few,), (many,) = made(table(2)), made(table(7))
    assert size(few) > size(many)
    for shown in (few, many):
        assert height(shown) <= HEIGHT
        assert abs(sum(column.width.pt for column in shown.columns) - WIDTH) < 1


def test_a_long_word_makes_the_type_smaller_rather_than_being_broken() -> None:
    columns = tuple(FigureColumn(f"Column {number}") for number in range(6))
    (shown,) = made(Table(columns, (("Каракалпакистанский",) * 6,)))
    letters = len("Каракалпакистанский")
    assert all(column.width.pt > letters * size(shown) * 0.55 for column in shown.columns)


def test_long_rows_go_on_to_further_slides_in_even_parts() -> None:
    found = made(table(9, text=SENTENCE * 3))
    assert len(found) > 1
    counts = [len(shown.rows) - 1 for shown in found]
    assert sum(counts) == 9
    assert max(counts) - min(counts) <= 1
    for shown in found:
        assert height(shown) <= HEIGHT
        assert size(shown) >= SMALLEST_IN_PARTS


def test_emphasis_goes_with_its_row() -> None:
    found = made(table(9, text=SENTENCE * 3, emphasised=frozenset({0, 8})))
    bold = [[row.cells[0].text_frame.paragraphs[0].runs[0].font.bold for row in list(each.rows)[1:]] for each in found]
    marked = [is_bold for part in bold for is_bold in part]
    assert marked == [True, *([None] * 7), True]


def test_what_fits_no_cell_is_cut() -> None:
    (shown,) = made(table(1, text="Ҳ" * 900))
    assert shown.cell(1, 0).text.endswith("…")
    assert len(shown.cell(1, 0).text) <= LONGEST_TEXT

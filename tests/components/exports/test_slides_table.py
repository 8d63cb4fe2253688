"""Tables on slides: large type where they are small, whole words, and further slides instead of small print."""

from __future__ import annotations

from components.deck.model import Column, Table, ValueKind
from components.exports.slides_places import BODY, Box
from components.exports.slides_table import SIDE, Grid, grids
from components.shell.formatter import Formatter
from data.language import Language, Translator

WRITE = Formatter(Translator(Language.RU))
SENTENCE = "Утвердить порядок обмена информацией между инспекторами и организациями "


def table(rows: int, *, text: str = SENTENCE, name: str = "Тошкент") -> Table:
    """A table of sentences with their owners and a share."""
    columns = (Column("Решение", share=4), Column("Ответственный"), Column("Доля", ValueKind.PERCENT))
    return Table(columns, tuple((text, name, 12.0) for _ in range(rows)))


def made(body: Table, box: Box = BODY) -> list[Grid]:
    """The table in a box."""
    return grids(body, box, fmt=WRITE)


def test_few_rows_are_written_larger_than_many() -> None:
    (few,), (many,) = made(table(2)), made(table(9))
    assert few.size > many.size
    assert max(few.height, many.height) <= BODY.height


def test_columns_fill_the_width() -> None:
    for rows in (1, 9):
        assert round(sum(made(table(rows))[0].widths), 6) == BODY.width


def test_no_word_is_broken_while_a_smaller_size_keeps_it_whole() -> None:
    (grid,) = made(table(3, name="Каракалпакистанский-районный-хокимият"))
    assert not grid.is_broken


def test_short_texts_stand_on_one_line_each() -> None:
    (grid,) = made(table(5, text="Ўқув семинари"))
    assert grid.row_heights == [min(grid.row_heights)] * 5
    assert grid.row_heights[0] < 2 * grid.size * 1.21 + 2 * SIDE


def test_long_rows_go_on_to_further_slides_in_even_parts() -> None:
    found = made(table(9, text=SENTENCE * 4))
    assert len(found) > 1
    counts = [len(grid.texts) for grid in found]
    assert sum(counts) == 9
    assert max(counts) - min(counts) <= 1
    assert all(grid.height <= BODY.height for grid in found)


def test_emphasis_goes_with_its_row() -> None:
    body = Table(table(9, text=SENTENCE * 4).columns, table(9, text=SENTENCE * 4).rows, frozenset({0, 8}))
    found = made(body)
    assert [sorted(grid.table.emphasised) for grid in (found[0], found[-1])] == [[0], [len(found[-1].texts) - 1]]


def test_what_fits_no_slide_is_cut() -> None:
    found = made(table(1, text="Ҳ" * 900), Box(0, 0, 600, 100))
    assert all(grid.height <= 100 for grid in found)
    assert found[0].texts[0][0].endswith("…")

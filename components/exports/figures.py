"""Merges slides that continue one table or list, for print and workbooks, where nothing has to be split."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from components.deck.model import Bullets, Slide, Table


def grouped_by_table(slides: Sequence[Slide]) -> list[list[Slide]]:
    """Slides in order, grouped by the table that they continue; slides without figures are left out."""
    groups: list[list[Slide]] = []
    for slide in slides:
        if groups and slide.figures == groups[-1][0].figures:
            groups[-1].append(slide)
        elif slide.figures.columns:
            groups.append([slide])
    return groups


def shared_heading(slides: Sequence[Slide]) -> str:
    """Heading of slides that continue one another, without the number of the part."""
    if len(slides) == 1:
        return slides[0].heading
    shared = os.path.commonprefix([slide.heading for slide in slides])
    # What is left of "(1 of 3)" after the parts that differ.
    return shared.rsplit("(", 1)[0].strip() if shared.count("(") > shared.count(")") else shared.strip()


def merged_slides(slides: Sequence[Slide]) -> Iterator[Slide]:
    """Slides in order; tables and sentences split over several slides are merged again."""
    together: list[Slide] = []
    for slide in slides:
        if together and not _goes_on(together[-1], slide):
            yield _one(together)
            together = []
        together.append(slide)
    if together:
        yield _one(together)


def _goes_on(before: Slide, slide: Slide) -> bool:
    if (before.title, before.figures) != (slide.title, slide.figures):
        return False
    if isinstance(before.body, Table) and isinstance(slide.body, Table):
        return before.body.columns == slide.body.columns
    return isinstance(before.body, Bullets) and isinstance(slide.body, Bullets)


def _one(slides: Sequence[Slide]) -> Slide:
    if len(slides) == 1:
        return slides[0]
    tables = [slide.body for slide in slides if isinstance(slide.body, Table)]
    bullets = [slide.body for slide in slides if isinstance(slide.body, Bullets)]
    body = _one_table(tables) if tables else _one_list(bullets)
    remarks = tuple(text for slide in slides for text in slide.remarks)
    return replace(slides[0], heading=shared_heading(slides), body=body, remarks=remarks)


def _one_table(tables: Sequence[Table]) -> Table:
    rows = [(row, at in table.emphasised) for table in tables for at, row in enumerate(table.rows)]
    emphasised = frozenset(at for at, (_, is_emphasised) in enumerate(rows) if is_emphasised)
    return Table(tables[0].columns, tuple(row for row, _ in rows), emphasised)


def _one_list(lists: Iterable[Bullets]) -> Bullets:
    pairs = [pair for each in lists for pair in zip(each.texts, _sources(each), strict=True)]
    return Bullets(tuple(text for text, _ in pairs), tuple(source for _, source in pairs))


def _sources(body: Bullets) -> list[str]:
    return [*body.sources, *[""] * (len(body.texts) - len(body.sources))]

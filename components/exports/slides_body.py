"""What stands between title and foot: the layout of each kind of body, and on how many slides it goes."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from pptx.slide import Slide as NativeSlide

from components.deck.model import Body, Bullets, Chart, DistrictMap, Slide, Table, Tiles
from components.deck.pictures import Size, map_svg, picture_png
from components.exports.slides_chart import insert_chart
from components.exports.slides_layouts import CONTENT_INDEX, CONTENTS, LayoutKind
from components.exports.slides_places import Box
from components.exports.slides_statements import statements, write_statements
from components.exports.slides_table import grids, insert_table
from components.exports.slides_tiles import add_tiles
from components.shell.formatter import Formatter
from data.language import Translator

# Pixels of a map for each point of the slide: sharp on a large screen.
SHARPNESS = 3
LAYOUTS: tuple[tuple[type[object], LayoutKind, LayoutKind], ...] = (
    (Chart, LayoutKind.CHART, LayoutKind.CHART_REMARKS),
    (Table, LayoutKind.TABLE, LayoutKind.TABLE_REMARKS),
    (DistrictMap, LayoutKind.PICTURE, LayoutKind.PICTURE_REMARKS),
    (Bullets, LayoutKind.TEXT, LayoutKind.TEXT_REMARKS),
    (Tiles, LayoutKind.FIGURES, LayoutKind.FIGURES_REMARKS),
)


Draw = Callable[[NativeSlide], None]


@dataclass(frozen=True)
class Page:
    """A slide of the file: its layout, and how its body is drawn."""

    layout: LayoutKind
    draw: Draw


def pages(slide: Slide, *, translate: Translator) -> Iterator[Page]:
    """The slides of the file that a slide of the deck needs: one, or more where a body does not fit its place."""
    body = _shown(slide.body, translate)
    plain, with_remarks = next(kinds for kind, *kinds in LAYOUTS if isinstance(body, kind))
    layout = with_remarks if slide.beside else plain
    for draw in _drawings(body, CONTENTS[layout].box, translate, alternative=slide.title):
        yield Page(layout, draw)


def _shown(body: Body, translate: Translator) -> Body:
    """The body; a chart of nothing is a sentence that says so."""
    is_empty = isinstance(body, Chart) and not (body.categories and body.series)
    return Bullets((translate("Not enough data"),)) if is_empty else body


def _drawings(body: Body, box: Box, translate: Translator, *, alternative: str) -> Iterator[Draw]:
    if isinstance(body, Chart):
        yield partial(insert_chart, chart=body, box=box, translate=translate)
    elif isinstance(body, DistrictMap):
        yield partial(insert_map, body=body, box=box)
    elif isinstance(body, Tiles):
        yield partial(add_tiles, body=body, box=box)
    elif isinstance(body, Bullets):
        for passages in statements(body, box):
            yield partial(write_statements, passages=passages)
    else:
        for grid in grids(body, box, fmt=Formatter(translate)):
            yield partial(insert_table, grid=grid, box=box, alternative=alternative)


def insert_map(native: NativeSlide, *, body: DistrictMap, box: Box) -> None:
    """Put a sharp picture of a map into the slide's placeholder."""
    picture = picture_png(map_svg(body, size=Size(box.width, box.height)), scale=SHARPNESS)
    inserted = native.placeholders[CONTENT_INDEX].insert_picture(io.BytesIO(picture))
    inserted._element.nvPicPr.cNvPr.set("descr", body.alternative)

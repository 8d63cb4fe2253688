"""Minutes of a meeting as a DOCX file: conclusions, decisions, signatures, and the frozen figures as an annex."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date
from io import BytesIO

import pandas as pd
from docx import Document
from docx.document import Document as Minutes
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.ns import qn

from components.deck.model import Deck, FigureColumn, Slide, Tiles
from components.exports.cells import without_control_characters
from components.exports.figures import grouped_by_table
from components.exports.minutes.decisions import decided_sheet, pending_sheet
from components.exports.minutes.tables import TextTable, add_lines, add_table
from components.exports.office import AUTHOR, LONGEST_PROPERTY, TEMPLATES
from components.shell.formatter import Formatter
from data.codes import AgendaItem
from data.language import Translator

TEMPLATE = TEMPLATES / "minutes.docx"
MOST_ANNEX_ROWS = 40


def minutes_docx(
    deck: Deck,
    decisions: pd.DataFrame,
    *,
    meeting_number: str,
    meeting_title: str,
    meeting_date: date,
    translate: Translator,
) -> bytes:
    """Minutes of a meeting in the language of its deck.

    ``decisions`` are rows of :func:`queries.meetings.decisions.decisions`: those of this meeting are listed as decided,
    those of other meetings as pending where they are not done yet.
    """
    fmt = Formatter(translate)
    title = translate("Minutes No. {number}", number=meeting_number)
    document = _opened(deck, title=without_control_characters(f"{title}. {deck.title}"))
    if deck.credits.demo_mark:
        document.add_paragraph(deck.credits.demo_mark, style="Demo")
    document.add_paragraph(without_control_characters(title), style="Title")
    for line in (deck.title, meeting_title):
        document.add_paragraph(without_control_characters(line), style="Subtitle")
    document.add_paragraph(translate("Held on {date}", date=fmt.date(meeting_date)))
    add_lines(document, [translate("Place of the meeting"), translate("Present")], hint="")
    _write_figures(document, deck, translate)
    _write_decisions(document, decisions, meeting_number=meeting_number, fmt=fmt)
    _write_signatures(document, translate)
    _write_annex(document, deck, fmt=fmt)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def _opened(deck: Deck, *, title: str) -> Minutes:
    """Template in the language of the deck, with its credits in the page footers."""
    document = Document(str(TEMPLATE))
    tag = deck.language.office_tag
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), tag)
    document.sections[0].footer.paragraphs[0].runs[0].text = without_control_characters(" · ".join(deck.credits))
    about = document.core_properties
    about.title, about.subject = title[:LONGEST_PROPERTY], without_control_characters(deck.subtitle)[:LONGEST_PROPERTY]
    about.language, about.author, about.last_modified_by = tag, AUTHOR, AUTHOR
    about.created = about.modified = deck.finalised_at.astimezone(UTC).replace(tzinfo=None)
    return document


def _write_figures(document: Minutes, deck: Deck, translate: Translator) -> None:
    """Write the key figures, and under each item of the agenda the conclusions of its slides."""
    document.add_heading(without_control_characters(translate("What the meeting looked at")), level=1)
    document.add_paragraph(without_control_characters(f"{deck.subtitle}. {deck.credits.data}."), style="Caption")
    key_figures = next((slide for slide in deck.slides if isinstance(slide.body, Tiles)), None)
    if key_figures is not None:
        add_table(document, _tiles_sheet(key_figures, translate), alternative=key_figures.title)
    slides = [slide for slide in deck.slides if slide is not key_figures]
    for item, titles in _conclusions(slides, translate).items():
        document.add_heading(without_control_characters(item), level=2)
        for title in titles:
            document.add_paragraph(without_control_characters(title), style="Bullet")


def _conclusions(slides: Sequence[Slide], translate: Translator) -> Mapping[str, Sequence[str]]:
    """Slide titles by item of the agenda; parts of one list, whose headings are numbered, count once."""
    labels = sorted((translate(item.label) for item in AgendaItem), key=len, reverse=True)
    found: dict[str, dict[str, None]] = {}
    for slide in slides:
        item = next((label for label in labels if slide.heading.startswith(label)), slide.heading)
        found.setdefault(item, {})[slide.title] = None
    return {item: list(titles) for item, titles in found.items()}


def _tiles_sheet(slide: Slide, translate: Translator) -> TextTable:
    """Tiles of a slide as rows; without the column of comparisons where no tile has one."""
    tiles = slide.body.tiles if isinstance(slide.body, Tiles) else ()
    columns = FigureColumn(translate("Key figure")), FigureColumn(translate("Value"))
    if not any(tile.note for tile in tiles):
        return TextTable(columns, tuple((tile.label, tile.text) for tile in tiles))
    compared = FigureColumn(translate("Compared with"))
    return TextTable((*columns, compared), tuple((tile.label, tile.text, tile.note) for tile in tiles))


def _write_decisions(document: Minutes, decisions: pd.DataFrame, *, meeting_number: str, fmt: Formatter) -> None:
    translate = fmt.translate
    is_own = decisions["meeting_number"] == meeting_number
    document.add_heading(without_control_characters(translate("What was decided")), level=1)
    decided, pending = (decided_sheet(decisions[is_own], fmt=fmt), pending_sheet(decisions[~is_own], fmt=fmt))
    if decided.rows:
        # Signatures never stand on a page of their own, without anything that was signed.
        add_table(document, decided, alternative=translate("What was decided"), keep_with_next=not pending.rows)
    else:
        document.add_paragraph(translate("The meeting took no decisions."))
    if pending.rows:
        heading = translate("Earlier decisions that are not done yet")
        document.add_heading(without_control_characters(heading), level=1)
        add_table(document, pending, alternative=heading, keep_with_next=True)


def _write_signatures(document: Minutes, translate: Translator) -> None:
    document.add_heading(without_control_characters(translate("Signatures")), level=1)
    signed_by = [translate("Chair of the meeting"), translate("Secretary of the meeting"), translate("For the NGOs")]
    add_lines(document, signed_by, hint=translate("name, signature"))


def _write_annex(document: Minutes, deck: Deck, *, fmt: Formatter) -> None:
    """Write the tables behind the conclusions on landscape pages; long ones are cut, with the total number of rows."""
    translate, section = fmt.translate, document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    document.add_heading(without_control_characters(translate("Annex: figures as finalised")), level=1)
    pack = translate("Pack {pack_id}", pack_id=deck.pack_id)
    document.add_paragraph(without_control_characters(f"{deck.credits.data}. {pack}."), style="Caption")
    for titles, slide in _annex(deck):
        for title in titles:
            document.add_heading(without_control_characters(title), level=2)
        whole = TextTable.of(slide.figures.for_pages, fmt=fmt)
        shown = TextTable(whole.columns, whole.rows[:MOST_ANNEX_ROWS], whole.emphasised)
        add_table(document, shown, alternative=slide.title)
        if len(whole.rows) > MOST_ANNEX_ROWS:
            document.add_paragraph(_cut_text(len(whole.rows), fmt), style="Caption")


def _annex(deck: Deck) -> Iterator[tuple[list[str], Slide]]:
    """Titles of the slides that share a table, and one of these slides; empty tables are left out."""
    for slides in grouped_by_table(deck.slides):
        if slides[0].figures.rows:
            yield list(dict.fromkeys(slide.title for slide in slides)), slides[0]


def _cut_text(rows: int, fmt: Formatter) -> str:
    return fmt.translate(
        "Here are the first {shown} of {rows} rows; the workbook of the pack holds them all.",
        shown=fmt.number(MOST_ANNEX_ROWS),
        rows=fmt.number(rows),
    )

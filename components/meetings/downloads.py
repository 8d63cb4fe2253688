"""Presentation link and downloads of a pack: files are made on request in the chosen language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.deck.address import present_url
from components.deck.deck import make_deck
from components.deck.model import Deck, Slide
from components.exports.chart_files import slide_csv, slide_png
from components.exports.minutes.document import minutes_docx
from components.exports.print.pack import deck_pdf
from components.exports.slides.presentation import deck_pptx
from components.exports.workbook.workbook import deck_xlsx
from components.meetings.decision_texts import as_date
from components.shell.cache import cached_value, show_domain_errors
from components.shell.formatter import Formatter
from components.shell.localized_select import pick_one
from components.shell.request_context import RequestContext
from data.codes import Labelled
from data.language import N_, Language, Translator

if TYPE_CHECKING:
    from queries.meetings.packs.content import PackContent

MADE = "meeting_made_file"
_OFFICE = "application/vnd.openxmlformats-officedocument"


class FileKind(Labelled):
    """Kinds of files of a pack; the value is the file extension."""

    PPTX = "pptx", N_("Slides (PowerPoint)")
    PDF = "pdf", N_("For printing (PDF)")
    XLSX = "xlsx", N_("Tables (Excel)")
    DOCX = "docx", N_("Minutes with the decisions (Word)")
    PNG = "png", N_("One slide as a picture (PNG)")
    CSV = "csv", N_("Figures of one slide (CSV)")


MIME: Mapping[FileKind, str] = {
    FileKind.PPTX: f"{_OFFICE}.presentationml.presentation",
    FileKind.PDF: "application/pdf",
    FileKind.XLSX: f"{_OFFICE}.spreadsheetml.sheet",
    FileKind.DOCX: f"{_OFFICE}.wordprocessingml.document",
    FileKind.PNG: "image/png",
    FileKind.CSV: "text/csv",
}
OF_ONE_SLIDE: Mapping[FileKind, Callable[[Slide, Deck], bytes]] = {FileKind.PNG: slide_png, FileKind.CSV: slide_csv}
OF_THE_DECK: Mapping[FileKind, Callable[[Deck], bytes]] = {
    FileKind.PPTX: deck_pptx,
    FileKind.PDF: deck_pdf,
    FileKind.XLSX: deck_xlsx,
}


@dataclass(frozen=True)
class AskedFile:
    """Requested file; ``versions`` are those of the decisions in the minutes."""

    pack_id: str
    kind: FileKind
    language: Language
    slide: str = ""
    versions: tuple[tuple[str, int], ...] = ()

    @property
    def name(self) -> str:
        """Name of the file."""
        parts = ["hamkor", self.pack_id[:8], *([self.slide] if self.slide else []), self.language.html_code]
        return f"{'-'.join(parts).lower()}.{self.kind}"


def render_downloads(
    content: PackContent,
    meeting: Mapping[Any, Any] | None,
    decisions: pd.DataFrame,
    context: RequestContext,
    *,
    fmt: Formatter,
) -> None:
    """Draw the presentation link; beside it a file and its language, and the button that makes or downloads it.

    ``meeting`` is the row of the pack's meeting, without which there are no minutes; ``decisions`` are those of the
    area as :func:`queries.meetings.decisions.decisions` returns them.
    """
    translate = fmt.translate
    with st.container(horizontal=True, vertical_alignment="bottom", key="ways"):
        _render_present_link(content, context)
        kind = _pick_kind(has_minutes=meeting is not None, fmt=fmt)
        language = _pick_language(context)
        place = st.empty()
    slide = _pick_slide(content, language, translate) if kind in OF_ONE_SLIDE else ""
    versions = tuple(zip(decisions["public_id"], decisions["version"], strict=True)) if kind is FileKind.DOCX else ()
    asked = AskedFile(content.pack_id, kind, language, slide, versions)
    made = cast("tuple[AskedFile, bytes] | None", st.session_state.get(MADE))
    if made is not None and made[0] == asked:
        _render_made(asked, made[1], place, translate)
    elif place.button(translate("Make the file"), key="make_file", icon=":material/draft:"):
        _render_making(asked, content, meeting, decisions, translate)


def _render_present_link(content: PackContent, context: RequestContext) -> None:
    """Draw the link to the presentation, in another tab, where it also works offline."""
    st.link_button(
        context.translate("Present full screen"),
        present_url(content.pack_id, language=context.language),
        type="primary",
        icon=":material/slideshow:",
        key="present",
    )


def _pick_kind(*, has_minutes: bool, fmt: Formatter) -> FileKind:
    kinds = [kind for kind in FileKind if kind is not FileKind.DOCX or has_minutes]
    options = {kind.value: fmt.translate(kind.label) for kind in kinds}
    label = fmt.translate("File to download")
    return FileKind(pick_one(label, options, name="download_kind", default=FileKind.PPTX.value, width=300))


def _pick_language(context: RequestContext) -> Language:
    options = {language.value: language.own_name for language in Language}
    label = context.translate("Language of the file")
    return Language(pick_one(label, options, name="download_language", default=context.language.value, width=190))


def _pick_slide(content: PackContent, language: Language, translate: Translator) -> str:
    options = {slide.key: slide.title for slide in _deck_of(content, language).slides}
    return pick_one(translate("Slide"), options, name="download_slide", default=next(iter(options)), is_long=True)


def _deck_of(content: PackContent, language: Language) -> Deck:
    """Return the deck of the pack in a language, from the cache where possible."""
    cache_key = (content.pack_id, language.value)
    return cached_value(lambda: make_deck(content, translate=Translator(language)), name="deck", cache_key=cache_key)


def _render_making(
    asked: AskedFile,
    content: PackContent,
    meeting: Mapping[Any, Any] | None,
    decisions: pd.DataFrame,
    translate: Translator,
) -> None:
    """Make the file step by step and cache it, the last one only, until it is downloaded or another is requested."""
    with show_domain_errors(translate), st.status(translate("Putting the pack into words")) as progress:
        deck = _deck_of(content, asked.language)
        progress.update(label=translate("Writing the file"))
        st.session_state[MADE] = (asked, _make_file(asked, deck, meeting or {}, decisions))
        st.rerun()


def _make_file(asked: AskedFile, deck: Deck, meeting: Mapping[Any, Any], decisions: pd.DataFrame) -> bytes:
    if asked.kind in OF_THE_DECK:
        return OF_THE_DECK[asked.kind](deck)
    if asked.kind in OF_ONE_SLIDE:
        slide = next(slide for slide in deck.slides if slide.key == asked.slide)
        return OF_ONE_SLIDE[asked.kind](slide, deck)
    return minutes_docx(
        deck,
        decisions,
        meeting_number=meeting["number"],
        meeting_title=meeting["title"],
        meeting_date=as_date(meeting["meeting_date"]),
        translate=Translator(asked.language),
    )


def _render_made(asked: AskedFile, data: bytes, place: DeltaGenerator, translate: Translator) -> None:
    place.download_button(
        translate("Download"),
        data=data,
        file_name=asked.name,
        mime=MIME[asked.kind],
        key="download_file",
        icon=":material/download:",
        on_click="ignore",
    )
    st.caption(translate("{name} is ready.", name=asked.name))

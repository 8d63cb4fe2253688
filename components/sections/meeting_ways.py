"""What a pack is used as: the presentation, and files that are made on request in the language chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.deck.deck import make_deck
from components.deck.model import Deck, Slide
from components.exports.chart_files import slide_csv, slide_png
from components.exports.minutes.document import minutes_docx
from components.exports.print.pack import deck_pdf
from components.exports.slides.presentation import deck_pptx
from components.exports.workbook.workbook import deck_xlsx
from components.meetings.decision_texts import as_date
from components.sections.meeting_pack import OpenedPack, render_present_link
from components.shell.cache import cached_value, errors_in_words
from components.shell.formatter import Formatter
from components.shell.localized_select import pick_one
from components.shell.request_context import RequestContext
from data.codes import Labelled
from data.language import N_, Language, Translator

MADE = "meeting_made_file"
_OFFICE = "application/vnd.openxmlformats-officedocument"


class FileKind(Labelled):
    """What a pack can be taken away as; the value is the end of the file's name."""

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
    """Which file is asked for; ``versions`` are those of the decisions that the minutes hold."""

    pack_id: str
    kind: FileKind
    language: Language
    slide: str = ""
    versions: tuple[tuple[str, int], ...] = ()

    @property
    def name(self) -> str:
        """The name of the file."""
        parts = ["hamkor", self.pack_id[:8], *([self.slide] if self.slide else []), self.language.html_code]
        return f"{'-'.join(parts).lower()}.{self.kind}"


def render_ways(frame: pd.DataFrame, opened: OpenedPack, context: RequestContext, *, fmt: Formatter) -> None:
    """The way into the presentation; beside it a file and its language, and the button that makes or downloads it.

    ``frame`` holds the decisions of the area as :func:`queries.meetings.decisions.decisions` gives them.
    """
    translate = fmt.translate
    with st.container(horizontal=True, vertical_alignment="bottom", key="ways"):
        render_present_link(opened, context)
        kind = _pick_kind(opened, fmt=fmt)
        language = _pick_language(context)
        place = st.empty()
    slide = _pick_slide(opened, language, translate) if kind in OF_ONE_SLIDE else ""
    versions = tuple(zip(frame["public_id"], frame["version"], strict=True)) if kind is FileKind.DOCX else ()
    asked = AskedFile(opened.content.pack_id, kind, language, slide, versions)
    made = cast("tuple[AskedFile, bytes] | None", st.session_state.get(MADE))
    if made is not None and made[0] == asked:
        _render_made(asked, made[1], place, translate)
    elif place.button(translate("Make the file"), key="make_file", icon=":material/draft:"):
        _render_making(asked, frame, opened, translate)


def _pick_kind(opened: OpenedPack, *, fmt: Formatter) -> FileKind:
    kinds = [kind for kind in FileKind if kind is not FileKind.DOCX or opened.meeting is not None]
    words = {kind.value: fmt.translate(kind.label) for kind in kinds}
    label = fmt.translate("File to download")
    return FileKind(pick_one(label, words, name="download_kind", default=FileKind.PPTX.value, width=300))


def _pick_language(context: RequestContext) -> Language:
    words = {language.value: language.own_name for language in Language}
    label = context.translate("Language of the file")
    return Language(pick_one(label, words, name="download_language", default=context.language.value, width=190))


def _pick_slide(opened: OpenedPack, language: Language, translate: Translator) -> str:
    words = {slide.key: slide.title for slide in deck_of(opened, language).slides}
    return pick_one(translate("Slide"), words, name="download_slide", default=next(iter(words)), is_long=True)


def deck_of(opened: OpenedPack, language: Language) -> Deck:
    """The pack in words of a language, from the cache where it was made before."""
    content = opened.content
    cache_key = (content.pack_id, language.value)
    return cached_value(lambda: make_deck(content, translate=Translator(language)), name="deck", cache_key=cache_key)


def _render_making(asked: AskedFile, frame: pd.DataFrame, opened: OpenedPack, translate: Translator) -> None:
    """Make the file step by step and keep it, the last one only, until it is downloaded or another is asked for."""
    with errors_in_words(translate), st.status(translate("Putting the pack into words")) as progress:
        deck = deck_of(opened, asked.language)
        progress.update(label=translate("Writing the file"))
        st.session_state[MADE] = (asked, make_file(asked, deck, frame, opened))
        st.rerun()


def make_file(asked: AskedFile, deck: Deck, frame: pd.DataFrame, opened: OpenedPack) -> bytes:
    """The bytes of a file; ``frame`` holds the decisions of the area."""
    if asked.kind in OF_THE_DECK:
        return OF_THE_DECK[asked.kind](deck)
    if asked.kind in OF_ONE_SLIDE:
        slide = next(slide for slide in deck.slides if slide.key == asked.slide)
        return OF_ONE_SLIDE[asked.kind](slide, deck)
    meeting = opened.meeting or {}
    return minutes_docx(
        deck,
        frame,
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

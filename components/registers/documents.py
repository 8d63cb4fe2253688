"""Documents of a record: the list with its downloads, and the field that adds one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import TYPE_CHECKING, Protocol

import streamlit as st

from components.charts.palette import ACCENT, MUTED_TEXT
from components.shell.formatter import Formatter
from data.dates.clock import day_of
from data.documents import MEGABYTE, SIGNATURE_ENDINGS, DocumentKind
from data.settings import get_settings

if TYPE_CHECKING:
    from queries.registers.documents import RecordDocument

DOCUMENT_PATH = "/document"
# Streamlit writes its own words in the field of a file in English, without a setting for them.
_FIELD_STYLE = """<style>
[data-testid=stFileUploaderDropzone] [data-testid=stFileUploaderDropzoneInstructions] {{ display: none; }}
[data-testid=stFileUploaderDropzone] button[data-testid=stBaseButton-secondary] [data-testid=stMarkdownContainer] p
  {{ font-size: 0; }}
[data-testid=stFileUploaderDropzone] button[data-testid=stBaseButton-secondary] [data-testid=stMarkdownContainer]
  p::after {{ content: "{choose}"; font-size: 1rem; }}
</style>"""
_LIST_STYLE = f"""<style>
ul.hamkor-documents {{ list-style: none; margin: 0; padding: 0; }}
ul.hamkor-documents > li {{ margin: 0; padding: .2rem 0; font-size: .9rem; overflow-wrap: anywhere; }}
.hamkor-documents a {{ color: {ACCENT}; }}
.hamkor-documents i {{ font: 1.15rem "Material Symbols Rounded"; vertical-align: text-bottom; margin-right: .3rem; }}
.hamkor-documents small {{ color: {MUTED_TEXT}; font-size: inherit; }}
</style>"""


class ChosenFile(Protocol):
    """File that a person has chosen in the browser."""

    name: str

    def getvalue(self) -> bytes:
        """Return its content."""


def documents_html(documents: Sequence[RecordDocument], fmt: Formatter) -> str:
    """Return the documents as an HTML list of downloads with size and day; names are escaped."""
    return f'{_LIST_STYLE}<ul class="hamkor-documents">{"".join(_item(item, fmt) for item in documents)}</ul>'


def document_html(document: RecordDocument, fmt: Formatter) -> str:
    """Return one document as :func:`documents_html` does."""
    return documents_html([document], fmt)


def _item(document: RecordDocument, fmt: Formatter) -> str:
    about = f"{size_text(document.size_bytes, fmt)} · {fmt.date(day_of(document.uploaded_at))}"
    is_signature = DocumentKind.of_name(document.file_name) is DocumentKind.SIGNATURE
    icon = f'<i aria-hidden="true" translate="no">{"draw" if is_signature else "picture_as_pdf"}</i>'
    if is_signature:
        about = f"{fmt.translate('Signature attached, not verified here')} · {about}"
    name = escape(document.file_name)
    if document.withdrawn_at is not None:
        reason = fmt.translate("Withdrawn: {reason}", reason=document.withdrawn_reason)
        return f"<li>{icon}<s>{name}</s> <small>{escape(about)} · {escape(reason)}</small></li>"
    address = f"{DOCUMENT_PATH}/{document.document_id}"
    return f'<li>{icon}<a href="{address}" target="_self" download>{name}</a> <small>{escape(about)}</small></li>'


def size_text(size_bytes: int, fmt: Formatter) -> str:
    """Return the size of a file in megabytes, or in kilobytes where it is small."""
    if size_bytes >= MEGABYTE:
        return fmt.translate("{number} MB", number=fmt.number(size_bytes / MEGABYTE, decimals=1))
    return fmt.translate("{number} KB", number=fmt.number(max(1, size_bytes // 1024)))


def pick_document(fmt: Formatter, *, key: str, on_choose: Callable[[ChosenFile | None], None]) -> None:
    """Draw the field of a document; ``on_choose`` is called with what was chosen. Another ``key`` empties the field."""
    translate = fmt.translate
    most = get_settings().document_mb
    st.html(_FIELD_STYLE.format(choose=translate("Choose a file")))
    st.file_uploader(
        translate("PDF document up to {number} MB, or its detached signature (PKCS#7)", number=fmt.number(most)),
        type=["pdf", *SIGNATURE_ENDINGS],
        key=key,
        max_upload_size=most,
        on_change=lambda: on_choose(st.session_state[key]),
    )

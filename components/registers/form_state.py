"""State of a form that is being filled in: kept in the session, and on the server as a draft by the page."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import streamlit as st

from data.language import Language, Message
from data.registers.declaration import RegisterSheet, SheetField
from data.registers.entry import LIST_SEPARATOR

DOCUMENTS = "documents"
"""Code of the texts of a form that holds the ids of its documents."""


@dataclass(kw_only=True)
class RecordForm:
    """An open form of a register.

    ``texts`` by field code as the person left them, ``start`` as they were when the form was opened; ``version`` is
    the version of the record that the person saw, 0 for a new record. ``stored`` are the values that someone else has
    changed meanwhile; where the person typed another one, one of both must be chosen. ``is_draft``: texts of an earlier
    visit were found. ``first_field`` has the focus when it is opened. ``attempts`` counts how often saving was tried.
    ``part_faults`` are those of other records that are entered in the same form.
    """

    register: str
    form_id: str
    texts: dict[str, str]
    start: Mapping[str, str]
    record_id: int = 0
    topic: str = ""
    version: int = 0
    reason: str = ""
    is_draft: bool = False
    attempts: int = 0
    faults: dict[str, Message] = field(default_factory=dict)
    part_faults: dict[str, dict[str, Message]] = field(default_factory=dict)
    error: Message | None = None
    stored: Mapping[str, str] = dataclasses.field(default_factory=dict)
    stored_version: int = 0
    first_field: str = ""

    @property
    def name(self) -> str:
        """Name of the form in the session and in the keys of its widgets."""
        return form_name(self.register, record_id=self.record_id, topic=self.topic)

    def key(self, code: str, language: Language) -> str:
        """Return the key of a field's widget: another one for another form of the same record or another language."""
        return f"{self.name}:{self.form_id}:{code}:{language}"

    @property
    def is_changed(self) -> bool:
        """Whether anything was typed."""
        return any(text != self.start.get(code, "") for code, text in self.texts.items())

    def clear_faults(self) -> None:
        """Forget what the last attempt to save found."""
        self.faults, self.part_faults, self.error = {}, {}, None

    @property
    def document_ids(self) -> tuple[int, ...]:
        """Ids of the documents that were chosen in the form."""
        return tuple(int(text) for text in self.texts.get(DOCUMENTS, "").split(LIST_SEPARATOR) if text)

    def set_documents(self, document_ids: Iterable[int]) -> None:
        """Set the documents that were chosen in the form."""
        self.texts[DOCUMENTS] = LIST_SEPARATOR.join(map(str, document_ids))

    def meet(self, stored: Mapping[str, str], version: int) -> None:
        """Take what someone else has changed meanwhile; where the person typed another value, it is to be chosen."""
        changed = {code: text for code, text in stored.items() if text != self.start.get(code, "")}
        for code, text in changed.items():
            if self.texts.get(code, "") == self.start.get(code, ""):
                self.texts[code] = text
        self.start = {**self.start, **stored}
        self.stored, self.stored_version = changed, version

    def conflicts(self, sheet: RegisterSheet) -> tuple[SheetField, ...]:
        """Return the fields whose text is another than the one that someone else has saved meanwhile."""
        return tuple(
            entry
            for entry in sheet.fields
            if entry.code in self.stored and self.texts.get(entry.code, "") != self.stored[entry.code]
        )


OnForm = Callable[[RecordForm], None]


def form_name(register: str, *, record_id: int = 0, topic: str = "") -> str:
    """Return the name of the form of a record, or of a new record about a topic."""
    return f"form-{register}-{record_id}-{topic}"


def open_form(name: str) -> RecordForm | None:
    """Return the form that is open under a name."""
    found = st.session_state.get(name)
    return found if isinstance(found, RecordForm) else None


def keep_form(form: RecordForm) -> None:
    """Keep a form open."""
    st.session_state[form.name] = form


def close_form(form: RecordForm) -> None:
    """Close a form; the next one of the same name begins anew."""
    st.session_state.pop(form.name, None)

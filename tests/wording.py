"""Faults of a translation that a program can find: placeholders, scripts, apostrophes, endings, untranslated text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from string import Formatter

from babel.messages.catalog import Message

from data.language import Language
from data.texts.catalogues import first_form, forms
from data.texts.search_keys import APOSTROPHES, OKINA, TUTUQ

WRONG_APOSTROPHES = frozenset(APOSTROPHES) - {OKINA, TUTUQ}
# Names that are written in Latin letters in every language.
LATIN_NAMES = frozenset(
    {"Hamkor", "PDF", "XLSX", "CSV", "PNG", "SVG", "JSON", "SQLite", "PostgreSQL", "OpenStreetMap", "ODbL"}
    | {"geoBoundaries", "OCHA", "ROCCA", "CC", "BY", "IGO", "SOATO", "STIR", "PINFL", "Excel", "OECD", "JRC", "Wilson"}
    | {"OpenID", "Connect", "OneID", "PKCS", "Spiegelhalter", "HTTPS", "URL", "k", "n", "PowerPoint", "Word"}
    # Keys of a keyboard.
    | {"Page", "Up", "Down", "B", "F", "H", "N", "Ctrl", "Enter", "Escape"}
    | {"JavaScript", "Chrome", "Edge", "Firefox", "Safari", "Yandex"}
    # Telegram, and what stands on its button.
    | {"Telegram", "Start"}
)
ENDINGS = ".:?!…"
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")
_CODE = re.compile(r"`[^`]*`|--[\w-]+|https?://\S+|\w*\.(?:xlsx|pdf|csv)\b|:material/\w+:", re.IGNORECASE)
_WORD = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{OKINA}{TUTUQ}])*")
_LATIN = re.compile(r"[A-Za-z]")
_CYRILLIC = re.compile(r"[Ѐ-ӿ]")


def placeholders(text: str) -> frozenset[str]:
    """Return the names in braces."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def words(text: str) -> list[str]:
    """Return the words of a text, without placeholders, codes, options and URLs."""
    return _WORD.findall(_CODE.sub(" ", _PLACEHOLDER.sub(" ", text)))


def placeholder_faults(message: Message) -> Iterator[str]:
    """Forms whose placeholders differ from the English ones; ``{n}`` may be left out where it is always one."""
    identities = (message.id,) if isinstance(message.id, str) else tuple(message.id)
    wanted = placeholders(identities[-1])
    allowed = {wanted} if len(forms(message)) > 2 else {wanted, placeholders(identities[0])}
    yield from (f"placeholders: {form!r}" for form in forms(message) if placeholders(form) not in allowed)


def script_faults(message: Message, language: Language) -> Iterator[str]:
    """Words that mix scripts, words in the other script, and apostrophes other than ʻ and ʼ."""
    other = _CYRILLIC if language is Language.UZ_LATN else _LATIN
    for form in forms(message):
        for word in words(form):
            is_mixed = bool(_LATIN.search(word) and _CYRILLIC.search(word))
            if is_mixed or (other.search(word) and word not in LATIN_NAMES):
                yield f"script: {word!r} in {form!r}"
        if language is Language.UZ_LATN and WRONG_APOSTROPHES & set(_CODE.sub("", form)):
            yield f"apostrophe: {form!r}"


def ending_faults(message: Message) -> Iterator[str]:
    """Forms whose last mark or outer spaces differ from the English ones."""
    source = first_form(message.id)
    for form in forms(message):
        if _ending(form) != _ending(source) or form != form.strip() and source == source.strip():
            yield f"ending: {form!r}"


def _ending(text: str) -> str:
    return text[-1:] if text[-1:] in ENDINGS else ""


def sameness_faults(message: Message, same: Iterable[str]) -> Iterator[str]:
    """A translation that is the English text, though the text has words and is not known to be the same."""
    source = first_form(message.id)
    is_wordy = any(word not in LATIN_NAMES for word in words(source))
    if is_wordy and source not in same and source in forms(message):
        yield f"left in English: {source!r}"

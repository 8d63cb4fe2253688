"""The four languages: catalogues, translation, and the words of errors.

A message is its English source text. Mark one where it is declared with ``N_`` and translate it where it is
shown with a :class:`Translator`. Nothing here is process-wide: a translator is made for a language and passed on.
"""

from __future__ import annotations

import gettext
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

CATALOGUES = Path(__file__).parent / "locale"
DOMAIN = "hamkor"


class Language(StrEnum):
    """Languages of the product; the value is the catalogue's folder and the URL code."""

    UZ_LATN = "uz_Latn"
    UZ_CYRL = "uz_Cyrl"
    RU = "ru"
    EN = "en"

    @property
    def own_name(self) -> str:
        """The name of the language in that language."""
        return _OWN_NAMES[self]

    @property
    def html_code(self) -> str:
        """BCP 47 tag for ``lang`` attributes."""
        return self.value.replace("_", "-")

    @classmethod
    def parse(cls, text: str | None) -> Language:
        """The language meant by ``uz``, ``uz-Cyrl``, ``ru_RU`` and the like; Uzbek Latin for anything unknown."""
        code = (text or "").strip().replace("-", "_").lower()
        by_code = {language.value.lower(): language for language in cls}
        if code in by_code:
            return by_code[code]
        if code.startswith("uz"):
            return cls.UZ_CYRL if "cyrl" in code else cls.UZ_LATN
        return by_code.get(code.split("_")[0], cls.UZ_LATN)


_OWN_NAMES: Mapping[Language, str] = {
    Language.UZ_LATN: "Oʻzbekcha",
    Language.UZ_CYRL: "Ўзбекча",
    Language.RU: "Русский",
    Language.EN: "English",
}


def N_(message: str) -> str:  # noqa: N802 - the customary gettext mark
    """Mark a message for extraction without translating it."""
    return message


@dataclass(frozen=True)
class Message:
    """A translatable message with the values that its ``{placeholders}`` take."""

    text: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Wording:
    """A word of the catalogues; ``context`` where the same English word has other translations elsewhere."""

    text: str
    context: str = ""

    def in_language(self, language: Language) -> str:
        """The word in a language."""
        translate = Translator(language)
        return translate.context(self.context, self.text) if self.context else translate(self.text)

    def in_all_languages(self) -> tuple[str, ...]:
        """The word in each language of the product."""
        return tuple(self.in_language(language) for language in Language)


class DomainError(Exception):
    """Something the person can understand and mend; pages show :attr:`message` translated."""

    def __init__(self, text: str, **values: object) -> None:
        super().__init__(text.format(**values) if values else text)
        self.message = Message(text, values)


@lru_cache(maxsize=len(Language))
def _locale(language: Language) -> Locale:
    return Locale.parse(language.value)


@lru_cache(maxsize=len(Language))
def _catalogue(language: Language) -> gettext.NullTranslations:
    path = CATALOGUES / language.value / "LC_MESSAGES" / f"{DOMAIN}.po"
    if language is Language.EN or not path.exists():
        return gettext.NullTranslations()
    with path.open("rb") as source:
        catalogue = read_po(source, locale=language.value)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@dataclass(frozen=True)
class Translator:
    """Translates for one language. Hashable, so that it may key a cache."""

    language: Language = Language.UZ_LATN

    @property
    def locale(self) -> Locale:
        """Babel locale for numbers and dates."""
        return _locale(self.language)

    def __call__(self, text: str, **values: object) -> str:
        """The translation of ``text`` with its placeholders filled."""
        translated = _catalogue(self.language).gettext(text) if text else text
        return translated.format(**values) if values else translated

    def plural(self, singular: str, plural: str, n: int, **values: object) -> str:
        """The plural form for ``n``; ``{n}`` is filled too."""
        return _catalogue(self.language).ngettext(singular, plural, n).format(n=n, **values)

    def context(self, context: str, text: str) -> str:
        """The translation of ``text`` as used in ``context`` (for words with two meanings)."""
        return _catalogue(self.language).pgettext(context, text)

    def render(self, message: Message) -> str:
        """The translation of a :class:`Message`; values that are messages are translated too."""
        values = {
            key: self.render(value) if isinstance(value, Message) else value for key, value in message.values.items()
        }
        return self(message.text, **values)

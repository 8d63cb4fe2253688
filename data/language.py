"""Languages of the product: their properties, catalogues, translation, and translatable errors.

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
from typing import Self

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

CATALOGUES = Path(__file__).parent / "locale"
DOMAIN = "hamkor"


_LATIN = tuple("abcdefghijklmnopqrstuvwxyz")
_RUSSIAN = tuple("абвгдеёжзийклмнопрстуфхцчшщъыьэюя")


@dataclass(frozen=True, kw_only=True)
class LanguageFacts:
    """Properties of a language beside its catalogue and the names in ``data/reference``.

    ``alphabet``: its letters in their order, digraphs too. ``office_tag``: its tag in texts of office programs ("" for
    its BCP 47 tag); ``office_code``: its hexadecimal code in number formats of office programs ("" for none).
    ``short_place_words``: the words added to the name of a region, district or city, with their abbreviations on a map.
    ``locale``: the CLDR locale whose numbers, days and months it takes, "" for its own; ``months`` replaces names that
    are wrong there, ``has_capital_months`` says that they are capitalised. ``is_source``: the texts in the code are in
    it, so it has no catalogue.
    """

    own_name: str
    alphabet: tuple[str, ...]
    office_tag: str = ""
    office_code: str = ""
    short_place_words: tuple[tuple[str, str], ...] = ()
    locale: str = ""
    months: tuple[str, ...] = ()
    has_capital_months: bool = False
    is_source: bool = False


class Language(StrEnum):
    """Languages of the product, a row each; the value is the catalogue's folder and the code in addresses.

    Adding one takes a row, a catalogue and, in ``data/reference``, a column of names; without it, and wherever a name
    is empty, areas have the names of the first language. The first is also what somebody without a choice gets.
    """

    facts: LanguageFacts

    UZ_LATN = (
        "uz_Latn",
        LanguageFacts(
            own_name="Oʻzbekcha",
            alphabet=(*_LATIN, "oʻ", "gʻ", "sh", "ch", "ng"),
            office_tag="uz-Latn-UZ",
            office_code="443",
            short_place_words=((" tumani", ""), (" shahri", "\u00a0sh."), (" viloyati", ""), (" Respublikasi", "")),
        ),
    )
    UZ_CYRL = (
        "uz_Cyrl",
        LanguageFacts(
            own_name="Ўзбекча",
            alphabet=(*_RUSSIAN, "ў", "қ", "ғ", "ҳ"),
            office_tag="uz-Cyrl-UZ",
            office_code="843",
            short_place_words=((" тумани", ""), (" шаҳри", "\u00a0ш."), (" вилояти", ""), (" Республикаси", "")),
            # The locale data leave out the soft sign that Uzbek Cyrillic orthography has.
            months=(
                "январь",
                "февраль",
                "март",
                "апрель",
                "май",
                "июнь",
                "июль",
                "август",
                "сентябрь",
                "октябрь",
                "ноябрь",
                "декабрь",
            ),  # fmt: skip
        ),
    )
    RU = (
        "ru",
        LanguageFacts(
            own_name="Русский",
            alphabet=_RUSSIAN,
            office_tag="ru-RU",
            office_code="419",
            short_place_words=(*((" район", ""), ("город ", "г.\u00a0"), (" область", " обл."), ("Республика ", "")),),
        ),
    )
    EN = (
        "en",
        LanguageFacts(
            own_name="English",
            alphabet=_LATIN,
            office_tag="en-GB",
            office_code="809",
            short_place_words=((" district", ""), (" city", "\u00a0city"), (" Region", ""), ("Republic of ", "")),
            has_capital_months=True,
            is_source=True,
        ),
    )

    def __new__(cls, code: str, facts: LanguageFacts | None = None) -> Self:
        """Create a member with its code as value and its properties; ``Language(code)`` finds it by the code alone."""
        member = str.__new__(cls, code)
        member._value_ = code
        if facts is not None:
            member.facts = facts
        return member

    @property
    def own_name(self) -> str:
        """Name of the language in that language."""
        return self.facts.own_name

    @property
    def html_code(self) -> str:
        """BCP 47 tag for ``lang`` attributes."""
        return self.value.replace("_", "-")

    @property
    def office_tag(self) -> str:
        """Tag of the language in texts of office programs."""
        return self.facts.office_tag or self.html_code

    @property
    def locale(self) -> Locale:
        """Babel locale for numbers and dates."""
        return _locale(self)

    @property
    def percent_sign(self) -> str:
        """Percent sign with the space that stands before it."""
        return str(self.locale.percent_formats[None].pattern).lstrip("#,0")

    @property
    def has_decimal_comma(self) -> bool:
        """Whether decimals have a comma, so that spreadsheets separate columns by semicolons."""
        return str(self.locale.number_symbols["latn"]["decimal"]) == ","

    @property
    def months(self) -> tuple[str, ...]:
        """Twelve month names in their standalone form."""
        return self.facts.months or self._months("wide")

    @property
    def short_months(self) -> tuple[str, ...]:
        """Twelve short names of months without a full stop, for axes."""
        return tuple(name.rstrip(".") for name in self._months("abbreviated"))

    def _months(self, width: str) -> tuple[str, ...]:
        names = self.locale.months["stand-alone"][width]
        # The locale data capitalise names that stand alone also where the orthography does not.
        return tuple(name if self.facts.has_capital_months else name.lower() for _, name in sorted(names.items()))

    @classmethod
    def parse(cls, text: str | None) -> Language:
        """Return the language meant by ``uz``, ``uz-Cyrl``, ``ru_RU`` and the like; the first one for others."""
        asked = (text or "").strip().replace("-", "_").lower().split("_")
        of_that_name = [one for one in cls if one.value.lower().split("_")[0] == asked[0]]
        exact = (one for one in of_that_name if set(one.value.lower().split("_")) <= set(asked))
        return next(exact, next(iter([*of_that_name, *cls])))


def N_(message: str) -> str:  # noqa: N802 - the customary gettext mark
    """Mark a message for extraction without translating it."""
    return message


@dataclass(frozen=True)
class Message:
    """Translatable message with the values of its ``{placeholders}``."""

    text: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Wording:
    """Catalogue text; ``context`` where the same English text has other translations elsewhere."""

    text: str
    context: str = ""

    def in_language(self, language: Language) -> str:
        """Return the text in a language."""
        translate = Translator(language)
        return translate.context(self.context, self.text) if self.context else translate(self.text)

    def in_all_languages(self) -> tuple[str, ...]:
        """Return the text in each language of the product."""
        return tuple(self.in_language(language) for language in Language)


class DomainError(Exception):
    """Base class of errors that a person can understand and correct; pages show :attr:`message` translated."""

    def __init__(self, text: str, **values: object) -> None:
        super().__init__(text.format(**values) if values else text)
        self.message = Message(text, values)


@lru_cache(maxsize=len(Language))
def _locale(language: Language) -> Locale:
    return Locale.parse(language.facts.locale or language.value)


@lru_cache(maxsize=len(Language))
def _catalogue(language: Language) -> gettext.NullTranslations:
    path = CATALOGUES / language.value / "LC_MESSAGES" / f"{DOMAIN}.po"
    if language.facts.is_source or not path.exists():
        return gettext.NullTranslations()
    with path.open("rb") as source:
        catalogue = read_po(source, locale=language.value)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@dataclass(frozen=True)
class Translator:
    """Translator into one language. Hashable, so that it may be part of a cache key."""

    language: Language = Language.UZ_LATN

    @property
    def locale(self) -> Locale:
        """Babel locale for numbers and dates."""
        return self.language.locale

    def __call__(self, text: str, **values: object) -> str:
        """Return the translation of ``text`` with its placeholders filled."""
        translated = _catalogue(self.language).gettext(text) if text else text
        return translated.format(**values) if values else translated

    def plural(self, singular: str, plural: str, n: int, **values: object) -> str:
        """Return the plural form for ``n``; ``{n}`` is filled too."""
        return _catalogue(self.language).ngettext(singular, plural, n).format(n=n, **values)

    def context(self, context: str, text: str) -> str:
        """Return the translation of ``text`` in ``context`` (for texts with two meanings)."""
        return _catalogue(self.language).pgettext(context, text)

    def render(self, message: Message) -> str:
        """Return the translation of a :class:`Message`; values that are messages or wordings are translated too."""
        values = {key: self._translated(value) for key, value in message.values.items()}
        return self(message.text, **values)

    def _translated(self, value: object) -> object:
        if isinstance(value, Wording):
            return value.in_language(self.language)
        return self.render(value) if isinstance(value, Message) else value

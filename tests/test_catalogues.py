"""Catalogues contain every text of the code in three languages, each in its own script and spelling."""

from __future__ import annotations

import pytest
from babel.messages.catalog import Catalog, Message

from data.language import Language, Translator
from data.texts.catalogues import TRANSLATED, SourceMessage, is_filled, messages_in, problems, read_catalogue, template
from tests.wording import ending_faults, placeholder_faults, sameness_faults, script_faults

# English words that are the same in a language.
SAME = {
    Language.UZ_LATN: {
        *("Seminar", "Grant", "Login", "Mahalla", "Memorandum", "Transport"),
        *("{number} MB", "{number} KB", "STIR {number}"),
    },
    Language.UZ_CYRL: set[str](),
    Language.RU: set[str](),
}
PLURAL_FORMS = {Language.UZ_LATN: 2, Language.UZ_CYRL: 2, Language.RU: 3}


@pytest.fixture(scope="module")
def wanted() -> Catalog:
    return template()


def translated(language: Language) -> list[Message]:
    """Return the translated messages of a catalogue."""
    return [message for message in read_catalogue(language) if message.id and is_filled(message)]


@pytest.mark.parametrize("language", TRANSLATED)
def test_nothing_is_missing_empty_fuzzy_or_unused(language: Language, wanted: Catalog) -> None:
    assert problems(language, wanted) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_placeholders_are_those_of_the_source(language: Language) -> None:
    assert [fault for message in translated(language) for fault in placeholder_faults(message)] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_words_are_in_the_script_of_the_language(language: Language) -> None:
    assert [fault for message in translated(language) for fault in script_faults(message, language)] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_sentences_end_as_in_the_source(language: Language) -> None:
    assert [fault for message in translated(language) for fault in ending_faults(message)] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_nothing_is_left_in_english(language: Language) -> None:
    faults = [fault for message in translated(language) for fault in sameness_faults(message, SAME[language])]
    assert faults == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_catalogue_has_the_plural_forms_of_its_language(language: Language) -> None:
    assert read_catalogue(language).num_plurals == PLURAL_FORMS[language]


@pytest.mark.parametrize(("n", "text"), [(1, "1 event"), (2, "2 events"), (0, "0 events")])
def test_english_has_plurals_without_a_catalogue(n: int, text: str) -> None:
    assert Translator(Language.EN).plural("{n} event", "{n} events", n) == text


def test_texts_are_found_in_every_form_of_call() -> None:
    source = """
A = N_("Declared")
translate("Shown", name=1)
self.translate("Held")
translate.plural("{n} day", "{n} days", n)
translate.context("month", "May")
translate("Yes" if ok else "No")
translate(variable)
table.translate(mapping)
"""
    assert set(messages_in(source)) == {
        SourceMessage("Declared"),
        SourceMessage("Shown"),
        SourceMessage("Held"),
        SourceMessage("{n} day", plural="{n} days"),
        SourceMessage("May", context="month"),
        SourceMessage("Yes"),
        SourceMessage("No"),
    }


def test_a_catalogue_that_lags_behind_is_told() -> None:
    ahead = template()
    ahead.add("A text that nobody wrote yet")
    assert f"{Language.RU}: missing: 'A text that nobody wrote yet'" in problems(Language.RU, ahead)


def test_a_translation_that_nobody_needs_is_told() -> None:
    held = translated(Language.RU)[0]
    assert f"{Language.RU}: unused: {held.id!r}" in problems(Language.RU, Catalog())


PLANTED = (
    (Language.UZ_LATN, "Open {name}.", "{nom} ochish."),
    (Language.UZ_LATN, "No grant", "Grant yo'q"),
    (Language.UZ_LATN, "No grant", "Grant йўқ"),
    (Language.UZ_LATN, "Sign in", "Sign in"),
    (Language.UZ_CYRL, "No grant", "Грант yoʻq"),
    (Language.RU, "Area", "Oбласть"),
    (Language.RU, "Saved.", "Сохранено"),
)


@pytest.mark.parametrize(("language", "source", "translation"), PLANTED)
def test_a_planted_fault_is_found(language: Language, source: str, translation: str) -> None:
    message = Message(source, translation)
    faults = [*placeholder_faults(message), *script_faults(message, language), *ending_faults(message)]
    assert faults + list(sameness_faults(message, set()))


def test_a_plural_needs_its_number_in_every_russian_form() -> None:
    good = Message(("{n} day", "{n} days"), ("{n} день", "{n} дня", "{n} дней"))
    bad = Message(("{n} day", "{n} days"), ("день", "{n} дня", "{n} дней"))
    assert list(placeholder_faults(good)) == []
    assert list(placeholder_faults(bad))

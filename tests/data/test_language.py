"""What sets each language apart."""

from __future__ import annotations

import pytest

from data.language import Language

UZBEK_MONTHS = "yanvar, fevral, mart, aprel, may, iyun, iyul, avgust, sentabr, oktabr, noyabr, dekabr"
CYRILLIC_MONTHS = "январь, февраль, март, апрель, май, июнь, июль, август, сентябрь, октябрь, ноябрь, декабрь"


def test_months_are_spelt_as_in_uzbek() -> None:
    assert ", ".join(Language.UZ_LATN.months) == UZBEK_MONTHS
    assert ", ".join(Language.UZ_CYRL.months) == CYRILLIC_MONTHS


def test_short_months_are_twelve_different_ones_without_a_stop() -> None:
    for language in Language:
        assert len(set(language.short_months)) == 12
        assert not any("." in name for name in language.short_months)


def test_january_stands_in_the_nominative() -> None:
    found = {language: (language.months[0], language.short_months[0]) for language in Language}
    assert found[Language.UZ_LATN] == ("yanvar", "yan")
    assert found[Language.UZ_CYRL] == ("январь", "янв")
    assert found[Language.RU] == ("январь", "янв")
    assert found[Language.EN] == ("January", "Jan")


def test_signs_of_numbers_are_those_of_the_language() -> None:
    assert [language for language in Language if not language.has_decimal_comma] == [Language.EN]
    assert {language: language.percent_sign for language in Language} == {
        **dict.fromkeys(Language, "%"),
        Language.RU: "\u00a0%",
    }


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("uz", Language.UZ_LATN),
        ("uz-Latn", Language.UZ_LATN),
        ("uz-Cyrl", Language.UZ_CYRL),
        ("uz_Cyrl_UZ", Language.UZ_CYRL),
        ("RU_ru", Language.RU),
        ("en-GB", Language.EN),
        ("", Language.UZ_LATN),
        (None, Language.UZ_LATN),
        ("xx", Language.UZ_LATN),
    ],
)
def test_a_language_is_known_by_any_of_its_tags(text: str | None, language: Language) -> None:
    assert Language.parse(text) is language

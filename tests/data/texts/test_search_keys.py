"""Names are found and sorted whatever apostrophe or script they were typed with."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.directory import REFERENCE
from data.language import Language
from data.texts.search_keys import APOSTROPHES, OKINA, TUTUQ, search_key, sort_key, tidy


def _names(file_name: str) -> list[tuple[str, str]]:
    with (REFERENCE / file_name).open(encoding="utf-8", newline="") as source:
        return [(row["name_uz_latn"], row["name_uz_cyrl"]) for row in csv.DictReader(source)]


@pytest.mark.parametrize(("file_name", "number"), [("districts.csv", 208), ("regions.csv", 14)])
def test_every_real_name_has_one_key_in_latin_and_cyrillic(file_name: str, number: int) -> None:
    names = _names(file_name)
    assert len(names) == number
    assert [(latin, cyrillic) for latin, cyrillic in names if search_key(latin) != search_key(cyrillic)] == []


def test_districts_of_a_different_name_keep_different_keys() -> None:
    names = {latin for latin, _ in _names("districts.csv")}
    assert len({search_key(name) for name in names}) == len(names)


@pytest.mark.parametrize("mark", APOSTROPHES)
def test_any_apostrophe_finds_every_real_name(mark: str) -> None:
    for latin, _ in _names("districts.csv"):
        typed = latin.replace(OKINA, mark).replace(TUTUQ, mark)
        assert search_key(typed) == search_key(latin)


def test_case_spaces_and_punctuation_are_folded() -> None:
    assert search_key("  «OʻZBEKISTON»   tumani ") == search_key("O'zbekiston tumani") == "ozbekiston tumani"
    assert search_key("") == search_key(" -'- ") == ""


@given(st.text(max_size=40))
def test_a_key_is_its_own_key(text: str) -> None:
    assert search_key(search_key(text)) == search_key(text)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  Gʻafur   G`ulom\nMFY ", "Gʻafur Gʻulom MFY"),
        ("Oʻzbekiston", "Oʻzbekiston"),
        ("O’zbekiston", "Oʻzbekiston"),
        ("Ma'rifat", "Maʼrifat"),
        ("Is‘hoqxon", "Isʼhoqxon"),
        ("Beshyog'och", "Beshyogʻoch"),
        ("Ғалаба", "Ғалаба"),
    ],
)
def test_tidy_sets_the_right_apostrophe_and_single_spaces(typed: str, stored: str) -> None:
    assert tidy(typed) == stored


@given(st.text(alphabet="ogaOGx '`‘’ʻʼ\n", max_size=20))
def test_tidying_twice_changes_nothing_and_keeps_the_search_key(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    assert search_key(tidy(text)) == search_key(text)


IN_ORDER = {
    Language.UZ_LATN: ["12-son", "Andijon", "Angor", "Guliston", "Zomin", "Oʻzbek", "Gʻijduvon", "Shoʻrchi", "Chust"],
    Language.UZ_CYRL: ["Ер", "Ёзёвон", "Жиззах", "Олтин", "Яйпан", "Ўзбекистон", "Қўқон", "Ғиждувон", "Ҳазорасп"],
    Language.RU: ["1-я", "Ель", "Ёлка", "Жар", "Йод", "Ташкент", "Яйпан", "Buxoro"],
    Language.EN: ["1st", "Andijan", "Chust", "Gʻijduvon", "Guliston", "Oltin", "Oʻzbek", "Zomin"],
}  # fmt: skip


@pytest.mark.parametrize("language", list(IN_ORDER))
def test_names_sort_in_the_order_of_the_alphabet(language: Language) -> None:
    expected = IN_ORDER[language]
    assert sorted(set(expected), key=lambda name: sort_key(name, language)) == expected


def test_s_and_h_apart_are_not_the_letter_sh() -> None:
    ordered = sorted(["Isʼhoq", "Ishoq", "Isiriq"], key=lambda name: sort_key(name, Language.UZ_LATN))
    assert ordered == ["Isʼhoq", "Isiriq", "Ishoq"]


@pytest.mark.parametrize("mark", APOSTROPHES)
def test_sorting_does_not_depend_on_case_or_apostrophe(mark: str) -> None:
    assert sort_key(f"O{mark}ZBEKISTON", Language.UZ_LATN) == sort_key("oʻzbekiston", Language.UZ_LATN)


@given(text=st.text(max_size=30), language=st.sampled_from(Language))
def test_any_text_has_a_key_that_can_be_stored(text: str, language: Language) -> None:
    sort_key(text, language).encode("utf-8")

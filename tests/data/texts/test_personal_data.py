"""Free text with data on persons is found in any usual spacing; ordinary sentences pass."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.language import Language, Translator
from data.texts.personal_data import (
    PersonalData,
    PersonalDataError,
    find_personal_data,
    personal_data_in,
    refuse_personal_data,
)

PASSPORTS = (
    "Shaxs AA1234567 ishtirok etdi",
    "AA 1234567",
    "АА1234567 рақамли",  # Cyrillic letters
    "pasport AB № 1234567",
    "aa1234567",
    "ad 1234567 berilgan",
    "AC-1234567",
    "FA 123 45 67",
    "А А1234567 ва АD1234567",
    "KA\u00a01234567.",
    "(AA1234567)",
)
PINFLS = (
    "31234567890123",
    "JSHSHIR: 30101901234567",
    "ПИНФЛ 3 010190 123 4567",
    "3-010190-1234567",
)
PHONES = (
    "Telefon: +998 90 123 45 67",
    "+998901234567",
    "998 (90) 123-45-67",
    "901234567 ga qoʻngʻiroq qiling",
    "90 123 45 67",
    "90-123-45-67",
    "(71) 234-56-78",
    "90 1234567",
    "90.123.45.67",
    "тел. 234-56-78",
    "tel 2345678",
    "8 (371) 234 56 78",
    "+7 916 123-45-67",
    "+998\u00a090\u2009123–45–67",
)
ORDINARY = (
    "Tadbir foydali boʻldi",
    "2026-yil 12.01.2026 da 122 nafar yosh qatnashdi",
    "HM-2026/001 memorandumi boʻyicha",
    "STIR 300011000",
    "Jami 1 500 000 soʻm ajratildi",
    "5 ta 1500000 soʻm",
    "grant 150000000 soʻm",
    "2026-2027-yillarda 120-100 nafar",
    "PQ-4345-son qaror",
    "10:00 dan 12:30 gacha",
    "2025 2026 120 100",
    "20208000900100001010",  # a bank account has twenty digits
    "01.02.2026-03.04.2026",
    "",
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [(text, PersonalData.PASSPORT) for text in PASSPORTS]
    + [(text, PersonalData.PINFL) for text in PINFLS]
    + [(text, PersonalData.PHONE) for text in PHONES],
)
def test_data_on_a_person_are_found(text: str, kind: PersonalData) -> None:
    assert find_personal_data(text) is kind


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_text_passes(text: str) -> None:
    assert find_personal_data(text) is None


def test_the_refusal_does_not_repeat_the_text() -> None:
    with pytest.raises(PersonalDataError) as refused:
        refuse_personal_data("Shaxs AA1234567 ishtirok etdi")
    assert "1234567" not in str(refused.value)
    assert refused.value.kind is PersonalData.PASSPORT


@given(st.text())
def test_any_text_is_judged_without_a_crash(text: str) -> None:
    find_personal_data(text)


@given(st.from_regex(r"[A-Z]{2}[ -]?[0-9]{7}", fullmatch=True), st.sampled_from(["", "Shaxs ", "(", "— "]))
def test_every_passport_number_is_found(number: str, before: str) -> None:
    assert find_personal_data(f"{before}{number}") is PersonalData.PASSPORT


def test_all_that_is_found_is_named_and_marked() -> None:
    text = "Karimov (AA 1234567) keldi, tel. 90 123 45 67; PINFL 31234567890123, yana +998 91 765 43 21"
    assert [(piece.kind.value, piece.text.strip()) for piece in personal_data_in(text)] == [
        ("passport", "AA 1234567"),
        ("phone", "90 123 45 67"),
        ("pinfl", "31234567890123"),
        ("phone", "+998 91 765 43 21"),
    ]
    first = personal_data_in(text)[0]
    assert (first.before, first.after) == ("Karimov (", ") keldi, tel. 90")
    with pytest.raises(PersonalDataError) as refused:
        refuse_personal_data(text)
    assert set(refused.value.kinds) == set(PersonalData)
    with pytest.raises(PersonalDataError) as two:
        refuse_personal_data("AA 1234567, 90 123 45 67")
    told = Translator(Language.EN).render(two.value.message)
    assert "a passport number and a phone number" in told
    assert "1234567" not in f"{told}{two.value}"

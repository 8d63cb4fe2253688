"""What slides are made from: plain rows, names that can be told apart, values that rest on enough cases."""

from __future__ import annotations

from datetime import date

from components.deck.source import PackSource, known_indicator, make_source, one_line
from data.codes import MemorandumStatus, When
from data.language import Language, Translator
from data.policy import ScopeKind
from tests.components.deck.sample_rows import Rows
from tests.components.deck.samples import DISTRICT, REGION, sample_content


def source_of(kind: ScopeKind = ScopeKind.DISTRICT, **frames: Rows) -> PackSource:
    """The sample in English, with other frames where they are given."""
    return make_source(sample_content(kind, frames=frames), translate=Translator(Language.EN))


def test_rows_are_plain_python_values() -> None:
    first, second, *_ = source_of().rows("memoranda")
    assert (first["expiry_date"], first["days_left"], first["is_on_paper"]) == (date(2026, 12, 24), 34, False)
    assert (second["expiry_date"], second["days_left"], second["is_on_paper"]) == (None, None, True)
    assert type(first["days_left"]) is int


def test_rows_are_chosen_by_their_columns() -> None:
    rows = list(source_of().rows("memoranda", status_code="in_force", is_on_paper=True))
    assert [row["number"] for row in rows] == ["3-2025"]


def test_a_frame_that_a_pack_does_not_have_is_empty() -> None:
    assert list(source_of().rows("unheard_of")) == []


def test_a_value_without_enough_data_is_none_whatever_is_stored() -> None:
    row = {"indicator_code": "plan_execution", "area_code": DISTRICT, "when": "now", "value": 0.0, "n": 1}
    source = source_of(values=[{**row, "is_enough": False}])
    assert source.figure("plan_execution") is None
    assert source_of(values=[{**row, "is_enough": True}]).figure("plan_execution") == 0.0


def test_figures_are_found_by_area_and_time() -> None:
    source = source_of()
    code = "plan_execution"
    assert source.figure(code) == 58.3
    assert source.figure(code, when=When.LAST_PACK) == 52.2
    assert source.figure(code, area_code=REGION) not in {None, 58.3}
    assert source.target(code) == 80.0
    assert source.target("trained") is None


def test_names_are_in_the_language_of_the_deck() -> None:
    content = sample_content(ScopeKind.DISTRICT)
    names = {language: make_source(content, translate=Translator(language)).area for language in Language}
    assert names[Language.UZ_LATN] == "Qoʻrgʻontepa tumani"
    assert names[Language.UZ_CYRL] == "Қўрғонтепа тумани"
    assert names[Language.RU] == "Кургантепинский район"


def test_districts_of_one_name_carry_their_region() -> None:
    same = dict.fromkeys(("name_uz_latn", "name_uz_cyrl", "name_ru", "name_en"), "Same district")
    region = dict.fromkeys(same, "Andijan Region")
    source = source_of(
        areas=[
            {"area_code": "1703", "level": "region", "region_soato": "1703", **region},
            {"area_code": "1703202", "level": "district", "region_soato": "1703", **same},
            {"area_code": "1706204", "level": "district", "region_soato": "1706", **same},
        ]
    )
    assert source.name("1703202") == "Same district (Andijan Region)"
    assert source.name("1706204") == "Same district (1706)"
    assert source.name("9999999") == "9999999"


def test_the_nation_has_a_name_of_its_own() -> None:
    assert source_of(ScopeKind.NATION).area == "Uzbekistan"
    assert source_of(ScopeKind.NATION).region_code == ""
    assert source_of(ScopeKind.DISTRICT).region_code == REGION


def test_texts_stand_on_one_line_without_unprintable_signs() -> None:
    assert one_line(" a\x00b\n\n\tc\u2028d  e ") == "a b c d e"
    assert one_line("Oʻzbekiston maʼlumoti") == "Oʻzbekiston maʼlumoti"


def test_codes_that_are_no_longer_known_stand_for_themselves() -> None:
    source = source_of()
    assert source.label(MemorandumStatus, "in_force") == "In force"
    assert source.label(MemorandumStatus, "of_yesterday") == "of_yesterday"
    assert known_indicator("plan_execution") == "plan_execution"
    assert known_indicator("of_yesterday") is None

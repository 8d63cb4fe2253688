"""Areas are named and sorted in the reader's language, found in any spelling, and limited by role."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine

from components.shell.areas import NATION_CODE, AreaDirectory, is_comparable, make_area_directory
from data.database.engine import reading, writing
from data.dates.period import Period
from data.directory import load_demo_districts
from data.language import Language, Translator
from data.policy import Actor, Role, Scope
from queries.directory.areas import districts, regions, successions

NATIONAL = Actor(Role.NATIONAL)
REGIONAL = Actor(Role.REGIONAL, region_soato="1730")
DISTRICT = Actor(Role.DISTRICT, region_soato="1730", district_soato="1730401")


def directory_in(engine: Engine, language: Language) -> AreaDirectory:
    """Return the directory in a language."""
    with reading(engine) as connection:
        frames = (
            regions(connection, NATIONAL),
            districts(connection, NATIONAL, scope=Scope.nation()),
            successions(connection, NATIONAL),
        )
    return make_area_directory(*frames, Translator(language))


@pytest.fixture
def directory(engine: Engine) -> AreaDirectory:
    """Directory in English."""
    return directory_in(engine, Language.EN)


@pytest.mark.parametrize(
    "typed",
    ["gʻijduvon", "G'ijduvon", "G`ijduvon tumani", "gijduvon", "Ғиждувон", "Гиждуванский", "ijduvon", "Gijdivon"],
)
def test_a_district_is_found_however_it_is_typed(directory: AreaDirectory, typed: str) -> None:
    assert directory.find(typed, list(directory.areas)) == ["1706215"]


@pytest.mark.parametrize("typed", ["Farg'ona", "fargʻona", "Fargona", "Фарғона", "Фергана", "фергана"])
def test_region_city_and_district_of_one_name_are_offered_together(directory: AreaDirectory, typed: str) -> None:
    assert directory.find(typed, list(directory.areas)) == ["1730", "1730401", "1730233"]


def test_a_whole_name_means_its_area_alone(directory: AreaDirectory) -> None:
    assert directory.find("Farg'ona shahri", list(directory.areas)) == ["1730401"]


@pytest.mark.parametrize("typed", ["", "'", "   ", "Atlantida", "a", "<script>"])
def test_what_names_no_area_finds_none(directory: AreaDirectory, typed: str) -> None:
    assert directory.find(typed, list(directory.areas)) == []


def test_only_what_may_be_chosen_is_found(directory: AreaDirectory) -> None:
    assert directory.find("Gijduvon", directory.choosable(REGIONAL)) == []


def test_a_leader_of_a_region_chooses_other_regions_as_a_whole(directory: AreaDirectory) -> None:
    codes = directory.choosable(REGIONAL)
    assert NATION_CODE in codes
    assert len([code for code in codes if len(code) == 4]) == 14
    assert {code[:4] for code in codes if len(code) == 7} == {"1730"}


@pytest.mark.parametrize("actor", [NATIONAL, DISTRICT, Actor(Role.NGO, ngo_id=1), Actor(Role.PUBLIC)])
def test_everyone_else_chooses_among_all_published_areas(directory: AreaDirectory, actor: Actor) -> None:
    assert len(directory.choosable(actor)) == 1 + 14 + 208


@pytest.mark.parametrize(
    ("actor", "code", "seen"),
    [
        (NATIONAL, "uz", "uz"),
        (NATIONAL, "1706215", "1706215"),
        (REGIONAL, "uz", "1730"),
        (REGIONAL, "1730", "1730"),
        (REGIONAL, "1730401", "1730401"),
        (REGIONAL, "1706", None),
        (REGIONAL, "1706215", None),
        (DISTRICT, "uz", "1730401"),
        (DISTRICT, "1730", "1730401"),
        (DISTRICT, "1706215", None),
        (Actor(Role.PUBLIC), "uz", None),
    ],
)
def test_records_are_seen_in_the_own_area_only(
    directory: AreaDirectory, actor: Actor, code: str, seen: str | None
) -> None:
    area = directory.seen_in_full(actor, directory[code])
    assert (area.code if area else None) == seen


def test_names_and_their_order_follow_the_language(engine: Engine) -> None:
    uzbek = [area.name for area in directory_in(engine, Language.UZ_LATN).areas.values() if len(area.code) == 7]
    russian = [area.name for area in directory_in(engine, Language.RU).areas.values() if len(area.code) == 7]
    assert uzbek.index("Zomin tumani") < uzbek.index("Oʻzbekiston tumani") < uzbek.index("Gʻijduvon tumani")
    assert uzbek.index("Gʻijduvon tumani") < uzbek.index("Shahrisabz shahri")
    assert russian != uzbek
    assert all("а" <= name[0].lower() <= "ё" for name in russian)


def test_names_tell_areas_apart(directory: AreaDirectory) -> None:
    names = [area.name for area in directory.areas.values()]
    assert len(names) == len(set(names))


def test_a_district_that_ended_is_found_and_listed_in_its_own_months(engine: Engine) -> None:
    with writing(engine) as connection:
        [merged] = load_demo_districts(connection, valid_to=date(2025, 4, 15))
    directory = directory_in(engine, Language.RU)
    area, codes = directory[merged], list(directory.areas)
    assert directory.find("Namunaobod", codes) == directory.find("Намунаабадский", codes) == [merged]
    [successor] = area.successors
    assert directory[successor].predecessors == (merged,)
    nation = directory[NATION_CODE]
    listed = {year: len(directory.districts_of(nation, Period.of_year(year))) for year in (2024, 2025, 2026)}
    assert listed == {2024: 209, 2025: 209, 2026: 208}
    assert [is_comparable(area, Period.of_year(year)) for year in (2024, 2025)] == [True, False]

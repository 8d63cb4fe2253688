"""Directory as every role sees it, and search for a district in any spelling."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Engine

from data.database.engine import reading, writing
from data.policy import Actor, Role, Scope
from queries.directory.areas import districts, regions
from tests.worlds import DISTRICT, FAR_DISTRICT, OTHER_DISTRICT, REGION, make_inhabitants, make_mahalla, make_ngo

VISITOR = Actor(Role.PUBLIC)


def test_a_visitor_sees_the_whole_directory(engine: Engine) -> None:
    with reading(engine) as connection:
        assert len(regions(connection, VISITOR)) == 14
        frame = districts(connection, VISITOR, scope=Scope.nation())
    assert len(frame) == 208
    assert list(frame.columns) == [
        "soato", "region_soato", "name_uz_latn", "name_uz_cyrl", "name_ru", "name_en", "kind_code",
        "latitude", "longitude", "has_boundary", "valid_from", "valid_to", "mahallas", "inhabitants",
    ]  # fmt: skip
    assert frame["has_boundary"].dtype == bool
    assert frame["inhabitants"].isna().all()


def test_a_region_holds_its_districts_only(engine: Engine) -> None:
    with reading(engine) as connection:
        frame = districts(connection, VISITOR, scope=Scope.region(REGION))
        assert set(frame["region_soato"]) == {REGION}
        assert FAR_DISTRICT not in set(frame["soato"])
        assert list(districts(connection, VISITOR, scope=Scope.district(DISTRICT))["soato"]) == [DISTRICT]


def test_an_ngo_is_at_home_in_its_district(engine: Engine) -> None:
    with writing(engine) as connection:
        ngo_id = make_ngo(connection, district_soato=OTHER_DISTRICT)
        frame = districts(connection, Actor(Role.NGO, ngo_id=ngo_id), scope=Scope.ngo(ngo_id))
    assert list(frame["soato"]) == [OTHER_DISTRICT]


def test_the_newest_count_of_inhabitants_is_given(engine: Engine) -> None:
    with writing(engine) as connection:
        make_mahalla(connection)
        make_mahalla(connection)
        make_inhabitants(connection, district_soato=DISTRICT, counted_date=date(2025, 1, 1), inhabitants=120_000)
        make_inhabitants(connection, district_soato=DISTRICT, counted_date=date(2024, 1, 1), inhabitants=110_000)
        row = districts(connection, VISITOR, scope=Scope.district(DISTRICT)).iloc[0]
    assert (row["mahallas"], row["inhabitants"]) == (2, 120_000)

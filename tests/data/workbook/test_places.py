"""Districts and cities as reports call them."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from data.database.engine import reading
from data.workbook import errors
from data.workbook.cells.places import PlaceIndex, load_place_index
from data.workbook.errors import CellError

FOUND: dict[str, tuple[object, ...]] = {
    "Samarqand shahri": (
        "Samarqand sh.", "Самарканд ш.", "г. Самарканд", "г.Самарканд", "гор. Самарканд", "Samarqand (shahar)",
        "Samarqand viloyati, Samarqand shahri",
    ),
    "Samarqand tumani": (
        "Samarqand t.", "Самарқанд т-ни", "Самаркандский р-н", "Samarqand (tuman)",
        "Samarqand viloyati Samarqand tumani",
    ),
    "Chilonzor tumani": (
        1726294, 1726294.0, "1726294", "SOATO 1726294", "Chilonzor", "CHILONZOR TUMANI", "Chilonzor t.",
        "Чилонзор т-ни", "Чиланзарский р-н", "Чиланзарский р-он", "Чиланзар", "Cҳilonzor",
        "Chilonzor tumani (Toshkent sh.)",
        "Toshkent shahri, Chilonzor tumani", "Toshkent sh. Chilonzor t.", "г. Ташкент Чиланзарский район",
        "Ташкент, Чиланзарский район",
    ),
    "Mirzo Ulugʻbek tumani": ("Mirzo Ulug'bek", "Мирзо-Улугбекский", "М.Улугбек", "M. Ulug`bek tumani"),
    "Urgut tumani": ("Urgut", "Самаркандская обл., Ургутский р-н", "Samarqand, Urgut"),
    "Toshkent tumani": ("Toshkent tumani", "Ташкентский район", "Toshkent viloyati Toshkent tumani"),
    "Qoʻqon shahri": ("Qo'qon", "Коканд", "г. Коканд"),
}  # fmt: skip
REFUSED: dict[str, tuple[str, ...]] = {
    errors.AMBIGUOUS_DISTRICT: (
        "Samarqand", "Самарканд", "Buxoro", "Andijon", "Термиз", "Xiva", "Guliston", "Farg'ona",
        "Chilonzor, Yunusobod", "Yashnobod tumani; Chilonzor tumani",
    ),
    errors.ONLY_A_REGION: (
        "Toshkent", "Ташкент", "г. Ташкент", "Toshkent shahri", "Тошкент шаҳар", "Toshkent viloyati",
        "Samarqand viloyati", "Самаркандская область", "Sirdaryo",
    ),
    errors.UNKNOWN_DISTRICT: ("Atlantida", "tuman", "sh.", "1726", "01726294", "Navoiy tumani"),
}  # fmt: skip


@pytest.fixture(scope="module")
def directory(sqlite_engine: Engine) -> PlaceIndex:
    with reading(sqlite_engine) as connection:
        return load_place_index(connection)


@pytest.mark.parametrize("name", FOUND)
def test_a_place_is_found_whatever_it_is_called(directory: PlaceIndex, name: str) -> None:
    assert {value: directory.find(value).place.name for value in FOUND[name]} == dict.fromkeys(FOUND[name], name)


@pytest.mark.parametrize("reason", REFUSED)
def test_an_unclear_place_is_refused_with_its_reason(directory: PlaceIndex, reason: str) -> None:
    for value in REFUSED[reason]:
        with pytest.raises(CellError) as refusal:
            directory.find(value)
        assert refusal.value.message.text == reason, value


def test_a_slip_of_the_pen_is_mended_and_said(directory: PlaceIndex) -> None:
    found = directory.find("Chilonzr tumani")
    assert (found.place.name, found.is_likely) == ("Chilonzor tumani", True)


def test_each_place_is_found_by_each_of_its_names(directory: PlaceIndex) -> None:
    lost = []
    for place in directory.by_soato.values():
        for name in place.names:
            try:
                found = directory.find(name).place
            except CellError as error:
                lost.append((name, error.message.text))
                continue
            if found != place:
                lost.append((name, found.name))
    assert lost == []

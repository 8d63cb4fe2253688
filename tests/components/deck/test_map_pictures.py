"""The picture of the map: every district is there, boxes cover none of them, names cover no box and no name."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from components.deck.map_layout import Box, lay_out
from components.deck.map_names import Spot, place_names
from components.deck.outlines import Bounds, Points, View, district_rings, name_points, path_data, plane, region_rings
from components.deck.pictures import Size, map_svg
from data.directory import district_places
from tests.components.deck.test_pictures import SLIDE, SMALL, TALL, a_map, parsed, texts

SVG = "{http://www.w3.org/2000/svg}"
REGIONS = sorted(region_rings())
each_view = pytest.mark.parametrize("region", ["", *REGIONS])
each_size = pytest.mark.parametrize("size", [SLIDE, TALL, SMALL], ids=["slide", "tall", "small"])

SHEET = Bounds(0, 0, 600, 400)
SQUARE = np.array([(250.0, y) for y in range(100, 300, 5)] + [(350.0, y) for y in range(100, 300, 5)])


def points_of(region: str) -> Points:
    """The outlines that a map of a region, or of the nation, shows."""
    return np.concatenate([ring for soato, rings in region_rings().items() for ring in rings if region in {"", soato}])


@each_view
def test_each_district_is_drawn_as_an_area_or_a_circle(region: str) -> None:
    body = a_map(region)
    drawing = parsed(map_svg(body, size=SLIDE))
    areas = [len(group.findall(f"{SVG}path")) for group in drawing.findall(f"{SVG}g[@fill-rule='evenodd']")]
    with_outline = set(body.class_of) & set(district_rings())
    assert areas[0] == len(with_outline)
    assert len(drawing.findall(f"{SVG}circle")) >= len(body.class_of) - len(with_outline)
    assert areas[1:] == ([12] if region == "" else [])


@each_view
def test_the_legend_names_every_class(region: str) -> None:
    written = texts(map_svg(a_map(region), size=SLIDE))
    assert {"past: 1", "oʻrta: 2", "yuqori: 3", "maʼlumot yetarli emas: 4"} <= set(written)


def test_only_the_map_of_the_nation_enlarges_the_capital_under_its_name() -> None:
    assert "Toshkent shahri" in texts(map_svg(a_map(), size=SLIDE))
    assert "Toshkent shahri" not in texts(map_svg(a_map("1703"), size=SLIDE))


def test_a_region_has_the_names_of_its_districts_and_no_others() -> None:
    body = a_map("1703")
    named = {text for text in texts(map_svg(body, size=SLIDE)) if text.startswith("Nom")}
    assert named == {f"Nom {number}" for number in range(len(body.class_of))}


@each_size
@each_view
def test_boxes_have_corners_that_the_outlines_leave(region: str, size: Size) -> None:
    boxes = [Box(13 * size.em, 9 * size.em), Box(8 * size.em, 8 * size.em)]
    layout = lay_out(points_of(region), boxes, size=size)
    placed = layout.view.place(points_of(region))
    sheet = Bounds(0, 0, size.width, size.height)
    assert Bounds.around(placed).is_inside(sheet)
    for box in layout.boxes:
        assert box.is_inside(sheet)
        inside = (placed > (box.left, box.top)).all(axis=1) & (placed < (box.right, box.bottom)).all(axis=1)
        assert not inside.any()
    assert not layout.boxes[0].meets(layout.boxes[1])


@each_view
def test_names_touch_neither_each_other_nor_what_is_taken(region: str) -> None:
    layout = lay_out(points_of(region), [Box(200, 160)], size=SLIDE)
    spots = {
        soato: Spot("Gʻijduvon tumani", 60.0, *map(float, layout.view.place(name_points()[soato])))
        for soato, place in district_places().items()
        if region in {"", place.region_soato}
    }
    free = Bounds(0, 0, SLIDE.width, SLIDE.height)
    land = layout.view.place(points_of(region))
    names = place_names(spots, em=14, taken=layout.boxes, free=free, land=land)
    places = [name.bounds for name in names.values()]
    assert places
    assert all(place.is_inside(free) for place in places)
    assert not any(one.meets(other) for one, other in combinations([*places, *layout.boxes], 2))


def test_a_name_that_fits_neither_its_outline_nor_beside_the_land_is_led_to_it_from_near() -> None:
    wide = np.array([(x, y) for x in (0.0, 600.0) for y in range(0, 400, 5)])
    names = place_names({"a": Spot("Andijon", 20.0, 300, 200)}, em=14, taken=[], free=SHEET, land=wide)
    assert names["a"].leads_to == (300, 200)
    near = names["a"].bounds.nearest(300, 200)
    assert 14 < np.hypot(near[0] - 300, near[1] - 200) < 60


def test_no_line_of_a_name_crosses_what_is_taken() -> None:
    wall = Bounds(255, 100, 260, 300)
    spot = Spot("Oʻrtachirchiq", 20.0, 290, 200)
    name = place_names({"a": spot}, em=14, taken=[wall], free=SHEET, land=SQUARE)["a"]
    assert name.leads_to == (290, 200)
    assert name.bounds.left > 350


def test_the_name_of_a_narrow_outline_stands_beside_all_land() -> None:
    name = place_names({"a": Spot("Oʻrtachirchiq", 20.0, 290, 200)}, em=14, taken=[], free=SHEET, land=SQUARE)["a"]
    assert name.leads_to == (290, 200)
    assert name.bounds.right < 250
    assert name.bounds.nearest(290, 200) == (name.bounds.right, 200)


def test_a_name_stands_beside_its_circle_and_not_on_it() -> None:
    spot = Spot("Xonobod", 0.0, 300, 200, radius=6)
    name = place_names({"a": spot}, em=14, taken=[], free=SHEET, land=SQUARE)["a"]
    assert not name.bounds.meets(Bounds(294, 194, 306, 206))
    assert name.leads_to is None


def test_neighbours_keep_their_common_border_when_the_outlines_are_drawn() -> None:
    """Two squares with a common edge, off the grid of the picture, get the same points along it."""
    left, right = (np.array([(x, 0.0), (x + 1, 0.0), (x + 1, 1.0), (x, 1.0), (x, 0.0)]) for x in (0.0, 1.0))
    view = View(10.26, 3.13, 2.07)
    assert path_data([left], view) == "M 13.5 2l0 10.5-10.5 0 0-10.5z"
    assert path_data([right], view) == "M 23.5 2l0 10.5-10 0 0-10.5z"


def test_areas_keep_their_proportion_in_the_plane() -> None:
    """Equal-area: a cell of one degree covers as much of the plane as of the sphere, in the south and in the north."""
    for south in (37.5, 41.0, 45.0):
        edges = [(60 + x, south + y) for x, y in ((0, 0), (1, 0), (1, 1), (0, 1))]
        x, y = plane(np.array(edges, dtype=float)).T
        area = abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2
        sphere = np.radians(1) * (np.sin(np.radians(south + 1)) - np.sin(np.radians(south)))
        assert area == pytest.approx(sphere, rel=1e-3)


def test_north_is_above_and_east_is_right() -> None:
    (west, _), (east, _) = plane(np.array([(60.0, 41.0), (70.0, 41.0)]))
    (_, south), (_, north) = plane(np.array([(64.0, 38.0), (64.0, 45.0)]))
    assert west < east
    assert north < south

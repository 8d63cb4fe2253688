"""The picture of the map: every district is there, nothing covers the land, names cover no circle and no name."""

from __future__ import annotations

from itertools import combinations
from xml.etree import ElementTree

import numpy as np
import pytest

from components.deck.pictures import Size, map_svg
from components.deck.pictures.labels import LabelAnchor, place_labels
from components.deck.pictures.map import MapLayout, capital_inset, feature
from components.deck.pictures.projection import (
    Bounds,
    Viewport,
    district_outlines,
    name_points,
    projected,
    region_outlines,
)
from tests.components.deck.pictures.test_pictures import SLIDE, SMALL, TALL, a_map, parsed, texts

VIEWS = ["", *sorted(region_outlines())]
ROOM = Bounds(0, 0, 600, 400)


def shapes(drawing: ElementTree.Element, layer: int) -> list[ElementTree.Element]:
    """What a layer of the map draws."""
    groups = (each for each in drawing.iter() if f"layer_{layer}_marks" in each.get("class", "").split())
    return [path for group in groups for path in group if path.get("d")]


def test_each_district_is_drawn_as_an_area_or_a_circle() -> None:
    for region in VIEWS:
        body = a_map(region)
        drawing = parsed(map_svg(body, size=SLIDE))
        with_outline = set(body.class_of) & set(district_outlines())
        in_capital = 0 if region else sum(soato.startswith("1726") for soato in body.class_of)
        assert len(shapes(drawing, 1)) == len(with_outline) + in_capital, region
        assert len(shapes(drawing, 3)) >= len(body.class_of) - len(with_outline), region


def test_the_legend_names_every_class() -> None:
    for region in VIEWS:
        written = texts(map_svg(a_map(region), size=SLIDE))
        assert {"past: 1", "oʻrta: 2", "yuqori: 3", "maʼlumot yetarli emas: 4"} <= set(written), region


def test_only_the_map_of_the_nation_enlarges_the_capital_under_its_name() -> None:
    assert "Toshkent shahri" in texts(map_svg(a_map(), size=SLIDE))
    assert "Toshkent shahri" not in texts(map_svg(a_map("1703"), size=SLIDE))


def test_a_region_has_the_names_of_its_districts_and_no_others() -> None:
    body = a_map("1703")
    named = {text for text in texts(map_svg(body, size=SLIDE)) if text.startswith("Nom")}
    assert named == {f"Nom {number}" for number in range(len(body.class_of))}


@pytest.mark.parametrize("size", [SLIDE, TALL, SMALL], ids=["slide", "tall", "small"])
def test_the_land_lies_beside_the_legend_and_below_the_enlarged_capital(size: Size) -> None:
    for region in VIEWS:
        sheet = MapLayout(a_map(region), size)
        assert sheet.view.on(Bounds.around(sheet.regions)).is_inside(sheet.plot.expanded(0.01)), region
        assert 0 < sheet.plot.right < size.width
    view, name = capital_inset(sheet := MapLayout(a_map(), size))
    capital = view.on(Bounds.around([region_outlines()["1726"]]))
    points = np.concatenate([ring for outline in sheet.regions for polygon in outline for ring in polygon])
    land = sheet.view.on_points(points)
    for box in (capital, name.bounds(size.em * 0.85)):
        assert box.is_inside(Bounds(0, 0, sheet.plot.right, size.height).expanded(0.01))
        assert not ((land > (box.left, box.top)).all(axis=1) & (land < (box.right, box.bottom)).all(axis=1)).any()


def test_names_touch_neither_each_other_nor_a_circle() -> None:
    for region in VIEWS[1:]:
        sheet = MapLayout(a_map(region), SLIDE)
        places = [
            LabelAnchor("Gʻijduvon tumani", *sheet.view.at(name_points()[soato]), width=60.0, radius=number % 2 * 4.0)
            for number, soato in enumerate(sorted(sheet.shown))
        ]
        names = place_labels(places, em=14, free=sheet.plot)
        boxes = [name.bounds(14) for name in names]
        assert boxes
        assert all(box.is_inside(sheet.plot) for box in boxes)
        circles = [place.circle for place in places if place.radius]
        assert not any(one.overlaps(other) for one, other in combinations(boxes, 2)), region
        assert not any(box.overlaps(circle) for box in boxes for circle in circles), region


def test_a_name_wider_than_its_outline_is_led_to_it_from_near() -> None:
    (name,) = place_labels([LabelAnchor("Andijon", 300, 200, width=20.0)], em=14, free=ROOM)
    assert name.leader_to == (300, 200)
    near = name.bounds(14)
    assert 14 < abs(300 - min(max(300, near.left), near.right)) + abs(200 - min(max(200, near.top), near.bottom)) < 60


def test_no_line_of_a_name_crosses_a_circle() -> None:
    wall = [LabelAnchor("", 310, y, radius=5) for y in range(100, 300, 5)]
    names = place_labels([LabelAnchor("Oʻrtachirchiq", 290, 200, width=20.0), *wall], em=14, free=ROOM)
    name = next(name for name in names if name.text)
    assert name.leader_to == (290, 200)
    assert name.bounds(14).right < 305


def test_a_name_without_any_room_is_left_out() -> None:
    assert place_labels([LabelAnchor("Oʻrtachirchiq", 10, 10, width=200.0)], em=14, free=Bounds(0, 0, 20, 20)) == []


def test_a_name_stands_beside_its_circle_and_not_on_it() -> None:
    (name,) = place_labels([LabelAnchor("Xonobod", 300, 200, radius=6)], em=14, free=ROOM)
    assert not name.bounds(14).overlaps(Bounds(294, 194, 306, 206))
    assert name.leader_to is None


def test_neighbours_keep_their_common_border_when_the_outlines_are_drawn() -> None:
    """Two squares with a common edge, off the grid of the picture, get the same points along it."""
    view = Viewport(10.26, 3.13, 2.07)
    squares = (np.array([(x, 0.0), (x + 1, 0.0), (x + 1, 1.0), (x, 1.0), (x, 0.0)]) for x in (0.0, 1.0))
    left, right = (feature([[square]], view)["geometry"]["coordinates"][0][0] for square in squares)
    assert {(13.5, 2.0), (13.5, 12.5)} == {tuple(point) for point in left} & {tuple(point) for point in right}


def test_areas_keep_their_proportion_in_the_plane() -> None:
    """Equal-area: a cell of one degree covers as much of the plane as of the sphere, in the south and in the north."""
    for south in (37.5, 41.0, 45.0):
        edges = [(60 + x, south + y) for x, y in ((0, 0), (1, 0), (1, 1), (0, 1))]
        x, y = projected(np.array(edges, dtype=float)).T
        area = abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2
        sphere = np.radians(1) * (np.sin(np.radians(south + 1)) - np.sin(np.radians(south)))
        assert area == pytest.approx(sphere, rel=1e-3)


def test_north_is_above_and_east_is_right() -> None:
    (west, _), (east, _) = projected(np.array([(60.0, 41.0), (70.0, 41.0)]))
    (_, south), (_, north) = projected(np.array([(64.0, 38.0), (64.0, 45.0)]))
    assert west < east
    assert north < south

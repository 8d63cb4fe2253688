"""Pictures of charts and maps: what they say, that nothing is cut, that grey print tells the classes apart."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from PIL import Image, ImageChops

from components.charts.palette import MISSING, SEQUENTIAL, Hatch
from components.deck.model import BarChart, Chart, DistrictMap, LineChart, Series, ValueKind
from components.deck.pictures import Size, chart_svg, map_svg, picture_png
from components.deck.scale import round_numbers
from components.maps.view import MapClass
from data.directory import district_places
from data.language import Language, Translator

HOSTILE = "</text><script>alert(1)</script> & \"'"
SLIDE, TALL, SMALL = Size(1180, 500), Size(700, 560), Size(420, 300)
ENGLISH, RUSSIAN, UZBEK = Translator(Language.EN), Translator(Language.RU), Translator(Language.UZ_LATN)
LONG = "Muddatida bajarilgan muvofiqlashtiruvchi yigʻilish qarorlarining barcha qarorlardagi ulushi"
BARS = BarChart(
    categories=(LONG, "Reja ijrosi", "Ўз вақтида жавоб берилган ахборот сўровлари", "Ҳамкорлик"),
    series=(Series("Hozir", (64.4, None, 100.0, 0.0)), Series("Oʻtgan yigʻilishda", (60.0, 12.0, None, 5.0))),
    kind=ValueKind.PERCENT,
    alternative="Reja ijrosi 64%",
    target=80.0,
    target_name="Maqsadli koʻrsatkich",
)
LINES = LineChart(
    categories=tuple(f"{month} {year}" for year in (2025, 2026) for month in ("yan", "apr", "iyl", "okt")),
    series=(
        Series("Andijon tumani", (3.1, None, 3.4, 3.5, None, 4.1, 4.2, 4.3)),
        Series("Andijon viloyati", (3.6, 3.6, 3.7, 3.7, 3.8, 3.9, 4.1, 4.3)),
    ),
    kind=ValueKind.POINTS,
    decimals=2,
    alternative="Baho 4,30",
    target=4.0,
    target_name="Maqsad",
)
CLASSES = (
    MapClass("past: 1", SEQUENTIAL[0]),
    MapClass("oʻrta: 2", SEQUENTIAL[1], Hatch.FALLING),
    MapClass("yuqori: 3", SEQUENTIAL[4], Hatch.DOTS),
    MapClass("maʼlumot yetarli emas: 4", MISSING, Hatch.RISING),
)


def a_map(region_soato: str = "") -> DistrictMap:
    """All districts of a region or the nation, the classes in turn."""
    codes = [soato for soato, place in district_places().items() if region_soato in {"", place.region_soato}]
    return DistrictMap(
        classes=CLASSES,
        class_of={soato: number % len(CLASSES) for number, soato in enumerate(codes)},
        alternative="Tumanlar xaritasi",
        region_soato=region_soato,
        labels={soato: f"Nom\u00a0{number}" for number, soato in enumerate(codes)} | {"1726": "Toshkent shahri"},
    )


def parsed(svg: str) -> ElementTree.Element:
    """The picture as a browser reads it."""
    return ElementTree.fromstring(svg)  # noqa: S314 - our own picture


def texts(svg: str) -> list[str]:
    """All that a picture writes."""
    found = parsed(svg).iter("{http://www.w3.org/2000/svg}text")
    return [" ".join("".join(each.itertext()).split()) for each in found]


def seen(svg: str) -> Image.Image:
    return Image.open(io.BytesIO(picture_png(svg, 1))).convert("RGB")


def has_white_rim(image: Image.Image) -> bool:
    """Is nothing drawn on the outermost pixels, where it would be cut?"""
    inside = Image.new("RGB", image.size, "white")
    inside.paste(image.crop((1, 1, image.width - 1, image.height - 1)), (1, 1))
    return ImageChops.difference(image, inside).getbbox() is None


@pytest.mark.parametrize("size", [SLIDE, TALL, SMALL], ids=["slide", "tall", "small"])
@pytest.mark.parametrize("body", [BARS, LINES], ids=["bars", "lines"])
def test_no_text_of_a_chart_is_cut_at_the_edge(body: BarChart | LineChart, size: Size) -> None:
    assert has_white_rim(seen(chart_svg(body, size=size, translate=UZBEK)))


@pytest.mark.parametrize("size", [SLIDE, TALL, SMALL], ids=["slide", "tall", "small"])
@pytest.mark.parametrize("region", ["", "1727", "1735"])
def test_nothing_of_a_map_is_cut_at_the_edge(region: str, size: Size) -> None:
    assert has_white_rim(seen(map_svg(a_map(region), size=size)))


@pytest.mark.parametrize("scale", [1, 2])
def test_a_picture_is_exactly_as_large_as_was_asked(scale: int) -> None:
    for svg in (chart_svg(BARS, size=SLIDE, translate=UZBEK), map_svg(a_map("1703"), size=SLIDE)):
        assert Image.open(io.BytesIO(picture_png(svg, scale))).size == (1180 * scale, 500 * scale)


def test_each_value_is_written_as_the_language_has_it() -> None:
    assert {"64%", "100%", "0%", "60%", "Maqsadli koʻrsatkich: 80%"} <= set(
        texts(chart_svg(BARS, size=SLIDE, translate=UZBEK))
    )
    assert {"64 %", "100 %"} <= {
        text.replace("\u00a0", " ") for text in texts(chart_svg(BARS, size=SLIDE, translate=RUSSIAN))
    }


def test_the_last_value_of_each_line_is_written() -> None:
    assert texts(chart_svg(LINES, size=SLIDE, translate=ENGLISH)).count("4.30") == 2
    assert "4,30" in texts(chart_svg(LINES, size=SLIDE, translate=RUSSIAN))


@pytest.mark.parametrize("translate", [ENGLISH, RUSSIAN, UZBEK], ids=lambda translate: translate.language)
def test_a_missing_value_is_written_in_words_and_never_as_zero(translate: Translator) -> None:
    bars = replace(BARS, categories=("Ҳамкорлик",), series=(Series("Hozir", (None,)),), target=None)
    assert translate("Not enough data") in texts(chart_svg(bars, size=SLIDE, translate=translate))
    assert "0%" not in texts(chart_svg(bars, size=SLIDE, translate=translate))


def test_a_long_name_is_written_whole_in_several_lines() -> None:
    written = " ".join(texts(chart_svg(BARS, size=SLIDE, translate=UZBEK)))
    assert re.sub(r"\s", "", LONG) in re.sub(r"\s", "", written)


@pytest.mark.parametrize(
    "body",
    [
        replace(BARS, categories=(), series=(Series("Hozir", ()),)),
        replace(BARS, series=(Series("Hozir", (None,) * 4),), kind=ValueKind.COUNT, target=None),
        replace(LINES, categories=(), series=(Series("Hozir", ()),)),
        replace(LINES, series=(Series("Hozir", (None,) * 8),), kind=ValueKind.NUMBER, target=None),
    ],
    ids=["no bars", "no values", "no months", "no points"],
)
def test_a_chart_without_any_value_is_still_a_picture(body: BarChart | LineChart) -> None:
    assert seen(chart_svg(body, size=SLIDE, translate=ENGLISH)).size == (1180, 500)


@pytest.mark.parametrize("is_grey", [False, True], ids=["colour", "grey"])
@pytest.mark.parametrize("body", [BARS, LINES, a_map(), a_map("1726")], ids=["bars", "lines", "nation", "capital"])
def test_grey_has_no_colour_and_colour_has_some(body: Chart | DistrictMap, is_grey: bool) -> None:
    image = seen(drawn(body, is_grey=is_grey))
    red, green, blue = image.split()
    is_colourless = not any(ImageChops.difference(red, other).getbbox() for other in (green, blue))
    assert is_colourless is is_grey


def drawn(body: Chart | DistrictMap, *, is_grey: bool = False) -> str:
    if isinstance(body, DistrictMap):
        return map_svg(body, size=SLIDE, is_grey=is_grey)
    assert isinstance(body, BarChart | LineChart)
    return chart_svg(body, size=SLIDE, translate=UZBEK, is_grey=is_grey)


@pytest.mark.parametrize("body", [BARS, LINES, a_map("1703")], ids=["bars", "lines", "map"])
def test_a_picture_says_in_words_what_it_shows(body: Chart | DistrictMap) -> None:
    root = parsed(drawn(body))
    assert (root.get("role"), root.get("aria-label")) == ("img", body.alternative)


def test_hostile_words_stay_words() -> None:
    bars = replace(
        BARS, categories=(HOSTILE,) * 4, series=(Series(HOSTILE, (1.0,) * 4), BARS.series[1]), alternative=HOSTILE
    )
    hostile_map = replace(a_map("1703"), classes=(MapClass(HOSTILE, "#ffd08a"),) * 4, labels={"1703202": HOSTILE})
    for svg in (chart_svg(bars, size=SLIDE, translate=ENGLISH), map_svg(hostile_map, size=SLIDE)):
        assert not list(parsed(svg).iter("{http://www.w3.org/2000/svg}script"))
        assert any("alert(1)" in text for text in texts(svg))


def test_names_inside_one_picture_are_not_those_of_another() -> None:
    pictures = [drawn(body) for body in (BARS, LINES, a_map(), a_map("1703"))]
    names = [set(re.findall(r'\bid="([^"]+)"', svg)) for svg in pictures]
    assert names[2]
    assert names[3]
    assert sum(map(len, names)) == len(set.union(*names))
    for svg, own in zip(pictures, names, strict=True):
        assert set(re.findall(r"url\(#([^)]+)\)", svg)) <= own


@pytest.mark.parametrize("values", [(0.0,), (3.0, 17.0), (0.2, 0.41), (1240.0, 3.0), (-4.0, 9.0), ()])
def test_the_axis_has_few_round_numbers_around_all_values(values: tuple[float, ...]) -> None:
    numbers = round_numbers(values, smallest=0.01)
    assert numbers[0] <= min(values, default=0) <= max(values, default=0) <= numbers[-1]
    assert 2 <= len(numbers) <= 8
    assert 0 in numbers


def test_counts_have_no_broken_numbers_on_their_axis() -> None:
    assert all(number == int(number) for number in round_numbers((1.0, 2.0), smallest=1.0))


def test_two_last_values_that_are_near_are_written_apart() -> None:
    near = replace(LINES, series=(Series("a", (3.0, 4.1)), Series("b", (3.0, 4.0))), categories=("1", "2"), target=None)
    heights = {
        text: float(y)
        for y, text in re.findall(
            r"translate\([\d.]+,([\d.]+)\)[^>]*>(4\.[01]0)<", chart_svg(near, size=SLIDE, translate=ENGLISH)
        )
    }
    assert heights["4.00"] - heights["4.10"] >= SLIDE.em

"""Slides of regions and the nation: maps, tiers, movers and who needs help say what the frames hold."""

from __future__ import annotations

import pytest

from components.charts.palette import Hatch, luminance
from components.deck.deck import make_deck
from components.deck.model import BarChart, Bullets, DistrictMap, Slide, Table
from data.codes import AgendaItem, HelpReason
from data.language import Language, Translator
from data.policy import ScopeKind
from tests.components.deck.sample_rows import Rows
from tests.components.deck.samples import sample_content, sample_frames

WIDE = (AgendaItem.MAP, AgendaItem.TIERS, AgendaItem.MOVERS, AgendaItem.HELP)
KINDS = (ScopeKind.REGION, ScopeKind.NATION)
each_kind = pytest.mark.parametrize("kind", KINDS)
each_language = pytest.mark.parametrize("language", Language)
NAMANGAN, ANDIJAN = "1714", "1703"


def slides(kind: ScopeKind, language: Language = Language.EN, **frames: Rows) -> dict[str, Slide]:
    """The slides of the wide items by key; ``frames`` stand in for those of the sample."""
    content = sample_content(kind, agenda=WIDE, frames=frames)
    return {slide.key: slide for slide in make_deck(content, translate=Translator(language)).slides}


def districts(kind: ScopeKind) -> set[str]:
    return {row["area_code"] for row in sample_frames(kind)["areas"] if row["level"] == "district"}


def map_of(slide: Slide) -> DistrictMap:
    assert isinstance(slide.body, DistrictMap)
    return slide.body


def shown_districts(slide: Slide) -> dict[str, str]:
    """The legend's words of each district's class."""
    body = map_of(slide)
    return {soato: body.classes[index].label for soato, index in body.class_of.items()}


@each_kind
@pytest.mark.parametrize("key", ["map-statuses", "map-plan_execution", "map-evaluation_score", "tiers-map"])
def test_a_map_has_every_district_and_its_legend_counts_them(kind: ScopeKind, key: str) -> None:
    slide = slides(kind)[key]
    body = map_of(slide)
    assert set(body.class_of) == districts(kind)
    assert len(slide.figures.rows) == len(districts(kind))
    counts = [int(each.label.rsplit(": ", 1)[1]) for each in body.classes]
    assert counts == [list(body.class_of.values()).count(index) for index in range(len(body.classes))]


@each_kind
def test_the_map_of_a_region_is_narrowed_to_it(kind: ScopeKind) -> None:
    assert map_of(slides(kind)["map-statuses"]).region_soato == {ScopeKind.REGION: ANDIJAN, ScopeKind.NATION: ""}[kind]


@each_language
def test_a_district_is_in_the_class_of_its_status(language: Language) -> None:
    statuses = [
        {"district_soato": "1703202", "status_code": "in_force"},
        {"district_soato": "1703203", "status_code": "expiring"},
        {"district_soato": "1703206", "status_code": "none"},
    ]
    slide = slides(ScopeKind.REGION, language, statuses=statuses)["map-statuses"]
    translate = Translator(language)
    assert shown_districts(slide) == {
        "1703202": f"{translate('In force')}: 1",
        "1703203": f"{translate('Expiring')}: 1",
        "1703206": f"{translate('No memorandum')}: 1",
    }
    assert "3" in slide.title
    assert "2" in slide.title


def test_an_expiring_memorandum_is_in_force_and_the_title_says_both() -> None:
    statuses = [{"district_soato": code, "status_code": "expiring"} for code in ("1703202", "1703203")]
    statuses.append({"district_soato": "1703206", "status_code": "expired"})
    title = slides(ScopeKind.REGION, statuses=statuses)["map-statuses"].title
    assert title == "A memorandum is in force in 2 of 3 districts; in 2 of them it expires within 90 days"


def test_a_value_is_in_its_class_and_a_missing_one_is_not_the_lowest() -> None:
    values = [
        {"district_soato": code, "indicator_code": "plan_execution", "value": value, "is_enough": is_enough}
        for code, value, is_enough in (("1703202", 85.0, True), ("1703203", 39.9, True), ("1703206", 3.0, False))
    ]
    slide = slides(ScopeKind.REGION, map_values=values)["map-plan_execution"]
    assert shown_districts(slide) == {
        "1703202": "80% and above: 1",
        "1703203": "20% to below 40%: 1",
        "1703206": "Not enough data: 1",
    }
    assert slide.title == "Plan execution: 80% and above in 1 of 2 districts, below 40% in 1"
    assert [row[1] for row in slide.figures.rows] == [39.9, None, 85.0]
    assert "In 1 district there is not enough data" in slide.notes


def test_classes_of_a_map_are_told_apart_without_colour() -> None:
    """Neighbours of the legend differ in lightness or in hatch; so do any two classes."""
    for slide in slides(ScopeKind.NATION).values():
        if isinstance(slide.body, DistrictMap):
            looks = [(luminance(each.colour), each.hatch) for each in slide.body.classes]
            for place, (light, hatch) in enumerate(looks):
                for other, other_hatch in looks[place + 1 :]:
                    assert hatch != other_hatch or abs(light - other) > 0.12


def test_what_is_not_known_is_hatched() -> None:
    body = map_of(slides(ScopeKind.NATION)["map-evaluation_score"])
    assert body.classes[-1].label.startswith("Not enough data")
    assert body.classes[-1].hatch is not Hatch.NONE


@pytest.mark.parametrize(
    ("language", "short"),
    [
        (Language.UZ_LATN, {"Andijon", "Andijon\u00a0sh."}),
        (Language.UZ_CYRL, {"Андижон", "Андижон\u00a0ш."}),
        (Language.RU, {"Андижанский", "г.\u00a0Андижан"}),
        (Language.EN, {"Andijan", "Andijan\u00a0city"}),
    ],
)
def test_names_on_the_map_are_short_and_do_not_break(language: Language, short: set[str]) -> None:
    labels = map_of(slides(ScopeKind.REGION, language)["map-statuses"]).labels
    assert {labels["1703203"], labels["1703401"]} == short


def index_rows(*tiers: str | None) -> Rows:
    codes = ("1703202", "1703203", "1703206", "1703209")
    return [
        {"area_code": code, "when": "now", "index_value": 50.0 if tier else None, "tier_code": tier}
        for code, tier in zip(codes, tiers, strict=False)
    ]


def test_the_title_counts_the_tiers_and_a_district_without_index_is_in_none() -> None:
    found = slides(ScopeKind.REGION, index=index_rows("upper", "lower", "middle", None))
    assert (
        found["tiers-map"].title
        == "Districts clearly in the upper half: 1, in the lower half: 1, in the middle group: 1"
    )
    assert shown_districts(found["tiers-map"])["1703209"] == "No index: not enough data: 1"


def test_the_table_of_a_region_goes_from_the_upper_tier_to_the_lower_which_stands_out() -> None:
    body = slides(ScopeKind.REGION, index=index_rows("lower", "upper", "middle", None))["tiers"].body
    assert isinstance(body, Table)
    assert [row[0] for row in body.rows] == [
        "Andijan district",
        "Baliqchi district",
        "Oltinkol district",
        "Buston district",
    ]
    assert body.emphasised == {2}


def test_the_nation_counts_the_tiers_of_each_region() -> None:
    found = slides(ScopeKind.NATION)
    rows = found["tiers"].figures.rows
    assert len(rows) == 14
    counted = [count for row in rows for count in row[2:] if isinstance(count, int)]
    assert sum(counted) == len(districts(ScopeKind.NATION))
    names = [row[1] for row in rows]
    assert len(set(names)) == 14


@each_kind
def test_the_pillars_are_those_of_the_own_area_now_and_before(kind: ScopeKind) -> None:
    slide = slides(kind)["pillars"]
    assert isinstance(slide.body, BarChart)
    assert [series.values[0] for series in slide.body.series] == [43.5, 40.0]
    assert [row[1:] for row in slide.figures.rows[:6]] == list(
        zip(*(series.values for series in slide.body.series), strict=True)
    )


def test_movers_show_the_same_figures_as_their_table_best_first() -> None:
    slide = slides(ScopeKind.NATION)["movers"]
    assert isinstance(slide.body, BarChart)
    now, before = (series.values for series in slide.body.series)
    assert [row[2:4] for row in slide.figures.rows] == list(zip(before, now, strict=True))
    changes = [row[4] for row in slide.figures.rows]
    assert changes == sorted(changes, reverse=True)  # type: ignore[type-var]
    assert slide.title == "The index of 10 districts rose by more than chance against the year before"
    assert "at most 5% are expected by chance" in slide.notes


def test_where_no_rise_is_more_than_chance_none_is_named() -> None:
    slide = slides(ScopeKind.NATION, movers=[])["movers"]
    assert slide.title == "No district's index rose by more than chance against the same months of the year before"
    untested = [{"area_code": NAMANGAN, "index_before": 40.0, "index_now": 50.0, "change": 10.0}]
    assert "was not tested" in slides(ScopeKind.NATION, movers=untested)["movers"].title


def test_notes_of_a_map_name_only_districts_that_differ_from_all_others() -> None:
    rows = [
        {
            "district_soato": code,
            "indicator_code": "plan_execution",
            "value": value,
            "is_enough": True,
            "verdict_code": each,
        }
        for code, value, each in (
            ("1703202", 90.0, "better"),
            ("1703203", 95.0, "similar"),
            ("1703206", 9.0, "similar"),
        )
    ]
    notes = slides(ScopeKind.REGION, map_values=rows)["map-plan_execution"].notes
    assert "Better than all other districts of the country: Oltinkol district 90%." in notes
    assert "Worse than" not in notes
    assert "Stand out from all other districts of the country: 1; of these by chance alone at most: 1." in notes


def test_a_district_that_needs_help_is_named_once_with_all_its_reasons() -> None:
    rows = [
        {"district_soato": "1703202", "reason_code": "no_memorandum", "figure": 0},
        {"district_soato": "1703202", "reason_code": "overdue", "figure": 6},
        {"district_soato": "1703203", "reason_code": "lower_tier", "figure": 34.24},
    ]
    slide = slides(ScopeKind.REGION, help=rows)["help"]
    assert isinstance(slide.body, Table)
    assert [row[-1] for row in slide.body.rows] == [
        "No memorandum in force; overdue: 6",
        "Index in the lower half: 34.2",
    ]
    assert slide.title == "2 districts need help first; most often: no memorandum in force (1)"
    assert [row[-3:] for row in slide.figures.rows] == [(None, 6.0, None), (34.24, None, None)]


@each_kind
def test_tables_name_the_region_only_where_there_are_several(kind: ScopeKind) -> None:
    titles = [column.title for column in slides(kind)["help"].figures.columns]
    assert ("Region" in titles) is (kind is ScopeKind.NATION)


@each_language
@each_kind
def test_where_nothing_is_known_each_item_says_so_in_words(kind: ScopeKind, language: Language) -> None:
    frames = ("statuses", "map_values", "index", "pillars", "movers", "help")
    found = slides(kind, language, **{name: [] for name in frames})
    for key in ("map-statuses", "map-plan_execution", "map-evaluation_score", "tiers", "movers", "help"):
        body = found[key].body
        assert isinstance(body, Bullets)
        assert all(body.texts)


def test_codes_that_are_no_longer_known_do_not_break_the_deck() -> None:
    strange = {"district_soato": "1703202", "status_code": "gone", "reason_code": "gone", "figure": 1}
    index = [{"area_code": "1703202", "when": "now", "index_value": 50.0, "tier_code": "gone"}]
    found = slides(ScopeKind.REGION, statuses=[strange], help=[strange], index=index)
    assert {"map-statuses", "help", "tiers"} <= set(found)


@each_language
def test_all_reasons_of_a_district_fit_into_its_row(language: Language) -> None:
    rows = [{"district_soato": "1703202", "reason_code": reason.value, "figure": 1234.0} for reason in HelpReason]
    body = slides(ScopeKind.REGION, language, help=rows)["help"].body
    assert isinstance(body, Table)
    why = str(body.rows[0][-1])
    assert why.count(";") == len(HelpReason) - 1
    assert "…" not in why

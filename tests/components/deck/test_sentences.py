"""The conclusions: what they say of the figures, in the grammar of each language."""

from __future__ import annotations

import pytest

from components.deck.model import BarChart, Bullets, Deck, LineChart, Slide, Table, Tiles
from data.language import Language
from data.policy import ScopeKind
from tests.components.deck.sample_rows import Rows
from tests.components.deck.samples import DISTRICT, sample_deck, sample_frames

SAMPLE = sample_frames(ScopeKind.DISTRICT)
ALL = (Language.UZ_LATN, Language.UZ_CYRL, Language.RU, Language.EN)


def deck_of(language: Language = Language.EN, **frames: Rows) -> Deck:
    """The deck of the sample district with other frames."""
    return sample_deck(ScopeKind.DISTRICT, language, frames=frames)


def slide_of(key: str, language: Language = Language.EN, **frames: Rows) -> Slide:
    """One slide of it."""
    return next(slide for slide in deck_of(language, **frames).slides if slide.key == key)


def title_of(key: str, language: Language = Language.EN, **frames: Rows) -> str:
    """Its conclusion, with ordinary spaces."""
    return slide_of(key, language, **frames).title.replace("\u00a0", " ").replace("\u202f", " ")


def decisions(*, done: int, overdue: int) -> Rows:
    """So many decisions."""
    (
        first,
        *_,
    ) = SAMPLE["decisions"]
    states = ["done"] * done + ["overdue"] * overdue
    late = {"due_date": "2026-11-20", "done_date": None, "cause_kind_code": None}
    return [
        {**first, **(late if state == "overdue" else {}), "public_id": str(place), "state_code": state}
        for place, state in enumerate(states)
    ]


def values(**changed: float | None) -> Rows:
    """The values of the sample with some of its own area now: numbers, or None for not enough data."""
    rows = []
    for row in SAMPLE["values"]:
        is_own = row["area_code"] == DISTRICT and row["when"] == "now" and row["indicator_code"] in changed
        value = changed[row["indicator_code"]] if is_own else row["value"]
        rows.append({**row, "value": value, "is_enough": value is not None} if is_own else row)
    return rows


@pytest.mark.parametrize(
    ("language", "title"),
    [
        (Language.EN, "58% of the plan is fulfilled, and NGOs give joint events a mean rating of 3.87"),
        (Language.RU, "План исполнен на 58 %, средний балл ННО за совместные мероприятия — 3,87"),
        (Language.UZ_LATN, "Reja 58% bajarilgan, NNTlar qoʻshma tadbirlarga oʻrtacha 3,87 baho beradi"),
        (Language.UZ_CYRL, "Режа 58% бажарилган, ННТлар қўшма тадбирларга ўртача 3,87 баҳо беради"),
    ],
)
def test_the_opening_is_one_sentence_in_every_language(language: Language, title: str) -> None:
    assert title_of("opening", language) == title


@pytest.mark.parametrize(
    ("overdue", "title"),
    [
        (1, "Просрочено 1 решение; самое давнее: просрочка 1 день"),
        (2, "Просрочено 2 решения; самое давнее: просрочка 1 день"),
        (5, "Просрочено 5 решений; самое давнее: просрочка 1 день"),
        (21, "Просрочено 21 решение; самое давнее: просрочка 1 день"),
    ],
)
def test_russian_has_three_plurals(overdue: int, title: str) -> None:
    assert title_of("decisions-overdue", Language.RU, decisions=decisions(done=0, overdue=overdue)) == title


@pytest.mark.parametrize(
    ("done", "overdue", "title"),
    [
        (0, 1, "0 of 1 earlier decision is done; 1 is overdue"),
        (4, 0, "4 of 4 earlier decisions are done; none is overdue"),
        (1, 3, "1 of 4 earlier decisions are done; 3 are overdue"),
    ],
)
def test_decisions_are_counted(done: int, overdue: int, title: str) -> None:
    assert title_of("decisions", decisions=decisions(done=done, overdue=overdue)) == title


def test_a_decision_with_two_causes_is_one_decision() -> None:
    first = SAMPLE["decisions"][0]
    twice = [{**first, "cause_kind_code": "request", "cause_reference": "5", "cause_then": None}, first]
    assert title_of("decisions", decisions=twice).startswith("1 of 1 earlier decision is done")
    assert title_of("decisions-done", decisions=twice) == "1 decision is done; plan execution: 52% then, 58% now"


def test_of_several_changes_after_decisions_none_is_picked() -> None:
    assert title_of("decisions-done") == "2 decisions are done"


def test_overdue_decisions_come_with_the_longest_first() -> None:
    body = slide_of("decisions-overdue").body
    assert isinstance(body, Table)
    assert [row[-1] for row in body.rows] == [46, 21]


def test_what_is_below_its_minimum_is_said_to_be_too_little() -> None:
    too_few = values(plan_execution=None, evaluation_score=None)
    assert title_of("opening", values=too_few) == "There is not enough data on the plan and on NGO ratings yet"
    tiles = slide_of("opening", values=too_few).body
    assert isinstance(tiles, Tiles)
    assert [tile.text for tile in tiles.tiles[1:3]] == ["Not enough data", "Not enough data"]
    assert [tile.value for tile in tiles.tiles[1:3]] == [None, None]
    assert title_of("plan", values=too_few).endswith("too few for a share")


def test_the_notes_say_how_sure_a_figure_is() -> None:
    notes = slide_of("opening").notes
    assert "Plan execution: 58% (90% interval 49% – 67%); plan items: 72." in notes
    assert "Decisions of meetings done on time: decisions: 2; at least 3 are needed." in notes


def test_a_change_within_chance_is_said_to_be_none() -> None:
    slide = slide_of("indicators-before")
    assert "No clear change: " in slide.notes
    assert "plan execution" in slide.notes.split("No clear change: ")[1].split("\n")[0]
    assert title_of("indicators-before") == ("Indicators better than a year ago: 1 of 7; worse: 0; no clear change: 6")
    assert "by chance alone as many of them would change clearly: 0.7" in slide.notes
    assert isinstance(slide.body, BarChart)
    assert "Events evaluated in time: better" in slide.body.categories
    assert "Plan execution" in slide.body.categories, "what is not clear has no word"


def test_no_title_says_that_an_indicator_improved_or_differs_where_none_does_clearly() -> None:
    unclear = [{**row, "change_code": "not_clear", "verdict_code": "similar"} for row in SAMPLE["comparisons"]]
    assert title_of("indicators-before", comparisons=unclear) == (
        "No indicator has changed clearly against the same months of the year before"
    )
    assert title_of("indicators-wider", comparisons=unclear) == (
        "No indicator differs by more than chance from all other districts of the country"
    )


def test_targets_are_counted_of_all_units_by_what_is_met_and_not_by_the_percentages() -> None:
    title = title_of("indicators-targets")
    assert title == "Targets met: 1 of 6; missed: 4; within the interval of the value: 1"
    met = values(plan_execution=90.0, mahalla_reach=90.0, recommendations_closed=90.0, memorandum_alive=90.0)
    # Days to an answer and the rating are no percentages, and stay missed and within the interval.
    assert title_of("indicators-targets", values=met) == (
        "Targets met: 4 of 6; missed: 1; within the interval of the value: 1"
    )


def test_a_tile_stands_out_only_where_its_target_is_surely_missed() -> None:
    tiles = slide_of("opening").body
    assert isinstance(tiles, Tiles)
    notes = {tile.label: (tile.note, tile.is_attention) for tile in tiles.tiles}
    assert notes["Plan execution"] == ("Target 80%: missed", True)
    assert notes["Average NGO rating"] == ("Target 4.00: within the interval", False)


def test_old_packs_show_their_figures_without_verdicts() -> None:
    old = {"year_before": "before"}
    frames: dict[str, Rows] = {
        "comparisons": [],
        "values": [{**row, "when": old.get(row["when"], row["when"])} for row in SAMPLE["values"]],
        "marks": [{**row, "verdict_code": None} for row in SAMPLE["marks"]],
    }
    slide = slide_of("indicators-before", Language.EN, **frames)
    assert "was not tested" in slide.title
    assert isinstance(slide.body, BarChart)
    assert [series.name for series in slide.body.series] == ["Now", "Period before"]
    assert "Plan execution" in slide.body.categories
    assert "none stands out" in title_of("judgement", Language.EN, **frames)


def test_without_targets_no_slide_speaks_of_them() -> None:
    assert "indicators-targets" not in {slide.key for slide in deck_of(targets=[]).slides}


def test_the_nation_is_compared_with_no_wider_area() -> None:
    keys = {slide.key for slide in sample_deck(ScopeKind.NATION).slides}
    assert "indicators-wider" not in keys
    assert "indicators-before" in keys


@pytest.mark.parametrize(
    ("language", "title"),
    [
        (Language.EN, "3 memoranda are in force; 1 expires within 90 days; 1 is on paper only"),
        (Language.RU, "Действуют 3 меморандума; у 1 срок истекает в ближайшие 90 дней; 1 — только на бумаге"),
        (
            Language.UZ_LATN,
            "3 ta memorandum amalda; 1 tasining muddati 90 kun ichida tugaydi; 1 tasi faqat qogʻozda",
        ),
    ],
)
def test_memoranda_are_counted_by_what_matters(language: Language, title: str) -> None:
    assert title_of("memoranda", language) == title


def test_the_next_memorandum_to_expire_comes_first() -> None:
    slide = slide_of("memoranda-list")
    assert title_of("memoranda-list") == "Next to expire is memorandum 12-2024: 24.12.2026, in 34 days"
    assert isinstance(slide.body, Table)
    assert slide.body.rows[0][0] == "12-2024"
    assert slide.body.rows[1][3] == "In force, on paper only"
    assert slide.body.emphasised == frozenset({0, 1})


def test_long_lists_stop_and_say_how_many_are_left_out() -> None:
    many = [{**SAMPLE["memoranda"][0], "memorandum_id": place, "number": str(place)} for place in range(100)]
    found = [slide for slide in deck_of(memoranda=many).slides if slide.key.startswith("memoranda-list")]
    assert [slide.heading for slide in found] == ["Memoranda and their expiry"]
    assert found[0].remarks == ("91 more are in the workbook.",)
    assert all(len(slide.figures.rows) == 100 for slide in found)


def test_overdue_decisions_are_gone_through_one_by_one_on_up_to_three_slides() -> None:
    overdue = next(row for row in SAMPLE["decisions"] if row["state_code"] == "overdue")
    many = [{**overdue, "public_id": f"d-{place}", "number": place} for place in range(1, 26)]
    found = [slide for slide in deck_of(decisions=many).slides if slide.key.startswith("decisions-overdue")]
    assert [slide.heading[-8:] for slide in found] == [f"({part} of 3)" for part in (1, 2, 3)]
    assert found[-1].remarks == ("7 more are in the workbook.",)


def test_a_comparison_shows_the_worst_and_the_best_and_says_how_many_more_there_are() -> None:
    slide = slide_of("indicators-targets")
    assert isinstance(slide.body, BarChart)
    assert len(slide.body.categories) <= 8
    known = [
        row[1] - row[2]
        for row in slide.figures.rows
        if isinstance(row[1], int | float) and isinstance(row[2], int | float)
    ]
    hidden = len(known) - len(slide.body.categories)
    assert any(text.startswith(f"{hidden} more") for text in slide.remarks) is (hidden > 0)
    pairs = zip(*(series.values for series in slide.body.series), strict=True)
    gaps = [now - other for now, other in pairs if now is not None and other is not None]
    assert gaps == sorted(gaps)
    assert (gaps[0], gaps[-1]) == pytest.approx((min(known), max(known)))


def test_events_name_the_direction_with_most_and_those_with_none() -> None:
    assert title_of("events") == ("56 joint events were held; most often on youth work (18); none on victim support")
    one = [{"direction_code": "youth_work", "held": 1, "cancelled": 0, "participants": 9}]
    assert title_of("events", events=one) == "1 joint event was held; most often on youth work (1)"
    assert title_of("events", events=[]) == "No joint event was held in this period"


def test_marks_name_the_items_that_stand_out() -> None:
    assert title_of("judgement") == (
        "NGOs rate “Resources” lower than all other items, 3.05, and “Preparation” higher, 4.31"
    )
    assert "Much worse: Resources; Information in time." in slide_of("judgement").notes.replace(
        "Information in time; Resources", "Resources; Information in time"
    )
    assert title_of("judgement-trend") == ("The mean NGO rating is 3.87; the target of 4.00 lies within its interval")


def test_no_item_is_named_that_does_not_stand_out() -> None:
    alike = [{**row, "verdict_code": "similar"} for row in SAMPLE["marks"]]
    assert title_of("judgement", marks=alike) == (
        "Mean ratings of the items lie between 3.05 and 4.31; none stands out by more than chance"
    )
    assert "overlap" not in slide_of("judgement", marks=alike).notes


def test_long_comments_are_cut_on_the_slide_and_whole_among_the_figures() -> None:
    slide = slide_of("voices", voices=SAMPLE["voices"][::-1])
    assert isinstance(slide.body, Bullets)
    assert slide.body.texts[0].endswith("…")
    whole = SAMPLE["voices"][-1]["comment"].strip()
    assert whole in slide.notes
    assert any(whole in row for row in slide.figures.rows)


def test_what_a_pack_holds_only_the_first_ones_of_is_counted_in_full() -> None:
    counts = [{**row, "answered": row["count"]} for row in SAMPLE["recommendation_counts"]]
    slide = slide_of("recommendations-answered", recommendation_counts=counts)
    assert slide.title == "You said, we did: 21 recommendations have an answer"
    assert slide.figures.rows[-1][:2] == (21, "In all")
    voices = [{**row, "total": 1_204} for row in SAMPLE["voices"]]
    assert title_of("voices", voices=voices).startswith("NGOs left 1,204 comments by name")


def test_confidential_recommendations_name_no_ngo() -> None:
    slide = slide_of("recommendations-overdue")
    assert isinstance(slide.body, Table)
    confidential = next(row for row in slide.body.rows if row[0] == "Xabarlarni elektron almashaylik.")
    assert confidential[1] is None
    assert slide.body.columns[1].missing == "Confidential"


@pytest.mark.parametrize("language", ALL)
def test_every_kind_of_proposal_has_a_sentence_of_its_own(language: Language) -> None:
    found = [slide for slide in deck_of(language).slides if slide.key.startswith("proposals")]
    texts = [text for slide in found if isinstance(slide.body, Bullets) for text in slide.body.texts]
    assert len(texts) == len(SAMPLE["proposals"])
    assert all(str(row["title"]) != text for row, text in zip(SAMPLE["proposals"], texts, strict=True))


def test_proposals_say_what_to_do_and_why() -> None:
    texts = [
        text
        for slide in deck_of().slides
        if slide.key.startswith("proposals") and isinstance(slide.body, Bullets)
        for text in slide.body.texts
    ]
    assert texts[3].startswith("Extend memorandum 12-2024, valid until 24.12.2026 (in 34 days): ")
    assert texts[-1] == "Improve the indicator “Regularity of events”: 32% here, 40% elsewhere in the country"


def test_credits_carry_the_demo_mark_only_where_data_are_invented() -> None:
    assert sample_deck(ScopeKind.DISTRICT).credits.demo_mark
    assert not sample_deck(ScopeKind.DISTRICT, is_demo=False).credits.demo_mark


def test_the_trend_of_ratings_is_a_process_chart_with_its_limits_among_the_figures() -> None:
    slide = slide_of("judgement-trend")
    assert isinstance(slide.body, LineChart)
    assert slide.body.process is not None
    assert slide.body.process.outstanding == {21}
    assert slide.body.unfinished == {23}
    titles = [column.title for column in slide.figures.columns]
    assert titles[3:] == ["Centre line", "Lower limit", "Upper limit", "Among the points"]
    assert [row[-1] for row in slide.figures.rows[21:24]] == ["Above the limits", "Usual", "Not finished"]
    assert "Above the limits: August 2026." in slide.remarks

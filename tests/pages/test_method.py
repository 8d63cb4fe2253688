"""Method page: every indicator from its declaration with a worked example, and the index."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from components.method.parts import PARTS
from components.method.worked_examples import example_lines
from components.shell.formatter import Formatter
from data.codes import FormalityReason
from data.database.engine import reading
from data.dates.period import Period
from data.effectiveness.formality import EXPLANATIONS
from data.effectiveness.index import INDEX_METHOD, Pillar, Tier
from data.effectiveness.method_version import METHOD_VERSION
from data.indicators import INDICATORS, PILLARS, OutsideIndex
from data.language import Language, Translator
from data.policy import Actor, Role, Scope
from queries.indicators.records import indicator_rows
from queries.indicators.values import area_values, indicator_sums
from queries.indicators.worked_examples import worked_example
from tests.pages.conftest import TODAY, Desk
from tests.shown import record_cells, record_titles

HOME = "1730401"
SOURCE_RECORDS = "Newest source records: "
NO_RECORDS = "Records are shown to those who see the area in full."
NOT_LISTED = "What single NGOs said and recommended is not listed here."


def words_of(app: AppTest) -> str:
    """Return all Markdown texts."""
    return "\n".join(text.value for text in app.markdown)


def open_examples(app: AppTest, *codes: str) -> AppTest:
    """Open the worked examples of some indicators."""
    for code in codes:
        app.session_state[f"example_{code}"] = True
    return app.run()


def test_every_indicator_is_explained(desk: Desk) -> None:
    app = desk.open(Role.NGO, "method", lang="en")
    headings = [heading.value for heading in app.subheader]
    words = words_of(app)
    for indicator in INDICATORS.values():
        assert indicator.name in headings
        for text in (indicator.description, indicator.numerator_text, indicator.denominator_text, indicator.source):
            assert text in words
        assert not isinstance(indicator.index, OutsideIndex) or indicator.index.text in words
        assert indicator.of_ngo is None or indicator.of_ngo.counted_text in words


def test_every_indicator_and_part_has_an_address(desk: Desk) -> None:
    app = desk.open(Role.NGO, "method", lang="en")
    anchors = {heading.proto.anchor for heading in app.subheader}
    assert {*INDICATORS, *PARTS} <= anchors
    assert all(f"(#{anchor})" in app.markdown[0].value + app.markdown[1].value for anchor in (*INDICATORS, *PARTS))


def test_the_version_of_the_method_is_shown(desk: Desk) -> None:
    app = desk.open(Role.NGO, "method", lang="en")
    assert any(METHOD_VERSION in caption.value for caption in app.caption)


def test_the_index_and_the_other_methods_are_explained_from_their_declarations(desk: Desk) -> None:
    words = words_of(desk.open(Role.PUBLIC if Role.PUBLIC in desk.sessions else Role.NGO, "method", lang="en"))
    assert all(text in words for text in EXPLANATIONS.values())
    assert all(reason.label in words for reason in FormalityReason)
    assert all(tier.label in words for tier in Tier)
    for pillar in Pillar:
        assert f"**{pillar.label}:** {'; '.join(INDICATORS[code].name for code in PILLARS[pillar])}" in words
    numbers = ("draws", "seed", "smallest_pillars", "study_districts", "study_controls", "study_level_months")
    fmt = Formatter(Translator(Language.EN))
    for name in numbers:
        number = getattr(INDEX_METHOD, name)
        assert fmt.number(number) in words or str(number) in words


def test_examples_are_worked_through_when_they_are_opened(desk: Desk) -> None:
    app = desk.open(Role.DISTRICT, "method", area=HOME, lang="en")
    assert not app.dataframe
    before = words_of(app)
    app = open_examples(app, *INDICATORS)
    assert not app.exception
    with reading(desk.engine) as connection:
        period = Period.last_complete_months(TODAY)
        sums = indicator_sums(connection, Actor(Role.ADMIN), period=period, today=TODAY)
    scope, fmt = Scope.district(HOME), Formatter(Translator(Language.EN))
    values = area_values(sums, scope=scope, by=scope.kind).set_index("indicator_code").to_dict("index")
    for code, indicator in INDICATORS.items():
        worked = worked_example(sums, code, scope=scope)
        lines = "\n".join(f"- {line}" for line in example_lines(indicator, worked, values[code], fmt=fmt))
        assert lines in words_of(app)
        assert lines not in before


def test_the_records_behind_an_example_are_those_of_the_district(desk: Desk) -> None:
    code = "plan_execution"
    app = open_examples(desk.open(Role.DISTRICT, "method", area=HOME, lang="en"), code)
    with reading(desk.engine) as connection:
        rows = indicator_rows(
            connection, Actor(Role.ADMIN), code=code, scope=Scope.district(HOME),
            period=Period.last_complete_months(TODAY), today=TODAY, limit=5,
        )  # fmt: skip
    title = record_titles(app, SOURCE_RECORDS)[0]
    assert record_cells(app, title, "Record") == list(rows["record"])
    counts = ["Yes" if is_counted else "No" for is_counted in rows["is_counted"]]
    assert record_cells(app, title, "In the numerator") == counts


def test_what_ngos_said_is_worked_through_without_a_record(desk: Desk) -> None:
    said = [code for code, indicator in INDICATORS.items() if indicator.records is None]
    app = open_examples(desk.open(Role.ADMIN, "method", lang="en"), *said)
    assert [caption.value for caption in app.caption].count(NOT_LISTED) == len(said)
    assert not record_titles(app, SOURCE_RECORDS)


@pytest.mark.parametrize("role", [Role.REGIONAL, Role.DISTRICT, Role.COORDINATOR])
def test_records_of_other_areas_are_not_shown(desk: Desk, role: Role) -> None:
    app = open_examples(desk.open(role, "method", area="1726", lang="en"), "plan_execution")
    assert NO_RECORDS in [caption.value for caption in app.caption]
    assert not record_titles(app, SOURCE_RECORDS)


def test_too_little_is_not_worked_through(desk: Desk) -> None:
    indicator = INDICATORS["evaluation_score"]
    with reading(desk.engine) as connection:
        sums = indicator_sums(connection, Actor(Role.ADMIN), period=Period.of_months(TODAY, 1), today=TODAY)
    districts = [code for code in sums.by_district.index if 0 < sums.by_district.loc[code]["events_marked"] < 5]
    scope = Scope.district(districts[0])
    shown = area_values(sums, scope=scope, by=scope.kind).set_index("indicator_code").to_dict("index")[indicator.code]
    worked = worked_example(sums, indicator.code, scope=scope)
    lines = example_lines(indicator, worked, shown, fmt=Formatter(Translator(Language.EN)))
    assert lines[1:] == ["The smallest number is 5, so no value is shown."]


def test_intervals_comparisons_trends_and_response_are_shown_in_the_reader_s_own_figures(desk: Desk) -> None:
    app = desk.open(Role.COORDINATOR, "method", lang="en", area=HOME)
    before = len(app.markdown)
    for part in ("intervals", "comparisons", "trends", "response"):
        app.session_state[f"own_{part}"] = True
    words = [text.value for text in app.run().markdown]
    assert not app.exception
    assert len(words) == before + 4
    own = "\n".join(words)
    assert "Memorandum coverage: " in own
    assert "beside all other districts (" in own
    assert "Reach of mahallas. Each point holds the 12 months up to it" in own
    assert "Would hold it again: " in own

"""What needs attention, in words."""

from __future__ import annotations

from datetime import date

import pandas as pd

from components.attention import AttentionGroup, AttentionItem, attention_groups, attention_html
from components.shell.areas import Area, AreaDirectory
from components.shell.formatter import Formatter
from data.codes import AttentionKind
from data.language import Language, Translator
from data.policy import Scope
from queries.attention import COLUMNS

WRITE = Formatter(Translator(Language.EN))
BOOK = AreaDirectory(
    {
        "uz": Area("uz", Scope.nation(), "Uzbekistan"),
        "1703202": Area("1703202", Scope.district("1703202"), "Oltinkol district", "1703"),
    }
)


def counts(**numbers: int) -> pd.DataFrame:
    """A row a kind."""
    kinds = [kind.value for kind in AttentionKind]
    return pd.DataFrame(
        {"kind_code": kinds, "count": [numbers.get(kind, 0) for kind in kinds], "is_more": [False] * len(kinds)}
    )


def row(kind: AttentionKind, days: int) -> pd.DataFrame:
    """One thing of a kind."""
    record_id = None if kind in {AttentionKind.RECOMMENDATION_OVERDUE, AttentionKind.DECISION_OVERDUE} else 5
    values = (kind.value, "1703202", 7, record_id, "HM-1", "Title", pd.Timestamp(date(2026, 11, 1)), days, 0)
    return pd.DataFrame([values], columns=list(COLUMNS))


def item_of(kind: AttentionKind, days: int) -> AttentionItem:
    """One thing of a kind in words."""
    groups = attention_groups(counts(**{kind.value: 1}), row(kind, days), directory=BOOK, fmt=WRITE)
    return groups[0].items[0]


def text_of(kind: AttentionKind, days: int) -> str:
    """The line of one thing."""
    return item_of(kind, days).text


def test_kinds_without_anything_are_left_out() -> None:
    groups = attention_groups(counts(on_paper=3), row(AttentionKind.ON_PAPER, 1), directory=BOOK, fmt=WRITE)
    assert [(group.count_text, group.label) for group in groups] == [("3", "Memoranda on paper only")]


def test_days_left_and_days_late_are_told_apart() -> None:
    assert text_of(AttentionKind.EXPIRING, 5) == "Oltinkol district: in 5 days"
    assert text_of(AttentionKind.EXPIRING, 0) == "Oltinkol district: today"
    assert text_of(AttentionKind.OBLIGATION_OVERDUE, 1) == "Oltinkol district: 1 day late"


def test_a_memorandum_on_paper_counts_from_its_last_event() -> None:
    assert text_of(AttentionKind.ON_PAPER, 10) == "Oltinkol district: 100 days without an event"


def test_a_count_that_was_stopped_says_more_than() -> None:
    stopped = counts(not_evaluated=1000).assign(is_more=True)
    groups = attention_groups(stopped, row(AttentionKind.NOT_EVALUATED, 2), directory=BOOK, fmt=WRITE)
    assert groups[0].count_text == "more than 1,000"


def test_each_opens_its_record_with_the_action_at_hand() -> None:
    items = {kind: item_of(kind, 3) for kind in AttentionKind}
    assert {kind: (item.address, *item.params.items()) for kind, item in items.items()} == {
        AttentionKind.EXPIRING: ("/memorandum", ("record", "5"), ("do", "extend")),
        AttentionKind.ON_PAPER: ("/memorandum", ("record", "5")),
        AttentionKind.OBLIGATION_OVERDUE: ("/memorandum", ("record", "5"), ("do", "fulfil"), ("part", "7")),
        AttentionKind.RECOMMENDATION_OVERDUE: ("/evaluations", ("part", "recommendations")),
        AttentionKind.DECISION_OVERDUE: ("/meeting",),
        AttentionKind.EVENT_PASSED: ("/event", ("record", "5"), ("do", "held")),
        AttentionKind.NOT_EVALUATED: ("/event", ("record", "5")),
        AttentionKind.REQUEST_OVERDUE: ("/requests", ("record", "5"), ("do", "answer")),
        AttentionKind.PROPOSAL_WAITING: ("/plan", ("view", "proposals")),
    }


def test_a_decision_leads_to_the_meetings_of_its_area_which_may_be_the_nation() -> None:
    item = item_of(AttentionKind.DECISION_OVERDUE, 4)
    assert (item.text, item.detail) == ("Oltinkol district: 4 days late", "Meeting HM-1: Title")
    assert (item.address, item.area_code) == ("/meeting", "1703202")
    national = row(AttentionKind.DECISION_OVERDUE, 1).assign(district_soato="")
    groups = attention_groups(counts(decision_overdue=1), national, directory=BOOK, fmt=WRITE)
    assert (groups[0].items[0].text, groups[0].items[0].area_code) == ("Uzbekistan: 1 day late", "uz")


def test_what_people_typed_stays_text() -> None:
    item = AttentionItem("Alpha: today", "today", "<img src=x onerror=alert(1)>", "1703202", "/event")
    group = AttentionGroup(AttentionKind.NOT_EVALUATED, "schedule", 'Late & "overdue"', "1", (item,))
    shown = attention_html([group], names_area=False, translate=Translator(Language.EN))
    assert "<img" not in shown
    assert "Late &amp; " in shown

"""What needs attention, in words."""

from __future__ import annotations

from datetime import date

import pandas as pd

from components.attention import AttentionGroup, AttentionItem, attention_groups, attention_html
from components.shell.address import record_address
from components.shell.areas import Area, AreaDirectory
from components.shell.formatter import Formatter
from components.tables.links import Link
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
    day = pd.Timestamp(date(2026, 11, 1))
    values = (kind.value, "1703202", 7, record_id, "HM-1", "Title", "ngo", "", (("“Mehr” & co", 9),), day, days, 0)
    return pd.DataFrame([values], columns=list(COLUMNS))


def item_of(kind: AttentionKind, days: int) -> AttentionItem:
    """One thing of a kind in words."""
    groups = attention_groups(counts(**{kind.value: 1}), row(kind, days), directory=BOOK, fmt=WRITE)
    return groups[0].items[0]


def text_of(kind: AttentionKind, days: int) -> str:
    """How urgent one thing is."""
    return item_of(kind, days).urgency


def test_kinds_without_anything_are_left_out() -> None:
    groups = attention_groups(counts(on_paper=3), row(AttentionKind.ON_PAPER, 1), directory=BOOK, fmt=WRITE)
    assert [(group.count_text, group.label) for group in groups] == [("3", "Memoranda on paper only")]


def test_days_left_and_days_late_are_told_apart() -> None:
    assert text_of(AttentionKind.EXPIRING, 5) == "in 5 days"
    assert text_of(AttentionKind.EXPIRING, 0) == "today"
    assert text_of(AttentionKind.OBLIGATION_OVERDUE, 1) == "1 day late"


def test_a_memorandum_on_paper_counts_from_its_last_event() -> None:
    assert text_of(AttentionKind.ON_PAPER, 10) == "100 days without an event"


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
        AttentionKind.REQUEST_OVERDUE: ("/desk", ("record", "5"), ("do", "answer")),
        AttentionKind.REQUEST_DUE: ("/desk", ("record", "5"), ("do", "answer")),
        AttentionKind.PROPOSAL_WAITING: ("/plan", ("view", "proposals")),
    }


def test_a_decision_leads_to_the_meetings_of_its_area_which_may_be_the_nation() -> None:
    item = item_of(AttentionKind.DECISION_OVERDUE, 4)
    assert (item.area_name, item.urgency, item.detail) == ("Oltinkol district", "4 days late", "Meeting HM-1: Title")
    assert (item.address, item.area_code) == ("/meeting", "1703202")
    national = row(AttentionKind.DECISION_OVERDUE, 1).assign(district_soato="")
    groups = attention_groups(counts(decision_overdue=1), national, directory=BOOK, fmt=WRITE)
    assert (groups[0].items[0].area_name, groups[0].items[0].area_code) == ("Uzbekistan", "uz")


def test_who_has_to_act_is_named_or_told_by_the_side_that_it_is() -> None:
    kind = AttentionKind.REQUEST_OVERDUE
    named = attention_groups(counts(request_overdue=1), row(kind, 1), directory=BOOK, fmt=WRITE)
    nameless = row(kind, 1).assign(owner_code="police", owner_ngos="")
    told = attention_groups(counts(request_overdue=1), nameless, directory=BOOK, fmt=WRITE)
    ngo = Link("“Mehr” & co", record_address("/ngo", 9))
    assert [groups[0].items[0].owner for groups in (named, told)] == [[ngo], "Internal affairs bodies"]


def shown(kind: AttentionKind, *, names_area: bool, has_actions: bool) -> str:
    """One thing of three as HTML."""
    groups = attention_groups(counts(**{kind.value: 3}), row(kind, 3), directory=BOOK, fmt=WRITE)
    translate = Translator(Language.EN)
    return attention_html(groups, names_area=names_area, has_actions=has_actions, translate=translate)


def test_a_row_says_what_where_who_and_how_urgent_and_its_count_leads_to_all_of_them() -> None:
    table = shown(AttentionKind.OBLIGATION_OVERDUE, names_area=True, has_actions=False)
    for text in ("Memorandum HM-1: Title", "Oltinkol district", "“Mehr” &amp; co", "3 days late"):
        assert f">{text}<" in table
    assert 'attention=obligation_overdue" target="_self" title="Overdue obligations: show all 3">all 3</a>' in table
    assert "Mark fulfilled" not in table


def test_only_who_may_act_is_offered_the_action() -> None:
    table = shown(AttentionKind.OBLIGATION_OVERDUE, names_area=False, has_actions=True)
    assert "do=fulfil" in table
    assert ">Mark fulfilled</a>" in table
    assert "Oltinkol" not in table
    assert "do=" not in shown(AttentionKind.OBLIGATION_OVERDUE, names_area=False, has_actions=False)


def test_what_people_typed_stays_text() -> None:
    item = AttentionItem("<img src=x onerror=alert(1)>", "A", "<b>", "today", True, "1703202", "/event")
    group = AttentionGroup(AttentionKind.NOT_EVALUATED, "schedule", 'Late & "overdue"', 1, "1", (item,))
    table = attention_html([group], names_area=False, has_actions=True, translate=Translator(Language.EN))
    assert "<img" not in table
    assert "<b>" not in table
    assert "Late &amp; " in table

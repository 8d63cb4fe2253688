"""First sentence of an area: the indicator that stands worst, since when, and what is overdue."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pandas as pd

from components.attention import AttentionGroup
from components.indicators.area_tiles import AreaFigures
from components.indicators.lead import lead_html
from components.shell.formatter import Formatter
from data.codes import AttentionKind
from data.dates.period import Period
from data.indicators import AreaTarget
from data.policy import ScopeKind
from tests.components.samples import ENGLISH, NO_VALUE

PLAN, REACH = "plan_execution", "mahalla_reach"


def figures(
    *,
    plan: float = 50.0,
    plan_change: str = "not_clear",
    plan_verdict: str = "similar",
    reach: float = 90.0,
    reach_change: str = "not_clear",
    targets: dict[str, float] | None = None,
    line: tuple[float, ...] = (),
) -> AreaFigures:
    """Figures of a district; ``line`` are the values of the plan by month from January on, the last not finished."""
    now = pd.DataFrame({"indicator_code": [PLAN, REACH], "value": [plan, reach], "n": 100.0})
    now = now.assign(interval_low=now["value"] - 5, interval_high=now["value"] + 5)
    changes = now.assign(value_before=60.0, change=-8.0, change_code=[plan_change, reach_change])
    verdicts = pd.DataFrame({"indicator_code": [PLAN, REACH], "verdict_code": [plan_verdict, "similar"]})
    trend = pd.DataFrame(
        {
            "indicator_code": PLAN,
            "month": [pd.Timestamp(2026, month, 1) for month in range(1, len(line) + 1)],
            "months": 1,
            "value": line,
            "is_finished": [place < len(line) - 1 for place in range(len(line))],
        }
    )
    return AreaFigures(
        now=now,
        changes=changes,
        verdicts=verdicts,
        trend=trend,
        targets={code: AreaTarget(value, "") for code, value in (targets or {}).items()},
        kind=ScopeKind.DISTRICT,
        period=Period(date(2026, 1, 1), date(2026, 10, 31)),
    )


def text_of(found: AreaFigures, *groups: AttentionGroup) -> str:
    """The sentence without its style and tags."""
    shown = lead_html(found, groups, fmt=Formatter(ENGLISH)).split("</style>")[-1]
    return unescape(re.sub(r"<[^>]*>", "", shown))


def group(kind: AttentionKind, count: int) -> AttentionGroup:
    """So many things of a kind."""
    return AttentionGroup(kind, "", ENGLISH(kind.label), count, str(count), ())


def test_where_nothing_is_wrong_that_is_said() -> None:
    assert text_of(figures()).startswith("No main indicator misses its target")


def test_of_indicators_with_as_much_against_them_that_furthest_from_its_target_is_named() -> None:
    found = figures(reach=80.0, reach_change="worse", targets={PLAN: 70})
    assert text_of(found) == "Plan execution: 50%. Target 70%: missed."
    both = figures(reach=60.0, targets={PLAN: 70, REACH: 95})
    assert text_of(both).startswith("Reach of mahallas: 60%")


def test_what_has_more_against_it_outweighs_a_target_missed_by_far() -> None:
    found = figures(reach=80.0, reach_change="worse", targets={PLAN: 70, REACH: 90})
    assert text_of(found) == "Reach of mahallas: 80%. Target 90%: missed; worse than a year ago (60%)."


def test_all_that_speaks_against_an_indicator_is_named() -> None:
    found = figures(plan_change="worse", plan_verdict="much_worse", targets={PLAN: 70})
    assert text_of(found) == (
        "Plan execution: 50%. Target 70%: missed; worse than a year ago (60%); much worse than all other districts."
    )


def test_a_target_within_the_interval_is_not_missed() -> None:
    assert text_of(figures(targets={PLAN: 53})).startswith("No main indicator")


def test_it_says_since_when_every_finished_point_is_below_the_target() -> None:
    found = figures(targets={PLAN: 70}, line=(60, 75, NO_VALUE, 65, 40, 90))
    assert text_of(found) == ("Plan execution: 50%. Target 70%: missed; below it since April 2026.")
    assert "since" not in text_of(figures(targets={PLAN: 70}, line=(80, 60, 90)))


def test_the_two_most_numerous_overdue_things_follow_and_what_is_to_come_does_not() -> None:
    kinds = AttentionKind
    groups = [group(kinds.DECISION_OVERDUE, 7), group(kinds.REQUEST_OVERDUE, 5), group(kinds.OBLIGATION_OVERDUE, 3)]
    found = text_of(figures(), group(kinds.EXPIRING, 99), *groups)
    assert found.endswith("Overdue decisions of meetings: 7; overdue information requests: 5.")
    assert f"attention={kinds.DECISION_OVERDUE.value}" in lead_html(figures(), groups, fmt=Formatter(ENGLISH))


def test_without_any_value_there_is_no_sentence() -> None:
    assert lead_html(figures(plan=NO_VALUE, reach=NO_VALUE), [], fmt=Formatter(ENGLISH)) == ""

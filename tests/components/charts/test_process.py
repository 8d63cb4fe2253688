"""Process charts: what is drawn over a line, and what is said below it."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from components.charts.palette import ACCENT, ATTENTION
from components.charts.process import process_sentences, signal_colour
from components.charts.trend import trend_chart
from components.shell.formatter import Formatter
from data.dates.period import Period
from data.indicators import INDICATORS, Better
from data.indicators.process_charts import Signal
from tests.components.samples import ENGLISH, NO_VALUE, PLAN

FMT = Formatter(ENGLISH)


def points(signals: dict[int, Signal], *, count: int = 12, months: int = 1) -> pd.DataFrame:
    """Points with limits of which some stand out; the last is not finished."""
    every = list(Period.of_months(date(2025, 1, 1), count * months).months)[::months]
    is_finished = np.arange(count) < count - 1
    return pd.DataFrame(
        {
            "month": pd.to_datetime(every),
            "months": months,
            "value": 50.0,
            "n": 40.0,
            "centre": 50.0,
            "limit_low": np.where(is_finished, 26.0, NO_VALUE),
            "limit_high": np.where(is_finished, 74.0, NO_VALUE),
            "signal_code": [signals.get(place, Signal.USUAL).value for place in range(count)],
            "is_finished": is_finished,
        }
    )


def test_a_calm_trend_says_its_limits_and_that_nothing_stands_out() -> None:
    assert process_sentences(points({}), PLAN, fmt=FMT) == [
        "Centre line: 50%. Limits of usual ups and downs (November 2025): 26% – 74%.",
        "No point stands out from them.",
        "Not finished, drawn hollow and left out of the rules: December 2025.",
    ]


def test_points_outside_and_runs_are_named() -> None:
    run = dict.fromkeys(range(3, 10), Signal.RUN_ABOVE) | {6: Signal.ABOVE_LIMITS, 0: Signal.BELOW_LIMITS}
    said = process_sentences(points(run), PLAN, fmt=FMT)
    assert said[1:4] == [
        "Above the limits: July 2025.",
        "Below the limits: January 2025.",
        "In a row of 7 or more above the centre line: April 2025 – October 2025.",
    ]


def test_of_many_points_outside_the_newest_are_named_and_the_others_counted() -> None:
    said = process_sentences(points(dict.fromkeys(range(0, 10, 2), Signal.ABOVE_LIMITS)), PLAN, fmt=FMT)
    assert said[1] == "Above the limits: 2 earlier, May 2025, July 2025, September 2025."


def test_quarters_are_named_as_quarters_and_explained() -> None:
    said = process_sentences(points({0: Signal.BELOW_LIMITS}, months=3), PLAN, fmt=FMT)
    assert "Below the limits: quarter 1 of 2025." in said
    assert "Points are quarters, because most months have fewer than 10 cases." in said


def test_what_has_no_limits_says_why() -> None:
    bare = points({}).assign(limit_low=NO_VALUE, limit_high=NO_VALUE, centre=NO_VALUE)
    assert process_sentences(bare, PLAN, fmt=FMT)[0] == "Limits need at least 8 finished points with enough data."
    for code, part in (("mahalla_reach", "shares eleven of them"), ("memorandum_alive", "at the end of its month")):
        assert part in process_sentences(bare, INDICATORS[code], fmt=FMT)[0]


def test_orange_is_the_worse_side_only() -> None:
    assert signal_colour(Signal.RUN_BELOW, Better.UP) == signal_colour(Signal.ABOVE_LIMITS, Better.DOWN) == ATTENTION
    others = ((Signal.ABOVE_LIMITS, Better.UP), (Signal.RUN_BELOW, Better.DOWN), (Signal.BELOW_LIMITS, Better.NONE))
    assert {signal_colour(signal, better) for signal, better in others} == {ACCENT}


def test_limits_hollow_and_marked_points_are_drawn() -> None:
    chart = trend_chart(points({2: Signal.BELOW_LIMITS}), PLAN, translate=ENGLISH, area="Alpha").to_dict()
    marks = [layer["mark"] for layer in chart["layer"]]
    assert sum(mark["type"] == "line" for mark in marks) == 4
    diamonds = [mark for mark in marks if mark.get("shape") == "diamond"]
    assert [mark["color"] for mark in diamonds] == [ATTENTION]
    assert sum(mark.get("fill") == "#ffffff" for mark in marks) == 1

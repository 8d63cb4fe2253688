"""Frames and translators that the tests of components share."""

from __future__ import annotations

from datetime import date

import pandas as pd

from data.indicators import INDICATORS
from data.language import Language, Translator

ENGLISH = Translator(Language.EN)
RUSSIAN = Translator(Language.RU)
UZBEK = Translator(Language.UZ_LATN)
UZBEK_CYRILLIC = Translator(Language.UZ_CYRL)
PLAN = INDICATORS["plan_execution"]
SCORE = INDICATORS["evaluation_score"]
NO_VALUE = float("nan")


def area_frame(*, names: tuple[str, ...] = ("Alpha", "Beta", "Gamma")) -> pd.DataFrame:
    """Areas with values 80 and 20 and one without enough data; the last has no outline."""
    values = [20.0, 80.0, NO_VALUE][: len(names)]
    frame = pd.DataFrame({"value": values, "n": [5.0, 9.0, 1.0][: len(names)]})
    for column in ("name_uz_latn", "name_uz_cyrl", "name_ru", "name_en"):
        frame[column] = list(names)
    return frame.assign(
        soato=["1703202", "1703203", "1703401"][: len(names)],
        area_code=["1703202", "1703203", "1703401"][: len(names)],
        latitude=40.7,
        longitude=72.3,
        has_boundary=[True, True, False][: len(names)],
        interval_low=frame["value"] - 5,
        interval_high=frame["value"] + 5,
        verdict_code=["worse", "much_better", "not_compared"][: len(names)],
        status_code=["in_force", "none", "expired"][: len(names)],
        memoranda=[2, 0, 1][: len(names)],
        in_force=[2, 0, 0][: len(names)],
        on_paper=[1, 0, 0][: len(names)],
    )


def rank_frame() -> pd.DataFrame:
    """Ranks of three areas: Beta above Alpha, and one without an index."""
    return area_frame().assign(
        index_score=[40.0, 70.0, NO_VALUE],
        rank_median=[2.0, 1.0, NO_VALUE],
        rank_low=[1.0, 1.0, NO_VALUE],
        rank_high=[2.0, 2.0, NO_VALUE],
        tier=pd.Series(["lower", "upper", None], dtype=object),
    )


def mark_values() -> pd.DataFrame:
    """Marks of two areas with enough events and of one without, as values of the indicators."""
    return pd.DataFrame(
        {
            "area_code": ["1703202", "1703203", "1703401"],
            "indicator_code": SCORE.code,
            "n": [10.0, 20.0, 1.0],
            "numerator": [39.0, 82.0, 1.0],
        }
    )


def signing_frame() -> pd.DataFrame:
    """The effect of the month before signing and of the one after it."""
    return pd.DataFrame(
        {
            "month": [-1, 1],
            "effect": [-0.1, 0.3],
            "interval_low": [-0.3, 0.1],
            "interval_high": [0.1, 0.5],
            "districts": [9, 8],
        }
    )


def _days(days: list[object]) -> pd.Series:
    return pd.Series(days).astype("datetime64[ns]")


def month_frame() -> pd.DataFrame:
    """Three months, the second without enough data."""
    return pd.DataFrame(
        {
            "month": [date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)],
            "value": [40.0, NO_VALUE, 60.5],
            "n": [10, 1, 12],
            "comparison": [50.0, 51.0, 52.0],
            "months": 1,
            "centre": NO_VALUE,
            "limit_low": NO_VALUE,
            "limit_high": NO_VALUE,
            "signal_code": "usual",
            "is_finished": True,
        }
    )


def memorandum_frame() -> pd.DataFrame:
    """Three memoranda: in force and open-ended, expired, terminated."""
    return pd.DataFrame(
        {
            "number": ["7", "13-A", "9"],
            "title": ["Short", "A very long title of a memorandum on the prevention of offences among the young", "X"],
            "start_date": _days(["2026-02-01", "2024-01-15", "2025-06-01"]),
            "expiry_date": _days([pd.NaT, "2026-03-01", "2027-06-01"]),
            "terminated_date": _days([pd.NaT, pd.NaT, "2026-01-10"]),
            "status_code": ["in_force", "expired", "terminated"],
        }
    )

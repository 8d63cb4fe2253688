"""Verdicts in words: an area beside all others, a change against the year before, a value beside its target."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache

from components.charts.palette import ACCENT, ATTENTION, MUTED_TEXT
from components.shell.formatter import Formatter
from data.indicators import METHOD
from data.indicators.verdicts import Change, TargetVerdict, Verdict
from data.language import Translator
from data.policy import ScopeKind

ROUNDING = 1e-9
STANDS_OUT = frozenset({Verdict.MUCH_BETTER, Verdict.BETTER, Verdict.WORSE, Verdict.MUCH_WORSE})
# Changes that are more than chance.
CLEAR = frozenset({Change.BETTER, Change.WORSE, Change.DIFFERENT})


class Tone(StrEnum):
    """Whether a verdict is good, bad or neither."""

    GOOD = "good"
    BAD = "bad"
    NEUTRAL = "neutral"


# A sign and a colour; words say the same.
TONE_SIGNS: Mapping[Tone, str] = {Tone.GOOD: "▲", Tone.BAD: "▼", Tone.NEUTRAL: ""}
TONE_COLOURS: Mapping[Tone, str] = {Tone.GOOD: ACCENT, Tone.BAD: ATTENTION, Tone.NEUTRAL: MUTED_TEXT}


def verdict_tone(verdict: Verdict) -> Tone:
    """Return whether a verdict is good, bad or neither."""
    if verdict not in STANDS_OUT:
        return Tone.NEUTRAL
    return Tone.GOOD if verdict in {Verdict.BETTER, Verdict.MUCH_BETTER} else Tone.BAD


def verdict_of(code: object) -> Verdict:
    """Return the verdict of a code; of none, or one that this version no longer has, that nothing is compared."""
    return next((verdict for verdict in Verdict if verdict.value == code), Verdict.NOT_COMPARED)


def change_of(code: object) -> Change:
    """Return the change of a code; of none, or one that this version no longer has, that nothing is known."""
    return next((change for change in Change if change.value == code), Change.UNKNOWN)


def beside_others(kind: ScopeKind, translate: Translator) -> str:
    """Return the title of verdicts on areas of a kind beside all others of it."""
    return (
        translate("Beside all other regions") if kind is ScopeKind.REGION else translate("Beside all other districts")
    )


def all_others(kind: ScopeKind, translate: Translator) -> str:
    """Return what an area of a kind is compared with."""
    return translate("All other regions") if kind is ScopeKind.REGION else translate("All other districts")


@cache
def others_words(verdict: Verdict, kind: ScopeKind, translate: Translator) -> str:
    """Return a verdict on an area of a kind as a phrase that stands alone; empty where nothing is compared."""
    of_districts = {
        Verdict.MUCH_BETTER: translate("Much better than all other districts"),
        Verdict.BETTER: translate("Better than all other districts"),
        Verdict.SIMILAR: translate("No clear difference from all other districts"),
        Verdict.WORSE: translate("Worse than all other districts"),
        Verdict.MUCH_WORSE: translate("Much worse than all other districts"),
    }
    of_regions = {
        Verdict.MUCH_BETTER: translate("Much better than all other regions"),
        Verdict.BETTER: translate("Better than all other regions"),
        Verdict.SIMILAR: translate("No clear difference from all other regions"),
        Verdict.WORSE: translate("Worse than all other regions"),
        Verdict.MUCH_WORSE: translate("Much worse than all other regions"),
    }
    return (of_regions if kind is ScopeKind.REGION else of_districts).get(verdict, "")


def items_words(verdict: Verdict, translate: Translator) -> str:
    """Return a verdict on an item of the evaluation beside all others as a phrase; empty where nothing is compared."""
    words = {
        Verdict.MUCH_BETTER: translate("Much better than all other items"),
        Verdict.BETTER: translate("Better than all other items"),
        Verdict.SIMILAR: translate("No clear difference from all other items"),
        Verdict.WORSE: translate("Worse than all other items"),
        Verdict.MUCH_WORSE: translate("Much worse than all other items"),
    }
    return words.get(verdict, "")


def target_words(verdict: TargetVerdict, target: str, translate: Translator) -> str:
    """Return a target and whether it is met; empty where there is none."""
    words = {
        TargetVerdict.MET: translate("Target {value}: met", value=target),
        TargetVerdict.MISSED: translate("Target {value}: missed", value=target),
        TargetVerdict.WITHIN: translate("Target {value}: within the interval", value=target),
    }
    return words.get(verdict, "")


def change_words(change: Change, before: str, translate: Translator) -> str:
    """Return what a value was a year ago and whether it has changed; empty where there is nothing to compare with."""
    words = {
        Change.BETTER: translate("Better than a year ago ({value})", value=before),
        Change.WORSE: translate("Worse than a year ago ({value})", value=before),
        Change.DIFFERENT: translate("Different from a year ago ({value})", value=before),
        Change.NOT_CLEAR: translate("A year ago {value}: no clear change", value=before),
        Change.FACT: translate("A year ago: {value}", value=before),
    }
    return words.get(change, "")


def chance_note(codes: Iterable[object], kind: ScopeKind | None, *, fmt: Formatter) -> str:
    """Return how many areas of a kind stand out, by their verdict codes, and how many of them by chance alone.

    Without a ``kind`` the codes are of items of the evaluation.
    """
    out = sum(verdict_of(code) in STANDS_OUT for code in codes)
    chance = math.ceil(out * (1 - METHOD.verdict_confidence) - ROUNDING)
    numbers = {"number": fmt.number(out), "chance": fmt.number(chance)}
    if kind is None:
        return fmt.translate(
            "Stand out from all other items: {number}; of these by chance alone at most: {chance}.", **numbers
        )
    if kind is ScopeKind.REGION:
        return fmt.translate(
            "Stand out from all other regions of the country: {number}; of these by chance alone at most: {chance}.",
            **numbers,
        )
    return fmt.translate(
        "Stand out from all other districts of the country: {number}; of these by chance alone at most: {chance}.",
        **numbers,
    )

"""What to know first of an area, in a sentence: the indicator that stands worst, since when, and what is overdue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, NamedTuple

from components.attention import OVERDUE_KINDS, AttentionGroup, kind_address
from components.charts.process import point_text
from components.indicators.area_tiles import NO_CHANGE, TILE_CODES, AreaFigures
from components.indicators.verdict_texts import change_of, change_words, others_words, target_words, verdict_of
from components.shell.formatter import Formatter, is_missing, lower_first
from data.codes import AttentionKind
from data.indicators import INDICATORS, AreaTarget, Better, Indicator
from data.indicators.verdicts import Change, TargetVerdict, Verdict, against_target

_WORSE = frozenset({Verdict.WORSE, Verdict.MUCH_WORSE})
KINDS_NAMED = 2
# One point is no time.
LEAST_POINTS = 2


@dataclass(frozen=True)
class _Standing:
    """How bad an indicator stands, and what says so: by how many of target, year and others it is known to stand badly,
    and how far it is from its target as a share of it."""

    indicator: Indicator
    value: float
    badness: tuple[int, float]
    words: Sequence[str]


class MainFigures(NamedTuple):
    """Figures of the chosen area, drawn as HTML: the first sentence, the tiles, and what their changes are against."""

    has_data: bool
    lead: str
    tiles: str
    note: str


class LeadWords(NamedTuple):
    """What is to know first, in words: the worst indicator with its value, "" where none stands badly, and the rest."""

    name: str
    rest: str


def lead_html(figures: AreaFigures, groups: Sequence[AttentionGroup], *, fmt: Formatter) -> str:
    """Return two sentences: the worst indicator with what makes it so and since when; the most numerous overdue things,
    each a link to all of them."""
    words = lead_words(figures, fmt=fmt)
    if words is None:
        return ""
    first = f"<strong>{escape(words.name)}</strong> {escape(words.rest)}" if words.name else escape(words.rest)
    links = [
        f'<a href="{escape(kind_address(kind))}" target="_self">{escape(text)}</a>'
        for kind, text in overdue_words(groups).items()
    ]
    overdue = f" {'; '.join(links)}." if links else ""
    return f'<p class="hamkor-lead">{first}{overdue}</p>'


def lead_words(figures: AreaFigures, *, fmt: Formatter) -> LeadWords | None:
    """Return the worst indicator and what makes it so and since when; None where no indicator has a value."""
    worst = max(_standings(figures, fmt), key=lambda standing: standing.badness, default=None)
    if worst is None:
        return None
    if worst.words:
        value = fmt.indicator_value(worst.indicator, worst.value)
        words = "; ".join([worst.words[0], *map(lower_first, worst.words[1:])])
        return LeadWords(f"{fmt.translate(worst.indicator.name)}: {value}.", f"{words}.")
    return LeadWords(
        "",
        fmt.translate(
            "No main indicator misses its target, is worse than a year ago or worse than elsewhere by more than chance."
        ),
    )


def overdue_words(groups: Sequence[AttentionGroup]) -> Mapping[AttentionKind, str]:
    """Return the most numerous overdue things with their numbers, as they follow each other in a sentence."""
    late = [group for group in groups if group.kind in OVERDUE_KINDS]
    return {
        group.kind: f"{lower_first(group.label) if place else group.label}: {group.count_text}"
        for place, group in enumerate(late[:KINDS_NAMED])
    }


def _standings(figures: AreaFigures, fmt: Formatter) -> Sequence[_Standing]:
    now = {row["indicator_code"]: row for row in figures.now.to_dict("records")}
    moved = {row["indicator_code"]: row for row in figures.changes.to_dict("records")}
    verdicts = figures.verdicts
    beside = {} if verdicts is None else dict(zip(verdicts["indicator_code"], verdicts["verdict_code"], strict=True))
    found = []
    for code in TILE_CODES:
        if code not in now or is_missing(float(now[code]["value"])):
            continue
        indicator, value = INDICATORS[code], float(now[code]["value"])
        change, target = moved.get(code, NO_CHANGE), figures.targets.get(code)
        is_worse = change_of(change["change_code"]) is Change.WORSE
        is_missed = against_target(now[code], indicator, target) is TargetVerdict.MISSED
        verdict = verdict_of(beside.get(code))
        words = []
        if is_missed and target is not None:
            text = target_words(TargetVerdict.MISSED, fmt.indicator_value(indicator, target.value), fmt.translate)
            words += [text, *_since(figures, indicator, target, fmt)]
        if is_worse:
            before = fmt.indicator_value(indicator, change["value_before"])
            words.append(change_words(Change.WORSE, before, fmt.translate))
        if verdict in _WORSE:
            words.append(others_words(verdict, figures.kind, fmt.translate))
        gap = abs(target.value - value) / abs(target.value) if is_missed and target and target.value else 0.0
        badness = is_missed + is_worse + (verdict in _WORSE), gap
        found.append(_Standing(indicator, value, badness, words))
    return found


def _since(figures: AreaFigures, indicator: Indicator, target: AreaTarget, fmt: Formatter) -> Sequence[str]:
    """Return since which point of its line the indicator is on the wrong side of a target, where it is for two."""
    first: Mapping[Any, Any] | None = None
    count = 0
    line = figures.trend[figures.trend["indicator_code"] == indicator.code]
    for row in reversed(line[line["is_finished"] & line["value"].notna()].to_dict("records")):
        is_wrong = row["value"] < target.value if indicator.better is Better.UP else row["value"] > target.value
        if not is_wrong:
            break
        first, count = row, count + 1
    if first is None or count < LEAST_POINTS:
        return []
    point = point_text(first["month"], first["months"], fmt=fmt)
    if indicator.better is Better.UP:
        return [fmt.translate("below it since {point}", point=point)]
    return [fmt.translate("above it since {point}", point=point)]

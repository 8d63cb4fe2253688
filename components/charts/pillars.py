"""The pillars of the index as bars, with marks for what they are held against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd

from components.charts.bars import BAR_HEIGHT, BAR_SHIFT, END, END2, PLAIN, START, TEXT_SHIFT, TRACK
from components.charts.style import PERCENT_DOMAIN, finish
from components.format import Formatter, is_missing
from components.palette import ATTENTION, MUTED_TEXT, TEXT
from data.index import Pillar
from data.language import Translator

ROW_HEIGHT = 44
MARK_HEIGHT = 20
MARK_COLOURS = (ATTENTION, TEXT)


def pillar_chart(
    own: Mapping[Pillar, float], others: Sequence[tuple[str, Mapping[Pillar, float]]], *, translate: Translator
) -> alt.LayerChart:
    """A bar a pillar, 0-100 (NaN: no data, no bar), and for each of at most two named ``others`` a mark."""
    write = Formatter(translate)
    bars = pd.DataFrame([_bar(pillar, own[pillar], write) for pillar in Pillar]).astype({"value": float})
    marks = pd.DataFrame(
        [
            {"position": position, "value": values[pillar], "name": name, "value_text": _points(values[pillar], write)}
            for name, values in others
            for position, pillar in enumerate(Pillar)
        ],
        columns=["position", "value", "name", "value_text"],
    )
    y = alt.Y("position:O", axis=None, sort=None)
    x = alt.X("value:Q", axis=None, scale=alt.Scale(domain=list(PERCENT_DOMAIN), nice=False))
    tooltip = [
        alt.Tooltip("label:N", title=translate("Pillar")),
        alt.Tooltip("value_text:N", title=translate("Points")),
    ]
    words = alt.Chart().mark_text(baseline="middle", dy=TEXT_SHIFT)
    colour = alt.Color("text_colour:N", scale=None)
    layers = [
        alt.Chart().mark_bar(height=BAR_HEIGHT, yOffset=BAR_SHIFT, color=TRACK).encode(y=y, x=START, x2=END2),
        alt.Chart()
        .mark_bar(height=BAR_HEIGHT, yOffset=BAR_SHIFT, color=PLAIN)
        .encode(y=y, x=x, x2=alt.X2Datum(0), tooltip=tooltip),
        words.mark_text(align="left", baseline="middle", dy=TEXT_SHIFT).encode(
            y=y, x=START, text=alt.Text("label:N"), color=colour
        ),
        words.mark_text(align="right", baseline="middle", dy=TEXT_SHIFT).encode(
            y=y, x=END, text=alt.Text("value_text:N"), color=colour
        ),
        *([_marks(marks, [name for name, _ in others], translate)] if others else []),
    ]
    return finish(layers, data=bars, height=alt.Step(ROW_HEIGHT), translate=translate)


def pillar_alt(own: Mapping[Pillar, float], *, translate: Translator) -> str:
    """The chart in a sentence."""
    write = Formatter(translate)
    listed = "; ".join(
        translate("{name}: {value}", name=translate(pillar.label), value=_points(own[pillar], write))
        for pillar in Pillar
    )
    return translate("Pillars of the index from 0 to 100: {pillars}.", pillars=listed)


def _marks(marks: pd.DataFrame, names: list[str], translate: Translator) -> alt.Chart:
    scale = alt.Scale(domain=names, range=list(MARK_COLOURS[: len(names)]))
    shape = alt.Scale(domain=names, range=[[1, 0], [3, 2]][: len(names)])
    legend = alt.Legend(title=None, symbolType="stroke", symbolSize=200, symbolStrokeWidth=2.4)
    drawn: alt.Chart = (
        alt.Chart(marks)
        .mark_rule(strokeWidth=2.4, yOffset=BAR_SHIFT - MARK_HEIGHT / 2, y2Offset=BAR_SHIFT + MARK_HEIGHT / 2)
        .encode(
            y=alt.Y("position:O", axis=None, sort=None, bandPosition=0.5),
            y2=alt.Y2("position:O", bandPosition=0.5),
            x=alt.X("value:Q", axis=None),
            color=alt.Color("name:N", scale=scale, legend=legend),
            strokeDash=alt.StrokeDash("name:N", scale=shape, legend=None),
            tooltip=[
                alt.Tooltip("name:N", title=translate("Area")),
                alt.Tooltip("value_text:N", title=translate("Points")),
            ],
        )
    )
    return drawn


def _bar(pillar: Pillar, value: float, write: Formatter) -> dict[str, object]:
    missing = is_missing(value)
    return {
        "position": list(Pillar).index(pillar),
        "label": write.translate(pillar.label),
        "value": None if missing else value,
        "value_text": _points(value, write),
        "text_colour": MUTED_TEXT if missing else TEXT,
    }


def _points(value: float, write: Formatter) -> str:
    return write.missing if is_missing(value) else write.number(value)

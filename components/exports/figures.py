"""The tables of a deck, each once however many slides it goes over."""

from __future__ import annotations

from collections.abc import Sequence

from components.deck.model import Slide


def slides_by_table(slides: Sequence[Slide]) -> list[list[Slide]]:
    """The slides in order, those that go on with one table together; slides without figures are left out."""
    groups: list[list[Slide]] = []
    for slide in slides:
        if groups and slide.figures == groups[-1][0].figures:
            groups[-1].append(slide)
        elif slide.figures.columns:
            groups.append([slide])
    return groups

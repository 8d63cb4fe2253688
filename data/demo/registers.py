"""The registers beside events, in the order in which rows refer to each other. They do not grow with the scale.

They have dice of their own, so that a change here leaves the events of a seed as they are.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from data.demo.arrays import Columns
from data.demo.diligence import draw_diligence
from data.demo.exchange import exchange_tables
from data.demo.figures import crime_free_columns, draw_offences, offence_columns, target_columns
from data.demo.meetings import meeting_tables
from data.demo.world import World
from data.schema import (
    Base,
    CrimeFreeCount,
    Decision,
    InformationRequest,
    Meeting,
    OffenceCount,
    Support,
    Target,
    Training,
)

REGISTERS = (InformationRequest, Support, Training, Meeting, Decision)


def register_tables(
    world: World, obligations: Columns, rng: np.random.Generator
) -> Iterator[tuple[type[Base], Columns]]:
    """Requests, support, trainings, meetings; ``obligations`` are the rows as they were written."""
    diligence = draw_diligence(world, rng)
    yield from exchange_tables(world, diligence, rng)
    yield from meeting_tables(world, diligence, obligations, rng)
    yield Target, target_columns(world, rng)


def figure_tables(world: World, inhabitants: Columns, rng: np.random.Generator) -> Iterator[tuple[type[Base], Columns]]:
    """Offences and mahallas without any, for the inhabitants as they were written."""
    offences = draw_offences(world.places, world.calendar, inhabitants, rng)
    yield OffenceCount, offence_columns(offences, world.places, world.calendar, rng)
    yield CrimeFreeCount, crime_free_columns(offences, world.places, world.calendar, rng)

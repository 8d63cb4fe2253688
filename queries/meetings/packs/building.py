"""Building of a pack: all its frames, read in one snapshot of the data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from sqlalchemy import Connection

from data.codes import AgendaItem
from queries.meetings.packs.areas import places
from queries.meetings.packs.decisions import last_decisions
from queries.meetings.packs.districts_in_need import districts_in_need
from queries.meetings.packs.frames import frames_for, typed
from queries.meetings.packs.indicators import figure_frames
from queries.meetings.packs.proposals import proposals
from queries.meetings.packs.records import RECORDS
from queries.meetings.packs.request import PackQuestion


def make_frames(
    connection: Connection, asked: PackQuestion, agenda: Sequence[AgendaItem], *, meeting_id: int | None
) -> Mapping[str, pd.DataFrame]:
    """Return the frames that the agenda asks for, as declared; ``meeting_id`` is the pack's meeting.

    Raises ForbiddenError; ValueError for a period of more than five calendar years.
    """
    wanted = frames_for(agenda)
    made = dict(figure_frames(connection, asked))
    frames = {name: typed(name, frame) for name, frame in made.items() if name in wanted}
    for name, query in RECORDS.items():
        if name in wanted:
            frames[name] = typed(name, query(connection, asked))
    if "help" in wanted:
        frames["help"] = typed("help", districts_in_need(connection, asked, frames["index"]))
    decided = last_decisions(connection, asked, frames["values"], meeting_id=meeting_id)
    frames["decisions"] = typed("decisions", decided)
    proposed = proposals(
        connection, asked, values=frames["values"], targets=frames["targets"], comparisons=frames["comparisons"]
    )
    frames["proposals"] = typed("proposals", proposed)
    frames["areas"] = typed("areas", places(connection, asked, frames))
    return frames

"""Which events the NGOs judged, and how many of the confidential evaluations are in the figures.

That an NGO evaluated an event is no secret, what it said is: all evaluations count here at once.
"""

from __future__ import annotations

from datetime import date

import pandas as pd
from sqlalchemy import Connection

from data.period import Period
from data.rights import Actor, Scope


def not_evaluated(connection: Connection, actor: Actor, *, scope: Scope, period: Period, today: date) -> pd.DataFrame:
    """One row an NGO with held events whose 14 days are over, those with most events left to evaluate first.

    Columns: ngo_id, ngo_name, district_soato (where the NGO is at home), events_held (due), events_evaluated (by this
    NGO, whenever), events_left, share_pct (evaluated of held, 0-100). To an NGO: its own row. Raises ForbiddenError
    where the actor does not see the scope in full.
    """
    raise NotImplementedError


def coverage_summary(
    connection: Connection, actor: Actor, *, scope: Scope, period: Period, today: date
) -> pd.DataFrame:
    """One row: what stands behind the figures of an area (nation, region or district), over all directions.

    Columns: events_due (held, 14 days over), events_evaluated (of them, by one of their NGOs within 14 days),
    evaluations_named, confidential_counted (in batches wholly inside the period), confidential_outside (in batches
    that reach beyond it), confidential_waiting (not yet in a batch). Raises ForbiddenError, to an NGO too.
    """
    raise NotImplementedError

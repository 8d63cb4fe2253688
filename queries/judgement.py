"""What the NGOs think of the events: marks and problems, without giving a confidential evaluation away.

Named evaluations count at once. Confidential ones count only in released batches (:mod:`data.confidentiality`), and a
batch only where no direction or form is asked for and its months lie wholly in the period or month. An NGO is shown its
own evaluations, confidential ones too; of one NGO, leaders are shown named ones only.

Marks run from 1 to 5. ``mean``, ``interval_low`` and ``interval_high`` (90 %) are NaN where ``is_enough`` is false:
fewer than 5 forms or events. The direction and form of an event are never asked of a batch. All raise ForbiddenError.
"""

from __future__ import annotations

import pandas as pd
from sqlalchemy import Connection

from data.codes import Direction, EventForm
from data.period import Period
from data.rights import Actor, Scope


def marks_by_item(
    connection: Connection,
    actor: Actor,
    *,
    scope: Scope,
    period: Period,
    direction: Direction | None = None,
    form: EventForm | None = None,
) -> pd.DataFrame:
    """One row an item of the evaluation, in the form's order.

    Columns: item_code, mean, n (forms with a mark), interval_low, interval_high, is_enough.
    """
    raise NotImplementedError


def marks_by_direction(connection: Connection, actor: Actor, *, scope: Scope, period: Period) -> pd.DataFrame:
    """One row a direction in its declared order, named evaluations only.

    Columns: direction_code, mean (of event means), n (events with a mark), interval_low, interval_high, is_enough.
    """
    raise NotImplementedError


def marks_by_form(connection: Connection, actor: Actor, *, scope: Scope, period: Period) -> pd.DataFrame:
    """One row a form of event in its declared order, named evaluations only.

    Columns: form_code, mean (of event means), n (events with a mark), interval_low, interval_high, is_enough.
    """
    raise NotImplementedError


def marks_by_month(
    connection: Connection,
    actor: Actor,
    *,
    scope: Scope,
    period: Period,
    direction: Direction | None = None,
    form: EventForm | None = None,
) -> pd.DataFrame:
    """One row a month of the period.

    Columns: month (its first day), mean (of event means), n (events with a mark), interval_low, interval_high,
    is_enough.
    """
    raise NotImplementedError


def problems_met(
    connection: Connection,
    actor: Actor,
    *,
    scope: Scope,
    period: Period,
    direction: Direction | None = None,
    form: EventForm | None = None,
) -> pd.DataFrame:
    """One row a problem that was named, the most frequent first.

    Columns: problem_code, evaluations (that name it), n (evaluations counted, the same in each row).
    """
    raise NotImplementedError

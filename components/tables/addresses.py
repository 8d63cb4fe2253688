"""Addresses of the pages of what rows name."""

from __future__ import annotations

import pandas as pd

from components.shell.address import record_address
from components.shell.chrome import NGO_ADDRESS
from components.shell.request_context import current_context
from data.policy import Action, Scope, may


def ngo_addresses(frame: pd.DataFrame) -> pd.Series:
    """Return for each row the name and page of each NGO in ``ngo_links``; "" for the page where it is not the reader's.

    An NGO reads who else took part, and opens no page but its own.
    """
    actor = current_context().actor

    def address(ngo_id: int) -> str:
        return record_address(NGO_ADDRESS, ngo_id) if may(actor, Action.SEE_RECORDS, Scope.ngo(ngo_id)) else ""

    pairs = [tuple((name, address(ngo_id)) for name, ngo_id in each) for each in frame["ngo_links"]]
    return pd.Series(pairs, index=frame.index, dtype=object)

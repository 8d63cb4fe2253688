"""My organisation: an NGO's own track record, its requests and proposals, and what it was given."""

from __future__ import annotations

import streamlit as st

from components.shell.cache import cached_query
from components.shell.chrome import render_title
from components.shell.formatter import Formatter
from components.shell.request_context import current_context
from data.policy import Action, require
from pages.forms.track_record import render_track_record
from queries.directory.ngos import ngo_profile


def render_page() -> None:
    """Draw the track record of the reader's NGO, as leaders see it, with what only the NGO itself reads and does."""
    context = current_context()
    require(context.actor, Action.READ_OWN_EVALUATIONS)
    render_title(context.translate("My organisation"), context, has_area=False)
    profile = cached_query(ngo_profile, ngo_id=context.actor.ngo_id or 0)
    st.subheader(profile.name, anchor=False)
    render_track_record(profile, context, Formatter(context.translate))


render_page()

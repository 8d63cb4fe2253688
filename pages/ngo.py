"""NGO: its track record, as far as the reader may see it: what it signed, held, said and was given."""

from __future__ import annotations

from components.shell.address import record_id
from components.shell.cache import cached_query
from components.shell.chrome import PLAN_ADDRESS, render_back_link, render_title
from components.shell.empty_state import render_empty
from components.shell.formatter import Formatter
from components.shell.request_context import current_context
from data.policy import Action, ForbiddenError, require
from pages.forms.track_record import render_track_record
from queries.directory.ngos import NoNgoError, ngo_profile


def render_page() -> None:
    """Draw the NGO of the address, or say that there is none that the reader may see."""
    context = current_context()
    translate, fmt = context.translate, Formatter(context.translate)
    require(context.actor, Action.SEE_RECORDS)
    render_back_link(PLAN_ADDRESS, translate("Plan and events"))
    try:
        profile = cached_query(ngo_profile, ngo_id=record_id())
    except (ForbiddenError, NoNgoError):
        render_empty(
            translate("No such NGO"),
            translate("It is not there, or its records are shown to its own people and to the leaders of its area."),
            icon=":material/search_off:",
        )
        return
    render_title(profile.name, context, record_district=profile.district_soato)
    render_track_record(profile, context, fmt)


render_page()

"""Route ``/calendar/<secret>.ics``: deadlines of whoever made the link, for calendar programs, without a session."""

from __future__ import annotations

import re
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from components.notices.calendar import CALENDAR_TYPE, calendar_file
from data.database.engine import reading
from data.dates import clock
from data.dates.clock import day_of
from data.language import Translator
from data.notices.kinds import CALENDAR_PATH
from queries.notices.calendar import calendar_entries, calendar_owner
from web.server_context import ServerContext

_SECRET = re.compile(r"[A-Za-z0-9_-]{20,100}")
# Kept by the program that asked, and by nobody on the way.
_HEADERS = {"Cache-Control": "private, max-age=900", "X-Robots-Tag": "noindex"}


def calendar_routes(server_context: ServerContext) -> list[Route]:
    """Return the route; GET only."""
    return [Route(f"{CALENDAR_PATH}/{{secret}}.ics", partial(_send_calendar, server_context), methods=["GET"])]


async def _send_calendar(server_context: ServerContext, request: Request) -> Response:
    """Respond with the calendar; 404 alike for a secret that was never made, was revoked, or is of no account now."""
    secret = request.path_params["secret"]
    content = await run_in_threadpool(_content, server_context, secret) if _SECRET.fullmatch(secret) else None
    if content is None:
        return Response(status_code=404, headers={"Cache-Control": "no-store"})
    return Response(content, media_type=CALENDAR_TYPE, headers=_HEADERS)


def _content(server_context: ServerContext, secret: str) -> bytes | None:
    now = clock.now()
    with reading(server_context.engine) as connection:
        owner = calendar_owner(connection, secret)
        if owner is None:
            return None
        entries = calendar_entries(connection, owner.actor, today=day_of(now))
    address = server_context.settings.public_address
    return calendar_file(entries, public_address=address, now=now, translate=Translator(owner.language))

"""Page ``/present/<pack id>``: the slides of a finalised pack, full screen, for those who may see the pack."""

from __future__ import annotations

import logging
import re
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from components.deck.address import PRESENT_PATH
from components.deck.deck import make_deck
from data.database.engine import reading
from data.dates import clock
from data.language import Translator
from data.policy import Actor, ForbiddenError
from queries.meetings.packs.packs import DamagedPackError, find_pack
from web.auth.origin import sign_in_address
from web.page import show_page
from web.presenting.document import document
from web.server_context import ServerContext, translator

logger = logging.getLogger(__name__)

_NEVER_KEPT = {"Cache-Control": "no-store"}
_PACK_ID = re.compile(r"[0-9A-Za-z-]{1,36}")


def present_routes(server_context: ServerContext) -> list[Route]:
    """Return the route; GET only. The document is compressed."""
    path, compressed = f"{PRESENT_PATH}/{{pack_id}}", Middleware(GZipMiddleware, compresslevel=6)
    return [Route(path, partial(_present, server_context), methods=["GET"], middleware=[compressed])]


async def _present(server_context: ServerContext, request: Request) -> Response:
    """Respond with the slides; redirect to sign-in without a session, 404 for anyone who may not see the pack."""
    actor = await run_in_threadpool(server_context.actor, request, now=clock.now())
    if actor is None:
        return RedirectResponse(sign_in_address(request.scope), status_code=303, headers=_NEVER_KEPT)
    pack_id = request.path_params["pack_id"]
    if not _PACK_ID.fullmatch(pack_id):
        return _not_found(server_context, request)
    try:
        html = await run_in_threadpool(_slides, server_context, actor, pack_id, translator(request))
    except DamagedPackError as error:
        return _damaged(server_context, request, error)
    return HTMLResponse(html, headers=_NEVER_KEPT) if html else _not_found(server_context, request)


def _slides(server_context: ServerContext, actor: Actor, pack_id: str, translate: Translator) -> str | None:
    """Return the HTML of a pack; None where there is none that the actor may see. Raises DamagedPackError."""
    with reading(server_context.engine) as connection:
        try:
            content = find_pack(connection, actor, pack_id=pack_id)
        except ForbiddenError:
            return None
    return document(make_deck(content, translate=translate)) if content else None


def _not_found(server_context: ServerContext, request: Request) -> Response:
    translate = translator(request)
    text = translate("At this address there is no pack of a meeting that you may see.")
    return _refused(server_context, request, title=translate("No such pack"), text=text, status=404)


def _damaged(server_context: ServerContext, request: Request, error: DamagedPackError) -> Response:
    translate = translator(request)
    logger.error("Pack %s is not what was finalised", request.path_params["pack_id"])
    text = translate.render(error.message)
    return _refused(server_context, request, title=translate("This pack cannot be presented"), text=text, status=500)


def _refused(server_context: ServerContext, request: Request, *, title: str, text: str, status: int) -> Response:
    translate = translator(request)
    words = {"title": title, "text": text, "back": translate("Back to the overview")}
    return show_page(server_context, request, "refused.html", context={"form": words}, status=status)

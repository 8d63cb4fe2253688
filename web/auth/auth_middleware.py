"""Middleware before the pages: sends a browser without a session to the sign-in page, or to the public one.

This spares the reader an empty page; it is not the protection. The script looks up the session on every run, and every
query checks the rights.
"""

from __future__ import annotations

import logging

from sqlalchemy.exc import DBAPIError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from components.accounts.links import LINK_PATH
from components.shell.chrome import OPEN_PATH
from data.dates import clock
from queries.accounts.sessions import SESSION_COOKIE
from web.auth import oidc, oneid
from web.auth.origin import HOME, SIGN_IN_PATH, sign_in_address
from web.server_context import ServerContext

logger = logging.getLogger(__name__)

# Everything that is not a page of the app: the server's own parts, files, and ours.
OPEN_PREFIXES = (
    *("/_stcore/", "/app/static/", "/assets/", "/component/", "/media/", "/static/", "/auth/"),
    *("/api/", f"{OPEN_PATH}/", "/calendar/"),
)
OPEN_PATHS = frozenset(
    {
        *(SIGN_IN_PATH, LINK_PATH, "/sign-out", "/ready", "/favicon.png", "/favicon.ico"),
        *(path for way in (oidc, oneid) for path in (way.START_PATH, way.CALLBACK_PATH)),
        *("/api", OPEN_PATH),
    }
)


def is_page(request: Request) -> bool:
    """Return whether a person's browser asks for a page of the app."""
    path = request.url.path
    is_document = request.method in {"GET", "HEAD"} and "text/html" in request.headers.get("accept", "")
    return is_document and path not in OPEN_PATHS and not path.startswith(OPEN_PREFIXES)


class SignInGate:
    """Pure ASGI middleware: sends pages without a session to ``/sign-in?next=...``.

    Where the operator lets anyone look, a visitor without a session who names no page gets the public page first.
    """

    def __init__(self, app: ASGIApp, *, server_context: ServerContext) -> None:
        self.app = app
        self.server_context = server_context

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or redirect it to the sign-in page or the public one."""
        target = await self._target(Request(scope)) if scope["type"] == "http" else ""
        if target:
            answer = RedirectResponse(target, status_code=303, headers={"Cache-Control": "no-store"})
            await answer(scope, receive, send)
            return
        await self.app(scope, receive, send)

    async def _target(self, request: Request) -> str:
        """Return where a request is sent instead, "" where it is passed on."""
        if not self.server_context.settings.public_view:
            return sign_in_address(request.scope) if await self._must_sign_in(request) else ""
        names_nothing = request.url.path == HOME and not request.url.query and is_page(request)
        return OPEN_PATH if names_nothing and SESSION_COOKIE not in request.cookies else ""

    async def _must_sign_in(self, request: Request) -> bool:
        if not is_page(request):
            return False
        try:
            return await run_in_threadpool(self.server_context.actor, request, now=clock.now()) is None
        except DBAPIError:
            logger.exception("The database does not answer; the page itself will say so")
            return False

"""Middleware before the pages: sends a browser without a session to the sign-in page.

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

from data.dates import clock
from web.auth import oidc, oneid
from web.auth.origin import SIGN_IN_PATH, sign_in_address
from web.server_context import ServerContext

logger = logging.getLogger(__name__)

# Everything that is not a page of the app: the server's own parts, files, and ours.
OPEN_PREFIXES = ("/_stcore/", "/app/static/", "/assets/", "/component/", "/media/", "/static/", "/auth/", "/calendar/")
OPEN_PATHS = frozenset({SIGN_IN_PATH, "/sign-out", "/ready", "/favicon.png", "/favicon.ico"}) | {
    path for way in (oidc, oneid) for path in (way.START_PATH, way.CALLBACK_PATH)
}


def is_page(request: Request) -> bool:
    """Return whether a person's browser asks for a page of the app."""
    path = request.url.path
    is_document = request.method in {"GET", "HEAD"} and "text/html" in request.headers.get("accept", "")
    return is_document and path not in OPEN_PATHS and not path.startswith(OPEN_PREFIXES)


class SignInGate:
    """Pure ASGI middleware: sends pages without a session to ``/sign-in?next=...``."""

    def __init__(self, app: ASGIApp, *, server_context: ServerContext) -> None:
        self.app = app
        self.server_context = server_context

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or redirect it to the sign-in page."""
        if scope["type"] == "http" and await self._must_sign_in(Request(scope)):
            answer = RedirectResponse(sign_in_address(scope), status_code=303)
            answer.headers["Cache-Control"] = "no-store"
            await answer(scope, receive, send)
            return
        await self.app(scope, receive, send)

    async def _must_sign_in(self, request: Request) -> bool:
        if self.server_context.settings.public_view or not is_page(request):
            return False
        try:
            return await run_in_threadpool(self.server_context.actor, request, now=clock.now()) is None
        except DBAPIError:
            logger.exception("The database does not answer; the page itself will say so")
            return False

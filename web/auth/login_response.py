"""HTTP response after a successful sign-in: sets the session cookie and redirects to the requested page."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse

from queries.accounts.sessions import SESSION_COOKIE
from queries.accounts.sign_in import SignedIn
from web.page import remember_language
from web.server_context import ServerContext


def redirect_to(target: str) -> RedirectResponse:
    """Return a redirect (GET) to a path of ours; never cached."""
    return RedirectResponse(target, status_code=303, headers={"Cache-Control": "no-store"})


def signed_in_response(
    server_context: ServerContext, request: Request, signed_in: SignedIn, *, target: str
) -> RedirectResponse:
    """Return the redirect that sets the session cookie and the account's language."""
    response = redirect_to(target)
    is_secure = server_context.is_secure(request)
    response.set_cookie(SESSION_COOKIE, signed_in.session_id, httponly=True, samesite="lax", secure=is_secure)
    remember_language(response, signed_in.language, is_secure=is_secure)
    return response

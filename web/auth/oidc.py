"""OpenID Connect beside passwords, where an ``[auth]`` section of the secrets configures it for ``st.login``.

:data:`START_PATH` sends the browser where ``st.login`` would, and Streamlit's own routes speak with the provider. Our
middleware turns the returned identity into a session of ours. Streamlit's identity cookie, which would live for 30 days
and cannot be revoked, never reaches the browser. So all sessions end, are revoked and choose their language in one way;
see ``docs/decisions/0008-one-kind-of-session.md``.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from functools import partial
from http.cookies import SimpleCookie
from urllib.parse import quote, unquote, urlencode

from sqlalchemy.exc import DBAPIError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.auth_util import get_cookie_with_chunks, get_validated_redirect_uri, validate_auth_credentials
from streamlit.errors import StreamlitAuthError
from streamlit.runtime.secrets import secrets_singleton
from streamlit.user_info import AUTH_LOGIN_ENDPOINT, generate_login_redirect_url
from streamlit.web.server.server_util import AUTH_COOKIE_NAME, get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value

from data.codes import Labelled
from data.dates import clock
from data.language import N_
from queries.accounts.sessions import SESSION_COOKIE
from queries.accounts.sign_in import sign_in_by_claims
from web.auth.login_response import redirect_to, signed_in_response
from web.auth.origin import HOME, SIGN_IN_PATH, local_path
from web.errors import on_database_error
from web.proxy import address_of
from web.server_context import ServerContext

logger = logging.getLogger(__name__)

START_PATH = f"{SIGN_IN_PATH}/oidc"
CALLBACK_PATH = "/oauth2callback"
_STREAMLITS_PATHS = frozenset({AUTH_LOGIN_ENDPOINT, CALLBACK_PATH})
NEXT_COOKIE = "hamkor_next"
NEXT_COOKIE_S = 600
# Streamlit's name for the provider that stands in [auth] itself.
PROVIDER = "default"


class SignInRefusal(Labelled):
    """Reasons for which an identity provider sends a person back without a session."""

    UNKNOWN = (
        "unknown",
        N_(
            "Your organisation has confirmed who you are, but there is no active account with your e-mail address "
            "here. Ask the administrator for one, choose another account, or sign in with a login and a password."
        ),
    )
    FAILED = (
        "failed",
        N_("Signing in with your organisation's account did not succeed. Try again, or use a login and a password."),
    )
    ONEID_FAILED = (
        "oneid_failed",
        N_("Signing in with OneID did not succeed. Try again, or use a login and a password."),
    )
    ONEID_UNKNOWN = (
        "oneid_unknown",
        N_(
            "OneID has confirmed who you are, but no organisation that you represent there has an active account here. "
            "Ask the administrator for one, or sign in with a login and a password."
        ),
    )
    ONEID_SEVERAL = (
        "oneid_several",
        N_("The organisations that you represent have several accounts here. Sign in with a login and a password."),
    )


def is_configured() -> bool:
    """Return whether the secrets have an ``[auth]`` section."""
    return bool(secrets_singleton.load_if_toml_exists()) and "auth" in secrets_singleton


def configuration_error() -> str:
    """Return what is wrong with the ``[auth]`` section, for the operator; empty when it is valid."""
    try:
        validate_auth_credentials(PROVIDER)
    except StreamlitAuthError as error:
        return " ".join(str(error).split())
    return "" if get_validated_redirect_uri() else f"redirect_uri in [auth] must end with {CALLBACK_PATH}"


def oidc_routes(server_context: ServerContext) -> list[Route]:
    """Return the route that redirects to the provider; GET only."""
    return [Route(START_PATH, partial(_start, server_context), methods=["GET"])]


async def _start(server_context: ServerContext, request: Request) -> Response:
    """Redirect to the provider, and store the page to return to in a cookie for ten minutes."""
    if not server_context.has_oidc:
        return redirect_to(SIGN_IN_PATH)
    target = quote(local_path(request.query_params.get("next")))
    response = redirect_to(generate_login_redirect_url(PROVIDER))
    is_secure = server_context.is_secure(request)
    response.set_cookie(
        NEXT_COOKIE, target, max_age=NEXT_COOKIE_S, path=CALLBACK_PATH, httponly=True, samesite="lax", secure=is_secure
    )
    return response


def _claims(set_cookies: Sequence[str]) -> Mapping[str, object]:
    """Return the claims of the identity cookie that Streamlit would set; empty where it sets none.

    Streamlit has checked the token's signature, issuer, audience, time and nonce before.
    """
    cookies = SimpleCookie()
    for line in set_cookies:
        cookies.load(line)

    def signed(name: str) -> bytes | None:
        morsel = cookies.get(name)
        return decode_signed_value(get_cookie_secret(), name, morsel.value) if morsel else None

    found = get_cookie_with_chunks(signed, AUTH_COOKIE_NAME)
    return dict(json.loads(found)) if found else {}


class IdentityExchange:
    """Pure ASGI middleware: turns the provider's answer into a session of ours, or into a translated refusal."""

    def __init__(self, app: ASGIApp, *, server_context: ServerContext) -> None:
        self.app = app
        self.server_context = server_context

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let Streamlit handle the provider's callback and answer the browser in its place; pass on anything else."""
        if scope["type"] != "http" or scope["path"] not in _STREAMLITS_PATHS or not self.server_context.has_oidc:
            await self.app(scope, receive, send)
            return
        headers = Headers()

        async def keep(message: Message) -> None:
            nonlocal headers
            if message["type"] == "http.response.start":
                headers = Headers(raw=message["headers"])

        await self.app(scope, receive, keep)
        set_cookies = headers.getlist("set-cookie")
        if scope["path"] == CALLBACK_PATH:
            response = await self._comeback_to_sign_in(Request(scope), _claims(set_cookies))
        else:
            # Without a place to go the provider could not be reached.
            response = (
                redirect_to(headers["location"])
                if "location" in headers
                else back_to_sign_in(HOME, SignInRefusal.FAILED)
            )
        for line in set_cookies:
            if not line.startswith(AUTH_COOKIE_NAME):
                response.headers.append("set-cookie", line)
        await response(scope, receive, send)

    async def _comeback_to_sign_in(self, request: Request, claims: Mapping[str, object]) -> Response:
        response = await self._answer(request, claims)
        response.delete_cookie(NEXT_COOKIE, path=CALLBACK_PATH)
        return response

    async def _answer(self, request: Request, claims: Mapping[str, object]) -> Response:
        target = local_path(unquote(request.cookies.get(NEXT_COOKIE, "")))
        if not claims:
            return back_to_sign_in(target, SignInRefusal.FAILED)
        old_session_id = request.cookies.get(SESSION_COOKIE, "")
        ask = partial(
            sign_in_by_claims, self.server_context.engine, claims, address=address_of(request), now=clock.now()
        )
        try:
            signed_in = await run_in_threadpool(ask, old_session_id=old_session_id)
        except DBAPIError as error:
            return on_database_error(self.server_context, request, error)
        if signed_in is None:
            logger.warning("No active account has the verified address of an identity: refused")
            return back_to_sign_in(target, SignInRefusal.UNKNOWN)
        return signed_in_response(self.server_context, request, signed_in, target=target)


def back_to_sign_in(target: str, refusal: SignInRefusal) -> Response:
    """Redirect to the sign-in page, which shows the reason."""
    return redirect_to(f"{SIGN_IN_PATH}?{urlencode({'next': target, 'refused': refusal.value})}")

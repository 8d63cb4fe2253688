"""OneID, the country's single sign-on, beside passwords, where settings name a client.

OneID speaks OAuth with grants of its own, and is no OpenID Connect: the browser comes back with a code, which the
server exchanges for a token (``one_authorization_code``), and that for what is known of the person
(``one_access_token_identify``). Of it only the taxpayer numbers of the organisations that the person represents are
read; the session is one of ours. See ``docs/decisions/0036-oneid.md``.
"""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Iterable, Mapping
from functools import partial
from urllib.parse import quote, unquote, urlencode

import httpx2
from sqlalchemy.exc import DBAPIError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from data.dates import clock
from data.settings import Settings
from queries.accounts.actors import Organisations, SeveralAccountsError
from queries.accounts.sessions import SESSION_COOKIE
from queries.accounts.sign_in import sign_in_by_organisations
from web.auth.login_response import redirect_to, signed_in_response
from web.auth.oidc import SignInRefusal, back_to_sign_in
from web.auth.origin import SIGN_IN_PATH, local_path
from web.errors import on_database_error
from web.proxy import address_of
from web.server_context import ServerContext

logger = logging.getLogger(__name__)

START_PATH = f"{SIGN_IN_PATH}/oneid"
CALLBACK_PATH = f"{START_PATH}/back"
STATE_COOKIE = "hamkor_oneid"
STATE_COOKIE_S = 600
TIMEOUT_S = 10
# What OneID says of a person takes a few kilobytes.
MAXIMUM_ANSWER = 256 * 1024
_STIR = re.compile(r"[0-9]{9}")


class OneIdError(Exception):
    """Raised where OneID does not answer as documented; the text names no code, token or person."""


def oneid_routes(server_context: ServerContext) -> list[Route]:
    """Return the routes that redirect to OneID and take its answer; GET only."""
    return [
        Route(START_PATH, partial(_start, server_context), methods=["GET"]),
        Route(CALLBACK_PATH, partial(_come_back, server_context), methods=["GET"]),
    ]


async def _start(server_context: ServerContext, request: Request) -> Response:
    """Redirect to OneID; the state and the page to return to are stored in a cookie for ten minutes."""
    settings = server_context.settings
    if not settings.has_oneid:
        return redirect_to(SIGN_IN_PATH)
    state = secrets.token_urlsafe(32)
    query = {
        "response_type": "one_code",
        "client_id": settings.oneid_client_id,
        "redirect_uri": settings.oneid_redirect_uri,
        "scope": settings.oneid_scope or settings.oneid_client_id,
        "state": state,
    }
    response = redirect_to(f"{settings.oneid_url}?{urlencode(query)}")
    target = quote(local_path(request.query_params.get("next")), safe="")
    response.set_cookie(
        STATE_COOKIE,
        f"{state}.{target}",
        max_age=STATE_COOKIE_S,
        path=CALLBACK_PATH,
        httponly=True,
        samesite="lax",
        secure=server_context.is_secure(request),
    )
    return response


async def _come_back(server_context: ServerContext, request: Request) -> Response:
    """Start a session for the organisation that the person represents, or show why there is none."""
    if not server_context.settings.has_oneid:
        return redirect_to(SIGN_IN_PATH)
    response = await _answer(server_context, request)
    response.delete_cookie(STATE_COOKIE, path=CALLBACK_PATH)
    return response


async def _answer(server_context: ServerContext, request: Request) -> Response:
    state, _, stored = request.cookies.get(STATE_COOKIE, "").partition(".")
    target = local_path(unquote(stored))
    code, returned = request.query_params.get("code", ""), request.query_params.get("state", "")
    if not code or not state or not secrets.compare_digest(state.encode(), returned.encode()):
        return back_to_sign_in(target, SignInRefusal.ONEID_FAILED)
    try:
        person = await _identify(server_context.settings, code)
    except (OneIdError, httpx2.HTTPError) as error:
        logger.warning("OneID: %s", error if isinstance(error, OneIdError) else type(error).__name__)
        return back_to_sign_in(target, SignInRefusal.ONEID_FAILED)
    ask = partial(
        sign_in_by_organisations,
        server_context.engine,
        represented(person),
        address=address_of(request),
        old_session_id=request.cookies.get(SESSION_COOKIE, ""),
        now=clock.now(),
    )
    try:
        signed_in = await run_in_threadpool(ask)
    except SeveralAccountsError:
        return back_to_sign_in(target, SignInRefusal.ONEID_SEVERAL)
    except DBAPIError as error:
        return on_database_error(server_context, request, error)
    if signed_in is None:
        return back_to_sign_in(target, SignInRefusal.ONEID_UNKNOWN)
    return signed_in_response(server_context, request, signed_in, target=target)


async def _identify(settings: Settings, code: str) -> Mapping[str, object]:
    """Return what OneID says of the person whose code it is. Raises OneIdError, httpx2.HTTPError."""
    client = {
        "client_id": settings.oneid_client_id,
        "client_secret": settings.oneid_client_secret.get_secret_value(),
    }
    async with httpx2.AsyncClient(timeout=TIMEOUT_S) as http:
        exchange = {"grant_type": "one_authorization_code", "code": code, "redirect_uri": settings.oneid_redirect_uri}
        token = (await _ask(http, settings.oneid_url, {**client, **exchange})).get("access_token")
        if not isinstance(token, str) or not token:
            raise OneIdError("the answer has no access token")
        scope = settings.oneid_scope or settings.oneid_client_id
        identify = {"grant_type": "one_access_token_identify", "access_token": token, "scope": scope}
        person = await _ask(http, settings.oneid_url, {**client, **identify})
    if str(person.get("ret_cd", "0")) != "0":
        raise OneIdError("the person was not identified")
    return person


async def _ask(http: httpx2.AsyncClient, url: str, form: Mapping[str, str]) -> Mapping[str, object]:
    """Post a form to OneID and return the object that it answers with."""
    response = await http.post(url, data=dict(form))
    if not response.is_success:
        raise OneIdError(f"status {response.status_code}")
    if len(response.content) > MAXIMUM_ANSWER:
        raise OneIdError("the answer is too long")
    try:
        answer = response.json()
    except ValueError:
        raise OneIdError("the answer is no JSON") from None
    if not isinstance(answer, dict):
        raise OneIdError("the answer is no object")
    return answer


def represented(person: Mapping[str, object]) -> Organisations:
    """Return the taxpayer numbers of the organisations that OneID says a person represents.

    Each is an entry of ``legal_info``: ``le_tin`` (in older answers ``tin``), and ``is_basic`` for the main one.
    A person whom OneID has not verified represents nobody.
    """
    if str(person.get("valid", "true")).lower() != "true":
        return Organisations(frozenset())
    entries = person.get("legal_info")
    found = [entry for entry in entries if isinstance(entry, Mapping)] if isinstance(entries, list) else []
    main = [entry for entry in found if str(entry.get("is_basic", "")).lower() == "true"]
    return Organisations(frozenset(_stirs(found)), main=frozenset(_stirs(main)))


def _stirs(entries: Iterable[Mapping[str, object]]) -> Iterable[str]:
    for entry in entries:
        stir = str(entry.get("le_tin") or entry.get("tin") or "").strip()
        if _STIR.fullmatch(stir):
            yield stir

"""Page ``/account-link``: whoever was sent a link sets the password of its account and is signed in.

The token of the link is in its fragment (``/account-link#token``), which no browser sends: it stands in no log of ours,
of a proxy, or in a ``Referer``. A script moves it into the body of a POST and out of the address. Opening the link
changes nothing, so that a scanner of mail does not use it up; only a password that was sent does.
"""

from __future__ import annotations

from functools import partial

from anyio import CapacityLimiter, to_thread
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from components.accounts.links import LINK_PATH
from components.shell.static_files import asset_url
from data.accounts.accounts import AccountError
from data.accounts.passwords import MINIMUM_LENGTH, WeakPasswordError
from data.database.engine import BusyError
from data.dates import clock
from data.language import DomainError
from queries.accounts.links import MAXIMUM_TOKEN_LENGTH, LinkVisit, NewPassword, OpenedLink, open_link, use_link
from queries.accounts.sessions import LANGUAGE_COOKIE, SESSION_COOKIE
from queries.accounts.sign_in import LockedError
from web.auth.forms import PASSWORD_CHECKS_AT_ONCE, locked_text, read_form, refuse_origin
from web.auth.login_response import signed_in_response
from web.auth.origin import HOME, is_own_origin
from web.page import show_page
from web.proxy import address_of
from web.server_context import ServerContext, chosen_language, translator


def link_routes(server_context: ServerContext) -> list[Route]:
    """Return the routes; GET shows a page that reads the fragment, POST opens the link or sets the password."""
    limiter = CapacityLimiter(PASSWORD_CHECKS_AT_ONCE)
    return [
        Route(LINK_PATH, partial(_show, server_context), methods=["GET"]),
        Route(LINK_PATH, partial(_post, server_context, limiter), methods=["POST"]),
    ]


async def _show(server_context: ServerContext, request: Request) -> Response:
    """Show the page whose script sends the token; it is the same for every link."""
    translate = translator(request)
    words = {
        "title": translate("Your link"),
        "text": translate("One moment: the link is being opened."),
        "no_script": translate(
            "JavaScript is off. Switch it on in the settings of the browser and open the link again."
        ),
        "no_token": translate(
            "The link is not complete. Copy the whole of it, to its last sign, or open it again where you got it."
        ),
    }
    return show_page(server_context, request, "link.html", context={"form": words, "script": asset_url("link.js")})


async def _post(server_context: ServerContext, limiter: CapacityLimiter, request: Request) -> Response:
    """Show the form of the password; set it where one was typed."""
    if not is_own_origin(request, trusted_origins=server_context.settings.trusted_origins):
        return refuse_origin(server_context, request)
    form = await read_form(request)
    visit, now = LinkVisit(token=form.get("token", ""), address=address_of(request)), clock.now()
    try:
        opened = await run_in_threadpool(open_link, server_context.engine, visit, now=now)
    except DomainError as error:
        return _refusal(server_context, request, visit, error)
    if "password" not in form:
        return _form_page(server_context, request, visit, opened)
    has_chosen = "lang" in request.query_params or LANGUAGE_COOKIE in request.cookies
    typed = NewPassword(
        password=form["password"],
        again=form.get("again", ""),
        old_session_id=request.cookies.get(SESSION_COOKIE, ""),
        language=chosen_language(request) if has_chosen else None,
    )
    try:
        signed_in = await to_thread.run_sync(
            partial(use_link, server_context.engine, visit, opened, typed, now=now), limiter=limiter
        )
    except (AccountError, WeakPasswordError, BusyError) as error:
        return _form_page(server_context, request, visit, opened, error=error)
    except DomainError as error:
        return _refusal(server_context, request, visit, error)
    return signed_in_response(server_context, request, signed_in, target=HOME)


def _form_page(
    server_context: ServerContext,
    request: Request,
    visit: LinkVisit,
    opened: OpenedLink,
    *,
    error: DomainError | None = None,
) -> Response:
    translate = translator(request)
    words = {
        "title": translate("Choose your password") if opened.is_first else translate("Choose a new password"),
        "login": translate("Login"),
        "password": translate("New password"),
        "again": translate("The same password again"),
        "rule": translate(
            "At least {minimum} characters; not your login, and nothing that many use.", minimum=MINIMUM_LENGTH
        ),
        "sessions": ""
        if opened.is_first
        else translate("All devices that are signed in to this account are signed out."),
        "submit": translate("Save and sign in"),
    }
    context = {
        "form": words,
        "token": visit.token,
        "login": opened.login,
        "error": translate.render(error.message) if error else "",
        "script": asset_url("link.js"),
    }
    return show_page(server_context, request, "set_password.html", context=context, status=422 if error else 200)


def _refusal(server_context: ServerContext, request: Request, visit: LinkVisit, error: DomainError) -> Response:
    """Say why a link does not work, and what to do."""
    translate = translator(request)
    words = {
        "title": translate("The link does not work"),
        "text": locked_text(translate, error) if isinstance(error, LockedError) else translate.render(error.message),
        "back": translate("Sign in"),
    }
    # In another language the page says the same: the token goes along.
    context = {"form": words, "token": visit.token[:MAXIMUM_TOKEN_LENGTH], "script": asset_url("link.js")}
    status = 429 if isinstance(error, LockedError) else 410
    response = show_page(server_context, request, "link_refused.html", context=context, status=status)
    if isinstance(error, LockedError):
        response.headers["Retry-After"] = str(error.wait_seconds)
    return response

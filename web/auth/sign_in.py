"""Pages ``/sign-in`` and ``/sign-out``, served by us because only the server can set an HttpOnly cookie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from urllib.parse import urlencode

from anyio import CapacityLimiter, to_thread
from sqlalchemy import Connection, select
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from components.shell.chrome import OPEN_PATH
from data.database.engine import reading
from data.dates import clock
from data.demo.accounts import DEMO_ACCOUNTS, DemoAccount
from data.language import DomainError, Translator
from data.policy import ROLE_LABELS
from data.schema import Account, Meta
from queries.accounts.sessions import SESSION_COOKIE, sign_out
from queries.accounts.sign_in import LockedError, SignInAttempt, WrongPasswordError, sign_in
from web.auth import oidc, oneid
from web.auth.forms import PASSWORD_CHECKS_AT_ONCE, locked_text, read_form, refuse_origin
from web.auth.login_response import redirect_to, signed_in_response
from web.auth.oidc import SignInRefusal
from web.auth.origin import SIGN_IN_PATH, is_own_origin, local_path
from web.page import show_page
from web.proxy import address_of
from web.server_context import ServerContext, chosen_language, translator

NOBODY = SignInAttempt(login="", password="", address="")


def sign_in_routes(server_context: ServerContext) -> list[Route]:
    """Return the routes; GET shows a page, POST signs in or out."""
    limiter = CapacityLimiter(PASSWORD_CHECKS_AT_ONCE)
    return [
        Route(SIGN_IN_PATH, partial(_show_sign_in, server_context), methods=["GET"]),
        Route(SIGN_IN_PATH, partial(_sign_in, server_context, limiter), methods=["POST"]),
        Route("/sign-out", partial(_show_sign_out, server_context), methods=["GET"]),
        Route("/sign-out", partial(_sign_out, server_context), methods=["POST"]),
    ]


async def _show_sign_in(server_context: ServerContext, request: Request) -> Response:
    """Show the sign-in form; redirect a reader who is signed in already."""
    target = local_path(request.query_params.get("next"))
    if await run_in_threadpool(server_context.actor, request, now=clock.now()):
        return redirect_to(target)
    return await _form_page(server_context, request, target=target)


async def _sign_in(server_context: ServerContext, limiter: CapacityLimiter, request: Request) -> Response:
    """Check the password, set the cookie and redirect; show the form again with the error otherwise."""
    if not is_own_origin(request, trusted_origins=server_context.settings.trusted_origins):
        return refuse_origin(server_context, request)
    form = await read_form(request)
    target = local_path(form.get("next"))
    attempt = SignInAttempt(
        login=form.get("login", ""),
        password=form.get("password", ""),
        address=address_of(request),
        old_session_id=request.cookies.get(SESSION_COOKIE, ""),
        language=chosen_language(request) if "lang" in request.query_params else None,
    )
    check = partial(sign_in, server_context.engine, attempt, now=clock.now())
    try:
        signed_in = await to_thread.run_sync(check, limiter=limiter)
    except (WrongPasswordError, LockedError) as error:
        return await _form_page(server_context, request, target=target, attempt=attempt, error=error)
    return signed_in_response(server_context, request, signed_in, target=target)


async def _form_page(
    server_context: ServerContext,
    request: Request,
    *,
    target: str,
    attempt: SignInAttempt = NOBODY,
    error: DomainError | None = None,
) -> Response:
    translate = translator(request)
    refusal = _refusal(request)
    error_text = translate.render(error.message) if error else ""
    if isinstance(error, LockedError):
        error_text = locked_text(translate, error)
    context = {
        "action": _action(request),
        "next": target,
        "refused": refusal or "",
        "refused_text": translate(refusal.label) if refusal and not error else "",
        "login": attempt.login[:200],
        "error": error_text,
        "form": _form_texts(translate),
        "demo": await run_in_threadpool(_demo_rows, server_context, translate),
        "oidc_href": _way_out(oidc.START_PATH, request, target) if server_context.has_oidc else "",
        "oneid_href": _way_out(oneid.START_PATH, request, target) if server_context.settings.has_oneid else "",
        "operator": server_context.settings.operator,
        "contact": server_context.settings.operator_contact,
        "open_href": OPEN_PATH if server_context.settings.public_view else "",
    }
    status = 429 if isinstance(error, LockedError) else 422 if error else 200
    response = show_page(server_context, request, "sign_in.html", context=context, status=status)
    if isinstance(error, LockedError):
        response.headers["Retry-After"] = str(error.wait_seconds)
    return response


def _action(request: Request) -> str:
    """Return the address that the form is sent to; it keeps the language that was chosen here."""
    is_chosen = "lang" in request.query_params
    return f"{SIGN_IN_PATH}?{urlencode({'lang': chosen_language(request).value})}" if is_chosen else SIGN_IN_PATH


def _way_out(start_path: str, request: Request, target: str) -> str:
    """Return the address that leads to an identity provider, and on to the page in the language chosen here."""
    if "lang" in request.query_params and "lang=" not in target:
        chosen = urlencode({"lang": chosen_language(request).value})
        target = f"{target}{'&' if '?' in target else '?'}{chosen}"
    return f"{start_path}?{urlencode({'next': target})}"


def _refusal(request: Request) -> SignInRefusal | None:
    """Return why the identity provider sent the reader back without a session, None where it did not."""
    code = request.query_params.get("refused")
    return SignInRefusal(code) if code in set(SignInRefusal) else None


def _form_texts(translate: Translator) -> Mapping[str, str]:
    return {
        "title": translate("Sign in"),
        "login": translate("Login"),
        "password": translate("Password"),
        "submit": translate("Sign in"),
        "forgotten": translate("Forgot the password? Ask your administrator for a link to set a new one."),
        "oidc": translate("Sign in with your organisation's account"),
        "oneid": translate("Sign in with OneID"),
        "open": translate("Look around without an account"),
        "ask": translate("Whom to ask"),
        "demo_title": translate("Demo accounts"),
        "demo_text": translate("This server holds demo data. Choose an account to look around with it."),
        "demo_use": translate("Use this account"),
        "demo_password": translate("Password"),
    }


def _demo_rows(server_context: ServerContext, translate: Translator) -> list[dict[str, str]]:
    with reading(server_context.engine) as connection:
        accounts = _demo_accounts(connection)
    return [
        {"login": account.login, "password": account.password, "role": translate(ROLE_LABELS[account.role])}
        for account in accounts
    ]


async def _show_sign_out(server_context: ServerContext, request: Request) -> Response:
    """Show a page with one button, so that a mere link signs nobody out."""
    translate = translator(request)
    by_provider = translate(
        "To come back you will have to sign in again. If you signed in with your organisation's account and others "
        "use this device, sign out of that account too."
    )
    words = {
        "title": translate("Sign out"),
        "text": by_provider if server_context.has_oidc else translate("You will need your password to come back."),
        "submit": translate("Sign out"),
        "back": translate("Back to the overview"),
    }
    return show_page(server_context, request, "sign_out.html", context={"form": words})


async def _sign_out(server_context: ServerContext, request: Request) -> Response:
    """End the session, clear the cookie, show the sign-in page."""
    if not is_own_origin(request, trusted_origins=server_context.settings.trusted_origins):
        return refuse_origin(server_context, request)
    session_id = request.cookies.get(SESSION_COOKIE)
    if session_id:
        await run_in_threadpool(sign_out, server_context.engine, session_id, now=clock.now())
    response = redirect_to(SIGN_IN_PATH)
    response.delete_cookie(SESSION_COOKIE, httponly=True, samesite="lax", secure=server_context.is_secure(request))
    return response


def _demo_accounts(connection: Connection) -> Sequence[DemoAccount]:
    """Return the demo's active accounts in the order of their roles; none unless ``demo_loaded`` is set in ``meta``."""
    if connection.execute(select(Meta.value).where(Meta.key == "demo_loaded")).first() is None:
        return []
    active = set(connection.execute(select(Account.login).where(Account.is_demo, Account.is_active)).scalars())
    return [account for account in DEMO_ACCOUNTS if account.login in active]

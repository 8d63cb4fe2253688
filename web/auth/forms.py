"""Forms of the server's own pages: their fields, and the answers to those that are not accepted."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from data.language import Translator
from queries.accounts.sign_in import LockedError
from web.page import show_page
from web.server_context import ServerContext, translator

# Checking a password takes 64 MB of memory for a moment; so many may do it at once, the others wait.
PASSWORD_CHECKS_AT_ONCE = 4
MAXIMUM_BODY = 16 * 1024
MAXIMUM_FIELDS = 20


async def read_form(request: Request) -> Mapping[str, str]:
    """Fields of a URL-encoded form; responds 413 when the body is too large, 400 when it has too many fields."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > MAXIMUM_BODY:
            raise HTTPException(status_code=413)
    try:
        fields = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MAXIMUM_FIELDS)
    except ValueError as error:
        raise HTTPException(status_code=400) from error
    return dict(fields)


def refuse_origin(server_context: ServerContext, request: Request) -> Response:
    """Return the page for a form that no page of ours sent."""
    translate = translator(request)
    words = {
        "title": translate("Not accepted"),
        "text": translate("This request did not come from a page of this server. Open the sign-in page and try again."),
        "back": translate("Sign in"),
    }
    return show_page(server_context, request, "refused.html", context={"form": words}, status=403)


def locked_text(translate: Translator, error: LockedError) -> str:
    """Return for how long there is to wait."""
    if error.wait_seconds < 60:
        return translate.plural(
            "Too many failed attempts. Try again in {n} second.",
            "Too many failed attempts. Try again in {n} seconds.",
            error.wait_seconds,
        )
    return translate.plural(
        "Too many failed attempts. Try again in {n} minute.",
        "Too many failed attempts. Try again in {n} minutes.",
        -(-error.wait_seconds // 60),
    )

"""Checks of the request origin (CSRF) and of the page that a reader is redirected to."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from starlette.requests import Request
from starlette.types import Scope

from components.accounts.links import LINK_PATH

HOME = "/"
SIGN_IN_PATH = "/sign-in"
MAXIMUM_PATH_LENGTH = 2000
_NOT_A_PLACE_TO_GO = (SIGN_IN_PATH, LINK_PATH, "/sign-out", "/auth/", "/oauth2callback")


def _origin_of(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}".lower() if parts.scheme and parts.netloc else ""


def is_own_origin(request: Request, *, trusted_origins: str) -> bool:
    """Return whether the request was sent by a page of ours or of a trusted origin.

    ``Origin`` decides, else ``Referer``; without either the answer is no. Host is compared without the scheme, as a
    proxy that ends TLS makes it differ. ``Sec-Fetch-Site``, where sent, must agree unless the origin is trusted.
    """
    headers = request.headers
    source = _origin_of(headers.get("origin") or headers.get("referer", ""))
    if source and source in {_origin_of(origin.strip()) for origin in trusted_origins.split(",")}:
        return True
    if headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return False
    return bool(source) and source.partition("://")[2] == headers.get("host", "").lower()


def local_path(text: str | None) -> str:
    """``text`` if it is a path on this server (with its query), else the home page: no way to another host."""
    path = text or HOME
    is_plain = path.isprintable() and "\\" not in path and len(path) <= MAXIMUM_PATH_LENGTH
    if not is_plain or not path.startswith("/") or path.startswith("//"):
        return HOME
    try:
        parts = urlsplit(path)
    except ValueError:
        return HOME
    if parts.scheme or parts.netloc or parts.path.startswith(_NOT_A_PLACE_TO_GO):
        return HOME
    return path


def sign_in_address(scope: Scope) -> str:
    """Return the URL of the sign-in page that leads on to the requested page."""
    query = scope["query_string"].decode("latin-1")
    return f"{SIGN_IN_PATH}?{urlencode({'next': scope['path'] + (f'?{query}' if query else '')})}"

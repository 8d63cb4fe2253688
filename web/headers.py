"""Security headers on every response, among them the content security policy, and the paths that nobody may request."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache
from pathlib import Path

import streamlit
from starlette.datastructures import URL, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from components.deck.address import PRESENT_PATH
from web.presenting.sources import script_hash

INDEX_PAGE = Path(streamlit.__file__).parent / "static" / "index.html"
# streamlit-folium writes the map's script into its own frame.
INLINE_SCRIPT_PATHS = ("/component/streamlit_folium",)
CLOSED_PATHS = frozenset({"/_stcore/metrics"})
TRANSPORT_SECURITY = "max-age=31536000"
_OURS, _NOTHING = "'self'", "'none'"
_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)

FIXED_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), fullscreen=(self)",
}


@lru_cache(maxsize=1)
def index_script_hashes(index_page: Path = INDEX_PAGE) -> tuple[str, ...]:
    """CSP sources of the scripts written into Streamlit's index page, which change with its version."""
    scripts = _INLINE_SCRIPT.findall(index_page.read_text(encoding="utf-8"))
    digests = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts)
    return tuple(f"'sha256-{digest}'" for digest in digests)


def content_security_policy(path: str) -> str:
    """Return the content security policy of a path: our own origin only, plus what Altair and folium need.

    A presentation runs its one script alone, and that script can ask for nothing.
    """
    is_presenting = path.startswith(f"{PRESENT_PATH}/")
    return (
        "default-src 'self'; "
        f"script-src {' '.join(_script_sources(path, is_presenting=is_presenting))}; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        f"connect-src {_NOTHING if is_presenting else _OURS}; "
        "frame-ancestors 'self'; object-src 'none'; base-uri 'self'; form-action 'self'"
    )


def _script_sources(path: str, *, is_presenting: bool) -> tuple[str, ...]:
    if is_presenting:
        return (script_hash(),)
    is_map = path.startswith(INLINE_SCRIPT_PATHS)
    return (_OURS, "'unsafe-inline'") if is_map else (_OURS, *index_script_hashes())


class SecurityHeaders:
    """Pure ASGI middleware that adds the headers and leaves streams and websockets untouched."""

    def __init__(self, app: ASGIApp, *, is_always_secure: bool) -> None:
        self.app = app
        self.is_always_secure = is_always_secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Respond 404 to closed paths; pass other requests on and add the headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        is_secure = self.is_always_secure or URL(scope=scope).scheme == "https"

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(FIXED_HEADERS)
                headers["Content-Security-Policy"] = content_security_policy(scope["path"])
                if is_secure:
                    headers["Strict-Transport-Security"] = TRANSPORT_SECURITY
            await send(message)

        is_closed = scope["path"].rstrip("/") in CLOSED_PATHS
        app = Response(status_code=404) if is_closed else self.app
        await app(scope, receive, send_with_headers)

"""Index page of the app: Streamlit's own, in the reader's language, with our script, style and title.

Streamlit's index page says that it is English, whatever the app shows, and is white in a browser that cannot run it.
Here it names the language, tells browsers not to translate it (what they change in the page breaks React), has a text
for old browsers, and loads ``components/assets/app.js`` before Streamlit's scripts.
"""

from __future__ import annotations

import logging
import re
from functools import lru_cache
from html import escape

from sqlalchemy.exc import DBAPIError
from starlette.concurrency import run_in_threadpool
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from components.deck.address import PRESENT_PATH
from components.evaluations.receipt import RECEIPT_PATH
from components.registers.documents import DOCUMENT_PATH
from components.shell.chrome import PRODUCT_NAME
from components.shell.static_files import ASSETS_PATH, asset_url
from components.shell.streamlit_words import words_script
from data.dates import clock
from data.language import N_, Language, Translator
from queries.accounts.sessions import LANGUAGE_COOKIE
from web.auth.auth_middleware import is_page
from web.headers import INDEX_PAGE
from web.page import remember_language, show_page
from web.server_context import ServerContext, translator

logger = logging.getLogger(__name__)

# Pages of the server itself beside those of signing in.
OWN_PREFIXES = tuple(f"{path}/" for path in (RECEIPT_PATH, DOCUMENT_PATH, PRESENT_PATH))
NO_SCRIPT = N_("This page needs JavaScript. Switch it on in the settings of the browser, or ask your administrator.")
OLD_BROWSER = N_(
    "This browser is too old for this page. Update it, or open the page in a current version of Chrome, Edge, Firefox, "
    "Safari or Yandex Browser. Nothing that you saved is lost."
)
# Scripts of Streamlit's by the beginning of their names.
PRELOADED = ("Html", "Selectbox")
_ROOT = '<div id="root"></div>'
_NOSCRIPT = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
_TITLE = re.compile(r"<title>.*?</title>")
# A typeface of Streamlit's that no text here is in.
_FONT = re.compile(r'<link\s+rel="preload"\s+href="[^"]*SourceSans[^>]*>')


class UnknownIndexPageError(Exception):
    """Raised where Streamlit's index page is another than the one that was known when this was written."""


class IndexPage:
    """Pure ASGI middleware: answers requests for pages of the app with :func:`index_page`, and passes others on.

    Addresses of pages have one part. Of more parts Streamlit would wait for a server that is not there, so they get a
    page of ours that says that there is nothing.
    """

    def __init__(self, app: ASGIApp, *, server_context: ServerContext) -> None:
        self.app = app
        self.server_context = server_context

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request for a page that no route of ours answers."""
        if scope["type"] != "http" or not is_page(request := Request(scope)) or _is_passed_on(request.url.path):
            await self.app(scope, receive, send)
            return
        if "/" in request.url.path.strip("/"):
            await _no_page(self.server_context, request)(scope, receive, send)
            return
        remembered = request.cookies.get(LANGUAGE_COOKIE)
        stored = await run_in_threadpool(self._stored_language, request)
        default = stored or Language.parse(remembered)
        page = index_page(Language.parse(request.query_params.get("lang") or default), default)
        response = HTMLResponse(page, headers={"Cache-Control": "no-cache", "Vary": "Cookie"})
        if stored is not None and stored.value != remembered:
            # It was chosen on another device, or since this one signed in.
            remember_language(response, stored, is_secure=self.server_context.is_secure(request))
        await GZipMiddleware(response)(scope, receive, send)

    def _stored_language(self, request: Request) -> Language | None:
        """Return the language of the account that is signed in, None for a visitor."""
        try:
            return self.server_context.language(request, now=clock.now())
        except DBAPIError:
            logger.exception("The database does not answer; the page itself will say so")
            return None


def _no_page(server_context: ServerContext, request: Request) -> Response:
    translate = translator(request)
    words = {
        "title": translate("No such page"),
        "text": translate("There is no page at this address. Check it, or go on from the first page."),
        "back": translate("Back to the overview"),
    }
    return show_page(server_context, request, "refused.html", context={"form": words}, status=404)


@lru_cache(maxsize=len(Language) ** 2)
def index_page(language: Language, default: Language) -> str:
    """Return the page in a language; ``default`` is that of the reader where an address names none."""
    translate = Translator(language)
    html = INDEX_PAGE.read_text(encoding="utf-8")
    changes = (
        (re.compile('<html lang="en">'), _html_tag(language, default)),
        (_TITLE, f"<title>{PRODUCT_NAME}</title>{_head()}"),
        (_FONT, ""),
        (_NOSCRIPT, f"<noscript>{escape(translate(NO_SCRIPT))}</noscript>"),
        (re.compile(_ROOT), f"{_old_browser(translate)}{_ROOT}"),
    )
    for found, wanted in changes:
        html, count = found.subn(wanted.replace("\\", r"\\"), html)
        if count != 1:
            raise UnknownIndexPageError(found.pattern)
    return html


def _html_tag(language: Language, default: Language) -> str:
    return (
        f'<html lang="{language.html_code}" translate="no" data-language="{language.value}" '
        f'data-default-language="{default.value}">'
    )


def _head() -> str:
    """Tags that browsers read before the page: nothing is translated or indexed; our style and scripts come first."""
    return (
        '<meta name="google" content="notranslate"><meta name="robots" content="noindex">'
        f'<script src="{asset_url("browser-check.js")}"></script>'
        f'<script src="{ASSETS_PATH}/{words_script().name}"></script>'
        f'<script src="{asset_url("app.js")}"></script>'
        f'<link rel="stylesheet" href="{asset_url("app.css")}">{_preloaded()}'
    )


def _preloaded() -> str:
    """Tags that fetch the parts of Streamlit that every page begins with at once, and not when they are first drawn:
    what stands in their place until then has another height, so that all below would move."""
    folder = INDEX_PAGE.parent / "static" / "js"
    names = [file.name for part in PRELOADED for file in folder.glob(f"{part}.*.js")]
    if len(names) != len(PRELOADED):
        raise UnknownIndexPageError(str(PRELOADED))
    return "".join(f'<link rel="modulepreload" href="./static/js/{name}">' for name in names)


def _old_browser(translate: Translator) -> str:
    """Text that ``browser-check.js`` uncovers in a browser that cannot run the app."""
    return (
        '<div id="old-browser" role="alert" hidden style="max-width: 40rem; margin: 3rem auto; padding: 1rem; '
        f'font: 1.125rem/1.5 sans-serif"><p><strong>{PRODUCT_NAME}</strong></p>'
        f"<p>{escape(translate(OLD_BROWSER))}</p></div>"
    )


def _is_passed_on(path: str) -> bool:
    """Return whether a page is one of the server's own, or has a slash at its end, without which Streamlit has it."""
    return path.startswith(OWN_PREFIXES) or (path.endswith("/") and path != "/")

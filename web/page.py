"""HTML pages of the server itself: templates in the reader's language, and the cookie that stores the language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from components.shell.static_files import asset_url
from data.language import Language, Translator
from queries.accounts.sessions import LANGUAGE_COOKIE
from web.server_context import ServerContext, translator

TEMPLATES = Path(__file__).parent / "templates"
ONE_YEAR_S = 31_536_000
KEPT_PARAMS = ("next", "refused", "area", "year", "find")


@lru_cache(maxsize=8)
def template(name: str) -> Template:
    """Return a Jinja template; its values are escaped."""
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    environment.filters["codes"] = with_codes
    return environment.get_template(name)


def with_codes(text: str) -> Markup:
    """Return a text, escaped, with what stands between backticks as code."""
    parts = (escape(part) for part in text.split("`"))
    return Markup("").join(Markup("<code>{}</code>").format(part) if at % 2 else part for at, part in enumerate(parts))


def remember_language(response: Response, language: Language, *, is_secure: bool) -> None:
    """Store the language in a cookie."""
    response.set_cookie(
        LANGUAGE_COOKIE, language.value, max_age=ONE_YEAR_S, samesite="lax", httponly=True, secure=is_secure
    )


def _language_links(path: str, language: Language, context: Mapping[str, object]) -> list[dict[str, object]]:
    """Return links to the same page in each language, with what the reader came for and chose preserved."""
    kept = {name: context[name] for name in KEPT_PARAMS if context.get(name)}
    return [
        {
            "name": other.own_name,
            "code": other.html_code,
            "href": f"{path}?{urlencode({**kept, 'lang': other.value})}",
            "is_current": other is language,
        }
        for other in Language
    ]


def show_page(
    server_context: ServerContext, request: Request, name: str, *, context: Mapping[str, object], status: int = 200
) -> HTMLResponse:
    """Return the filled template; a language chosen in the URL is stored. Never cached."""
    translate: Translator = translator(request)
    shared = {
        "language": translate.language,
        "languages": _language_links(request.url.path, translate.language, context),
        "style": asset_url("sign-in.css"),
        "open_style": asset_url("open.css"),
        "logo": asset_url("logo-icon.svg"),
        "typed_text": asset_url("typed-text.js"),
        "words": {
            "product": "Hamkor",
            "subtitle": translate("Cooperation of prevention inspectors and NGOs in the districts of Uzbekistan"),
            "languages": translate("Language"),
        },
    }
    html = template(name).render(**shared, **context)
    response = HTMLResponse(html, status_code=status, headers={"Cache-Control": "no-store"})
    if "lang" in request.query_params:
        remember_language(response, translate.language, is_secure=server_context.is_secure(request))
    return response

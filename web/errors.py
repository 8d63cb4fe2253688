"""Error pages: a translated sentence with a number; the log has the details under that number."""

from __future__ import annotations

import logging
import secrets

import streamlit as st
from starlette.requests import Request
from starlette.responses import Response

from data.language import DomainError, Language, Translator
from queries.accounts.sessions import LANGUAGE_COOKIE
from web.page import show_page
from web.server_context import ServerContext, translator

logger = logging.getLogger(__name__)


def _reader_translator() -> Translator:
    """Translator of the language in the URL, else in the cookie; the page may have failed before reading either."""
    return Translator(Language.parse(st.query_params.get("lang") or st.context.cookies.get(LANGUAGE_COOKIE)))


def on_database_error(server_context: ServerContext, request: Request, error: Exception) -> Response:
    """Return a translated 503 page when the database does not answer."""
    logger.error("The database does not answer", exc_info=error)
    translate = translator(request)
    words = {
        "title": translate("Not available at the moment"),
        "text": translate("The database does not answer. Nothing that you saved is lost. Try again in a minute."),
        "back": translate("Try again"),
    }
    return show_page(server_context, request, "refused.html", context={"form": words}, status=503)


def on_script_error(error: Exception) -> bool:
    """Log the error under a number and show that number; True keeps Streamlit from showing the traceback."""
    translate = _reader_translator()
    if isinstance(error, DomainError):
        st.error(translate.render(error.message))
        return True
    number = secrets.token_hex(4)
    logger.error("Error %s in a page", number, exc_info=error)
    st.error(
        translate(
            "This page could not be shown. Nothing that you saved is lost. Reload the page; if it happens again, "
            "tell the administrator the number {number}.",
            number=number,
        )
    )
    return True

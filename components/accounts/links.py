"""Links to accounts: their path, and a new one as it is shown once."""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st

from components.shell.confirmation import render_confirmation
from components.shell.formatter import Formatter
from data.language import Language

LINK_PATH = "/account-link"
LINK_WIDTH = 720


def link_address(app_url: str, token: str, language: Language) -> str:
    """Return the whole address of a link, on the server of ``app_url``; the page begins in the language.

    The token is the fragment, which browsers keep to themselves.
    """
    parts = urlsplit(app_url)
    server = f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
    return f"{server}{LINK_PATH}?lang={language.value}#{token}"


def render_link(address: str, login: str, last_moment: str, fmt: Formatter, *, occasion: str) -> None:
    """Draw a link that was just made, with a button that copies it, and say what to do with it."""
    translate = fmt.translate
    with st.container(border=True, key="new-link", width=LINK_WIDTH):
        text = translate("The link for “{login}” is made.", login=login)
        render_confirmation(text, key="new-link-made", occasion=occasion)
        st.code(address, language=None, wrap_lines=True)
        st.caption(
            translate(
                "Copy it now and send it to the person alone: it is shown only here and now. It works once, until "
                "{moment}. An earlier link works no more.",
                moment=last_moment,
            )
        )

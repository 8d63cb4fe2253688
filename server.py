"""ASGI server: Streamlit's app behind our sign-in, headers and static files. ``python server.py`` starts it."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from os import environ

# Before numpy is imported: more threads of linear algebra wait in busy loops and make no page quicker (decision 0002).
environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

from data.database.engine import get_engine
from data.settings import ROOT, get_settings
from web.auth import oidc
from web.errors import on_script_error
from web.proxy import trusted_addresses
from web.ready import Readiness, readiness
from web.routes import exception_handlers, middleware, routes
from web.server_context import ServerContext
from web.sockets import send_at_once
from web.warm_up import warm_up

# Streamlit takes a folder called "pages" for its old menu until the script has called st.navigation once: the first
# visitor, at /district say, would get the bare page without app.py.
PagesManager.uses_pages_directory = False

server_context = ServerContext(get_engine(), get_settings(), has_oidc=oidc.is_configured())


def require_ready() -> None:
    """End the process with a clear message unless the database, and an identity provider if any, can be used."""
    state = readiness(server_context.engine)
    if state is not Readiness.READY:
        sys.exit(f"Hamkor cannot start: {state.value}. Run `python -m data init` first.")
    if server_context.has_oidc and (error := oidc.configuration_error()):
        sys.exit(f"Hamkor cannot start: {error}")


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Refuse to serve a database that cannot be used, however the server was started."""
    require_ready()
    warm_up()
    send_at_once(server_context.settings.port)
    yield
    server_context.engine.dispose()


app = st.App(
    ROOT / "app.py",
    routes=routes(server_context),
    middleware=middleware(server_context),
    exception_handlers=exception_handlers(server_context),
    lifespan=lifespan,
    on_script_error=on_script_error,
)

if __name__ == "__main__":
    require_ready()
    # uvicorn believes X-Forwarded headers of these addresses alone; its default would believe all local processes.
    environ["FORWARDED_ALLOW_IPS"] = trusted_addresses(server_context.settings.trusted_proxy)
    # Without an address Streamlit asks a host on the internet what ours is.
    app.run(config={"server.port": server_context.settings.port, "browser.serverAddress": "localhost"})

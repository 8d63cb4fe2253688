"""Fixtures: the server's own routes and middleware around a stand-in for Streamlit's pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from data.database.engine import get_engine
from data.settings import Settings
from web.routes import exception_handlers, middleware, routes
from web.server_context import ServerContext

ADDRESS = "http://hamkor.test"
MakeBrowser = Callable[..., TestClient]


async def stand_in(request: Request) -> HTMLResponse:
    """Respond like a page of the app."""
    return HTMLResponse(f"page {request.url.path}")


def browser_of(server_context: ServerContext, base_url: str = ADDRESS) -> TestClient:
    """Return a browser that stores cookies, follows no redirect and sends its origin."""
    app = Starlette(
        routes=[*routes(server_context), Route("/{path:path}", stand_in)],
        middleware=middleware(server_context),
        exception_handlers=exception_handlers(server_context),
    )
    headers = {"Origin": base_url, "Accept": "text/html"}
    return TestClient(app, base_url=base_url, headers=headers, follow_redirects=False)


@pytest.fixture
def make_browser(engine: Engine) -> MakeBrowser:
    """Factory of browsers; keywords are settings."""

    def make(*, base_url: str = ADDRESS, has_oidc: bool = False, **settings: object) -> TestClient:
        return browser_of(ServerContext(engine, Settings().model_copy(update=settings), has_oidc=has_oidc), base_url)

    return make


@pytest.fixture
def stranger(tmp_path: Path) -> TestClient:
    """Browser at a server without a database."""
    return browser_of(ServerContext(get_engine(f"sqlite:///{tmp_path / 'absent.db'}"), Settings()))


@pytest.fixture
def browser(make_browser: MakeBrowser) -> TestClient:
    """Browser at a server with the usual settings."""
    return make_browser()

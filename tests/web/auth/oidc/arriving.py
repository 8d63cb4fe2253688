"""Sign-in through a provider, as a browser without scripts does it."""

from __future__ import annotations

from http.cookies import SimpleCookie
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx2
from httpx2 import Response
from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit.web.server.starlette.starlette_auth_routes import create_auth_routes

from data.dates import clock
from data.policy import Actor
from queries.accounts.sessions import SESSION_COOKIE, session_actor
from tests.openid_provider import COOKIE_SECRET
from tests.web.conftest import ADDRESS, stand_in
from web.auth.oidc import START_PATH
from web.routes import exception_handlers, middleware, routes
from web.server_context import ServerContext

EMAIL = "nodira@example.uz"
IDENTITY_COOKIE = "_streamlit_user"


def browser_at(server_context: ServerContext) -> TestClient:
    """Return a browser at our routes and middleware around Streamlit's own for signing in, as ``st.App`` does."""
    app = Starlette(
        routes=[*routes(server_context), *create_auth_routes(""), Route("/{path:path}", stand_in)],
        middleware=[
            *middleware(server_context),
            Middleware(SessionMiddleware, secret_key=COOKIE_SECRET, session_cookie="_streamlit_session"),
        ],
        exception_handlers=exception_handlers(server_context),
    )
    return TestClient(app, base_url=ADDRESS, headers={"Accept": "text/html"}, follow_redirects=False)


def asked_of_provider(browser: TestClient, target: str = "") -> str:
    """Press the button of the sign-in page and return the provider's URL that the browser is redirected to."""
    way = browser.get(f"{START_PATH}?{urlencode({'next': target})}" if target else START_PATH)
    assert urlsplit(way.headers["location"]).path == "/auth/login"
    return str(browser.get(way.headers["location"]).headers["location"])


def brought_back(browser: TestClient, target: str = "") -> str:
    """Open the provider's URL and return the URL that it redirects the browser back to."""
    answer = httpx2.get(asked_of_provider(browser, target), follow_redirects=False, trust_env=False)
    return str(answer.headers["location"])


def sign_in(browser: TestClient, target: str = "") -> Response:
    """Sign in through the provider."""
    response: Response = browser.get(brought_back(browser, target))
    return response


def set_cookies(response: Response) -> SimpleCookie:
    """Return the cookies that a response sets."""
    cookies: SimpleCookie = SimpleCookie()
    for line in response.headers.get_list("set-cookie"):
        cookies.load(line)
    return cookies


def actor_of(engine: Engine, browser: TestClient) -> Actor | None:
    """Return the actor of the browser at the next run of the app."""
    return session_actor(engine, browser.cookies.get(SESSION_COOKIE), now=clock.now())


def refusal_of(response: Response) -> str:
    """Return the reason that the sign-in page is to show."""
    assert response.status_code == 303
    parts = urlsplit(response.headers["location"])
    assert (parts.netloc, parts.path) == ("", "/sign-in")
    return parse_qs(parts.query)["refused"][0]

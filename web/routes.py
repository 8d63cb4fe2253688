"""Routes and middleware that the server adds to Streamlit's own."""

from __future__ import annotations

from functools import partial

from sqlalchemy.exc import DBAPIError
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from web.assets import assets_routes
from web.auth.auth_middleware import SignInGate
from web.auth.link import link_routes
from web.auth.oidc import IdentityExchange, oidc_routes
from web.auth.oneid import oneid_routes
from web.auth.sign_in import sign_in_routes
from web.calendar import calendar_routes
from web.document import document_routes
from web.errors import on_database_error
from web.headers import SecurityHeaders
from web.index_page import IndexPage
from web.map_frame import MapFrame
from web.open_data.feed import OpenDataFeed
from web.open_data.pages import open_routes
from web.present import present_routes
from web.ready import show_readiness
from web.receipt import receipt_routes
from web.server_context import ServerContext


def routes(server_context: ServerContext) -> list[BaseRoute]:
    """Return the routes that the server answers itself."""
    return [
        *sign_in_routes(server_context),
        *link_routes(server_context),
        *oidc_routes(server_context),
        *oneid_routes(server_context),
        *receipt_routes(server_context),
        *document_routes(server_context),
        *calendar_routes(server_context),
        *present_routes(server_context),
        *open_routes(server_context),
        Route("/ready", partial(show_readiness, server_context), methods=["GET"]),
        *assets_routes(),
    ]


def exception_handlers(server_context: ServerContext) -> dict[type[Exception], partial[Response]]:
    """Return the error pages of the server's own routes."""
    return {DBAPIError: partial(on_database_error, server_context)}


def middleware(server_context: ServerContext) -> list[Middleware]:
    """Return the middleware of every request, the outermost first."""
    settings = server_context.settings
    return [
        Middleware(
            OpenDataFeed,
            store=server_context.open_data,
            limit=server_context.open_data_limit,
            is_open=settings.public_view,
            is_always_secure=settings.secure_cookies,
        ),
        Middleware(SecurityHeaders, is_always_secure=settings.secure_cookies),
        Middleware(MapFrame),
        Middleware(SignInGate, server_context=server_context),
        Middleware(IdentityExchange, server_context=server_context),
        Middleware(IndexPage, server_context=server_context),
    ]

"""The routes and middleware that the server adds to Streamlit's own."""

from __future__ import annotations

from functools import partial

from sqlalchemy.exc import DBAPIError
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from web.assets import assets_routes
from web.errors import on_database_error
from web.face import Face
from web.gate import SignInGate
from web.headers import SecurityHeaders
from web.map_frame import MapFrame
from web.oidc import IdentityExchange, oidc_routes
from web.present import present_routes
from web.ready import show_readiness
from web.receipt import receipt_routes
from web.sign_in import sign_in_routes


def routes(face: Face) -> list[BaseRoute]:
    """What the server answers itself."""
    return [
        *sign_in_routes(face),
        *oidc_routes(face),
        *receipt_routes(face),
        *present_routes(face),
        Route("/ready", partial(show_readiness, face), methods=["GET"]),
        *assets_routes(),
    ]


def exception_handlers(face: Face) -> dict[type[Exception], partial[Response]]:
    """What the server's own pages answer when they cannot do their work."""
    return {DBAPIError: partial(on_database_error, face)}


def middleware(face: Face) -> list[Middleware]:
    """What every request passes, the first outermost."""
    return [
        Middleware(SecurityHeaders, is_always_secure=face.settings.secure_cookies),
        Middleware(MapFrame),
        Middleware(SignInGate, face=face),
        Middleware(IdentityExchange, face=face),
    ]

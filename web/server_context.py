"""Shared context of the server's routes: database, settings, and the language of a request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlalchemy import Engine
from starlette.requests import HTTPConnection, Request

from data.language import Language, Translator
from data.policy import Actor
from data.settings import Settings
from queries.accounts.sessions import LANGUAGE_COOKIE, SESSION_COOKIE, SessionLife, session_actor, session_language
from web.open_data.rate_limit import RateLimit
from web.open_data.store import OpenDataStore


@dataclass(frozen=True)
class ServerContext:
    """Database and settings of the server."""

    engine: Engine
    settings: Settings
    has_oidc: bool = False

    @cached_property
    def open_data(self) -> OpenDataStore:
        """Open data of the database, one store for all who take them."""
        return OpenDataStore(self.engine, operator=self.settings.operator)

    @cached_property
    def open_data_limit(self) -> RateLimit:
        """Limit of requests for open data by one address."""
        return RateLimit(self.settings.open_data_requests)

    def is_secure(self, connection: HTTPConnection) -> bool:
        """Return whether cookies are for HTTPS only: by the setting, or because the request came over HTTPS."""
        return self.settings.secure_cookies or connection.url.scheme == "https"

    def actor(self, connection: HTTPConnection, *, now: datetime) -> Actor | None:
        """Return the actor of the browser's session cookie; reads the database, so call it in a thread."""
        life = SessionLife.from_settings(self.settings)
        return session_actor(self.engine, connection.cookies.get(SESSION_COOKIE), now=now, life=life)

    def language(self, connection: HTTPConnection, *, now: datetime) -> Language | None:
        """Return the language of the account of the browser's session, None without one; reads the database."""
        life = SessionLife.from_settings(self.settings)
        return session_language(self.engine, connection.cookies.get(SESSION_COOKIE), now=now, life=life)


def chosen_language(request: Request) -> Language:
    """Return the language in the URL, else in the cookie, else Uzbek Latin."""
    return Language.parse(request.query_params.get("lang") or request.cookies.get(LANGUAGE_COOKIE))


def translator(request: Request) -> Translator:
    """Return the translator of the request's language."""
    return Translator(chosen_language(request))

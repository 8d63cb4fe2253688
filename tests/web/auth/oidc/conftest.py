"""Fixtures: a provider on this machine, and browsers at a server that trusts it."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient
from streamlit.runtime.secrets import secrets_singleton

from data.settings import Settings
from tests.openid_provider import OpenIdProvider, openid_provider
from tests.web.auth.oidc.arriving import EMAIL, browser_at
from tests.web.conftest import ADDRESS
from web.server_context import ServerContext

NewBrowser = Callable[..., TestClient]


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenIdProvider]:
    """A provider that vouches for Nodira, and the secrets that name it."""
    monkeypatch.setenv("NO_PROXY", "localhost")
    with openid_provider() as provider:
        provider.person = {"email": EMAIL, "email_verified": True}
        secrets = tomllib.loads(provider.secrets_toml(f"{ADDRESS}/oauth2callback"))
        monkeypatch.setattr(secrets_singleton, "_secrets", secrets)
        yield provider


@pytest.fixture
def new_browser(engine: Engine, provider: OpenIdProvider) -> NewBrowser:  # noqa: ARG001 - it must be there
    """Factory of browsers; keywords are settings."""

    def make(**settings: object) -> TestClient:
        return browser_at(ServerContext(engine, Settings().model_copy(update=settings), has_oidc=True))

    return make


@pytest.fixture
def browser(new_browser: NewBrowser) -> TestClient:
    """Browser at a server with the usual settings."""
    return new_browser()

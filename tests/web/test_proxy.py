"""Proxies are trusted only where they are listed, in any form of their address."""

from __future__ import annotations

import pytest
from httpx2 import Response
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from web.proxy import address_of, trusted_addresses


async def say_address(request: Request) -> PlainTextResponse:
    """Respond with the client address of the request."""
    return PlainTextResponse(address_of(request))


def seen(client: str, *, setting: str, forwarded: str = "198.51.100.7") -> str:
    """Return the client address of a request sent by ``client`` with an X-Forwarded-For header."""
    proxy = Middleware(ProxyHeadersMiddleware, trusted_hosts=trusted_addresses(setting))
    app = Starlette(routes=[Route("/", say_address)], middleware=[proxy])
    answer: Response = TestClient(app, client=(client, 5000)).get("/", headers={"X-Forwarded-For": forwarded})
    return answer.text


@pytest.mark.parametrize(
    ("client", "setting"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("::ffff:127.0.0.1", "127.0.0.1"),
        ("::ffff:10.1.2.3", "192.0.2.1, 10.0.0.0/8"),
        ("2001:db8::5", "2001:db8::/64"),
    ],
)
def test_the_word_of_a_trusted_proxy_is_taken(client: str, setting: str) -> None:
    assert seen(client, setting=setting) == "198.51.100.7"
    assert seen(client, setting=setting, forwarded="203.0.113.1, 198.51.100.7") == "198.51.100.7"


@pytest.mark.parametrize("client", ["127.0.0.1", "::ffff:127.0.0.1", "::1"])
@pytest.mark.parametrize("setting", ["", "192.0.2.1", "10.0.0.0/8"])
def test_anyone_else_comes_from_where_he_comes(client: str, setting: str) -> None:
    assert seen(client, setting=setting) == client.removeprefix("::ffff:")


def test_a_setting_that_is_no_address_is_refused() -> None:
    with pytest.raises(ValueError, match="proxy"):
        trusted_addresses("proxy.example.uz")

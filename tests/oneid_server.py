"""Server that speaks OneID as it is publicly documented, for tests, on this machine.

It shows no form: every browser is signed in as :attr:`OneIdServer.person`.
"""

from __future__ import annotations

import json
import secrets
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlencode, urlsplit

from tests.openid_provider import POLL_SECONDS

CLIENT_ID, CLIENT_SECRET, SCOPE = "hamkor_uz", "secret-of-the-tests", "hamkor_scope"
PATH = "/sso/oauth/Authorization.do"


def person(*organisations: Mapping[str, object], **others: object) -> dict[str, object]:
    """Return what OneID says of a person who represents organisations."""
    return {
        "valid": "true",
        "validation_method": ["PKCSMETHOD"],
        "user_id": "vakil",
        "full_name": "VAKILOV VAKIL VAKIL OGLI",
        "pin": "31234567890123",
        "pport_no": "AA1234567",
        "birth_date": "1990-01-01",
        "user_type": "L",
        "legal_info": list(organisations),
        "ret_cd": "0",
        **others,
    }


def organisation(stir: object, *, is_main: bool = True) -> dict[str, object]:
    """Return an entry of ``legal_info``."""
    return {"is_basic": is_main, "tin": stir, "le_tin": stir, "acron_UZ": "NNT", "le_name": "NNT"}


@dataclass
class OneIdServer:
    """State and next answers; ``raw`` replaces the body of an answer by grant type."""

    address: str
    person: dict[str, object] = field(default_factory=person)
    raw: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    tokens: set[str] = field(default_factory=set)
    told: list[str] = field(default_factory=list)

    def authorize(self, query: Mapping[str, str]) -> str | None:
        """Return where the browser is redirected to; None for a query that the documentation does not know."""
        wanted = {"response_type": "one_code", "client_id": CLIENT_ID, "scope": SCOPE}
        if {name: query.get(name) for name in wanted} != wanted:
            return None
        code = secrets.token_urlsafe(16)
        self.codes[code] = query["redirect_uri"]
        self.told.append(code)
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def answer(self, form: Mapping[str, str]) -> tuple[int, bytes]:
        """Return status and body for a posted form."""
        grant = form.get("grant_type", "")
        if grant in self.raw:
            return self.raw[grant]
        if (form.get("client_id"), form.get("client_secret")) != (CLIENT_ID, CLIENT_SECRET):
            return 401, b"{}"
        if grant == "one_authorization_code" and self.codes.pop(form["code"], None) == form["redirect_uri"]:
            token = secrets.token_urlsafe(16)
            self.tokens.add(token)
            self.told.append(token)
            return 200, json.dumps({"scope": SCOPE, "expires_in": "1800", "access_token": token}).encode()
        if grant == "one_access_token_identify" and form["scope"] == SCOPE and form["access_token"] in self.tokens:
            return 200, json.dumps(self.person).encode()
        return 400, b'{"error": "invalid_grant"}'


class _Desk(BaseHTTPRequestHandler):
    """HTTP handler of the server."""

    oneid: OneIdServer

    def do_GET(self) -> None:
        """Serve the authorisation."""
        parts = urlsplit(self.path)
        target = self.oneid.authorize(dict(parse_qsl(parts.query))) if parts.path == PATH else None
        self.send_response(302 if target else 400)
        self.send_header("Location", target or "/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_POST(self) -> None:
        """Serve tokens and identities."""
        form = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
        status, body = self.oneid.answer(form) if self.path == PATH else (404, b"")
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Suppress the log."""


@contextmanager
def oneid_server() -> Iterator[OneIdServer]:
    """Yield a server on a free port of this machine."""
    desk = type("Desk", (_Desk,), {})
    with ThreadingHTTPServer(("127.0.0.1", 0), desk) as server:
        oneid = OneIdServer(f"http://localhost:{server.server_port}{PATH}")
        desk.oneid = oneid  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, args=(POLL_SECONDS,), daemon=True).start()
        yield oneid
        server.shutdown()

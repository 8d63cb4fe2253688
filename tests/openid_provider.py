"""OpenID provider for tests, on this machine: discovery, authorisation with PKCE, signed tokens and keys.

It shows no form: every browser is signed in as :attr:`OpenIdProvider.person`, as with a provider where it is signed in
already.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

POLL_SECONDS = 0.02
CLIENT_ID, CLIENT_SECRET = "hamkor", "client-secret-of-the-tests"
COOKIE_SECRET = "cookie-secret-of-the-tests-0123456789"  # noqa: S105 - of a server that lives as long as a test


@cache
def signing_key(name: str) -> RSAKey:
    """Return a key, made once a run; keys of two names differ."""
    return RSAKey.generate_key(2048, {"kid": name}, private=True)


@dataclass
class OpenIdProvider:
    """State and next answers of the provider; ``forged`` claims replace the true ones in the token."""

    issuer: str
    person: dict[str, object] = field(default_factory=dict)
    forged: dict[str, object] = field(default_factory=dict)
    key_name: str = "published"
    is_refusing: bool = False
    asked: dict[str, dict[str, str]] = field(default_factory=dict)
    paths: list[str] = field(default_factory=list)

    def secrets_toml(self, redirect_uri: str) -> str:
        """Return the secrets of a server that uses this provider."""
        section = {
            "redirect_uri": redirect_uri,
            "cookie_secret": COOKIE_SECRET,
            "client_id": CLIENT_ID,
            "client_secret": CLIENT_SECRET,
            "server_metadata_url": f"{self.issuer}/.well-known/openid-configuration",
        }
        return "[auth]\n" + "".join(f"{name} = {json.dumps(value)}\n" for name, value in section.items())

    def metadata(self) -> Mapping[str, object]:
        """Return the discovery document."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }

    def authorize(self, query: Mapping[str, str]) -> str:
        """Return where the browser is redirected to, with a code for one use or with an error."""
        if self.is_refusing:
            return f"{query['redirect_uri']}?{urlencode({'error': 'access_denied', 'state': query['state']})}"
        code = secrets.token_urlsafe(16)
        self.asked[code] = dict(query)
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, form: Mapping[str, str], authorization: str) -> Mapping[str, object] | None:
        """Return the tokens for a code; None for a wrong client, a code used before, or a wrong verifier."""
        asked = self.asked.pop(form.get("code", ""), None)
        client = base64.b64decode(authorization.removeprefix("Basic ")).decode()
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if asked is None or unquote(client) != f"{CLIENT_ID}:{CLIENT_SECRET}" or asked["code_challenge"] != challenge:
            return None
        return {"access_token": "unused", "token_type": "Bearer", "id_token": self._id_token(asked["nonce"])}

    def _id_token(self, nonce: str) -> str:
        now = int(time.time())
        about = {"iss": self.issuer, "aud": CLIENT_ID, "iat": now, "exp": now + 300, "nonce": nonce}
        key = signing_key(self.key_name)
        claims = {"sub": "1", **about, **self.person, **self.forged}
        return jwt.encode({"alg": "RS256", "kid": "published"}, claims, key)


class _Desk(BaseHTTPRequestHandler):
    """HTTP handler of the provider."""

    provider: OpenIdProvider

    def do_GET(self) -> None:
        """Serve discovery, keys and authorisation."""
        parts = urlsplit(self.path)
        self.provider.paths.append(parts.path)
        if parts.path == "/authorize":
            self.send_response(302)
            self.send_header("Location", self.provider.authorize(dict(parse_qsl(parts.query))))
            self.end_headers()
            return
        documents: dict[str, object] = {
            "/.well-known/openid-configuration": self.provider.metadata(),
            "/keys": {"keys": [signing_key("published").as_dict(private=False)]},
        }
        self._say(documents.get(parts.path))

    def do_POST(self) -> None:
        """Serve tokens."""
        self.provider.paths.append(self.path)
        form = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
        self._say(self.provider.token(form, self.headers.get("Authorization", "")))

    def log_message(self, *_args: object) -> None:
        """Suppress the log."""

    def _say(self, document: object) -> None:
        body = json.dumps(document or {"error": "invalid_grant"}).encode()
        self.send_response(200 if document else 400)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def openid_provider() -> Iterator[OpenIdProvider]:
    """Yield a provider on a free port of this machine."""
    desk = type("Desk", (_Desk,), {})
    with ThreadingHTTPServer(("127.0.0.1", 0), desk) as server:
        provider = OpenIdProvider(f"http://localhost:{server.server_port}")
        desk.provider = provider  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, args=(POLL_SECONDS,), daemon=True).start()
        yield provider
        server.shutdown()

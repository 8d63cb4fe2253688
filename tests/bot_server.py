"""Server with the part of Telegram's bot API that notices use, for tests, on this machine."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.openid_provider import POLL_SECONDS

TOKEN = "123456:sir-saqlanadi"


@dataclass
class BotServer:
    """Messages that the bot sent, files that went with them, what people sent to it, and answers of other kinds by
    method, status and body."""

    address: str
    sent: list[tuple[int, str]] = field(default_factory=list)
    files: list[bytes] = field(default_factory=list)
    updates: list[dict[str, object]] = field(default_factory=list)
    refusals: dict[str, tuple[int, bytes]] = field(default_factory=dict)

    def write(self, chat_id: int, text: str, *, kind: str = "private") -> None:
        """Send a text to the bot, as a person does."""
        message = {"chat": {"id": chat_id, "type": kind}, "text": text}
        self.updates.append({"update_id": 1000 + len(self.updates), "message": message})

    def answer(self, path: str, values: Mapping[str, object]) -> tuple[int, bytes]:
        """Return status and body for a call."""
        _, bot, method = path.split("/")
        if method in self.refusals:
            return self.refusals[method]
        if bot != f"bot{TOKEN}":
            return 401, b'{"ok": false, "error_code": 401, "description": "Unauthorized"}'
        if method == "getUpdates":
            first = int(str(values.get("offset", 0)))
            self.updates = [update for update in self.updates if int(str(update["update_id"])) >= first]
            return 200, json.dumps({"ok": True, "result": self.updates}).encode()
        is_file = method == "sendDocument"
        self.sent.append((int(str(values["chat_id"])), str(values["caption" if is_file else "text"])))
        if is_file:
            document = values["document"]
            assert isinstance(document, bytes)
            self.files.append(document)
        return 200, b'{"ok": true, "result": {"message_id": 1}}'


def _of_form(kind: str, content: bytes) -> dict[str, object]:
    """Return the fields of a form: texts, and files as bytes."""
    form = message_from_bytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + content, policy=policy.HTTP)
    values: dict[str, object] = {}
    for part in form.iter_parts():
        found = part.get_payload(decode=True)
        assert isinstance(found, bytes)
        name = str(part.get_param("name", header="content-disposition"))
        values[name] = found if part.get_filename() else found.decode()
    return values


class _Desk(BaseHTTPRequestHandler):
    """HTTP handler of the server."""

    bot: BotServer

    def do_POST(self) -> None:
        """Serve a call of the API."""
        content = self.rfile.read(int(self.headers["Content-Length"]))
        kind = self.headers["Content-Type"]
        values = _of_form(kind, content) if kind.startswith("multipart/form-data") else json.loads(content)
        status, body = self.bot.answer(self.path, values)
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Suppress the log."""


@contextmanager
def bot_server() -> Iterator[BotServer]:
    """Yield a server on a free port of this machine."""
    desk = type("Desk", (_Desk,), {})
    with ThreadingHTTPServer(("127.0.0.1", 0), desk) as server:
        bot = BotServer(f"http://localhost:{server.server_port}")
        desk.bot = bot  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, args=(POLL_SECONDS,), daemon=True).start()
        yield bot
        server.shutdown()

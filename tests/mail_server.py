"""Mail server on this machine, for tests: keeps what it takes, and refuses or hesitates as told."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, MAIL_PASSWORD = "hamkor", "Xat-Tashuvchi-31"


@dataclass
class MailServer:
    """What the server took; ``refusals`` answer a recipient, ``data_reply`` any message, in place of its own answer.

    ``has_taken`` is set once a message is here; the answer to it waits for ``may_answer``.
    """

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    refusals: dict[str, str] = field(default_factory=dict)
    data_reply: str = "250 OK"
    has_taken: threading.Event = field(default_factory=threading.Event)
    may_answer: threading.Event = field(default_factory=threading.Event)

    async def handle_RCPT(  # noqa: N802 - the name is the library's
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take or refuse a recipient."""
        if address in self.refusals:
            return self.refusals[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep the message, then answer."""
        content = envelope.content
        assert isinstance(content, bytes)
        if self.data_reply.startswith("250"):
            self.mails.append(message_from_bytes(content, policy=policy.default))
            self.recipients.extend(envelope.rcpt_tos)
        self.has_taken.set()
        while not self.may_answer.is_set():
            await asyncio.sleep(0.01)
        return self.data_reply


def _is_known(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: Any) -> AuthResult:  # noqa: ANN401
    is_known = isinstance(data, LoginPassword) and (data.login, data.password) == (
        USER.encode(),
        MAIL_PASSWORD.encode(),
    )
    return AuthResult(success=is_known, handled=False)


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """Yield a server on a free port of this machine that knows one user."""
    mail = MailServer()
    mail.may_answer.set()
    loop = asyncio.new_event_loop()

    def session() -> SMTP:
        return SMTP(mail, hostname="mail.test", auth_require_tls=False, authenticator=_is_known)

    is_ready = threading.Event()
    servers: list[asyncio.Server] = []

    def serve() -> None:
        """Run the server; in a thread of its own, as that of the tests may have a loop already."""
        servers.append(loop.run_until_complete(loop.create_server(session, "127.0.0.1", 0)))
        is_ready.set()
        loop.run_forever()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    is_ready.wait()
    mail.port = servers[0].sockets[0].getsockname()[1]
    yield mail
    mail.may_answer.set()
    loop.call_soon_threadsafe(servers[0].close)
    loop.call_soon_threadsafe(loop.stop)
    thread.join()

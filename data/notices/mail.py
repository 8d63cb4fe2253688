"""Mail channel of notices: one connection for a run, each message with an identity that stays the same."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime
from functools import partial
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from data.codes import DeliveryFault
from data.notices.faults import NotSentError, OutcomeUnknownError
from data.notices.kinds import CHOICES_PATH, NoticeFile
from data.settings import MAIL_ADDRESS, Settings

_OK, _REFUSED, _PERMANENT = 250, 400, 500
_RECIPIENT_TAKEN = {250, 251}


def mail_message(
    settings: Settings,
    *,
    recipient: str,
    subject: str,
    body: str,
    identity: str,
    now: datetime,
    attached: NoticeFile | None = None,
) -> EmailMessage:
    """Return a message; ``identity`` makes its Message-ID. Raises NotSentError for what is no plain address."""
    if not MAIL_ADDRESS.fullmatch(recipient):
        raise NotSentError(DeliveryFault.RECIPIENT_REFUSED, is_final=True)
    message = EmailMessage(policy=policy.SMTP)
    message["From"] = f"Hamkor <{settings.smtp_from}>"
    message["To"] = recipient
    message["Subject"] = " ".join(subject.split())
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{identity}@{urlsplit(settings.public_address).hostname}>"
    message["List-Unsubscribe"] = f"<{settings.public_address}{CHOICES_PATH}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(body)
    if attached is not None:
        message.add_attachment(attached.content, maintype="application", subtype="pdf", filename=attached.name)
    return message


class MailChannel:
    """Connection to the mail server of the settings, opened with the first message and left at the end of the block."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._connection: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._leave()

    def send(self, message: EmailMessage) -> None:
        """Hand a message over. Raises NotSentError, OutcomeUnknownError."""
        try:
            connection = self._connection or self._connect()
            self._connection = connection
            self._address(connection, str(message["To"]))
        except NotSentError:
            self._leave()
            raise
        except (smtplib.SMTPException, OSError) as error:
            self._close()
            raise _of_channel(error) from None
        try:
            code, _ = connection.data(message.as_bytes())
        except smtplib.SMTPDataError as error:
            self._leave()
            raise _refused(DeliveryFault.MESSAGE_REFUSED, error.smtp_code) from None
        except (smtplib.SMTPException, OSError):
            # The text may have arrived: sending it again could make a second mail.
            self._close()
            raise OutcomeUnknownError from None
        if code >= _REFUSED:
            self._leave()
            raise _refused(DeliveryFault.MESSAGE_REFUSED, code)
        if code != _OK:
            self._close()
            raise OutcomeUnknownError

    def _connect(self) -> smtplib.SMTP:
        settings, context = self._settings, ssl.create_default_context()
        is_tls = settings.smtp_security == "tls"
        connect = partial(smtplib.SMTP_SSL, context=context) if is_tls else smtplib.SMTP
        connection = connect(
            settings.smtp_host,
            settings.smtp_port,
            # Else the library asks for the name of this machine, which may take long and is nobody's business.
            local_hostname=urlsplit(settings.public_address).hostname,
            timeout=settings.channel_timeout_s,
        )
        # Closed in any case, also where signing in fails.
        self._connection = connection
        if settings.smtp_security == "starttls":
            connection.starttls(context=context)
        if settings.smtp_user:
            connection.login(settings.smtp_user, settings.smtp_password.get_secret_value())
        return connection

    def _address(self, connection: smtplib.SMTP, recipient: str) -> None:
        connection.ehlo_or_helo_if_needed()
        code, _ = connection.mail(self._settings.smtp_from)
        if code != _OK:
            raise NotSentError(DeliveryFault.SENDER_REFUSED, code, is_of_channel=True)
        code, _ = connection.rcpt(recipient)
        if code not in _RECIPIENT_TAKEN:
            raise _refused(DeliveryFault.RECIPIENT_REFUSED, code)

    def _leave(self) -> None:
        """Take leave of a server that answers."""
        if self._connection is not None:
            with suppress(smtplib.SMTPException, OSError):
                self._connection.quit()
        self._close()

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None


def _refused(fault: DeliveryFault, code: int) -> NotSentError:
    return NotSentError(fault, code, is_final=code >= _PERMANENT)


def _of_channel(error: Exception) -> NotSentError:
    """Return the fault of a connection that did not come about, or was lost before the message was handed over."""
    fault, code = DeliveryFault.UNREACHABLE, 0
    # The library tells only there why a connection was lost.
    cause = error.__context__ if isinstance(error, smtplib.SMTPServerDisconnected) else error
    if isinstance(error, smtplib.SMTPAuthenticationError):
        fault, code = DeliveryFault.SIGN_IN_REFUSED, error.smtp_code
    elif isinstance(error, smtplib.SMTPNotSupportedError | ssl.SSLError):
        fault = DeliveryFault.NOT_TRUSTED
    elif isinstance(cause, TimeoutError):
        fault = DeliveryFault.TIMEOUT
    elif isinstance(error, smtplib.SMTPResponseException):
        code = error.smtp_code
    return NotSentError(fault, code, is_of_channel=True)

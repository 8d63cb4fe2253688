"""Telegram channel of notices: messages to linked chats, and the codes with which people link theirs."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from types import TracebackType
from typing import Any, Self

import httpx2

from data.codes import DeliveryFault
from data.notices.faults import NotSentError, OutcomeUnknownError
from data.notices.kinds import NoticeFile
from data.settings import Settings

_FORBIDDEN, _TOO_MANY, _OF_SERVER = 403, 429, 500
LONGEST_CAPTION = 1024
"""Characters that the text of a message with a file may have."""
_WRONG_TOKEN = {401, 404}
_START = re.compile(r"/start ([A-Za-z0-9_-]{1,64})")
# At the most this many batches of messages to the bot are read in a run, so that nobody can keep it busy.
_MOST_BATCHES = 20
# The client would log addresses, and the address of the bot has its token.
logging.getLogger("httpx2").setLevel(logging.WARNING)


@dataclass(frozen=True)
class StartMessage:
    """Code that somebody sent to the bot from a chat."""

    chat_id: int
    code: str


class TelegramChannel:
    """Connection to the bot API of the settings."""

    def __init__(self, settings: Settings) -> None:
        token = settings.telegram_token.get_secret_value()
        self._client = httpx2.Client(
            base_url=f"{settings.telegram_url}/bot{token}/", timeout=settings.channel_timeout_s
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._client.close()

    def send(self, chat_id: int, text: str, attached: NoticeFile | None = None) -> None:
        """Send a text to a chat, with a file in the same message. Raises NotSentError, OutcomeUnknownError."""
        if attached is not None:
            self._call("sendDocument", {"chat_id": chat_id, "caption": text}, attached)
            return
        values: dict[str, Any] = {"chat_id": chat_id, "text": text, "link_preview_options": {"is_disabled": True}}
        self._call("sendMessage", values)

    def start_messages(self) -> Iterator[StartMessage]:
        """Yield the codes that were sent to the bot since the last time, each from a private chat. Raises NotSentError.

        Messages are given up at Telegram once the next ones are asked for, so one whose code could not be stored comes
        again.
        """
        offset = 0
        for _ in range(_MOST_BATCHES):
            values = {"offset": offset, "timeout": 0, "allowed_updates": ["message"]} if offset else {"timeout": 0}
            try:
                updates = self._call("getUpdates", values)
            except OutcomeUnknownError:
                raise NotSentError(DeliveryFault.TIMEOUT, is_of_channel=True) from None
            if not isinstance(updates, list) or not updates:
                return
            for update in updates:
                found = _start_message(update)
                if found is not None:
                    yield found
            offset = max(int(update["update_id"]) for update in updates) + 1

    def _call(self, method: str, values: dict[str, Any], attached: NoticeFile | None = None) -> Any:  # noqa: ANN401 - whatever the bot API answers
        try:
            if attached is None:
                response = self._client.post(method, json=values)
            else:
                document = (attached.name, attached.content, "application/pdf")
                response = self._client.post(method, data=values, files={"document": document})
        except (httpx2.ConnectTimeout, httpx2.PoolTimeout):
            raise NotSentError(DeliveryFault.TIMEOUT, is_of_channel=True) from None
        except httpx2.ConnectError:
            raise NotSentError(DeliveryFault.UNREACHABLE, is_of_channel=True) from None
        except httpx2.HTTPError:
            raise OutcomeUnknownError from None
        try:
            answer = response.json()
        except ValueError:
            answer = None
        if isinstance(answer, dict) and answer.get("ok") is True:
            return answer.get("result")
        if not isinstance(answer, dict) or answer.get("ok") is not False:
            # Not the bot API but something before it: whether the message went through it does not say.
            raise OutcomeUnknownError
        raise _refused(response.status_code, answer)


def _refused(status: int, answer: dict[str, Any]) -> NotSentError:
    if status == _FORBIDDEN:
        return NotSentError(DeliveryFault.BLOCKED, status, is_final=True)
    if status in _WRONG_TOKEN:
        return NotSentError(DeliveryFault.SIGN_IN_REFUSED, status, is_of_channel=True)
    if status == _TOO_MANY:
        parameters = answer.get("parameters")
        seconds = parameters.get("retry_after", 0) if isinstance(parameters, dict) else 0
        pause = timedelta(seconds=min(int(seconds), 86_400)) if isinstance(seconds, int) else timedelta(0)
        return NotSentError(DeliveryFault.MESSAGE_REFUSED, status, is_of_channel=True, pause=pause)
    if status >= _OF_SERVER:
        return NotSentError(DeliveryFault.UNREACHABLE, status, is_of_channel=True)
    return NotSentError(DeliveryFault.RECIPIENT_REFUSED, status, is_final=True)


def _start_message(update: dict[str, Any]) -> StartMessage | None:
    message = update.get("message")
    if not isinstance(message, dict):
        return None
    chat, text = message.get("chat"), message.get("text")
    if not isinstance(chat, dict) or chat.get("type") != "private" or not isinstance(text, str):
        return None
    found = _START.fullmatch(text.strip())
    return StartMessage(int(chat["id"]), found[1]) if found else None

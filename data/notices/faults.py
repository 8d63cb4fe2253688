"""Why a message could not be sent. What a server said in words is not kept: it may repeat a secret."""

from __future__ import annotations

from datetime import timedelta

from data.codes import DeliveryFault


class NotSentError(Exception):
    """Raised where a message certainly was not taken.

    ``reply_code`` is the number that the server answered (0: none). ``is_final``: trying again is of no use.
    ``is_of_channel``: the fault lies with the channel and not with this message, so the others would fail as well.
    ``pause`` is how long the server wants to be left alone.
    """

    def __init__(
        self,
        fault: DeliveryFault,
        reply_code: int = 0,
        *,
        is_final: bool = False,
        is_of_channel: bool = False,
        pause: timedelta = timedelta(0),
    ) -> None:
        super().__init__(f"{fault.value} {reply_code}")
        self.fault, self.reply_code = fault, reply_code
        self.is_final, self.is_of_channel, self.pause = is_final, is_of_channel, pause


class OutcomeUnknownError(Exception):
    """Raised where the message was handed over and the connection was lost before the server said what became of it."""

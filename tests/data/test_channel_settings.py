"""Settings of channels: whole or refused, and no secret on a way that others could read."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from data.settings import Settings

MAIL = {"public_address": "https://hamkor.example.uz", "smtp_host": "mail.example.uz", "smtp_from": "x@example.uz"}
BOT = {"public_address": "https://hamkor.example.uz", "telegram_bot": "hamkor_bot", "telegram_token": "1:sir"}


def test_whole_channels_are_taken() -> None:
    assert Settings(**MAIL).has_mail  # type: ignore[arg-type]
    assert Settings(**BOT).has_telegram  # type: ignore[arg-type]
    assert not Settings().has_mail
    local = {**MAIL, "smtp_host": "localhost", "smtp_security": "none", "smtp_password": "sir"}
    assert Settings(**local).has_mail  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({**MAIL, "public_address": ""}, "PUBLIC_ADDRESS"),
        ({**MAIL, "public_address": "hamkor.example.uz"}, "PUBLIC_ADDRESS"),
        ({**MAIL, "public_address": "https://hamkor.example.uz/"}, "PUBLIC_ADDRESS"),
        ({**MAIL, "public_address": "https://hamkor.example.uz>\r\nBcc: x"}, "PUBLIC_ADDRESS"),
        ({**MAIL, "smtp_from": ""}, "SMTP_FROM"),
        ({**MAIL, "smtp_from": "x@example.uz\r\nBcc: y@example.uz"}, "SMTP_FROM"),
        ({**MAIL, "smtp_security": "none", "smtp_password": "sir-soʻz"}, "SMTP_SECURITY"),
        ({**BOT, "telegram_token": ""}, "TELEGRAM_TOKEN"),
        ({**BOT, "telegram_url": "http://api.example.uz"}, "TELEGRAM_URL"),
    ],
)
def test_half_a_channel_is_refused_and_no_secret_is_told(values: dict[str, str], name: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Settings(**values)  # type: ignore[arg-type]
    assert name in str(refused.value)
    assert not any(secret in str(refused.value) for secret in ("sir-soʻz", "1:sir"))

"""Settings, read once from the environment and validated; the README describes each."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import make_url

ROOT = Path(__file__).resolve().parent.parent
DATA_FOLDER = ROOT / "var"
LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1"})
MAIL_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+")
"""An address that may stand in a header and in an order to a mail server as it is."""


def _is_private(address: str) -> bool:
    """Return whether nobody on the way to an address can read along: it is HTTPS, or on this machine."""
    url = urlsplit(address)
    return url.scheme == "https" or url.hostname in LOCAL_HOSTS


def _is_address(text: str) -> bool:
    """Return whether a text is the address of a server, with a path where it has one."""
    url = urlsplit(text)
    is_plain = text.isascii() and text.isprintable() and not re.search(r"[\s<>\"]", text)
    return is_plain and url.scheme in {"http", "https"} and bool(url.hostname) and not text.endswith("/")


class Settings(BaseSettings):
    """Settings of the operator; names are the environment variables in capitals."""

    model_config = SettingsConfigDict(env_file=ROOT / ".env", extra="ignore", frozen=True, hide_input_in_errors=True)

    database_url: str = Field(default=f"sqlite:///{DATA_FOLDER / 'hamkor.db'}", description="SQLite or PostgreSQL")
    port: int = Field(default=8501, ge=1, le=65535, description="Port the server listens on")
    public_view: bool = Field(default=False, description="Published district indicators without signing in")
    operator: str = Field(default="", max_length=200, description="Who runs this server, for sign-in and public pages")
    operator_contact: str = Field(default="", max_length=300, description="Whom to ask, for sign-in and public pages")
    open_data_requests: int = Field(
        default=120, ge=1, description="Requests for open data that one address may make in a minute"
    )
    secure_cookies: bool = Field(default=False, description="Send the session cookie over HTTPS only")
    trusted_origins: str = Field(default="", description="Further origins that may sign in, separated by commas")
    trusted_proxy: str = Field(default="", description="Addresses of proxies whose X-Forwarded headers are believed")
    session_idle_minutes: int = Field(default=60, ge=1, description="A session ends after this long without use")
    session_hours: int = Field(default=12, ge=1, description="A session ends after this long in any case")
    invitation_days: int = Field(default=7, ge=1, le=90, description="Days for which the link to a password works")
    evaluation_window_days: int = Field(default=30, ge=1, description="Days an event stays open for evaluation")
    files_dir: str = Field(default="", description="Folder of uploaded documents; empty: beside the SQLite file")
    document_mb: int = Field(default=10, ge=1, le=100, description="Largest PDF document in megabytes")
    oneid_client_id: str = Field(default="", description="Client that OneID knows this server as; empty: no OneID")
    oneid_client_secret: SecretStr = Field(default=SecretStr(""), description="Secret of that client")
    oneid_redirect_uri: str = Field(default="", description="Own address, ending with /sign-in/oneid/back")
    oneid_scope: str = Field(default="", description="Scope that OneID gave; empty: the same as the client")
    oneid_url: str = Field(
        default="https://sso.egov.uz/sso/oauth/Authorization.do", description="Address of OneID, HTTPS or this machine"
    )

    public_address: str = Field(default="", description="Own address for links in notices and calendars")
    smtp_host: str = Field(default="", description="Mail server of notices; empty: no mail")
    smtp_port: int = Field(default=587, ge=1, le=65535, description="Its port")
    smtp_security: Literal["starttls", "tls", "none"] = Field(default="starttls", description="Its encryption")
    smtp_user: str = Field(default="", description="User of the mail server; empty: no sign-in")
    smtp_password: SecretStr = Field(default=SecretStr(""), description="Password of that user")
    smtp_from: str = Field(default="", description="Sender address of notices")
    telegram_bot: str = Field(default="", description="User name of the Telegram bot of notices; empty: no Telegram")
    telegram_token: SecretStr = Field(default=SecretStr(""), description="Token of that bot")
    telegram_url: str = Field(default="https://api.telegram.org", description="Address of the bot API")
    channel_timeout_s: float = Field(default=30, gt=0, le=120, description="Seconds that a mail or bot server may take")

    @model_validator(mode="after")
    def _require_whole_channels(self) -> Self:
        """Refuse a channel without what belongs to it, and a secret that a network could read."""
        if (self.has_mail or self.has_telegram) and not self.public_address:
            raise ValueError("PUBLIC_ADDRESS is missing")
        if self.public_address and not _is_address(self.public_address):
            raise ValueError("PUBLIC_ADDRESS must be like https://hamkor.example.uz, without a slash at its end")
        if self.has_mail and not MAIL_ADDRESS.fullmatch(self.smtp_from):
            raise ValueError("SMTP_FROM must be an e-mail address")
        has_password = bool(self.smtp_password.get_secret_value())
        if has_password and self.smtp_security == "none" and self.smtp_host not in LOCAL_HOSTS:
            raise ValueError("SMTP_SECURITY must be starttls or tls where a password is sent")
        if self.has_telegram and not self.telegram_token.get_secret_value():
            raise ValueError("TELEGRAM_TOKEN is missing")
        if not _is_private(self.telegram_url):
            raise ValueError("TELEGRAM_URL must begin with https://")
        return self

    @property
    def has_mail(self) -> bool:
        """Whether notices go out by mail."""
        return bool(self.smtp_host)

    @property
    def has_telegram(self) -> bool:
        """Whether notices go out by Telegram."""
        return bool(self.telegram_bot)

    @model_validator(mode="after")
    def _require_whole_oneid(self) -> Self:
        """Refuse a OneID client without what belongs to it, and an address that a network could read."""
        if not self.oneid_client_id:
            return self
        if not self.oneid_client_secret.get_secret_value():
            raise ValueError("ONEID_CLIENT_SECRET is missing")
        if not self.oneid_redirect_uri.endswith("/sign-in/oneid/back"):
            raise ValueError("ONEID_REDIRECT_URI must end with /sign-in/oneid/back")
        if not _is_private(self.oneid_url):
            raise ValueError("ONEID_URL must begin with https://")
        return self

    @property
    def has_oneid(self) -> bool:
        """Whether people can sign in with OneID."""
        return bool(self.oneid_client_id)

    @property
    def files_folder(self) -> Path:
        """Folder of the documents, outside the web root: by default ``files`` beside the SQLite file, or in ``var``."""
        if self.files_dir:
            return Path(self.files_dir)
        url = make_url(self.database_url)
        is_file = url.get_backend_name() == "sqlite" and url.database not in {None, "", ":memory:"}
        return (Path(str(url.database)).parent if is_file else DATA_FOLDER) / "files"


@lru_cache(maxsize=1)
def get_settings() -> Settings:
    """Return the settings of this process."""
    return Settings()

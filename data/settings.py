"""Settings, read once from the environment and validated; the README describes each."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import make_url

ROOT = Path(__file__).resolve().parent.parent
DATA_FOLDER = ROOT / "var"


class Settings(BaseSettings):
    """Settings of the operator; names are the environment variables in capitals."""

    model_config = SettingsConfigDict(env_file=ROOT / ".env", extra="ignore", frozen=True)

    database_url: str = Field(default=f"sqlite:///{DATA_FOLDER / 'hamkor.db'}", description="SQLite or PostgreSQL")
    port: int = Field(default=8501, ge=1, le=65535, description="Port the server listens on")
    public_view: bool = Field(default=False, description="Published district indicators without signing in")
    secure_cookies: bool = Field(default=False, description="Send the session cookie over HTTPS only")
    trusted_origins: str = Field(default="", description="Further origins that may sign in, separated by commas")
    trusted_proxy: str = Field(default="", description="Addresses of proxies whose X-Forwarded headers are believed")
    session_idle_minutes: int = Field(default=60, ge=1, description="A session ends after this long without use")
    session_hours: int = Field(default=12, ge=1, description="A session ends after this long in any case")
    invitation_days: int = Field(default=7, ge=1, le=90, description="Days for which the link to a password works")
    evaluation_window_days: int = Field(default=30, ge=1, description="Days an event stays open for evaluation")
    files_dir: str = Field(default="", description="Folder of uploaded documents; empty: beside the SQLite file")
    document_mb: int = Field(default=10, ge=1, le=100, description="Largest PDF document in megabytes")

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

"""Starts a real server for as long as it is needed, on a free port of this machine."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx2

from data.settings import ROOT

# A busy machine takes many times as long as a quiet one.
START_SECONDS = 240
_OUR_OWN = ("DATABASE_URL", "PORT", "PUBLIC_VIEW", "SECURE_COOKIES", "TRUSTED_ORIGINS", "TRUSTED_PROXY")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(script: Path, environment: Mapping[str, str]) -> Iterator[str]:
    """Run ``python script`` in its own folder until the block ends; yields the server's URL once it answers."""
    port = free_port()
    inherited = {name: value for name, value in os.environ.items() if name not in _OUR_OWN}
    variables = {**inherited, "PYTHONPATH": str(ROOT), **environment, "PORT": str(port)}
    with tempfile.TemporaryFile("w+") as output:
        process = subprocess.Popen(
            [sys.executable, str(script)], cwd=script.parent, env=variables, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            _wait(process, f"http://localhost:{port}/_stcore/health")
            yield f"http://localhost:{port}"
        except ServerStartError:
            output.seek(0)
            raise ServerStartError(output.read()) from None
        finally:
            process.terminate()
            process.wait(timeout=30)


class ServerStartError(Exception):
    """Raised where the server ended or did not answer; the text is its output."""


def _wait(process: subprocess.Popen[bytes], address: str) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            if httpx2.get(address, timeout=2, trust_env=False).is_success:
                return
        except httpx2.TransportError:
            time.sleep(0.1)
    raise ServerStartError


def demo_database(folder: Path, *options: str) -> str:
    """Return the URL of a new SQLite database with demo data."""
    url = f"sqlite:///{folder / 'demo.db'}"
    for command in (["init"], ["demo", *options]):
        subprocess.run([sys.executable, "-m", "data", *command, "--database", url], cwd=ROOT, check=True, stdout=2)
    return url

"""Cached feed of the open data: requests a second, whole and conditional, against a plain file of the same size from
the same server and process.

The client keeps some connections open and asks on each as soon as it was answered; it and the server share the cores.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

import httpx2

from tests.bench.figures import Better, Figure, note
from tests.bench.screens import Repeats
from tests.browser.serving import serving

FEED_SERVER = Path(__file__).with_name("feed_server.py")
FILE, PEER = "/api/v1/ngos.csv", "/peer/file.csv"
CONNECTIONS, SECONDS = 16, 2.0
WANTED, AS_A_FILE = 1000, 1.0
NO_LIMIT = "1000000000"
_END, _LENGTH = b"\r\n\r\n", b"content-length:"


@dataclass(frozen=True)
class Asked:
    """A request, and the status that it is to be answered with."""

    path: str
    headers: tuple[str, ...]
    status: int

    def text(self, host: str) -> bytes:
        """Return the request as it is sent."""
        lines = [f"GET {self.path} HTTP/1.1", f"Host: {host}", "Accept-Encoding: gzip", *self.headers]
        return ("\r\n".join(lines)).encode() + _END


async def _ask(address: str, asked: Asked, until: float) -> int:
    """Ask on one connection until a moment and return how often it was answered."""
    place = urlsplit(address)
    reader, writer = await asyncio.open_connection(place.hostname, place.port)
    request, expected, count = asked.text(place.netloc), f" {asked.status} ".encode(), 0
    while time.perf_counter() < until:
        writer.write(request)
        head = await reader.readuntil(_END)
        if expected not in head[:16]:
            raise ValueError(head[:64])
        at = head.lower().find(_LENGTH)
        if at >= 0 and asked.status == 200:
            await reader.readexactly(int(head[at + len(_LENGTH) :].split(b"\r\n", 1)[0]))
        count += 1
    writer.close()
    return count


def a_second(address: str, asked: Asked, *, seconds: float = SECONDS) -> float:
    """Return the answers a second on all connections together."""

    async def every() -> int:
        until = time.perf_counter() + seconds
        return sum(await asyncio.gather(*(_ask(address, asked, until) for _ in range(CONNECTIONS))))

    return asyncio.run(every()) / seconds


def _requests(address: str, peer_file: Path) -> dict[str, tuple[Asked, Asked]]:
    """Return the pairs to measure: feed and plain file, which gets the bytes of the feed's answer."""
    with httpx2.Client(base_url=address, trust_env=False) as client:
        with client.stream("GET", FILE, headers={"Accept-Encoding": "gzip"}) as answer:
            packed, etag = b"".join(answer.iter_raw()), answer.headers["etag"]
        peer_file.write_bytes(packed)
        peer_etag = client.get(PEER).headers["etag"]
    note(f"{FILE}: {len(packed)} bytes")
    whole, same = Asked(FILE, (), 200), Asked(FILE, (f"If-None-Match: {etag}",), 304)
    return {
        "whole": (whole, Asked(PEER, (), 200)),
        "conditional": (same, Asked(PEER, (f"If-None-Match: {peer_etag}",), 304)),
    }


def feed_figures(database_url: str, repeats: Repeats) -> Iterator[Figure]:
    """Medians of requests a second, by turns, against the plain file and against what is wanted."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            "DATABASE_URL": database_url,
            "PUBLIC_VIEW": "true",
            "OPEN_DATA_REQUESTS": NO_LIMIT,
            "PEER_FOLDER": folder,
        }
        with serving(FEED_SERVER, environment) as address:
            for kind, pair in _requests(address, Path(folder) / "file.csv").items():
                taken: list[tuple[float, float]] = []
                for turn in range(repeats.loads):
                    note(f"feed, {kind}, {turn + 1} of {repeats.loads}")
                    taken.append((a_second(address, pair[0]), a_second(address, pair[1])))
                ours, peers = (median(values) for values in zip(*taken, strict=True))
                figure, unit = f"Open data, cached file, {kind}", "requests/s"
                yield Figure(
                    figure=figure,
                    value=ours,
                    unit=unit,
                    peer="plain file of the same size, same server",
                    peer_value=peers,
                    limit=AS_A_FILE,
                    better=Better.HIGHER,
                )
                yield Figure(
                    figure=figure,
                    value=ours,
                    unit=unit,
                    peer="wanted",
                    peer_value=WANTED,
                    limit=1,
                    better=Better.HIGHER,
                )

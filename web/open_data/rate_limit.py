"""Limit of requests by one address: a bucket of tokens that fills again evenly; in memory, so for each process."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from ipaddress import IPv6Address, ip_address

MINUTE_S = 60.0
# Buckets of the addresses seen last; one that is forgotten was not used for longer than the others.
KEPT_BUCKETS = 10_000
_BYTES_OF_NETWORK = 8


@lru_cache(maxsize=KEPT_BUCKETS)
def whose(address: str) -> str:
    """Return what counts as one client: an IPv4 address, or the /64 of an IPv6 one, which is one household or firm."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return found.packed[:_BYTES_OF_NETWORK].hex() if isinstance(found, IPv6Address) else address


@dataclass
class RateLimit:
    """So many requests a minute for each client, all of them at once at most."""

    requests_a_minute: int
    now: Callable[[], float] = time.monotonic
    _buckets: dict[str, tuple[float, float]] = field(default_factory=dict)

    def wait_s(self, address: str) -> float:
        """Take a token and return 0; where there is none, return the seconds until there is one."""
        client, now = whose(address), self.now()
        tokens, filled_at = self._buckets.pop(client, (float(self.requests_a_minute), now))
        a_second = self.requests_a_minute / MINUTE_S
        tokens = min(float(self.requests_a_minute), tokens + (now - filled_at) * a_second)
        is_allowed = tokens >= 1
        self._buckets[client] = (tokens - is_allowed, now)
        if len(self._buckets) > KEPT_BUCKETS:
            del self._buckets[next(iter(self._buckets))]
        return 0.0 if is_allowed else (1 - tokens) / a_second

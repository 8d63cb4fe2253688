"""Client address of a request, with or without a proxy in between.

The server listens on IPv6 with IPv4 mapped into it, so 127.0.0.1 arrives as ``::ffff:127.0.0.1``.
"""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv4Network, IPv6Address, ip_address, ip_network

from starlette.requests import Request

_BITS_BEFORE_IPV4 = 96


def address_of(request: Request) -> str:
    """Return the client's address, IPv4 unmapped; uvicorn has replaced it by a trusted proxy's X-Forwarded-For."""
    return _unmapped(request.client.host if request.client else "")


@lru_cache(maxsize=4096)
def _unmapped(host: str) -> str:
    try:
        address = ip_address(host)
    except ValueError:
        return host
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return str(mapped or address)


def trusted_addresses(setting: str) -> str:
    """Return the proxies of a setting (addresses and networks, separated by commas) in the forms in which they arrive.

    Raises ``ValueError`` for text that is neither address nor network.
    """
    forms: list[str] = []
    for text in filter(None, map(str.strip, setting.split(","))):
        network = ip_network(text)
        forms.append(str(network))
        if isinstance(network, IPv4Network):
            forms.append(f"::ffff:{network.network_address}/{_BITS_BEFORE_IPV4 + network.prefixlen}")
    return ",".join(forms)

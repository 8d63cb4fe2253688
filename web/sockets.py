"""Sends what the server writes at once: small parts of an answer do not wait for each other's receipt."""

from __future__ import annotations

import os
import socket
import stat
from contextlib import suppress
from pathlib import Path

OPEN_FILES = Path("/dev/fd")


def send_at_once(port: int) -> int:
    """Switch Nagle's algorithm off for connections to a port of this process, and return how many sockets listen there.

    Asyncio does so for sockets that name their protocol, which that of Streamlit does not. Head and body of an answer
    are two writes; the second one would wait some 40 ms for a client that delays its receipts, as Linux does on a
    connection that is kept open. Accepted connections have the option of the socket that listens.
    """
    numbers = [int(entry.name) for entry in OPEN_FILES.iterdir()] if OPEN_FILES.is_dir() else []
    return sum(_is_set(number, port) for number in numbers)


def _is_set(number: int, port: int) -> bool:
    """Set the option where an open file is a socket that listens at the port, and return whether it is."""
    with suppress(OSError):
        if not stat.S_ISSOCK(os.fstat(number).st_mode):
            return False
        with socket.socket(fileno=os.dup(number)) as found:
            if found.family not in {socket.AF_INET, socket.AF_INET6} or found.type != socket.SOCK_STREAM:
                return False
            if found.getsockname()[1] == port and found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                return True
    return False

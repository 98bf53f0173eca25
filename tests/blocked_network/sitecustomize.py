"""Block the network in this process.

`conftest.py` calls `block`; child processes find this file through PYTHONPATH, as Python runs a
module of this name when it starts.
"""

from __future__ import annotations

import os
import socket
import sys
from typing import Any

LOCAL = {"localhost", "127.0.0.1", "::1", ""}


class NetworkError(RuntimeError):
    """Somebody wanted to leave this machine."""


def _refuse(host: object) -> None:
    name = host.decode() if isinstance(host, bytes) else str(host)
    if name not in LOCAL:
        # Printed too, so that a caller which swallows the error is found out.
        sys.stderr.write(f"NETWORK BLOCKED: {name}\n")
        raise NetworkError(f"this must work without a network, but it asked for {name}")


def block() -> None:
    """Refuse connections and look-ups of anything but this machine."""
    look_up = socket.getaddrinfo

    def getaddrinfo(host: Any, *arguments: Any, **options: Any) -> Any:
        if host is not None:
            _refuse(host)
        return look_up(host, *arguments, **options)

    class Socket(socket.socket):
        def connect(self, address: Any) -> None:
            self._check(address)
            super().connect(address)

        def connect_ex(self, address: Any) -> int:
            self._check(address)
            return super().connect_ex(address)

        def _check(self, address: Any) -> None:
            if self.family in (socket.AF_INET, socket.AF_INET6):
                _refuse(address[0])

    socket.getaddrinfo = getaddrinfo
    socket.socket = Socket  # type: ignore[misc]


if os.environ.get("BLOCK_NETWORK"):
    block()

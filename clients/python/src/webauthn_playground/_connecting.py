"""From a name to a connection, in time: the standard library gives each address all of it, and a look-up any."""

from __future__ import annotations

import http.client
import io
import socket
import threading
import time
from typing import Any, List, Mapping, Optional, Tuple

from ._cancellation import Cancellation, Cancelled

#: More than a socket can be told to wait.
LONGEST_WAIT = 1_000_000.0


def left(deadline: float) -> float:
    """Seconds until a moment. Raises socket.timeout once it is past."""
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise socket.timeout
    return min(seconds, LONGEST_WAIT)


def connect(host: str, port: int, deadline: float, cancellation: Cancellation) -> socket.socket:
    """A connection to the first of a host's addresses that takes one.

    Each has its share of the time that is left, so that one which swallows everything leaves the others theirs. Raises
    OSError, of which socket.timeout is one, as the last address failed.
    """
    addresses = _addresses(host, port, deadline, cancellation)
    failed = OSError("it has no address")
    for at, (family, kind, protocol, _, address) in enumerate(addresses):
        connected: Optional[socket.socket] = None
        try:
            connected = socket.socket(family, kind, protocol)
            cancellation.watch(connected)
            connected.settimeout(left(deadline) / (len(addresses) - at))
            connected.connect(address)
            connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return connected
        except (OSError, Cancelled) as error:
            if connected is not None:
                connected.close()
            if isinstance(error, Cancelled):
                raise
            failed = error
    raise failed


def tunnel(connected: socket.socket, host: str, port: int, headers: Mapping[str, str], deadline: float) -> None:
    """Has the proxy at the other end lead on to a host. Raises OSError where it does not."""
    there = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    lines = [f"CONNECT {there} HTTP/1.1", f"Host: {there}", *(f"{name}: {value}" for name, value in headers.items())]
    connected.settimeout(left(deadline))
    connected.sendall("".join(f"{line}\r\n" for line in [*lines, ""]).encode("ascii"))
    answer = http.client.HTTPResponse(InTime(connected, deadline), method="CONNECT")  # type: ignore[arg-type]
    try:
        answer.begin()
        if not 200 <= answer.status < 300:
            raise OSError(f"the proxy answered {answer.status}")
    finally:
        answer.close()


class InTime(io.RawIOBase):
    """What comes from a socket until a moment: a server that trickles is given up as one that is silent."""

    def __init__(self, connected: socket.socket, deadline: float) -> None:
        self._socket = connected
        self._raw: Any = connected.makefile("rb", buffering=0)
        self._deadline = deadline
        self.ended = False
        """Whether the other side has said all it will. To ``http.client`` that ends headers as an empty line does."""

    def makefile(self, mode: str) -> io.BufferedReader:
        """What ``http.client`` asks a socket for."""
        return io.BufferedReader(self)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> Optional[int]:
        self._socket.settimeout(left(self._deadline))
        count: Optional[int] = self._raw.readinto(buffer)
        self.ended = self.ended or count == 0
        return count

    def close(self) -> None:
        if not self.closed:
            self._raw.close()
        super().close()


Address = Tuple[int, int, int, str, Any]


def _addresses(host: str, port: int, deadline: float, cancellation: Cancellation) -> List[Address]:
    """A look-up cannot be ended: it is left to itself, in a thread, when it takes too long."""
    found: List[Address] = []
    failed: List[Exception] = []
    done = threading.Event()

    def look_up() -> None:
        try:
            found.extend(socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            failed.append(error)
        finally:
            done.set()

    threading.Thread(target=look_up, name="webauthn_playground look-up", daemon=True).start()
    cancellation.watch(done)
    in_time = done.wait(left(deadline))
    cancellation.check()
    if not in_time:
        raise socket.timeout
    for error in failed:
        raise error
    return found

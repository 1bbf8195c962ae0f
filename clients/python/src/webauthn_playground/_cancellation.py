from __future__ import annotations

import socket
import threading
from typing import Optional


class Cancelled(Exception):
    """Nobody waits for the answer any more."""


class Cancellation:
    """Ends a call from another thread: its pause between two tries, and its wait for the server."""

    def __init__(self) -> None:
        self._event = threading.Event()
        self._lock = threading.Lock()
        self._socket: Optional[socket.socket] = None

    def cancel(self) -> None:
        self._event.set()
        with self._lock:
            if self._socket is not None:
                try:
                    self._socket.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass

    def check(self) -> None:
        if self._event.is_set():
            raise Cancelled

    def pause(self, seconds: float) -> None:
        if self._event.wait(seconds):
            raise Cancelled

    def watch(self, connected: Optional[socket.socket]) -> None:
        """From now on it is this socket that is shut down; None: none."""
        with self._lock:
            self._socket = connected
        if connected is not None:
            self.check()

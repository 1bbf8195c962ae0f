from __future__ import annotations

import socket
import threading
from typing import Optional, Union


class Cancelled(Exception):
    """Nobody waits for the answer any more."""


class Cancellation:
    """Ends a call from another thread: its pause between two tries, and its wait for the server."""

    def __init__(self) -> None:
        self._event = threading.Event()
        self._lock = threading.Lock()
        self._watched: Union[socket.socket, threading.Event, None] = None

    def cancel(self) -> None:
        self._event.set()
        with self._lock:
            if isinstance(self._watched, threading.Event):
                self._watched.set()
            elif self._watched is not None:
                try:
                    self._watched.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass

    def check(self) -> None:
        if self._event.is_set():
            raise Cancelled

    def pause(self, seconds: float) -> None:
        if self._event.wait(seconds):
            raise Cancelled

    def watch(self, waited_for: Union[socket.socket, threading.Event, None]) -> None:
        """From now on it is this socket that is shut down, or this event that is set; None: none."""
        with self._lock:
            self._watched = waited_for
        if waited_for is not None:
            self.check()

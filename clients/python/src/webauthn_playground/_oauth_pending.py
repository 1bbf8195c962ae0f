from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import Dict, Optional, Tuple

#: Seconds: longer than any sign-in takes, and than a code lives.
LIFETIME = 3600.0
MOST = 10_000


@dataclass(frozen=True)
class Pending:
    """What is kept of an authorization between its URL and its code."""

    state: str
    code_verifier: str = field(repr=False)
    client_id: str
    redirect_uri: str
    nonce: Optional[str]
    resource: Optional[str]
    """For the token endpoint, which takes one."""
    at: float = field(default_factory=time.monotonic)


class PendingAuthorizations:
    """Authorizations under way in this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._all: Dict[str, Pending] = {}

    def save(self, pending: Pending) -> None:
        with self._lock:
            self._all[pending.state] = pending
            oldest_first = list(self._all.values())
            for one in oldest_first:
                if one.at >= pending.at - LIFETIME and len(self._all) <= MOST:
                    break
                del self._all[one.state]

    def find(
        self, client_id: str, redirect_uri: str, state: Optional[str], code_verifier: Optional[str]
    ) -> Tuple[Optional[Pending], bool]:
        """The one of this state or verifier, where one is named; else the newest of the client and redirect URI, and
        whether it could be another."""
        with self._lock:
            mine = [
                one for one in self._all.values() if one.client_id == client_id and one.redirect_uri == redirect_uri
            ]
        if state is None and code_verifier is None:
            return (mine[-1] if mine else None), len(mine) > 1
        for one in mine:
            if one.state == state if state is not None else one.code_verifier == code_verifier:
                return one, False
        return None, False

    def remove(self, state: str) -> None:
        with self._lock:
            self._all.pop(state, None)

from __future__ import annotations

from typing import Optional, Sequence, Union

from .._engine import Engine
from .._members import UNSET, Moment, Unset, changes, members, path
from .._pages import Page
from .._sender import new_idempotency_key
from ..answers.keys import AllowlistVerdict, Key, KeyCreated


class Keys:
    """API keys of the caller's own environment, managed with a key that has ``keys:manage``."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def create(
        self,
        *,
        name: str,
        scopes: Sequence[str],
        type: Optional[str] = None,
        tier: Optional[str] = None,
        expires_at: Optional[Moment] = None,
        allowed_ips: Optional[Sequence[str]] = None,
        idempotency_key: Optional[str] = None,
    ) -> KeyCreated:
        """Makes a key. Its ``secret`` is in this answer and nowhere else.

        Without ``expires_at`` and ``allowed_ips`` they are those of the key that asks. The same ``idempotency_key``
        again makes nothing, and answers without the secret.
        """
        body = members(
            name=name, type=type, scopes=scopes, tier=tier, expires_at=expires_at, allowed_ips=allowed_ips
        )
        once = idempotency_key or new_idempotency_key()
        return self._engine.call(KeyCreated, "POST", "/v1/keys", body=body, once=once)

    def list(self, *, limit: Optional[int] = None, cursor: Optional[str] = None) -> Page[Key]:
        """The keys, oldest first."""
        return self._engine.list(Key, "/v1/keys", members(limit=limit, cursor=cursor))

    def read(self, id: str) -> Key:
        return self._engine.call(Key, "GET", path("/v1/keys/{}", id))

    def update(
        self,
        id: str,
        *,
        name: Union[str, Unset] = UNSET,
        scopes: Union[Sequence[str], Unset] = UNSET,
        allowed_ips: Union[Sequence[str], Unset] = UNSET,
        expires_at: Union[Moment, None, Unset] = UNSET,
    ) -> Key:
        """Changes what is named, and leaves the rest. ``expires_at=None``: it does not expire."""
        body = changes(name=name, scopes=scopes, allowed_ips=allowed_ips, expires_at=expires_at)
        return self._engine.call(Key, "PATCH", path("/v1/keys/{}", id), body=body)

    def rotate(
        self, id: str, *, overlap_seconds: Optional[int] = None, idempotency_key: Optional[str] = None
    ) -> KeyCreated:
        """Makes the key's successor; the key itself works on for the overlap, a day unless told."""
        body = members(overlap_seconds=overlap_seconds)
        once = idempotency_key or new_idempotency_key()
        return self._engine.call(KeyCreated, "POST", path("/v1/keys/{}/rotate", id), body=body, once=once)

    def revoke(self, id: str) -> Key:
        """Ends the key; a second time changes nothing."""
        return self._engine.call(Key, "POST", path("/v1/keys/{}/revoke", id), repeatable=True)

    def test_address(self, id: str, ip: str) -> AllowlistVerdict:
        """Whether an address would pass the key's allowlist, and why."""
        where = path("/v1/keys/{}/allowlist/test", id)
        return self._engine.call(AllowlistVerdict, "POST", where, body={"ip": ip}, repeatable=True)

from __future__ import annotations

from typing import Optional, Sequence, Union

from .._engine import AsyncEngine
from .._members import UNSET, Moment, Unset, changes, members, path
from .._pages import AsyncPages
from .._sender import new_idempotency_key
from ..answers.keys import AllowlistVerdict, Key, KeyCreated


class AsyncKeys:
    """API keys of the caller's own environment, managed with a key that has ``keys:manage``."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def create(
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
        return await self._engine.call(KeyCreated, "POST", "/v1/keys", body=body, once=once)

    def list(self, *, limit: Optional[int] = None, cursor: Optional[str] = None) -> AsyncPages[Key]:
        """The keys, oldest first."""
        return self._engine.list(Key, "/v1/keys", members(limit=limit, cursor=cursor))

    async def read(self, id: str) -> Key:
        return await self._engine.call(Key, "GET", path("/v1/keys/{}", id))

    async def update(
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
        return await self._engine.call(Key, "PATCH", path("/v1/keys/{}", id), body=body)

    async def rotate(
        self, id: str, *, overlap_seconds: Optional[int] = None, idempotency_key: Optional[str] = None
    ) -> KeyCreated:
        """Makes the key's successor; the key itself works on for the overlap, a day unless told."""
        body = members(overlap_seconds=overlap_seconds)
        once = idempotency_key or new_idempotency_key()
        return await self._engine.call(KeyCreated, "POST", path("/v1/keys/{}/rotate", id), body=body, once=once)

    async def revoke(self, id: str) -> Key:
        """Ends the key; a second time changes nothing."""
        return await self._engine.call(Key, "POST", path("/v1/keys/{}/revoke", id), repeatable=True)

    async def test_address(self, id: str, ip: str) -> AllowlistVerdict:
        """Whether an address would pass the key's allowlist, and why."""
        where = path("/v1/keys/{}/allowlist/test", id)
        return await self._engine.call(AllowlistVerdict, "POST", where, body={"ip": ip}, repeatable=True)

from __future__ import annotations

from typing import Any, Mapping, Optional

from .._engine import AsyncEngine
from .._members import members, path
from ..answers.hand_offs import HandOff, HandOffCreated, HandOffTaken


class AsyncHandOffs:
    """A test key for a phone in the room, by a code that is good once."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def create(
        self,
        *,
        username: Optional[str] = None,
        options: Optional[Mapping[str, Any]] = None,
        replaces: Optional[str] = None,
    ) -> HandOffCreated:
        """Makes a one-time code with this client's test key; its ``url`` is for the phone.

        One that it replaces, by id, ends.
        """
        body = members(username=username, options=options, replaces=replaces)
        return await self._engine.call(HandOffCreated, "POST", "/v1/hand-offs", body=body)

    async def read(self, id: str) -> HandOff:
        """Whether a code was taken."""
        return await self._engine.call(HandOff, "GET", path("/v1/hand-offs/{}", id))

    async def take(self, code: str) -> HandOffTaken:
        """Takes what a code stands for, once, and needs no key."""
        return await self._engine.call(HandOffTaken, "POST", "/v1/hand-offs/take", body={"code": code})

from __future__ import annotations

from typing import Any, Mapping, Optional

from .._engine import AsyncEngine
from .._members import path
from .._sender import new_idempotency_key
from ..answers.approvals import ApprovalCreated, ApprovalState


class AsyncApprovals:
    """What an OAuth app asks the user of its access token to approve."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def create(self, *, action: Mapping[str, Any], idempotency_key: Optional[str] = None) -> ApprovalCreated:
        """Asks; the app takes its user to ``url``. ``action`` is as on the wire: ``{"type": "mpc.sign", "keyId": …}``."""
        once = idempotency_key or new_idempotency_key()
        return await self._engine.call(ApprovalCreated, "POST", "/v1/approvals", body={"action": action}, once=once)

    async def read(self, id: str) -> ApprovalState:
        """How far it is. The first answer that says ``approved`` has the approval, and is not asked for twice."""
        return await self._engine.call(ApprovalState, "GET", path("/v1/approvals/{}", id), repeatable=False)

from __future__ import annotations

from typing import Any, Mapping

from .._engine import AsyncEngine
from .._members import path
from ..answers.approvals import ApprovalCreated, ApprovalState


class AsyncApprovals:
    """What an OAuth app asks the user of its access token to approve."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def create(self, *, action: Mapping[str, Any]) -> ApprovalCreated:
        """Asks; the app takes its user to ``url``. ``action`` is as on the wire: ``{"type": "mpc.sign", "keyId": …}``."""
        return await self._engine.call(ApprovalCreated, "POST", "/v1/approvals", body={"action": action})

    async def read(self, id: str) -> ApprovalState:
        """How far it is. The first answer that says ``approved`` has the approval, and is not asked for twice."""
        return await self._engine.call(ApprovalState, "GET", path("/v1/approvals/{}", id), repeatable=False)

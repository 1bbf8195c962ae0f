from __future__ import annotations

from typing import Any, Optional

from .._engine import AsyncEngine
from .._members import members, path
from .._pages import AsyncPages
from .._sender import new_idempotency_key
from ..answers.skills import Skill, SkillExecuted, SkillRun


class AsyncRuns:
    """Executions of the key's environment."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    def list(
        self, *, skill_id: Optional[str] = None, limit: Optional[int] = None, cursor: Optional[str] = None
    ) -> AsyncPages[SkillRun]:
        """Those of late, newest first, without their output."""
        query = members(skill_id=skill_id, limit=limit, cursor=cursor)
        return self._engine.list(SkillRun, "/v1/skills/runs", query)

    async def get(self, id: str) -> SkillRun:
        return await self._engine.call(SkillRun, "GET", path("/v1/skills/runs/{}", id))


class AsyncSkills:
    """What can be executed: built in, or a tenant's own."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self.runs = AsyncRuns(engine)

    def list(self, *, limit: Optional[int] = None, cursor: Optional[str] = None) -> AsyncPages[Skill]:
        return self._engine.list(Skill, "/v1/skills", members(limit=limit, cursor=cursor))

    async def get(self, id: str) -> Skill:
        return await self._engine.call(Skill, "GET", path("/v1/skills/{}", id))

    async def execute(
        self, *, skill_id: str, input: Any, idempotency_key: Optional[str] = None
    ) -> SkillExecuted:
        """Executes a skill, and waits for its output. The same ``idempotency_key`` again answers the same run.

        A live execution is charged once it has succeeded; a test one never.
        """
        body = {"skill_id": skill_id, "input": input}
        once = idempotency_key or new_idempotency_key()
        return await self._engine.call(SkillExecuted, "POST", "/v1/skills/execute", body=body, once=once)

from __future__ import annotations

from typing import Any, Optional

from .._engine import Engine
from .._members import members, path
from .._pages import Page
from .._sender import new_idempotency_key
from ..answers.skills import Skill, SkillExecuted, SkillRun


class Runs:
    """Executions of the key's environment."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def list(
        self, *, skill_id: Optional[str] = None, limit: Optional[int] = None, cursor: Optional[str] = None
    ) -> Page[SkillRun]:
        """Those of late, newest first, without their output."""
        query = members(skill_id=skill_id, limit=limit, cursor=cursor)
        return self._engine.list(SkillRun, "/v1/skills/runs", query)

    def get(self, id: str) -> SkillRun:
        return self._engine.call(SkillRun, "GET", path("/v1/skills/runs/{}", id))


class Skills:
    """What can be executed: built in, or a tenant's own."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.runs = Runs(engine)

    def list(self, *, limit: Optional[int] = None, cursor: Optional[str] = None) -> Page[Skill]:
        return self._engine.list(Skill, "/v1/skills", members(limit=limit, cursor=cursor))

    def get(self, id: str) -> Skill:
        return self._engine.call(Skill, "GET", path("/v1/skills/{}", id))

    def execute(
        self, *, skill_id: str, input: Any, idempotency_key: Optional[str] = None
    ) -> SkillExecuted:
        """Executes a skill, and waits for its output. The same ``idempotency_key`` again answers the same run.

        A live execution is charged once it has succeeded; a test one never.
        """
        body = {"skill_id": skill_id, "input": input}
        once = idempotency_key or new_idempotency_key()
        return self._engine.call(SkillExecuted, "POST", "/v1/skills/execute", body=body, once=once)

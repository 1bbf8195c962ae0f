from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Dict, Optional

from ._answer import Answer
from .account import Money


@dataclass(frozen=True)
class Skill(Answer):
    """A skill, as those who execute it see it."""

    id: str
    name: str
    description: str
    version: str
    """A new one with each change of what goes in or comes out."""
    kind: str
    """``built_in``: this server does it. ``remote``: an endpoint of the tenant's own does."""
    input_schema: Dict[str, Any]
    """JSON Schema 2020-12, as is ``output_schema``."""
    output_schema: Dict[str, Any]
    price: Money
    """What a live execution costs that succeeds."""


@dataclass(frozen=True)
class SkillExecuted(Answer):
    """A run that succeeded, with what came out."""

    id: str
    skill_id: str
    output: Any
    """By the skill's ``output_schema``; None for a repeat after the output's time has passed."""
    environment: str
    """``test`` or ``live``."""
    cost: Money
    duration_ms: int


@dataclass(frozen=True)
class SkillInput(Answer):
    bytes: int
    sha256: str


@dataclass(frozen=True)
class SkillFailure(Answer):
    code: str
    """``skill_failed`` or ``skill_timeout``."""
    reason: str
    detail: str


@dataclass(frozen=True)
class SkillRun(Answer):
    """A run, whatever became of it."""

    id: str
    skill_id: str
    skill_version: str
    environment: str
    status: str
    """``running``, ``succeeded`` or ``failed``."""
    cost: Money
    started_at: datetime
    finished_at: Optional[datetime]
    duration_ms: Optional[int]
    input: SkillInput
    """Of what went in only size and hash are kept."""
    output: Any
    """Kept for 24 hours, and not in lists."""
    error: Optional[SkillFailure]
    """Of one that failed."""

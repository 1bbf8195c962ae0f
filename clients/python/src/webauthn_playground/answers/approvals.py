from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Optional

from ._answer import Answer


@dataclass(frozen=True)
class ApprovalCreated(Answer):
    id: str
    url: str
    """Where the app takes its user."""
    expires_at: datetime


@dataclass(frozen=True)
class ApprovalState(Answer):
    status: str
    """``pending``, ``approved``, ``declined`` or ``expired``."""
    approval: Optional[str] = field(repr=False)
    """The JWT, with the first answer that says ``approved``, and never again."""

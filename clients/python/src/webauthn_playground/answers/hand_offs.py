from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Dict, List, Optional

from ._answer import Answer
from .passkeys import TenantName


@dataclass(frozen=True)
class HandOffCreated(Answer):
    id: str
    url: str = field(repr=False)
    """What the phone opens, within five minutes; the code stands behind its ``#``."""
    expires_at: datetime


@dataclass(frozen=True)
class HandOff(Answer):
    """How far a hand-off is."""

    id: str
    status: str
    """``open``, ``taken``, ``expired`` or ``ended`` (its key works no more, or another was made in its place)."""
    expires_at: datetime
    taken_at: Optional[datetime]


@dataclass(frozen=True)
class HandedKey(Answer):
    """A test key that was just handed on."""

    id: str
    secret: str = field(repr=False)
    """The key itself, here and nowhere else."""
    hint: str
    scopes: List[str]
    expires_at: datetime


@dataclass(frozen=True)
class HandOffOptions(Answer):
    """The options of both ceremonies, under WebAuthn's names."""

    registration: Optional[Dict[str, Any]]
    authentication: Optional[Dict[str, Any]]


@dataclass(frozen=True)
class HandOffTaken(Answer):
    """A key of its own for the phone, and what it begins with."""

    tenant: TenantName
    key: HandedKey
    username: Optional[str]
    options: Optional[HandOffOptions]

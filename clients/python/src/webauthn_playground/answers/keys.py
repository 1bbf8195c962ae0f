from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import List, Optional

from ._answer import Answer


@dataclass(frozen=True)
class Rotation(Answer):
    """How far a rotation has come."""

    successor_id: str
    state: str
    """``created``, ``deployed``, ``verified`` (the predecessor is safe to revoke) or ``ended``."""


@dataclass(frozen=True)
class Key(Answer):
    """An API key's metadata: all that is ever shown of it after its making."""

    id: str
    name: str
    type: str
    """``test`` or ``live``."""
    hint: str
    scopes: List[str]
    tier: str
    """``standard`` or ``enterprise``."""
    allowed_ips: List[str]
    """Addresses and CIDRs that may use it; none: any address may."""
    created_at: datetime
    expires_at: Optional[datetime]
    revoked_at: Optional[datetime]
    last_used_at: Optional[datetime]
    status: str
    """``active``, ``expired`` or ``revoked``."""
    predecessor_id: Optional[str]
    """The key that this one replaces."""
    rotation: Optional[Rotation]
    """The newest key that replaces this one, and how far that has come."""
    held_to: Optional[str]
    """The tier that the tenant's ceiling holds it to, where that is lower."""


@dataclass(frozen=True)
class KeyCreated(Key):
    """A key that was just made."""

    secret: Optional[str] = field(repr=False)
    """The key itself, here and nowhere else. None where a repeated request gets the same key again."""


@dataclass(frozen=True)
class AllowlistVerdict(Answer):
    """Whether an address would pass a key's allowlist, and why."""

    ip: str
    allowed: bool
    match: Optional[str]
    """The entry that lets it pass."""
    reason: str

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import List, Optional

from ._answer import Answer


@dataclass(frozen=True)
class TenantIdentity(Answer):
    id: str
    name: str
    slug: str


@dataclass(frozen=True)
class KeyOfCaller(Answer):
    id: str
    name: str
    type: str
    hint: str
    scopes: List[str]
    tier: str
    expires_at: Optional[datetime]


@dataclass(frozen=True)
class OAuthClientOfCaller(Answer):
    id: str
    name: str
    scopes: List[str]


@dataclass(frozen=True)
class UserOfCaller(Answer):
    id: str
    username: str


@dataclass(frozen=True)
class Branding(Answer):
    name: Optional[str]
    color: Optional[str]
    logo_url: Optional[str]


@dataclass(frozen=True)
class RelyingParty(Answer):
    id: str
    name: str
    origins: List[str]


@dataclass(frozen=True)
class Limits(Answer):
    requests_per_minute: int
    concurrent: int


@dataclass(frozen=True)
class Tenant(Answer):
    """Who the caller's key or token speaks for, and what it may do."""

    tenant: TenantIdentity
    environment: str
    """``test`` or ``live``."""
    key: Optional[KeyOfCaller]
    """None where the caller came with an access token."""
    client: Optional[OAuthClientOfCaller]
    """With an access token: the client that it was issued to, and what it may do."""
    user: Optional[UserOfCaller]
    """With one that acts for a user: who that is."""
    branding: Optional[Branding]
    """How pages show the tenant, where it chose that."""
    relying_party: RelyingParty
    limits: Limits

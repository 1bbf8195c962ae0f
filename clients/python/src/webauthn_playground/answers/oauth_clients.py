from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import List, Optional

from ._answer import Answer


@dataclass(frozen=True)
class ClientSecret(Answer):
    """A client's secret as it is shown after its making."""

    id: str
    hint: str
    created_at: datetime


@dataclass(frozen=True)
class ClientSecretCreated(ClientSecret):
    client_secret: Optional[str] = field(repr=False)
    """The secret itself, here and nowhere else. None where the same Idempotency-Key made it before."""


@dataclass(frozen=True)
class OAuthClient(Answer):
    client_id: str
    name: str
    type: str
    """``public`` or ``confidential``."""
    environment: str
    redirect_uris: List[str]
    post_logout_redirect_uris: Optional[List[str]]
    """None: the redirect URIs."""
    scopes: List[str]
    optional_scopes: List[str]
    """Those of them that a user may leave out."""
    grants: List[str]
    dpop_required: bool
    logo_url: Optional[str]
    created_at: datetime
    secrets: List[ClientSecret]
    """Of a confidential client: those that work, at most two, oldest first."""


@dataclass(frozen=True)
class OAuthClientCreated(OAuthClient):
    client_secret: Optional[str] = field(repr=False)
    """Of a confidential client, here and nowhere else. None where a repeated request gets the same client again."""

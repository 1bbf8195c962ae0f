from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Dict, List, Optional

from ._answer import Answer


@dataclass(frozen=True)
class User(Answer):
    id: str
    username: str
    display_name: str


@dataclass(frozen=True)
class Attestation(Answer):
    format: str
    trusted: bool
    """True only where a known root vouches for the authenticator, and nothing is reported against its model."""
    source: Optional[str]
    """What knew that root: ``fido-metadata``, ``trust-anchor`` or ``built-in``."""
    root: Optional[str]
    """That root's subject."""
    status: List[str]
    """What FIDO's metadata reported of the model when the passkey was registered."""
    description: Optional[str]
    """What FIDO's metadata called the model then."""


@dataclass(frozen=True)
class Passkey(Answer):
    """A stored passkey."""

    id: str
    credential_id: str
    name: str
    aaguid: str
    provider: Optional[str]
    device_type: str
    """``singleDevice`` or ``multiDevice``."""
    backed_up: bool
    transports: List[str]
    algorithm: int
    """A COSE number."""
    attestation: Attestation
    sign_count: int
    created_at: datetime
    last_used_at: Optional[datetime]


@dataclass(frozen=True)
class Check(Answer):
    """One verification step of WebAuthn §7.1 or §7.2, as the server evaluated it."""

    id: str
    title: str
    spec: str
    """The step's address in the specification."""
    step: Optional[str]
    outcome: str
    """``pass``, ``fail`` or ``skipped``."""
    expected: str
    actual: str


@dataclass(frozen=True)
class RegisterBegun(Answer):
    ceremony_id: str
    expires_at: datetime
    public_key: Dict[str, Any]
    """PublicKeyCredentialCreationOptionsJSON, for the browser, in the names of WebAuthn."""


@dataclass(frozen=True)
class RegisterFinished(Answer):
    user: User
    passkey: Passkey
    checks: List[Check]


@dataclass(frozen=True)
class AuthenticateBegun(Answer):
    ceremony_id: str
    expires_at: datetime
    notes: Optional[List[str]]
    """In a test environment: what will stand in the way at the end."""
    public_key: Dict[str, Any]
    """PublicKeyCredentialRequestOptionsJSON, for the browser, in the names of WebAuthn."""


@dataclass(frozen=True)
class TenantName(Answer):
    id: str
    name: str


@dataclass(frozen=True)
class AuthenticateFinished(Answer):
    token: str = field(repr=False)
    """The user's token: a JWT with the tenant's metadata."""
    token_type: str
    expires_in: int
    """Seconds."""
    user: User
    passkey: Passkey
    tenant: TenantName
    checks: List[Check]


@dataclass(frozen=True)
class ApprovalFinished(Answer):
    """How an authentication ends that was begun with an action: with an approval, and no token."""

    approval: str = field(repr=False)
    """A JWT of the type ``approval+jwt``, for exactly that action."""
    expires_in: int
    """Seconds."""
    user: User
    passkey: Passkey
    checks: List[Check]

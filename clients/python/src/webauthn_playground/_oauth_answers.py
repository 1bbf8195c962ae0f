from __future__ import annotations

from dataclasses import dataclass, field
from typing import Optional

from .answers._answer import Answer


@dataclass(frozen=True)
class Authorization:
    """Where to send the user, and what to keep in their session until they come back."""

    url: str
    state: str
    code_verifier: str = field(repr=False)
    nonce: Optional[str] = None


@dataclass(frozen=True)
class Callback:
    """What the user came back with."""

    code: str = field(repr=False)
    state: str
    iss: Optional[str]


@dataclass(frozen=True)
class TokenAnswer(Answer):
    access_token: str = field(repr=False, metadata={"wire": "access_token"})
    token_type: str = field(metadata={"wire": "token_type"})
    expires_in: Optional[int] = field(metadata={"wire": "expires_in"})
    """Seconds."""
    refresh_token: Optional[str] = field(repr=False, metadata={"wire": "refresh_token"})
    id_token: Optional[str] = field(repr=False, metadata={"wire": "id_token"})
    """Its issuer, audience, nonce and time were checked; that its signature is, too, is for a JWT library."""
    scope: Optional[str]
    """What was granted, which may be less than was asked for."""


@dataclass(frozen=True)
class DeviceAuthorization(Answer):
    """The codes of a device (RFC 8628 §3.2)."""

    device_code: str = field(repr=False, metadata={"wire": "device_code"})
    """The device keeps it to itself."""
    user_code: str = field(metadata={"wire": "user_code"})
    verification_uri: str = field(metadata={"wire": "verification_uri"})
    """Where the person enters the code."""
    verification_uri_complete: Optional[str] = field(metadata={"wire": "verification_uri_complete"})
    """Where it is entered already."""
    expires_in: int = field(metadata={"wire": "expires_in"})
    """Seconds."""
    interval: int
    """Seconds between two questions, at least."""


@dataclass(frozen=True)
class Introspection(Answer):
    """What the server says of a token."""

    active: bool
    scope: Optional[str]
    client_id: Optional[str] = field(metadata={"wire": "client_id"})
    sub: Optional[str]
    exp: Optional[int]


@dataclass(frozen=True)
class UserInfo(Answer):
    sub: str
    name: Optional[str]
    preferred_username: Optional[str] = field(metadata={"wire": "preferred_username"})

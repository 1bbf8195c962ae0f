from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Optional

from ._answer import Answer


@dataclass(frozen=True)
class LogKey(Answer):
    """The API key that asked; names are those of now."""

    id: str
    name: Optional[str]
    hint: Optional[str]


@dataclass(frozen=True)
class LogClient(Answer):
    """The OAuth client that asked."""

    id: str
    name: Optional[str]


@dataclass(frozen=True)
class LogUser(Answer):
    """Whom a request was about."""

    id: Optional[str]
    username: Optional[str]


@dataclass(frozen=True)
class LogLimit(Answer):
    """How many requests a minute has, and how many this one left of them."""

    requests: int
    left: int


@dataclass(frozen=True)
class LogChecks(Answer):
    """How many checks failed, and of how many."""

    failed: int
    total: int


@dataclass(frozen=True)
class LogEntry(Answer):
    """A request, as it is in the log."""

    request_id: str
    at: datetime
    """When it began."""
    operation: Optional[str]
    method: str
    path: str
    status: int
    code: Optional[str]
    """Of a refusal."""
    reason: Optional[str]
    """The first check that failed, else the code."""
    detail: Optional[str]
    expected: Optional[str]
    actual: Optional[str]
    key: Optional[LogKey]
    client: Optional[LogClient]
    user: Optional[LogUser]
    address: Optional[str]
    milliseconds: float
    request_bytes: Optional[int]
    """Of the body that came, as its length was told."""
    limit: Optional[LogLimit]
    checks: Optional[LogChecks]
    """Of a credential that did not verify."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Dict, List, Optional

from ._answer import Answer


@dataclass(frozen=True)
class Webhook(Answer):
    """An endpoint that is told of events."""

    id: str
    url: str
    events: List[str]
    description: str
    enabled: bool
    disabled_reason: Optional[str]
    """Why the server turned it off: ``gone`` (it answered 410) or ``failing`` (an event was given up, and nothing arrived for
    five days)."""
    disabled_at: Optional[datetime]
    failing_since: Optional[datetime]
    """Since when nothing arrived; None: the last attempt did, or there was none."""
    secret_hint: str
    """The end of the signing secret, to know it by."""
    previous_secret_until: Optional[datetime]
    """Until when the secret before the last rotation signs, too."""
    public_key: str
    """``whpk_…``: verifies the signatures ``v1a`` (Ed25519)."""
    created_by: str
    created_at: datetime


@dataclass(frozen=True)
class WebhookCreated(Webhook):
    """An endpoint that was just made."""

    secret: Optional[str] = field(repr=False)
    """``whsec_…``, here and nowhere else. None where a repeated request gets the same endpoint again."""


@dataclass(frozen=True)
class WebhookSecret(Webhook):
    """An endpoint with a new secret."""

    secret: Optional[str] = field(repr=False)
    """``whsec_…``, here and nowhere else. None where the same Idempotency-Key made it before."""


@dataclass(frozen=True)
class WebhookPayload(Answer):
    """What is sent: the body of each call."""

    type: str
    timestamp: datetime
    data: Dict[str, Any]


@dataclass(frozen=True)
class Attempt(Answer):
    """An attempt to deliver, as it was. It never changes."""

    number: int
    at: datetime
    milliseconds: int
    status: Optional[int]
    """The status of the answer; None where none came."""
    failure: Optional[str]
    """``timeout``, ``refused``, ``tls``, ``dns``, ``blocked_address``, ``redirect``, ``status`` or ``internal`` (the server could
    not make the request); None: it arrived."""
    words: Optional[str]
    """The failure in words."""
    request_headers: Dict[str, str]
    answer: str
    """The first 4 kB of it."""
    answer_truncated: bool


@dataclass(frozen=True)
class Delivery(Answer):
    """One event on its way to one endpoint."""

    id: str
    webhook_id: str
    event_id: str
    """``webhook-id`` of every attempt: receivers know an event again by it."""
    type: str
    subject: Optional[str]
    """Whom or what the event is about, by name."""
    test: bool
    status: str
    """``pending``, ``delivered`` or ``failed`` (no further attempt is planned)."""
    attempts: int
    last_attempt_at: Optional[datetime]
    last_status: Optional[int]
    last_failure: Optional[str]
    last_milliseconds: Optional[int]
    next_attempt_at: Optional[datetime]
    """``None`` where none is planned: it has ended, is under way, or its endpoint is off."""
    created_at: datetime


@dataclass(frozen=True)
class DeliveryDetail(Delivery):
    """A delivery with what is sent, and every attempt, oldest first."""

    payload: WebhookPayload
    tries: List[Attempt]


@dataclass(frozen=True)
class Recovered(Answer):
    recovered: int
    """So many deliveries are under way again."""
    more: bool
    """Whether there are others yet: recover again."""


@dataclass(frozen=True)
class EventType(Answer):
    type: str
    description: str
    schema: Dict[str, Any]
    """JSON Schema 2020-12 of ``data``."""
    example: WebhookPayload

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Dict, List, Mapping, Sequence, Tuple, Type, TypeVar, Union

from ._errors import WebhookVerificationError
from .answers._answer import Answer, NotAsPromised, decode

#: Seconds that a request may have been under way, or a clock be wrong.
TOLERANCE = 300


@dataclass(frozen=True)
class WebhookEvent(Answer):
    """Something that happened. ``id`` is the same however often it is told."""

    id: str
    type: str
    timestamp: datetime
    data: Dict[str, Any]
    """As on the wire, by the event's type."""

    @property
    def test(self) -> bool:
        """Whether somebody sent it as a test: nothing of the kind happened, and its data are an example's. Signed, as the id is."""
        return self.id.startswith("msg_test_")


@dataclass(frozen=True)
class SkillCallTenant(Answer):
    """Whose skill it is."""

    id: str
    name: str


@dataclass(frozen=True)
class SkillCall(Answer):
    """What a skill's endpoint is asked to do."""

    run_id: str
    """The same as the call's ``webhook-id``."""
    skill_id: str
    environment: str
    """``test`` or ``live``."""
    tenant: SkillCallTenant
    input: Any
    """Of the skill's input schema: the server calls with no other."""


T = TypeVar("T", bound=Answer)


def verify_webhook(
    headers: Mapping[str, str], body: Union[bytes, str], secret: Union[str, Sequence[str]]
) -> WebhookEvent:
    """The event of a webhook's request, once its signature is known to be the server's and its time to be now.

    ``body`` is the request's, byte for byte: parsed and written again it is another one. ``secret`` is the endpoint's
    (``whsec_…``), or several, of which one is enough. The server goes on for a day signing with the one before, too.

    Raises WebhookVerificationError; ValueError for a secret that is none.

    @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
    """
    id, payload = _signed(headers, body, secret)
    return _read(WebhookEvent, payload, "The body is no event.", id=id)


def verify_skill_call(
    headers: Mapping[str, str], body: Union[bytes, str], secret: Union[str, Sequence[str]]
) -> SkillCall:
    """What the call of a skill's endpoint asks for, once it is known to be the server's, as a webhook's request is.

    Raises WebhookVerificationError; ValueError for a secret that is none.
    """
    _, payload = _signed(headers, body, secret)
    refusal = "The body is no call of a skill."
    call = _read(SkillCall, payload, refusal)
    # It may be null, and is not left out.
    if "input" not in call.raw:
        raise WebhookVerificationError(refusal)
    return call


def _signed(
    headers: Mapping[str, str], body: Union[bytes, str], secret: Union[str, Sequence[str]]
) -> Tuple[str, bytes]:
    """The id and the body of a request that one of these secrets signed, and not long ago."""
    keys = [_key_of(one) for one in ([secret] if isinstance(secret, str) else secret)]
    if not keys:
        raise ValueError("There is no secret.")
    said = {name.lower(): value for name, value in headers.items()}
    id, timestamp, signature = (said.get(f"webhook-{name}", "") for name in ("id", "timestamp", "signature"))
    if not id or not timestamp or not signature:
        raise WebhookVerificationError("webhook-id, webhook-timestamp or webhook-signature is missing.")
    payload = body.encode() if isinstance(body, str) else bytes(body)
    _check_time(timestamp)
    signed = f"{id}.{timestamp}.".encode() + payload
    ours = [base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()) for key in keys]
    theirs = [part[3:].encode() for part in signature.split(" ") if part.startswith("v1,")]
    # Each is compared with each, so that how long it takes says nothing.
    if not any([hmac.compare_digest(one, other) for one in ours for other in theirs]):
        raise WebhookVerificationError("No signature is of this secret.")
    return id, payload


def _key_of(secret: str) -> bytes:
    if secret.startswith("whpk_"):
        raise ValueError("A whpk_ is a public key of Ed25519, which the standard library cannot verify: use the whsec_.")
    if not secret.startswith("whsec_"):
        raise ValueError("The secret of a webhook starts with whsec_.")
    key = b""
    try:
        key = base64.b64decode(secret[len("whsec_") :], validate=True)
    except (binascii.Error, ValueError):
        pass
    if not key:
        raise ValueError("The secret of a webhook is whsec_ and base64.")
    return key


def _check_time(timestamp: str) -> None:
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) < 13):
        raise WebhookVerificationError("webhook-timestamp is no number of seconds.")
    age = time.time() - int(timestamp)
    if abs(age) > TOLERANCE:
        raise WebhookVerificationError(f"It was sent more than five minutes {'ago' if age > 0 else 'from now'}.")


def _read(kind: Type[T], payload: bytes, refusal: str, **known: str) -> T:
    found: List[T] = []
    try:
        found.append(decode(kind, {**json.loads(payload), **known}))
    except (ValueError, TypeError, RecursionError, NotAsPromised):
        pass
    if not found:
        raise WebhookVerificationError(refusal)
    return found[0]

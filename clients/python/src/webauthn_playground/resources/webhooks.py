from __future__ import annotations

from typing import Optional, Sequence, Union

from .._engine import Engine
from .._members import UNSET, Moment, Unset, changes, members, path
from .._pages import Page
from .._sender import new_idempotency_key
from ..answers.webhooks import (
    Delivery,
    DeliveryDetail,
    EventType,
    Recovered,
    Webhook,
    WebhookCreated,
    WebhookSecret,
)


class Deliveries:
    """Events on their way to endpoints."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def list(
        self,
        webhook_id: str,
        *,
        status: Optional[str] = None,
        limit: Optional[int] = None,
        cursor: Optional[str] = None,
    ) -> Page[Delivery]:
        """Those to one endpoint, newest first."""
        query = members(status=status, limit=limit, cursor=cursor)
        return self._engine.list(Delivery, path("/v1/webhooks/{}/deliveries", webhook_id), query)

    def read(self, id: str) -> DeliveryDetail:
        """One of them, with what is sent and every attempt."""
        return self._engine.call(DeliveryDetail, "GET", path("/v1/webhooks/deliveries/{}", id))

    def resend(self, id: str) -> DeliveryDetail:
        """Sends it again, now."""
        where = path("/v1/webhooks/deliveries/{}/resend", id)
        return self._engine.call(DeliveryDetail, "POST", where, repeatable=True)


class Webhooks:
    """Endpoints that are told of events. `verify_webhook` is for what they get."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.deliveries = Deliveries(engine)

    def create(
        self,
        *,
        url: str,
        events: Sequence[str],
        description: Optional[str] = None,
        enabled: Optional[bool] = None,
        idempotency_key: Optional[str] = None,
    ) -> WebhookCreated:
        """Makes an endpoint. Its ``secret`` is in this answer and nowhere else."""
        body = members(url=url, events=events, description=description, enabled=enabled)
        once = idempotency_key or new_idempotency_key()
        return self._engine.call(WebhookCreated, "POST", "/v1/webhooks", body=body, once=once)

    def list(self, *, limit: Optional[int] = None, cursor: Optional[str] = None) -> Page[Webhook]:
        return self._engine.list(Webhook, "/v1/webhooks", members(limit=limit, cursor=cursor))

    def read(self, id: str) -> Webhook:
        return self._engine.call(Webhook, "GET", path("/v1/webhooks/{}", id))

    def update(
        self,
        id: str,
        *,
        url: Union[str, Unset] = UNSET,
        events: Union[Sequence[str], Unset] = UNSET,
        description: Union[str, Unset] = UNSET,
        enabled: Union[bool, Unset] = UNSET,
    ) -> Webhook:
        """Changes what is named, and leaves the rest. ``enabled=True`` turns on again what was turned off."""
        body = changes(url=url, events=events, description=description, enabled=enabled)
        return self._engine.call(Webhook, "PATCH", path("/v1/webhooks/{}", id), body=body)

    def delete(self, id: str) -> None:
        self._engine.tell("DELETE", path("/v1/webhooks/{}", id))

    def rotate_secret(self, id: str, *, idempotency_key: Optional[str] = None) -> WebhookSecret:
        """Makes a new secret. The one before signs, too, for a day."""
        once = idempotency_key or new_idempotency_key()
        return self._engine.call(WebhookSecret, "POST", path("/v1/webhooks/{}/rotate-secret", id), once=once)

    def test(self, id: str, *, type: Optional[str] = None) -> DeliveryDetail:
        """Sends an event as a test; unless told, of the first type that the endpoint listens to."""
        where = path("/v1/webhooks/{}/test", id)
        return self._engine.call(DeliveryDetail, "POST", where, body=members(type=type))

    def recover(self, id: str, *, since: Moment) -> Recovered:
        """Sends again what did not arrive since then."""
        where = path("/v1/webhooks/{}/recover", id)
        return self._engine.call(Recovered, "POST", where, body=members(since=since), repeatable=True)

    def event_types(self) -> Page[EventType]:
        """Everything that an endpoint can be told of."""
        return self._engine.list(EventType, "/v1/webhooks/event-types", {})

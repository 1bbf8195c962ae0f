from __future__ import annotations

from typing import Any, Mapping, Optional

from .._engine import Engine
from .._members import Moment, members, path
from .._pages import Page
from .._sender import new_idempotency_key
from ..answers.account import AccountView, PaymentMethod, TopUp, Transaction


class PaymentMethods:
    """How the tenant pays."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def list(self, *, limit: Optional[int] = None, cursor: Optional[str] = None) -> Page[PaymentMethod]:
        query = members(limit=limit, cursor=cursor)
        return self._engine.list(PaymentMethod, "/v1/account/payment-methods", query)

    def create(self, *, label: str, idempotency_key: Optional[str] = None) -> PaymentMethod:
        """Adds a reference in words, such as “Invoice, net 30”. The number of a card is refused."""
        once = idempotency_key or new_idempotency_key()
        where = "/v1/account/payment-methods"
        return self._engine.call(PaymentMethod, "POST", where, body={"label": label}, once=once)

    def delete(self, id: str) -> None:
        self._engine.tell("DELETE", path("/v1/account/payment-methods/{}", id))


class Account:
    """The tenant's balance, and how it moves."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.payment_methods = PaymentMethods(engine)

    def read(self) -> AccountView:
        return self._engine.call(AccountView, "GET", "/v1/account")

    def transactions(
        self,
        *,
        type: Optional[str] = None,
        from_: Optional[Moment] = None,
        to: Optional[Moment] = None,
        limit: Optional[int] = None,
        cursor: Optional[str] = None,
    ) -> Page[Transaction]:
        """What moved money, newest first. ``from_`` is inclusive, ``to`` exclusive."""
        query = members(type=type, from_=from_, to=to, limit=limit, cursor=cursor)
        return self._engine.list(Transaction, "/v1/account/transactions", query)

    def fund(self, *, amount: int, payment_method_id: str, idempotency_key: Optional[str] = None) -> TopUp:
        """Tops the balance up by ``amount`` cents. The same ``idempotency_key`` again answers the same top-up."""
        body = members(amount=amount, payment_method_id=payment_method_id)
        once = idempotency_key or new_idempotency_key()
        return self._engine.call(TopUp, "POST", "/v1/account/funds", body=body, once=once)

    def top_up(self, id: str) -> TopUp:
        """What became of a top-up so far."""
        return self._engine.call(TopUp, "GET", path("/v1/account/top-ups/{}", id))

    def update(self, *, balance_alert: Optional[Mapping[str, Any]]) -> AccountView:
        """Sets below which balance webhooks are told, ``{"amount": 1000}`` in cents; None: none."""
        return self._engine.call(AccountView, "PATCH", "/v1/account", body={"balanceAlert": balance_alert})

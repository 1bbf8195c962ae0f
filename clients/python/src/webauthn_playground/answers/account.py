from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Optional

from ._answer import Answer


@dataclass(frozen=True)
class Money(Answer):
    amount: int
    """In the currency's minor unit: cents."""
    currency: str


@dataclass(frozen=True)
class AccountView(Answer):
    balance: Money
    """What can be spent."""
    reserved: Money
    """What is held for executions under way, and in the balance no more."""
    environment: str
    """``test`` or ``live``."""
    balance_alert: Optional[Money]
    """The event account.balance_low is told once when the balance, with what is reserved, falls below
    it. None: it is not."""


@dataclass(frozen=True)
class Transaction(Answer):
    """One movement of money. Amounts are in the currency's minor unit."""

    id: str
    type: str
    """``top_up``, ``reservation``, ``charge`` or ``release``."""
    amount: int
    """What it moved; the changes say where."""
    currency: str
    balance_change: int
    reserved_change: int
    balance: int
    """What the account had after it."""
    reserved: int
    source_id: str
    """The top-up or the run that it is of."""
    created_at: datetime


@dataclass(frozen=True)
class PaymentMethod(Answer):
    id: str
    type: str
    """``sandbox``, there in every test environment, or ``reference``, which was made."""
    label: str
    created_at: Optional[datetime]


@dataclass(frozen=True)
class TopUp(Answer):
    """Money that was asked of a payment method."""

    id: str
    status: str
    """``pending``, ``succeeded`` (then, and only then, it is in the balance) or ``declined``."""
    amount: int
    currency: str
    payment_method_id: str
    created_at: datetime
    decided_at: Optional[datetime]
    """When it succeeded or was declined."""

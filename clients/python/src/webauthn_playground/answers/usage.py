from __future__ import annotations

from dataclasses import dataclass, field
from typing import List, Optional

from ._answer import Answer


@dataclass(frozen=True)
class Counts(Answer):
    requests: int
    errors: int


@dataclass(frozen=True)
class UsageRow(Counts):
    """A group's counts. The member that names the group is the one of ``group_by``."""

    day: Optional[str]
    hour: Optional[str]
    key: Optional[str]
    operation: Optional[str]


@dataclass(frozen=True)
class Meters(Answer):
    """What was made, beside how often was asked."""

    passkey_registered: int = field(metadata={"wire": "passkey.registered"})
    passkey_authenticated: int = field(metadata={"wire": "passkey.authenticated"})
    token_issued: int = field(metadata={"wire": "token.issued"})
    mpc_key_generated: int = field(metadata={"wire": "mpc.key_generated"})
    mpc_signed: int = field(metadata={"wire": "mpc.signed"})


@dataclass(frozen=True)
class MetersRow(Meters):
    day: Optional[str]
    hour: Optional[str]
    key: Optional[str]
    operation: Optional[str]


@dataclass(frozen=True)
class UsageMeters(Answer):
    data: List[MetersRow]
    totals: Meters


@dataclass(frozen=True)
class Usage(Answer):
    """One row a group, and their sums; the meters likewise."""

    data: List[UsageRow]
    totals: Counts
    meters: UsageMeters

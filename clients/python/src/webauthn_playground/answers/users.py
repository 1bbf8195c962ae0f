from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import List, Optional

from ._answer import Answer
from .passkeys import Passkey


@dataclass(frozen=True)
class UserView(Answer):
    """A user, as lists show them."""

    id: str
    username: str
    display_name: str
    created_at: datetime
    last_used_at: Optional[datetime]
    """When one of the passkeys that they have was last used."""
    passkey_count: int


@dataclass(frozen=True)
class UserDetail(UserView):
    passkeys: List[Passkey]
    """Oldest first, at most 100."""

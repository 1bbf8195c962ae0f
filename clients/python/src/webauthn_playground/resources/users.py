from __future__ import annotations

from typing import Optional

from .._engine import Engine
from .._members import members, path
from .._pages import Page
from ..answers.users import UserDetail, UserView


class Users:
    """A tenant's users, in the environment of the key."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def list(
        self, *, username: Optional[str] = None, limit: Optional[int] = None, cursor: Optional[str] = None
    ) -> Page[UserView]:
        """The users, newest first; with ``username`` those whose name begins so, by name."""
        return self._engine.list(UserView, "/v1/users", members(username=username, limit=limit, cursor=cursor))

    def get(self, id: str) -> UserDetail:
        return self._engine.call(UserDetail, "GET", path("/v1/users/{}", id))

    def delete(self, id: str) -> None:
        """Deletes the user with all passkeys, and ends what those opened."""
        self._engine.tell("DELETE", path("/v1/users/{}", id))

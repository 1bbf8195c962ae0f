from __future__ import annotations

from typing import Optional

from .._engine import Engine
from .._members import Moment, members, path
from .._pages import Page
from ..answers.logs import LogEntry


class Logs:
    """The requests of the last days, in the environment of the key."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def list(
        self,
        *,
        from_: Optional[Moment] = None,
        to: Optional[Moment] = None,
        operation: Optional[str] = None,
        status: Optional[str] = None,
        code: Optional[str] = None,
        reason: Optional[str] = None,
        key: Optional[str] = None,
        client: Optional[str] = None,
        user: Optional[str] = None,
        address: Optional[str] = None,
        request_id: Optional[str] = None,
        limit: Optional[int] = None,
        cursor: Optional[str] = None,
    ) -> Page[LogEntry]:
        """The requests that fit, newest first; ``status`` is one such as ``401`` or a class such as ``4xx``."""
        query = members(
            from_=from_,
            to=to,
            operation=operation,
            status=status,
            code=code,
            reason=reason,
            key=key,
            client=client,
            user=user,
            address=address,
            request_id=request_id,
            limit=limit,
            cursor=cursor,
        )
        return self._engine.list(LogEntry, "/v1/logs", query)

    def get(self, request_id: str) -> LogEntry:
        """A request by its id, as errors name it."""
        return self._engine.call(LogEntry, "GET", path("/v1/logs/{}", request_id))

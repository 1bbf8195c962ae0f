"""What watchers of requests are told: never a key, a body or a query."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, Optional, TypeVar

Event = TypeVar("Event")


@dataclass(frozen=True)
class RequestEvent:
    """A request is about to be sent."""

    method: str
    path: str
    attempt: int
    """1 for the first try."""


@dataclass(frozen=True)
class ResponseEvent:
    """An answer came, whatever its status. Of a try without one, `RetryEvent` or what is raised tells."""

    method: str
    path: str
    attempt: int
    status: int
    request_id: str
    milliseconds: float


@dataclass(frozen=True)
class RetryEvent:
    """A try failed, and another one follows."""

    method: str
    path: str
    attempt: int
    """The one that failed."""
    reason: str
    """A problem code, ``connection`` or ``timeout``."""
    status: Optional[int]
    request_id: str
    seconds: float
    """How long it is waited until then."""


@dataclass(frozen=True)
class Hooks:
    """Hear of every try. What they raise is not heard: watching changes nothing."""

    on_request: Optional[Callable[[RequestEvent], None]] = None
    on_response: Optional[Callable[[ResponseEvent], None]] = None
    on_retry: Optional[Callable[[RetryEvent], None]] = None


def tell(hook: Optional[Callable[[Event], None]], event: Event) -> None:
    """Tells a hook, if there is one."""
    if hook is not None:
        try:
            hook(event)
        except Exception:
            pass

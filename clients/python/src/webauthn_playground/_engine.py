from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Dict, List, Mapping, Optional, Tuple, Type, TypeVar

from ._cancellation import Cancellation
from ._connections import Answered, Connections
from ._hooks import Hooks
from ._pages import AsyncPage, AsyncPages, Page
from ._refusal import problems_of
from ._secret import Secret
from ._sender import Refusal, Request, Sender, json_body, json_of, unexpected
from ._settings import user_agent
from .answers._answer import Answer, NotAsPromised, decode

T = TypeVar("T", bound=Answer)
Query = Mapping[str, Any]

#: Calls that one asynchronous client has under way at once; further ones wait their turn.
AT_ONCE = 32


class AsyncSender:
    """A sender whose calls are awaited: each runs in a thread, and ends there when its task is cancelled.

    The standard library has HTTP over sockets that block, and none over asyncio.
    """

    def __init__(self, sender: Sender) -> None:
        self._sender = sender
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="webauthn_playground")

    async def send(self, request: Request, refusal: Refusal) -> Answered:
        cancellation = Cancellation()
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._threads, self._sender.send, request, refusal, cancellation)
        except asyncio.CancelledError:
            cancellation.cancel()
            raise

    def close(self) -> None:
        self._threads.shutdown(wait=False)
        self._sender.close()


def sender_to(base_url: str, hooks: Hooks, timeout: float, max_retries: int) -> Sender:
    return Sender(Connections(base_url), hooks, user_agent(), timeout, max_retries)


def async_sender_to(base_url: str, hooks: Hooks, timeout: float, max_retries: int) -> AsyncSender:
    return AsyncSender(sender_to(base_url, hooks, timeout, max_retries))


class Engine:
    """What a client's resources call with."""

    def __init__(self, sender: Sender, credential: Optional[Secret]) -> None:
        self._sender = sender
        self._credential = credential

    def call(self, kind: Type[T], method: str, path: str, **parts: Any) -> T:
        """An answer of this type. ``parts`` are those of `request_of`."""
        request = request_of(self._credential, method, path, **parts)
        return answer_of(kind, self._sender.send(request, problems_of(request.secrets())))

    def tell(self, method: str, path: str, **parts: Any) -> None:
        """The same for an answer without a body."""
        request = request_of(self._credential, method, path, **parts)
        self._sender.send(request, problems_of(request.secrets()))

    def list(self, kind: Type[T], path: str, query: Query, user_token: Optional[str] = None) -> Page[T]:
        """The first page of a list of these."""
        request = request_of(self._credential, "GET", path, query=query, user_token=user_token)
        data, cursor = page_of(kind, self._sender.send(request, problems_of(request.secrets())))
        return Page(data, cursor, lambda cursor: self.list(kind, path, {**query, "cursor": cursor}, user_token))


class AsyncEngine:
    """What an asynchronous client's resources call with."""

    def __init__(self, sender: AsyncSender, credential: Optional[Secret]) -> None:
        self._sender = sender
        self._credential = credential

    async def call(self, kind: Type[T], method: str, path: str, **parts: Any) -> T:
        request = request_of(self._credential, method, path, **parts)
        return answer_of(kind, await self._sender.send(request, problems_of(request.secrets())))

    async def tell(self, method: str, path: str, **parts: Any) -> None:
        request = request_of(self._credential, method, path, **parts)
        await self._sender.send(request, problems_of(request.secrets()))

    def list(self, kind: Type[T], path: str, query: Query, user_token: Optional[str] = None) -> AsyncPages[T]:
        async def read(query: Query) -> AsyncPage[T]:
            request = request_of(self._credential, "GET", path, query=query, user_token=user_token)
            data, cursor = page_of(kind, await self._sender.send(request, problems_of(request.secrets())))
            return AsyncPage(data, cursor, lambda cursor: read({**query, "cursor": cursor}))

        return AsyncPages(lambda: read(query))


def request_of(
    credential: Optional[Secret],
    method: str,
    path: str,
    *,
    query: Optional[Query] = None,
    body: Optional[Mapping[str, Any]] = None,
    user_token: Optional[str] = None,
    once: Optional[str] = None,
    repeatable: Optional[bool] = None,
) -> Request:
    """``once`` is the Idempotency-Key; ``repeatable`` says of a POST that a second one changes nothing more."""
    headers: Dict[str, str] = {}
    secrets: Dict[str, Secret] = {}
    if credential is not None:
        secrets["Authorization"] = credential
    if user_token is not None:
        secrets["X-User-Token"] = Secret(user_token, "user_token")
    if once is not None:
        headers["Idempotency-Key"] = Secret(once, "idempotency_key").reveal()
    return Request(
        method,
        path,
        query=query or {},
        body=None if body is None else json_body(body),
        headers=headers,
        secret_headers=secrets,
        repeatable=repeatable,
    )


def answer_of(kind: Type[T], answer: Answered, *, unless_said: Optional[Mapping[str, Any]] = None) -> T:
    """Raises UnexpectedAnswerError for an answer that is another, outside of what was caught: that holds the answer."""
    value = json_of(answer)
    if unless_said and isinstance(value, dict):
        value = {**unless_said, **value}
    try:
        return decode(kind, value)
    except NotAsPromised as error:
        words = str(error)
    raise unexpected(answer, f"with something else than {kind.__name__} ({words})")


def page_of(kind: Type[T], answer: Answered) -> Tuple[List[T], Optional[str]]:
    value = json_of(answer)
    words = "/data is not a list"
    if isinstance(value, dict) and isinstance(value.get("data"), list):
        cursor = value.get("nextCursor")
        try:
            return [decode(kind, item) for item in value["data"]], cursor if isinstance(cursor, str) else None
        except NotAsPromised as error:
            words = str(error)
    raise unexpected(answer, f"with something else than a list of {kind.__name__} ({words})")

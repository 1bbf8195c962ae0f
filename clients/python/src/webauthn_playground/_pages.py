from __future__ import annotations

from dataclasses import dataclass
from typing import Any, AsyncIterator, Awaitable, Callable, Generator, Generic, Iterator, List, Optional, TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True)
class Page(Generic[Item]):
    """A page of a list. Iterated over, it goes on to the end of the list, and asks for the next page when it gets there."""

    data: List[Item]
    """The items of this page."""
    next_cursor: Optional[str]
    """Where the next page begins; None at the end."""
    _read: Callable[[str], Page[Item]]

    def __iter__(self) -> Iterator[Item]:
        page = self
        while True:
            yield from page.data
            if page.next_cursor is None:
                return
            page = page.next_page()

    def next_page(self) -> Page[Item]:
        """Raises ValueError at the end."""
        if self.next_cursor is None:
            raise ValueError("This is the last page.")
        return self._read(self.next_cursor)


@dataclass(frozen=True)
class AsyncPage(Generic[Item]):
    """A page of a list. Iterated over, it goes on to the end of the list, and asks for the next page when it gets there."""

    data: List[Item]
    """The items of this page."""
    next_cursor: Optional[str]
    """Where the next page begins; None at the end."""
    _read: Callable[[str], Awaitable[AsyncPage[Item]]]

    async def __aiter__(self) -> AsyncIterator[Item]:
        page = self
        while True:
            for item in page.data:
                yield item
            if page.next_cursor is None:
                return
            page = await page.next_page()

    async def next_page(self) -> AsyncPage[Item]:
        """Raises ValueError at the end."""
        if self.next_cursor is None:
            raise ValueError("This is the last page.")
        return await self._read(self.next_cursor)


class AsyncPages(Generic[Item]):
    """A list: awaited it is its first page, in ``async for`` it is all of its items."""

    def __init__(self, first: Callable[[], Awaitable[AsyncPage[Item]]]) -> None:
        self._first = first

    def __await__(self) -> Generator[Any, None, AsyncPage[Item]]:
        return self._first().__await__()

    async def __aiter__(self) -> AsyncIterator[Item]:
        async for item in await self:
            yield item

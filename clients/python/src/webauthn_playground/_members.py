"""From arguments in snake case to the members of a request."""

from __future__ import annotations

import datetime
import enum
import urllib.parse
from typing import Any, Dict, Union

from .answers._answer import camel


class Unset(enum.Enum):
    """For arguments whose None says something: `UNSET` leaves what there is."""

    UNSET = "UNSET"

    def __repr__(self) -> str:
        return "UNSET"


UNSET = Unset.UNSET
Moment = Union[datetime.datetime, str]


def members(**arguments: Any) -> Dict[str, Any]:
    """Those that were given."""
    return {camel(name): _value(value) for name, value in arguments.items() if value is not None}


def changes(**arguments: Any) -> Dict[str, Any]:
    """Those that were given, None among them."""
    return {camel(name): _value(value) for name, value in arguments.items() if value is not UNSET}


def path(template: str, *segments: str) -> str:
    """A path with these segments in place of its braces, each of them one segment whatever is in it."""
    for segment in segments:
        if not isinstance(segment, str) or segment in ("", ".", ".."):
            raise ValueError(f"{segment!r} is no id.")
    return template.format(*(urllib.parse.quote(segment, safe="") for segment in segments))


def _value(value: Any) -> Any:
    if isinstance(value, datetime.datetime):
        if value.tzinfo is None:
            raise ValueError("The date has no time zone: datetime.now(timezone.utc), for one, has.")
        return value.astimezone(datetime.timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return list(value) if isinstance(value, (tuple, set, frozenset)) else value

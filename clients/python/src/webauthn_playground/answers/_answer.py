"""From JSON to frozen dataclasses: members in snake case, dates as ``datetime``, whatever else came in ``raw``."""

from __future__ import annotations

import dataclasses
import datetime
import functools
import re
import typing
from typing import Any, Dict, List, Mapping, Tuple, Type, TypeVar, Union

T = TypeVar("T")


@dataclasses.dataclass(frozen=True)
class Answer:
    raw: Dict[str, Any] = dataclasses.field(repr=False, compare=False)
    """The JSON object as it came, with members that this version does not know."""


class NotAsPromised(Exception):
    """An answer lacks a member, or has another type in its place."""


def decode(kind: Type[T], value: Any) -> T:
    """An answer of this type.

    Raises NotAsPromised with the place where it is another, and never with its value.
    """
    return typing.cast(T, _decode(kind, value, ""))


def _decode(kind: Any, value: Any, where: str) -> Any:
    if kind is Any:
        return value
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is Union:
        return None if value is None else _decode(arguments[0], value, where)
    if origin in (list, List) and isinstance(value, list):
        return [_decode(arguments[0], item, f"{where}/{index}") for index, item in enumerate(value)]
    if origin in (dict, Dict) and isinstance(value, dict):
        return {name: _decode(arguments[1], item, f"{where}/{name}") for name, item in value.items()}
    if dataclasses.is_dataclass(kind) and isinstance(value, dict):
        return _object(kind, value, where)
    if kind is datetime.datetime and isinstance(value, str):
        return _moment(value, where)
    # To Python a bool is an int; to JSON it is none.
    if kind in (str, int, bool) and type(value) is kind:
        return value
    if kind is float and type(value) in (int, float):
        return float(value)
    raise NotAsPromised(f"{where or '/'} is not {getattr(kind, '__name__', kind)}")


def _object(kind: Any, value: Mapping[str, Any], where: str) -> Any:
    members: Dict[str, Any] = {"raw": value}
    for name, wire, hint, optional in _fields(kind):
        if wire in value:
            members[name] = _decode(hint, value[wire], f"{where}/{wire}")
        elif optional:
            members[name] = None
        else:
            raise NotAsPromised(f"{where}/{wire} is missing")
    return kind(**members)


@functools.lru_cache(maxsize=None)
def _fields(kind: Any) -> List[Tuple[str, str, Any, bool]]:
    hints = typing.get_type_hints(kind)
    return [
        (field.name, field.metadata.get("wire", camel(field.name)), hints[field.name], is_optional(hints[field.name]))
        for field in dataclasses.fields(kind)
        if field.name != "raw"
    ]


def is_optional(hint: Any) -> bool:
    return hint is Any or (typing.get_origin(hint) is Union and type(None) in typing.get_args(hint))


def camel(name: str) -> str:
    """``allowed_ips`` as it is written on the wire: ``allowedIps``."""
    return re.sub(r"_([a-z0-9])", lambda match: match[1].upper(), name.rstrip("_"))


def _moment(text: str, where: str) -> datetime.datetime:
    match = re.fullmatch(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,6})\d*)?(Z|[+-]\d\d:\d\d)", text)
    if not match:
        raise NotAsPromised(f"{where} is not a date with a time")
    zone = "+00:00" if match[3] == "Z" else match[3]
    return datetime.datetime.fromisoformat(f"{match[1]}.{(match[2] or '0').ljust(6, '0')}{zone}")

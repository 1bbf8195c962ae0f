from __future__ import annotations

import re


class Secret:
    """A key, a token or a secret: what shows it does so by calling ``reveal``."""

    __slots__ = ("__value",)

    def __init__(self, value: str, name: str) -> None:
        """``name`` says what it is, for the words of the refusal.

        Raises ValueError for what no header can carry, without showing it.
        """
        if not isinstance(value, str) or not re.fullmatch(r"[\x21-\x7e]+", value):
            raise ValueError(f"{name} is empty, or has a space, a line break or another character that none has.")
        self.__value = value

    def reveal(self) -> str:
        return self.__value

    def __repr__(self) -> str:
        return "Secret(…)"

    def __reduce__(self) -> str:
        raise TypeError("A secret is not pickled.")

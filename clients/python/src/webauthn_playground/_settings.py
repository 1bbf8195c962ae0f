from __future__ import annotations

import math
import os
import urllib.parse
from importlib import metadata
from typing import Optional

from ._secret import Secret

#: More than the slowest operation takes, which is a skill of half a minute.
DEFAULT_TIMEOUT = 60.0
DEFAULT_RETRIES = 2


def base_url_of(base_url: Optional[str]) -> str:
    """Where the auth server is, without a slash at its end.

    Raises ValueError where nobody says it, or for what is no http address.
    """
    url = base_url if base_url is not None else os.environ.get("PLAYGROUND_BASE_URL")
    if not url:
        raise ValueError("Say where the auth server is: base_url, or the environment variable PLAYGROUND_BASE_URL.")
    parts = urllib.parse.urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("base_url is no http or https address.")
    if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
        raise ValueError("base_url has a user, a query or a fragment in it.")
    if not url.isascii() or any(character <= " " for character in url):
        raise ValueError("base_url has a character that an address cannot have.")
    parts.port  # Raises for a port that is none.
    if any(not label or len(label) > 63 for label in parts.hostname.rstrip(".").split(".")):
        raise ValueError("base_url has no name of a host in it.")
    return url.rstrip("/")


def oauth_url_of(base_url: Optional[str]) -> str:
    """The same, for OAuth: by https, or by http to this machine alone."""
    url = base_url_of(base_url)
    parts = urllib.parse.urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
        raise ValueError("OAuth needs https, or http on this machine: base_url is neither.")
    return url


def credential_of(api_key: Optional[str], access_token: Optional[str]) -> Optional[Secret]:
    """What a client calls with: the token, the key, or the key of the environment; None where there is none."""
    if api_key is not None and access_token is not None:
        raise TypeError("A client calls with an api_key or with an access_token, not with both.")
    if access_token is not None:
        return Secret(access_token, "access_token")
    if api_key is not None:
        return Secret(api_key, "api_key")
    variable = os.environ.get("PLAYGROUND_API_KEY")
    return Secret(variable, "PLAYGROUND_API_KEY") if variable else None


def check_limits(timeout: float, max_retries: int) -> None:
    if not (timeout > 0 and math.isfinite(timeout)):
        raise ValueError("timeout is a number of seconds above 0.")
    if not isinstance(max_retries, int) or max_retries < 0:
        raise ValueError("max_retries is a whole number, 0 or more.")


def user_agent() -> str:
    try:
        version = metadata.version("webauthn_playground")
    except metadata.PackageNotFoundError:
        version = "0"
    return f"webauthn-playground-python/{version}"

"""The server under test, and what a program has around it: an operator, an authenticator, a browser."""

import json
import os
import unittest
import urllib.error
import urllib.request
from typing import Any, Dict

WORLD = os.environ.get("TEST_WORLD", "")
GIVEN = os.environ.get("TEST_GIVEN", "")
BASE_URL = os.environ.get("PLAYGROUND_BASE_URL", "")

needs_server = unittest.skipUnless(WORLD, "clients/python/python.test.ts starts the server")


def ask(path: str, **asked: Any) -> Dict[str, Any]:
    request = urllib.request.Request(WORLD + path, data=json.dumps(asked).encode(), method="POST")
    try:
        with urllib.request.urlopen(request) as response:
            answer: Dict[str, Any] = json.load(response)
            return answer
    except urllib.error.HTTPError as error:
        raise AssertionError(error.read().decode()) from None


def given(name: str) -> Any:
    with open(os.path.join(GIVEN, name), encoding="utf-8") as file:
        return json.load(file)


def new_key(**asked: Any) -> str:
    """A key of a tenant of its own; unless told, a live one that may do everything."""
    return str(ask("/tenant", **{"type": "live", **asked})["apiKey"])

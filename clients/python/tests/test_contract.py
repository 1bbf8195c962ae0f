"""That nothing of the API is forgotten as it grows: its operations, their members, its error codes."""

import asyncio
import dataclasses
import inspect
import re
import typing
import unittest
import urllib.parse
from typing import Any, Callable, Dict, Iterator, List, Optional, Set

import webauthn_playground as playground
from webauthn_playground import AsyncClient, Client, answers
from webauthn_playground.answers._answer import Answer, _fields

from .scripted_server import ScriptedServer, answer
from .served import given, needs_server

#: Each operation of the document, as it is called here. The names are the operation's own, but for those that Python or
#: the reading eye has something against.
CALLS: Dict[str, Callable[[Any], Any]] = {
    "tenant.read": lambda client: client.tenant(),
    "passkeys.register.begin": lambda client: client.passkeys.register.begin(
        username="ada", display_name="A", options={}, mediation="conditional"
    ),
    "passkeys.register.finish": lambda client: client.passkeys.register.finish(ceremony_id="c", credential={}),
    "passkeys.authenticate.begin": lambda client: client.passkeys.authenticate.begin(username="ada", options={}),
    "passkeys.authenticate.finish": lambda client: client.passkeys.authenticate.finish(ceremony_id="c", credential={}),
    "passkeys.list": lambda client: client.passkeys.list(username="ada", limit=1, cursor="c"),
    "passkeys.rename": lambda client: client.passkeys.rename("{id}", "Phone"),
    "passkeys.delete": lambda client: client.passkeys.delete("{id}"),
    "users.list": lambda client: client.users.list(username="ad", limit=1, cursor="c"),
    "users.read": lambda client: client.users.get("{id}"),
    "users.delete": lambda client: client.users.delete("{id}"),
    "keys.create": lambda client: client.keys.create(
        name="n", scopes=["usage:read"], type="test", tier="standard", expires_at="2030-01-01T00:00:00Z", allowed_ips=[]
    ),
    "keys.list": lambda client: client.keys.list(limit=1, cursor="c"),
    "keys.read": lambda client: client.keys.read("{id}"),
    "keys.update": lambda client: client.keys.update("{id}", name="n", scopes=[], allowed_ips=[], expires_at=None),
    "keys.rotate": lambda client: client.keys.rotate("{id}", overlap_seconds=1),
    "keys.revoke": lambda client: client.keys.revoke("{id}"),
    "keys.allowlist.test": lambda client: client.keys.test_address("{id}", "::1"),
    "handoffs.create": lambda client: client.hand_offs.create(username="ada", options={}, replaces="h"),
    "handoffs.read": lambda client: client.hand_offs.read("{id}"),
    "handoffs.take": lambda client: client.hand_offs.take("c"),
    "oauth.clients.create": lambda client: client.oauth_clients.create(
        name="n",
        type="public",
        scopes=[],
        optional_scopes=[],
        redirect_uris=[],
        post_logout_redirect_uris=[],
        grants=[],
        dpop_required=True,
        logo_url="u",
    ),
    "oauth.clients.list": lambda client: client.oauth_clients.list(limit=1, cursor="c"),
    "oauth.clients.read": lambda client: client.oauth_clients.read("{id}"),
    "oauth.clients.update": lambda client: client.oauth_clients.update(
        "{id}",
        name="n",
        redirect_uris=[],
        post_logout_redirect_uris=None,
        scopes=[],
        optional_scopes=[],
        grants=[],
        dpop_required=True,
        logo_url=None,
    ),
    "oauth.clients.delete": lambda client: client.oauth_clients.delete("{id}"),
    "oauth.clients.secrets.create": lambda client: client.oauth_clients.add_secret("{id}"),
    "oauth.clients.secrets.delete": lambda client: client.oauth_clients.remove_secret("{id}", "{secretId}"),
    "approvals.create": lambda client: client.approvals.create(action={}),
    "approvals.read": lambda client: client.approvals.read("{id}"),
    "usage.read": lambda client: client.usage(from_="2026-01-01T00:00:00Z", to="2026-01-02T00:00:00Z", group_by="key"),
    "logs.list": lambda client: client.logs.list(
        from_="2026-01-01T00:00:00Z",
        to="2026-01-02T00:00:00Z",
        operation="tenant.read",
        status="4xx",
        code="c",
        reason="r",
        key="k",
        client="c",
        user="ada",
        address="203.0.113.9",
        request_id="r",
        limit=1,
        cursor="c",
    ),
    "logs.read": lambda client: client.logs.get("{requestId}"),
    "skills.list": lambda client: client.skills.list(limit=1, cursor="c"),
    "skills.read": lambda client: client.skills.get("{id}"),
    "skills.execute": lambda client: client.skills.execute(skill_id="s", input={"a_b": 1}),
    "skills.runs.list": lambda client: client.skills.runs.list(skill_id="s", limit=1, cursor="c"),
    "skills.runs.read": lambda client: client.skills.runs.get("{id}"),
    "account.read": lambda client: client.account.read(),
    "account.update": lambda client: client.account.update(balance_alert={"amount": 100}),
    "account.transactions.list": lambda client: client.account.transactions(
        type="charge", from_="2026-01-01T00:00:00Z", to="2026-01-02T00:00:00Z", limit=1, cursor="c"
    ),
    "account.methods.list": lambda client: client.account.payment_methods.list(limit=1, cursor="c"),
    "account.methods.create": lambda client: client.account.payment_methods.create(label="l"),
    "account.methods.delete": lambda client: client.account.payment_methods.delete("{id}"),
    "account.fund": lambda client: client.account.fund(amount=100, payment_method_id="pm"),
    "account.topups.read": lambda client: client.account.top_up("{id}"),
    "webhooks.create": lambda client: client.webhooks.create(url="u", events=[], description="d", enabled=True),
    "webhooks.list": lambda client: client.webhooks.list(limit=1, cursor="c"),
    "webhooks.read": lambda client: client.webhooks.read("{id}"),
    "webhooks.update": lambda client: client.webhooks.update("{id}", url="u", events=[], description="d", enabled=True),
    "webhooks.delete": lambda client: client.webhooks.delete("{id}"),
    "webhooks.secret.rotate": lambda client: client.webhooks.rotate_secret("{id}"),
    "webhooks.test": lambda client: client.webhooks.test("{id}", type="t"),
    "webhooks.recover": lambda client: client.webhooks.recover("{id}", since="2026-01-01T00:00:00Z"),
    "webhooks.types": lambda client: client.webhooks.event_types(),
    "webhooks.deliveries.list": lambda client: client.webhooks.deliveries.list("{id}", status="s", limit=1, cursor="c"),
    "webhooks.deliveries.read": lambda client: client.webhooks.deliveries.read("{id}"),
    "webhooks.deliveries.resend": lambda client: client.webhooks.deliveries.resend("{id}"),
}
#: Documents that libraries of their own read, what a load balancer asks, and what only servers send.
ELSEWHERE = re.compile(r"^(?:jwks|origins|endpoints|resource|live|ready|metrics|metadata|downloads)\.|^usage\.events$")


class Operation(typing.NamedTuple):
    id: str
    method: str
    path: str
    parameters: Set[str]
    body: Set[str]
    idempotent: bool
    status: int
    answer: Optional[Dict[str, Any]]


def operations() -> Iterator[Operation]:
    for path, methods in given("openapi.json")["paths"].items():
        for method, operation in methods.items():
            if ELSEWHERE.match(operation["operationId"]):
                continue
            parameters = operation.get("parameters", [])
            named = {one["name"] for one in parameters if one["in"] == "query"}
            once = any(one["name"] == "idempotency-key" for one in parameters)
            body = schema_in(operation.get("requestBody", {})) or {}
            status = min(int(status) for status in operation["responses"] if status.isdigit())
            answered = schema_in(operation["responses"][str(status)])
            members = set(body.get("properties", {}))
            yield Operation(operation["operationId"], method.upper(), path, named, members, once, status, answered)


def schema_in(content: Dict[str, Any]) -> Optional[Dict[str, Any]]:
    schema: Optional[Dict[str, Any]] = content.get("content", {}).get("application/json", {}).get("schema")
    return schema


def example(schema: Dict[str, Any], whole: bool) -> Any:
    """A value of a schema: with every member, or with those alone that are always there, null where it may be."""
    if "const" in schema or "enum" in schema:
        return schema["const"] if "const" in schema else schema["enum"][0]
    if "anyOf" in schema or "oneOf" in schema:
        choices = schema.get("anyOf") or schema.get("oneOf") or []
        null = not whole and {"type": "null"} in choices
        return None if null else example(choices[0], whole)
    kinds = schema.get("type", "any")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    kind = "null" if "null" in kinds and not whole else kinds[0]
    if kind == "object":
        required = schema.get("required", [])
        properties = schema.get("properties", {})
        return {name: example(one, whole) for name, one in properties.items() if whole or name in required}
    if kind == "array":
        return [example(schema["items"], whole)] if whole else []
    if kind == "string":
        return {"date-time": "2026-01-02T03:04:05.678Z", "date": "2026-01-02"}.get(schema.get("format", ""), "text")
    return {"integer": 1, "number": 1, "boolean": True, "null": None}.get(kind, {"any": 1})


def unknown(value: Any, where: str = "") -> List[str]:
    """Members of an answer that no field is for."""
    if isinstance(value, (list, tuple)):
        return [one for item in value for one in unknown(item, where)]
    if not isinstance(value, Answer):
        return []
    kind: Any = type(value)
    fields = _fields(kind)
    known = {wire for _, wire, _, _ in fields}
    here = f"{where}{type(value).__name__}."
    below = [one for name, _, _, _ in fields for one in unknown(getattr(value, name), here)]
    return [here + name for name in value.raw if name not in known] + below


@needs_server
class Contract(unittest.TestCase):
    def test_every_operation_is_called_as_the_document_says_and_every_answer_is_understood(self) -> None:
        found = list(operations())
        self.assertGreater(len(found), 40)
        ids = {one.id for one in found}
        self.assertEqual((ids - set(CALLS), set(CALLS) - ids), (set(), set()), "operations without a method, and the reverse")
        for operation in found:
            for whole in (True, False):
                with self.subTest(operation.id, whole=whole):
                    self.check(operation, whole)

    def check(self, operation: Operation, whole: bool) -> None:
        value = None if operation.answer is None else example(operation.answer, whole)
        with ScriptedServer(answer(operation.status, value)) as server:
            with Client(api_key="k", base_url=server.url) as client:
                answered = CALLS[operation.id](client)

            async def awaited() -> Any:
                async with AsyncClient(api_key="k", base_url=server.url) as client:
                    return await CALLS[operation.id](client)

            again = asyncio.run(awaited())
        one, other = server.received
        self.assertEqual((one.method, one.target, one.body), (other.method, other.target, other.body))
        address = urllib.parse.urlsplit(one.target)
        self.assertEqual((one.method, urllib.parse.unquote(address.path)), (operation.method, operation.path))
        self.assertEqual(set(urllib.parse.parse_qs(address.query)), operation.parameters)
        self.assertEqual(operation.idempotent, "idempotency-key" in one.headers)
        if operation.body:
            self.assertLessEqual(set(one.json), operation.body)
            self.assertEqual(operation.body - set(one.json) - {"action"}, set())
        items = getattr(answered, "data", answered) if hasattr(answered, "next_cursor") else answered
        self.assertEqual(items, getattr(again, "data", again) if hasattr(again, "next_cursor") else again)
        self.assertEqual(unknown(items), [])

    def test_every_error_code_has_its_exception(self) -> None:
        table = given("errors.json")
        self.assertEqual(set(playground.ApiError.by_code), set(table))
        for code, said in table.items():
            kind = playground.ApiError.by_code[code]
            self.assertEqual(kind.__name__, "".join(word.title() for word in code.split("_")) + "Error")
            self.assertIs(getattr(playground, kind.__name__), kind)
            self.assertEqual(kind.__doc__, f"{said['status']}: {said['title']}.")


class Shapes(unittest.TestCase):
    def test_what_is_public_says_what_it_promises(self) -> None:
        silent = [
            f"{kind.__name__}.{name}"
            for kind in (Client, AsyncClient, playground.OAuth, playground.AsyncOAuth)
            for name, member in inspect.getmembers(kind, inspect.isfunction)
            if not name.startswith("_") and not member.__doc__ and name not in ("close", "aclose")
        ]
        self.assertEqual(silent, [])
        for name in playground.__all__:
            self.assertTrue(getattr(playground, name, None) is not None, name)

    def test_answers_are_frozen_and_their_secrets_are_not_shown(self) -> None:
        kinds = [getattr(answers, name) for name in answers.__all__]
        for kind in kinds:
            self.assertTrue(dataclasses.is_dataclass(kind) and kind.__dataclass_params__.frozen, kind)
            shown = {field.name for field in dataclasses.fields(kind) if field.repr}
            self.assertEqual(shown & {"secret", "client_secret", "token", "approval", "raw"}, set(), kind)


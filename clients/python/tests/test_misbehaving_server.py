import asyncio
import gzip
import socket
import threading
import time
import unittest
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from typing import Any, Dict, Iterator, List
from unittest import mock

import webauthn_playground as playground
from webauthn_playground import AsyncClient, Client
from webauthn_playground._cancellation import Cancellation

from .scripted_server import ScriptedServer, Step, answer, nobody, problem, raw, silent, trickle

KEY = "sk_test_thisIsTheKeyThatNobodyMaySee"
VERDICT = {"ip": "::1", "allowed": True, "match": None, "reason": "No list."}
CREATED: Dict[str, Any] = {
    "id": "k",
    "name": "n",
    "type": "test",
    "hint": "h",
    "scopes": ["usage:read"],
    "tier": "standard",
    "allowedIps": [],
    "createdAt": "2026-01-02T03:04:05.678Z",
    "expiresAt": None,
    "revokedAt": None,
    "lastUsedAt": None,
    "status": "active",
    "predecessorId": None,
    "rotation": None,
    "secret": "sk_test_made",
}
CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"


@contextmanager
def pauses() -> Iterator[List[float]]:
    """The pauses between tries, which are not waited for; without jitter."""
    taken: List[float] = []

    def pause(_: Cancellation, seconds: float) -> None:
        taken.append(seconds)

    with mock.patch("random.uniform", lambda low, high: low), mock.patch.object(Cancellation, "pause", pause):
        yield taken


class Case(unittest.TestCase):
    def client(self, server: ScriptedServer, **settings: Any) -> Client:
        settings = {"max_retries": 0, "timeout": 20, **settings}
        client = Client(api_key=KEY, base_url=server.url, **settings)
        self.addCleanup(client.close)
        return client

    def refused(self, *steps: Step, **settings: Any) -> Exception:
        """What a GET raises, with nothing of the answer hanging on to it."""
        with ScriptedServer(*steps) as server:
            with self.assertRaises(playground.PlaygroundError) as caught:
                self.client(server, **settings).tenant()
        self.assertIsNone(caught.exception.__cause__)
        self.assertIsNone(caught.exception.__context__)
        return caught.exception


class Connection(Case):
    def test_a_connection_that_closes_before_and_after_the_headers_and_within_the_body(self) -> None:
        half = b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"tenant"'
        for data in (b"", b"HTTP/1.1 200 OK\r\nContent-Type: applica", half[:-9], half, CHUNKED + b'9\r\n{"ten'):
            with self.subTest(data):
                error = self.refused(raw(data))
                self.assertIs(type(error), playground.ApiConnectionError)
                self.assertIsInstance(error, ConnectionError)

    def test_nobody_listens(self) -> None:
        taken, url = nobody()
        with taken, self.assertRaises(playground.ApiConnectionError):
            Client(api_key=KEY, base_url=url, max_retries=0).tenant()

    def test_a_name_that_there_is_not(self) -> None:
        unknown = mock.patch("socket.getaddrinfo", side_effect=socket.gaierror(-2, "Name or service not known"))
        with unknown, self.assertRaisesRegex(playground.ApiConnectionError, "name of nowhere.invalid"):
            Client(api_key=KEY, base_url="http://nowhere.invalid", max_retries=0).tenant()

    def test_an_answer_that_never_comes_or_never_ends_is_given_up_at_the_timeout(self) -> None:
        headers = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
        for step in (
            silent,
            trickle(headers, b"X-More: 1\r\n"),
            trickle(headers + b"Content-Length: 1000000\r\n\r\n", b" "),
            trickle(CHUNKED, b"1\r\n \r\n"),
        ):
            error = self.refused(step, timeout=0.2)
            self.assertIsInstance(error, playground.ApiTimeoutError)
            self.assertIsInstance(error, TimeoutError)
            self.assertIn("0.2 seconds", str(error))

    def test_connections_are_kept_and_one_that_the_server_ended_is_not_used(self) -> None:
        ending = answer(200, VERDICT, {"Connection": "close"})
        with ScriptedServer(answer(200, VERDICT), answer(200, VERDICT), ending, answer(200, VERDICT)) as server:
            client = self.client(server)
            for _ in range(4):
                client.keys.test_address("k", "::1")
        self.assertEqual([one.connection for one in server.received], [1, 1, 1, 2])

        def after(connection: socket.socket) -> bool:
            """Ends the connection once its answer is out, without a word about it."""
            return not answer(200, VERDICT)(connection)

        with ScriptedServer(after, answer(200, CREATED)) as server:
            client = self.client(server)
            client.keys.test_address("k", "::1")
            self.assertTrue(server.gone.wait(10))
            client.keys.create(name="n", scopes=["usage:read"])
        self.assertEqual([one.connection for one in server.received], [1, 2])

    def test_one_client_serves_many_threads(self) -> None:
        with ScriptedServer(answer(200, VERDICT)) as server:
            client = self.client(server)
            allowed: List[bool] = []

            def work() -> None:
                for _ in range(5):
                    allowed.append(client.keys.test_address("k", "::1").allowed)

            threads = [threading.Thread(target=work) for _ in range(8)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        self.assertEqual(allowed, [True] * 40)
        self.assertLessEqual(max(one.connection for one in server.received), 40)


def at(*places: Any) -> Any:
    """A name that has these addresses."""
    found = [(socket.AF_INET, socket.SOCK_STREAM, 0, "", place) for place in places]
    return mock.patch("socket.getaddrinfo", return_value=found)


class Connecting(Case):
    def setUp(self) -> None:
        # One that takes no further connection, and says nothing to whoever asks for one.
        listener = socket.create_server(("127.0.0.1", 0), backlog=0)
        waiting = socket.create_connection(listener.getsockname())
        self.addCleanup(listener.close)
        self.addCleanup(waiting.close)
        self.swallows = listener.getsockname()

    def test_the_timeout_is_for_all_addresses_and_one_that_swallows_everything_leaves_some_to_the_next(self) -> None:
        with ScriptedServer(answer(200, VERDICT)) as server:
            with at(self.swallows, *[server.address] * 99):
                self.assertTrue(self.client(server, timeout=20).keys.test_address("k", "::1").allowed)
            began = time.monotonic()
            with at(*[self.swallows] * 100), self.assertRaises(playground.ApiTimeoutError):
                self.client(server, timeout=0.2).tenant()
            self.assertLess(time.monotonic() - began, 15)
            # However long it is allowed to take.
            self.assertTrue(self.client(server, timeout=1e300).keys.test_address("k", "::1").allowed)

    def test_and_for_the_look_up_of_the_name(self) -> None:
        known = threading.Event()
        self.addCleanup(known.set)
        with ScriptedServer(answer(200, VERDICT)) as server:
            with mock.patch("socket.getaddrinfo", lambda *_: known.wait() and []):
                with self.assertRaises(playground.ApiTimeoutError):
                    self.client(server, timeout=0.1).tenant()

    def test_a_call_that_is_cancelled_holds_up_no_other_in_whatever_it_waits(self) -> None:
        known = threading.Event()
        self.addCleanup(known.set)

        async def after_one_that_is_cancelled(server: ScriptedServer, meanwhile: Any) -> bool:
            with mock.patch("webauthn_playground._engine.AT_ONCE", 1):
                async with AsyncClient(api_key=KEY, base_url=server.url, timeout=3600) as client:
                    with meanwhile, self.assertRaises(asyncio.TimeoutError):
                        await asyncio.wait_for(client.tenant(), 0.1)
                    return (await client.keys.test_address("k", "::1")).allowed

        with ScriptedServer(answer(200, VERDICT)) as server:
            for meanwhile in (mock.patch("socket.getaddrinfo", lambda *_: known.wait() and []), at(self.swallows)):
                self.assertTrue(asyncio.run(after_one_that_is_cancelled(server, meanwhile)))


class Answers(Case):
    def test_an_answer_that_no_auth_server_gives(self) -> None:
        page = b"<!doctype html><title>Welcome</title>"
        wrong = {"tenant": {"id": 5}}
        for step, status in (
            (answer(200, page, {"Content-Type": "text/html"}), 200),
            (answer(200, b""), 200),
            (answer(200, b"{", {"Content-Length": "1"}), 200),
            (answer(200, b"[" * 100_000), 200),
            (answer(200, wrong), 200),
            (answer(200, []), 200),
            (answer(200, gzip.compress(b"{}"), {"Content-Encoding": "gzip"}), 200),
            (answer(200, b"no gzip", {"Content-Encoding": "gzip"}), 200),
            (raw(b"SSH-2.0-OpenSSH_9.9\r\n"), 0),
            (raw(b"HTTP/1.1 abc OK\r\n\r\n"), 0),
            (raw(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 1000 + b"\r\n"), 0),
            (raw(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n"), 0),
        ):
            error = self.refused(step, max_retries=2)
            self.assertIs(type(error), playground.UnexpectedAnswerError)
            assert isinstance(error, playground.UnexpectedAnswerError)
            self.assertEqual(error.status, status)

    def test_an_answer_is_read_to_a_size_and_no_further(self) -> None:
        flood = trickle(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n", b" " * 1_000_000)
        for step in (flood, trickle(CHUNKED, b"f4240\r\n" + b" " * 1_000_000 + b"\r\n")):
            self.assertIn("larger than 16777216 bytes", str(self.refused(step)))

    def test_a_redirect_is_not_followed(self) -> None:
        with ScriptedServer(answer(200, CREATED)) as elsewhere:
            for status in (301, 302, 307, 308):
                error = self.refused(answer(status, None, {"Location": elsewhere.url}))
                self.assertIs(type(error), playground.UnexpectedAnswerError)
                self.assertIn("not followed", str(error))
        self.assertEqual(elsewhere.received, [])

    def test_a_refusal_is_an_exception_of_its_code(self) -> None:
        error = self.refused(problem(403, "insufficient_scope", issues=[{"path": "p", "message": "m"}]))
        self.assertIs(type(error), playground.InsufficientScopeError)
        assert isinstance(error, playground.ApiError)
        self.assertEqual((error.code, error.status, error.request_id), ("insufficient_scope", 403, "req_1"))
        self.assertEqual(error.docs, "https://auth.example/docs/errors#insufficient_scope")
        self.assertEqual(str(error), "Title: Detail (insufficient_scope, request req_1)")
        self.assertEqual(error.issues, [{"path": "p", "message": "m"}])
        self.assertIsNone(error.retry_after)

    def test_a_code_of_a_later_server_and_a_refusal_without_a_problem(self) -> None:
        later = self.refused(problem(418, "teapot"))
        self.assertIs(type(later), playground.ApiError)
        self.assertEqual(getattr(later, "code"), "teapot")
        html = {"Content-Type": "text/html"}
        for status, kind in ((502, playground.UnavailableError), (404, playground.InvalidRequestError)):
            error = self.refused(answer(status, b"<html>", html))
            self.assertIs(type(error), kind)
            assert isinstance(error, playground.ApiError)
            self.assertEqual((error.status, error.request_id, error.docs), (status, "req_1", "about:blank"))

    def test_members_that_this_version_does_not_know_are_in_raw(self) -> None:
        with ScriptedServer(answer(200, {**VERDICT, "newMember": 1})) as server:
            verdict = self.client(server).keys.test_address("k", "::1")
        self.assertEqual(verdict.raw["newMember"], 1)

    def test_nothing_of_an_answer_is_in_the_error_about_it(self) -> None:
        secret = "sk_test_madeJustNow"
        created = {**CREATED, "secret": secret, "createdAt": secret}
        whole = answer(201, created)
        half = raw(b"HTTP/1.1 201 C\r\nContent-Type: application/json\r\nContent-Length: 999\r\n\r\n" + secret.encode())
        broken = answer(201, b'{"secret":"' + secret.encode())
        for step in (whole, half, broken):
            with ScriptedServer(step) as server:
                with self.assertRaises(playground.PlaygroundError) as caught:
                    self.client(server).keys.create(name="n", scopes=["usage:read"])
            error = caught.exception
            self.assertIsNone(error.__cause__ or error.__context__)
            self.assertNotIn(secret, repr(error) + str(vars(error)))


class Retries(Case):
    def calls(self, call: Any, *steps: Step, **settings: Any) -> "tuple[list[Any], list[float], Any]":
        """What a call sent, how long it waited in between, and what came of it."""
        with ScriptedServer(*steps) as server, pauses() as taken:
            try:
                outcome = call(self.client(server, **{"max_retries": 2, **settings}))
            except playground.PlaygroundError as error:
                outcome = error
        return server.received, taken, outcome

    def test_a_call_that_may_be_sent_twice_is_sent_again_when_no_answer_came(self) -> None:
        for call in (
            lambda client: client.keys.read("k"),
            lambda client: client.keys.update("k", name="n"),
            lambda client: client.keys.revoke("k"),
            lambda client: client.keys.create(name="n", scopes=["usage:read"]),
            lambda client: client.keys.rotate("k"),
        ):
            sent, _, outcome = self.calls(call, raw(b""), raw(b"HTTP/1.1 200"), answer(200, CREATED))
            self.assertEqual((len(sent), outcome.id), (3, "k"))
            keys = {one.headers.get("idempotency-key") for one in sent}
            self.assertEqual(len(keys), 1)
            self.assertEqual(len({(one.method, one.target, one.body) for one in sent}), 1)

    def test_one_that_may_not_is_not(self) -> None:
        for call in (
            lambda client: client.webhooks.test("w"),
            lambda client: client.passkeys.register.begin(username="ada"),
            lambda client: client.passkeys.authenticate.finish(ceremony_id="c", credential={}),
            lambda client: client.approvals.read("a"),
        ):
            for step in (raw(b""), problem(503, "unavailable"), answer(502, b"<html>", {"Content-Type": "text/html"})):
                sent, _, outcome = self.calls(call, step)
                self.assertEqual(len(sent), 1)
                self.assertIsInstance(outcome, (playground.ApiConnectionError, playground.UnavailableError))

    def test_a_delete_whose_answer_was_lost_is_done_when_there_is_nothing_left_to_delete(self) -> None:
        delete = lambda client: client.webhooks.delete("w")  # noqa: E731
        gone = problem(404, "not_found")
        page = {"Content-Type": "text/html"}
        for lost in (raw(b""), problem(503, "unavailable"), answer(502, b"", page), answer(504, b"", page)):
            sent, _, outcome = self.calls(delete, lost, gone)
            self.assertEqual((len(sent), outcome), (2, None))
        not_taken = (problem(503, "unavailable", {"Retry-After": "1"}), problem(429, "rate_limited"))
        for steps in ((gone,), *((step, gone) for step in not_taken)):
            sent, _, outcome = self.calls(delete, *steps)
            self.assertEqual((len(sent), type(outcome)), (len(steps), playground.NotFoundError))
        # Nor was it sent to where nobody listens.
        held, _ = nobody()
        with held, ScriptedServer(gone) as server, pauses() as taken:
            found = [[(socket.AF_INET, socket.SOCK_STREAM, 0, "", at)] for at in (held.getsockname(), server.address)]
            with mock.patch("socket.getaddrinfo", side_effect=found), self.assertRaises(playground.NotFoundError):
                self.client(server, max_retries=2).webhooks.delete("w")
        self.assertEqual((len(taken), len(server.received)), (1, 1))


    def test_what_may_have_used_something_up_is_not_sent_again_but_after_a_429(self) -> None:
        finish = lambda client: client.passkeys.register.finish(ceremony_id="c", credential={})  # noqa: E731
        later = {"Retry-After": "1"}
        sent, _, _ = self.calls(finish, problem(503, "unavailable", later))
        self.assertEqual(len(sent), 1)
        sent, _, _ = self.calls(finish, problem(429, "rate_limited", later))
        self.assertEqual(len(sent), 3)

    def test_a_proxy_that_got_no_answer_is_asked_again_and_a_skill_that_failed_is_not(self) -> None:
        execute = lambda client: client.skills.execute(skill_id="s", input={})  # noqa: E731
        sent, _, _ = self.calls(execute, answer(502, b"<html>", {"Content-Type": "text/html"}))
        self.assertEqual(len(sent), 3)
        sent, _, outcome = self.calls(execute, problem(502, "skill_failed"))
        self.assertEqual((len(sent), type(outcome)), (1, playground.SkillFailedError))

    def test_what_the_server_did_not_take_is_sent_again_whatever_it_is(self) -> None:
        unavailable = problem(503, "unavailable", {"Retry-After": "3"})
        limited = problem(429, "rate_limited", {"Retry-After": "7"})
        begin = lambda client: client.oauth_clients.delete("c")  # noqa: E731
        create = lambda client: client.passkeys.register.begin(username="ada")  # noqa: E731
        begun = {"ceremonyId": "c", "expiresAt": "2026-01-01T00:00:00Z", "publicKey": {"rp": {"id": "x"}}}
        for call, last in ((begin, answer(204)), (create, answer(200, begun))):
            sent, taken, _ = self.calls(call, unavailable, limited, last)
            self.assertEqual((len(sent), taken), (3, [3.0, 7.0]))

    def test_nobody_listens_is_no_answer_and_no_request_either(self) -> None:
        held, url = nobody()
        with held, pauses() as taken, self.assertRaises(playground.ApiConnectionError):
            Client(api_key=KEY, base_url=url).webhooks.test("w")
        self.assertEqual(len(taken), 2)

    def test_an_idempotent_request_under_way_is_waited_for(self) -> None:
        under_way = problem(409, "idempotency_conflict", {"Retry-After": "1"})
        create = lambda client: client.keys.create(name="n", scopes=["usage:read"])  # noqa: E731
        sent, taken, outcome = self.calls(create, under_way, answer(201, CREATED))
        self.assertEqual((len(sent), taken, outcome.secret), (2, [1.0], "sk_test_made"))
        sent, _, outcome = self.calls(create, problem(409, "idempotency_conflict"))
        self.assertEqual((len(sent), type(outcome)), (1, playground.IdempotencyConflictError))

    def test_retry_after_as_a_date_and_as_nonsense(self) -> None:
        soon = format_datetime(datetime.now(timezone.utc) + timedelta(seconds=30), usegmt=True)
        past = format_datetime(datetime.now(timezone.utc) - timedelta(days=1), usegmt=True)
        for value, low, high in ((soon, 20, 30), (past, 0, 0), ("-5", 0, 0), ("soon", 0, 0), ("1.5", 0, 0), ("", 0, 0)):
            limited = problem(429, "rate_limited", {"Retry-After": value})
            _, taken, _ = self.calls(lambda client: client.keys.revoke("k"), limited, answer(200, CREATED))
            self.assertEqual(len(taken), 1, value)
            self.assertTrue(low <= taken[0] <= high, (value, taken))

    def test_who_is_told_to_come_back_much_later_is_told_at_once(self) -> None:
        for value in ("3600", "9" * 400):
            limited = problem(429, "rate_limited", {"Retry-After": value})
            sent, taken, outcome = self.calls(lambda client: client.tenant(), limited)
            self.assertEqual((len(sent), taken, type(outcome)), (1, [], playground.RateLimitedError))
            self.assertGreaterEqual(outcome.retry_after, 3600)

    def test_no_more_often_than_it_was_told(self) -> None:
        for retries in (0, 1, 4):
            sent, _, outcome = self.calls(lambda client: client.tenant(), raw(b""), max_retries=retries)
            self.assertEqual((len(sent), type(outcome)), (retries + 1, playground.ApiConnectionError))

    def test_other_refusals_are_final(self) -> None:
        for status, code in ((400, "invalid_request"), (401, "api_key_invalid"), (500, "internal")):
            sent, _, _ = self.calls(lambda client: client.tenant(), problem(status, code))
            self.assertEqual(len(sent), 1)

    def test_pauses_grow_and_are_random(self) -> None:
        with ScriptedServer(raw(b"")) as server, pauses() as taken:
            with mock.patch("random.uniform", lambda low, high: high):
                with self.assertRaises(playground.ApiConnectionError):
                    self.client(server, max_retries=6).tenant()
        self.assertEqual(taken, [0.5, 1.0, 2.0, 4.0, 8.0, 8.0])

    def test_hooks_are_told_of_each_try_and_of_no_secret(self) -> None:
        events: List[Any] = []
        watch = {"on_request": events.append, "on_response": events.append, "on_retry": events.append}
        limited = problem(429, "rate_limited", {"Retry-After": "2"})
        self.calls(lambda client: client.keys.list(limit=3, cursor="c"), raw(b""), limited, answer(200, {}), **watch)
        self.assertEqual(
            [(type(event).__name__, event.method, event.path, event.attempt) for event in events],
            [
                (f"{kind}Event", "GET", "/v1/keys", attempt)
                for kind, attempt in (
                    ("Request", 1),
                    ("Retry", 1),
                    ("Request", 2),
                    ("Response", 2),
                    ("Retry", 2),
                    ("Request", 3),
                    ("Response", 3),
                )
            ],
        )
        self.assertEqual((events[1].reason, events[1].status), ("connection", None))
        self.assertEqual((events[4].reason, events[4].status, events[4].request_id), ("rate_limited", 429, "req_1"))
        self.assertEqual((events[4].seconds, events[6].status), (2.0, 200))
        self.assertGreaterEqual(events[6].milliseconds, 0)
        self.assertNotIn(KEY, repr(events))

    def test_what_a_hook_raises_is_not_heard(self) -> None:
        def bad(_: Any) -> None:
            raise RuntimeError("watching")

        watch = {"on_request": bad, "on_response": bad, "on_retry": bad}
        create = lambda client: client.keys.create(name="n", scopes=["usage:read"])  # noqa: E731
        sent, _, outcome = self.calls(create, problem(429, "rate_limited"), answer(201, CREATED), **watch)
        self.assertEqual((len(sent), outcome.secret), (2, "sk_test_made"))


class Pages(Case):
    def test_a_list_goes_on_to_its_end_and_asks_when_it_gets_there(self) -> None:
        def page(id: str, cursor: Any) -> Step:
            return answer(200, {"data": [{**CREATED, "id": id}], "nextCursor": cursor})

        steps = (page("a", "2&3"), page("b", "3"), page("c", None))
        with ScriptedServer(*steps) as server:
            first = self.client(server).keys.list(limit=1)
            self.assertEqual(([key.id for key in first.data], first.next_cursor, len(server.received)), (["a"], "2&3", 1))
            self.assertEqual([key.id for key in first], ["a", "b", "c"])
        targets = ["/v1/keys?limit=1", "/v1/keys?limit=1&cursor=2%263", "/v1/keys?limit=1&cursor=3"]
        self.assertEqual([one.target for one in server.received], targets)

        async def all_of(server: ScriptedServer) -> Any:
            async with AsyncClient(api_key=KEY, base_url=server.url) as client:
                ids = [key.id async for key in client.keys.list(limit=1)]
                page = await client.keys.list()
                return ids, [key.id for key in page.data], page.next_cursor

        with ScriptedServer(*steps) as server:
            self.assertEqual(asyncio.run(all_of(server)), (["a", "b", "c"], ["c"], None))
        self.assertEqual([one.target for one in server.received], [*targets, "/v1/keys"])


class Cancelling(Case):
    def test_a_task_that_is_cancelled_ends_at_once_and_so_does_its_request(self) -> None:
        for step in (silent, trickle(CHUNKED, b"1\r\n \r\n")):
            with ScriptedServer(step) as server:
                asyncio.run(self.cancel(server))
                self.assertTrue(server.gone.wait(10))
            self.assertEqual(len(server.received), 1)

    def test_in_a_pause_between_two_tries_too(self) -> None:
        with ScriptedServer(problem(429, "rate_limited", {"Retry-After": "59"})) as server:
            began = time.monotonic()
            asyncio.run(self.cancel(server))
            self.assertLess(time.monotonic() - began, 50)
        self.assertEqual(len(server.received), 1)

    def test_wait_for_ends_the_call(self) -> None:
        async def wait(server: ScriptedServer) -> None:
            async with AsyncClient(api_key=KEY, base_url=server.url) as client:
                with self.assertRaises(asyncio.TimeoutError):
                    await asyncio.wait_for(client.tenant(), 0.1)

        with ScriptedServer(silent) as server:
            asyncio.run(wait(server))
            self.assertTrue(server.gone.wait(10))

    async def cancel(self, server: ScriptedServer) -> None:
        answered = asyncio.Event()
        loop = asyncio.get_running_loop()

        def told(_: Any) -> None:
            loop.call_soon_threadsafe(answered.set)

        async with AsyncClient(api_key=KEY, base_url=server.url, on_request=told, on_retry=told) as client:
            task = asyncio.ensure_future(client.tenant())
            await answered.wait()
            while not server.received:
                await asyncio.sleep(0.01)
            task.cancel()
            with self.assertRaises(asyncio.CancelledError):
                await task

    def test_calls_of_one_client_run_side_by_side(self) -> None:
        together = threading.Barrier(8)

        def step(connection: socket.socket) -> bool:
            together.wait(10)
            return answer(200, VERDICT)(connection)

        async def at_once(server: ScriptedServer) -> Any:
            async with AsyncClient(api_key=KEY, base_url=server.url) as client:
                return await asyncio.gather(*(client.keys.test_address("k", "::1") for _ in range(8)))

        with ScriptedServer(step) as server:
            self.assertEqual(len(asyncio.run(at_once(server))), 8)


class Secrets(Case):
    def test_a_key_is_in_nothing_that_a_client_shows(self) -> None:
        client = Client(api_key=KEY, base_url="http://localhost:1")
        asynchronous = AsyncClient(access_token=KEY, base_url="http://localhost:1")
        for one in (client, asynchronous, client.keys, client.passkeys.register, playground.OAuth()):
            shown = [repr(one), str(one), repr(vars(one)), repr(getattr(one, "_engine", "")), format(one)]
            self.assertNotIn(KEY, "".join(shown))
        self.assertNotIn(KEY, repr(vars(client._engine)))
        self.assertEqual(repr(client), "Client(base_url='http://localhost:1')")

    def test_nor_in_an_exception_should_a_server_say_it_back(self) -> None:
        told = problem(401, "api_key_invalid", detail=f"The key {KEY} is no good.")
        error = self.refused(told)
        assert isinstance(error, playground.ApiError)
        self.assertEqual(error.detail, "The key … is no good.")
        self.assertNotIn(KEY, repr(error) + str(error) + str(error.problem))
        for step in (answer(200, [KEY]), answer(302, None, {"Location": f"http://x/{KEY}"}), raw(KEY.encode() + b"\r\n\r\n")):
            error = self.refused(step)
            self.assertNotIn(KEY, repr(error) + str(error) + repr(vars(error)))

    def test_nor_in_the_words_about_a_key_that_is_none(self) -> None:
        for bad in (KEY + "\n", KEY + "\r\nX-Other: 1", f"{KEY} ", f"{KEY}ü", ""):
            ways: List[Any] = [
                lambda: Client(api_key=bad, base_url="http://localhost:1"),
                lambda: Client(access_token=bad, base_url="http://localhost:1"),
                lambda: Client(base_url="http://localhost:1").passkeys.delete("p", user_token=bad),
            ]
            for refused in ways:
                with self.assertRaises(ValueError) as caught:
                    refused()
                error = caught.exception
                self.assertNotIn(KEY, repr(error))
                self.assertIsNone(error.__cause__ or error.__context__)

    def test_what_an_answer_shows_once_is_not_in_its_repr(self) -> None:
        with ScriptedServer(answer(201, CREATED)) as server:
            created = self.client(server).keys.create(name="n", scopes=["usage:read"])
        self.assertEqual(created.secret, "sk_test_made")
        self.assertNotIn("sk_test_made", repr(created))


class Settings(Case):
    def test_the_key_and_the_address_are_found_in_the_environment(self) -> None:
        with ScriptedServer(answer(200, CREATED)) as server:
            found = {"PLAYGROUND_API_KEY": KEY, "PLAYGROUND_BASE_URL": server.url + "/"}
            with mock.patch.dict("os.environ", found):
                credentials: List[Any] = [{}, {"access_token": "token"}, {"api_key": "sk_test_other"}]
                for credential in credentials:
                    with Client(**credential) as client:
                        client.keys.read("k")
        said = [one.headers["authorization"] for one in server.received]
        self.assertEqual(said, [f"Bearer {KEY}", "Bearer token", "Bearer sk_test_other"])
        self.assertEqual({one.target for one in server.received}, {"/v1/keys/k"})

    def test_what_cannot_be_is_refused_at_once(self) -> None:
        good = {"api_key": KEY, "base_url": "http://localhost:1"}
        wrongs: List[Any] = [
            {"base_url": "localhost:3000"},
            {"base_url": "ftp://localhost"},
            {"base_url": f"http://user:{KEY}@localhost"},
            {"base_url": "http://localhost:99999"},
            {"base_url": "http://localhost/?a"},
            {"base_url": ""},
            {"base_url": "http://a..b"},
            {"base_url": f"http://{'a' * 64}.example"},
            {"timeout": 0},
            {"timeout": -1.0},
            {"timeout": float("inf")},
            {"timeout": float("nan")},
            {"max_retries": -1},
            {"max_retries": float("nan")},
            {"access_token": "both"},
        ]
        for wrong in wrongs:
            settings: Any = {**good, **wrong}
            with self.assertRaises((ValueError, TypeError)) as caught:
                Client(**settings)
            self.assertNotIn(KEY, str(caught.exception))
        with mock.patch.dict("os.environ", {}, clear=True), self.assertRaisesRegex(ValueError, "PLAYGROUND_BASE_URL"):
            Client(api_key=KEY)

    def test_an_id_is_one_segment_of_a_path_whatever_is_in_it(self) -> None:
        with ScriptedServer(answer(200, CREATED)) as server:
            client = self.client(server)
            client.keys.read("a/../b?c#d%2F")
            for bad in ("", ".", ".."):
                with self.assertRaises(ValueError):
                    client.keys.read(bad)
        self.assertEqual([one.target for one in server.received], ["/v1/keys/a%2F..%2Fb%3Fc%23d%252F"])

    def test_a_date_is_sent_in_utc_and_one_without_a_zone_is_refused(self) -> None:
        moment = datetime(2027, 1, 2, 3, 4, 5, tzinfo=timezone(timedelta(hours=2)))
        with ScriptedServer(answer(200, CREATED)) as server:
            key = self.client(server).keys.update("k", expires_at=moment)
            self.client(server).keys.update("k", expires_at=None)
            with self.assertRaisesRegex(ValueError, "time zone"):
                self.client(server).keys.update("k", expires_at=datetime(2027, 1, 2))
        self.assertEqual(server.received[0].json, {"expiresAt": "2027-01-02T01:04:05.000Z"})
        self.assertEqual(server.received[1].json, {"expiresAt": None})
        self.assertEqual(key.created_at, datetime(2026, 1, 2, 3, 4, 5, 678000, tzinfo=timezone.utc))

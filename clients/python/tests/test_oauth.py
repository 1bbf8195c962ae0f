import asyncio
import base64
import hashlib
import json
import time
import unittest
import urllib.parse
from typing import Any, Dict, List
from unittest import mock

import webauthn_playground as playground
from webauthn_playground import AsyncOAuth, OAuth, OAuthError

from .scripted_server import ScriptedServer, answer, problem, raw

REDIRECT = "https://app.example/callback"
BEGIN: Any = {"client_id": "c", "redirect_uri": REDIRECT, "scope": "openid"}
APP: Any = {"client_id": "c", "client_secret": "a:s+e%cret"}
TOKENS = {"access_token": "at", "token_type": "Bearer", "expires_in": 3600}


def id_token(**claims: Any) -> str:
    said = {"iss": "", "aud": "c", "exp": time.time() + 60, **claims}
    return f"e30.{base64.urlsafe_b64encode(json.dumps(said).encode()).rstrip(b'=').decode()}.sig"


def form(body: bytes) -> Dict[str, str]:
    return dict(urllib.parse.parse_qsl(body.decode()))


class Authorizations(unittest.TestCase):
    def setUp(self) -> None:
        self.oauth = OAuth(base_url="http://localhost:3000")

    def test_an_address_has_pkce_and_a_state_of_its_own(self) -> None:
        one = self.oauth.authorization_url(**BEGIN, prompt="consent", max_age=60, nonce="n", login_hint="ada")
        address = urllib.parse.urlsplit(one.url)
        said = dict(urllib.parse.parse_qsl(address.query))
        digest = hashlib.sha256(one.code_verifier.encode()).digest()
        self.assertEqual(address._replace(query="").geturl(), "http://localhost:3000/oauth/authorize")
        self.assertEqual(
            said,
            {
                "client_id": "c",
                "redirect_uri": REDIRECT,
                "response_type": "code",
                "scope": "openid",
                "state": one.state,
                "nonce": "n",
                "prompt": "consent",
                "max_age": "60",
                "login_hint": "ada",
                "resource": "http://localhost:3000/v1",
                "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
                "code_challenge_method": "S256",
            },
        )
        self.assertRegex(one.code_verifier, r"^[\w-]{43}$")
        self.assertNotIn(one.code_verifier, repr(one))
        other = self.oauth.authorization_url(**BEGIN, resource=None)
        self.assertNotIn("resource", other.url)
        self.assertNotEqual((one.state, one.code_verifier), (other.state, other.code_verifier))

    def test_an_answer_that_is_not_to_this_question_is_refused(self) -> None:
        good = {"code": "co", "state": "s", "iss": "http://localhost:3000"}
        for parameters in (
            good,
            urllib.parse.urlencode(good),
            f"?{urllib.parse.urlencode(good)}",
            f"{REDIRECT}?{urllib.parse.urlencode(good)}",
        ):
            self.assertEqual(self.oauth.read_callback(parameters, state="s").code, "co")  # type: ignore[arg-type]
        for changed in ({"state": "t"}, {"state": "ü"}, {"iss": "http://localhost:3001"}, {"code": ""}):
            with self.assertRaises(OAuthError) as caught:
                self.oauth.read_callback({**good, **changed}, state="s")
            self.assertEqual(caught.exception.error, "invalid_response")
        with self.assertRaises(OAuthError):
            self.oauth.read_callback("code=a&code=b&state=s", state="s")
        with self.assertRaises(OAuthError) as caught:
            self.oauth.read_callback("error=access_denied&error_description=No&state=s", state="s")
        self.assertEqual((caught.exception.error, caught.exception.description), ("access_denied", "No"))

    def test_it_needs_https_or_this_machine(self) -> None:
        for url in ("http://auth.example", "http://10.0.0.1:3000"):
            with self.assertRaisesRegex(ValueError, "https"):
                OAuth(base_url=url)
        with mock.patch.dict("os.environ", {"PLAYGROUND_BASE_URL": "https://auth.example"}):
            self.assertTrue(OAuth().authorization_url(**BEGIN).url.startswith("https://auth.example/oauth/authorize?"))


class Tokens(unittest.TestCase):
    def oauth(self, server: ScriptedServer) -> OAuth:
        made = OAuth(base_url=server.url)
        self.addCleanup(made.close)
        return made

    def test_what_was_remembered_goes_with_the_code_and_once(self) -> None:
        with ScriptedServer(answer(200, TOKENS)) as server:
            oauth = self.oauth(server)
            began = oauth.authorization_url(**BEGIN, resource="urn:mpc-server")
            tokens = oauth.exchange_code(code="co", redirect_uri=REDIRECT, **APP)
            with self.assertRaisesRegex(OAuthError, "No code verifier is known for this client"):
                oauth.exchange_code(code="co", redirect_uri=REDIRECT, **APP)
        self.assertEqual(tokens.access_token, "at")
        self.assertNotIn("'at'", repr(tokens))
        (sent,) = server.received
        self.assertEqual(
            form(sent.body),
            {
                "grant_type": "authorization_code",
                "code": "co",
                "redirect_uri": REDIRECT,
                "code_verifier": began.code_verifier,
                "resource": "urn:mpc-server",
            },
        )
        user = base64.b64decode(sent.headers["authorization"][len("Basic ") :]).decode()
        self.assertEqual(user, "c:a%3As%2Be%25cret")

    def test_two_sign_ins_at_once_are_told_apart_by_their_state(self) -> None:
        refused = answer(400, {"error": "invalid_grant", "error_description": "no"})
        with ScriptedServer(answer(200, TOKENS), refused) as server:
            oauth = self.oauth(server)
            first, second, _ = (oauth.authorization_url(**BEGIN) for _ in range(3))
            oauth.exchange_code(code="1", redirect_uri=REDIRECT, state=first.state, **APP)
            with self.assertRaisesRegex(OAuthError, "Several sign-ins"):
                oauth.exchange_code(code="2", redirect_uri=REDIRECT, **APP)
            with self.assertRaisesRegex(OAuthError, "for this state"):
                oauth.exchange_code(code="1", redirect_uri=REDIRECT, state=first.state, **APP)
            with self.assertRaisesRegex(OAuthError, "invalid_grant: no"):
                oauth.exchange_code(code="2", redirect_uri=REDIRECT, state=second.state, **APP)

    def test_an_id_token_is_for_this_client_of_this_server_and_this_question(self) -> None:
        wrongs: Any = [{"iss": "https://other"}, {"aud": "d"}, {"aud": ["d"]}, {"exp": time.time() - 3600}, {"nonce": "m"}]
        for wrong in wrongs:
            with ScriptedServer(answer(200, TOKENS)) as server:
                said = {"iss": server.url, "nonce": "n"}
                server.steps = [
                    answer(200, {**TOKENS, "id_token": id_token(**{**said, **wrong})}),
                    answer(200, {**TOKENS, "id_token": id_token(**said)}),
                ]
                oauth = self.oauth(server)
                for expected in ("invalid_response", None):
                    oauth.authorization_url(**BEGIN, nonce="n")
                    try:
                        tokens = oauth.exchange_code(code="c", redirect_uri=REDIRECT, **APP)
                        self.assertIsNone(expected)
                        self.assertIsNotNone(tokens.id_token)
                    except OAuthError as error:
                        self.assertEqual(error.error, expected)

    def test_what_a_server_answers_that_is_none(self) -> None:
        html: Any = {"Content-Type": "text/html"}
        for step, code in (
            (answer(200, {"access_token": "at", "token_type": "mac"}), "invalid_response"),
            (answer(200, {"token_type": "Bearer"}), "invalid_response"),
            (answer(500, b"<html>", html), "server_error"),
            (answer(404, b"<html>", html), "invalid_response"),
            (answer(503, b"<html>", html), "temporarily_unavailable"),
            (answer(401, {"error": "invalid_client"}), "invalid_client"),
        ):
            with ScriptedServer(step) as server, self.assertRaises(OAuthError) as caught:
                self.oauth(server).refresh_token(refresh_token="rt", **APP)
            self.assertEqual(caught.exception.error, code)
        with ScriptedServer(answer(200, b"<html>", html)) as server, self.assertRaises(playground.UnexpectedAnswerError):
            self.oauth(server).refresh_token(refresh_token="rt", **APP)

    def test_a_code_and_a_refresh_token_are_sent_once_unless_the_server_did_not_take_them(self) -> None:
        limited = problem(429, "rate_limited", {"Retry-After": "0"})
        for step, times in ((raw(b""), 1), (problem(503, "unavailable", {"Retry-After": "0"}), 1), (limited, 3)):
            with ScriptedServer(step) as server, mock.patch("random.uniform", lambda low, high: 0):
                with self.assertRaises(playground.PlaygroundError):
                    self.oauth(server).refresh_token(refresh_token="rt", **APP)
                self.assertEqual(len(server.received), times)

    def test_no_secret_is_in_an_error(self) -> None:
        private = ("the-refresh-token", APP["client_secret"])
        said = {"error": "invalid_grant", "error_description": f"{private[0]} of {private[1]} is unknown"}
        with ScriptedServer(answer(400, said)) as server, self.assertRaises(OAuthError) as caught:
            self.oauth(server).refresh_token(refresh_token=private[0], **APP)
        shown = repr(caught.exception) + str(vars(caught.exception))
        for secret in private:
            self.assertNotIn(secret, shown)
        self.assertIsNone(caught.exception.__cause__ or caught.exception.__context__)

    def test_a_device_asks_until_its_person_has_answered(self) -> None:
        waits = []
        steps = [answer(400, {"error": error}) for error in ("authorization_pending", "slow_down", "authorization_pending")]

        async def pause(seconds: float) -> None:
            waits.append(seconds)

        async def ask(server: ScriptedServer) -> Any:
            oauth = AsyncOAuth(base_url=server.url)
            try:
                return await oauth.device_tokens(client_id="c", device_code="d", interval=2)
            finally:
                await oauth.aclose()

        with ScriptedServer(*steps, answer(200, TOKENS)) as server, mock.patch("time.sleep", waits.append):
            self.assertEqual(self.oauth(server).device_tokens(client_id="c", device_code="d", interval=1).access_token, "at")
        with ScriptedServer(*steps[:2], answer(200, TOKENS)) as server:
            with mock.patch("webauthn_playground._async_oauth.asyncio.sleep", pause):
                self.assertEqual(asyncio.run(ask(server)).access_token, "at")
        self.assertEqual(waits, [1, 1, 6, 6, 2, 2, 7])
        with ScriptedServer(answer(400, {"error": "expired_token"})) as server, self.assertRaises(OAuthError):
            self.oauth(server).device_tokens(client_id="c", device_code="d", interval=0)

    def test_nor_does_a_lost_connection_end_its_wait_unless_the_server_stays_away(self) -> None:
        waits: List[float] = []
        refusals = (problem(503, "unavailable"), answer(503, {"error": "temporarily_unavailable"}), answer(502, {}))
        away = (raw(b""), *refusals)
        with mock.patch("time.sleep", waits.append), ScriptedServer(*away, answer(200, TOKENS)) as server:
            self.assertEqual(self.oauth(server).device_tokens(client_id="c", device_code="d", interval=1).access_token, "at")
            self.assertEqual(waits, [1, 6, 11, 16, 21])
        waits.clear()
        with mock.patch("time.sleep", waits.append), ScriptedServer(raw(b"")) as server:
            with self.assertRaises(playground.ApiConnectionError):
                self.oauth(server).device_tokens(client_id="c", device_code="d")
        self.assertEqual(len(waits), 11)

import base64
import hashlib
import hmac
import json
import time
import unittest
from typing import Any, Dict, List, Optional
from unittest import mock

from webauthn_playground import WebhookVerificationError, verify_skill_call, verify_webhook

from .served import ask, needs_server

SECRET = "whsec_" + base64.b64encode(b"k" * 32).decode()
OTHER = "whsec_" + base64.b64encode(b"o" * 32).decode()
BODY = json.dumps({"type": "key.created", "timestamp": "2026-01-02T03:04:05.000Z", "data": {"keyId": "k"}}).encode()

CALL = json.dumps(
    {
        "runId": "run_1",
        "skillId": "acme.upper",
        "environment": "test",
        "tenant": {"id": "tnt_1", "name": "Acme Wallet"},
        "input": {"text": "four"},
    }
).encode()


def signature(secret: str, id: str, timestamp: int, body: bytes) -> str:
    key = base64.b64decode(secret[len("whsec_") :])
    return "v1," + base64.b64encode(hmac.new(key, f"{id}.{timestamp}.".encode() + body, hashlib.sha256).digest()).decode()


def headers(secret: str = SECRET, at: Optional[int] = None, body: bytes = BODY, **changed: str) -> Dict[str, str]:
    timestamp = int(time.time()) if at is None else at
    said = {"id": "evt_1", "timestamp": str(timestamp), "signature": signature(secret, "evt_1", timestamp, body)}
    said.update(changed)
    return {f"Webhook-{name.title()}": value for name, value in said.items()}


class Verification(unittest.TestCase):
    def refused(self, given: Dict[str, str], body: Any = BODY, secret: Any = SECRET) -> str:
        with self.assertRaises(WebhookVerificationError) as caught:
            verify_webhook(given, body, secret)
        self.assertIsNone(caught.exception.__cause__ or caught.exception.__context__)
        return str(caught.exception)

    def test_a_test_is_told_from_what_happened_by_its_id(self) -> None:
        self.assertFalse(verify_webhook(headers(), BODY, SECRET).test)
        now = int(time.time())
        tried = headers(at=now, id="msg_test_1", signature=signature(SECRET, "msg_test_1", now, BODY))
        self.assertTrue(verify_webhook(tried, BODY, SECRET).test)
        self.assertIn("No signature", self.refused(headers(id="msg_test_1")))

    def test_the_example_of_the_specification(self) -> None:
        """https://github.com/standard-webhooks/standard-webhooks/blob/main/libraries/python/tests"""
        secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
        body = '{"test": 2432232314}'
        given = {
            "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
            "webhook-timestamp": "1614265330",
            "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        }
        with mock.patch("time.time", lambda: 1614265330.0):
            # Signed as it should be: what it lacks is only that it is one of our events.
            self.assertIn("no event", self.refused(given, body, secret))
            self.assertIn("No signature", self.refused(given, body + " ", secret))

    def test_an_event_is_read_once_it_is_known_to_be_the_servers(self) -> None:
        for body in (BODY, bytearray(BODY), BODY.decode()):
            event = verify_webhook(headers(), body, SECRET)  # type: ignore[arg-type]
            self.assertEqual((event.id, event.type, event.data), ("evt_1", "key.created", {"keyId": "k"}))
        self.assertEqual(event.timestamp.year, 2026)

    def test_one_of_several_secrets_and_one_of_several_signatures_is_enough(self) -> None:
        now = int(time.time())
        both = f"v1a,AAAA {signature(OTHER, 'evt_1', now, BODY)} {signature(SECRET, 'evt_1', now, BODY)}"
        self.assertTrue(verify_webhook(headers(at=now, signature=both), BODY, SECRET))
        self.assertTrue(verify_webhook(headers(), BODY, [OTHER, SECRET]))
        self.assertIn("No signature", self.refused(headers(), secret=[OTHER]))

    def test_what_is_not_signed_as_it_is_here_is_refused(self) -> None:
        good = headers()["Webhook-Signature"]
        for changed in ("", "v1,", "v1", good[3:], "v2" + good[2:], "v1a" + good[2:], f"v1,{'B' if good[3] == 'A' else 'A'}{good[4:]}", good + "x", "v1,ü"):
            with self.subTest(changed):
                self.refused(headers(signature=changed))
        self.refused(headers(id="evt_2"))
        self.refused(headers(id=""))
        self.refused({})
        for body in (BODY + b" ", b"", b"{}", BODY.replace(b"k", b"K")):
            self.assertIn("No signature", self.refused(headers(), body))
        for body in (b"", b"{}", b"[]", b"null", b"\xff", b"[" * 100_000, b'{"type":1,"timestamp":"x","data":{}}'):
            self.assertIn("no event", self.refused(headers(body=body), body))

    def test_a_request_is_good_for_five_minutes_around_its_time(self) -> None:
        now = int(time.time())
        for seconds in (-290, 290):
            self.assertTrue(verify_webhook(headers(at=now + seconds), BODY, SECRET))
        self.assertIn("ago", self.refused(headers(at=now - 310)))
        self.assertIn("from now", self.refused(headers(at=now + 310)))
        for changed in ("", "now", "-1", "1e9", "1" * 30, "\u0661", f" {now}"):
            self.refused(headers(timestamp=changed))

    def test_a_secret_that_is_none_is_the_callers_mistake_and_not_the_requests(self) -> None:
        bad: List[Any] = ["", "secret", "whsec_", "whsec_!", "whpk_AAAA", []]
        for secret in bad:
            with self.assertRaises(ValueError) as caught:
                verify_webhook(headers(), BODY, secret)
            self.assertNotIsInstance(caught.exception, WebhookVerificationError)

    def test_every_signature_is_compared_in_constant_time(self) -> None:
        with mock.patch("hmac.compare_digest", side_effect=hmac.compare_digest) as compared:
            verify_webhook(headers(), BODY, [SECRET, OTHER])
        self.assertEqual(compared.call_count, 2)

    @needs_server
    def test_what_the_server_signs(self) -> None:
        signed = ask("/sign", id="evt_9", body=BODY.decode(), secrets=[OTHER, SECRET])
        self.assertEqual(verify_webhook(signed, BODY, SECRET).id, "evt_9")
        self.assertEqual(verify_webhook(signed, BODY, OTHER).id, "evt_9")
        self.refused(signed, BODY, "whsec_" + base64.b64encode(b"x" * 32).decode())


class SkillCalls(unittest.TestCase):
    def refused(self, given: Dict[str, str], body: bytes = CALL) -> str:
        with self.assertRaises(WebhookVerificationError) as caught:
            verify_skill_call(given, body, SECRET)
        self.assertIsNone(caught.exception.__cause__ or caught.exception.__context__)
        return str(caught.exception)

    def test_a_call_is_read_once_it_is_known_to_be_the_servers(self) -> None:
        call = verify_skill_call(headers(body=CALL), CALL, [OTHER, SECRET])
        self.assertEqual((call.run_id, call.skill_id, call.environment), ("run_1", "acme.upper", "test"))
        self.assertEqual((call.tenant.id, call.tenant.name, call.input), ("tnt_1", "Acme Wallet", {"text": "four"}))
        none = CALL.replace(b'{"text": "four"}', b"null")
        self.assertIsNone(verify_skill_call(headers(body=none), none, SECRET).input)

    def test_what_is_not_signed_as_it_is_here_is_refused(self) -> None:
        self.assertIn("No signature", self.refused(headers(OTHER, body=CALL)))
        self.assertIn("No signature", self.refused(headers(body=CALL), CALL + b" "))
        self.assertIn("ago", self.refused(headers(at=int(time.time()) - 310, body=CALL)))

    def test_a_body_that_is_no_call_is_refused(self) -> None:
        for body in (b"", b"{}", b"[]", b"null", BODY, CALL.replace(b"runId", b"run"), CALL.replace(b'"input"', b'"in"')):
            self.assertIn("no call", self.refused(headers(body=body), body))

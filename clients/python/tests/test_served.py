import asyncio
import unittest
from datetime import datetime, timedelta, timezone
from typing import Any, List
from unittest import mock

import webauthn_playground as playground
from webauthn_playground import AsyncClient, AsyncOAuth, Client, OAuth, oauth

from .served import BASE_URL, ask, needs_server, new_key

REDIRECT = "https://app.example/callback"
TEXT = "A passkey signs in. It needs no password. The key never leaves the device. A server keeps the public half alone."


@needs_server
class Snippets(unittest.TestCase):
    """What the documentation shows, as it stands."""

    def test_the_client_finds_its_key_by_itself_or_is_given_it(self) -> None:
        api_key = new_key(type="test")
        with mock.patch.dict("os.environ", {"PLAYGROUND_API_KEY": api_key}):
            client = Client()
            self.addCleanup(client.close)
            self.assertEqual(client.tenant().environment, "test")
        client = Client(api_key=api_key)
        self.addCleanup(client.close)
        tenant = client.tenant()
        assert tenant.key is not None
        self.assertEqual((tenant.key.type, tenant.limits.requests_per_minute, tenant.client), ("test", 100, None))
        self.assertIn("localhost", tenant.relying_party.id)

    def test_a_key_is_created_updated_and_revoked(self) -> None:
        with Client(api_key=new_key()) as admin:
            created = admin.keys.create(name="monitoring", scopes=["skills:list", "account:read"])
            id, secret = created.id, created.secret
            admin.keys.update(id, allowed_ips=["203.0.113.10", "203.0.113.0/24"])
            self.assertEqual(admin.keys.read(id).allowed_ips, ["203.0.113.10", "203.0.113.0/24"])
            admin.keys.revoke(id)
            assert secret is not None
            self.assertTrue(secret.startswith("sk_live_"))
            self.assertEqual(admin.keys.read(id).status, "revoked")
            with Client(api_key=secret) as revoked, self.assertRaises(playground.ApiKeyInvalidError) as caught:
                revoked.tenant()
        self.assertEqual((caught.exception.status, caught.exception.code), (401, "api_key_invalid"))
        self.assertNotIn(secret, repr(caught.exception) + str(vars(caught.exception)))

    def test_a_skill_is_executed(self) -> None:
        with Client(api_key=new_key(type="test")) as client:
            run = client.skills.execute(skill_id="text-summarizer", input={"text": TEXT})
        self.assertTrue(run.id.startswith("run_"))
        self.assertTrue(run.output)

    def test_a_code_is_exchanged_and_refreshed_and_the_token_calls_the_api(self) -> None:
        with Client(api_key=new_key()) as admin:
            made = admin.oauth_clients.create(
                name="App", type="confidential", redirect_uris=[REDIRECT], scopes=["openid", "account:read"]
            )
        client_id, client_secret = made.client_id, made.client_secret
        began = oauth.authorization_url(client_id=client_id, redirect_uri=REDIRECT, scope="openid account:read")
        returned = ask("/authorize", url=began.url)["location"]
        code = oauth.read_callback(returned, state=began.state).code

        tokens = oauth.exchange_code(
            code=code, redirect_uri=REDIRECT, client_id=client_id, client_secret=client_secret
        )
        with Client(access_token=tokens.access_token) as client:
            tenant = client.tenant()
        assert tenant.client is not None and tenant.user is not None and tokens.refresh_token is not None
        self.assertEqual((tenant.key, tenant.client.id, tenant.user.username), (None, client_id, "ada"))
        self.assertEqual(tokens.expires_in, 3600)
        tokens = oauth.refresh_token(
            refresh_token=tokens.refresh_token, client_id=client_id, client_secret=client_secret
        )
        with Client(access_token=tokens.access_token) as client:
            self.assertEqual(client.tenant().tenant, tenant.tenant)
        self.addCleanup(oauth.close)


@needs_server
class Resources(unittest.TestCase):
    def setUp(self) -> None:
        self.client = Client(api_key=new_key())
        self.addCleanup(self.client.close)

    def test_a_user_registers_a_passkey_signs_in_and_manages_it(self) -> None:
        passkeys = self.client.passkeys
        begun = passkeys.register.begin(username="ada", options={"authenticatorSelection": {"residentKey": "required"}})
        credential = ask("/create", publicKey=begun.public_key)
        finished = passkeys.register.finish(ceremony_id=begun.ceremony_id, credential=credential)
        self.assertEqual((finished.user.username, finished.passkey.sign_count >= 0), ("ada", True))

        started = passkeys.authenticate.begin(username="ada")
        credential = ask("/get", publicKey=started.public_key)
        signed_in = passkeys.authenticate.finish(ceremony_id=started.ceremony_id, credential=credential)
        self.assertEqual(signed_in.token.count("."), 2)
        self.assertNotIn(signed_in.token, repr(signed_in))
        with self.assertRaises(playground.CeremonyUnknownError):
            passkeys.authenticate.finish(ceremony_id=started.ceremony_id, credential=credential)

        (passkey,) = passkeys.list(username="ada")
        self.assertEqual(passkeys.rename(passkey.id, "Phone", user_token=signed_in.token).name, "Phone")
        action = {"type": "mpc.delete", "keyId": "mpk_1"}
        asked = passkeys.approve.begin(username="ada", action=action)
        credential = ask("/get", publicKey=asked.public_key)
        approved = passkeys.approve.finish(ceremony_id=asked.ceremony_id, credential=credential)
        self.assertEqual(approved.user, signed_in.user)
        passkeys.delete(passkey.id)
        self.assertEqual(list(passkeys.list(username="ada")), [])

    def test_keys_page_by_page_rotated_and_the_same_once(self) -> None:
        keys = self.client.keys
        for number in range(4):
            keys.create(name=f"key {number}", scopes=["usage:read"])
        names = [key.name for key in keys.list(limit=2)]
        self.assertEqual([name for name in names if name.startswith("key ")], [f"key {n}" for n in range(4)])
        soon = datetime.now(timezone.utc) + timedelta(days=1)
        first = keys.create(name="once", scopes=["usage:read"], expires_at=soon, idempotency_key="one-1")
        again = keys.create(name="once", scopes=["usage:read"], expires_at=soon, idempotency_key="one-1")
        self.assertEqual((again.id, again.secret, first.secret is None), (first.id, None, False))
        with self.assertRaises(playground.IdempotencyConflictError):
            keys.create(name="twice", scopes=["usage:read"], idempotency_key="one-1")
        assert first.expires_at is not None
        self.assertLess(abs(first.expires_at - soon), timedelta(milliseconds=2))
        rotated = keys.rotate(first.id, overlap_seconds=60)
        self.assertEqual((rotated.predecessor_id, rotated.secret is None), (first.id, False))
        verdict = keys.test_address(first.id, "203.0.113.9")
        self.assertTrue(verdict.allowed)
        with self.assertRaises(playground.InvalidRequestError) as caught:
            keys.create(name="", scopes=[])
        self.assertEqual({issue["path"].strip("/") for issue in caught.exception.issues} - {""}, {"name", "scopes"})

    def test_oauth_clients_and_usage(self) -> None:
        clients = self.client.oauth_clients
        made = clients.create(name="App", type="confidential", redirect_uris=[REDIRECT], scopes=["openid"])
        second = clients.add_secret(made.client_id)
        self.assertEqual([one.id for one in clients.read(made.client_id).secrets][-1], second.id)
        clients.remove_secret(made.client_id, second.id)
        changed = clients.update(made.client_id, name="Other", logo_url="https://app.example/logo.png")
        self.assertEqual((changed.name, changed.logo_url), ("Other", "https://app.example/logo.png"))
        self.assertIsNone(clients.update(made.client_id, logo_url=None).logo_url)
        clients.delete(made.client_id)
        self.assertEqual([one.client_id for one in clients.list()], [])
        usage = self.client.usage(group_by="operation", from_=datetime.now(timezone.utc) - timedelta(hours=1))
        self.assertGreaterEqual(usage.totals.requests, 0)
        self.assertGreaterEqual(usage.meters.totals.token_issued, 0)

    def test_skills_are_listed_and_executed_once(self) -> None:
        skills = self.client.skills
        listed = {skill.id: skill for skill in skills.list(limit=2)}
        self.assertEqual(listed["text-summarizer"], skills.get("text-summarizer"))
        self.assertIn("properties", listed["text-summarizer"].input_schema)
        with self.assertRaises(playground.SkillInputInvalidError) as caught:
            skills.execute(skill_id="text-summarizer", input={"text": 5})
        self.assertTrue(caught.exception.issues)
        with self.assertRaises(playground.SkillUnknownError):
            skills.execute(skill_id="nothing-here", input={})
        with Client(api_key=new_key(type="test")) as client:
            run = client.skills.execute(skill_id="text-summarizer", input={"text": TEXT}, idempotency_key="once")
            again = client.skills.execute(skill_id="text-summarizer", input={"text": TEXT}, idempotency_key="once")
            self.assertEqual((run.skill_id, run.environment, run.cost.amount, again.id), ("text-summarizer", "test", 0, run.id))
            self.assertEqual([one.id for one in client.skills.runs.list()], [run.id])
            kept = client.skills.runs.get(run.id)
            self.assertEqual((kept.status, kept.error, kept.output), ("succeeded", None, run.output))

    def test_an_account_is_topped_up_once_and_says_what_moved(self) -> None:
        with Client(api_key=new_key(type="test")) as client:
            account = client.account
            self.assertIn("pm_card_ok", [method.id for method in account.payment_methods.list()])
            top_up = account.fund(amount=5000, payment_method_id="pm_card_ok", idempotency_key="once")
            again = account.fund(amount=5000, payment_method_id="pm_card_ok", idempotency_key="once")
            self.assertEqual((top_up.status, again.id, account.top_up(top_up.id).id), ("succeeded", top_up.id, top_up.id))
            (moved,) = account.transactions(type="top_up")
            self.assertEqual((moved.source_id, moved.balance, account.read().balance.amount), (top_up.id, 5000, 5000))
            changed = account.update(balance_alert={"amount": 1000})
            assert changed.balance_alert is not None
            self.assertEqual(changed.balance_alert.amount, 1000)
            self.assertIsNone(account.update(balance_alert=None).balance_alert)
            method = account.payment_methods.create(label="Invoice, net 30")
            account.payment_methods.delete(method.id)

    def test_webhooks_are_made_changed_and_told(self) -> None:
        webhooks = self.client.webhooks
        self.assertIn("key.created", [one.type for one in webhooks.event_types()])
        made = webhooks.create(url="https://app.example/hook", events=["key.created"])
        assert made.secret is not None
        self.assertTrue(made.secret.startswith("whsec_"))
        changed = webhooks.update(made.id, description="Keys", enabled=False)
        self.assertEqual((changed.description, changed.enabled, webhooks.read(made.id)), ("Keys", False, changed))
        self.assertNotEqual(webhooks.rotate_secret(made.id).secret, made.secret)
        webhooks.update(made.id, enabled=True)
        tested = webhooks.test(made.id, type="key.created")
        self.assertEqual((tested.test, tested.payload.type), (True, "key.created"))
        self.assertIn(tested.id, [one.id for one in webhooks.deliveries.list(made.id)])
        self.assertEqual(webhooks.deliveries.read(tested.id).event_id, tested.event_id)
        webhooks.delete(made.id)
        self.assertEqual(list(webhooks.list()), [])

    def test_what_is_refused_says_why(self) -> None:
        with Client(api_key=new_key(scopes=["usage:read"])) as client:
            with self.assertRaises(playground.InsufficientScopeError) as caught:
                client.keys.create(name="n", scopes=["usage:read"])
        error = caught.exception
        self.assertEqual((error.status, error.code), (403, "insufficient_scope"))
        self.assertTrue(error.request_id)
        self.assertIn(error.code, error.docs)
        with self.assertRaises(playground.NotFoundError):
            self.client.keys.read("nothing-here")
        with Client(api_key="sk_test_no", base_url=BASE_URL) as client, self.assertRaises(playground.ApiKeyInvalidError):
            client.tenant()

    def test_the_limit_of_a_test_key_says_when_to_come_back(self) -> None:
        waits: List[float] = []
        with Client(api_key=new_key(type="test"), max_retries=0) as client:
            with self.assertRaises(playground.RateLimitedError) as caught:
                for _ in range(200):
                    client.tenant()
        assert caught.exception.retry_after is not None
        waits.append(caught.exception.retry_after)
        self.assertTrue(0 < waits[0] <= 60)


@needs_server
class Asynchronous(unittest.TestCase):
    def test_the_same_awaited(self) -> None:
        asyncio.run(self.awaited())

    async def awaited(self) -> None:
        async with AsyncClient(api_key=new_key()) as client:
            made = await asyncio.gather(
                *(client.keys.create(name=f"key {n}", scopes=["usage:read"]) for n in range(5))
            )
            listed = [key.id async for key in client.keys.list(limit=2)]
            self.assertLessEqual({key.id for key in made}, set(listed))
            page = await client.keys.list(limit=2)
            self.assertEqual(len(page.data), 2)
            begun = await client.passkeys.register.begin(username="grace")
            credential = ask("/create", publicKey=begun.public_key)
            finished = await client.passkeys.register.finish(ceremony_id=begun.ceremony_id, credential=credential)
            self.assertEqual([one.id async for one in client.passkeys.list()], [finished.passkey.id])
            app = await client.oauth_clients.create(
                name="Job",
                type="confidential",
                redirect_uris=[REDIRECT],
                grants=["client_credentials", "authorization_code", "refresh_token"],
                scopes=["openid", "usage:read"],
            )
            with self.assertRaises(playground.NotFoundError):
                await client.keys.read("nothing-here")
        assert app.client_secret is not None
        identity: Any = {"client_id": app.client_id, "client_secret": app.client_secret}
        flow = AsyncOAuth()
        tokens = await flow.client_credentials(**identity, scope="usage:read")
        async with AsyncClient(access_token=tokens.access_token) as client:
            self.assertIsNone((await client.tenant()).user)
        began = flow.authorization_url(client_id=app.client_id, redirect_uri=REDIRECT, scope=["openid"], nonce="n-1")
        code = flow.read_callback(ask("/authorize", url=began.url)["location"], state=began.state).code
        tokens = await flow.exchange_code(code=code, redirect_uri=REDIRECT, state=began.state, **identity)
        self.assertIsNotNone(tokens.id_token)
        await flow.aclose()


@needs_server
class OAuthFlows(unittest.TestCase):
    def setUp(self) -> None:
        self.oauth = OAuth()
        self.addCleanup(self.oauth.close)
        with Client(api_key=new_key()) as admin:
            made = admin.oauth_clients.create(
                name="App",
                type="confidential",
                redirect_uris=[REDIRECT],
                grants=["client_credentials", "authorization_code", "refresh_token"],
                scopes=["openid", "profile", "usage:read"],
            )
        self.app: Any = {"client_id": made.client_id, "client_secret": made.client_secret}
        self.secret = str(made.client_secret)

    def code(self, **more: Any) -> "tuple[str, playground.Authorization]":
        begin = {"client_id": self.app["client_id"], "redirect_uri": REDIRECT, "scope": "openid profile", **more}
        began = self.oauth.authorization_url(**begin)
        returned = ask("/authorize", url=began.url)["location"]
        return self.oauth.read_callback(returned, state=began.state).code, began

    def test_an_opaque_token_says_who_the_user_is_until_it_is_revoked(self) -> None:
        code, began = self.code(resource=None)
        tokens = self.oauth.exchange_code(code=code, redirect_uri=REDIRECT, state=began.state, **self.app)
        info = self.oauth.user_info(access_token=tokens.access_token)
        self.assertEqual(info.preferred_username, "ada")
        self.assertTrue(self.oauth.introspect(token=tokens.access_token, **self.app).active)
        self.oauth.revoke(token=tokens.access_token, **self.app)
        self.assertFalse(self.oauth.introspect(token=tokens.access_token, **self.app).active)
        with self.assertRaises(playground.OAuthError) as caught:
            self.oauth.user_info(access_token=tokens.access_token)
        self.assertEqual((caught.exception.error, caught.exception.status), ("invalid_token", 401))

    def test_a_code_is_good_once_and_with_its_verifier_alone(self) -> None:
        code, began = self.code()
        with self.assertRaises(playground.OAuthError) as caught:
            self.oauth.exchange_code(code=code, redirect_uri=REDIRECT, code_verifier="x" * 43, **self.app)
        self.assertEqual((caught.exception.error, caught.exception.status), ("invalid_grant", 400))
        self.assertNotIn(self.secret, repr(caught.exception) + str(vars(caught.exception)))
        with self.assertRaises(playground.OAuthError) as caught:
            OAuth().exchange_code(code=code, redirect_uri=REDIRECT, **self.app)
        self.assertIn("code_verifier", caught.exception.description)

        code, began = self.code()
        verifier = began.code_verifier
        elsewhere = OAuth()
        self.addCleanup(elsewhere.close)
        self.assertTrue(elsewhere.exchange_code(code=code, redirect_uri=REDIRECT, code_verifier=verifier, **self.app))
        with self.assertRaises(playground.OAuthError) as caught:
            self.oauth.exchange_code(code=code, redirect_uri=REDIRECT, code_verifier=verifier, **self.app)
        self.assertEqual(caught.exception.error, "invalid_grant")

    def test_a_person_says_no(self) -> None:
        began = self.oauth.authorization_url(client_id=self.app["client_id"], redirect_uri=REDIRECT, scope="openid profile")
        returned = ask("/authorize", url=began.url, consent="deny")["location"]
        with self.assertRaises(playground.OAuthError) as caught:
            self.oauth.read_callback(returned, state=began.state)
        self.assertEqual(caught.exception.error, "access_denied")

    def test_a_device_gets_its_codes_and_waits(self) -> None:
        with Client(api_key=new_key()) as admin:
            grants = ["urn:ietf:params:oauth:grant-type:device_code", "refresh_token"]
            made = admin.oauth_clients.create(name="TV", type="public", grants=grants, scopes=["openid"])
        codes = self.oauth.device_authorization(client_id=made.client_id, scope="openid")
        self.assertIn(codes.user_code, str(codes.verification_uri_complete))
        self.assertEqual(codes.interval, 5)
        with mock.patch("time.sleep", side_effect=[None, InterruptedError]), self.assertRaises(InterruptedError):
            self.oauth.device_tokens(client_id=made.client_id, device_code=codes.device_code, interval=codes.interval)

    def test_a_wrong_secret(self) -> None:
        with self.assertRaises(playground.OAuthError) as caught:
            self.oauth.client_credentials(client_id=self.app["client_id"], client_secret="wrong")
        self.assertEqual(caught.exception.error, "invalid_client")

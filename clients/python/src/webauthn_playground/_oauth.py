from __future__ import annotations

import secrets
import threading
import time
from typing import Mapping, Optional, Union

from ._engine import answer_of, sender_to
from ._errors import ApiConnectionError, OAuthError
from ._hooks import Hooks
from ._oauth_answers import Authorization, Callback, DeviceAuthorization, Introspection, TokenAnswer, UserInfo
from ._oauth_pending import Pending, PendingAuthorizations
from ._oauth_requests import (
    API,
    Form,
    Resource,
    Scopes,
    authorization_of,
    authorization_parameters,
    form_request,
    pkce,
    read_callback,
    refusals_of,
    resource_of,
    tokens_of,
    words,
)
from ._secret import Secret
from ._sender import Request, Sender
from ._settings import DEFAULT_RETRIES, DEFAULT_TIMEOUT, check_limits, oauth_url_of
from .problems import UnavailableError

#: How it is said that a server cannot answer for the moment.
AWAY = "temporarily_unavailable"
#: So often in a row the server may be away while a device waits.
LOST_IN_A_ROW = 10


class OAuth:
    """Tokens from an auth server: authorization code with PKCE, device flow, client credentials, refresh,
    revocation.

    ``base_url``
        Where the auth server is; unless told, the environment variable ``PLAYGROUND_BASE_URL``. By https, or by http to
        this machine alone.
    ``timeout``, ``max_retries``
        As with `Client`. A code or a refresh token is sent again only where the server did not take it.

    Tokens are for this server's API, unless ``resource`` names another, or is None for an opaque token, which is for
    `user_info` and `introspect`. Every call raises `OAuthError` where it is refused.
    """

    def __init__(
        self,
        *,
        base_url: Optional[str] = None,
        timeout: float = DEFAULT_TIMEOUT,
        max_retries: int = DEFAULT_RETRIES,
    ) -> None:
        check_limits(timeout, max_retries)
        self._said = base_url
        self._timeout = timeout
        self._max_retries = max_retries
        self._pending = PendingAuthorizations()
        self._lock = threading.Lock()
        self._made: Optional[Sender] = None
        self._made_for = ""
        if base_url is not None:
            oauth_url_of(base_url)

    def authorization_url(
        self,
        *,
        client_id: str,
        redirect_uri: str,
        scope: Scopes,
        resource: Resource = API,
        state: Optional[str] = None,
        nonce: Optional[str] = None,
        prompt: Optional[str] = None,
        max_age: Optional[int] = None,
        login_hint: Optional[str] = None,
        acr_values: Optional[Scopes] = None,
    ) -> Authorization:
        """Where to send the user. PKCE and ``state`` are made, and remembered in this process for an hour.

        Where another process may take the user back, keep ``state`` and ``code_verifier`` in the user's session.
        """
        verifier, challenge = pkce()
        state = state or secrets.token_urlsafe(32)
        asked = resource_of(self._base_url, resource)
        pending = Pending(state, verifier, client_id, redirect_uri, nonce, asked)
        more = {
            "scope": words(scope),
            "prompt": prompt,
            "max_age": max_age,
            "login_hint": login_hint,
            "acr_values": words(acr_values),
        }
        self._pending.save(pending)
        return authorization_of(self._base_url, pending, authorization_parameters(pending, challenge, more))

    def read_callback(self, parameters: Union[str, Mapping[str, str]], *, state: str) -> Callback:
        """What the user came back with, checked: its state, and that it is this server's.

        ``parameters`` are those of the redirect URI, or its whole address. Raises `OAuthError` also for the answer that
        says no: ``access_denied`` and its like.
        """
        return read_callback(self._base_url, parameters, state)

    def exchange_code(
        self,
        *,
        code: str,
        redirect_uri: str,
        client_id: str,
        client_secret: Optional[str] = None,
        code_verifier: Optional[str] = None,
        state: Optional[str] = None,
        nonce: Optional[str] = None,
        resource: Resource = API,
    ) -> TokenAnswer:
        """Tokens for a code. What `authorization_url` remembered need not be said again.

        ``state`` names the authorization. Without it the newest one of the client and redirect URI is meant, which a
        server with many users at once must not rely on.
        """
        pending, guessed = self._pending.find(client_id, redirect_uri, state, code_verifier)
        verifier = code_verifier or (pending.code_verifier if pending else None)
        if verifier is None:
            which = "this state" if state is not None else "this client and redirect URI"
            advice = "Call exchange_code where authorization_url was called, or pass the code_verifier that it answered."
            raise OAuthError("invalid_request", f"No code verifier is known for {which}. {advice}")
        form: Form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect_uri,
            "code_verifier": verifier,
            "resource": pending.resource if pending and resource == API else resource_of(self._base_url, resource),
        }
        expected = nonce if nonce is not None or pending is None else pending.nonce
        try:
            tokens = self._tokens(form, client_id, client_secret, expected, None)
        except OAuthError as error:
            if not guessed or error.error != "invalid_grant":
                raise
            several = "Several sign-ins of this client are under way: say by state which one the code is of."
            raise OAuthError(error.error, several, status=error.status) from error
        if pending is not None:
            self._pending.remove(pending.state)
        return tokens

    def refresh_token(
        self,
        *,
        refresh_token: str,
        client_id: str,
        client_secret: Optional[str] = None,
        scope: Optional[Scopes] = None,
        resource: Resource = API,
    ) -> TokenAnswer:
        """New tokens for a refresh token, which is used up by it. ``scope`` may be less than was allowed."""
        form: Form = {
            "grant_type": "refresh_token",
            "refresh_token": refresh_token,
            "scope": words(scope),
            "resource": resource_of(self._base_url, resource),
        }
        return self._tokens(form, client_id, client_secret, None, words(scope))

    def client_credentials(
        self, *, client_id: str, client_secret: str, scope: Optional[Scopes] = None, resource: Resource = API
    ) -> TokenAnswer:
        """A token for the client itself: no user takes part."""
        form: Form = {
            "grant_type": "client_credentials",
            "scope": words(scope),
            "resource": resource_of(self._base_url, resource),
        }
        return self._tokens(form, client_id, client_secret, None, words(scope))

    def device_authorization(
        self, *, client_id: str, scope: Scopes, client_secret: Optional[str] = None, resource: Resource = API
    ) -> DeviceAuthorization:
        """Codes for a device that has no browser: show the person ``user_code`` and ``verification_uri``, and call
        `device_tokens`."""
        form: Form = {"scope": words(scope), "resource": resource_of(self._base_url, resource)}
        request = form_request("/oauth/device", form, client_id, client_secret, repeatable=True)
        answer = self._sender.send(request, refusals_of(form, client_secret))
        return answer_of(DeviceAuthorization, answer, unless_said={"interval": 5})

    def device_tokens(
        self,
        *,
        client_id: str,
        device_code: str,
        client_secret: Optional[str] = None,
        interval: float = 5,
        resource: Resource = API,
    ) -> TokenAnswer:
        """Asks for the tokens until the person has answered. ``interval`` is as `device_authorization` said.

        A server that is away for a while is asked less often. Raises `OAuthError` ``access_denied`` where they said no,
        ``expired_token`` where they said nothing; `ApiConnectionError` where the server stays away.

        @see https://www.rfc-editor.org/rfc/rfc8628#section-3.5
        """
        form: Form = {
            "grant_type": "urn:ietf:params:oauth:grant-type:device_code",
            "device_code": device_code,
            "resource": resource_of(self._base_url, resource),
        }
        lost = 0
        while True:
            time.sleep(interval)
            try:
                return self._tokens(form, client_id, client_secret, None, None)
            except (OAuthError, ApiConnectionError, UnavailableError) as error:
                said = error.error if isinstance(error, OAuthError) and error.status not in (502, 503, 504) else AWAY
                lost = lost + 1 if said == AWAY else 0
                if said in ("slow_down", AWAY) and lost <= LOST_IN_A_ROW:
                    interval += 5
                elif said != "authorization_pending":
                    raise

    def revoke(
        self,
        *,
        token: str,
        client_id: str,
        client_secret: Optional[str] = None,
        token_type_hint: Optional[str] = None,
    ) -> None:
        """Ends a token; with a refresh token, all that came from the same consent. One that never was is ended as well."""
        form: Form = {"token": token, "token_type_hint": token_type_hint}
        request = form_request("/oauth/revoke", form, client_id, client_secret, repeatable=True)
        self._sender.send(request, refusals_of(form, client_secret))

    def introspect(
        self,
        *,
        token: str,
        client_id: str,
        client_secret: Optional[str] = None,
        token_type_hint: Optional[str] = None,
    ) -> Introspection:
        """What the server says of a token: ``active``, and if it is, whose and for what."""
        form: Form = {"token": token, "token_type_hint": token_type_hint}
        request = form_request("/oauth/introspect", form, client_id, client_secret, repeatable=True)
        return answer_of(Introspection, self._sender.send(request, refusals_of(form, client_secret)))

    def user_info(self, *, access_token: str) -> UserInfo:
        """Who the user is, for an opaque access token with the scope ``openid``: one asked for with ``resource=None``."""
        private = {"Authorization": Secret(access_token, "access_token")}
        request = Request("GET", "/oauth/userinfo", secret_headers=private)
        return answer_of(UserInfo, self._sender.send(request, refusals_of({"token": access_token})))

    def close(self) -> None:
        with self._lock:
            if self._made is not None:
                self._made.close()
            self._made = None

    def __repr__(self) -> str:
        return "OAuth()" if self._said is None else f"OAuth(base_url={self._said!r})"

    def _tokens(
        self,
        form: Form,
        client_id: str,
        client_secret: Optional[str],
        nonce: Optional[str],
        scope: Optional[str],
    ) -> TokenAnswer:
        again = form["grant_type"] == "client_credentials"
        request = form_request("/oauth/token", form, client_id, client_secret, repeatable=again)
        answer = self._sender.send(request, refusals_of(form, client_secret))
        return tokens_of(answer, self._base_url, client_id, nonce, scope)

    @property
    def _base_url(self) -> str:
        return oauth_url_of(self._said)

    @property
    def _sender(self) -> Sender:
        base_url = self._base_url
        with self._lock:
            if self._made is None or self._made_for != base_url:
                self._made = sender_to(base_url, Hooks(), self._timeout, self._max_retries)
                self._made_for = base_url
            return self._made

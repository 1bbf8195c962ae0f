"""The requests of OAuth, and the checks of their answers: what asks for them need not know whether it waits or awaits."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import time
import urllib.parse
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple, Union

from ._connections import Answered
from ._errors import ApiError, OAuthError, PlaygroundError
from ._oauth_answers import Authorization, Callback, TokenAnswer
from ._oauth_pending import Pending
from ._refusal import problems_of
from ._secret import Secret
from ._sender import Refusal, Request, json_of, without
from .answers._answer import NotAsPromised, decode

Scopes = Union[str, Sequence[str]]
#: The API of this server, which is what tokens are for unless told.
API = "API"
Resource = Optional[str]
Form = Dict[str, Optional[str]]


def words(scopes: Optional[Scopes]) -> Optional[str]:
    return scopes if scopes is None or isinstance(scopes, str) else " ".join(scopes)


def resource_of(base_url: str, resource: Resource) -> Optional[str]:
    return f"{base_url}/v1" if resource == API else resource


def pkce() -> Tuple[str, str]:
    """A code verifier and its S256 challenge (RFC 7636 §4)."""
    verifier = secrets.token_urlsafe(32)
    return verifier, _base64url(hashlib.sha256(verifier.encode()).digest())


def authorization_parameters(pending: Pending, challenge: str, more: Mapping[str, Any]) -> Dict[str, str]:
    parameters = {
        "client_id": pending.client_id,
        "redirect_uri": pending.redirect_uri,
        "response_type": "code",
        "state": pending.state,
        "nonce": pending.nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        "resource": pending.resource,
        **more,
    }
    return {name: str(value) for name, value in parameters.items() if value is not None}


def authorization_of(base_url: str, pending: Pending, parameters: Mapping[str, str]) -> Authorization:
    url = f"{base_url}/oauth/authorize?{urllib.parse.urlencode(parameters)}"
    return Authorization(url, pending.state, pending.code_verifier, pending.nonce)


def read_callback(base_url: str, parameters: Union[str, Mapping[str, str]], state: str) -> Callback:
    """Raises OAuthError for an answer that says no, that nobody asked for, or that another server gave (RFC 9207)."""
    if isinstance(parameters, str):
        query = urllib.parse.urlsplit(parameters).query if "?" in parameters else parameters
        given: Dict[str, List[str]] = urllib.parse.parse_qs(query, keep_blank_values=True)
        if any(len(values) > 1 for values in given.values()):
            raise OAuthError("invalid_response", "A parameter is there twice.")
        said: Dict[str, str] = {name: values[0] for name, values in given.items()}
    else:
        said = dict(parameters)
    if not hmac.compare_digest(said.get("state", "").encode(), state.encode()):
        raise OAuthError("invalid_response", "The state is not the one that was asked with.")
    if said.get("iss", base_url) != base_url:
        raise OAuthError("invalid_response", "The answer is another server's.")
    if "error" in said:
        raise OAuthError(said["error"], said.get("error_description", ""))
    if not said.get("code"):
        raise OAuthError("invalid_response", "There is no code in it.")
    return Callback(said["code"], state, said.get("iss"))


def form_request(
    path: str, form: Form, client_id: str, client_secret: Optional[str], repeatable: bool = False
) -> Request:
    """A request of a client: with its secret (``client_secret_basic``), or with its name alone where it is public."""
    said = {name: value for name, value in form.items() if value is not None}
    private: Dict[str, Secret] = {}
    scheme = "Bearer"
    if client_secret is None:
        said["client_id"] = client_id
    else:
        scheme = "Basic"
        user = f"{urllib.parse.quote_plus(client_id)}:{urllib.parse.quote_plus(client_secret)}"
        private["Authorization"] = Secret(base64.b64encode(user.encode()).decode(), "client_secret")
    return Request(
        "POST",
        path,
        body=urllib.parse.urlencode(said).encode(),
        content_type="application/x-www-form-urlencoded",
        secret_headers=private,
        scheme=scheme,
        repeatable=repeatable,
    )


def refusals_of(form: Mapping[str, Optional[str]], client_secret: Optional[str] = None) -> Refusal:
    """From an answer that is not 2xx to the error that it is: OAuth's own, or the API's where it answers as that."""
    said = [form.get(name) for name in ("code", "code_verifier", "device_code", "refresh_token", "token")] + [client_secret]
    hidden = [value for value in said if value]
    problems = problems_of(hidden)

    def refusal(answer: Answered) -> PlaygroundError:
        answered: Any = None
        if answer.status >= 400 and "json" in answer.headers.get("content-type", ""):
            try:
                answered = json.loads(without(hidden, answer.body.decode("utf-8", "replace")))
            except (ValueError, RecursionError):
                pass
        if isinstance(answered, dict) and isinstance(answered.get("error"), str):
            return OAuthError(answered["error"], str(answered.get("error_description") or ""), status=answer.status)
        error = problems(answer)
        if isinstance(error, ApiError) and error.docs == "about:blank":
            code = "temporarily_unavailable" if answer.status == 503 else "server_error"
            code = code if answer.status >= 500 else "invalid_response"
            return OAuthError(code, f"The server answered {answer.status} without saying why.", status=answer.status)
        return error

    return refusal


def tokens_of(
    answer: Answered, base_url: str, client_id: str, nonce: Optional[str], scope: Optional[str]
) -> TokenAnswer:
    """Raises OAuthError `invalid_response` for an answer that is none, or an ID token that is not for this client."""
    value = json_of(answer)
    # Not said: as asked (RFC 6749 §5.1).
    if isinstance(value, dict) and "scope" not in value and scope is not None:
        value = {**value, "scope": scope}
    tokens: Optional[TokenAnswer] = None
    try:
        tokens = decode(TokenAnswer, value)
    except NotAsPromised:
        pass
    if tokens is None or tokens.token_type.lower() != "bearer":
        raise OAuthError("invalid_response", "The answer is no bearer token.", status=answer.status)
    if tokens.id_token is not None:
        why = why_not_for_us(tokens.id_token, base_url, client_id, nonce)
        if why:
            raise OAuthError("invalid_response", f"The ID token {why}.", status=answer.status)
    return tokens


def why_not_for_us(id_token: str, issuer: str, client_id: str, nonce: Optional[str]) -> Optional[str]:
    """What is wrong with the claims of an ID token that came from the token endpoint itself.

    The connection stands for its origin there, in place of the signature, which the standard library cannot verify.

    @see https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation
    """
    claims: Any = None
    try:
        payload = id_token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    except (ValueError, IndexError, RecursionError):
        pass
    if not isinstance(claims, dict):
        return "cannot be read"
    audience = claims.get("aud")
    expires = claims.get("exp")
    if claims.get("iss") != issuer:
        return "is another issuer's"
    if client_id not in (audience if isinstance(audience, list) else [audience]):
        return "is for another client"
    if not isinstance(expires, (int, float)) or expires < time.time() - 60:
        return "has expired"
    if nonce is not None and claims.get("nonce") != nonce:
        return "was not asked for with this nonce"
    return None


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()

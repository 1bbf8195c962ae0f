"""The client of a WebAuthn Playground's auth server: passkeys, API keys, OAuth, usage.

    from webauthn_playground import Client

    client = Client()  # PLAYGROUND_API_KEY, PLAYGROUND_BASE_URL
    print(client.tenant().tenant.name)
"""

from ._async_client import AsyncClient
from ._async_oauth import AsyncOAuth
from ._client import Client
from ._errors import (
    ApiConnectionError,
    ApiError,
    ApiTimeoutError,
    OAuthError,
    PlaygroundError,
    UnexpectedAnswerError,
    WebhookVerificationError,
)
from ._hooks import RequestEvent, ResponseEvent, RetryEvent
from ._members import UNSET
from ._oauth import OAuth
from ._oauth_answers import Authorization, Callback, DeviceAuthorization, Introspection, TokenAnswer, UserInfo
from ._pages import AsyncPage, AsyncPages, Page
from ._webhooks import SkillCall, WebhookEvent, verify_skill_call, verify_webhook
from .problems import *  # noqa: F403
from .problems import __all__ as _problems

#: Of the server that PLAYGROUND_BASE_URL names.
oauth = OAuth()

__all__ = [
    "UNSET",
    "ApiConnectionError",
    "ApiError",
    "ApiTimeoutError",
    "AsyncClient",
    "AsyncOAuth",
    "AsyncPage",
    "AsyncPages",
    "Authorization",
    "Callback",
    "Client",
    "DeviceAuthorization",
    "Introspection",
    "OAuth",
    "OAuthError",
    "Page",
    "PlaygroundError",
    "RequestEvent",
    "ResponseEvent",
    "RetryEvent",
    "SkillCall",
    "TokenAnswer",
    "UnexpectedAnswerError",
    "UserInfo",
    "WebhookEvent",
    "WebhookVerificationError",
    "oauth",
    "verify_skill_call",
    "verify_webhook",
]
__all__ += _problems

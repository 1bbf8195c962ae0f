from __future__ import annotations

from types import TracebackType
from typing import Callable, Optional, Type

from ._engine import Engine, sender_to
from ._hooks import Hooks, RequestEvent, ResponseEvent, RetryEvent
from ._members import Moment, members
from ._settings import DEFAULT_RETRIES, DEFAULT_TIMEOUT, base_url_of, check_limits, credential_of
from .answers.tenant import Tenant
from .answers.usage import Usage
from .resources.account import Account
from .resources.approvals import Approvals
from .resources.hand_offs import HandOffs
from .resources.keys import Keys
from .resources.logs import Logs
from .resources.oauth_clients import OAuthClients
from .resources.passkeys import Passkeys
from .resources.skills import Skills
from .resources.users import Users
from .resources.webhooks import Webhooks


class Client:
    """The auth server's client: a method for each of its operations.

    ``api_key``
        Unless told, the environment variable ``PLAYGROUND_API_KEY``.
    ``access_token``
        Instead of a key: an access token of the OAuth server, for its API.
    ``base_url``
        Where the auth server is; unless told, the environment variable ``PLAYGROUND_BASE_URL``.
    ``timeout``
        Seconds until a try is given up, from its connection to the last byte of its answer.
    ``max_retries``
        How often a call is tried again: one that the server did not take (429, 503), and, where sending it twice does
        no harm, one whose answer did not come.
    ``on_request``, ``on_response``, ``on_retry``
        Are told of each try, in the thread that sends, and never with a key or a body. What they raise is not heard.

    One client serves any number of threads; its connections are kept for the next call. Closed, or left as a context
    manager, it ends them.

    Every call raises an `ApiError` where the server refuses, of the class of its problem code; `ApiConnectionError` and
    `ApiTimeoutError` where no answer came; `UnexpectedAnswerError` where something else answers than an auth server.
    """

    def __init__(
        self,
        *,
        api_key: Optional[str] = None,
        access_token: Optional[str] = None,
        base_url: Optional[str] = None,
        timeout: float = DEFAULT_TIMEOUT,
        max_retries: int = DEFAULT_RETRIES,
        on_request: Optional[Callable[[RequestEvent], None]] = None,
        on_response: Optional[Callable[[ResponseEvent], None]] = None,
        on_retry: Optional[Callable[[RetryEvent], None]] = None,
    ) -> None:
        check_limits(timeout, max_retries)
        self.base_url = base_url_of(base_url)
        hooks = Hooks(on_request, on_response, on_retry)
        self._sender = sender_to(self.base_url, hooks, timeout, max_retries)
        self._engine = Engine(self._sender, credential_of(api_key, access_token))
        self.passkeys = Passkeys(self._engine)
        self.users = Users(self._engine)
        self.keys = Keys(self._engine)
        self.hand_offs = HandOffs(self._engine)
        self.oauth_clients = OAuthClients(self._engine)
        self.approvals = Approvals(self._engine)
        self.skills = Skills(self._engine)
        self.logs = Logs(self._engine)
        self.account = Account(self._engine)
        self.webhooks = Webhooks(self._engine)

    def tenant(self) -> Tenant:
        """Who the key or token speaks for, and what it may do."""
        return self._engine.call(Tenant, "GET", "/v1/tenant")

    def usage(
        self, *, from_: Optional[Moment] = None, to: Optional[Moment] = None, group_by: Optional[str] = None
    ) -> Usage:
        """Requests, errors and meters by ``day`` (unless told), ``hour``, ``key`` or ``operation``.

        ``from_`` is inclusive, ``to`` exclusive; without them, the last 30 days up to and with this hour.
        """
        return self._engine.call(Usage, "GET", "/v1/usage", query=members(from_=from_, to=to, group_by=group_by))

    def close(self) -> None:
        self._sender.close()

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self,
        kind: Optional[Type[BaseException]],
        error: Optional[BaseException],
        traceback: Optional[TracebackType],
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Client(base_url={self.base_url!r})"

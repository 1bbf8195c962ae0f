"""What a call can end with, other than its answer."""

from __future__ import annotations

from typing import Any, ClassVar, Dict, List, Mapping, Optional


class PlaygroundError(Exception):
    """Whatever this package raises for what went wrong out there."""


class ApiConnectionError(PlaygroundError, ConnectionError):
    """The server could not be reached, or the connection broke before its answer was whole."""


class ApiTimeoutError(ApiConnectionError, TimeoutError):
    """The answer did not come within the timeout."""


class UnexpectedAnswerError(PlaygroundError):
    """An answer that this server does not give: a redirect, a page of some proxy's, an answer that is too large.

    Where ``base_url`` leads is what to look at first.
    """

    def __init__(self, message: str, *, status: int, request_id: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.request_id = request_id


class ApiError(PlaygroundError):
    """The server refused. There is a subclass for each problem code; they are in ``webauthn_playground.problems``."""

    code: str = ""
    """The stable name of the reason."""
    by_code: ClassVar[Dict[str, "type[ApiError]"]] = {}

    def __init__(self, problem: Mapping[str, Any], *, status: int, retry_after: Optional[float] = None) -> None:
        self.problem: Dict[str, Any] = dict(problem)
        """The whole problem document (RFC 9457)."""
        self.status = status
        """The HTTP status."""
        self.code = str(problem.get("code", ""))
        self.title = str(problem.get("title", ""))
        self.detail = str(problem.get("detail", ""))
        self.docs = str(problem.get("type", "about:blank"))
        """Where the code is explained."""
        self.request_id = str(problem.get("requestId", ""))
        self.retry_after = retry_after
        """Seconds after which the server takes the call again, where it says so."""
        about = f"{self.code}, request {self.request_id}" if self.request_id else self.code
        super().__init__(f"{self.title}: {self.detail} ({about})")

    def __init_subclass__(cls, **rest: Any) -> None:
        super().__init_subclass__(**rest)
        if cls.code:
            ApiError.by_code[cls.code] = cls

    @property
    def issues(self) -> List[Dict[str, str]]:
        """With a malformed request: what is wrong, and where in it (``path`` and ``message``)."""
        return [issue for issue in self.problem.get("issues") or [] if isinstance(issue, dict)]

    @property
    def checks(self) -> List[Dict[str, Any]]:
        """With ``verification_failed``: every step of the verification."""
        return [check for check in self.problem.get("checks") or [] if isinstance(check, dict)]


class OAuthError(PlaygroundError):
    """The flow was refused, by the server or by a check of its answer.

    ``error`` is the code of RFC 6749 and its extensions (``invalid_grant``, ``access_denied``, …); ``invalid_response``
    for an answer that cannot be believed: another issuer, a state that nobody asked with, an ID token that is not for
    this client.
    """

    def __init__(self, error: str, description: str = "", *, status: Optional[int] = None) -> None:
        super().__init__(f"{error}: {description}" if description else error)
        self.error = error
        self.description = description
        self.status = status
        """The HTTP status; None where the answer came by a redirect, or nothing was asked."""


class WebhookVerificationError(PlaygroundError, ValueError):
    """The request is not one that this server sent with this secret just now."""

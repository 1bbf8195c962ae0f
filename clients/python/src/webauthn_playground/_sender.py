from __future__ import annotations

import datetime
import email.utils
import json
import random
import time
import urllib.parse
import uuid
from dataclasses import dataclass, field, replace
from typing import Any, Callable, Dict, List, Mapping, Optional, Union

from ._cancellation import Cancellation
from ._connections import Answered, Connections, Failed
from ._errors import ApiConnectionError, ApiTimeoutError, PlaygroundError, UnexpectedAnswerError
from ._hooks import Hooks, RequestEvent, ResponseEvent, RetryEvent, tell
from ._secret import Secret

LONGEST_PAUSE = 8.0
#: Whoever is told to come back later than that is told so at once.
LONGEST_RETRY_AFTER = 60.0


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    query: Mapping[str, Any] = field(default_factory=dict)
    body: Optional[bytes] = field(default=None, repr=False)
    content_type: str = "application/json"
    accept: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    secret_headers: Mapping[str, Secret] = field(default_factory=dict)
    scheme: str = "Bearer"
    """Of the secret header Authorization."""
    repeatable: Optional[bool] = None
    """Whether it may be sent twice. Unless told: every method but POST, and a POST with an Idempotency-Key. False, said,
    where the first one may use something up before it is refused."""

    def may_repeat(self) -> bool:
        if self.repeatable is not None:
            return self.repeatable
        return self.method != "POST" or "Idempotency-Key" in self.headers

    def secrets(self) -> List[str]:
        """What no error may say, whatever the server says back."""
        return [secret.reveal() for secret in self.secret_headers.values()]

    def target(self) -> str:
        query = [(name, str(value).lower() if isinstance(value, bool) else value) for name, value in self.query.items()]
        return self.path + ("?" + urllib.parse.urlencode(query) if query else "")


#: From an answer that is not 2xx to what is raised.
Refusal = Callable[[Answered], PlaygroundError]


class Sender:
    """Sends requests, again where that is safe and of use, and watches the clock."""

    def __init__(
        self, connections: Connections, hooks: Hooks, user_agent: str, timeout: float, max_retries: int
    ) -> None:
        self._connections = connections
        self._hooks = hooks
        self._user_agent = user_agent
        self._timeout = timeout
        self._max_retries = max_retries

    def send(self, request: Request, refusal: Refusal, cancellation: Optional[Cancellation] = None) -> Answered:
        """The answer, which is 2xx.

        Raises what ``refusal`` makes of any other, ApiConnectionError, ApiTimeoutError, UnexpectedAnswerError.
        """
        cancellation = cancellation or Cancellation()
        attempt = 1
        # Whether an earlier try may have been carried out, though its answer was lost.
        lost = False
        while True:
            outcome = self._try(request, attempt, cancellation)
            if isinstance(outcome, Answered):
                # What a DELETE asked for is so.
                gone = lost and request.method == "DELETE" and outcome.status == 404
                if gone or 200 <= outcome.status < 300:
                    return outcome
            lost = lost or _is_lost(outcome)
            error = _failure(outcome) if isinstance(outcome, Failed) else refusal(outcome)
            seconds = self._pause(request, attempt, outcome)
            if seconds is None:
                raise error
            tell(self._hooks.on_retry, _retry(request, attempt, outcome, error, seconds))
            cancellation.pause(seconds)
            attempt += 1

    def close(self) -> None:
        """Ends the connections that wait for another call."""
        self._connections.close()

    def _try(self, request: Request, attempt: int, cancellation: Cancellation) -> Union[Answered, Failed]:
        cancellation.check()
        tell(self._hooks.on_request, RequestEvent(request.method, request.path, attempt))
        headers = {"Accept": request.accept, "User-Agent": self._user_agent}
        if request.body is not None:
            headers["Content-Type"] = request.content_type
        headers.update(request.headers)
        for name, secret in request.secret_headers.items():
            headers[name] = f"{request.scheme} {secret.reveal()}" if name == "Authorization" else secret.reveal()
        began = time.monotonic()
        outcome = self._connections.exchange(
            request.method, request.target(), headers, request.body, self._timeout, cancellation
        )
        if isinstance(outcome, Answered):
            outcome = replace(outcome, request_id=without(request.secrets(), outcome.request_id))
            milliseconds = (time.monotonic() - began) * 1000
            told = ResponseEvent(request.method, request.path, attempt, outcome.status, outcome.request_id, milliseconds)
            tell(self._hooks.on_response, told)
        return outcome

    def _pause(self, request: Request, attempt: int, outcome: Union[Answered, Failed]) -> Optional[float]:
        """Seconds until the next try; None where there is none."""
        if attempt > self._max_retries:
            return None
        jitter = random.uniform(0, min(LONGEST_PAUSE, 0.5 * 2 ** (attempt - 1)))
        if isinstance(outcome, Failed):
            return jitter if outcome.kind != "answer" and (not outcome.sent or request.may_repeat()) else None
        after = retry_after_of(outcome)
        if after is not None and after > LONGEST_RETRY_AFTER:
            return None
        # The server says so of what it did not take, and of one that is under way under the same Idempotency-Key.
        told = after is not None and (outcome.status == 409 or (outcome.status == 503 and request.repeatable is not False))
        if outcome.status == 429 or told or (_is_lost(outcome) and request.may_repeat()):
            return jitter if after is None else after + jitter
        return None


def retry_after_of(answer: Answered) -> Optional[float]:
    """Seconds, by ``Retry-After`` as a number or a date (RFC 9110 §10.2.3); None for what is neither."""
    text = answer.headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:12])
    try:
        moment = email.utils.parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=datetime.timezone.utc)
    return max(0.0, (moment - datetime.datetime.now(datetime.timezone.utc)).total_seconds())


def new_idempotency_key() -> str:
    return str(uuid.uuid4())


def json_of(answer: Answered) -> Any:
    """The JSON of an answer; None where it is empty (204).

    Raises UnexpectedAnswerError for what is no JSON.
    """
    if answer.status == 204 or (answer.status == 205 and not answer.body):
        return None
    parsed: List[Any] = []
    if "json" in answer.headers.get("content-type", "") and not is_encoded(answer):
        try:
            parsed.append(json.loads(answer.body))
        except (ValueError, RecursionError):
            pass
    if not parsed:
        raise unexpected(answer, "with no JSON")
    return parsed[0]


def is_encoded(answer: Answered) -> bool:
    """Whether it is compressed, which nobody asked for."""
    return answer.headers.get("content-encoding", "identity").lower() != "identity"


def unexpected(answer: Answered, how: str) -> UnexpectedAnswerError:
    words = f"The server answered {answer.status} {how}: is base_url the address of an auth server?"
    return UnexpectedAnswerError(words, status=answer.status, request_id=answer.request_id)


def _is_lost(outcome: Union[Answered, Failed]) -> bool:
    """Whether it may have been carried out, though its answer was lost."""
    if isinstance(outcome, Failed):
        return outcome.sent
    # With Retry-After the server says that it took nothing.
    return _is_gateway(outcome) or (outcome.status == 503 and retry_after_of(outcome) is None)


def _is_gateway(answer: Answered) -> bool:
    """A proxy that got no answer from the server behind it: its own words are no problem document."""
    return answer.status in (502, 504) and "problem+json" not in answer.headers.get("content-type", "")


def _failure(failed: Failed) -> PlaygroundError:
    if failed.kind == "timeout":
        return ApiTimeoutError(failed.words)
    if failed.kind == "answer":
        return UnexpectedAnswerError(failed.words, status=0)
    return ApiConnectionError(failed.words)


def _retry(
    request: Request, attempt: int, outcome: Union[Answered, Failed], error: PlaygroundError, seconds: float
) -> RetryEvent:
    if isinstance(outcome, Failed):
        return RetryEvent(request.method, request.path, attempt, outcome.kind, None, "", seconds)
    reason = str(getattr(error, "code", "") or outcome.status)
    return RetryEvent(
        request.method, request.path, attempt, reason, outcome.status, outcome.request_id, seconds
    )


def without(secrets: List[str], text: str) -> str:
    """What a server said, should it say back what it was told."""
    for secret in secrets:
        # What is shorter is no secret, and would be found in words.
        if len(secret) >= 8:
            text = text.replace(secret, "…")
    return text


def json_body(members: Mapping[str, Any]) -> bytes:
    return json.dumps(members, ensure_ascii=False, separators=(",", ":")).encode()



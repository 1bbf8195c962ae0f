from __future__ import annotations

import json
from typing import Any, Dict, List

from ._connections import Answered
from ._errors import ApiError, PlaygroundError
from ._sender import Refusal, is_encoded, retry_after_of, unexpected, without


def problems_of(secrets: List[str]) -> Refusal:
    """From an answer that is not 2xx to the error that it is: of its problem code's class, where it has one.

    None of ``secrets`` is in it, should the answer say one back.
    """

    def refusal(answer: Answered) -> PlaygroundError:
        if answer.status < 400:
            return unexpected(answer, "with a redirect, which is not followed" if answer.status >= 300 else "")
        problem = problem_in(without(secrets, answer.body.decode("utf-8", "replace")), answer)
        kind = ApiError.by_code.get(problem["code"], ApiError)
        return kind(problem, status=answer.status, retry_after=retry_after_of(answer))

    return refusal


def problem_in(text: str, answer: Answered) -> Dict[str, Any]:
    """The answer's problem document; an answer that is none (a proxy's page, say) becomes one."""
    if "json" in answer.headers.get("content-type", "") and not is_encoded(answer):
        try:
            problem = json.loads(text)
        except (ValueError, RecursionError):
            problem = None
        if isinstance(problem, dict) and isinstance(problem.get("code"), str) and isinstance(problem.get("detail"), str):
            return problem
    return {
        "type": "about:blank",
        "title": "Unexpected answer",
        "status": answer.status,
        "detail": f"The server answered {answer.status} without a problem document.",
        "code": "unavailable" if answer.status >= 500 else "invalid_request",
        "requestId": answer.request_id,
    }

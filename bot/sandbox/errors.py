"""Telegram's error answers, in its exact words."""

from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]
"""A JSON object as the Bot API sends and takes it."""


class ApiError(Exception):
    """Telegram refuses a call: a code, a sentence, and sometimes what to do about it."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> Json:
        """Give the answer as the Bot API writes it."""
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


class ImpossibleError(Exception):
    """Nobody could do this with a Telegram app, so the sandbox does not do it either."""


def bad_request(words: str, **parameters: int) -> ApiError:
    """Make the common 400."""
    return ApiError(400, f"Bad Request: {words}", **parameters)


def forbidden(words: str) -> ApiError:
    """Make the 403 that ends a conversation."""
    return ApiError(403, f"Forbidden: {words}")


def too_many_requests(retry_after: int) -> ApiError:
    """Make the 429 that asks for a pause of `retry_after` seconds."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)


def conflict(words: str) -> ApiError:
    """Make the 409 of two intakes for one bot."""
    return ApiError(409, f"Conflict: {words}")


UNAUTHORIZED = ApiError(401, "Unauthorized")
NOT_FOUND = ApiError(404, "Not Found")
OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"

"""Structured logs that never hold customers' words, contact data or secrets."""

import logging
import re
import sqlite3
import sys
import threading
import traceback
from collections.abc import Iterable, Iterator, Mapping
from types import TracebackType
from typing import Any, Final, TextIO

import msgspec
import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from bot.complaint.bearings import BEARINGS
from bot.complaint.errors import ComplaintError

KEPT_OUT: Final = frozenset(
    [
        "address",
        "answer",
        "api_key",
        "authorization",
        "birthday",
        "body",
        "caption",
        "card",
        "contact",
        "content",
        "cue",
        "customer",
        "data",
        "detail",
        "display_name",
        "draft",
        "email",
        "file_id",
        "first_name",
        "headers",
        "html",
        "json",
        "last_name",
        "location",
        "message",
        "name",
        "narrative",
        "order",
        "order_no",
        "params",
        "password",
        "payload",
        "person",
        "phone",
        "phone_number",
        "query",
        "quote",
        "raw",
        "reply",
        "secret",
        "sender",
        "story",
        "subject",
        "text",
        "title",
        "token",
        "update",
        "url",
        "user",
        "username",
        "verbatim",
        "webhook_secret",
        "wish",
        "words",
    ]
)
"""Keys whose values never reach a log line, whoever writes it."""

_SECRETS = re.compile(
    r"(?<=/bot)\d+(?::|%3A)[^/\s\"']+|\b\d{5,}:[A-Za-z0-9_-]{16,}|(?<=://)(?!user:password@)[^/\s:@]*:[^\s]+(?=@)"
    r"|(?<=password=)[^&\s]+|(?<=passwd=)[^&\s]+|(?<=sslpassword=)[^&\s]+",
    re.IGNORECASE,
)
"""A token in an address or by itself, and a password in an address."""
_hidden: list[str] = []
"""The secrets of this process, the longest first."""
_PHONES = re.compile(r"(?<![\d-])(?:\d{11,19}|1[3-9]\d[ -]\d{4}[ -]\d{4}|\+\d[\d -]{8,}\d)(?!\d)")
QUOTE_NOBODY: Final = (ComplaintError, OSError, sqlite3.Error)
"""Faults whose sentences are ours or the system's. Others may hold the very words that they failed at."""
_NOISY: Final = ("httpx", "httpcore", "telegram", "aiohttp.access", "asyncio", "aiosqlite")
SHORTEST_SECRET: Final = 6
_STEERS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""Signs that end lines, move the cursor, colour, or turn the direction of writing."""
_LINED: Final = ("exception", "stack")
"""Keys whose values have line ends of our own."""
_EXACT: Final = ("timestamp", "case_no", "case", "chat", "event_id")


def configure(*, level: str = "info", stream: TextIO | None = None, console: bool | None = None) -> None:
    """Send everybody's logs, ours and the libraries', to `stream` (standard error).

    One JSON object a line; for people (`console`, or a terminal) one readable line instead.
    """
    out = stream or sys.stderr
    for_people = out.isatty() if console is None else console
    least = logging.getLevelNamesMapping()[level.upper()]
    shared: list[Processor] = [
        placed,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
        without_words,
        discreet,
    ]
    last = (
        structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
        if for_people
        else structlog.processors.JSONRenderer(_json)
    )
    structlog.configure(
        processors=[*shared, last],
        wrapper_class=structlog.make_filtering_bound_logger(least),
        logger_factory=structlog.PrintLoggerFactory(out),
        cache_logger_on_first_use=False,
    )
    _route_libraries(out, least, shared, last)


def placed(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Add the row, update and case being worked, if any."""
    return {**BEARINGS.get()(), **event}


def hide(secrets: Iterable[str]) -> None:
    """Mask these values from now on; very short ones are ignored."""
    known = {one for one in secrets if len(one) >= SHORTEST_SECRET}
    _hidden[:] = sorted({*_hidden, *known}, key=len, reverse=True)


def discreet_words(words: str) -> str:
    """The text with all secrets masked."""
    for secret in _hidden:
        words = words.replace(secret, "***")
    return _SECRETS.sub("***", words)


def on_one_line(words: str) -> str:
    """What comes from outside, for a terminal: with blanks for all signs that a terminal obeys."""
    return _STEERS.sub(" ", words)


def crashed(_kind: type[BaseException], fault: BaseException, _trace: TracebackType | None) -> None:
    """Log an unhandled exception without its message, which may quote a customer (an excepthook)."""
    if not isinstance(fault, KeyboardInterrupt):
        structlog.get_logger(__name__).critical("crashed", exc_info=fault)


def catch_all() -> None:
    """Log what nothing caught, wherever it failed: in the process, in a thread, or while something was cleared away.

    Python itself would print it with its message, which may quote a customer.
    """
    sys.excepthook = crashed
    threading.excepthook = lambda lost: _stray("thread_failed", lost.exc_value)
    sys.unraisablehook = lambda lost: _stray("clearing_failed", lost.exc_value)


def _stray(event: str, fault: BaseException | None) -> None:
    if fault is not None and not isinstance(fault, SystemExit):
        structlog.get_logger(__name__).error(event, exc_info=fault)


def without_words(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """An exception as its type and location; its message only if that can quote nobody."""
    given = event.pop("exc_info", None)
    fault = sys.exception() if given is True else given[1] if isinstance(given, tuple) else given
    if isinstance(fault, BaseException):
        event["exception"] = "\n".join(_told(fault))
    return event


def _told(fault: BaseException) -> Iterator[str]:
    """The whole chain, what came first first."""
    before = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
    if before is not None:
        yield from _told(before)
    yield from (line.rstrip() for line in traceback.format_tb(fault.__traceback__))
    yield f"{type(fault).__name__}: {fault if isinstance(fault, QUOTE_NOBODY) else '(not shown)'}"
    for one in fault.exceptions if isinstance(fault, BaseExceptionGroup) else ():
        yield from _told(one)


def discreet(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Drop forbidden keys, and mask tokens and telephone numbers in all values; none steers a terminal."""
    return {key: _shown(key, value) for key, value in event.items() if not _kept_out(key)}


def _shown(key: str, value: Any) -> Any:  # noqa: ANN401 - anything may be logged
    if key in _EXACT:
        return value
    if key in _LINED:
        return "\n".join(str(_masked(line)) for line in str(value).split("\n"))
    return _masked(value)


def _kept_out(key: str) -> bool:
    return key.lower() in KEPT_OUT


def _masked(value: Any) -> Any:  # noqa: ANN401 - anything may be logged
    if value is None or isinstance(value, int | float):
        return value
    if isinstance(value, Mapping):
        return {on_one_line(str(key)): _masked(one) for key, one in value.items() if not _kept_out(str(key))}
    if isinstance(value, list | tuple | set | frozenset):
        return [_masked(one) for one in value]
    return _PHONES.sub("***", discreet_words(on_one_line(str(value))))


def _json(event: EventDict, **_options: object) -> str:
    return msgspec.json.encode(event, enc_hook=str).decode()


def _route_libraries(out: TextIO, least: int, shared: list[Processor], last: Processor) -> None:
    handler = logging.StreamHandler(out)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[_logger_name, *shared],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(least)
    for name in _NOISY:
        logging.getLogger(name).setLevel(max(least, logging.WARNING))


def _logger_name(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    record = event.get("_record")
    if not isinstance(record, logging.LogRecord):
        return event
    # asyncio shows the whole task on further lines, and with it what the task failed at
    words = str(event["event"]).partition("\n")[0] if record.name == "asyncio" else event["event"]
    return {**event, "event": words, "logger": record.name}

"""PostgreSQL's errors as advice for the operator, and addresses without their password."""

import re

import asyncpg

from bot.complaint.errors import ComplaintError, RecordRefused, SomeoneWasFirst, StoreUnusable

WAS_FIRST = "CB001"
"""Raised by `must_be` in a statement: a row was not as it was read."""
REFUSED = "CB002"
"""Raised by `must_be` in a statement: a record contradicts what the store holds."""

LOST = (
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    asyncpg.OperatorInterventionError,
    asyncpg.IdleInTransactionSessionTimeoutError,
    asyncpg.ReadOnlySQLTransactionError,
    ConnectionError,
    OSError,
    TimeoutError,
)
"""The connection is gone, or leads to a server that is shutting down or no longer the one that may write."""

OURS = (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError, TimeoutError)
"""All that PostgreSQL, its client and the network may raise."""

_REFUSALS = (
    asyncpg.IntegrityConstraintViolationError,
    asyncpg.CardinalityViolationError,
    asyncpg.ProgramLimitExceededError,
)

UNHELD = (asyncpg.DataError, UnicodeError, OverflowError)
"""No database can hold such a value. What they say holds the value itself, so it is told to nobody."""

_STALE = (asyncpg.SerializationError, asyncpg.DeadlockDetectedError)

# the first that fits
_HINTS: tuple[tuple[tuple[type[BaseException], ...], str], ...] = (
    ((asyncpg.InvalidPasswordError,), "the user or the password is wrong"),
    ((asyncpg.InvalidAuthorizationSpecificationError,), "the server does not let this user in"),
    ((asyncpg.InvalidCatalogNameError,), "there is no such database; make it with `createdb`"),
    ((asyncpg.InsufficientPrivilegeError,), "this user may not do that; make it the owner of the database"),
    ((asyncpg.DiskFullError,), "the server's disk is full; make room"),
    ((asyncpg.TooManyConnectionsError,), "the server has no connection left; raise max_connections"),
    ((asyncpg.OutOfMemoryError,), "the server is out of memory"),
    ((asyncpg.CannotConnectNowError,), "the server is just starting or stopping; wait until it is done"),
    ((asyncpg.OperatorInterventionError,), "the server is shutting down, or somebody ended the connection"),
    ((asyncpg.ReadOnlySQLTransactionError,), "this server only reads; name the one that writes"),
    ((asyncpg.TargetServerAttributeNotMatched,), "this server only reads; wait until one of them writes"),
    ((asyncpg.DataCorruptedError, asyncpg.IndexCorruptedError), "the database is damaged; restore a copy"),
    ((asyncpg.UndefinedTableError, asyncpg.UndefinedFunctionError), "its schema is not ours; run `migrate`"),
    ((TimeoutError,), "the server does not answer; check that it runs and can be reached"),
    ((ConnectionError, OSError), "the server cannot be reached; check that it runs, and the address"),
    ((asyncpg.PostgresConnectionError, asyncpg.InterfaceError), "the connection was lost"),
)


def told(error: BaseException) -> ComplaintError:
    """The error as one of ours."""
    if isinstance(error, ComplaintError):
        return error
    state = getattr(error, "sqlstate", None)
    if state == WAS_FIRST or isinstance(error, _STALE):
        return SomeoneWasFirst(_words(error))
    if state == REFUSED or isinstance(error, _REFUSALS):
        return RecordRefused(f"{_words(error)}.")
    if isinstance(error, UNHELD):
        return RecordRefused("A value is none that the database can hold.")
    return StoreUnusable(advice(error))


def advice(error: BaseException) -> str:
    """What the operator can do about an error."""
    hint = next((hint for kinds, hint in _HINTS if isinstance(error, kinds)), None)
    said = f"PostgreSQL says: {_words(error)}"
    return f"{said}." if hint is None else f"{hint[0].upper()}{hint[1:]} ({said})."


def _words(error: BaseException) -> str:
    """Only the message: details of PostgreSQL's hold the row."""
    words = getattr(error, "message", None) or str(error) or type(error).__name__
    return str(words).strip().splitlines()[0].rstrip(".")


def spoken(url: str) -> str:
    """The address without its password and options, safe to show.

    It may be no address at all, or hold a password that should have been escaped, so nothing is taken for what
    it ought to be: what stands between the first colon and the last @ is left out.
    """
    scheme, _, rest = url.partition("://")
    if "password=" in rest:
        return f"{scheme}://"
    who, at, where = rest.rpartition("@")
    if not at:
        return f"{scheme}://{re.split('[:?]', where)[0]}"
    return f"{scheme}://{who.partition(':')[0]}@{where.partition('?')[0]}"

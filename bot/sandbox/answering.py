"""One call of the Bot API, from its name to the bytes of its answer."""

import asyncio
import logging
from typing import NamedTuple

import msgspec

from bot.sandbox.contract import departures
from bot.sandbox.errors import NOT_FOUND, ApiError, ImpossibleError, Json, too_many_requests
from bot.sandbox.faults import Fault, Trouble
from bot.sandbox.methods import METHODS, Method
from bot.sandbox.methods.business import through_account
from bot.sandbox.methods.intake import get_updates
from bot.sandbox.parameters import Given
from bot.sandbox.state import Call, State

_encode = msgspec.json.encode
_log = logging.getLogger(__name__)
_PHRASES = {500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable"}
BAD_GATEWAY = b"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n</html>\r\n"


class Answer(NamedTuple):
    """The response; a body of None means that the connection breaks."""

    code: int
    body: bytes | None
    is_json: bool = True


async def answer(world: State, method_name: str, given: Given) -> Answer:
    """Answer a call of the bot, with any injected fault."""
    method = METHODS.get(method_name.lower())
    if method is None:
        return Answer(404, _encode(NOT_FOUND.body()))
    world.odd.extend(departures(method.name, given.values, given.uploads))
    chat_id = _chat_id(given)
    fault = None
    if world.faults.coming:
        fault = world.faults.take(method.name.lower(), chat_id)
        if fault is not None and fault.trouble in {Trouble.ANSWER, Trouble.RESET_BEFORE}:
            return _refused(world, method, given, chat_id, fault)
    done = await _done(world, method, given, chat_id)
    if fault is not None and fault.trouble is Trouble.DELAY:
        await asyncio.sleep(fault.seconds)
    if fault is not None and fault.trouble is Trouble.RESET_AFTER:
        return Answer(done.code, None)
    return done


def _chat_id(given: Given) -> int | None:
    value = given.values.get("chat_id")
    try:
        return int(value) if value else None
    except (TypeError, ValueError):
        return None


async def _done(world: State, method: Method, given: Given, chat_id: int | None) -> Answer:
    try:
        if method.work is get_updates:
            updates = await get_updates(world, given)
            _record(world, method, given, chat_id)
            return Answer(200, b'{"ok":true,"result":[' + b",".join(updates) + b"]}")
        if method.counts and chat_id is not None:
            world.pace.spend(chat_id, _size(method, given))
        result = method.work(world, through_account(world, method.name, given))
    except ApiError as error:
        _record(world, method, given, chat_id, error)
        return Answer(error.code, _encode(error.body()))
    except (ValueError, TypeError, AttributeError, KeyError, ImpossibleError) as error:
        # Parameters of the wrong shape; Telegram says so, and so do we, but a fault of ours must be seen.
        _log.warning("call not understood", exc_info=error)
        refusal = ApiError(400, f"Bad Request: can't parse parameters of {method.name}")
        _record(world, method, given, chat_id, refusal)
        return Answer(400, _encode(refusal.body()))
    _record(world, method, given, chat_id)
    return Answer(200, _encode({"ok": True, "result": result}))


def _size(method: Method, given: Given) -> int:
    listed = {"sendMediaGroup": "media", "copyMessages": "message_ids"}.get(method.name)
    return len(given.nested(listed) or ()) if listed else 1


def _refused(world: State, method: Method, given: Given, chat_id: int | None, fault: Fault) -> Answer:
    if fault.trouble is Trouble.RESET_BEFORE:
        _record(world, method, given, chat_id, ApiError(0, "reset"))
        return Answer(0, None)
    if fault.code == 429:  # noqa: PLR2004 - HTTP's own number
        error = too_many_requests(fault.retry_after)
    else:
        error = ApiError(fault.code, _PHRASES.get(fault.code, "Bad Request: as ordered"))
    _record(world, method, given, chat_id, error)
    if fault.code == 502:  # noqa: PLR2004 - HTTP's own number; nginx answers it in Telegram's place
        return Answer(502, BAD_GATEWAY, is_json=False)
    return Answer(error.code, _encode(error.body()))


def _record(
    world: State, method: Method, given: Given, chat_id: int | None, error: ApiError | None = None
) -> None:
    code, words = (200, "") if error is None else (error.code, error.description)
    params: Json = given.values
    world.calls.append(Call(method.name, chat_id, world.now(), code, words, params))
    if world.audience.waiters:
        world.audience.changed("call", dict)

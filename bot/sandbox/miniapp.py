"""Mini Apps: the signed data that Telegram hands to a page."""

import hashlib
import hmac
import json
from urllib.parse import urlencode

from bot.sandbox.errors import ImpossibleError, Json
from bot.sandbox.state import State


def init_data(world: State, person_id: int, *, start_param: str = "") -> str:
    """The field of the same name, as Telegram hands it to the page that this person opens now."""
    person = world.person(person_id)
    user = {**person.body, "allows_write_to_pm": True}
    for name in ("is_bot", "last_name", "username", "language_code"):
        if not user.get(name):
            user.pop(name, None)
    fields = {
        "user": json.dumps(user, ensure_ascii=False, separators=(",", ":")),
        "chat_instance": "-4206969696969696969",
        "chat_type": "supergroup",
        "auth_date": str(int(world.now())),
    }
    if start_param:
        fields["start_param"] = start_param
    return urlencode({**fields, "hash": signature(fields, world.token)})


def signature(fields: dict[str, str], token: str) -> str:
    """What Telegram puts under these fields for the bot with this token."""
    check = "\n".join(f"{name}={fields[name]}" for name in sorted(fields))
    key = hmac.new(b"WebAppData", token.encode(), hashlib.sha256).digest()
    return hmac.new(key, check.encode(), hashlib.sha256).hexdigest()


def open_mini_app(world: State, given: Json) -> Json:
    """Somebody follows a link to the bot's main Mini App: its address, and what it is handed."""
    if not world.mini_app:
        raise ImpossibleError("BotFather knows no Mini App of this bot")
    start = str(given.get("start_param", ""))
    return {"url": world.mini_app, "data": init_data(world, int(given["person_id"]), start_param=start)}

"""`check`, a note: what the bot can read in groups that are not a desk."""

from typing import Final

import msgspec

from bot.telegram.account import read
from bot.telegram.calls import Call
from bot.telegram.delivery import Telegram

_PRIVATE: Final = (
    "In groups other than the desk the bot sees only what names it, answers it, or is a command for it: BotFather's "
    "privacy mode is on. Comments under a channel's posts it sees only where it is an administrator."
)
_OPEN: Final = (
    "In groups other than the desk the bot sees every message (BotFather's privacy mode is off). It answers whoever "
    "calls it, and complaints under a channel's posts; nothing else is kept."
)
_SHUT: Final = "The bot cannot be added to groups: BotFather's /setjoingroups is off."


class _Me(msgspec.Struct):
    can_join_groups: bool = True
    can_read_all_group_messages: bool = False


class _MeAnswer(msgspec.Struct):
    result: _Me


async def group_notes(telegram: Telegram) -> tuple[str, ...]:
    """What it can see there, in one line.

    Raises:
        Unreachable: Telegram does not answer.
    """
    me = read(_MeAnswer, await telegram.ask(Call("getMe", {}))).result
    if not me.can_join_groups:
        return (_SHUT,)
    return (_OPEN if me.can_read_all_group_messages else _PRIVATE,)

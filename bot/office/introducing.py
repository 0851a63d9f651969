"""At the start: asks Telegram who we are, checks the desk, and sets the command menus."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Final

import structlog

from bot.complaint.errors import SettingsWrong
from bot.complaint.ids import ChatId
from bot.office.groups import Groups
from bot.office.surveying import Survey, survey
from bot.policy.rules import Rules
from bot.telegram.delivery import Telegram
from bot.telegram.parsing import Identity
from bot.telegram.premises import Premises, address_of, set_commands
from bot.telegram.troubles import Unreachable
from bot.wording.catalogue import Catalogue

FIRST_PAUSE: Final = 1.0
LONGEST_PAUSE: Final = 30.0

_log = structlog.get_logger(__name__)


async def introduce(
    telegram: Telegram,
    desk: ChatId,
    catalogue: Catalogue,
    rules: Rules,
    now: Callable[[], datetime],
    worked: Callable[[], Awaitable[bool]],
) -> tuple[Identity, Survey]:
    """Ask Telegram who we are, check the desk, and set the menus; waits for Telegram if it must.

    `worked` tells whether there is any case. Then an unusable desk is logged only: customers are answered all the
    same, and what is for the desk waits until somebody gives it back.

    Raises:
        SettingsWrong: the desk cannot work and never did, or Telegram does not know the token.
    """
    pause = FIRST_PAUSE
    while True:
        try:
            return await _look_around(telegram, desk, catalogue, rules, now, worked)
        except Unreachable as error:
            if pause == FIRST_PAUSE:
                _log.warning("telegram_unreachable", api=telegram.address.api_url, reason=error.detail)
            await asyncio.sleep(max(pause, error.wait.total_seconds()))
            pause = min(pause * 2, LONGEST_PAUSE)


async def _look_around(
    telegram: Telegram,
    desk: ChatId,
    catalogue: Catalogue,
    rules: Rules,
    now: Callable[[], datetime],
    worked: Callable[[], Awaitable[bool]],
) -> tuple[Identity, Survey]:
    bot_id, name = await telegram.me()
    named, desk = desk, await address_of(telegram, desk)
    if named != desk:
        _log.warning("desk_moved", hint=f"set COMPLAINT_BOT_DESK={desk}")
    problems = await Premises(telegram, desk, now).findings(bot_id)
    if problems and not await worked():
        raise SettingsWrong(f"COMPLAINT_BOT_DESK: {' '.join(problems)}")
    if problems:
        _log.error("desk_unusable", findings=problems)
    found = await survey(telegram, desk, rules, bot_id, now)
    try:
        await hang_menus(telegram, catalogue, rules, found.groups)
    except Unreachable as error:
        # who starts often is asked to wait for hours with them, and Telegram keeps what was set before
        _log.warning("menus_not_set", reason=error.detail, hint="SIGHUP sets them")
    others = {named, *rules.desks(), *(found.groups.now(one) for one in rules.desks())}
    us = Identity(
        desk=desk,
        bot_id=bot_id,
        bot_name=name,
        page=await telegram.page(),
        other_desks=frozenset(others - {desk}),
    )
    return us, found


async def hang_menus(telegram: Telegram, catalogue: Catalogue, rules: Rules, groups: Groups) -> None:
    """Set the command menus: of private chats, and of each usable group of the desk.

    Raises:
        Unreachable: Telegram does not answer.
    """
    others = {groups.place(one) for one in rules.desks()} - {groups.common}
    for language in (*rules.languages, None):
        spoken = language or rules.languages[0]
        await set_commands(telegram, catalogue.commands(spoken), language)
        for group in (groups.common, *others):
            await set_commands(telegram, catalogue.commands(spoken, desk=True), language, group)

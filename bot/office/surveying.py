"""At the start: finds the current id of each of the desk's groups, and which cannot be used."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from bot.complaint.events import DeskStanding
from bot.complaint.ids import ChatId
from bot.complaint.records import Arrival
from bot.office.groups import Groups
from bot.office.incoming.post import encode_event
from bot.policy.rules import Rules
from bot.telegram.delivery import Telegram
from bot.telegram.premises import Premises, address_of


class Survey(NamedTuple):
    """The groups, and an event for each that cannot be used."""

    groups: Groups
    shut: tuple[DeskStanding, ...]

    @property
    def arrivals(self) -> list[Arrival]:
        """The same for the inbox, so that the common desk hears of it; once a day, however often we start."""
        return [
            Arrival(
                source="house",
                key=f"shut:{one.chat}:{one.at.date().isoformat()}",
                chat=one.chat,
                body=encode_event(one),
                at=one.at,
            )
            for one in self.shut
        ]


async def survey(
    telegram: Telegram, common: ChatId, rules: Rules, bot_id: int, now: Callable[[], datetime]
) -> Survey:
    """Check every queue's own group; an unusable one is replaced by the common desk.

    Raises:
        Unreachable: Telegram does not answer.
    """
    groups = Groups(common, rules.desks())
    shut = []
    for named in sorted(rules.desks()):
        chat = await address_of(telegram, named)
        groups.move(named, chat)
        problems = await Premises(telegram, chat, now).findings(bot_id)
        if problems and chat != common:
            groups.shut(chat)
            shut.append(DeskStanding(at=now(), chat=chat, able=False, why=problems[0].partition(".")[0]))
    return Survey(groups, tuple(shut))

"""Requests for reports, as rows of the inbox."""

from typing import Final

from bot.complaint.actions import Situation
from bot.complaint.events import Event, ReportWanted
from bot.complaint.ids import ChatId
from bot.complaint.records import Arrival
from bot.desk.overview.reporting import report_wanted
from bot.office.incoming.post import encode_event
from bot.policy.rules import Rules
from bot.store.port import Store

SOURCE: Final = "report"
OWN_LINE: Final = ChatId(0)
"""A line of its own, so that no message waits behind a picture."""


async def keep_wanted(store: Store, event: Event, situation: Situation, rules: Rules) -> None:
    """Put a command's report request into the inbox, once, however often the command is worked."""
    wanted = report_wanted(event, situation, rules)
    if wanted is not None:
        await store.keep([arrival_of(wanted, f"{wanted.chat}/{wanted.message}")])


def arrival_of(wanted: ReportWanted, key: str) -> Arrival:
    """The request as a row of the inbox; a key is stored once."""
    return Arrival(source=SOURCE, key=key, chat=OWN_LINE, body=encode_event(wanted), at=wanted.at)

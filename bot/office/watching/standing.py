"""Reports a change of the bot's rights in one of the desk's groups, once."""

import structlog

from bot.complaint.actions import Lane, Tell
from bot.complaint.case import Queue
from bot.complaint.events import DeskStanding
from bot.complaint.ids import ChatId
from bot.office.groups import Groups
from bot.policy.rules import Rules

_log = structlog.get_logger(__name__)


def standing_told(event: DeskStanding, groups: Groups, rules: Rules) -> Tell | None:
    """What the common desk is told of it; nothing where it is no news.

    A group that shuts the bot out is covered by the common desk until the bot is let back in. What is for the
    common desk itself waits, this line with it: the newest of them replaces the others.
    """
    chat = groups.now(event.chat)
    if event.able:
        news = groups.reopened(chat)
    else:
        groups.shut(chat)
        news = groups.announce(chat)
    if not news:
        return None
    if event.able:
        _log.info("desk_open_again", desk=chat)
    else:
        _log.error("desk_shut", desk=chat, why=event.why)
    fields = {"queues": _queues(chat, groups, rules), "why": event.why, "common": chat == groups.common}
    return Tell(
        name="desk_back" if event.able else "desk_shut",
        fields=fields,
        general=True,
        chat=groups.common,
        lane=Lane.URGENT,
        key=f"desk:{chat}",
    )


def _queues(chat: ChatId, groups: Groups, rules: Rules) -> list[str]:
    """Whose group it is."""
    own = ((queue, rules.queue(queue).desk) for queue in Queue)
    return [queue.value for queue, desk in own if desk is not None and groups.now(desk) == chat]

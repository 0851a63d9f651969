"""The door a letter goes through, or why it cannot go: the 24 hours (R59), missing rights."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.complaint.conversation import Conversation
from bot.complaint.doors import OWN_CHAT, WINDOW, Account, door_of
from bot.complaint.ids import ChatId, MessageId
from bot.complaint.letters import Letter, LetterKind
from bot.store.port import Store
from bot.telegram.failures import Fate, Verdict

WINDOW_OVER: Final = "window"
"""They have not written through this door for a day."""
NO_RIGHT: Final = "rights"
"""The owner connected the bot without the right to write, or took it away."""
NOT_CONNECTED: Final = "connection"
"""The owner has let the bot go."""
ROUNDABOUT: Final = frozenset({LetterKind.TEXT, LetterKind.COPY, LetterKind.DOCUMENT})
"""Kinds that can go through another door; the others belong to one message or moment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """How a letter goes: through which connection, or why it cannot."""

    door: int = OWN_CHAT
    connection: str = ""
    shut: Verdict | None = None


STRAIGHT: Final = Route()


async def accounts_for(
    store: Store, letters: Sequence[Letter], edits: Sequence[MessageId | None]
) -> "Routes":
    """The accounts and talks that these letters need; no query if none goes through an account."""
    chats = {
        letter.chat
        for letter, edit in zip(letters, edits, strict=True)
        if letter.chat > 0 and (letter.door or (edit is not None and door_of(edit)))
    }
    if not chats:
        return Routes({}, {})
    state = await store.state(chats=chats, cases=(), threads=())
    return Routes({one.door: one for one in await store.accounts()}, state.conversations)


@dataclass(frozen=True, slots=True)
class Routes:
    """Connections by door, and the talks of the letters."""

    accounts: Mapping[int, Account]
    talks: Mapping[ChatId, Conversation]

    def of(self, letter: Letter, edit: MessageId | None, now: datetime) -> Route:
        """The way of a letter; what changes a message goes where that message is."""
        door = door_of(edit) if edit is not None else letter.door
        if door == OWN_CHAT or letter.chat < 0:
            return STRAIGHT
        account, talk = self.accounts.get(door), self.talks.get(letter.chat)
        if account is None:
            # a message overtook the news of its connection: that comes in a moment
            return Route(door=door, shut=Verdict(fate=Fate.LATER, reason="the account is not known yet"))
        why = _why_shut(letter, account, talk, now)
        if not why:
            return Route(door=door, connection=account.connection)
        if letter.kind in ROUNDABOUT and edit is None and talk and talk.in_own_chat and not talk.blocked:
            return STRAIGHT
        return Route(door=door, shut=Verdict(fate=Fate.SHUT, reason=why))


def _why_shut(letter: Letter, account: Account, talk: Conversation | None, now: datetime) -> str:
    if not account.enabled:
        return NOT_CONNECTED
    if not (account.can_read if letter.kind is LetterKind.READ else account.can_reply):
        return NO_RIGHT
    heard = talk.heard_at(account.door) if talk is not None else None
    return "" if heard is not None and now < heard + WINDOW else WINDOW_OVER

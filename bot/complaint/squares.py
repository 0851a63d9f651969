"""Squares: public groups that are not a desk, where people complain about the brand (S36, S49).

Of a square we keep who addressed us in the last hours and what they said, until they open the private chat or the
time window ends. So nobody has to tell it again, and nobody is answered twice.
"""

from datetime import datetime
from typing import Any, Final, Self

from msgspec import Struct
from msgspec.structs import replace

from bot.complaint.case import Person
from bot.complaint.events import CustomerWrote, Event, Media
from bot.complaint.ids import ChatId, MessageId, MessageRef, ThreadId, UserId

SOURCE: Final = "group"
"""What links that were made in a square say of themselves."""
PUBLIC: Final = "public"
"""How the timeline marks words that were said in a square."""
MOST_CALLS: Final = 200
"""The most callers of one group that are remembered, the newest."""
MOST_SHOWN: Final = 10
"""The most files of one caller that are kept, as many as an album holds."""
LONGEST_TOLD: Final = 1_500
"""Characters of what one caller said that are kept for them."""


class Shown(Struct, frozen=True, kw_only=True):
    """A file posted in a public group."""

    at: MessageRef
    media: Media


class Call(Struct, frozen=True, kw_only=True):
    """One person's complaint in a public group, with all that they said to us there."""

    by: UserId
    """A channel that writes in its own name is known by its negative number, and comes to no private chat."""
    message: MessageId
    """Their first one."""
    at: datetime
    last_at: datetime
    text: str = ""
    """What waits to be brought along; empty once they came."""
    thread: ThreadId | None = None
    came: bool = False
    """They have opened the private chat."""
    latest: MessageId | None = None
    """The message that was heard last."""
    files: tuple[Shown, ...] = ()
    """What they showed; empty once they came."""
    album: str | None = None
    """The album whose words called us: its other pictures come without any."""

    def evolve(self, **changes: Any) -> Self:  # noqa: ANN401 - the fields carry the types
        """The same call with some fields changed."""
        return replace(self, **changes)

    def adding(self, message: MessageId, text: str, at: datetime) -> Self:
        """The call with more words."""
        words = "\n".join(one for one in (self.text, text) if one)[:LONGEST_TOLD]
        return self.evolve(text=words, latest=message, last_at=at)

    def showing(self, shown: Shown | None, album: str | None) -> Self:
        """The call with one more file; a file counts once."""
        if shown is None or any(one.media.unique_id == shown.media.unique_id for one in self.files):
            return self
        return self.evolve(files=(*self.files, shown)[:MOST_SHOWN], album=album or self.album)


class Square(Struct, frozen=True, kw_only=True):
    """What is kept of one public group."""

    title: str = ""
    linked: bool = False
    """Comments under a channel's posts are written here."""
    muted: bool = False
    """An administrator of the group wants no word of the bot's there."""
    present: bool = True
    moved_to: ChatId | None = None
    """Telegram gave the group another id: what was known went there."""
    calls: tuple[Call, ...] = ()
    invited_at: datetime | None = None
    """When all who have the same trouble were last shown the way."""
    told: int = 0
    """How many callers the desk was last told of."""
    told_at: datetime | None = None
    """When the desk was first told of this crowd."""
    counted: bool = False
    """This crowd is counted in somebody's case already."""

    def evolve(self, **changes: Any) -> Self:  # noqa: ANN401 - the fields carry the types
        """The same square with some fields changed."""
        return replace(self, **changes)

    def of(self, person: UserId) -> Call | None:
        """This person's call."""
        return next((one for one in self.calls if one.by == person), None)

    def with_call(self, call: Call) -> Self:
        """The square with this call as it has become."""
        others = tuple(one for one in self.calls if one.by != call.by)
        return self.evolve(calls=(*others, call)[-MOST_CALLS:])

    def without(self, person: UserId) -> Self:
        """The square without a word of this person's."""
        calls = tuple(one for one in self.calls if one.by != person)
        return self if len(calls) == len(self.calls) else self.evolve(calls=calls)

    def since(self, moment: datetime) -> Self:
        """The square without calls older than this; a crowd that is over is forgotten with its count."""
        calls = tuple(one for one in self.calls if one.last_at > moment)
        if len(calls) == len(self.calls):
            return self
        fresh = {"told": 0, "told_at": None, "counted": False} if not calls else {}
        return self.evolve(calls=calls, **fresh)


class PublicMessage(Event, frozen=True, kw_only=True):
    """Somebody wrote in a public group."""

    sender: Person | None
    """None for bots and for what Telegram itself puts there."""
    message: MessageId
    text: str
    addressed: bool
    """It names us, answers us, or is a command for us."""
    private_chat: str = ""
    """The address that opens the private chat with the bot."""
    title: str = ""
    thread: ThreadId | None = None
    topic: bool = False
    """The thread is a topic of a forum."""
    reply_to: MessageId | None = None
    command: str = ""
    """The command that it is, without slash and name; another bot's is none."""
    anonymous: bool = False
    """An administrator writes in the group's own name."""
    linked: bool = False
    """It is a channel's post, or a comment under one: the group is that channel's."""
    edited: bool = False
    media: Media | None = None
    """The file that came with the words."""
    album: str | None = None

    @property
    def shown(self) -> Shown | None:
        """The file, with where it stands."""
        return Shown(at=MessageRef(self.chat, self.message), media=self.media) if self.media else None


class SquareStanding(Event, frozen=True, kw_only=True):
    """The bot was added to a group that is no desk, or removed from it."""

    title: str
    present: bool
    sender: Person


class SquareMoved(Event, frozen=True, kw_only=True):
    """A group that is no desk got another id."""

    new_chat: ChatId


class WroteInPublic(CustomerWrote, frozen=True, kw_only=True):
    """The complainant opened the private chat; these are the words they had posted in a public group."""

    group: str
    """Its title."""
    crowd: int = 0
    """How many called there about it, where their number is news."""
    files: tuple[Shown, ...] = ()
    """What they showed there."""

"""Events: everything that can happen, one frozen class each. The clerk works through them in order."""

from datetime import date, datetime
from typing import Final

from msgspec import Struct

from bot.complaint.case import Person
from bot.complaint.doors import Account
from bot.complaint.ids import CaseNo, ChatId, LetterId, MessageId, MessageRef, ThreadId, UserId
from bot.complaint.moments import aware
from bot.complaint.reading import Language

CAPTION, WHOLE = "caption", "whole"
"""How much of a message's content was masked: the words under it, or what stands on the thing itself."""


class Media(Struct, frozen=True, kw_only=True):
    """A file or other content of a message that is not text.

    `kind` is Telegram's own word: photo, document, voice, audio, video, video_note, animation, sticker,
    location, venue, contact, poll, dice, or `other`.
    """

    kind: str
    file_id: str = ""
    unique_id: str = ""
    mime: str = ""
    name: str = ""
    size: int = 0
    detail: str = ""
    """What can be shown in words: a place's coordinates, a contact's number, a poll's question, an emoji."""
    more: str = ""
    """What else Telegram shows with it: a place's address, who performs, a contact's further lines."""
    veiled: str = ""
    """What was masked: `CAPTION` or `WHOLE`; of the whole no copy may be shown, since a copy shows all."""


class Event(Struct, frozen=True, kw_only=True):
    """Anything that happened, when, and in which chat."""

    at: datetime
    chat: ChatId

    def __post_init__(self) -> None:
        """Moments carry a zone."""
        aware(self.at)


class Wrote(Event, frozen=True, kw_only=True):
    """Somebody sent a message: text, media, or both (then `text` is the caption)."""

    sender: Person
    message: MessageId
    text: str = ""
    media: Media | None = None
    album: str | None = None
    reply_to: MessageId | None = None
    reply_author: UserId | None = None
    """Who wrote the message that is answered."""
    forwarded: bool = False
    formatted: bool = False
    """The words are more than plain: bold, a link behind a word, a quotation."""
    html: str = ""
    """The words, or the caption, with what was marked in them; empty where they are plain."""
    secret: bool = False
    """An identity card, a bank card or a password stood in it, and was masked before anybody saw it (R26)."""


class CustomerWrote(Wrote, frozen=True, kw_only=True):
    """The complainant wrote in the private chat."""


class CustomerEdited(Wrote, frozen=True, kw_only=True):
    """The complainant changed a message; both versions are kept (S32)."""


class CustomerReacted(Event, frozen=True, kw_only=True):
    """The complainant put a reaction on a message; an empty `emoji` takes it away."""

    sender: Person
    message: MessageId
    emoji: str


class Commanded(Event, frozen=True, kw_only=True):
    """The complainant sent a command, without its slash and bot name: `start`, `status` and so on."""

    sender: Person
    message: MessageId
    name: str
    argument: str = ""
    words: str = ""
    """What they wrote, where plain words asked for it."""


class Pressed(Event, frozen=True, kw_only=True):
    """Somebody pressed a button of ours, in the private chat or at the desk."""

    sender: Person
    message: MessageId
    query: str
    data: str
    label: str = ""
    """What the button said; empty if its message no longer shows it."""
    thread: ThreadId | None = None


class ContactChanged(Event, frozen=True, kw_only=True):
    """The complainant blocked the bot (`reachable` False) or came back."""

    sender: Person
    reachable: bool


class PhoneWrote(Wrote, frozen=True, kw_only=True):
    """Somebody of the brand wrote to the complainant from the account's own phone."""


class PhoneEdited(PhoneWrote, frozen=True, kw_only=True):
    """Somebody of the brand changed, on the phone, what they had written."""


class Erased(Event, frozen=True, kw_only=True):
    """Messages of an account's chat were deleted, by either side; the timeline keeps them."""

    messages: tuple[MessageId, ...]


class AccountChanged(Event, frozen=True, kw_only=True):
    """An account of the brand's was connected, lost or given rights, or let the bot go."""

    account: Account


class AgentWrote(Wrote, frozen=True, kw_only=True):
    """Somebody wrote in the desk's group. `thread` is None in General."""

    thread: ThreadId | None = None


class AgentEdited(AgentWrote, frozen=True, kw_only=True):
    """Somebody changed a message in the desk's group."""


class AgentReacted(CustomerReacted, frozen=True, kw_only=True):
    """Somebody at the desk put a reaction on a message."""


class WroteNowhere(Event, frozen=True, kw_only=True):
    """Somebody wrote to an account that the bot is no longer connected to: no answer can be sent."""

    sender: Person
    text: str = ""
    kind: str = ""
    """What came with the words, or instead of them."""


OPENED_BY_US: Final = "opened_by_us"


class TopicChanged(Event, frozen=True, kw_only=True):
    """Somebody closed, reopened or renamed a topic by hand; or we opened one, as Telegram tells us too."""

    thread: ThreadId
    change: str
    name: str = ""
    """Of a topic that we opened: what it was called."""


class DeskMoved(Event, frozen=True, kw_only=True):
    """Telegram upgraded the desk's group: from now on it has another id."""

    new_chat: ChatId


class DeskStanding(Event, frozen=True, kw_only=True):
    """The bot's rights in one of the desk's groups changed."""

    able: bool
    why: str = ""
    """Telegram's own word for it: a standing (`left`, `kicked`, `member`), or a sentence of refusal."""


class Due(Event, frozen=True, kw_only=True):
    """A timer of a case has come. `key` is unique within the case."""

    case_no: CaseNo
    kind: str
    key: str


class Transcribed(Due, frozen=True, kw_only=True):
    """A machine wrote down what somebody said aloud; `key` is the file's own name at Telegram.

    It is read for danger and shown to people as a machine's words, and is never taken for the complainant's.
    """

    text: str


class Undelivered(Event, frozen=True, kw_only=True):
    """A letter could not be delivered: `blocked`, `refused`, `gone`; `reason` is Telegram's own sentence."""

    case_no: CaseNo | None
    letter: LetterId
    outcome: str
    reason: str
    kind: str = ""
    """What sort of letter it was: `text`, `copy`, `delete` and so on; empty where that is not known."""
    source: MessageRef | None = None
    """The message on the other side that it was to carry over."""


class ReportWanted(Event, frozen=True, kw_only=True):
    """Somebody, or a schedule, requested a report; it is drawn, then posted in this chat."""

    kind: str
    """`report` or `own`, for whom it was asked; `daily` or `weekly`; `missed` is told by a later one;
    `limits` is the daily look at limits of complaints."""
    first: date
    until: date
    """The day after the last."""
    product: str = ""
    brand: str = ""
    """Only this brand, of several."""
    asker: UserId | None = None
    language: Language | None = None
    thread: ThreadId | None = None
    message: MessageId | None = None
    """The command that asked."""


class Unknown(Event, frozen=True, kw_only=True):
    """An update that we keep and cannot use; `kind` is Telegram's name for it."""

    kind: str

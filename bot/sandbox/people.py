"""People, chats, members and topics."""

from dataclasses import dataclass, field

from bot.sandbox.errors import Json
from bot.sandbox.messages import Message

ADMIN_RIGHTS = frozenset(
    {
        "can_manage_chat",
        "can_delete_messages",
        "can_manage_topics",
        "can_pin_messages",
        "can_invite_users",
        "can_restrict_members",
        "can_change_info",
    },
)
_ALL_RIGHTS = (
    "can_be_edited",
    "can_manage_chat",
    "can_change_info",
    "can_delete_messages",
    "can_invite_users",
    "can_restrict_members",
    "can_pin_messages",
    "can_manage_topics",
    "can_promote_members",
    "can_manage_video_chats",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)
ICONS = {
    "5312138559556164615": "❤️",
    "5379748062124056162": "❗️",
    "5377316857231450742": "❓",
    "5377438129928020693": "⁉️",
    "5377498341074542641": "‼️",
    "5312241539987020022": "🔥",
    "5312016608254762256": "⚡️",
    "5312536423851630001": "💡",
    "5309984423003823246": "📣",
    "5373251851074415873": "📝",
    "5433614043006903194": "📆",
    "5309965701241379366": "🔎",
    "5417915203100613993": "💬",
    "5237699328843200968": "✅",
    "5235579393115438657": "⭐️",
    "5408906741125490282": "🏁",
    "5350452584119279096": "💰",
    "5348227245599105972": "💼",
    "5350481781306958339": "📚",
    "5411138633765757782": "🧪",
    "5350307998340226571": "🩺",
    "5310094636159607472": "💊",
    "5312054580060625569": "🎄",
    "5309832892262654231": "🤖",
}
"""The stickers that a topic may have as its icon; Telegram has about a hundred, these are some of them."""
PRESENT = frozenset({"creator", "administrator", "member", "restricted"})


@dataclass(slots=True, kw_only=True)
class Person:
    """An account, human or bot.

    Attributes:
        role: customer, agent or stranger; only for the page and the demo.
        standing: what an agent is at the desk (agent, supervisor, manager, or a specialty); likewise.
    """

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    phone: str | None = None
    role: str = "customer"
    standing: str = ""
    is_bot: bool = False
    gone: bool = False
    body: Json = field(init=False)

    def __post_init__(self) -> None:
        """Write the User object once: it goes out with every message."""
        optional = {
            "last_name": self.last_name,
            "username": self.username,
            "language_code": self.language_code,
        }
        self.body = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        self.body |= {key: value for key, value in optional.items() if value is not None}

    @property
    def name(self) -> str:
        """The name as people see it."""
        return f"{self.first_name} {self.last_name}" if self.last_name else self.first_name


@dataclass(slots=True, kw_only=True)
class Member:
    """Somebody's place in a group."""

    person: Person
    status: str = "member"
    rights: frozenset[str] = frozenset()

    def body(self) -> Json:
        """Write the ChatMember object."""
        body: Json = {"status": self.status, "user": self.person.body}
        if self.status == "administrator":
            body |= {right: right in self.rights for right in _ALL_RIGHTS}
        if self.status in {"administrator", "creator"}:
            body["is_anonymous"] = False
        if self.status == "restricted":
            body |= {"is_member": True, "can_send_messages": "can_send_messages" in self.rights}
        if self.status == "kicked":
            body["until_date"] = 0
        return body


@dataclass(slots=True, kw_only=True)
class Topic:
    """A topic of a forum; its id is the id of the service message that opened it."""

    id: int
    name: str
    icon_color: int
    root: Message
    closed: bool = False
    icon_custom_emoji_id: str | None = None

    @property
    def icon(self) -> str:
        """The emoji of its icon; empty where it has only its colour."""
        return ICONS.get(self.icon_custom_emoji_id or "", "")


@dataclass(slots=True, kw_only=True)
class Chat:
    """A private chat with the bot, or a group."""

    id: int
    kind: str
    title: str | None = None
    is_forum: bool = False
    person: Person | None = None
    members: dict[int, Member] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    last_id: int = 0
    started: bool = False
    blocked: bool = False
    moved_to: int | None = None
    keyboard: Json | None = None
    pinned: list[int] = field(default_factory=list)
    general_closed: bool = False
    body: Json = field(init=False)

    def __post_init__(self) -> None:
        """Write the Chat object once: it goes out with every message."""
        self.body = {"id": self.id, "type": self.kind}
        if self.person is not None:
            names = {key: self.person.body.get(key) for key in ("first_name", "last_name", "username")}
            self.body |= {key: value for key, value in names.items() if value is not None}
        else:
            self.body["title"] = self.title
        if self.is_forum:
            self.body["is_forum"] = True

    @property
    def is_private(self) -> bool:
        """Whether only one person and the bot are here."""
        return self.person is not None

    @property
    def name(self) -> str:
        """The name over the chat."""
        return self.person.name if self.person is not None else self.title or ""

    def next_id(self) -> int:
        """Give the next message id of this chat."""
        self.last_id += 1
        return self.last_id

    def admits(self, person: Person) -> bool:
        """Say whether this person can see the chat at all."""
        return self.person is None or self.person is person

    def signed(self, _sender: Person) -> Json:
        """Write what stands on every message of this chat beside its content."""
        return {}

    @property
    def kinds(self) -> tuple[str, str]:
        """The updates that tell of new messages and of changed ones."""
        return ("message", "edited_message")

    def has(self, person_id: int) -> bool:
        """Say whether this person is in the group now."""
        member = self.members.get(person_id)
        return member is not None and member.status in PRESENT

    def may(self, person_id: int, right: str) -> bool:
        """Say whether this person holds an administrator's right here."""
        member = self.members.get(person_id)
        if member is None:
            return False
        return member.status == "creator" or (member.status == "administrator" and right in member.rights)

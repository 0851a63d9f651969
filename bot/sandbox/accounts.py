"""Telegram Business accounts that the bot serves, and the chats that customers have with them."""

from dataclasses import dataclass, field

from bot.sandbox.errors import Json
from bot.sandbox.people import Chat, Person

RIGHTS = ("can_reply", "can_read_messages")
"""The rights an owner usually gives a bot; Telegram knows a dozen more."""
_ALL_RIGHTS = (*RIGHTS, "can_delete_sent_messages", "can_delete_all_messages", "can_edit_name")
WINDOW = 24 * 3600
"""Seconds after a customer's last message in which the bot may write."""


@dataclass(slots=True, kw_only=True, eq=False)
class Account:
    """Somebody's account with the bot connected to it, or cut off."""

    owner: Person
    connection: str
    since: int
    enabled: bool = True
    rights: frozenset[str] = frozenset(RIGHTS)
    chats: dict[int, "AccountChat"] = field(default_factory=dict)
    """By the customer's id."""
    last_id: int = 0

    def body(self) -> Json:
        """Write the BusinessConnection object."""
        return {
            "id": self.connection,
            "user": self.owner.body,
            "user_chat_id": self.owner.id,
            "date": self.since,
            "is_enabled": self.enabled,
            "rights": {right: True for right in _ALL_RIGHTS if right in self.rights},
        }


@dataclass(slots=True, kw_only=True)
class AccountChat(Chat):
    """A customer's chat with an account. `id` is the sandbox's own: to Telegram it has the customer's number."""

    account: Account
    heard_at: float = float("-inf")
    """When the customer wrote there last."""
    read_to: int = 0
    """The last message that was marked as read."""

    def __post_init__(self) -> None:
        """Write the Chat object as the account sees it."""
        Chat.__post_init__(self)
        if self.person is not None:
            self.body["id"] = self.person.id

    def next_id(self) -> int:
        """Messages are counted through all chats of the account."""
        self.account.last_id += 1
        return self.account.last_id

    def admits(self, person: Person) -> bool:
        """The customer and the owner."""
        return person is self.person or person is self.account.owner

    def signed(self, sender: Person) -> Json:
        """What the bot says stands under the owner's name."""
        marks: Json = {"business_connection_id": self.account.connection}
        if sender.is_bot:
            marks |= {"from": self.account.owner.body, "sender_business_bot": sender.body}
        return marks

    @property
    def kinds(self) -> tuple[str, str]:
        """The updates that tell of new messages and of changed ones; none while the bot is cut off."""
        return ("business_message", "edited_business_message") if self.account.enabled else ("", "")

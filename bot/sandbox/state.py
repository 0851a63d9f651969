"""The state of the simulated Telegram, and the few operations that all others are made of."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from bot.sandbox.accounts import Account, AccountChat
from bot.sandbox.audience import Audience
from bot.sandbox.errors import ImpossibleError, Json, bad_request
from bot.sandbox.faults import Faults
from bot.sandbox.files import Cabinet
from bot.sandbox.messages import OWN_NEWS, Message
from bot.sandbox.pacing import Limits, Pace
from bot.sandbox.people import Chat, Person, Topic
from bot.sandbox.updates import UpdateQueue

DEFAULT_TOKEN = "1000000001:SANDBOX-demo-token-of-no-worth"  # noqa: S105 - it opens nothing
QUERY_LIFETIME = 150.0
_FIRST_PERSON = 1_001


class Call(NamedTuple):
    """One call of the bot, for tests to look at: `at` in the world's clock, `code` 200 when it went well."""

    method: str
    chat_id: int | None
    at: float
    code: int
    description: str
    params: Json

    @property
    def ok(self) -> bool:
        """Whether it went well."""
        return self.code == 200  # noqa: PLR2004 - HTTP's own number


@dataclass(slots=True, kw_only=True)
class Query:
    """A press of an inline button, and what the bot answered to it."""

    id: str
    person_id: int
    chat_id: int
    message_id: int
    data: str
    at: float
    answer: Json | None = None


class State:
    """The state of a world: who is there, what was said, which updates wait."""

    menu_page: str | None = None
    """The page that the button beside everybody's text field opens; None: it lists the commands."""

    def __init__(
        self,
        *,
        token: str = DEFAULT_TOKEN,
        bot_name: str = "Demo Brand",
        bot_username: str = "demo_brand_bot",
        now: Callable[[], float] = time.time,
        limits: Limits | None = None,
    ) -> None:
        self.token = token
        self.now = now
        self.bot = Person(
            id=int(token.split(":", 1)[0]),
            first_name=bot_name,
            username=bot_username,
            is_bot=True,
        )
        self.people: dict[int, Person] = {self.bot.id: self.bot}
        self.chats: dict[int, Chat] = {}
        self.messages: list[Message] = []
        self.queries: dict[str, Query] = {}
        self.calls: list[Call] = []
        self.odd: deque[str] = deque(maxlen=100)
        """In what calls were not as the Bot API's documentation has them; the newest."""
        self.commands: dict[tuple[str, str], list[Json]] = {}
        self.profile: dict[tuple[str, str], str] = {}
        self.webhook: Json = {}
        self.mini_app: str | None = None
        """Where BotFather was told that the bot's main Mini App is; None while it knows of none."""
        self.files = Cabinet()
        self.pace = Pace(now, limits or Limits())
        self.faults = Faults()
        self.audience = Audience()
        self.updates = UpdateQueue(now)
        self.updates.taken = self._tell_taken
        self.next_person = _FIRST_PERSON
        self.next_album = 1
        self.accounts: dict[int, Account] = {}
        """Accounts that the bot serves, or served, by their owners."""
        self.next_connection = 0

    def _tell_taken(self) -> None:
        self.audience.changed("taken", lambda: {"first_waiting": self.updates.first_waiting})

    def chat(self, chat_id: int) -> Chat:
        """Find a chat; 400 "chat not found" when there is none."""
        chat = self.chats.get(chat_id)
        if chat is None:
            raise bad_request("chat not found")
        return chat

    def person(self, person_id: int) -> Person:
        """Find somebody."""
        person = self.people.get(person_id)
        if person is None:
            raise ImpossibleError(f"nobody has the id {person_id}")
        return person

    def message(self, chat_id: int, message_id: int) -> Message | None:
        """Find a message that is still there."""
        chat = self.chats.get(chat_id)
        message = chat.messages.get(message_id) if chat is not None else None
        return None if message is None or message.deleted else message

    def post(
        self,
        chat: Chat,
        sender: Person,
        content: Json,
        *,
        thread_id: int | None = None,
        reply_to: Message | None = None,
    ) -> Message:
        """Put a message into a chat; it tells the watchers, and the bot when somebody else wrote it."""
        body: Json = {
            "message_id": chat.next_id(),
            "from": sender.body,
            "chat": chat.body,
            "date": int(self.now()),
            **content,
            **chat.signed(sender),
        }
        if thread_id is not None:
            body["message_thread_id"] = thread_id
            body["is_topic_message"] = True
        if reply_to is not None:
            body["reply_to_message"] = reply_to.without_reply()
        elif thread_id in chat.topics:
            # Telegram says that everything in a topic answers the message that opened it.
            body["reply_to_message"] = chat.topics[thread_id].root.without_reply()
        return self._keep(
            chat, Message(seq=len(self.messages) + 1, chat_id=chat.id, sender=sender, body=body)
        )

    def _keep(self, chat: Chat, message: Message) -> Message:
        chat.messages[message.id] = message
        self.messages.append(message)
        if isinstance(chat, AccountChat) and message.sender is chat.person:
            chat.heard_at = self.now()
        if self._is_news(chat, message) and chat.kinds[0]:
            message.update_id = self.updates.add(chat.kinds[0], message.body, chat.id)
        self.audience.changed("message", lambda: {"message": message.view()})
        return message

    def _is_news(self, chat: Chat, message: Message) -> bool:
        """In an account's chat the bot hears its own words too."""
        if isinstance(chat, AccountChat):
            return True
        if message.sender is self.bot and message.service not in OWN_NEWS:
            return False
        return self._bot_hears(chat, message)

    def _bot_hears(self, chat: Chat, message: Message) -> bool:
        """Privacy mode: a bot that is no administrator hears in groups only what is meant for it."""
        if chat.is_private:
            return True
        member = chat.members.get(self.bot.id)
        if member is None or not chat.has(self.bot.id):
            return False
        answered = message.body.get("reply_to_message", {}).get("from", {}).get("id")
        is_meant = answered == self.bot.id or message.service or f"@{self.bot.username}" in message.text
        return bool(member.status == "administrator" or is_meant or message.text.startswith("/"))

    def topic(self, chat: Chat, thread_id: int | None) -> Topic | None:
        """Find a topic to write into; None is General. 400 when it is gone."""
        if thread_id is None:
            return None
        topic = chat.topics.get(thread_id)
        if topic is None:
            raise bad_request("message thread not found")
        return topic

    def revise(self, message: Message, changes: Json, *, by: Person, removed: tuple[str, ...] = ()) -> None:
        """Change a message and keep what it was."""
        message.versions.append(message.body)
        kept = {key: value for key, value in message.body.items() if key not in removed}
        message.body = {**kept, **changes, "edit_date": int(self.now())}
        chat = self.chats[message.chat_id]
        if by is not self.bot and self._bot_hears(chat, message):
            self._tell_edited(chat, message)
        self.audience.changed("edited", lambda: {"message": message.view()})

    def _tell_edited(self, chat: Chat, message: Message) -> None:
        if chat.kinds[1]:
            self.updates.add(chat.kinds[1], message.body, chat.id)

    def erase(self, message: Message) -> None:
        """Delete a message for everybody."""
        message.deleted = True
        chat = self.chats[message.chat_id]
        if isinstance(chat, AccountChat) and chat.account.enabled:
            gone = {
                "business_connection_id": chat.account.connection,
                "chat": chat.body,
                "message_ids": [message.id],
            }
            self.updates.add("deleted_business_messages", gone, chat.id)
        place = {"chat_id": message.chat_id, "message_id": message.id, "thread_id": message.thread_id}
        self.audience.changed("deleted", lambda: place)

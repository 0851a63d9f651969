"""Public groups: channel posts, comments under them, and anonymous senders."""

from bot.sandbox.business import Business
from bot.sandbox.messages import Message
from bot.sandbox.people import Chat, Person

_TELEGRAM = Person(id=777000, first_name="Telegram")
_ANONYMOUS = Person(id=1087968824, first_name="Group", username="GroupAnonymousBot", is_bot=True)
_AS_CHANNEL = Person(id=136817688, first_name="Channel", username="Channel_Bot", is_bot=True)
_FIRST_CHANNEL = -1_005_000_000_000


class Squares(Business):
    """What happens only in groups that are no desk."""

    def channel_post(self, chat_id: int, text: str, *, channel: str = "官方频道") -> Message:
        """A post of the channel whose discussions are held in this group, as Telegram puts it there."""
        chat, source = self.chat(chat_id), self._channel(channel)
        content = {"text": text, "sender_chat": source, "is_automatic_forward": True}
        return self.post(chat, _TELEGRAM, content)

    def comment(self, person_id: int, chat_id: int, post_id: int, text: str) -> Message:
        """Somebody comments under a channel's post: no topic, but a thread of its own."""
        person, chat = self.place(person_id, chat_id, None)
        return self.post(
            chat, person, {"text": text, "message_thread_id": post_id}, reply_to=chat.messages[post_id]
        )

    def say_anonymously(self, chat_id: int, text: str) -> Message:
        """An administrator writes in the group's own name."""
        chat = self.chat(chat_id)
        return self.post(chat, _ANONYMOUS, {"text": text, "sender_chat": chat.body})

    def say_as_channel(self, chat_id: int, text: str, *, channel: str = "探店频道") -> Message:
        """Somebody writes in the name of a channel of theirs."""
        return self.post(
            self.chat(chat_id), _AS_CHANNEL, {"text": text, "sender_chat": self._channel(channel)}
        )

    def _channel(self, title: str) -> dict[str, object]:
        """A channel by its title; the bot is in none."""
        known = {one.title: one for one in self.chats.values() if one.kind == "channel"}
        if title not in known:
            chat = known[title] = Chat(id=_FIRST_CHANNEL - len(known), kind="channel", title=title)
            self.chats[chat.id] = chat
        return known[title].body

    def open_link(self, person_id: int, payload: str) -> Message:
        """Somebody opens a link to the bot: their private chat, where Telegram sends what the link brings along."""
        return self.say(person_id, f"/start {payload}")

"""A message as it is stored, and as people see it."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.sandbox.errors import Json
from bot.sandbox.rendering import to_html

if TYPE_CHECKING:
    from bot.sandbox.people import Person

MEDIA = ("photo", "document", "voice", "audio", "video", "video_note", "animation", "sticker")
SERVICE = (
    "forum_topic_created",
    "forum_topic_edited",
    "forum_topic_closed",
    "forum_topic_reopened",
    "new_chat_members",
    "left_chat_member",
    "pinned_message",
    "migrate_to_chat_id",
    "migrate_from_chat_id",
    "group_chat_created",
)
OWN_NEWS = frozenset(
    {
        "forum_topic_created",
        "forum_topic_edited",
        "forum_topic_closed",
        "forum_topic_reopened",
        "pinned_message",
    },
)
"""Service messages that a bot receives although it caused them."""


@dataclass(slots=True, kw_only=True, eq=False)
class Message:
    """One message: `body` is the Message object of the Bot API, the rest is what only the sandbox knows.

    Attributes:
        seq: position among all messages of this world, from 1.
        update_id: the update by which the bot hears of it, if it does.
        versions: the bodies before each edit, oldest first.
        reactions: emoji by the id of whoever reacted.
    """

    seq: int
    chat_id: int
    sender: "Person"
    body: Json
    update_id: int | None = None
    deleted: bool = False
    versions: list[Json] = field(default_factory=list)
    reactions: dict[int, list[str]] = field(default_factory=dict)

    @property
    def id(self) -> int:
        """The message id within its chat."""
        return int(self.body["message_id"])

    @property
    def from_bot(self) -> bool:
        """Whether the bot wrote it."""
        return self.sender.is_bot

    @property
    def thread_id(self) -> int | None:
        """The topic it lies in; None in General and outside forums."""
        found: int | None = self.body.get("message_thread_id")
        return found

    @property
    def text(self) -> str:
        """The words, plain: a text or a caption."""
        return str(self.body.get("text") or self.body.get("caption") or "")

    @property
    def entities(self) -> list[Json]:
        """The formatting of the words."""
        found: list[Json] = self.body.get("entities") or self.body.get("caption_entities") or []
        return found

    @property
    def html(self) -> str:
        """The words as Telegram HTML."""
        return to_html(self.text, self.entities)

    @property
    def edited(self) -> bool:
        """Whether its words, picture or buttons have changed since."""
        return bool(self.versions)

    @property
    def reworded(self) -> bool:
        """Whether a reader is told that it was edited: new buttons alone are not worth a word."""
        return any(
            before.get(part) != self.body.get(part)
            for before in self.versions
            for part in ("text", "caption", *MEDIA)
        )

    @property
    def reply_to(self) -> int | None:
        """The id of the message it answers; a topic's first message does not count as answered."""
        found = self.body.get("reply_to_message")
        if not found or (found["message_id"] == self.thread_id and "forum_topic_created" in found):
            return None
        return int(found["message_id"])

    @property
    def buttons(self) -> list[list[Json]]:
        """The inline buttons, row by row."""
        rows: list[list[Json]] = self.body.get("reply_markup", {}).get("inline_keyboard", [])
        return rows

    @property
    def media(self) -> tuple[str, Json] | None:
        """The kind of medium and its body (the largest size of a photo)."""
        for kind in MEDIA:
            if kind in self.body and not (kind == "document" and "animation" in self.body):
                found: Any = self.body[kind]
                return kind, found[-1] if kind == "photo" else found
        return None

    @property
    def service(self) -> str | None:
        """The kind of service message, or None for something that somebody said."""
        return next((kind for kind in SERVICE if kind in self.body), None)

    def button(self, text: str | None = None, data: str | None = None) -> Json | None:
        """Find an inline button by its words or its data."""
        for row in self.buttons:
            for one in row:
                if (text is not None and one["text"] == text) or (
                    data is not None and one.get("callback_data") == data
                ):
                    return one
        return None

    def without_reply(self) -> Json:
        """Give the body as it stands inside another message: replies are not nested deeper."""
        if "reply_to_message" not in self.body:
            return self.body
        return {key: value for key, value in self.body.items() if key != "reply_to_message"}

    def view(self) -> Json:
        """Describe it for the control API and the page."""
        body = self.body
        view: Json = {
            "seq": self.seq,
            "chat_id": self.chat_id,
            "message_id": self.id,
            "thread_id": self.thread_id,
            "date": body["date"],
            "from": {"id": self.sender.id, "name": self.sender.name, "is_bot": self.sender.is_bot},
            "text": self.text,
            "html": self.html,
            "entities": self.entities,
            "buttons": self.buttons,
            "reply_to": self.reply_to,
            "edited": self.edited,
            "reworded": self.reworded,
            "edits": len(self.versions),
            "deleted": self.deleted,
            "update_id": self.update_id,
            "reactions": self._reactions(),
        }
        view |= self._extras()
        return view

    def _extras(self) -> Json:
        extras: Json = {}
        if (media := self.media) is not None:
            extras["media"] = {"kind": media[0], "url": f"/sandbox/file/{media[1]['file_id']}", **media[1]}
        if (service := self.service) is not None:
            extras["service"] = service
            extras["service_value"] = self.body[service]
        for key in ("contact", "location", "venue", "poll", "media_group_id", "forward_origin", "quote"):
            if key in self.body:
                extras[key] = self.body[key]
        return extras

    def _reactions(self) -> list[Json]:
        people: dict[str, list[int]] = {}
        for person_id, emojis in self.reactions.items():
            for emoji in emojis:
                people.setdefault(emoji, []).append(person_id)
        return [{"emoji": emoji, "people": ids} for emoji, ids in people.items()]

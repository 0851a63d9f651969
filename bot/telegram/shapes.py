"""The parts of an update that we read, as Telegram writes them. Fields we do not know are passed over."""

from typing import TypeAlias

import msgspec

Something: TypeAlias = dict[str, msgspec.Raw]
"""An object of which only its being there matters."""


class User(msgspec.Struct):
    """A user or bot."""

    id: int
    first_name: str = ""
    last_name: str = ""
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False
    has_main_web_app: bool = False
    can_connect_to_business: bool = False


class Chat(msgspec.Struct):
    """A chat; `type` is private, group, supergroup or channel."""

    id: int
    type: str = ""
    title: str = ""


class File(msgspec.Struct):
    """Any kind of file; stickers carry an emoji."""

    file_id: str
    file_unique_id: str = ""
    file_size: int = 0
    mime_type: str = ""
    file_name: str = ""
    emoji: str = ""
    title: str = ""
    performer: str = ""


class Location(msgspec.Struct):
    """A point on the map."""

    latitude: float
    longitude: float


class Venue(msgspec.Struct):
    """A point with a name."""

    location: Location
    title: str = ""
    address: str = ""


class Contact(msgspec.Struct):
    """A phone number; `user_id` says whose, if Telegram knows."""

    phone_number: str
    first_name: str = ""
    last_name: str = ""
    user_id: int | None = None
    vcard: str = ""


class PollOption(msgspec.Struct):
    """One answer of a poll."""

    text: str = ""


class Poll(msgspec.Struct):
    """A question."""

    question: str = ""
    type: str = ""
    options: list[PollOption] = msgspec.field(default_factory=list)


class Dice(msgspec.Struct):
    """A thrown die."""

    emoji: str = ""
    value: int = 0


class Entity(msgspec.Struct):
    """A marked part of a text; offsets count UTF-16."""

    type: str
    offset: int = 0
    length: int = 0
    user: User | None = None
    url: str = ""
    language: str = ""
    custom_emoji_id: str = ""


class TopicName(msgspec.Struct):
    """A topic's name, where it changed."""

    name: str = ""


class InlineKey(msgspec.Struct):
    """A button under a message."""

    text: str = ""
    callback_data: str = ""


class Keyboard(msgspec.Struct):
    """The buttons under a message."""

    inline_keyboard: list[list[InlineKey]] = msgspec.field(default_factory=list)


class Message(msgspec.Struct, rename={"sender": "from"}):
    """A message; `date` 0 means that it is inaccessible."""

    message_id: int
    chat: Chat
    date: int = 0
    edit_date: int = 0
    sender: User | None = None
    sender_chat: Chat | None = None
    author_signature: str = ""
    message_thread_id: int | None = None
    is_topic_message: bool = False
    text: str | None = None
    caption: str | None = None
    entities: list[Entity] | None = None
    caption_entities: list[Entity] | None = None
    media_group_id: str | None = None
    reply_to_message: "Message | None" = None
    forward_origin: Something | None = None
    photo: list[File] | None = None
    document: File | None = None
    voice: File | None = None
    audio: File | None = None
    video: File | None = None
    video_note: File | None = None
    animation: File | None = None
    sticker: File | None = None
    location: Location | None = None
    venue: Venue | None = None
    contact: Contact | None = None
    poll: Poll | None = None
    dice: Dice | None = None
    story: Something | None = None
    paid_media: Something | None = None
    giveaway: Something | None = None
    giveaway_winners: Something | None = None
    invoice: Something | None = None
    game: Something | None = None
    checklist: Something | None = None
    forum_topic_created: TopicName | None = None
    forum_topic_edited: TopicName | None = None
    forum_topic_closed: Something | None = None
    forum_topic_reopened: Something | None = None
    is_automatic_forward: bool = False
    migrate_to_chat_id: int | None = None
    migrate_from_chat_id: int | None = None
    reply_markup: Keyboard | None = None
    business_connection_id: str | None = None
    sender_business_bot: User | None = None


class CallbackQuery(msgspec.Struct, rename={"sender": "from"}):
    """A pressed button."""

    id: str
    sender: User
    message: Message | None = None
    data: str = ""


class Member(msgspec.Struct):
    """Somebody's standing in a chat."""

    status: str = ""
    can_manage_topics: bool = False


class MemberChange(msgspec.Struct, rename={"sender": "from"}):
    """A change of the bot's own standing in a chat."""

    chat: Chat
    sender: User
    date: int
    new_chat_member: Member


class Reaction(msgspec.Struct):
    """One reaction; `emoji` only where `type` is emoji."""

    type: str = ""
    emoji: str = ""


class ReactionChange(msgspec.Struct):
    """Reactions of one person on one message, before and after."""

    chat: Chat
    message_id: int
    date: int
    user: User | None = None
    actor_chat: Chat | None = None
    old_reaction: list[Reaction] = msgspec.field(default_factory=list)
    new_reaction: list[Reaction] = msgspec.field(default_factory=list)


class Rights(msgspec.Struct):
    """What the bot may do with somebody's account."""

    can_reply: bool = False
    can_read_messages: bool = False


class Connection(msgspec.Struct):
    """Somebody's account that the bot serves, or served."""

    id: str
    user: User
    date: int = 0
    is_enabled: bool = False
    rights: Rights | None = None
    can_reply: bool = False
    """How it was said before there were rights."""


class Gone(msgspec.Struct):
    """Messages of an account's chat that were deleted."""

    business_connection_id: str
    chat: Chat
    message_ids: list[int] = msgspec.field(default_factory=list)


class Update(msgspec.Struct):
    """One update: one of these is there, or something that we have no use for."""

    update_id: int = 0
    message: Message | None = None
    edited_message: Message | None = None
    callback_query: CallbackQuery | None = None
    my_chat_member: MemberChange | None = None
    message_reaction: ReactionChange | None = None
    business_connection: Connection | None = None
    business_message: Message | None = None
    edited_business_message: Message | None = None
    deleted_business_messages: Gone | None = None

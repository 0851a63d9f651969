"""Actions in a story that are more than a line of words."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from bot.sandbox.files import Upload
from bot.sandbox.messages import Message
from bot.sandbox.people import Person
from bot.sandbox.world import World

if TYPE_CHECKING:
    from tests.stories.spots import Spot

MEDIA = {
    "发图": ("photo", "photo.jpg"),
    "发语音": ("voice", "voice.ogg"),
    "发视频": ("video", "video.mp4"),
    "发文件": ("document", "receipt.pdf"),
    "发音频": ("audio", "sound.mp3"),
    "发贴纸": ("sticker", "sticker.webp"),
    "发圆视频": ("video_note", "round.mp4"),
    "发动图": ("animation", "wave.gif"),
}
THINGS: dict[str, dict[str, Any]] = {
    "发位置": {"location": {"latitude": 31.23, "longitude": 121.47}},
    "发地点": {
        "venue": {
            "location": {"latitude": 31.23, "longitude": 121.47},
            "title": "一店",
            "address": "南京路1号",
        },
        "location": {"latitude": 31.23, "longitude": 121.47},
    },
    "发名片": {"contact": {"phone_number": "+8613900005678", "first_name": "店长"}},
    "发投票": {"poll": {"id": "1", "question": "退还是换", "options": [], "total_voter_count": 0}},
}
"""What else people send that is not text; a poll or a place has no words beside it."""
_BYTES = b"\x89PNG\r\n\x1a\n picture"


def do_deed(
    world: World, person: Person, deed: str, words: str, where: "Spot | None", find: Callable[[str], Message]
) -> None:
    """Do anything but press a button; `find` gives the message that a deed is about, by its words."""
    chat, thread = (where.group.id, where.thread) if where else (None, None)
    said, _, more = words.partition(" > ")
    if deed == "回":
        world.say(person.id, more, chat_id=chat, thread_id=thread, reply_to=find(said).id)
    elif deed == "改":
        target = find(said)
        world.edit(person.id, target.chat_id, target.id, more)
    elif deed == "删":
        target = find(words)
        world.delete(target.chat_id, target.id)
    elif deed == "表情":
        react(world, person, find(said), "" if more == "无" else more)
    else:
        send_thing(world, person, deed, words, chat, thread)


def send_thing(
    world: World, person: Person, deed: str, words: str, chat: int | None, thread: int | None
) -> None:
    """Words, or one of the many things that are not words."""
    if deed == "留号码":
        world.share_contact(person.id)
    elif deed == "发相册":
        pictures = [("photo", Upload(data=_BYTES + bytes([n]), name=f"{n}.jpg")) for n in range(3)]
        world.send_album(person.id, pictures, caption=words, chat_id=chat, thread_id=thread)
    elif deed in THINGS:
        world.send(person.id, THINGS[deed], chat_id=chat, thread_id=thread)
    elif deed in MEDIA:
        kind, file = MEDIA[deed]
        upload = Upload(data=_BYTES, name=file)
        caption = "" if kind in ("sticker", "video_note") else words
        world.send_file(person.id, kind, upload, caption=caption, chat_id=chat, thread_id=thread)
    else:
        world.say(person.id, words, chat_id=chat, thread_id=thread)


def react(world: World, person: Person, target: Message, emoji: str) -> None:
    """Put a reaction on a message; none takes it back. In a private chat the sandbox leaves the update to us."""
    if target.chat_id < 0:
        world.react(person.id, target.chat_id, target.id, emoji or None)
        return
    update = {
        "chat": target.body["chat"],
        "message_id": target.id,
        "user": person.body,
        "date": int(world.now()),
        "old_reaction": [],
        "new_reaction": [{"type": "emoji", "emoji": emoji}] if emoji else [],
    }
    world.updates.add("message_reaction", update, f"reaction:{target.chat_id}")

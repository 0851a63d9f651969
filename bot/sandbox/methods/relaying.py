"""The methods that copy or forward a message."""

from bot.sandbox.errors import Json, bad_request
from bot.sandbox.messages import Message
from bot.sandbox.methods.address import caption_content, origin, post
from bot.sandbox.parameters import Given, identifiers
from bot.sandbox.state import State

_CONTENT = (
    "text",
    "entities",
    "caption",
    "caption_entities",
    "photo",
    "document",
    "voice",
    "audio",
    "video",
    "video_note",
    "animation",
    "sticker",
    "contact",
    "location",
    "venue",
    "poll",
)


def _source(world: State, given: Given, message_id: int, verb: str) -> Message:
    from_chat_id = given.required("from_chat_id")
    world.chat(from_chat_id)
    message = world.message(from_chat_id, message_id)
    if message is None:
        raise bad_request(f"message to {verb} not found")
    if message.body.get("has_protected_content"):
        raise bad_request("message has protected content and can't be forwarded")
    if message.service:
        raise bad_request(f"the message can't be {'copied' if verb == 'copy' else 'forwarded'}")
    return message


def _content(message: Message) -> Json:
    return {name: message.body[name] for name in _CONTENT if name in message.body}


def copy_message(world: State, given: Given) -> Json:
    """CopyMessage: the content without its sender; the caption may be replaced."""
    message = _source(world, given, given.number("message_id") or 0, "copy")
    content = _content(message)
    if message.media is not None and "caption" in given.values:
        content.pop("caption", None)
        content.pop("caption_entities", None)
        content |= caption_content(given)
    return {"message_id": post(world, given, content).id}


def _ids(given: Given) -> list[int]:
    ids = identifiers(given)
    if ids != sorted(set(ids)):
        raise bad_request("message identifiers must be in a strictly increasing order")
    return ids


def copy_messages(world: State, given: Given) -> list[Json]:
    """CopyMessages: those that cannot be copied are passed over; albums stay albums."""
    chat_id = given.required("from_chat_id")
    world.chat(chat_id)
    there = [message for one in _ids(given) if (message := world.message(chat_id, one))]
    if not there:
        raise bad_request("there are no messages to forward")
    found = [message for message in there if not message.service]
    if not found:
        raise bad_request("messages can't be forwarded")
    groups: dict[str, str] = {}
    sent = []
    for message in found:
        content = _content(message)
        if given.flag("remove_caption"):
            content.pop("caption", None)
            content.pop("caption_entities", None)
        if (group := message.body.get("media_group_id")) is not None:
            content["media_group_id"] = groups.setdefault(group, f"album{world.next_album + len(groups)}")
        sent.append({"message_id": post(world, given, content).id})
    world.next_album += len(groups)
    return sent


def forward_message(world: State, given: Given) -> Json:
    """ForwardMessage: the content with its sender."""
    message = _source(world, given, given.number("message_id") or 0, "forward")
    return post(world, given, {**_content(message), "forward_origin": origin(message)}).body

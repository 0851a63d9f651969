"""The methods that send something new."""

from bot.sandbox.errors import Json, bad_request
from bot.sandbox.files import File
from bot.sandbox.methods.address import caption_content, chat_of, open_chat, post, text_content
from bot.sandbox.parameters import Given
from bot.sandbox.state import State

MOST_IN_ALBUM = 10
GENERAL = 1
_CAPTIONLESS = frozenset({"video_note", "sticker"})


def send_message(world: State, given: Given) -> Json:
    """SendMessage."""
    return post(world, given, text_content(given)).body


def _file(world: State, given: Given, kind: str, value: object, duration: int | None = None) -> File:
    """Find the file that a parameter names: an upload, or the id of a file that Telegram has."""
    name = str(value or "")
    upload = given.uploads.get(name.removeprefix("attach://"))
    if upload is None and kind in given.uploads and not name:
        upload = given.uploads[kind]
    if upload is not None:
        if not upload.data:
            raise bad_request("file must be non-empty")
        return world.files.keep(kind, upload, duration=duration)
    if not name:
        raise bad_request(f"there is no {kind.replace('_', ' ')} in the request")
    if name.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    return world.files.find_as(name, kind)


def send_file(world: State, given: Given, kind: str) -> Json:
    """SendPhoto, sendDocument and all their kin."""
    content = {} if kind in _CAPTIONLESS else caption_content(given)
    file = _file(world, given, kind, given.values.get(kind), given.number("duration"))
    if given.flag("has_spoiler"):
        content["has_media_spoiler"] = True
    return post(world, given, {**file.content(), **content}).body


def send_media_group(world: State, given: Given) -> list[Json]:
    """SendMediaGroup: 2 to 10 media under one media_group_id."""
    items: list[Json] = given.nested("media") or []
    if not 2 <= len(items) <= MOST_IN_ALBUM:  # noqa: PLR2004 - an album is more than one
        raise bad_request("wrong number of items in the media group: must be 2-10")
    kinds = {str(item.get("type")) for item in items}
    if len(kinds) > 1 and (loner := kinds & {"audio", "document"}):
        raise bad_request(f"{min(loner)} can't be mixed with other media types")
    contents = [_album_part(world, given, item) for item in items]
    group_id = f"album{world.next_album}"
    world.next_album += 1
    return [post(world, given, {"media_group_id": group_id, **one}).body for one in contents]


def _album_part(world: State, given: Given, item: Json) -> Json:
    kind = str(item.get("type"))
    if kind not in {"photo", "video", "document", "audio"}:
        raise bad_request("can't parse InputMedia: Media type is unsupported")
    file = _file(world, given, kind, item.get("media"), item.get("duration"))
    return {**file.content(), **caption_content(Given(item))}


def send_location(world: State, given: Given) -> Json:
    """SendLocation."""
    return post(world, given, {"location": _point(given)}).body


def _point(given: Given) -> Json:
    for name in ("latitude", "longitude"):
        if given.values.get(name) in {None, ""}:
            raise bad_request(f"{name} is empty")
    return {"latitude": given.real("latitude"), "longitude": given.real("longitude")}


def send_venue(world: State, given: Given) -> Json:
    """SendVenue."""
    location = _point(given)
    venue = {"location": location, "title": given.text("title"), "address": given.text("address")}
    return post(world, given, {"venue": venue, "location": location}).body


def send_contact(world: State, given: Given) -> Json:
    """SendContact."""
    wanted = ("phone_number", "first_name", "last_name", "vcard")
    contact = {name: value for name in wanted if (value := given.words(name)) is not None}
    contact |= {name: given.text(name) for name in ("phone_number", "first_name")}
    return post(world, given, {"contact": contact}).body


def send_poll(world: State, given: Given) -> Json:
    """SendPoll."""
    options = [one if isinstance(one, dict) else {"text": str(one)} for one in given.nested("options") or []]
    if not options:
        raise bad_request("poll must have at least 1 option")
    question = given.text("question")
    poll = {
        "id": str(len(world.messages) + 1),
        "question": question,
        "options": [
            {"persistent_id": str(number), "text": one["text"], "voter_count": 0}
            for number, one in enumerate(options)
        ],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": "is_anonymous" not in given.values or given.flag("is_anonymous"),
        "type": given.words("type") or "regular",
        "allows_multiple_answers": given.flag("allows_multiple_answers"),
        "allows_revoting": True,
        "members_only": False,
    }
    return post(world, given, {"poll": poll}).body


def send_chat_action(world: State, given: Given) -> bool:
    """SendChatAction: "typing…", seen live and gone after five seconds."""
    chat = open_chat(world, chat_of(given))
    thread_id = given.number("message_thread_id") or None
    # Here alone General goes by its number.
    world.topic(chat, None if thread_id == GENERAL else thread_id)
    if not given.words("action"):
        raise bad_request("wrong parameter action in request")
    action = {"chat_id": chat.id, "thread_id": thread_id, "action": given.words("action")}
    world.audience.changed("action", lambda: action)
    return True

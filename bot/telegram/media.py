"""The media of a message."""

from typing import Final

from bot.complaint.doors import AGAIN
from bot.complaint.events import Media
from bot.telegram.shapes import File, Message, Poll

_STRANGE: Final = ("story", "paid_media", "giveaway_winners", "giveaway", "invoice", "game", "checklist")
# animation before document: Telegram sends both for the same file
_FILES: Final = ("animation", "document", "voice", "audio", "video", "video_note", "sticker")


def media_of(message: Message) -> Media | None:
    """The file or other content of a message; None for plain text."""
    if message.text is not None:
        return None
    if message.photo:
        # the last size is the largest
        return _file("photo", message.photo[-1])
    for kind in _FILES:
        found: File | None = getattr(message, kind)
        if found is not None:
            return _file(kind, found)
    return _place(message) or _person(message) or _game(message)


def _file(kind: str, file: File) -> Media:
    return Media(
        kind=kind,
        file_id=file.file_id,
        unique_id=file.file_unique_id,
        mime=file.mime_type,
        name=file.file_name or file.title,
        size=file.file_size,
        detail=file.emoji,
        more=file.performer,
    )


def _place(message: Message) -> Media | None:
    if message.venue is not None:
        point = message.venue.location
        where = f"{point.latitude}, {point.longitude}"
        return Media(kind="venue", name=message.venue.title, detail=where, more=message.venue.address)
    if message.location is not None:
        point = message.location
        return Media(kind="location", detail=f"{point.latitude}, {point.longitude}")
    return None


def _person(message: Message) -> Media | None:
    """A contact; `unique_id` is the Telegram id of whose number it is, if Telegram says."""
    contact = message.contact
    if contact is None:
        return None
    return Media(
        kind="contact",
        name=f"{contact.first_name} {contact.last_name}".strip(),
        detail=contact.phone_number,
        more=contact.vcard,
        unique_id="" if contact.user_id is None else str(contact.user_id),
    )


def _game(message: Message) -> Media | None:
    if message.poll is not None:
        return _poll(message.poll)
    if message.dice is not None:
        return Media(kind="dice", detail=f"{message.dice.emoji} {message.dice.value}".strip())
    # what nobody can send on: it is known by its name, and kept with the words beside it
    strange = next((one for one in _STRANGE if getattr(message, one) is not None), None)
    return Media(kind="other", name=strange) if strange is not None else None


def _poll(poll: Poll) -> Media:
    """A question with its answers; of a quiz Telegram keeps the right one to itself, so that it cannot be copied."""
    answers = " / ".join(one.text for one in poll.options if one.text)
    detail = f"{poll.question}\n{answers}" if answers else poll.question
    return Media(kind="poll", name="quiz" if poll.type == "quiz" else "", detail=detail)


_METHODS: Final = {
    "photo": "sendPhoto",
    "document": "sendDocument",
    "voice": "sendVoice",
    "audio": "sendAudio",
    "video": "sendVideo",
    "video_note": "sendVideoNote",
    "animation": "sendAnimation",
    "sticker": "sendSticker",
}
_WORDLESS: Final = frozenset({"sticker", "video_note"})


def sent_anew(media: Media, html: str = "") -> tuple[str, dict[str, object]]:
    """The method and parameters that send the same content once more, by what Telegram keeps of it.

    Raises:
        ValueError: this is nothing that can be sent anew (see `AGAIN`).
    """
    if media.kind in _METHODS:
        words = {"caption": html, "parse_mode": "HTML"} if html and media.kind not in _WORDLESS else {}
        return _METHODS[media.kind], {media.kind: media.file_id, **words}
    if media.kind == "contact":
        return "sendContact", {"phone_number": media.detail, "first_name": media.name or media.detail}
    if media.kind not in AGAIN:
        raise ValueError(media.kind)
    latitude, longitude = (float(one) for one in media.detail.split(","))
    point: dict[str, object] = {"latitude": latitude, "longitude": longitude}
    if media.kind == "location":
        return "sendLocation", point
    return "sendVenue", {**point, "title": media.name or media.detail, "address": media.detail}

"""The Bot API call for each kind of letter."""

from collections.abc import Callable, Mapping
from html import unescape
from typing import Any, Final, TypeAlias

from msgspec import Struct

from bot.complaint.ids import MessageId, ThreadId
from bot.complaint.letters import Enclosed, Letter, LetterKind
from bot.telegram.keyboards import inline, reply_markup
from bot.telegram.media import sent_anew

Json: TypeAlias = dict[str, Any]

LONGEST_TOPIC: Final = 128
"""Characters in the name of a topic."""
LONGEST_NOTICE: Final = 200
"""Characters in the answer to a press."""
COLOURS: Final = {"🔴": 0xFB6F5F, "🟠": 0xFFD67E}
"""The colour of a topic's sign, of the six that Telegram has, by what its name begins with."""
QUIET_COLOUR: Final = 0x6FB9F0


class Spot(Struct, frozen=True, kw_only=True):
    """The place of a letter inside its chat, looked up just before sending."""

    thread: ThreadId | None = None
    edit: MessageId | None = None
    """The message to change; for a letter with a place, None means that it is sent for the first time."""
    reply_to: MessageId | None = None
    parts: tuple[MessageId, ...] = ()
    """For a deletion: every message to delete, where there are several."""
    connection: str = ""
    """Telegram's name for the way into an account of the brand's; empty for the bot's own chats."""


class Call(Struct, frozen=True):
    """A method with its parameters; one that uploads a file names its field."""

    method: str
    body: Json
    file: Enclosed | None = None
    part: str = ""
    """The parameter that is the file."""


class Unaddressed(ValueError):
    """The letter lacks what its kind needs: a target, a source or a topic."""


def call_for(letter: Letter, where: Spot) -> Call:
    """The call that carries this letter.

    Raises:
        Unaddressed: it lacks a target, a source or a topic.
    """
    call = _CALLS[letter.kind](letter, where)
    return through(call, where.connection) if where.connection else call


_NOT_THERE: Final = frozenset({"copyMessage", "copyMessages", "setMessageReaction"})
"""Kinds that Telegram does not support in an account's chat."""
_ABOUT_PRESSES: Final = "answerCallbackQuery"


def through(call: Call, connection: str) -> Call:
    """The same call into a chat of the brand's account.

    Raises:
        Unaddressed: Telegram does no such thing there.
    """
    if call.method in _NOT_THERE:
        raise Unaddressed(f"{call.method} is not for the chats of an account")
    if call.method == _ABOUT_PRESSES:
        return call
    body = {**call.body, "business_connection_id": connection}
    if "inline_keyboard" not in body.get("reply_markup", {"inline_keyboard": ()}):
        # buttons under the text field are for the bot's own chats alone
        del body["reply_markup"]
    if call.method in {"deleteMessage", "deleteMessages"}:
        numbers = body.get("message_ids") or [body["message_id"]]
        body = {"business_connection_id": connection, "message_ids": numbers}
        return Call("deleteBusinessMessages", body)
    return Call(call.method, body, call.file, call.part)


def _text(letter: Letter, where: Spot) -> Call:
    if where.edit is not None and letter.place is not None:
        return _edit(letter, where)
    body: Json = {
        "chat_id": letter.chat,
        "text": letter.html,
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }
    return Call("sendMessage", _placed(body, letter, where))


def _placed(body: Json, letter: Letter, where: Spot) -> Json:
    """The parameters of every new message."""
    if where.thread is not None:
        body["message_thread_id"] = where.thread
    if where.reply_to is not None:
        body["reply_parameters"] = {"message_id": where.reply_to, "allow_sending_without_reply": True}
    markup = reply_markup(letter)
    if markup is not None:
        body["reply_markup"] = markup
    if letter.quiet:
        body["disable_notification"] = True
    if letter.guarded:
        body["protect_content"] = True
    return body


def _edit(letter: Letter, where: Spot) -> Call:
    body: Json = {"chat_id": letter.chat, "message_id": _target(where), "parse_mode": "HTML"}
    if letter.caption:
        return Call("editMessageCaption", {**body, "caption": letter.html})
    body |= {"text": letter.html, "link_preview_options": {"is_disabled": True}}
    if letter.keys:
        body["reply_markup"] = inline(letter)
    return Call("editMessageText", body)


def _copy(letter: Letter, where: Spot) -> Call:
    if letter.media is not None:
        method, what = sent_anew(letter.media, letter.html)
        return Call(method, _placed({"chat_id": letter.chat, **what}, letter, where))
    if letter.source is None:
        raise Unaddressed("nothing to copy")
    body: Json = {
        "chat_id": letter.chat,
        "from_chat_id": letter.source.chat,
        "message_id": letter.source.message,
    }
    if letter.html:
        # replaces the caption; content without one (a sticker, a place) takes no notice
        body |= {"caption": letter.html, "parse_mode": "HTML"}
    elif letter.bare:
        body["caption"] = ""
    return Call("copyMessage", _placed(body, letter, where))


def _album(letter: Letter, where: Spot) -> Call:
    if not letter.sources:
        raise Unaddressed("nothing to copy")
    body: Json = {
        "chat_id": letter.chat,
        "from_chat_id": letter.sources[0].chat,
        # Telegram wants them in rising order
        "message_ids": sorted(ref.message for ref in letter.sources),
    }
    if where.thread is not None:
        body["message_thread_id"] = where.thread
    if letter.quiet:
        body["disable_notification"] = True
    return Call("copyMessages", body)


def _document(letter: Letter, where: Spot) -> Call:
    if letter.file is None:
        raise Unaddressed("nothing to send")
    body: Json = {"chat_id": letter.chat, "caption": letter.html, "parse_mode": "HTML"}
    method, part = ("sendPhoto", "photo") if letter.file.mime == "image/png" else ("sendDocument", "document")
    return Call(method, _placed(body, letter, where), letter.file, part)


def _delete_topic(letter: Letter, where: Spot) -> Call:
    return Call("deleteForumTopic", {"chat_id": letter.chat, "message_thread_id": _thread(where)})


def _buttons(letter: Letter, where: Spot) -> Call:
    body = {"chat_id": letter.chat, "message_id": _target(where), "reply_markup": inline(letter)}
    return Call("editMessageReplyMarkup", body)


def _react(letter: Letter, where: Spot) -> Call:
    reaction = [{"type": "emoji", "emoji": letter.emoji}] if letter.emoji else []
    body = {"chat_id": letter.chat, "message_id": _target(where), "reaction": reaction}
    return Call("setMessageReaction", body)


def _read(letter: Letter, where: Spot) -> Call:
    return Call("readBusinessMessage", {"chat_id": letter.chat, "message_id": _target(where)})


def _delete(letter: Letter, where: Spot) -> Call:
    if len(where.parts) > 1:
        return Call("deleteMessages", {"chat_id": letter.chat, "message_ids": list(where.parts)})
    return Call("deleteMessage", {"chat_id": letter.chat, "message_id": _target(where)})


def _open_topic(letter: Letter, _where: Spot) -> Call:
    name = _plain(letter.html, LONGEST_TOPIC)
    # a colour is given for good when the topic opens, and costs nothing then
    colour = next((colour for sign, colour in COLOURS.items() if name.startswith(sign)), QUIET_COLOUR)
    return Call("createForumTopic", {"chat_id": letter.chat, "name": name, "icon_color": colour})


def _rename_topic(letter: Letter, where: Spot) -> Call:
    name = _plain(letter.html, LONGEST_TOPIC)
    body = {"chat_id": letter.chat, "message_thread_id": _thread(where), "name": name}
    return Call("editForumTopic", body)


def _close_topic(letter: Letter, where: Spot) -> Call:
    return Call("closeForumTopic", {"chat_id": letter.chat, "message_thread_id": _thread(where)})


def _reopen_topic(letter: Letter, where: Spot) -> Call:
    if letter.topic is None and where.thread is None:
        return Call("reopenGeneralForumTopic", {"chat_id": letter.chat})
    return Call("reopenForumTopic", {"chat_id": letter.chat, "message_thread_id": _thread(where)})


def _answer_press(letter: Letter, _where: Spot) -> Call:
    body: Json = {"callback_query_id": letter.query}
    if letter.html:
        body |= {"text": _plain(letter.html, LONGEST_NOTICE), "show_alert": letter.alert}
    return Call("answerCallbackQuery", body)


def _typing(letter: Letter, where: Spot) -> Call:
    body: Json = {"chat_id": letter.chat, "action": "typing"}
    if where.thread is not None:
        body["message_thread_id"] = where.thread
    return Call("sendChatAction", body)


def _plain(html: str, most: int) -> str:
    """Plain text of a template: topic names and notices take no HTML."""
    return unescape(html)[:most]


def _target(where: Spot) -> MessageId:
    if where.edit is None:
        raise Unaddressed("no message to change")
    return where.edit


def _thread(where: Spot) -> ThreadId:
    if where.thread is None:
        raise Unaddressed("no topic")
    return where.thread


_CALLS: Final[Mapping[LetterKind, Callable[[Letter, Spot], Call]]] = {
    LetterKind.TEXT: _text,
    LetterKind.COPY: _copy,
    LetterKind.ALBUM: _album,
    LetterKind.EDIT: _edit,
    LetterKind.BUTTONS: _buttons,
    LetterKind.REACT: _react,
    LetterKind.OPEN_TOPIC: _open_topic,
    LetterKind.RENAME_TOPIC: _rename_topic,
    LetterKind.CLOSE_TOPIC: _close_topic,
    LetterKind.REOPEN_TOPIC: _reopen_topic,
    LetterKind.ANSWER_PRESS: _answer_press,
    LetterKind.TYPING: _typing,
    LetterKind.DELETE: _delete,
    LetterKind.DOCUMENT: _document,
    LetterKind.DELETE_TOPIC: _delete_topic,
    LetterKind.READ: _read,
}

"""What Telegram's error descriptions mean for a letter. An unknown one means: try again."""

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto
from typing import Final

from telegram.error import (
    ChatMigrated,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.complaint.ids import ChatId
from bot.telegram.refusals import FloodWait, NotReached, ServerTrouble


class Fate(Enum):
    """The outcome of a call."""

    DONE = auto()
    DONE_ALREADY = auto()
    """It was already in that state."""
    FLOOD = auto()
    """Too fast: nothing happened, wait as long as Telegram says."""
    LATER = auto()
    """Nothing happened, through no fault of the letter."""
    UNKNOWN = auto()
    """It may or may not have happened."""
    BLOCKED = auto()
    """The complainant blocked the bot, or the bot was put out of the chat."""
    GONE = auto()
    """The chat or the account is no more."""
    NO_RIGHTS = auto()
    """The bot lacks a right in this group that somebody can give it."""
    REFUSED = auto()
    """Telegram will never take this letter."""
    MIGRATED = auto()
    """The group has a new id."""
    TOPIC_GONE = auto()
    TOPIC_CLOSED = auto()
    TARGET_GONE = auto()
    """The message to be changed or copied is no more."""
    QUERY_TOO_OLD = auto()
    """The press was answered too late for Telegram to care."""
    SHUT = auto()
    """An account's door is shut to the bot: no right, no connection, or a day without a word."""
    TOKEN_WRONG = auto()
    PUZZLING = auto()
    """Refused with a sentence that we do not know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A refusal understood; `wait` is the pause Telegram asked for, `new_chat` the id after a migration."""

    fate: Fate
    reason: str
    wait: timedelta = timedelta(0)
    new_chat: ChatId | None = None


SENTENCES: Final[tuple[tuple[str, Fate], ...]] = (
    ("message is not modified", Fate.DONE_ALREADY),
    ("TOPIC_NOT_MODIFIED", Fate.DONE_ALREADY),
    ("message to delete not found", Fate.DONE_ALREADY),
    ("query is too old", Fate.QUERY_TOO_OLD),
    ("query ID is invalid", Fate.QUERY_TOO_OLD),
    ("QUERY_ID_INVALID", Fate.QUERY_TOO_OLD),
    ("message thread not found", Fate.TOPIC_GONE),
    ("TOPIC_ID_INVALID", Fate.TOPIC_GONE),
    ("TOPIC_DELETED", Fate.TOPIC_GONE),
    ("TOPIC_CLOSED", Fate.TOPIC_CLOSED),
    ("message to edit not found", Fate.TARGET_GONE),
    ("message can't be edited", Fate.TARGET_GONE),
    ("message to react not found", Fate.TARGET_GONE),
    ("message to copy not found", Fate.TARGET_GONE),
    ("there are no messages to forward", Fate.TARGET_GONE),
    ("message to forward not found", Fate.TARGET_GONE),
    ("MESSAGE_ID_INVALID", Fate.TARGET_GONE),
    ("MSG_ID_INVALID", Fate.TARGET_GONE),
    ("there is no text in the message to edit", Fate.TARGET_GONE),
    ("BUSINESS_PEER_INVALID", Fate.SHUT),
    ("BUSINESS_CONNECTION_INVALID", Fate.SHUT),
    ("BUSINESS_CONNECTION_NOT_ALLOWED", Fate.SHUT),
    ("BOT_ACCESS_FORBIDDEN", Fate.SHUT),
    ("BUSINESS_PEER_USAGE_MISSING", Fate.SHUT),
    ("business connection not found", Fate.SHUT),
    ("bot was blocked by the user", Fate.BLOCKED),
    ("USER_IS_BLOCKED", Fate.BLOCKED),
    ("bot can't initiate conversation", Fate.BLOCKED),
    ("bot was kicked", Fate.BLOCKED),
    ("bot is not a member", Fate.BLOCKED),
    ("CHAT_WRITE_FORBIDDEN", Fate.NO_RIGHTS),
    ("have no rights to send", Fate.NO_RIGHTS),
    ("need administrator rights", Fate.NO_RIGHTS),
    ("CHAT_RESTRICTED", Fate.NO_RIGHTS),
    ("user is deactivated", Fate.GONE),
    ("INPUT_USER_DEACTIVATED", Fate.GONE),
    ("chat not found", Fate.GONE),
    ("PEER_ID_INVALID", Fate.GONE),
    ("CHANNEL_PRIVATE", Fate.GONE),
    ("group chat was deleted", Fate.GONE),
    ("can't parse", Fate.REFUSED),
    ("message is too long", Fate.REFUSED),
    ("MESSAGE_TOO_LONG", Fate.REFUSED),
    ("caption is too long", Fate.REFUSED),
    ("MEDIA_CAPTION_TOO_LONG", Fate.REFUSED),
    ("message text is empty", Fate.REFUSED),
    ("message must be non-empty", Fate.REFUSED),
    ("MESSAGE_EMPTY", Fate.REFUSED),
    ("BUTTON_", Fate.REFUSED),
    ("inline keyboard", Fate.REFUSED),
    ("REPLY_MARKUP_", Fate.REFUSED),
    ("wrong file identifier", Fate.REFUSED),
    ("wrong file_id", Fate.REFUSED),
    ("file is too big", Fate.REFUSED),
    ("file is no longer there", Fate.REFUSED),
    ("file reference", Fate.REFUSED),
    ("message can't be copied", Fate.REFUSED),
    ("messages can't be forwarded", Fate.REFUSED),
    ("has protected content", Fate.REFUSED),
    ("message can't be deleted", Fate.REFUSED),
    ("REACTION_INVALID", Fate.REFUSED),
    ("REACTIONS_TOO_MANY", Fate.REFUSED),
    ("the chat is not a forum", Fate.NO_RIGHTS),
    ("not enough rights", Fate.NO_RIGHTS),
    ("CHAT_ADMIN_REQUIRED", Fate.NO_RIGHTS),
    ("VOICE_MESSAGES_FORBIDDEN", Fate.REFUSED),
    ("name must be non-empty", Fate.REFUSED),
    ("is unallowed", Fate.REFUSED),
    ("parameter", Fate.REFUSED),
)
"""A part of Telegram's sentence (in any case of letters) and what it means; the first that fits holds."""

_TABLE: Final = tuple((words.lower(), fate) for words, fate in SENTENCES)
_RETRY_AFTER: Final = re.compile(r"too many requests: retry after (\d+)", re.IGNORECASE)


def verdict(error: TelegramError) -> Verdict:
    """The verdict on a letter, for this error."""
    reason = error.message
    if isinstance(error, RetryAfter):
        wait = error.retry_after if isinstance(error, FloodWait) else timedelta(seconds=1)
        return Verdict(fate=Fate.FLOOD, reason=reason, wait=wait)
    if isinstance(error, ChatMigrated):
        return Verdict(fate=Fate.MIGRATED, reason=reason, new_chat=ChatId(error.new_chat_id))
    if isinstance(error, NotReached | ServerTrouble):
        return Verdict(fate=Fate.LATER, reason=reason)
    if isinstance(error, InvalidToken):
        return Verdict(fate=Fate.TOKEN_WRONG, reason=reason)
    # of the library's tree only what is exactly these broke off half-way: a BadRequest is a NetworkError too
    if type(error) is NetworkError or isinstance(error, TimedOut):
        return Verdict(fate=Fate.UNKNOWN, reason=reason)
    return _by_sentence(reason)


def _by_sentence(sentence: str) -> Verdict:
    # an album that broke off half-way says so inside another sentence
    flood = _RETRY_AFTER.search(sentence)
    if flood is not None:
        return Verdict(fate=Fate.FLOOD, reason=sentence, wait=timedelta(seconds=int(flood[1])))
    low = sentence.lower()
    fate = next((fate for words, fate in _TABLE if words in low), Fate.PUZZLING)
    return Verdict(fate=fate, reason=sentence)

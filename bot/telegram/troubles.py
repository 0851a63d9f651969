"""python-telegram-bot's errors as errors of our own, for other packages."""

from datetime import timedelta

from telegram.error import Conflict, InvalidToken, TelegramError

from bot.complaint.errors import ComplaintError, SettingsWrong
from bot.complaint.ids import ChatId
from bot.telegram.failures import Fate, verdict
from bot.telegram.http_client import TOO_BIG

TOKEN_REFUSED = "COMPLAINT_BOT_TOKEN: Telegram does not know this token, copy it again from BotFather"  # noqa: S105


class Unreachable(ComplaintError):
    """Telegram does not serve us now."""

    def __init__(self, detail: str = "", *, wait: timedelta = timedelta(0)) -> None:
        super().__init__(detail)
        self.wait = wait
        """How long Telegram asks us to wait, if it does."""


class AnotherIntake(Unreachable):
    """Another program takes this bot's updates: stop it, or remove its webhook."""


class Refused(ComplaintError):
    """Telegram refuses."""


class TooBig(Refused):
    """The file is larger than bots may have."""


class Moved(Refused):
    """The group was upgraded, and has another id."""

    def __init__(self, detail: str, new_chat: ChatId) -> None:
        super().__init__(detail)
        self.new_chat = new_chat


def trouble(error: TelegramError) -> ComplaintError:
    """The error as one of ours: SettingsWrong for the token, `Unreachable` if waiting helps."""
    if isinstance(error, InvalidToken):
        return SettingsWrong(TOKEN_REFUSED)
    if isinstance(error, Conflict):
        return AnotherIntake(error.message)
    found = verdict(error)
    if found.fate in (Fate.FLOOD, Fate.LATER, Fate.UNKNOWN):
        return Unreachable(found.reason, wait=found.wait)
    if found.new_chat is not None:
        return Moved(found.reason, found.new_chat)
    if TOO_BIG in found.reason.lower():
        return TooBig(found.reason)
    return Refused(found.reason)

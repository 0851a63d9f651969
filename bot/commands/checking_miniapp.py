"""`check`, a note: whether the supervisor's page can be opened from Telegram."""

from typing import Final
from urllib.parse import urlsplit

import msgspec

from bot.complaint.errors import ComplaintError
from bot.config import Settings
from bot.telegram.account import read
from bot.telegram.calls import Call
from bot.telegram.delivery import Telegram

_READY: Final = (
    "The supervisor's page opens from Telegram: a Mini App is registered. Its address only BotFather shows."
)
_HOW: Final = (
    "In BotFather: /mybots, your bot, Bot Settings, Configure Mini App, Enable Mini App, and give it {page}"
)
_NO_APP: Final = f"The supervisor's page is served and cannot be opened: no Mini App is registered. {_HOW}."
_IDLE: Final = (
    "A Mini App is registered, and nothing listens for it: COMPLAINT_BOT_LISTEN opens the supervisor's page."
)
_MENU: Final = (
    "The button beside every customer's text field opens {url}. If that is the supervisor's page, take it away there: "
    "BotFather, Bot Settings, Menu Button, Disable. It is for the desk, and lets nobody else in."
)


class _Me(msgspec.Struct):
    has_main_web_app: bool = False


class _MeAnswer(msgspec.Struct):
    result: _Me


class _WebApp(msgspec.Struct):
    url: str = ""


class _Button(msgspec.Struct):
    type: str = "default"
    web_app: _WebApp = msgspec.field(default_factory=_WebApp)


class _ButtonAnswer(msgspec.Struct):
    result: _Button


async def miniapp_notes(telegram: Telegram, settings: Settings) -> tuple[str, ...]:
    """What is good to know of it; nothing where there is neither page nor Mini App.

    Raises:
        Unreachable: Telegram does not answer.
    """
    registered = read(_MeAnswer, await telegram.ask(Call("getMe", {}))).result.has_main_web_app
    notes = []
    if settings.listens:
        notes.append(_READY if registered else _NO_APP.format(page=_page(settings)))
    elif registered:
        notes.append(_IDLE)
    url = await _menu(telegram)
    if url:
        notes.append(_MENU.format(url=url))
    return tuple(notes)


def _page(settings: Settings) -> str:
    """Where the page is, as far as we know our own public address."""
    from bot.front.miniapp import PREFIX  # noqa: PLC0415 - who serves no page needs none of it

    if settings.webhook_url is None:
        return f"the public https address that leads to {PREFIX} of COMPLAINT_BOT_LISTEN"
    hook = urlsplit(settings.webhook_url)
    return f"{hook.scheme}://{hook.netloc}{PREFIX} (or wherever your proxy puts {PREFIX})"


async def _menu(telegram: Telegram) -> str:
    """What the button beside the text field opens; empty if it opens no page. An older server does not tell."""
    try:
        button = read(_ButtonAnswer, await telegram.ask(Call("getChatMenuButton", {}))).result
    except ComplaintError:
        return ""
    return button.web_app.url if button.type == "web_app" else ""

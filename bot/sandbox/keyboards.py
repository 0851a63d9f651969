"""Validates reply markups as Telegram does."""

from bot.sandbox.errors import Json, bad_request

MOST_BYTES_OF_DATA = 64
_ACTIONS = frozenset(
    {
        "callback_data",
        "url",
        "web_app",
        "login_url",
        "switch_inline_query",
        "switch_inline_query_current_chat",
        "copy_text",
        "pay",
    },
)


def inline_keyboard(markup: Json | None) -> Json | None:
    """Give the inline keyboard to show under a message, or None when there is none.

    Raises:
        ApiError: BUTTON_DATA_INVALID and its kin.
    """
    if not markup or "inline_keyboard" not in markup:
        return None
    rows = [[_checked(button) for button in row] for row in markup["inline_keyboard"] if row]
    return {"inline_keyboard": rows} if rows else None


def _checked(button: Json) -> Json:
    if not str(button.get("text") or "").strip():
        raise bad_request("can't parse inline keyboard button: text must be non-empty")
    if not _ACTIONS & button.keys():
        raise bad_request("text buttons are unallowed in the inline keyboard")
    data = button.get("callback_data")
    if data is not None and not 1 <= len(str(data).encode()) <= MOST_BYTES_OF_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    url = button.get("url")
    if url is not None and not str(url).startswith(("http://", "https://", "tg://")):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return button


def reply_keyboard(markup: Json | None, before: Json | None) -> Json | None:
    """Give the keyboard below the input field after a message with this markup."""
    if not markup or "inline_keyboard" in markup:
        return before
    if markup.get("remove_keyboard"):
        return None
    return markup if "keyboard" in markup else before

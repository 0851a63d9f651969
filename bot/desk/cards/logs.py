"""The transcript posted for whoever takes the case, so that nobody asks twice (R31)."""

from collections.abc import Sequence
from typing import Any, Final

from bot.complaint.case import Case
from bot.complaint.records import Entry
from bot.complaint.shortening import cut
from bot.complaint.squares import PUBLIC
from bot.desk.discretion import discreet, hushed

_LOG_HEAD: Final = 6
_LOG_TAIL: Final = 40
_LOG_LINE: Final = 400


def opening_log(case: Case, entries: Sequence[Entry]) -> dict[str, Any]:
    """The fields of `desk/log`: the conversation so far, for whoever takes the case (R31).

    `entries` are in the order of the timeline. Telegram's own times are whole seconds, too coarse to sort by.

    Of a long one the beginning and the end are shown; `left_out` counts the lines between them, which follow
    after the first `head` ones.
    """
    lines = [_log_line(one, hidden=case.is_private) for one in entries if _speaks(one)]
    left_out = max(0, len(lines) - _LOG_HEAD - _LOG_TAIL)
    shown = lines if not left_out else [*lines[:_LOG_HEAD], *lines[-_LOG_TAIL:]]
    return {
        "no": case.no,
        "of": None,
        "customer": discreet(case).customer.name,
        "since": case.opened_at,
        "lines": shown,
        "left_out": left_out,
        "head": _LOG_HEAD if left_out else len(shown),
    }


def _speaks(entry: Entry) -> bool:
    """Whether a line belongs to the transcript; system remarks do not."""
    if entry.who == "system":
        return False
    return bool(entry.text) or bool(entry.media and not _is_press(entry))


def _is_press(entry: Entry) -> bool:
    return bool(entry.media and entry.media.get("kind") == "press")


def _log_line(entry: Entry, *, hidden: bool = False) -> dict[str, object]:
    pressed = _is_press(entry)
    kind = str(entry.media.get("kind", "other")) if entry.media and not pressed else None
    return {
        "at": entry.at,
        "who": entry.who,
        "by": entry.by,
        "text": entry.text if pressed else cut(hushed(entry.text) if hidden else entry.text, _LOG_LINE),
        "pressed": pressed,
        "media": kind if kind != PUBLIC else None,
        "where": str(entry.media.get("detail", "")) if entry.media and kind == PUBLIC else "",
        "edit": entry.edit,
        "note": entry.note,
    }

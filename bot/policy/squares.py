"""When the bot speaks in a public group, and when it stays silent (S36, S49, D13)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.complaint.ids import ChatId, ThreadId
from bot.complaint.squares import Call, Square


@dataclass(frozen=True, slots=True, kw_only=True)
class SquareRules:
    """The brand's rules for groups that are no desk."""

    answer: bool = True
    """Whether the bot says anything there at all."""
    window_hours: int = 24
    """One person is shown the way once in so many hours, and so are all who have the same trouble."""
    together_minutes: int = 60
    """Who calls so soon after another piles on; under a channel's post, whoever calls there within the window."""
    crowd: int = 3
    """From so many callers on the desk is told, and their number counts in the first case."""
    muted: tuple[ChatId, ...] = ()
    """Groups in which the bot says nothing, whatever their administrators wish."""

    def __post_init__(self) -> None:
        """Refuse an empty time window, and a crowd of one."""
        if min(self.window_hours, self.together_minutes) < 1 or self.crowd < 2:  # noqa: PLR2004
            raise ValueError("groups: write hours and minutes of at least 1, and a crowd of at least 2")

    @property
    def window(self) -> timedelta:
        """How long a call is remembered."""
        return timedelta(hours=self.window_hours)


USUAL: Final = SquareRules()
_TOLD_AT: Final = (5, 10, 20, 50, 100, 200)
"""The desk's group holds twenty lines a minute: a growing crowd is told of at these sizes."""


def silent(square: Square, chat: ChatId, rules: SquareRules) -> bool:
    """Whether the bot stays silent there, by the brand's or an administrator's choice."""
    return square.muted or not rules.answer or chat in rules.muted


def together(
    square: Square, thread: ThreadId | None, at: datetime, rules: SquareRules, *, parted: bool
) -> tuple[Call, ...]:
    """The other calls that a new one adds to: of the same thread if there are threads, else of the last hour."""
    if parted and thread is not None:
        return tuple(one for one in square.calls if one.thread == thread)
    lately = at - timedelta(minutes=rules.together_minutes)
    return tuple(one for one in square.calls if one.last_at > lately)


def may_invite(square: Square, at: datetime, rules: SquareRules) -> bool:
    """Whether a general invitation may be posted: once per time window."""
    return square.invited_at is None or at - square.invited_at >= rules.window


def worth_telling(count: int, told: int, rules: SquareRules) -> bool:
    """Whether the desk is told of the crowd: when it becomes one, and as it grows."""
    sizes = (rules.crowd, *(one for one in _TOLD_AT if one > rules.crowd))
    return any(told < size <= count for size in sizes)

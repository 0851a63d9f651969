"""When a word is said in a square."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.complaint.ids import ChatId, MessageId, ThreadId, UserId
from bot.complaint.squares import MOST_CALLS, Call, Square
from bot.policy.squares import SquareRules, may_invite, silent, together, worth_telling

NOW = datetime(2026, 7, 1, 10, 0, tzinfo=UTC)
RULES = SquareRules()


def call(person: int, *, ago: int = 0, thread: int | None = None) -> Call:
    """A call so many minutes ago."""
    at = NOW - timedelta(minutes=ago)
    place = ThreadId(thread) if thread is not None else None
    return Call(by=UserId(person), message=MessageId(person), at=at, last_at=at, thread=place)


@pytest.mark.practice("S49")
def test_a_call_piles_on_by_thread_or_by_time() -> None:
    """Under one post all are together, whenever they wrote; in a plain group who wrote within the hour is."""
    square = Square(calls=(call(1, ago=300, thread=7), call(2, ago=10, thread=8), call(3, ago=90)))
    under_post = together(square, ThreadId(7), NOW, RULES, parted=True)
    plain = together(square, None, NOW, RULES, parted=False)
    assert [one.by for one in under_post] == [1]
    assert [one.by for one in plain] == [2]


def test_all_are_shown_the_way_once_in_a_window() -> None:
    """The invitation comes again when the window is over, and not a minute before."""
    assert may_invite(Square(), NOW, RULES)
    assert not may_invite(Square(invited_at=NOW - timedelta(hours=23, minutes=59)), NOW, RULES)
    assert may_invite(Square(invited_at=NOW - timedelta(hours=24)), NOW, RULES)


def test_a_growing_crowd_is_told_of_at_few_sizes() -> None:
    """Fifty callers cost the desk's group five lines at most."""
    told, lines = 0, []
    for count in range(1, 51):
        if worth_telling(count, told, RULES):
            told = count
            lines.append(count)
    assert lines == [3, 5, 10, 20, 50]


def test_who_may_silence_it() -> None:
    """The brand for one group or for all, or an administrator of the group."""
    here = ChatId(-5)
    assert not silent(Square(), here, RULES)
    assert silent(Square(muted=True), here, RULES)
    assert silent(Square(), here, SquareRules(answer=False))
    assert silent(Square(), here, SquareRules(muted=(here,)))


def test_a_window_that_is_over_forgets_the_crowd() -> None:
    """What is old goes with its count; what is new keeps it."""
    square = Square(calls=(call(1, ago=60), call(2, ago=1)), told=2, counted=True, told_at=NOW)
    assert square.since(NOW - timedelta(minutes=30)).told == 2
    assert square.since(NOW).calls == ()
    assert (square.since(NOW).told, square.since(NOW).counted) == (0, False)


def test_a_square_remembers_so_many_and_no_more() -> None:
    """The newest callers are known; a flood cannot fill the store."""
    square = Square()
    for person in range(MOST_CALLS + 5):
        square = square.with_call(call(person))
    assert len(square.calls) == MOST_CALLS
    assert square.of(UserId(MOST_CALLS + 4)) is not None
    assert square.of(UserId(0)) is None


@pytest.mark.parametrize(("hours", "minutes", "crowd"), [(0, 60, 3), (24, 0, 3), (24, 60, 1)])
def test_rules_that_say_nothing_are_refused(hours: int, minutes: int, crowd: int) -> None:
    """An empty window, or a crowd of one."""
    with pytest.raises(ValueError, match="groups"):
        SquareRules(window_hours=hours, together_minutes=minutes, crowd=crowd)

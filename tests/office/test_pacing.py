"""The limits as arithmetic: whatever is asked for, no window ever holds too much, and nobody waits for nothing."""

from hypothesis import given
from hypothesis import strategies as st

from bot.complaint.actions import Lane
from bot.complaint.ids import ChatId
from bot.office.pacing import MINUTE, SLOW_FOR, Bucket, Limits, Pace, Window

START = 1_795_000_000.0
gaps = st.lists(st.floats(0, 5, allow_nan=False), min_size=1, max_size=60)


def most_within(moments: list[float], seconds: float) -> int:
    """The fullest half-open window of that length that begins with an event."""
    return max(sum(1 for later in moments[n:] if later < one + seconds) for n, one in enumerate(moments))


@given(gaps, st.integers(1, 20))
def test_a_window_never_holds_more_than_allowed(pauses: list[float], most: int) -> None:
    """However the wishes come, any ten seconds hold at most so many."""
    window, now, sent = Window(10.0), START, []
    for pause in pauses:
        now = window.free_at(now + pause, most)
        window.take(now)
        sent.append(now)
    # a microsecond for what floating point does to the edge
    assert most_within(sent, 10.0 - 1e-6) <= most


@given(gaps, st.integers(1, 20))
def test_a_window_makes_nobody_wait_for_nothing(pauses: list[float], most: int) -> None:
    """Whoever waits, waits because the window is full until exactly then."""
    window, now, sent = Window(10.0), START, list[float]()
    for pause in pauses:
        asked = now + pause
        now = window.free_at(asked, most)
        if now > asked:
            assert sum(1 for one in sent if one > now - 10.0 - 1e-6) >= most
        window.take(now)
        sent.append(now)


@given(gaps, st.floats(0.1, 3), st.integers(1, 5))
def test_a_bucket_gives_its_burst_and_then_its_rate(pauses: list[float], interval: float, size: int) -> None:
    """In any stretch of time at most the burst and what flowed in meanwhile."""
    bucket, now, sent = Bucket(interval, size), START, []
    for pause in pauses:
        now = bucket.free_at(now + pause)
        bucket.take(now)
        sent.append(now)
    for first in range(len(sent)):
        for last in range(first, len(sent)):
            stretch = sent[last] - sent[first]
            assert last - first + 1 <= size + stretch / interval + 1e-4


@given(st.lists(st.tuples(st.sampled_from(Lane), st.integers(0, 10), st.floats(0, 20)), max_size=60))
def test_a_group_never_gets_more_than_twenty_a_minute(wishes: list[tuple[Lane, int, float]]) -> None:
    """Albums, edits and urgent things included; what is not urgent leaves two places free."""
    pace, group, now = Pace(Limits()), ChatId(-1), START
    sent: list[float] = []
    for lane, cost, pause in wishes:
        now = pace.free_at(group, lane, cost, now + pause)
        pace.take(group, cost, now)
        sent += [now] * cost
        recent = [one for one in sent if one > now - MINUTE + 1e-6]
        assert len(recent) <= (20 if lane <= Lane.FIRST or not cost else 18) or cost == 0


def test_the_urgent_still_go_when_the_group_is_full_for_others() -> None:
    """Two of the twenty are kept for danger and first acknowledgements."""
    pace, group = Pace(Limits()), ChatId(-1)
    for _ in range(18):
        pace.take(group, 1, START)
    assert pace.free_at(group, Lane.DESK, 1, START) == START + MINUTE
    assert pace.free_at(group, Lane.URGENT, 2, START) == START
    assert pace.free_at(group, Lane.URGENT, 3, START) == START + MINUTE


def test_a_pause_holds_for_its_chat_and_for_what_is_free_too() -> None:
    """While Telegram asks for a pause not even a reaction leaves for that chat."""
    pace = Pace(Limits())
    pace.flooded(ChatId(5), 7, START)
    assert pace.free_at(ChatId(5), Lane.URGENT, 0, START) == START + 7
    assert pace.free_at(ChatId(6), Lane.REST, 1, START) == START
    pace.flooded(ChatId(5), 2, START)
    assert pace.free_at(ChatId(5), Lane.URGENT, 1, START) == START + 7
    assert pace.all_free_at(START) == START


def test_two_chats_at_once_slow_all_for_a_minute() -> None:
    """Everybody waits as long as the shorter pause, then three quarters of the limit are used."""
    pace = Pace(Limits(per_second=40))
    pace.flooded(ChatId(5), 7, START)
    pace.flooded(ChatId(6), 3, START + 0.5)
    assert pace.all_free_at(START + 1) == START + 3.5

    def at_once(now: float) -> int:
        count = 0
        while pace.all_free_at(now) <= now:
            pace.take(ChatId(1000 + count), 1, now)
            count += 1
        return count

    assert at_once(START + 4) == 30
    assert at_once(START + SLOW_FOR + 1) == 40


def test_the_same_chat_twice_or_two_far_apart_slow_nobody_else() -> None:
    """Only complaints about several chats together mean the bot."""
    pace = Pace(Limits())
    for chat, at in ((5, 0.0), (5, 0.5), (6, 2.0)):
        pace.flooded(ChatId(chat), 3, START + at)
    assert pace.all_free_at(START + 2) == START + 2


def test_chats_without_a_past_are_forgotten() -> None:
    """A year of customers does not stay in memory."""
    pace = Pace(Limits())
    for n in range(50_000):
        pace.take(ChatId(n + 1), 1, START + n)
    assert len(pace._private) <= 2048

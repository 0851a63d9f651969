"""The limits as arithmetic: whatever is asked for, no window ever holds too much, and nobody waits for nothing."""

from hypothesis import given
from hypothesis import strategies as st

from bot.complaint.actions import Lane
from bot.complaint.ids import ChatId
from bot.office.outgoing.pacing import ALL_REST, MINUTE, SLOW_FOR, Bucket, Limits, Pace, Window

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
        window.take()
        window.land(now)
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
        window.take()
        window.land(now)
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
    """Albums, edits and urgent things included; what is not urgent leaves four places free, three of them to alarms."""
    pace, group, now = Pace(Limits()), ChatId(-1), START
    sent: list[float] = []
    for lane, cost, pause in wishes:
        now = pace.free_at(group, lane, cost, now + pause)
        pace.take(group, cost, now)
        pace.land(group, cost, now, now)
        sent += [now] * cost
        recent = [one for one in sent if one > now - MINUTE + 1e-6]
        most = 20 if lane is Lane.ALARM else 17 if lane <= Lane.FIRST else 16
        assert len(recent) <= most or cost == 0


def test_the_urgent_still_go_when_the_group_is_full_for_others() -> None:
    """One of the twenty is kept for danger and first acknowledgements."""
    pace, group = Pace(Limits()), ChatId(-1)
    for _ in range(16):
        pace.take(group, 1, START)
        pace.land(group, 1, START, START)
    assert pace.free_at(group, Lane.DESK, 1, START) == START + MINUTE
    assert pace.free_at(group, Lane.URGENT, 1, START) == START
    assert pace.free_at(group, Lane.URGENT, 2, START) == START + MINUTE


def test_three_alarms_ring_at_once_in_a_group_that_is_full_for_everything_else() -> None:
    """Whatever else was sent in this minute, urgent things too: three places are the alarms' own."""
    pace, group = Pace(Limits()), ChatId(-1)
    for _ in range(17):
        pace.take(group, 1, START)
        pace.land(group, 1, START, START)
    assert pace.free_at(group, Lane.URGENT, 1, START) == START + MINUTE
    for _ in range(3):
        assert pace.free_at(group, Lane.ALARM, 1, START) == START
        pace.take(group, 1, START)
        pace.land(group, 1, START, START)
    assert pace.free_at(group, Lane.ALARM, 1, START) == START + MINUTE


def test_a_pause_holds_for_its_chat_and_for_what_is_free_too() -> None:
    """While Telegram asks for a pause not even a reaction leaves for that chat."""
    pace = Pace(Limits())
    pace.flooded(ChatId(5), 7, START)
    assert pace.free_at(ChatId(5), Lane.URGENT, 0, START) == START + 7
    assert pace.free_at(ChatId(6), Lane.REST, 1, START) == START
    pace.flooded(ChatId(5), 2, START)
    assert pace.free_at(ChatId(5), Lane.URGENT, 1, START) == START + 7
    assert pace.all_free_at(START) == START


def at_once(pace: Pace, now: float) -> int:
    """How many may leave at this moment."""
    count = 0
    while pace.all_free_at(now) <= now:
        pace.take(ChatId(1000 + count), 1, now)
        pace.land(ChatId(1000 + count), 1, now, now)
        count += 1
    return count


def test_two_chats_at_once_slow_all_a_little() -> None:
    """Everybody waits two seconds at most, then three quarters of the limit are used; a minute later all of it."""
    pace = Pace(Limits(per_second=40))
    pace.flooded(ChatId(5), 3600, START)
    pace.flooded(ChatId(6), 3600, START + 0.5)
    assert pace.all_free_at(START + 1) == START + 0.5 + ALL_REST
    assert at_once(pace, START + 0.5 + ALL_REST) == 30
    assert at_once(pace, START + SLOW_FOR / 2) in (34, 35)
    assert at_once(pace, START + SLOW_FOR + 1) == 40
    assert pace.free_at(ChatId(5), Lane.URGENT, 1, START + 61) == START + 3600


def test_a_storm_counts_once_and_never_stops_everybody() -> None:
    """A hundred refusals of one second are one storm; however many storms come, a quarter of the limit is used."""
    pace = Pace(Limits(per_second=40))
    for chat in range(100):
        pace.flooded(ChatId(chat + 1), 30, START + chat / 100)
    assert at_once(pace, START + 5) >= 30
    for storm in range(50):
        for chat in (1, 2):
            pace.flooded(ChatId(chat), 30, START + 10 + 3 * storm)
    assert at_once(pace, START + 200) >= 10


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
        pace.land(ChatId(n + 1), 1, START + n, START + n)
    assert len(pace._private) <= 2048


def test_what_is_under_way_holds_its_place_until_it_has_landed() -> None:
    """A call that takes ten seconds may be counted at the very end of them."""
    window = Window(1.0)
    window.take()
    assert window.free_at(START + 9, 1) > START + 9
    window.land(START + 10)
    assert window.free_at(START + 10.5, 1) == START + 11


def test_a_clock_that_was_set_back_stops_nobody_for_long() -> None:
    """An hour back is not an hour of silence."""
    pace = Pace(Limits(per_second=1))
    for chat in (5, -5):
        pace.take(ChatId(chat), 1, START)
        pace.land(ChatId(chat), 1, START, START)
    assert pace.all_free_at(START - 3600) <= START - 3600 + 2
    assert pace.free_at(ChatId(5), Lane.TALK, 1, START - 3600) <= START - 3600 + MINUTE


def test_after_a_restart_no_burst_is_taken_for_granted() -> None:
    """The run before may have used it up a second ago."""
    pace, chat = Pace(Limits()), ChatId(5)
    pace.careful(START)
    assert pace.free_at(chat, Lane.TALK, 1, START) == START
    pace.take(chat, 1, START)
    assert pace.free_at(chat, Lane.TALK, 1, START) > START + 1

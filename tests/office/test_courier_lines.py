"""Who goes next, by arithmetic: against every mix of lines, chats, lanes and failures."""

from datetime import UTC, datetime
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.complaint.actions import Lane
from bot.complaint.ids import CaseNo, ChatId, LetterId, MessageId
from bot.complaint.letters import Letter, LetterKind
from bot.office.outgoing.costs import cost_of
from bot.office.outgoing.line import OneLine, Pending
from bot.office.outgoing.lines import Lines
from bot.office.outgoing.pacing import Limits, Pace

START = 1_795_000_000.0
AT = datetime.fromtimestamp(START, UTC)
UNHURRIED = Limits(per_second=100_000, private_burst=100_000, per_group_minute=100_000)


def letter(number: int, chat: int, *, topic: int = 0, lane: Lane = Lane.TALK, kind: str = "text") -> Letter:
    """A letter with that number."""
    return Letter(
        id=LetterId(number),
        kind=LetterKind(kind),
        chat=ChatId(chat),
        topic=CaseNo(f"{topic}") if topic else None,
        lane=lane,
        written_at=AT,
        html="x",
        target=MessageId(1),
    )


def everything(lines: Lines, now: float) -> list[int]:
    """Take until nothing may go, landing each at once."""
    order: list[int] = []
    while (trip := lines.take(now)) is not None:
        order.append(trip[1].letter.id)
        lines.done(*trip, now)
    return order


plans = st.lists(
    st.tuples(
        st.sampled_from([5, 6, -1, -2]),
        st.integers(0, 2),
        st.sampled_from(Lane),
        st.sampled_from(["text", "react", "edit"]),
    ),
    max_size=40,
)


@given(plans, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_every_letter_goes_once_and_lines_keep_their_order(
    plan: list[tuple[int, int, Lane, str]], luck: Random
) -> None:
    """With trips under way together, failing and landing in any order, and limits held."""
    pace, now = Pace(Limits()), START
    lines = Lines(pace)
    letters = [
        letter(n + 1, chat, topic=topic, lane=lane, kind=kind)
        for n, (chat, topic, lane, kind) in enumerate(plan)
    ]
    to_add, away, gone = list(letters), list[tuple[OneLine, Pending]](), list[Letter]()
    while to_add or away or len(lines):
        if to_add and luck.random() < 0.5:
            lines.add(to_add.pop(0), now)
        elif away and luck.random() < 0.5:
            line, pending = away.pop(luck.randrange(len(away)))
            pace.land(pending.letter.chat, cost_of(pending.letter), now, now)
            if luck.random() < 0.3:
                pending.held_until = now + 1
                lines.back(line, now)
            else:
                gone.append(pending.letter)
                lines.done(line, pending, now)
        elif (trip := lines.take(now)) is not None:
            away.append(trip)
        elif not away and not to_add:
            moment = lines.next_at(now)
            assert moment is not None
            assert moment > now
            now = moment
    assert sorted(one.id for one in gone) == [one.id for one in letters]
    for line_name in {one.line for one in letters}:
        numbers = [one.id for one in gone if one.line == line_name]
        assert numbers == sorted(numbers)


@given(plans)
def test_one_line_has_one_trip_at_a_time(plan: list[tuple[int, int, Lane, str]]) -> None:
    """Nothing of a line leaves while something of it is under way."""
    lines = Lines(Pace(UNHURRIED))
    for n, (chat, topic, lane, kind) in enumerate(plan):
        lines.add(letter(n + 1, chat, topic=topic, lane=lane, kind=kind), START)
    taken = []
    while (trip := lines.take(START)) is not None:
        taken.append(trip[0].name)
    assert (
        len(taken)
        == len(set(taken))
        == len({letter(1, chat, topic=topic, lane=lane).line for chat, topic, lane, _ in plan})
    )


def test_chats_take_turns() -> None:
    """A chat with many letters goes once, then the others do."""
    lines = Lines(Pace(UNHURRIED))
    for number, chat in enumerate([5, 5, 5, 6, 7]):
        lines.add(letter(number + 1, chat), START)
    assert everything(lines, START) == [1, 4, 5, 2, 3]


def test_a_line_keeps_its_turn_however_much_comes_in_behind() -> None:
    """Whoever keeps writing is not punished for it."""
    lines = Lines(Pace(UNHURRIED))
    lines.add(letter(1, 5), START)
    lines.add(letter(2, 6), START)
    lines.add(letter(3, 5), START)
    assert everything(lines, START)[0] == 1


def test_the_urgent_goes_first_and_takes_what_is_before_it_along() -> None:
    """Order inside the line is kept, so the line as a whole becomes urgent."""
    lines = Lines(Pace(UNHURRIED))
    lines.add(letter(1, 6), START)
    lines.add(letter(2, 5, lane=Lane.REST), START)
    lines.add(letter(3, 5, lane=Lane.URGENT), START)
    assert everything(lines, START) == [2, 3, 1]


def test_a_late_lower_number_goes_before_higher_ones_that_wait() -> None:
    """Rounds that overlap may post out of order; numbers decide."""
    lines = Lines(Pace(UNHURRIED))
    lines.add(letter(9, 5), START)
    lines.add(letter(4, 5), START)
    lines.add(letter(4, 5), START)
    assert everything(lines, START) == [4, 9]


def test_nothing_stays_in_memory_when_all_is_done() -> None:
    """Lines and chats go with their last letter."""
    lines = Lines(Pace(UNHURRIED))
    for number in range(100):
        lines.add(letter(number + 1, number % 7 + 1), START)
    everything(lines, START)
    assert (len(lines), len(lines._lines), len(lines._chats)) == (0, 0, 0)


def test_a_letter_written_anew_keeps_its_turn() -> None:
    """A card that changes all the time is shown in its turn, not for ever after all others."""
    lines = Lines(Pace(UNHURRIED))
    lines.add(letter(1, -1, topic=1).evolve(key="card"), START)
    lines.add(letter(2, -1, topic=2), START)
    assert lines.add(letter(3, -1, topic=1).evolve(key="card"), START) == [1]
    assert everything(lines, START) == [3, 2]

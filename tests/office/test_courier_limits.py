"""No 429 is ever provoked while the server's limits are the documented ones: against a server that counts itself."""

import heapq
from collections import defaultdict, deque
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random

import pytest
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
QUICKEST = 0.06
"""Seconds that a call takes at the least, there and back."""


@dataclass(slots=True)
class Server:
    """Counts what comes in as the documentation says: any second, any minute of a group, each chat's burst."""

    per_second: int
    second: deque[float] = field(default_factory=deque)
    groups: defaultdict[int, deque[float]] = field(default_factory=lambda: defaultdict(deque))
    tokens: dict[int, tuple[float, float]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    first: dict[int, float] = field(default_factory=dict)
    """When each chat was first served."""

    def take(self, chat: int, cost: int, now: float) -> None:
        """A call comes in."""
        self.first.setdefault(chat, now)
        if chat < 0:
            self._window(self.groups[chat], 20, 60.0, cost, now, "group")
        else:
            had, at = self.tokens.get(chat, (3.0, now))
            left = min(3.0, had + now - at) - cost
            if left < -1e-6 and cost <= 3:
                self.refused.append("chat")
            self.tokens[chat] = (left, now)
        self._window(self.second, self.per_second, 1.0, cost, now, "overall")

    def _window(self, seen: deque[float], most: int, span: float, cost: int, now: float, name: str) -> None:
        while seen and seen[0] <= now - span + 1e-6:
            seen.popleft()
        seen.extend([now] * cost)
        if len(seen) > most:
            self.refused.append(name)


@dataclass(slots=True)
class Road:
    """The courier's lines and pace on a clock of their own, and a network with moods."""

    luck: Random
    jitter: float
    server: Server
    pace: Pace
    lines: Lines
    now: float = START
    sent: list[float] = field(default_factory=list)
    _coming: list[tuple[float, int, str, OneLine, Pending, float]] = field(default_factory=list)
    _number: int = 0

    def _leave(self, line: OneLine, pending: Pending) -> None:
        # a commit and a look-up lie between being taken and leaving
        left = self.now + self.luck.random() * self.jitter
        there = left + QUICKEST / 3 + self.luck.random() ** 4 * self.jitter * 4
        back = there + QUICKEST * 2 / 3 + self.luck.random() ** 4 * self.jitter * 4
        for at, what in ((there, "there"), (back, "back")):
            self._number += 1
            heapq.heappush(self._coming, (at, self._number, what, line, pending, left))

    def _happen(self) -> None:
        self.now, _, what, line, pending, left = heapq.heappop(self._coming)
        chat, cost = pending.letter.chat, cost_of(pending.letter)
        if what == "there":
            self.sent += [self.now] * cost
            self.server.take(chat, cost, self.now)
            return
        self.pace.land(chat, cost, left, self.now)
        self.lines.done(line, pending, self.now)

    def run(self, letters: list[tuple[float, Letter]]) -> None:
        """Until everything has landed."""
        to_post = deque(sorted(letters, key=lambda one: one[1].id))
        while to_post or self._coming or len(self.lines):
            while to_post and to_post[0][0] <= self.now:
                self.lines.add(to_post.popleft()[1], self.now)
            while (trip := self.lines.take(self.now)) is not None:
                self._leave(*trip)
            moments = [self._coming[0][0]] if self._coming else []
            if to_post:
                moments.append(to_post[0][0])
            if (own := self.lines.next_at(self.now)) is not None:
                moments.append(max(own, self.now))
            if self._coming and self._coming[0][0] <= min(moments):
                self._happen()
            else:
                self.now = min(moments)


def road(luck: Random, jitter: float, limits: Limits) -> Road:
    """An empty one."""
    pace = Pace(limits)
    return Road(luck, jitter, Server(int(limits.per_second)), pace, Lines(pace))


def letter(number: int, chat: int, lane: Lane, kind: str, topic: int) -> Letter:
    """A letter with that number."""
    return Letter(
        id=LetterId(number),
        kind=LetterKind(kind),
        chat=ChatId(chat),
        topic=CaseNo(f"{topic}") if chat < 0 else None,
        lane=lane,
        written_at=datetime.fromtimestamp(START, UTC),
        html="x",
        target=MessageId(1),
    )


schedules = st.lists(
    st.tuples(
        st.floats(0, 3),
        st.one_of(st.integers(1, 4), st.integers(-2, -1), st.integers(100, 200)),
        st.sampled_from(Lane),
        st.sampled_from(["text", "edit", "react", "open_topic"]),
        st.integers(0, 5),
    ),
    max_size=120,
)


@given(schedules, st.randoms(use_true_random=False), st.sampled_from([0.0, 0.01, 0.1, 0.5]))
@settings(deadline=None, max_examples=60)
def test_no_schedule_provokes_a_429(
    plan: list[tuple[float, int, Lane, str, int]], luck: Random, jitter: float
) -> None:
    """However letters come and the network wavers, any second holds thirty and any minute of a group twenty."""
    # two seconds hold a few dozen chats' letters: the overall limit is made small enough to be met
    one = road(luck, jitter, Limits(per_second=8))
    letters, at = [], START
    for number, (pause, chat, lane, kind, topic) in enumerate(plan):
        at += pause if luck.random() < 0.2 else 0.0
        letters.append((at, letter(number + 1, chat, lane, kind, topic)))
    one.run(letters)
    assert one.server.refused == []


@pytest.mark.parametrize("per_second", [30, 300, 1000])
@pytest.mark.parametrize("jitter", [0.0, 0.01])
def test_a_crowd_is_served_at_the_limit(per_second: int, jitter: float) -> None:
    """First acknowledgements are out within 1.05 of the optimum, and the limit is used to 95 parts of a hundred."""
    crowd = 10 * per_second
    one = road(Random(per_second), jitter, Limits(per_second=per_second))  # noqa: S311 - no secret
    one.run([(START, letter(n + 1, n + 1, Lane.FIRST, "text", 0)) for n in range(crowd)])
    assert one.server.refused == []
    took = max(one.sent) - START - QUICKEST
    assert took <= 1.05 * crowd / per_second
    in_the_middle = [at for at in one.sent if 2 <= at - START < 7]
    assert len(in_the_middle) / 5 >= 0.95 * per_second


def test_the_first_word_finds_a_place_soon_while_others_talk() -> None:
    """With a backlog of talk somebody new is served within a quarter of a second, the network's time included."""
    one = road(Random(1), 0.01, Limits(per_second=30))  # noqa: S311 - no secret
    talk = [(START, letter(n + 1, n + 1, Lane.TALK, "text", 0)) for n in range(300)]
    asked = [START + 1.5 + n for n in range(6)]
    first = [(at, letter(1000 + n, 1000 + n, Lane.FIRST, "text", 0)) for n, at in enumerate(asked)]
    one.run(talk + first)
    assert max(one.server.first[1000 + n] - at for n, at in enumerate(asked)) < 0.25

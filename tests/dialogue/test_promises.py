"""Whatever a complainant does, and agents, and time, in whatever order: what always stays true."""

from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.complaint.case import Control, Offer, Person
from bot.complaint.ids import MessageId
from tests.dialogue import pool, promises
from tests.dialogue.beside import (
    every_open_case_has_its_talk,
    no_number_is_given_twice,
    nothing_promised_is_lost,
    open_promises,
    words_about_another_case_name_it,
)
from tests.dialogue.deeds import walk
from tests.dialogue.moment import AGENTS, SOMEBODY_ELSE, Moment
from tests.dialogue.promises import PROMISES, nobody_is_pestered
from tests.dialogue.roads import ROADS, Road
from tests.dialogue.talk_scene import Chat

MESSAGES = st.sampled_from(pool.KINDS).flatmap(st.sampled_from)
MEDIA = st.sampled_from(["photo", "photo", "voice", "video", "document", "sticker", "location", "contact"])
COMMANDS = st.sampled_from(
    ["start", "new", "new", "cases", "status", "human", "language", "withdraw", "rights", "help", "xyz"]
)
AGENT_WORDS = st.sampled_from(
    (
        *("您好，我来看", "/claim", "/release", "/resolve", "/resolve 已寄出", "/bot", "/reopen", "// 内部"),
        *("/done RF-1", "/done f1 RF-1", "/done p2 已电话", "/upheld 封口不牢 | 已加检", "/note 备注"),
    )
)

PRACTICES: dict[promises.Promised, tuple[str, ...]] = {
    promises.within_authority: ("S9", "R35", "S97"),
    promises.a_told_time_has_its_row: ("S51", "S53", "R22"),
    promises.a_told_time_lies_ahead: ("S53",),
    promises.one_question_at_a_time: ("S13",),
    promises.danger_has_people: ("R27", "S112"),
    promises.one_hand_over: ("S51",),
    promises.every_word_leaves_a_trace: ("S2", "S18", "R1"),
    promises.severity_never_falls: ("S54",),
    promises.silent_while_a_person_holds: ("R33",),
    promises.no_question_three_times: ("S91", "S13"),
    promises.no_offer_before_a_wish: ("S96", "S25"),
    promises.nothing_owed_when_closed: ("R10", "S53"),
    promises.agreed_by_a_yes: ("S95",),
    promises.sev1_has_people: ("R27",),
    words_about_another_case_name_it: ("S13",),
}
"""Which practice of the trade each promise keeps, where there is one."""


@pytest.mark.parametrize("road", ROADS, ids=lambda road: road.__name__)
@pytest.mark.parametrize(
    "promise",
    [
        pytest.param(one, id=one.__name__, marks=pytest.mark.practice(*PRACTICES.get(one, ())))
        for one in PROMISES
    ],
)
def test_each_promise_holds_for_whatever_happens_at_each_step(promise: promises.Promised, road: Road) -> None:
    """Every message, press, command, timer, edit and reaction of the pool, tried at every step of the talk."""
    for name, moment in walk(road):
        try:
            promise(moment)
        except AssertionError as broken:
            raise AssertionError(f"{name} at {moment.talk_before.step}: {moment.said}") from broken


class Talk(RuleBasedStateMachine):
    """One chat: a complainant who may do anything, two agents, a stranger's finger, and time."""

    def __init__(self) -> None:
        super().__init__()
        self.chat = Chat()

    @initialize(road=st.sampled_from([*ROADS]))
    def set_out(self, road: Road) -> None:
        """Begin somewhere on the way."""
        road(self.chat)

    def _check(self, moment: Moment) -> None:
        for promise in PROMISES:
            promise(moment)

    @rule(text=MESSAGES)
    def write(self, text: str) -> None:
        """A message."""
        self._check(self.chat.write(text))

    @rule(first=MESSAGES, second=MESSAGES)
    def write_twice(self, first: str, second: str) -> None:
        """Two messages, and then quiet."""
        self._check(self.chat.write(first))
        self._check(self.chat.write(second))
        self.be_quiet()

    @rule(text=MESSAGES)
    def write_and_wait(self, text: str) -> None:
        """A message, and then quiet."""
        self._check(self.chat.write(text))
        self.be_quiet()

    def be_quiet(self) -> None:
        """The end of a burst, if one was waited for."""
        case = self.chat.current
        if case is not None and (case.no, "quiet") in self.chat.timers:
            self._check(self.chat.quiet())

    @rule(kind=MEDIA, caption=st.sampled_from(["", "", "看图", "订单8841"]))
    def send(self, kind: str, caption: str) -> None:
        """A picture, a voice, a place, a number."""
        self._check(self.chat.send(kind, caption, "13800138000" if kind == "contact" else ""))
        self.be_quiet()

    @precondition(lambda self: self.chat.last)
    @rule(place=st.integers(0, 9))
    def press(self, place: int) -> None:
        """A button of the newest keyboard."""
        self._check(self.chat.press_data(self.chat.last[place % len(self.chat.last)]))

    @precondition(lambda self: self.chat.shown)
    @rule(place=st.integers(0, 200), foreign=st.booleans())
    def press_old(self, place: int, foreign: bool) -> None:  # noqa: FBT001 - drawn
        """Any button that was ever shown, by the complainant or by somebody else."""
        data = self.chat.shown[place % len(self.chat.shown)]
        if foreign:
            self._check(self.chat.press_data(data, SOMEBODY_ELSE))
        else:
            self._check(self.chat.press_data(data))
            self._check(self.chat.press_data(data))

    @rule(
        data=st.sampled_from(
            ["", "x", "c|agree||", "c|agree||0", "d|claim||1", "c|nonsense||1", "c|option|9|3"]
        )
    )
    def press_nonsense(self, data: str) -> None:
        """Data that no button of ours has."""
        self._check(self.chat.press_data(data))

    @rule(name=COMMANDS, argument=st.sampled_from(["", "en", "zh"]))
    def command(self, name: str, argument: str) -> None:
        """A command."""
        self._check(self.chat.command(name, argument))

    @precondition(lambda self: self.chat.timers)
    @rule()
    def time_comes(self) -> None:
        """The next timer comes, at its time."""
        self._check(self.chat.fire(min(self.chat.timers, key=lambda name: (self.chat.timers[name], name))))

    @rule(hours=st.sampled_from([1, 20, 80]))
    def wait(self, hours: int) -> None:
        """Time passes, and everything that is due comes at its time."""
        for moment in self.chat.wait(hours=hours):
            self._check(moment)

    @rule(hours=st.sampled_from([1, 20, 80]))
    def be_away(self, hours: int) -> None:
        """The house is down for a while; then all that was due comes at once."""
        for moment in self.chat.outage(timedelta(hours=hours)):
            self._check(moment)

    @precondition(lambda self: self.chat.messages)
    @rule(text=MESSAGES, place=st.integers(0, 30))
    def edit(self, text: str, place: int) -> None:
        """A changed message."""
        numbers = sorted(self.chat.messages)
        self._check(self.chat.edit(text, MessageId(numbers[place % len(numbers)])))

    @rule(emoji=st.sampled_from(["👍", "😡", ""]))
    def react(self, emoji: str) -> None:
        """A reaction."""
        self._check(self.chat.react(emoji))

    @rule(reachable=st.booleans())
    def reach(self, reachable: bool) -> None:  # noqa: FBT001 - drawn
        """Blocked, or back."""
        self._check(self.chat.reach(reachable=reachable))

    @precondition(lambda self: self.chat.at_desk)
    @rule(words=AGENT_WORDS, by=st.sampled_from(AGENTS), place=st.integers(0, 5))
    def agent_acts(self, words: str, by: Person, place: int) -> None:
        """An agent writes in the topic of any case, the one talked of or another."""
        there = self.chat.at_desk
        self._check(self.chat.agent(words, by, there[place % len(there)]))

    @precondition(lambda self: self.chat.at_desk and len(self.chat.cases) > 1)
    @rule(
        by=st.sampled_from(AGENTS),
        way=st.sampled_from(["merge_here", "merge_there"]),
        place=st.integers(0, 5),
        other=st.integers(0, 5),
    )
    def merge(self, by: Person, way: str, place: int, other: int) -> None:
        """An agent makes two cases one: nothing that was promised is lost."""
        there, cases = self.chat.at_desk, [*self.chat.cases]
        number, named = there[place % len(there)], cases[other % len(cases)]
        owed = open_promises(self.chat)
        self._check(self.chat.agent_press(way, named, by, number))
        nothing_promised_is_lost(owed, self.chat)

    @precondition(lambda self: len(self.chat.cases) > 1)
    @rule(text=MESSAGES, place=st.integers(0, 5))
    def reply(self, text: str, place: int) -> None:
        """A message that answers one of any case."""
        numbers = [*self.chat.cases]
        self.chat.pointed = numbers[place % len(numbers)]
        self._check(self.chat.write(text))
        self.chat.pointed = None

    @precondition(lambda self: self.chat.current is not None and self.chat.case.control is Control.HUMAN)
    @rule(text=MESSAGES)
    def write_to_a_person(self, text: str) -> None:
        """A message while a person has the case."""
        self._check(self.chat.write(text))

    @invariant()
    def every_open_case_has_its_talk(self) -> None:
        """No open case is forgotten, and none is taken for another."""
        every_open_case_has_its_talk(self.chat)
        no_number_is_given_twice(self.chat)

    @invariant()
    def nobody_is_pestered(self) -> None:
        """However long nothing happens, few messages come unasked."""
        nobody_is_pestered(self.chat)


test_every_promise_holds_in_every_talk = pytest.mark.practice("S51", "S53", "R33", "S69")(Talk.TestCase)
Talk.TestCase.settings = settings(stateful_step_count=30, deadline=None)


WISHES = ("换个新的吧", "把钱退给我就行", "退30%", "你们看着办", "赔我3000", "退款或者换新都行")


def offered(story: str, wish: str, loud: str, where: str) -> list[Offer]:
    """What is offered for a story and a wish, with these words among them, or without."""
    chat = Chat()
    chat.write(f"{story}，{loud}" if where == "with the story" else story)
    chat.quiet()
    chat.write("订单8841")
    if where == "by itself":
        _said(chat, loud)
    _said(chat, f"{wish}，{loud}" if where == "with the wish" else wish)
    return list(chat.case.offers)


def _said(chat: Chat, text: str) -> None:
    chat.write(text)
    if (chat.case.no, "quiet") in chat.timers:
        chat.quiet()


@pytest.mark.practice("S9", "R45")
@pytest.mark.parametrize("where", ["with the story", "with the wish", "by itself"])
@pytest.mark.parametrize(
    "wish", ["换个新的吧", "把钱退给我就行", "退30%", "你们看着办", "赔我3000", "退款或者换新都行"]
)
def test_the_same_facts_bring_the_same_offer_however_loud(wish: str, where: str) -> None:
    """Reporters, followers, courts and reviews change who looks and how soon, and not what is offered."""
    quiet = [_substance(one) for one in offered("上周买的电热壶不通电", wish, "", "nowhere")]
    assert quiet
    for loud in pool.WAYS_TO_SPEAK_UP:
        found = [_substance(one) for one in offered("上周买的电热壶不通电", wish, loud, where)]
        assert found == quiet, loud


def _substance(offer: Offer) -> tuple[object, ...]:
    return offer.kinds, offer.worth, offer.refund, offer.item, offer.pickup

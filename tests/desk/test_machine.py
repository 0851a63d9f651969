"""Whatever agents do, in whatever order: what always stays true of a case."""

from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.complaint.actions import Relay, Say, Turn
from bot.complaint.case import Control, Escalation, Person, PromiseStatus, Status
from bot.complaint.conversation import Step
from bot.complaint.evolving import replace
from bot.desk import is_note
from bot.desk.acting import ACTS, AgentEvent
from bot.desk.cases.closing import missing
from tests.desk.desk_scene import (
    LI,
    NOW,
    PHOTO,
    STRANGER,
    WANG,
    a_talk,
    do,
    done_to,
    edited,
    of,
    pressed,
    promise,
    quiet_case,
    reaches_customer,
    reacted,
    refund,
    said,
    talk_of,
    wrote,
)

WHILE_HELD = frozenset(
    {
        "people/taken_over",
        "people/is_it_settled",
        "people/back_to_bot",
        "people/upheld",
        "people/partly",
        "people/not_upheld",
        "people/undetermined",
        "people/deadlock",
        "offer/card",
        "offer/withdrawn",
        "close/summary",
        "people/released",
        "fulfil/done",
    }
)
"""All that the bot may say on the desk's behalf while a person has the case."""

PEOPLE = st.sampled_from([LI, WANG, STRANGER])
AFTERWARDS = ("evidence_hold", "about", "cause", "tasks", "promises", "at_desk")
"""What may still be noted on a closed case; nothing else of it changes."""
WORDS = st.sampled_from(
    [
        "您好",
        "// 内部",
        "／／内部",
        " //x",
        "",
        "好 // 的",
        "f1 RF-1",
        "p2 已电话",
        "RF",
        "甲 | 乙",
        "甲 | // 乙",
    ]
)


class Desk(RuleBasedStateMachine):
    """One case under the hands of two agents and a stranger; time passes, and the complainant answers."""

    def __init__(self) -> None:
        super().__init__()
        self.case = quiet_case()
        self.talk = a_talk(step=Step.LISTENING)
        self.now = NOW
        self.messages = 0

    def _do(self, event: AgentEvent, by: Person) -> None:
        before = self.case
        turn = do(event, before, self.talk, member=by is not STRANGER, now=self.now)
        if turn.case is None:
            # asked beside every case: nothing of it changes this one, or reaches the complainant
            assert not any(reaches_customer(one) for one in turn.actions)
            return
        self.case, self.talk = done_to(turn), talk_of(turn)
        self._check(turn, before.control, by)
        if by is STRANGER:
            assert self.case == before
        elif not (before.is_open or self.case.reopened > before.reopened):
            noted = {name: getattr(self.case, name) for name in AFTERWARDS}
            assert self.case == before.evolve(**noted)

    def _check(self, turn: Turn, before: Control, by: Person) -> None:
        sent = [one.text for one in of(turn, Relay) if one.to_customer]
        for say in of(turn, Say):
            sent += [value for value in say.fields.values() if isinstance(value, str)]
        assert not any(is_note(text) for text in sent)
        if Control.HUMAN in (before, self.case.control):
            assert set(said(turn)) <= WHILE_HELD
        if by is STRANGER:
            assert sent == []
        if any(one.to_customer and not one.edited for one in of(turn, Relay)):
            assert self.case.open_escalation is None
        for say in of(turn, Say):
            assert say.name != "people/released" or say.fields["due"] > self.now  # type: ignore[operator]

    def _next(self) -> int:
        self.messages += 1
        return self.messages

    @rule(by=PEOPLE, words=WORDS, picture=st.booleans(), album=st.sampled_from([None, "a", "b"]))
    def write(self, by: Person, words: str, picture: bool, album: str | None) -> None:  # noqa: FBT001 - drawn
        """Somebody writes, with or without pictures."""
        media = PHOTO if picture or album else None
        self._do(wrote(words, by, self._next(), media=media, album=album), by)

    @rule(by=PEOPLE, name=st.sampled_from([*ACTS.commands, "nonsense", ""]), words=WORDS)
    def command(self, by: Person, name: str, words: str) -> None:
        """Somebody gives a command."""
        self._do(wrote(f"/{name} {words}", by, self._next()), by)

    @rule(by=PEOPLE, name=st.sampled_from(sorted(ACTS.presses)), value=st.sampled_from(["", "11", "12"]))
    def press(self, by: Person, name: str, value: str) -> None:
        """Somebody presses a button, old or new."""
        self._do(pressed(name, value, by), by)

    @rule(by=PEOPLE, words=WORDS, message=st.integers(1, 5))
    def edit(self, by: Person, words: str, message: int) -> None:
        """Somebody changes a message: a note into words, words into a note."""
        self._do(edited(words, by, message), by)

    @rule(by=PEOPLE)
    def react(self, by: Person) -> None:
        """Somebody reacts."""
        self._do(reacted("👍", by), by)

    @rule(hours=st.sampled_from([1, 3, 30]))
    def wait(self, hours: int) -> None:
        """Time passes."""
        self.now += timedelta(hours=hours)

    @precondition(lambda self: self.case.is_open and self.case.control is Control.BOT)
    @rule()
    def hand_over(self) -> None:
        """The bot hands the case to people, with a promise."""
        made = replace(
            promise(len(self.case.promises) + 1), made_at=self.now, due_at=self.now + timedelta(hours=4)
        )
        handed = Escalation(
            id=f"e{len(self.case.escalations) + 1}",
            at=self.now,
            reason="wants_person",
            queue=self.case.queue,
            promise_id=made.id,
        )
        self.case = self.case.evolve(
            control=Control.QUEUED,
            promises=(*self.case.promises, made),
            escalations=(*self.case.escalations, handed),
        )
        self.talk = self.talk.evolve(step=Step.WITH_PEOPLE)

    @precondition(
        lambda self: self.case.is_open and self.case.control is Control.BOT and not self.case.fulfilments
    )
    @rule()
    def agree(self) -> None:
        """The complainant and the bot agree on a refund."""
        made = replace(promise(len(self.case.promises) + 1, "refund_full"), made_at=self.now, due_at=self.now)
        self.case = self.case.evolve(
            status=Status.FULFILLING,
            promises=(*self.case.promises, made),
            fulfilments=(refund(1, promise_id=made.id),),
        )

    @precondition(lambda self: self.talk.step is Step.RESOLVING and self.case.is_open)
    @rule()
    def say_settled(self) -> None:
        """The complainant says that it is settled; then nothing is owed, and the case is closed."""
        assert missing(self.case) == ()
        assert self.case.open_promises == ()
        self.case = self.case.evolve(
            status=Status.CLOSED, closed_at=self.now, control=Control.BOT, holder=None
        )
        self.talk = self.talk.evolve(step=Step.CLOSED)

    @precondition(lambda self: self.talk.step is Step.RETURNING and self.case.is_open)
    @rule()
    def say_back(self) -> None:
        """The complainant agrees to go on with the bot."""
        self.case = self.case.evolve(control=Control.BOT, holder=None)
        self.talk = self.talk.evolve(step=Step.LISTENING)

    @invariant()
    def one_holder_speaks(self) -> None:
        """A case has a holder exactly while a person has control of it."""
        assert (self.case.holder is not None) == (self.case.control is Control.HUMAN)

    @invariant()
    def one_dated_answer_is_owed(self) -> None:
        """At most one hand-over is open; while a case waits there is one; and its promise is open with a time."""
        waiting = [one for one in self.case.escalations if one.open]
        assert len(waiting) <= 1
        if self.case.control is Control.QUEUED:
            assert len(waiting) == 1
        owed = [one for one in self.case.promises if waiting and one.id == waiting[0].promise_id]
        assert [one.status for one in owed] == [PromiseStatus.OPEN] * len(waiting)

    @invariant()
    def nothing_is_owed_while_asking(self) -> None:
        """While the complainant is asked whether it is settled, nothing stands in the way of their yes."""
        if self.talk.step is Step.RESOLVING:
            assert missing(self.case) == ()

    @invariant()
    def proof_comes_with_doing(self) -> None:
        """What is done has its proof, and what has its proof keeps no promise open."""
        for one in self.case.fulfilments:
            assert (one.proof is None) == (one.done_at is None)
            if one.proof:
                assert one.promise_id not in {each.id for each in self.case.open_promises}


test_the_desk_keeps_its_word = pytest.mark.practice("S31", "S51", "S53", "R31", "R33")(Desk.TestCase)
Desk.TestCase.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)

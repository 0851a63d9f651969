"""One complainant's chat as the clerk works it (reading, dialogue, wording), without office, network or store."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.complaint.actions import CancelTimer, Say, SetTimer, Situation, Turn
from bot.complaint.case import Case, Person, Queue, Severity
from bot.complaint.colleagues import Colleague
from bot.complaint.conversation import Conversation, Step
from bot.complaint.deskwork import Waiting
from bot.complaint.events import (
    AgentWrote,
    Commanded,
    ContactChanged,
    CustomerEdited,
    CustomerReacted,
    CustomerWrote,
    Due,
    Event,
    Media,
    Pressed,
)
from bot.complaint.evolving import replace
from bot.complaint.ids import CaseNo, LetterId, MessageId, ThreadId, case_no_from
from bot.complaint.reading import Reading
from bot.desk import ACTS, act, at_its_time, named_number
from bot.desk import press_data as desk_press
from bot.dialogue.addressing import addressed
from bot.dialogue.draft import Draft
from bot.dialogue.machine import advance
from bot.dialogue.pledges import Scene
from bot.dialogue.presses import press_data
from bot.dialogue.signals import signal_of
from bot.dialogue.steps import Signal
from bot.office.booking.to_customer import ToCustomer
from bot.office.booking.turns import Forms, Occasion
from bot.policy.ladder import guard
from bot.policy.rules import Rules
from bot.policy.several import afterwards, follows, turned_to
from tests.dialogue.moment import (
    AGENTS,
    CHAT,
    CUSTOMER,
    DESK,
    ORDERS,
    Moment,
)
from tests.furniture import the_catalogue, the_reader, the_rules
from tests.handclock import START


@dataclass(slots=True)
class Chat:
    """The chat, its cases, its timers and the buttons that were shown."""

    rules: Rules = field(default_factory=the_rules)
    now: datetime = START
    talk: Conversation = field(default_factory=lambda: Conversation(chat=CHAT))
    cases: dict[CaseNo, Case] = field(default_factory=dict)
    timers: dict[tuple[CaseNo, str], tuple[datetime, str]] = field(default_factory=dict)
    shown: list[str] = field(default_factory=list)
    """The data of every button that was ever shown, the newest last."""
    last: list[str] = field(default_factory=list)
    """The data of the buttons of the newest message that had any."""
    messages: dict[MessageId, str] = field(default_factory=dict)
    pointed: CaseNo | None = None
    """The case of the message at which the complainant points: what they answer, change, react to."""
    goodwill_used: int = 0
    ahead: int = 0
    passed: list[Moment] = field(default_factory=list)
    _messages: int = 0
    _numbers: int = 1_000_000

    @property
    def case(self) -> Case:
        """The case that is talked of."""
        found = self.current
        assert found is not None
        return found

    @property
    def current(self) -> Case | None:
        """The case that is talked of, if there is one."""
        return self.cases.get(self.talk.case_no) if self.talk.case_no else None

    @property
    def at_desk(self) -> list[CaseNo]:
        """The cases that have a topic."""
        return [no for no, case in self.cases.items() if case.at_desk]

    # -- what the complainant does

    def write(self, text: str = "", media: Media | None = None) -> Moment:
        """Send a message."""
        number = self._message()
        self.messages[number] = text
        return self.feed(
            CustomerWrote(at=self.now, chat=CHAT, sender=CUSTOMER, message=number, text=text, media=media)
        )

    def send(self, kind: str = "photo", caption: str = "", detail: str = "") -> Moment:
        """Send something that is not text."""
        return self.write(caption, Media(kind=kind, file_id="f", unique_id="u", detail=detail))

    def edit(self, text: str, message: MessageId | None = None) -> Moment:
        """Change a message, the newest if none is named."""
        number = message or max(self.messages)
        self.messages[number] = text
        return self.feed(CustomerEdited(at=self.now, chat=CHAT, sender=CUSTOMER, message=number, text=text))

    def command(self, name: str, argument: str = "") -> Moment:
        """Send a command."""
        number = self._message()
        return self.feed(
            Commanded(at=self.now, chat=CHAT, sender=CUSTOMER, message=number, name=name, argument=argument)
        )

    def press(self, act_: str, value: str | None = None) -> Moment:
        """Press a button of the newest keyboard by its act."""
        data = next(
            one
            for one in reversed(self.last)
            if one.split("|")[1] == act_ and value in (None, one.split("|")[2])
        )
        return self.press_data(data)

    def press_data(self, data: str, by: Person = CUSTOMER) -> Moment:
        """Press a button by its data: an old one, or as somebody else."""
        return self.feed(
            Pressed(at=self.now, chat=CHAT, sender=by, message=MessageId(1), query="q", data=data)
        )

    def react(self, emoji: str = "👍") -> Moment:
        """React to a message."""
        return self.feed(
            CustomerReacted(at=self.now, chat=CHAT, sender=CUSTOMER, message=MessageId(1), emoji=emoji)
        )

    def reach(self, *, reachable: bool) -> Moment:
        """Block the bot, or come back."""
        return self.feed(ContactChanged(at=self.now, chat=CHAT, sender=CUSTOMER, reachable=reachable))

    # -- time

    def outage(self, by: timedelta) -> list[Moment]:
        """The house was away for a while: all that came due meanwhile comes at once, in its order."""
        self.now += by
        moments = []
        while due := sorted((when, key) for key, (when, _) in self.timers.items() if when <= self.now):
            moments.append(self.fire(due[0][1]))
        return moments

    def wait(self, **span: float) -> list[Moment]:
        """Let time pass; what is due meanwhile comes at its time."""
        until = self.now + timedelta(**span)
        moments = []
        while due := sorted((when, key) for key, (when, _) in self.timers.items() if when <= until):
            moments.append(self.fire(due[0][1]))
        self.now = until
        return moments

    def quiet(self) -> Moment:
        """The burst is over."""
        return self.fire((self.case.no, "quiet"))

    def fire(self, name: tuple[CaseNo, str]) -> Moment:
        """A timer that was really set comes, at its time, or late if that has gone by."""
        when, kind = self.timers.pop(name)
        self.now = max(self.now, when)
        no, key = name
        return self.feed(Due(at=self.now, chat=CHAT, case_no=no, kind=kind, key=key))

    # -- the clerk

    def feed(self, event: Event) -> Moment:
        """One event of the talk, worked as the counter does it."""
        number = event.case_no if isinstance(event, Due) else addressed(event, self.talk, self.pointed)
        case = self.cases.get(number) if number is not None else None
        talk = turned_to(self.talk, case) if case is not None else self.talk
        reading = _read(event, talk)
        situation = self._situation(reading)
        scene = Scene(event=event, reading=reading, rules=self.rules, situation=situation)
        if case is not None and isinstance(event, Due) and event.kind in ACTS.dues:
            turn = at_its_time(event, case, talk, rules=self.rules, situation=situation)
            return self._keep(event, case, talk, reading, None, turn)
        signal = signal_of(event, Draft(talk, case, scene), scene)
        turn = advance(talk, case, event, reading, self.rules, situation)
        return self._keep(event, case, talk, reading, signal, turn)

    def agent(self, text: str, by: Person = AGENTS[0], no: CaseNo | None = None) -> Moment:
        """Somebody writes in the topic of a case, the current one if none is named."""
        case = self.cases[no] if no else self.case
        event = AgentWrote(
            at=self.now, chat=DESK, sender=by, message=self._message(), text=text, thread=ThreadId(7)
        )
        return self._at_desk(event, case, by)

    def agent_press(self, act_: str, value: str, by: Person = AGENTS[0], no: CaseNo | None = None) -> Moment:
        """Somebody presses a button of a case's topic."""
        case = self.cases[no] if no else self.case
        data = desk_press(act_, value, case.no)
        event = Pressed(
            at=self.now, chat=DESK, sender=by, message=MessageId(1), query="q", data=data, thread=ThreadId(7)
        )
        return self._at_desk(event, case, by)

    def _at_desk(self, event: AgentWrote | Pressed, case: Case, by: Person) -> Moment:
        talk = turned_to(self.talk, case)
        number = named_number(event)
        known = replace(
            self._situation(None),
            where=DESK,
            colleague=Colleague(id=by.id, name=by.name),
            named_case=self.cases.get(number) if number else None,
        )
        turn = act(event, case, talk, rules=self.rules, situation=known)
        return self._keep(event, case, talk, None, None, turn)

    def _keep(
        self,
        event: Event,
        before: Case | None,
        talk: Conversation,
        reading: Reading | None,
        signal: Signal | None,
        turn: Turn,
    ) -> Moment:
        moment = Moment(event, before, talk, reading, signal, turn, tuple(self._worded(turn, before)))
        if turn.case is not None:
            if turn.case.merged == (before.merged if before is not None else ()):
                guard(self.rules, before, turn.case)
            self.cases[turn.case.no] = turn.case
            self._set_timers(turn, turn.case.no)
        for other in turn.others:
            self.cases[other.no] = other
        self._show(turn)
        kept = afterwards(turn, self.talk, follows=follows(event, turn, self.talk))
        self.talk = kept if kept is not None else self.talk
        self.passed.append(moment)
        self.now += timedelta(milliseconds=10)  # nothing ever happens at the same instant twice
        return moment

    def _set_timers(self, turn: Turn, no: CaseNo) -> None:
        for one in turn.actions:
            if isinstance(one, SetTimer):
                self.timers[one.case_no or no, one.key] = (one.due, one.kind)
            elif isinstance(one, CancelTimer):
                self.timers.pop((one.case_no or no, one.key), None)

    def _show(self, turn: Turn) -> None:
        for say in (one for one in turn.actions if isinstance(one, Say) and one.buttons):
            presses = [key for row in say.buttons for key in row if key.kind == "press"]
            made = turn.conversation.turn if turn.conversation is not None else 0
            self.last = [press_data(key.act or key.name, key.value, made) for key in presses]
            self.shown += self.last

    def _worded(self, turn: Turn, before: Case | None) -> Iterable[str]:
        on = Occasion(turn=turn, before=before, at=self.now)
        writer = ToCustomer(the_catalogue(), Forms(lambda count: [LetterId(0)] * count))
        for one in turn.actions:
            if isinstance(one, Say):
                letters, _ = writer.say(one, on)
                yield from (letter.html for letter in letters)

    def _situation(self, reading: Reading | None) -> Situation:
        named = reading.order_numbers if reading else ()
        self._numbers += 37
        return Situation(
            now=self.now,
            fresh_case_no=case_no_from(self._numbers),
            line=(Waiting(CaseNo("000-0000"), Severity.SEV1, self.now, Queue.GENERAL),) * self.ahead,
            goodwill_used=self.goodwill_used,
            desk=DESK,
            other_cases=tuple(sorted(self.cases.values(), key=lambda one: one.opened_at, reverse=True)),
            order=next((ORDERS[one[-4:]] for one in named[:1] if one[-4:] in ORDERS), None),
        )

    def _message(self) -> MessageId:
        self._messages += 1
        return MessageId(self._messages)


def _read(event: Event, talk: Conversation) -> Reading | None:
    if isinstance(event, CustomerWrote | CustomerEdited):
        text = event.text
    elif isinstance(event, Due) and event.kind == "quiet":
        text = "\n".join(one.text for one in talk.heard if one.text)
    else:
        return None
    return the_reader().read(text, lang_hint=talk.language, asked=talk.asked) if text else None


def in_step(chat: Chat, step: Step, **changes: object) -> Chat:
    """The chat, put at a step of the talk without the way that leads there."""
    chat.talk = replace(chat.talk, step=step, **changes)  # type: ignore[arg-type]
    return chat

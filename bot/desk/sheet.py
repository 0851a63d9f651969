"""The working copy of talk and case while one act of an agent is done."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeVar

from bot.complaint.actions import (
    Action,
    AnswerPress,
    Button,
    Lane,
    React,
    Remark,
    Rows,
    Say,
    ShowCard,
    Situation,
    StripButtons,
    Tell,
    Turn,
)
from bot.complaint.case import (
    Case,
    Control,
    Escalation,
    Fulfilment,
    Level,
    Person,
    Promise,
    PromiseStatus,
    Severity,
    Task,
)
from bot.complaint.colleagues import Colleague
from bot.complaint.conversation import Conversation, Step
from bot.complaint.events import AgentReacted, AgentWrote, Event, Pressed
from bot.complaint.evolving import replace
from bot.complaint.ids import MessageRef, UserId
from bot.policy.commitments import Timers, handed_over, promised, rearranged, settled
from bot.policy.deadlines import due
from bot.policy.rules import Rules
from bot.policy.tasking import task_of_promise

DONE: Final = "👌"
"""The reaction on a command that was carried out."""

T = TypeVar("T", Escalation, Fulfilment, Task)

NOBODY: Final = Person(id=UserId(0), name="system")
"""Who acts where time does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """The inputs of an act: event, colleague, rules, and what was looked up."""

    by: Person
    rules: Rules
    situation: Situation
    query: str = ""
    """The press that waits to be answered; empty when words did it."""
    pressed: MessageRef | None = None
    """The message whose button was pressed."""
    event: Event | None = None
    """What the colleague did; None where time did it."""


def scene_of(event: AgentWrote | AgentReacted | Pressed, rules: Rules, situation: Situation) -> Scene:
    """The scene of what a colleague did."""
    if not isinstance(event, Pressed):
        return Scene(by=event.sender, rules=rules, situation=situation, event=event)
    pressed = MessageRef(event.chat, event.message)
    return Scene(
        by=event.sender, rules=rules, situation=situation, event=event, query=event.query, pressed=pressed
    )


class Sheet:
    """A turn in the making at the desk: changes, messages and promises are recorded together."""

    def __init__(self, case: Case, talk: Conversation, scene: Scene) -> None:
        self.case = case
        self.talk = talk
        self.scene = scene
        self.actions: list[Action] = []
        self.others: list[Case] = []
        """Other cases that this act changes with this one."""
        self.refused = ""
        """Why the act was not allowed, if it was not."""
        self.asked = ""
        """What was looked at, for the audit."""

    @property
    def by(self) -> Person:
        """Who acts."""
        return self.scene.by

    @property
    def colleague(self) -> Colleague | None:
        """Who acts, with their rights; None is a stranger."""
        return self.scene.situation.colleague

    @property
    def has_left(self) -> bool:
        """Whether this was done in a topic that the case has left for another group."""
        return self.scene.situation.moved_to is not None

    @property
    def level(self) -> Level:
        """The rung of the authority ladder on which they act."""
        return self.colleague.level if self.colleague else Level.BOT

    @property
    def at(self) -> datetime:
        """The moment of this turn."""
        return self.scene.situation.now

    def change(self, **changes: object) -> None:
        """Change fields of the case."""
        self.case = self.case.evolve(**changes)

    # -- speaking

    def add(self, action: Action) -> None:
        """Add an action."""
        self.actions.append(action)

    def say(self, name: str, *rows: tuple[Button, ...], ask: str | None = None, **fields: object) -> None:
        """Reply to the complainant; buttons carry the talk's new turn, so that older ones expire."""
        if rows:
            self.talk = self.talk.next_turn()
        first = "opening" not in self.talk.said
        self.add(Say(name=name, fields={"first": first, **fields}, buttons=rows))
        self.remember("opening", name)
        if ask is not None:
            self.talk = self.talk.asking(ask)

    def remember(self, *names: str) -> None:
        """Note something that happens only once per case."""
        new = tuple(name for name in names if name not in self.talk.said)
        self.talk = self.talk.evolve(said=(*self.talk.said, *new))

    def tell(self, line: str, buttons: Rows = (), *, key: str | None = None, **fields: object) -> None:
        """Tell the topic."""
        self.add(Tell(name=line, fields=fields, buttons=buttons, key=key))

    def nod(self, line: str, **fields: object) -> None:
        """Confirm that it is done: by a sign on the command, which says itself what was done; else by this line.

        The group gets few messages a minute, and reactions do not count among them.
        """
        asked = self.scene.event
        if isinstance(asked, AgentWrote) and not self.scene.query:
            self.add(React(source=MessageRef(asked.chat, asked.message), to_customer=False, emoji=DONE))
        else:
            self.add(Tell(name=line, fields=fields))

    def ring(self, reason: str, when: datetime) -> None:
        """Announce in General a dangerous case that nobody has."""
        if self.case.severity is Severity.SEV1:
            fields = {"reason": reason, "due": when, "queue": self.case.queue.value}
            self.add(Tell(name="ring", fields=fields, general=True, lane=Lane.URGENT))

    def notice(self, name: str, *, alert: bool = False, **fields: object) -> None:
        """Answer the press with a notice on the screen; words get none."""
        if self.scene.query:
            self.add(AnswerPress(query=self.scene.query, name=f"desk/{name}", fields=fields, alert=alert))

    def strip(self) -> None:
        """Remove the buttons of the question that was answered, unless its message tells something new instead."""
        pressed = self.scene.pressed
        anew = any(isinstance(one, Tell) and one.instead_of == pressed for one in self.actions)
        if pressed is not None and not anew:
            self.add(StripButtons(message=pressed))

    def remark(self, what: str, why: str = "") -> None:
        """Write a line of history with the name of who did it (S38)."""
        self.add(Remark(what=what, by=self.by.name, why=why))

    def show_card(self) -> None:
        """The desk sees the case as it now is."""
        lane = Lane.URGENT if self.case.severity is Severity.SEV1 else Lane.DESK
        self.change(at_desk=True)
        self.add(ShowCard(lane=lane))

    # -- the talk

    def go(self, step: Step) -> None:
        """Go to a step of the talk. The open question ends, and its buttons expire."""
        self.talk = self.talk.next_turn().evolve(step=step, asked=None, heard=(), misses=0)

    # -- promises and escalations

    def promise(
        self,
        kind: str,
        what: str = "",
        *,
        by: datetime | None = None,
        owner: str | None = None,
        begins: datetime | None = None,
    ) -> Promise:
        """Commit the brand to something `by` a time, or by the one policy gives; the row goes with the words (S53)."""
        case, rules = self.case, self.scene.rules
        when = by or due(rules, what, case.severity, self.at, case.queue)
        case, made, timers = promised(case, kind, when, self.at, rules, owner=owner, begins=begins)
        self._take(case, timers)
        return made

    def _take(self, case: Case, timers: Timers) -> None:
        self.case = case
        self.actions += timers

    def keep_promise(self, promise_id: str | None) -> None:
        """Settle a promise as kept if in time, else as late."""
        for one in self.case.open_promises:
            if one.id == promise_id:
                in_time = self.at <= one.due_at
                self.settle_promise(one.id, PromiseStatus.KEPT if in_time else PromiseStatus.LATE)

    def renegotiate(self, promise_id: str | None) -> None:
        """Move a promise to another time; before it is due that counts neither as missed nor as kept."""
        for one in self.case.open_promises:
            if one.id == promise_id:
                overdue = one.due_at < self.at
                self.settle_promise(one.id, PromiseStatus.LATE if overdue else PromiseStatus.RENEGOTIATED)

    def repromise(self, before: str, after: str) -> None:
        """Move everything tied to one promise to another: hand-over, remedies and tasks."""
        case = self.case
        self.change(
            escalations=_rehung(case.escalations, before, after),
            fulfilments=_rehung(case.fulfilments, before, after),
            tasks=_rehung(case.tasks, before, after),
        )

    def settle_promise(self, promise_id: str, status: PromiseStatus) -> None:
        """Record the outcome of an open promise."""
        self._take(*settled(self.case, promise_id, status, self.at))

    def answer_escalation(self) -> None:
        """A person's words reach the complainant: what was promised with the hand-over is kept."""
        waiting = self.case.open_escalation
        if waiting is None:
            return
        self.case = rearranged(self.case, replace(waiting, open=False, answered_at=self.at))
        if task_of_promise(self.case, waiting.promise_id) is None:
            # a call that was promised is kept by the call, not by words in the chat
            self.keep_promise(waiting.promise_id)

    def escalate(self, reason: str) -> Promise:
        """Promise an answer by a time: the open hand-over if it is not overdue, else a new one (S51)."""
        standing = self._standing()
        if standing is not None:
            return standing
        made = self.promise("person_answers", "first_human")
        self.case = handed_over(self.case, reason, made, self.at)
        return made

    def _standing(self) -> Promise | None:
        waiting = self.case.open_escalation
        if waiting is None:
            return None
        promise = next((one for one in self.case.open_promises if one.id == waiting.promise_id), None)
        if promise is not None and promise.due_at > self.at:
            return promise
        # it went by: that one is written off as late, and a new one made
        self.case = rearranged(self.case, replace(waiting, open=False))
        if promise is not None:
            self.settle_promise(promise.id, PromiseStatus.LATE)
        return None

    def hold(self, person: Person | None) -> None:
        """Set the holder, and so who speaks; None for nobody."""
        self.change(holder=person, control=Control.HUMAN if person else Control.QUEUED, handed_on=None)

    def as_it_is(self) -> "Sheet":
        """A snapshot for `put_back`."""
        now = Sheet(self.case, self.talk, self.scene)
        now.actions, now.others, now.refused = list(self.actions), list(self.others), self.refused
        return now

    def put_back(self, before: "Sheet") -> None:
        """Undo everything since the snapshot."""
        self.case, self.talk, self.refused = before.case, before.talk, before.refused
        self.actions, self.others = list(before.actions), list(before.others)

    def turn(self) -> Turn:
        """The finished turn."""
        return Turn(
            conversation=self.talk, case=self.case, actions=tuple(self.actions), others=tuple(self.others)
        )


def _rehung(things: tuple[T, ...], before: str, after: str) -> tuple[T, ...]:
    return tuple(replace(one, promise_id=after) if one.promise_id == before else one for one in things)

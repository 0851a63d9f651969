"""The next talk and the next case, while a turn is being made. It lives for one turn."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot.complaint.actions import (
    Action,
    AnswerPress,
    Button,
    CancelTimer,
    Lane,
    Remark,
    Rows,
    Say,
    SetTimer,
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
    Facts,
    Order,
    Promise,
    PromiseStatus,
    Queue,
    Severity,
    Status,
)
from bot.complaint.conversation import Conversation, Step
from bot.complaint.events import Event, Pressed
from bot.complaint.ids import MessageRef
from bot.complaint.reading import Language, Reading
from bot.dialogue.presses import Press, read_press
from bot.policy.calendar import after_quiet
from bot.policy.deadlines import due
from bot.policy.rules import Rules

HUMAN = Button("human", "human")
SKIP = Button("skip", "skip")
QUEUE_ORDER = tuple(Queue)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """All that an act may look at: it is given, never fetched."""

    event: Event
    reading: Reading | None
    rules: Rules
    situation: Situation


class Draft:
    """A turn in the making: what is said and promised is written down together."""

    def __init__(self, talk: Conversation, case: Case | None, scene: Scene) -> None:
        self.talk = talk
        self._case = case
        self.scene = scene
        self.actions: list[Action] = []
        self.answered = False
        """Whether the complainant has been told anything in this turn."""

    @property
    def case(self) -> Case:
        """The case; every act but those of opening and refusing has one."""
        if self._case is None:
            raise LookupError("this act needs a case")
        return self._case

    @case.setter
    def case(self, case: Case) -> None:
        self._case = case

    @property
    def has_case(self) -> bool:
        """Whether a case is open in this talk."""
        return self._case is not None

    @property
    def rules(self) -> Rules:
        """The brand's rules."""
        return self.scene.rules

    @property
    def situation(self) -> Situation:
        """What the edge looked up for this turn."""
        return self.scene.situation

    @property
    def at(self) -> datetime:
        """The moment of this turn."""
        return self.scene.situation.now

    @property
    def silent(self) -> bool:
        """A person holds the case: the bot does not speak."""
        return self._case is not None and self._case.control is Control.HUMAN

    # -- changing talk and case

    def change(self, **changes: object) -> None:
        """Change fields of the case."""
        self.case = self.case.evolve(**changes)

    def learn(self, **facts: object) -> None:
        """Add to what is known; a known fact is only replaced by a newer one, never by nothing."""
        known = {name: value for name, value in facts.items() if value not in (None, ())}
        self.case = self.case.evolve(facts=replace(self.case.facts, **known))  # type: ignore[arg-type]

    @property
    def facts(self) -> Facts:
        """What is known so far."""
        return self.case.facts

    def raise_severity(self, why: str) -> None:
        """One step more urgent. SEV1 calls somebody out of bed: only danger goes there, no broken word."""
        raised = Severity(max(Severity.SEV2, self.case.severity - 1))
        if raised < self.case.severity:
            self.change(severity=raised, severity_why=why)

    def go(self, step: Step, status: Status | None = None) -> None:
        """Move the talk on. A question that waited is over unless it is asked again."""
        self.talk = self.talk.evolve(step=step, asked=None)
        if status is not None:
            self.change(status=status)

    def go_asking(self, step: Step, question: str) -> None:
        """Move the talk on while the question just put goes on waiting for its answer."""
        self.talk = self.talk.evolve(step=step, asked=question)

    def remember(self, *names: str) -> None:
        """Note that something was said which is said once in a case."""
        self.talk = self.talk.evolve(
            said=(*self.talk.said, *(name for name in names if name not in self.talk.said))
        )

    def was_said(self, name: str) -> bool:
        """Whether a once-only reply was given in this case."""
        return name in self.talk.said

    # -- speaking

    def say(
        self,
        name: str,
        *rows: tuple[Button, ...],
        lane: Lane = Lane.TALK,
        ask: str | None = None,
        **fields: Any,  # noqa: ANN401 - whatever the reply needs
    ) -> None:
        """Tell the complainant; `ask` names the question that from now on waits for an answer."""
        buttons = self._fresh(rows)
        first = self.has_case and not self.was_said("opening")
        self.actions.append(Say(name=name, fields={"first": first, **fields}, buttons=buttons, lane=lane))
        self.remember("opening", name)
        self.answered = True
        self.talk = self.talk.asking(ask) if ask else self.talk

    def _fresh(self, rows: Rows) -> Rows:
        """The buttons with the number of this turn on them: when the talk has moved on they are late."""
        if not rows:
            return ()
        self.talk = self.talk.evolve(turn=self.talk.turn + 1)
        return rows

    def tell(self, name: str, *, general: bool = False, lane: Lane = Lane.DESK, **fields: object) -> None:
        """Tell the desk."""
        self.actions.append(Tell(name=name, fields=fields, general=general, lane=lane))

    def remark(self, what: str, why: str = "") -> None:
        """Write a line of history."""
        self.actions.append(Remark(what=what, why=why))

    def strip(self) -> None:
        """The button that was pressed did its work: the buttons of its message go."""
        event = self.scene.event
        if isinstance(event, Pressed):
            self.actions.append(StripButtons(message=MessageRef(event.chat, event.message)))

    def notice(self, name: str, *, alert: bool = False) -> None:
        """Answer a press with a short notice on the screen."""
        event = self.scene.event
        if isinstance(event, Pressed):
            self.actions.append(AnswerPress(query=event.query, name=name, alert=alert))

    @property
    def pressed(self) -> Press:
        """The press that this turn answers; an empty one when words did it."""
        event = self.scene.event
        read = read_press(event.data) if isinstance(event, Pressed) else None
        return read or Press("", "", 0)

    def choose_language(self, language: str) -> None:
        """Speak this language from now on."""
        chosen = Language.EN if language == "en" else Language.ZH
        self.talk = self.talk.evolve(language=chosen, language_chosen=True)
        if self.has_case:
            self.change(language=chosen)
        self.say("answers/language")

    @property
    def team(self) -> str:
        """The key of the team that the case is with; its name is a word, and staff are never named (S61)."""
        return self.case.queue.value

    def item_name(self, key: str | None) -> str | None:
        """A gesture of the brand's catalogue as the complainant reads it."""
        found = next((one for one in self.rules.goodwill if one.key == key), None)
        return found.name(self.talk.language) if found else key

    @property
    def order(self) -> Order | None:
        """The verified order, its product named in the complainant's language."""
        found = self.case.facts.order
        if found is None:
            return None
        return replace(found, product=self.rules.product_name(found.product, self.talk.language))

    @property
    def answer_due(self) -> datetime:
        """By when a person answers, as promised with the open escalation."""
        waiting = self.case.open_escalation
        return next(one.due_at for one in self.case.promises if waiting and one.id == waiting.promise_id)

    # -- time

    def wake(self, kind: str, key: str, after: timedelta) -> None:
        """Come back to this case after a while."""
        self.actions.append(SetTimer(kind=kind, key=key, due=self.at + after))

    def wake_kindly(self, kind: str, key: str, after: timedelta) -> None:
        """As `wake`, but never inside the quiet hours: then at their end (S69)."""
        self.actions.append(SetTimer(kind=kind, key=key, due=after_quiet(self.rules, self.at + after)))

    @property
    def first_nudge(self) -> timedelta:
        """How long silence may last before the first gentle word."""
        return timedelta(hours=self.rules.nudge_hours[0])

    def sleep_on(self, key: str) -> None:
        """Do not come back for this after all."""
        self.actions.append(CancelTimer(key=key))

    # -- promising and handing over

    def promise(
        self, kind: str, *, what: str = "", by: datetime | None = None, owner: str | None = None
    ) -> Promise:
        """Commit the brand to something by a time that policy gives; the row goes with the words."""
        case = self.case
        when = by or due(self.rules, what, case.severity, self.at, case.queue)
        made = Promise(
            id=f"p{len(case.promises) + 1}",
            kind=kind,
            text="",
            owner=owner or case.queue.value,
            made_at=self.at,
            due_at=when,
        )
        self.change(promises=(*case.promises, made))
        self._watch_promise(made)
        return made

    def _watch_promise(self, made: Promise) -> None:
        span = made.due_at - made.made_at
        near = after_quiet(self.rules, made.made_at + span * 0.8)
        if near < made.due_at:
            self.actions.append(SetTimer(kind="promise_near", key=f"near:{made.id}", due=near))
        self.wake("promise_due", f"due:{made.id}", span)

    def settle_promise(self, promise_id: str | None, status: PromiseStatus) -> None:
        """Write down what became of an open promise."""
        kept = tuple(
            replace(one, status=status, settled_at=self.at)
            if one.id == promise_id and one.status is PromiseStatus.OPEN
            else one
            for one in self.case.promises
        )
        self.change(promises=kept)
        self.sleep_on(f"near:{promise_id}")
        self.sleep_on(f"due:{promise_id}")

    def hand_over(
        self,
        reason: str,
        *,
        what: str = "first_human",
        queue: Queue | None = None,
        kind: str = "person_answers",
        by: datetime | None = None,
    ) -> Promise:
        """Escalate with a dated promise, both in this turn (S51). One escalation is open at most.

        A second reason joins the first. Where the case has become more urgent the promise is made anew with
        an earlier time, and the earlier promise is settled as renegotiated.
        """
        self._towards(queue)
        waiting = self.case.open_escalation
        if waiting is None:
            return self._escalate_anew(reason, self.promise(kind, what=what, by=by))
        if kind != "person_answers":
            self.promise(kind, what=what, by=by)
        return self._escalate_further(waiting, reason, what)

    def _towards(self, queue: Queue | None) -> None:
        if queue is not None and QUEUE_ORDER.index(queue) < QUEUE_ORDER.index(self.case.queue):
            self.change(queue=queue)

    def _escalate_anew(self, reason: str, made: Promise) -> Promise:
        case = self.case
        escalation = Escalation(
            id=f"e{len(case.escalations) + 1}",
            at=self.at,
            reason=reason,
            queue=case.queue,
            promise_id=made.id,
        )
        control = case.control if case.control is Control.HUMAN else Control.QUEUED
        self.change(escalations=(*case.escalations, escalation), control=control)
        self.show_card()
        self._ring(reason)
        return made

    def _escalate_further(self, waiting: Escalation, reason: str, what: str) -> Promise:
        case = self.case
        standing = next(one for one in case.promises if one.id == waiting.promise_id)
        reasons = waiting.reason if reason in waiting.reason.split(" ") else f"{waiting.reason} {reason}"
        sooner = due(self.rules, what, case.severity, self.at, case.queue)
        if sooner < standing.due_at:
            self.settle_promise(standing.id, PromiseStatus.RENEGOTIATED)
            standing = self.promise("person_answers", what=what)
            self._ring(reason)
        after = replace(waiting, reason=reasons, queue=self.case.queue, promise_id=standing.id)
        self.change(
            escalations=tuple(after if one.id == waiting.id else one for one in self.case.escalations)
        )
        self.show_card()
        return standing

    def _ring(self, reason: str) -> None:
        if self.case.severity is Severity.SEV1:
            self.tell("ring", general=True, lane=Lane.URGENT, reason=reason)

    def show_card(self) -> None:
        """The desk sees the case as it now is; with the first card the topic opens."""
        lane = Lane.URGENT if self.case.severity is Severity.SEV1 else Lane.DESK
        self.change(at_desk=True)
        self.actions.append(ShowCard(lane=lane))

    def show_card_if_known(self) -> None:
        """As `show_card`, only where the desk has the case already."""
        if self.case.at_desk:
            self.show_card()

    def turn(self) -> Turn:
        """The finished turn."""
        return Turn(conversation=self.talk, case=self._case, actions=tuple(self.actions))

"""The working copy of talk and case during one turn of the dialogue."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct

from bot.complaint.actions import (
    AnswerPress,
    Button,
    Lane,
    Remark,
    Rows,
    Say,
    StripButtons,
    Turn,
)
from bot.complaint.case import (
    Control,
    Facts,
    MachineReading,
    Order,
    Severity,
    Status,
)
from bot.complaint.conversation import Step
from bot.complaint.corrections import ReadField
from bot.complaint.duties import steps_of
from bot.complaint.events import Pressed
from bot.complaint.evolving import replace
from bot.complaint.ids import MessageId, MessageRef
from bot.complaint.reading import Language, RemedyKind
from bot.dialogue.pledges import Pledges
from bot.dialogue.presses import Press, read_press

HUMAN = Button("human", "human")
SKIP = Button("skip", "skip")


class Change(Struct, frozen=True, kw_only=True):
    """One corrected fact: `product`, `order_no`, `bought`, `amount` or `phone`."""

    what: str
    now: str
    was: str = ""


class Draft(Pledges):
    """A turn in the making: replies and promises are recorded together."""

    changes: tuple[Change, ...] = ()
    """The facts that this event corrected."""

    @property
    def silent(self) -> bool:
        """Whether a person holds the case, so that the bot does not speak."""
        return self.has_case and self.case.control is Control.HUMAN

    # -- changing talk and case

    def learn(self, **facts: object) -> None:
        """Add known facts; a new value replaces an old one, an empty value never does."""
        known: dict[str, Any] = {name: value for name, value in facts.items() if value not in (None, ())}
        if known:
            self.change(facts=replace(self.facts, **known))

    def read_as(self, **reading: object) -> None:
        """Keep the reader's own result, apart from people's corrections."""
        known = self.of_case("machine") or MachineReading()
        self.change(machine=replace(known, **reading))

    def wish_read_as(self, kinds: tuple[RemedyKind, ...]) -> None:
        """Keep which remedy the machine read, until a person has said what it is."""
        if not any(one.field is ReadField.REMEDY for one in self.of_case("corrections")):
            self.read_as(remedy=kinds)

    @property
    def facts(self) -> Facts:
        """What is known so far."""
        facts: Facts = self.of_case("facts")
        return facts

    def raise_severity(self, why: str) -> None:
        """One step more urgent; never SEV1, which is for danger only."""
        raised = Severity(max(Severity.SEV2, self.case.severity - 1))
        if raised < self.case.severity:
            self.change(severity=raised, severity_why=why)

    def go(self, step: Step, status: Status | None = None) -> None:
        """Go to a step. The open question is over unless it is asked again."""
        self.talk = self.talk.evolve(step=step, asked=None)
        if status is not None:
            self.change(status=status)

    def go_asking(self, step: Step, question: str) -> None:
        """Go to a step with the question just asked still open."""
        self.talk = self.talk.evolve(step=step, asked=question)

    def answered(self) -> None:
        """Mark this one message as answered; the rest of the burst still waits."""
        message = getattr(self.scene.event, "message", None)
        self.talk = self.talk.evolve(heard=tuple(one for one in self.talk.heard if one.message != message))

    def remember(self, *names: str) -> None:
        """Note a reply that is given only once."""
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
        """Reply to the complainant; `ask` names the question that is open from now on."""
        buttons = self._fresh(rows)
        first = self.has_case and not self.was_said("opening")
        self.actions.append(Say(name=name, fields={"first": first, **fields}, buttons=buttons, lane=lane))
        self._note_steps(name, fields)
        self.remember("opening", name)
        self.talk = self.talk.asking(ask) if ask else self.talk

    def _note_steps(self, name: str, fields: Mapping[str, Any]) -> None:
        """Record which of the seven steps these words fulfil (S1)."""
        known = self.case.steps if self.has_case else None
        if not self.has_case or (known is None and self.was_said("opening")):
            return
        done = {*(known or ()), *steps_of(name, fields, self.case.category)}
        if known is None or len(done) > len(known):
            self.change(steps=tuple(sorted(done)))

    def _fresh(self, rows: Rows) -> Rows:
        """The buttons with this turn's number, so that they expire when the talk moves on."""
        if not rows:
            return ()
        self.talk = self.talk.next_turn()
        return rows

    def remark(self, what: str, why: str = "", message: MessageId | None = None) -> None:
        """Write a line of history; `message` is the complainant's that it is about."""
        self.actions.append(Remark(what=what, why=why, message=message))

    def strip(self) -> None:
        """Remove the buttons of the message that was pressed."""
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
        """The press that this turn answers; an empty one if it answers words."""
        event = self.scene.event
        read = read_press(event.data) if isinstance(event, Pressed) else None
        return read or Press("", "", 0)

    @property
    def press_label(self) -> str:
        """The label of the button that was pressed, as the complainant read it."""
        return getattr(self.scene.event, "label", "").strip()

    def choose_language(self, chosen: Language) -> None:
        """Speak this language from now on; a question that is open is put in it again."""
        self.talk = self.talk.evolve(language=chosen, language_chosen=True)
        if self.has_case:
            self.change(language=chosen)
        rows = ((SKIP, HUMAN),) if self.talk.step is Step.CLARIFYING else ()
        self.say("answers/language", *rows, question=self.talk.asked)

    @property
    def team(self) -> str:
        """The key of the team that has the case; staff are never named (S61)."""
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

    @property
    def first_nudge(self) -> timedelta:
        """How long silence may last before the first gentle word."""
        return timedelta(hours=self.rules.nudge_hours[0])

    @property
    def last_nudge(self) -> timedelta:
        """After how long a question that need not be answered is let go."""
        return timedelta(hours=self.rules.nudge_hours[-1])

    def turn(self) -> Turn:
        """The finished turn."""
        return Turn(
            conversation=self.talk, case=self.case if self.has_case else None, actions=tuple(self.actions)
        )

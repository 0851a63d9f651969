"""The base of a draft: promises, hand-overs, tasks, timers, and what the desk is shown."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.complaint.actions import Action, CancelTimer, CloseTopic, Lane, SetTimer, ShowCard, Situation, Tell
from bot.complaint.case import Case, Control, Escalation, Promise, PromiseStatus, Queue, Severity, Status
from bot.complaint.colleagues import Colleague
from bot.complaint.conversation import Conversation
from bot.complaint.deskwork import Task, TaskKind
from bot.complaint.events import Event
from bot.complaint.evolving import replace
from bot.complaint.reading import Category, Reading
from bot.policy.calendar import after_quiet
from bot.policy.calling import ahead
from bot.policy.commitments import Timers, handed_over, promised, rearranged, settled
from bot.policy.deadlines import due
from bot.policy.rules import Rules
from bot.policy.tasking import tasked
from bot.reading.matterwords import wronged

QUEUE_ORDER = tuple(Queue)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """The inputs of an act: rules, situation, event, reading."""

    event: Event
    reading: Reading | None
    rules: Rules
    situation: Situation


class Pledges:
    """Talk, case and actions during a turn, and the ways to commit the brand."""

    def __init__(self, talk: Conversation, case: Case | None, scene: Scene) -> None:
        self.talk = talk
        self._case = case
        self._changes: dict[str, Any] = {}
        """Changes not yet made: several become one new value."""
        self.scene = scene
        self.actions: list[Action] = []

    @property
    def case(self) -> Case:
        """The case; every act but those of opening and refusing has one."""
        if self._case is None:
            raise LookupError("this act needs a case")
        if self._changes:
            self._case, self._changes = self._case.evolve(**self._changes), {}
        return self._case

    @case.setter
    def case(self, case: Case) -> None:
        self._case, self._changes = case, {}

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

    def change(self, **changes: object) -> None:
        """Change fields of the case."""
        if self._case is None:
            raise LookupError("this act needs a case")
        self._changes.update(changes)

    def of_case(self, field: str) -> Any:  # noqa: ANN401 - the field's own
        """One field of the current case, without building the case from pending changes."""
        return self._changes[field] if field in self._changes else getattr(self._case, field)

    @property
    def ahead(self) -> int:
        """The number of cases before this one in the queue."""
        return ahead(self.case, self.situation.line, self.rules)

    # -- time

    def wake(self, kind: str, key: str, after: timedelta) -> None:
        """Set a timer."""
        self.actions.append(SetTimer(kind=kind, key=key, due=self.at + after))

    def wake_kindly(self, kind: str, key: str, after: timedelta) -> None:
        """As `wake`, but never inside the quiet hours (S69)."""
        self.actions.append(
            SetTimer(kind=kind, key=key, due=after_quiet(self.rules, self.at + after, self.case.facts.zone))
        )

    def sleep_on(self, key: str) -> None:
        """Cancel a timer."""
        self.actions.append(CancelTimer(key=key))

    # -- promising and handing over

    def promise(
        self,
        kind: str,
        *,
        what: str = "",
        by: datetime | None = None,
        owner: str | None = None,
        begins: datetime | None = None,
    ) -> Promise:
        """Promise something by the time that policy gives; the row is stored with the words."""
        when = by or due(self.rules, what, self.case.severity, self.at, self.case.queue)
        case, made, timers = promised(self.case, kind, when, self.at, self.rules, owner=owner, begins=begins)
        self._take(case, timers)
        return made

    def set_task(self, kind: TaskKind, what: str, promise: Promise, begins: datetime | None = None) -> None:
        """Set a task for people, due with what was promised (S48)."""
        wanted = Task(
            id="",
            kind=kind,
            what=what,
            owner=promise.owner,
            made_at=self.at,
            begins=begins,
            due_at=promise.due_at,
            promise_id=promise.id,
        )
        case, _, timers = tasked(self.case, wanted, self.rules)
        self._take(case, timers)

    def settle_promise(self, promise_id: str | None, status: PromiseStatus) -> None:
        """Record the outcome of an open promise."""
        self._take(*settled(self.case, promise_id, status, self.at))

    def _take(self, case: Case, timers: Timers) -> None:
        self.case = case
        self.actions += timers

    def hand_over(
        self,
        reason: str,
        *,
        what: str = "first_human",
        queue: Queue | None = None,
        kind: str = "person_answers",
        by: datetime | None = None,
        begins: datetime | None = None,
    ) -> Promise:
        """Escalate with a dated promise, both in this turn (S51). At most one escalation is open.

        A second reason joins the first. Where the case has become more urgent the promise is made anew with
        an earlier time, and the earlier promise is settled as renegotiated. A closed case is open again with
        it: people cannot answer in one that is closed.
        """
        if not self.case.is_open:
            self._take_up_again()
        self._towards(queue)
        if wronged(self.case.story) and self.case.category is not Category.FOOD_SAFETY:
            self._towards(Queue.CONDUCT)
        waiting = self.case.open_escalation
        if waiting is None:
            return self._escalate_anew(reason, self.promise(kind, what=what, by=by, begins=begins))
        if kind != "person_answers":
            self.promise(kind, what=what, by=by, begins=begins)
        return self._escalate_further(waiting, reason, what)

    def _take_up_again(self) -> None:
        self.change(status=Status.REOPENED, closed_at=None, reopened=self.case.reopened + 1)
        if self.case.at_desk:
            self.actions.append(CloseTopic(reopen=True))
            self.tell("reopened")

    def _towards(self, queue: Queue | None) -> None:
        if queue is not None and QUEUE_ORDER.index(queue) < QUEUE_ORDER.index(self.case.queue):
            self.change(queue=queue)

    def _escalate_anew(self, reason: str, made: Promise) -> Promise:
        self.case = handed_over(self.case, reason, made, self.at)
        if self.case.control is not Control.HUMAN:
            self.change(control=Control.QUEUED)
        self.show_card()
        self.ring(reason)
        return made

    def _escalate_further(self, waiting: Escalation, reason: str, what: str) -> Promise:
        case = self.case
        standing = next(one for one in case.promises if one.id == waiting.promise_id)
        reasons = waiting.reason if reason in waiting.reason.split(" ") else f"{waiting.reason} {reason}"
        sooner = due(self.rules, what, case.severity, self.at, case.queue)
        overdue = standing.due_at <= self.at
        if overdue or sooner < standing.due_at:
            self.settle_promise(standing.id, PromiseStatus.LATE if overdue else PromiseStatus.RENEGOTIATED)
            standing = self.promise("person_answers", what=what)
            self.ring(reason)
        after = replace(waiting, reason=reasons, queue=self.case.queue, promise_id=standing.id)
        self.case = rearranged(self.case, after)
        self.show_card()
        return standing

    # -- the desk

    def tell(
        self,
        name: str,
        *,
        general: bool = False,
        lane: Lane = Lane.DESK,
        calls: tuple[Colleague, ...] = (),
        **fields: Any,  # noqa: ANN401 - whatever the line needs
    ) -> None:
        """Tell the desk; people mentioned by name are notified."""
        self.actions.append(Tell(name=name, fields=fields, general=general, lane=lane, calls=calls))

    def ring(self, reason: str) -> None:
        """Announce in General a dangerous case that nobody has."""
        if self.case.severity is Severity.SEV1:
            self.tell("ring", general=True, lane=Lane.URGENT, reason=reason)

    def show_card(self) -> None:
        """Update the case's card; the first one opens the topic."""
        lane = Lane.URGENT if self.case.severity is Severity.SEV1 else Lane.DESK
        self.change(at_desk=True)
        self.actions.append(ShowCard(lane=lane))

    def show_card_if_known(self) -> None:
        """As `show_card`, only where the desk has the case already."""
        if self.case.at_desk:
            self.show_card()

"""Sets a case's deadlines and timers after every turn, so that no open case is without one (S2)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.complaint.actions import Action, CancelTimer, Relay, Remark, Say, SetTimer, Tell, Turn
from bot.complaint.case import Case, Control, PromiseStatus, Status
from bot.complaint.conversation import Step
from bot.complaint.dealings import Pause
from bot.complaint.deskwork import Clock, ClockKind
from bot.complaint.events import (
    AgentEdited,
    AgentWrote,
    Commanded,
    CustomerEdited,
    CustomerWrote,
    Due,
    Event,
    PhoneWrote,
    Pressed,
)
from bot.complaint.evolving import replace
from bot.complaint.reading import Intent, Reading
from bot.desk.tasks.checklists import following
from bot.policy.clocks import PROGRESS, alarms, clocks_of, paused, resumed
from bot.policy.commitments import settled
from bot.policy.rules import Rules

_COURTEOUS: Final = frozenset({Intent.AGREES, Intent.THANKS, Intent.GREETS})
_ASKING: Final = (Step.RESOLVING, Step.RETURNING, Step.OFFERED)
_NO_ANSWER: Final = ("people/taken_over",)
"""What is said of itself when somebody takes the case: none of the holder's words yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """What happened in a turn, as far as deadlines depend on it."""

    event: Event
    reading: Reading | None
    turn: Turn
    at: datetime

    @property
    def is_theirs(self) -> bool:
        """The complainant did something."""
        chat = self.turn.case.chat if self.turn.case else None
        wrote = isinstance(self.event, CustomerWrote | CustomerEdited | Commanded)
        return wrote or (isinstance(self.event, Pressed) and self.event.chat == chat)

    @property
    def of_the_desk(self) -> bool:
        """Somebody at the desk did something."""
        return isinstance(self.event, AgentWrote) or (isinstance(self.event, Pressed) and not self.is_theirs)

    @property
    def carried(self) -> tuple[Relay, ...]:
        """Messages from people that went to the complainant."""
        return tuple(one for one in self.turn.actions if isinstance(one, Relay) and one.to_customer)

    @property
    def answers(self) -> bool:
        """A person's words, or what a person's act says for them, reached the complainant."""
        if isinstance(self.event, PhoneWrote):
            return True
        said = any(isinstance(one, Say) and one.name not in _NO_ANSWER for one in self.turn.actions)
        return bool(self.carried and not isinstance(self.event, AgentEdited)) or (self.of_the_desk and said)

    @property
    def tells(self) -> bool:
        """The complainant heard how it stands: from people, or from the house with a time."""
        if self.answers:
            return True
        says = [one for one in self.turn.actions if isinstance(one, Say)]
        return any("due" in one.fields for one in says) or (isinstance(self.event, Due) and bool(says))

    @property
    def asks(self) -> bool:
        """It is the complainant's turn now: they were asked something by people."""
        talk = self.turn.conversation
        asked = talk is not None and talk.step in _ASKING and self.answers
        return asked or any("?" in one.text or "\uff1f" in one.text for one in self.carried)

    @property
    def waits(self) -> bool:
        """The complainant said or did something that wants an answer; "thank you" does not."""
        if isinstance(self.event, Pressed):
            return self.is_theirs and any(isinstance(one, Tell) for one in self.turn.actions)
        if not isinstance(self.event, CustomerWrote):
            return False
        return not _only_courteous(self.reading)


def _only_courteous(reading: Reading | None) -> bool:
    if reading is None or not reading.intents:
        return False
    return reading.intents <= _COURTEOUS and not reading.is_complaint and reading.remedy is None


def mind(
    turn: Turn,
    before: Case | None,
    event: Event,
    *,
    rules: Rules,
    at: datetime,
    reading: Reading | None = None,
) -> Turn:
    """The turn with its case's clocks started, stopped or moved, and their timers.

    `before` is the case as it was, None if it is new. Every open case that leaves here has a timer that will
    wake somebody (S2).
    """
    if turn.case is None:
        return turn
    if before is not None and before.no != turn.case.no:
        before = None
    passed = Passed(event=event, reading=reading, turn=turn, at=at)
    case, actions = _progress_told(_moved_on(turn.case, before, passed), passed)
    case, more = following(case, before, at, rules)
    actions += more
    case = _waited(case.evolve(clocks=_clocks(case, before, passed, rules)), before, at)
    actions += _timers(case, before, rules)
    return replace(turn, case=case, actions=(*turn.actions, *actions))


def _moved_on(case: Case, before: Case | None, passed: Passed) -> Case:
    """Update who waits for whom, who has had the case since when, and the last progress."""
    held = case.control is Control.HUMAN and case.holder is not None
    waiting = case.waiting_since
    if not held or not case.is_open or (passed.answers and not _last_word(case, passed)):
        waiting = None
    elif passed.waits and waiting is None:
        waiting = passed.at
    since = case.held_since
    if _changed_hands(case, before) and (before is None or since == before.held_since):
        since = passed.at if held else None
    moved = passed.answers or (before is not None and _got_on(case, before))
    progress = passed.at if moved else case.progress_at
    if (waiting, since, progress) == (case.waiting_since, case.held_since, case.progress_at):
        return case
    return case.evolve(waiting_since=waiting, held_since=since, progress_at=progress)


def _last_word(case: Case, passed: Passed) -> bool:
    """Who handed it on said one more word: whoever has it now still owes the answer."""
    handed = case.handed_on
    return handed is not None and isinstance(passed.event, AgentWrote) and passed.event.sender.id == handed.by


def _changed_hands(case: Case, before: Case | None) -> bool:
    had = before.holder.id if before is not None and before.holder else None
    return had != (case.holder.id if case.holder else None)


def _got_on(case: Case, before: Case) -> bool:
    """Whether there was progress: a decision, an agreement, a remedy proved, a task finished."""

    def marks(one: Case) -> tuple[object, ...]:
        proofs = tuple(remedy.proof for remedy in one.fulfilments)
        return one.verdict, one.agreement, one.offers, proofs, tuple(task.state for task in one.tasks)

    return marks(case) != marks(before)


def _progress_told(case: Case, passed: Passed) -> tuple[Case, tuple[Action, ...]]:
    """What was promised to be told is told, whoever says how it stands."""
    actions: list[Action] = []
    if passed.tells:
        for one in case.open_promises:
            if one.kind == PROGRESS and one.made_at != passed.at:
                status = PromiseStatus.KEPT if passed.at <= one.due_at else PromiseStatus.LATE
                case, timers = settled(case, one.id, status, passed.at)
                actions += [*timers, Remark(what="promise_kept", why=f"{one.id} {one.kind}")]
    return case, tuple(actions)


def _clocks(case: Case, before: Case | None, passed: Passed, rules: Rules) -> tuple[Clock, ...]:
    wanted = clocks_of(case)
    known = {one.kind: one for one in case.clocks}
    return tuple(
        _ticked(known.get(kind) or _begun(kind, case, passed.at), case, before, passed, rules)
        for kind in ClockKind
        if kind in wanted
    )


def _waited(case: Case, before: Case | None, at: datetime) -> Case:
    """Record pauses: time spent waiting for the complainant."""
    if before is not None and case.pauses is None:
        return case
    pauses = case.pauses or ()
    stands = any(one.paused_at is not None for one in case.clocks)
    stood = bool(pauses) and pauses[-1].until is None
    if stands and not stood:
        pauses = (*pauses, Pause(since=at))
    elif stood and not stands:
        pauses = (*pauses[:-1], replace(pauses[-1], until=at))
    return case if pauses == case.pauses else case.evolve(pauses=pauses)


def _begun(kind: ClockKind, case: Case, at: datetime) -> Clock:
    since = case.waiting_since if kind is ClockKind.SILENCE else case.opened_at
    return Clock(kind=kind, since=since if kind in (ClockKind.SILENCE, ClockKind.STOP) and since else at)


def _ticked(one: Clock, case: Case, before: Case | None, passed: Passed, rules: Rules) -> Clock:
    """One clock after the turn: restarted, stopped, or continued."""
    if one.kind is ClockKind.STOP:
        return one
    if one.kind is ClockKind.SILENCE:
        # whoever has just taken it gets the whole of the time
        fresh = before is not None and before.holder is not None and _changed_hands(case, before)
        return replace(one, since=passed.at, warned=False) if fresh else one
    if one.kind is ClockKind.UPDATE and passed.tells:
        one = Clock(kind=one.kind, since=passed.at)
    if passed.is_theirs and case.status is not Status.AWAITING_CUSTOMER:
        one = resumed(rules, one, case, passed.at)
    if passed.asks or case.status is Status.AWAITING_CUSTOMER:
        one = paused(one, passed.at)
    elif one.paused_at is not None and before is not None and before.status is Status.AWAITING_CUSTOMER:
        one = resumed(rules, one, case, passed.at)
    return one


def _timers(case: Case, before: Case | None, rules: Rules) -> tuple[SetTimer | CancelTimer, ...]:
    """The timers that changed; most turns change none."""
    if before is not None and _stands(before) == _stands(case):
        return ()
    old = alarms(rules, before) if before is not None and before.is_open else {}
    new = alarms(rules, case)
    gone = (CancelTimer(key=key) for key in old if key not in new)
    set_ = (
        SetTimer(kind=alarm.kind, key=key, due=alarm.at)
        for key, alarm in new.items()
        if old.get(key) != alarm
    )
    return (*gone, *set_)


def _stands(case: Case) -> tuple[object, ...]:
    """Everything that an alarm's time depends on."""
    return case.is_open, case.clocks, case.severity, case.queue, case.progress_at

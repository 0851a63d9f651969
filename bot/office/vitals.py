"""Measurements at run time: when Telegram was last heard, how long answers took."""

from datetime import datetime, timedelta
from typing import Final, Protocol

from bot.complaint.actions import Lane
from bot.complaint.axes import PromiseStatus
from bot.complaint.ids import CaseNo
from bot.complaint.letters import Letter, LetterKind
from bot.complaint.records import Round
from bot.office.clock import Clock
from bot.telegram.failures import Fate
from bot.telegram.parsing import MEMBERS
from bot.telegram.premises import Premises

MISSED: Final = frozenset({PromiseStatus.LATE, PromiseStatus.BROKEN})
NO_ANSWER: Final = frozenset({Fate.LATER, Fate.UNKNOWN})
"""Outcomes of a call in which Telegram was not heard."""
POLL: Final = "getUpdates"
PROMPT: Final = frozenset({Lane.URGENT, Lane.FIRST})


class Observer(Protocol):
    """The interface for counting; calls must neither wait nor fail."""

    def came(self, kind: str, count: int) -> None:
        """So many new updates of this kind were kept."""
        ...

    def called(self, method: str, outcome: str) -> None:
        """A call of the Bot API ended."""
        ...

    def sent(self, kind: str, outcome: str) -> None:
        """A letter was handed over, and this came of it."""
        ...

    def shared(self, seconds: float) -> None:
        """An answer was handed over so long after what it answers had come."""
        ...

    def answered(self, seconds: float) -> None:
        """A first answer was taken so long after what it answers had come."""
        ...

    def missed(self, count: int) -> None:
        """So many promises were missed."""
        ...


class NoObserver:
    """Counts nothing."""

    def came(self, kind: str, count: int) -> None:
        """See `Observer.came`."""

    def called(self, method: str, outcome: str) -> None:
        """See `Observer.called`."""

    def sent(self, kind: str, outcome: str) -> None:
        """See `Observer.sent`."""

    def shared(self, seconds: float) -> None:
        """See `Observer.shared`."""

    def answered(self, seconds: float) -> None:
        """See `Observer.answered`."""

    def missed(self, count: int) -> None:
        """See `Observer.missed`."""


class Vitals:
    """Records measurements, and passes them to an observer."""

    def __init__(self, clock: Clock, observer: Observer | None = None) -> None:
        self._clock = clock
        self._observer = observer or NoObserver()
        self._opened_at = clock.now()
        self._missed: set[tuple[CaseNo, str]] = set()
        self._premises: list[Premises] = []
        self.telegram_at: datetime | None = None
        """When Telegram was heard last."""
        self.robbed = False
        """Whether another program took the updates when they were polled last."""

    def tells(self, premises: Premises) -> Premises:
        """Call these when somebody joins or leaves a group."""
        self._premises.append(premises)
        return premises

    def came(self, kind: str, count: int) -> None:
        """So many new updates of this kind were kept."""
        if kind == MEMBERS:
            for one in self._premises:
                one.forget()
        self._observer.came(kind, count)

    def called(self, method: str, fate: Fate) -> None:
        """A call ended so."""
        if fate not in NO_ANSWER:
            self.telegram_at = self._clock.now()
            if method == POLL:
                self.robbed = fate is Fate.PUZZLING
        self._observer.called(method, fate.name.lower())

    def handing(self, letter: Letter) -> None:
        """A letter is about to be sent: the time since its cause is our own share of the delay."""
        if _answers(letter):
            self._observer.shared(self._since(letter))

    def handed(self, letter: Letter, fate: Fate) -> None:
        """This letter was handed over, and this came of it."""
        self._observer.sent(letter.kind.value, fate.name.lower())
        if fate is Fate.DONE and letter.lane in PROMPT and _answers(letter):
            self._observer.answered(self._since(letter))

    def written(self, round_: Round) -> None:
        """Count the promises that this round found missed."""
        new = {
            (case.no, one.id)
            for case in round_.cases
            for one in case.promises
            if one.status in MISSED and one.settled_at is not None and one.settled_at >= self._opened_at
        } - self._missed
        if new:
            self._missed |= new
            self._observer.missed(len(new))

    def _since(self, letter: Letter) -> float:
        return max(timedelta(0), self._clock.now() - letter.written_at).total_seconds()


def _answers(letter: Letter) -> bool:
    """Whether a letter is the first, immediate answer to a complainant."""
    return (
        letter.chat > 0 and letter.kind is LetterKind.TEXT and not letter.attempts and not letter.not_before
    )

"""Sends letters for a group that cannot be used to the common desk instead."""

from bot.complaint.events import DeskStanding
from bot.complaint.evolving import replace
from bot.complaint.letters import Letter
from bot.office.clock import Clock
from bot.office.groups import Groups
from bot.office.outgoing.fates import CARRIED_ON, SHUT_OUT, Conclusion, arrival_of, detoured
from bot.office.outgoing.line import Pending
from bot.telegram.delivery import Delivered


class Detours:
    """Knows the current destination of each of the desk's groups."""

    def __init__(self, groups: Groups, clock: Clock) -> None:
        self._groups = groups
        self._clock = clock

    def addressed(self, letter: Letter) -> Letter:
        """The letter with its current destination: the common desk, if its group is unusable."""
        chat = letter.chat
        if chat > 0 or letter.kind not in CARRIED_ON or self._groups.usable(chat):
            return letter
        return letter.evolve(chat=self._groups.place(chat))

    def shut_out(self, letter: Letter, pending: Pending, delivered: Delivered) -> Conclusion | None:
        """The event that a group has become unusable; None if it has not."""
        if delivered.fate not in SHUT_OUT or not self._groups.has_fallback(letter.chat):
            return None
        now, why = self._clock.now(), delivered.verdict.reason
        conclusion = detoured(pending, why, now)
        if not self._groups.shut(letter.chat):
            return conclusion
        event = DeskStanding(at=now, chat=letter.chat, able=False, why=why)
        return replace(conclusion, arrivals=(arrival_of(event, f"shut:{letter.chat}:{now.isoformat()}"),))

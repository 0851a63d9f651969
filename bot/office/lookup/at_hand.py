"""Lookups for an agent's command: the message it answers, the ready-made lines."""

from collections.abc import Sequence
from typing import Final

from bot.complaint.actions import Situation, Turn
from bot.complaint.case import Case
from bot.complaint.conversation import Conversation
from bot.complaint.deskwork import Quoted
from bot.complaint.events import AgentWrote, Event, Pressed
from bot.complaint.evolving import replace
from bot.complaint.ids import MessageRef
from bot.complaint.records import Entry
from bot.desk import order_of, read_press
from bot.desk.restricted import RESTRICTED, marked
from bot.office.booking.journal import TAKEN_BACK
from bot.office.booking.ledger import Ledger
from bot.office.booking.turns import Occasion
from bot.office.lookup.history import History

ANSWERING: Final = ("delete",)
WITH_LINES: Final = ("canned", "say")


class AtHand:
    """Looks these up only when a command needs them."""

    def __init__(self, history: History, ledger: Ledger) -> None:
        self._history = history
        self._ledger = ledger

    async def beside(
        self,
        situation: Situation,
        event: Event,
        case: Case | None,
        talk: Conversation | None,
        fresh: Sequence[Entry],
    ) -> Situation:
        """The situation with what this command, or press, asks for."""
        word = _word(event)
        if case is None or talk is None:
            return situation
        if word in WITH_LINES:
            turn = Turn(conversation=talk, case=case)
            lines = self._ledger.canned(Occasion(turn=turn, before=case, at=situation.now))
            return replace(situation, canned=lines)
        if word in RESTRICTED:
            source = marked(event, case)
            found = await self._history.theirs(source, case, fresh) if source is not None else None
            return replace(situation, theirs=found)
        if word in ANSWERING and isinstance(event, AgentWrote) and event.reply_to is not None:
            lines_so_far = await self._history.lines(case, fresh)
            return replace(situation, quoted=quoted(event, lines_so_far))
        return situation


def _word(event: Event) -> str:
    """The command that was given, or the act that was pressed."""
    if isinstance(event, Pressed):
        press = read_press(event.data)
        return press.act if press is not None else ""
    order = order_of(event.text) if isinstance(event, AgentWrote) else None
    return order.name if order is not None else ""


def quoted(event: AgentWrote, lines: Sequence[Entry]) -> Quoted | None:
    """The complainant's copy of the message replied to; None if there is none."""
    place = (event.chat, event.reply_to)
    about = [one for one in lines if (one.chat, one.message) == place]
    went = [one for one in about if one.who == "agent" and not one.note]
    if not went or event.reply_to is None:
        return None
    last = went[-1]
    later = about[about.index(last) :]
    # a ready line that was tapped stands under our own list: whose tap it was, the timeline knows
    tapped = last.letter is not None and last.by == event.sender.name
    own = event.reply_author == event.sender.id or tapped
    return Quoted(
        source=MessageRef(event.chat, event.reply_to),
        at=next((one.at for one in reversed(went) if not one.edit), last.at),
        by=last.by,
        own=own,
        text=last.text,
        taken_back=any((one.media or {}).get("kind") == TAKEN_BACK for one in later),
    )

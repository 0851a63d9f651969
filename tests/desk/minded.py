"""A complainant's chat with the desk's deadlines applied: timers of every turn are set, and fire in time."""

from bot.complaint.case import Case, Severity
from bot.complaint.conversation import Conversation
from bot.complaint.deskwork import Clock, ClockKind
from bot.complaint.events import Event
from bot.complaint.reading import Reading
from bot.desk import mind
from bot.dialogue.steps import Signal
from bot.policy.clocks import clock
from tests.dialogue.moment import Moment
from tests.dialogue.talk_scene import Chat


class MindedChat(Chat):
    """As the counter works it: each turn passes the clocks before it is kept."""

    def _keep(
        self,
        event: Event,
        before: Case | None,
        talk: Conversation,
        reading: Reading | None,
        signal: Signal | None,
        turn: object,
    ) -> Moment:
        minded = mind(turn, before, event, rules=self.rules, at=self.now, reading=reading)  # type: ignore[arg-type]
        return super()._keep(event, before, talk, reading, signal, minded)


def running(chat: Chat, kind: ClockKind) -> Clock:
    """The clock of this kind on the case that is talked of."""
    found = clock(chat.case, kind)
    assert found is not None
    return found


def a_held_chat(severity: Severity | None = None) -> MindedChat:
    """A case that an agent has taken and answered."""
    chat = MindedChat()
    chat.write("转人工，电热壶不通电")
    if severity is not None:
        chat.cases[chat.case.no] = chat.case.evolve(severity=severity)
    chat.agent("/claim")
    chat.agent("您好，我来处理")
    return chat


def told(moments: list[Moment], line: str) -> list[Moment]:
    """The moments at which the desk got this line."""
    return [one for one in moments if line in one.told]

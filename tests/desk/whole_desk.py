"""The chat of one complaint with the whole desk in its topic: every rank, the legal trade, the accused, a stranger."""

from bot.complaint.actions import Situation
from bot.complaint.case import Person
from bot.complaint.colleagues import Colleague, Role, Roster, Specialty
from bot.complaint.events import AgentWrote, Pressed
from bot.complaint.evolving import replace
from bot.complaint.ids import MessageId, ThreadId, UserId
from bot.complaint.reading import Reading
from bot.desk import act
from bot.desk import press_data as desk_press
from tests.desk.minded import MindedChat
from tests.dialogue.moment import DESK, Moment

STAFF = {
    "agent": Colleague(id=UserId(11), name="林晓"),
    "agent2": Colleague(id=UserId(12), name="王珂"),
    "lawyer": Colleague(id=UserId(13), name="方宁", specialties=(Specialty.LEGAL,)),
    "supervisor": Colleague(id=UserId(21), name="陈岚", role=Role.SUPERVISOR),
    "manager": Colleague(id=UserId(31), name="赵铭", role=Role.MANAGER),
    "accused": Colleague(id=UserId(22), name="周正", role=Role.SUPERVISOR),
}
"""The last of them is whom the complaint is about."""
ROSTER = Roster({one.id: one for one in STAFF.values()})


class WholeDesk(MindedChat):
    """The chat as the counter works it, with everybody who may come to its topic."""

    def _situation(self, reading: Reading | None) -> Situation:
        return replace(super()._situation(reading), roster=ROSTER)

    def come(self, event: AgentWrote | Pressed, who: str) -> Moment:
        """Somebody does something in the case's topic."""
        situation = replace(self._situation(None), where=DESK, thread=ThreadId(7), colleague=STAFF.get(who))
        turn = act(event, self.case, self.talk, rules=self.rules, situation=situation)
        kept = turn if turn.case is not None else replace(turn, case=self.case, conversation=self.talk)
        return self._keep(event, self.case, self.talk, None, None, kept)

    def says(self, who: str, text: str) -> Moment:
        """They write."""
        event = AgentWrote(
            at=self.now,
            chat=DESK,
            sender=_person(who),
            message=self._message(),
            text=text,
            thread=ThreadId(7),
        )
        return self.come(event, who)

    def taps(self, who: str, name: str, value: str = "") -> Moment:
        """They press."""
        data = desk_press(name, value, self.case.no)
        by, at = _person(who), self.now
        event = Pressed(
            at=at, chat=DESK, sender=by, message=MessageId(1), query="q", data=data, thread=ThreadId(7)
        )
        return self.come(event, who)


def _person(who: str) -> Person:
    one = STAFF.get(who)
    return Person(id=one.id, name=one.name) if one else Person(id=UserId(99), name="路人")

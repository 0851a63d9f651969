"""`/pack` at the desk: the evidence pack, for the complainant or for the topic alone (R50)."""

from typing import Final

from bot.complaint.actions import HandOver, Situation, Turn
from bot.complaint.case import Case
from bot.complaint.conversation import Conversation
from bot.complaint.deskwork import Deed
from bot.complaint.events import AgentWrote, Event
from bot.complaint.evolving import replace
from bot.complaint.papers import Paper
from bot.desk.acts import Act, Acts
from bot.desk.audit import deed
from bot.desk.notes import order_of
from bot.desk.refusing import allowed
from bot.desk.rights import Right
from bot.desk.sheet import Sheet, scene_of
from bot.policy.rules import Rules
from bot.reading.deskwords import means_here

PACK: Final = "pack"


def wants_pack(event: Event) -> bool:
    """Whether a colleague asks for the pack of the case in whose topic they write."""
    order = order_of(event.text) if isinstance(event, AgentWrote) else None
    return order is not None and order.name == PACK


def for_desk_alone(event: AgentWrote) -> bool:
    """Whether the complainant is not to get it."""
    order = order_of(event.text)
    return order is not None and means_here(order.argument)


def packed(
    event: AgentWrote,
    case: Case,
    talk: Conversation,
    papers: tuple[Paper, ...],
    *,
    rules: Rules,
    situation: Situation,
) -> Turn:
    """The turn in which the papers are handed over, if they may."""
    sheet = Sheet(case, talk, scene_of(event, rules, situation))
    inside = for_desk_alone(event)
    what = Right.LOOK if inside else Right.DONE
    if allowed(sheet, what, str(event.message)):
        sheet.add(HandOver(name="pack/here", papers=papers, to_customer=not inside))
        sheet.remark("pack", "desk" if inside else "customer")
        if not inside:
            sheet.tell("pack_sent", by=event.sender.name)
    turn = deed(what, case, sheet.turn(), situation, refused=sheet.refused)
    return turn if sheet.refused else replace(turn, deeds=(*turn.deeds, _looked(event, case, situation)))


def _looked(event: AgentWrote, case: Case, situation: Situation) -> Deed:
    """A pack holds all that was said: whoever has one made leaves a line, as for every look (R16)."""
    return Deed(
        at=situation.now,
        by=event.sender.id,
        name=event.sender.name,
        act=PACK,
        chat=situation.where,
        case_no=case.no,
    )


def _elsewhere(sheet: Sheet, _argument: str = "") -> None:
    sheet.tell("pack_how", key="pack_how")


ACTS: Final = Acts(commands={PACK: Act(Right.LOOK, _elsewhere)})

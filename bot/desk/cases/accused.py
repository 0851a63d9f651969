"""Takes a case from its holder when its complainant tells of being wronged by them: nobody handles their own."""

from bot.complaint.actions import Situation, Turn
from bot.complaint.case import Case, Queue, Severity
from bot.complaint.colleagues import Roster
from bot.complaint.evolving import replace
from bot.desk.cases.deciding import hand_back, sooner, take_away, told_of
from bot.desk.rights import is_held
from bot.desk.sheet import NOBODY, Scene, Sheet
from bot.policy.rules import Rules
from bot.policy.summoning import spared
from bot.reading.matterwords import wronged


def accuses(case: Case | None) -> bool:
    """Whether somebody of ours is accused while a person has the case: it may be that person."""
    return case is not None and case.is_open and is_held(case) and bool(_told(case))


def _told(case: Case) -> tuple[str, ...]:
    return tuple(one for one in case.story if wronged((one,)) == "misconduct")


def without_accused(turn: Turn, roster: Roster, rules: Rules, situation: Situation) -> Turn:
    """The turn after which the holder has the case no more, if the words that accuse somebody name them (R7, R58)."""
    case, talk = turn.case, turn.conversation
    if case is None or talk is None or case.holder is None or case.holder.id in case.about:
        return turn
    if case.holder.id not in spared(case.evolve(story=_told(case), about=()), roster):
        return turn
    sheet = Sheet(case, talk, Scene(by=NOBODY, rules=rules, situation=situation))
    sheet.actions = list(turn.actions)
    who, name = case.holder.id, case.holder.name
    graver = min(case.queue, Queue.CONDUCT, key=tuple(Queue).index)
    sheet.change(about=(*case.about, case.holder.id), queue=graver)
    sheet.remark("about", f"{name} ({case.holder.id})")
    if case.severity > Severity.SEV2:
        sheet.change(severity=Severity.SEV2, severity_why="misconduct")
        sooner(sheet)
    hand_back(sheet, who, name)
    take_away(sheet)
    told_of(sheet, name, roster, taken=True)
    sheet.show_card()
    return replace(turn, conversation=sheet.talk, case=sheet.case, actions=tuple(sheet.actions))

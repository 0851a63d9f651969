"""When the card of a case is edited: at once, or together with what else changes in the next minutes.

Every edit takes one of the twenty messages a minute that the group gets. Danger is shown at once. So is who takes the
case, unless the topic says it already: by their own words to the complainant, or by a line. The end is shown with one
edit, behind everything else. What its holder does, and what the bot settles alone, may wait longer. Whoever wants the
card as it now is presses its button.
"""

from datetime import datetime, timedelta
from typing import Final

from bot.complaint.actions import CancelTimer, CloseTopic, Lane, Relay, SetTimer, ShowCard, Tell, Turn
from bot.complaint.case import Case, Control, PromiseStatus, Severity
from bot.complaint.events import AgentWrote, Due, Event, Pressed, TopicChanged
from bot.complaint.evolving import replace
from bot.desk.acts import Act, Acts
from bot.desk.cards.cards import NO_DANGER
from bot.desk.heat import is_hot
from bot.desk.presses import read_press
from bot.desk.rights import Right
from bot.desk.sheet import Sheet
from bot.policy.rules import Rules

CARD: Final = "card"
"""Kind and key of the timer that edits the card; and what its button says."""
AT_ONCE: Final = timedelta()


def kept(turn: Turn, before: Case | None, event: Event, *, rules: Rules, at: datetime) -> Turn:
    """The turn with its card edited now, or with a timer that will edit it; one edit shows all until then.

    `before` is the case as it was, None if it is new.
    """
    case = turn.case
    if case is None or not any(isinstance(one, ShowCard) for one in turn.actions):
        return turn
    wait = _wait(before, turn, case, event, rules)
    if wait == AT_ONCE:
        return _now(_last(turn) if _closes(before, turn) else turn, case)
    actions = tuple(one for one in turn.actions if not isinstance(one, ShowCard))
    if wait is None:
        return _now(replace(turn, actions=actions), case)
    due = at + wait
    if case.card_due is not None and case.card_due <= due:
        # a timer never moves back, so that a case in which much happens is shown as well
        return replace(turn, actions=actions)
    timer = SetTimer(kind=CARD, key=CARD, due=due)
    return replace(turn, case=case.evolve(card_due=due), actions=(*actions, timer))


def _last(turn: Turn) -> Turn:
    """The edit that shows the end answers nobody: all else goes first."""
    last = (replace(one, lane=Lane.REST) if isinstance(one, ShowCard) else one for one in turn.actions)
    return replace(turn, actions=tuple(last))


def _now(turn: Turn, case: Case) -> Turn:
    if case.card_due is None:
        return turn
    actions = (*turn.actions, CancelTimer(key=CARD))
    return replace(turn, case=case.evolve(card_due=None), actions=actions)


def _wait(before: Case | None, turn: Turn, after: Case, event: Event, rules: Rules) -> timedelta | None:
    """How long the card may stay as it is; None is for good, until somebody wants to see it."""
    if before is None or isinstance(event, TopicChanged) or _wanted(event):
        return AT_ONCE
    if _closes(before, turn) or _is_urgent(before, turn, after):
        return AT_ONCE
    cards = rules.cards
    if not after.is_open:
        return None if cards.closed_seconds is None else timedelta(seconds=cards.closed_seconds)
    grave, held = after.severity is Severity.SEV1, after.control is Control.HUMAN
    goes_on = held and _hands(before) == _hands(after) and (_said(turn) or not _by_another(event, after))
    if after.control is Control.QUEUED or (grave and not goes_on):
        return timedelta(seconds=cards.waiting_seconds)
    return timedelta(seconds=cards.working_seconds if goes_on and not grave else cards.held_seconds)


def _is_urgent(before: Case, turn: Turn, after: Case) -> bool:
    """Danger, what went wrong, where the case is, and who has it, unless the topic says that by itself."""
    if _must_be_seen(before) != _must_be_seen(after) or (is_hot(after) and not is_hot(before)):
        return True
    # whoever takes it from a colleague begins by reading the card
    passed = before.holder is not None and after.holder not in (None, before.holder)
    return _hands(before) != _hands(after) and (passed or not _said(turn))


def _closes(before: Case | None, turn: Turn) -> bool:
    """The topic closes with the case."""
    was_open = before is not None and before.is_open
    return was_open and any(isinstance(one, CloseTopic) and not one.reopen for one in turn.actions)


def _wanted(event: Event) -> bool:
    """Somebody asked for it, or its time has come."""
    if isinstance(event, Due):
        return event.kind == CARD
    press = read_press(event.data) if isinstance(event, Pressed) else None
    return press is not None and press.act == CARD


def _hands(case: Case) -> tuple[object, ...]:
    return case.holder, case.control, case.queue


def _said(turn: Turn) -> bool:
    """The topic itself shows who has the case now: their own words stand there, or a line says it."""
    return any(
        one.to_customer if isinstance(one, Relay) else isinstance(one, Tell) and not one.general
        for one in turn.actions
    )


def _by_another(event: Event, case: Case) -> bool:
    """A colleague who does not have it acted in the topic: whoever has it was not there."""
    holder = case.holder.id if case.holder is not None else None
    return isinstance(event, AgentWrote | Pressed) and event.sender.id not in (holder, case.customer.id)


def _must_be_seen(case: Case) -> tuple[object, ...]:
    """Danger, where it is, whether it is over, and what went wrong."""
    return (
        (case.severity, case.families() - NO_DANGER, case.facts.harmed),
        (case.at_desk, case.desk, case.is_open, case.reopened),
        (case.merged, case.merged_into, case.incident, case.restricted, case.retired_at),
        tuple(one.id for one in case.promises if one.status is PromiseStatus.LATE),
    )


def show(sheet: Sheet, _key: str) -> None:
    """The time for the edit has come; in a busy hour everything else goes first."""
    sheet.add(ShowCard(lane=Lane.REST))


def refresh(sheet: Sheet, _value: str = "") -> None:
    """Somebody wants to see the card as the case now is."""
    sheet.notice("notice_done")
    sheet.show_card()


ACTS: Final = Acts(presses={CARD: Act(Right.LOOK, refresh)}, dues={CARD: show})

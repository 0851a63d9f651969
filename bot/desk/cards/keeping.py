"""When the card of a case is edited: at once, or together with what else changes in the next minutes.

Every edit takes one of the twenty messages a minute that the group gets. Danger is shown at once, and so is who takes
the case. Who gives it back says so in a line of its own, and the card soon follows. What its holder does themselves,
and what the bot settles alone, may wait longer: the topic shows it as it happens.
"""

from datetime import datetime, timedelta
from typing import Final

from bot.complaint.actions import CancelTimer, SetTimer, ShowCard, Turn
from bot.complaint.case import Case, Control, PromiseStatus, Severity
from bot.complaint.events import Due, Event, TopicChanged
from bot.complaint.evolving import evolved
from bot.desk.books import Book
from bot.desk.cards.cards import NO_DANGER
from bot.desk.heat import is_hot
from bot.desk.sheet import Sheet
from bot.policy.rules import Rules

CARD: Final = "card"
"""Kind and key of the timer that edits the card."""
AT_ONCE: Final = timedelta()


def kept(turn: Turn, before: Case | None, event: Event, *, rules: Rules, at: datetime) -> Turn:
    """The turn with its card edited now, or with a timer that will edit it; one edit shows all until then.

    `before` is the case as it was, None if it is new.
    """
    case = turn.case
    if case is None or not any(isinstance(one, ShowCard) for one in turn.actions):
        return turn
    wait = _wait(before, case, event, rules)
    if wait == AT_ONCE:
        return _now(turn, case)
    actions = tuple(one for one in turn.actions if not isinstance(one, ShowCard))
    due = at + wait
    if case.card_due is not None and case.card_due <= due:
        # a timer never moves back, so that a case in which much happens is shown as well
        return evolved(turn, {"actions": actions})
    timer = SetTimer(kind=CARD, key=CARD, due=due)
    return evolved(turn, {"case": case.evolve(card_due=due), "actions": (*actions, timer)})


def _now(turn: Turn, case: Case) -> Turn:
    if case.card_due is None:
        return turn
    actions = (*turn.actions, CancelTimer(key=CARD))
    return evolved(turn, {"case": case.evolve(card_due=None), "actions": actions})


def _wait(before: Case | None, after: Case, event: Event, rules: Rules) -> timedelta:
    """How long the card may stay as it is."""
    if before is None or isinstance(event, Due | TopicChanged) or after.severity is Severity.SEV1:
        return AT_ONCE
    if _must_be_seen(before) != _must_be_seen(after) or (is_hot(after) and not is_hot(before)):
        return AT_ONCE
    taken = after.holder is not None and after.holder != before.holder
    if taken or (after.control is not before.control and before.control is not Control.HUMAN):
        return AT_ONCE
    waits = after.control is Control.QUEUED
    return timedelta(seconds=rules.cards.waiting_seconds if waits else rules.cards.held_seconds)


def _must_be_seen(case: Case) -> tuple[object, ...]:
    """Danger, where it is, whether it is over, and what went wrong."""
    return (
        (case.severity, case.families() - NO_DANGER, case.facts.harmed),
        (case.at_desk, case.desk, case.queue, case.is_open, case.reopened),
        (case.merged, case.merged_into, case.incident, case.restricted, case.retired_at),
        tuple(one.id for one in case.promises if one.status is PromiseStatus.LATE),
    )


def show(sheet: Sheet, _key: str) -> None:
    """The time for the edit has come."""
    sheet.show_card()


BOOK: Final = Book(dues={CARD: show})

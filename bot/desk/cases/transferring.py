"""Hands a case to another person or team, with a reason and a new due time."""

from typing import Final

from bot.complaint.actions import Button, Rows
from bot.complaint.case import Case, HandedOn, Person, Promise, Queue
from bot.complaint.colleagues import Colleague
from bot.complaint.conversation import Step
from bot.complaint.events import AgentWrote
from bot.complaint.evolving import replace
from bot.desk.acts import Act, Acts
from bot.desk.overview.enquiries import queue_named
from bot.desk.rights import Right, is_held
from bot.desk.sheet import Sheet
from bot.desk.summoning import summon
from bot.policy.calendar import reachable
from bot.policy.clocks import answer_owed
from bot.policy.commitments import rearranged
from bot.policy.deadlines import due

REASONS: Final = ("specialty", "hot", "asked", "leaving")
"""Why a case is handed on, where one tap tells it; any other reason is written."""
LONGEST: Final = 200


def transfer(sheet: Sheet, argument: str = "") -> None:
    """`@name reason`, or a queue and a reason. What is missing is asked for in one line."""
    first, _, rest = argument.partition(" ")
    queue = queue_named(first, sheet.scene.rules)
    if queue is not None:
        _towards(sheet, queue, rest.strip())
        return
    who, why = person_meant(sheet, argument)
    if who is None:
        sheet.tell("transfer_how", _queues(sheet.case), asked=argument[:40], key="transfer")
    elif not why:
        sheet.tell("transfer_why", key="transfer", to=who.name or who.username, queue_key="", way=first)
    else:
        give(sheet, who, why[:LONGEST], assigned=False)


def transfer_pressed(sheet: Sheet, value: str = "") -> None:
    """By buttons: first the queue, then the reason."""
    name, _, why = value.partition(".")
    known = name in tuple(Queue)
    if value and not known:
        sheet.notice("notice_late")
        return
    sheet.notice("notice_done" if why else "notice_choose")
    if value:
        sheet.strip()
    if not known:
        sheet.tell("transfer_how", _queues(sheet.case), asked="", key="transfer")
    else:
        _towards(sheet, Queue(name), why)


def _towards(sheet: Sheet, queue: Queue, why: str) -> None:
    if queue is sheet.case.queue and not is_held(sheet.case):
        sheet.tell("transfer_same", key="transfer")
    elif why:
        to_queue(sheet, queue, why[:LONGEST])
    else:
        sheet.tell(
            "transfer_why", _reasons(queue), key="transfer", to="", queue_key=queue.value, way=queue.value
        )


def _queues(case: Case) -> Rows:
    """A button for every queue but the one that has the case, three to a row."""
    others = [queue for queue in Queue if queue is not case.queue or is_held(case)]
    keys = [Button(f"to_{queue.value}", "transfer", queue.value) for queue in others]
    return tuple(tuple(keys[place : place + 3]) for place in range(0, len(keys), 3))


def _reasons(queue: Queue) -> Rows:
    keys = [Button(f"why_{why}", "transfer", f"{queue.value}.{why}") for why in REASONS]
    return tuple(tuple(keys[place : place + 2]) for place in range(0, len(keys), 2))


def person_meant(sheet: Sheet, argument: str) -> tuple[Colleague | None, str]:
    """Who is meant, and the remaining words: whoever the first word names, else the author replied to."""
    first, _, rest = argument.partition(" ")
    found = sheet.scene.situation.roster.named(first) if first else ()
    if len(found) == 1:
        return found[0], rest.strip()
    event = sheet.scene.event
    author = event.reply_author if isinstance(event, AgentWrote) else None
    holder = sheet.case.holder
    if author is None or first.startswith("@"):
        return None, argument
    known = sheet.scene.situation.roster.colleagues.get(author)
    if known is None and holder is not None and holder.id == author:
        known = Colleague(id=holder.id, name=holder.name)
    return known, argument


def give(sheet: Sheet, who: Colleague, why: str, *, assigned: bool) -> None:
    """Give the case to a colleague, who is notified and may give it back."""
    case = sheet.case
    name = who.name or who.username
    if who.id in case.about:
        sheet.tell("about_you", key="transfer", name=name)
        return
    if who.id == case.customer.id:
        sheet.tell("own_case", key="transfer", name=name)
        return
    if case.held_before == who.id and not assigned:
        sheet.tell("yours_before", key="transfer", name=name)
        return
    if is_held(case) and case.holder is not None and case.holder.id == who.id:
        sheet.tell("transfer_theirs", key="transfer", name=name)
        return
    if not is_held(case):
        sheet.go(Step.WITH_PEOPLE)
    if case.held_before == who.id:
        sheet.change(held_before=None)
    sheet.hold(Person(id=who.id, name=name, username=who.username or None))
    sheet.change(handed_on=HandedOn(by=sheet.by.id))
    sheet.remark("assigned" if assigned else "transferred", f"{name}: {why}" if why else name)
    sheet.notice("notice_done")
    summon(sheet, "transferred", (who,), by=sheet.by.name, name=name, to_queue="", why=why)
    sheet.show_card()


def to_queue(sheet: Sheet, queue: Queue, why: str) -> None:
    """Back to waiting in that queue; the complainant is told which team has it, and by when."""
    before = sheet.case.queue
    owed = answer_owed(sheet.case)
    sheet.hold(None)
    sheet.go(Step.WITH_PEOPLE)
    sheet.change(queue=queue, decided=True, rung=0, handed_on=HandedOn(by=sheet.by.id))
    promise = _promised_there(sheet, queue, owed)
    sheet.remark("transferred", f"{queue.value}: {why}")
    if queue is not before or owed is None or promise.due_at != owed.due_at:
        sheet.say("people/released", team=queue.value, due=promise.due_at)
    specialists = sheet.scene.situation.roster.specialists(queue)
    called = tuple(one for one in specialists if one.id not in (*sheet.case.about, sheet.by.id))
    summon(
        sheet,
        "transferred",
        called,
        by=sheet.by.name,
        name="",
        to_queue=queue.value,
        why=why,
        due=promise.due_at,
    )
    sheet.ring("transferred", promise.due_at)
    sheet.show_card()


def _promised_there(sheet: Sheet, queue: Queue, owed: Promise | None) -> Promise:
    """Renew the owed answer by the new team's hours.

    Where that team can be had now it is never later than the complainant was told.
    """
    waiting = sheet.case.open_escalation
    if waiting is None or owed is None:
        return sheet.escalate("transferred")
    rules, case = sheet.scene.rules, sheet.case
    when = due(rules, "first_human", case.severity, sheet.at, queue)
    stands = owed.due_at > sheet.at and reachable(rules, case.severity, sheet.at, queue)
    sheet.renegotiate(owed.id)
    made = sheet.promise("person_answers", by=min(when, owed.due_at) if stands else when)
    sheet.case = rearranged(sheet.case, replace(waiting, queue=queue, promise_id=made.id))
    return made


ACTS: Final = Acts(
    commands={"transfer": Act(Right.TRANSFER, transfer)},
    presses={"transfer": Act(Right.TRANSFER, transfer_pressed)},
)

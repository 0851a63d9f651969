"""`/promise`, `/keep`, `/postpone`: promises in an agent's own words (S53)."""

import re
from typing import Final

from bot.complaint.case import Promise
from bot.complaint.evolving import replace
from bot.complaint.ids import MessageRef
from bot.desk.acts import Act, Acts
from bot.desk.holding import take
from bot.desk.notes import stays_inside
from bot.desk.rights import Right
from bot.desk.sheet import Sheet
from bot.desk.summoning import summon
from bot.desk.tasks.doing import finish
from bot.desk.tasks.tasks import moment
from bot.policy.clocks import PROGRESS
from bot.policy.promise_names import OWN_WORDS, called
from bot.policy.summoning import holder_or_queue, owner
from bot.policy.tasking import task_of_promise

LONGEST: Final = 120
_NUMBER: Final = re.compile(r"p\d{1,3}")


def promise(sheet: Sheet, argument: str = "") -> None:
    """`/promise WHAT tomorrow 18:00`: the customer is told it with its time; it is this agent's to keep."""
    when = moment(sheet, argument)
    if when is None or not when.rest or stays_inside(when.rest):
        sheet.tell("promise_how", key="promise_how")
        return
    what = when.rest[:LONGEST]
    take(sheet)
    sheet.answer_escalation()
    made = in_words(sheet, sheet.promise(OWN_WORDS, by=when.ends, owner=sheet.by.name), what)
    sheet.say("people/own_promise", what=what, due=made.due_at)
    sheet.remark("promised", f"{made.id} {made.due_at.isoformat()} {what}")
    sheet.tell("promised", by=sheet.by.name, ref=made.id, what=what, until=made.due_at)
    sheet.show_card()


def keep(sheet: Sheet, argument: str = "") -> None:
    """`/keep p3 RESULT`: it was done; the result is kept with the case. A task's own promise ends with its task."""
    one, words = _named(sheet, argument)
    task = task_of_promise(sheet.case, one.id) if one is not None else None
    owed = one is not None and task is None and _is_the_answer(sheet, one)
    if one is None or owed or not words or stays_inside(words):
        # the promised answer is kept by answering
        _ask_which(sheet, "keep", argument)
        return
    if task is not None:
        finish(sheet, task, words)
        return
    sheet.keep_promise(one.id)
    sheet.remark("promise_kept", f"{one.id} {one.kind}: {words}")
    sheet.nod("promise_kept", by=sheet.by.name, kind=called(one))
    sheet.show_card()


def postpone(sheet: Sheet, argument: str = "") -> None:
    """`/postpone p3 tomorrow 18:00 WHY`: told before it is due, with the new time; never counted as kept."""
    one, words = _named(sheet, argument)
    when = moment(sheet, words) if one is not None else None
    if one is None or when is None or task_of_promise(sheet.case, one.id) is not None:
        _ask_which(sheet, "postpone", argument)
        return
    overdue = one.due_at < sheet.at
    sheet.renegotiate(one.id)
    again = sheet.promise(one.kind, by=when.ends, owner=one.owner)
    if one.kind == OWN_WORDS:
        in_words(sheet, again, one.text)
    sheet.repromise(one.id, again.id)
    sheet.say("people/postponed", kind=one.kind, before=one.due_at, due=again.due_at, late=overdue)
    sheet.remark("postponed", f"{one.id} {again.id} {again.due_at.isoformat()} {when.rest}".strip())
    sheet.tell("postponed", by=sheet.by.name, kind=called(one), ref=again.id, until=again.due_at)
    sheet.show_card()


def in_words(sheet: Sheet, made: Promise, words: str, source: MessageRef | None = None) -> Promise:
    """The promise with the words that it was given in, and the message that they stand in."""
    made = replace(made, text=words, source=source)
    sheet.change(promises=tuple(made if one.id == made.id else one for one in sheet.case.promises))
    return made


def _named(sheet: Sheet, argument: str) -> tuple[Promise | None, str]:
    """The open promise that the first word names; the only one needs no name."""
    first, _, rest = argument.strip().partition(" ")
    waiting = sheet.case.open_promises
    named = next((one for one in waiting if one.id == first.lower()), None)
    if named is not None or _NUMBER.fullmatch(first.lower()):
        # another number than theirs is a slip: no other promise is meant by it
        return named, rest.strip()
    return (waiting[0] if len(waiting) == 1 else None), argument.strip()


def _over(sheet: Sheet, argument: str) -> Promise | None:
    """The promise that the first word names, if it is settled: no other is meant by it."""
    first = argument.strip().partition(" ")[0].lower()
    return next((one for one in sheet.case.promises if one.id == first and one.settled_at is not None), None)


def _ask_which(sheet: Sheet, act: str, argument: str) -> None:
    shown = [one for one in sheet.case.open_promises if act != "keep" or not _is_the_answer(sheet, one)]
    rows = [{"ref": one.id, "kind": called(one), "until": one.due_at} for one in shown]
    over = _over(sheet, argument)
    ended = {"ref": over.id, "status": over.status.value} if over is not None else None
    sheet.tell("promise_which", key="promise_which", act=act, promises=rows, over=ended)


def look_at_half(sheet: Sheet, key: str) -> None:
    """Half of the time is gone: remind the owner; promises due together share one line."""
    waiting = sheet.case.open_promises
    one = next((own for own in waiting if own.id == key.rpartition(":")[2]), None)
    if one is None or one.due_at <= sheet.at or one.kind == PROGRESS or _called_anyway(sheet, one):
        return
    together = [own for own in waiting if own.due_at == one.due_at]
    if together[0].id != one.id:
        return
    task = task_of_promise(sheet.case, one.id)
    roster = sheet.scene.situation.roster
    people = (
        owner(sheet.case, roster, task.owner_id, task.owner)
        if task is not None
        else holder_or_queue(sheet.case, roster)
    )
    kinds = list(dict.fromkeys(called(own) for own in together))
    summon(sheet, "promise_half", people, kinds=kinds, until=one.due_at)


def _called_anyway(sheet: Sheet, one: Promise) -> bool:
    """For the first answer in a case that nobody has, people are called by the queue's own calls."""
    return sheet.case.holder is None and _is_the_answer(sheet, one)


def _is_the_answer(sheet: Sheet, one: Promise) -> bool:
    waiting = sheet.case.open_escalation
    return waiting is not None and waiting.promise_id == one.id


ACTS: Final = Acts(
    commands={
        "promise": Act(Right.PROMISE, promise),
        "keep": Act(Right.DONE, keep),
        "postpone": Act(Right.PROMISE, postpone),
    },
    dues={"promise_half": look_at_half},
)

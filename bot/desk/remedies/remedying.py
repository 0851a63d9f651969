"""`/done`: records that an agreed remedy was carried out, with its proof (R11)."""

import re
from collections.abc import Sequence
from typing import Final

from bot.complaint.actions import SetTimer
from bot.complaint.case import Case, Fulfilment, Promise, Status
from bot.complaint.evolving import replace
from bot.complaint.ids import Cents
from bot.desk.acts import Act, Acts
from bot.desk.notes import stays_inside
from bot.desk.rights import Right
from bot.desk.sheet import Sheet
from bot.desk.tasks.doing import names_another, work_done
from bot.desk.tasks.tasks import fields_of
from bot.policy.deadlines import follow_up_at
from bot.policy.promise_names import called

LONGEST_PROOF: Final = 80
COST: Final = re.compile(r"(?P<proof>.+?)\s+=\s*[¥\uffe5$]?(?P<cost>\d{1,7}(?:\.\d{1,2})?)")


def waiting_promises(sheet: Sheet) -> list[Promise]:
    """Open promises that neither a remedy's proof nor the answer in the chat will keep: a call, a visit."""
    waiting = sheet.case.open_escalation
    elsewhere = {one.promise_id for one in waiting_tasks(sheet)}
    elsewhere |= {one.promise_id for one in sheet.case.open_tasks}
    elsewhere |= {waiting.promise_id} if waiting else set()
    return [one for one in sheet.case.open_promises if one.id not in elsewhere]


def waiting_tasks(sheet: Sheet) -> list[Fulfilment]:
    """Remedies without proof, the next due first."""
    return sorted((one for one in sheet.case.fulfilments if one.proof is None), key=lambda one: one.due_at)


def carry_out(sheet: Sheet, argument: str = "") -> None:
    """`/done REF`: a remedy is carried out and proved; its promise is kept; they are told (D17).

    Of several open things the first word names which: `/done f2 REF` for a remedy, `/done t1 RESULT` for
    a task, `/done p3 RESULT` for what was promised without one. Without reference or result nothing counts as done.
    `=35.50` behind a remedy's reference is what it cost in truth; the complainant does not read that.
    """
    tasks, promises = waiting_tasks(sheet), waiting_promises(sheet)
    # a press brings no reference along: the line in the topic says how
    sheet.notice("notice_cannot")
    if work_done(sheet, argument, alone=not tasks and not promises):
        return
    if not tasks and not promises and not sheet.case.open_tasks:
        sheet.tell("nothing_open", key="nothing_open")
        return
    thing, words = _named(sheet.case, argument, (*tasks, *promises))
    if thing is None or not words or stays_inside(words):
        sheet.tell(
            "done_how",
            key="done_how",
            open=[_task_fields(one) for one in tasks],
            promises=[{"ref": one.id, "kind": called(one), "due": one.due_at} for one in promises],
            tasks=[fields_of(sheet, one) for one in sheet.case.open_tasks],
        )
    elif isinstance(thing, Fulfilment):
        _prove(sheet, thing, words[:LONGEST_PROOF])
    else:
        _keep(sheet, thing, words)


def _named(
    case: Case, argument: str, things: Sequence[Fulfilment | Promise]
) -> tuple[Fulfilment | Promise | None, str]:
    """What the first word names, and the remaining words; a single open thing needs no name."""
    first, _, rest = argument.partition(" ")
    named = next((one for one in things if one.id == first.lower()), None)
    if named is not None or names_another(case, first, rest):
        return named, rest.strip()
    return (things[0] if len(things) == 1 else None), argument.strip()


def _keep(sheet: Sheet, promise: Promise, result: str) -> None:
    """A call was made, a visit paid: the result is kept with the case (S35, S48)."""
    sheet.keep_promise(promise.id)
    sheet.remark("promise_kept", f"{promise.id} {promise.kind}: {result}")
    sheet.nod("promise_kept", by=sheet.by.name, kind=promise.kind)
    sheet.show_card()


def _task_fields(task: Fulfilment) -> dict[str, object]:
    return {"ref": task.id, "kind": task.kind.value, "worth": task.worth, "due": task.due_at}


def _with_cost(words: str) -> tuple[str, Cents | None]:
    """The reference, and what it cost in truth where `=35.50` stands behind it."""
    found = COST.fullmatch(words)
    if found is None:
        return words, None
    return found["proof"], Cents(round(float(found["cost"]) * 100))


def _prove(sheet: Sheet, task: Fulfilment, proof: str) -> None:
    proof, cost = _with_cost(proof)
    after = replace(task, proof=proof, done_at=sheet.at, cost_actual=cost)
    sheet.change(fulfilments=tuple(after if one.id == task.id else one for one in sheet.case.fulfilments))
    sheet.keep_promise(task.promise_id)
    sheet.remark("carried_out", f"{task.id} {task.kind} {proof}")
    sheet.say("fulfil/done", kind=task.kind.value, worth=task.worth, proof=proof, at=sheet.at)
    left = len(waiting_tasks(sheet))
    if not left:
        sheet.change(status=Status.FULFILLED)
        when = follow_up_at(sheet.scene.rules, sheet.at)
        sheet.add(SetTimer(kind="fulfilment_check", key="fulfilment_check", due=when))
    sheet.nod("done", by=sheet.by.name, kind=task.kind.value, proof=proof, left=left)
    sheet.show_card()


ACTS: Final = Acts(
    commands={"done": Act(Right.DONE, carry_out)},
    presses={"done": Act(Right.DONE, carry_out)},
)

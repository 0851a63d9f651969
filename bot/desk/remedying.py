"""Carrying out what was agreed, with proof; and standing by our fault once it is found (R11, S28)."""

import re
from dataclasses import replace
from typing import Final

from bot.complaint.actions import SetTimer
from bot.complaint.case import Fulfilment, Status, Verdict
from bot.desk.holding import take
from bot.desk.notes import stays_inside
from bot.desk.sheet import Sheet
from bot.policy.deadlines import follow_up_at

_BETWEEN: Final = re.compile(r"\s*[|｜]\s*")
LONGEST_PROOF: Final = 80


def waiting_tasks(sheet: Sheet) -> list[Fulfilment]:
    """Remedies without proof, the next due first."""
    return sorted((one for one in sheet.case.fulfilments if one.proof is None), key=lambda one: one.due_at)


def carry_out(sheet: Sheet, argument: str = "") -> None:
    """`/done REF`: a remedy is carried out and proved; its promise is kept; they are told (D17).

    Of several open remedies the first word names which: `/done f2 REF`. Without a reference nothing is
    carried out: a remedy without proof is none.
    """
    tasks = waiting_tasks(sheet)
    if not tasks:
        sheet.notice("notice_done")
        sheet.tell("nothing_open", key="nothing_open")
        return
    first, _, rest = argument.partition(" ")
    named = next((one for one in tasks if one.id == first.lower()), None)
    proof = (rest if named else argument).strip()
    task = named or (tasks[0] if len(tasks) == 1 else None)
    if task is None or not proof or stays_inside(proof):
        sheet.notice("notice_done")
        sheet.tell("done_how", key="done_how", open=[_task_fields(one) for one in tasks])
        return
    _prove(sheet, task, proof[:LONGEST_PROOF])


def _task_fields(task: Fulfilment) -> dict[str, object]:
    return {"ref": task.id, "kind": task.kind.value, "worth": task.worth, "due": task.due_at}


def _prove(sheet: Sheet, task: Fulfilment, proof: str) -> None:
    after = replace(task, proof=proof, done_at=sheet.at)
    sheet.change(fulfilments=tuple(after if one.id == task.id else one for one in sheet.case.fulfilments))
    sheet.keep_promise(task.promise_id)
    sheet.remark("carried_out", f"{task.id} {task.kind} {proof}")
    sheet.say("fulfil/done", kind=task.kind.value, worth=task.worth, proof=proof, at=sheet.at)
    left = len(waiting_tasks(sheet))
    if not left:
        sheet.change(status=Status.FULFILLED)
        when = follow_up_at(sheet.scene.rules, sheet.at)
        sheet.add(SetTimer(kind="fulfilment_check", key="fulfilment_check", due=when))
    sheet.tell("done", by=sheet.by.name, kind=task.kind.value, proof=proof, left=left)
    sheet.show_card()


def find_for_them(sheet: Sheet, argument: str = "") -> None:
    """`/upheld FINDING | PREVENTION`: it was our fault, said fully, with what was found and what prevents it.

    Only this opens the third level of apology; both parts are needed, and both go to the complainant.
    """
    parts = [one.strip() for one in _BETWEEN.split(argument, maxsplit=1)]
    if len(parts) != 2 or not all(parts) or any(map(stays_inside, parts)):  # noqa: PLR2004 - finding, prevention
        sheet.tell("upheld_how", key="upheld_how")
        return
    finding, prevention = parts
    take(sheet)
    sheet.answer_escalation()
    sheet.change(verdict=Verdict.UPHELD, finding=finding, prevention=prevention)
    sheet.remark("upheld", f"{finding} | {prevention}")
    sheet.say("people/upheld", finding=finding, prevention=prevention)
    sheet.tell("upheld", by=sheet.by.name, finding=finding, prevention=prevention)
    sheet.show_card()

"""`/custody` and `/lab`: who had a sample, and what the laboratory found (S37).

A refund never waits for the laboratory: a sample stands in the way of nothing once it was fetched.
"""

from typing import Final

from bot.complaint.case import Task
from bot.complaint.deskwork import Custody, TaskKind
from bot.complaint.evolving import replace
from bot.desk.acts import Act, Acts
from bot.desk.notes import stays_inside
from bot.desk.rights import Right
from bot.desk.sheet import Sheet
from bot.policy.tasking import with_task

LONGEST: Final = 120
SAMPLES: Final = (TaskKind.SAMPLE, TaskKind.QUALITY_SAMPLE)


def hand_on(sheet: Sheet, argument: str = "") -> None:
    """`/custody t2 WHO WHERE NOTE`: add a link to the chain; the first means that the sample was fetched."""
    task, words = _sample(sheet, argument)
    parts = words.split(maxsplit=2)
    if task is None or len(parts) < 2 or stays_inside(words):  # noqa: PLR2004 - who and where
        _ask_how(sheet, task)
        return
    note = parts[2][:LONGEST] if parts[2:] else ""
    link = Custody(at=sheet.at, by=parts[0][:LONGEST], place=parts[1][:LONGEST], note=note)
    fetched = not task.custody
    sheet.case = with_task(sheet.case, replace(task, custody=(*task.custody, link)))
    if fetched and task.promise_id is not None:
        sheet.keep_promise(task.promise_id)
        if sheet.case.is_open:
            sheet.say("appointment/fetched")
    sheet.remark("custody", f"{task.id} {link.by} {link.place} {link.note}".strip())
    sheet.tell("custody", ref=task.id, chain=_chain(sheet, task.id), lab="", refund=_owes_money(sheet))
    sheet.show_card()


def note_result(sheet: Sheet, argument: str = "") -> None:
    """`/lab t2 RESULT`: record the laboratory's finding."""
    task, words = _sample(sheet, argument)
    if task is None or not words or stays_inside(words):
        _ask_how(sheet, task)
        return
    sheet.case = with_task(sheet.case, replace(task, lab_result=words))
    sheet.remark("lab_result", f"{task.id} {words}")
    sheet.tell(
        "lab_result", by=sheet.by.name, ref=task.id, result=words, decided=sheet.case.verdict is not None
    )
    sheet.show_card()


def _sample(sheet: Sheet, argument: str) -> tuple[Task | None, str]:
    """The sample that the first word names, or the only one; the words behind it."""
    first, _, rest = argument.strip().partition(" ")
    samples = [one for one in sheet.case.open_tasks if one.kind in SAMPLES]
    named = next((one for one in samples if one.id == first.lower()), None)
    if named is not None:
        return named, rest.strip()
    return (samples[0] if len(samples) == 1 else None), argument.strip()


def _chain(sheet: Sheet, number: str) -> list[dict[str, object]]:
    task = next(one for one in sheet.case.tasks if one.id == number)
    return [{"at": one.at, "by": one.by, "place": one.place, "note": one.note} for one in task.custody]


def _owes_money(sheet: Sheet) -> bool:
    """A refund that is agreed and not yet proved: it goes on, whatever the laboratory says."""
    return any(one.worth and one.proof is None for one in sheet.case.fulfilments)


def _ask_how(sheet: Sheet, task: Task | None) -> None:
    shown = task or next((one for one in sheet.case.open_tasks if one.kind in SAMPLES), None)
    chain = _chain(sheet, shown.id) if shown else []
    lab = shown.lab_result if shown else ""
    sheet.tell("custody_how", key="custody_how", ref=shown.id if shown else "", chain=chain, lab=lab)


ACTS: Final = Acts(commands={"custody": Act(Right.TASK, hand_on), "lab": Act(Right.TASK, note_result)})

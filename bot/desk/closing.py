"""Ending it: asked of the complainant, never decided for them; and what still stands in the way."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from bot.complaint.actions import Button
from bot.complaint.case import Case, Promise, Severity, Verdict
from bot.complaint.conversation import Step
from bot.desk.books import Book, Way
from bot.desk.door import Act, is_held
from bot.desk.holding import take
from bot.desk.notes import is_note, stays_inside
from bot.desk.sheet import Sheet
from bot.policy.tasking import blocks_close

SETTLED: Final = (Button("settled_yes", "settled_yes"), Button("settled_no", "settled_no"))
BACK: Final = (Button("back_yes", "back_yes"), Button("back_no", "back_no"))

Missing = dict[str, str | datetime | None]
"""One thing that is still owed: `kind`, `what` of it, by when `due`, and its `ref` in the case."""


def missing(case: Case, *, answered: bool = False) -> tuple[Missing, ...]:
    """What stands between this case and its end. `answered`: the promised first answer goes out just now.

    An open promise, a remedy without proof, and, where the fault was ours, what was found and what prevents
    it: none of them may be forgotten by closing (S53, S65, S84).
    """
    return (*_tasks(case), *_promises(case, answered=answered), *_finding(case))


def _tasks(case: Case) -> Iterator[Missing]:
    for one in case.fulfilments:
        if one.proof is None:
            yield {"kind": "fulfilment", "what": one.kind.value, "due": one.due_at, "ref": one.id}
    for task in case.open_tasks:
        if blocks_close(task):
            yield {"kind": "task", "what": task.kind.value, "due": task.due_at, "ref": task.id}


def _promises(case: Case, *, answered: bool) -> Iterator[Missing]:
    told = {one.promise_id for one in case.fulfilments if one.proof is None}
    told |= {one.promise_id for one in case.open_tasks if blocks_close(one)}
    waiting = case.open_escalation
    answer = waiting.promise_id if waiting and waiting.promise_id not in told else None
    for one in case.open_promises:
        if one.id == answer and not answered:
            yield _owed("answer", one)
        elif one.id not in told and one.id != answer:
            yield _owed("promise", one)


def _owed(kind: str, promise: Promise) -> Missing:
    return {"kind": kind, "what": promise.kind, "due": promise.due_at, "ref": promise.id}


def _finding(case: Case) -> Iterator[Missing]:
    if case.verdict not in (Verdict.UPHELD, Verdict.PARTLY):
        return
    for kind, words in (("finding", case.finding), ("prevention", case.prevention)):
        if not words.strip():
            yield {"kind": kind, "what": "", "due": None, "ref": ""}


def ask_settled(sheet: Sheet, argument: str = "") -> None:
    """Ask the complainant whether it is settled. Their yes closes it; nothing else does."""
    words = "" if stays_inside(argument) else argument
    if is_note(argument):
        sheet.remark("note", argument)
    owed = missing(sheet.case, answered=bool(words))
    if sheet.talk.step is Step.RESOLVING and is_held(sheet.case):
        _not_now(sheet)
        sheet.tell("already_asked", key="already_asked")
    elif owed:
        _not_now(sheet)
        sheet.tell("cannot_resolve", key="cannot_resolve", missing=list(owed))
    else:
        take(sheet)
        if words:
            sheet.answer_escalation()
        _ask(sheet, "people/is_it_settled", SETTLED, "settled", words=words, items=_carried_out(sheet.case))
        sheet.talk = sheet.talk.evolve(step=Step.RESOLVING)
        sheet.remark("asked_if_settled", words)
        _confirm(sheet, "asked_settled")


def ask_back(sheet: Sheet, _argument: str = "") -> None:
    """Ask the complainant whether the bot may go on; until their yes the person has the case (R33)."""
    if sheet.talk.step is Step.RETURNING:
        _not_now(sheet)
        sheet.tell("already_asked", key="already_asked")
    elif sheet.case.severity is Severity.SEV1:
        _not_now(sheet)
        sheet.tell("cannot_return", key="cannot_return", why="danger")
    elif sheet.case.open_escalation is not None:
        _not_now(sheet)
        sheet.tell("cannot_return", key="cannot_return", why="answer")
    else:
        _ask(sheet, "people/back_to_bot", BACK, "back")
        sheet.talk = sheet.talk.evolve(step=Step.RETURNING)
        sheet.remark("asked_to_return")
        _confirm(sheet, "asked_back")


def _ask(sheet: Sheet, name: str, buttons: tuple[Button, ...], ask: str, **fields: object) -> None:
    sheet.go(sheet.talk.step)
    sheet.notice("notice_done")
    sheet.say(name, buttons, ask=ask, **fields)


def _confirm(sheet: Sheet, line: str) -> None:
    """A press was answered on the screen; a command is answered in the topic."""
    if not sheet.scene.query:
        sheet.tell(line)
    sheet.show_card()


def _not_now(sheet: Sheet) -> None:
    sheet.notice("notice_cannot")


def _carried_out(case: Case) -> list[str]:
    return [one.kind.value for one in case.fulfilments if one.proof is not None]


BOOK: Final = Book(
    commands={"resolve": Way(Act.RESOLVE, ask_settled), "bot": Way(Act.TO_BOT, ask_back)},
    presses={"resolve": Way(Act.RESOLVE, ask_settled), "to_bot": Way(Act.TO_BOT, ask_back)},
)

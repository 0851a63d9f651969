"""A colleague's dated words become promises as they go out: "今天18:00前给您答复" is one (R22, S83, S84).

The promise follows its message: an edit moves it, and taking the message back takes it back. What was read wrongly is
no promise after one tap.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from bot.complaint.actions import Button, Rows, Tell
from bot.complaint.case import Promise, PromiseStatus, Task
from bot.complaint.colleagues import Role
from bot.complaint.deskwork import TaskKind
from bot.complaint.events import AgentWrote, Pressed
from bot.complaint.evolving import replace
from bot.complaint.ids import MessageRef
from bot.desk.acts import Act, Acts
from bot.desk.notes import order_of
from bot.desk.rights import Right, holds
from bot.desk.sheet import Sheet
from bot.desk.tasks.dating import Dated, dated
from bot.desk.tasks.promising import in_words
from bot.policy.commitments import moved
from bot.policy.promise_names import OWN_WORDS
from bot.policy.tasking import tasked
from bot.reading.pledgewords import sort_of

SLIP: Final = timedelta(minutes=10)
"""So long a time that was written wrongly is put right; a later one after that is a postponement, and counts as one."""
NO_PROMISE: Final = "no_promise"
ANSWER: Final = "other"
"""The sort of promise that words alone keep."""
_MINUTE: Final = timedelta(minutes=1)
_Mark = tuple[str, datetime]


def bind(sheet: Sheet, text: str, source: MessageRef | None, *, by: str, edited: bool = False) -> None:
    """Book what these words promise; they go to the complainant in this very turn.

    `source` is their message, `by` who wrote them: the promise is theirs to keep. `edited` words read otherwise before.
    """
    if not sheet.case.is_open:
        _as_tasks(sheet, text, by)
        return
    before = _made_by(sheet, source) if edited else ()
    wanted = _dated(sheet, text, before[0].made_at if before else sheet.at)
    if wanted is None:
        return
    still = {_mark(one.words, one.due) for one in wanted}
    stand = {_mark(one.text, one.due_at) for one in before}
    new = [one for one in wanted if _mark(one.words, one.due) not in stand]
    gone = [
        one for one in before if one.status is PromiseStatus.OPEN and _mark(one.text, one.due_at) not in still
    ]
    for one, said in zip(gone, new, strict=False):
        _move(sheet, one, said.words, said.due)
    for one in gone[len(new) :]:
        _take_back(sheet, one)
    for said in new[len(gone) :]:
        _book(sheet, said, source, by)


def unbind(sheet: Sheet, source: MessageRef) -> None:
    """The message was taken back, and with it what it promised."""
    for one in _made_by(sheet, source):
        if one.status is PromiseStatus.OPEN:
            _take_back(sheet, one)


def _as_tasks(sheet: Sheet, text: str, by: str) -> None:
    """In a closed case nothing may stay promised: what its words bind to is work with an owner and a time (R22)."""
    for one in _dated(sheet, text, sheet.at) or ():
        if any((task.what, task.due_at) == (one.words, one.due) for task in sheet.case.open_tasks):
            continue
        owner_id = sheet.by.id if by == sheet.by.name else None
        draft = Task(
            id="",
            kind=TaskKind.OTHER,
            what=one.words,
            owner=by,
            owner_id=owner_id,
            made_at=sheet.at,
            due_at=one.due,
        )
        sheet.case, task, timers = tasked(sheet.case, draft, sheet.scene.rules)
        sheet.actions += timers
        sheet.remark("task_set", f"{task.id} {task.kind} {by} {one.due.isoformat()} {one.words}")
        sheet.tell("pledge_as_task", ref=task.id, words=one.words, until=one.due)


def bind_for_many(sheet: Sheet, text: str, by: str, earlier: Collection[str]) -> None:
    """Acts in one case what an update to many promises, without a line: its preview told it (R22, S71).

    The answer that an `earlier` update promised is given with this one, or put off if this names another time.
    """
    booked, _ = dated(sheet.scene.rules, text, sheet.at, sheet.at, sheet.case.queue)
    answers = [one for one in booked if sort_of(one.words) == ANSWER]
    for one in sheet.case.open_promises:
        if not _of_update(one, earlier) or any(_tells(one, new.words, new.due) for new in answers):
            continue
        if answers:
            sheet.renegotiate(one.id)
        else:
            sheet.keep_promise(one.id)
    for new in booked:
        if sheet.case.is_open and not any(
            _tells(one, new.words, new.due) for one in sheet.case.open_promises
        ):
            made = _promise(sheet, new.words, new.due, None, by)
            sheet.remark("promised", f"{made.id} {made.due_at.isoformat()} {new.words}")
    if not sheet.case.is_open:
        _as_tasks(sheet, text, by)


def _of_update(one: Promise, earlier: Collection[str]) -> bool:
    """Whether an update promised this, and only to tell how it stands."""
    ours = one.kind == OWN_WORDS and one.source is None and sort_of(one.text) == ANSWER
    return ours and any(one.text in words for words in earlier)


def _mark(words: str, due: datetime) -> _Mark:
    """What makes two promises the same one."""
    return sort_of(words), due


def _made_by(sheet: Sheet, source: MessageRef | None) -> tuple[Promise, ...]:
    """The promises that these words made; one that was put off goes on as another."""
    return tuple(
        one
        for one in sheet.case.promises
        if one.source is not None and one.source == source and one.status is not PromiseStatus.RENEGOTIATED
    )


def _dated(sheet: Sheet, text: str, said_at: datetime) -> tuple[Dated, ...] | None:
    """The promises in these words, each with its time; None if one cannot be meant so, and its writer is told."""
    booked, wrong = dated(sheet.scene.rules, text, said_at, sheet.at, sheet.case.queue)
    for one in wrong[:1]:
        why = "past" if one.due <= sheet.at else "far"
        sheet.tell("pledge_not_booked", key="pledge_not_booked", words=one.words, until=one.due, why=why)
        return None
    return booked


def _book(sheet: Sheet, said: Dated, source: MessageRef | None, by: str) -> None:
    """A new promise, unless it only tells one that stands."""
    if any(_tells(one, said.words, said.due) for one in sheet.case.open_promises):
        return
    made = _promise(sheet, said.words, said.due, source, by)
    sheet.remark("promised", f"{made.id} {made.due_at.isoformat()} {said.words}")
    buttons = ((Button(NO_PROMISE, NO_PROMISE, made.id),),)
    follows = not isinstance(sheet.scene.event, Pressed) and not _by_order(sheet)
    _tell(sheet, "pledge_booked", made, source, buttons=buttons, daily=said.daily, follows=follows)
    sheet.show_card()


def _by_order(sheet: Sheet) -> bool:
    """Whether the words stand behind a command: an edit of that changes nothing."""
    event = sheet.scene.event
    return isinstance(event, AgentWrote) and order_of(event.text) is not None


def _tells(standing: Promise, words: str, due: datetime) -> bool:
    same_time = abs(standing.due_at - due) < _MINUTE
    return same_time and (standing.kind != OWN_WORDS or sort_of(standing.text) == sort_of(words))


def _promise(sheet: Sheet, words: str, due: datetime, source: MessageRef | None, by: str) -> Promise:
    return in_words(sheet, sheet.promise(OWN_WORDS, by=due, owner=by), words, source)


def _move(sheet: Sheet, one: Promise, words: str, due: datetime) -> None:
    """The words name another time now: a slip is put right, a later time is a postponement (S53)."""
    if due <= one.due_at or sheet.at - one.made_at <= SLIP:
        sheet.case, timers = moved(sheet.case, one, due, words, sheet.at, sheet.scene.rules)
        sheet.actions += timers
        again = replace(one, text=words, due_at=due)
    else:
        sheet.renegotiate(one.id)
        again = _promise(sheet, words, due, one.source, one.owner)
        sheet.repromise(one.id, again.id)
    sheet.remark("promise_moved", f"{one.id} {again.id} {due.isoformat()} {words}")
    buttons = ((Button(NO_PROMISE, NO_PROMISE, again.id),),)
    _tell(sheet, "pledge_moved", again, one.source, buttons=buttons, before=one.due_at)
    sheet.show_card()


def _take_back(sheet: Sheet, one: Promise) -> None:
    """The words no longer promise it; written again they would promise it anew.

    One whose time is near stands: nobody gets round a miss by an edit.
    """
    if one.warned:
        return
    sheet.settle_promise(one.id, PromiseStatus.WITHDRAWN)
    for settled in sheet.case.promises:
        if settled.id == one.id:
            in_words(sheet, settled, settled.text)
    sheet.remark("promise_taken_back", f"{one.id} {one.text}")
    _tell(sheet, "pledge_gone", one, one.source)
    sheet.show_card()


def is_no_promise(sheet: Sheet, value: str = "") -> None:
    """One tap: it was not meant as a promise. Whoever wrote it, has the case or stands above says so.

    Near its time only who stands above: nobody gets round a miss by a tap.
    """
    one = next((own for own in sheet.case.open_promises if own.id == value and own.kind == OWN_WORDS), None)
    if one is None:
        sheet.notice("notice_late")
        sheet.strip()
        return
    above = sheet.colleague is not None and sheet.colleague.at_least(Role.SUPERVISOR)
    if not (one.owner == sheet.by.name or holds(sheet.by, sheet.case) or above):
        sheet.refused = "not_yours"
        sheet.notice("notice_not_yours", alert=True, by=one.owner)
        return
    if one.warned and not above:
        sheet.refused = "no_right"
        sheet.notice("notice_no_right", alert=True, needs=Role.SUPERVISOR.value)
        return
    sheet.settle_promise(one.id, PromiseStatus.WITHDRAWN)
    sheet.remark("no_promise", f"{one.id} {one.text}")
    sheet.notice("notice_done")
    fields = {"ref": one.id, "words": one.text}
    sheet.add(Tell(name="pledge_gone", fields=fields, instead_of=sheet.scene.pressed))
    sheet.show_card()


def _tell(
    sheet: Sheet, line: str, one: Promise, source: MessageRef | None, buttons: Rows = (), **more: object
) -> None:
    """One short line, which points at the words where they stand in the topic."""
    event = sheet.scene.event
    here = isinstance(event, AgentWrote) and source is not None and source.chat == event.chat
    fields = {"ref": one.id, "words": one.text, "until": one.due_at, **more}
    if line == "pledge_gone":
        del fields["until"]
    key = f"pledge:{one.id}"
    sheet.add(Tell(name=line, fields=fields, buttons=buttons, key=key, answers=source if here else None))


ACTS: Final = Acts(presses={NO_PROMISE: Act(Right.DONE, is_no_promise)})

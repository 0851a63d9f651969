"""A colleague's dated words become promises as they go out: "今天18:00前给您答复" is one (R22, S83, S84).

The promise follows its message: an edit moves it, and taking the message back takes it back. What was read wrongly is
no promise after one tap.
"""

from datetime import datetime, timedelta
from typing import Final

from bot.complaint.actions import Button, Rows, Tell
from bot.complaint.case import Promise, PromiseStatus
from bot.complaint.colleagues import Role
from bot.complaint.events import AgentWrote
from bot.complaint.evolving import replace
from bot.complaint.ids import MessageRef
from bot.desk.books import Book, Way
from bot.desk.rights import Right, holds
from bot.desk.sheet import Sheet
from bot.desk.tasks.promising import LONGEST, OWN_WORDS
from bot.policy.calendar import add_working
from bot.policy.commitments import moved
from bot.reading.pledgewords import Pledge, pledges_in, sort_of

FARTHEST: Final = timedelta(days=90)
"""What is promised for later than this is a slip of the pen."""
SLIP: Final = timedelta(minutes=10)
"""So long a time that was written wrongly is put right; a later one after that is a postponement, and counts as one."""
NO_PROMISE: Final = "no_promise"
_MINUTE: Final = timedelta(minutes=1)
_Mark = tuple[str, datetime]


def bind(sheet: Sheet, text: str, source: MessageRef | None, *, by: str, edited: bool = False) -> None:
    """Book what these words promise; they go to the complainant in this very turn.

    `source` is their message, `by` who wrote them: the promise is theirs to keep. `edited` words read otherwise before.
    """
    if not sheet.case.is_open:
        return
    before = _made_by(sheet, source) if edited else ()
    wanted = _dated(sheet, text, before[0].made_at if before else sheet.at)
    if wanted is None:
        return
    still = {_mark(words, due) for words, due in wanted}
    stand = {_mark(one.text, one.due_at) for one in before}
    new = [one for one in wanted if _mark(*one) not in stand]
    gone = [
        one for one in before if one.status is PromiseStatus.OPEN and _mark(one.text, one.due_at) not in still
    ]
    for one, (words, due) in zip(gone, new, strict=False):
        _move(sheet, one, words, due)
    for one in gone[len(new) :]:
        _take_back(sheet, one)
    for words, due in new[len(gone) :]:
        _book(sheet, words, due, source, by)


def unbind(sheet: Sheet, source: MessageRef) -> None:
    """The message was taken back, and with it what it promised."""
    for one in _made_by(sheet, source):
        if one.status is PromiseStatus.OPEN:
            _take_back(sheet, one)


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


def _dated(sheet: Sheet, text: str, said_at: datetime) -> list[tuple[str, datetime]] | None:
    """The promises in these words, each with its time; None if one cannot be meant so, and its writer is told."""
    rules = sheet.scene.rules
    found = pledges_in(text, said_at.astimezone(rules.clock), rules.hours.closes)
    dated: list[tuple[str, datetime]] = []
    for one in found:
        due = _due(sheet, one, said_at)
        if sheet.at < due <= sheet.at + FARTHEST:
            dated.append((one.words[:LONGEST], due))
        elif one.limit:
            why = "past" if due <= sheet.at else "far"
            sheet.tell("pledge_not_booked", key="pledge_not_booked", words=one.words, until=due, why=why)
            return None
    return dated


def _due(sheet: Sheet, pledge: Pledge, said_at: datetime) -> datetime:
    if pledge.due is not None:
        return pledge.due
    return add_working(sheet.scene.rules, said_at, days=pledge.working_days, queue=sheet.case.queue)


def _book(sheet: Sheet, words: str, due: datetime, source: MessageRef | None, by: str) -> None:
    """A new promise, unless it only tells one that stands."""
    if any(_tells(one, words, due) for one in sheet.case.open_promises):
        return
    made = _promise(sheet, words, due, source, by)
    sheet.remark("promised", f"{made.id} {made.due_at.isoformat()} {words}")
    _tell(sheet, "pledge_booked", made, source, buttons=((Button(NO_PROMISE, NO_PROMISE, made.id),),))
    sheet.show_card()


def _tells(standing: Promise, words: str, due: datetime) -> bool:
    same_time = abs(standing.due_at - due) < _MINUTE
    return same_time and (standing.kind != OWN_WORDS or sort_of(standing.text) == sort_of(words))


def _promise(sheet: Sheet, words: str, due: datetime, source: MessageRef | None, by: str) -> Promise:
    made = sheet.promise(OWN_WORDS, by=due, owner=by)
    made = replace(made, text=words, source=source)
    _put(sheet, made)
    return made


def _put(sheet: Sheet, promise: Promise) -> None:
    sheet.change(promises=tuple(promise if one.id == promise.id else one for one in sheet.case.promises))


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
            _put(sheet, replace(settled, source=None))
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


BOOK: Final = Book(presses={NO_PROMISE: Way(Right.DONE, is_no_promise)})

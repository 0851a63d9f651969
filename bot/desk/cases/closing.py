"""Closing a case: the complainant is asked, and everything owed must be done first."""

from datetime import datetime
from typing import Final

from bot.complaint.actions import Button, SetTimer
from bot.complaint.case import Case, Offer, Severity
from bot.complaint.conversation import Step
from bot.desk.acts import Act, Acts
from bot.desk.holding import take
from bot.desk.learning.causing import ask_cause
from bot.desk.notes import is_note, stays_inside
from bot.desk.remedies.laying import shown, with_customer
from bot.desk.rights import Right, is_held
from bot.desk.sheet import Sheet
from bot.policy.deadlines import nudge_at
from bot.policy.endings import owed
from bot.policy.promise_names import called

SETTLED: Final = (Button("settled_yes", "settled_yes"), Button("settled_no", "settled_no"))
BACK: Final = (Button("back_yes", "back_yes"), Button("back_no", "back_no"))

CAUSE: Final = "cause"
Missing = dict[str, str | datetime | bool | None]
"""One thing that is still owed: `kind`, `what` of it, by when `due`, and its `ref` in the case; in which words it was
`said`, and whether a `tap` on the line settles it."""


def missing(case: Case, *, answered: bool = False) -> tuple[Missing, ...]:
    """What prevents closing. `answered`: the promised first answer goes out right now."""
    said = {one.id: called(one) for one in case.open_promises if called(one) != one.kind}
    return tuple(
        {
            "kind": one.kind,
            "what": one.what,
            "due": one.due,
            "ref": one.ref,
            "said": said.get(one.ref, ""),
            "tap": one.kind == CAUSE,
        }
        for one in owed(case, answered=answered)
    )


def tell_missing(sheet: Sheet, lacking: tuple[Missing, ...], words: str = "") -> None:
    """What is still owed, each with its command; the causes stand under it where one has to be chosen."""
    rows = ask_cause(sheet) if any(one["kind"] == CAUSE for one in lacking) else ()
    sheet.tell("cannot_resolve", rows, key="cannot_resolve", missing=list(lacking), words=words)


def ask_settled(sheet: Sheet, argument: str = "", *, withdrawn: bool = False) -> None:
    """Ask the complainant whether it is settled. Only their yes closes the case.

    `withdrawn`: an offer was taken back with this question, which tells them so.
    """
    words = "" if stays_inside(argument) else argument
    if is_note(argument):
        sheet.remark("note", argument)
    lacking, offer = missing(sheet.case, answered=bool(words)), with_customer(sheet.case)
    if sheet.talk.step is Step.RESOLVING and is_held(sheet.case):
        _waits(sheet, words)
    elif lacking:
        _not_now(sheet)
        tell_missing(sheet, lacking, words)
    elif offer is not None:
        _not_over(sheet, offer, words)
    else:
        take(sheet)
        _put(sheet, words, withdrawn=withdrawn)


def parting_words(sheet: Sheet, offer: Offer) -> str:
    """What was written to go with the end, while this offer waited for its answer."""
    about, words = sheet.talk.parting
    return words if about == offer.id else ""


def _not_over(sheet: Sheet, offer: Offer, words: str) -> None:
    """An offer waits for its answer: what is open since when, and what to do about it (S95).

    Words that were to go with the end are kept with the offer.
    """
    if words:
        sheet.talk = sheet.talk.evolve(parting=(offer.id, words))
    keys = (
        Button("wait_for_answer", "wait_for_answer", offer.id),
        Button("ask_without_offer", "ask_without_offer", offer.id),
    )
    fields = {"parts": shown(sheet, offer.parts), "since": offer.at, "until": offer.valid_until}
    _not_now(sheet)
    sheet.tell("offer_open", (keys,), key="cannot_resolve", words=parting_words(sheet, offer), **fields)


def _put(sheet: Sheet, words: str, *, withdrawn: bool) -> None:
    if words:
        sheet.answer_escalation()
        sheet.show_card()
    done = _carried_out(sheet.case)
    _ask(sheet, "people/is_it_settled", SETTLED, "settled", words=words, items=done, withdrawn=withdrawn)
    sheet.talk = sheet.talk.evolve(step=Step.RESOLVING)
    sheet.remark("asked_if_settled", words)
    reminder = nudge_at(sheet.scene.rules, 1, sheet.at)
    if reminder is not None:
        sheet.add(SetTimer(kind="nudge", key="nudge", due=reminder))
    _confirm(sheet, "asked_settled")


def ask_back(sheet: Sheet, _argument: str = "") -> None:
    """Ask the complainant whether the bot may go on; until their yes the person has the case (R33)."""
    if sheet.talk.step is Step.RETURNING:
        _waits(sheet)
    elif sheet.case.severity is Severity.SEV1:
        _not_now(sheet)
        sheet.tell("cannot_return", key="cannot_return", why="danger")
    elif sheet.case.open_escalation is not None:
        _not_now(sheet)
        sheet.tell("cannot_return", key="cannot_return", why="answer")
    elif sheet.case.open_approvals or any(one.parts and one.state == "chosen" for one in sheet.case.offers):
        _not_now(sheet)
        sheet.tell("cannot_return", key="cannot_return", why="offer")
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
    """Confirm: on the screen for a press, in the topic for a command.

    The card waits for their answer: that the clock stands still is not worth one of the group's few messages.
    """
    if not sheet.scene.query:
        sheet.nod(line)


def _waits(sheet: Sheet, words: str = "") -> None:
    """They were asked already: on the screen for a press, in the topic for a command."""
    sheet.notice("notice_already_asked")
    if not sheet.scene.query:
        sheet.tell("already_asked", key="already_asked", words=words)


def _not_now(sheet: Sheet) -> None:
    sheet.notice("notice_cannot")


def _carried_out(case: Case) -> list[str]:
    return [one.kind.value for one in case.fulfilments if one.proof is not None]


ACTS: Final = Acts(
    commands={"resolve": Act(Right.RESOLVE, ask_settled), "bot": Act(Right.TO_BOT, ask_back)},
    presses={"resolve": Act(Right.RESOLVE, ask_settled), "to_bot": Act(Right.TO_BOT, ask_back)},
)

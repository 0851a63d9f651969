"""What becomes of an open offer over which somebody would end the case: waited for, taken back, or agreed elsewhere."""

from typing import Final

from bot.complaint.case import Agreement, Offer, Status
from bot.complaint.conversation import Step
from bot.desk.acts import Act, Acts
from bot.desk.cases.closing import ask_settled, parting_words
from bot.desk.cases.transferring import LONGEST
from bot.desk.holding import take
from bot.desk.notes import stays_inside
from bot.desk.remedies.laying import items_of, last_due, settle, take_off, with_customer
from bot.desk.rights import Right
from bot.desk.sheet import Sheet
from bot.desk.tasks.pledging import bind
from bot.policy.endings import owed
from bot.policy.granted import granted_before
from bot.policy.remedies import as_work, goes_back
from bot.policy.remedy_kinds import AT_ONCE, KIND_RULES


def wait(sheet: Sheet, _value: str = "") -> None:
    """The offer stands until they answer it, or its time is over."""
    sheet.notice("notice_done")
    sheet.strip()


def ask_without(sheet: Sheet, value: str = "") -> None:
    """Take the offer back, and ask the complainant whether it is settled, in one message.

    What was written to go with it goes with it.
    """
    lying = with_customer(sheet.case)
    if lying is None or lying.id != value:
        sheet.notice("notice_late")
        sheet.strip()
        return
    words = parting_words(sheet, lying)
    if owed(sheet.case, answered=bool(words)):
        ask_settled(sheet, words)
    else:
        take_off(sheet, "withdrawn")
        sheet.remark("offer_withdrawn", lying.id)
        ask_settled(sheet, words, withdrawn=True)
        bind(sheet, words, None, by=sheet.by.name)
        sheet.show_card()
    sheet.strip()


def agreed(sheet: Sheet, argument: str = "") -> None:
    """`/agreed HOW`: the complainant said yes somewhere else; they read what was noted, and may object (S95)."""
    lying, note = with_customer(sheet.case), argument.strip()[:LONGEST]
    if lying is None:
        sheet.tell("no_offer", key="no_offer")
        return
    if not note or stays_inside(note):
        sheet.tell("agreed_how", key="agreed_how")
        return
    had = granted_before(lying.kinds, sheet.case, sheet.scene.situation.other_cases)
    if had is not None:
        sheet.tell("offer_twice", kind=had[0].value, where=had[1])
        return
    take(sheet)
    sheet.remark("agreed_elsewhere", f"{lying.id}: {note}")
    _agree(sheet, lying)


def _agree(sheet: Sheet, offer: Offer) -> None:
    """Every part becomes somebody's work with a promise, as after a yes to the card."""
    take_off(sheet, "replaced")
    settle(sheet, {offer.id}, "agreed")
    sheet.answer_escalation()
    items = items_of(sheet, offer)
    due = last_due(items)
    sheet.change(
        agreement=Agreement(offer_id=offer.id, text=offer.words, confirmed_at=sheet.at),
        status=Status.FULFILLED if due is None else Status.FULFILLING,
    )
    for part in offer.parts:
        promise = (
            None if part.kind in AT_ONCE else sheet.promise(part.kind.value, KIND_RULES[part.kind].done_by)
        )
        work = as_work(sheet.case, part.kind, sheet.at, promise, goes_back(part))
        sheet.change(fulfilments=(*sheet.case.fulfilments, work))
    sheet.go(Step.WITH_PEOPLE)
    if due is None:
        sheet.say("agreement/apology_done")
    else:
        sheet.say("offer/agreed_elsewhere", items=items, due=due)
    sheet.tell("agreed", items=items, due=due, words=parting_words(sheet, offer))
    sheet.show_card()


ACTS: Final = Acts(
    commands={"agreed": Act(Right.OFFER, agreed)},
    presses={
        "wait_for_answer": Act(Right.RESOLVE, wait),
        "ask_without_offer": Act(Right.RESOLVE, ask_without),
    },
)

"""`/offer`: within the agent's limit it goes out at once, above it becomes a request (S93, S98, S17)."""

import re
from collections.abc import Sequence
from typing import Final

from bot.complaint.actions import Button, Rows, Tell
from bot.complaint.case import Offer, Part
from bot.complaint.reading import RemedyKind
from bot.desk.acts import Act, Acts
from bot.desk.holding import take
from bot.desk.notes import stays_inside
from bot.desk.remedies.asking import ask_for, drop_requests
from bot.desk.remedies.laying import lay, settle, shown, take_off, with_customer, without_waiting
from bot.desk.remedies.parts import NotSo, parts_of
from bot.desk.rights import Right
from bot.desk.sheet import Sheet
from bot.policy.granted import granted_before
from bot.policy.ladder import required

BETWEEN: Final = re.compile(r"\s*[|｜]\s*")
USUAL: Final = {
    "refund": "full refund",
    "replace": "replace",
    "resend": "resend",
    "both": "return + full refund",
}
"""The offers that have a button, as they would be typed."""
LONGEST_REASON: Final = 200


def offer(sheet: Sheet, argument: str = "") -> None:
    """Offer what was written: `REMEDY SUM + REMEDY SUM | REASON`; or, from a button, one of the usual ones."""
    words, reason = _parted(USUAL.get(argument, argument))
    if not words or stays_inside(words) or stays_inside(reason):
        _say_how(sheet)
        return
    try:
        parts = parts_of(words, sheet.case, sheet.scene.rules)
    except NotSo as wrong:
        sheet.notice("notice_see_topic")
        sheet.tell("offer_not_so", _usual(sheet), key="offer_how", why=wrong.why, words=wrong.words[:60])
        return
    if not _refused_twice(sheet, parts):
        _make(sheet, parts, words, reason[:LONGEST_REASON])


def _parted(argument: str) -> tuple[str, str]:
    pieces = BETWEEN.split(argument.strip(), maxsplit=1)
    return pieces[0], pieces[1] if pieces[1:] else ""


def _refused_twice(sheet: Sheet, parts: Sequence[Part]) -> bool:
    """Refuse what was granted already, and say where."""
    had = granted_before([one.kind for one in parts], sheet.case, sheet.scene.situation.other_cases)
    if had is None:
        return False
    sheet.notice("notice_see_topic")
    sheet.tell("offer_twice", kind=had[0].value, where=had[1])
    return True


def _make(sheet: Sheet, parts: Sequence[Part], words: str, reason: str) -> None:
    others = sheet.scene.situation.other_cases
    need = required(sheet.scene.rules, sheet.level, parts, without_waiting(sheet.case), others)
    if need.people:
        if not reason:
            sheet.notice("notice_see_topic")
            sheet.tell("offer_reason", key="offer_how", words=words[:80])
            return
        take(sheet)
        ask_for(sheet, parts, need, reason)
        return
    take(sheet)
    drop_requests(sheet)
    made = lay(sheet, parts, sheet.level, by=sheet.by.name)
    sheet.notice("notice_done")
    _sent(sheet, made)


def _sent(sheet: Sheet, made: Offer) -> None:
    """A command says itself what was offered; of a button the message under it tells what became of it."""
    fields = {"by": sheet.by.name, "parts": shown(sheet, made.parts), "until": made.valid_until}
    if not sheet.scene.query:
        sheet.nod("offer_sent", **fields)
        return
    back: Rows = ((Button("withdraw_offer", "withdraw_offer", made.id),),)
    sheet.add(Tell(name="offer_sent", fields=fields, buttons=back, instead_of=sheet.scene.pressed))


def _say_how(sheet: Sheet) -> None:
    sheet.notice("notice_see_topic")
    sheet.tell("offer_how", _usual(sheet), key="offer_how")


def _usual(sheet: Sheet) -> Rows:
    """The usual remedies as buttons, where the order is known and they were not granted yet."""
    case = sheet.case
    order = case.facts.order
    if order is None:
        return ()
    had = sheet.scene.situation.other_cases
    rows = (
        (Button("offer_refund", "offer", "refund", fields={"price": order.price}), RemedyKind.REFUND_FULL),
        (Button("offer_both", "offer", "both", fields={"price": order.price}), RemedyKind.REFUND_FULL),
        (Button("offer_replace", "offer", "replace"), RemedyKind.REPLACE),
        (Button("offer_resend", "offer", "resend"), RemedyKind.RESEND_MISSING),
    )
    left = tuple(button for button, kind in rows if granted_before((kind,), case, had) is None)
    return tuple(left[at : at + 2] for at in range(0, len(left), 2))


def withdraw(sheet: Sheet, value: str = "") -> None:
    """Take an offer back before the complainant's yes, or a request before it is decided; they are told."""
    lying = with_customer(sheet.case)
    named = value if value.startswith("o") else ""
    if lying is not None and named in ("", lying.id):
        take_off(sheet, "withdrawn")
        sheet.go(sheet.talk.step)
        sheet.say("offer/withdrawn")
        sheet.remark("offer_withdrawn", lying.id)
        _confirm(sheet, "offer_withdrawn")
    elif not named and drop_requests(sheet):
        _confirm(sheet, "request_withdrawn")
    else:
        sheet.notice("notice_late")
        if not sheet.scene.query:
            sheet.tell("no_offer", key="no_offer")
    if value:
        sheet.strip()


def _confirm(sheet: Sheet, line: str) -> None:
    sheet.notice("notice_done")
    sheet.tell(line, by=sheet.by.name)
    sheet.show_card()


def run_out(sheet: Sheet, key: str) -> None:
    """The offer expired: both sides are told; a new one may be made."""
    offer_id = key.partition(":")[2]
    lying = next((one for one in sheet.case.offers if one.id == offer_id and one.state == "chosen"), None)
    if lying is None or not sheet.case.is_open:
        return
    settle(sheet, {lying.id}, "expired")
    sheet.go(sheet.talk.step)
    sheet.say("offer/expired")
    sheet.remark("offer_expired", lying.id)
    if sheet.case.at_desk:
        # one of many made with an incident may lie where nobody opened a topic: fifty would open at once
        sheet.tell("offer_expired", parts=shown(sheet, lying.parts))
        sheet.show_card()


ACTS: Final = Acts(
    commands={"offer": Act(Right.OFFER, offer), "withdraw_offer": Act(Right.WITHDRAW_OFFER, withdraw)},
    presses={"offer": Act(Right.OFFER, offer), "withdraw_offer": Act(Right.WITHDRAW_OFFER, withdraw)},
    dues={"offer_ends": run_out},
)

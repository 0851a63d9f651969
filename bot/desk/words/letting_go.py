"""Decisions on a held draft: send it, take the case over with it, or keep it as a note."""

from typing import Final

from bot.complaint.colleagues import Colleague, Role
from bot.complaint.deskwork import HeldWords
from bot.complaint.evolving import replace
from bot.desk.acts import Act, Acts
from bot.desk.drafts import DUE, ask, forget, held_named, put_in_place, relays_of
from bot.desk.holding import take_over
from bot.desk.rights import Refused, Right, holds, is_held, may
from bot.desk.sheet import Sheet
from bot.desk.words.speaking import utter


def send_anyway(sheet: Sheet, value: str = "") -> None:
    """Send a held draft once: by its writer, or by a supervisor."""
    held = _waiting(sheet, value)
    if held is None or not _theirs(sheet, held):
        return
    what = Right.EDIT if held.edited else Right.SPEAK
    answer = may(_writer(sheet, held), what, sheet.case)
    if isinstance(answer, Refused):
        sheet.refused = answer.reason
        _not_now(sheet, held, answer.reason)
        return
    _send(sheet, held)


def take_and_send(sheet: Sheet, value: str = "") -> None:
    """The writer takes the case over with these words; the former holder is told."""
    held = _waiting(sheet, value)
    if held is None or not _theirs(sheet, held, themselves=True):
        return
    answer = may(sheet.colleague, Right.SPEAK, sheet.case.evolve(holder=sheet.by))
    if isinstance(answer, Refused):
        sheet.refused = answer.reason
        sheet.notice(f"notice_{answer.reason}", alert=True, other="", needs="")
        return
    before = sheet.case.holder
    if is_held(sheet.case) and before is not None and not holds(sheet.by, sheet.case):
        take_over(sheet, str(before.id))
        forget(sheet, held)
        utter(sheet, *relays_of(held))
    else:
        _send(sheet, held)


def let_one(sheet: Sheet, value: str = "") -> None:
    """Send only these words; the holder, or a supervisor, allows it and keeps the case."""
    held = _waiting(sheet, value)
    holder = sheet.case.holder
    if held is None or sheet.colleague is None:
        return
    if not (holds(sheet.by, sheet.case) or sheet.colleague.at_least(Role.SUPERVISOR)):
        sheet.refused = "held"
        sheet.notice("notice_let_one", alert=True, holder=holder.name if holder else "")
        return
    speaker = Colleague(id=holder.id, name=holder.name) if holder else sheet.colleague
    answer = may(speaker, Right.SPEAK, sheet.case)
    if isinstance(answer, Refused):
        sheet.refused = answer.reason
        sheet.notice(f"notice_{answer.reason}", alert=True, other="", needs="")
        return
    _send(sheet, held)


def drop(sheet: Sheet, value: str = "") -> None:
    """Keep the draft inside, as a note."""
    held = _waiting(sheet, value)
    if held is None or not _theirs(sheet, held):
        return
    forget(sheet, held)
    if held.album:
        # what comes late of the album stays inside with it
        sheet.remember(f"inside:{held.album}")
    sheet.remark("kept_inside", held.text)
    sheet.notice("notice_kept_inside")
    sheet.strip()


def ask_again(sheet: Sheet, key: str) -> None:
    """Nobody decided: remind the writer, who may think that the words were sent."""
    held = held_named(sheet, key.partition(":")[2])
    if held is not None and sheet.case.is_open:
        ask(sheet, held, line="held_still")


def _waiting(sheet: Sheet, value: str) -> HeldWords | None:
    held = held_named(sheet, value)
    if held is None:
        sheet.notice("notice_no_draft")
        sheet.strip()
    return held


def _theirs(sheet: Sheet, held: HeldWords, *, themselves: bool = False) -> bool:
    """Whether it is for this colleague to decide; who may not is told, and nothing happens."""
    mine = held.by == sheet.by.id
    stands_above = sheet.colleague is not None and sheet.colleague.at_least(Role.SUPERVISOR)
    if mine or (stands_above and not themselves):
        return True
    sheet.refused = "not_yours"
    sheet.notice("notice_not_yours", alert=True, by=held.name)
    return False


def _writer(sheet: Sheet, held: HeldWords) -> Colleague | None:
    """Whose words they are, with what is known of them: they must be free to speak, whoever presses."""
    return sheet.colleague if held.by == sheet.by.id else sheet.scene.situation.roster.of(held.by, held.name)


def _not_now(sheet: Sheet, held: HeldWords, reason: str) -> None:
    """It cannot be done as things stand; that somebody else has the case by now is a question of its own."""
    holder = sheet.case.holder.name if sheet.case.holder else ""
    sheet.notice(f"notice_{reason}", alert=True, holder=holder, other="", needs="")
    if reason == "held":
        after = replace(held, why="held")
        put_in_place(sheet, after)
        sheet.strip()
        ask(sheet, after)


def _send(sheet: Sheet, held: HeldWords) -> None:
    """Whoever has the case keeps it, whose press it was; one that nobody has is taken by it."""
    forget(sheet, held)
    utter(sheet, *relays_of(held), keeps_holder=held.edited or is_held(sheet.case))
    sheet.remark("sent_after_all", held.text)
    sheet.notice("notice_sent")
    sheet.strip()


ACTS: Final = Acts(
    presses={
        "send_held": Act(Right.SEND_HELD, send_anyway),
        "take_send": Act(Right.TAKE_OVER, take_and_send),
        "let_one": Act(Right.SEND_HELD, let_one),
        "drop_held": Act(Right.DROP_HELD, drop),
        "was_note": Act(Right.DROP_HELD, drop),
    },
    dues={DUE: ask_again},
)

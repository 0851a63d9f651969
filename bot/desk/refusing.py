"""What is not done at the desk, and how that is said: plainly, once, and never to the complainant."""

from bot.complaint.actions import Button
from bot.complaint.colleagues import Role
from bot.desk.door import NEEDS, Act
from bot.desk.sheet import Sheet


def refuse(sheet: Sheet, what: Act, reason: str, key: str) -> None:
    """Say why it was not done: on the screen for a press, in the topic for words."""
    if reason == "not_member":
        sheet.remark("refused", f"{what} not_member")
    if sheet.scene.query:
        _on_screen(sheet, what, reason)
    else:
        _in_topic(sheet, what, reason, key)


def _on_screen(sheet: Sheet, what: Act, reason: str) -> None:
    fields = {
        "held": {"holder": _holder(sheet)},
        "other_case": {"other": _other(sheet)},
        "no_right": {"needs": NEEDS.get(what, Role.AGENT).value},
    }.get(reason, {})
    sheet.notice(f"notice_{reason}", alert=True, **fields)


def _in_topic(sheet: Sheet, what: Act, reason: str, key: str) -> None:
    # an album that is refused is refused once: its lines share a key
    key = f"refused:{sheet.by.id}:{key}"
    match reason:
        case "not_member":
            sheet.tell("not_member", key=f"stranger:{sheet.by.id}", name=sheet.by.name)
        case "held" if what is Act.SPEAK:
            sheet.tell("not_sent_held", _instead(sheet, note=True), key=key, holder=_holder(sheet))
        case "held":
            sheet.tell("held_by_other", _instead(sheet), key=key, holder=_holder(sheet), act=what.value)
        case "other_case":
            sheet.tell("not_sent_other_case", key=key, other=_other(sheet))
        case "not_held":
            sheet.tell("not_held", ((Button("claim", "claim"),),), key=key, act=what.value)
        case "no_right":
            sheet.tell("no_right", key=key, act=what.value, needs=NEEDS[what].value)
        case "about_you" | "yours_before":
            sheet.tell(reason, key=key, name=sheet.by.name)
        case "closed":
            sheet.tell("not_sent_closed", ((Button("reopen", "reopen"),),), key=key)
        case _:
            sheet.tell("already_open", key=key)


def _instead(sheet: Sheet, *, note: bool = False) -> tuple[tuple[Button, ...], ...]:
    """Take over, from the one who has it now: when that changes meanwhile the button is late."""
    holder = sheet.case.holder
    over = Button("take_over", "take_over", str(holder.id) if holder else "")
    return ((over, Button("was_note", "was_note")),) if note else ((over,),)


def _holder(sheet: Sheet) -> str:
    return sheet.case.holder.name if sheet.case.holder else ""


def _other(sheet: Sheet) -> str:
    """The case that is talked of now, where that is known."""
    number = sheet.talk.beside or sheet.talk.case_no
    return number if number is not None and number != sheet.case.no else ""

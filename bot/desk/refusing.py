"""How a refused act is answered: with its reason, once, and never to the complainant."""

from bot.complaint.actions import Button, CloseTopic, Tell
from bot.complaint.colleagues import Role
from bot.complaint.events import AgentWrote
from bot.desk.drafts import hold_back, joins
from bot.desk.notes import stays_inside
from bot.desk.rights import NEEDS, Refused, Right, may
from bot.desk.sheet import Sheet


def allowed(sheet: Sheet, what: Right, key: str) -> bool:
    """Check the permission; a refused colleague is told, and nothing else happens."""
    answer = may(sheet.colleague, what, sheet.case)
    if isinstance(answer, Refused):
        refuse(sheet, what, answer.reason, key)
        return False
    return True


def refuse(sheet: Sheet, what: Right, reason: str, key: str) -> None:
    """Say why it was not done: on the screen for a press, in the topic for words."""
    sheet.refused = reason
    if reason == "not_member":
        sheet.remark("refused", f"{what} not_member")
    if sheet.scene.query:
        _on_screen(sheet, what, reason)
    else:
        _in_topic(sheet, what, reason, key)


def _on_screen(sheet: Sheet, what: Right, reason: str) -> None:
    fields = {
        "held": {"holder": _holder(sheet)},
        "no_right": {"needs": NEEDS.get(what, Role.AGENT).value},
    }.get(reason, {})
    sheet.notice(f"notice_{reason}", alert=True, **fields)


def _in_topic(sheet: Sheet, what: Right, reason: str, key: str) -> None:
    # an album that is refused is refused once: its lines share a key
    key = f"refused:{sheet.by.id}:{key}"
    match reason:
        case "moved":
            _point_on(sheet, key)
        case "not_member":
            sheet.tell("not_member", key=f"stranger:{sheet.by.id}", name=sheet.by.name)
        case "held" if what is Right.SPEAK and _kept_for_later(sheet):
            # the line that asks was written, or stands already
            pass
        case "held":
            sheet.tell("held_by_other", _instead(sheet), key=key, holder=_holder(sheet), act=what.value)
        case "not_held":
            sheet.tell("not_held", ((Button("claim", "claim"),),), key=key, act=what.value)
        case "no_right":
            sheet.tell("no_right", key=key, act=what.value, needs=NEEDS[what].value)
        case "about_you" | "own_case" | "yours_before":
            sheet.tell(reason, key=key, name=sheet.by.name)
        case "merged":
            sheet.tell("merged_away", key=key, into=sheet.case.merged_into)
        case "closed":
            sheet.tell("not_sent_closed", ((Button("reopen", "reopen"),),), key=key)
        case _:
            sheet.tell("retired" if reason == "retired" else "already_open", key=key)


def _point_on(sheet: Sheet, key: str) -> None:
    """In a topic that the case has left: link to the current one, with the words; then close this one again."""
    here, event = sheet.scene.situation.where, sheet.scene.event
    words = event.text if isinstance(event, AgentWrote) else ""
    fields = {"address": sheet.scene.situation.moved_to, "words": words}
    sheet.add(Tell(name="moved_away", fields=fields, chat=here, key=key))
    sheet.add(CloseTopic(chat=here))


def _kept_for_later(sheet: Sheet) -> bool:
    """Hold the words of a second colleague, with a question, so that they are not lost."""
    event = sheet.scene.event
    if not isinstance(event, AgentWrote) or stays_inside(event.text):
        return False
    if not joins(sheet, event):
        hold_back(sheet, event, "held")
    return True


def _instead(sheet: Sheet) -> tuple[tuple[Button, ...], ...]:
    """The button to take the case over; it expires if the holder changes."""
    holder = sheet.case.holder
    return ((Button("take_over", "take_over", str(holder.id) if holder else ""),),)


def _holder(sheet: Sheet) -> str:
    return sheet.case.holder.name if sheet.case.holder else ""

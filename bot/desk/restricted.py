"""Medical and bank data at the desk: hidden behind a line, opened by few, each look audited (R52)."""

from typing import Final

from bot.complaint.actions import Action, Button, HandPrivately, Recall, Relay, TakeDown
from bot.complaint.case import Case
from bot.complaint.deskwork import Theirs
from bot.complaint.events import AgentWrote, CustomerEdited, CustomerWrote, Event, Media, Pressed
from bot.complaint.evolving import replace
from bot.complaint.ids import MessageRef
from bot.complaint.reading import Family, RemedyKind
from bot.complaint.seen import MEDICAL, Leave, Opened, Restricted, leave_of, mark_on
from bot.desk.acts import Act, Acts
from bot.desk.presses import read_press
from bot.desk.rights import Right
from bot.desk.sheet import Sheet
from bot.policy.consents import BY_CONSENT, OPEN, SHOW, closed_line, noted
from bot.reading.privacy import masked
from bot.reading.sensitivewords import kind_called

SENSITIVE: Final = "sensitive"
MARK: Final = "sens_mark"
RESTRICTED: Final = frozenset({SENSITIVE, OPEN, SHOW, MARK})
"""The command and the acts for which a message of the complainant's is looked up."""
SHEETS: Final = frozenset({"photo", "document"})
CLAIMS: Final = frozenset({RemedyKind.MEDICAL, RemedyKind.COMPENSATION})
_NOTICE: Final = 180
"""Characters that fit the notice on the screen; more go to the colleague's own chat."""
_MOST: Final = 8


# -- what all may see


def is_closed(case: Case | None, event: CustomerWrote | CustomerEdited) -> bool:
    """Whether only a few may see this message."""
    return case is not None and mark_on(case.restricted, event.chat, event.message) is not None


def shown_closed(case: Case | None, event: CustomerWrote | CustomerEdited) -> tuple[Action, ...]:
    """The line shown in the topic instead of it."""
    mark = mark_on(case.restricted, event.chat, event.message) if case is not None else None
    if case is None or mark is None:
        return ()
    return (
        closed_line(
            case, mark, event.media.kind if event.media else "", edited=isinstance(event, CustomerEdited)
        ),
    )


def put_away(case: Case, event: AgentWrote) -> tuple[Action, ...]:
    """What a colleague wrote down and only a few may see leaves the group; a line stands in the topic (R52)."""
    mark = mark_on(case.restricted, case.chat, event.message)
    if mark is None:
        return ()
    line = closed_line(case, mark, event.media.kind if event.media is not None else "")
    in_group = event.chat < 0
    return (TakeDown(message=MessageRef(event.chat, event.message)), line) if in_group else (line,)


def may_be_sensitive(case: Case | None, media: Media | None) -> bool:
    """Whether a sheet could be a record or a bill: where somebody is hurt, or money beyond the price is asked for."""
    if case is None or media is None or media.kind not in SHEETS:
        return False
    wished = {kind for one in case.wishes for kind in one.kinds}
    return Family.INJURY in case.families() or bool(case.leaves) or not CLAIMS.isdisjoint(wished)


def closed_off(case: Case) -> dict[str, object] | None:
    """The number of restricted messages and the state of the consent; None if there are none."""
    marks = [one for one in case.restricted if not one.shown]
    if not (marks or case.leaves):
        return None
    return {"count": len(marks), "leaves": [_leave(one) for one in case.leaves[-2:]]}


def _leave(one: Leave) -> dict[str, object]:
    given = {None: "waits", True: "yes", False: "no"}[one.given]
    return {"what": one.what, "given": given, "at": one.at or one.asked_at}


# -- which message is meant


def marked(event: Event, case: Case) -> MessageRef | None:
    """The complainant's message that is opened or marked; for a command the one that it answers, at the desk."""
    if isinstance(event, Pressed):
        press = read_press(event.data)
        if press is None:
            return None
        if press.act == MARK:
            return MessageRef(event.chat, event.message)
        mark = _named(case, press.value)
        return MessageRef(mark.chat, mark.message) if mark is not None else None
    if isinstance(event, AgentWrote) and event.reply_to is not None:
        return MessageRef(event.chat, event.reply_to)
    return None


def _named(case: Case, value: str) -> Restricted | None:
    place = int(value) if value.isascii() and value.isdecimal() and len(value) < _MOST else -1
    return case.restricted[place] if 0 <= place < len(case.restricted) else None


# -- the command: ask, mark, list


def command(sheet: Sheet, argument: str = "") -> None:
    """`/sensitive`: asks for a consent, marks the message that it answers, or lists what there is."""
    what = kind_called(argument)
    theirs = sheet.scene.situation.theirs
    if theirs is not None:
        _mark(sheet, theirs, what or MEDICAL)
    elif what:
        _ask(sheet, what)
    else:
        _list(sheet)


def mark_pressed(sheet: Sheet, _value: str = "") -> None:
    """The button under a copy: it leaves the topic."""
    theirs = sheet.scene.situation.theirs
    if theirs is None:
        sheet.notice("notice_late")
        return
    sheet.notice("notice_done")
    _mark(sheet, theirs, MEDICAL)


def _mark(sheet: Sheet, theirs: Theirs, what: str) -> None:
    """From now on few may see it; the copy that all could see goes."""
    source, case = theirs.source, sheet.case
    before = [one for one in case.restricted if (one.chat, one.message) == (source.chat, source.message)]
    for one in (shown for mark in before for shown in mark.opened):
        sheet.add(Recall(to=one.by, place=one.place))
    if mark_on(case.restricted, source.chat, source.message) is None:
        mark = Restricted(
            at=theirs.at, chat=source.chat, message=source.message, what=what, why=sheet.by.name
        )
        kept = tuple(
            one for one in case.restricted if (one.chat, one.message) != (source.chat, source.message)
        )
        sheet.case = noted(
            case.evolve(restricted=(*kept, mark)), source.chat, source.message, masked(theirs.text).text
        )
    copy = _copy_of(sheet)
    if copy is not None:
        sheet.add(TakeDown(message=copy))
    found = mark_on(sheet.case.restricted, source.chat, source.message)
    if found is not None:
        sheet.add(closed_line(sheet.case, found, str((theirs.media or {}).get("kind", ""))))
    sheet.remark("restricted", what)
    sheet.asked = f"/{SENSITIVE} {what}"
    sheet.show_card()


def _copy_of(sheet: Sheet) -> MessageRef | None:
    """The desk's copy: the message answered, or the one whose button was pressed."""
    event = sheet.scene.event
    if isinstance(event, AgentWrote) and event.reply_to is not None:
        return MessageRef(event.chat, event.reply_to)
    return sheet.scene.pressed


def _ask(sheet: Sheet, what: str) -> None:
    """Before a record, a bill or bank data is asked for: their consent, for this alone."""
    leave = leave_of(sheet.case.leaves, what)
    if leave is not None and leave.given is None:
        sheet.tell("sensitive_waits", key="sensitive", what=what, at=leave.asked_at)
        return
    sheet.change(leaves=(*sheet.case.leaves, Leave(what=what, asked_at=sheet.at)))
    rows = ((Button("sensitive_yes", "sensitive_yes", what), Button("sensitive_no", "sensitive_no", what)),)
    sheet.say("people/sensitive_ask", *rows, what=what, came=False)
    sheet.tell("sensitive_asked", key="sensitive", by=sheet.by.name, what=what)
    sheet.remark("sensitive_asked", what)
    sheet.show_card()


def _list(sheet: Sheet) -> None:
    """What there is, each with its buttons; and how the rest is done."""
    numbered = enumerate(sheet.case.restricted, 1)
    marks = [(n, one) for n, one in numbered if not one.shown][-_MOST:]
    rows = [{"n": n, "at": one.at, "what": one.what, "why": one.why} for n, one in marks]
    buttons = tuple((Button("sens_open_n", OPEN, str(n - 1), fields={"n": n}),) for n, _ in marks)
    sheet.tell("sensitive_list", buttons, key="sensitive", rows=rows)


# -- opening


def open_it(sheet: Sheet, value: str = "") -> None:
    """Show it to the colleague who pressed, alone: words on the screen, files in their own chat."""
    mark, theirs = _named(sheet.case, value), sheet.scene.situation.theirs
    if mark is None or theirs is None:
        sheet.notice("notice_late")
        return
    sheet.asked = f"🔒 {sheet.case.restricted.index(mark) + 1}"
    media, words = _media(sheet.case, theirs), masked(theirs.text).text
    if theirs.media and _is_refused(sheet.case, mark):
        sheet.notice("notice_sensitive_gone", alert=True)
    elif media is None and len(words) <= _NOTICE:
        sheet.notice("notice_sensitive_words", alert=True, words=words)
    else:
        fields = {"what": mark.what, "words": words, "at": mark.at}
        name = f"opened:{sheet.case.no}:{sheet.by.id}:{sheet.at.timestamp()}"
        places = (f"{name}:words",) if media is None else (f"{name}:words", f"{name}:file")
        sheet.add(
            HandPrivately(to=sheet.by.id, name="sensitive_open", media=media, fields=fields, places=places)
        )
        opened = (Opened(by=sheet.by.id, place=place) for place in places)
        after = replace(mark, opened=(*mark.opened, *opened))
        sheet.change(restricted=tuple(after if one is mark else one for one in sheet.case.restricted))
        sheet.notice("notice_sensitive_sent", alert=True)


def _is_refused(case: Case, mark: Restricted) -> bool:
    """Whether its owner does not want the file kept: nobody opens it, also while a hold keeps it."""
    leave = leave_of(case.leaves, mark.what)
    refused = mark.why in BY_CONSENT and leave is not None and leave.given is False
    return refused or mark.gone is not None


def _media(case: Case, theirs: Theirs) -> Media | None:
    """The file as it can be sent anew; None for words, and for a file that is not kept."""
    message = theirs.source.message
    given = next((one for one in reversed(case.evidence) if one.message == message and one.file_id), None)
    if given is None:
        return None
    return Media(kind=given.kind, file_id=given.file_id, unique_id=given.unique_id)


def show_to_all(sheet: Sheet, value: str = "") -> None:
    """It is not sensitive after all: show it in the topic."""
    mark, theirs = _named(sheet.case, value), sheet.scene.situation.theirs
    if mark is None or theirs is None or mark.shown or _is_refused(sheet.case, mark):
        sheet.notice("notice_late")
        return
    sheet.notice("notice_done")
    sheet.strip()
    sheet.asked = f"🔒 {sheet.case.restricted.index(mark) + 1} → {sheet.case.no}"
    after = replace(mark, shown=True)
    sheet.change(restricted=tuple(after if one is mark else one for one in sheet.case.restricted))
    sheet.add(
        Relay(
            source=theirs.source,
            to_customer=False,
            text=masked(theirs.text).text,
            media=_media(sheet.case, theirs),
            by=sheet.case.customer.name,
        )
    )
    sheet.remark("restricted_shown", mark.what)
    sheet.show_card()


ACTS: Final = Acts(
    commands={SENSITIVE: Act(Right.TASK, command)},
    presses={
        OPEN: Act(Right.SENSITIVE, open_it),
        SHOW: Act(Right.SENSITIVE, show_to_all),
        MARK: Act(Right.TASK, mark_pressed),
    },
)

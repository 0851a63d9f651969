"""`/mydata` and `/delete`: a copy of what is kept about a complainant, and its deletion (R53).

It is about all their cases at once, so it stands beside the table of the talk. Deletion is asked for once more with
a button. What nothing holds becomes anonymous in that turn; of what is held they are told why and until when, and
it is looked at again by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from bot.complaint.actions import (
    Action,
    AnswerPress,
    Button,
    DropTopic,
    Enclose,
    Say,
    SetTimer,
    StripButtons,
    Turn,
)
from bot.complaint.case import Case, Promise
from bot.complaint.conversation import Conversation
from bot.complaint.deskwork import Deed, KeptFile, Spoken, Task, TaskKind
from bot.complaint.events import Commanded, Due, Event, Pressed
from bot.complaint.evolving import replace
from bot.complaint.ids import ChatId, MessageRef, UserId
from bot.dialogue.draft import HUMAN
from bot.dialogue.leaves import back_buttons, concerns_leave, serve_leave
from bot.dialogue.presses import Press, read_press
from bot.policy.commitments import Timers, promised
from bot.policy.deadlines import term_ends
from bot.policy.retention import PEOPLE_DECIDE, Held, held, retired
from bot.policy.rules import Rules
from bot.policy.several import named
from bot.policy.tasking import tasked

MYDATA: Final = "mydata"
DELETE: Final = "delete"
ERASE: Final = "erase"
"""The kind and key of the timer that looks again at what was held, and the audit's word for deletion."""
YES, NO = "erase_yes", "erase_no"
GOOD_FOR: Final = timedelta(days=1)
"""How long a button to delete is valid."""
AGAIN: Final = timedelta(days=30)
"""When a case that is held without a date is checked again."""


NOTHING: Final = Say(name="mydata/nothing", buttons=((HUMAN,),))
"""The shop may keep more of them: a person looks there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """All that is kept of one complainant, the newest case first."""

    cases: tuple[Case, ...]
    lines: tuple[Spoken, ...] = ()
    files: tuple[KeptFile, ...] = ()
    mains: tuple[Case, ...] = ()
    """Further cases that some of these became a part of."""


def concerns_data(event: Event) -> bool:
    """Whether an event is about their stored data rather than about one case."""
    match event:
        case Commanded():
            return event.name in (MYDATA, DELETE)
        case Pressed():
            return event.data.startswith(("c|erase_yes|", "c|erase_no|")) or concerns_leave(event)
        case Due():
            return event.kind == ERASE
        case _:
            return False


def serve_data(
    event: Event, talk: Conversation, kept: Kept, *, rules: Rules, now: datetime
) -> tuple[Turn, Case | None]:
    """The turn, and the case as it was before that the turn goes on with, if any."""
    spoken = next((one for one in kept.cases if one.no == talk.case_no), None)
    match event:
        case Due():
            return _looked_again(talk, kept, rules, now), None
        case Pressed() if concerns_leave(event):
            return serve_leave(event, talk, kept.cases, now)
        case Pressed():
            return _pressed(event, talk, kept, rules, now)
        case Commanded() if event.name == MYDATA:
            return _told(talk, kept, spoken, now), spoken
        case _:
            return _asked(talk, kept, spoken, rules, now), spoken


def _told(talk: Conversation, kept: Kept, spoken: Case | None, now: datetime) -> Turn:
    """A short answer, and the file."""
    if not kept.cases:
        return Turn(conversation=talk, case=spoken, actions=(NOTHING,))
    phone = next((one.facts.phone for one in kept.cases if one.facts.phone), None)
    fields = {"cases": len(kept.cases), "phone": phone, "files": len(kept.files)}
    told = Say(name="mydata/told", fields=fields, buttons=back_buttons(kept.cases))
    file = Enclose(name="mydata/file", cases=kept.cases, lines=kept.lines, files=kept.files)
    deeds = tuple(_deed(one, MYDATA, now) for one in kept.cases)
    return Turn(conversation=talk, case=spoken, actions=(told, file), deeds=deeds)


def _asked(talk: Conversation, kept: Kept, spoken: Case | None, rules: Rules, now: datetime) -> Turn:
    """What would go, what stays and why; then one question."""
    if not kept.cases:
        return Turn(conversation=talk, case=spoken, actions=(NOTHING,))
    free, kept_back = _divided(kept.cases, kept, rules, now)
    mark = str(int(now.timestamp()))
    buttons = ((Button(YES, YES, mark), Button(NO, NO, mark)),)
    ask = Say(name="mydata/ask", fields=_fields(free, kept_back), buttons=buttons)
    return Turn(conversation=talk, case=spoken, actions=(ask,))


def _divided(
    cases: Sequence[Case], kept: Kept, rules: Rules, now: datetime
) -> tuple[list[Case], list[tuple[Case, Held]]]:
    """What may become anonymous now, and what is held."""
    looked = [(one, _held(one, kept, rules, now)) for one in cases]
    return [one for one, hold in looked if hold is None], [(one, hold) for one, hold in looked if hold]


def _held(case: Case, kept: Kept, rules: Rules, now: datetime) -> Held | None:
    """What holds a case: its words belong to the case that it became a part of, and stay as long as that one."""
    own = held(case, rules, now)
    if own is not None or case.merged_into is None:
        return own
    main = next((one for one in (*kept.cases, *kept.mains) if one.no == case.merged_into), None)
    return _held(main, kept, rules, now) if main is not None and main.retired_at is None else None


def _fields(free: Sequence[Case], kept_back: Sequence[tuple[Case, Held]]) -> dict[str, Any]:
    return {
        "free": [named(one) for one in free],
        "held": [{**named(one), "why": hold.why.value, "until": hold.until} for one, hold in kept_back],
    }


def _pressed(
    event: Pressed, talk: Conversation, kept: Kept, rules: Rules, now: datetime
) -> tuple[Turn, Case | None]:
    """Their own press, and not an old one."""
    press = read_press(event.data)
    if int(event.sender.id) != int(talk.chat):
        return _notice(event, talk, "press_notice/not_yours"), None
    if press is None or not _is_fresh(press, now):
        return _notice(event, talk, "press_notice/late"), None
    done = (
        AnswerPress(query=event.query, name="press_notice/done"),
        StripButtons(message=MessageRef(event.chat, event.message)),
    )
    if press.act == YES:
        return _erased(talk, kept, done, rules, now)
    spoken = next((one for one in kept.cases if one.no == talk.case_no), None)
    return Turn(conversation=talk, case=spoken, actions=(*done, Say(name="mydata/stays"))), spoken


def _notice(event: Pressed, talk: Conversation, name: str) -> Turn:
    return Turn(conversation=talk, case=None, actions=(AnswerPress(query=event.query, name=name),))


def _is_fresh(press: Press, now: datetime) -> bool:
    asked = int(press.value) if press.value.isascii() and press.value.isdecimal() else 0
    return timedelta(0) <= timedelta(seconds=now.timestamp() - asked) < GOOD_FOR


def _erased(
    talk: Conversation, kept: Kept, done: tuple[Action, ...], rules: Rules, now: datetime
) -> tuple[Turn, Case | None]:
    """What nothing holds is anonymous from this turn on; the rest is kept for that alone."""
    free, kept_back = _divided(kept.cases, kept, rules, now)
    after: list[Case] = []
    timers: list[Action] = []
    due: datetime | None = None
    decided: Case | None = None
    for case, hold in kept_back:
        asked = case.evolve(erase_asked=case.erase_asked or now)
        if hold.why in PEOPLE_DECIDE and case.erase_asked is None and case.merged_into is None:
            asked, promise, more = _for_people(asked, rules, now)
            timers += (replace(one, case_no=case.no) for one in more)
            due, decided = promise.due_at, asked
        timers.append(_again(case, hold, now))
        after.append(asked)
    gone = [retired(one, rules, now) for one in free]
    said: tuple[Action, ...] = (Say(name="mydata/erased", fields=_fields(free, kept_back)),)
    if due is not None:
        said = (*said, Say(name="mydata/looked", fields={"due": due}))
    turn = Turn(
        conversation=forgotten(talk, free),
        case=decided,
        others=tuple(one for one in (*gone, *after) if one is not decided),
        actions=(*done, *said, *(_topic(one) for one in free if one.at_desk), *timers),
        deeds=tuple(_deed(one, ERASE, now, "asked") for one in kept.cases),
    )
    before = next((one for one, _ in kept_back if decided is not None and one.no == decided.no), None)
    return turn, before


def _for_people(case: Case, rules: Rules, now: datetime) -> tuple[Case, Promise, Timers]:
    """Somebody looks whether it is still needed, and the complainant hears by when."""
    by = term_ends(rules, rules.privacy_term, now)
    case, promise, timers = promised(case, "privacy_answer", by, now, rules)
    wanted = Task(
        id="",
        kind=TaskKind.OTHER,
        what="erase_request",
        owner=promise.owner,
        made_at=now,
        due_at=by,
        promise_id=promise.id,
    )
    case, _, more = tasked(case, wanted, rules)
    return case, promise, (*timers, *more)


def _again(case: Case, hold: Held, now: datetime) -> SetTimer:
    return SetTimer(kind=ERASE, key=ERASE, due=max(hold.until or now + AGAIN, now), case_no=case.no)


def _looked_again(talk: Conversation, kept: Kept, rules: Rules, now: datetime) -> Turn:
    """What was held when they asked: it goes now, or is looked at once more."""
    free, kept_back = _divided([one for one in kept.cases if one.erase_asked], kept, rules, now)
    gone = tuple(retired(one, rules, now) for one in free)
    said = (Say(name="mydata/later"),) if gone else ()
    return Turn(
        conversation=forgotten(talk, free),
        case=None,
        others=(*gone, *(one for one, _ in kept_back)),
        actions=(
            *said,
            *(_topic(one) for one in free if one.at_desk),
            *(_again(one, hold, now) for one, hold in kept_back),
        ),
        deeds=tuple(_deed(one, ERASE, now, "asked") for one in free),
    )


def forgotten(talk: Conversation, cases: Sequence[Case]) -> Conversation:
    """The talk without a word about these cases."""
    numbers = {one.no for one in cases}
    parked = tuple(one for one in talk.parked if one.case_no not in numbers)
    if talk.case_no not in numbers:
        return talk.evolve(parked=parked)
    return Conversation(
        chat=talk.chat,
        language=talk.language,
        language_chosen=talk.language_chosen,
        turn=talk.turn,
        turns=talk.turns,
        blocked=talk.blocked,
        no_surveys=talk.no_surveys,
        parked=parked,
        door=talk.door,
        visits=talk.visits,
        version=talk.version,
    )


def _topic(case: Case) -> DropTopic:
    return DropTopic(case_no=case.no, desk=case.desk)


def _deed(case: Case, act: str, now: datetime, why: str = "") -> Deed:
    """A line of the audit. It names nobody: it stays for ever, and they asked to be forgotten."""
    return Deed(at=now, by=UserId(0), name="customer", act=act, chat=ChatId(0), case_no=case.no, why=why)

"""What the bot says in a public group: one neutral line and the way to the private chat."""

import re
from datetime import timedelta
from typing import Final

from bot.complaint.actions import Action, Button, Lane, Say, Tell, Turn
from bot.complaint.case import Case, Control
from bot.complaint.conversation import Conversation
from bot.complaint.events import Event
from bot.complaint.evolving import replace
from bot.complaint.ids import MessageRef, ThreadId, UserId
from bot.complaint.reading import Family, Language, Reading
from bot.complaint.squares import LONGEST_TOLD, Call, PublicMessage, Square, WroteInPublic
from bot.policy.rules import Rules
from bot.policy.squares import may_invite, silent, together, worth_telling

MUTES: Final = {"mute": True, "unmute": False}
"""Commands of the group's administrators, and what they make of the bot."""
SHOWN_WITHIN: Final = timedelta(minutes=3)
"""A picture that somebody posts so soon after they called belongs to it, though it names nobody."""


def square_of(talk: Conversation, event: PublicMessage, rules: Rules) -> Square:
    """The square without calls older than its time window."""
    square = (talk.square or Square()).since(event.at - rules.groups.window)
    return square.evolve(title=event.title or square.title, linked=square.linked or event.linked)


def may_concern(event: PublicMessage, square: Square) -> bool:
    """A cheap check, before reading, whether a public message can be for us at all."""
    if event.sender is None or event.anonymous or event.command in MUTES:
        return False
    if event.addressed or _earlier(event, square) is not None:
        return True
    if _shown_with_call(event, square):
        return True
    if event.edited or not event.text:
        return False
    comment = square.linked and event.thread is not None
    return comment or any(event.reply_to == one.message for one in square.calls)


def answer_in_public(
    event: PublicMessage, talk: Conversation, reading: Reading | None, rules: Rules, address: str
) -> Turn:
    """The bot's answer to somebody in a public group: once per person and time window (S36, S49).

    `talk` stands for the group: it remembers who called. `address` opens the private chat and brings along where
    it was found. Whoever piles on is counted, and all of them are shown the way once in a window.
    """
    square = square_of(talk, event, rules)
    if not _calls(event, square, reading) or event.sender is None or silent(square, event.chat, rules.groups):
        return Turn(conversation=_with(talk, square), case=None)
    earlier = square.of(event.sender.id)
    if earlier is not None:
        square = square.with_call(_said_more(earlier, event))
        return Turn(conversation=_with(talk, square), case=None)
    parted = event.topic or square.linked
    others = together(square, event.thread, event.at, rules.groups, parted=parted)
    square = square.with_call(_call_of(event, event.sender.id, event.thread if parted else None))
    line: Say | None = None
    if not others:
        line = _line(event, "group/private_please", address, health=_unwell(reading))
    elif may_invite(square, event.at, rules.groups):
        line = _line(event, "group/pile_on", address)
        square = square.evolve(invited_at=event.at)
    square, told = _told(square, event, rules)
    actions: tuple[Action, ...] = tuple(one for one in (line, told) if one is not None)
    return Turn(conversation=_with(talk, square, _spoken(event, reading, rules)), case=None, actions=actions)


def _with(talk: Conversation, square: Square, language: Language | None = None) -> Conversation | None:
    """The talk with the square as it has become; None where nothing has changed."""
    if talk.square == square or (talk.square is None and square == Square(title=square.title)):
        return None
    return talk.evolve(square=square, language=language or talk.language)


def _calls(event: PublicMessage, square: Square, reading: Reading | None) -> bool:
    """Whether somebody addresses us: by name, or with a complaint where complaints to us are posted."""
    if not may_concern(event, square):
        return False
    if event.addressed or _earlier(event, square) is not None or _shown_with_call(event, square):
        return True
    return reading is not None and (reading.is_complaint or _unwell(reading))


def _shown_with_call(event: PublicMessage, square: Square) -> bool:
    """Whether this is a further picture of somebody who called: of the same album, or alone soon after their words."""
    known = square.of(event.sender.id) if event.sender is not None else None
    if known is None:
        return False
    if event.album is not None and event.album == known.album:
        return True
    alone = (
        event.shown is not None
        and not (event.text or event.edited)
        and (known.thread is None or event.thread == known.thread)
    )
    return alone and event.at - known.last_at <= SHOWN_WITHIN


def _earlier(event: PublicMessage, square: Square) -> Call | None:
    """The call that this is an edit of."""
    known = square.of(event.sender.id) if event.edited and event.sender is not None else None
    return known if known is not None and event.message in (known.message, known.latest) else None


def _said_more(call: Call, event: PublicMessage) -> Call:
    """Their further words, or new version, go along; nothing more is said in public."""
    text = _words(event)
    after = call.showing(event.shown, event.album)
    news = bool(text) or after is not call
    if event.edited and call.text.endswith(text):
        return after.evolve(last_at=event.at)
    return after.adding(event.message, text, event.at).evolve(came=call.came and not news)


def _call_of(event: PublicMessage, person: UserId, thread: ThreadId | None) -> Call:
    return Call(
        by=person,
        message=event.message,
        latest=event.message,
        at=event.at,
        last_at=event.at,
        text=_words(event)[:LONGEST_TOLD],
        thread=thread,
        files=(event.shown,) if event.shown is not None else (),
        album=event.album,
    )


def _words(event: PublicMessage) -> str:
    """What was said, without the name by which we were called and the command that it began with."""
    name = event.private_chat.rpartition("/")[2].partition("?")[0]
    text = event.text
    if event.command:
        text = text.partition(" ")[2]
    if name:
        text = re.sub(rf"[ ]?@{re.escape(name)}(?![A-Za-z0-9_])", "", text, flags=re.IGNORECASE)
    return text.strip(" ,，:：")


def _spoken(event: PublicMessage, reading: Reading | None, rules: Rules) -> Language:
    """The language of their words; without words that of their screen, if the brand speaks it."""
    code = (event.sender.language_code or "").partition("-")[0].lower() if event.sender is not None else ""
    heard = reading.language.value.partition("-")[0] if reading is not None and event.text else code
    return next((one for one in rules.languages if one.value == heard), rules.languages[0])


def _unwell(reading: Reading | None) -> bool:
    """Whether somebody is unwell: then health comes first (D13)."""
    if reading is None:
        return False
    return reading.hazard or any(one.family in (Family.INJURY, Family.SELF_HARM) for one in reading.risks)


def _line(event: PublicMessage, name: str, address: str, **fields: object) -> Say:
    """The one line that is posted; it tells nothing of any case."""
    button = Button("private" if name.endswith("please") else "register", url=address)
    return Say(
        name=name,
        fields=fields,
        buttons=((button,),),
        lane=Lane.FIRST,
        answers=MessageRef(event.chat, event.message),
        thread=event.thread if event.topic else None,
    )


def _told(square: Square, event: PublicMessage, rules: Rules) -> tuple[Square, Tell | None]:
    """The desk's line about a crowd; there is one, and its number grows."""
    count = len(square.calls)
    if not worth_telling(count, square.told, rules.groups):
        return square, None
    square = square.evolve(told=count, told_at=square.told_at or event.at)
    place = f"square:{event.chat}:{square.told_at:%m%d%H%M}"
    fields = {
        "group": square.title,
        "count": count,
        "since": min(one.at for one in square.calls),
    }
    return square, Tell(name="square_crowd", fields=fields, general=True, place=place, key=place)


def mute_in_public(event: PublicMessage, talk: Conversation, rules: Rules) -> Turn:
    """An administrator of the group wants the bot to be still there, or to speak again."""
    square, muted = square_of(talk, event, rules), MUTES[event.command]
    if square.muted is muted:
        return Turn(conversation=None, case=None)
    calls = () if muted else square.calls
    line = Say(
        name="group/muted" if muted else "group/unmuted",
        lane=Lane.FIRST,
        answers=MessageRef(event.chat, event.message),
        thread=event.thread if event.topic else None,
    )
    return Turn(
        conversation=talk.evolve(
            square=square.evolve(muted=muted, calls=calls), language=_spoken(event, None, rules)
        ),
        case=None,
        actions=(line,),
    )


def brought_along(square: Square, person: UserId, rules: Rules) -> tuple[Call | None, int, Square]:
    """What this person had called there, how many called if that is news for their case, and the square after."""
    call = square.of(person)
    if call is None:
        return None, 0, square
    crowd = len(square.calls) if len(square.calls) >= rules.groups.crowd and not square.counted else 0
    after = square.with_call(call.evolve(text="", files=(), came=True))
    if not (call.text or call.files):
        return None, 0, after
    return call, crowd, after.evolve(counted=True) if crowd else after


def as_called(turn: Turn, before: Case | None, event: Event) -> Turn:
    """A turn about words posted in public: nothing has to be told again."""
    case = turn.case
    if not isinstance(event, WroteInPublic) or case is None:
        return turn
    if before is None or before.no != case.no:
        case = case.evolve(channel="group")
    if case.control is Control.HUMAN:
        # a person speaks: the desk reads where the words come from
        return replace(turn, case=case)
    said = Say(
        name="opening/from_group",
        fields={"group": event.group, "words": bool(event.text), "files": len(event.files)},
        lane=Lane.FIRST,
    )
    asked = next((n for n, one in enumerate(turn.actions) if _asks_after_harm(one)), -1)
    return replace(turn, case=case, actions=(*turn.actions[: asked + 1], said, *turn.actions[asked + 1 :]))


def _asks_after_harm(action: Action) -> bool:
    """Before that question stands nothing (S15)."""
    return isinstance(action, Say) and action.name.startswith("safety/")

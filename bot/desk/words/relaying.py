"""Copies the complainant's messages into the topic, and reports letters that did not arrive."""

from collections.abc import Mapping
from typing import Final

from bot.complaint.actions import Action, React, Relay, Remark, ShowCard, Tell, Turn
from bot.complaint.case import Case, Control
from bot.complaint.conversation import Conversation
from bot.complaint.events import WHOLE, CustomerEdited, CustomerReacted, CustomerWrote, Media, Undelivered
from bot.complaint.evolving import replace
from bot.complaint.ids import MessageRef
from bot.complaint.squares import WroteInPublic
from bot.desk.cards.folding import folded, insults_in
from bot.desk.heat import gets_hot
from bot.desk.restricted import is_closed, may_be_sensitive, shown_closed
from bot.policy.promise_names import called
from bot.reading.privacy import masked

UNREACHABLE: Final = ("blocked", "gone")
"""They blocked the bot, or deleted their account: promises must be kept by other means."""
CustomerEvent = CustomerWrote | CustomerEdited | CustomerReacted


def customer_relay(
    event: CustomerEvent, case: Case, *, before: str = "", read: Case | None = None
) -> tuple[Action, ...]:
    """What the topic sees while people have the case or are called; nothing while the bot has it.

    An edit is a line of its own with both versions (`before`, if it is known), and the desk's earlier copy
    stays as it was: what was written first is never lost (S32). `read` is the case after these words were
    read: its insults are folded, one tap away (S56). Identity numbers, cards and passwords are hidden (R26).
    """
    watched = case.at_desk and case.is_open and case.control in (Control.QUEUED, Control.HUMAN)
    if not watched:
        return ()
    source = MessageRef(event.chat, event.message)
    insults = insults_in(read, event.message)
    if not isinstance(event, CustomerReacted) and is_closed(read, event):
        return shown_closed(read, event)
    match event:
        case CustomerReacted():
            return (React(source=source, to_customer=False, emoji=event.emoji),)
        case CustomerEdited() if masked(event.text).text == before:
            # a place that moves, a picture that was exchanged: the words are the same
            return ()
        case CustomerEdited():
            text = masked(event.text).text
            versions = {"text": text, "before": before, "pieces": folded(text, insults)}
            return (Tell(name="customer_edited", fields=versions),)
        case CustomerWrote():
            shown = (ShowCard(),) if gets_hot(case, read) else ()
            return (*_place(event), *_said(event, source, insults, read), *shown)


def _place(event: CustomerWrote) -> tuple[Tell, ...]:
    """In which group the words were said that come now."""
    if not isinstance(event, WroteInPublic):
        return ()
    return (Tell(name="wrote_in_group", fields={"group": event.group}),)


def _said(
    event: CustomerWrote, source: MessageRef, insults: tuple[str, ...], read: Case | None
) -> tuple[Relay, ...]:
    """Their words; out of a group also what they showed there."""
    if not isinstance(event, WroteInPublic):
        copy = _copy(event, source, insults)
        return (replace(copy, markable=event.album is None and may_be_sensitive(read, event.media)),)
    words = (_copy(replace(event, media=None), source, insults),) if event.text else ()
    name = event.sender.name
    return (*words, *(Relay(source=o.at, to_customer=False, media=o.media, by=name) for o in event.files))


def cannot_be_copied(media: Media) -> bool:
    """What Telegram copies for nobody, or not as it was (a quiz, a thrown die, a story), and what was masked."""
    return (
        media.veiled == WHOLE
        or media.kind == "dice"
        or (media.kind in ("poll", "other") and bool(media.name))
    )


def _copy(event: CustomerWrote, source: MessageRef, insults: tuple[str, ...]) -> Relay:
    answered = MessageRef(event.chat, event.reply_to) if event.reply_to is not None else None
    text = masked(event.text).text
    return Relay(
        source=source,
        to_customer=False,
        text=text,
        hidden=event.secret or text != event.text or bool(folded(text, insults)),
        media=event.media,
        album=event.album,
        reply_to=answered,
        by=event.sender.name,
        insults=insults,
        formatted=event.formatted,
    )


def undelivered(event: Undelivered, case: Case | None, conversation: Conversation | None = None) -> Turn:
    """Report a letter that did not arrive, with the promise it held and another way to keep it.

    A complainant who blocked the bot is out of its reach: what is promised must then go by phone or letter.
    That is told once; from then on the card shows it.
    """
    fields = {"outcome": event.outcome, "reason": event.reason}
    if case is None:
        tell = Tell(
            name="undelivered_general", fields=fields, general=True, key=f"undelivered:{event.outcome}"
        )
        return Turn(conversation=conversation, case=None, actions=(tell,))
    remark = Remark(what="undelivered", why=f"{event.outcome}: {event.reason}")
    if event.kind == "delete":
        # what was gone already needs no word
        line = "delete_failed" if event.chat == case.chat else "sensitive_stays"
        failed = Tell(name=line, fields={"reason": event.reason})
        tells = (failed,) if event.outcome != "gone" else ()
        return Turn(conversation=conversation, case=case, actions=(remark, *tells))
    if event.kind == "copy" and event.chat < 0:
        # Telegram lets nobody pass this on; that it came must be known all the same
        return Turn(conversation=conversation, case=case, actions=(remark, Tell(name="not_shown")))
    known = conversation is not None and conversation.blocked and event.outcome in UNREACHABLE
    if event.chat != case.chat or known:
        return Turn(conversation=conversation, case=case, actions=(remark,))
    told = Tell(
        name="undelivered", fields={**fields, **_another_way(case)}, key=f"undelivered:{event.outcome}"
    )
    actions: tuple[Action, ...] = (remark, told)
    if event.outcome in UNREACHABLE:
        conversation = conversation.evolve(blocked=True) if conversation else None
        actions = (*actions, *_calls(case), ShowCard())
    return Turn(conversation=conversation, case=case, actions=actions)


def _another_way(case: Case) -> Mapping[str, object]:
    return {
        "phone": case.facts.phone,
        "best_time": case.facts.best_time,
        "promises": [{"kind": called(one), "due": one.due_at} for one in case.open_promises],
    }


def _calls(case: Case) -> tuple[Remark, ...]:
    """Turn open promises into calls or letters, due at the same time."""
    return tuple(
        Remark(what="call_instead", why=f"{one.id} {one.kind} {one.due_at.isoformat()}")
        for one in case.open_promises
    )

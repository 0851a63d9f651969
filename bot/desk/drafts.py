"""Held drafts: agents' words that a wording rule objects to, kept until somebody decides.

A draft is kept in the talk, and in the timeline as a note, until it is sent, dropped, or edited so that no rule
objects to it any more.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from msgspec.structs import asdict

from bot.complaint.actions import Button, CancelTimer, Relay, Rows, SetTimer, Tell
from bot.complaint.case import Case, Severity, Verdict
from bot.complaint.deskwork import HeldWords
from bot.complaint.events import AgentEdited, AgentWrote, Media
from bot.complaint.evolving import replace
from bot.complaint.ids import MessageRef
from bot.desk.sheet import Sheet
from bot.wording.drafts import draft_findings

MANNERS: Final = frozenset({"but", "vague promise"})
"""No minute is lost over these where somebody is in danger (R27)."""
MOST_HELD: Final = 30
"""Drafts that one talk keeps; an older one can no longer be let go by its button, and is still in the timeline."""
ASK_AGAIN: Final = timedelta(minutes=3)
"""After this time the writer is reminded of a held draft."""
DUE: Final = "held_words"


def second_thoughts(case: Case, text: str) -> list[dict[str, object]]:
    """The findings against these words, each with its rule (S26, S55, S85, S88).

    Fault may be owned once it was found that it was ours, and not before (S20, S28, R56).
    """
    found_ours = case.verdict in (Verdict.UPHELD, Verdict.PARTLY)
    found = draft_findings(text, case.language, level=3 if found_ours else 2)
    danger = case.severity is Severity.SEV1
    return [{"rule": one.rule, "words": one.words} for one in found if not (danger and one.rule in MANNERS)]


def hold_back(
    sheet: Sheet, event: AgentWrote, why: str, found: Sequence[dict[str, object]] = ()
) -> HeldWords:
    """Hold these words and ask their writer, in one line; `found` is given for commands."""
    held = HeldWords(
        sources=(MessageRef(event.chat, event.message),),
        by=sheet.by.id,
        name=sheet.by.name,
        at=sheet.at,
        why=why,
        found=tuple(found),
        text=event.text,
        media=_kept(event.media),
        album=event.album,
        reply_to=MessageRef(event.chat, event.reply_to) if event.reply_to is not None else None,
        formatted=event.formatted,
        html=event.html,
        edited=isinstance(event, AgentEdited) and not found,
    )
    sheet.talk = sheet.talk.evolve(drafts=(*sheet.talk.drafts, held)[-MOST_HELD:])
    sheet.add(SetTimer(kind=DUE, key=_key(held), due=sheet.at + ASK_AGAIN))
    ask(sheet, held)
    return held


def ask(sheet: Sheet, held: HeldWords, *, line: str = "") -> None:
    """The question about a held draft: what was found, why, and what to do."""
    fields = {
        "by": held.name,
        "holder": sheet.case.holder.name if sheet.case.holder else "",
        "findings": list(held.found) or second_thoughts(sheet.case, held.text),
        "text": held.text,
    }
    sheet.add(
        Tell(
            name=line or f"held_{held.why}",
            fields=fields,
            buttons=_choices(held),
            key=_key(held),
            private_to=sheet.scene.situation.roster.of(held.by, held.name),
            answers=held.sources[0],
            chat=sheet.scene.situation.where if sheet.has_left else None,
        )
    )


def joins(sheet: Sheet, event: AgentWrote) -> bool:
    """Whether this is a further picture of a held album; it is held with the others silently."""
    if event.album is None:
        return False
    held = next(
        (one for one in sheet.talk.drafts if one.album == event.album and one.by == event.sender.id), None
    )
    if held is None or (event.text and held.text):
        return False
    put_in_place(
        sheet,
        replace(
            held,
            sources=(*held.sources, MessageRef(event.chat, event.message)),
            text=held.text or event.text,
        ),
    )
    return True


def held_at(sheet: Sheet, ref: MessageRef) -> HeldWords | None:
    """The held words that this message belongs to."""
    return next((one for one in sheet.talk.drafts if ref in one.sources), None)


def held_named(sheet: Sheet, value: str) -> HeldWords | None:
    """The held words that a button, or a timer, names."""
    return next((one for one in sheet.talk.drafts if name_of(one) == value), None)


def name_of(held: HeldWords) -> str:
    """How buttons and timers call these words."""
    return str(held.sources[0].message)


def put_in_place(sheet: Sheet, after: HeldWords) -> None:
    """Replace the held words after a change."""
    first = after.sources[0]
    drafts = tuple(after if one.sources[0] == first else one for one in sheet.talk.drafts)
    sheet.talk = sheet.talk.evolve(drafts=drafts)


def forget(sheet: Sheet, held: HeldWords) -> None:
    """The words are no longer held: they were sent, or will not be."""
    first = held.sources[0]
    sheet.talk = sheet.talk.evolve(drafts=tuple(one for one in sheet.talk.drafts if one.sources[0] != first))
    sheet.add(CancelTimer(key=_key(held)))


def relays_of(held: HeldWords) -> tuple[Relay, ...]:
    """The words exactly as they were written: every picture of the album, the formatting, the reply."""
    first, *others = held.sources
    media = Media(**held.media) if held.media else None
    whole = Relay(
        source=first,
        to_customer=True,
        text=held.text,
        media=media,
        album=held.album,
        reply_to=held.reply_to,
        formatted=held.formatted,
        html=held.html,
        edited=held.edited,
        by=held.name,
    )
    pictures = (
        replace(
            whole,
            source=one,
            text="",
            html="",
            media=Media(kind=media.kind if media else "other"),
            reply_to=None,
        )
        for one in others
    )
    return (whole, *pictures)


def _choices(held: HeldWords) -> Rows:
    name = name_of(held)
    if held.why == "held":
        over = Button("take_and_send", "take_send", name)
        return ((over,), (Button("let_this_one", "let_one", name), Button("was_note", "was_note", name)))
    if held.found:
        return ((Button("obey_anyway", "send_held", name), Button("change_it", "drop_held", name)),)
    return ((Button("send_anyway", "send_held", name), Button("change_it", "drop_held", name)),)


def _key(held: HeldWords) -> str:
    return f"held:{name_of(held)}"


def _kept(media: Media | None) -> dict[str, object] | None:
    return {name: value for name, value in asdict(media).items() if value} if media is not None else None

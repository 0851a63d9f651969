"""Records a wish: verbatim, and as read (S22)."""

from bot.complaint.case import Wish
from bot.complaint.conversation import Conversation, Step
from bot.complaint.events import CustomerWrote, Event
from bot.complaint.evolving import replace
from bot.complaint.reading import Reading, Remedy, RemedyKind
from bot.dialogue.draft import Draft
from bot.reading.matterwords import asks_for_something, speaks_of_redress
from bot.reading.privacy import masked
from bot.reading.termswords import asked_terms


def without_grievance(reading: Reading | None, talk: Conversation) -> Reading | None:
    """The reading without a "wish" that only tells what is wrong ("half a month and not shipped").

    What merely sounds like a wish is asked about before it is granted, unless a word asks for it (S96). Said amid the
    story, "it's not about the money" ends no question about the facts.
    """
    if reading is None or reading.remedy is None:
        return reading
    remedy, words = reading.remedy, reading.remedy.span.text
    named = remedy.kinds == (RemedyKind.OTHER,) and any(one in words for one in reading.issue)
    sounds_so = remedy.heard and not speaks_of_redress(words)
    tells = (named or sounds_so) and not asks_for_something(words)
    return replace(reading, remedy=None) if tells or _only_waives(reading, remedy, talk) else reading


def _only_waives(reading: Reading, remedy: Remedy, talk: Conversation) -> bool:
    waives = not (remedy.kinds or remedy.excludes) and remedy.amount is None
    return waives and reading.is_complaint and talk.step is Step.CLARIFYING


def without_question(reading: Reading | None, event: Event) -> Reading | None:
    """The reading without a "wish" that only asks how an offer is carried out ("who pays the postage?")."""
    if reading is None or reading.remedy is None or not isinstance(event, CustomerWrote):
        return reading
    return replace(reading, remedy=None) if asked_terms(event.text) else reading


def note_wish(draft: Draft, remedy: Remedy, verbatim: str | None = None) -> Wish:
    """Write the wish down; the same words are not written twice."""
    wish = Wish(
        at=draft.at,
        verbatim=masked(verbatim or remedy.span.text).text,
        kinds=remedy.kinds,
        amount=remedy.amount,
        amount_most=remedy.amount_most,
        currency=remedy.currency,
        share=remedy.share,
        multiple=remedy.multiple,
        basis=remedy.basis,
        open_ended=remedy.open_ended,
        refuses_money=remedy.refuses_money,
        excludes=remedy.excludes,
        alternatives=remedy.alternatives,
        conditional=remedy.conditional,
    )
    last = draft.case.wishes[-1] if draft.case.wishes else None
    if last is None or (last.verbatim, last.kinds) != (wish.verbatim, wish.kinds):
        draft.change(wishes=(*draft.case.wishes, wish))
    draft.wish_read_as(wish.kinds)
    return draft.case.wishes[-1]

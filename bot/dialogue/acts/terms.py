"""Answers how an offer would be carried out: who pays the postage, what goes back, and when. The offer stays open."""

from typing import Any, Final

from bot.complaint.actions import Button, Rows
from bot.complaint.case import Offer
from bot.complaint.conversation import Step
from bot.complaint.events import CustomerWrote, Event
from bot.dialogue.acts.settling import card_items, option_rows
from bot.dialogue.draft import HUMAN, Draft
from bot.policy.remedy_kinds import FETCHED
from bot.reading.termswords import Term, asked_terms

LIES_AS: Final = {Step.PROPOSING: "open", Step.AGREEMENT: "chosen", Step.FULFILLING: "agreed"}
"""The state of the offers that are talked of at a step."""


def asks_terms(event: Event, draft: Draft) -> bool:
    """Whether it is asked how that is done which lies before them, and the offer itself tells."""
    return bool(_asked(event, draft)) and (draft.talk.step is Step.WISH or bool(_dated(draft)))


def _asked(event: Event, draft: Draft) -> tuple[Term, ...]:
    """What is asked. Before an offer, and once it is agreed, "when?" asks how the matter stands."""
    if type(event) is not CustomerWrote or draft.talk.step not in (*LIES_AS, Step.WISH):
        return ()
    asked = asked_terms(event.text)
    settled = draft.talk.step in (Step.WISH, Step.FULFILLING)
    return () if settled and Term.WHEN in asked else asked


def _lying(draft: Draft) -> list[Offer]:
    state = LIES_AS.get(draft.talk.step)
    return [one for one in draft.case.offers if one.state == state] if draft.has_case else []


def _dated(draft: Draft) -> list[dict[str, Any]]:
    """Of each offer what takes longest."""
    rows = []
    for offer in _lying(draft):
        dated = [one for one in card_items(draft, offer) if one["due"] is not None]
        rows += [max(dated, key=lambda one: one["due"])] if dated else []
    return rows


def answer_terms(draft: Draft) -> None:
    """Answer from the offer itself, and show its buttons again."""
    draft.answered()
    offers = _lying(draft)
    draft.say(
        "answers/terms",
        *_rows(draft, offers),
        asked=[one.value for one in _asked(draft.scene.event, draft)],
        fetched=_fetched(offers),
        items=_dated(draft),
        step=draft.talk.step.value,
    )


def _fetched(offers: list[Offer]) -> str:
    """Whether we fetch something back: in `all` of them, in `some`, in `none`."""
    back = [one.pickup or not FETCHED.isdisjoint(one.kinds) for one in offers]
    return "all" if all(back) else "some" if any(back) else "none"


def _rows(draft: Draft, offers: list[Offer]) -> Rows:
    if draft.talk.step is Step.AGREEMENT:
        return ((Button("agree", "agree"), Button("change", "change")),)
    if draft.talk.step is not Step.PROPOSING:
        return ((HUMAN,),)
    waits = draft.case.open_escalation is not None
    return (*option_rows(draft, offers), (Button("wait_people", "wait_people"),) if waits else (HUMAN,))


ACTS: Final = (answer_terms,)

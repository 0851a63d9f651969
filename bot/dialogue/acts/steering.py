"""Chooses the next step once a story is told, in the order of the seven steps (S25)."""

from typing import Any

from bot.complaint.actions import Button
from bot.complaint.case import Queue, Severity, Status, Wish
from bot.complaint.conversation import Step
from bot.complaint.reading import Category, Family, RemedyKind
from bot.dialogue.acts.asking import look_for_refund
from bot.dialogue.acts.behalf import ask_for_consent
from bot.dialogue.acts.eaters import WARNED
from bot.dialogue.acts.settling import settle_wish
from bot.dialogue.draft import HUMAN, SKIP, Draft
from bot.dialogue.questions import (
    CONSENT,
    UNSAFE_FOOD,
    WITHOUT_ORDER,
    WRONGED,
    has_foreign_object,
    matter,
    next_question,
)
from bot.dialogue.readback import mend_row, read_back
from bot.reading.matterwords import awaits_refund

REMEDIES = (Button("replace", "replace"), Button("refund", "refund"), Button("other", "other"))
_EATEN = {True: "eaten", False: "uneaten", None: ""}
FOR_PEOPLE = (Family.MEDIA, Family.LEGAL, Family.REGULATOR, Family.PRIVACY, Family.COUNTERFEIT, Family.MASS)
"""Signs that bring people in, whatever the talk comes to."""
SUMS_FOR_PEOPLE = {RemedyKind.MULTIPLE, RemedyKind.MEDICAL, RemedyKind.MENTAL, RemedyKind.LOST_INCOME}


def first_answer(draft: Draft) -> None:
    """Thanks, sorrow that names the event, what to do meanwhile; and the next question (S19, S20, S64)."""
    draft.change(status=Status.COLLECTING)
    if matter(draft.case) in WRONGED:
        draft.raise_severity(matter(draft.case))
    wish = draft.case.wishes[-1] if draft.case.wishes else None
    if wish is not None and not SUMS_FOR_PEOPLE.isdisjoint(wish.kinds):
        settle_wish(draft, wish, sorry=True)
        return
    settled = wish is not None and not _leaves_it_to_us(wish)
    question = None if _goes_to_people(draft) or settled else next_question(draft)
    photo = any(one.kind == "photo" for one in draft.case.evidence)
    warned = any(draft.was_said(f"safety/{one}") for one in ("hazard", "splinter"))
    eaten = _EATEN[draft.facts.eaten]
    if eaten == "eaten":
        draft.remember(WARNED)
    if question is None:
        draft.say("listening/thanks_sorry", question=None, has_photo=photo, warned=warned, eaten=eaten)
        go_on(draft)
        return
    if question == CONSENT:
        draft.say("listening/thanks_sorry", question=None, has_photo=photo, warned=warned, eaten=eaten)
        ask_for_consent(draft)
        return
    if question == "order_no" and draft.facts.order_no is not None:
        draft.say("listening/thanks_sorry", question=None, has_photo=photo, warned=warned, eaten=eaten)
        draft.say("clarify/order_unknown", (SKIP, HUMAN), ask=question)
        draft.go_asking(Step.CLARIFYING, question)
        return
    draft.say(
        "listening/thanks_sorry",
        (SKIP, HUMAN),
        ask=question,
        question=question,
        has_photo=photo,
        warned=warned,
        eaten=eaten,
    )
    draft.go_asking(Step.CLARIFYING, question)


def go_on(draft: Draft, *, thanks: bool = False) -> None:
    """The next fact that is missing; or the wish that was already named; or the question what is wanted."""
    draft.change(status=Status.COLLECTING)
    question = None if _goes_to_people(draft) else next_question(draft)
    wish = draft.case.wishes[-1] if draft.case.wishes and draft.case.agreement is None else None
    if wish is not None and (question is None or not _leaves_it_to_us(wish)):
        settle_wish(draft, wish)
        return
    if question == CONSENT:
        ask_for_consent(draft)
    elif question is not None:
        fields: dict[str, Any] = {"again": False, "thanks": thanks, "told": False, "meant": False}
        draft.say("clarify/ask", (SKIP, HUMAN), ask=question, question=question, **fields)
        draft.go_asking(Step.CLARIFYING, question)
    else:
        ask_wish(draft)


def _leaves_it_to_us(wish: Wish) -> bool:
    """Asked what we will do about it, they want nothing in particular yet: the facts come first."""
    return set(wish.kinds) == {RemedyKind.OPEN}


def _goes_to_people(draft: Draft) -> bool:
    """Account, privacy and once-dangerous matters go to people at once, without further questions.

    Food is the exception: for its sample batch, place and storage are asked, since they do not keep (D3).
    """
    case = draft.case
    grave = case.severity is Severity.SEV1 and matter(case) not in UNSAFE_FOOD
    return case.category is Category.ACCOUNT or grave


def ask_wish(draft: Draft) -> None:
    """Possible causes without a verdict, and the question what is wanted, before any offer (S21, S96)."""
    draft.change(status=Status.ASSESSING)
    if awaits_refund(draft.case.story):
        look_for_refund(draft)
        return
    known: dict[str, Any] = {**read_back(draft), "with_causes": draft.facts.harmed is not True}
    mends = mend_row(draft)
    reason = _reason_for_people(draft)
    if reason is None:
        # whoever wants it simple need not find the words
        plain = (REMEDIES,) if draft.talk.simple else ()
        draft.say("wish/ask", *plain, *mends, (HUMAN,), ask="wish", **known)
    else:
        quality = reason == "foreign_object"
        promise = draft.hand_over(reason, queue=Queue.QUALITY if quality else None)
        name = "wish/ask_quality" if quality else "wish/ask_people"
        draft.say(name, *mends, ask="wish", due=promise.due_at, team=draft.team, **known)
    draft.go_asking(Step.WISH, "wish")


def _reason_for_people(draft: Draft) -> str | None:
    """Why people come in before any offer; None if the bot may settle it by itself."""
    case = draft.case
    if has_foreign_object(case):
        return "foreign_object"
    if case.open_escalation is not None:
        return case.open_escalation.reason.split(" ")[0]
    if case.category is Category.ACCOUNT:
        return "privacy"
    shown = case.families()
    sign = next((family.value for family in FOR_PEOPLE if family in shown), None)
    if matter(case) in WITHOUT_ORDER:
        return sign or matter(case)
    return sign or ("severity" if case.severity <= Severity.SEV2 else None)

"""Short answers to questions that may come at any time; the talk goes on where it was."""

from typing import Any, Final

from bot.complaint.actions import Lane
from bot.complaint.case import Control, PromiseStatus
from bot.complaint.conversation import Step
from bot.complaint.reading import Intent
from bot.dialogue.acts.alarms import words_of
from bot.dialogue.acts.danger import ask_if_eaten
from bot.dialogue.acts.opening import gather
from bot.dialogue.acts.people import call_a_person
from bot.dialogue.acts.several import open_beside, standing
from bot.dialogue.draft import HUMAN, SKIP, Draft
from bot.dialogue.meanings import QUESTIONS_AFTER_HARM, asks_if_harmful
from bot.dialogue.questions import matter, may_have_been_eaten
from bot.reading.matterwords import asks_of_eating


def explain_itself(draft: Draft) -> None:
    """What the desk does and which commands there are (R2)."""
    draft.say("answers/help", (HUMAN,))


def tell_rights(draft: Draft) -> None:
    """The complainant's own ways outside: telling them is a duty (S12, R20)."""
    draft.answered()
    draft.say("answers/rights", (HUMAN,))


def tell_status(draft: Draft) -> None:
    """How it stands, and what was promised by when (R5, D12)."""
    if not draft.has_case:
        draft.say("answers/no_case")
        return
    draft.answered()
    case = draft.case
    shown = [
        one
        for one in case.promises
        if one.status in (PromiseStatus.OPEN, PromiseStatus.KEPT, PromiseStatus.LATE)
    ]
    draft.say(
        "answers/status",
        (HUMAN,),
        lane=Lane.TALK,
        lines=[
            {
                "text_kind": one.kind,
                "due": one.due_at,
                "status": one.status,
                "done_at": one.settled_at,
                "owner": one.owner,
            }
            for one in shown
        ],
        stage=case.status.value,
        control=case.control.value if case.is_open else "",
        wish=case.wishes[-1].verbatim if case.wishes else None,
        with_person=case.control is Control.HUMAN,
        question=draft.talk.asked if case.control is Control.BOT and case.is_open else None,
        others=[standing(one) for one in open_beside(draft)],
    )


def find_nothing_to_withdraw(draft: Draft) -> None:
    """Their first words withdraw: nothing of theirs is in hand here, and people may know of it elsewhere."""
    draft.talk = draft.talk.evolve(heard=())
    if not draft.has_case:
        draft.say("answers/no_case")
        return
    draft.say("withdraw/nothing", (HUMAN,))
    draft.go(Step.LISTENING)


def own_up(draft: Draft) -> None:
    """Say in one line that it is a machine (S14, R21); call a person if they asked for one too."""
    reading = draft.scene.reading
    if reading is not None and Intent.WANTS_PERSON in reading.intents:
        call_a_person(draft)
        return
    draft.answered()
    draft.say("answers/bot", (HUMAN,))


def keep_limits(draft: Draft) -> None:
    """Politely decline to tell the limits of authority (S31)."""
    draft.answered()
    draft.say("answers/limit", (HUMAN,))


def keep_verdict(draft: Draft) -> None:
    """Give no verdict before there is one; the ways outside stay open (D5, S27)."""
    draft.answered()
    waiting = draft.case.open_promises
    again = draft.was_said("answers/verdict")
    draft.say("answers/verdict", (HUMAN,), due=waiting[0].due_at if waiting else None, again=again)


def tell_who_knows_the_warranty(draft: Draft) -> None:
    """No term is made up: where it stands, who tells it today, and a person; then the talk goes on (S27, R22)."""
    draft.answered()
    draft.say("answers/warranty", (HUMAN,))
    _ask_on(draft)


def _ask_on(draft: Draft) -> None:
    """The question that stood before theirs."""
    asked = draft.talk.asked
    if asked is not None and draft.talk.step is Step.CLARIFYING:
        fields: dict[str, Any] = dict.fromkeys(("again", "thanks", "told", "meant"), False)
        draft.say("clarify/ask", (SKIP, HUMAN), question=asked, **fields)


def advise_to_be_safe(draft: Draft) -> None:
    """Whether it may be eaten, or a doctor be seen: no verdict on health, the safe way; then the talk goes on (S27)."""
    reading = draft.scene.reading
    eaten = may_have_been_eaten(draft) or _may_have_been_swallowed(draft)
    alone = not draft.was_said("opening") and not eaten
    tells = reading is not None and (reading.is_complaint or bool(reading.issue))
    pet = matter(draft.case) == "pet_food"
    inside = draft.facts.eaten is True and not asks_of_eating(words_of(draft))
    ill = draft.facts.harmed is True or inside
    draft.say("answers/safe", *(((HUMAN,),) if alone else ()), ill=ill, pet=pet)
    if eaten:
        draft.talk = draft.talk.evolve(heard=())
        ask_if_eaten(draft)
    elif tells:
        gather(draft)
    else:
        draft.answered()
        _ask_on(draft)


def _may_have_been_swallowed(draft: Draft) -> bool:
    """Whether they ask what swallowing it does, and nobody has asked yet how they are."""
    reading = draft.scene.reading
    asked = not QUESTIONS_AFTER_HARM.isdisjoint(draft.talk.said)
    return reading is not None and asks_if_harmful(reading) and draft.facts.harmed is None and not asked


ACTS: Final = (
    explain_itself,
    tell_rights,
    tell_status,
    find_nothing_to_withdraw,
    own_up,
    keep_limits,
    keep_verdict,
    tell_who_knows_the_warranty,
    advise_to_be_safe,
)

"""Acts on danger: safety first, a person in the same turn, no form, no bargain (D8, D20, D6)."""

from typing import Any, Final

from bot.complaint.actions import Button, Lane, Rows
from bot.complaint.case import Control, Queue, Severity, Wish
from bot.complaint.conversation import Step
from bot.complaint.events import CustomerEdited, CustomerWrote
from bot.complaint.reading import Category, Family, RemedyKind
from bot.dialogue.acts.alarms import alarm, words_of
from bot.dialogue.acts.eaters import mind_who_ate
from bot.dialogue.acts.steering import first_answer, go_on
from bot.dialogue.acts.vets import is_of_a_pet, send_to_a_vet
from bot.dialogue.draft import HUMAN, Draft
from bot.dialogue.questions import matter, may_have_been_eaten, says_eaten
from bot.dialogue.wishing import note_wish
from bot.reading.harmwords import (
    Help,
    happened_at_a_place,
    help_for,
    is_cared_for,
    is_in_the_mouth,
    is_knock,
    sounds_grave,
    tells_of_harm,
    threatens_people,
)
from bot.reading.matterwords import has_no_order
from bot.reading.privacy import masked
from bot.reading.thingwords import Thing, thing_in

HURT: Final = (Button("at_hospital", "at_hospital"), Button("call_me", "call_me"))
HAZARD: Final = (Button("nobody_hurt", "nobody_hurt"), Button("somebody_hurt", "somebody_hurt"))
EATEN: Final = (
    Button("eaten_fine", "eaten_fine"),
    Button("not_eaten", "not_eaten"),
    Button("unwell", "unwell"),
)
PET_EATEN: Final = (
    Button("pet_eaten_fine", "eaten_fine"),
    Button("pet_not_eaten", "not_eaten"),
    Button("pet_unwell", "unwell"),
)


def care_for_life(draft: Draft) -> None:
    """Words of self-harm: care, help lines, a person now; the complaint waits (D20)."""
    if alarm(draft, "self_harm"):
        again = draft.was_said("safety/self_harm")
        draft.say(
            "safety/self_harm_again" if again else "safety/self_harm",
            lane=Lane.URGENT,
            due=draft.answer_due,
            team=draft.team,
        )
    draft.go(Step.WITH_PEOPLE)


def send_to_help(draft: Draft) -> None:
    """Somebody is hurt: help first, one message, and a person who calls (D8, D13)."""
    act = draft.pressed.act
    if is_of_a_pet(draft):
        send_to_a_vet(draft)
        return
    draft.learn(harmed=True)
    if not alarm(draft, "injury"):
        draft.go(Step.WITH_PEOPLE)
        return
    if act == "call_me" and draft.facts.phone is None:
        draft.say(
            "safety/ask_phone", (Button("share_phone", "share_phone", kind="contact"),), lane=Lane.URGENT
        )
        draft.go_asking(Step.WITH_PEOPLE, "phone")
        return
    name, rows = _first_help(draft)
    fields: dict[str, Any] = _what_to_leave(draft) if name in ("emergency", "doctor") else {}
    if name == "wound":
        fields = {"mouth": is_in_the_mouth(words_of(draft)), "knock": is_knock(words_of(draft))}
    if name == "died":
        fields = {"pet": False}
    if name == "added":
        draft.say("people/added")
    else:
        due, team = draft.answer_due, draft.team
        draft.say(f"safety/{name}", *rows, lane=Lane.URGENT, due=due, team=team, **fields)
    draft.go(Step.WITH_PEOPLE)


def _what_to_leave(draft: Draft) -> dict[str, bool]:
    words = words_of(draft)
    told = (words, *draft.case.story)
    thing = thing_in(draft.facts.product or "", told)
    return {
        "place": happened_at_a_place("\n".join(told)),
        "edible": thing not in (Thing.ELECTRIC, Thing.PLAIN),
    }


def _first_help(draft: Draft) -> tuple[str, Rows]:
    """The help to name first, once; a doctor where that is enough."""
    words = words_of(draft)
    ill = _help(draft, words)
    if ill is Help.EMERGENCY and is_cared_for(words) and not draft.was_said("safety/with_you"):
        return "with_you", ()
    told = {one for one in Help if draft.was_said(f"safety/{one}")}
    graver = (ill is Help.EMERGENCY and sounds_grave(words)) or ill in (Help.OVER, Help.DIED)
    if ill in told or (told and not graver):
        return ("added" if draft.was_said("safety/with_you") else "with_you"), ()
    return ill.value, (HURT,) if ill in (Help.EMERGENCY, Help.DOCTOR, Help.WOUND) else ()


def _help(draft: Draft, words: str) -> Help:
    """The help for what these words tell; where they name no trouble, what was told before counts."""
    known = words if tells_of_harm(words) else "\n".join((*draft.case.story, words))
    return help_for(known) if known.strip() else Help.EMERGENCY


def stop_the_danger(draft: Draft) -> None:
    """Smoke, sparks, leaking current: stop using it, and ask whether anybody is hurt (D14).

    A splinter in food is such a danger too: there it is asked whether anybody swallowed it (D3).
    """
    in_food = _is_in_food(draft)
    if not alarm(draft, "foreign_object" if in_food else "hazard"):
        draft.go(Step.WITH_PEOPLE)
        return
    if draft.was_said("safety/hazard") or draft.was_said("safety/splinter"):
        draft.say("safety/with_you", lane=Lane.URGENT, due=draft.answer_due, team=draft.team)
        draft.go(Step.WITH_PEOPLE)
        return
    due, team = draft.answer_due, draft.team
    if in_food:
        pet = matter(draft.case) == "pet_food"
        rows = _eaten_rows(draft)
        draft.say("safety/splinter", *rows, lane=Lane.URGENT, ask="eaten", due=due, team=team, pet=pet)
        draft.go_asking(Step.SAFETY, "eaten")
        return
    plug = thing_in(draft.facts.product or "", (words_of(draft),)) in (Thing.ELECTRIC, Thing.UNKNOWN)
    draft.say(
        "safety/hazard", HAZARD, (HUMAN,), lane=Lane.URGENT, ask="unharmed", due=due, team=team, plug=plug
    )
    draft.go_asking(Step.SAFETY, "unharmed")


def _is_in_food(draft: Draft) -> bool:
    reading = draft.scene.reading
    return reading is not None and reading.foreign_object and reading.category is Category.FOOD_SAFETY


def hold_the_line(draft: Draft) -> None:
    """Money for silence, or violence: one calm line, the same once more, then only people (D6, S33)."""
    draft.change(evidence_hold=True)
    violent = threatens_people(words_of(draft))
    if not violent or draft.scene.reading is None or draft.scene.reading.remedy is not None:
        _note_demand(draft)
    speaks = alarm(draft, "extortion", queue=Queue.LEGAL, severity=Severity.SEV2)
    if speaks and violent and not draft.was_said("people/threat"):
        draft.say("people/threat", due=draft.answer_due)
        draft.go(Step.WITH_PEOPLE)
        return
    times = sum(name.startswith("people/extortion:") for name in draft.talk.said)
    if speaks and times < 2:  # noqa: PLR2004 - the same line once more, then only people
        draft.say("people/extortion", due=draft.answer_due)
        draft.remember(f"people/extortion:{times + 1}")
    draft.go(Step.WITH_PEOPLE)


def _note_demand(draft: Draft) -> None:
    """Record what they demand word for word."""
    reading, event = draft.scene.reading, draft.scene.event
    if reading is not None and reading.remedy is not None:
        note_wish(draft, reading.remedy)
    elif isinstance(event, CustomerWrote | CustomerEdited):
        wish = Wish(at=draft.at, verbatim=masked(event.text).text, kinds=(RemedyKind.COMPENSATION,))
        draft.change(wishes=(*draft.case.wishes, wish))


def keep_secrets_out(draft: Draft) -> None:
    """Somebody sent an identity number, card or password: it is masked, and they are told why (R26)."""
    draft.notice("press_notice/noted")
    draft.talk = draft.talk.evolve(heard=())
    held = draft.case.control is Control.HUMAN
    promise = draft.hand_over("identity_data")
    if not held:
        draft.say("people/secret", due=promise.due_at)
    draft.go(Step.WITH_PEOPLE)


def ask_if_eaten(draft: Draft) -> None:
    """Food: ask about safety before everything else, even before thanks (D3)."""
    pet, eaten = matter(draft.case) == "pet_food", draft.facts.eaten is True
    draft.say("safety/eaten", *_eaten_rows(draft), lane=Lane.FIRST, ask="eaten", pet=pet, eaten=eaten)
    draft.go_asking(Step.SAFETY, "eaten")


def _eaten_rows(draft: Draft) -> Rows:
    return (PET_EATEN if matter(draft.case) == "pet_food" else EATEN, (HUMAN,))


def ask_if_hurt(draft: Draft) -> None:
    """Harm is only suspected: one question first, and no alarm (D3)."""
    reading = draft.scene.reading
    if reading is not None and reading.remedy is not None:
        note_wish(draft, reading.remedy)
    draft.talk = draft.talk.evolve(heard=())
    if may_have_been_eaten(draft):
        ask_if_eaten(draft)
        return
    draft.say("safety/hurt", HAZARD, (HUMAN,), lane=Lane.FIRST, ask="unharmed")
    draft.go_asking(Step.SAFETY, "unharmed")


def go_on_unharmed(draft: Draft) -> None:
    """Nobody is hurt: go on with thanks, sorrow, and what to do with the thing."""
    draft.notice("press_notice/noted")
    draft.strip()
    draft.learn(harmed=False, eaten=_was_eaten(draft))
    reading = draft.scene.reading
    if reading is not None and reading.remedy is not None:
        note_wish(draft, reading.remedy)
    told = "\n".join(one.text for one in draft.talk.heard) or words_of(draft)
    draft.talk = draft.talk.evolve(heard=(), misses=0)
    if draft.facts.eaten:
        mind_who_ate(draft, told, late=False)
    if draft.was_said("listening/thanks_sorry"):
        go_on(draft)
    else:
        first_answer(draft)


def _was_eaten(draft: Draft) -> bool | None:
    """Whether somebody ate of it; "nobody is unwell" does not tell."""
    reading, act = draft.scene.reading, draft.pressed.act
    if act in ("eaten_fine", "not_eaten"):
        return act == "eaten_fine"
    return says_eaten(reading) if reading is not None else None


def answer_safety(draft: Draft) -> None:
    """Words instead of a button: if unclear, ask once more, then treat it as a doubt.

    Where harm was only suspected and the answer does not sound like it either, the talk goes on.
    """
    reading = draft.scene.reading
    if reading is not None and reading.remedy is not None:
        note_wish(draft, reading.remedy)
    _note_no_order(draft)
    warned = draft.was_said("safety/hazard") or draft.was_said("safety/splinter")
    suspected = draft.was_said("safety/hurt") and not warned
    if reading is not None and (reading.says_unharmed or reading.says_eaten):
        go_on_unharmed(draft)
    elif (
        (suspected or _speaks_of_goods(draft))
        and reading is not None
        and reading.doubt(Family.INJURY) is None
    ):
        draft.talk = draft.talk.evolve(heard=())
        first_answer(draft)
    elif draft.talk.asked is not None and draft.talk.times_asked(draft.talk.asked) < 2:  # noqa: PLR2004 - asked twice at most
        hazard = draft.talk.asked == "unharmed"
        draft.talk = draft.talk.evolve(heard=())
        rows = (HAZARD, (HUMAN,)) if hazard else _eaten_rows(draft)
        pet = matter(draft.case) == "pet_food"
        draft.say("safety/ask_again", *rows, ask=draft.talk.asked, hazard=hazard, pet=pet)
    else:
        alarm(draft, "unclear_harm")
        draft.say("safety/unclear", lane=Lane.URGENT, due=draft.answer_due, team=draft.team)
        draft.go(Step.WITH_PEOPLE)


def _note_no_order(draft: Draft) -> None:
    """Who says meanwhile that they know of no order is not asked for its number (S13)."""
    if any(has_no_order(one.text) for one in draft.talk.heard):
        draft.remember("skipped order_no")


def _speaks_of_goods(draft: Draft) -> bool:
    """Asked twice, they name a wish or an order instead: nobody who is hurt answers so."""
    reading, asked = draft.scene.reading, draft.talk.asked
    grave = draft.case.severity is Severity.SEV1
    wants = reading is not None and (reading.remedy is not None or bool(reading.slots.order_no))
    return wants and not grave and asked is not None and draft.talk.times_asked(asked) > 1


ACTS: Final = (
    care_for_life,
    send_to_help,
    stop_the_danger,
    hold_the_line,
    keep_secrets_out,
    ask_if_hurt,
    go_on_unharmed,
    answer_safety,
)

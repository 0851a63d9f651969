"""An animal is ill: a vet at once, sympathy where it died, and people who look into its food."""

from typing import Any

from bot.complaint.actions import Lane
from bot.complaint.case import Queue, Severity
from bot.complaint.conversation import Step
from bot.dialogue.acts.alarms import alarm, words_of
from bot.dialogue.draft import Draft
from bot.dialogue.questions import matter
from bot.reading.harmwords import Help, help_for


def is_of_a_pet(draft: Draft) -> bool:
    """Whether an animal is ill: so read, or pressed where it was asked after."""
    reading = draft.scene.reading
    pressed = draft.pressed.act == "unwell" and matter(draft.case) == "pet_food"
    return pressed or (reading is not None and reading.animal)


def send_to_a_vet(draft: Draft) -> None:
    """An animal is ill: a vet at once, and people who look into its food; it is no emergency of a person."""
    draft.talk = draft.talk.evolve(asked=None)
    if not alarm(draft, "animal", queue=Queue.QUALITY, severity=Severity.SEV2):
        draft.go(Step.WITH_PEOPLE)
        return
    words = words_of(draft)
    died = help_for(words, animal=True) is Help.DIED
    name = "died" if died else "vet"
    if draft.was_said("safety/died") or (name == "vet" and draft.was_said("safety/vet")):
        name = "with_pet"
    if name == "with_pet" and draft.was_said("safety/with_pet"):
        draft.say("people/added")
    else:
        fields: dict[str, Any] = {"pet": True} if died else {}
        draft.say(f"safety/{name}", lane=Lane.URGENT, due=draft.answer_due, team=draft.team, **fields)
    draft.go(Step.WITH_PEOPLE)

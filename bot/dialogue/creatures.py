"""Tells whether it is about an animal, and no human being: by these words, or by what was told before."""

from bot.complaint.case import Case
from bot.complaint.events import CustomerEdited, CustomerWrote, Event
from bot.complaint.evolving import replace
from bot.complaint.reading import Reading
from bot.dialogue.questions import matter
from bot.reading.harmwords import of_an_animal, speaks_of_people

TOLD = frozenset({"safety/vet", "safety/died"})


def with_its_creature(
    reading: Reading | None, event: Event, case: Case | None, said: tuple[str, ...]
) -> Reading | None:
    """The reading, marked where it is about an animal. A word of people is never passed over."""
    if reading is None or not isinstance(event, CustomerWrote | CustomerEdited):
        return reading
    return replace(reading, animal=True) if _is_of_an_animal(event.text, case, said) else reading


def _is_of_an_animal(words: str, case: Case | None, said: tuple[str, ...]) -> bool:
    if of_an_animal(words):
        return True
    if case is None or speaks_of_people(words) or case.facts.harmed:
        return False
    return not TOLD.isdisjoint(said) or matter(case) == "pet_food"

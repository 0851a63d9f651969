"""Minds whoever ate of bad food, where it is told late, or where a child or an old person ate of it (R27, S8)."""

from bot.complaint.actions import Lane
from bot.dialogue.draft import Draft
from bot.dialogue.questions import UNSAFE_FOOD, matter
from bot.reading.harmwords import is_for_a_doctor_at_once

WARNED = "who ate is warned"
"""The mark that the first answer told what to look out for."""


def mind_who_ate(draft: Draft, words: str, *, late: bool) -> None:
    """Say once what whoever ate of it should do; `late` if the first answer did not know of it.

    A hard splinter or a bulging tin is for a doctor before anything is felt, if who ate is a child, old or pregnant.
    """
    kind = matter(draft.case)
    if kind not in UNSAFE_FOOD or kind == "pet_food" or draft.was_said("safety/swallowed"):
        return
    frail = is_for_a_doctor_at_once("\n".join((*draft.case.story, words)))
    if frail or (late and not draft.was_said(WARNED)):
        draft.say("safety/swallowed", lane=Lane.URGENT, frail=frail)

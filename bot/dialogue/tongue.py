"""Chooses the language in which the complainant is answered."""

import re
from typing import Final

from bot.complaint.reading import Language, Reading
from bot.dialogue.draft import Draft

_NUMBER: Final = re.compile(r"[A-Za-z0-9._/#-]*[0-9][A-Za-z0-9._/#-]*")
"""An order, a batch, a phone number: signs of no language."""


def follow_language(draft: Draft, reading: Reading, text: str) -> None:
    """Follow the complainant's language until they choose one; a word or two does not change it."""
    spoken = Language.EN if reading.language is Language.EN else Language.ZH
    # "refund pls" amid a Chinese talk is a word or two; a story told in Chinese stays so
    told = draft.has_case and bool(draft.case.story) and spoken is Language.EN
    whole_sentence = len(text.split()) > 2 or (len(text) > 5 and not told)  # noqa: PLR2004 - a word or two
    if _NUMBER.fullmatch(text.strip()):
        return
    if not draft.talk.language_chosen and (whole_sentence or not draft.was_said("opening")):
        if draft.talk.language is not spoken:
            draft.talk = draft.talk.evolve(language=spoken)
        draft.change(language=spoken)

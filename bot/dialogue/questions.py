"""Which facts each kind of complaint needs: asked one at a time, skippable, at most twice (S91)."""

from typing import Final

from bot.complaint.case import Case
from bot.complaint.reading import Category, Family, Reading
from bot.dialogue.draft import Draft

PLAN: Final[dict[str, tuple[str, ...]]] = {
    "foreign_object": ("photo_pack", "photo_object", "where_bought", "storage"),
    Category.FOOD_SAFETY: ("photo_pack", "where_bought"),
    Category.QUALITY: ("order_no",),
    Category.DELIVERY: ("order_no",),
    Category.PACKAGING: ("photo", "order_no"),
    Category.AFTERSALES: ("order_no",),
    Category.BILLING: ("order_no",),
    Category.FALSE_AD: ("order_no",),
    Category.COUNTERFEIT: ("photo_pack", "where_bought"),
    Category.SERVICE: ("when_where",),
    Category.NONE: ("what_happened",),
}
"""The questions by kind of trouble. Account and privacy troubles have none: people take them at once (R26)."""

PHOTOS: Final = ("photo_pack", "photo_object", "photo")
PICTURES: Final = ("photo", "video", "document")
MOST_TIMES: Final = 2
CONSENT: Final = "consent"
"""Whether the person concerned knows of it, and agrees: asked where somebody else writes (R15)."""


def matter(case: Case) -> str:
    """The kind of trouble, which selects questions, causes and interim advice."""
    return "foreign_object" if case.facts.foreign_object else case.category.value


def may_have_been_eaten(draft: Draft) -> bool:
    """Food with something wrong in it, and nobody has said yet whether anyone is unwell."""
    is_food = matter(draft.case) in ("food_safety", "foreign_object")
    asked = draft.was_said("safety/eaten") or draft.was_said("safety/splinter")
    return is_food and draft.facts.harmed is None and not asked


def says_all_are_well(reading: Reading) -> bool:
    """Whether the words that tell of bad food also say that nobody ate it or is unwell: then it is not asked (S8)."""
    in_food = reading.category is Category.FOOD_SAFETY or reading.foreign_object
    return in_food and reading.says_unharmed and not reading.shows(Family.INJURY)


def next_question(draft: Draft) -> str | None:
    """The first fact that is neither known, nor skipped, nor asked already."""
    ahead = (CONSENT,) if draft.facts.on_behalf_of else ()
    plan = (*ahead, *PLAN.get(matter(draft.case), ()))
    return next((one for one in plan if not _is_over(draft, one)), None)


def _is_over(draft: Draft, question: str) -> bool:
    return draft.talk.times_asked(question) > 0 or known(draft, question)


def known(draft: Draft, question: str) -> bool:
    """Whether the fact that a question asks for is known."""
    facts, case = draft.facts, draft.case
    photos = sum(one.kind in PICTURES for one in case.evidence)
    bought = facts.order is not None or facts.store is not None
    return {
        "order_no": bought,
        "photo": photos > 0,
        "photo_pack": photos > 0 and facts.batch_no is not None,
        "photo_object": photos > 1,
        "where_bought": bought,
        "storage": facts.storage is not None,
        "what_happened": bool(case.story),
        CONSENT: facts.consent_at is not None,
    }.get(question, False)


def may_ask_again(draft: Draft, question: str) -> bool:
    """Whether a question that was not answered may be put once more."""
    return draft.talk.times_asked(question) < MOST_TIMES

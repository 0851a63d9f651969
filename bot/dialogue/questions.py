"""Which facts each kind of complaint needs: asked one at a time, skippable, at most twice (S91)."""

from functools import lru_cache
from typing import Final

from bot.complaint.case import Case
from bot.complaint.reading import Category, Family, Intent, Reading
from bot.dialogue.draft import Draft
from bot.reading.matterwords import (
    appliance_failed,
    beside_goods,
    broken_and_not_wronged,
    finer,
    is_for_skin_or_wash,
    only_broken,
    only_leaves,
    pest_at_a_place,
    wronged,
)
from bot.reading.thingwords import Thing, thing_in

PLAN: Final[dict[str, tuple[str, ...]]] = {
    "foreign_object": ("photo_pack", "photo_object", "where_bought", "storage"),
    "served_object": ("photo", "where_eaten"),
    Category.FOOD_SAFETY: ("photo_pack", "where_bought"),
    "served_food": ("photo", "where_eaten"),
    "pet_food": ("photo_pack", "where_bought"),
    "food_quality": ("photo_pack", "where_bought"),
    "plain_quality": ("order_no",),
    "wrong_item": ("order_no",),
    "part_missing": ("order_no",),
    "made_wrong": ("order_no",),
    "spilled": ("order_no",),
    "pest": ("photo", "where_eaten"),
    "late": ("order_no",),
    "courier": ("order_no",),
    "not_shipped": ("order_no",),
    "price_drop": ("order_no",),
    "misconduct": ("when_where",),
    "scam": (),
    "short_weight": ("photo", "order_no"),
    "app": ("screen",),
    "membership": (),
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

_FINER: Final[dict[tuple[Category, Thing], str]] = {
    (Category.FOOD_SAFETY, Thing.SERVED): "served_food",
    (Category.FOOD_SAFETY, Thing.PET): "pet_food",
    (Category.QUALITY, Thing.PET): "pet_food",
    (Category.QUALITY, Thing.FOOD): "food_quality",
    (Category.QUALITY, Thing.SERVED): "food_quality",
    (Category.QUALITY, Thing.PLAIN): "plain_quality",
}
OBJECTS: Final = ("foreign_object", "served_object")
UNSAFE_FOOD: Final = (*OBJECTS, "food_safety", "served_food", "pet_food")

_FINER_STORIES: Final = (Category.DELIVERY, Category.BILLING)
WRONGED: Final = ("misconduct", "scam")
"""Somebody was wronged in person or cheated: people take it at once."""
WITHOUT_ORDER: Final = ("app", "membership", "pest", *WRONGED)
"""Matters that no order is about: none is asked for, and people take them."""
_BESIDE_GOODS: Final = (
    Category.QUALITY,
    Category.BILLING,
    Category.AFTERSALES,
    Category.FALSE_AD,
    Category.NONE,
)

_AT_HAND: Final = 256
"""Stories whose matter is at hand for a moment."""

PHOTOS: Final = ("photo_pack", "photo_object", "photo", "screen")
PICTURES: Final = ("photo", "video", "document")
MOST_TIMES: Final = 2
CONSENT: Final = "consent"
"""Whether the person concerned knows of it, and agrees: asked where somebody else writes (R15)."""


def matter(case: Case) -> str:
    """The kind of trouble, which selects questions, causes and interim advice.

    The same trouble is another one in a meal, in feed or in a shoe: a meal has no batch, and a shoe has no plug.
    """
    told = case.story
    if case.category is Category.ACCOUNT and not told:
        told = tuple(one.verbatim for one in case.wishes)
    return _matter(case.category, case.facts.product or "", bool(case.facts.foreign_object), told)


@lru_cache(maxsize=_AT_HAND)
def _matter(category: Category, product: str, foreign_object: bool, story: tuple[str, ...]) -> str:  # noqa: FBT001
    # a turn asks for it three or four times
    if (wrong := wronged(story)) and category is not Category.FOOD_SAFETY:
        return wrong
    thing = thing_in(product, story)
    edible = category is Category.FOOD_SAFETY or thing not in (Thing.ELECTRIC, Thing.PLAIN)
    if pest_at_a_place(story):
        return "pest"
    if foreign_object and edible and thing is not Thing.PET:
        return "served_object" if thing is Thing.SERVED else "foreign_object"
    beside = beside_goods(story) if category in _BESIDE_GOODS else ""
    if beside == "app" and category is Category.AFTERSALES and thing is not Thing.UNKNOWN:
        beside = ""  # what they want to send back is the matter, not the page that fails
    beside = beside or (finer(category.value, story) if category in _FINER_STORIES else "")
    if category is Category.ACCOUNT and only_leaves(story):
        return Category.NONE.value
    finest = Category.QUALITY if _of_the_goods(category, thing, product, story) else category
    return beside or _FINER.get((finest, thing), finest.value)


def _of_the_goods(category: Category, thing: Thing, product: str, story: tuple[str, ...]) -> bool:
    """Whether the goods themselves are the matter, though the words sound of another."""
    if category is Category.FOOD_SAFETY:
        spoilt_by_it = thing is Thing.ELECTRIC and appliance_failed(story)
        return spoilt_by_it or (thing is Thing.PLAIN and is_for_skin_or_wash(product))
    if category is Category.SERVICE:
        return thing in (Thing.ELECTRIC, Thing.PLAIN) and broken_and_not_wronged(story)
    return category is Category.AFTERSALES and only_broken(story)


def has_foreign_object(case: Case) -> bool:
    """Whether something was found in food that does not belong there."""
    return matter(case) in OBJECTS


def may_have_been_eaten(draft: Draft) -> bool:
    """Food with something wrong in it, and nobody has said yet whether anyone is unwell."""
    is_food = matter(draft.case) in UNSAFE_FOOD
    asked = any(draft.was_said(f"safety/{one}") for one in ("eaten", "splinter", "vet"))
    return is_food and draft.facts.harmed is None and not asked


def says_all_are_well(reading: Reading) -> bool:
    """Whether the words that tell of bad food also say that nobody ate it or is unwell: then it is not asked (S8)."""
    in_food = reading.category is Category.FOOD_SAFETY or reading.foreign_object
    return in_food and reading.says_unharmed and not reading.shows(Family.INJURY)


def says_eaten(reading: Reading) -> bool | None:
    """Whether the words tell that somebody ate of it, or that nobody did."""
    if reading.says_eaten:
        return True
    return False if Intent.SAYS_UNEATEN in reading.intents else None


def next_question(draft: Draft) -> str | None:
    """The first fact that is neither known, nor skipped, nor asked already."""
    ahead = (CONSENT,) if draft.facts.on_behalf_of else ()
    plan = (*ahead, *PLAN.get(matter(draft.case), ()))
    return next((one for one in plan if not _is_over(draft, one)), None)


def _is_over(draft: Draft, question: str) -> bool:
    done = draft.talk.times_asked(question) > 0 or draft.was_said(f"skipped {question}")
    return done or known(draft, question)


def known(draft: Draft, question: str) -> bool:
    """Whether the fact that a question asks for is known."""
    facts, case = draft.facts, draft.case
    photos = sum(one.kind in PICTURES for one in case.evidence)
    bought = facts.order is not None or facts.store is not None
    return {
        "order_no": bought,
        "photo": photos > 0,
        "screen": photos > 0,
        "photo_pack": photos > 0 and facts.batch_no is not None,
        "photo_object": photos > 1,
        "where_bought": bought,
        "where_eaten": bought,
        "storage": facts.storage is not None,
        "what_happened": bool(case.story),
        CONSENT: facts.consent_at is not None,
    }.get(question, False)


def may_ask_again(draft: Draft, question: str) -> bool:
    """Whether a question that was not answered may be put once more."""
    return draft.talk.times_asked(question) < MOST_TIMES

"""What words mean at the point where the talk is: the conditions of the table of signals."""

from typing import Final

from bot.complaint.conversation import Conversation, Step
from bot.complaint.reading import Category, Family, Intent, Reading, RemedyKind
from bot.dialogue.fitting import BySigns, Fits
from bot.reading.thingwords import Thing, thing_in

_AFTER_HARM: Final = ("hurt", "eaten", "hazard", "splinter", "emergency", "doctor", "wound", "vet", "better")
QUESTIONS_AFTER_HARM: Final = frozenset(f"safety/{one}" for one in _AFTER_HARM)
"""What was said where harm was the matter already."""


def names_remedy(reading: Reading, _talk: Conversation) -> bool:
    """They say what they want."""
    return reading.remedy is not None


def wants_something(reading: Reading, _talk: Conversation) -> bool:
    """They name a remedy; to want nothing is none."""
    return _wants(reading)


def answers(reading: Reading, talk: Conversation) -> bool:
    """The message holds the very thing that was asked for, so nothing is waited for."""
    slots = reading.slots
    return {
        "order_no": bool(slots.order_no),
        "order_or_shop": bool(slots.order_no or slots.store),
        "phone": bool(slots.phone) or reading.when is not None,
    }.get(talk.asked or "", False)


@BySigns
def unharmed(reading: Reading, _talk: Conversation) -> bool:
    """Nobody was hurt, or it was eaten and nothing came of it."""
    return Intent.SAYS_UNHARMED in reading.intents or Intent.SAYS_EATEN in reading.intents


def merely(intent: Intent) -> Fits:
    """The message has only this intent and tells nothing else."""
    return BySigns(
        lambda reading, _talk: intent in reading.intents and not reading.is_complaint and not _wants(reading)
    )


@BySigns
def turns_down(reading: Reading, _talk: Conversation) -> bool:
    """They want none of what lies before them; why not is a part of that ("no, that's too little")."""
    return Intent.REFUSES in reading.intents and not _wants(reading)


def _wants(reading: Reading) -> bool:
    """Whether a remedy is named; wanting nothing is no wish."""
    return reading.remedy is not None and reading.remedy.kinds != (RemedyKind.NONE,)


@BySigns
def looks_for_it(reading: Reading, _talk: Conversation) -> bool:
    """They will look for what was asked; nothing else is told, and it is not in the message."""
    told = reading.is_complaint or reading.issue or reading.order_numbers or _wants(reading)
    return Intent.NEEDS_TIME in reading.intents and not told


@BySigns
def asks_language(reading: Reading, talk: Conversation) -> bool:
    """They ask for another language amid the talk; first words are answered in their own anyway."""
    told = bool(reading.issue) or _wants(reading)
    return reading.wanted_language is not None and "opening" in talk.said and not told


@BySigns
def withdraws(reading: Reading, _talk: Conversation) -> bool:
    """They withdraw, and tell nothing else."""
    return Intent.WITHDRAWS in reading.intents and not reading.is_complaint and not _wants(reading)


@BySigns
def stops(reading: Reading, talk: Conversation) -> bool:
    """They want no more messages of ours: nothing is in hand, or we may write of our own accord (S40)."""
    ours = (Step.SURVEY, Step.CLOSED, Step.SUGGESTION, Step.WITH_PEOPLE, Step.CLARIFYING)
    unasked = talk.contact or talk.step in ours
    return unasked and says_stop(reading, talk)


def says_stop(reading: Reading, _talk: Conversation) -> bool:
    """They want no more messages, and tell nothing besides."""
    says_so = Intent.STOP_MESSAGES in reading.intents
    # "send no more" is read as a wish too: one without a remedy to it
    wish = set(reading.remedy.kinds) if reading.remedy is not None else set()
    return says_so and not reading.issue and wish <= {RemedyKind.NONE, RemedyKind.OTHER}


@BySigns
def asks_status(reading: Reading, talk: Conversation) -> bool:
    """How it stands with what was told before; "where is my parcel?" in first words is the trouble itself."""
    new = talk.step in (Step.OPENING, Step.LISTENING) and "listening/thanks_sorry" not in talk.said
    return Intent.ASKS_STATUS in reading.intents and not (new and reading.is_complaint)


@BySigns
def asks_verdict(reading: Reading, talk: Conversation) -> bool:
    """A yes or no about what was told before; angry first words ("到底管不管") only sound like it."""
    tells = talk.step is Step.OPENING and (reading.is_complaint or bool(reading.issue))
    return Intent.ASKS_VERDICT in reading.intents and not tells


@BySigns
def asks_if_safe(reading: Reading, talk: Conversation) -> bool:
    """They ask whether it may still be eaten, or whether to see a doctor, and were not answered yet."""
    told = "answers/safe" in talk.said or (talk.step is Step.SAFETY and unharmed(reading, talk))
    if told or (_leaves_it_to_us(reading) and not _of_harm(reading, talk)):
        return False
    return asks_if_harmful(reading) or (Intent.ASKS_IF_SAFE in reading.intents and not _about_goods(reading))


def _of_harm(reading: Reading, talk: Conversation) -> bool:
    """Whether "what now?" is about health: told with it, or the matter before; else it asks what we will do."""
    if "listening/thanks_sorry" in talk.said:
        return False
    ill = reading.hazard or reading.shows(Family.INJURY) or reading.doubt(Family.INJURY) is not None
    food = reading.category is Category.FOOD_SAFETY or reading.says_eaten or reading.foreign_object
    return ill or food or not QUESTIONS_AFTER_HARM.isdisjoint(talk.said)


def asks_if_harmful(reading: Reading) -> bool:
    """Whether they ask what comes of having swallowed it: then the thing may be any, a flaking pan too."""
    return Intent.ASKS_IF_HARMFUL in reading.intents


def _about_goods(reading: Reading) -> bool:
    """Whether "what now?" is about a thing that nobody eats, and nobody speaks of harm."""
    ill = reading.hazard or reading.shows(Family.INJURY) or reading.doubt(Family.INJURY) is not None
    thing = thing_in(" ".join(reading.slots.product), reading.issue)
    goods = thing in (Thing.ELECTRIC, Thing.PLAIN)
    told = reading.is_complaint and reading.category is not Category.NONE and thing is Thing.UNKNOWN
    return not ill and reading.category is not Category.FOOD_SAFETY and (goods or told)


def _leaves_it_to_us(reading: Reading) -> bool:
    """Told what to do with it meanwhile, "what now?" asks what we will do."""
    return reading.remedy is not None and reading.remedy.kinds == (RemedyKind.OPEN,)


def in_survey(*intents: Intent) -> Fits:
    """A question about us is answered with this, and nothing that is wrong with the goods is told besides."""
    return BySigns(
        lambda reading, talk: (
            talk.step is Step.SURVEY
            and not reading.intents.isdisjoint(intents)
            and not (reading.issue or _wants(reading))
        )
    )


@BySigns
def perhaps_hurt(reading: Reading, talk: Conversation) -> bool:
    """Harm is suspected, not said, and nobody has asked yet."""
    asked = not QUESTIONS_AFTER_HARM.isdisjoint(talk.said)
    return not asked and not reading.says_unharmed and reading.doubt(Family.INJURY) is not None


@BySigns
def is_child(reading: Reading, talk: Conversation) -> bool:
    """They are under fourteen, and nobody has asked for their guardian yet."""
    return Intent.IS_MINOR in reading.intents and "people/minor" not in talk.said

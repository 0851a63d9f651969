"""The result of reading a message: language, category, emotion, risks, remedy, intents and facts."""

from enum import IntEnum, StrEnum
from typing import Final

from msgspec import Struct, field

SHORTEST_CODE: Final = 4
"""The fewest characters of an order number, or of its end."""


class Language(StrEnum):
    """A language that a customer may write. Replies exist in `ZH` and `EN`; Traditional is understood."""

    ZH = "zh"
    ZH_HANT = "zh-Hant"
    EN = "en"


class Category(StrEnum):
    """The main grievance of a message."""

    QUALITY = "quality"
    FOOD_SAFETY = "food_safety"
    DELIVERY = "delivery"
    SERVICE = "service"
    AFTERSALES = "aftersales"
    BILLING = "billing"
    PACKAGING = "packaging"
    COUNTERFEIT = "counterfeit"
    FALSE_AD = "false_ad"
    ACCOUNT = "account"
    SUGGESTION = "suggestion"
    NONE = "none"


class Emotion(IntEnum):
    """The five steps from calm to extreme."""

    CALM = 0
    DISAPPOINTED = 1
    ANNOYED = 2
    ANGRY = 3
    EXTREME = 4


class Family(StrEnum):
    """The seventeen families of risk, E1 to E17."""

    INJURY = "injury"
    EXTORTION = "extortion"
    MEDIA = "media"
    LEGAL = "legal"
    REGULATOR = "regulator"
    SELF_HARM = "self_harm"
    ABUSE = "abuse"
    URGENCY = "urgency"
    CHURN = "churn"
    SOCIAL = "social"
    INFLUENCER = "influencer"
    VULNERABLE = "vulnerable"
    COUNTERFEIT = "counterfeit"
    PRIVACY = "privacy"
    MASS = "mass"
    HUMAN = "human"
    BROKEN_PROMISE = "broken_promise"


class RemedyKind(StrEnum):
    """What a complainant may ask for."""

    REFUND_FULL = "refund_full"
    REFUND_PARTIAL = "refund_partial"
    RETURN = "return"
    REPLACE = "replace"
    RESEND_MISSING = "resend_missing"
    REPAIR = "repair"
    PRICE_DIFF = "price_diff"
    POSTAGE = "postage"
    COMPENSATION = "compensation"
    MULTIPLE = "multiple"
    MEDICAL = "medical"
    TRAVEL = "travel"
    LOST_INCOME = "lost_income"
    MENTAL = "mental"
    APOLOGY = "apology"
    APOLOGY_PUBLIC = "apology_public"
    EXPLANATION = "explanation"
    INVESTIGATE = "investigate"
    DISCIPLINE = "discipline"
    DISCOUNT = "discount"
    VOUCHER = "voucher"
    GIFT = "gift"
    RECALL = "recall"
    CALLBACK = "callback"
    VISIT = "visit"
    NONE = "none"
    OPEN = "open"
    OTHER = "other"
    """Something else done: cancelled, sped up, unlocked, deleted."""


class Intent(StrEnum):
    """What a customer is doing with a message, apart from complaining."""

    GREETS = "greets"
    AGREES = "agrees"
    REFUSES = "refuses"
    SKIPS = "skips"
    THANKS = "thanks"
    WITHDRAWS = "withdraws"
    NEEDS_TIME = "needs_time"
    ASKS_ELSEWHERE = "asks_elsewhere"
    PRAISES = "praises"
    ASKS_STATUS = "asks_status"
    ASKS_IF_BOT = "asks_if_bot"
    ASKS_LIMIT = "asks_limit"
    ASKS_VERDICT = "asks_verdict"
    ASKS_RIGHTS = "asks_rights"
    ASKS_IF_SAFE = "asks_if_safe"
    ASKS_WARRANTY = "asks_warranty"
    ASKS_IF_HARMFUL = "asks_if_harmful"
    """Of something swallowed, whatever it is."""
    WANTS_PERSON = "wants_person"
    REFUSES_DETAILS = "refuses_details"
    HAPPENED_AGAIN = "happened_again"
    SAYS_UNHARMED = "says_unharmed"
    SAYS_EATEN = "says_eaten"
    SAYS_UNEATEN = "says_uneaten"
    IS_PRESS = "is_press"
    STOP_MESSAGES = "stop_messages"
    IS_MINOR = "is_minor"
    ASKS_SIMPLE = "asks_simple"
    ASKS_LANGUAGE = "asks_language"
    IMPLICIT_DISPLEASURE = "implicit_displeasure"


class Span(Struct, frozen=True):
    """A range of the text, in code points: from `start` up to, not including, `end`."""

    start: int
    end: int
    text: str


class Risk(Struct, frozen=True, kw_only=True):
    """A sign of danger, with the words that showed it. A weak sign needs a second one to count.

    One that is `perhaps` there no cue showed: the whole text sounds like it. It is worth a look or a question,
    and decides nothing by itself.
    """

    family: Family
    span: Span
    weak: bool = False
    perhaps: bool = False


class Remedy(Struct, frozen=True, kw_only=True):
    """What the complainant asks for, as read.

    `amount` and `amount_most` are in whole units of `currency` (not cents): a range when both are set; an
    unbounded side is None while `at_least` or `at_most` tells which bound the single amount is.
    `share` is the part of the price to be paid back (a half: 0.5). `multiple` counts times `basis`.
    """

    kinds: tuple[RemedyKind, ...]
    span: Span
    amount: float | None = None
    amount_most: float | None = None
    at_least: bool = False
    at_most: bool = False
    currency: str | None = None
    share: float | None = None
    multiple: float | None = None
    basis: str | None = None
    """`price`, `loss` or `statute`; None when unsaid."""
    open_ended: bool = False
    refuses_money: bool = False
    excludes: tuple[RemedyKind, ...] = ()
    alternatives: bool = False
    """Any one of `kinds` would do."""
    conditional: bool = False
    """Only if something else is refused (不退就十倍): the first kind is what is wanted now."""
    heard: bool = False
    """No word asks for it: the whole text sounds so."""


class Fix(Struct, frozen=True, kw_only=True):
    """A correction of something said before, in the customer's own words."""

    now: str
    was: str = ""
    field: str = ""
    """Which fact, where a word names it: `order_no`, `product`, `bought`, `amount` or `phone`."""

    @property
    def order_no(self) -> str | None:
        """The number that may be an order's; None if this is about something else."""
        code = _code(self.now)
        return code if self.field == "order_no" or (not self.field and _code(self.was)) else None


def _code(words: str) -> str | None:
    """The first word that looks like a number of an order: four or more letters and digits, some of them digits."""
    pieces = (one for one in words.replace(",", " ").split() if len(one) >= SHORTEST_CODE)
    return next((one for one in pieces if one.isascii() and any(map(str.isdigit, one))), None)


class Slots(Struct, frozen=True, kw_only=True):
    """Facts named in the text, as written; money resolved to numbers."""

    order_no: tuple[str, ...] = ()
    phone: tuple[str, ...] = ()
    amount: tuple[float, ...] = ()
    purchase_date: tuple[str, ...] = ()
    product: tuple[str, ...] = ()
    batch_no: tuple[str, ...] = ()
    store: tuple[str, ...] = ()


class Reading(Struct, frozen=True, kw_only=True):
    """The reading of one message, or of one burst of messages.

    `issue` is the customer's own short words for what is wrong (发霉, 不通电), for saying it back to them.
    """

    language: Language
    category: Category = Category.NONE
    is_complaint: bool = False
    emotion: Emotion = Emotion.CALM
    perhaps_angry: bool = False
    """It sounds angry as a whole, whatever its single words show; the talk does not go by it."""
    risks: tuple[Risk, ...] = ()
    remedy: Remedy | None = None
    slots: Slots = field(default_factory=Slots)
    intents: frozenset[Intent] = frozenset()
    issue: tuple[str, ...] = ()
    hazard: bool = False
    """Danger still present without anybody hurt (smoke, leaking current, glass in food)."""
    foreign_object: bool = False
    confidence: float = 0.0
    """0 to 1: how sure the reader is of the category."""
    fixes: tuple[Fix, ...] = ()
    """What is put right; whether it fits anything that is known the reader cannot tell."""
    when: str | None = None
    """A time that suits for a call, coarsely: `today_afternoon`, `tomorrow_morning`, `tomorrow_afternoon`."""
    wanted_language: Language | None = None
    """The language that they ask to be answered in."""
    behalf: str | None = None
    """For whom they write: `parent`, `child`, `partner`, `friend`, `customer` of a shop, `client` of a lawyer."""
    animal: bool = False
    """It is about an animal: what harm is told is no human being's."""

    @property
    def happened_again(self) -> bool:
        """Whether the words say that the same trouble came back."""
        return Intent.HAPPENED_AGAIN in self.intents

    @property
    def says_unharmed(self) -> bool:
        """Whether the words say that nobody is hurt or ill."""
        return Intent.SAYS_UNHARMED in self.intents

    @property
    def says_eaten(self) -> bool:
        """Whether somebody ate or used it."""
        return Intent.SAYS_EATEN in self.intents

    @property
    def order_numbers(self) -> tuple[str, ...]:
        """Every number that may be an order's: what was named, and what was put right."""
        fixed = (one.order_no for one in self.fixes)
        return (*self.slots.order_no, *(one for one in fixed if one and one not in self.slots.order_no))

    def shows(self, *families: Family) -> bool:
        """Whether any of these families is strongly shown, or weakly shown twice."""
        if not self.risks:
            # most messages show none, and each is asked twenty times
            return False
        signs = [risk for risk in self.risks if risk.family in families and not risk.perhaps]
        return any(not sign.weak for sign in signs) or len(signs) > 1

    def may_show(self, *families: Family) -> bool:
        """Whether any of these families is shown, or suspected."""
        return self.shows(*families) or any(one.perhaps for one in self.risks if one.family in families)

    def cue(self, *families: Family) -> str | None:
        """The first words that showed one of these families, for the agent's card."""
        found = (one.span.text for one in self.risks if one.family in families and not one.perhaps)
        return next(found, None)

    def doubt(self, family: Family) -> str | None:
        """The words for which this family is suspected, where no cue shows it."""
        if self.shows(family):
            return None
        return next((one.span.text for one in self.risks if one.family is family and one.perhaps), None)

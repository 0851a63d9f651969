"""Parts of a brand file as values: queues, goodwill, products, knowledge cards, advice."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.complaint.case import Queue
from bot.complaint.colleagues import Colleague, Role, Specialty
from bot.complaint.ids import Cents, ChatId, UserId
from bot.complaint.reading import Language, RemedyKind
from bot.policy.hours import Hours
from bot.policy.remedy_kinds import GOODWILL

Names = Mapping[Language, str]
"""One thing's name in each language the brand speaks."""


def named(names: Names, language: Language, otherwise: str) -> str:
    """The name in this language; else in simplified Chinese, English, any; else `otherwise`."""
    order = (language, Language.ZH, Language.EN) if language is Language.ZH_HANT else (language, Language.EN)
    found = (names[one] for one in order if names.get(one))
    return next(found, next(iter(names.values()), otherwise))


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodwillItem:
    """A gesture from the brand's catalogue (S99): what it is, and what it is worth at face value."""

    key: str
    kind: RemedyKind
    cents: Cents
    names: Names = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse money: goodwill is goods, vouchers or discounts (S17)."""
        if self.kind not in GOODWILL:
            raise ValueError("kind of a goodwill item: write voucher, gift or discount")
        if self.cents <= 0:
            raise ValueError("cents of a goodwill item: write its face value, above 0")

    def name(self, language: Language) -> str:
        """What the complainant reads; the key if the brand gave no name."""
        return named(self.names, language, self.key)


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRules:
    """One queue: its owner, group, hours, and the queue that covers for it."""

    owner: str = ""
    """Who keeps its promises, for the record; the queue's own name if empty."""
    names: Names = field(default_factory=dict)
    """What the complainant reads for the owner."""
    desk: ChatId | None = None
    """A desk group of its own; None is the common desk."""
    hours: Hours | None = None
    """None is the brand's own hours."""
    backup: Queue = Queue.GENERAL
    """Where its cases go when nobody answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMember:
    """Somebody at the desk as the brand file names them, by the number that Telegram knows them by."""

    id: UserId
    name: str
    role: Role = Role.AGENT
    specialties: tuple[Specialty, ...] = ()
    language: Language | None = None
    username: str = ""

    def colleague(self) -> Colleague:
        """The same, as the roster has them."""
        return Colleague(
            id=self.id,
            name=self.name,
            role=self.role,
            specialties=self.specialties,
            language=self.language,
            username=self.username.removeprefix("@"),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """A root cause, by the code that figures are kept under."""

    code: str
    names: Names = field(default_factory=dict)

    def name(self, language: Language) -> str:
        """What the desk reads; the code if the brand gave no name."""
        return named(self.names, language, self.code)


CAUSES = tuple(
    Cause(code=code)
    for code in (
        *("design", "material", "production", "packaging", "transport", "storage"),
        *("information", "service", "system", "usage", "unknown"),
    )
)
"""Root causes, as quality work sorts them; a brand may have its own."""


def default_queues() -> dict[Queue, QueueRules]:
    """Every queue, each with another that covers for it."""
    everywhere = {queue: QueueRules() for queue in Queue}
    return everywhere | {
        Queue.LEGAL: QueueRules(backup=Queue.MEDIA_PR),
        Queue.CONDUCT: QueueRules(backup=Queue.LEGAL),
        Queue.QUALITY: QueueRules(backup=Queue.SAFETY),
        Queue.SAFETY: QueueRules(backup=Queue.QUALITY),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """Something the brand sells: its name per language, and the words customers use for it."""

    key: str
    names: Names = field(default_factory=dict)
    words: tuple[str, ...] = ()
    food: bool = False


def product_key(products: Iterable[Product], name: str) -> str:
    """The key of the product with this key, name or word; the name itself if the brand has none."""
    known = (one.key for one in products if name in (one.key, *one.names.values(), *one.words))
    return next(known, name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Misunderstanding:
    """A knowledge card: something that is often taken for a fault and is none (S86).

    `cues` are words that must stand in the message; the replies `misunderstanding/<key>` hold the words.
    """

    key: str
    cues: tuple[str, ...]
    product: str | None = None
    facts: Names = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryAdvice:
    """What can be said of a category before anything is known: keys into the replies, no words."""

    possibilities: tuple[str, ...] = ()
    """One to three neutral possibilities, ours among them (S21); none where health is concerned."""
    interim: tuple[str, ...] = ()
    """What to do at once (S64)."""


def default_advice() -> dict[str, CategoryAdvice]:
    """By category; no possibilities where health is concerned (S21)."""
    return {
        "quality": CategoryAdvice(
            possibilities=("part_loose", "transport_damage", "left_factory_so"),
            interim=("stop_using", "keep_item"),
        ),
        "food_safety": CategoryAdvice(interim=("stop_eating", "keep_item_closed")),
        "delivery": CategoryAdvice(
            possibilities=("on_the_way", "packed_wrong", "lost_on_the_way"),
            interim=("check_parcel", "keep_packaging"),
        ),
        "service": CategoryAdvice(interim=("noted_for_manager",)),
        "aftersales": CategoryAdvice(
            possibilities=("stuck_with_us", "waiting_for_goods"), interim=("keep_receipt",)
        ),
        "billing": CategoryAdvice(
            possibilities=("price_changed", "discount_missed"), interim=("keep_receipt",)
        ),
        "packaging": CategoryAdvice(
            possibilities=("sealing", "pressed_on_the_way"), interim=("keep_item", "keep_packaging")
        ),
        "counterfeit": CategoryAdvice(interim=("stop_using", "keep_item")),
        "false_ad": CategoryAdvice(interim=("keep_packaging",)),
        "account": CategoryAdvice(interim=("keep_secrets",)),
    }

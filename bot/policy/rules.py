"""The brand file as values. `Rules()` is complete by itself; a brand file overrides any part of it (S78)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.complaint.case import Queue, Severity
from bot.complaint.colleagues import Roster
from bot.complaint.ids import Cents, ChatId
from bot.complaint.reading import Language, RemedyKind
from bot.policy.authority import CAPS, LADDER, Caps, Ladder
from bot.policy.brand import (
    CAUSES,
    CategoryAdvice,
    Cause,
    GoodwillItem,
    Misunderstanding,
    Names,
    Product,
    QueueRules,
    StaffMember,
    default_advice,
    default_queues,
    named,
)
from bot.policy.card_edits import USUAL_CARDS, CardRules
from bot.policy.clusters import USUAL, ClusterRules
from bot.policy.deadline_terms import DEADLINES, DeadlineTable, Stages, term
from bot.policy.digests import NO_DIGESTS, Digests
from bot.policy.hours import OFFICE, ON_CALL, Hours
from bot.policy.limits import USUAL_LIMITS, PpmLimits
from bot.policy.links import NO_LINKS, LinkRules
from bot.policy.patience import USUAL_QUIET, USUAL_SETTLE, USUAL_STOPS, HardStops, QuietHours, Settle
from bot.policy.squares import USUAL as USUAL_GROUPS
from bot.policy.squares import SquareRules
from bot.policy.surveys import USUAL_SURVEY, SurveyRules
from bot.policy.voices import NO_MACHINE, VoiceRules

_zone = lru_cache(maxsize=64)(ZoneInfo)
_BUFFERS: Final = (0.1, 0.5)
"""The least and the most: our own target lies after half of the time, and well before its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """All decisions of a brand. Money is in cents of `currency`, times are in `zone`."""

    name: Names = field(default_factory=lambda: {Language.ZH: "Hesui", Language.EN: "Hesui"})
    hotline: str = "400-000-0000"
    hotline_hours: Names = field(default_factory=dict)
    """When the hotline answers, as it is told; the desk's opening times if empty."""
    zone: str = "Asia/Shanghai"
    currency: str = "CNY"
    languages: tuple[Language, ...] = (Language.ZH, Language.EN)
    hours: Hours = OFFICE
    on_call: Hours = ON_CALL
    products: tuple[Product, ...] = ()
    ladder: Ladder = LADDER
    caps: Caps = CAPS
    micro_claim_cents: Cents = Cents(30_00)
    """Up to this worth a verified claim is settled at once, without evidence (S80)."""
    cost_share: float = 0.6
    """What goods cost us, as a share of their price: the ladder counts replacements at cost."""
    minimum_replace_cents: Cents = Cents(10_00)
    """No replacement costs less than this: picking, packing, freight."""
    keep_share: float = 0.3
    """What part of the price goes back if the goods are kept, where the bot proposes it."""
    goodwill: tuple[GoodwillItem, ...] = (
        GoodwillItem(key="voucher_10", kind=RemedyKind.VOUCHER, cents=Cents(10_00)),
        GoodwillItem(key="voucher_20", kind=RemedyKind.VOUCHER, cents=Cents(20_00)),
        GoodwillItem(key="voucher_30", kind=RemedyKind.VOUCHER, cents=Cents(30_00)),
        GoodwillItem(key="tasting_box", kind=RemedyKind.GIFT, cents=Cents(25_00)),
    )
    deadlines: DeadlineTable = DEADLINES
    buffer: float = 0.2
    """The share of every promised time that stays ours: our own target lies that much earlier (S75).

    At that target whoever owes it is reminded, and the complainant hears before the time is missed."""
    hard_stops: HardStops = USUAL_STOPS
    queues: Mapping[Queue, QueueRules] = field(default_factory=default_queues)
    people: tuple[StaffMember, ...] = ()
    """Who is more than an agent at the desk; managers change it in the chat as well."""
    causes: tuple[Cause, ...] = CAUSES
    """Root causes, one of which an upheld case needs (S65)."""
    approval_term: str = "8 working hours"
    """How long a request for more than one may give waits, before it goes to the level above."""
    privacy_term: str = "40 working hours"
    """Within how long somebody answers whether what a complainant wants deleted is still needed (R53)."""
    silence_term: str = "2 working hours"
    """How long a complainant waits for the words of whoever has the case, before it goes back to the queue."""
    quiet: QuietHours = USUAL_QUIET
    settle: Settle = USUAL_SETTLE
    cards: CardRules = USUAL_CARDS
    nudge_hours: tuple[int, ...] = (24, 72)
    reopen_days: int = 30
    follow_up_days: int = 3
    """After fulfilment, before asking whether it arrived."""
    survey_days: int = 1
    survey: SurveyRules = USUAL_SURVEY
    offer_days: int = 7
    """How long an offer stands."""
    handling_minutes: int = 3
    """One case at the desk, on average: for the waiting time that is told."""
    retention_days: int = 1_095
    """Three years, then anonymised (R17)."""
    max_misses: int = 2
    """Messages not understood in a row, before a person takes over (R25)."""
    advice: Mapping[str, CategoryAdvice] = field(default_factory=default_advice)
    misunderstandings: tuple[Misunderstanding, ...] = ()
    orders: str = ""
    """The order book: a CSV or SQLite file, named from where the brand file lies; empty: there is none."""
    shipments: str = ""
    """What was shipped, for PPM: a CSV file with product, batch, date, units; named as `orders` is."""
    users: str = ""
    """Who uses it, for the rate among users: a CSV file with date, active."""
    voice: VoiceRules = NO_MACHINE
    links: LinkRules = NO_LINKS
    """What links and printed codes are signed with."""
    digest: Digests = NO_DIGESTS
    ppm: PpmLimits = USUAL_LIMITS
    """Complaints in a million units shipped, above which a product line alarms (S68)."""
    groups: SquareRules = USUAL_GROUPS
    """What the bot does in groups that are no desk (S36, S49)."""
    account_buttons: bool = True
    """Whether buttons hang under what is said through accounts; without, their words are numbered to be typed."""
    branch: str = ""
    """What figures and incidents call this brand where its file is that of an account; the common one needs no name."""
    replies: str = ""
    """Where the replies of an account's brand lie that are said instead of the common ones."""
    branches: Mapping[int, "Rules"] = field(default_factory=dict)
    """The brand files of accounts that have one of their own, by the Telegram id of the account's owner."""
    incidents: ClusterRules = USUAL
    """How many cases are one matter (S71)."""

    def __post_init__(self) -> None:
        """Refuse numbers that would break a promise, with the field's name."""
        for what, wrong in _wrongs(self):
            if wrong:
                raise ValueError(what)

    def desks(self) -> frozenset[ChatId]:
        """The groups of queues that have one of their own."""
        brands = (self, *self.branches.values())
        return frozenset(
            one.desk for brand in brands for one in brand.queues.values() if one.desk is not None
        )

    def called(self, name: str) -> "Rules | None":
        """The brand of this name in any language: this one, or that of an account; None if there is none."""
        wanted = name.strip().casefold()
        brands = (self, *self.branches.values())
        return next(
            (one for one in brands if wanted in (each.casefold() for each in one.name.values())), None
        )

    def roster(self) -> Roster:
        """Who the brand file names."""
        return Roster({one.id: one.colleague() for one in self.people})

    @property
    def clock(self) -> ZoneInfo:
        """The brand's time zone."""
        return _zone(self.zone)

    def brand(self, language: Language) -> str:
        """The brand's name in this language."""
        return named(self.name, language, "")

    def hotline_times(self, language: Language) -> str:
        """When the hotline answers, in this language."""
        hours = self.hours
        return named(self.hotline_hours, language, f"{hours.opens:%H:%M}–{hours.closes:%H:%M}")

    def product_name(self, product: str, language: Language) -> str:
        """A product, known by its key or any of its names, in this language; as it is if we do not know it."""
        known = (one for one in self.products if product == one.key or product in one.names.values())
        found = next(known, None)
        return named(found.names, language, product) if found else product

    def queue(self, queue: Queue) -> QueueRules:
        """The rules of one queue; a queue the brand file leaves out has the defaults."""
        return self.queues.get(queue) or QueueRules()

    def owner(self, queue: Queue, language: Language | None = None) -> str:
        """Who keeps this queue's promises: a key for the record, or a name in `language` for the complainant."""
        rules = self.queue(queue)
        return named(rules.names, language, "") if language else rules.owner or queue.value

    @property
    def own_share(self) -> float:
        """The share of a promised time that is gone at our own target: usually 0.8 (S75)."""
        return 1 - self.buffer

    def stages(self, severity: Severity) -> Stages:
        """The deadlines of one severity."""
        return self.deadlines.of(severity)


def _wrongs(rules: Rules) -> tuple[tuple[str, bool], ...]:
    return (
        ("name: write the brand's name in at least one language", not any(rules.name.values())),
        ("hotline: write the service phone number", not rules.hotline.strip()),
        ("zone: write an IANA time zone such as Asia/Shanghai", not _zone_exists(rules.zone)),
        (
            "currency: write an ISO code of three capital letters such as CNY",
            not _is_currency(rules.currency),
        ),
        ("languages: write at least one of zh, en", not rules.languages),
        ("buffer: write a share from 0.1 to 0.5", not _BUFFERS[0] <= rules.buffer <= _BUFFERS[1]),
        ("cost_share: write a share above 0, at most 1", not 0 < rules.cost_share <= 1),
        ("keep_share: write a share above 0, at most 1", not 0 < rules.keep_share <= 1),
        (
            "nudge_hours: write rising hours such as [24, 72]",
            list(rules.nudge_hours) != sorted(set(rules.nudge_hours)),
        ),
        ("handling_minutes: write at least 1", rules.handling_minutes < 1),
        *_wrong_terms(rules),
        (
            "people: name each of them once",
            len({one.id for one in rules.people}) != len(rules.people),
        ),
        ("causes: write at least one, each code once", not _each_once([one.code for one in rules.causes])),
        (
            "ppm.products: write keys of products",
            not set(rules.ppm.products) <= {one.key for one in rules.products},
        ),
    )


def _wrong_terms(rules: Rules) -> tuple[tuple[str, bool], ...]:
    return tuple(
        (f'{name}: write it like "8 working hours"', not _is_term(getattr(rules, name)))
        for name in ("approval_term", "privacy_term", "silence_term")
    )


def _is_term(text: str) -> bool:
    try:
        term(text)
    except ValueError:
        return False
    return True


def _each_once(names: list[str]) -> bool:
    return bool(names) and len(set(names)) == len(names) and all(names)


def _is_currency(code: str) -> bool:
    return len(code) == len("CNY") and code.isascii() and code.isupper()


def _zone_exists(zone: str) -> bool:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        return False
    return True

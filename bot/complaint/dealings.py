"""What passes between brand and complainant: wishes, offers, agreements, promises, fulfilments, surveys."""

from datetime import datetime

from msgspec import Struct

from bot.complaint.axes import Level, PromiseStatus, Queue, Status
from bot.complaint.ids import Cents, MessageId, MessageRef, UserId
from bot.complaint.moments import aware
from bot.complaint.reading import RemedyKind


class Promise(Struct, frozen=True, kw_only=True):
    """A commitment: a row with an owner and a due time, written with the words that made it (S53).

    `kind` names the template family that tells it (`person_answers`, `call_back`, `ship`, `refund`, …);
    `text` is the sentence the complainant was given.
    """

    id: str
    kind: str
    text: str
    owner: str
    made_at: datetime
    due_at: datetime
    status: PromiseStatus = PromiseStatus.OPEN
    settled_at: datetime | None = None
    warned: bool = False
    """The complainant was told before the miss."""
    source: MessageRef | None = None
    """The colleague's message whose dated words made it: when that is changed or taken back, so is the promise."""

    def __post_init__(self) -> None:
        """Refuse a promise without a time zone, or due before it was made."""
        if aware(self.due_at) < aware(self.made_at):
            raise ValueError("a promise is due after it is made")


class Wish(Struct, frozen=True, kw_only=True):
    """A remedy that the complainant asked for, verbatim and as read. Amounts are whole units of currency."""

    at: datetime
    verbatim: str
    kinds: tuple[RemedyKind, ...]
    amount: float | None = None
    amount_most: float | None = None
    currency: str | None = None
    share: float | None = None
    multiple: float | None = None
    basis: str | None = None
    open_ended: bool = False
    refuses_money: bool = False
    excludes: tuple[RemedyKind, ...] = ()
    alternatives: bool = False
    """Any one of `kinds` would do."""
    conditional: bool = False
    """The first kind is what is wanted now; the rest only if it is refused."""


class Part(Struct, frozen=True, kw_only=True):
    """One part of an offer made by people, with its cost in cents at face value."""

    kind: RemedyKind
    cents: Cents = Cents(0)
    item: str = ""
    """What exactly, in words: a gesture's name, "the lid only"."""


class Offer(Struct, frozen=True, kw_only=True):
    """Something offered to the complainant: by whom, on whose authority, for how much at most."""

    id: str
    at: datetime
    kinds: tuple[RemedyKind, ...]
    worth: Cents
    by: str
    level: Level
    valid_until: datetime
    state: str = "open"
    """`open`, `chosen`, `agreed`, `refused`, `replaced`, `withdrawn` or `expired`."""
    note: str = ""
    """The name of the reply fragment that words it."""
    refund: Cents = Cents(0)
    """The money that goes back: all that a reply may name."""
    item: str | None = None
    """A gesture of the brand's goodwill catalogue, by its key."""
    gift: Cents = Cents(0)
    """What that gesture costs, of `worth`."""
    pickup: bool = False
    """We fetch the goods and pay for it."""
    words: str = ""
    """The card in which its details were repeated, as the complainant read it."""
    parts: tuple[Part, ...] = ()
    """Where people made it: each remedy with its own amount. The bot's own offers leave it empty."""
    ref: str = ""
    """What the buttons of a card that people sent call it: its case and number when it was made. It stays so when
    the case becomes a part of another."""
    approval_id: str | None = None
    """The request on which it was approved, where it was above the limit of who made it."""


class Agreement(Struct, frozen=True, kw_only=True):
    """What both sides settled, confirmed by the complainant's explicit yes to the card (S95)."""

    offer_id: str
    text: str
    confirmed_at: datetime
    message: MessageId | None = None


class Escalation(Struct, frozen=True, kw_only=True):
    """A hand-over to people: why, to whom, and until when somebody answers."""

    id: str
    at: datetime
    reason: str
    queue: Queue
    promise_id: str
    open: bool = True
    answered_at: datetime | None = None


class Fulfilment(Struct, frozen=True, kw_only=True):
    """A remedy to be carried out: owner, due time, and in the end the proof."""

    id: str
    kind: RemedyKind
    owner: str
    due_at: datetime
    worth: Cents = Cents(0)
    """The money that goes back, where money does."""
    proof: str | None = None
    done_at: datetime | None = None
    promise_id: str | None = None
    cost_actual: Cents | None = None
    """The real cost, if whoever carried it out recorded it."""


class Survey(Struct, frozen=True, kw_only=True):
    """What the complainant thought of it afterwards. Scores of handling and outcome run from 1 to 5."""

    asked_at: datetime
    handling: int | None = None
    outcome: int | None = None
    would_buy_again: bool | None = None
    unsure: bool = False
    """Asked whether they would buy again, they could not say."""
    recommend: int | None = None
    """Whether they would recommend us, 0 to 10."""
    ease: int | None = None
    """How easy it was for them, 1 to 7."""
    words: str = ""
    """A free word; after a poor score, what was missing."""
    refused: bool = False
    """They did not want to be asked."""


class HandedOn(Struct, frozen=True, kw_only=True):
    """Who handed the case on, until whoever it went to has it in hand: their words no longer take it back."""

    by: UserId
    told: bool = False
    """They were told that it stays where it went."""


class Pause(Struct, frozen=True, kw_only=True):
    """A time in which people could only wait for the complainant; `until` is None while it lasts."""

    since: datetime
    until: datetime | None = None


class Ending(Struct, frozen=True, kw_only=True):
    """A close of the case: when and as what, and when it was opened again, if it was."""

    at: datetime
    status: Status
    reopened_at: datetime | None = None

"""Official notices: what an authority sent about a complaint, and when it wants an answer (R49)."""

from datetime import date
from enum import StrEnum

from msgspec import Struct


class NoticeKind(StrEnum):
    """What sort of notice it is: each has its own term."""

    TRANSFER = "transfer"
    """A complaint was passed on to us; the authority decides whether it takes it up."""
    MEDIATION = "mediation"
    """It was taken up, and both sides are heard."""
    ODR = "odr"
    """It goes to the firm first, online, and the authority waits."""
    INQUIRY = "inquiry"
    """They ask, and name the day themselves."""


class Notice(Struct, frozen=True, kw_only=True):
    """A notice: of whom, its number there, when it came, and the rule that its last day follows."""

    kind: NoticeKind
    authority: str
    received: date
    source: str
    """Where the term stands: the rule's name in the trade."""
    ref: str = ""
    named: date | None = None
    """The day that the notice names itself."""
    document: str = ""
    """The file that came with it, by Telegram's own name for it; empty if it lies elsewhere."""
